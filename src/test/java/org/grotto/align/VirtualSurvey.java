package org.grotto.align;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Pose;
import org.grotto.scene.Station;
import org.grotto.store.Engine;
import org.grotto.store.Store;
import org.grotto.store.Threads;
import org.jspecify.annotations.Nullable;

/** Scans of closed-form scenes by rays, from several stations, each with a mistake of its pose if one is wanted. */
final class VirtualSurvey {
    /** Distance to the stone, positive in the open; it may be too small, never too large. */
    @FunctionalInterface
    interface Stone {
        double at(double x, double y, double z);
    }

    /** @param eyes places for stations, in the open */
    record Place(String name, Stone stone, double[][] eyes, double far) {
        /** Whether it is looked at from around, from without. */
        boolean small() {
            return far < 10;
        }
    }

    private static double box(double x, double y, double z, double hx, double hy, double hz) {
        double qx = Math.abs(x) - hx;
        double qy = Math.abs(y) - hy;
        double qz = Math.abs(z) - hz;
        double ox = Math.max(qx, 0);
        double oy = Math.max(qy, 0);
        double oz = Math.max(qz, 0);
        return Math.sqrt(ox * ox + oy * oy + oz * oz) + Math.min(0, Math.max(qx, Math.max(qy, qz)));
    }

    private static double bumps(double x, double y, double z, double wave, double seed) {
        double k = 2 * Math.PI / wave;
        return Math.sin(k * x + seed) * Math.sin(k * 1.13 * y + 2 * seed) * Math.sin(k * 0.91 * z + 3 * seed)
                + 0.5 * Math.sin(2.3 * k * x + 4 * seed) * Math.sin(2.1 * k * y + seed) * Math.sin(2.4 * k * z + seed);
    }

    /** A room with a pedestal, a bench and a niche, its walls a little rough. */
    static Place room(int seed) {
        Random r = new Random(seed);
        double hx = 1.8 + r.nextDouble();
        double hy = 1.5 + r.nextDouble();
        double hz = 1.4 + 0.4 * r.nextDouble();
        double rough = r.nextInt(3) * 0.004;
        double wave = 0.3 + 0.5 * r.nextDouble();
        double ox = 0.5 * r.nextDouble();
        double oy = 0.4 * r.nextDouble();
        Stone s = (x, y, z) -> {
            double d = -box(x, y, z, hx, hy, hz);
            d = Math.max(d, -box(x - hx, y - 0.3, z + 0.1, 0.35, 0.4, 0.6));
            d = Math.min(d, box(x - ox, y + oy, z + hz, 0.3, 0.35, 0.7));
            d = Math.min(d, box(x + 0.8, y - hy, z + hz, 0.5, 0.25, 0.45));
            d = Math.min(d, Math.sqrt(sq(x - ox) + sq(y + oy) + sq(z + hz - 0.95)) - 0.3);
            return 0.85 * (d + rough * bumps(x, y, z, wave, seed));
        };
        double[][] eyes = new double[6][];
        for (int k = 0; k < 6; k++) {
            double a = 2 * Math.PI * (k + 0.5 * r.nextDouble()) / 6;
            eyes[k] = new double[] {0.65 * hx * Math.cos(a), 0.62 * hy * Math.sin(a), -hz + 1.5 + 0.3 * r.nextDouble()};
        }
        return new Place("room", s, eyes, 20);
    }

    /** Three chambers in a row with doors between. */
    static Place chambers(int seed) {
        Random r = new Random(seed);
        double h = 1.4;
        double rough = r.nextInt(3) * 0.005;
        double w1 = 1.5 + 0.5 * r.nextDouble();
        double w3 = 1.2 + 0.6 * r.nextDouble();
        Stone s = (x, y, z) -> {
            double d = -box(x, y, z, 1.8, w1, h);
            d = Math.max(d, -box(x - 4.2, y - 0.4, z, 1.7, 1.9, h));
            d = Math.max(d, -box(x - 8.3, y + 0.2, z, 1.6, w3, h));
            d = Math.max(d, -box(x - 2.2, y, z + 0.4, 1, 0.6, 1));
            d = Math.max(d, -box(x - 6.4, y - 0.2, z + 0.3, 1, 0.6, 1));
            d = Math.min(d, Math.sqrt(sq(x - 4.6) + sq(y - 1.4) + sq(z + 0.9)) - 0.5);
            d = Math.min(d, box(x + 1.3, y + 0.9, z + h, 0.3, 0.3, 0.8));
            return 0.85 * (d + rough * bumps(x, y, z, 0.6, seed));
        };
        double[][] eyes = {
            {-0.3, 0.2, 0.1}, {1.2, -0.3, 0.2}, {3.4, 0.1, 0.1}, {5.0, -0.3, 0}, {5.4, 0.5, 0.2}, {7.6, 0.0, 0.1}
        };
        return new Place("chambers", s, eyes, 30);
    }

