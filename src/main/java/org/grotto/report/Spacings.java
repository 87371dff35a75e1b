package org.grotto.report;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.grotto.geometry.Columns;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.Ranks;
import org.grotto.store.Region;
import org.grotto.store.Store;

/**
 * Quantiles of the points' spacing, millimetres, between neighbours by line (Hyndman and Fan 1996, type 7).
 *
 * @param least the one of 0.5 %
 * @param greatest the one of 99.5 %
 */
record Spacings(double least, double p05, double median, double p95, double greatest) {
    private static final double[] SHARES = {0.005, 0.05, 0.5, 0.95, 0.995};

    /** @param points at least one, with spacing */
    static Spacings of(Store points, Engine engine) {
        long n = points.size();
        double[] ranks = new double[2 * SHARES.length];
        for (int k = 0; k < SHARES.length; k++) {
            long i = (long) Math.min(n - 1, Math.floor(SHARES[k] * (n - 1)));
            ranks[2 * k] = i + 1;
            ranks[2 * k + 1] = Math.min(n - 1, i + 1) + 1;
        }
        float[] at = new Ranks(points, Columns.SPACING, v -> 1, engine).at(ranks);
        double[] q = new double[SHARES.length];
        for (int k = 0; k < q.length; k++) {
            double low = 1000 * (double) at[2 * k];
            double high = 1000 * (double) at[2 * k + 1];
            q[k] = low + (SHARES[k] * (n - 1) - (ranks[2 * k] - 1)) * (high - low);
        }
        return new Spacings(q[0], q[1], q[2], q[3], q[4]);
    }

    /** How many spacings lie in classes of equal ratio from {@code low} to {@code high} millimetres. */
    static Histogram histogram(Store points, double low, double high, int classes, Engine engine) {
        List<Histogram> parts = engine.map(
                points,
                Craft.of(
                        Set.of(Columns.SPACING.name()),
                        0,
                        (region, work) -> Histogram.ofRatios(millimetres(region), "mm", low, high, classes)));
        Histogram sum = Histogram.ofRatios(new double[0], "mm", low, high, classes);
        for (Histogram part : parts) {
            sum = sum.plus(part);
        }
        return sum;
    }

    private static double[] millimetres(Region region) {
        float[] s = Objects.requireNonNull(region.cloud().columns.floats(Columns.SPACING.name()));
        double[] out = new double[region.count()];
        for (int i = 0; i < out.length; i++) {
            out[i] = 1000 * (double) s[region.from() + i];
        }
        return out;
    }
}
