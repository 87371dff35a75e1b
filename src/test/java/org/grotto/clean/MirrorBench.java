package org.grotto.clean;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.sight.RangeMaps;
import org.grotto.store.Engine;
import org.grotto.store.Store;
import org.grotto.store.Threads;
import org.jspecify.annotations.Nullable;

/**
 * A mirror and flat things before it, in closed form: each thing is a grid of points, and the point's image stands exactly
 * behind the plane where the eye's ray to it passes through the mirror. All in coordinates of the plane: along its two axes
 * and over it, metres.
 */
final class MirrorBench {
    /** Half of the mirror's edges. */
    static final double HALF = 0.6;

    final MirrorPlane plane;
    private final double[] eye;
    private final List<double[]> points = new ArrayList<>();

    MirrorBench(MirrorPlane plane, double u, double v, double w) {
        this.plane = plane;
        this.eye = world(u, v, w);
    }

    /** A room's end, square on the plane, and two walls aslant, no image of each other. */
    static MirrorBench room(MirrorPlane plane, double step) {
        return new MirrorBench(plane, 0.2, 0.1, 1.6)
                .wall(new double[] {-1.5, -1.5, 3}, new double[] {3, 0, 0}, new double[] {0, 3, 0}, step)
                .wall(new double[] {-1.9, -1.5, 1}, new double[] {0.7, 0, 1.8}, new double[] {0, 3, 0}, step)
                .wall(new double[] {1.7, -1.4, 0.8}, new double[] {-0.4, 0.3, 1.7}, new double[] {0.2, 2.6, 0}, step);
    }

    /** The place at coordinates of the plane. */
    double[] world(double u, double v, double w) {
        double[] p = plane.at(u, v);
        for (int k = 0; k < 3; k++) {
            p[k] += w * plane.n()[k];
        }
        return p;
    }

    private void point(double u, double v, double w) {
        points.add(world(u, v, w));
    }

    /** A point, and its image where it stands before the mirror and the eye sees it there. */
    MirrorBench thing(double u, double v, double w) {
        point(u, v, w);
        if (w <= 0) {
            return this;
        }
        double[] image = world(u, v, -w);
        double[] uv = new double[2];
        plane.cross(eye, image[0], image[1], image[2], 0, uv);
        if (Math.abs(uv[0]) < HALF && Math.abs(uv[1]) < HALF) {
            points.add(image);
        }
        return this;
    }

    /** A parallelogram, and what is seen of it in the mirror. */
    MirrorBench wall(double[] at, double[] a, double[] b, double step) {
        int na = (int) Math.ceil(length(a) / step);
        int nb = (int) Math.ceil(length(b) / step);
        for (int i = 0; i <= na; i++) {
            for (int j = 0; j <= nb; j++) {
                double[] p = new double[3];
                for (int k = 0; k < 3; k++) {
                    p[k] = at[k] + a[k] * i / na + b[k] * j / nb;
                }
                thing(p[0], p[1], p[2]);
            }
        }
        return this;
    }

    private static double length(double[] a) {
        return Math.sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]);
    }

    /** How far over the plane the rim stands. */
    interface Rim {
        double at(int i, int j, double u, double v);
    }

    /** What is around the mirror, 0.4 m wide. */
    MirrorBench rim(Rim rim) {
        double g = 0.025;
        for (int i = -40; i <= 40; i++) {
            for (int j = -40; j <= 40; j++) {
                if (Math.max(Math.abs(g * i), Math.abs(g * j)) > HALF + 0.01) {
                    point(g * i, g * j, rim.at(i, j, g * i, g * j));
                }
            }
        }
        return this;
    }

    /** Echoes of the mirror itself. */
    MirrorBench echoes(double step) {
        for (double u = -HALF + step / 2; u < HALF; u += step) {
            for (double v = -HALF + step / 2; v < HALF; v += step) {
                point(u, v, 0);
            }
        }
        return this;
    }

    private Cloud cloud() {
        Lattice l = new Lattice(0, 0, 0, 1e-6);
        int n = points.size();
        int[][] c = new int[3][n];
        for (int i = 0; i < n; i++) {
            double[] p = points.get(i);
            c[0][i] = l.ix(p[0]);
            c[1][i] = l.iy(p[1]);
            c[2][i] = l.iz(p[2]);
        }
        return new Cloud(l, c[0], c[1], c[2], Columns.NONE.with(Columns.STATION, new char[n]));
    }

    private List<double @Nullable []> eyes() {
        return Arrays.asList(new double @Nullable [][] {eye});
    }

    Glance glance() {
        try (Work work = Work.silent()) {
            return glance(new Threads(work));
        }
    }

    private Glance glance(Engine engine) {
        Store store = engine.store(cloud(), 20_000);
        return Objects.requireNonNull(Glance.of(store, eyes(), new double[1], engine));
    }

    /** What a plane is taken for. */
    @Nullable
    Aperture aperture(MirrorPlane start) {
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            Store store = engine.store(cloud(), 20_000);
            return Aperture.of(start, store, glance(engine), () -> RangeMaps.of(store, eyes(), engine), engine);
        }
    }
}
