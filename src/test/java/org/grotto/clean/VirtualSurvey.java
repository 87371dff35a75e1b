package org.grotto.clean;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Pose;
import org.grotto.scene.Station;
import org.grotto.store.Engine;
import org.grotto.store.Threads;

/**
 * Scans of known noise: rays from an eye meet a surface given in closed form, and the range is off by a normal deviate.
 * What was put in is what must be found.
 */
final class VirtualSurvey {
    /** Where a ray meets a surface: its range, or NaN. */
    interface Surface {
        double range(double[] eye, double[] ray);
    }

    /** Rays of one station. */
    interface Rays {
        void each(Random random, java.util.function.Consumer<double[]> to);
    }

    private final Lattice lattice;
    private final double rounded;
    private final Random random;
    private final List<double[]> points = new ArrayList<>();
    private final List<Integer> of = new ArrayList<>();
    final List<Station> stations = new ArrayList<>();
    final List<Double> noise = new ArrayList<>();

    VirtualSurvey(long seed, double rounded) {
        this.random = new Random(seed);
        this.rounded = rounded;
        this.lattice = new Lattice(-100, -100, -100, 1e-6);
    }

    /** Scans; {@code spikes} of the points lie anywhere before the surface. */
    VirtualSurvey scan(double[] eye, boolean told, Surface surface, Rays rays, double sigma, double spikes) {
        return scan(eye, told, surface, rays, sigma, spikes, true);
    }

    /** As above; with {@code along} false noise is across the surface z = 0. */
    VirtualSurvey scan(
            double[] eye, boolean told, Surface surface, Rays rays, double sigma, double spikes, boolean along) {
        int s = stations.size();
        int[] n = {0};
        rays.each(random, ray -> {
            double r = surface.range(eye, ray);
            if (!(r > 0)) {
                return;
            }
            double e = sigma * random.nextGaussian();
            if (along) {
                r += e;
            }
            if (random.nextDouble() < spikes) {
                r *= 0.3 + 0.7 * random.nextDouble();
            }
            double[] p = new double[3];
            for (int a = 0; a < 3; a++) {
                p[a] = eye[a] + r * ray[a] + (!along && a == 2 ? e : 0);
                if (rounded > 0) {
                    p[a] = rounded * Math.rint(p[a] / rounded);
                }
            }
            points.add(p);
            of.add(s);
            n[0]++;
        });
        stations.add(
                new Station("s" + s, "test", null, told ? new Pose(1, 0, 0, 0, eye[0], eye[1], eye[2]) : null, n[0]));
        noise.add(sigma);
        return this;
    }

    Cloud cloud(boolean withStations) {
        int n = points.size();
        int[][] c = new int[3][n];
        char[] station = new char[n];
        for (int i = 0; i < n; i++) {
            double[] p = points.get(i);
            c[0][i] = lattice.ix(p[0]);
            c[1][i] = lattice.iy(p[1]);
            c[2][i] = lattice.iz(p[2]);
            station[i] = (char) (int) of.get(i);
        }
        return new Cloud(lattice, c[0], c[1], c[2], null, null, null, withStations ? station : null);
    }

