package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.store.Engine;
import org.grotto.store.Threads;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Patches and images in scenes of flat walls. */
class GlanceTest {
    private static final MirrorPlane PLANE = MirrorPlane.of(1, 0, 0, 0);

    /** A wall of 4 m, 3 m before the plane, and its reflection; the eye is 1.6 m before the plane. */
    private static MirrorBench wall(double rough, double step) {
        MirrorBench b = new MirrorBench(PLANE, 0.2, 0.1, 1.6);
        int n = (int) Math.round(4 / step);
        for (int i = 0; i <= n; i++) {
            for (int j = 0; j <= n; j++) {
                double w = 3 + (i % 3 == 0 && j % 2 == 0 ? rough : i % 2 == 0 ? -rough : 0);
                b.thing(i * step - 2, j * step - 2, w);
            }
        }
        return b;
    }

    /** Six walls around an eye: whichever way they stand. */
    @Test
    void normalsFaceTheEye() {
        MirrorBench b = new MirrorBench(PLANE, 0.3, -0.4, 0.5);
        double[][] axes = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        for (int k = 0; k < 3; k++) {
            for (double side : new double[] {-1, 1}) {
                double[] at = new double[3];
                double[] a = new double[3];
                double[] c = new double[3];
                for (int l = 0; l < 3; l++) {
                    at[l] = 3 * side * axes[k][l] - 2 * axes[(k + 1) % 3][l] - 2 * axes[(k + 2) % 3][l];
                    a[l] = 4 * axes[(k + 1) % 3][l] + 0.3 * axes[k][l];
                    c[l] = 4 * axes[(k + 2) % 3][l] + 0.2 * axes[k][l];
                }
                b.wall(at, a, c, 0.2);
            }
        }
        Glance g = b.glance();
        int patches = 0;
        for (int i = 0; i < g.size(); i++) {
            if (g.patch(i) && g.rms(i) < 1e-5) {
                double[] e = g.eye(i);
                assertThat(g.over(i, e[0], e[1], e[2])).isPositive();
                assertThat(g.over(i, g.cloud.px(i), g.cloud.py(i), g.cloud.pz(i)))
                        .isCloseTo(0, within(1e-4));
                patches++;
            }
        }
        assertThat(patches).isGreaterThan(1500);
    }

    @Test
    void aWallIsFlatAndAHeapIsNot() {
        Glance g = wall(0, 0.1).glance();
        for (int i = 0; i < g.size(); i++) {
            assertThat(g.patch(i) && g.flat(i)).isTrue();
        }
        Random random = new Random(4);
        MirrorBench b = new MirrorBench(PLANE, 0.2, 0.1, 5);
        for (int k = 0; k < 400; k++) {
            b.thing(random.nextDouble(), random.nextDouble(), 1 + random.nextDouble());
        }
        Glance heap = b.glance();
        int flat = 0;
        for (int i = 0; i < heap.size(); i++) {
            flat += heap.patch(i) && heap.flat(i) ? 1 : 0;
        }
        assertThat(flat).isLessThan(heap.size() / 4);
    }

    /** On rough surface twice its own scatter off is still on it, four times is not; on an even one, 2 mm are. */
    @Test
    void surfaceIsAsWideAsItsOwnScatter() {
        Glance rough = wall(0.02, 0.25).glance();
        Glance.Match m = rough.new Match();
        int asked = 0;
        for (int i = 0; i < rough.size(); i++) {
            if (rough.cloud.px(i) > 0 && rough.patch(i) && rough.rms(i) > 0.01) {
                asked++;
                for (double off : new double[] {-4, -2, 2, 4}) {
                    assertThat(close(rough, m, i, off * rough.rms(i), 0)).isEqualTo(Math.abs(off) < 3);
                }
            }
        }
        assertThat(asked).isGreaterThan(50);
        Glance even = wall(0, 0.25).glance();
        Glance.Match e = even.new Match();
        for (double off : new double[] {-0.0025, -0.0015, 0.0015, 0.0025}) {
            assertThat(close(even, e, 0, off, 0)).isEqualTo(Math.abs(off) < 0.002);
            assertThat(close(even, e, 0, off, 0.001)).as("by noise").isTrue();
        }
    }

    /** Whether the place so far over the plane of patch i, at its point, lies on surface. */
    private static boolean close(Glance g, Glance.Match m, int i, double off, double sigma) {
        assertThat(g.patch(i)).isTrue();
        double x = g.cloud.px(i);
        double y = g.cloud.py(i);
        double z = g.cloud.pz(i);
        double by = off - g.over(i, x, y, z);
        m.x = x + by * g.normal(i, 0);
        m.y = y + by * g.normal(i, 1);
        m.z = z + by * g.normal(i, 2);
        assertThat(m.near(m.x, m.y, m.z, Double.POSITIVE_INFINITY)).isTrue();
        return m.index != i || m.close(sigma);
    }

