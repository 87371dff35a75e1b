package org.grotto.store;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.grotto.geometry.ColumnType;

/**
 * Values at ranks of a float column, each point counting by a weight that follows from its value: regions give histograms,
 * then only what falls in the few buckets that hold the ranks is sorted.
 */
public final class Ranks {
    private static final int SHIFT = 16;

    private final Store store;
    private final String column;
    private final DoubleUnaryOperator weight;
    private final Engine engine;
    /** Weights by bucket. */
    private final double[] sum = new double[1 << (32 - SHIFT)];
    /** The last bucket that weighs anything, or -1. */
    private final int last;

    private final double total;

    /** @param column a float column that {@code store} has */
    public Ranks(Store store, ColumnType column, DoubleUnaryOperator weight, Engine engine) {
        this.store = store;
        this.column = column.name();
        this.weight = weight;
        this.engine = engine;
        for (Buckets part : engine.map(store, Craft.of(Set.of(this.column), 0, (region, work) -> buckets(region)))) {
            for (int i = 0; i < part.sum.length; i++) {
                sum[part.first + i] += part.sum[i];
            }
        }
        double all = 0;
        int end = -1;
        for (int b = 0; b < sum.length; b++) {
            all += sum[b];
            end = sum[b] > 0 ? b : end;
        }
        this.total = all;
        this.last = end;
    }

    /** Weights by bucket, from the bucket {@code first} on. */
    private record Buckets(int first, double[] sum) {}

    /** The sum of all weights. */
    public double total() {
        return total;
    }

    /**
     * For each of {@code wanted} the least value up to which, itself included, the weights sum up to that; the greatest
     * value where they never do, 0 of no points.
     */
    public float[] at(double... wanted) {
        float[] out = new float[wanted.length];
        if (last < 0) {
            return out;
        }
        int[] bucket = new int[out.length];
        double[] left = wanted.clone();
        for (int k = 0; k < out.length; k++) {
            while (bucket[k] < last && sum[bucket[k]] < left[k]) {
                left[k] -= sum[bucket[k]++];
            }
        }
        Map<Integer, float[]> members = members(Arrays.stream(bucket).distinct().toArray());
        for (int k = 0; k < out.length; k++) {
            float[] all = Objects.requireNonNull(members.get(bucket[k]));
            double s = 0;
            int i = 0;
            while (i < all.length - 1 && s + weight.applyAsDouble(all[i]) < left[k]) {
                s += weight.applyAsDouble(all[i++]);
            }
            out[k] = all[i];
        }
        return out;
    }

    /** The values in each of some buckets, sorted. */
    private Map<Integer, float[]> members(int[] buckets) {
        List<float[][]> parts = engine.map(
                store,
                Craft.of(
                        Set.of(column),
                        0,
                        (region, work) -> IntStream.of(buckets)
                                .mapToObj(b -> members(region, b))
                                .toArray(float[][]::new)));
        Map<Integer, float[]> out = new HashMap<>();
        for (int b = 0; b < buckets.length; b++) {
            int of = b;
            float[] all = new float[parts.stream().mapToInt(p -> p[of].length).sum()];
            int n = 0;
            for (float[][] p : parts) {
                System.arraycopy(p[b], 0, all, n, p[b].length);
                n += p[b].length;
            }
            Arrays.sort(all);
            out.put(buckets[b], all);
        }
        return out;
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
