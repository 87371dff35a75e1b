package org.grotto.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointWriter;
import org.grotto.format.Scan;
import org.grotto.format.e57.E57WriteOptions;
import org.grotto.format.e57.E57Writer;
import org.grotto.format.las.LasWriteOptions;
import org.grotto.format.las.LasWriter;
import org.grotto.format.ply.PlyWriter;
import org.grotto.geometry.Pose;

/**
 * The scans of a {@link KnownCave}, each told in another way:
 *
 * <ul>
 *   <li>S1: E57, normals, colours of 8 bits, intensity in whole numbers with limits 0 to 1000;
 *   <li>S2: E57, normals, colours of 16 bits, intensity as single precision with limits 100 to 4100;
 *   <li>S3: PLY in the scanner's frame, placed by the project; normals, colours of 8 bits, intensity without limits;
 *   <li>S4: LAS in the world's frame, its position told; no normals, colours of 8 bits in 16-bit fields;
 *   <li>close: E57, a window on the dome's front, {@link #CLOSER} times as fine.
 * </ul>
 *
 * Rays have even solid angles; noise is along the rays. Stray points, mixed pixels and doubles are planted and known
 * by station and row.
 */
final class KnownScans {
    /** Angle between rays, rad. */
    static final double STEP = 0.024;

    static final double CLOSER = 4;
    static final double SIGMA = 0.001;
    /** Scatter of a point's colour, of 0 to 1. */
    static final double GRAIN = 0.02;

    static final int DOUBLES = 57;
    static final int STRAYS = 14;
    static final int CLUMPS = 2;
    /** Rows from which planted points are told. */
    static final int STRAY = 5000;

    static final int CLUMP = 6000;
    static final int HIGH = 7000;
    static final int LOW = 8000;

    /** Angle that a ray from S1 to S4 can have from the zenith at most: the tripod hides the rest. */
    private static final double SWEEP = Math.toRadians(178);
    /** A step between neighbouring ranges at which pixels are mixed, metres. */
    private static final double STEEP = 0.5;

    /** A scanner as it stood in the room. */
    record Stand(String name, Pose pose) {
        double[] eye() {
            return new double[] {pose.tx(), pose.ty(), pose.tz()};
        }

        Pose inWorld() {
            return KnownCave.FRAME.after(pose);
        }
    }

    static final List<Stand> STANDS = List.of(
            new Stand("S1", KnownCave.turned(0.12, -0.05, 0.9, -1.0, -0.75, 1.5)),
            new Stand("S2", KnownCave.turned(-0.07, 0.10, 3.5, 0.95, 0.6, 1.1)),
            new Stand("S3", KnownCave.turned(0.03, 0.15, -1.2, -0.7, 0.8, 1.0)),
            new Stand("S4", KnownCave.turned(0, 0, 0, 0.7, -0.95, 1.3)),
            new Stand("close", KnownCave.turned(0, 0.25, Math.PI / 2, 0.2, -0.75, 0.75)));

    /** A point of the room: place with noise, true normal, ray, colour and reflectance as measured. */
    record Shot(double[] at, double[] normal, int row, int col, double[] rgb, double reflects) {}

    /** Of each station. */
    final List<List<Shot>> shots = new ArrayList<>();
    /** Rays of each station that end between the dome and what lies behind it, as {@code row << 16 | col}. */
    final List<Set<Integer>> mixed = new ArrayList<>();

    final Map<Long, Shot> byRay = new HashMap<>();

    KnownScans() {
        for (int s = 0; s < STANDS.size(); s++) {
            Random random = new Random(100 + s);
            shots.add(new ArrayList<>());
            mixed.add(new TreeSet<>());
            if (s < 4) {
                around(s, random);
            } else {
                window(s, random);
            }
        }
        strays(new Random(7));
        hanging(new Random(8));
        for (int s = 0; s < STANDS.size(); s++) {
            for (Shot p : shots.get(s)) {
                byRay.put(key(s, p.row, p.col), p);
            }
        }
    }

    static long key(int station, int row, int col) {
        return (long) station << 32 | row << 16 | col;
    }

    long count() {
        return shots.stream().mapToLong(List::size).sum() + DOUBLES;
    }