    /** What hangs behind the plane far from all surface is an image where the wall before it is. */
    @Test
    void imagesAreSoughtHoweverFarFromSurfaceTheyHang() {
        Glance g = new MirrorBench(PLANE, 9, 9, 1.6)
                .wall(new double[] {-2, -2, 3}, new double[] {4, 0, 0}, new double[] {0, 4, 0}, 0.1)
                .wall(new double[] {-2, -0.5, -4}, new double[] {4, 0, 0}, new double[] {0, 0, 3}, 0.1)
                .glance();
        Glance.Match m = g.new Match();
        assertThat(m.mirrors(PLANE, -3, 1.9, 1.9, 0)).isTrue();
        assertThat(m.mirrors(PLANE, -3.01, 1.9, 1.9, 0)).isFalse();
        assertThat(m.mirrors(PLANE, -3, 2.5, 1.9, 0)).isFalse();
    }

    /** Small squares that stand anyhow, many of them seen at a grazing angle. */
    @Test
    void normalsFaceTheEyeHoweverGrazingItLooks() {
        Random random = new Random(8);
        MirrorBench b = new MirrorBench(PLANE, 0, 0, 0);
        for (int k = 0; k < 300; k++) {
            double[] at = new double[3];
            double[] a = new double[3];
            double[] c = new double[3];
            for (int l = 0; l < 3; l++) {
                at[l] = 5 * (k >> l & 1) - 2.5 + (k >> 3) * (l - 1) + random.nextDouble();
                a[l] = 0.2 * random.nextGaussian();
                c[l] = 0.2 * random.nextGaussian();
            }
            b.wall(at, a, c, 0.05);
        }
        Glance g = b.glance();
        int asked = 0;
        for (int i = 0; i < g.size(); i++) {
            double[] e = g.eye(i);
            if (g.patch(i) && g.rms(i) < 1e-5 && Math.abs(g.over(i, e[0], e[1], e[2])) > 1e-3) {
                assertThat(g.over(i, e[0], e[1], e[2])).isPositive();
                asked++;
            }
        }
        assertThat(asked).isGreaterThan(1000);
    }

    /** One point a cell, on whichever side of the origin: none of a grid that is wider than cells is lost. */
    @Test
    void pointsInCellsOfTheirOwnAllStay() {
        MirrorBench b = new MirrorBench(PLANE, 9, 9, 9);
        for (int i = 0; i < 8000; i++) {
            b.thing(0.013 * (i % 20 - 10), 0.013 * (i / 20 % 20 - 10), 0.013 * (i / 400 - 10));
        }
        assertThat(b.glance().size()).isEqualTo(8000);
    }

    /** Of a million points those at a glance lie everywhere. */
    @Test
    void ofManyPointsSomeAreSeenEverywhere() {
        int side = 1010;
        int[][] c = new int[3][side * side];
        for (int i = 0; i < side * side; i++) {
            c[0][i] = i % side;
            c[1][i] = i / side;
        }
        Cloud cloud = new Cloud(
                new Lattice(0, 0, 0, 0.01),
                c[0],
                c[1],
                c[2],
                Columns.NONE.with(Columns.STATION, new char[side * side]));
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            List<double @Nullable []> eyes = Arrays.asList(new double @Nullable [][] {{5, 5, 5}});
            Glance g = Objects.requireNonNull(Glance.of(engine.store(cloud, 100_000), eyes, new double[] {0}, engine));
            boolean[] seen = new boolean[400];
            for (int i = 0; i < g.size(); i++) {
                seen[(int) (g.cloud.px(i) / 0.51) + 20 * (int) (g.cloud.py(i) / 0.51)] = true;
            }
            assertThat(seen).doesNotContain(false);
            assertThat(g.size()).isBetween(20_000, 100_000);
        }
    }

    /** A row of points, and three points alone, make no patch, however often they are asked. */
    @Test
    void aLineMakesNoPatch() {
        MirrorBench row = new MirrorBench(PLANE, 9, 9, 5);
        for (int k = 0; k < 30; k++) {
            row.point(0.1 * k, 0, 2);
        }
        MirrorBench three =
                new MirrorBench(PLANE, 9, 9, 5).point(0, 0, 2).point(0, 1, 2).point(1, 0, 2);
        for (Glance g : List.of(row.glance(), three.glance())) {
            for (int i = 0; i < g.size(); i++) {
                assertThat(g.patch(i)).isFalse();
                assertThat(g.patch(i)).as("again").isFalse();
            }
        }
    }
}
