package org.grotto.subject;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Pose;
import org.grotto.scene.Station;
import org.grotto.scene.Subject.Kind;

/**
 * Virtual scenes of known subject, scanned from where a scanner could stand: signed distances, followed along random rays.
 * Everything that does not make the subject is drawn by the seed: proportions, relief, figures and pillars, pedestals,
 * doors, scale, noise, density, strays, what is told (stations, normals, colour) and what is not.
 */
public final class VirtualScenes {
    /** Distance to stone, positive in the open, never more than the true one by a quarter. */
    interface Stone {
        double at(double x, double y, double z);
    }

    /** Which hits belong to the scan. */
    interface Kept {
        boolean at(double x, double y, double z);
    }

    private static final int POINTS = 24_000;

    public final String name;
    public final Kind kind;
    private final Random random;
    private Stone stone = (x, y, z) -> 1;
    private Kept kept = (x, y, z) -> true;
    private double reach = 1;
    private double blind = -0.87;
    private final List<double[]> eyes = new ArrayList<>();
    private double size = 1;
    /** Rotation, row by row, of the scene into its frame. */
    private double[] turn = {1, 0, 0, 0, 1, 0, 0, 0, 1};

    private double yaw;
    private double east;

    Cloud cloud = empty();
    List<Station> stations = List.of();
    public String told = "";

    private static Cloud empty() {
        return new Cloud(new Lattice(0, 0, 0, 1), new int[0], new int[0], new int[0], null, null, null, null);
    }

    private VirtualScenes(String name, Kind kind, long seed) {
        this.name = name;
        this.kind = kind;
        this.random = new Random(seed * 0x9E3779B97F4A7C15L + name.hashCode());
    }

    public static final List<String> NAMES = List.of(
            "room",
            "room with a figure",
            "room of one open wall",
            "chambers",
            "great cave",
            "tunnel",
            "statue",
            "statue on a pedestal",
            "seated statue",
            "block",
            "panel up",
            "panel down",
            "panel north",
            "panel south",
            "panel east",
            "panel west",
            "courtyard",
            "cliff",
            "cliff with niches",
            "terrain");

    /** Shapes that nothing was chosen after. */
    public static final List<String> OTHERS = List.of(
            "rotunda",
            "bent corridor",
            "stepped niche",
            "bust",
            "vase",
            "stele",
            "column drum",
            "panel bowed",
            "quarry",
            "ruin",
            "ravine",
            "mounds");

    public static VirtualScenes of(String name, long seed) {
        Kind kind = name.startsWith("panel")
                ? Kind.PANEL
                : switch (name) {
                    case "statue",
                            "statue on a pedestal",
                            "seated statue",
                            "block",
                            "bust",
                            "vase",
                            "stele",
                            "column drum" -> Kind.OBJECT;
                    case "courtyard", "cliff", "cliff with niches", "terrain", "quarry", "ruin", "ravine", "mounds" ->
                        Kind.SITE;
                    default -> Kind.ROOM;
                };
        VirtualScenes s = new VirtualScenes(name, kind, seed);
        switch (name) {
            case "room" -> s.room(false, false);
            case "room with a figure" -> s.room(true, false);
            case "room of one open wall" -> s.room(s.random.nextBoolean(), true);
            case "chambers" -> s.chambers();
            case "great cave" -> s.greatCave();
            case "tunnel" -> s.tunnel();
            case "statue" -> s.statue(false, false);
            case "statue on a pedestal" -> s.statue(true, false);
            case "seated statue" -> s.statue(s.random.nextBoolean(), true);
            case "block" -> s.block();
            case "courtyard" -> s.courtyard();
            case "cliff" -> s.cliff(false);
            case "cliff with niches" -> s.cliff(true);
            case "terrain" -> s.terrain();
            case "rotunda" -> s.rotunda();
            case "bent corridor" -> s.bentCorridor();
            case "stepped niche" -> s.steppedNiche();
            case "bust" -> s.bust();
            case "vase" -> s.vase();
            case "stele" -> s.stele();
            case "column drum" -> s.drum();
            case "quarry" -> s.quarry();
            case "ruin" -> s.ruin();
            case "ravine" -> s.ravine();
            case "mounds" -> s.mounds();
            default -> s.panel(name.substring(6));
        }
        s.scan();
        return s;
    }

    private double between(double a, double b) {
        return a + (b - a) * random.nextDouble();
    }

