package org.grotto.pipeline;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.grotto.base.Declared;
import org.grotto.base.GrottoException;
import org.grotto.base.Records;

/** The options of one stage as a project file writes them. */
final class OptionValues {
    private OptionValues() {}

    /** The stage's options record; a value that it refuses is told with its line. */
    static Record read(Yaml y, Declared declared) {
        Map<String, Declared.Option> known = new LinkedHashMap<>();
        declared.options().forEach(o -> known.put(o.name(), o));
        Map<String, Object> changes = new HashMap<>();
        for (Map.Entry<String, Yaml> e :
                y.members("stage " + declared.stage(), known.keySet()).entrySet()) {
            Declared.Option o = Objects.requireNonNull(known.get(e.getKey()));
            changes.put(o.component(), value(e.getValue(), o.type()));
        }
        return ProjectFile.at(blamed(y, declared, changes), () -> Records.with(declared.defaults(), changes));
    }

    /** The value that the record refuses even alone, else the whole stage. */
    private static Yaml blamed(Yaml y, Declared declared, Map<String, Object> changes) {
        for (Declared.Option o : declared.options()) {
            Yaml one = y.map().get(o.name());
            if (one != null) {
                try {
                    Records.with(declared.defaults(), Map.of(o.component(), changes.get(o.component())));
                } catch (GrottoException e) {
                    return one;
                }
            }
        }
        return y;
    }

    private static Object value(Yaml y, Class<?> type) {
        String s = y.words();
        try {
            if (type == int.class) {
                return Integer.parseInt(s.replace("_", ""));
            } else if (type == long.class) {
                return Long.parseLong(s.replace("_", ""));
            } else if (type == double.class) {
                return s.equalsIgnoreCase(".nan") ? Double.NaN : Double.parseDouble(s);
            }
        } catch (NumberFormatException e) {
            throw y.bad("a " + (type == double.class ? "number" : "whole number") + " is wanted; found \"" + s + "\".");
        }
        if (type == boolean.class) {
            return switch (s.toLowerCase(Locale.ROOT)) {
                case "true", "yes", "on" -> true;
                case "false", "no", "off" -> false;
                default -> throw y.bad("true or false is wanted; found \"" + s + "\".");
            };
        }
        if (type.isEnum()) {
            StringBuilder words = new StringBuilder();
            for (Object c : type.getEnumConstants()) {
                if (c.toString().equalsIgnoreCase(s)) {
                    return c;
                }
                words.append(words.isEmpty() ? "" : ", ").append(c.toString().toLowerCase(Locale.ROOT));
            }
            throw y.bad("one of " + words + " is wanted; found \"" + s + "\".");
        }
        return s;
    }
}