    private static double[] direction(Pose pose, double polar, double azimuth) {
        return KnownCave.turn(
                pose, Math.sin(polar) * Math.cos(azimuth), Math.sin(polar) * Math.sin(azimuth), Math.cos(polar));
    }

    private void around(int s, Random random) {
        Stand stand = STANDS.get(s);
        int rows = (int) (SWEEP / STEP);
        for (int row = 0; row < rows; row++) {
            double polar = (row + 0.5) * STEP;
            int cols = (int) Math.rint(2 * Math.PI * Math.sin(polar) / STEP);
            double[] range = new double[cols];
            double[][] d = new double[cols][];
            for (int col = 0; col < cols; col++) {
                d[col] = direction(stand.pose, polar, 2 * Math.PI * (col + 0.5 * (row & 1)) / cols);
                range[col] = KnownCave.range(stand.eye(), d[col]);
            }
            for (int col = 0; col < cols; col++) {
                double nearer = Math.min(range[(col + 1) % cols], range[(col + cols - 1) % cols]);
                // S1 and S2 have broad beams; each second row keeps a clean edge
                if (s < 2 && row % 2 == 0 && range[col] - nearer > STEEP) {
                    double r = nearer + (0.3 + 0.4 * random.nextDouble()) * (range[col] - nearer);
                    shot(
                            s,
                            row,
                            col,
                            along(stand.eye(), r, d[col]),
                            KnownCave.normal(along(stand.eye(), nearer, d[col])),
                            random);
                    mixed.get(s).add(row << 16 | col);
                } else if (!Double.isNaN(range[col])) {
                    measured(s, row, col, along(stand.eye(), range[col], d[col]), random);
                }
            }
        }
    }

    private void window(int s, Random random) {
        Stand stand = STANDS.get(s);
        int half = (int) (0.25 * CLOSER / STEP);
        for (int row = 0; row < 2 * half; row++) {
            for (int col = 0; col < 2 * half; col++) {
                double u = (col - half + 0.5) * STEP / CLOSER;
                double v = (half - row - 0.5) * STEP / CLOSER;
                double l = Math.sqrt(1 + u * u + v * v);
                double[] d = KnownCave.turn(stand.pose, 1 / l, u / l, v / l);
                double[] p = along(stand.eye(), KnownCave.range(stand.eye(), d), d);
                if (KnownCave.onDome(p)) {
                    measured(s, row, col, p, random);
                }
            }
        }
    }

    private static double[] along(double[] eye, double t, double[] d) {
        return new double[] {eye[0] + t * d[0], eye[1] + t * d[1], eye[2] + t * d[2]};
    }

    private void measured(int s, int row, int col, double[] p, Random random) {
        double[] n = KnownCave.normal(p);
        double[] eye = STANDS.get(s).eye();
        double x = p[0] - eye[0];
        double y = p[1] - eye[1];
        double z = p[2] - eye[2];
        double longer = 1 + SIGMA * random.nextGaussian() / Math.sqrt(x * x + y * y + z * z);
        shot(s, row, col, along(eye, longer, new double[] {x, y, z}), n, random);
    }

    private void shot(int s, int row, int col, double[] p, double[] n, Random random) {
        double[] rgb = KnownCave.paint(p);
        for (int k = 0; k < 3; k++) {
            rgb[k] = Math.clamp(rgb[k] + GRAIN * random.nextGaussian(), 0, 1);
        }
        shots.get(s).add(new Shot(p, n, row, col, rgb, KnownCave.reflects(p)));
    }

    /** S1: single points in the air, and clumps of six: below a thousandth of all points, else they count as sparse stone. */
    private void strays(Random random) {
        List<double[]> taken = new ArrayList<>();
        while (taken.size() < STRAYS + CLUMPS) {
            double[] p = {3 * random.nextDouble() - 1.5, 2.4 * random.nextDouble() - 1.2, 2.2 * random.nextDouble()};
            if (KnownCave.distance(p) > 0.3 && taken.stream().allMatch(q -> apart(p, q) > 0.3)) {
                taken.add(p);
            }
        }
        for (int k = 0; k < STRAYS + CLUMPS; k++) {
            double[] p = taken.get(k);
            if (k < STRAYS) {
                shot(0, STRAY + k, 0, p, new double[] {0, 0, 1}, random);
                continue;
            }
            for (int i = 0; i < 6; i++) {
                double[] q = {
                    p[0] + 0.004 * random.nextGaussian(),
                    p[1] + 0.004 * random.nextGaussian(),
                    p[2] + 0.004 * random.nextGaussian()
                };
                shot(0, CLUMP + k, i, q, new double[] {0, 0, 1}, random);
            }
        }
    }

