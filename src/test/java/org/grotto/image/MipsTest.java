package org.grotto.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Halvings of pictures: sizes, places, and that colours are averaged as light, other values as they are. */
class MipsTest {
    @Test
    void sizesGoDownToOnePixelWhateverTheShape() {
        assertThat(new Mips(4, 4, true).sizes()).containsExactly(64, 16, 4);
        assertThat(new Mips(5, 3, true).sizes()).containsExactly(60, 8, 4);
        assertThat(new Mips(1, 8, false).sizes()).containsExactly(32, 16, 8, 4);
        assertThat(new Mips(16384, 16384, true).bytes()).isEqualTo(4 * ((1L << 30) - 1) / 3);
        for (Mips m : new Mips[] {new Mips(7, 300, true), new Mips(1, 1, true), new Mips(640, 480, false)}) {
            long sum = 0;
            for (int s : m.sizes()) {
                sum += s;
            }
            assertThat(m.bytes()).isEqualTo(sum);
        }
    }

    @Test
    void everyLevelIsTheMeanOfTheOneAbove() {
        for (boolean coded : new boolean[] {true, false}) {
            Mips m = new Mips(8, 4, coded);
            ByteBuffer all = ByteBuffer.allocate((int) m.bytes());
            SplittableRandom r = new SplittableRandom(1);
            for (int i = 0; i < 4 * 8 * 4; i++) {
                all.put(i, (byte) r.nextInt(256));
            }
            m.fill(all, 1);
            for (int y = 0; y < 2; y++) {
                for (int x = 0; x < 4; x++) {
                    for (int c = 0; c < 4; c++) {
                        double sum = 0;
                        for (int k = 0; k < 4; k++) {
                            int v = all.get(4 * (8 * (2 * y + k / 2) + 2 * x + k % 2) + c) & 255;
                            sum += coded && c < 3 ? Srgb.decode(v / 255.0) : v / 255.0;
                        }
                        double wanted = 255 * (coded && c < 3 ? Srgb.encode(sum / 4) : sum / 4);
                        assertThat((double) (all.get(128 + 4 * (4 * y + x) + c) & 255))
                                .isCloseTo(wanted, within(1.01));
                    }
                }
            }
        }
    }

    @Test
    void onePlainColourStaysItself() {
        Mips m = new Mips(9, 5, true);
        ByteBuffer all = ByteBuffer.allocate((int) m.bytes());
        for (int i = 0; i < 4 * 45; i++) {
            all.put(i, (byte) (40 * (i % 4) + 3));
        }
        m.fill(all, 1);
        for (int i = 0; i < m.bytes(); i++) {
            assertThat(all.get(i)).isEqualTo((byte) (40 * (i % 4) + 3));
        }
    }
}
