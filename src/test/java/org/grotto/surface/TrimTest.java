package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Mesh;
import org.grotto.sight.RangeMap;
import org.grotto.sight.RangeMaps;
import org.grotto.store.Engine;
import org.grotto.store.Store;
import org.grotto.store.Threads;
import org.junit.jupiter.api.Test;

class TrimTest {
    /** The spacing of 40,000 points on a ball of 1 m: 17.7 mm. */
    private static final int N = 40_000;

    private static final double SPACING = Math.sqrt(4 * Math.PI / N);
    private static final List<double[]> EYE = List.of(new double[] {10, 20, 30});

    private static Trim.Result trim(Mesh mesh, Cloud cloud, TrimOptions options) {
        try (Work work = Work.silent()) {
            Store store = Spaced.store(cloud, work);
            Engine engine = new Threads(work);
            List<RangeMap> maps = RangeMaps.of(store, new ArrayList<>(EYE), engine);
            return Trim.apply(mesh, store, maps, options, engine);
        }
    }

    private static Mesh room() {
        return new Ball().add(0, 0, 0, 1, 6).mesh();
    }

    @Test
    void aHoleInTheScanBecomesARoundHoleWithSmoothBorder() {
        double polar = 0.4; // no points within 0.4 rad of the top
        Cloud cloud = Ball.points(N, 1, (z, a) -> Math.cos(polar) - z);
        Trim.Result r = trim(room(), cloud, TrimOptions.DEFAULTS);
        List<Hole> holes = Holes.list(r.mesh());
        assertThat(holes).hasSize(1);
        Hole h = holes.get(0);
        // surface may reach two spacings in, or what the smoothing of the line makes of that
        double least = Math.sin(polar - 2.7 * SPACING);
        double most = Math.sin(polar);
        assertThat(h.perimeter()).isBetween(2 * Math.PI * least, 2 * Math.PI * most * 1.03);
        double radius = Math.sqrt(h.area() / Math.PI);
        assertThat(radius).isBetween(least, most);
        // a line without saw teeth is hardly longer than its circle
        assertThat(h.perimeter()).isLessThan(2 * Math.PI * radius * 1.03);
        assertThat(h.centre()[0]).isCloseTo(10, within(0.005));
        assertThat(h.centre()[1]).isCloseTo(20, within(0.005));
        assertThat(h.bounds().sizeX()).isCloseTo(2 * radius, within(0.03));
        double cap = 2 * Math.PI * (1 - Math.cos(polar));
        assertThat(r.areaKept()).isBetween(4 * Math.PI - cap, 4 * Math.PI - cap * 0.7);
        assertThat(r.areaMeasured()).isCloseTo(4 * Math.PI - cap, within(0.1));
    }

    @Test
    void everySeenPointKeepsItsSurface() {
        Cloud cloud = Ball.points(N, 1, (z, a) -> Math.sin(5 * a) + 0.8 - 2 * z);
        Mesh m = trim(room(), cloud, TrimOptions.DEFAULTS).mesh();
        try (Work work = Work.silent()) {
            var q = org.grotto.geometry.KdTree.of(m.xyz).query();
            for (int i = 0; i < cloud.size; i++) {
                q.nearest(cloud.px(i) - 10, cloud.py(i) - 20, cloud.pz(i) - 30, 1);
                assertThat(Math.sqrt(q.distance[0])).isLessThan(2 * SPACING);
            }
        }
    }

    @Test
    void aSmallGapIsClosedAndMarkedAsInferred() {
        double polar = 4.5 * SPACING;
        Cloud cloud = Ball.points(N, 1, (z, a) -> Math.cos(polar) - z);
        Trim.Result r = trim(room(), cloud, new TrimOptions(2, 2.75, 6, 100, false));
        assertThat(Holes.list(r.mesh())).isEmpty();
        assertThat(r.filled()).isEqualTo(1);
        Mesh m = r.mesh();
        for (int v = 0; v < m.vertexCount(); v++) {
            double z = m.xyz[3 * v + 2];
            if (z > Math.cos(polar - 3.2 * SPACING)) {
                assertThat(m.evidence()[v]).isEqualTo(Mesh.INFERRED);
            } else if (z < Math.cos(polar)) {
                assertThat(m.evidence()[v]).isEqualTo(Mesh.MEASURED);
            }
        }
        assertThat(trim(room(), cloud, new TrimOptions(2, 2.75, 1, 100, false))
                        .mesh()
                        .triangleCount())
                .isLessThan(m.triangleCount());
    }

    @Test
    void watertightKeepsAllAndMarksIt() {
        Cloud cloud = Ball.points(N, 1, (z, a) -> -z);
        Trim.Result r = trim(room(), cloud, TrimOptions.DEFAULTS.withWatertight(true));
        Mesh m = r.mesh();
        assertThat(m.triangles).isEqualTo(room().triangles);
        assertThat(Holes.list(m)).isEmpty();
        for (int v = 0; v < m.vertexCount(); v++) {
            if (m.xyz[3 * v + 2] > 3.2 * SPACING) {
                assertThat(m.evidence()[v]).isEqualTo(Mesh.INFERRED);
            }
            if (m.xyz[3 * v + 2] < 0) {
                assertThat(m.evidence()[v]).isEqualTo(Mesh.MEASURED);
            }
        }
    }

    @Test
    void piecesThatNobodyMeasuredGo() {
        Mesh m = new Ball()
                .add(0, 0, 0, 1, 6)
                .add(0.3, 0.2, 0, 0.1, 4) // in the air
                .add(1.5, 0, 0, 0.2, 4) // in the rock
                .mesh();
        Cloud cloud = Ball.points(N, 1, (z, a) -> 1);
        Trim.Result r = trim(m, cloud, TrimOptions.DEFAULTS);
        assertThat(r.mesh().triangleCount()).isEqualTo(room().triangleCount());
        assertThat(Holes.list(r.mesh())).isEmpty();
    }

