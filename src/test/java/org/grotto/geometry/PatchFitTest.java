package org.grotto.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.IntFunction;
import org.grotto.base.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patches through points of planes, bowls, lines and heaps, in closed form. */
class PatchFitTest {
    private static final Lattice LATTICE = new Lattice(0, 0, 0, 1e-8);
    /** Orthonormal: two axes along the surface and its normal, in no axis' direction. */
    private static final double[][] AXES = {
        {2 / 3.0, 1 / 3.0, 2 / 3.0}, {-2 / 3.0, 2 / 3.0, 1 / 3.0}, {-1 / 3.0, -2 / 3.0, 2 / 3.0}
    };

    private static final double[] AT = {1, 2, 3};

    /** Points given by (u, v, w) along the axes, about AT. */
    private static Cloud cloud(int n, double[][] axes, IntFunction<double[]> uvw) {
        int[][] c = new int[3][n];
        for (int i = 0; i < n; i++) {
            double[] p = uvw.apply(i);
            double[] x = AT.clone();
            for (int a = 0; a < 3; a++) {
                for (int k = 0; k < 3; k++) {
                    x[a] += p[k] * axes[k][a];
                }
            }
            c[0][i] = LATTICE.ix(x[0]);
            c[1][i] = LATTICE.iy(x[1]);
            c[2][i] = LATTICE.iz(x[2]);
        }
        return new Cloud(LATTICE, c[0], c[1], c[2], null, null, null, null);
    }

    private static double[] place(double[][] axes, double u, double v, double w) {
        double[] p = AT.clone();
        for (int a = 0; a < 3; a++) {
            p[a] += u * axes[0][a] + v * axes[1][a] + w * axes[2][a];
        }
        return p;
    }

    private static boolean fit(PatchFit patch, Cloud c, double[] p) {
        try (Work work = Work.silent()) {
            KdTree.Query q = KdTree.of(c).query();
            return patch.fit(q, q.nearest(p[0], p[1], p[2], c.size), 1, p[0], p[1], p[2]);
        }
    }

    /** How far the place lies before the surface, across it. */
    private static double height(PatchFit p) {
        return -(p.foot[0] * p.normal[0] + p.foot[1] * p.normal[1] + p.foot[2] * p.normal[2]);
    }

    /** The direction from one place to another, for {@link PatchFit#face}. */
    private static void face(PatchFit patch, double[] eye, double[] p) {
        patch.face(eye[0] - p[0], eye[1] - p[1], eye[2] - p[2]);
    }

    /** Points spread evenly over a disc of radius r. */
    private static double[] disc(int i, int n, double r) {
        double s = r * Math.sqrt((i + 0.5) / n);
        double a = i * 2.399963229728653;
        return new double[] {s * Math.cos(a), s * Math.sin(a), 0};
    }