    List<StationStats> stats(int regions) {
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            return StationSurvey.run(engine.store(cloud(true), regions), stations, Stations.eyes(stations), engine);
        }
    }

    StationStats whole() {
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            return StationSurvey.whole(engine.store(cloud(false), 20_000), engine);
        }
    }

    /** Median and 95 % quantile of the distance to the nearest neighbour, of all points of a station. */
    double[] spacing(int s) {
        Cloud c = cloud(true);
        int[] own = Stations.members(java.util.Objects.requireNonNull(c.station()), stations.size())[s];
        KdTree.Query q = KdTree.of(c, own).query();
        double[] d = new double[own.length];
        for (int k = 0; k < own.length; k++) {
            int i = own[k];
            int found = q.nearestAt(c.x[i], c.y[i], c.z[i], 5, Double.POSITIVE_INFINITY);
            d[k] = Double.NaN;
            for (int j = 1; j < found && !(d[k] > 0); j++) {
                d[k] = Math.sqrt(q.distance[j]);
            }
        }
        Arrays.sort(d);
        return new double[] {d[d.length / 2], d[(int) (0.95 * d.length)]};
    }

    // --- surfaces

    /** The plane through {@code at} with unit normal n. */
    static Surface plane(double[] at, double[] n) {
        return (eye, ray) -> {
            double c = dot(ray, n);
            double r = (dot(at, n) - dot(eye, n)) / c;
            return r > 0 ? r : Double.NaN;
        };
    }

    /** The inside of a box from the origin to (x, y, z). */
    static Surface box(double x, double y, double z) {
        double[] side = {x, y, z};
        return (eye, ray) -> {
            double r = Double.POSITIVE_INFINITY;
            for (int a = 0; a < 3; a++) {
                if (ray[a] != 0) {
                    double t = ((ray[a] > 0 ? side[a] : 0) - eye[a]) / ray[a];
                    r = Math.min(r, t);
                }
            }
            return r;
        };
    }

    /** The inside of a vertical cylinder around the origin. */
    static Surface cylinder(double radius) {
        return (eye, ray) -> {
            double a = ray[0] * ray[0] + ray[1] * ray[1];
            double b = eye[0] * ray[0] + eye[1] * ray[1];
            double c = eye[0] * eye[0] + eye[1] * eye[1] - radius * radius;
            return a < 0.05 ? Double.NaN : (-b + Math.sqrt(b * b - a * c)) / a;
        };
    }

    /** A ball seen from outside. */
    static Surface ball(double[] at, double radius) {
        return (eye, ray) -> {
            double[] o = {eye[0] - at[0], eye[1] - at[1], eye[2] - at[2]};
            double b = dot(o, ray);
            double d = b * b - dot(o, o) + radius * radius;
            return d < 0.03 * radius * radius ? Double.NaN : -b - Math.sqrt(d);
        };
    }

    /** The height field z = h(x, y), seen from above, where it is not hidden. */
    static Surface field(DoubleBinaryOperator h, double most) {
        return (eye, ray) -> {
            if (ray[2] > -0.1) {
                return Double.NaN;
            }
            double from = (most - eye[2]) / ray[2];
            double to = (-most - eye[2]) / ray[2];
            double step = (to - from) / 64;
            double r = Math.max(0, from);
            for (int k = 0; k <= 64; k++) {
                double next = from + k * step;
                if (above(h, eye, ray, next) < 0) {
                    double lo = r;
                    double hi = next;
                    for (int i = 0; i < 40; i++) {
                        double mid = (lo + hi) / 2;
                        if (above(h, eye, ray, mid) < 0) {
                            hi = mid;
                        } else {
                            lo = mid;
                        }
                    }
                    return (lo + hi) / 2;
                }
                r = next;
            }
            return Double.NaN;
        };
    }

    private static double above(DoubleBinaryOperator h, double[] eye, double[] ray, double r) {
        return eye[2] + r * ray[2] - h.applyAsDouble(eye[0] + r * ray[0], eye[1] + r * ray[1]);
    }

    /** Waves in several directions: pairs of wavelength and RMS height, metres. */
    static DoubleBinaryOperator waves(double... waves) {
        Random r = new Random(5);
        double[][] w = new double[waves.length / 2 * 5][];
        for (int k = 0; k < w.length; k++) {
            double a = r.nextDouble() * Math.PI;
            double f = 2 * Math.PI / waves[2 * (k / 5)];
            w[k] = new double[] {
                f * Math.cos(a),
                f * Math.sin(a),
                2 * Math.PI * r.nextDouble(),
                waves[2 * (k / 5) + 1] * Math.sqrt(2 / 5.0)
            };
        }
        return (x, y) -> {
            double h = 0;
            for (double[] k : w) {
                h += k[3] * Math.sin(k[0] * x + k[1] * y + k[2]);
            }
            return h;
        };
    }

    /** Self-affine relief of octaves from {@code coarse} to {@code fine}, RMS height of the coarsest, Hurst exponent. */
    static DoubleBinaryOperator rough(double coarse, double fine, double rms, double hurst) {
        List<Double> w = new ArrayList<>();
        for (double l = coarse; l >= fine; l /= 1.6) {
            w.add(l);
            w.add(rms * Math.pow(l / coarse, hurst));
        }
        return waves(w.stream().mapToDouble(Double::doubleValue).toArray());
    }

    // --- rays

    /** A scanner's grid around the horizon: steps of azimuth and elevation, radians. */
    static Rays grid(double az, double el, double low, double high) {
        return (random, to) -> {
            for (double e = low; e < high; e += el) {
                for (double a = 0; a < 2 * Math.PI; a += az) {
                    to.accept(new double[] {Math.cos(e) * Math.cos(a), Math.cos(e) * Math.sin(a), Math.sin(e)});
                }
            }
        };
    }

    /** n x m rays in a fan about a direction, half as wide as {@code wide} and {@code high}, jittered by so many steps. */
    static Rays fan(double[] about, double wide, double high, int n, int m, double jitter) {
        double[][] f = frame(about);
        return (random, to) -> {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < m; j++) {
                    double a = wide * (2 * (i + jitter * (random.nextDouble() - 0.5)) / (n - 1) - 1);
                    double b = high * (2 * (j + jitter * (random.nextDouble() - 0.5)) / (m - 1) - 1);
                    to.accept(turn(f, a, b));
                }
            }
        };
    }

    /** n rays at random in a fan, none in a round hole in its middle. */
    static Rays random(double[] about, double wide, int n, double hole) {
        double[][] f = frame(about);
        return (random, to) -> {
            for (int i = 0; i < n; i++) {
                double a = wide * (2 * random.nextDouble() - 1);
                double b = wide * (2 * random.nextDouble() - 1);
                if (a * a + b * b >= hole * hole) {
                    to.accept(turn(f, a, b));
                }
            }
        };
    }

    private static double[] turn(double[][] f, double a, double b) {
        double[] d = new double[3];
        double l = Math.sqrt(1 + a * a + b * b);
        for (int k = 0; k < 3; k++) {
            d[k] = (f[0][k] + a * f[1][k] + b * f[2][k]) / l;
        }
        return d;
    }

    static double[] unit(double... v) {
        double l = Math.sqrt(dot(v, v));
        return new double[] {v[0] / l, v[1] / l, v[2] / l};
    }

    private static double[][] frame(double[] about) {
        double[] n = unit(about);
        double[] e = Math.abs(n[2]) > 0.7 ? unit(0, -n[2], n[1]) : unit(-n[1], n[0], 0);
        double[] f = {n[1] * e[2] - n[2] * e[1], n[2] * e[0] - n[0] * e[2], n[0] * e[1] - n[1] * e[0]};
        return new double[][] {n, e, f};
    }

    static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }
}
