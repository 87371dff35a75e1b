package org.grotto.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.grotto.align.Registered;
import org.grotto.align.Registration;
import org.grotto.base.Work;
import org.grotto.clean.Clean;
import org.grotto.clean.CleanOptions;
import org.grotto.clean.Cleaned;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Pose;
import org.grotto.geometry.TriangleTree;
import org.grotto.scene.Station;
import org.grotto.simulate.Cave;
import org.grotto.store.Threads;
import org.grotto.surface.Conflicts;
import org.grotto.surface.Poisson;
import org.grotto.surface.PoissonOptions;
import org.grotto.surface.Trim;
import org.grotto.surface.TrimOptions;

/**
 * Scans of scenes in closed form with dust in the air and things that stand in one scan alone; what became of stone and
 * of these is known by point.
 */
final class DustyScans {
    /** Where a ray from {@code eye} along the unit vector {@code ray} meets stone: its range, metres, or infinity. */
    interface Stone {
        double range(double[] eye, double[] ray);
    }

    /** Whether a place is in the air, where dust may hang. */
    interface Air {
        boolean at(double x, double y, double z);
    }

    /** What a point is of. */
    static final ColumnType KIND = ColumnType.choice("kind", ColumnType.Kind.UINT8, "test");

    static final byte STONE = 0;
    static final byte DUST = 1;
    static final byte VISITOR = 2;

    final List<double[]> points = new ArrayList<>();
    final List<double[]> eyes = new ArrayList<>();
    /** Where the scans truly stood, and what stood in each of them alone. */
    final List<double[]> stood = new ArrayList<>();

    final List<Stone> visitors = new ArrayList<>();
    private final Random random;
    private final Stone stone;
    private final double noise;
    /** By what the next scan's pose is wrong, metres. */
    double[] misplaced = {0, 0, 0};

    DustyScans(Stone stone, double noise, long seed) {
        this.stone = stone;
        this.noise = noise;
        this.random = new Random(seed);
    }

    /**
     * A scan of rays {@code step} apart.
     *
     * @param visitor what stands before the stone in this scan alone, or null
     * @param dust share of the rays that end between a tenth and nine tenths of their way
     */
    DustyScans scan(double[] eye, double step, Stone visitor, double dust) {
        int station = eyes.size();
        stood.add(eye.clone());
        visitors.add(visitor == null ? (e, d) -> Double.POSITIVE_INFINITY : visitor);
        eyes.add(new double[] {eye[0] + misplaced[0], eye[1] + misplaced[1], eye[2] + misplaced[2]});
        double turn = random.nextDouble();
        for (double v = -1.3; v < 1.55; v += step) {
            for (double u = turn * step; u < 2 * Math.PI; u += step / Math.max(0.05, Math.cos(v))) {
                double[] d = {Math.cos(u) * Math.cos(v), Math.sin(u) * Math.cos(v), Math.sin(v)};
                double r = stone.range(eye, d);
                byte kind = STONE;
                double before = visitor == null ? Double.POSITIVE_INFINITY : visitor.range(eye, d);
                if (before < r) {
                    r = before;
                    kind = VISITOR;
                }
                if (!(r < 100)) {
                    continue;
                }
                r += noise * random.nextGaussian();
                if (random.nextDouble() < dust) {
                    r *= 0.1 + 0.8 * random.nextDouble();
                    kind = DUST;
                }
                double[] p = new double[5];
                for (int a = 0; a < 3; a++) {
                    p[a] = eye[a] + misplaced[a] + r * d[a];
                }
                p[3] = station;
                p[4] = kind;
                points.add(p);
            }
        }
        return this;
    }

    /** Dust spread evenly in the air of a box: so many of a hundred points that there are. */
    DustyScans haze(double percent, double[] from, double[] to, Air air) {
        int n = (int) (points.size() * percent / 100);
        while (n > 0) {
            double[] p = new double[5];
            for (int a = 0; a < 3; a++) {
                p[a] = from[a] + random.nextDouble() * (to[a] - from[a]);
            }
            if (air.at(p[0], p[1], p[2])) {
                p[3] = random.nextInt(eyes.size());
                p[4] = DUST;
                points.add(p);
                n--;
            }
        }
        return this;
    }

