package org.grotto.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.function.IntUnaryOperator;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class SrgbTest {
    private static final double STEP = 1.0 / (1 << 20);

    private static double formula(double v) {
        return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }

    @Test
    void everyCodeIsTheStandardsLinearLight() {
        for (int i = 0; i < 65536; i++) {
            assertThat((double) Srgb.linearWide((char) i)).isCloseTo(formula(i / 65535.0), within(6e-8));
        }
        for (int i = 0; i < 256; i++) {
            assertThat(Srgb.linear(i)).isEqualTo(Srgb.linearWide((char) (257 * i)));
            assertThat(Srgb.linear16((byte) i) / 65535.0).isCloseTo(formula(i / 255.0), within(0.5 / 65535 + 1e-12));
        }
    }

    @Test
    void everyCodeComesBack() {
        for (int i = 0; i < 256; i++) {
            assertThat(Srgb.nearest(Srgb.linear(i)) & 255).isEqualTo(i);
            assertThat(Srgb.coded16(Srgb.linear16((byte) i) / 65535.0) & 255).isEqualTo(i);
            assertThat(Srgb.coded(Srgb.linear(i))).isEqualTo(i);
        }
    }

    @Test
    void theNearestCodeIsRoundedExactlyAndWhatIsBeyondIsClamped() {
        for (int i = 0; i < 255; i++) {
            double border = formula((i + 0.5) / 255);
            assertThat(Srgb.nearest(border * (1 - 1e-12)) & 255).isEqualTo(i);
            assertThat(Srgb.nearest(border * (1 + 1e-12)) & 255).isEqualTo(i + 1);
        }
        assertThat(new int[] {Srgb.nearest(-1) & 255, Srgb.nearest(2) & 255, Srgb.nearest(Double.NaN) & 255})
                .containsExactly(0, 255, 0);
        assertThat(new int[] {Srgb.coded16(-1) & 255, Srgb.coded16(2) & 255, Srgb.coded16(Double.NaN) & 255})
                .containsExactly(0, 255, 0);
    }

    /** Packages hold what these tables give: other bits here are other bytes there. */
    @Test
    void theTablesKeepTheirBits() {
        assertThat(crc(0, 256, i -> Float.floatToRawIntBits(Srgb.linear(i)))).isEqualTo(0x8adec099L);
        assertThat(crc(0, 65536, i -> Float.floatToRawIntBits(Srgb.linearWide((char) i))))
                .isEqualTo(0x89334362L);
        assertThat(crc(0, 256, i -> Srgb.linear16((byte) i))).isEqualTo(0xa739a008L);
        assertThat(crc(0, 65536, i -> Srgb.coded(i / 65535f))).isEqualTo(0x96bb3e7eL);
        assertThat(crc(-10, 1048600, i -> Srgb.coded16(i * STEP))).isEqualTo(0x93fd72e8L);
        assertThat(crc(-10, 1048600, i -> Srgb.nearest(i * STEP))).isEqualTo(0x5852d720L);
    }

    private static long crc(int from, int to, IntUnaryOperator table) {
        CRC32 crc = new CRC32();
        for (int i = from; i < to; i++) {
            crc.update(ByteBuffer.allocate(4).putInt(table.applyAsInt(i)).flip());
        }
        return crc.getValue();
    }
}