    /** Evenly in ratio. */
    private double scale(double a, double b) {
        return a * Math.pow(b / a, random.nextDouble());
    }

    private static double box(double x, double y, double z, double hx, double hy, double hz) {
        double ax = Math.abs(x) - hx;
        double ay = Math.abs(y) - hy;
        double az = Math.abs(z) - hz;
        double bx = Math.max(ax, 0);
        double by = Math.max(ay, 0);
        double bz = Math.max(az, 0);
        return Math.sqrt(bx * bx + by * by + bz * bz) + Math.min(0, Math.max(ax, Math.max(ay, az)));
    }

    private static double ellipsoid(double x, double y, double z, double a, double b, double c) {
        double l = Math.sqrt(x * x / (a * a) + y * y / (b * b) + z * z / (c * c));
        return (l - 1) * Math.min(a, Math.min(b, c));
    }

    private static double smooth(double a, double b, double k) {
        double h = Math.max(0, k - Math.abs(a - b)) / k;
        return Math.min(a, b) - h * h * k / 4;
    }

    /** Waves of slope under about {@code slope}, from a length down to an eighth of it. */
    private Stone waves(double length, double slope) {
        double[][] w = new double[9][];
        for (int i = 0; i < w.length; i++) {
            double l = length * Math.pow(0.5, i / 3);
            double k = 2 * Math.PI / l;
            double a = random.nextDouble() * 2 * Math.PI;
            double b = Math.acos(between(-1, 1));
            w[i] = new double[] {
                k * Math.cos(a) * Math.sin(b),
                k * Math.sin(a) * Math.sin(b),
                k * Math.cos(b),
                between(0, 6),
                slope / k / 3
            };
        }
        return (x, y, z) -> {
            double s = 0;
            for (double[] v : w) {
                s += v[4] * Math.sin(v[0] * x + v[1] * y + v[2] * z + v[3]);
            }
            return s;
        };
    }

    private void room(boolean figure, boolean open) {
        double hx = between(1.2, 4);
        double hy = between(1.2, 4);
        double hz = between(1.1, 1.9);
        Stone rough = waves(1.5, between(0, 0.3));
        double fx = between(-0.5, 0.5) * hx;
        double fy = between(0.3, 0.6) * hy;
        double fh = between(0.5, 0.9) * hz;
        double dome = random.nextBoolean() ? 0 : between(0.3, 0.8);
        stone = (x, y, z) -> {
            double d = -box(x, open ? y + 20 : y, z, hx, open ? hy + 20 : hy, hz);
            if (dome > 0) {
                double r = dome * hz;
                d = Math.min(d, hz + r - Math.sqrt(0.2 * r * r + 0.16 * (x * x + y * y) + (z + r) * (z + r)) + 0.1 * r);
            }
            d -= rough.at(x, y, z);
            if (figure) {
                double f = smooth(
                        ellipsoid(x - fx, y - fy, z + hz - fh, 0.3, 0.25, fh),
                        ellipsoid(x - fx, y - fy, z + hz - 2 * fh, 0.16, 0.18, 0.2),
                        0.1);
                d = Math.min(d, f);
            }
            return d;
        };
        kept = (x, y, z) -> !open || y > -hy;
        reach = 30;
        int n = 1 + random.nextInt(3);
        for (int i = 0; i < n; i++) {
            eye(between(-0.6, 0.6) * hx, between(-0.6, 0.1) * hy, between(-0.2, 0.3) * hz, 0.3);
        }
        size = scale(0.7, 5);
    }

    private void chambers() {
        int n = 2 + random.nextInt(3);
        double[][] b = new double[2 * n - 1][];
        double x0 = 0;
        for (int i = 0; i < n; i++) {
            double hx = between(1.2, 3);
            double hy = between(1.2, 3);
            double hz = between(1.1, 2);
            x0 += hx;
            b[2 * i] = new double[] {x0, between(-0.5, 0.5), hz, hx, hy, hz};
            x0 += hx + 0.4;
            if (i < n - 1) {
                b[2 * i + 1] = new double[] {x0 - 0.2, 0.2, 0.95, 0.8, between(0.35, 0.8), 0.95};
            }
        }
        Stone rough = waves(1.2, between(0, 0.2));
        stone = (x, y, z) -> {
            double d = -1e9;
            for (double[] c : b) {
                d = Math.max(d, -box(x - c[0], y - c[1], z - c[2], c[3], c[4], c[5]));
            }
            return d - rough.at(x, y, z);
        };
        reach = 60;
        for (int i = 0; i < n; i++) {
            double[] c = b[2 * i];
            eye(c[0] + between(-0.4, 0.4) * c[3], c[1] + between(-0.3, 0.3) * c[4], between(1.2, 1.7), 0.3);
        }
        size = scale(0.8, 5);
    }

