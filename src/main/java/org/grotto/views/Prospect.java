package org.grotto.views;

import java.util.Arrays;
import org.grotto.image.Camera;
import org.grotto.image.Glimpse;

/**
 * What a picture shows, as shares of its samples; and how good a picture it is.
 *
 * @param stone faces of triangles
 * @param behind triangles seen from behind
 * @param open nothing
 * @param nearest depth that a hundredth of the stone does not exceed, metres
 * @param middle median depth, metres
 * @param deep depth of what the picture's middle shows most, by a geometric mean, metres
 * @param far depth that nine tenths of the stone do not exceed, metres
 * @param farthest depth that all but a two hundredth of the stone does not exceed, metres
 * @param interest mean interest of the stone, 0 to 1, the middle of the picture weighing most
 * @param cut mean interest of the stone along the picture's rim: what it cuts off
 * @param figures area of stone in the picture, times interest, beside that of all
 * @param measured share of the stone that was measured
 * @param contrast standard deviation of brightness under a lamp beside the eye, 0 to about 0.3
 * @param seen area of the stone in the picture, beside that of all
 * @param covers area that the stone covers of what is behind it, as if seen from far away, square metres
 * @param before share of the picture's middle, floor aside, where stone stands less than half as far as its median
 * @param colourful standard deviation of the stone's own colours, 0 to about 0.3
 * @param evenness how alike the picture's left and right halves are, -1 to 1: statues and buildings from their front
 */
