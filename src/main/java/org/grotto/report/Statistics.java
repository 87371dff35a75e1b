package org.grotto.report;

import java.util.Arrays;

/** Moments and quantiles of a sample. */
final class Statistics {
    private Statistics() {}

    static double mean(double[] v) {
        double s = 0;
        for (double x : v) {
            s += x;
        }
        return s / v.length;
    }

    static double rms(double[] v) {
        double s = 0;
        for (double x : v) {
            s += x * x;
        }
        return Math.sqrt(s / v.length);
    }

    /** Absolute values, sorted. */
    static double[] sortedAbsolute(double[] v) {
        double[] a = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            a[i] = Math.abs(v[i]);
        }
        Arrays.sort(a);
        return a;
    }

    /** The q-quantile, between neighbours by line (Hyndman and Fan 1996, type 7). */
    static double quantile(double[] sorted, double q) {
        double at = q * (sorted.length - 1);
        int i = (int) Math.min(sorted.length - 1, Math.floor(at));
        int j = Math.min(sorted.length - 1, i + 1);
        return sorted[i] + (at - i) * (sorted[j] - sorted[i]);
    }

    /** Half the 95 % interval of a quantile by order statistics: what drawing another sample of this size may change. */
    static double quantileUncertainty(double[] sorted, double q) {
        double half = 1.96 * Math.sqrt(q * (1 - q) / sorted.length);
        return (quantile(sorted, Math.min(1, q + half)) - quantile(sorted, Math.max(0, q - half))) / 2;
    }
}