    private void greatCave() {
        double a = between(5, 12);
        double b = between(5, 12);
        double c = between(4, 12);
        Stone rough = waves(between(3, 6), between(0.2, 0.6));
        double px = between(-2, 2);
        double py = between(1, 3);
        double pr = between(0.6, 1.5);
        boolean door = random.nextBoolean();
        double dw = between(1, 3);
        stone = (x, y, z) -> {
            double d = -ellipsoid(x, y, z, a, b, c);
            if (door) {
                d = Math.max(d, -box(x, y + b, z - 1.5, dw, b, 1.8));
            }
            d = Math.min(d - rough.at(x, y, z), z + 0.2 * rough.at(y, x, z));
            double pillar = Math.sqrt((x - px) * (x - px) + (y - py) * (y - py)) - pr - 0.1 * Math.sin(3 * z);
            return Math.min(d, pillar);
        };
        kept = (x, y, z) -> y > -1.3 * b;
        reach = 60;
        int n = 1 + random.nextInt(5);
        for (int i = 0; i < n; i++) {
            eye(between(-0.5, 0.5) * a, between(-0.6, 0) * b, 1.7, 0.4);
        }
        size = scale(0.5, 6);
    }

    private void tunnel() {
        double length = between(15, 80);
        double bend = between(0, 0.15) * length;
        double w = between(1, 2.2);
        Stone rough = waves(2, between(0.1, 0.4));
        stone = (x, y, z) -> {
            double off = bend * Math.sin(2 * x / length);
            double d = w - Math.sqrt((y - off) * (y - off) + z * z);
            return Math.min(0.8 * d - rough.at(x, y, z), z + 0.8 * w);
        };
        kept = (x, y, z) -> Math.abs(x) < length / 2;
        reach = 60;
        int n = 3 + (int) (length / 10);
        for (int i = 0; i < n; i++) {
            double x = (-0.45 + 0.9 * i / (n - 1)) * length;
            eye(x, bend * Math.sin(2 * x / length), 0.2, 0.2);
        }
        size = scale(0.8, 3);
    }

    private void statue(boolean pedestal, boolean seated) {
        double broad = between(0.8, 1.3);
        double arm = between(0.22, 0.4) * broad;
        double lean = between(0, 0.15);
        Stone folds = waves(0.25, between(0, 0.35));
        boolean legs = !seated && random.nextBoolean();
        double ped = between(0.1, 0.5);
        double pw = between(0.35, 0.6) * broad;
        stone = (x, y, z) -> {
            double d = seated
                    ? smooth(
                            ellipsoid(x, y, z - 0.95, 0.26 * broad, 0.2, 0.42),
                            ellipsoid(x, y + 0.18, z - 0.62, 0.5 * broad, 0.36, 0.2),
                            0.15)
                    : legs
                            ? smooth(
                                    ellipsoid(x, y, z - 1.1, 0.24 * broad, 0.17, 0.36),
                                    Math.min(
                                            ellipsoid(x - 0.12, y, z - 0.65, 0.1, 0.11, 0.35),
                                            ellipsoid(x + 0.12, y, z - 0.65, 0.1, 0.11, 0.35)),
                                    0.08)
                            : ellipsoid(x, y, z - 0.9, 0.26 * broad, 0.2, 0.6);
            d = smooth(d, ellipsoid(x, y + lean, z - 1.55, 0.12, 0.14, 0.16), 0.12);
            d = smooth(d, ellipsoid(x - arm, y + 0.5 * lean, z - 1.05, 0.08, 0.09, 0.3), 0.06);
            d = smooth(d, ellipsoid(x + arm, y + 0.5 * lean, z - 1.05, 0.08, 0.09, 0.3), 0.06);
            d += folds.at(x, y, z);
            return pedestal ? Math.min(d, box(x, y, z - 0.45 + ped / 2, pw, pw, ped / 2 + 0.05)) : d;
        };
        double foot = pedestal ? 0.41 - ped : 0.32;
        kept = (x, y, z) -> z > foot;
        reach = 8;
        around(1.0, 0.8, 4);
        size = scale(0.012, 3);
    }

