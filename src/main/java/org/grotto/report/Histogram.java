package org.grotto.report;

/**
 * Counts in classes of equal width, or of equal ratio: then {@code low} and {@code width} are decimal logarithms.
 *
 * @param scale "linear" or "log10"
 * @param low where the first class begins
 * @param width of a class
 * @param counts per class, a value on a border belongs to the class above; the last class includes its upper border
 * @param below values under the first class, and {@code above}: over the last
 */
public record Histogram(String unit, String scale, double low, double width, long[] counts, long below, long above) {
    private static final String LINEAR = "linear";
    private static final String LOG10 = "log10";

    static Histogram of(double[] values, String unit, double low, double high, int classes) {
        return of(values, unit, LINEAR, low, high, classes);
    }

    /** In classes of equal ratio from {@code low} to {@code high}, both positive; what is not positive is below. */
    static Histogram ofRatios(double[] values, String unit, double low, double high, int classes) {
        double[] logs = new double[values.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = values[i] > 0 ? StrictMath.log10(values[i]) : Double.NEGATIVE_INFINITY;
        }
        return of(logs, unit, LOG10, StrictMath.log10(low), StrictMath.log10(high), classes);
    }

    private static Histogram of(double[] values, String unit, String scale, double low, double high, int classes) {
        long[] counts = new long[classes];
        long below = 0;
        long above = 0;
        double width = (high - low) / classes;
        for (double v : values) {
            if (v < low) {
                below++;
            } else if (v > high) {
                above++;
            } else {
                counts[(int) Math.min(classes - 1, Math.floor((v - low) / width))]++;
            }
        }
        return new Histogram(unit, scale, low, width, counts, below, above);
    }

    /** The counts of this one and another one of the same classes. */
    Histogram plus(Histogram other) {
        long[] sum = counts.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.counts[i];
        }
        return new Histogram(unit, scale, low, width, sum, below + other.below, above + other.above);
    }

    boolean ratios() {
        return scale.equals(LOG10);
    }

    /** Where the last class ends, as {@link #low}. */
    double high() {
        return low + width * counts.length;
    }

    long total() {
        long n = below + above;
        for (long c : counts) {
            n += c;
        }
        return n;
    }

    /** The next of 1, 2, 5 times a power of ten at or below {@code v}. */
    static double round125Down(double v) {
        double up = round125(v);
        if (up <= v * (1 + 1e-9)) {
            return up;
        }
        // 10 to 5, 5 to 2, 2 to 1
        double p = StrictMath.pow(10, Math.floor(StrictMath.log10(up) + 1e-9));
        return up / p < 1.5 ? up / 2 : up / p < 3 ? up / 2 : up / 2.5;
    }

    /** The next of 1, 2, 5 times a power of ten at or above {@code v}. */
    static double round125(double v) {
        if (!(v > 0)) {
            return 1;
        }
        double p = StrictMath.pow(10, Math.floor(StrictMath.log10(v)));
        for (double m : new double[] {1, 2, 5}) {
            if (m * p >= v * (1 - 1e-9)) {
                return m * p;
            }
        }
        return 10 * p;
    }
}
