package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.store.Engine;
import org.grotto.store.MeshStore;
import org.grotto.store.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pieces put back and islands dropped, on a flat sheet of squares of 10 mm where every vertex stands for one square. */
class FillTest {
    private static final int SIDE = 30;
    private static final double S = 0.01;
    private static final Cloud POINTS = Spaced30.points();

    /** A sheet of 30 x 30 squares, and another one, apart. */
    private static Mesh sheets(int second) {
        int row = SIDE + 1;
        int n = row * row;
        int m = (second + 1) * (second + 1);
        float[] xyz = new float[3 * (n + m)];
        int[] t = new int[6 * (SIDE * SIDE + second * second)];
        int at = 0;
        for (int sheet = 0; sheet < 2; sheet++) {
            int side = sheet == 0 ? SIDE : second;
            int first = sheet == 0 ? 0 : n;
            for (int i = 0; i < (side + 1) * (side + 1); i++) {
                xyz[3 * (first + i)] = (float) (S * (i % (side + 1)) + sheet);
                xyz[3 * (first + i) + 1] = (float) (S * (i / (side + 1)));
            }
            for (int s = 0; s < side * side; s++) {
                int v = first + (side + 1) * (s / side) + s % side;
                for (int k : new int[] {v, v + 1, v + side + 2, v, v + side + 2, v + side + 1}) {
                    t[at++] = k;
                }
            }
        }
        return new Mesh(0, 0, 0, xyz, null, null, null, t);
    }

    private static final class Spaced30 {
        static Cloud points() {
            var l = new org.grotto.geometry.Lattice(-1, -1, -1, 1e-6);
            int n = 1000;
            int[][] c = new int[3][n];
            float[] spacing = new float[n];
            Arrays.fill(spacing, (float) S);
            for (int i = 0; i < n; i++) {
                c[0][i] = l.ix(S * (i % 31));
                c[1][i] = l.iy(S * (i / 31));
                c[2][i] = l.iz(0);
            }
            return new Cloud(l, c[0], c[1], c[2], null, null, null, null).with(Columns.SPACING, spacing);
        }
    }

