package org.grotto.image.uastc;

/** A block in the making, the lowest bit first. */
final class BlockBits {
    long lower;
    long upper;
    private int at;

    void clear() {
        lower = 0;
        upper = 0;
        at = 0;
    }

    /** Appends {@code n} bits of {@code v}, which has no others. */
    void put(int v, int n) {
        long wide = v & 0xFFFFFFFFL;
        if (at < 64) {
            lower |= wide << at;
            if (at + n > 64) {
                upper |= wide >>> 64 - at;
            }
        } else {
            upper |= wide << at - 64;
        }
        at += n;
    }

    int count() {
        return at;
    }

    /** Bits that {@code n} trits or quints take: 2, 4, 5, 7, 8 or 3, 5, 7. */
    static int wide(int base, int n) {
        return base == 3 ? (8 * n + 4) / 5 : (7 * n + 2) / 3;
    }

    /** The value of a channel between two of 0 to 255. */
    static int between(int low, int high, int weight) {
        return (257 * (low * (64 - weight) + high * weight) + 32) >> 14;
    }
}
