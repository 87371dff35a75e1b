package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Mesh;
import org.grotto.sight.RangeMaps;
import org.grotto.store.Engine;
import org.grotto.store.Store;
import org.grotto.store.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bent wall of 0.5 m2 scanned from both sides at 11 mm, 0.5 mm noise: each point has surface of its own side. */
class ThinWallTest {
    private static final Lattice LATTICE = new Lattice(0, 0, 0, 1e-5);
    private static final double SPACING = 0.011;
    private static final double NOISE = 0.0005;

    /** In the middle, thickness metres between the sides. */
    private static Cloud wall(double thickness) {
        int wide = (int) (0.8 / SPACING);
        int high = (int) (0.6 / SPACING);
        int n = 2 * wide * high;
        Random r = new Random(4);
        int[][] c = new int[3][n];
        float[] normals = new float[3 * n];
        float[] spacing = new float[n];
        char[] station = new char[n];
        for (int i = 0; i < n; i++) {
            int up = i % 2 == 0 ? 1 : -1;
            double x = SPACING * (i / 2 % wide + r.nextDouble());
            double y = SPACING * (i / 2 / wide + r.nextDouble());
            double z = 0.02 * Math.sin(5 * x) + up * thickness / 2 + NOISE * r.nextGaussian();
            double slope = 0.1 * Math.cos(5 * x);
            double l = up / Math.sqrt(1 + slope * slope);
            c[0][i] = LATTICE.ix(x);
            c[1][i] = LATTICE.iy(y);
            c[2][i] = LATTICE.iz(z);
            normals[3 * i] = (float) (-slope * l);
            normals[3 * i + 2] = (float) l;
            spacing[i] = (float) SPACING;
            station[i] = (char) (i % 2);
        }
        return new Cloud(LATTICE, c[0], c[1], c[2], normals, null, null, station).with(Columns.SPACING, spacing);
    }

    @ParameterizedTest
    @CsvSource({"0.005, 0.985", "0.010, 0.998", "0.020, 0.999", "0.040, 0.999"})
    void bothSidesStand(double thickness, double least) {
        Cloud cloud = wall(thickness);
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            Noise noise = new Noise(new double[] {NOISE, NOISE}, new boolean[2]);
            Surface made = Poisson.reconstruct(cloud, noise, PoissonOptions.DEFAULTS, work);
            Mesh closed = made.mesh();
            Store store = engine.store(cloud, 1 << 16);
            List<double[]> eyes = List.of(new double[] {0.4, 0.3, 3}, new double[] {0.4, 0.3, -3});
            Mesh mesh = Trim.apply(
                            closed,
                            store,
                            RangeMaps.of(store, new ArrayList<>(eyes), engine),
                            TrimOptions.DEFAULTS,
                            engine)
                    .mesh();
            assertThat(shareWithOwnSide(cloud, mesh, thickness / 2)).isGreaterThan(least);
            ThinWalls.Kept kept = made.thinWalls().in(mesh, work);
            assertThat(kept.area()).isBetween(thickness > 0.01 ? 0 : 0.85, 1.1);
            assertThat(kept.lost()).isLessThanOrEqualTo((1.005 - least) * kept.area());
        }
    }

    /** What is cut out of one side is lost there and not on the other; what is turned to one side is lost on the other. */
    @Test
    void whatIsLostIsSaid() {
        try (Work work = Work.silent()) {
            Noise noise = new Noise(new double[] {NOISE, NOISE}, new boolean[2]);
            Surface made = Poisson.reconstruct(wall(0.01), noise, PoissonOptions.DEFAULTS, work);
            Mesh m = made.mesh();
            int[] some = new int[m.triangles.length];
            int[] one = new int[m.triangles.length];
            int n = 0;
            int k = 0;
            for (int t = 0; t < m.triangles.length; t += 3) {
                double x = m.originX + m.xyz[3 * m.triangles[t]];
                double y = m.originY + m.xyz[3 * m.triangles[t] + 1];
                boolean up = facesUp(m, t);
                if (!(up && x > 0.2 && x < 0.4 && y > 0.1 && y < 0.4)) {
                    System.arraycopy(m.triangles, t, some, n, 3);
                    n += 3;
                }
                if (up) {
                    System.arraycopy(m.triangles, t, one, k, 3);
                    k += 3;
                }
            }
            Mesh holed = new Mesh(m.originX, m.originY, m.originZ, m.xyz, Columns.NONE, Arrays.copyOf(some, n));
            assertThat(made.thinWalls().in(holed, work).lost()).isCloseTo(0.2 * 0.3, within(0.006));
            Mesh sheet = new Mesh(m.originX, m.originY, m.originZ, m.xyz, Columns.NONE, Arrays.copyOf(one, k));
            ThinWalls.Kept half = made.thinWalls().in(sheet, work);
            assertThat(half.lost() / half.area()).isCloseTo(0.5, within(0.03));
        }
    }

    /** A narrow gap between two stones is no wall, nor is one sheet. */
    @Test
    void aGapIsNoWall() {
        Cloud wall = wall(0.01);
        float[] turned = Objects.requireNonNull(wall.normals()).clone();
        for (int i = 0; i < turned.length; i++) {
            turned[i] = -turned[i];
        }
        try (Work work = Work.silent()) {
            Surface made = Poisson.reconstruct(wall.with(Columns.NORMAL, turned), PoissonOptions.DEFAULTS, work);
            assertThat(made.thinWalls().in(made.mesh(), work)).isEqualTo(ThinWalls.Kept.NONE);
        }
    }

    private static boolean facesUp(Mesh m, int t) {
        int a = 3 * m.triangles[t];
        int b = 3 * m.triangles[t + 1];
        int c = 3 * m.triangles[t + 2];
        float[] v = m.xyz;
        return (v[b] - v[a]) * (v[c + 1] - v[a + 1]) > (v[b + 1] - v[a + 1]) * (v[c] - v[a]);
    }

    /** Points with a vertex next to them that faces their way and lies nearer than the wall's middle. */
    private static double shareWithOwnSide(Cloud cloud, Mesh mesh, double reach) {
        int[][] c = new int[3][mesh.vertexCount()];
        for (int v = 0; v < mesh.vertexCount(); v++) {
            c[0][v] = LATTICE.ix(mesh.originX + mesh.xyz[3 * v]);
            c[1][v] = LATTICE.iy(mesh.originY + mesh.xyz[3 * v + 1]);
            c[2][v] = LATTICE.iz(mesh.originZ + mesh.xyz[3 * v + 2]);
        }
        Cloud vertices = new Cloud(LATTICE, c[0], c[1], c[2], Columns.NONE);
        KdTree.Query q = KdTree.of(vertices).query();
        float[] own = Objects.requireNonNull(cloud.normals());
        float[] other = Objects.requireNonNull(mesh.normals());
        int found = 0;
        for (int i = 0; i < cloud.size; i++) {
            int near = q.nearest(cloud.px(i), cloud.py(i), cloud.pz(i), 16);
            boolean stands = false;
            for (int j = 0; j < near; j++) {
                int v = q.index[j];
                double off =
                        own[3 * i] * (vertices.px(v) - cloud.px(i)) + own[3 * i + 2] * (vertices.pz(v) - cloud.pz(i));
                stands |= q.distance[j] < 2 * SPACING * SPACING
                        && own[3 * i + 2] * other[3 * v + 2] > 0.3
                        && Math.abs(off) < reach;
            }
            found += stands ? 1 : 0;
        }
        return found / (double) cloud.size;
    }
}