    @Test
    void aSheetNearPointsButFacingAwayIsNotTheirs() {
        // a second shell two thirds of a spacing behind the first, facing outward
        Ball b = new Ball().add(0, 0, 0, 1, 6).add(0, 0, 0, 1 + 0.66 * SPACING, 5);
        Mesh m = b.mesh();
        int first = room().triangles.length;
        for (int k = first; k < m.triangles.length; k += 3) {
            int t = m.triangles[k];
            m.triangles[k] = m.triangles[k + 1];
            m.triangles[k + 1] = t;
        }
        Trim.Result r = trim(m, Ball.points(N, 1, (z, a) -> 1), TrimOptions.DEFAULTS);
        assertThat(r.mesh().triangles).hasSize(first);
    }

    @Test
    void raysThatWentPastTellFreeSpace() {
        Cloud cloud = Ball.points(N, 1, (z, a) -> 0.5 - z);
        RangeMap map;
        try (Work work = Work.silent()) {
            Threads engine = new Threads(work);
            map = RangeMaps.of(engine.store(cloud, 3000), new ArrayList<>(EYE), engine)
                    .get(0);
        }
        double[] uv = new double[2];
        for (double[] d : new double[][] {{1, 0, 0}, {0, -1, 0}, {0, 0, -1}, {0.6, 0.64, -0.48}, {-0.8, 0, 0.3}}) {
            assertThat(map.crossed(10 + 0.9 * d[0], 20 + 0.9 * d[1], 30 + 0.9 * d[2], 0.05, uv))
                    .isTrue();
            double l = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
            assertThat(map.crossed(10 + d[0] / l, 20 + d[1] / l, 30 + d[2] / l, 0.05, uv))
                    .isFalse();
            assertThat(map.crossed(10 + 1.2 * d[0], 20 + 1.2 * d[1], 30 + 1.2 * d[2], 0.05, uv))
                    .isFalse();
        }
        // nobody looked up
        assertThat(map.crossed(10, 20, 30.5, 0.05, uv)).isFalse();
    }

    @Test
    void cuttingLeavesAManifoldWithClosedBorders() {
        Mesh m = room();
        float[] value = new float[m.vertexCount()];
        for (int v = 0; v < value.length; v++) {
            value[v] = (float)
                    (Math.sin(9 * m.xyz[3 * v]) + Math.sin(8 * m.xyz[3 * v + 1] + 1) + Math.sin(10 * m.xyz[3 * v + 2]));
        }
        Mesh cut = TrimCut.below(m, value, 0.3, new byte[value.length]);
        // every edge in one or two triangles, never twice in one direction
        java.util.Set<Long> half = new java.util.HashSet<>();
        for (int k = 0; k < cut.triangles.length; k += 3) {
            for (int c = 0; c < 3; c++) {
                assertThat(half.add((long) cut.triangles[k + c] << 32 | cut.triangles[k + (c + 1) % 3]))
                        .isTrue();
            }
        }
        int borders = 0;
        int[] out = new int[cut.vertexCount()];
        for (long h : half) {
            if (!half.contains(h << 32 | h >>> 32)) {
                borders++;
                out[(int) (h >>> 32)]++;
            }
        }
        assertThat(Arrays.stream(out).max().getAsInt()).isEqualTo(1);
        List<Hole> holes = Holes.list(cut);
        assertThat(holes.stream().mapToInt(Hole::edges).sum()).isEqualTo(borders);
        assertThat(holes.size()).isGreaterThan(3);
    }

    @Test
    void sameBitsForAnyThreads() {
        Cloud cloud = Ball.points(9000, 1, (z, a) -> Math.sin(5 * a) + 0.8 - 2 * z);
        Mesh first = null;
        for (int threads : new int[] {1, 2, 5}) {
            try (Work work = new Work(threads, 1 << 30, Progress.NONE)) {
                Mesh m = Trim.apply(
                                room(),
                                Spaced.store(cloud, work),
                                RangeMaps.of(Spaced.store(cloud, work), new ArrayList<>(EYE), new Threads(work)),
                                TrimOptions.DEFAULTS,
                                new Threads(work))
                        .mesh();
                if (first == null) {
                    first = m;
                }
                assertThat(Arrays.equals(m.xyz, first.xyz)).isTrue();
                assertThat(Arrays.equals(m.triangles, first.triangles)).isTrue();
                assertThat(Arrays.equals(m.evidence(), first.evidence())).isTrue();
                assertThat(Arrays.equals(m.normals(), first.normals())).isTrue();
            }
        }
    }

    @Test
    void degenerateInputsComeThrough() {
        for (int n : new int[] {0, 1, 2, 3, 50}) {
            Cloud cloud = Ball.points(n, 1, (z, a) -> 1);
            try (Work work = Work.silent()) {
                for (boolean watertight : new boolean[] {false, true}) {
                    Trim.Result r = Trim.apply(
                            new Ball().add(0, 0, 0, 1, 2).mesh(),
                            Spaced.store(cloud, work),
                            List.of(),
                            TrimOptions.DEFAULTS.withWatertight(watertight),
                            new Threads(work));
                    assertThat(r.areaMeasured()).isNotNaN();
                    Mesh none = new Mesh(0, 0, 0, new float[0], null, null, null, new int[0]);
                    assertThat(Trim.apply(
                                            none,
                                            Spaced.store(cloud, work),
                                            List.of(),
                                            TrimOptions.DEFAULTS,
                                            new Threads(work))
                                    .mesh()
                                    .vertexCount())
                            .isZero();
                }
            }
        }
    }
}
