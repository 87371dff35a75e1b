package org.grotto.format.las.laz;

/**
 * Adaptive probability models of the arithmetic coder, each one int array, so that coding a symbol touches one object.
 *
 * <p>The scheme is A. Said's (Introduction to Arithmetic Coding, HPL-2004-76): counts are gathered, and every so many
 * symbols the cumulative distribution is computed anew from them, at growing intervals. Layout: number of symbols, sum of
 * counts, update interval, symbols until the next update, shift of the look-up table (0: none), then distribution,
 * counts and, for decoding large alphabets, a table that brackets the symbol.
 */
final class Model {
    static final int UNTIL = 3;
    static final int DIST = 5;
    static final int LENGTH_SHIFT = 15;
    private static final int TOTAL = 1;
    private static final int CYCLE = 2;
    private static final int SHIFT = 4;
    private static final int MAX_COUNT = 1 << LENGTH_SHIFT;
    private static final int MAX_SYMBOLS = 516;

    private static final int BIT_SHIFT = 13;
    private static final int BIT_MAX_COUNT = 1 << BIT_SHIFT;

    private static final int[][] FOR_ENCODING = new int[MAX_SYMBOLS + 1][];
    private static final int[][] FOR_DECODING = new int[MAX_SYMBOLS + 1][];

    static {
        int[] used = {2, 3, 4, 5, 6, 8, 9, 13, 16, 17, 32, 33, 64, 128, 256, 512, 515, 516};
        for (int n : used) {
            FOR_ENCODING[n] = create(n, false);
            FOR_DECODING[n] = create(n, true);
        }
    }

    private Model() {}

    static int[] encoding(int symbols) {
        return FOR_ENCODING[symbols].clone();
    }

    static int[] decoding(int symbols) {
        return FOR_DECODING[symbols].clone();
    }

    private static int[] create(int n, boolean decoding) {
        int tableBits = 0;
        if (decoding && n > 16) {
            tableBits = 3;
            while (n > 1 << (tableBits + 2)) {
                tableBits++;
            }
        }
        int[] m = new int[DIST + 2 * n + (tableBits == 0 ? 0 : (1 << tableBits) + 2)];
        m[0] = n;
        m[CYCLE] = n;
        m[SHIFT] = tableBits == 0 ? 0 : LENGTH_SHIFT - tableBits;
        for (int k = 0; k < n; k++) {
            m[DIST + n + k] = 1;
        }
        update(m);
        m[CYCLE] = (n + 6) >> 1;
        m[UNTIL] = m[CYCLE];
        return m;
    }

    static void update(int[] m) {
        int n = m[0];
        int counts = DIST + n;
        int total = m[TOTAL] + m[CYCLE];
        if (total > MAX_COUNT) {
            total = 0;
            for (int k = counts; k < counts + n; k++) {
                m[k] = (m[k] + 1) >> 1;
                total += m[k];
            }
        }
        m[TOTAL] = total;
        int scale = (int) (0x80000000L / total);
        int sum = 0;
        int shift = m[SHIFT];
        if (shift == 0) {
            for (int k = 0; k < n; k++) {
                m[DIST + k] = (scale * sum) >>> (31 - LENGTH_SHIFT);
                sum += m[counts + k];
            }
        } else {
            int table = counts + n;
            int s = table;
            for (int k = 0; k < n; k++) {
                int d = (scale * sum) >>> (31 - LENGTH_SHIFT);
                m[DIST + k] = d;
                sum += m[counts + k];
                int w = table + (d >>> shift);
                while (s < w) {
                    m[++s] = k - 1;
                }
            }
            m[table] = 0;
            int end = table + (1 << (LENGTH_SHIFT - shift));
            while (s <= end) {
                m[++s] = n - 1;
            }
        }
        int cycle = Math.min((5 * m[CYCLE]) >> 2, (n + 6) << 3);
        m[CYCLE] = cycle;
        m[UNTIL] = cycle;
    }

    /** A model of one bit: count of zeros, count, probability of zero in 1/8192, update interval, bits until the next. */
    static int[] bit() {
        return new int[] {1, 2, 1 << (BIT_SHIFT - 1), 4, 4};
    }

    static void updateBit(int[] m) {
        int count = m[1] + m[3];
        if (count > BIT_MAX_COUNT) {
            count = (count + 1) >> 1;
            m[0] = (m[0] + 1) >> 1;
            if (m[0] == count) {
                count++;
            }
        }
        m[1] = count;
        int scale = (int) (0x80000000L / count);
        m[2] = (m[0] * scale) >>> (31 - BIT_SHIFT);
        m[3] = Math.min((5 * m[3]) >> 2, 64);
        m[4] = m[3];
    }
}