    private void around(double middle, double height, double far) {
        int n = 5 + random.nextInt(4);
        double first = between(0, 6);
        for (int i = 0; i < n; i++) {
            double a = first + 2 * Math.PI * i / n;
            double r = between(0.5, 0.8) * far;
            eye(r * Math.cos(a), r * Math.sin(a), middle + between(-0.5, 1) * height, 0.2);
        }
        eye(0.3, 0.2, middle + 0.7 * far, 0.2);
        blind = -1;
    }

    private void block() {
        double hx = between(0.3, 0.8);
        double hy = between(0.3, 0.8);
        double hz = between(0.25, 0.7);
        Stone rough = waves(0.6, between(0.1, 0.5));
        boolean below = random.nextBoolean();
        stone = (x, y, z) -> box(x, y, z, hx, hy, hz) - 0.08 + rough.at(x, y, z);
        kept = (x, y, z) -> below || z > -hz + 0.05;
        reach = 8;
        around(0, 1, 3.5);
        if (below) {
            around(0, -1, 3.5);
            eye(0.2, 0.1, -2.5, 0.2);
        }
        size = scale(0.02, 2);
    }

    private void panel(String facing) {
        double hx = between(0.4, 1.5);
        double hy = between(0.4, 1);
        Stone relief = waves(between(0.1, 0.6), between(0.05, 0.35));
        double bow = facing.equals("bowed") ? 0.2 : between(-0.06, 0.06);
        double tilt = between(-0.1, 0.1);
        stone = (x, y, z) -> 0.85 * (z - relief.at(x, y, 0) - bow * x * x);
        kept = (x, y, z) -> Math.abs(x) < hx && Math.abs(y) < hy;
        reach = 8;
        int n = 1 + random.nextInt(3);
        for (int i = 0; i < n; i++) {
            eye(between(-0.8, 0.8) * hx, between(-0.6, 0.6) * hy, between(1, 2.5), 0.2);
        }
        double c = Math.cos(tilt);
        double t = Math.sin(tilt);
        turn = switch (facing) {
            case "up" -> new double[] {c, 0, t, 0, 1, 0, -t, 0, c};
            case "down" -> new double[] {c, 0, t, 0, -1, 0, t, 0, -c};
            case "north" -> new double[] {-c, 0, t, t, 0, c, 0, 1, 0};
            case "south" -> new double[] {c, 0, t, t, 0, -c, 0, 1, 0};
            case "east" -> new double[] {t, 0, c, c, 0, -t, 0, 1, 0};
            default -> new double[] {t, 0, -c, -c, 0, -t, 0, 1, 0};
        };
        size = scale(0.03, 4);
        blind = -1;
    }

    private void courtyard() {
        double hx = between(5, 15);
        double hy = between(5, 15);
        double hz = between(2.5, 7);
        double gate = between(0, 2.5);
        Stone rough = waves(4, between(0, 0.2));
        double sx = between(-0.5, 0.5) * hx;
        double sy = between(-0.5, 0.5) * hy;
        boolean stele = random.nextBoolean();
        stone = (x, y, z) -> {
            double walls = Math.max(-box(x, y, 0, hx, hy, 1e3), -1);
            walls = Math.max(walls, z - hz);
            walls = Math.max(walls, -box(x, y + hy, z, gate, 3, 2.5));
            double d = Math.min(walls - rough.at(x, y, z), z - 0.3 * rough.at(y, z, x));
            return stele ? Math.min(d, box(x - sx, y - sy, z, 0.5, 0.3, 2)) : d;
        };
        kept = (x, y, z) -> Math.abs(x) < hx + 1 && Math.abs(y) < hy + 1;
        reach = 100;
        int n = 1 + random.nextInt(4);
        for (int i = 0; i < n; i++) {
            eye(between(-0.6, 0.6) * hx, between(-0.6, 0.6) * hy, 1.8, 0.5);
        }
        size = scale(0.6, 8);
    }

