package org.grotto.format.e57;

import org.grotto.base.GrottoException;

/**
 * Turns the values of one field into its bytestream, a packet at a time, and keeps account of what the field's type
 * could not hold.
 */
final class E57Packer {
    final E57Field field;
    private final int width;
    private final byte[] bytes;
    private final long[] raws;
    private final boolean strict;
    private int bit;
    /** The values as a reader will see them, for the batch packed last. */
    final double[] stored;

    /** Over the values stored. */
    double min = Double.POSITIVE_INFINITY;

    double max = Double.NEGATIVE_INFINITY;
    /** Largest distance between a value and what is stored of it, and how often there is any. */
    double worst;

    long changed;
    /** Values below or above the field's limits, stored as the limit; and NaN, stored as the lowest. */
    long clamped;

    long missing;

    /**
     * @param records the most values of a packet
     * @param strict whether a value that the field cannot hold is an error rather than counted
     */
    E57Packer(E57Field field, int records, boolean strict) {
        this.field = field;
        this.width = field.width();
        this.bytes = new byte[(int) (((long) records * width + 7) / 8) + E57Bits.PAD];
        this.raws = new long[records];
        this.stored = new double[records];
        this.strict = strict;
    }

    /** Bytes of this packet so far. */
    int size() {
        return bit + 7 >>> 3;
    }

    byte[] bytes() {
        return bytes;
    }

    void clear() {
        bit = 0;
    }

    void add(double[] v, int from, int n) {
        switch (field.kind()) {
            case SINGLE -> singles(v, from, n);
            case DOUBLE -> {
                for (int i = 0; i < n; i++) {
                    E57Bits.putDouble(bytes, (bit >>> 3) + 8 * i, v[from + i]);
                }
                System.arraycopy(v, from, stored, 0, n);
            }
            case INTEGER, SCALED -> integers(v, from, n);
            case STRING -> throw new IllegalArgumentException("a text field is not written");
        }
        bit += n * width;
        for (int i = 0; i < n; i++) {
            double s = stored[i];
            if (s < min) {
                min = s;
            }
            if (s > max) {
                max = s;
            }
        }
    }

    private void singles(double[] v, int from, int n) {
        for (int i = 0; i < n; i++) {
            double d = v[from + i];
            float f = (float) d;
            E57Bits.putSingle(bytes, (bit >>> 3) + 4 * i, f);
            stored[i] = f;
            if (f != d && !Double.isNaN(d)) {
                changed++;
                worst = Math.max(worst, Math.abs(f - d));
            }
        }
    }

    private void integers(double[] v, int from, int n) {
        boolean scaled = field.kind() == E57Field.Kind.SCALED;
        double scale = field.scale();
        double offset = field.offset();
        long low = field.min();
        long high = field.max();
        for (int i = 0; i < n; i++) {
            double d = v[from + i];
            double steps = scaled ? Math.rint((d - offset) / scale) : Math.rint(d);
            long raw = (long) steps;
            if (!(steps >= low && raw <= high) || steps >= 0x1p63) {
                raw = outside(d, steps);
            }
            raws[i] = raw - low;
            double s = scaled ? raw * scale + offset : raw;
            stored[i] = s;
            if (s != d && !Double.isNaN(d)) {
                changed++;
                worst = Math.max(worst, Math.abs(s - d));
            }
        }
        E57Bits.pack(raws, n, width, bytes, bit);
    }

    private long outside(double d, double steps) {
        if (strict) {
            throw GrottoException.badRequest("The value " + d + " of " + field.name()
                    + " cannot be stored: the field holds " + field.value(field.min()) + " to "
                    + field.value(field.max())
                    + ". Write it as DOUBLE, without packing, or correct the declared limits.");
        }
        if (Double.isNaN(d)) {
            missing++;
            return Math.max(field.min(), Math.min(field.max(), 0));
        }
        clamped++;
        return steps < field.min() ? field.min() : field.max();
    }
}
