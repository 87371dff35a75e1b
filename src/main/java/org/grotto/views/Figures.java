package org.grotto.views;

import java.util.Arrays;
import org.grotto.geometry.Box;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Symmetric;

/**
 * Where a mesh bends and faces all ways within a small space, as figures do, and walls, edges and pillars do not.
 *
 * <p>In cubes of a twenty-fifth of the diagonal, and at most of {@link #LARGEST}, each with those around it, the sum of
 * {@code n n^T} by area has three eigenvalues whose sum is the area: on a wall one of them is all, on an edge or a pillar two
 * are, on a figure the least is a good part: three times its share. A corner and a door's niche face three ways, too, but
 * are flat between: so that share times how strongly the surface there bends, by area, 0 to 1.
 */
final class Figures {
    private static final double PARTS = 25;
    /** A niche with its figure fills a few cubes of it, metres. */
    private static final double LARGEST = 0.6;
    /** Cubes along an axis, at most. */
    private static final int MOST = 1000;

    private final int[] cube;
    /** Of n n^T by area, six entries; area; area times bend. */
    private final double[][] sum;

    private final long[] keys;

    private Figures(Mesh mesh, float[] bends, boolean room) {
        Box b = mesh.bounds();
        double wide = b.diagonal() / PARTS;
        double side = Math.max(room ? Math.min(wide, LARGEST) : wide, b.longest() / MOST);
        int n = mesh.triangleCount();
        long[] order = new long[n];
        for (int t = 0; t < n; t++) {
            long key = 0;
            for (int k = 0; k < 3; k++) {
                double at = 0;
                for (int c = 0; c < 3; c++) {
                    at += mesh.xyz[3 * mesh.triangles[3 * t + c] + k] / 3.0;
                }
                double low = (k == 0 ? b.minX() : k == 1 ? b.minY() : b.minZ()) - mesh.origin(k);
                // one free on each side, so that neighbours' keys never run into one another
                key = key << 10 | 1 + Math.min(MOST, (long) ((at - low) / side));
            }
            order[t] = key << 32 | t;
        }
        Arrays.sort(order);
        long[] unique = new long[n];
        cube = new int[n];
        int m = 0;
        for (int i = 0; i < n; i++) {
            long key = order[i] >>> 32;
            if (m == 0 || unique[m - 1] != key) {
                unique[m++] = key;
            }
            cube[(int) order[i]] = m - 1;
        }
        keys = Arrays.copyOf(unique, m);
        sum = new double[m][8];
        for (long o : order) {
            int t = (int) o;
            double[] c = mesh.cross(t);
            double l = Math.sqrt(c[0] * c[0] + c[1] * c[1] + c[2] * c[2]);
            if (l > 0) {
                double[] s = sum[cube[t]];
                s[0] += c[0] * c[0] / l;
                s[1] += c[0] * c[1] / l;
                s[2] += c[0] * c[2] / l;
                s[3] += c[1] * c[1] / l;
                s[4] += c[1] * c[2] / l;
                s[5] += c[2] * c[2] / l;
                s[6] += l;
                s[7] += l * bends[t];
            }
        }
    }

    /** @param bends how strongly each triangle bends, 0 to 1 */
    static float[] of(Mesh mesh, float[] bends, boolean room) {
        Figures f = new Figures(mesh, bends, room);
        float[] each = new float[f.keys.length];
        for (int i = 0; i < each.length; i++) {
            each[i] = f.least(i);
        }
        float[] out = new float[mesh.triangleCount()];
        for (int t = 0; t < out.length; t++) {
            out[t] = each[f.cube[t]];
        }
        return out;
    }

    private float least(int i) {
        double[] s = new double[8];
        for (int dx = -1; dx <= 1; dx++) {
            for (int dy = -1; dy <= 1; dy++) {
                for (int dz = -1; dz <= 1; dz++) {
                    int j = Arrays.binarySearch(keys, keys[i] + ((long) dx << 20) + ((long) dy << 10) + dz);
                    for (int k = 0; j >= 0 && k < 8; k++) {
                        s[k] += sum[j][k];
                    }
                }
            }
        }
        double all = s[0] + s[3] + s[5];
        double[] a = {s[0], s[1], s[2], s[1], s[3], s[4], s[2], s[4], s[5]};
        Symmetric.eigen(a, 3);
        double least = Math.min(a[0], Math.min(a[4], a[8]));
        return all > 0 ? (float) (Math.max(0, Math.min(1, 3 * least / all)) * s[7] / s[6]) : 0;
    }
}
