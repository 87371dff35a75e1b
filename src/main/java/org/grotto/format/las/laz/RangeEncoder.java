package org.grotto.format.las.laz;

import java.util.Arrays;

/** Writes symbols as an arithmetic-coded run of bytes, into an array of its own that grows. */
public final class RangeEncoder {
    private byte[] out;
    private int at;
    private int base;
    private int length = -1;
    /** Set by the layers when a value differs from the one before: a layer without any is not stored. */
    boolean changed;

    public RangeEncoder(int expectedBytes) {
        out = new byte[Math.max(64, expectedBytes)];
    }

    public byte[] bytes() {
        return out;
    }

    public int size() {
        return at;
    }

    private void carry() {
        int p = at - 1;
        while (out[p] == -1) {
            out[p--] = 0;
        }
        out[p]++;
    }

    private void renormalise() {
        if (at + 8 > out.length) {
            out = Arrays.copyOf(out, out.length * 2);
        }
        do {
            out[at++] = (byte) (base >>> 24);
            base <<= 8;
            length <<= 8;
        } while (length >>> 24 == 0);
    }

    void bit(int[] m, int sym) {
        int x = m[2] * (length >>> 13);
        if (sym == 0) {
            length = x;
            m[0]++;
        } else {
            int before = base;
            base += x;
            length -= x;
            if (Integer.compareUnsigned(before, base) > 0) {
                carry();
            }
        }
        if (length >>> 24 == 0) {
            renormalise();
        }
        if (--m[4] == 0) {
            Model.updateBit(m);
        }
    }

    void symbol(int[] m, int sym) {
        int n = m[0];
        int len = length >>> Model.LENGTH_SHIFT;
        int x = m[Model.DIST + sym] * len;
        int before = base;
        base += x;
        length = sym == n - 1 ? length - x : m[Model.DIST + sym + 1] * len - x;
        if (Integer.compareUnsigned(before, base) > 0) {
            carry();
        }
        if (length >>> 24 == 0) {
            renormalise();
        }
        m[Model.DIST + n + sym]++;
        if (--m[Model.UNTIL] == 0) {
            Model.update(m);
        }
    }

    void raw(int bits, int sym) {
        if (bits > 19) {
            raw(16, sym & 0xFFFF);
            raw(bits - 16, sym >>> 16);
            return;
        }
        int before = base;
        length >>>= bits;
        base += sym * length;
        if (Integer.compareUnsigned(before, base) > 0) {
            carry();
        }
        if (length >>> 24 == 0) {
            renormalise();
        }
    }

    void raw32(int v) {
        raw(16, v & 0xFFFF);
        raw(16, v >>> 16);
    }

    void raw64(long v) {
        raw32((int) v);
        raw32((int) (v >>> 32));
    }

    /** Ends the run, with the zero bytes that keep a decoder's reads inside it. */
    public void finish() {
        int before = base;
        int zeros;
        if (Integer.compareUnsigned(length, 2 << 24) > 0) {
            base += 1 << 24;
            length = 1 << 23;
            zeros = 3;
        } else {
            base += 1 << 23;
            length = 1 << 15;
            zeros = 2;
        }
        if (Integer.compareUnsigned(before, base) > 0) {
            carry();
        }
        renormalise();
        if (at + zeros > out.length) {
            out = Arrays.copyOf(out, at + zeros);
        }
        for (int i = 0; i < zeros; i++) {
            out[at++] = 0;
        }
    }
}
