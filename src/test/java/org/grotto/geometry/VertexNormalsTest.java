package org.grotto.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VertexNormalsTest {
    private static final int RINGS = 40;
    private static final int AROUND = 3 * RINGS;

    /** A sphere of uneven triangles, vertices at random places of a grid of rings, radius 2, about the origin. */
    private static float[] sphere() {
        float[] p = new float[3 * (RINGS + 1) * AROUND];
        java.util.Random random = new java.util.Random(5);
        for (int v = 0; v < p.length / 3; v++) {
            double a = Math.PI * (v / AROUND + 0.5 + 0.3 * random.nextDouble()) / (RINGS + 2);
            double b = 2 * Math.PI * (v % AROUND + 0.3 * random.nextDouble()) / AROUND;
            p[3 * v] = (float) (2 * Math.sin(a) * Math.cos(b));
            p[3 * v + 1] = (float) (2 * Math.sin(a) * Math.sin(b));
            p[3 * v + 2] = (float) (2 * Math.cos(a));
        }
        return p;
    }

    private static int[] triangles() {
        int[] t = new int[6 * RINGS * AROUND];
        int k = 0;
        for (int ring = 0; ring < RINGS; ring++) {
            for (int s = 0; s < AROUND; s++) {
                int a = ring * AROUND + s;
                int b = ring * AROUND + (s + 1) % AROUND;
                for (int v : new int[] {a, a + AROUND, b + AROUND, a, b + AROUND, b}) {
                    t[k++] = v;
                }
            }
        }
        return t;
    }

    @Test
    void exactOnASphere() {
        float[] p = sphere();
        try (Work work = new Work(2, 1 << 28, Progress.NONE)) {
            float[] n = VertexNormals.of(p, triangles(), work);
            for (int v = AROUND; v < p.length / 3 - AROUND; v++) { // not those at the two openings
                for (int c = 0; c < 3; c++) {
                    assertThat((double) n[3 * v + c]).isCloseTo(p[3 * v + c] / 2.0, within());
                }
            }
        }
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(2e-5); // positions are floats, edges a hundredth of the radius
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 37, 1000, 1 << 20})
    void theSameBitsForAnyRangeAndThreads(int range) {
        float[] p = sphere();
        try (Work one = new Work(1, 1 << 28, Progress.NONE);
                Work three = new Work(3, 1 << 28, Progress.NONE)) {
            assertThat(VertexNormals.of(p, triangles(), range, three)).isEqualTo(VertexNormals.of(p, triangles(), one));
        }
    }
}
