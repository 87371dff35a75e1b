package org.grotto.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;

/** The yardsticks on meshes whose error, coverage and pieces are known beforehand. */
class YardsticksTest {
    private static final Cave CAVE = Cave.of("small", 5);
    private static final Truth TRUTH = new Truth(CAVE);

    /** Surface points of {@code lines} random lines. */
    private static List<double[]> surface(int lines, long seed) {
        List<double[]> out = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            new SurfaceSampler(CAVE).line(seed, i, (x, y, z) -> out.add(new double[] {x, y, z}));
        }
        return out;
    }

    /** One tiny triangle at each place. */
    private static Mesh specks(List<double[]> places) {
        float[] xyz = new float[9 * places.size()];
        int[] t = new int[3 * places.size()];
        for (int i = 0; i < places.size(); i++) {
            for (int k = 0; k < 9; k++) {
                xyz[9 * i + k] = (float) places.get(i)[k % 3];
            }
            xyz[9 * i + 3] += 2e-6f;
            xyz[9 * i + 7] += 2e-6f;
            for (int k = 0; k < 3; k++) {
                t[3 * i + k] = 3 * i + k;
            }
        }
        return new Mesh(0, 0, 0, xyz, null, null, null, t);
    }

    @Test
    void aMeshMovedByKnownAmountsHasThatError() {
        Truth.Scratch s = new Truth.Scratch();
        double[] n = new double[3];
        List<double[]> moved = new ArrayList<>();
        for (double[] p : surface(600, 1)) {
            if (TRUTH.curvatureRadius(p[0], p[1], p[2], s) < 0.05) {
                continue;
            }
            TRUTH.normal(p[0], p[1], p[2], n);
            double by = moved.size() % 4 == 0 ? -0.002 : 0.001;
            moved.add(new double[] {p[0] + by * n[0], p[1] + by * n[1], p[2] + by * n[2]});
        }
        try (Work work = Work.silent()) {
            SurfaceError e = SurfaceError.of(specks(moved), TRUTH, 8000, 1, work);
            assertThat(e.smooth().count()).isGreaterThan(7900);
            assertThat(e.smooth().median()).isBetween(0.00099, 0.00101);
            assertThat(e.smooth().p95()).isBetween(0.00199, 0.00201);
            assertThat(e.smooth().p99()).isBetween(0.00199, 0.00201);
            assertThat(e.smooth().max()).isLessThan(0.00202);
            // a quarter at -2 mm, three at +1 mm; float areas of specks vary by some per cent
            assertThat(e.smooth().rms()).isBetween(0.00125, 0.00139);
            assertThat(e.smooth().mean()).isBetween(0.0001, 0.0004);
            assertThat(e.all().count()).isEqualTo(8000);
        }
    }

    @Test
    void curvatureSplitsSmoothFromRough() {
        try (Work work = Work.silent()) {
            SurfaceError e = SurfaceError.of(specks(surface(800, 2)), TRUTH, 6000, 1, work);
            assertThat(e.all().max()).isLessThan(3e-6);
            double share = (double) e.smooth().count() / e.all().count();
            assertThat(share).isBetween(0.5, 0.98);
        }
    }

    @Test
    void coverageIsTheShareThatTheMeshHolds() {
        Simulation s = Simulation.plan(
                new SimulateOptions("small", 4, 10_000, Double.NaN, 5, 0.001, 0, 0, false, 0.01, false));
        List<double[]> all = surface(3000, 3);
        List<double[]> half = all.stream().filter(p -> p[0] < 0).toList();
        double[] n = new double[3];
        long seen = all.stream()
                .filter(p -> Coverage.seen(CAVE, s.setups(), p[0], p[1], p[2], n))
                .count();
        long seenHalf = half.stream()
                .filter(p -> Coverage.seen(CAVE, s.setups(), p[0], p[1], p[2], n))
                .count();
        try (Work work = Work.silent()) {
            Coverage whole = Coverage.of(specks(all), CAVE, s.setups(), 0.002, 3000, 3, work);
            assertThat(whole.samples()).isEqualTo(all.size());
            assertThat(whole.seen()).isEqualTo(seen);
            assertThat(whole.share()).isEqualTo(1);
            Coverage part = Coverage.of(specks(half), CAVE, s.setups(), 0.002, 3000, 3, work);
            assertThat(part.share()).isBetween((double) seenHalf / seen, (double) seenHalf / seen + 0.005);
            assertThat((double) seen / all.size()).isBetween(0.4, 0.95);
        }
    }

    @Test
    void aPieceInMidAirIsSpuriousAndTheWallIsNot() {
        List<double[]> places = new ArrayList<>(surface(100, 4));
        int real = places.size();
        places.add(new double[] {0.2, -0.3, 1.2});
        try (Work work = Work.silent()) {
            Components c = Components.of(specks(places), TRUTH, 0.015, work);
            assertThat(c.count()).isEqualTo(real + 1);
            assertThat(c.spurious()).hasSize(1);
            assertThat(c.spurious().get(0).triangles()).isEqualTo(1);
            assertThat(c.spurious().get(0).distance()).isGreaterThan(0.3);
        }
    }

    @Test
    void linesMeetEachUnitOfAreaAlike() {
        // the area from two independent sets of lines agrees, and the floor's share is right: about 4 x 3.5 m
        SurfaceSampler sampler = new SurfaceSampler(CAVE);
        double a = sampler.area(1, 3000);
        double b = sampler.area(2, 3000);
        assertThat(a / b).isBetween(0.96, 1.04);
        long floor = surface(3000, 1).stream()
                .filter(p -> Math.abs(p[2]) < 0.04 && Math.abs(p[0]) < 1 && p[1] > -1 && p[1] < 0)
                .count();
        assertThat(floor * sampler.areaPerCrossing(3000)).isBetween(1.85, 2.2);
    }
}
