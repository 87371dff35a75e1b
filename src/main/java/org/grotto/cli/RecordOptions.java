package org.grotto.cli;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.grotto.base.Declared;
import org.grotto.base.Records;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Turns the declared options of stages into options of a command. The option {@code max-depth} of the stage {@code surface}
 * is {@code --max-depth} and {@code --surface.max-depth}; where names meet, the newer has the second form alone.
 */
final class RecordOptions {
    private RecordOptions() {}

    /** A command that takes the options of one or more stages. */
    interface Stages {
        /** The stages whose options become options of the command. */
        List<Declared> stages();

        /** Options that the command takes but does not show in its help, each as {@code stage.option}. */
        default Set<String> hidden() {
            return Set.of();
        }
    }

    /** Adds the options to every subcommand that names stages. */
    static void install(CommandLine root) {
        for (CommandLine sub : root.getSubcommands().values()) {
            if (sub.getCommand() instanceof Stages s) {
                install(sub.getCommandSpec(), s.stages(), s.hidden());
            }
        }
    }

    /** Adds the options of {@code stages} to a command. */
    static void install(CommandSpec spec, List<Declared> stages, Set<String> hidden) {
        Set<String> plain = new HashSet<>();
        Set<String> left = new TreeSet<>(hidden);
        for (Declared d : stages) {
            for (Declared.Option o : d.options()) {
                boolean alone = !o.help().qualified();
                if (alone && !plain.add(o.name())) {
                    throw new IllegalStateException("two stages have an option --" + o.name()
                            + "; mark the newer one with @Help(qualified = true)");
                }
                boolean hide = left.remove(d.stage() + "." + o.name());
                if (alone) {
                    spec.addOption(option(o, "--" + flag(o), hide));
                }
                spec.addOption(option(o, "--" + d.stage() + "." + flag(o), hide || alone));
            }
        }
        if (!left.isEmpty()) {
            throw new IllegalStateException("no stage has the options that " + spec.name() + " hides: " + left);
        }
    }

    /** The name as it is written: what is on by default can only be switched off. */
    private static String flag(Declared.Option o) {
        return Boolean.TRUE.equals(o.value()) ? "no-" + o.name() : o.name();
    }

    private static OptionSpec option(Declared.Option o, String name, boolean hide) {
        Object value = o.value();
        boolean flag = o.type() == boolean.class;
        boolean off = Boolean.TRUE.equals(value);
        String unit = o.help().unit().isEmpty() ? "" : " [" + o.help().unit() + "]";
        String shown = flag
                ? ""
                : value instanceof Double d && d.isNaN() || value == null
                        ? " (default: from the data)"
                        : " (default: " + value + ")";
        String words = (off ? "Do not: " : "") + o.help().value() + unit + shown;
        OptionSpec.Builder b = OptionSpec.builder(name)
                .type(o.type())
                .hidden(hide)
                .arity(flag ? "0" : "1")
                .description(words.replace("%", "%%"));
        if (!flag) {
            b.paramLabel(o.help().unit().equals("m") ? "METRES" : o.type() == String.class ? "WORD" : "N");
        }
        return b.build();
    }

    /** The stage's options as the user's command line makes them. */
    static <T extends Record> T read(CommandSpec spec, String stage, T defaults) {
        return read(spec, new Declared(stage, defaults), defaults);
    }

    /** {@code base}, with what the command line says exchanged. */
    static <T extends Record> T read(CommandSpec spec, Declared declared, T base) {
        Map<String, Object> changes = new HashMap<>();
        for (Declared.Option o : declared.options()) {
            for (String name : List.of("--" + flag(o), "--" + declared.stage() + "." + flag(o))) {
                OptionSpec option = name.contains(".") || !o.help().qualified() ? spec.findOption(name) : null;
                if (option != null && spec.commandLine().getParseResult().hasMatchedOption(option)) {
                    Object given = option.getValue();
                    changes.put(o.component(), Boolean.TRUE.equals(o.value()) ? Boolean.FALSE : given);
                }
            }
        }
        return Records.with(base, changes);
    }
}