    private void cliff(boolean niches) {
        double hx = between(15, 40);
        double hz = between(8, 25);
        Stone rough = waves(between(6, 15), between(0.3, 0.7));
        double ground = between(3, 20);
        int k = niches ? 4 + random.nextInt(8) : 0;
        double[][] hole = new double[k][];
        for (int i = 0; i < k; i++) {
            hole[i] = new double[] {between(-0.8, 0.8) * hx, between(0.1, 0.6) * hz, between(0.8, 2.5)};
        }
        stone = (x, y, z) -> {
            double d = -y - rough.at(x, 0.3 * y, z);
            for (double[] h : hole) {
                d = Math.max(d, -ellipsoid(x - h[0], y, z - h[1], h[2], h[2], 1.2 * h[2]));
            }
            return 0.8 * Math.min(d, z - 0.2 * rough.at(y, x, z));
        };
        kept = (x, y, z) -> Math.abs(x) < hx && z < hz && y > -ground;
        reach = 200;
        int n = 1 + random.nextInt(3);
        for (int i = 0; i < n; i++) {
            eye(between(-0.7, 0.7) * hx, -between(15, 30), 5, 1);
        }
        size = scale(0.5, 10);
    }

    private void terrain() {
        double h = 50;
        double length = between(30, 80);
        double slope = between(0.1, 0.6);
        Stone hills = waves(length, slope);
        stone = (x, y, z) -> 0.7 * (z - hills.at(x, y, 0));
        kept = (x, y, z) -> Math.abs(x) < h && Math.abs(y) < h;
        reach = 250;
        boolean air = random.nextBoolean();
        int n = 4 + random.nextInt(4);
        for (int i = 0; i < n; i++) {
            double x = between(-0.8, 0.8) * h;
            double y = between(-0.8, 0.8) * h;
            eye(x, y, hills.at(x, y, 0) + (air ? 60 : 3), 1);
        }
        blind = air ? -1 : -0.9;
        size = scale(0.4, 20);
    }

    private void rotunda() {
        double r = between(3, 8);
        double h = between(3, 6);
        int columns = 4 + random.nextInt(6);
        double cr = between(0.2, 0.4);
        Stone rough = waves(1, between(0, 0.2));
        stone = (x, y, z) -> {
            double d = Math.min(r - Math.hypot(x, y), z);
            d = Math.min(d, r - Math.sqrt(x * x + y * y + Math.pow(Math.max(0, z - h), 2)));
            d -= rough.at(x, y, z);
            for (int i = 0; i < columns; i++) {
                double a = 2 * Math.PI * i / columns;
                d = Math.min(d, Math.hypot(x - 0.7 * r * Math.cos(a), y - 0.7 * r * Math.sin(a)) - cr);
            }
            return d;
        };
        reach = 40;
        eye(0.2, 0.1, 1.6, 0.3);
        eye(between(-0.4, 0.4) * r, between(-0.4, 0.4) * r, 1.6, 0.3);
        size = scale(0.7, 3);
    }

    private void bentCorridor() {
        double w = between(0.8, 1.6);
        double a = between(4, 12);
        double b = between(4, 12);
        double h = between(1.9, 3);
        Stone rough = waves(1, between(0, 0.3));
        stone = (x, y, z) -> Math.max(
                        -box(x - a / 2, y, z - h / 2, a / 2 + w, w, h / 2),
                        -box(x, y - b / 2, z - h / 2, w, b / 2 + w, h / 2))
                - rough.at(x, y, z);
        reach = 40;
        eye(0, 0, 1.5, 0.2);
        eye(0.7 * a, 0, 1.5, 0.2);
        eye(0, 0.7 * b, 1.5, 0.2);
        size = scale(0.8, 3);
    }

    private void steppedNiche() {
        double w = between(1.5, 3);
        double d = between(1.5, 2.5) * w;
        Stone rough = waves(0.8, between(0.05, 0.3));
        double s = between(0.3, 0.8);
        stone = (x, y, z) -> {
            double in = -box(x, y, z - 1.5, w, d, 1.5);
            in = Math.max(in, -box(x, y - d, z - 1.5, 0.6 * w, s, 1.1));
            double altar = box(x, y - d + s, z, 0.7 * w, 0.5 * s, 0.5);
            return Math.min(in - rough.at(x, y, z), altar);
        };
        kept = (x, y, z) -> y > -0.9 * d;
        reach = 30;
        eye(0, 0, 1.4, 0.3);
        eye(0.4 * w, -0.5 * d, 1.4, 0.3);
        size = scale(0.7, 4);
    }

    private void bust() {
        Stone folds = waves(0.2, between(0, 0.4));
        double n = between(0.25, 0.45);
        stone = (x, y, z) ->
                smooth(ellipsoid(x, y, z - 0.75, 0.2, 0.24, 0.28), ellipsoid(x, y, z - 0.1, n + 0.2, 0.25, 0.4), 0.2)
                        + folds.at(x, y, z);
        kept = (x, y, z) -> z > 0.05;
        reach = 6;
        around(0.5, 0.5, 2.5);
        size = scale(0.05, 3);
    }

