package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Mesh;
import org.grotto.store.Engine;
import org.grotto.store.Threads;
import org.junit.jupiter.api.Test;

/** What vertices say of the points next to them, on a sloping grid. */
class VertexSamplesTest {
    private static final Lattice LATTICE = new Lattice(-5, -5, -5, 1e-6);
    private static final double S = 0.01;
    /** A plane that rises by 0.75 along y: normal (0, -0.6, 0.8). */
    private static Cloud points() {
        int n = 400;
        int[][] c = new int[3][n];
        float[] nn = new float[3 * n];
        float[] intensity = new float[n];
        float[] spacing = new float[n];
        char[] station = new char[n];
        for (int i = 0; i < n; i++) {
            c[0][i] = LATTICE.ix(S * (i % 20));
            c[1][i] = LATTICE.iy(0.8 * S * (i / 20));
            c[2][i] = LATTICE.iz(0.6 * S * (i / 20));
            nn[3 * i + 1] = -0.6f;
            nn[3 * i + 2] = 0.8f;
            intensity[i] = i % 20 / 40f;
            spacing[i] = i % 20 < 10 ? 0.01f : 0.9f;
            station[i] = (char) (i / 20);
        }
        return new Cloud(LATTICE, c[0], c[1], c[2], nn, null, intensity, station).with(Columns.SPACING, spacing);
    }

