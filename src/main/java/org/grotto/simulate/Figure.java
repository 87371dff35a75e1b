package org.grotto.simulate;

import static org.grotto.simulate.Leaf.Kind.BOX;
import static org.grotto.simulate.Leaf.Kind.CAP;
import static org.grotto.simulate.Leaf.Kind.PETALS;
import static org.grotto.simulate.Leaf.Kind.RING;
import static org.grotto.simulate.Leaf.cone;
import static org.grotto.simulate.Leaf.ellipsoid;

import java.util.ArrayList;
import java.util.List;

/**
 * A seated figure: legs crossed, hands in the lap, robe in folds, serene face, long ears, snail curls, on a lotus seat.
 * Its own frame is 1.42 m high; placed by a scale, a turn about z and an offset. Slope at most 1.
 */
final class Figure extends Shape {
    static final int SEAT = 0;
    static final int ROBE = 1;
    static final int SKIN = 2;
    static final int HAIR = 3;
    private static final int PARTS = 4;

    private static final double FOLD = 0.0042;
    private static final double FOLD_PERIOD = 0.062;
    private static final double CURL = 0.0036;
    private static final double CURL_PERIOD = 0.042;
    /** Each part's slope before scaling: 1 plus what its displacement adds. */
    private static final double[] STEEP = {1, 1 + 8 * FOLD / FOLD_PERIOD, 1, 1 + 8 * CURL / CURL_PERIOD};

    private static final double[] DEPTH = {0, FOLD, 0, CURL};
    /** Widths of the rounding between parts. */
    private static final double JOIN = 0.006;

    private static final Leaf[] LEAVES = leaves();
    private static final long[] OF_PART = ofPart();
    private static final double WIDEST = 0.06;

    /** Middle of the face between the eyes and the mouth, own frame. */
    static final double[] FACE = {0, 0.13, 1.12};

    private final double ox;
    private final double oy;
    private final double oz;
    private final double cos;
    private final double sin;
    private final double scale;
    private final int robe;

    /**
     * @param fx, fy unit direction the figure faces
     * @param robe the pigment of its robe
     */
    Figure(double ox, double oy, double oz, double fx, double fy, double scale, int robe) {
        this.ox = ox;
        this.oy = oy;
        this.oz = oz;
        this.cos = fy;
        this.sin = fx;
        this.scale = scale;
        this.robe = robe;
    }

    /** A point of the figure's own frame in the cave. */
    double[] place(double x, double y, double z) {
        return new double[] {ox + scale * (x * cos + y * sin), oy + scale * (y * cos - x * sin), oz + scale * z};
    }

