package org.grotto.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.grotto.geometry.Box;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold of a virtual cave for its truth to be exact. */
class CaveTest {
    private static double[] within(Box b, SplittableRandom r) {
        return new double[] {
            b.minX() + r.nextDouble() * b.sizeX(),
            b.minY() + r.nextDouble() * b.sizeY(),
            b.minZ() + r.nextDouble() * b.sizeZ()
        };
    }

    private static double[] direction(SplittableRandom r) {
        double[] d = {r.nextGaussian(), r.nextGaussian(), r.nextGaussian()};
        double l = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
        return new double[] {d[0] / l, d[1] / l, d[2] / l};
    }

    /** A random point, half of them within a few millimetres of the surface. */
    private static double[] interesting(Cave cave, SplittableRandom r) {
        double[] p = within(cave.bounds(), r);
        if (r.nextBoolean()) {
            double[] d = direction(r);
            double t = cave.trace(p[0], p[1], p[2], d[0], d[1], d[2], 0, 30);
            if (t > 0) {
                t += 0.02 * (r.nextDouble() - 0.5);
                return new double[] {p[0] + t * d[0], p[1] + t * d[1], p[2] + t * d[2]};
            }
        }
        return p;
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "great"})
    void theFunctionNeverRisesFasterThanOneMetrePerMetre(String name) {
        Cave cave = Cave.of(name, 7);
        SplittableRandom r = new SplittableRandom(1);
        double steepest = 0;
        for (int i = 0; i < 200_000; i++) {
            double[] p = interesting(cave, r);
            double[] d = direction(r);
            double h = Math.pow(10, -5 + 5 * r.nextDouble());
            double a = cave.f(p[0], p[1], p[2]);
            double b = cave.f(p[0] + h * d[0], p[1] + h * d[1], p[2] + h * d[2]);
            steepest = Math.max(steepest, Math.abs(a - b) / h);
        }
        assertThat(steepest).isGreaterThan(0.9).isLessThan(1 + 1e-9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "great"})
    void theCellsChangeNoBit(String name) {
        Cave cave = Cave.of(name, 7);
        SplittableRandom r = new SplittableRandom(2);
        for (int i = 0; i < 60_000; i++) {
            double[] p = interesting(cave, r);
            assertThat(cave.f(p[0], p[1], p[2])).isEqualTo(cave.whole(p[0], p[1], p[2]));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "great"})
    void everyRayFromInsideHitsAndWhereItHitsTheFunctionIsZero(String name) {
        Cave cave = Cave.of(name, 3);
        SplittableRandom r = new SplittableRandom(3);
        int hits = 0;
        while (hits < 50_000) {
            double[] p = within(cave.bounds(), r);
            if (cave.f(p[0], p[1], p[2]) < 0.01) {
                continue;
            }
            double[] d = direction(r);
            double t = cave.trace(p[0], p[1], p[2], d[0], d[1], d[2], 0, 40);
            assertThat(t).isGreaterThan(0);
            double at = cave.f(p[0] + t * d[0], p[1] + t * d[1], p[2] + t * d[2]);
            assertThat(Math.abs(at)).isLessThan(1e-5);
            // nothing nearer: the function stays positive on the way, sampled
            for (int k = 1; k < 20; k++) {
                double s = t * k / 20;
                assertThat(cave.f(p[0] + s * d[0], p[1] + s * d[1], p[2] + s * d[2]))
                        .isGreaterThan(-1e-6);
            }
            hits++;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 99})
    void noiseStaysWithinItsSlope(long seed) {
        Noise noise = new Noise(seed);
        SplittableRandom r = new SplittableRandom(seed);
        double steepest = 0;
        for (int i = 0; i < 300_000; i++) {
            double x = 40 * r.nextDouble() - 20;
            double y = 40 * r.nextDouble() - 20;
            double z = 40 * r.nextDouble() - 20;
            double[] d = direction(r);
            double h = 1e-4;
            double a = noise.at(x, y, z);
            double b = noise.at(x + h * d[0], y + h * d[1], z + h * d[2]);
            assertThat(Math.abs(a)).isLessThanOrEqualTo(1);
            steepest = Math.max(steepest, Math.abs(a - b) / h);
        }
        assertThat(steepest).isGreaterThan(1.5).isLessThan(Noise.SLOPE);
    }

    @org.junit.jupiter.api.Test
    void strokesAreOneToFiveMillimetresDeepOnTheirCentreLines() {
        Inscription text = new Inscription(new Noise(1));
        double least = 1;
        double most = 0;
        for (double[] s : text.segments()) {
            for (double t = 0; t <= 1; t += 0.125) {
                double deep = text.carved(s[0] + t * (s[2] - s[0]), s[1] + t * (s[3] - s[1]));
                least = Math.min(least, deep);
                most = Math.max(most, deep);
            }
        }
        assertThat(least).isBetween(0.001, 0.002);
        assertThat(most).isBetween(0.004, 0.005);
    }
}