    /**
     * S2: points before the wall y = -WIDE. The mean distance to twelve neighbours at spacing s is 1.3 s on a surface; at
     * the height h it is sqrt(h^2 + 1.9 s^2): three times as much at 3.6 s.
     */
    private void hanging(Random random) {
        List<double[]> all = new ArrayList<>();
        shots.forEach(list -> list.forEach(p -> all.add(p.at)));
        for (int k = 0; k < 24; k++) {
            double[] on = {-0.9 + 1.8 * (k % 6) / 5, -KnownCave.WIDE, 0.6 + 0.3 * (k / 6)};
            double[] d = all.stream()
                    .mapToDouble(q -> apart(on, q))
                    .filter(a -> a < 0.3)
                    .sorted()
                    .toArray();
            double spacing = d[11] * Math.sqrt(Math.PI / 12);
            boolean high = k % 2 == 0;
            double[] p = {on[0], on[1] + (high ? 4.6 : 2.5) * spacing, on[2]};
            shot(1, (high ? HIGH : LOW) + k, 0, p, new double[] {0, 1, 0}, random);
        }
    }

    static double apart(double[] a, double[] b) {
        return Math.sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) + (a[2] - b[2]) * (a[2] - b[2]));
    }

    /** What S1 and "close" store for a reflectance. */
    static double thousandths(double reflects) {
        return Math.rint(1000 * reflects);
    }

    /** What S2 stores for a reflectance. */
    static double shifted(double reflects) {
        return (float) (100 + 4000 * reflects);
    }

    /** Writes the files; gives them as a project names them. */
    List<ScanFile> write(Path dir, Work work) {
        Path e57 = dir.resolve("rooms.e57");
        try (E57Writer w = new E57Writer(e57, E57WriteOptions.DEFAULTS)) {
            for (int s : new int[] {0, 1, 4}) {
                boolean wide = s == 1;
                List<Column> columns = new ArrayList<>(grid());
                columns.addAll(normals());
                columns.addAll(colours(wide ? Column.Type.UINT16 : Column.Type.UINT8, wide ? 65535 : 255));
                columns.add(
                        wide
                                ? Column.of(Column.INTENSITY, Column.Type.FLOAT, 100, 4100)
                                : Column.of(Column.INTENSITY, Column.Type.UINT16, 0, 1000));
                write(
                        w,
                        s,
                        columns,
                        STANDS.get(s).inWorld(),
                        STANDS.get(s).pose,
                        p -> wide ? shifted(p.reflects) : thousandths(p.reflects));
            }
        }
        Path ply = dir.resolve("third.ply");
        List<Column> columns = new ArrayList<>(grid());
        columns.addAll(normals());
        columns.addAll(colours(Column.Type.UINT8, Double.NaN));
        columns.add(Column.of(Column.INTENSITY, Column.Type.FLOAT));
        try (PlyWriter w = new PlyWriter(ply, List.of(scan(2, columns, null)))) {
            write(w, 2, columns, null, STANDS.get(2).pose, p -> (float) Math.min(1, p.reflects));
        }
        Path las = dir.resolve("upper.las");
        columns = new ArrayList<>(colours(Column.Type.UINT16, 65535));
        columns.add(Column.of(Column.INTENSITY, Column.Type.UINT16, 0, 65535));
        try (LasWriter w = new LasWriter(las, LasWriteOptions.LAS, List.of(scan(3, columns, null)), work)) {
            write(w, 3, columns, null, null, p -> Math.rint(65535 * Math.min(1, p.reflects)));
        }
        Pose third = STANDS.get(2).inWorld();
        Pose fourth = STANDS.get(3).inWorld();
        return List.of(
                ScanFile.of(e57),
                new ScanFile(ply, null, third, "S3", new double[3]),
                new ScanFile(las, null, null, "S4", new double[] {fourth.tx(), fourth.ty(), fourth.tz()}));
    }

    /** The stations in the order in which the build reads them, by their index in {@link #STANDS}. */
    static final int[] ORDER = {0, 1, 4, 2, 3};

    private static List<Column> grid() {
        return List.of(Column.of(Column.ROW, Column.Type.UINT16), Column.of(Column.COL, Column.Type.UINT16));
    }

    private static List<Column> normals() {
        return List.of(
                Column.of(Column.NX, Column.Type.FLOAT),
                Column.of(Column.NY, Column.Type.FLOAT),
                Column.of(Column.NZ, Column.Type.FLOAT));
    }

    private static List<Column> colours(Column.Type type, double max) {
        double min = Double.isNaN(max) ? Double.NaN : 0;
        return List.of(
                Column.of(Column.RED, type, min, max),
                Column.of(Column.GREEN, type, min, max),
                Column.of(Column.BLUE, type, min, max));
    }

    private Scan scan(int s, List<Column> columns, Pose pose) {
        int n = shots.get(s).size() + (s == 2 ? DOUBLES : 0);
        return new Scan(
                STANDS.get(s).name, null, pose, null, n, columns, null, Column.Type.DOUBLE, null, null, Map.of());
    }

    /** @param own the pose of the frame that points are written in, in the room; null for the world's frame */
    private void write(
            PointWriter w, int s, List<Column> columns, Pose pose, Pose own, ToDoubleFunction<Shot> intensity) {
        List<Shot> all = new ArrayList<>(shots.get(s));
        all.addAll(s == 2 ? all.subList(1000, 1000 + DOUBLES) : List.of());
        w.begin(scan(s, columns, pose));
        PointBatch b = new PointBatch(columns, all.size());
        double full = s == 1 ? 65535 : 255;
        for (int i = 0; i < all.size(); i++) {
            Shot p = all.get(i);
            double[] at = own == null ? KnownCave.apply(KnownCave.FRAME, p.at) : KnownCave.back(own, p.at);
            double[] n = own == null ? new double[3] : KnownCave.unturn(own, p.normal);
            b.x[i] = at[0];
            b.y[i] = at[1];
            b.z[i] = at[2];
            for (int k = 0; k < columns.size(); k++) {
                b.columns[k][i] = switch (columns.get(k).name()) {
                    case Column.ROW -> p.row;
                    case Column.COL -> p.col;
                    case Column.NX -> n[0];
                    case Column.NY -> n[1];
                    case Column.NZ -> n[2];
                    case Column.RED -> Math.rint(full * p.rgb[0]);
                    case Column.GREEN -> Math.rint(full * p.rgb[1]);
                    case Column.BLUE -> Math.rint(full * p.rgb[2]);
                    default -> intensity.applyAsDouble(p);
                };
            }
        }
        b.size = all.size();
        w.write(b);
        w.end();
    }

    /**
     * How far apart points lie on the stone about a place near it, in closed form: every station in sight gives 1 over the solid
     * angle of its rays, over the squared range, times the cosine of incidence.
     */
    static double spacing(double... place) {
        double[] p = KnownCave.onStone(place);
        double[] n = KnownCave.normal(p);
        double density = 0;
        for (int s = 0; s < STANDS.size(); s++) {
            double[] eye = STANDS.get(s).eye();
            double[] d = {eye[0] - p[0], eye[1] - p[1], eye[2] - p[2]};
            double r = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
            double cos = (d[0] * n[0] + d[1] * n[1] + d[2] * n[2]) / r;
            if (cos > 0 && inSweep(s, d, r) && KnownCave.sees(eye, p)) {
                double step = s == 4 ? STEP / CLOSER : STEP;
                density += cos / (r * r * step * step);
            }
        }
        return density == 0 ? Double.POSITIVE_INFINITY : 1 / Math.sqrt(density);
    }

    private static boolean inSweep(int s, double[] towards, double r) {
        double[] d = KnownCave.unturn(STANDS.get(s).pose, -towards[0] / r, -towards[1] / r, -towards[2] / r);
        if (s < 4) {
            return Math.acos(d[2]) < SWEEP;
        }
        return d[0] > 0
                && Math.abs(d[1] / d[0]) < 0.25
                && Math.abs(d[2] / d[0]) < 0.25
                && KnownCave.onDome(Arrays.stream(new int[] {0, 1, 2})
                        .mapToDouble(k -> STANDS.get(s).eye()[k] - towards[k])
                        .toArray());
    }
}
