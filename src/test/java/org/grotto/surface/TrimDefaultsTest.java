package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Mesh;
import org.grotto.store.Engine;
import org.grotto.store.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the default options of trimming mean, on a flat sheet over points 10 mm apart. */
class TrimDefaultsTest {
    private static final Lattice LATTICE = new Lattice(-5, -5, -5, 1e-6);
    private static final double S = 0.01;
    private static final int SIDE = 75;
    private static final double STEP = S / 3;

    private final List<double[]> points = new ArrayList<>();

    /** Which points of the grid there are, by place in spacings. */
    @FunctionalInterface
    private interface Keep {
        boolean at(int x, int y);
    }

    private TrimDefaultsTest grid(Keep keep) {
        for (int i = 0; i < 26 * 26; i++) {
            if (keep.at(i % 26, i / 26)) {
                points.add(new double[] {S * (i % 26), S * (i / 26), S});
            }
        }
        return this;
    }

    private Trim.Result trim() {
        int row = SIDE + 1;
        float[] xyz = new float[3 * row * row];
        int[] t = new int[6 * SIDE * SIDE];
        for (int i = 0; i < row * row; i++) {
            xyz[3 * i] = (float) (STEP * (i % row));
            xyz[3 * i + 1] = (float) (STEP * (i / row));
        }
        int at = 0;
        for (int s = 0; s < SIDE * SIDE; s++) {
            int v = row * (s / SIDE) + s % SIDE;
            for (int k : new int[] {v, v + 1, v + row + 1, v, v + row + 1, v + row}) {
                t[at++] = k;
            }
        }
        int n = points.size();
        int[][] c = new int[3][n];
        float[] normals = new float[3 * n];
        float[] spacing = new float[n];
        for (int i = 0; i < n; i++) {
            c[0][i] = LATTICE.ix(points.get(i)[0]);
            c[1][i] = LATTICE.iy(points.get(i)[1]);
            spacing[i] = (float) points.get(i)[2];
            c[2][i] = LATTICE.iz(0);
            normals[3 * i + 2] = 1;
        }
        Cloud cloud = new Cloud(LATTICE, c[0], c[1], c[2], normals, null, null, null).with(Columns.SPACING, spacing);
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            return Trim.apply(
                    new Mesh(0, 0, 0, xyz, null, null, null, t),
                    engine.store(cloud, 300),
                    List.of(),
                    TrimOptions.DEFAULTS,
                    engine);
        }
    }

    /** Surface goes on for 1.65 spacings beyond the last points, along a smooth line. */
    @Test
    void surfaceReachesAStepBeyondThePoints() {
        Trim.Result r = grid((x, y) -> x < 12).trim();
        Mesh m = r.mesh();
        double most = 0;
        for (int v = 0; v < m.vertexCount(); v++) {
            most = Math.max(most, m.xyz[3 * v] / S);
        }
        assertThat(most).isCloseTo(11 + 1.5, within(0.15)); // the line is smoothed, and what lies beyond is far
        assertThat(r.areaKept()).isCloseTo(0.25 * S * (11 + 1.6), within(0.25 * 0.45 * S));
        assertThat(r.areaGiven()).isCloseTo(0.0625, within(1e-6));
        assertThat(r.islands()).isZero();
        // measured up to 1.25, then less
        assertThat(r.areaMeasured()).isBetween(0.25 * S * 12, r.areaKept() - 1e-6);
    }

    /**
     * Holes in the points: what lies beyond the limit is put back where it is as large as a disc two spacings wide:
     * with twelve points gone it is, with sixteen it is not.
     */
    @ParameterizedTest
    @CsvSource({"2, 1", "2.2, 0", "3.6, 0"})
    void narrowHolesAreClosed(double radius, int filled) {
        Trim.Result r = grid((x, y) -> Math.hypot(x - 12.5, y - 12.5) > radius).trim();
        assertThat(r.filled()).isEqualTo(filled);
        assertThat(Holes.list(r.mesh())).hasSize(2 - filled);
    }

    /** Points up to 3.2 times as far apart as they usually are prove surface. */
    @ParameterizedTest
    @CsvSource({"0.030, true", "0.035, false"})
    void sparsePointsProveNoSurface(double apart, boolean kept) {
        grid((x, y) -> x < 14);
        for (int i = 0; i < 24; i++) {
            points.add(new double[] {0.15 + apart * (i % 4), 0.05 + apart * (i / 4), apart});
        }
        Mesh m = trim().mesh();
        double most = 0;
        for (int v = 0; v < m.vertexCount(); v++) {
            most = Math.max(most, m.xyz[3 * v]);
        }
        assertThat(most > 0.2).isEqualTo(kept);
    }

    /** A patch that stands for fewer than a hundred points is dropped: it has a rim of one and a half spacings. */
    @ParameterizedTest
    @CsvSource({"6, 1", "9, 0"})
    void smallPatchesAreDropped(int side, int dropped) {
        Trim.Result r = grid((x, y) -> x < 10 || x >= 15 && x < 15 + side && y >= 5 && y < 5 + side)
                .trim();
        assertThat(r.islands()).isEqualTo(dropped);
    }

    /** Where every other row of points ends a spacing earlier, the line hardly follows. */
    @Test
    void theLineIsSmooth() {
        Mesh m = grid((x, y) -> x < 12 + y % 2).trim().mesh();
        double[] furthest = new double[SIDE + 1];
        for (int v = 0; v < m.vertexCount(); v++) {
            int row = (int) Math.rint(m.xyz[3 * v + 1] / STEP);
            if (Math.abs(m.xyz[3 * v + 1] - row * STEP) < 1e-6) {
                furthest[row] = Math.max(furthest[row], m.xyz[3 * v] / S);
            }
        }
        double sway = 0;
        for (int row = 12; row < SIDE - 12; row++) {
            sway = Math.max(sway, Math.abs(furthest[row + 1] - furthest[row]));
        }
        assertThat(sway).isLessThan(0.3);
        assertThat(furthest[30]).isBetween(12.2, 13.9);
    }

    /** A line that passes a corner closely cuts its edges at 15 %, so that no sliver arises. */
    @Test
    void cutsStayClearOfCorners() {
        float[] xyz = {0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0};
        Mesh sheet = new Mesh(0, 0, 0, xyz, null, null, null, new int[] {0, 1, 2, 1, 3, 2});
        Mesh m = TrimCut.below(sheet, new float[] {0.99f, 1.99f, 1.0002f, -48f}, 1, new byte[4]);
        for (int v = 2; v < m.vertexCount(); v++) {
            for (int a = 0; a < 2; a++) {
                double c = m.xyz[3 * v + a];
                assertThat(Math.min(Math.abs(c), Math.abs(c - 1)))
                        .satisfiesAnyOf(
                                d -> assertThat(d).isCloseTo(0, within(1e-6)),
                                d -> assertThat(d).isCloseTo(0.15, within(1e-6)));
            }
        }
        assertThat(m.vertexCount()).isEqualTo(6);
    }
}
