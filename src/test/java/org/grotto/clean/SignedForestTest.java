package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignedForestTest {
    /** Against labels that are painted over whole parts at each join. */
    @Test
    void partsAndSignsAreThoseOfPaintedLabels() {
        Random random = new Random(3);
        int n = 300;
        SignedForest forest = new SignedForest(n);
        assertThat(forest.nodes()).isEqualTo(n);
        int[] part = new int[n];
        boolean[] sign = new boolean[n];
        Arrays.setAll(part, i -> i);
        for (int round = 0; round < 700; round++) {
            int i = random.nextInt(n);
            int j = random.nextInt(n);
            boolean opposite = random.nextBoolean();
            forest.join(i, j, opposite);
            if (part[i] != part[j]) {
                int from = part[j];
                boolean turn = sign[i] ^ sign[j] ^ opposite;
                for (int k = 0; k < n; k++) {
                    if (part[k] == from) {
                        part[k] = part[i];
                        sign[k] ^= turn;
                    }
                }
            }
            int a = random.nextInt(n);
            int b = random.nextInt(n);
            assertThat(forest.find(a) == forest.find(b)).isEqualTo(part[a] == part[b]);
            if (part[a] == part[b]) {
                assertThat(forest.odd(a) ^ forest.odd(b)).isEqualTo(sign[a] ^ sign[b]);
            }
        }
    }

    /** Of two parts the larger keeps its root, of equal ones the lower: the result hangs on no address. */
    @Test
    void theLargerPartKeepsItsRoot() {
        SignedForest forest = new SignedForest(6);
        forest.join(4, 3, true);
        assertThat(forest.find(4)).isEqualTo(3);
        forest.join(0, 4, false);
        assertThat(forest.find(0)).isEqualTo(3);
        forest.join(5, 1, false);
        assertThat(forest.find(5)).isEqualTo(1);
        forest.join(1, 5, true); // one already: nothing changes
        forest.find(5);
        assertThat(forest.odd(5)).isFalse();
        forest.join(5, 3, true);
        assertThat(forest.find(1)).isEqualTo(3);
        assertThat(forest.odd(1)).isTrue();
    }
}
