package org.grotto.lod.atlas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.geometry.Charts;
import org.grotto.image.Texels;

/**
 * The charts of a finest tile's triangles as they lie in the source pictures: triangles that share a corner in a picture
 * belong together. A chart whose rectangle would be mostly empty is halved until it is not.
 */
final class SourcePatches {
    /** A rectangle of which triangles cover less is halved, where it has more pixels than {@link #SMALL}. */
    private static final double FULL = 0.4;

    private static final long SMALL = 4096;

    private final Pictures pictures;
    private final int[] vertices;
    private final int[] source;
    private final double scale;
    private final List<Patch> out = new ArrayList<>();

    private SourcePatches(Pictures pictures, int[] vertices, int[] source, double scale) {
        this.pictures = pictures;
        this.vertices = vertices;
        this.source = source;
        this.scale = scale;
    }

    /**
     * @param vertices three a triangle
     * @param source what each triangle is called in the charts
     * @param scale pixels for one of the source: 1, or less where all of them are too many
     */
    static List<Patch> of(Pictures pictures, int[] vertices, int[] source, double scale) {
        SourcePatches s = new SourcePatches(pictures, vertices, source, scale);
        s.run();
        return s.out;
    }

    private void run() {
        int n = source.length;
        int[] root = components();
        int[] order = new int[n];
        int[] start = new int[n + 1];
        for (int t = 0; t < n; t++) {
            start[find(root, t) + 1]++;
        }
        for (int t = 0; t < n; t++) {
            start[t + 1] += start[t];
        }
        int[] at = start.clone();
        for (int t = 0; t < n; t++) {
            order[at[find(root, t)]++] = t;
        }
        for (int c = 0; c < n; c++) {
            if (start[c + 1] > start[c]) {
                component(Arrays.copyOfRange(order, start[c], start[c + 1]));
            }
        }
    }

    private void component(int[] triangles) {
        Charts charts = pictures.charts;
        int material = charts.material()[source[triangles[0]]];
        Texels x = pictures.colour(material);
        if (x == null) {
            out.add(Patch.plain(triangles, material));
            return;
        }
        double w = x.width(0) * scale * pictures.share(material);
        double h = x.height(0) * scale * pictures.share(material);
        double[] at = new double[6 * triangles.length];
        for (int i = 0; i < triangles.length; i++) {
            int s = 6 * source[triangles[i]];
            for (int k = 0; k < 3; k++) {
                at[6 * i + 2 * k] = charts.uv()[s + 2 * k] * w;
                at[6 * i + 2 * k + 1] = charts.uv()[s + 2 * k + 1] * h;
            }
        }
        split(triangles, at, material, out);
    }

    /** Adds a patch, or its halves. */
    static void split(int[] triangles, double[] at, int material, List<Patch> out) {
        Patch p = Patch.of(triangles, at.clone(), material);
        if (triangles.length == 1 || p.area() <= SMALL || p.filled() >= FULL * p.area()) {
            out.add(p);
            return;
        }
        int axis = p.width >= p.height ? 0 : 1;
        int n = triangles.length;
        double[] middle = new double[n];
        for (int i = 0; i < n; i++) {
            middle[i] = at[6 * i + axis] + at[6 * i + 2 + axis] + at[6 * i + 4 + axis];
        }
        double[] sorted = middle.clone();
        Arrays.sort(sorted);
        double cut = sorted[n / 2];
        int low = 0;
        for (double m : middle) {
            low += m < cut ? 1 : 0;
        }
        if (low == 0) { // many in one place: by number
            low = n / 2;
            cut = Double.NaN;
        }
        int[][] half = {new int[low], new int[n - low]};
        double[][] place = {new double[6 * low], new double[6 * (n - low)]};
        int[] count = new int[2];
        for (int i = 0; i < n; i++) {
            int side = (Double.isNaN(cut) ? i < low : middle[i] < cut) ? 0 : 1;
            half[side][count[side]] = triangles[i];
            System.arraycopy(at, 6 * i, place[side], 6 * count[side]++, 6);
        }
        split(half[0], place[0], material, out);
        split(half[1], place[1], material, out);
    }

    /** Joins triangles that have a corner in common: the same vertex at the same place of the same material. */
    private int[] components() {
        int n = source.length;
        int[] root = new int[n];
        for (int t = 0; t < n; t++) {
            root[t] = t;
        }
        int size = Integer.highestOneBit(Math.max(16, 3 * n)) << 2;
        int[] table = new int[size];
        int[] plain = new int[pictures.charts.materials().size()]; // one patch for each colour without a picture
        for (int t = 0; t < n; t++) {
            int m = pictures.charts.material()[source[t]];
            if (pictures.colour(m) == null) {
                if (plain[m] == 0) {
                    plain[m] = t + 1;
                }
                join(root, t, plain[m] - 1);
                continue;
            }
            for (int k = 0; k < 3; k++) {
                int slot = hash(t, k, m) & size - 1;
                while (table[slot] != 0 && !same(table[slot] - 1, t, k, m)) {
                    slot = slot + 1 & size - 1;
                }
                if (table[slot] == 0) {
                    table[slot] = 3 * t + k + 1;
                } else {
                    join(root, t, (table[slot] - 1) / 3);
                }
            }
        }
        return root;
    }

    private int hash(int t, int k, int m) {
        float[] uv = pictures.charts.uv();
        int i = 6 * source[t] + 2 * k;
        long h = vertices[3 * t + k] * 0x9E3779B97F4A7C15L
                + Float.floatToIntBits(uv[i] + 0f) * 0xC2B2AE3D27D4EB4FL
                + Float.floatToIntBits(uv[i + 1] + 0f) * 0x165667B19E3779F9L
                + m * 0x27D4EB2F165667C5L;
        h = (h ^ h >>> 32) * 0x9E3779B97F4A7C15L;
        return (int) (h >>> 32);
    }

    private boolean same(int corner, int t, int k, int m) {
        float[] uv = pictures.charts.uv();
        int o = corner / 3;
        int i = 6 * source[o] + 2 * (corner % 3);
        int j = 6 * source[t] + 2 * k;
        return vertices[corner] == vertices[3 * t + k]
                && uv[i] == uv[j]
                && uv[i + 1] == uv[j + 1]
                && pictures.charts.material()[source[o]] == m;
    }

    private static int find(int[] root, int t) {
        int r = t;
        while (root[r] != r) {
            root[r] = root[root[r]];
            r = root[r];
        }
        return r;
    }

    private static void join(int[] root, int a, int b) {
        int p = find(root, a);
        int q = find(root, b);
        root[Math.max(p, q)] = Math.min(p, q);
    }
}