    private static Leaf[] leaves() {
        List<Leaf> l = new ArrayList<>();
        // the lotus seat
        l.add(ellipsoid(SEAT, 0.02, 0, 0.12, 0.02, 0.60, 0.44, 0.16));
        l.add(Leaf.of(PETALS, SEAT, 0.012, 0, 0.12, 0.055, 0.575, 0.045, 0.105, 0.085, 1.35));
        l.add(Leaf.of(PETALS, SEAT, 0.012, 0, 0.12, -0.075, 0.56, 0.05, 0.108, 0.07, 1.35));
        l.add(Leaf.of(BOX, SEAT, 0.02, 0, 0.10, -0.17, 0.60, 0.44, 0.05, 0.015));
        // the robe: trunk, shoulders, arms, legs
        l.add(ellipsoid(ROBE, 0.06, 0, 0.00, 0.45, 0.215, 0.170, 0.230));
        l.add(ellipsoid(ROBE, 0.06, 0, -0.015, 0.71, 0.235, 0.155, 0.215));
        l.add(cone(ROBE, 0.06, 0.03, -0.03, 0.865, 0.098, 0.235, -0.035, 0.835, 0.088)
                .both());
        l.add(cone(ROBE, 0.05, 0.275, -0.03, 0.79, 0.088, 0.350, 0.02, 0.50, 0.080)
                .both());
        l.add(cone(ROBE, 0.05, 0.350, 0.02, 0.50, 0.078, 0.130, 0.255, 0.395, 0.056)
                .both());
        l.add(ellipsoid(ROBE, 0.05, 0.275, 0.10, 0.37, 0.085, 0.12, 0.15).both());
        l.add(cone(ROBE, 0.05, 0.12, 0.02, 0.27, 0.135, 0.46, 0.20, 0.235, 0.112)
                .both());
        l.add(cone(ROBE, 0.05, 0.46, 0.20, 0.235, 0.108, 0.02, 0.345, 0.225, 0.095)
                .both());
        l.add(ellipsoid(ROBE, 0.05, 0, 0.14, 0.25, 0.36, 0.22, 0.11));
        l.add(ellipsoid(ROBE, 0.05, 0, 0.37, 0.15, 0.24, 0.09, 0.10));
        // neck and head
        l.add(cone(SKIN, 0.02, 0, -0.010, 0.86, 0.092, 0, 0.000, 1.05, 0.080));
        l.add(Leaf.of(RING, SKIN, 0.010, 0, -0.004, 0.952, 0.080, 0.0095));
        l.add(Leaf.of(RING, SKIN, 0.010, 0, -0.002, 0.982, 0.078, 0.0095));
        l.add(ellipsoid(SKIN, 0.03, 0, -0.005, 1.185, 0.128, 0.142, 0.150));
        l.add(ellipsoid(SKIN, 0.05, 0, 0.030, 1.112, 0.112, 0.115, 0.136));
        l.add(ellipsoid(SKIN, 0.03, 0.054, 0.078, 1.090, 0.048, 0.047, 0.052).both());
        l.add(ellipsoid(SKIN, 0.03, 0, 0.112, 1.010, 0.040, 0.030, 0.027));
        // nose
        l.add(cone(SKIN, 0.014, 0, 0.128, 1.178, 0.0105, 0, 0.158, 1.104, 0.0185));
        l.add(ellipsoid(SKIN, 0.009, 0.0185, 0.146, 1.101, 0.0125, 0.0165, 0.0120)
                .both());
        // brows
        l.add(cone(SKIN, 0.013, 0.012, 0.132, 1.181, 0.0055, 0.046, 0.126, 1.199, 0.0055)
                .both());
        l.add(cone(SKIN, 0.013, 0.046, 0.126, 1.199, 0.0055, 0.084, 0.100, 1.192, 0.0045)
                .both());
        l.add(cone(SKIN, 0.013, 0.084, 0.100, 1.192, 0.0045, 0.106, 0.074, 1.174, 0.0035)
                .both());
        // lips
        l.add(cone(SKIN, 0.007, 0, 0.1400, 1.0620, 0.0080, 0.018, 0.1370, 1.0655, 0.0075)
                .both());
        l.add(cone(SKIN, 0.007, 0.018, 0.1370, 1.0655, 0.0075, 0.043, 0.1190, 1.0615, 0.0040)
                .both());
        l.add(cone(SKIN, 0.007, 0, 0.1390, 1.0465, 0.0095, 0.024, 0.1300, 1.0490, 0.0080)
                .both());
        l.add(cone(SKIN, 0.007, 0.024, 0.1300, 1.0490, 0.0080, 0.042, 0.1175, 1.0575, 0.0035)
                .both());
        // ears
        l.add(ellipsoid(SKIN, 0.015, 0.128, -0.015, 1.155, 0.016, 0.034, 0.056).both());
        l.add(cone(SKIN, 0.018, 0.131, -0.006, 1.115, 0.0165, 0.127, 0.004, 1.015, 0.0150)
                .both());
        // urna
        l.add(ellipsoid(SKIN, 0.004, 0, 0.132, 1.222, 0.0085, 0.0085, 0.0085));
        // hands, one on the other, thumbs touching
        l.add(ellipsoid(SKIN, 0.015, 0, 0.290, 0.368, 0.120, 0.062, 0.027));
        l.add(ellipsoid(SKIN, 0.006, 0.01, 0.300, 0.402, 0.085, 0.056, 0.020));
        for (int i = 0; i < 4; i++) {
            double y = 0.262 + 0.024 * i;
            l.add(cone(SKIN, 0.006, 0.03, y, 0.404, 0.0125, -0.085, y + 0.004, 0.400, 0.0100));
        }
        l.add(cone(SKIN, 0.010, 0.085, 0.290, 0.412, 0.0160, 0.004, 0.312, 0.452, 0.0100)
                .both());
        // one sole, turned up
        l.add(ellipsoid(SKIN, 0.012, -0.20, 0.315, 0.318, 0.095, 0.045, 0.030));
        // what is taken away: sockets, lids, the line of the mouth, ears' hollows
        l.add(ellipsoid(SKIN, 0.016, 0.050, 0.152, 1.160, 0.036, 0.030, 0.021)
                .both()
                .cut());
        l.add(ellipsoid(SKIN, 0.004, 0.0495, 0.104, 1.152, 0.034, 0.0265, 0.0195)
                .both());
        l.add(cone(SKIN, 0.003, 0.021, 0.1250, 1.1465, 0.0022, 0.048, 0.1325, 1.1425, 0.0028)
                .both()
                .cut());
        l.add(cone(SKIN, 0.003, 0.048, 0.1325, 1.1425, 0.0028, 0.079, 0.1150, 1.1480, 0.0020)
                .both()
                .cut());
        l.add(cone(SKIN, 0.003, 0, 0.1480, 1.0550, 0.0030, 0.022, 0.1410, 1.0555, 0.0028)
                .both()
                .cut());
        l.add(cone(SKIN, 0.003, 0.022, 0.1410, 1.0555, 0.0028, 0.046, 0.1190, 1.0615, 0.0022)
                .both()
                .cut());
        l.add(ellipsoid(SKIN, 0.006, 0.148, -0.008, 1.158, 0.011, 0.018, 0.034)
                .both()
                .cut());
        // hair with its crown
        l.add(Leaf.of(CAP, HAIR, 0.02, 0, -0.014, 1.200, 0.137, 0.148, 0.152, 1.165, 0.60));
        l.add(ellipsoid(HAIR, 0.03, 0, -0.020, 1.355, 0.078, 0.080, 0.068));
        if (l.size() > 64) {
            throw new IllegalStateException("a mask has 64 bits");
        }
        return l.toArray(new Leaf[0]);
    }

