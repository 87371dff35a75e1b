package org.grotto.geometry;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Places as a mesh holds them: float beside the whole metres next to each axis' median ({@link Middle}), and, where float
 * would lose more than some micrometres there, what it loses ({@link Columns#REST}).
 *
 * @param origin metres, three
 * @param xyz metres from the origin, interleaved
 * @param rest what float loses, or null
 */
public record Places(double[] origin, float[] xyz, float @Nullable [] rest) {
    /** Metres from the origin up to which float alone does: it steps by 7.6 micrometres below. */
    private static final double NEAR = 128;

    /** Of the first {@code n} numbers of {@code p}, x y z interleaved, metres, all finite. */
    public static Places of(double[] p, int n) {
        double[] origin = new double[3];
        for (int a = 0; a < 3; a++) {
            origin[a] = Middle.of(p, 3, a, n / 3, new BitSet()).origin();
        }
        return beside(origin, p, n);
    }

    /** The same beside a given origin. */
    public static Places beside(double[] origin, double[] p, int n) {
        boolean far = false;
        for (int i = 0; i < n; i++) {
            far |= Math.abs(p[i] - origin[i % 3]) > NEAR;
        }
        float[] xyz = new float[n];
        float[] rest = far ? new float[n] : null;
        for (int i = 0; i < n; i++) {
            double d = p[i] - origin[i % 3];
            xyz[i] = (float) d;
            if (rest != null) {
                rest[i] = (float) (d - xyz[i]);
            }
        }
        return new Places(origin, xyz, rest);
    }

    /** A mesh with these places. */
    public Mesh mesh(Columns columns, int[] triangles) {
        return new Mesh(origin[0], origin[1], origin[2], xyz, columns.with(Columns.REST, rest), triangles);
    }
}
