package org.grotto;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/**
 * Runs the quick test classes first and the long ones last, so that most failures show within the first minute. How long a
 * class takes stands in {@code seconds.txt}; one that is not named there counts as quick. Equals go by name: the root's own
 * (doors, texts, notices) before those of the rooms.
 */
public final class QuickFirst implements ClassOrderer {
    /** Seconds on a quiet machine by the class's name. */
    static final Map<String, Integer> SECONDS = read();
    /** Whether this run asked for an order. */
    static volatile boolean asked;

    @Override
    public void orderClasses(ClassOrdererContext context) {
        asked = true;
        context.getClassDescriptors()
                .sort(Comparator.comparingInt((ClassDescriptor d) ->
                                SECONDS.getOrDefault(d.getTestClass().getName(), 0))
                        .thenComparing(d -> d.getTestClass().getName()));
    }

    private static Map<String, Integer> read() {
        Map<String, Integer> all = new LinkedHashMap<>();
        try (InputStream in = Objects.requireNonNull(QuickFirst.class.getResourceAsStream("seconds.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] words = line.split(" ", 2);
                    all.put(words[1], Integer.valueOf(words[0]));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }
}