    private static final double[][][] FRAMES = {
        AXES, {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, {{0, 1, 0}, {0, 0, 1}, {1, 0, 0}}, {{0, 0, 1}, {1, 0, 0}, {0, 1, 0}}
    };

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3"})
    void aDiscHasItsNormalItsRadiusAndTheDistanceOfThePlace(int frame) {
        double[][] axes = FRAMES[frame];
        Cloud c = cloud(200, axes, i -> disc(i, 200, 0.05));
        PatchFit patch = new PatchFit(c);
        double[] p = place(axes, 0.01, -0.02, 0.004);
        assertThat(fit(patch, c, p)).isTrue();
        double along = patch.normal[0] * axes[2][0] + patch.normal[1] * axes[2][1] + patch.normal[2] * axes[2][2];
        assertThat(Math.abs(along)).isCloseTo(1, within(1e-9));
        assertThat(height(patch)).isCloseTo(Math.signum(along) * 0.004, within(1e-7));
        assertThat(patch.radius).isCloseTo(0.05, within(0.001));
        assertThat(patch.aside).isCloseTo(Math.hypot(0.01, 0.02), within(0.0005));
        assertThat(patch.sigma).isLessThan(1e-7);
        face(patch, place(axes, 3, 4, 1), p);
        assertThat(height(patch)).isCloseTo(0.004, within(1e-7));
        face(patch, place(axes, 3, 4, -1), p);
        assertThat(height(patch)).isCloseTo(-0.004, within(1e-7));
        assertThat(patch.normal[0] * axes[2][0] + patch.normal[1] * axes[2][1] + patch.normal[2] * axes[2][2])
                .isCloseTo(-1, within(1e-9));
    }

    /** A bowl and a saddle are fitted exactly: the place on them has no height, and nothing is left. */
    @ParameterizedTest
    @CsvSource({"3, 2, 0", "2, -2, 3", "0, 0, -4"})
    void curvedPatchesAreExact(double uu, double vv, double uv) {
        Cloud c = cloud(60, AXES, i -> {
            double[] p = disc(i, 60, 0.05);
            p[2] = uu * p[0] * p[0] + vv * p[1] * p[1] + uv * p[0] * p[1];
            return p;
        });
        PatchFit patch = new PatchFit(c);
        assertThat(fit(patch, c, place(AXES, 0, 0, 0))).isTrue();
        assertThat(height(patch)).isCloseTo(0, within(1e-5));
        assertThat(patch.sigma).isLessThan(2e-5);
        // one millimetre above
        assertThat(fit(patch, c, place(AXES, 0, 0, 0.001))).isTrue();
        face(patch, place(AXES, 0, 0, 1), AT);
        assertThat(height(patch)).isCloseTo(0.001, within(2e-5));
    }

    /** Curvature is told over the surface's own tangent plane, and turns round with it: a ball's is the same every way. */
    @Test
    void aBallBendsByItsRadius() {
        double r = 0.2;
        Cloud c = cloud(300, AXES, i -> {
            double[] p = disc(i, 300, 0.03);
            // leaning: the place is no pole of the ball in the axes of the fit
            double u = p[0] + 0.06;
            return new double[] {u, p[1], Math.sqrt(r * r - u * u - p[1] * p[1]) - r};
        });
        double[] p = place(AXES, 0.06, 0, Math.sqrt(r * r - 0.0036) - r);
        PatchFit patch = new PatchFit(c);
        assertThat(fit(patch, c, p)).isTrue();
        double[] middle = place(AXES, 0, 0, -r);
        for (int side = 0; side < 2; side++) {
            double[] eye = side == 0 ? place(AXES, 0.3, 0, 1) : middle;
            face(patch, eye, p);
            double sign = side == 0 ? -1 : 1;
            assertThat(patch.bend[0]).isCloseTo(sign / (2 * r), within(0.03 / r));
            assertThat(patch.bend[1]).isCloseTo(0, within(0.03 / r));
            assertThat(patch.bend[2]).isCloseTo(sign / (2 * r), within(0.03 / r));
        }
    }

    /**
     * Of a column and of a ball one side is seen, up to where it slopes by 45 degrees: a parabola passes the top of the column
     * 0.4 mm, that of the ball 1.2 mm off. So it is where the place is not in the middle of what is seen.
     */
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "0, 0.03", "1, 0.03"})
    void roundThingsAreFittedByCircles(double ball, double aside) {
        double r = 0.18;
        Cloud c = cloud(200, AXES, i -> {
            double[] p = disc(i, 200, 0.125);
            double u = p[0] + aside;
            return new double[] {u, p[1], Math.sqrt(r * r - u * u - ball * p[1] * p[1]) - r};
        });
        PatchFit patch = new PatchFit(c);
        double[] p = place(AXES, 0, 0, 0);
        assertThat(fit(patch, c, p)).isTrue();
        face(patch, place(AXES, 0, 0, 1), p);
        assertThat(height(patch)).isCloseTo(0, within(0.00015));
        assertThat(patch.bend[0]).isNegative();
        double along = patch.normal[0] * AXES[2][0] + patch.normal[1] * AXES[2][1] + patch.normal[2] * AXES[2][2];
        assertThat(Math.acos(Math.min(1, along))).isCloseTo(0, within(0.01));
    }

    /** What is added to a parabola's height is what makes a circle of it. */
    @Test
    void aCircleIsAParabolaAndWhatIsAdded() {
        for (double u = -0.16; u < 0.17; u += 0.02) {
            double bend = u * u / (2 * 0.18);
            assertThat(bend + PatchFit.rounder(bend, Math.abs(u)))
                    .isCloseTo(0.18 - Math.sqrt(0.18 * 0.18 - u * u), within(1e-12));
            assertThat(PatchFit.rounder(-bend, Math.abs(u))).isEqualTo(-PatchFit.rounder(bend, Math.abs(u)));
        }
    }

    /** Where the surface is steep at the place, what counts is the distance across it, not along the plane's normal. */
    @Test
    void heightIsAcrossTheSurface() {
        // a bowl whose place lies at the rim, at a slope of 0.6
        Cloud c = cloud(400, AXES, i -> {
            double[] p = disc(i, 400, 0.1);
            return new double[] {p[0], p[1], 3 * (p[0] * p[0] + p[1] * p[1])};
        });
        double u = 0.1;
        double slope = 6 * u;
        double l = Math.sqrt(1 + slope * slope);
        double h = 0.0005;
        PatchFit patch = new PatchFit(c);
        double[] p = place(AXES, u - h * slope / l, 0, 3 * u * u + h / l);
        assertThat(fit(patch, c, p)).isTrue();
        face(patch, place(AXES, 0, 0, 1), p);
        assertThat(height(patch)).isCloseTo(h, within(0.03 * h));
    }

    /** The mean of many patches' variance is the noise's own: six numbers are fitted, and six are taken off. */
    @Test
    void sigmaIsTheNoise() {
        Random random = new Random(8);
        double sum = 0;
        for (int k = 0; k < 400; k++) {
            Cloud c = cloud(20, AXES, i -> {
                double[] p = disc(i, 20, 0.05);
                p[2] = 0.001 * random.nextGaussian();
                return p;
            });
            PatchFit patch = new PatchFit(c);
            assertThat(fit(patch, c, place(AXES, 0, 0, 0))).isTrue();
            sum += patch.sigma * patch.sigma / 400;
        }
        assertThat(Math.sqrt(sum)).isCloseTo(0.001, within(0.00004));
    }

    /** A strip is a sheet until it is about as narrow as a fifth of its length, a heap is none. */
    @Test
    void linesHeapsAndTooFewPointsAreRefused() {
        PatchFit[] patch = new PatchFit[1];
        for (double[] k : new double[][] {{0.30, 1}, {0.16, 0}}) {
            // variances of an even strip go with the square of its sides: 0.09 and 0.026 of the longer one's
            Cloud strip = cloud(200, AXES, i -> new double[] {(i % 40 - 19.5) / 400, k[0] * (i / 40 - 2) / 40, 0});
            patch[0] = new PatchFit(strip);
            assertThat(fit(patch[0], strip, place(AXES, 0, 0, 0))).isEqualTo(k[1] == 1);
        }
        Random random = new Random(2);
        for (double[] k : new double[][] {{0.25, 1}, {0.42, 0}}) {
            Cloud heap = cloud(400, AXES, i ->
                    new double[] {random.nextDouble(-1, 1), random.nextDouble(-1, 1), k[0] * random.nextDouble(-1, 1)});
            patch[0] = new PatchFit(heap);
            assertThat(fit(patch[0], heap, place(AXES, 0, 0, 0))).isEqualTo(k[1] == 1);
        }
        for (int n : new int[] {8, 9}) {
            Cloud few = cloud(n, AXES, i -> disc(i, n, 0.05));
            assertThat(fit(new PatchFit(few), few, place(AXES, 0, 0, 0))).isEqualTo(n == 9);
        }
    }
}
