package org.grotto.lod;

/**
 * An upper bound of the distance of every point of given triangles to a tile, kept as tight as one twentieth, or a
 * thirty-second of an edge of theirs.
 *
 * <p>The distance to one tile triangle is convex, so over a polygon it is largest at a corner. A triangle whose corners
 * have different tile triangles near them is cut where it passes from one to the next, and each part is bounded by its own;
 * where that does not do, it is quartered. Only what may lie farther than the bound so far is looked at closely.
 */
final class TileBound {
    /** How often a triangle is quartered at most. */
    private static final int DEEPEST = 5;
    /** How often a place to cut an edge is looked for. */
    private static final int CUTS = 4;
    /** Squares within this factor of the greatest one found are not looked at closer. */
    static final double SLACK = 1.1;

    private final MeshNearest tile;
    private final MeshNearest.Query query;
    /** Everything seen lies so near, square metres. */
    private double enough;
    /** How far the corners are from each other's tile triangles, [triangle at corner][corner], square metres. */
    private final double[] over = new double[9];
    /** Where the edges 0-1, 1-2, 2-0 are cut. */
    private final double[] cut = new double[9];

    /** @param enough no smaller bound is wanted, square metres */
    TileBound(MeshNearest tile, double enough) {
        this.tile = tile;
        this.query = tile.new Query();
        this.enough = enough;
    }

    /** The bound, square metres. */
    double squared() {
        return enough;
    }

    /** Takes a point in; returns a tile triangle within the bound of it. */
    int point(double x, double y, double z) {
        query.find(x, y, z, enough);
        enough = query.squared <= enough ? enough : query.squared * SLACK;
        return query.triangle;
    }

    /**
     * Takes a triangle in.
     *
     * @param p its corners, all of them taken in before
     * @param near what {@link #point} returned for them
     */
    void triangle(double[] p, int[] near) {
        if (near[0] != near[1] || near[1] != near[2]) {
            bound(p, near, 0);
        }
    }

    private void bound(double[] p, int[] near, int depth) {
        if (covered(p, near)) {
            return;
        }
        if (depth == DEEPEST) {
            last(p, near);
            return;
        }
        double[] m = new double[9];
        int[] n = new int[3];
        for (int k = 0; k < 3; k++) {
            for (int axis = 0; axis < 3; axis++) {
                m[3 * k + axis] = (p[3 * k + axis] + p[3 * ((k + 1) % 3) + axis]) / 2;
            }
            query.triangle = near[k];
            n[k] = point(m[3 * k], m[3 * k + 1], m[3 * k + 2]);
        }
        bound(m, n, depth + 1);
        for (int k = 0; k < 3; k++) {
            int before = (k + 2) % 3;
            double[] s = new double[9];
            System.arraycopy(p, 3 * k, s, 0, 3);
            System.arraycopy(m, 3 * k, s, 3, 3);
            System.arraycopy(m, 3 * before, s, 6, 3);
            bound(s, new int[] {near[k], n[k], n[before]}, depth + 1);
        }
    }

    private double far(int triangle, double[] p, int k) {
        return tile.squared(triangle, p[3 * k], p[3 * k + 1], p[3 * k + 2]);
    }

    /** Whether parts of the triangle, each with one of {@code near}, show that it lies within the bound. */
    private boolean covered(double[] p, int[] near) {
        if (near[0] == near[1]) {
            return covered(p, near, 0, 1, 2);
        }
        if (near[1] == near[2]) {
            return covered(p, near, 1, 2, 0);
        }
        if (near[2] == near[0]) {
            return covered(p, near, 2, 0, 1);
        }
        for (int k = 0; k < 3; k++) {
            int next = (k + 1) % 3;
            int last = (k + 2) % 3;
            over[3 * k + next] = far(near[k], p, next);
            over[3 * k + last] = far(near[k], p, last);
            if (over[3 * k + next] <= enough && over[3 * k + last] <= enough) {
                return true;
            }
        }
        // three parts, and what is left between the cuts is a fourth
        return cut(p, near, 0, 1)
                && cut(p, near, 1, 2)
                && cut(p, near, 2, 0)
                && (far(near[0], cut, 1) <= enough || far(near[1], cut, 2) <= enough || far(near[2], cut, 0) <= enough);
    }

    /** The same where corners {@code i} and {@code j} have one tile triangle and {@code odd} has another. */
    private boolean covered(double[] p, int[] near, int i, int j, int odd) {
        double one = far(near[i], p, odd);
        if (one <= enough) {
            return true;
        }
        over[3 * i + odd] = one;
        over[3 * j + odd] = one;
        over[3 * odd + i] = far(near[odd], p, i);
        over[3 * odd + j] = far(near[odd], p, j);
        if (over[3 * odd + i] <= enough && over[3 * odd + j] <= enough) {
            return true;
        }
        return cut(p, near, j, odd) && cut(p, near, odd, i);
    }

    /** Looks for a point on edge {@code i}-{@code j} that is within the bound of both corners' tile triangles. */
    private boolean cut(double[] p, int[] near, int i, int j) {
        double from = 0;
        double to = 1;
        // how much farther it is to the first than to the second: where two triangles meet in a line, linear
        double low = -Math.sqrt(over[3 * j + i]);
        double high = Math.sqrt(over[3 * i + j]);
        for (int tries = 0; tries < CUTS && low < high; tries++) {
            double t = from + (to - from) * low / (low - high);
            for (int axis = 0; axis < 3; axis++) {
                cut[3 * i + axis] = p[3 * i + axis] + t * (p[3 * j + axis] - p[3 * i + axis]);
            }
            double one = far(near[i], cut, i);
            double two = far(near[j], cut, i);
            if (one <= enough && two <= enough) {
                return true;
            }
            if (one > enough && two > enough) {
                return false;
            }
            if (one > enough) {
                to = t;
                high = Math.sqrt(one) - Math.sqrt(two);
            } else {
                from = t;
                low = Math.sqrt(one) - Math.sqrt(two);
            }
        }
        return false;
    }

    /** Bounds a small triangle by the one tile triangle that does best. */
    private void last(double[] p, int[] near) {
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < 3; k++) {
            query.triangle = near[k];
            query.find(p[3 * k], p[3 * k + 1], p[3 * k + 2], -1);
            double far = 0;
            for (int c = 0; c < 9; c += 3) {
                far = Math.max(far, tile.squared(query.triangle, p[c], p[c + 1], p[c + 2]));
            }
            least = Math.min(least, far);
        }
        enough = Math.max(enough, least);
    }
}
