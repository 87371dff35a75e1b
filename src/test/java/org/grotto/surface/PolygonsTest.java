package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops cut into triangles, against all ways to cut them. */
class PolygonsTest {
    private static double area(float[] p, int a, int b, int c) {
        double[] u = new double[3];
        double[] v = new double[3];
        for (int k = 0; k < 3; k++) {
            u[k] = p[3 * b + k] - p[3 * a + k];
            v[k] = p[3 * c + k] - p[3 * a + k];
        }
        double x = u[1] * v[2] - u[2] * v[1];
        double y = u[2] * v[0] - u[0] * v[2];
        double z = u[0] * v[1] - u[1] * v[0];
        return Math.sqrt(x * x + y * y + z * z) / 2;
    }

    /** The least area of all ways to cut vertices i to j of the loop; infinite where there is none. */
    private static double least(float[] p, int[] loop, int[] faces, int i, int j, boolean rim) {
        if (j - i < 2) {
            return 0;
        }
        if (!rim && (faces[i] & faces[j]) != 0) {
            return Double.POSITIVE_INFINITY;
        }
        double best = Double.POSITIVE_INFINITY;
        for (int a = i + 1; a < j; a++) {
            best = Math.min(
                    best,
                    area(p, loop[i], loop[a], loop[j])
                            + least(p, loop, faces, i, a, false)
                            + least(p, loop, faces, a, j, false));
        }
        return best;
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 9})
    void loopsAreCutWithLeastArea(int k) {
        Random random = new Random(k);
        int fans = 0;
        for (int round = 0; round < 200; round++) {
            float[] p = new float[3 * (k + 2)];
            for (int i = 0; i < k + 2; i++) {
                p[3 * i] = (float) Math.cos(2 * Math.PI * i / k) + 0.4f * random.nextFloat();
                p[3 * i + 1] = (float) Math.sin(2 * Math.PI * i / k) + 0.4f * random.nextFloat();
                p[3 * i + 2] = random.nextFloat(-1, 1);
            }
            int[] loop = new int[k];
            int[] faces = new int[k];
            for (int i = 0; i < k; i++) {
                loop[i] = i + 2;
                // neighbours share a face, and now and then others do
                faces[i] = 1 << i | 1 << (i + 1) % k | (random.nextInt(3) == 0 ? 1 << random.nextInt(k) : 0);
            }
            Polygons out = new Polygons(p);
            out.add(loop, faces, k);
            out.trim();
            double want = k == 3 ? area(p, 2, 3, 4) : least(p, loop, faces, 0, k - 1, true);
            int[] t = new int[out.triangleInts()];
            float[] middles = new float[3 * out.middleCount() + 3];
            int[] corners = new int[out.middleCount() + 1];
            out.copyTo(t, 0, middles, corners, 1, 100);
            if (want == Double.POSITIVE_INFINITY) {
                fans++;
                assertThat(t).hasSize(3 * k);
                assertThat(out.middleCount()).isEqualTo(1);
                assertThat(corners[1]).isEqualTo(loop[0]);
                for (int a = 0; a < 3; a++) {
                    double sum = 0;
                    for (int v : loop) {
                        sum += p[3 * v + a] / (double) k;
                    }
                    assertThat((double) middles[3 + a]).isCloseTo(sum, within(1e-6));
                }
                for (int i = 0; i < k; i++) {
                    assertThat(t[3 * i]).isEqualTo(loop[i]);
                    assertThat(t[3 * i + 1]).isEqualTo(loop[(i + 1) % k]);
                    assertThat(t[3 * i + 2]).isEqualTo(101);
                }
            } else {
                assertThat(out.middleCount()).isZero();
                assertThat(t).hasSize(3 * (k - 2));
                double sum = 0;
                Set<Integer> half = new HashSet<>();
                for (int i = 0; i < t.length; i += 3) {
                    sum += area(p, t[i], t[i + 1], t[i + 2]);
                    for (int c = 0; c < 3; c++) {
                        half.add(1000 * t[i + c] + t[i + (c + 1) % 3]);
                    }
                }
                assertThat(sum).isCloseTo(want, within(1e-5));
                // the loop's own edges, in its direction, and all others both ways
                for (int i = 0; i < k; i++) {
                    assertThat(half).contains(1000 * loop[i] + loop[(i + 1) % k]);
                    assertThat(half).doesNotContain(1000 * loop[(i + 1) % k] + loop[i]);
                }
                for (int h : half) {
                    int a = h / 1000 - 2;
                    int b = h % 1000 - 2;
                    boolean rim = (a + 1) % k == b;
                    assertThat(rim || half.contains(1000 * (b + 2) + a + 2)).isTrue();
                    assertThat(rim || (faces[a] & faces[b]) == 0).isTrue();
                }
            }
        }
        assertThat(fans > 0).isEqualTo(k > 3 && k < 9);
    }

    /** Longer loops than any cell should have get a middle; many loops share one list. */
    @Test
    void manyAndLongLoops() {
        float[] p = new float[3 * 60];
        int[] loop = new int[60];
        int[] faces = new int[60];
        for (int i = 0; i < 60; i++) {
            p[3 * i] = (float) Math.cos(i * Math.PI / 30);
            p[3 * i + 1] = (float) Math.sin(i * Math.PI / 30);
            loop[i] = i;
        }
        Polygons out = new Polygons(p);
        for (int round = 0; round < 30; round++) {
            out.add(loop, faces, 49);
            out.add(loop, faces, 48);
            out.add(loop, faces, 3);
        }
        out.trim();
        assertThat(out.middleCount()).isEqualTo(30);
        assertThat(out.triangleInts()).isEqualTo(30 * 3 * (49 + 46 + 1));
        int[] t = new int[out.triangleInts() + 1];
        float[] middles = new float[90];
        int[] corners = new int[30];
        out.copyTo(t, 1, middles, corners, 0, 60);
        int most = 0;
        for (int v : t) {
            most = Math.max(most, v);
            assertThat(v).isNotNegative();
        }
        assertThat(most).isEqualTo(89);
        assertThat(t[3]).isEqualTo(60);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> out.add(loop, faces, 2))
                .isInstanceOf(IllegalStateException.class);
    }
}
