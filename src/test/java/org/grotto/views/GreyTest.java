package org.grotto.views;

import static org.assertj.core.api.Assertions.assertThat;

import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.junit.jupiter.api.Test;

class GreyTest {
    private static Cloud cloud(float[] intensity, char[] rgb) {
        int n = intensity.length;
        Lattice l = new Lattice(0, 0, 0, 1e-6);
        return new Cloud(l, new int[n], new int[n], new int[n], null, rgb, intensity, null);
    }

    private static float[] ramp(float top) {
        float[] v = new float[101];
        for (int i = 0; i < v.length; i++) {
            v[i] = top * (i / 98f);
        }
        return v;
    }

    @Test
    void dimIntensityIsBrightenedInProportion() {
        Cloud dim = cloud(ramp(0.03f), null);
        float[] v = Grey.visible(dim).intensity();
        assertThat(v[98]).isEqualTo(0.75f);
        assertThat(v[49]).isEqualTo(0.375f);
        assertThat(v[0]).isZero();
        assertThat(dim.intensity()[98]).isEqualTo(0.03f);
    }

    @Test
    void goodGreysAndColoursStay() {
        Cloud good = cloud(ramp(0.5f), null);
        assertThat(Grey.visible(good)).isSameAs(good);
        Cloud coloured = cloud(ramp(0.03f), new char[303]);
        assertThat(Grey.visible(coloured)).isSameAs(coloured);
        Cloud black = cloud(new float[5], null);
        assertThat(Grey.visible(black)).isSameAs(black);
    }
}
