package org.grotto.cli;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.base.Help;
import org.grotto.base.Records;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Turns a stage's options record into options of a command: names, types and defaults come from the record and its
 * DEFAULTS, help and unit from {@link Help}. A component {@code maxDepth} is the option {@code --max-depth}.
 */
final class RecordOptions {
    private RecordOptions() {}

    /** A command that takes the options of one or more stages. */
    interface Stages {
        /** The stages' option records whose components become options. */
        Class<?>[] stages();

        /** Components that are not options of this command, by their option name. */
        default java.util.Set<String> hidden() {
            return java.util.Set.of();
        }
    }

    /** Adds the options to every subcommand that names stages. */
    static void install(CommandLine root) {
        for (CommandLine sub : root.getSubcommands().values()) {
            if (sub.getCommand() instanceof Stages s) {
                for (Class<?> type : s.stages()) {
                    add(sub.getCommandSpec(), type, s.hidden());
                }
            }
        }
    }

    static String name(RecordComponent c) {
        return c.getName().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static void add(CommandSpec spec, Class<?> type, java.util.Set<String> hidden) {
        Object defaults = defaults(type);
        for (RecordComponent c : type.getRecordComponents()) {
            Help help = c.getAnnotation(Help.class);
            String option = "--" + name(c);
            if (help == null || hidden.contains(name(c)) || spec.findOption(option) != null) {
                continue;
            }
            Object value = get(c, defaults);
            boolean flag = c.getType() == boolean.class;
            String unit = help.unit().isEmpty() ? "" : " [" + help.unit() + "]";
            String shown = value instanceof Double d && d.isNaN()
                    ? " (default: from the data)"
                    : flag ? "" : " (default: " + value + ")";
            OptionSpec.Builder b = OptionSpec.builder(option)
                    .type(c.getType())
                    .description((help.value() + unit + shown).replace("%", "%%"));
            if (flag) {
                b.arity("0");
                if (Boolean.TRUE.equals(value)) {
                    b.names("--no-" + name(c)).description(("Do not: " + help.value() + unit).replace("%", "%%"));
                }
            } else {
                b.arity("1")
                        .paramLabel(help.unit().equals("m") ? "METRES" : c.getType() == String.class ? "WORD" : "N");
            }
            spec.addOption(b.build());
        }
    }

    /** The record as the user's options make it. */
    static <T extends Record> T read(CommandSpec spec, Class<T> type) {
        Map<String, Object> changes = new HashMap<>();
        for (RecordComponent c : type.getRecordComponents()) {
            OptionSpec off = spec.findOption("--no-" + name(c));
            OptionSpec option = spec.findOption("--" + name(c));
            if (off != null && given(spec, off)) {
                changes.put(c.getName(), false);
            } else if (option != null && option.getValue() != null && given(spec, option)) {
                changes.put(c.getName(), option.getValue());
            }
        }
        try {
            return Records.with(type.cast(defaults(type)), changes);
        } catch (IllegalArgumentException e) {
            throw GrottoException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static boolean given(CommandSpec spec, OptionSpec option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    private static Object defaults(Class<?> type) {
        try {
            Field f = type.getDeclaredField("DEFAULTS");
            if (!Modifier.isStatic(f.getModifiers())) {
                throw new IllegalStateException(type + ".DEFAULTS is not static");
            }
            return f.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " has no DEFAULTS", e);
        }
    }

    private static Object get(RecordComponent c, Object record) {
        try {
            return c.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(c.toString(), e);
        }
    }
}