    private static long[] ofPart() {
        long[] m = new long[PARTS];
        for (int i = 0; i < LEAVES.length; i++) {
            m[LEAVES[i].part()] |= 1L << i;
        }
        return m;
    }

    /** The part's value with slope at most 1; positive infinity where the mask has nothing of it. */
    private static double part(int part, double x, double y, double z, long mask) {
        double v = Double.POSITIVE_INFINITY;
        for (long m = mask & OF_PART[part]; m != 0; m &= m - 1) {
            Leaf l = LEAVES[Long.numberOfTrailingZeros(m)];
            double d = l.at(x, y, z);
            if (l.carve()) {
                v = Sdf.smax(v, -d, l.k());
            } else {
                v = v == Double.POSITIVE_INFINITY ? d : Sdf.smin(v, d, l.k());
            }
        }
        if (v == Double.POSITIVE_INFINITY) {
            return v;
        }
        if (part == ROBE) {
            double dy = y - 0.02;
            double dz = z - 1.02;
            double dx = x - 0.05;
            v -= FOLD * Sdf.wave(Math.sqrt(dx * dx + dy * dy + dz * dz) / FOLD_PERIOD);
        } else if (part == HAIR) {
            v -= CURL * Sdf.wave(x / CURL_PERIOD + 0.25) * Sdf.wave(y / CURL_PERIOD) * Sdf.wave(z / CURL_PERIOD);
        }
        return v / STEEP[part];
    }

    private static double own(double x, double y, double z, long mask) {
        double v = part(0, x, y, z, mask);
        for (int i = 1; i < PARTS; i++) {
            double d = part(i, x, y, z, mask);
            if (d < Double.POSITIVE_INFINITY) {
                v = v == Double.POSITIVE_INFINITY ? d : Sdf.smin(v, d, JOIN);
            }
        }
        return v;
    }

    @Override
    double at(double x, double y, double z, long mask) {
        double dx = (x - ox) / scale;
        double dy = (y - oy) / scale;
        return scale * own(dx * cos - dy * sin, dx * sin + dy * cos, (z - oz) / scale, mask);
    }

    @Override
    double bound(double x, double y, double z, long mask) {
        double dx = (x - ox) / scale;
        double dy = (y - oy) / scale;
        double lx = dx * cos - dy * sin;
        double ly = dx * sin + dy * cos;
        double lz = (z - oz) / scale;
        double far = Sdf.box(lx, ly - 0.12, lz - 0.60, 0.66, 0.48, 0.85, 0);
        return scale * (far > 0.05 ? far : own(lx, ly, lz, mask));
    }

    @Override
    long prune(double x, double y, double z, double r, long mask) {
        double dx = (x - ox) / scale;
        double dy = (y - oy) / scale;
        double lx = dx * cos - dy * sin;
        double ly = dx * sin + dy * cos;
        double lz = (z - oz) / scale;
        double reach = r / scale;
        double lowest = Double.POSITIVE_INFINITY;
        double[] value = new double[LEAVES.length];
        for (int i = 0; i < LEAVES.length; i++) {
            if ((mask >>> i & 1) != 0) {
                value[i] = LEAVES[i].at(lx, ly, lz);
                if (!LEAVES[i].carve()) {
                    lowest = Math.min(lowest, (value[i] + DEPTH[LEAVES[i].part()]) / STEEP[LEAVES[i].part()]);
                }
            }
        }
        long out = 0;
        for (int i = 0; i < LEAVES.length; i++) {
            if ((mask >>> i & 1) == 0) {
                continue;
            }
            double steep = STEEP[LEAVES[i].part()];
            double margin = 2 * WIDEST + DEPTH[LEAVES[i].part()];
            boolean keep = LEAVES[i].carve()
                    ? value[i] - reach < -(lowest - reach) + margin
                    : (value[i] - reach - margin) / steep <= lowest + reach;
            if (keep) {
                out |= 1L << i;
            }
        }
        return out;
    }

    @Override
    void paint(double x, double y, double z, double[] n, Paint paint, double[] out) {
        double dx = (x - ox) / scale;
        double dy = (y - oy) / scale;
        double lx = dx * cos - dy * sin;
        double ly = dx * sin + dy * cos;
        double lz = (z - oz) / scale;
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < PARTS; i++) {
            double d = part(i, lx, ly, lz, ALL);
            if (d < least) {
                least = d;
                best = i;
            }
        }
        paint.rock(x, y, z, n, out);
        paint.pigment(
                switch (best) {
                    case SEAT -> lz > -0.02 ? Paint.MALACHITE : lz > -0.13 ? Paint.AZURITE : Paint.OCHRE;
                    case ROBE -> robe;
                    case SKIN -> Paint.SKIN;
                    default -> Paint.HAIR;
                },
                x,
                y,
                z,
                out);
    }
}
