package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.grotto.base.Work;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Density on planes whose spacing is known. */
class DensityTest {
    private static final Lattice LATTICE = new Lattice(-5, -5, -5, 1e-6);

    private static PoissonOptions options(double samplesPerNode, double refine) {
        return new PoissonOptions(13, Double.NaN, 8, samplesPerNode, refine, 1.25, 2, 4, 12);
    }

    /** A shaken grid of a square metre at a slope, seen {@code times} times. */
    private static Cloud plane(double spacing, int times, double shake) {
        Random random = new Random(2);
        int side = (int) Math.round(1 / spacing);
        int n = side * side * times;
        int[][] c = new int[3][n];
        float[] normals = new float[3 * n];
        for (int i = 0; i < n; i++) {
            double u = (i / times % side + shake * random.nextDouble()) * spacing;
            double v = (i / times / side + shake * random.nextDouble()) * spacing;
            c[0][i] = LATTICE.ix(u);
            c[1][i] = LATTICE.iy(0.8 * v);
            c[2][i] = LATTICE.iz(0.6 * v);
            normals[3 * i + 1] = -0.6f;
            normals[3 * i + 2] = 0.8f;
        }
        return new Cloud(LATTICE, c[0], c[1], c[2], normals, null, null, null);
    }

    private static double[] areas(Samples s) {
        double[] a = new double[s.n];
        for (int i = 0; i < s.n; i++) {
            a[i] = s.area[i] * s.cube.side() * s.cube.side();
        }
        java.util.Arrays.sort(a);
        return a;
    }

    /** Together the samples stand for the plane's area, each for its own part, however often the plane was seen. */
    @ParameterizedTest
    @CsvSource({"0.004, 1, 0", "0.01, 1, 0.6", "0.01, 4, 0.6", "0.02, 1, 0.6"})
    void samplesStandForTheSurface(double spacing, int times, double shake) {
        try (Work work = Work.silent()) {
            PoissonOptions o = options(2.5, 0);
            Samples s = Samples.of(plane(spacing, times, shake), o, work);
            Density.estimate(s, 13, Noise.UNKNOWN, o, work);
            double[] a = areas(s);
            double own = spacing * spacing / times;
            assertThat(a[a.length / 2]).isCloseTo(own, within((shake == 0 ? 0.04 : 0.2) * own));
            assertThat(a[a.length / 20]).isGreaterThan(0.6 * own);
            double sum = 0;
            for (double v : a) {
                sum += v;
            }
            assertThat(sum).isBetween(0.95, 1.25); // the rim has air beside it
        }
    }

    /** Normals are spread where a cell's face has the samples asked for; leaves lie deeper by as much as asked. */
    @Test
    void depthFollowsTheSpacing() {
        double spacing = 0.008;
        try (Work work = Work.silent()) {
            for (double[] k : new double[][] {{1, 0}, {4, 0}, {4, 1}, {2, 0.5}}) {
                PoissonOptions o = options(k[0], k[1]);
                Samples s = Samples.of(plane(spacing, 1, 0.3), o, work);
                Density.estimate(s, 13, Noise.UNKNOWN, o, work);
                double want = Math.log(s.cube.side() / (spacing * Math.sqrt(k[0]))) / Math.log(2);
                float[] splat = s.splat.clone();
                java.util.Arrays.sort(splat);
                double leaf = Math.rint(splat[s.n / 2] + k[1]);
                assertThat((double) splat[s.n / 2]).isCloseTo(Math.min(want, leaf), within(0.08));
                int deeper = 0;
                for (int i = 0; i < s.n; i++) {
                    assertThat(s.splat[i]).isLessThanOrEqualTo(s.leaf[i]);
                    deeper += s.leaf[i] == leaf ? 1 : 0;
                }
                assertThat(deeper).isGreaterThan(s.n / 2);
                Density.estimate(s, 4, Noise.UNKNOWN, o, work);
                for (int i = 0; i < s.n; i++) {
                    assertThat(s.leaf[i]).isLessThanOrEqualTo((byte) 4);
                    assertThat(s.splat[i]).isLessThanOrEqualTo(4);
                }
            }
        }
    }

    /**
     * A kernel shows ten to forty samples, here those within two spacings: three spacings before an edge beyond which there
     * is a quarter of the points, density is that of the near side still.
     */
    @Test
    void densityIsLocal() {
        double spacing = 1.25 / 256;
        Cloud all = plane(spacing, 1, 0.3);
        for (int i = 0; i < all.size; i++) { // lying flat
            all.y[i] = LATTICE.iy((all.py(i)) / 0.8);
            all.z[i] = 0;
        }
        int side = (int) Math.round(1 / spacing);
        int[] kept = new int[all.size];
        int n = 0;
        for (int i = 0; i < all.size; i++) {
            boolean far = i % side >= side / 2;
            if (!far || i % 2 == 0 && i / side % 2 == 0 || i % side == side - 1) {
                kept[n++] = i;
            }
        }
        try (Work work = Work.silent()) {
            PoissonOptions o = options(2.5, 0);
            Samples s = Samples.of(all.pick(java.util.Arrays.copyOf(kept, n)), o, work);
            assertThat(s.cube.cell(7)).isCloseTo(2 * spacing, within(0.02 * spacing));
            Density.estimate(s, 13, Noise.UNKNOWN, o, work);
            double sum = 0;
            int near = 0;
            for (int i = 0; i < s.n; i++) {
                double x = s.cube.x0() + s.x[i] * s.cube.side() / (1 << RootCube.BITS);
                double before = (side / 2 - x / spacing);
                if (before > 2.6 && before < 3.4) {
                    sum += s.area[i] * s.cube.side() * s.cube.side() / (spacing * spacing);
                    near++;
                }
            }
            // of 6.3 samples under the kernel half a one is taken off
            assertThat(sum / near).isCloseTo(1.12, within(0.03));
        }
    }

