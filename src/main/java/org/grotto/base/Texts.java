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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * The catalogue of all texts that readers and visitors meet, in Chinese and English. A key is {@code room.name} and stands
 * in {@code assets/texts/room.json}; {@code {name}} in a text is filled with a value. The caller formats numbers.
 *
 * <p>A text that is missing must not take a museum's screen down, nor show a visitor how programs name it: the other language
 * stands in, or a sentence that says so, and for a missing value a dash; the log has the key. With assertions on, as in
 * tests, all of them fail.
 */
public final class Texts {
    /** As the report shows what is not known. */
    private static final String DASH = "\u2013";

    private static final String FOLDER = "/org/grotto/assets/texts/";
    private static final Logger LOG = LoggerFactory.getLogger(Texts.class);
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
        if (text == null) {
            lacks("no text " + key);
            text = room("failures").getOrDefault("failures.no-text", new Text(DASH, DASH));
        }
        return new Text(fill(key, text, values, Text::zh), fill(key, text, values, Text::en));
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

    /** Nobody but the log is told, unless assertions are on. */
    private static void lacks(String what) {
        assert false : what;
        LOG.error(what);
    }

    private static String fill(
            String key, Text text, Map<String, ?> values, Function<Text, @Nullable String> language) {
        String pattern = language.apply(text);
        if (pattern == null || pattern.isBlank()) {
            lacks(key + " has one language alone");
            pattern = text.zh() == null || text.zh().isBlank() ? text.en() : text.zh();
        }
        if (pattern.indexOf('{') < 0) {
            return pattern;
        }
        Matcher m = PLACE.matcher(pattern);
        StringBuilder out = new StringBuilder();
        while (m.find()) {
            @Nullable Object value = values.get(m.group(1));
            if (value == null) {
                lacks("no value for {" + m.group(1) + "} of " + key);
            }
            String said = value == null ? DASH : value instanceof Text t ? language.apply(t) : value.toString();
            m.appendReplacement(out, Matcher.quoteReplacement(said));
        }
        return m.appendTail(out).toString();
    }
}