    /** A cave: an uneven hollow with relief. */
    static Place cave(int seed) {
        Random r = new Random(seed);
        double hx = 2.5 + 2 * r.nextDouble();
        double hy = 2 + r.nextDouble();
        double hz = 1.6 + r.nextDouble();
        double amp = 0.02 + 0.05 * r.nextDouble();
        Stone s = (x, y, z) -> {
            double k = Math.sqrt(sq(x / hx) + sq(y / hy) + sq(z / hz));
            double g = Math.sqrt(sq(x / hx / hx) + sq(y / hy / hy) + sq(z / hz / hz));
            double d = g < 1e-9 ? hz : k * (1 - k) / g;
            d = Math.min(d, Math.max(z + hz * 0.7, 0) + 0.0 * z);
            d = Math.min(d, Math.sqrt(sq(x - 0.3 * hx) + sq(y - 0.3 * hy)) - 0.35);
            d += 2 * amp * bumps(x, y, z, 1.7, seed) + 0.4 * amp * bumps(x, y, z, 0.35, seed + 5);
            return 0.5 * d;
        };
        double[][] eyes = new double[6][];
        for (int k = 0; k < 6; k++) {
            double a = 2 * Math.PI * (k + 0.6) / 6;
            eyes[k] = new double[] {
                0.5 * hx * Math.cos(a) - 0.1, 0.5 * hy * Math.sin(a) - 0.2, -0.1 + 0.2 * r.nextDouble()
            };
            // nobody stands in the pillar
            while (s.at(eyes[k][0], eyes[k][1], eyes[k][2]) < 0.02) {
                eyes[k][0] *= 0.95;
                eyes[k][1] *= 0.95;
            }
        }
        return new Place("cave", s, eyes, 30);
    }

    /** A figure of balls and a plinth, seen from around. */
    static Place statue(int seed) {
        Random r = new Random(seed);
        double lean = 0.1 + 0.15 * r.nextDouble();
        Stone s = (x, y, z) -> {
            double d = box(x, y, z - 0.15, 0.4, 0.3, 0.15);
            d = Math.min(d, (Math.sqrt(sq(x / 1.2) + sq(y) + sq((z - 0.7) / 1.5)) - 0.32));
            d = Math.min(d, Math.sqrt(sq(x - 0.05) + sq(y - lean) + sq(z - 1.35)) - 0.19);
            d = Math.min(d, Math.sqrt(sq(x - 0.45) + sq(y - 0.1) + sq(z - 0.85)) - 0.13);
            d = Math.min(d, Math.sqrt(sq(x + 0.42) + sq(y - 0.2) + sq(z - 0.65)) - 0.15);
            return 0.7 * (d + 0.006 * bumps(x, y, z, 0.2, seed));
        };
        double[][] eyes = new double[6][];
        for (int k = 0; k < 6; k++) {
            double a = 2 * Math.PI * (k + 0.3 * r.nextDouble()) / 6;
            eyes[k] = new double[] {2 * Math.cos(a), 2 * Math.sin(a), 0.8 + 0.6 * r.nextDouble()};
        }
        return new Place("statue", s, eyes, 6);
    }

    /** A cliff in the open: a wall of ledges and hollows over a slope; stations stand before it. */
    static Place cliff(int seed) {
        Random r = new Random(seed);
        double amp = 0.05 + 0.15 * r.nextDouble();
        double ledge = 0.3 + 0.6 * r.nextDouble();
        double lean = 0.1 * r.nextDouble();
        Stone s = (x, y, z) -> {
            double face =
                    6 + lean * z - y + amp * bumps(x, y, z, 3.1, seed) + 0.15 * amp * bumps(x, y, z, 0.7, seed + 3);
            double d = Math.min(face, box(x - 1, y - 6, z - 2.5, 3, ledge, 0.4));
            d = Math.max(d, -box(x + 3, y - 6.2, z - 1.2, 0.9, 0.8, 1.2));
            d = Math.min(d, z + 0.4 + 0.08 * y + 0.3 * amp * bumps(x, y, z, 1.3, seed + 1));
            return 0.6 * d;
        };
        double[][] eyes = new double[6][];
        for (int k = 0; k < 6; k++) {
            eyes[k] = new double[] {-5 + 2 * k + r.nextDouble(), -1 + 2 * r.nextDouble(), 1.2 + 0.5 * r.nextDouble()};
        }
        return new Place("cliff", s, eyes, 14);
    }

