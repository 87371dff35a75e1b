package org.grotto.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The nearest point is right within a micrometre: against dense search, and against its own function. */
class TruthTest {
    private static final Cave CAVE = Cave.of("small", 5);

    /** The nearest sign change over a fan of rays from p, then over ever narrower fans around the best one. */
    private static double bruteForce(Cave cave, double[] p, double far) {
        boolean rock = cave.f(p[0], p[1], p[2]) < 0;
        SplittableRandom r = new SplittableRandom(4);
        double[] best = null;
        double least = far;
        double spread = 2;
        for (int round = 0; round < 26; round++) {
            int rays = round == 0 ? 6000 : 250;
            double[] centre = best;
            for (int i = 0; i < rays; i++) {
                double[] d = {r.nextGaussian(), r.nextGaussian(), r.nextGaussian()};
                double l = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
                for (int k = 0; k < 3; k++) {
                    d[k] = centre == null ? d[k] / l : centre[k] + spread * d[k] / l;
                }
                l = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
                double t = 0;
                for (int k = 0; k < 400 && t < least; k++) {
                    double f = cave.f(p[0] + t * d[0] / l, p[1] + t * d[1] / l, p[2] + t * d[2] / l);
                    if (f < 0 != rock) {
                        break;
                    }
                    t += Math.max(Math.abs(f), 2e-8);
                }
                if (t < least) {
                    least = t;
                    best = new double[] {d[0] / l, d[1] / l, d[2] / l};
                }
            }
            spread = round == 0 ? 0.08 : spread * 0.6;
        }
        return least;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0005, 0.004, 0.03})
    void noSearchFindsANearerPointByMoreThanAMicrometre(double off) {
        SplittableRandom r = new SplittableRandom(8);
        Truth truth = new Truth(CAVE);
        Truth.Scratch s = new Truth.Scratch();
        double[] q = new double[3];
        double worst = 0;
        int[] tried = {0};
        for (int line = 0; tried[0] < 60; line++) {
            double[][] found = new double[1][];
            new SurfaceSampler(CAVE).line(3, line, (x, y, z) -> found[0] = new double[] {x, y, z});
            if (found[0] == null) {
                continue;
            }
            double[] p = found[0];
            for (int k = 0; k < 3; k++) {
                p[k] += off * r.nextGaussian();
            }
            tried[0]++;
            double d = Math.abs(truth.nearest(p[0], p[1], p[2], q, s));
            assertThat(Math.abs(CAVE.f(q[0], q[1], q[2]))).isLessThan(1e-8);
            assertThat(d).isGreaterThanOrEqualTo(Math.abs(CAVE.f(p[0], p[1], p[2])) - 1e-12);
            worst = Math.max(worst, d - bruteForce(CAVE, p, d * 1.5 + 1e-6));
        }
        assertThat(worst).isLessThan(1e-6);
    }

    @Test
    void pointsOnTheSurfaceHaveDistanceZero() {
        Truth truth = new Truth(CAVE);
        Truth.Scratch s = new Truth.Scratch();
        double[] q = new double[3];
        for (int line = 0; line < 300; line++) {
            new SurfaceSampler(CAVE)
                    .line(
                            9,
                            line,
                            (x, y, z) -> assertThat(Math.abs(truth.nearest(x, y, z, q, s)))
                                    .isLessThan(1e-7));
        }
    }

    @Test
    void curvatureTellsACreaseFromAPlane() {
        Truth truth = new Truth(CAVE);
        Truth.Scratch s = new Truth.Scratch();
        // the inscription's strokes are rough, the middle of the floor is smooth
        Cave.Closeup text = CAVE.closeups().get(1);
        double[] e = text.eye();
        double least = 1;
        for (int i = 0; i < 40; i++) {
            double y = text.target()[1] - 0.1 + 0.005 * i;
            double[] d = {text.target()[0] - e[0], y - e[1], text.target()[2] + 0.08 - e[2]};
            double l = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
            double t = CAVE.trace(e[0], e[1], e[2], d[0] / l, d[1] / l, d[2] / l, 0, 9);
            least = Math.min(
                    least, truth.curvatureRadius(e[0] + t * d[0] / l, e[1] + t * d[1] / l, e[2] + t * d[2] / l, s));
        }
        assertThat(least).isLessThan(0.010);
        double floor = CAVE.trace(0, 0, 1, 0, 0, -1, 0, 9);
        assertThat(truth.curvatureRadius(0, 0, 1 - floor, s)).isGreaterThan(0.05);
    }
}
