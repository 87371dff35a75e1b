package org.grotto.base;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The options of one stage, the declaration that command line, help, project file and run record read.
 *
 * @param stage the stage's name
 * @param defaults the options record as it is where nothing is said; its components with {@link Help} are the options
 */
public record Declared(String stage, Record defaults) {
    /**
     * One option.
     *
     * @param name in words joined by hyphens: a component {@code maxDepth} is {@code max-depth}
     * @param component the record's component
     * @param value the default
     */
    public record Option(
            String name,
            String component,
            Class<?> type,
            Help help,
            @Nullable Object value) {}

    /** The options in the order of declaration. */
    public List<Option> options() {
        List<Option> all = new ArrayList<>();
        for (RecordComponent c : defaults.getClass().getRecordComponents()) {
            Help help = c.getAnnotation(Help.class);
            if (help != null) {
                all.add(new Option(hyphened(c.getName()), c.getName(), c.getType(), help, get(c)));
            }
        }
        return all;
    }

    /** The option's name of a component's name. */
    public static String hyphened(String component) {
        return component.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    /** The failure of an option's check; {@code rule} continues "... must be". */
    public static GrottoException refused(String component, String rule, @Nullable Object found) {
        return GrottoException.badRequest("--" + hyphened(component) + " must be " + rule + ", found " + found + ".");
    }

    /** Throws {@link #refused} where {@code holds} is false. */
    public static void check(boolean holds, String component, String rule, @Nullable Object found) {
        if (!holds) {
            throw refused(component, rule, found);
        }
    }

    private @Nullable Object get(RecordComponent c) {
        try {
            java.lang.reflect.Method accessor = c.getAccessor();
            accessor.setAccessible(true); // the record itself may be private to its room
            return accessor.invoke(defaults);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(c.toString(), e);
        }
    }
}
