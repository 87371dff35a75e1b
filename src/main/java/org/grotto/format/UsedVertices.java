package org.grotto.format;

import java.util.Arrays;
import java.util.BitSet;

/** Leaves out the vertices of a mesh file that no triangle uses: construction points, what an editor forgot. */
public final class UsedVertices {
    private UsedVertices() {}

    /**
     * Renumbers {@code corners} to the vertices they use, in the file's order; all stay where there are no corners.
     *
     * @param n how many vertices the file has
     * @return of each vertex that stays, its number in the file, rising
     */
    public static int[] of(int[] corners, int n, Remarks remarks) {
        BitSet used = new BitSet(n);
        for (int k : corners) {
            used.set(k);
        }
        int kept = used.cardinality();
        int[] from = new int[kept == 0 ? n : kept];
        if (kept == n || kept == 0) {
            Arrays.setAll(from, i -> i);
            return from;
        }
        remarks.lost((n - kept) + " vertices that no face uses");
        int[] to = new int[n];
        int at = 0;
        for (int i = used.nextSetBit(0); i >= 0; i = used.nextSetBit(i + 1)) {
            from[at] = i;
            to[i] = at++;
        }
        for (int k = 0; k < corners.length; k++) {
            corners[k] = to[corners[k]];
        }
        return from;
    }

    /** Vertex colours from those of triangles: the mean of those around each, white where there is none. */
    public static byte[] colours(float[] ofTriangles, int[] triangles, int vertices, double scale) {
        float[] sum = new float[Math.multiplyExact(3, vertices)];
        int[] count = new int[vertices];
        for (int i = 0; i < triangles.length; i++) {
            int t = 3 * (i / 3);
            if (t + 2 < ofTriangles.length && !Float.isNaN(ofTriangles[t])) {
                for (int a = 0; a < 3; a++) {
                    sum[3 * triangles[i] + a] += ofTriangles[t + a];
                }
                count[triangles[i]]++;
            }
        }
        byte[] rgb = new byte[3 * vertices];
        for (int i = 0; i < rgb.length; i++) {
            double v = count[i / 3] == 0 ? 255 : sum[i] / count[i / 3] * scale;
            rgb[i] = (byte) Math.max(0, Math.min(255, Math.round(v)));
        }
        return rgb;
    }
}
