package org.grotto.pipeline;

import org.grotto.geometry.Pose;

/**
 * A room of which everything is known in closed form: six plane walls and a dome (half an ellipsoid) that stands on the
 * floor, a window in one wall through which no scanner gets an answer, smooth paint, smooth reflectance with one disc of
 * foil brighter than any scanner's limit. Its own frame has the floor's middle as zero; {@link #FRAME} takes it to the
 * world, turned and far from zero, so that nothing is right by chance.
 */
final class KnownCave {
    /** Half the room's length and width, its height, metres. */
    static final double LONG = 1.5;

    static final double WIDE = 1.2;
    static final double HIGH = 2.2;
    /** The dome stands here, with this radius and height. */
    static final double[] DOME = {0.2, 0.2};

    static final double RADIUS = 0.35;
    static final double TOP = 0.9;
    /** The window in the wall x = {@link #LONG}: half its side, and its middle. */
    static final double WINDOW = 0.3;

    static final double[] WINDOW_AT = {LONG, 0.1, 1.2};
    /** The foil on the wall y = {@link #WIDE}. */
    static final double[] FOIL_AT = {-0.6, WIDE, 1.2};

    static final double FOIL = 0.15;
    static final double FOIL_REFLECTS = 1.5;
    /** How far the room is turned about the vertical, degrees. */
    static final double TURNED = 20;

    static final Pose FRAME = turned(0, 0, Math.toRadians(TURNED), 37, -12, 5);

    private KnownCave() {}

    /** First about x, then y, then z, rad; then the move. */
    static Pose turned(double x, double y, double z, double tx, double ty, double tz) {
        Pose px = new Pose(Math.cos(x / 2), Math.sin(x / 2), 0, 0, 0, 0, 0);
        Pose py = new Pose(Math.cos(y / 2), 0, Math.sin(y / 2), 0, 0, 0, 0);
        Pose pz = new Pose(Math.cos(z / 2), 0, 0, Math.sin(z / 2), 0, 0, 0);
        Pose r = pz.after(py).after(px);
        return new Pose(r.qw(), r.qx(), r.qy(), r.qz(), tx, ty, tz);
    }

    static double[] apply(Pose p, double... v) {
        double[] m = p.matrix();
        return new double[] {
            m[0] * v[0] + m[1] * v[1] + m[2] * v[2] + p.tx(),
            m[3] * v[0] + m[4] * v[1] + m[5] * v[2] + p.ty(),
            m[6] * v[0] + m[7] * v[1] + m[8] * v[2] + p.tz()
        };
    }

    static double[] back(Pose p, double... v) {
        return unturn(p, v[0] - p.tx(), v[1] - p.ty(), v[2] - p.tz());
    }

    static double[] turn(Pose p, double... v) {
        double[] m = p.matrix();
        return new double[] {
            m[0] * v[0] + m[1] * v[1] + m[2] * v[2],
            m[3] * v[0] + m[4] * v[1] + m[5] * v[2],
            m[6] * v[0] + m[7] * v[1] + m[8] * v[2]
        };
    }

    static double[] unturn(Pose p, double... v) {
        double[] m = p.matrix();
        return new double[] {
            m[0] * v[0] + m[3] * v[1] + m[6] * v[2],
            m[1] * v[0] + m[4] * v[1] + m[7] * v[2],
            m[2] * v[0] + m[5] * v[1] + m[8] * v[2]
        };
    }

    /** The seven surfaces: distance of (x, y, z) from each, positive on the open side; the dome's to first order. */
    private static double[] distances(double x, double y, double z) {
        double u = (x - DOME[0]) / RADIUS;
        double v = (y - DOME[1]) / RADIUS;
        double w = z / TOP;
        double slope = 2 * Math.sqrt((u * u + v * v) / (RADIUS * RADIUS) + w * w / (TOP * TOP));
        double dome = (u * u + v * v + w * w - 1) / Math.max(slope, 1e-9);
        return new double[] {LONG + x, LONG - x, WIDE + y, WIDE - y, z, HIGH - z, dome};
    }

    /** Signed distance from the stone, positive in the open; exact near it. */
    static double distance(double... p) {
        double least = Double.POSITIVE_INFINITY;
        for (double d : distances(p[0], p[1], p[2])) {
            least = Math.min(least, d);
        }
        return least;
    }

    /** How far the second nearest surface is: from a crease. */
    static double crease(double... p) {
        double[] d = distances(p[0], p[1], p[2]);
        java.util.Arrays.sort(d);
        return d[1];
    }

