package org.grotto.base;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * The catalogue of all texts that readers and visitors meet, in Chinese and English. A key is {@code room.name} and stands
 * in {@code assets/texts/room.json}; {@code {name}} in a text is filled with a value. The caller formats numbers.
 *
 * <p>A text that is missing must not take a museum's screen down: then the key itself is shown, and a value that is missing
 * leaves its place in braces. With assertions on, as in tests, both fail.
 */
public final class Texts {
    private static final String FOLDER = "/org/grotto/assets/texts/";
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)\\}");
    private static final Map<String, Map<String, Text>> ROOMS = new ConcurrentHashMap<>();

    private Texts() {}

    /**
     * The text of a key.
     *
     * @param namesAndValues a name and its value, a name and its value; a {@link Text} gives each language its own, and of
     *     anything else {@code toString} is taken
     */
    public static Text of(String key, Object... namesAndValues) {
        Map<String, Object> values = new TreeMap<>();
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            values.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return of(key, values);
    }

    /** The text of a key, its places filled from {@code values}. */
    public static Text of(String key, Map<String, ?> values) {
        Text text = room(key.substring(0, Math.max(0, key.indexOf('.')))).get(key);
        assert text != null : "no text " + key;
        return text == null
                ? new Text(key, key)
                : new Text(fill(key, text, values, Text::zh), fill(key, text, values, Text::en));
    }

    /** All texts of a room by key, in the order of keys; none where there is no such room. */
    public static Map<String, Text> room(String room) {
        return ROOMS.computeIfAbsent(room, Texts::read);
    }

    private static Map<String, Text> read(String room) {
        try (InputStream in = Texts.class.getResourceAsStream(FOLDER + room + ".json")) {
            return in == null
                    ? Map.of()
                    : Collections.unmodifiableMap(
                            Json.mapper().readValue(in, new TypeReference<TreeMap<String, Text>>() {}));
        } catch (IOException | JacksonException e) {
            throw new IllegalStateException("the texts of " + room + " cannot be read", e);
        }
    }

    private static String fill(String key, Text text, Map<String, ?> values, Function<Text, String> language) {
        String pattern = language.apply(text);
        if (pattern.indexOf('{') < 0) {
            return pattern;
        }
        Matcher m = PLACE.matcher(pattern);
        StringBuilder out = new StringBuilder();
        while (m.find()) {
            @Nullable Object value = values.get(m.group(1));
            assert value != null : "no value for {" + m.group(1) + "} of " + key;
            String said = value == null ? m.group() : value instanceof Text t ? language.apply(t) : value.toString();
            m.appendReplacement(out, Matcher.quoteReplacement(said));
        }
        return m.appendTail(out).toString();
    }
}