    /** Whether another scan, or as many others as asked, truly saw {@code margin} metres past a place. */
    boolean seenThrough(double[] p, double margin, int least) {
        int n = 0;
        for (int o = 0; o < stood.size(); o++) {
            if (o == (int) p[3]) {
                continue;
            }
            double[] e = stood.get(o);
            double[] d = {p[0] - e[0], p[1] - e[1], p[2] - e[2]};
            double r = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
            double[] ray = {d[0] / r, d[1] / r, d[2] / r};
            double past = Math.min(stone.range(e, ray), visitors.get(o).range(e, ray));
            n += past > r + margin && past < 100 && Math.asin(ray[2]) > -1.3 ? 1 : 0;
        }
        return n >= least;
    }

    Cloud cloud(boolean stations) {
        int n = points.size();
        int[][] xyz = new int[3][n];
        char[] station = new char[n];
        byte[] kind = new byte[n];
        for (int i = 0; i < n; i++) {
            double[] p = points.get(i);
            for (int a = 0; a < 3; a++) {
                xyz[a][i] = (int) Math.rint(p[a] * 1e6);
            }
            station[i] = (char) p[3];
            kind[i] = (byte) p[4];
        }
        Columns c = Columns.NONE.with(KIND, kind);
        return new Cloud(
                new Lattice(0, 0, 0, 1e-6), xyz[0], xyz[1], xyz[2], stations ? c.with(Columns.STATION, station) : c);
    }

    List<Station> stations() {
        List<Station> out = new ArrayList<>();
        for (double[] e : eyes) {
            out.add(new Station("s" + out.size(), "test", null, new Pose(1, 0, 0, 0, e[0], e[1], e[2]), 0));
        }
        return out;
    }

    /**
     * @param kept by what points are of, how many cleaning left
     * @param all how many there were
     * @param covered share of the stone's points within 15 mm of surface that is marked measured
     * @param closed measured area over that of all closed surface
     * @param wrong share of the measured surface that hangs in the air: some station looks past it by 30 mm
     */
    record Found(
            long[] kept,
            long[] all,
            double covered,
            double closed,
            double wrong,
            Cleaned cleaned,
            Trim.Result trim,
            Conflicts.Result judged) {}

    /** The whole way to a trimmed surface. */
    Found run(boolean stations, CleanOptions.Side side) {
        try (Work work = Work.silent()) {
            Threads engine = new Threads(work);
            Cloud cloud = cloud(stations);
            List<Station> told = stations ? stations() : List.of();
            Cleaned c = Clean.run(cloud, told, CleanOptions.DEFAULTS.withSide(side), work);
            Mesh closed = Poisson.reconstruct(c.cloud(), PoissonOptions.DEFAULTS, work)
                    .mesh();
            Trim.Result trim = Trim.apply(closed, c.store(), c.sights().maps(), TrimOptions.DEFAULTS, engine);
            double[] spacing = new double[told.size()];
            c.report()
                    .stations()
                    .forEach(s -> spacing[s.station()] = s.spacing().p95());
            Registered registered =
                    Registration.of(c.store(), stations ? new ArrayList<>(eyes) : List.of(), spacing, engine);
            Conflicts.Result judged = Conflicts.mark(
                    trim.mesh(), c.store(), c.aside(), c.sights(), Aligning.wrong(registered, c.sights()), engine);
            long[] kept = new long[3];
            for (byte k : c.cloud().columns.bytes(KIND.name())) {
                kept[k]++;
            }
            long[] all = new long[3];
            for (double[] p : points) {
                all[(int) p[4]]++;
            }
            Mesh measured = measured(judged.mesh());
            TriangleTree tree = new TriangleTree(measured, work);
            int n = 0;
            int near = 0;
            for (int i = 0; i < points.size(); i += 7) {
                double[] p = points.get(i);
                if (p[4] == STONE) {
                    n++;
                    near += tree.distance(p[0], p[1], p[2], 0.015) < 0.015 ? 1 : 0;
                }
            }
            return new Found(
                    kept,
                    all,
                    (double) near / n,
                    trim.areaMeasured() / trim.areaGiven(),
                    wrong(measured),
                    c,
                    trim,
                    judged);
        }
    }

    /** The triangles of which all corners are marked measured. */
    static Mesh measured(Mesh m) {
        byte[] e = m.evidence();
        int[] t = new int[m.triangles.length];
        int n = 0;
        for (int k = 0; k < t.length; k += 3) {
            boolean all = true;
            for (int c = 0; c < 3; c++) {
                all &= (e[m.triangles[k + c]] & 255) >= 128;
            }
            if (all) {
                System.arraycopy(m.triangles, k, t, n, 3);
                n += 3;
            }
        }
        return new Mesh(m.originX, m.originY, m.originZ, m.xyz, null, null, null, java.util.Arrays.copyOf(t, n));
    }

