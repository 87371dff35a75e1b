package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Normals that points bring are kept with their side where they have one, and get one where they have none. */
class GivenSidesTest {
    private static final int N = 6000;
    private static final Lattice LATTICE = new Lattice(-2, -2, -2, 1e-6);

    private static Cloud ball(int[] sign) {
        return ball(sign, 1);
    }

    /** A ball of 1 m, its points spread evenly; {@code sign} of each normal, outwards positive, and how long all are. */
    private static Cloud ball(int[] sign, double length) {
        int[][] xyz = new int[3][N];
        float[] normals = new float[3 * N];
        for (int i = 0; i < N; i++) {
            double z = 1 - (2.0 * i + 1) / N;
            double a = Math.PI * (3 - Math.sqrt(5)) * i;
            double[] p = {Math.sqrt(1 - z * z) * Math.cos(a), Math.sqrt(1 - z * z) * Math.sin(a), z};
            xyz[0][i] = LATTICE.ix(p[0]);
            xyz[1][i] = LATTICE.iy(p[1]);
            xyz[2][i] = LATTICE.iz(p[2]);
            for (int k = 0; k < 3; k++) {
                normals[3 * i + k] = (float) (length * sign[i] * p[k]);
            }
        }
        return new Cloud(LATTICE, xyz[0], xyz[1], xyz[2], normals, null, null, null);
    }

    /** The share of normals that point outwards, and what was said of them. */
    private static double outwards(Cloud ball, Work work) {
        Cloud c = Clean.run(ball, List.of(), CleanOptions.DEFAULTS.withSide(CleanOptions.Side.OUTSIDE), work)
                .store()
                .whole();
        float[] n = Objects.requireNonNull(c.normals());
        int out = 0;
        for (int i = 0; i < c.size; i++) {
            out += n[3 * i] * c.px(i) + n[3 * i + 1] * c.py(i) + n[3 * i + 2] * c.pz(i) > 0 ? 1 : 0;
        }
        return (double) out / c.size;
    }

    private static boolean told(Work work) {
        return work.faults().all().containsKey("normals without a side");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.7})
    void signsOfNoMeaningAreToldAnew(double share) {
        Random random = new Random(3);
        Cloud ball =
                ball(random.ints(N, 0, 1000).map(k -> k < 1000 * share ? 1 : -1).toArray());
        try (Work work = Work.silent()) {
            assertThat(outwards(ball, work)).isEqualTo(1);
            assertThat(told(work)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 4})
    void signsAreJudgedHoweverLongNormalsAre(double length) {
        Random random = new Random(3);
        Cloud ball = ball(random.ints(N, 0, 2).map(k -> 2 * k - 1).toArray(), length);
        try (Work work = Work.silent()) {
            assertThat(outwards(ball, work)).isEqualTo(1);
            assertThat(told(work)).isTrue();
        }
    }

    @Test
    void sidesThatAreKnownStay() {
        try (Work work = Work.silent()) {
            assertThat(outwards(ball(IntStream.range(0, N).map(i -> -1).toArray()), work))
                    .as("a hollow ball")
                    .isZero();
            assertThat(outwards(
                            ball(IntStream.range(0, N)
                                    .map(i -> i < N / 3 ? -1 : 1)
                                    .toArray()),
                            work))
                    .as("a part of it: whoever gave them may have meant it")
                    .isBetween(0.66, 0.67);
            assertThat(told(work)).isFalse();
        }
    }
}