    /** A panel: a carved sheet with its frame, seen from before it. */
    static Place panel(int seed) {
        Random r = new Random(seed);
        double hx = 0.8 + r.nextDouble();
        double hz = 0.6 + 0.6 * r.nextDouble();
        double deep = 0.01 + 0.02 * r.nextDouble();
        Stone s = (x, y, z) -> {
            double d = box(x, y - 0.2, z - hz - 0.3, hx, 0.2, hz);
            d -= deep * bumps(x, 0.3, z, 0.4, seed) * 0.6;
            d = Math.min(d, box(x, y + 0.05, z - 0.3, hx, 0.1, 0.06));
            d = Math.min(d, box(x, y + 0.03, z - 2 * hz - 0.3, hx, 0.08, 0.06));
            d = Math.min(d, box(x - hx, y + 0.03, z - hz - 0.3, 0.06, 0.08, hz));
            return 0.7 * d;
        };
        double[][] eyes = new double[6][];
        for (int k = 0; k < 6; k++) {
            eyes[k] = new double[] {-1.5 + 0.6 * k, -2 - r.nextDouble(), 0.6 + 0.8 * r.nextDouble()};
        }
        return new Place("panel", s, eyes, 5);
    }

    // --- kept apart: nothing is chosen by these, they judge

    /** A round hall under a dome, with columns and a step. */
    static Place dome(int seed) {
        Random r = new Random(seed);
        double big = 2.5 + 1.5 * r.nextDouble();
        double start = r.nextDouble();
        double rough = 0.01 * r.nextDouble();
        int columns = 3 + r.nextInt(3);
        double door = 2 * Math.PI * r.nextDouble();
        Stone s = (x, y, z) -> {
            double q = Math.sqrt(x * x + y * y);
            double d = z > 0.5 ? big - Math.sqrt(q * q + sq(z - 0.5)) : big - q;
            d = Math.min(d, z + 1.3);
            for (int k = 0; k < columns; k++) {
                double a = start + 2 * Math.PI * k / columns + 0.2 * k * k;
                d = Math.min(d, Math.sqrt(sq(x - 0.65 * big * Math.cos(a)) + sq(y - 0.65 * big * Math.sin(a))) - 0.18);
            }
            double u = x * Math.cos(door) + y * Math.sin(door);
            double v = -x * Math.sin(door) + y * Math.cos(door);
            d = Math.max(d, -box(u - big, v, z + 0.3, 0.9, 0.45, 1));
            d = Math.min(d, box(u + 0.5 * big, v + 0.4, z + 1.3, 0.4, 0.7, 0.35));
            return 0.8 * (d + rough * bumps(x, y, z, 0.8, seed));
        };
        double[][] eyes = new double[6][];
        for (int k = 0; k < 6; k++) {
            double a = start + 2 * Math.PI * (k + 0.45) / 6;
            eyes[k] = new double[] {0.3 * big * Math.cos(a), 0.3 * big * Math.sin(a), 0.2 * r.nextDouble()};
        }
        return new Place("dome", s, eyes, 20);
    }

    /** A gallery with a bend: niches on one side, ribs overhead. */
    static Place gallery(int seed) {
        Random r = new Random(seed);
        double w = 1 + 0.6 * r.nextDouble();
        double gap = 1.3 + 0.8 * r.nextDouble();
        double rough = 0.02 * r.nextDouble();
        Stone s = (x, y, z) -> {
            double d = -box(x, y, z, 4, w, 1.3);
            d = Math.max(d, -box(x - 4 + w, y - 3, z + 0.1, w, 4, 1.2));
            double n = x - gap * Math.rint(x / gap);
            d = Math.max(d, -Math.max(box(n, y + w, z + 0.2, 0.35, 0.4, 0.5), box(x + 1, y + w, z, 2.6, 2, 2)));
            d = Math.min(d, Math.max(Math.sqrt(sq(z - 1.45) + sq(x + 0.7)) - 0.25, Math.abs(y) - 3));
            d = Math.min(d, Math.sqrt(sq(x + 2) + sq(y - 0.5 * w) + sq(z + 1)) - 0.45);
            return 0.8 * (d + rough * bumps(x, y, z, 0.9, seed));
        };
        double[][] eyes = {
            {-2.6, -0.2, 0.2}, {-0.9, 0.3, 0.3}, {0.6, -0.2, 0.2}, {1.9, 0.1, 0.3}, {2.9, 0.3, 0.2}, {3.1, 1.6, 0.2}
        };
        return new Place("gallery", s, eyes, 25);
    }

