package org.grotto.clean;

import java.util.Arrays;

/** How a quantity spreads over its sample; all zero for an empty one. */
public record Quantiles(double p05, double median, double p95, double p999, long n) {

    /** Sorts {@code values} in place. */
    static Quantiles of(double[] values) {
        Arrays.sort(values);
        return new Quantiles(at(values, 0.05), at(values, 0.5), at(values, 0.95), at(values, 0.999), values.length);
    }

    static double at(double[] sorted, double q) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
    }
}
