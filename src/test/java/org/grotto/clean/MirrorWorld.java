package org.grotto.clean;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Pose;
import org.grotto.scene.Station;
import org.grotto.sight.Contradiction;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.Store;
import org.grotto.store.Threads;
import org.jspecify.annotations.Nullable;

/**
 * A scene of rooms cut out of stone and of things in them, scanned by rays that mirrors turn: such a ray's echo is written
 * down straight ahead, as far as the way was long.
 */
final class MirrorWorld {
    private static final ColumnType COPY = ColumnType.choice("copy", ColumnType.Kind.UINT8, "test");

    /** A distance that is never too long, negative inside. */
    interface Solid {
        double at(double x, double y, double z);
    }

    /** A rectangle; of the rays on its front some come straight back, some are lost, the rest go on, turned or through. */
    record Pane(double[] c, double[] n, double[] t, double a, double b, double direct, double lost, boolean turns) {}

    private final List<Solid> air = new ArrayList<>();
    private final List<Solid> stone = new ArrayList<>();
    private final List<Pane> panes = new ArrayList<>();
    private final List<double[]> points = new ArrayList<>();
    final List<double @Nullable []> eyes = new ArrayList<>();
    private final Random random;
    final double noise;
    private double bumps;

    MirrorWorld(long seed, double noise) {
        this.random = new Random(seed);
        this.noise = noise;
    }

    static Solid box(double x0, double y0, double z0, double x1, double y1, double z1) {
        return (x, y, z) -> {
            double qx = Math.abs(x - (x0 + x1) / 2) - (x1 - x0) / 2;
            double qy = Math.abs(y - (y0 + y1) / 2) - (y1 - y0) / 2;
            double qz = Math.abs(z - (z0 + z1) / 2) - (z1 - z0) / 2;
            double ox = Math.max(qx, 0);
            double oy = Math.max(qy, 0);
            double oz = Math.max(qz, 0);
            return Math.sqrt(ox * ox + oy * oy + oz * oz) + Math.min(0, Math.max(qx, Math.max(qy, qz)));
        };
    }