    private void vase() {
        double r = between(0.3, 0.5);
        double neck = between(0.5, 0.9);
        double wall = between(0.04, 0.08);
        stone = (x, y, z) -> {
            double q = Math.hypot(x, y);
            double body = r * (z > 0.7 ? neck : Math.sqrt(Math.max(0.05, 1 - Math.pow((z - 0.35) / 0.6, 2))));
            double out = Math.max(0.6 * (q - body), Math.max(-z, z - 1));
            double in = Math.max(0.6 * (q - body + wall), Math.max(wall - z, z - 2));
            return 0.9 * Math.max(out, -in);
        };
        reach = 6;
        around(0.5, 0.8, 2.5);
        kept = (x, y, z) -> z > 0.01;
        size = scale(0.05, 1.5);
    }

    private void stele() {
        double hx = between(0.4, 0.7);
        double hy = between(0.08, 0.2);
        double hz = between(0.8, 1.3);
        Stone relief = waves(0.3, between(0, 0.2));
        stone = (x, y, z) ->
                Math.min(box(x, y, z - hz, hx, hy, hz) + relief.at(x, y, z), box(x, y, z, 1.3 * hx, 3 * hy, 0.2));
        kept = (x, y, z) -> z > 0.02;
        reach = 8;
        around(hz, 1, 4);
        size = scale(0.1, 2);
    }

    private void drum() {
        double r = between(0.4, 0.8);
        double h = between(0.3, 0.9);
        int flutes = 12 + random.nextInt(12);
        stone = (x, y, z) -> 0.8
                * Math.max(
                        Math.hypot(x, y) - r + 0.03 * Math.abs(Math.sin(flutes * Math.atan2(y, x) / 2)),
                        Math.abs(z) - h);
        kept = (x, y, z) -> z > -0.95 * h;
        reach = 8;
        around(0, 1, 4);
        size = scale(0.1, 1.5);
    }

    private void quarry() {
        double r = between(15, 30);
        double h = between(5, 15);
        int steps = 1 + random.nextInt(4);
        Stone rough = waves(8, between(0.1, 0.5));
        stone = (x, y, z) -> {
            double q = Math.max(0, Math.min(1, (Math.hypot(x, y) - 0.5 * r) / (0.3 * r)));
            double ground = h * (Math.floor(q * steps) + Math.min(1, 4 * (q * steps - Math.floor(q * steps)))) / steps;
            return 0.3 * (z - ground - rough.at(x, y, 0));
        };
        kept = (x, y, z) -> Math.hypot(x, y) < r;
        reach = 100;
        for (int i = 0; i < 3; i++) {
            eye(between(-0.4, 0.4) * r, between(-0.4, 0.4) * r, 2.5, 0.6);
        }
        size = scale(0.5, 6);
    }

    private void ruin() {
        double h = between(0.5, 2);
        double cell = between(3, 6);
        double t = between(0.3, 0.5);
        double half = between(1.6, 2.6) * cell;
        Stone rough = waves(1.5, between(0, 0.3));
        stone = (x, y, z) -> {
            double a = Math.abs(x / cell - Math.rint(x / cell)) * cell - t;
            double b = Math.abs(y / cell - Math.rint(y / cell)) * cell - t;
            double wall = Math.max(Math.min(a, b), z - h - 2 * rough.at(x, y, 0));
            return 0.8 * Math.min(wall, z - rough.at(y, x, 0));
        };
        kept = (x, y, z) -> Math.abs(x) < half && Math.abs(y) < half;
        reach = 80;
        for (int i = 0; i < 5; i++) {
            eye(between(-0.7, 0.7) * half, between(-0.7, 0.7) * half, 2.5, 0.4);
        }
        size = scale(0.7, 5);
    }

    private void ravine() {
        double w = between(5, 12);
        double h = between(8, 20);
        double l = between(20, 50);
        Stone rough = waves(6, between(0.2, 0.5));
        stone = (x, y, z) -> 0.8 * Math.min(w + 0.2 * z - Math.abs(y) - rough.at(x, y, z), z - 0.4 * rough.at(y, x, 0));
        kept = (x, y, z) -> Math.abs(x) < l && z < h;
        reach = 150;
        for (int i = 0; i < 3; i++) {
            eye(between(-0.7, 0.7) * l, between(-0.4, 0.4) * w, 2.5, 0.8);
        }
        size = scale(0.5, 8);
    }

