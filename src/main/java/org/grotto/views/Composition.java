package org.grotto.views;

import org.grotto.image.Camera;
import org.grotto.image.Glimpse;

/**
 * How a picture is made up of the figures of a room: which it shows, how much of each, how large and where; and what stands
 * before them.
 *
 * <p>Pictures are judged as wide as screens are, 16 : 9; a figure that stands in the middle is seen on upright ones, too.
 *
 * @param seen of each figure, its area in the picture beside all of it; about half at the most, since it has a back
 * @param share of each figure, of the picture's samples
 * @param placed of each figure, how much of what is seen of it stands clear of the rim: on screens of 16 : 9, of 4 : 3 and on
 *     upright ones, weighed
 * @param depth of each figure, mean, metres
 * @param before for each figure, the share of the picture's middle where something stands about half as far as it
 * @param facing for each figure, the cosine between where it faces and where the eye is, in plan
 */
record Composition(double[] seen, double[] share, double[] placed, double[] depth, double[] before, double[] facing) {
    /** Half widths of pictures beside that of 16 : 9, without their rims: of that itself, 4 : 3, upright with the field widened. */
    private static final double[] WIDE = {0.9, 0.7, 0.38};

    private static final double[] WEIGHTS = {0.45, 0.35, 0.2};
    /** Titles stand above, buttons below, of half the picture's height. */
    private static final double HIGH = 0.86;

    private static final double LOW = -0.78;
    /** Nearer than this share of a figure's depth is before it. */
    private static final double NEAR = 0.55;
    /** A figure that takes this share of the picture is large enough, and with {@link #SMALL} is none. */
    private static final double LARGE = 0.08;

    private static final double SMALL = 0.008;
    /** Larger than this it stands too near. */
    private static final double HUGE = 0.4;
    /** Seen from its side a figure is worth so much less. */
    private static final double FRONTAL = 0.35;
    /** A second figure counts so much. */
    private static final double OTHERS = 0.25;

    static Composition of(Stone s, Principals p, Camera c, Glimpse g) {
        int figures = p.all.length;
        double[] seen = new double[figures];
        double[] share = new double[figures];
        double[] placed = new double[figures];
        double[] depth = new double[figures];
        int n = g.shown().length;
        double sample = 2 * c.half() / g.height();
        for (int i = 0; i < n; i++) {
            int t = g.shown()[i];
            int f = t >= 0 ? p.figure[t] : -1;
            if (f < 0) {
                continue;
            }
            double x = Math.abs((i % g.width() + 0.5) * 2 / g.width() - 1);
            double y = 1 - (i / g.width() + 0.5) * 2 / g.height();
            double z = g.depth()[i];
            double wide = sample * z;
            double slant = Prospect.cosine(s, t, c, side(g, i) * c.half() * g.width() / g.height(), y * c.half());
            seen[f] += wide * wide / Math.max(0.2, slant) * s.interest[t];
            share[f] += 1.0 / n;
            depth[f] += z / n;
            for (int k = 0; k < WIDE.length && y < HIGH && y > LOW; k++) {
                placed[f] += x < WIDE[k] ? WEIGHTS[k] / n : 0;
            }
        }
        for (int f = 0; f < figures; f++) {
            if (share[f] > 0) {
                placed[f] /= share[f];
                depth[f] /= share[f];
                seen[f] = Math.min(1, seen[f] / p.all[f].whole());
            }
        }
        return new Composition(seen, share, placed, depth, before(p, g, depth), facing(p, c));
    }

    private static double[] facing(Principals p, Camera c) {
        double[] out = new double[p.all.length];
        for (int f = 0; f < out.length; f++) {
            double x = c.eye()[0] - p.all[f].middle()[0];
            double y = c.eye()[1] - p.all[f].middle()[1];
            double[] front = p.all[f].front();
            out[f] = (x * front[0] + y * front[1]) / (StrictMath.hypot(x, y) + 1e-9);
        }
        return out;
    }

    private static double side(Glimpse g, int i) {
        return (i % g.width() + 0.5) * 2 / g.width() - 1;
    }

    private static double[] before(Principals p, Glimpse g, double[] depth) {
        int figures = depth.length;
        double[] out = new double[figures];
        int all = 0;
        for (int i = 0; i < g.shown().length; i++) {
            double y = 1 - (i / g.width() + 0.5) * 2 / g.height();
            if (Math.abs(side(g, i)) > Prospect.MIDDLE || y < Prospect.FLOOR) {
                continue;
            }
            all++;
            int t = g.shown()[i];
            for (int f = 0; f < figures; f++) {
                boolean own = t >= 0 && p.figure[t] == f;
                out[f] += !own && g.depth()[i] < NEAR * depth[f] ? 1 : 0;
            }
        }
        for (int f = 0; f < figures; f++) {
            out[f] /= all;
        }
        return out;
    }

    /**
     * How good a picture of the room's figures, 0 to about 2: the best of one, and a little of all others.
     *
     * @param most of each figure, the most that is seen of it from anywhere
     */
    double value(Principals p, double[] most) {
        double best = 0;
        double all = 0;
        for (int f = 0; f < seen.length; f++) {
            if (!(share[f] > SMALL) || !(most[f] > 0)) {
                continue;
            }
            double large = Math.min(1, StrictMath.log(share[f] / SMALL) / StrictMath.log(LARGE / SMALL));
            double v = p.all[f].worth()
                    * Math.min(1, seen[f] / most[f])
                    * (large - 2 * Math.max(0, share[f] - HUGE))
                    * placed[f]
                    * Math.max(0, 1 - 2 * before[f])
                    * (1 - FRONTAL * (1 - facing[f]));
            best = Math.max(best, v);
            all += Math.max(0, v);
        }
        return best + OTHERS * (all - best);
    }
}
