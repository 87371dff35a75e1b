package org.grotto.pipeline;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.base.Work;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.MeshStrays;
import org.grotto.geometry.Places;

/** A mesh without the triangles far from all others, and without vertices that no triangle uses. */
final class FarParts {
    private FarParts() {}

    /**
     * The mesh as it would be without its strays: its origin and its places are those of what stays. {@code m} itself where
     * nothing goes.
     *
     * @param told gets what went, and what stands far apart and stays
     */
    static Mesh without(Mesh m, String file, List<Text> told, Work work) {
        for (int i = 0; i < m.xyz.length; i++) {
            if (!Float.isFinite(m.xyz[i])) {
                return m; // told by what comes next
            }
        }
        MeshStrays.Found found = MeshStrays.of(m);
        BitSet out = found.out();
        if (!out.isEmpty()) {
            String at = place(m, found.gone().getFirst().first());
            String count = counted(out.cardinality());
            work.faults()
                    .add(
                            "triangles far from all others",
                            out.cardinality(),
                            file + ": the first at " + at + " m; left out");
            told.add(Texts.of("build.stray-parts", "file", file, "count", count, "at", at));
        }
        if (!found.far().isEmpty()) {
            MeshStrays.Part part = found.far().getFirst();
            told.add(Texts.of(
                    "build.parts-apart",
                    "file",
                    file,
                    "count",
                    counted(part.count()),
                    "all",
                    counted(m.triangleCount() - (long) out.cardinality()),
                    "at",
                    place(m, part.first()),
                    "gap",
                    String.format(Locale.ROOT, "%.4g", part.gap())));
        }
        BitSet used = new BitSet(m.vertexCount());
        int[] kept = new int[m.triangles.length - 3 * out.cardinality()];
        int n = 0;
        for (int i = 0; i < m.triangles.length; i++) {
            if (!out.get(i / 3)) {
                kept[n++] = m.triangles[i];
                used.set(m.triangles[i]);
            }
        }
        int vertices = used.cardinality();
        return vertices == m.vertexCount() || vertices == 0 ? m : picked(m, kept, out, used, vertices, work);
    }

    private static Mesh picked(Mesh m, int[] triangles, BitSet out, BitSet used, int vertices, Work work) {
        int[] from = new int[vertices];
        int[] to = new int[m.vertexCount()];
        int n = 0;
        for (int i = used.nextSetBit(0); i >= 0; i = used.nextSetBit(i + 1)) {
            to[i] = n;
            from[n++] = i;
        }
        for (int i = 0; i < triangles.length; i++) {
            triangles[i] = to[triangles[i]];
        }
        float[] rest = m.columns.floats(Columns.REST.name());
        double[] p = new double[3 * vertices];
        for (int v = 0; v < vertices; v++) {
            for (int a = 0; a < 3; a++) {
                int k = 3 * from[v] + a;
                p[3 * v + a] = m.origin(a) + ((double) m.xyz[k] + (rest == null ? 0 : rest[k]));
            }
        }
        Charts charts = m.charts;
        Columns columns = m.columns.without(Columns.REST.name()).pick(from, vertices, work);
        return Places.of(p, 3 * vertices).mesh(columns, triangles).with(charts == null ? null : charts.without(out));
    }

    private static String counted(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    private static String place(Mesh m, int triangle) {
        int v = 3 * m.triangles[3 * triangle];
        return String.format(
                Locale.ROOT,
                "%.3f %.3f %.3f",
                m.originX + m.xyz[v],
                m.originY + m.xyz[v + 1],
                m.originZ + m.xyz[v + 2]);
    }
}