    /** A broken block with worked sides, seen from around. */
    static Place block(int seed) {
        Random r = new Random(seed);
        double hx = 0.3 + 0.4 * r.nextDouble();
        double hy = 0.25 + 0.3 * r.nextDouble();
        double cut = 0.3 + 0.2 * r.nextDouble();
        Stone s = (x, y, z) -> {
            double d = box(x, y, z - 0.4, hx, hy, 0.4);
            d = Math.max(d, 0.6 * x / hx * hx + 0.5 * y + 0.6 * (z - 0.4) - cut);
            d = Math.max(d, -Math.sqrt(sq(x + hx) + sq(y) + sq(z - 0.5)) + 0.2);
            return 0.7 * (d + 0.004 * bumps(x, y, z, 0.15, seed));
        };
        double[][] eyes = new double[6][];
        for (int k = 0; k < 6; k++) {
            double a = 2 * Math.PI * (k + 0.3 * r.nextDouble()) / 6;
            eyes[k] = new double[] {1.8 * Math.cos(a), 1.8 * Math.sin(a), 0.9 + 0.5 * r.nextDouble()};
        }
        return new Place("block", s, eyes, 6);
    }

    /** A courtyard: walls with doors around an open yard. */
    static Place court(int seed) {
        Random r = new Random(seed);
        double hx = 5 + 3 * r.nextDouble();
        double hy = 4 + 2 * r.nextDouble();
        double rough = 0.02 * r.nextDouble();
        Stone s = (x, y, z) -> {
            double d = Math.min(hx - Math.abs(x), hy - Math.abs(y));
            d = Math.max(d, z - 3);
            d = Math.max(d, -box(x - hx, y - 1, z - 1, 1.2, 0.7, 1.2));
            d = Math.max(d, -box(x + 2, y - hy, z - 1.2, 1.1, 0.9, 1.3));
            d = Math.min(d, z + 0.2);
            d = Math.min(d, Math.sqrt(sq(x + 1.4) + sq(y + 1.1)) - 0.3);
            d = Math.min(d, box(x - 2, y + hy, z, 1.2, 0.6, 0.6));
            return 0.8 * (d + rough * bumps(x, y, z, 1.4, seed));
        };
        double[][] eyes = new double[6][];
        for (int k = 0; k < 6; k++) {
            double a = 2 * Math.PI * (k + 0.5 * r.nextDouble()) / 6;
            eyes[k] = new double[] {0.55 * hx * Math.cos(a), 0.6 * hy * Math.sin(a), 1.4 + 0.3 * r.nextDouble()};
        }
        return new Place("court", s, eyes, 14);
    }

    /** A wall between two rooms, 0.2 m thick, open past one of its ends: stations on both sides see its end and what is there. */
    static Place partition(int seed) {
        Stone s = (x, y, z) -> {
            double d = -box(x, y, z, 3, 2.2, 1.4);
            d = Math.min(d, box(x + 0.6, y, z, 2.4, 0.1, 2));
            d = Math.min(d, box(x - 2.5, y, z + 1.4, 0.2, 0.3, 0.9));
            return 0.85 * (d + 0.003 * bumps(x, y, z, 0.5, seed));
        };
        return new Place("partition", s, new double[][] {{-0.9, 1.3, 0.1}, {-0.7, -1.2, 0.2}}, 20);
    }

    /** A room with a carved wall at x = 1.8: relief of centimetres, as of a face or of writing. */
    static Place carved(int seed) {
        Stone s = (x, y, z) -> {
            double d = -box(x, y, z, 1.8, 1.6, 1.4);
            return 0.6 * (d + (x > 1.5 ? 0.012 * bumps(0.3, y, z, 0.17, seed) * Math.min(1, (x - 1.5) / 0.2) : 0));
        };
        return new Place("carved", s, new double[][] {{-0.3, 0.2, 0.1}, {0.2, -0.3, 0.2}}, 20);
    }

