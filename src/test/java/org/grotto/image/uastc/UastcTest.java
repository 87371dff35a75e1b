package org.grotto.image.uastc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

/** Blocks come back as near as their modes allow: exactly where there is one colour, by closed forms elsewhere. */
class UastcTest {
    private final UastcEncoder encoder = new UastcEncoder();
    private final UastcDecoder decoder = new UastcDecoder();

    private byte[] there(byte[] rgba) {
        byte[] back = new byte[64];
        encoder.encode(rgba);
        assertThat(decoder.decode(encoder.lower(), encoder.upper(), back)).isTrue();
        return back;
    }

    /** @param colour 0xAARRGGBB of a pixel */
    private static byte[] block(IntBinaryOperator colour) {
        byte[] out = new byte[64];
        for (int i = 0; i < 16; i++) {
            int p = colour.applyAsInt(i & 3, i >> 2);
            out[4 * i] = (byte) (p >> 16);
            out[4 * i + 1] = (byte) (p >> 8);
            out[4 * i + 2] = (byte) p;
            out[4 * i + 3] = (byte) (p >>> 24);
        }
        return out;
    }

    private static int worst(byte[] a, byte[] b) {
        int most = 0;
        for (int i = 0; i < 64; i++) {
            most = Math.max(most, Math.abs((a[i] & 255) - (b[i] & 255)));
        }
        return most;
    }

    @Test
    void oneColourIsItself() {
        SplittableRandom r = new SplittableRandom(1);
        for (int k = 0; k < 2000; k++) {
            int c = r.nextInt();
            byte[] given = block((x, y) -> c);
            assertThat(there(given)).isEqualTo(given);
        }
    }

    @Test
    void twoColoursInAnyHalvesAreNearlyThemselves() {
        SplittableRandom r = new SplittableRandom(2);
        for (int k = 0; k < 500; k++) {
            int a = r.nextInt() | 0xFF000000;
            int b = r.nextInt() | 0xFF000000;
            int mask = r.nextInt(1, 0xFFFF);
            byte[] given = block((x, y) -> (mask >> 4 * y + x & 1) == 0 ? a : b);
            assertThat(worst(given, there(given))).isLessThanOrEqualTo(2); // ends in steps of at most 1.4
        }
    }

    @Test
    void aSlopeOfGreyIsItselfWithinItsWeights() {
        for (int from = 0; from < 200; from += 7) {
            int low = from;
            byte[] given = block((x, y) -> 0xFF000000 | (low + 3 * x + y) * 0x010101);
            assertThat(worst(given, there(given))).isLessThanOrEqualTo(1); // 13 values, weights 16
        }
    }

    @Test
    void holesKeepTheirEdges() {
        SplittableRandom r = new SplittableRandom(3);
        for (int k = 0; k < 500; k++) {
            int mask = r.nextInt(1, 0xFFFF);
            int from = r.nextInt(200);
            byte[] given = block((x, y) -> ((mask >> 4 * y + x & 1) == 0 ? 0 : 0xFF000000)
                    | (from + 4 * x) << 16
                    | (from + 4 * y) << 8
                    | from);
            byte[] back = there(given);
            for (int i = 3; i < 64; i += 4) {
                assertThat((back[i] & 255) >= 128).isEqualTo((given[i] & 255) >= 128);
                assertThat(Math.abs((back[i] & 255) - (given[i] & 255))).isLessThanOrEqualTo(3);
            }
            assertThat(worst(given, back)).isLessThanOrEqualTo(14);
        }
    }

    /** Whatever is in a block, it comes back no worse than by one line through it in fine steps. */
    @Test
    void noBlockIsWorseThanTheLineThroughItsPixels() {
        SplittableRandom r = new SplittableRandom(4);
        Moments m = new Moments();
        int[] wide = new int[64];
        for (int k = 0; k < 2000; k++) {
            int spread = 1 << r.nextInt(1, 9);
            int base = r.nextInt(0, 257 - spread);
            byte[] given = block((x, y) -> 0xFF000000
                    | base + r.nextInt(spread) << 16
                    | base + r.nextInt(spread) << 8
                    | base + r.nextInt(spread));
            byte[] back = there(given);
            double sum = 0;
            for (int i = 0; i < 64; i++) {
                wide[i] = given[i] & 255;
                double d = wide[i] - (back[i] & 255);
                sum += d * d;
            }
            m.of(wide, 3);
            // sixteen weights and ends in steps of 1.4 move a pixel by less than a 30th of the line, and by 1
            double moved = spread * Math.sqrt(3) / 30 + 1;
            assertThat(Math.sqrt(sum)).isLessThan(Math.sqrt(m.beside(m.total, 16)) + 4 * moved);
        }
    }

    @Test
    void endsCoverTheWholeScaleEvenly() {
        for (Modes.Ends e : Arrays.stream(Modes.ENDS).distinct().toList()) {
            int[] sorted = Arrays.stream(e.value).sorted().distinct().toArray();
            assertThat(sorted).hasSize(e.levels);
            assertThat(sorted[0]).isZero();
            assertThat(sorted[e.levels - 1]).isEqualTo(255);
            for (int i = 0; i < e.levels; i++) {
                assertThat(sorted[i] - 255.0 * i / (e.levels - 1)).isBetween(-1.5, 1.5);
            }
        }
    }

    @Test
    void whatIsNoBlockIsRefusedAndBlack() {
        byte[] out = new byte[64];
        assertThat(decoder.decode(0x45, 0, out)).isFalse(); // the name that no mode has
        assertThat(out).startsWith(0, 0, 0, 255);
        long pattern = 31L << 20; // of mode 4: 30 patterns
        assertThat(decoder.decode(0x13 | pattern, 0, out)).isFalse();
    }
}
