package org.grotto.format.las.laz;

/**
 * Reads symbols from an arithmetic-coded run of bytes. A few bytes past the end read as zero (the coder's own padding is
 * sometimes cut short); more than that, or an impossible interval, means corrupt data.
 */
public final class RangeDecoder {
    /** Thrown inside this package only; the readers turn it into a sentence with file and offset. */
    public static final class Corrupt extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Corrupt(String message) {
            super(message, null, false, false);
        }
    }

    private static final int SLACK = 8;
    /** No quotient of a sound interval reaches this: its length has at least 24 bits, so the rest is below 64 parts. */
    private static final int BEYOND = (1 << Model.LENGTH_SHIFT) + 64;

    private final byte[] in;
    private final int end;
    private int at;
    private int value;
    private int length;

    /** Decodes the bytes [from, to) of {@code in}. */
    public RangeDecoder(byte[] in, int from, int to) {
        this.in = in;
        this.at = from;
        this.end = to;
        this.length = -1;
        this.value = next() << 24 | next() << 16 | next() << 8 | next();
    }

    /** How far bytes were taken; behind the end of the run where they were made up. */
    int position() {
        return at;
    }

    /** Refuses a run that was not read just to its end. */
    void finish() {
        if (at != end) {
            throw new Corrupt("its last point ends " + Math.abs(end - at) + " bytes " + (at < end ? "before" : "behind")
                    + " the end of the compressed data");
        }
    }

    private int next() {
        int p = at++;
        if (p < end) {
            return in[p] & 255;
        }
        if (p >= end + SLACK) {
            throw new Corrupt("the compressed data ends before its last point");
        }
        return 0;
    }

    private void renormalise() {
        do {
            value = value << 8 | next();
            length <<= 8;
        } while (length >>> 24 == 0);
    }

    int bit(int[] m) {
        int x = m[2] * (length >>> 13);
        int sym;
        if (Integer.compareUnsigned(value, x) < 0) {
            length = x;
            m[0]++;
            sym = 0;
        } else {
            value -= x;
            length -= x;
            sym = 1;
        }
        if (length >>> 24 == 0) {
            renormalise();
        }
        if (--m[4] == 0) {
            Model.updateBit(m);
        }
        return sym;
    }

    int symbol(int[] m) {
        int n = m[0];
        int y = length;
        int len = length >>> Model.LENGTH_SHIFT;
        int sym;
        int x;
        int shift = m[4];
        if (shift != 0) {
            int dv = Integer.divideUnsigned(value, len);
            if (dv < 0 || dv >= BEYOND) {
                throw new Corrupt("the compressed data is not what any encoder writes");
            }
            int t = Model.DIST + 2 * n + (dv >>> shift);
            sym = m[t];
            int hi = m[t + 1] + 1;
            while (hi > sym + 1) {
                int k = (sym + hi) >>> 1;
                if (m[Model.DIST + k] > dv) {
                    hi = k;
                } else {
                    sym = k;
                }
            }
            x = m[Model.DIST + sym] * len;
            if (sym != n - 1) {
                y = m[Model.DIST + sym + 1] * len;
            }
        } else {
            sym = 0;
            x = 0;
            int hi = n;
            int k = n >> 1;
            do {
                int z = len * m[Model.DIST + k];
                if (Integer.compareUnsigned(z, value) > 0) {
                    hi = k;
                    y = z;
                } else {
                    sym = k;
                    x = z;
                }
                k = (sym + hi) >> 1;
            } while (k != sym);
        }
        value -= x;
        length = y - x;
        if (length >>> 24 == 0) {
            renormalise();
        }
        m[Model.DIST + n + sym]++;
        if (--m[Model.UNTIL] == 0) {
            Model.update(m);
        }
        return sym;
    }

    /** {@code bits} raw bits, 1 to 32. */
    int raw(int bits) {
        if (bits > 19) {
            int low = raw(16);
            return raw(bits - 16) << 16 | low;
        }
        length >>>= bits;
        int sym = Integer.divideUnsigned(value, length);
        if (sym >>> bits != 0) {
            throw new Corrupt("the compressed data is not what any encoder writes");
        }
        value -= length * sym;
        if (length >>> 24 == 0) {
            renormalise();
        }
        return sym;
    }

    int raw32() {
        int low = raw(16);
        return raw(16) << 16 | low;
    }

    long raw64() {
        long low = raw32() & 0xFFFFFFFFL;
        return (long) raw32() << 32 | low;
    }
}
