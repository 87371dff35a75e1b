package org.grotto.geometry;

import org.jspecify.annotations.Nullable;

/**
 * Tells normals that say something from those that programs write who know no better: each triangle's own, at all its
 * corners.
 */
public final class FlatShading {
    private static final double FACET = Math.cos(Math.toRadians(2));
    /** One corner in so many has another normal than its triangle: then normals were meant. */
    private static final int TELLING = 1000;

    private FlatShading() {}

    /** Whether normals say more than their triangles do, from the sums of {@link #count}. */
    public static boolean tells(long[] count) {
        return count[0] * TELLING > count[1];
    }

    /**
     * Counts corners whose normal is another than their triangle's, whichever way that one turns, and all with a normal.
     *
     * @param corners vertices, three a triangle
     * @param normals three numbers each, of any length; of length zero for none
     * @param of which normal each corner has, -1 for none; null where it is its vertex' own
     * @param from the first triangle to look at
     * @param to the last but one
     */
    public static long[] count(float[] xyz, int[] corners, float[] normals, int @Nullable [] of, int from, int to) {
        long[] out = new long[2];
        for (int t = 3 * from; t < 3 * to; t += 3) {
            int a = 3 * corners[t];
            int b = 3 * corners[t + 1];
            int c = 3 * corners[t + 2];
            double ux = (double) xyz[b] - xyz[a];
            double uy = (double) xyz[b + 1] - xyz[a + 1];
            double uz = (double) xyz[b + 2] - xyz[a + 2];
            double vx = (double) xyz[c] - xyz[a];
            double vy = (double) xyz[c + 1] - xyz[a + 1];
            double vz = (double) xyz[c + 2] - xyz[a + 2];
            double nx = uy * vz - uz * vy;
            double ny = uz * vx - ux * vz;
            double nz = ux * vy - uy * vx;
            double l = Math.sqrt(nx * nx + ny * ny + nz * nz);
            for (int k = t; k < t + 3 && l > 0; k++) {
                int n = of == null ? corners[k] : of[k];
                if (n >= 0 && !none(normals, n)) {
                    double d = (nx * normals[3 * n] + ny * normals[3 * n + 1] + nz * normals[3 * n + 2]) / l;
                    out[0] += Math.abs(d) < FACET * length(normals, n) ? 1 : 0;
                    out[1]++;
                }
            }
        }
        return out;
    }

    /** Whether normal {@code i} is no direction. */
    public static boolean none(float[] normals, int i) {
        double l = length(normals, i);
        return !(l > 1e-6 && l < 1e15);
    }

    /** The length of normal {@code i}. */
    public static double length(float[] n, int i) {
        return Math.sqrt((double) n[3 * i] * n[3 * i]
                + (double) n[3 * i + 1] * n[3 * i + 1]
                + (double) n[3 * i + 2] * n[3 * i + 2]);
    }

    /** The cosine between two normals. */
    public static double cosine(float[] n, int i, int j) {
        double dot = (double) n[3 * i] * n[3 * j]
                + (double) n[3 * i + 1] * n[3 * j + 1]
                + (double) n[3 * i + 2] * n[3 * j + 2];
        return dot / (length(n, i) * length(n, j));
    }
}