    private static int nearest(double[] p) {
        double[] d = distances(p[0], p[1], p[2]);
        int best = 0;
        for (int k = 1; k < d.length; k++) {
            best = Math.abs(d[k]) < Math.abs(d[best]) ? k : best;
        }
        return best;
    }

    static boolean onDome(double... p) {
        return nearest(p) == 6;
    }

    /** Unit normal of the nearest surface, into the open. */
    static double[] normal(double... p) {
        int k = nearest(p);
        if (k == 6) {
            double[] n = {(p[0] - DOME[0]) / (RADIUS * RADIUS), (p[1] - DOME[1]) / (RADIUS * RADIUS), p[2] / (TOP * TOP)
            };
            double l = Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
            return new double[] {n[0] / l, n[1] / l, n[2] / l};
        }
        double[] n = new double[3];
        n[k / 2] = k % 2 == 0 ? 1 : -1;
        return n;
    }

    /** The place on the stone next to a place near it. */
    static double[] onStone(double... p) {
        double[] d = distances(p[0], p[1], p[2]);
        double off = d[nearest(p)];
        double[] n = normal(p);
        return new double[] {p[0] - off * n[0], p[1] - off * n[1], p[2] - off * n[2]};
    }

    /** The first stone along the unit direction d from a place in the open: the range, NaN through the window. */
    static double range(double[] o, double... d) {
        double t = Double.POSITIVE_INFINITY;
        double[] side = {LONG, WIDE};
        for (int k = 0; k < 2; k++) {
            t = Math.min(t, d[k] > 0 ? (side[k] - o[k]) / d[k] : d[k] < 0 ? (-side[k] - o[k]) / d[k] : t);
        }
        t = Math.min(t, d[2] > 0 ? (HIGH - o[2]) / d[2] : d[2] < 0 ? -o[2] / d[2] : t);
        double[] s = {RADIUS, RADIUS, TOP};
        double[] from = {(o[0] - DOME[0]) / s[0], (o[1] - DOME[1]) / s[1], o[2] / s[2]};
        double a = 0;
        double b = 0;
        double c = -1;
        for (int k = 0; k < 3; k++) {
            a += d[k] / s[k] * (d[k] / s[k]);
            b += d[k] / s[k] * from[k];
            c += from[k] * from[k];
        }
        double disc = b * b - a * c;
        double hit = disc < 0 ? -1 : (-b - Math.sqrt(disc)) / a;
        t = hit > 0 ? Math.min(t, hit) : t;
        return inWindow(0, o[0] + t * d[0], o[1] + t * d[1], o[2] + t * d[2]) ? Double.NaN : t;
    }

    /** Whether a place on the stone lies in the window, made larger by {@code more} on each side. */
    static boolean inWindow(double more, double... p) {
        return p[0] > LONG - 0.05
                && Math.abs(p[1] - WINDOW_AT[1]) < WINDOW + more
                && Math.abs(p[2] - WINDOW_AT[2]) < WINDOW + more;
    }

    /** Whether a scanner at {@code eye} has the place on the stone in free sight. */
    static boolean sees(double[] eye, double... p) {
        double[] d = {p[0] - eye[0], p[1] - eye[1], p[2] - eye[2]};
        double l = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
        double t = range(eye, d[0] / l, d[1] / l, d[2] / l);
        return Math.abs(t - l) < 0.005;
    }

    /** What the stone is painted with: red, green, blue, 0 to 1 with sRGB's transfer; changes by 0.4 a metre at most. */
    static double[] paint(double... p) {
        return new double[] {
            0.55 + 0.12 * Math.sin(2 * p[0] + 1) * Math.cos(p[1]),
            0.45 + 0.12 * Math.sin(2 * p[1] + p[2]),
            0.35 + 0.12 * Math.cos(1.5 * p[2] - p[0])
        };
    }

    /** The share of the laser's light that comes back, of which 1 is the scanners' limit. */
    static double reflects(double... p) {
        double r = Math.sqrt((p[0] - FOIL_AT[0]) * (p[0] - FOIL_AT[0]) + (p[2] - FOIL_AT[2]) * (p[2] - FOIL_AT[2]));
        return r < FOIL && p[1] > WIDE - 0.05 ? FOIL_REFLECTS : 0.35 + 0.12 * Math.sin(2 * p[0] - p[1] + p[2]);
    }
}
