package org.grotto.clean;

import java.util.Arrays;

/**
 * A station's noise from what its windows leave at four scales ({@link Sheet}). White noise leaves the same variance at
 * every scale; relief leaves less, the smaller the part a surface is fitted to: by at least half where lengths are halved
 * (self-affine stone of Hurst exponent 0.5 or more). So the growth from one scale to the next bounds what relief adds at
 * the finer one, and any scale's variance is, but for chance, no less than the noise's. Roughness finer than the spacing
 * is as white as noise, and no geometry of one station tells the two apart.
 *
 * @param noise RMS along the beams, metres; NaN where too few points say anything
 * @param bound whether relief, chance or rounding hide the noise, and it is at most that much
 * @param windows how many it was found from
 */
record NoiseScales(double noise, boolean bound, int windows) {
    static final NoiseScales UNKNOWN = new NoiseScales(Double.NaN, false, 0);

    /** Numbers a window gives: sum of squares and degrees of freedom of each scale, and the squared tangent of incidence. */
    static final int ROW = 2 * Sheet.SCALES + 1;

    /** A window is plain where the whole leaves no more than its quarters: F of 18 and 72 degrees, 1 in 120 by chance. */
    private static final double PLAIN = 2.2;
    /** Plain windows that stand for a station, as a share of all. */
    private static final double SHARE = 0.25;
    /** A window whose variance is as many times the median is no sheet (an edge, leaves); incidence makes 4 to 16. */
    private static final double TORN = 25;
    /** Relief that adds no more than a tenth to the noise is none: 1.1 squared, less one. */
    private static final double ADDS = 0.21;
    /** Fewer degrees of freedom leave the noise unsure by more than 5 %, and by more than 8 %. */
    private static final double MANY = 200;

    private static final double SOME = 80;

    /** How variances of relief grow, at the least and in the middle, from a scale to the next coarser one. */
    private static final double[] LEAST_GROWTH = {Double.NaN, 2, Math.sqrt(2), Math.sqrt(2)};

    private static final double[] GROWTH = {Double.NaN, 4, 2, 2};

    /**
     * From the rows of all windows.
     *
     * @param rows {@link #ROW} numbers a window
     * @param points of the station: windows that overlap say no more than its points
     * @param rounded step to which coordinates were rounded, metres; 0 for none
     */
    static NoiseScales of(double[] rows, long points, double rounded) {
        int n = rows.length / ROW;
        double[] variance = new double[n];
        for (int w = 0; w < n; w++) {
            variance[w] = rows[w * ROW + 2 * Sheet.QUARTER] / rows[w * ROW + 2 * Sheet.QUARTER + 1];
        }
        double[] sorted = variance.clone();
        Arrays.sort(sorted);
        double most = TORN * Quantiles.at(sorted, 0.5);
        int[] whole = new int[n];
        int[] plain = new int[n];
        int wholes = 0;
        int plains = 0;
        for (int w = 0; w < n; w++) {
            if (variance[w] <= most) {
                whole[wholes++] = w;
                plains += f(rows, w) <= PLAIN ? 1 : 0;
            }
        }
        int m = 0;
        for (int k = 0; k < wholes; k++) {
            if (f(rows, whole[k]) <= PLAIN) {
                plain[m++] = whole[k];
            }
        }
        NoiseScales of = plains >= SHARE * wholes ? judge(rows, plain, plains, n, points, rounded) : UNKNOWN;
        return Double.isNaN(of.noise) || of.bound ? judge(rows, whole, wholes, n, points, rounded) : of;
    }

    /** Mean square between the window's quarters, over that within them. */
    private static double f(double[] rows, int w) {
        int at = w * ROW;
        double between = rows[at + 1] - rows[at + 3];
        double within = rows[at + 2] / rows[at + 3];
        return between > 0 && within > 0 ? (rows[at] - rows[at + 2]) / between / within : 1;
    }

    private static NoiseScales judge(double[] rows, int[] windows, int n, int all, long points, double rounded) {
        double[] mean = new double[Sheet.SCALES];
        double[] free = new double[Sheet.SCALES];
        double steep = 0;
        for (int s = 0; s < Sheet.SCALES; s++) {
            double squares = 0;
            for (int k = 0; k < n; k++) {
                squares += rows[windows[k] * ROW + 2 * s];
                free[s] += rows[windows[k] * ROW + 2 * s + 1];
            }
            mean[s] = squares / free[s];
        }
        for (int k = 0; k < n; k++) {
            steep += rows[windows[k] * ROW + ROW - 1] / n;
        }
        int best = Sheet.QUARTER;
        for (int s = Sheet.QUARTER + 1; s < Sheet.SCALES; s++) {
            if (free[s] > 0 && mean[s] < 0.98 * mean[best]) {
                best = s;
            }
        }
        // points that several windows share count once
        double share = all == 0 ? 0 : (double) n / all;
        double sure = Math.min(free[best], free[best] / (n * (double) Sheet.POINTS) * points * share);
        if (!(sure >= SOME)) {
            return UNKNOWN;
        }
        double chance = chance(rows, windows, n, best, mean[best], sure);
        double grown = Math.max(0, mean[best - 1] - mean[best]);
        double relief = grown / (LEAST_GROWTH[best] - 1);
        double likely = grown / (GROWTH[best] - 1);
        // a step s rounds each axis by s / sqrt(12), which is that over the cosine of the incidence along the beam
        double rounding = rounded * rounded / 12 * (1 + steep);
        double left = mean[best] - relief - rounding;
        if (sure < MANY || relief + rounding > ADDS * left) {
            double bound = Math.sqrt(mean[best]) * (1 + 2 * chance);
            return new NoiseScales(bound, true, n);
        }
        return new NoiseScales(Math.sqrt(mean[best] - likely - rounding), false, n);
    }

    /** Relative standard error of the noise: by degrees of freedom, and by how windows differ. */
    private static double chance(double[] rows, int[] windows, int n, int scale, double mean, double sure) {
        double sum = 0;
        double free = 0;
        for (int k = 0; k < n; k++) {
            double f = rows[windows[k] * ROW + 2 * scale + 1];
            double d = rows[windows[k] * ROW + 2 * scale] - mean * f;
            sum += d * d;
            free += f;
        }
        double independent = sure / free; // of what the windows hold
        double spread = mean > 0 && free > 0 ? Math.sqrt(sum) / free / mean / 2 / Math.sqrt(independent) : 0;
        return Math.max(1 / Math.sqrt(2 * sure), spread);
    }
}
