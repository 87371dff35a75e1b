package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BordersTest {
    /** Against a map of sums. */
    @Test
    void votesAreSummedByPairWhicheverWayRound() {
        Random random = new Random(5);
        int[][] pairs = new int[500][];
        double[] votes = new double[pairs.length];
        Map<Long, Double> want = new TreeMap<>();
        Borders borders = new Borders(pairs.length);
        for (int k = 0; k < pairs.length; k++) {
            int a = random.nextInt(20);
            pairs[k] = new int[] {a, (a + 1 + random.nextInt(19)) % 20};
            votes[k] = random.nextInt(-1000, 1001);
            long key = (long) Math.min(pairs[k][0], pairs[k][1]) << 32 | Math.max(pairs[k][0], pairs[k][1]);
            want.merge(key, votes[k], Double::sum);
            borders.see(pairs[k][0], pairs[k][1]);
        }
        borders.sort();
        for (int k = 0; k < pairs.length; k++) {
            borders.vote(pairs[k][1], pairs[k][0], votes[k]);
        }
        assertThat(borders.size()).isEqualTo(want.size());
        int b = 0;
        for (Map.Entry<Long, Double> e : want.entrySet()) {
            assertThat(borders.low(b)).isEqualTo((int) (e.getKey() >>> 32));
            assertThat(borders.high(b)).isEqualTo(e.getKey().intValue());
            assertThat(borders.sum(b++)).isEqualTo(e.getValue());
        }
    }

    private static Borders of(double[][] pairs) {
        Borders borders = new Borders(pairs.length);
        for (double[] p : pairs) {
            borders.see((int) p[0], (int) p[1]);
        }
        borders.sort();
        for (double[] p : pairs) {
            borders.vote((int) p[0], (int) p[1], p[2]);
        }
        return borders;
    }

    private static String names(Borders borders, int[] chosen) {
        StringBuilder s = new StringBuilder();
        for (int b : chosen) {
            s.append(borders.low(b)).append('-').append(borders.high(b)).append(' ');
        }
        return s.toString().strip();
    }

    /** A ring of four patches with a chord: each takes its strongest border, whatever its sign; 1-2 is nobody's. */
    @Test
    void eachPatchTakesItsSurestBorder() {
        Borders b = of(new double[][] {{0, 1, 5}, {1, 2, -2}, {2, 3, 3}, {0, 3, -9}, {0, 2, 1}});
        assertThat(names(b, b.surest(4, -1))).isEqualTo("0-3 0-1 2-3");
    }

    /** One that waits is taken by others, and takes nobody. */
    @Test
    void onePatchMayWait() {
        Borders b = of(new double[][] {{0, 4, 8}, {0, 1, 9}, {1, 2, 10}, {2, 4, 1}, {3, 4, -7}});
        assertThat(names(b, b.surest(5, 4))).isEqualTo("1-2 0-1 3-4");
        Borders low = of(new double[][] {{0, 1, 4}, {1, 2, 5}});
        assertThat(names(low, low.surest(3, 0))).isEqualTo("1-2");
    }

    /** Of equally sure ones the first stays; equal strengths come in the order of their patches. */
    @Test
    void tiesGoToTheFirst() {
        Borders b = of(new double[][] {{0, 1, 4}, {0, 2, -4}, {1, 3, 4}, {2, 3, 4}});
        assertThat(names(b, b.surest(4, -1))).isEqualTo("0-1 0-2 1-3");
    }
}