    static Solid ball(double cx, double cy, double cz, double r) {
        return (x, y, z) -> Math.sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy) + (z - cz) * (z - cz)) - r;
    }

    static Solid ellipsoid(double cx, double cy, double cz, double rx, double ry, double rz) {
        double least = Math.min(rx, Math.min(ry, rz));
        return (x, y, z) -> {
            double a = (x - cx) / rx;
            double b = (y - cy) / ry;
            double c = (z - cz) / rz;
            return (Math.sqrt(a * a + b * b + c * c) - 1) * least;
        };
    }

    /** An upright cylinder. */
    static Solid pillar(double cx, double cy, double r, double z0, double z1) {
        return (x, y, z) -> Math.max(Math.hypot(x - cx, y - cy) - r, Math.abs(z - (z0 + z1) / 2) - (z1 - z0) / 2);
    }

    /** A lying one along y. */
    static Solid vault(double cx, double cz, double r, double y0, double y1) {
        return (x, y, z) -> Math.max(Math.hypot(x - cx, z - cz) - r, Math.abs(y - (y0 + y1) / 2) - (y1 - y0) / 2);
    }

    /** A statue that no mirror leaves as it is. */
    static Solid statue(double x, double y, double z) {
        Solid[] s = {
            box(x - 0.35, y - 0.3, z, x + 0.35, y + 0.3, z + 0.4),
            ellipsoid(x, y, z + 0.9, 0.32, 0.25, 0.55),
            ball(x + 0.03, y + 0.02, z + 1.55, 0.16),
            ellipsoid(x + 0.34, y + 0.1, z + 0.95, 0.1, 0.12, 0.35),
            ball(x - 0.3, y + 0.2, z + 0.7, 0.12)
        };
        return (px, py, pz) -> {
            double d = Double.MAX_VALUE;
            for (Solid o : s) {
                d = Math.min(d, o.at(px, py, pz));
            }
            return d;
        };
    }

    MirrorWorld air(Solid s) {
        air.add(s);
        return this;
    }

    MirrorWorld stone(Solid s) {
        stone.add(s);
        return this;
    }

    /** Makes all surfaces uneven by so much. */
    MirrorWorld bumps(double bumps) {
        this.bumps = bumps;
        return this;
    }

    MirrorWorld pane(double[] c, double[] n, double[] t, double width, double height, double direct, double lost) {
        panes.add(new Pane(c, unit(n), unit(t), width / 2, height / 2, direct, lost, true));
        return this;
    }

    MirrorWorld glass(double[] c, double[] n, double[] t, double width, double height, double direct, double lost) {
        panes.add(new Pane(c, unit(n), unit(t), width / 2, height / 2, direct, lost, false));
        return this;
    }

    private static double[] unit(double[] v) {
        double l = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        return new double[] {v[0] / l, v[1] / l, v[2] / l};
    }

    private double free(double x, double y, double z) {
        double in = -Double.MAX_VALUE;
        for (Solid s : air) {
            in = Math.max(in, -s.at(x, y, z));
        }
        for (Solid s : stone) {
            in = Math.min(in, s.at(x, y, z));
        }
        if (bumps > 0 && in < 4 * bumps) {
            in -= bumps * Math.sin(5.3 * x + 1.1 * y) * Math.sin(4.1 * y + 2.3 * z) * Math.sin(6.2 * z + 1.7 * x + 0.4);
            in *= 0.7;
        }
        return in;
    }

    private double march(double[] o, double[] d, double most) {
        double t = 1e-4;
        for (int k = 0; k < 400; k++) {
            double f = free(o[0] + t * d[0], o[1] + t * d[1], o[2] + t * d[2]);
            if (f < 2e-5) {
                return t;
            }
            t += f;
            if (t > most) {
                return t;
            }
        }
        return t;
    }

    /** Rays {@code step} radians apart from an eye. */
    MirrorWorld scan(double ex, double ey, double ez, double step) {
        int station = eyes.size();
        eyes.add(new double[] {ex, ey, ez});
        for (double v = -1.35; v < 1.5; v += step) {
            for (double u = random.nextDouble() * step; u < 2 * Math.PI; u += step / Math.max(0.05, Math.cos(v))) {
                ray(station, new double[] {Math.cos(u) * Math.cos(v), Math.sin(u) * Math.cos(v), Math.sin(v)});
            }
        }
        return this;
    }

    private void ray(int station, double[] first) {
        double[] e = java.util.Objects.requireNonNull(eyes.get(station));
        double[] o = e.clone();
        double[] d = first.clone();
        double way = 0;
        boolean copy = false;
        for (int bounce = 0; bounce < 5; bounce++) {
            double t = march(o, d, 60);
            Pane at = null;
            boolean front = false;
            for (Pane p : panes) {
                double dn = d[0] * p.n[0] + d[1] * p.n[1] + d[2] * p.n[2];
                double h = (p.c[0] - o[0]) * p.n[0] + (p.c[1] - o[1]) * p.n[1] + (p.c[2] - o[2]) * p.n[2];
                double tp = h / dn;
                if (!(tp > 1e-6) || tp >= t) {
                    continue;
                }
                double[] w = {o[0] + tp * d[0] - p.c[0], o[1] + tp * d[1] - p.c[1], o[2] + tp * d[2] - p.c[2]};
                double[] b = {
                    p.n[1] * p.t[2] - p.n[2] * p.t[1],
                    p.n[2] * p.t[0] - p.n[0] * p.t[2],
                    p.n[0] * p.t[1] - p.n[1] * p.t[0]
                };
                if (Math.abs(w[0] * p.t[0] + w[1] * p.t[1] + w[2] * p.t[2]) <= p.a
                        && Math.abs(w[0] * b[0] + w[1] * b[1] + w[2] * b[2]) <= p.b) {
                    t = tp;
                    at = p;
                    front = dn < 0;
                }
            }
            if (t >= 60) {
                return;
            }
            way += t;
            double chance = at == null || !front && at.turns ? 0 : random.nextDouble();
            if (at == null || !front && at.turns || chance < at.direct) {
                double r = way + noise * random.nextGaussian();
                points.add(new double[] {
                    e[0] + r * first[0], e[1] + r * first[1], e[2] + r * first[2], station, copy ? 1 : 0
                });
                return;
            }
            if (chance < at.direct + at.lost) {
                return;
            }
            for (int k = 0; k < 3; k++) {
                o[k] += t * d[k];
            }
            if (at.turns) {
                double dn = 2 * (d[0] * at.n[0] + d[1] * at.n[1] + d[2] * at.n[2]);
                for (int k = 0; k < 3; k++) {
                    d[k] -= dn * at.n[k];
                }
                copy = true;
            }
        }
    }

    Cloud cloud() {
        int n = points.size();
        int[][] xyz = new int[3][n];
        char[] station = new char[n];
        byte[] copy = new byte[n];
        for (int i = 0; i < n; i++) {
            double[] p = points.get(i);
            for (int a = 0; a < 3; a++) {
                xyz[a][i] = (int) Math.rint(p[a] * 1e6);
            }
            station[i] = (char) p[3];
            copy[i] = (byte) p[4];
        }
        return new Cloud(
                new Lattice(0, 0, 0, 1e-6),
                xyz[0],
                xyz[1],
                xyz[2],
                Columns.NONE.with(Columns.STATION, station).with(COPY, copy));
    }

    /** What was found: copies, how many of them are marked, real points, how many of these are; and the planes. */
    record Outcome(long copies, long marked, long real, long lost, List<Reflection> planes) {
        double share() {
            return copies == 0 ? 1 : marked / (double) copies;
        }
    }

    /** The whole cleaning; noise is measured, not known. */
    Outcome clean() {
        List<Station> stations = new ArrayList<>();
        for (double[] e : eyes) {
            Pose pose = e == null ? null : new Pose(1, 0, 0, 0, e[0], e[1], e[2]);
            stations.add(new Station("s" + stations.size(), "test", null, pose, 1));
        }
        try (Work work = Work.silent()) {
            Cleaned c = Clean.run(cloud(), stations, CleanOptions.DEFAULTS, work);
            long[] in = count(c.store(), false);
            long[] out = c.aside() == null ? new long[2] : count(c.aside(), true);
            return new Outcome(
                    in[1] + out[1], out[1], in[0] + out[0], out[0], c.report().reflections());
        }
    }

    /** Real points and copies, all of them or those that are taken for reflections. */
    private static long[] count(Store store, boolean reflected) {
        long[] n = new long[2];
        byte[] copy = store.whole().columns.bytes("copy");
        byte[] why = store.whole().columns.bytes(Contradiction.COLUMN.name());
        for (int i = 0; copy != null && i < copy.length; i++) {
            n[copy[i]] += !reflected || why != null && why[i] == Contradiction.REFLECTED.code() ? 1 : 0;
        }
        return n;
    }

    Outcome run() {
        return run(20_000);
    }

    Outcome run(int target) {
        double[] sigma = new double[eyes.size()];
        Arrays.fill(sigma, noise);
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            Store store = engine.store(cloud(), target);
            Reflections.Found found = Reflections.mark(store, eyes, sigma, engine);
            long[] c = new long[4];
            for (long[] part : engine.map(found.store(), Craft.of(Set.of("copy", "reason"), 0, (region, w) -> {
                long[] n = new long[4];
                byte[] copy = region.cloud().columns.bytes("copy");
                byte[] reason = Outliers.reason(region);
                for (int i = region.from(); i < region.to(); i++) {
                    int k = copy[i] == 1 ? 0 : 2;
                    n[k]++;
                    n[k + 1] += reason[i - region.from()] == Removed.REFLECTED ? 1 : 0;
                }
                return n;
            }))) {
                for (int k = 0; k < 4; k++) {
                    c[k] += part[k];
                }
            }
            return new Outcome(c[0], c[1], c[2], c[3], found.planes());
        }
    }
}
