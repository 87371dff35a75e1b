package org.grotto.store;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.grotto.geometry.ColumnType;

/**
 * The value at a rank of a float column, each point counting by a weight that follows from its value: regions give
 * histograms, then only what falls in the one bucket that holds the rank is sorted.
 */
public final class Ranks {
    private static final int SHIFT = 16;

    private final Store store;
    private final String column;
    private final DoubleUnaryOperator weight;
    private final Engine engine;

    /** @param column a float column that {@code store} has */
    public Ranks(Store store, ColumnType column, DoubleUnaryOperator weight, Engine engine) {
        this.store = store;
        this.column = column.name();
        this.weight = weight;
        this.engine = engine;
    }

    /** Weights by bucket, from the bucket {@code first} on. */
    private record Buckets(int first, double[] sum) {}

    /**
     * The least value up to which, itself included, the weights sum up to what {@code wanted} makes of the sum of all; the
     * greatest value where they never do, 0 of no points.
     */
    public float at(DoubleUnaryOperator wanted) {
        double[] sum = new double[1 << (32 - SHIFT)];
        double all = 0;
        for (Buckets part : engine.map(store, Craft.of(Set.of(column), 0, (region, work) -> buckets(region)))) {
            for (int i = 0; i < part.sum.length; i++) {
                sum[part.first + i] += part.sum[i];
            }
        }
        int last = -1;
        for (int b = 0; b < sum.length; b++) {
            all += sum[b];
            last = sum[b] > 0 ? b : last;
        }
        double left = wanted.applyAsDouble(all);
        int bucket = 0;
        while (bucket < last && sum[bucket] < left) {
            left -= sum[bucket++];
        }
        return last < 0 ? 0 : inside(bucket, left);
    }

    private float inside(int bucket, double wanted) {
        List<float[]> parts = engine.map(store, Craft.of(Set.of(column), 0, (region, work) -> members(region, bucket)));
        float[] all = new float[parts.stream().mapToInt(p -> p.length).sum()];
        int n = 0;
        for (float[] p : parts) {
            System.arraycopy(p, 0, all, n, p.length);
            n += p.length;
        }
        Arrays.sort(all);
        double sum = 0;
        int i = 0;
        while (i < n - 1 && sum + weight.applyAsDouble(all[i]) < wanted) {
            sum += weight.applyAsDouble(all[i++]);
        }
        return all[i];
    }

    private Buckets buckets(Region region) {
        float[] v = values(region);
        int lo = Integer.MAX_VALUE;
        int hi = Integer.MIN_VALUE;
        for (int i = region.from(); i < region.to(); i++) {
            lo = Math.min(lo, bucket(v[i]));
            hi = Math.max(hi, bucket(v[i]));
        }
        double[] sum = new double[Math.max(0, hi - lo + 1)];
        for (int i = region.from(); i < region.to(); i++) {
            sum[bucket(v[i]) - lo] += weight.applyAsDouble(v[i]);
        }
        return new Buckets(lo, sum);
    }

    private float[] members(Region region, int bucket) {
        float[] v = values(region);
        float[] out = new float[region.count()];
        int n = 0;
        for (int i = region.from(); i < region.to(); i++) {
            if (bucket(v[i]) == bucket) {
                out[n++] = v[i];
            }
        }
        return Arrays.copyOf(out, n);
    }

    private float[] values(Region region) {
        return Objects.requireNonNull(region.cloud().columns.floats(column));
    }

    /** Ascends with the value. */
    private static int bucket(float v) {
        int bits = Float.floatToIntBits(v);
        return (bits ^ bits >> 31 & Integer.MAX_VALUE) + Integer.MIN_VALUE >>> SHIFT;
    }
}
