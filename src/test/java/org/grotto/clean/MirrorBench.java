package org.grotto.clean;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.sight.RangeMap;
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

    /** Nothing may depend on where the lattice begins. */
    private static final double[] ORIGIN = {120, -250, 40};

    final MirrorPlane plane;
    private final List<double[]> eyes = new ArrayList<>();
    private final List<double[]> points = new ArrayList<>();
    private double noise;
    private Shape shape = (u, v) -> Math.abs(u) < HALF && Math.abs(v) < HALF;

    MirrorBench(MirrorPlane plane, double u, double v, double w) {
        this.plane = plane;
        from(u, v, w);
    }

    /** Where the mirror shows anything. */
    interface Shape {
        boolean shows(double u, double v);
    }

    /** What follows is seen in a mirror of this shape. */
    MirrorBench shape(Shape s) {
        shape = s;
        return this;
    }

    /** What each station's noise is taken for, metres; all points are exact. */
    MirrorBench noise(double sigma) {
        noise = sigma;
        return this;
    }

    /** What follows is seen by one more station. */
    MirrorBench from(double u, double v, double w) {
        eyes.add(world(u, v, w));
        return this;
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

    /** A point without an image. */
    MirrorBench point(double u, double v, double w) {
        double[] p = world(u, v, w);
        points.add(new double[] {p[0], p[1], p[2], eyes.size() - 1});
        return this;
    }

    /** A point, and its image where it stands before the mirror and the eye sees it there. */
    MirrorBench thing(double u, double v, double w) {
        point(u, v, w);
        if (w <= 0) {
            return this;
        }
        double[] image = world(u, v, -w);
        double[] uv = new double[2];
        plane.cross(eyes.getLast(), image[0], image[1], image[2], 0, uv);
        return shape.shows(uv[0], uv[1]) ? point(u, v, -w) : this;
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

    /** The place that the last station sees at a height, on its way through a place in the plane. */
    double[] through(double u, double v, double w) {
        double[] e = plane.along(eyes.getLast());
        double h = plane.over(eyes.getLast()[0], eyes.getLast()[1], eyes.getLast()[2]);
        double f = (h - w) / h;
        return world(e[0] + f * (u - e[0]), e[1] + f * (v - e[1]), w);
    }

    /** A place relative to the lattice as coordinates. */
    static double[] told(double[] p) {
        return new double[] {p[0] + ORIGIN[0], p[1] + ORIGIN[1], p[2] + ORIGIN[2]};
    }

    private Cloud cloud() {
        Lattice l = new Lattice(ORIGIN[0], ORIGIN[1], ORIGIN[2], 1e-6);
        int n = points.size();
        int[][] c = new int[3][n];
        char[] station = new char[n];
        for (int i = 0; i < n; i++) {
            double[] p = told(points.get(i));
            c[0][i] = l.ix(p[0]);
            c[1][i] = l.iy(p[1]);
            c[2][i] = l.iz(p[2]);
            station[i] = (char) points.get(i)[3];
        }
        return new Cloud(l, c[0], c[1], c[2], Columns.NONE.with(Columns.STATION, station));
    }

    private List<double @Nullable []> eyes() {
        return Arrays.asList(eyes.stream().map(MirrorBench::told).toArray(double @Nullable [][]::new));
    }

    Glance glance() {
        try (Work work = Work.silent()) {
            return glance(new Threads(work));
        }
    }

    private Glance glance(Engine engine) {
        Store store = engine.store(cloud(), 20_000);
        double[] sigma = new double[eyes.size()];
        Arrays.fill(sigma, noise);
        return Objects.requireNonNull(Glance.of(store, eyes(), sigma, engine));
    }

    List<RangeMap> maps() {
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            return RangeMaps.of(engine.store(cloud(), 20_000), eyes(), engine);
        }
    }

    /** What a plane is taken for. */
    @Nullable
    Aperture aperture(MirrorPlane start) {
        return aperture(start, new int[1]);
    }

    /** How often all points are gone through for a plane: not once, where a glance shows no hint of a mirror. */
    int passes(MirrorPlane start) {
        int[] passes = new int[1];
        aperture(start, passes);
        return passes[0];
    }

    private @Nullable Aperture aperture(MirrorPlane start, int[] passes) {
        try (Work work = Work.silent()) {
            Engine threads = new Threads(work);
            Engine engine = (Engine) Proxy.newProxyInstance(
                    Engine.class.getClassLoader(), new Class<?>[] {Engine.class}, (proxy, method, args) -> {
                        passes[0] += method.getName().equals("map") ? 1 : 0;
                        return method.invoke(threads, args);
                    });
            Store store = engine.store(cloud(), 20_000);
            return Aperture.of(start, store, glance(threads), () -> RangeMaps.of(store, eyes(), threads), engine);
        }
    }
}
