package org.grotto.report;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Material;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Texture;
import org.grotto.image.PictureFile;
import org.jspecify.annotations.Nullable;

/**
 * The pictures on a mesh in numbers.
 *
 * @param count how many there are, colours, normals and occlusion alike
 * @param sizes in words: "2 x 4096 x 4096, 1024 x 512"
 * @param median width of a pixel on the stone, metres: half of the pictured area has finer ones
 * @param p95 the same of 95 % of the area
 */
record PictureFacts(int count, String sizes, double median, double p95) {
    /** The column of vertices that says how wide pixels are. */
    private static final String TEXEL = "texel";

    /** Of a mesh; null where no picture lies on it. */
    static @Nullable PictureFacts of(Mesh m) {
        Charts charts = m.charts;
        float[] wide = m.columns.floats(TEXEL);
        if (charts == null || wide == null || !charts.pictured()) {
            return null;
        }
        Map<String, Texture> all = new LinkedHashMap<>();
        for (Material k : charts.materials()) {
            for (Texture t : new @Nullable Texture[] {k.colour(), k.normal(), k.occlusion(), k.opacity()}) {
                if (t != null) {
                    all.putIfAbsent(t.name() + "\n" + t.file() + "\n" + t.from(), t);
                }
            }
        }
        double[] q = quantiles(m, wide);
        return new PictureFacts(all.size(), sizes(all.values()), q[0], q[1]);
    }

    private static String sizes(Collection<Texture> all) {
        Map<Long, Integer> count = new TreeMap<>((a, b) -> Long.compare(b, a));
        for (Texture t : all) {
            int[] s = PictureFile.size(t);
            if (s != null) {
                count.merge((long) s[0] << 32 | s[1], 1, Integer::sum);
            }
        }
        StringBuilder out = new StringBuilder();
        count.forEach((s, n) -> out.append(out.isEmpty() ? "" : ", ")
                .append(n > 1 ? n + " × " : "")
                .append(s >>> 32)
                .append(" × ")
                .append((int) (long) s));
        return out.isEmpty() ? "–" : out.toString();
    }

    /** The median and what 95 % lie below, by area. */
    private static double[] quantiles(Mesh m, float[] wide) {
        int n = m.triangleCount();
        long[] order = new long[n];
        float[] area = new float[n];
        int count = 0;
        double whole = 0;
        for (int t = 0; t < n; t++) {
            float least = Float.NaN;
            for (int k = 0; k < 3; k++) {
                float w = wide[m.triangles[3 * t + k]];
                least = Float.isNaN(least) ? w : w < least ? w : least;
            }
            if (least > 0) {
                area[t] = (float) m.area(t);
                whole += area[t];
                order[count++] = (long) Float.floatToIntBits(least) << 32 | t; // positive floats sort as their bits
            }
        }
        Arrays.sort(order, 0, count);
        double[] out = {Double.NaN, Double.NaN};
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += area[(int) order[i]];
            double w = Float.intBitsToFloat((int) (order[i] >>> 32));
            if (Double.isNaN(out[0]) && sum >= 0.5 * whole) {
                out[0] = w;
            }
            if (Double.isNaN(out[1]) && sum >= 0.95 * whole) {
                out[1] = w;
            }
        }
        return out;
    }
}