    /** A box and nothing in it: turned by half it is itself. */
    static Place symmetric(double hx, double hy, double hz) {
        Stone s = (x, y, z) -> -box(x, y, z, hx, hy, hz);
        double[][] eyes = {{0.4, 0.3, 0.1}, {-0.5, 0.2, 0.2}, {0.1, -0.6, 0}, {0.6, -0.4, 0.1}};
        return new Place("box", s, eyes, 20);
    }

    /**
     * A room in which all that stands, is dug out or is rough stands twice, half a turn about the vertical apart: turned by
     * half it is itself.
     */
    static Place halfTurn(int seed) {
        Random r = new Random(seed);
        double hx = 1.6 + 1.6 * r.nextDouble();
        double hy = 1.4 + 1.4 * r.nextDouble();
        double hz = 1.3 + 0.6 * r.nextDouble();
        boolean round = r.nextInt(4) == 0;
        int things = r.nextInt(4);
        double rough = r.nextInt(3) * 0.004;
        double aside = 0.6 * hx * (2 * r.nextDouble() - 1);
        double pillar = r.nextBoolean() ? 0.12 + 0.2 * r.nextDouble() : 0;
        Stone s = (x, y, z) -> {
            double d = round
                    ? Math.min(0.5 * (hx - Math.sqrt(x * x + sq(y * hx / hy))), hz - Math.abs(z))
                    : -box(x, y, z, hx, hy, hz);
            for (int way = -1; way < 2 && things > 0; way += 2) {
                d = Math.max(d, -box(way * x - aside, way * y - hy, z + 0.1, 0.35, 0.5, 0.6));
            }
            for (int way = -1; way < 2 && things > 1; way += 2) {
                double u = way * x - 0.75 * hx;
                double v = way * y + 0.1 * hy;
                d = Math.min(d, box(u, v, z + hz, 0.2, 0.25, 0.7));
                d = things > 2 ? Math.min(d, Math.sqrt(sq(u) + sq(v) + sq(z + hz - 0.9)) - 0.25) : d;
            }
            d = pillar == 0 ? d : Math.min(d, Math.sqrt(x * x + y * y) - pillar);
            return 0.7 * (d + 0.5 * rough * (bumps(x, y, z, 0.7, seed) + bumps(-x, -y, z, 0.7, seed)));
        };
        double[][] eyes = new double[6][];
        for (int k = 0; k < 6; k++) {
            double a = 2 * Math.PI * (k + 0.5 * r.nextDouble()) / 6;
            eyes[k] = new double[] {0.5 * hx * Math.cos(a), 0.5 * hy * Math.sin(a), 0.3 * r.nextDouble()};
        }
        return new Place("half turn", s, eyes, 20);
    }

    /** A long smooth passage. */
    static Place corridor() {
        Stone s = (x, y, z) -> -box(x, y, z, 60, 1, 1.3);
        double[][] eyes = {{0, 0, 0}, {2, 0.2, 0.1}, {4, -0.2, 0}, {6, 0, 0.1}};
        return new Place("corridor", s, eyes, 12);
    }

    /** A smooth ball seen from within: it turns, and nobody can tell. */
    static Place ball() {
        Stone s = (x, y, z) -> 2.5 - Math.sqrt(x * x + y * y + z * z);
        return new Place("ball", s, new double[][] {{0.5, 0, 0}, {-0.4, 0.6, 0.2}}, 20);
    }

    /** Rooms of one size in a row, all doors alike: one step on, all is the same. */
    static Place row() {
        Stone s = (x, y, z) -> {
            double n = x - 4 * Math.rint(x / 4);
            double d = -box(n, y, z, 1.8, 1.7, 1.4);
            d = Math.max(d, -box(x, y, z + 0.4, 11, 0.5, 1));
            return 0.9 * Math.max(d, Math.abs(x) - 9.8 > 0 ? -1 : d);
        };
        return new Place("row", s, new double[][] {{-0.6, 0.3, 0.1}, {0.7, -0.4, 0.2}, {4.6, 0.3, 0.2}}, 30);
    }