    /** Lets vertices, by row and column, lie beyond the limit, and gives how many of these are put back. */
    private static int back(int width, int count, double fill, boolean crossed, double spacing, int target) {
        Mesh m = sheets(2);
        float[] height = new float[m.vertexCount()];
        byte[] cross = new byte[height.length];
        float[] s = new float[height.length];
        Arrays.fill(s, (float) spacing);
        int row = SIDE + 1;
        for (int k = 0; k < count; k++) {
            int v = row * (10 + k / width) + 10 + k % width;
            height[v] = 1.7f;
            cross[v] = (byte) (crossed && k == count / 2 ? 1 : 0);
        }
        // the sheet apart lies wholly beyond: there is nothing it could be joined to
        Arrays.fill(height, row * row, height.length, 5);
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            MeshStore store = engine.mesh(m, engine.store(POINTS, 200), target)
                    .with(Trim.HEIGHT, height)
                    .with(Evidence.SPACING, s)
                    .with(Evidence.CROSSED, cross);
            Fill f = Fill.of(store, List.of(), new TrimOptions(1.65, 2.4, fill, 100, false), engine);
            float[] h = Objects.requireNonNull(f.store().whole().columns.floats(Trim.HEIGHT.name()));
            int n = 0;
            for (int v = 0; v < h.length; v++) {
                boolean lowered = height[v] > 1.65f && h[v] == 1.65f;
                assertThat(h[v]).isEqualTo(lowered ? 1.65f : height[v]);
                n += lowered ? 1 : 0;
            }
            assertThat(f.filled()).isEqualTo(n > 0 ? 1 : 0);
            return n;
        }
    }

    /** A piece as large as a disc that many spacings wide: 12.57 squares for four. */
    @ParameterizedTest
    @CsvSource({
        "4, 12, 4, 0.01, true",
        "4, 13, 4, 0.01, false",
        "3, 3, 2, 0.01, true",
        "4, 4, 2, 0.01, false",
        "10, 50, 4, 0.02, true",
        "10, 51, 4, 0.02, false"
    })
    void piecesAreFilledUpToTheWidthOfADisc(int width, int count, double fill, double spacing, boolean filled) {
        for (int target : new int[] {40, 5000}) {
            assertThat(back(width, count, fill, false, spacing, target)).isEqualTo(filled ? count : 0);
        }
    }

    @Test
    void whatRaysCrossedIsNotFilled() {
        assertThat(back(3, 9, 9, true, S, 5000)).isZero();
        assertThat(back(3, 9, 9, false, S, 5000)).isEqualTo(9);
    }

    /** A sheet of n x n squares with that evidence, beside a large one: how many pieces are dropped, and what is left. */
    private static Islands drop(int second, int evidence, double least) {
        Mesh m = sheets(second);
        byte[] e = new byte[m.vertexCount()];
        int row = SIDE + 1;
        for (int v = 0; v < e.length; v++) {
            e[v] = (byte) (v < row * row ? 255 : evidence);
        }
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            MeshStore store = engine.mesh(m.with(Columns.EVIDENCE, e), engine.store(POINTS, 200), 100);
            return Islands.drop(store, new TrimOptions(1.65, 2.4, 2, least, false), engine);
        }
    }

    /** 9 x 9 squares bear 81 points, 10 x 10 with evidence of a half 50. */
    @ParameterizedTest
    @CsvSource({
        "9, 255, 80, 0",
        "9, 255, 82, 1",
        "10, 128, 49, 0",
        "10, 128, 52, 1",
        "10, 255, 99, 0",
        "9, 0, 1, 1",
        "2, 255, 0, 0",
        "9, 255, 2000, 2"
    })
    void islandsOfFewPointsAreDropped(int side, int evidence, double least, int dropped) {
        Islands i = drop(side, evidence, least);
        assertThat(i.dropped()).isEqualTo(dropped);
        Mesh m = i.store().whole();
        int triangles = 2 * (SIDE * SIDE * (dropped == 2 ? 0 : 1) + side * side * (dropped > 0 ? 0 : 1));
        assertThat(m.triangleCount()).isEqualTo(triangles);
        if (dropped == 1) {
            assertThat(m.vertexCount()).isEqualTo(31 * 31);
            for (int v = 0; v < m.vertexCount(); v++) {
                assertThat(m.xyz[3 * v]).isLessThan(0.31f);
                assertThat(m.evidence()[v]).isEqualTo((byte) 255);
            }
        }
    }

    /** Area by evidence: that of the mean of a triangle's corners. */
    @Test
    void areasAreThoseOfTheSquares() {
        Mesh m = sheets(10);
        byte[] e = new byte[m.vertexCount()];
        Arrays.fill(e, 0, 31 * 31, (byte) 51);
        Arrays.fill(e, 31 * 31, e.length, (byte) 255);
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            Areas a = Areas.of(engine.mesh(m.with(Columns.EVIDENCE, e), engine.store(POINTS, 200), 100), engine);
            assertThat(a.all()).isCloseTo(0.09 + 0.01, within(1e-7));
            assertThat(a.measured()).isCloseTo(0.2 * 0.09 + 0.01, within(1e-7));
            Areas none = Areas.of(engine.mesh(m, engine.store(POINTS, 200), 100), engine);
            assertThat(none.measured()).isZero();
        }
        // one that lies in no axis' plane
        Mesh slanted =
                new Mesh(0, 0, 0, new float[] {1, 1, 1, 3, 2, 1, 1, 3, 2}, null, null, null, new int[] {0, 1, 2});
        // (2, 1, 0) x (0, 2, 1) = (1, -2, 4)
        assertThat(slanted.area(0)).isCloseTo(Math.sqrt(21) / 2, within(1e-9));
    }
}
