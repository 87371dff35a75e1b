package org.grotto.format.las.point;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Little-endian values in byte arrays. */
public final class Bytes {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    static short int16(byte[] b, int at) {
        return (short) SHORT.get(b, at);
    }

    public static char uint16(byte[] b, int at) {
        return (char) (short) SHORT.get(b, at);
    }

    public static int int32(byte[] b, int at) {
        return (int) INT.get(b, at);
    }

    public static long uint32(byte[] b, int at) {
        return (int) INT.get(b, at) & 0xFFFFFFFFL;
    }

    public static long int64(byte[] b, int at) {
        return (long) LONG.get(b, at);
    }

    public static double float64(byte[] b, int at) {
        return Double.longBitsToDouble((long) LONG.get(b, at));
    }

    public static void put16(byte[] b, int at, int v) {
        SHORT.set(b, at, (short) v);
    }

    public static void put32(byte[] b, int at, int v) {
        INT.set(b, at, v);
    }

    public static void put64(byte[] b, int at, long v) {
        LONG.set(b, at, v);
    }

    public static void putDouble(byte[] b, int at, double v) {
        LONG.set(b, at, Double.doubleToRawLongBits(v));
    }

    /** The text in a zero-padded field. */
    public static String text(byte[] b, int at, int length) {
        int end = at;
        while (end < at + length && b[end] != 0) {
            end++;
        }
        return new String(b, at, end - at, StandardCharsets.UTF_8).strip();
    }

    /** Writes {@code text} into a zero-padded field, cut at a character border where it is too long. */
    public static void putText(byte[] b, int at, int length, String text) {
        int cut = text.length();
        byte[] t = text.getBytes(StandardCharsets.UTF_8);
        while (t.length > length) {
            cut = text.offsetByCodePoints(cut, -1);
            t = text.substring(0, cut).getBytes(StandardCharsets.UTF_8);
        }
        System.arraycopy(t, 0, b, at, t.length);
    }
}