    /** Steps up a straight flight between two walls, all alike. */
    static Place stairs() {
        Stone s = (x, y, z) -> {
            double rise = 0.18;
            double run = 0.28;
            double k = Math.floor(x / run);
            double step = Math.min(z - rise * k, Math.max(z - rise * (k + 1), run * (k + 1) - x));
            double d = Math.min(step, 2.4 - (z - rise * x / run) * 0.84);
            return 0.6 * Math.min(d, 1 - Math.abs(y));
        };
        return new Place("stairs", s, new double[][] {{0, 0, 1.5}, {1.4, 0.2, 2.4}}, 8);
    }

    private static double sq(double v) {
        return v * v;
    }

    final List<Station> stations = new ArrayList<>();
    private final List<double[]> parts = new ArrayList<>();
    private final Random random;
    /** Whether stations scan an even raster of angles, as terrestrial scanners do; else rays are spread evenly by chance. */
    boolean raster;

    private final List<double[]> seen = new ArrayList<>();
    /** Where the stations' points truly are, and where they truly stood. */
    private final List<double[]> hits = new ArrayList<>();

    private final List<double[]> stood = new ArrayList<>();
    /** The mistake of each station, about the cave's origin. */
    final List<Move> mistakes = new ArrayList<>();

    VirtualSurvey(int seed) {
        random = new Random(seed);
    }

    /**
     * Adds a station that looks around from an eye.
     *
     * @param mistake what its frame is moved by, about the origin; {@code scale} what it is stretched by
     */
    VirtualSurvey station(
            Place place, double[] eye, int points, double noise, Move mistake, double scale, boolean posed) {
        double[] xyz = new double[3 * points];
        double[] hit = new double[3 * points];
        int n = 0;
        double[] o = new double[3];
        int[] grid = raster ? grid(points) : null;
        for (int tries = 0; n < points && tries < 40 * points; tries++) {
            double z = 2 * random.nextDouble() - 1;
            double a = 2 * Math.PI * random.nextDouble();
            double c = Math.sqrt(1 - z * z);
            double dx = c * Math.cos(a);
            double dy = c * Math.sin(a);
            if (grid != null) {
                // an even raster of angles, dense where the beam stands steep
                int k = tries % grid[2];
                z = Math.sin(Math.PI * ((k / grid[0] + 0.5) / grid[1] - 0.5));
                a = 2 * Math.PI * (k % grid[0] + 0.3) / grid[0] + 0.1 * (tries / grid[2]);
                c = Math.sqrt(1 - z * z);
                dx = c * Math.cos(a);
                dy = c * Math.sin(a);
            }
            if (place.small()) {
                // only where the figure is
                double wide = place.name.equals("panel") ? 1.9 : 0.8;
                double tx = wide * (2 * random.nextDouble() - 1) - eye[0];
                double ty = 0.8 * (2 * random.nextDouble() - 1) - eye[1];
                double tz = (place.name.equals("panel") ? 2.8 : 1.8) * random.nextDouble() - eye[2];
                double l = Math.sqrt(tx * tx + ty * ty + tz * tz);
                dx = tx / l;
                dy = ty / l;
                z = tz / l;
            }
            double t = 0;
            boolean met = false;
            for (int k = 0; k < 400 && t < place.far; k++) {
                double d = place.stone.at(eye[0] + t * dx, eye[1] + t * dy, eye[2] + t * z);
                if (d < 2e-6) {
                    met = true;
                    break;
                }
                t += d;
            }
            if (!met) {
                continue;
            }
            hit[3 * n] = eye[0] + t * dx;
            hit[3 * n + 1] = eye[1] + t * dy;
            hit[3 * n + 2] = eye[2] + t * z;
            t += noise * random.nextGaussian();
            mistake.apply(scale * (eye[0] + t * dx), scale * (eye[1] + t * dy), scale * (eye[2] + t * z), o);
            System.arraycopy(o, 0, xyz, 3 * n++, 3);
        }
        parts.add(Arrays.copyOf(xyz, 3 * n));
        hits.add(Arrays.copyOf(hit, 3 * n));
        stood.add(eye);
        mistake.apply(scale * eye[0], scale * eye[1], scale * eye[2], o);
        seen.add(o.clone());
        Pose pose = posed ? Pose.of(mistake.r(), o[0], o[1], o[2]) : null;
        stations.add(new Station("s" + stations.size(), "s" + stations.size(), null, pose, n));
        mistakes.add(mistake);
        return this;
    }

