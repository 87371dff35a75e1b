package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.grotto.base.GrottoException;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoissonTest {
    private static final PoissonOptions O = PoissonOptions.DEFAULTS;

    private static Surface surface(Cloud c, PoissonOptions o) {
        try (Work work = Work.silent()) {
            return Poisson.reconstruct(c, o, work);
        }
    }

    private static double signedVolume(Mesh m) {
        double v = 0;
        for (int i = 0; i < m.triangles.length; i += 3) {
            int a = 3 * m.triangles[i];
            int b = 3 * m.triangles[i + 1];
            int c = 3 * m.triangles[i + 2];
            float[] p = m.xyz;
            v += p[a] * ((double) p[b + 1] * p[c + 2] - (double) p[b + 2] * p[c + 1])
                    + p[a + 1] * ((double) p[b + 2] * p[c] - (double) p[b] * p[c + 2])
                    + p[a + 2] * ((double) p[b] * p[c + 1] - (double) p[b + 1] * p[c]);
        }
        return v / 6;
    }

    @Test
    void sphereSeenFromInsideIsRightToHalfAMillimetre() {
        AnalyticCave cave = AnalyticCave.sphere(0.5);
        Surface s = surface(cave.scan(60_000, 0.001, 1), O); // 7 mm spacing
        double[] e = MeshCheck.errors(s.mesh(), cave, 50_000, 2);
        assertThat(MeshCheck.rms(e)).isLessThan(0.0006);
        assertThat(MeshCheck.quantile(e, 0.95)).isLessThan(0.0012);
        assertThat(MeshCheck.quantile(e, 1)).isLessThan(0.005);
        assertThat(Math.abs(Arrays.stream(e).average().orElseThrow())).isLessThan(0.00005);
        assertThat(MeshCheck.closedManifold(s.mesh())).isEmpty();
        // seen from inside, triangles turn counter-clockwise: the volume they enclose counts negative
        assertThat(signedVolume(s.mesh())).isCloseTo(-Math.PI / 6, org.assertj.core.data.Offset.offset(1e-3));
        assertThat(s.report().levels().getLast().cellSize()).isBetween(0.002, 0.012);
    }

    @Test
    void chamberIsClosedManifoldAndRightAtAllItsEdges() {
        AnalyticCave cave = AnalyticCave.chamber(1);
        Surface s = surface(cave.scan(60_000, 0.001, 3), O); // 35 mm spacing
        assertThat(MeshCheck.closedManifold(s.mesh())).isEmpty();
        double[] e = MeshCheck.errors(s.mesh(), cave, 50_000, 2);
        assertThat(MeshCheck.quantile(e, 0.5)).isLessThan(0.0012);
        assertThat(MeshCheck.quantile(e, 0.95)).isLessThan(0.006);
        assertThat(MeshCheck.quantile(e, 0.99)).isLessThan(0.012);
    }

    @Test
    void boxIsRightOnItsFacesAndRoundOnlyAtItsEdges() {
        AnalyticCave cave = new AnalyticCave(
                (x, y, z) -> -AnalyticCave.roundBox(x, y, z, 1, 0.8, 0.6, 0),
                new org.grotto.geometry.Box(-1.05, -0.85, -0.65, 1.05, 0.85, 0.65));
        Surface s = surface(cave.scan(40_000, 0, 5), O); // 15 mm spacing
        assertThat(MeshCheck.closedManifold(s.mesh())).isEmpty();
        double[] e = MeshCheck.errors(s.mesh(), cave, 50_000, 2);
        assertThat(MeshCheck.quantile(e, 0.5)).isLessThan(0.0003);
        assertThat(MeshCheck.quantile(e, 0.9)).isLessThan(0.0012);
        assertThat(MeshCheck.quantile(e, 1)).isLessThan(0.015);
    }

    @Test
    void screeningDrawsTheSurfaceToThePoints() {
        AnalyticCave cave = AnalyticCave.chamber(1);
        Cloud c = cave.scan(30_000, 0, 3);
        double with = MeshCheck.rms(MeshCheck.errors(surface(c, O).mesh(), cave, 30_000, 2));
        double without =
                MeshCheck.rms(MeshCheck.errors(surface(c, O.withPointWeight(0)).mesh(), cave, 30_000, 2));
        assertThat(with).isLessThan(0.6 * without);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void sameBitsOnAnyNumberOfThreads(int threads) {
        Cloud c = AnalyticCave.chamber(0.5).scan(20_000, 0.001, 4);
        Surface a = surface(c, O);
        try (Work work = new Work(threads, 1L << 30, Progress.NONE)) {
            Surface b = Poisson.reconstruct(c, O, work);
            assertThat(b.mesh().xyz).isEqualTo(a.mesh().xyz);
            assertThat(b.mesh().triangles).isEqualTo(a.mesh().triangles);
            assertThat(b.depth()).isEqualTo(a.depth());
        }
    }

    /** Points in another order give the same surface, bit by bit, unless two share a Morton code. */
    @Test
    void orderOfThePointsDoesNotMatter() {
        Cloud c = AnalyticCave.sphere(1).scan(5_000, 0.002, 4);
        int[] order = new int[c.size];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) ((i * 2_654_435_761L) % c.size);
        }
        assertThat(Arrays.stream(order).distinct().count()).isEqualTo(c.size);
        assertThat(surface(c.pick(order), O).mesh().xyz).isEqualTo(surface(c, O).mesh().xyz);
    }

    /** Half of the sphere at 3 mm, half at 30 mm: cells follow, the fine half is fine and the coarse half invents nothing. */
    @Test
    void cellsFollowTheDensityOfTheScan() {
        AnalyticCave cave = AnalyticCave.sphere(0.3);
        Cloud dense = cave.scan(125_000, 0.0003, 6);
        int[] kept = new int[dense.size];
        int n = 0;
        for (int i = 0; i < dense.size; i++) {
            if (dense.px(i) > 0 || i % 100 == 0) {
                kept[n++] = i;
            }
        }
        Surface s = surface(dense.pick(Arrays.copyOf(kept, n)), O);
        Mesh m = s.mesh();
        assertThat(MeshCheck.closedManifold(m)).isEmpty();
        double[] fine = new double[m.vertexCount()];
        double[] rough = new double[m.vertexCount()];
        double[] fineCell = new double[m.vertexCount()];
        double[] roughCell = new double[m.vertexCount()];
        int f = 0;
        int r = 0;
        for (int i = 0; i < m.vertexCount(); i++) {
            double x = m.originX + m.xyz[3 * i];
            double e = cave.distance(x, m.originY + m.xyz[3 * i + 1], m.originZ + m.xyz[3 * i + 2]);
            if (x > 0.03) {
                fine[f] = e;
                fineCell[f++] = s.cellSize(i);
            } else if (x < -0.06) {
                rough[r] = e;
                roughCell[r++] = s.cellSize(i);
            }
        }
        assertThat(MeshCheck.quantile(Arrays.copyOf(fineCell, f), 0.5)).isBetween(0.0015, 0.005);
        assertThat(MeshCheck.quantile(Arrays.copyOf(roughCell, r), 0.5)).isBetween(0.015, 0.05);
        assertThat(MeshCheck.rms(Arrays.copyOf(fine, f))).isLessThan(0.0002);
        assertThat(MeshCheck.rms(Arrays.copyOf(rough, r))).isLessThan(0.001);
    }

    @Test
    void spacingStopsTheRefinement() {
        Cloud c = AnalyticCave.sphere(0.5).scan(30_000, 0, 1);
        Surface s = surface(c, O.withSpacing(0.03));
        assertThat(s.report().levels().getLast().cellSize()).isCloseTo(0.03, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(MeshCheck.closedManifold(s.mesh())).isEmpty();
    }

    /** An open scan, whose surface leaves the scene: closed at the border of the octree all the same. */
    @Test
    void openScanIsClosedAroundTheOpen() {
        int n = 3_000;
        SplittableRandom r = new SplittableRandom(1);
        Cloud c = cloud(n, i -> new double[] {r.nextDouble(), r.nextDouble(), 0.3, 0, 0, 1});
        Surface s = surface(c, O);
        assertThat(MeshCheck.closedManifold(s.mesh())).isEmpty();
        int near = 0;
        for (int i = 0; i < s.mesh().vertexCount(); i++) {
            near += Math.abs(s.mesh().originZ + s.mesh().xyz[3 * i + 2] - 0.3) < 1e-3 ? 1 : 0;
        }
        assertThat(near).isGreaterThan(s.mesh().vertexCount() / 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 9, 40, 300})
    void fewOrRandomPointsDoNotBreakIt(int n) {
        SplittableRandom r = new SplittableRandom(n);
        Cloud c = cloud(n, i -> new double[] {
            r.nextDouble(), r.nextDouble(), r.nextDouble(), r.nextGaussian(), r.nextGaussian(), r.nextGaussian()
        });
        assertThat(MeshCheck.closedManifold(surface(c, O).mesh())).isEmpty();
    }

    @Test
    void manyPointsInFewPlacesDoNotBreakIt() {
        Cloud c = cloud(20_000, i -> new double[] {i % 5, i % 3, i % 2, 0, 0, 1});
        assertThat(MeshCheck.closedManifold(surface(c, O.withMaxDepth(8)).mesh()))
                .isEmpty();
    }

    @Test
    void tooFewPointsAreRefusedInWords() {
        for (int n : new int[] {0, 1, 3}) {
            assertThatThrownBy(() -> surface(cloud(n, i -> new double[] {i, 0, 0, 0, 0, 1}), O))
                    .isInstanceOfSatisfying(
                            GrottoException.class, e -> assertThat(e.kind()).isEqualTo(GrottoException.Kind.BAD_INPUT))
                    .hasMessageContaining("at least 4 points");
        }
        assertThatThrownBy(() -> surface(cloud(10, i -> new double[] {1, 2, 3, 0, 0, 1}), O))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("one place");
        assertThatThrownBy(() ->
                        surface(cloud(10, i -> new double[] {1, i, 3, 0, 0, 1}).withNormals(null), O))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("no normals");
    }

    @Test
    void pointsWithoutNormalAreCountedAndSkipped() {
        Cloud c = AnalyticCave.sphere(1).scan(3_000, 0, 1);
        float[] nn = c.normals() == null ? new float[0] : c.normals().clone();
        Arrays.fill(nn, 0, 30, 0);
        nn[40] = Float.NaN;
        try (Work work = Work.silent()) {
            Surface s = Poisson.reconstruct(c.withNormals(nn), O, work);
            assertThat(s.report().skipped()).isEqualTo(11);
            assertThat(s.report().samples()).isEqualTo(2_989);
            assertThat(work.faults().all().get("points without a normal").count())
                    .isEqualTo(11);
        }
    }

    @Test
    void badOptionsAreRefused() {
        assertThatThrownBy(() -> O.withMaxDepth(40)).hasMessageContaining("--max-depth");
        assertThatThrownBy(() -> O.withSpacing(-1)).hasMessageContaining("spacing");
        assertThatThrownBy(() -> O.withPointWeight(Double.NaN)).hasMessageContaining("--point-weight");
    }

    private static Cloud cloud(int n, java.util.function.IntFunction<double[]> point) {
        Lattice l = new Lattice(0, 0, 0, 1e-6);
        int[] x = new int[n];
        int[] y = new int[n];
        int[] z = new int[n];
        float[] nn = new float[3 * n];
        for (int i = 0; i < n; i++) {
            double[] p = point.apply(i);
            x[i] = l.ix(p[0]);
            y[i] = l.iy(p[1]);
            z[i] = l.iz(p[2]);
            for (int k = 0; k < 3; k++) {
                nn[3 * i + k] = (float) p[3 + k];
            }
        }
        return new Cloud(l, x, y, z, nn, null, null, null);
    }
}