    private void mounds() {
        double[][] m = new double[6][];
        for (int i = 0; i < m.length; i++) {
            m[i] = new double[] {between(-30, 30), between(-30, 30), between(3, 9), between(1.5, 5)};
        }
        Stone rough = waves(10, between(0.05, 0.2));
        stone = (x, y, z) -> {
            double d = z - rough.at(x, y, 0);
            for (double[] k : m) {
                d = smooth(d, ellipsoid(x - k[0], y - k[1], z, k[2], k[2], k[3]), 1);
            }
            return 0.8 * d;
        };
        kept = (x, y, z) -> Math.abs(x) < 40 && Math.abs(y) < 40;
        reach = 150;
        for (int i = 0; i < 6; i++) {
            eye(between(-35, 35), between(-35, 35), 6, 1);
        }
        size = scale(0.3, 8);
    }

    /** A station, where there is room for one. */
    private void eye(double x, double y, double z, double clear) {
        double a = x;
        double b = y;
        for (int i = 0; i < 50 && stone.at(a, b, z) < clear; i++) {
            a = x + (random.nextDouble() - 0.5) * 0.2 * i * clear;
            b = y + (random.nextDouble() - 0.5) * 0.2 * i * clear;
        }
        if (stone.at(a, b, z) >= 0.5 * clear) {
            eyes.add(new double[] {a, b, z});
        }
    }

    private static final class Growing {
        double[] v = new double[1 << 12];
        int n;

        void add(double a) {
            v = n == v.length ? java.util.Arrays.copyOf(v, 2 * n) : v;
            v[n++] = a;
        }
    }

    private void scan() {
        boolean withStations = random.nextBoolean();
        int normals = random.nextInt(4); // none, none, with their side, without
        double noise = scale(1e-4, 2e-3);
        boolean uneven = random.nextBoolean();
        int strays = random.nextInt(3);
        boolean coloured = random.nextBoolean();
        Growing p = new Growing();
        Growing n = new Growing();
        Growing st = new Growing();
        int each = POINTS / eyes.size();
        double[] d = new double[3];
        double extent = 0;
        for (int e = 0; e < eyes.size(); e++) {
            double[] o = eyes.get(e);
            int hits = 0;
            double[] close = direction(new double[3], o);
            for (int tries = 0; hits < each && tries < 12 * each; tries++) {
                direction(d, o);
                if (uneven && e == 0 && tries % 3 == 0) {
                    for (int a = 0; a < 3; a++) {
                        d[a] = close[a] + 0.2 * random.nextGaussian();
                    }
                    unit(d);
                }
                if (d[2] < blind) {
                    continue;
                }
                double t = hit(o, d);
                if (t < 0) {
                    continue;
                }
                double x = o[0] + t * d[0];
                double y = o[1] + t * d[1];
                double z = o[2] + t * d[2];
                if (!kept.at(x, y, z)) {
                    continue;
                }
                hits++;
                double off = noise * 3 * random.nextGaussian();
                p.add(x + off * d[0]);
                p.add(y + off * d[1]);
                p.add(z + off * d[2]);
                double[] g = gradient(x, y, z);
                double sign = normals == 3 && random.nextBoolean() ? -1 : 1;
                for (int a = 0; a < 3; a++) {
                    n.add(sign * g[a]);
                }
                st.add(e);
                extent = Math.max(extent, Math.max(Math.abs(x), Math.max(Math.abs(y), Math.abs(z))));
            }
        }
        for (int i = 0; i < strays; i++) {
            for (int a = 0; a < 3; a++) {
                p.add(extent * between(-60, 60));
                n.add(a == 2 ? 1 : 0);
            }
            st.add(0);
        }
        east = random.nextBoolean() ? 0 : between(-1e5, 1e5);
        yaw = between(0, 2 * Math.PI);
        told = (withStations ? "stations" : "no station")
                + (normals < 2 ? "" : normals == 2 ? ", normals" : ", normals without side")
                + (strays > 0 ? ", " + strays + " strays" : "")
                + (uneven ? ", uneven" : "")
                + String.format(java.util.Locale.ROOT, ", %.3g m", 2 * extent * size);
        int count = st.n;
        double[] q = new double[3 * count];
        float[] m = new float[3 * count];
        for (int i = 0; i < count; i++) {
            double[] a = place(p.v[3 * i], p.v[3 * i + 1], p.v[3 * i + 2], yaw, size);
            double[] b = place(n.v[3 * i], n.v[3 * i + 1], n.v[3 * i + 2], yaw, 1);
            for (int k = 0; k < 3; k++) {
                q[3 * i + k] = a[k] + (k == 0 ? east : 0);
                m[3 * i + k] = (float) b[k];
            }
        }
        double step = Math.max(1e-6, 200 * extent * size / Integer.MAX_VALUE);
        Lattice lattice = new Lattice(east, 0, 0, step);
        int[][] xyz = new int[3][count];
        char[] station = new char[count];
        char[] rgb = new char[3 * count];
        for (int i = 0; i < count; i++) {
            xyz[0][i] = lattice.ix(q[3 * i]);
            xyz[1][i] = lattice.iy(q[3 * i + 1]);
            xyz[2][i] = lattice.iz(q[3 * i + 2]);
            station[i] = (char) st.v[i];
            rgb[3 * i] = (char) (1000 * random.nextInt(60));
        }
        cloud = new Cloud(
                lattice,
                xyz[0],
                xyz[1],
                xyz[2],
                normals < 2 ? null : m,
                coloured ? rgb : null,
                null,
                withStations ? station : null);
        List<Station> all = new ArrayList<>();
        for (int e = 0; withStations && e < eyes.size(); e++) {
            int own = e;
            long points = java.util.stream.IntStream.range(0, count)
                    .filter(i -> station[i] == own)
                    .count();
            double[] o = place(eyes.get(e)[0], eyes.get(e)[1], eyes.get(e)[2], yaw, size);
            all.add(new Station("s" + e, "virtual", null, new Pose(1, 0, 0, 0, o[0] + east, o[1], o[2]), points));
        }
        stations = all;
    }

