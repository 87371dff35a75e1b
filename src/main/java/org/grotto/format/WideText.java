package org.grotto.format;

import java.io.IOException;
import java.io.InputStream;

/** UTF-16 as UTF-8, without its byte-order mark; what is no character becomes a question mark. */
final class WideText extends InputStream {
    private final InputStream in;
    private final int low;
    private final byte[] units = new byte[1 << 14];
    private final byte[] bytes = new byte[3 * units.length / 2 + 4];
    private int held;
    private int position;
    private int limit;
    private int high;
    private boolean begun;

    WideText(InputStream in, boolean littleEndian) {
        this.in = in;
        this.low = littleEndian ? 0 : 1;
    }

    @Override
    public int read() throws IOException {
        return fill() ? bytes[position++] & 255 : -1;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int n = Math.min(length, limit - position);
        System.arraycopy(bytes, position, to, from, n);
        position += n;
        return n;
    }

    private boolean fill() throws IOException {
        while (position == limit) {
            int n = in.read(units, held, units.length - held);
            if (n < 0) {
                return false; // half a character at the end is none
            }
            n += held;
            position = 0;
            limit = 0;
            for (int i = 0; i + 1 < n; i += 2) {
                unit((units[i + low] & 255) | (units[i + 1 - low] & 255) << 8);
            }
            held = n & 1;
            units[0] = units[n - 1];
        }
        return true;
    }

    private void unit(int c) {
        boolean mark = !begun && c == 0xFEFF;
        begun = true;
        if (mark) {
            return;
        }
        if (high != 0) {
            int first = high;
            high = 0;
            if (c >= 0xDC00 && c < 0xE000) {
                int point = 0x10000 + (first - 0xD800 << 10) + (c - 0xDC00);
                put(0xF0 | point >> 18);
                put(0x80 | point >> 12 & 63);
                put(0x80 | point >> 6 & 63);
                put(0x80 | point & 63);
                return;
            }
            put('?');
        }
        if (c < 0x80) {
            put(c);
        } else if (c < 0x800) {
            put(0xC0 | c >> 6);
            put(0x80 | c & 63);
        } else if (c >= 0xD800 && c < 0xDC00) {
            high = c;
        } else if (c >= 0xDC00 && c < 0xE000) {
            put('?');
        } else {
            put(0xE0 | c >> 12);
            put(0x80 | c >> 6 & 63);
            put(0x80 | c & 63);
        }
    }

    private void put(int b) {
        bytes[limit++] = (byte) b;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