    /** Share of the area that lies further than 3 cm off all stone, asked of the eyes. */
    private double wrong(Mesh m) {
        double all = 0;
        double off = 0;
        for (int k = 0; k < m.triangles.length; k += 3) {
            double[] c = new double[3];
            double[][] p = new double[3][3];
            for (int a = 0; a < 3; a++) {
                double o = a == 0 ? m.originX : a == 1 ? m.originY : m.originZ;
                for (int b = 0; b < 3; b++) {
                    p[b][a] = o + m.xyz[3 * m.triangles[k + b] + a];
                    c[a] += p[b][a] / 3;
                }
            }
            double area = area(p);
            all += area;
            // in the air: some eye looks past it by 3 cm
            boolean air = false;
            for (double[] e : eyes) {
                double[] d = {c[0] - e[0], c[1] - e[1], c[2] - e[2]};
                double r = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
                air |= stone.range(e, new double[] {d[0] / r, d[1] / r, d[2] / r}) > r + 0.03;
            }
            off += air ? area : 0;
        }
        return off / all;
    }

    private static double area(double[][] p) {
        double[] u = new double[3];
        double[] v = new double[3];
        for (int a = 0; a < 3; a++) {
            u[a] = p[1][a] - p[0][a];
            v[a] = p[2][a] - p[0][a];
        }
        double x = u[1] * v[2] - u[2] * v[1];
        double y = u[2] * v[0] - u[0] * v[2];
        double z = u[0] * v[1] - u[1] * v[0];
        return Math.sqrt(x * x + y * y + z * z) / 2;
    }

    // --- what stands

    static Stone nearest(Stone... all) {
        return (e, d) -> {
            double r = Double.POSITIVE_INFINITY;
            for (Stone s : all) {
                r = Math.min(r, s.range(e, d));
            }
            return r;
        };
    }

    /** The inside of a box from the origin. */
    static Stone room(double... size) {
        return (e, d) -> {
            double best = Double.POSITIVE_INFINITY;
            for (int a = 0; a < 3; a++) {
                if (d[a] != 0) {
                    best = Math.min(best, ((d[a] > 0 ? size[a] : 0) - e[a]) / d[a]);
                }
            }
            return best;
        };
    }

    static Stone ball(double x, double y, double z, double radius) {
        return (e, d) -> {
            double[] o = {e[0] - x, e[1] - y, e[2] - z};
            double b = o[0] * d[0] + o[1] * d[1] + o[2] * d[2];
            double q = b * b - (o[0] * o[0] + o[1] * o[1] + o[2] * o[2] - radius * radius);
            double t = -b - Math.sqrt(q);
            return q >= 0 && t > 0 ? t : Double.POSITIVE_INFINITY;
        };
    }

    /** An upright cylinder with a flat top. */
    static Stone drum(double x, double y, double radius, double from, double to) {
        return (e, d) -> {
            double ex = e[0] - x;
            double ey = e[1] - y;
            double a = d[0] * d[0] + d[1] * d[1];
            double b = ex * d[0] + ey * d[1];
            double q = b * b - a * (ex * ex + ey * ey - radius * radius);
            double best = Double.POSITIVE_INFINITY;
            if (a > 0 && q >= 0) {
                double t = (-b - Math.sqrt(q)) / a;
                double z = e[2] + t * d[2];
                best = t > 0 && z >= from && z <= to ? t : best;
            }
            for (double z : new double[] {from, to}) {
                double t = (z - e[2]) / d[2];
                double px = ex + t * d[0];
                double py = ey + t * d[1];
                if (t > 0 && px * px + py * py <= radius * radius) {
                    best = Math.min(best, t);
                }
            }
            return best;
        };
    }

    static Stone cave(Cave c) {
        return (e, d) -> {
            double t = c.trace(e[0], e[1], e[2], d[0], d[1], d[2], 0, 60);
            return Double.isNaN(t) ? Double.POSITIVE_INFINITY : t;
        };
    }

    /** Someone who stands there, 1.7 m high. */
    static Stone person(double x, double y) {
        return nearest(drum(x, y, 0.22, 0, 1.45), ball(x, y, 1.57, 0.13));
    }
}
