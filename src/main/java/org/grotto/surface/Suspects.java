package org.grotto.surface;

import java.util.Arrays;
import org.grotto.geometry.Mesh;

/**
 * Whether what sight lines say against a pair of stations, that nothing else could judge, has substance. Sight lines err at
 * rims, and what moved looks to them like a wall elsewhere; but a station in the wrong place contradicts walls all around.
 * So a pair counts where it contradicts a thousandth of the surface, and in several places of which none lies beside another.
 */
final class Suspects {
    /** Of the whole surface. */
    private static final double SHARE = 0.001;
    /** Along the longest side of the whole: places are cubes of that size. */
    private static final int CUBES = 8;
    /** A place has at least this part of the area that is asked for. */
    private static final double PART = 0.1;

    private static final int PLACES = 3;

    private Suspects() {}

    /** One number for two stations, whichever comes first; never 0. */
    static int pair(int a, int b) {
        return Math.min(a, b) << 16 | Math.max(a, b);
    }

    /**
     * By vertex, whether its pair has substance.
     *
     * @param pair of each vertex, 0 where no pair is suspected
     */
    static boolean[] substantial(Mesh m, int[] pair) {
        boolean[] out = new boolean[pair.length];
        int[] pairs =
                Arrays.stream(pair).filter(p -> p != 0).sorted().distinct().toArray();
        if (pairs.length == 0) {
            return out;
        }
        double[] area = new double[pair.length];
        double all = 0;
        for (int k = 0; k < m.triangles.length; k += 3) {
            double a = m.area(k / 3);
            all += a;
            for (int c = 0; c < 3; c++) {
                area[m.triangles[k + c]] += a / 3;
            }
        }
        double[] sum = new double[pairs.length];
        for (int v = 0; v < pair.length; v++) {
            if (pair[v] != 0) {
                sum[Arrays.binarySearch(pairs, pair[v])] += area[v];
            }
        }
        for (int k = 0; k < pairs.length; k++) {
            if (sum[k] >= SHARE * all && places(m, pair, pairs[k], area, PART * SHARE * all) >= PLACES) {
                for (int v = 0; v < pair.length; v++) {
                    out[v] |= pair[v] == pairs[k];
                }
            }
        }
        return out;
    }

    /** How many places with so much area there are, none beside another, the largest first; no more than asked for. */
    private static int places(Mesh m, int[] pair, int which, double[] area, double least) {
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double side = 0;
        for (int a = 0; a < 3; a++) {
            double high = Double.NEGATIVE_INFINITY;
            for (int k = a; k < m.xyz.length; k += 3) {
                low[a] = Math.min(low[a], m.xyz[k]);
                high = Math.max(high, m.xyz[k]);
            }
            side = Math.max(side, (high - low[a]) / CUBES);
        }
        double[] cube = new double[CUBES * CUBES * CUBES];
        for (int v = 0; v < pair.length; v++) {
            if (pair[v] == which) {
                int at = 0;
                for (int a = 0; a < 3; a++) {
                    at = at * CUBES + (int) Math.min(CUBES - 1, (m.xyz[3 * v + a] - low[a]) / side);
                }
                cube[at] += area[v];
            }
        }
        int n = 0;
        while (n < PLACES) {
            int most = 0;
            for (int c = 1; c < cube.length; c++) {
                most = cube[c] > cube[most] ? c : most;
            }
            if (cube[most] < least) {
                return n;
            }
            n++;
            clearAround(cube, most);
        }
        return n;
    }

    private static void clearAround(double[] cube, int at) {
        for (int c = 0; c < cube.length; c++) {
            int x = Math.abs(c / (CUBES * CUBES) - at / (CUBES * CUBES));
            int y = Math.abs(c / CUBES % CUBES - at / CUBES % CUBES);
            int z = Math.abs(c % CUBES - at % CUBES);
            if (Math.max(x, Math.max(y, z)) <= 1) {
                cube[c] = 0;
            }
        }
    }
}
