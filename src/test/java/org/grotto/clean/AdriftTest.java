package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.store.Engine;
import org.grotto.store.Threads;
import org.junit.jupiter.api.Test;

/** A lone point and the sheets around it: whether it stays. */
class AdriftTest {
    private static final ColumnType MEAN = ColumnType.number("mean", ColumnType.Kind.FLOAT32, "m", "test");
    private static final Lattice LATTICE = new Lattice(0, 0, 0, 1e-6);

    private final List<double[]> points = new ArrayList<>();

    /** The lone point is at the origin, a metre from the next, all others are 3 cm apart. */
    private boolean stays(int k, double typical) {
        points.add(new double[3]);
        int n = points.size();
        int[][] c = new int[3][n];
        for (int i = 0; i < n; i++) {
            double[] p = points.get(i);
            c[0][i] = LATTICE.ix(p[0]);
            c[1][i] = LATTICE.iy(p[1]);
            c[2][i] = LATTICE.iz(p[2]);
        }
        float[] mean = new float[n];
        Arrays.fill(mean, 0.03f);
        mean[n - 1] = 1;
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            Columns columns = Columns.NONE.with(MEAN, mean).with(Removed.REASON, new byte[n]);
            Cloud out = engine.add(
                            engine.store(new Cloud(LATTICE, c[0], c[1], c[2], columns), 100_000),
                            new Adrift(k, 3, typical, MEAN))
                    .whole();
            byte[] reason = out.columns.bytes(Removed.REASON.name());
            float[] back = out.columns.floats(MEAN.name());
            boolean stays = false;
            for (int i = 0; reason != null && back != null && i < n; i++) {
                assertThat(back[i] == 1 || reason[i] == Removed.KEPT).isTrue();
                stays |= back[i] == 1 && reason[i] == Removed.KEPT;
            }
            return stays;
        }
    }

    /** A sheet in the plane z = 0, a metre off, {@code first} of whose points are nearest to the origin. */
    private void through(int first) {
        for (int row = 0; row < 8; row++) {
            for (int m = -8; m <= 8; m++) {
                points.add(new double[] {1 + 0.05 * row, 0.025 * (2 * m + (first % 2 == 0 ? 1 : 0)), 0});
            }
        }
    }

    /** One 20 cm below, as far off, its points denser: six of them are nearest. */
    private void past() {
        for (int row = 0; row < 8; row++) {
            for (int m = -8; m < 8; m++) {
                points.add(new double[] {Math.sqrt(0.998 - 0.04) + 0.02 * row, 0.02 * (m + 0.5), -0.2});
            }
        }
    }

    @Test
    void threeSheetsBearAPointAndTwoDoNot() {
        through(2);
        past();
        assertThat(stays(8, 0.1)).isFalse();
        points.clear();
        through(3);
        past();
        assertThat(stays(9, 0.1)).isTrue();
    }

    @Test
    void onlySparsePointsAreAsked() {
        past();
        assertThat(stays(8, 0.1)).isFalse();
        points.clear();
        past();
        assertThat(stays(8, 1)).as("no sparser than all are").isTrue();
    }

    @Test
    void aWireIsFollowedInItsDirection() {
        for (int k = 0; k < 12; k++) {
            points.add(new double[] {1 + 0.3 * k, 1 + 0.3 * k, 0});
        }
        assertThat(stays(8, 0.1)).isTrue();
    }
}
