package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Mesh;
import org.grotto.sight.RangeMap;
import org.grotto.sight.RangeMaps;
import org.grotto.store.Engine;
import org.grotto.store.PoisonStore;
import org.grotto.store.Store;
import org.grotto.store.Threads;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The surface as a whole from two thousand points and fewer. */
class SmallSurfaceTest {
    private static Surface surface(Cloud c) {
        try (Work work = Work.silent()) {
            return Poisson.reconstruct(c, PoissonOptions.DEFAULTS, work);
        }
    }

    private static List<RangeMap> maps(Store points, Engine engine) {
        return RangeMaps.of(points, EYES, engine);
    }

    @Test
    void pointsInOnePlaceAreRefused() {
        int n = 50;
        int[] same = new int[n];
        float[] normals = new float[3 * n];
        Arrays.fill(normals, 1);
        Cloud c = new Cloud(new Lattice(0, 0, 0, 0.001), same, same, same, normals, null, null, null);
        assertThatThrownBy(() -> surface(c)).hasMessageContaining("all 50 points lie in one place");
    }

    /** A sphere of 0.5 m at 40 mm spacing, somewhere far off: a tenth of a millimetre, and the cell as large as the spacing. */
    @Test
    void aSphereIsRight() {
        AnalyticCave ball = AnalyticCave.sphere(0.5);
        Cloud c = ball.scan(2_000, 0, 1);
        Surface s = surface(c);
        Mesh m = s.mesh();
        assertThat(MeshCheck.closedManifold(m)).isEmpty();
        double[] e = MeshCheck.errors(m, ball, 5_000, 2);
        assertThat(MeshCheck.rms(e)).isLessThan(0.0012);
        assertThat(MeshCheck.quantile(e, 1)).isLessThan(0.006);
        assertThat(Math.abs(Arrays.stream(e).average().orElseThrow())).isLessThan(0.0004);
        assertThat(s.report().samples()).isEqualTo(2_000);
        assertThat(s.report().skipped()).isZero();
        assertThat(s.report().side()).isCloseTo(1.1, within(0.01));
        double cell = s.report().levels().getLast().cellSize();
        for (int v = 0; v < m.vertexCount(); v++) {
            assertThat((double) s.cellSize(v)).isBetween(0.999 * cell, 4.1 * cell);
        }
        // moved by whole cells of its lattice, it is the same surface there
        Lattice far = new Lattice(1000, -2000, 300, c.lattice.step());
        Mesh there = surface(new Cloud(far, c.x, c.y, c.z, c.normals(), null, null, null))
                .mesh();
        assertThat(there.triangles).isEqualTo(m.triangles);
        for (int v = 0; v < m.vertexCount(); v++) {
            assertThat(there.originX + there.xyz[3 * v] - 1000).isCloseTo(m.originX + m.xyz[3 * v], within(1e-5));
            assertThat(there.originY + there.xyz[3 * v + 1] + 2000)
                    .isCloseTo(m.originY + m.xyz[3 * v + 1], within(1e-5));
            assertThat(there.originZ + there.xyz[3 * v + 2] - 300)
                    .isCloseTo(m.originZ + m.xyz[3 * v + 2], within(1e-5));
        }
    }