    private double[] place(double x, double y, double z, double yaw, double by) {
        double[] t = new double[3];
        for (int a = 0; a < 3; a++) {
            t[a] = by * (turn[3 * a] * x + turn[3 * a + 1] * y + turn[3 * a + 2] * z);
        }
        double c = Math.cos(yaw);
        double s = Math.sin(yaw);
        return new double[] {c * t[0] - s * t[1], s * t[0] + c * t[1], t[2]};
    }

    /** Whether stations or normals say which side of a sheet is its front. */
    public boolean sided() {
        return !stations.isEmpty() || told.contains("normals") && !told.contains("without side");
    }

    /** Distance from a place in the scans' frame to the true stone, at least three quarters of it, metres; negative in stone. */
    public double room(double[] at) {
        double x = at[0] - east;
        double c = Math.cos(yaw);
        double s = Math.sin(yaw);
        double[] t = {c * x + s * at[1], c * at[1] - s * x, at[2]};
        double[] p = new double[3];
        for (int a = 0; a < 9; a++) {
            p[a % 3] += turn[a] * t[a / 3] / size; // back by the transpose
        }
        return size * stone.at(p[0], p[1], p[2]);
    }

    private double[] direction(double[] d, double[] o) {
        for (int a = 0; a < 3; a++) {
            d[a] = random.nextGaussian();
        }
        if (kind == Kind.OBJECT || kind == Kind.PANEL) {
            // towards the middle: nobody scans the air around a statue
            for (int a = 0; a < 3; a++) {
                d[a] = 0.45 * d[a] - o[a] / Math.sqrt(o[0] * o[0] + o[1] * o[1] + o[2] * o[2]) + (a == 2 ? 0.2 : 0);
            }
        }
        unit(d);
        return d;
    }

    private static void unit(double[] d) {
        double l = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
        for (int a = 0; a < 3; a++) {
            d[a] /= l;
        }
    }

    private double hit(double[] o, double[] d) {
        double t = 0;
        for (int i = 0; i < 120 && t < reach; i++) {
            double s = stone.at(o[0] + t * d[0], o[1] + t * d[1], o[2] + t * d[2]);
            if (s < 1e-3) {
                return t;
            }
            t += 0.75 * s;
        }
        return -1;
    }

    private double[] gradient(double x, double y, double z) {
        double h = 1e-3;
        double[] g = {
            stone.at(x + h, y, z) - stone.at(x - h, y, z),
            stone.at(x, y + h, z) - stone.at(x, y - h, z),
            stone.at(x, y, z + h) - stone.at(x, y, z - h)
        };
        unit(g);
        return g;
    }
}
