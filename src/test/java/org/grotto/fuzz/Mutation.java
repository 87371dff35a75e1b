package org.grotto.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Bytes changed as files are apt to be wrong: bits, numbers at their extremes, words, parts cut, doubled, from elsewhere. */
final class Mutation {
    private static final long[] EXTREMES = {
        0,
        1,
        -1,
        127,
        128,
        255,
        256,
        32767,
        32768,
        65535,
        65536,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        0xFFFFFFFFL,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Double.doubleToRawLongBits(Double.NaN),
        Double.doubleToRawLongBits(1e308)
    };

    private static final String[] VALUES = {
        "null",
        "true",
        "\"x\"",
        "7",
        "-1",
        "0.5",
        "1e308",
        "[]",
        "{}",
        "[OLD]",
        "{\"a\":OLD}",
        "[OLD,OLD]",
        "{\"0\":OLD,\"1\":OLD}"
    };

    private Mutation() {}

    static byte[] of(List<byte[]> seeds, byte[][] words, Random r) {
        byte[] b = seeds.get(r.nextInt(seeds.size())).clone();
        for (int times = 1 + r.nextInt(4); times > 0 && b.length > 0; times--) {
            int at = r.nextInt(4) == 0 ? r.nextInt(Math.min(b.length, 512)) : r.nextInt(b.length);
            switch (r.nextInt(10)) {
                case 0 -> b[at] ^= (byte) (1 << r.nextInt(8));
                case 1 -> b[at] = (byte) r.nextInt(256);
                case 2 -> b = Arrays.copyOf(b, at);
                case 3 -> b = spliced(b, at, Math.min(b.length, at + r.nextInt(40)), new byte[0]);
                case 4 -> {
                    byte[] other = seeds.get(r.nextInt(seeds.size()));
                    int from = r.nextInt(Math.max(1, other.length));
                    b = spliced(
                            b, at, at, Arrays.copyOfRange(other, from, Math.min(other.length, from + r.nextInt(300))));
                }
                case 5, 6 -> number(b, at, EXTREMES[r.nextInt(EXTREMES.length)], 1 << r.nextInt(4));
                case 7 -> b = value(b, at, r);
                default -> b = word(b, at, words[r.nextInt(words.length)]);
            }
        }
        return b;
    }

    /** A little-endian number of 1, 2, 4 or 8 bytes. */
    private static void number(byte[] b, int at, long value, int size) {
        byte[] n = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        System.arraycopy(n, 0, b, at, Math.min(size, b.length - at));
    }

    /** The next word or number from {@code at} on becomes another. */
    private static byte[] word(byte[] b, int at, byte[] with) {
        int from = at;
        while (from < b.length && !letter(b[from])) {
            from++;
        }
        int to = from;
        while (to < b.length && letter(b[to])) {
            to++;
        }
        return spliced(b, from, to, with);
    }

    /** Of JSON: the next value from {@code at} on becomes one of another type, or lies in a list or an object more. */
    private static byte[] value(byte[] b, int at, Random r) {
        int from = at;
        while (from < b.length && b[from] != ':') {
            from++;
        }
        int to = end(b, ++from);
        if (to <= from) {
            return b;
        }
        String old = new String(b, from, to - from, StandardCharsets.ISO_8859_1);
        String now = VALUES[r.nextInt(VALUES.length)].replace("OLD", old);
        return spliced(b, from, to, now.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Where the JSON value that begins at {@code from} ends; before it where none does. */
    private static int end(byte[] b, int from) {
        int depth = 0;
        boolean quoted = false;
        for (int i = from; i < b.length; i++) {
            byte c = b[i];
            if (quoted) {
                i += c == '\\' ? 1 : 0;
                quoted = c != '"';
            } else if (c == '"') {
                quoted = true;
            } else if (c == '[' || c == '{') {
                depth++;
            } else if (depth == 0 && (c == ',' || c == ']' || c == '}')) {
                return i;
            } else if (c == ']' || c == '}') {
                depth--;
            }
        }
        return -1;
    }

    private static boolean letter(byte c) {
        return c > 0 && (Character.isLetterOrDigit(c) || c == '_' || c == '.');
    }

    private static byte[] spliced(byte[] b, int from, int to, byte[] in) {
        byte[] out = new byte[b.length - (to - from) + in.length];
        System.arraycopy(b, 0, out, 0, from);
        System.arraycopy(in, 0, out, from, in.length);
        System.arraycopy(b, to, out, from + in.length, b.length - to);
        return out;
    }
}