    /** By default a cell's face holds two and a half samples, and leaves are no finer. */
    @Test
    void theDefaultIsTwoAndAHalfSamples() {
        double spacing = 0.01;
        try (Work work = Work.silent()) {
            PoissonOptions o = PoissonOptions.DEFAULTS;
            Samples s = Samples.of(plane(spacing, 1, 0.3), o, work);
            Density.estimate(s, 13, Noise.UNKNOWN, o, work);
            double want = Math.log(s.cube.side() / (spacing * Math.sqrt(2.5))) / Math.log(2);
            float[] splat = s.splat.clone();
            java.util.Arrays.sort(splat);
            assertThat((double) splat[s.n / 2]).isCloseTo(Math.min(want, Math.rint(want)), within(0.1));
        }
    }

    /** A single point beside a plane is alone: coarse, and no coarser than depth 2. Many in one place are one. */
    @Test
    void loneAndCrowdedPlaces() {
        Cloud p = plane(0.01, 1, 0.5);
        int n = p.size;
        int[] pick = new int[n + 3000];
        for (int i = 0; i < pick.length; i++) {
            pick[i] = i < n ? i : 5050;
        }
        Cloud c = p.pick(pick);
        c.z[0] = LATTICE.iz(3);
        try (Work work = Work.silent()) {
            PoissonOptions o = options(2.5, 0);
            Samples s = Samples.of(c, o, work);
            Density.estimate(s, 13, Noise.UNKNOWN, o, work);
            int lone = 0;
            double crowd = 0;
            for (int i = 0; i < s.n; i++) {
                double z = s.cube.z0() + s.z[i] * s.cube.side() / (1 << RootCube.BITS);
                lone += z > 2 && s.leaf[i] == 2 && s.splat[i] == 2 ? 1 : 0;
                double y = s.cube.y0() + s.y[i] * s.cube.side() / (1 << RootCube.BITS);
                double x = s.cube.x0() + s.x[i] * s.cube.side() / (1 << RootCube.BITS);
                if (Math.abs(x - c.px(5050)) < 1e-5 && Math.abs(y - c.py(5050)) < 1e-5) {
                    crowd += s.area[i] * s.cube.side() * s.cube.side();
                }
            }
            assertThat(lone).isEqualTo(1);
            assertThat(crowd).isLessThan(4e-4);
        }
    }

    @Test
    void samplesAreSortedUnitNormalsOnTheCubesGrid() {
        Cloud p = plane(0.02, 1, 0.9);
        float[] n = p.normals().clone();
        for (int i = 0; i < n.length; i++) {
            n[i] *= i / 3 % 7 == 0 ? 1e-5f : i / 3 % 7 == 1 ? 1e5f : 1;
        }
        java.util.Arrays.fill(n, 30, 33, 1e-7f);
        java.util.Arrays.fill(n, 60, 63, 1e7f);
        try (Work work = Work.silent()) {
            PoissonOptions o = options(2.5, 0);
            Samples s = Samples.of(p.withNormals(n), o, work);
            assertThat(s.n).isEqualTo(p.size - 2);
            assertThat(s.skipped).isEqualTo(2);
            double unit = s.cube.side() / (1 << RootCube.BITS);
            for (int i = 0; i < s.n; i++) {
                assertThat(i == 0 || s.code[i - 1] <= s.code[i]).isTrue();
                assertThat(s.normal[3 * i + 1]).isCloseTo(-0.6f, within(1e-6f));
                assertThat(s.normal[3 * i + 2]).isCloseTo(0.8f, within(1e-6f));
                double y = s.cube.y0() + unit * (s.y[i] + 0.5);
                double z = s.cube.z0() + unit * (s.z[i] + 0.5);
                assertThat(z / 0.6).isCloseTo(y / 0.8, within(1e-5));
                long c = org.grotto.geometry.Morton.encode(s.x[i] >> 9, s.y[i] >> 9, s.z[i] >> 9);
                assertThat(s.code[i]).isEqualTo(c);
            }
            for (int k = 0; k < s.n; k += 50) {
                int at = s.lowerBound(0, s.n, s.code[k]);
                assertThat(s.code[at]).isEqualTo(s.code[k]);
                assertThat(at == 0 || s.code[at - 1] < s.code[k]).isTrue();
            }
            s.forgetNormals();
            assertThat(s.normal).isEmpty();
            assertThat(s.splat).isEmpty();
        }
    }

    @Test
    void theRootCubeIsAboutTheMiddleAndAPowerOfTheSpacing() {
        Box box = new Box(1, 2, 3, 2, 4, 3.5);
        RootCube cube = RootCube.around(box, 1.25, Double.NaN);
        assertThat(cube).isEqualTo(new RootCube(1.5 - 1.25, 3 - 1.25, 3.25 - 1.25, 2.5));
        assertThat(cube.cell(3)).isEqualTo(2.5 / 8);
        assertThat(RootCube.around(box, 1.25, 0.01).side()).isCloseTo(2.56, within(1e-12));
        assertThat(RootCube.around(box, 1.28, 0.01).side()).isCloseTo(2.56, within(1e-12));
        assertThat(cube.grid(0.25, 0.25)).isZero();
        assertThat(cube.grid(1.5, 0.25)).isEqualTo(1 << RootCube.BITS - 1);
        assertThat(cube.grid(-9, 0.25)).isZero();
        assertThat(cube.grid(99, 0.25)).isEqualTo((1 << RootCube.BITS) - 1);
    }
}