    /**
     * Adds a close-up: a window of {@code wide} metres either way around a target, looked at from an eye near by, evenly by
     * chance.
     */
    VirtualSurvey detail(
            Place place, double[] eye, double[] target, double wide, int points, double noise, Move mistake) {
        double[] w = {target[0] - eye[0], target[1] - eye[1], target[2] - eye[2]};
        double far = Math.sqrt(sq(w[0]) + sq(w[1]) + sq(w[2]));
        double flat = Math.hypot(w[0], w[1]);
        double[] u = {-w[1] / flat, w[0] / flat, 0};
        double[] v = {-w[2] * u[1] / far, w[2] * u[0] / far, flat / far};
        double[] xyz = new double[3 * points];
        double[] hit = new double[3 * points];
        int n = 0;
        double[] o = new double[3];
        double[] d = new double[3];
        for (int tries = 0; n < points && tries < 4 * points; tries++) {
            double a = wide * (2 * random.nextDouble() - 1);
            double b = wide * (2 * random.nextDouble() - 1);
            double l = Math.sqrt(far * far + a * a + b * b);
            for (int i = 0; i < 3; i++) {
                d[i] = (w[i] + a * u[i] + b * v[i]) / l;
            }
            double t = 0;
            double off = 1;
            for (int k = 0; k < 400 && off >= 2e-6 && t < place.far; k++) {
                off = place.stone.at(eye[0] + t * d[0], eye[1] + t * d[1], eye[2] + t * d[2]);
                t += off;
            }
            if (off >= 2e-6) {
                continue;
            }
            for (int i = 0; i < 3; i++) {
                hit[3 * n + i] = eye[i] + t * d[i];
            }
            t += noise * random.nextGaussian();
            mistake.apply(eye[0] + t * d[0], eye[1] + t * d[1], eye[2] + t * d[2], o);
            System.arraycopy(o, 0, xyz, 3 * n++, 3);
        }
        parts.add(Arrays.copyOf(xyz, 3 * n));
        hits.add(Arrays.copyOf(hit, 3 * n));
        stood.add(eye);
        mistake.apply(eye[0], eye[1], eye[2], o);
        seen.add(o.clone());
        stations.add(new Station(
                "s" + stations.size(), "s" + stations.size(), null, Pose.of(mistake.r(), o[0], o[1], o[2]), n));
        mistakes.add(mistake);
        return this;
    }

    /** Columns, rows and cells of a raster of so many rays. */
    private static int[] grid(int points) {
        int rows = (int) Math.sqrt(points / 2.0);
        return new int[] {2 * rows, rows, 2 * rows * rows};
    }

    private Cloud cloud() {
        int n = parts.stream().mapToInt(p -> p.length / 3).sum();
        double most = 0;
        for (double[] p : parts) {
            for (double v : p) {
                most = Math.max(most, Math.abs(v));
            }
        }
        Lattice l = new Lattice(0, 0, 0, most < 2000 ? 1e-6 : 1e-5);
        int[][] c = new int[3][n];
        char[] station = new char[n];
        int at = 0;
        for (int s = 0; s < parts.size(); s++) {
            double[] p = parts.get(s);
            for (int i = 0; i < p.length; i += 3, at++) {
                c[0][at] = l.ix(p[i]);
                c[1][at] = l.iy(p[i + 1]);
                c[2][at] = l.iz(p[i + 2]);
                station[at] = (char) s;
            }
        }
        return new Cloud(l, c[0], c[1], c[2], null, null, null, station);
    }

    /** Judged as it comes: spacing from twelve neighbours, normals towards where each ray came from. */
    Registered judge(Work work) {
        double[] large = new double[stations.size()];
        Engine engine = new Threads(work);
        return Registration.of(store(work, engine, large), eyes(stations), large, engine);
    }

    /** The patches that stations are judged by. */
    Patches[] patches(Work work) {
        double[] large = new double[stations.size()];
        Engine engine = new Threads(work);
        return new Gather(store(work, engine, large), eyes(stations), large, engine).run();
    }

