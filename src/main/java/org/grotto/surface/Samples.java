package org.grotto.surface;

import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Morton;

/**
 * The oriented points, sorted by (Morton code, input index), on the grid of the root cube, with what {@link Density}
 * found out about each. Everything later gathers from these arrays in their order, which is what makes the result
 * independent of threads.
 */
final class Samples {
    static final int CODE_BITS = 21;

    final RootCube cube;
    final int n;
    final int skipped;
    final long[] code;
    final int[] x;
    final int[] y;
    final int[] z;
    /** Unit normals, interleaved; until {@link #forgetNormals}. */
    float[] normal;
    /** Surface that each sample stands for, as a fraction of the root cube's face. */
    final float[] area;
    /** Index of its station; until {@link #forgetNormals}, empty where the points have none. */
    char[] station;
    /** Depth at which its normal is spread, between two levels; until {@link #forgetNormals}. */
    float[] splat;
    /** Depth of the leaf cell around it. */
    final byte[] leaf;
    /** The weight of what faces the other way behind it, in hundredths of all around; 0 where it is no thin wall's. */
    final byte[] behind;

    private Samples(
            RootCube cube, int skipped, long[] code, int[] x, int[] y, int[] z, float[] normal, char[] station) {
        this.cube = cube;
        this.n = x.length;
        this.skipped = skipped;
        this.code = code;
        this.x = x;
        this.y = y;
        this.z = z;
        this.normal = normal;
        this.station = station;
        this.area = new float[n];
        this.splat = new float[n];
        this.leaf = new byte[n];
        this.behind = new byte[n];
    }

    static Samples of(Cloud cloud, PoissonOptions o, Work work) {
        float[] nn = cloud.normals();
        if (nn == null) {
            throw bad("the points have no normals; estimate and orient them first.");
        }
        int[] kept = new int[cloud.size];
        int n = 0;
        for (int i = 0; i < cloud.size; i++) {
            double l = (double) nn[3 * i] * nn[3 * i]
                    + (double) nn[3 * i + 1] * nn[3 * i + 1]
                    + (double) nn[3 * i + 2] * nn[3 * i + 2];
            if (l > 1e-12 && l < 1e12) {
                kept[n++] = i;
            }
        }
        int skipped = cloud.size - n;
        work.faults().add("points without a normal", skipped, "left out of the surface");
        if (n < 4) {
            throw bad("a surface needs at least 4 points with normals, but of " + cloud.size + " points " + n
                    + " have one (points that are too few, or on a line, have none); name a scan of a surface.");
        }
        Box box = cloud.bounds(kept, n);
        if (!(box.longest() > 0)) {
            throw bad("all " + n + " points lie in one place; a surface needs an extent. Check the export.");
        }
        RootCube cube = RootCube.around(box, o.scale(), o.spacing());
        long[] code = new long[n];
        int count = n;
        work.blocks(n, 1 << 16, (from, to) -> {
            int shift = RootCube.BITS - CODE_BITS;
            for (int k = from; k < to; k++) {
                int i = kept[k];
                code[k] = Morton.encode(
                        cube.grid(cloud.px(i), cube.x0()) >> shift,
                        cube.grid(cloud.py(i), cube.y0()) >> shift,
                        cube.grid(cloud.pz(i), cube.z0()) >> shift);
            }
        });
        int[] order = Morton.sort(code, work);
        char[] of = cloud.station();
        Samples s = new Samples(
                cube,
                skipped,
                new long[count],
                new int[count],
                new int[count],
                new int[count],
                new float[3 * count],
                new char[of == null ? 0 : count]);
        work.blocks(n, 1 << 16, (from, to) -> {
            for (int k = from; k < to; k++) {
                int i = kept[order[k]];
                s.code[k] = code[order[k]];
                s.x[k] = cube.grid(cloud.px(i), cube.x0());
                s.y[k] = cube.grid(cloud.py(i), cube.y0());
                s.z[k] = cube.grid(cloud.pz(i), cube.z0());
                if (of != null) {
                    s.station[k] = of[i];
                }
                double a = nn[3 * i];
                double b = nn[3 * i + 1];
                double c = nn[3 * i + 2];
                double l = 1 / Math.sqrt(a * a + b * b + c * c);
                s.normal[3 * k] = (float) (a * l);
                s.normal[3 * k + 1] = (float) (b * l);
                s.normal[3 * k + 2] = (float) (c * l);
            }
        });
        return s;
    }

    private static GrottoException bad(String sentence) {
        return new GrottoException(GrottoException.Kind.BAD_INPUT, sentence, null);
    }

    /** Lets go of what only the right-hand sides need: two fifths of all. */
    void forgetNormals() {
        normal = new float[0];
        station = new char[0];
        splat = new float[0];
    }

    /** The first sample at or after {@code from} and before {@code to} whose code is at least {@code c}. */
    int lowerBound(int from, int to, long c) {
        int lo = from;
        int hi = to;
        while (lo < hi) {
            int mid = (lo + hi) >>> 1;
            if (code[mid] < c) {
                lo = mid + 1;
            } else {
                hi = mid;
            }
        }
        return lo;
    }
}
