package org.grotto.report;

/**
 * Counts in classes of equal width.
 *
 * @param low where the first class begins
 * @param width of a class
 * @param counts per class, a value on a border belongs to the class above; the last class includes its upper border
 * @param below values under the first class, and {@code above}: over the last
 */
public record Histogram(String unit, double low, double width, long[] counts, long below, long above) {

    static Histogram of(double[] values, String unit, double low, double high, int classes) {
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
        return new Histogram(unit, low, width, counts, below, above);
    }

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