    /** @param large receives each station's large spacing */
    private Store store(Work work, Engine engine, double[] large) {
        Cloud cloud = cloud();
        float[] spacing = new float[cloud.size];
        float[] normals = new float[3 * cloud.size];
        KdTree tree = KdTree.of(cloud);
        work.blocks(cloud.size, 4096, (from, to) -> {
            KdTree.Query q = tree.query();
            for (int i = from; i < to; i++) {
                int n = q.nearestAt(cloud.x[i], cloud.y[i], cloud.z[i], 13, 1e9);
                spacing[i] = (float) (Math.sqrt(q.distance[n - 1]) * Math.sqrt(Math.PI / (n - 1)));
            }
        });
        int at = 0;
        for (int s = 0; s < parts.size(); s++) {
            int n = parts.get(s).length / 3;
            double[] eye = seen.get(s);
            float[] own = Arrays.copyOfRange(spacing, at, at + n);
            Arrays.sort(own);
            large[s] = n == 0 ? 0 : own[(int) (0.95 * n)] * Math.sqrt(parts.size());
            for (int i = at; i < at + n; i++) {
                double x = eye[0] - cloud.px(i);
                double y = eye[1] - cloud.py(i);
                double z = eye[2] - cloud.pz(i);
                double l = Math.max(1e-9, Math.sqrt(x * x + y * y + z * z));
                normals[3 * i] = (float) (x / l);
                normals[3 * i + 1] = (float) (y / l);
                normals[3 * i + 2] = (float) (z / l);
            }
            at += n;
        }
        return engine.store(cloud.with(Columns.SPACING, spacing).with(Columns.NORMAL, normals), 50_000);
    }

    static List<double @Nullable []> eyes(List<Station> stations) {
        List<double @Nullable []> eyes = new ArrayList<>();
        for (Station s : stations) {
            Pose p = s.pose();
            eyes.add(p == null ? null : new double[] {p.tx(), p.ty(), p.tz()});
        }
        return eyes;
    }

    /** By how much a mistake shifts the first station's points, in the root mean square, metres. */
    double doubled(Move mistake) {
        double[] p = parts.getFirst();
        double[] o = new double[3];
        double sum = 0;
        for (int i = 0; i < p.length; i += 3) {
            mistake.apply(p[i], p[i + 1], p[i + 2], o);
            sum += (o[0] - p[i]) * (o[0] - p[i])
                    + (o[1] - p[i + 1]) * (o[1] - p[i + 1])
                    + (o[2] - p[i + 2]) * (o[2] - p[i + 2]);
        }
        return Math.sqrt(3 * sum / Math.max(1, p.length));
    }

    /**
     * The share of the last station's points that lie farther than {@code least} off another place's stone, of those that the
     * first one, which stands in that place, sees or sees past. Of the others nobody can tell.
     */
    double off(Place place, double least) {
        double[] p = parts.getLast();
        double[] e = stood.getFirst();
        int off = 0;
        int n = 0;
        for (int i = 0; i < p.length; i += 3 * Math.max(1, p.length / 3 / 4000)) {
            double[] d = {p[i] - e[0], p[i + 1] - e[1], p[i + 2] - e[2]};
            double far = Math.sqrt(sq(d[0]) + sq(d[1]) + sq(d[2]));
            if (free(place, e, d, far) > far - 0.05 && far < place.far) {
                off += Math.abs(place.stone.at(p[i], p[i + 1], p[i + 2])) > least ? 1 : 0;
                n++;
            }
        }
        return off / (double) Math.max(1, n);
    }

    /** How far one sees from {@code e} along {@code d}, which is {@code far} long, and not farther than that, metres. */
    private static double free(Place place, double[] e, double[] d, double far) {
        double t = 0;
        double off = 1;
        for (int k = 0; k < 400 && off >= 2e-6 && t < far; k++) {
            off = place.stone.at(e[0] + t * d[0] / far, e[1] + t * d[1] / far, e[2] + t * d[2] / far);
            t += off;
        }
        return t;
    }

    /** The share of what either station shows that the other one truly sees, the smaller of the two. */
    double overlap(Place place, int a, int b) {
        return Math.min(seen(place, a, b), seen(place, b, a));
    }

    private double seen(Place place, int of, int by) {
        double[] p = hits.get(of);
        double[] e = stood.get(by);
        int step = 3 * Math.max(1, p.length / 3 / 1000);
        int all = 0;
        int seen = 0;
        for (int i = 0; i < p.length; i += step) {
            double[] d = {p[i] - e[0], p[i + 1] - e[1], p[i + 2] - e[2]};
            double far = Math.sqrt(sq(d[0]) + sq(d[1]) + sq(d[2]));
            all++;
            seen += free(place, e, d, far) > far - 0.002 && far < place.far ? 1 : 0;
        }
        return all == 0 ? 0 : seen / (double) all;
    }

    /** How b stands off from a at a point: what is true of a pair's motion. */
    Move truth(int a, int b) {
        return mistakes.get(b).after(mistakes.get(a).inverse());
    }
}
