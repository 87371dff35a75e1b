package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;

import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;

/** A sheet of 161 x 161 vertices; what sight lines alone say against a pair counts where it is much and in several places. */
class SuspectsTest {
    private static final int SIDE = 161;

    private static Mesh sheet() {
        float[] xyz = new float[3 * SIDE * SIDE];
        int[] t = new int[6 * (SIDE - 1) * (SIDE - 1)];
        int k = 0;
        for (int v = 0; v < SIDE * SIDE; v++) {
            xyz[3 * v] = 0.05F * (v % SIDE);
            xyz[3 * v + 1] = 0.05F * (v / SIDE);
            if (v % SIDE < SIDE - 1 && v / SIDE < SIDE - 1) {
                for (int c : new int[] {v, v + 1, v + SIDE, v + 1, v + SIDE + 1, v + SIDE}) {
                    t[k++] = c;
                }
            }
        }
        return new Mesh(0, 0, 0, xyz, Columns.NONE, t);
    }

    /** Squares of so many vertices at these corners. */
    private static int[] spots(int wide, int pair, int... corners) {
        int[] out = new int[SIDE * SIDE];
        for (int c = 0; c < corners.length; c += 2) {
            for (int i = 0; i < wide * wide; i++) {
                out[(corners[c + 1] + i / wide) * SIDE + corners[c] + i % wide] = pair;
            }
        }
        return out;
    }

    private static int told(int[] pair) {
        int n = 0;
        for (boolean b : Suspects.substantial(sheet(), pair)) {
            n += b ? 1 : 0;
        }
        return n;
    }

    @Test
    void muchInSeveralPlacesIsAWrongPose() {
        assertThat(told(spots(4, Suspects.pair(3, 1), 10, 10, 80, 80, 150, 20))).isEqualTo(48);
    }

    @Test
    void littleIsNot() {
        assertThat(told(spots(2, Suspects.pair(1, 3), 10, 10, 80, 80, 150, 20))).isZero();
    }

    /** However large: something stood there. */
    @Test
    void onePlaceIsNot() {
        assertThat(told(spots(30, Suspects.pair(1, 3), 60, 60))).isZero();
    }

    /** Each pair by itself. */
    @Test
    void ofOnePairNothingFollowsForAnother() {
        int[] pair = spots(4, Suspects.pair(0, 1), 10, 10, 80, 80, 150, 20);
        int[] other = spots(4, Suspects.pair(0, 2), 120, 120);
        for (int v = 0; v < pair.length; v++) {
            pair[v] += other[v];
        }
        assertThat(told(pair)).isEqualTo(48);
    }
}
