package org.grotto.views;

import static org.assertj.core.api.Assertions.assertThat;

import org.grotto.geometry.Mesh;
import org.grotto.image.Srgb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Black stone is shown as bright as dark stone, white stone as light stone, and what lies between as it is. */
class ExposureTest {
    /** Two squares, each in its grey; the second one is so many times as large. */
    private static Mesh squares(int first, int second, float times) {
        float s = (float) Math.sqrt(times);
        float[] xyz = {0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0, 2, 0, 0, 2 + s, 0, 0, 2 + s, s, 0, 2, s, 0};
        byte[] rgb = new byte[24];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i < 12 ? first : second);
        }
        return new Mesh(0, 0, 0, xyz, null, rgb, null, new int[] {0, 1, 2, 0, 2, 3, 4, 5, 6, 4, 6, 7});
    }

    @ParameterizedTest
    @CsvSource({"0, 4", "20, 4", "64, 2.93", "108, 0", "187, 0", "255, 0.5"})
    void stoneOfOneColourIsShownBetweenDarkAndLight(int grey, double exposure) {
        Double e = Exposure.of(squares(grey, grey, 1));
        if (exposure == 0) {
            assertThat(e).isNull();
            return;
        }
        assertThat(e).isEqualTo(exposure);
        if (exposure < 4) {
            assertThat(e * Srgb.linear(grey)).isBetween(0.149, 0.501);
        }
    }

    @Test
    void whatIsLargeCountsAsMuch() {
        // a white square in nineteen black ones throws back a twentieth of the light
        assertThat(Exposure.of(squares(255, 0, 19))).isEqualTo(3);
        assertThat(Exposure.of(squares(255, 0, 1))).isNull();
    }

    @Test
    void whatHasNoColoursIsShownAsItIs() {
        assertThat(Exposure.of(new Mesh(0, 0, 0, new float[9], null, null, null, new int[] {0, 1, 2})))
                .isNull();
    }
}