    private static Mesh dressed(Cloud cloud, byte[] evidence, float... xyz) {
        float[] nn = new float[xyz.length];
        for (int v = 0; v < xyz.length; v += 3) {
            nn[v + 1] = -0.6f;
            nn[v + 2] = 0.8f;
        }
        Mesh mesh = new Mesh(0, 0, 0, xyz, nn, null, evidence, new int[0]);
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            return Dressing.apply(mesh, engine.store(cloud, 100), new ArrayList<>(), 1, engine);
        }
    }

    /** Above the middle of four points, by 3 mm across the plane; one on a point; one far off; one that is inferred. */
    private static float[] places() {
        double u = 5.5 * S;
        double v = 7.5 * S;
        double h = 0.003;
        return new float[] {
            (float) u,
            (float) (0.8 * v - 0.6 * h),
            (float) (0.6 * v + 0.8 * h),
            (float) (15 * S),
            (float) (0.8 * 4 * S),
            (float) (0.6 * 4 * S),
            0,
            -2,
            1,
            (float) u,
            (float) (0.8 * v),
            (float) (0.6 * v)
        };
    }

    @Test
    void theNearestPointsSpeak() {
        for (boolean coloured : new boolean[] {true, false}) {
            Cloud c = coloured ? points() : points().with(Columns.INTENSITY, null);
            Mesh m = dressed(c, new byte[] {(byte) 255, 9, 9, Mesh.INFERRED}, places());
            char[] station = m.columns.chars(VertexSamples.STATION.name());
            char[] spacing = m.columns.chars(VertexSamples.SPACING.name());
            char[] distance = m.columns.chars(VertexSamples.DISTANCE.name());
            assertThat((int) station[0]).isBetween(7, 8);
            assertThat((int) spacing[0]).isEqualTo(1000);
            assertThat((double) distance[0]).isCloseTo(300, within(1.0));
            assertThat((int) station[1]).isEqualTo(4);
            // 0.9 m is more than the column can say
            assertThat((int) spacing[1]).isEqualTo(65534);
            assertThat((double) distance[1]).isCloseTo(0, within(1.0));
            // the corner's points lie at most 2.2 m away: -0.6 x -2 + 0.8 x 1
            assertThat((int) distance[2]).isEqualTo(65534);
            assertThat((int) station[3]).isEqualTo(Cloud.NO_STATION);
            assertThat((int) spacing[3]).isEqualTo(65535);
            assertThat((int) distance[3]).isEqualTo(65535);
            byte[] intensity = m.columns.bytes(VertexSamples.INTENSITY.name());
            if (coloured) {
                // columns 5 and 6: the mean of 5 / 40 and 6 / 40, times 254
                assertThat((double) (intensity[0] & 255)).isCloseTo(254 * 5.5 / 40, within(0.6));
                assertThat(intensity[3] & 255).isEqualTo(255);
            } else {
                assertThat(intensity).isNull();
            }
        }
    }

    @Test
    void distanceIsTheMeanOverFourPlanes() {
        Cloud c = points();
        // one of the four lies 4 mm too high: the mean of four is 1 mm
        int i = 7 * 20 + 5;
        c.y[i] = LATTICE.iy(0.8 * 7 * S - 0.6 * 0.004);
        c.z[i] = LATTICE.iz(0.6 * 7 * S + 0.8 * 0.004);
        float[] p = places();
        Mesh m = dressed(c, new byte[] {9, 9, 9, 9}, p[9], p[10], p[11], p[3], p[4], p[5], p[3], p[4], p[5], 0, 0, 0);
        assertThat((double) m.columns.chars(VertexSamples.DISTANCE.name())[0]).isCloseTo(100, within(1.5));
    }

    @Test
    void onlyWhatThePointsHaveIsGiven() {
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            Cloud c = points();
            assertThat(VertexSamples.gives(engine.store(c, 100)))
                    .containsExactly(
                            VertexSamples.STATION,
                            VertexSamples.INTENSITY,
                            VertexSamples.SPACING,
                            VertexSamples.DISTANCE);
            for (ColumnType t : List.of(Columns.STATION, Columns.INTENSITY, Columns.SPACING, Columns.NORMAL)) {
                assertThat(VertexSamples.gives(engine.store(c.with(t, null), 100)))
                        .hasSize(3);
            }
        }
    }

    /** The median by area: many close points on a small face do not make the cave dense. */
    @Test
    void typicalSpacingCountsByArea() {
        int n = 10_000 + 200;
        int[][] c = new int[3][n];
        float[] s = new float[n];
        for (int i = 0; i < n; i++) {
            boolean dense = i < 10_000;
            c[0][i] = LATTICE.ix(dense ? 0.001 * (i % 100) : 1 + 0.02 * (i % 20));
            c[1][i] = LATTICE.iy(dense ? 0.001 * (i / 100) : 0.02 * ((i - 10_000) / 20));
            c[2][i] = LATTICE.iz(0);
            s[i] = dense ? 0.001f : 0.02f;
        }
        s[n - 1] = 0.05f;
        Cloud cloud = new Cloud(LATTICE, c[0], c[1], c[2], null, null, null, null).with(Columns.SPACING, s);
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            var store = engine.store(cloud, 500);
            assertThat(TypicalSpacing.of(store, engine)).isCloseTo(0.02, within(1e-6));
            assertThat(TypicalSpacing.widest(store, engine)).isCloseTo(0.05, within(1e-6));
            assertThat(TypicalSpacing.halo(store, engine)).isCloseTo(0.16, within(1e-6));
            var plain = engine.store(cloud.with(Columns.SPACING, null), 500);
            double longest = store.bounds().longest();
            assertThat(TypicalSpacing.halo(plain, engine)).isCloseTo(8 * longest / Math.sqrt(n), within(1e-9));
            Arrays.fill(s, 1e-9f);
            var fine = engine.store(cloud, 500);
            assertThat(TypicalSpacing.of(fine, engine)).isCloseTo(1e-6, within(1e-9));
            assertThat(TypicalSpacing.widest(fine, engine)).isCloseTo(1e-6, within(1e-9));
            var none = engine.store(cloud.pick(new int[0]), 500);
            assertThat(TypicalSpacing.of(none, engine)).isZero();
            assertThat(TypicalSpacing.widest(none, engine)).isZero();
            assertThat(TypicalSpacing.halo(none, engine)).isPositive();
        }
    }
}
