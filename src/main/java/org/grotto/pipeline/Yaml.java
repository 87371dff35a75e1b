package org.grotto.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.base.Nearest;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;

/**
 * A value of a YAML file that knows its line, so that what is wrong can be told by place. Scalars stay text.
 *
 * @param text the scalar's text; null for lists, maps and nothing
 * @param list the list's members, empty for others
 * @param map the map's members, empty for others
 */
record Yaml(Path file, int line, Kind kind, @Nullable String text, List<Yaml> list, Map<String, Yaml> map) {
    enum Kind {
        NOTHING,
        SCALAR,
        LIST,
        MAP
    }

    static Yaml read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (java.nio.charset.MalformedInputException e) {
            throw GrottoException.badInput(file, "is not UTF-8 text; save it as UTF-8.", e);
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        }
        try (JsonParser p = new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = p.nextToken();
            Yaml y = first == null ? nothing(file, 1) : value(file, p, first);
            if (p.nextToken() != null) {
                throw GrottoException.badLine(file, line(p), "a second document begins; a project file holds one.");
            }
            return y;
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            String why = e.getOriginalMessage().lines().findFirst().orElse("").strip();
            throw GrottoException.badLine(file, line, "is no YAML (" + why + "); check quotes, colons and indents.");
        }
    }

    private static Yaml nothing(Path file, int line) {
        return new Yaml(file, line, Kind.NOTHING, null, List.of(), Map.of());
    }

    private static int line(JsonParser p) {
        return p.currentTokenLocation().getLineNr();
    }

    private static Yaml value(Path file, JsonParser p, JsonToken token) {
        int line = line(p);
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Yaml> map = new LinkedHashMap<>();
                while (p.nextToken() != JsonToken.END_OBJECT) {
                    String key = p.currentName();
                    int at = line(p);
                    if (map.put(key, value(file, p, p.nextToken())) != null) {
                        throw GrottoException.badLine(file, at, "\"" + key + "\" stands here a second time.");
                    }
                    map.computeIfPresent(key, (k, v) -> new Yaml(file, at, v.kind, v.text, v.list, v.map));
                }
                yield new Yaml(file, line, Kind.MAP, null, List.of(), map);
            }
            case START_ARRAY -> {
                List<Yaml> list = new ArrayList<>();
                for (JsonToken t = p.nextToken(); t != JsonToken.END_ARRAY; t = p.nextToken()) {
                    list.add(value(file, p, t));
                }
                yield new Yaml(file, line, Kind.LIST, null, list, Map.of());
            }
            case VALUE_NULL -> nothing(file, line);
            default -> new Yaml(file, line, Kind.SCALAR, p.getString(), List.of(), Map.of());
        };
    }

    /** A failure at this place. */
    GrottoException bad(String sentence) {
        return GrottoException.badLine(file, line, sentence);
    }

    /** The members of a map, all of them among {@code known}. */
    Map<String, Yaml> members(String what, Collection<String> known) {
        for (Map.Entry<String, Yaml> e : members(what).entrySet()) {
            if (!known.contains(e.getKey())) {
                throw e.getValue()
                        .bad("\"" + e.getKey() + "\" is nothing that " + what + " can hold; is \""
                                + Nearest.of(e.getKey(), known) + "\" meant? It can hold: " + String.join(", ", known)
                                + ".");
            }
        }
        return map;
    }

    /** The members of a map of any keys. */
    Map<String, Yaml> members(String what) {
        if (kind != Kind.MAP && kind != Kind.NOTHING) {
            throw bad(what + " is written as keys with values, as \"key: value\".");
        }
        return map;
    }

    /** The members of a list. */
    List<Yaml> members() {
        if (kind != Kind.LIST) {
            throw bad("a list is wanted here, each line with a hyphen before it.");
        }
        return list;
    }

    /** The scalar's words. */
    String words() {
        if (kind != Kind.SCALAR || text == null || text.isBlank()) {
            throw bad("words are wanted here.");
        }
        return text.strip();
    }

    /** All numbers in a text, a list, or lists of lists. */
    List<Double> numbers() {
        List<Double> all = new ArrayList<>();
        if (kind == Kind.LIST) {
            list.forEach(y -> all.addAll(y.numbers()));
            return all;
        }
        for (String s : words().split("[\\s,;]+")) {
            try {
                all.add(Double.parseDouble(s));
            } catch (NumberFormatException e) {
                throw bad("\"" + s + "\" is no number.");
            }
        }
        return all;
    }
}