record Prospect(
        double stone,
        double behind,
        double open,
        double nearest,
        double middle,
        double deep,
        double far,
        double farthest,
        double interest,
        double cut,
        double figures,
        double measured,
        double contrast,
        double seen,
        double covers,
        double before,
        double colourful,
        double evenness) {
    /** The middle of the picture weighs as a bell so wide, of half the picture. */
    private static final double BELL = 0.7;
    /** What a picture's gaps count against it: a hundredth is seen at once, and nearly as good a picture has none. */
    private static final double GAP = 12;
    /** More than this share that is not stone is a picture of gaps, whatever else it shows; a twentieth is too much. */
    private static final double OPEN = 0.03;
    /** What all of the picture beyond that counts against it. */
    private static final double GAPS = 60;
    /** What stands in the middle, of half the picture's width, over what floor shows, of half its height. */
    static final double MIDDLE = 0.5;

    static final double FLOOR = -0.35;
    /** A picture with nothing farther than this, metres, is one of a wall before one's nose. */
    private static final double WALL = 3;
    /** Beyond this, of half the picture, is its rim. */
    private static final double RIM = 0.85;

    static Prospect of(Stone s, Camera camera, int width, int height, boolean backs) {
        return of(s, camera, s.look(camera, width, height, backs));
    }

    /** Of what a camera shows. */
    static Prospect of(Stone s, Camera camera, Glimpse g) {
        int n = g.shown().length;
        float[] depth = new float[n];
        float[] bright = new float[n];
        int stone = 0;
        int behind = 0;
        int measured = 0;
        double area = 0;
        double covers = 0;
        double figures = 0;
        double cut = 0;
        int rim = 0;
        // a sample is so wide at a depth of one metre
        double sample = 2 * camera.half() / g.height();
        double weights = 0;
        double interest = 0;
        double deep = 0;
        double[] lamp = lamp(camera);
        for (int i = 0; i < n; i++) {
            int t = g.shown()[i];
            bright[i] = Float.NaN;
            if (g.behind(i)) {
                behind++;
            } else if (g.front(i)) {
                double x = (i % g.width() + 0.5) * 2 / g.width() - 1;
                double y = (i / g.width() + 0.5) * 2 / g.height() - 1;
                double w = StrictMath.exp(-(x * x + y * y) / (2 * BELL * BELL));
                weights += w;
                interest += w * s.interest[t];
                deep += w * StrictMath.log(g.depth()[i]);
                measured += s.measured[t] ? 1 : 0;
                depth[stone++] = g.depth()[i];
                bright[i] = (float) brightness(s, t, lamp);
                double wide = camera.perspective() ? sample * g.depth()[i] : sample;
                double slant = cosine(s, t, camera, x * camera.half() * g.width() / g.height(), -y * camera.half());
                double patch = wide * wide / Math.max(0.05, slant);
                area += patch;
                covers += wide * wide;
                figures += patch * s.interest[t];
                if (Math.max(Math.abs(x), Math.abs(y)) > RIM) {
                    cut += s.interest[t];
                    rim++;
                }
            }
        }
        if (stone == 0) {
            return new Prospect(
                    0, (double) behind / n, 1 - (double) behind / n, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        }
        Arrays.sort(depth, 0, stone);
        return new Prospect(
                (double) stone / n,
                (double) behind / n,
                1 - (double) (stone + behind) / n,
                depth[stone / 100],
                depth[stone / 2],
                StrictMath.exp(deep / weights),
                depth[stone - 1 - stone / 10],
                depth[stone - 1 - stone / 200],
                interest / weights,
                rim == 0 ? 0 : cut / rim,
                Math.min(1, figures / (s.area * s.meanInterest + 1e-9)),
                (double) measured / stone,
                contrast(bright),
                Math.min(1, area / s.area),
                covers,
                before(g, 0.5 * depth[stone / 2]),
                colourful(s, g),
                evenness(bright, g.width()));
    }

    /** How much a triangle is foreshortened for the ray through (x, y) at depth 1: its area at depth 1 is the sample's by this. */
    static double cosine(Stone s, int t, Camera c, double x, double y) {
        double[] n = s.mesh.cross(t);
        double l = Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
        double dot = 0;
        for (int k = 0; k < 3; k++) {
            double ray = c.forward()[k] + (c.perspective() ? x * c.right()[k] + y * c.up()[k] : 0);
            dot -= n[k] * ray;
        }
        return l > 0 ? dot / l : 1;
    }

    /** Beside and above the eye, as viewers' lamps are. */
    private static double[] lamp(Camera c) {
        double[] d = new double[3];
        double l = 0;
        for (int k = 0; k < 3; k++) {
            d[k] = 0.5 * c.up()[k] - 0.4 * c.right()[k] - c.forward()[k];
            l += d[k] * d[k];
        }
        for (int k = 0; k < 3; k++) {
            d[k] /= Math.sqrt(l);
        }
        return d;
    }

    private static double brightness(Stone s, int t, double[] lamp) {
        double[] c = s.mesh.cross(t);
        double l = Math.sqrt(c[0] * c[0] + c[1] * c[1] + c[2] * c[2]);
        return l > 0 ? Math.max(0, (c[0] * lamp[0] + c[1] * lamp[1] + c[2] * lamp[2]) / l) : 0;
    }

    /** Share of the middle of a picture that is nearer than a depth; below it is floor. */
    private static double before(Glimpse g, double near) {
        int n = 0;
        int all = 0;
        for (int i = 0; i < g.depth().length; i++) {
            double x = (i % g.width() + 0.5) * 2 / g.width() - 1;
            double y = 1 - (i / g.width() + 0.5) * 2 / g.height();
            if (Math.abs(x) < MIDDLE && y > FLOOR) {
                all++;
                n += g.depth()[i] < near ? 1 : 0;
            }
        }
        return (double) n / all;
    }

    private static double colourful(Stone s, Glimpse g) {
        float[] colour = s.colour;
        if (colour == null) {
            return 0;
        }
        double[] sum = new double[3];
        double squares = 0;
        int n = 0;
        for (int i = 0; i < g.shown().length; i++) {
            for (int k = 0; g.front(i) && k < 3; k++) {
                double c = colour[3 * g.shown()[i] + k];
                sum[k] += c;
                squares += c * c / 3;
                n += k == 0 ? 1 : 0;
            }
        }
        double mean = 0;
        for (int k = 0; n > 0 && k < 3; k++) {
            mean += sum[k] / n * (sum[k] / n) / 3;
        }
        return n == 0 ? 0 : Math.sqrt(Math.max(0, squares / n - mean));
    }

    private static double contrast(float[] bright) {
        double sum = 0;
        double squares = 0;
        int n = 0;
        for (float b : bright) {
            if (!Float.isNaN(b)) {
                sum += b;
                squares += (double) b * b;
                n++;
            }
        }
        double mean = sum / n;
        return Math.sqrt(Math.max(0, squares / n - mean * mean));
    }

    /** How the brightness, nothing being dark, goes with that of the mirrored picture: Pearson's correlation. */
    private static double evenness(float[] bright, int width) {
        int n = bright.length;
        double sum = 0;
        double squares = 0;
        double mirrored = 0;
        for (int i = 0; i < n; i++) {
            float a = bright[i];
            float b = bright[i - i % width + width - 1 - i % width];
            double p = Float.isNaN(a) ? -1 : a;
            double q = Float.isNaN(b) ? -1 : b;
            sum += p;
            squares += p * p;
            mirrored += p * q;
        }
        double variance = squares / n - sum / n * (sum / n);
        return variance > 1e-12 ? (mirrored / n - sum / n * (sum / n)) / variance : 0;
    }

    /** How far one sees: between a step, 0, and the end of a hall, 1. */
    private double depth() {
        return Math.max(0, Math.min(1, StrictMath.log(deep / 1.2) / StrictMath.log(8)));
    }

    /** How long the view is: 1 from thirty metres on. */
    private double length() {
        return Math.max(0, Math.min(1, StrictMath.log(farthest / 3) / StrictMath.log(10)));
    }

    /**
     * How good a picture for who stands in a room: what one looks at, far enough away, nothing before it, and nothing but
     * stone.
     *
     * @param room 1 where one can stand far enough from all stone, less in smaller rooms
     */
    double inRoom(double room) {
        return 1.5 * Math.sqrt(interest)
                + 1.2 * Math.sqrt(figures)
                - Math.sqrt(cut)
                + 3 * colourful
                + 0.2 * evenness
                - 3 * Math.max(0, before - 0.04)
                + 2.2 * depth()
                + 0.7 * length()
                - 4 * Math.max(0, 1 - far / (WALL * room))
                + 0.6 * measured
                + 0.5 * contrast
                + 0.4 * Math.sqrt(seen)
                - 4 * Math.max(0, behind - 0.01)
                - GAP * open
                - GAPS * Math.max(0, open + behind - OPEN)
                - 2 * Math.max(0, 1.2 * room - nearest);
    }

    /** How good a picture for who stands on a site: much of it, and about as much of the sky as a horizon leaves. */
    double onSite() {
        return Math.sqrt(interest)
                + 2 * Math.sqrt(seen)
                + 0.6 * measured
                + contrast
                - 4 * Math.max(0, behind - 0.01)
                - 4 * Math.max(0, open - 0.5)
                - 2 * Math.max(0, 2 - nearest);
    }

    /**
     * How good a picture of a whole thing, seen from around.
     *
     * @param broad how much it covers of what is behind it, beside the most from any side: what is long is seen from its side
     */
    double whole(double broad, double meanInterest) {
        // a thing's end bends most and is even: it is worth as much as it shows
        return broad * (0.6 * Math.min(2, interest / (meanInterest + 0.02)) + 0.5 * evenness + 1.2)
                + 0.5 * measured
                + contrast
                - 3 * behind;
    }
}
