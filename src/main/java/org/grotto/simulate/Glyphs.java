package org.grotto.simulate;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.grotto.base.Json;

/**
 * What is carved into the virtual caves, from {@code assets/simulate/inscription.json}.
 *
 * @param large characters of the large column, from the top
 * @param small characters of the small column, from the top
 * @param latin letters of the line below
 * @param strokes characters as strokes: polylines in a unit square, x to the right, y up; strokes separated by semicolons
 */
record Glyphs(List<String> large, List<String> small, List<String> latin, Map<String, String> strokes) {
    private static final String FILE = "/org/grotto/assets/simulate/inscription.json";

    static Glyphs read() {
        try (InputStream in = Glyphs.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not on the class path");
            }
            return Json.mapper().readValue(in, Glyphs.class);
        } catch (IOException e) {
            throw new IllegalStateException(FILE + " cannot be read", e);
        }
    }

    /** The strokes of {@code glyph}: one array x0 y0 x1 y1 ... each. */
    double[][] strokes(String glyph) {
        String data = strokes.get(glyph);
        if (data == null) {
            throw new IllegalArgumentException("no strokes for " + glyph);
        }
        String[] parts = data.split(";");
        double[][] out = new double[parts.length][];
        for (int i = 0; i < parts.length; i++) {
            String[] numbers = parts[i].trim().split(" ");
            out[i] = new double[numbers.length];
            for (int k = 0; k < numbers.length; k++) {
                out[i][k] = Double.parseDouble(numbers[k]);
            }
        }
        return out;
    }
}
