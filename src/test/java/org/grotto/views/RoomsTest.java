package org.grotto.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Mesh;
import org.grotto.scene.Room;
import org.grotto.store.Engine;
import org.grotto.store.PoisonStore;
import org.grotto.store.Store;
import org.grotto.store.Threads;
import org.junit.jupiter.api.Test;

/** Walls are found where a made room has them. */
class RoomsTest {
    private static final double TURN = Math.toRadians(23);
    /** Survey coordinates: far from the frame's zero a small angle is metres. */
    private static final double EAST = 431_200;

    private static final double NORTH = 4_436_100;

    private final List<double[]> points = new ArrayList<>(); // position, normal, spacing, station

    /** A rectangle of points: corner, two sides, facing u x v, turned and moved as the whole room is. */
    private void sheet(double[] at, double[] u, double[] v, double spacing, int station) {
        Random random = new Random(points.size());
        double lu = Math.sqrt(u[0] * u[0] + u[1] * u[1] + u[2] * u[2]);
        double lv = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        double[] n = {
            (u[1] * v[2] - u[2] * v[1]) / (lu * lv),
            (u[2] * v[0] - u[0] * v[2]) / (lu * lv),
            (u[0] * v[1] - u[1] * v[0]) / (lu * lv)
        };
        int count = (int) (lu * lv / (spacing * spacing));
        for (int i = 0; i < count; i++) {
            double a = random.nextDouble();
            double b = random.nextDouble();
            double r = 0.01 * random.nextGaussian();
            double x = at[0] + a * u[0] + b * v[0] + r * n[0];
            double y = at[1] + a * u[1] + b * v[1] + r * n[1];
            double z = at[2] + a * u[2] + b * v[2] + r * n[2];
            double c = Math.cos(TURN);
            double s = Math.sin(TURN);
            points.add(new double[] {
                EAST + c * x - s * y,
                NORTH + s * x + c * y,
                20 + z,
                c * n[0] - s * n[1],
                s * n[0] + c * n[1],
                n[2],
                spacing,
                station
            });
        }
    }

    /** A room of 6 x 4 x 3 m with a niche 1 m deep in the wall at +y, and a pillar's face before the wall at +x. */
    private void room(double spacing, int station) {
        sheet(new double[] {-3, -2, 0}, new double[] {6, 0, 0}, new double[] {0, 4, 0}, spacing, station);
        sheet(new double[] {-3, -2, 3}, new double[] {0, 4, 0}, new double[] {6, 0, 0}, spacing, station);
        sheet(new double[] {-3, -2, 0}, new double[] {0, 4, 0}, new double[] {0, 0, 3}, spacing, station);
        sheet(new double[] {3, -2, 0}, new double[] {0, 0, 3}, new double[] {0, 4, 0}, spacing, station);
        sheet(new double[] {-3, -2, 0}, new double[] {0, 0, 3}, new double[] {6, 0, 0}, spacing, station);
        sheet(new double[] {-3, 2, 0}, new double[] {2, 0, 0}, new double[] {0, 0, 3}, spacing, station);
        sheet(new double[] {1, 2, 0}, new double[] {2, 0, 0}, new double[] {0, 0, 3}, spacing, station);
        sheet(new double[] {-1, 3, 0.5}, new double[] {2, 0, 0}, new double[] {0, 0, 1.2}, spacing, station);
        sheet(new double[] {2, -0.3, 0}, new double[] {0, 0, 3}, new double[] {0, 0.6, 0}, spacing, station);
    }

    private Cloud cloud() {
        int n = points.size();
        int[][] p = new int[3][n];
        float[] normals = new float[3 * n];
        char[] station = new char[n];
        for (int i = 0; i < n; i++) {
            double[] q = points.get(i);
            p[0][i] = (int) Math.round((q[0] - EAST) * 1e6);
            p[1][i] = (int) Math.round((q[1] - NORTH) * 1e6);
            p[2][i] = (int) Math.round((q[2] - 20) * 1e6);
            for (int a = 0; a < 3; a++) {
                normals[3 * i + a] = (float) q[3 + a];
            }
            station[i] = (char) q[7];
        }
        return new Cloud(new Lattice(EAST, NORTH, 20, 1e-6), p[0], p[1], p[2], normals, null, null, station);
    }

    private float[] spacing() {
        float[] s = new float[points.size()];
        for (int i = 0; i < s.length; i++) {
            s[i] = (float) points.get(i)[6];
        }
        return s;
    }

    /** What many small regions, poisoned after use, give; it must be what a single one gives. */
    private <R> R found(BiFunction<Store, Engine, R> craft) {
        Cloud cloud = cloud().with(Columns.SPACING, spacing());
        try (Work work = Work.silent()) {
            Engine one = new Threads(work);
            Engine many = new PoisonStore.Engine(700, work);
            R r = craft.apply(many.store(cloud, 0), many);
            assertThat(r).usingRecursiveComparison().isEqualTo(craft.apply(one.store(cloud, 1 << 24), one));
            return r;
        }
    }

    @Test
    void wallsAreFoundToSixCentimetresPastNicheAndPillar() {
        room(0.04, 0);
        // one wall was scanned ten times as finely: it must not count for more
        sheet(new double[] {3, -2, 0}, new double[] {0, 0, 3}, new double[] {0, 4, 0}, 0.012, 0);
        Room room = found((points, engine) -> Rooms.of(points, engine));
        assertThat(room).isNotNull();
        assertThat(room.azimuthDegrees()).isCloseTo(23, within(0.3));
        double r = Math.toRadians(room.azimuthDegrees());
        double u = Math.cos(r) * EAST + Math.sin(r) * NORTH;
        double v = Math.cos(r) * NORTH - Math.sin(r) * EAST;
        assertThat(room.box().maxX() - u).isCloseTo(3, within(0.06));
        assertThat(room.box().minX() - u).isCloseTo(-3, within(0.06));
        assertThat(room.box().maxY() - v).as("the wall, not the niche's back").isCloseTo(2, within(0.06));
        assertThat(room.box().minY() - v).isCloseTo(-2, within(0.06));
        assertThat(room.box().minZ()).isCloseTo(20, within(0.06));
        assertThat(room.box().maxZ()).isCloseTo(23, within(0.06));
    }

    @Test
    void anObjectSeenFromOutsideIsNoRoom() {
        float[] xyz = {0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1};
        int[] out = {
            0, 2, 1, 0, 3, 2, 4, 5, 6, 4, 6, 7, 0, 1, 5, 0, 5, 4, 1, 2, 6, 1, 6, 5, 2, 3, 7, 2, 7, 6, 3, 0, 4, 3, 4, 7
        };
        assertThat(Rooms.of(new Mesh(10, 20, 30, xyz, null, null, null, out))).isNull();
        int[] in = out.clone();
        for (int i = 0; i < in.length; i += 3) {
            in[i] = out[i + 1];
            in[i + 1] = out[i];
        }
        Room r = Rooms.of(new Mesh(10, 20, 30, xyz, null, null, null, in));
        assertThat(r).as("turned to the inside it is one").isNotNull();
        assertThat(r.box().minX()).isCloseTo(10, within(0.01));
        assertThat(r.box().maxZ()).isCloseTo(31, within(0.01));
        assertThat(Rooms.of(new Mesh(0, 0, 0, xyz, null, null, null, new int[0])))
                .isNull();
    }
}
