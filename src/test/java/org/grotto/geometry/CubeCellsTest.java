package org.grotto.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CubeCellsTest {
    /** The middle of every cell lies in it, and a direction lies in the cell whose middle is nearest on its face. */
    @Test
    void everyDirectionHasOneCell() {
        Random r = new Random(5);
        for (int side : new int[] {1, 5, 8, 33}) {
            for (int c = 0; c < CubeCells.count(side); c++) {
                double[] m = CubeCells.middle(c, side);
                assertThat(CubeCells.of(3 * m[0], 3 * m[1], 3 * m[2], side)).isEqualTo(c);
            }
            for (int k = 0; k < 2000; k++) {
                double[] d = {r.nextGaussian(), r.nextGaussian(), r.nextGaussian()};
                double most = Math.max(Math.abs(d[0]), Math.max(Math.abs(d[1]), Math.abs(d[2])));
                double[] m = CubeCells.middle(CubeCells.of(d[0], d[1], d[2], side), side);
                for (int p = 0; p < 3; p++) {
                    assertThat(Math.abs(d[p] / most - m[p])).isLessThanOrEqualTo(1.0 / side + 1e-12);
                }
            }
        }
    }

    /** The edges and corners of the cube, and no direction at all, are in some cell. */
    @Test
    void bordersAreInside() {
        for (int c = 0; c < 27; c++) {
            assertThat(CubeCells.of(c / 9 - 1, c / 3 % 3 - 1, c % 3 - 1, 4)).isBetween(0, CubeCells.count(4) - 1);
        }
    }
}