    /** Cells of several depths meet where half of a chamber is ten times as dense, and the mesh stays closed. */
    @Test
    void unevenScansGiveClosedManifolds() {
        AnalyticCave cave = AnalyticCave.chamber(1);
        Cloud dense = cave.scan(5_000, 0.002, 3);
        int[] kept = new int[dense.size];
        int n = 0;
        for (int i = 0; i < dense.size; i++) {
            if (dense.px(i) > 1.2 || i % 10 == 0) {
                kept[n++] = i;
            }
        }
        PoissonOptions o = new PoissonOptions(13, Double.NaN, 8, 2.5, 0, 1.1, 3, 8, 12);
        Surface s;
        try (Work work = Work.silent()) {
            s = Poisson.reconstruct(dense.pick(Arrays.copyOf(kept, n)), o, work);
        }
        assertThat(MeshCheck.closedManifold(s.mesh())).isEmpty();
        double[] e = MeshCheck.errors(s.mesh(), cave, 5_000, 2);
        assertThat(MeshCheck.quantile(e, 0.5)).isLessThan(0.05);
        byte least = 99;
        byte most = 0;
        for (byte d : s.depth()) {
            least = (byte) Math.min(least, d);
            most = (byte) Math.max(most, d);
        }
        assertThat(most - least).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 9, 60})
    void fewWildPointsGiveClosedManifolds(int n) {
        SplittableRandom r = new SplittableRandom(n);
        Lattice l = new Lattice(0, 0, 0, 1e-6);
        int[][] c = new int[3][n];
        float[] nn = new float[3 * n];
        for (int i = 0; i < n; i++) {
            for (int a = 0; a < 3; a++) {
                c[a][i] = l.ix(r.nextDouble());
                nn[3 * i + a] = (float) r.nextGaussian();
            }
        }
        Mesh m = surface(new Cloud(l, c[0], c[1], c[2], nn, null, null, null)).mesh();
        assertThat(MeshCheck.closedManifold(m)).isEmpty();
    }

    private static final double SPACING = Math.sqrt(4 * Math.PI / 4000);

    /** Points on a ball of 1 m but for a cap, painted red above and blue below, brighter to the east. */
    private static Cloud painted(Work work, double polar) {
        Cloud c = Ball.points(4000, 1, (z, a) -> Math.cos(polar) - z);
        char[] rgb = new char[3 * c.size];
        float[] intensity = new float[c.size];
        for (int i = 0; i < c.size; i++) {
            rgb[3 * i] = (char) (257 * (int) (128 + 100 * (c.pz(i) - 30)));
            rgb[3 * i + 1] = (char) (257 * 90);
            rgb[3 * i + 2] = (char) (257 * (int) (128 + 100 * (c.px(i) - 10)));
            intensity[i] = (float) (0.5 + 0.4 * (c.px(i) - 10));
        }
        return Spaced.cloud(c, work).with(Columns.RGB16, rgb).with(Columns.INTENSITY, intensity);
    }

    private static final List<double @Nullable []> EYES = new ArrayList<>(List.of(new double[] {10, 20, 30}));

    /**
     * Trimmed and dressed: the cap is open, a bubble in the air and one in the rock are gone, colours are the points' and,
     * in a gap that was filled, those around; from many small regions, lent and poisoned, the same bits.
     */
    @ParameterizedTest
    @CsvSource({"0.35, 1", "0.12, 6"})
    void aRoomIsTrimmedAndDressed(double polar, double fill) {
        Mesh room = new Ball()
                .add(0, 0, 0, 1, 5)
                .add(0.3, 0.2, 0, 0.15, 3)
                .add(2, 0, 0, 0.2, 3)
                .mesh();
        TrimOptions options = new TrimOptions(1.65, 2.4, fill, 50, false);
        try (Work work = Work.silent()) {
            Cloud cloud = painted(work, polar);
            Engine one = new Threads(work);
            Trim.Result r =
                    Trim.apply(room, one.store(cloud, 1 << 20), maps(one.store(cloud, 1 << 20), one), options, one);
            Mesh m = Dressing.apply(r.mesh(), one.store(cloud, 1 << 20), EYES, 1, one);
            boolean open = fill == 1;
            assertThat(Holes.list(m)).hasSize(open ? 1 : 0);
            assertThat(r.filled()).isEqualTo(open ? 0 : 1);
            assertThat(r.crossed()).isGreaterThanOrEqualTo(open ? 1 : 0);
            double all = 4 * Math.PI * (1 + 0.15 * 0.15 + 0.04);
            assertThat(r.areaGiven()).isCloseTo(all, within(0.01 * all));
            double cap = 2 * Math.PI * (1 - Math.cos(polar - 1.5 * SPACING));
            assertThat(r.areaKept()).isCloseTo(4 * Math.PI - (open ? cap : 0), within(0.06));
            byte[] rgb = Objects.requireNonNull(m.rgb());
            float[] n = Objects.requireNonNull(m.normals());
            byte[] evidence = Objects.requireNonNull(m.evidence());
            int worst = 0;
            for (int v = 0; v < m.vertexCount(); v++) {
                double[] p = {m.xyz[3 * v], m.xyz[3 * v + 1], m.xyz[3 * v + 2]};
                double l = Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
                assertThat(l).isCloseTo(1, within(0.002));
                assertThat(n[3 * v] * p[0] + n[3 * v + 1] * p[1] + n[3 * v + 2] * p[2])
                        .isCloseTo(-1, within(0.01));
                if (p[2] < Math.cos(polar)) {
                    worst = Math.max(worst, Math.abs((rgb[3 * v] & 255) - (int) (128 + 100 * p[2])));
                    worst = Math.max(worst, Math.abs((rgb[3 * v + 1] & 255) - 90));
                    worst = Math.max(worst, Math.abs((rgb[3 * v + 2] & 255) - (int) (128 + 100 * p[0])));
                    if (p[2] < Math.cos(polar) - 0.05) {
                        assertThat(evidence[v] & 255).isEqualTo(255);
                    }
                } else {
                    // filled from its rim
                    assertThat(rgb[3 * v] & 255).isBetween(210, 232);
                }
            }
            assertThat(worst).isLessThanOrEqualTo(6);
            Engine many = new PoisonStore.Engine(300, work);
            Trim.Result again = Trim.apply(room, many.store(cloud, 0), maps(many.store(cloud, 0), many), options, many);
            Mesh same = Dressing.apply(again.mesh(), many.store(cloud, 0), EYES, 1, many);
            assertThat(same.xyz).isEqualTo(m.xyz);
            assertThat(same.triangles).isEqualTo(m.triangles);
            same.columns
                    .types()
                    .forEach(t -> assertThat(same.columns.array(t.name())).isEqualTo(m.columns.array(t.name())));
        }
    }

    /** Kept whole: nothing is cut, and of everything it is said how well it is measured. */
    @Test
    void watertightKeepsAll() {
        Mesh room = new Ball().add(0, 0, 0, 1, 4).mesh();
        try (Work work = Work.silent()) {
            Engine one = new Threads(work);
            Trim.Result r = Trim.apply(
                    room,
                    one.store(painted(work, 1.5), 1000),
                    maps(one.store(painted(work, 1.5), 1000), one),
                    TrimOptions.DEFAULTS.withWatertight(true),
                    one);
            assertThat(r.mesh().triangles).isEqualTo(room.triangles);
            assertThat(r.areaKept()).isCloseTo(r.areaGiven(), within(1e-9));
            // below the rim all, above it less and less for one and a half spacings
            assertThat(r.areaMeasured()).isBetween(6.9, 7.6);
            assertThat(r.islands() + r.filled()).isZero();
            for (int v = 0; v < room.vertexCount(); v++) {
                byte e = Objects.requireNonNull(r.mesh().evidence())[v];
                if (Math.abs(room.xyz[3 * v + 2] - Math.cos(1.5)) > 0.12) {
                    assertThat(e).isEqualTo(room.xyz[3 * v + 2] > 0 ? Mesh.INFERRED : Mesh.MEASURED);
                }
            }
        }
    }
}
