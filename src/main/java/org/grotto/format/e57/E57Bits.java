package org.grotto.format.e57;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bit pack codec: values one behind the other, lowest bit first, with no padding. Static functions over
 * arrays; the arrays must have 16 bytes more than the values take, so that whole words can be read and written.
 */
final class E57Bits {
    static final int PAD = 16;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private E57Bits() {}

    /** Unpacks {@code n} values of {@code f} from bit {@code bit} of {@code b} to {@code out[from...]}. */
    static void unpack(byte[] b, int bit, E57Field f, double[] out, int from, int n) {
        int at = bit >>> 3;
        switch (f.kind()) {
            case SINGLE -> {
                for (int i = 0; i < n; i++) {
                    out[from + i] = Float.intBitsToFloat((int) INT.get(b, at + 4 * i));
                }
            }
            case DOUBLE -> {
                for (int i = 0; i < n; i++) {
                    out[from + i] = Double.longBitsToDouble((long) LONG.get(b, at + 8 * i));
                }
            }
            case INTEGER, SCALED -> integers(b, bit, f, out, from, n);
            case STRING -> throw new IllegalArgumentException("a string field has no numbers");
        }
    }

    private static void integers(byte[] b, int bit, E57Field f, double[] out, int from, int n) {
        int width = f.width();
        long min = f.min();
        int at = bit >>> 3;
        if (width == 0) {
            java.util.Arrays.fill(out, from, from + n, f.value(min));
            return;
        }
        if (width == 8) {
            for (int i = 0; i < n; i++) {
                out[from + i] = min + (b[at + i] & 0xff);
            }
        } else if (width == 16) {
            for (int i = 0; i < n; i++) {
                out[from + i] = min + ((short) SHORT.get(b, at + 2 * i) & 0xffff);
            }
        } else if (width == 32) {
            for (int i = 0; i < n; i++) {
                out[from + i] = min + ((int) INT.get(b, at + 4 * i) & 0xffff_ffffL);
            }
        } else if (width <= 57) {
            long mask = -1L >>> (64 - width);
            for (int i = 0; i < n; i++) {
                out[from + i] = min + ((long) LONG.get(b, bit >>> 3) >>> (bit & 7) & mask);
                bit += width;
            }
        } else {
            long mask = -1L >>> (64 - width);
            for (int i = 0; i < n; i++) {
                int p = bit >>> 3;
                int s = bit & 7;
                long word = (long) LONG.get(b, p) >>> s;
                if (s > 0) {
                    word |= (long) b[p + 8] << (64 - s);
                }
                out[from + i] = min + (word & mask);
                bit += width;
            }
        }
        if (f.kind() == E57Field.Kind.SCALED) {
            double scale = f.scale();
            double offset = f.offset();
            for (int i = from; i < from + n; i++) {
                out[i] = out[i] * scale + offset;
            }
        }
    }

    static void putSingle(byte[] b, int at, float v) {
        INT.set(b, at, Float.floatToRawIntBits(v));
    }

    static void putDouble(byte[] b, int at, double v) {
        LONG.set(b, at, Double.doubleToRawLongBits(v));
    }

    /**
     * Packs {@code n} values (raw integer minus minimum) of {@code width} bits to {@code b} from bit {@code bit} on; the
     * bytes behind it are overwritten.
     */
    static void pack(long[] values, int n, int width, byte[] b, int bit) {
        if (width == 0) {
            return;
        }
        int p = bit >>> 3;
        int filled = bit & 7;
        long word = filled == 0 ? 0 : b[p] & (1L << filled) - 1;
        for (int i = 0; i < n; i++) {
            long v = values[i];
            word |= v << filled;
            if (filled + width >= 64) {
                LONG.set(b, p, word);
                p += 8;
                int used = 64 - filled;
                word = used == 64 ? 0 : v >>> used;
                filled += width - 64;
            } else {
                filled += width;
            }
        }
        LONG.set(b, p, word);
    }
}
