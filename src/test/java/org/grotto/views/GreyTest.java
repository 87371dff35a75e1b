package org.grotto.views;

import static org.assertj.core.api.Assertions.assertThat;

import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.grotto.store.Engine;
import org.grotto.store.PoisonStore;
import org.junit.jupiter.api.Test;

class GreyTest {
    private static Cloud cloud(float[] intensity, char[] rgb) {
        int n = intensity.length;
        Lattice l = new Lattice(0, 0, 0, 1e-6);
        int[] x = new int[n];
        for (int i = 0; i < n; i++) {
            x[i] = 7 * i;
        }
        return new Cloud(l, x, new int[n], new int[n], null, rgb, intensity, null);
    }

    private static float[] ramp(float top) {
        float[] v = new float[101];
        for (int i = 0; i < v.length; i++) {
            v[i] = top * (i / 98f);
        }
        return v;
    }

    private static float gain(Cloud cloud, int target) {
        try (Work work = Work.silent()) {
            Engine engine = new PoisonStore.Engine(target, work);
            return Grey.gain(engine.store(cloud, 0), engine);
        }
    }

    @Test
    void dimIntensityIsBrightenedInProportion() {
        assertThat(gain(cloud(ramp(0.03f), null), 1000)).isEqualTo(0.75f / 0.03f);
        assertThat(gain(cloud(ramp(0.03f), null), 7)).isEqualTo(0.75f / 0.03f);
    }

    @Test
    void goodGreysAndColoursStay() {
        assertThat(gain(cloud(ramp(0.5f), null), 7)).isEqualTo(1);
        assertThat(gain(cloud(ramp(0.03f), new char[303]), 7)).isEqualTo(1);
        assertThat(gain(cloud(new float[5], null), 7)).isEqualTo(1);
        assertThat(gain(cloud(new float[0], null), 7)).isEqualTo(1);
    }
}
