package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;

class HolesTest {
    /** A flat sheet of 20 x 20 squares of 10 cm, without those that {@code out} names as column + 20 row. */
    private static Mesh sheet(int... out) {
        float[] xyz = new float[3 * 21 * 21];
        for (int r = 0; r <= 20; r++) {
            for (int c = 0; c <= 20; c++) {
                xyz[3 * (21 * r + c)] = c * 0.1f;
                xyz[3 * (21 * r + c) + 1] = r * 0.1f;
            }
        }
        int[] t = new int[6 * 400];
        int m = 0;
        for (int s = 0; s < 400; s++) {
            int square = s;
            if (java.util.Arrays.stream(out).anyMatch(o -> o == square)) {
                continue;
            }
            int v = 21 * (s / 20) + s % 20;
            for (int k : new int[] {v, v + 1, v + 22, v, v + 22, v + 21}) {
                t[m++] = k;
            }
        }
        return new Mesh(100, 200, 5, xyz, null, null, null, java.util.Arrays.copyOf(t, m));
    }

    @Test
    void aSheetHasItsRimAndItsHolesWithTheirMeasures() {
        List<Hole> holes = Holes.list(sheet(45, 46, 65, 66, 210));
        assertThat(holes).hasSize(3);
        assertThat(holes.get(0).perimeter()).isCloseTo(8, within(1e-5));
        assertThat(holes.get(0).area()).isCloseTo(4, within(1e-5));
        Hole four = holes.get(1);
        assertThat(four.edges()).isEqualTo(8);
        assertThat(four.perimeter()).isCloseTo(0.8, within(1e-5));
        assertThat(four.area()).isCloseTo(0.04, within(1e-6));
        assertThat(four.centre()).containsExactly(new double[] {100.6, 200.3, 5}, within(1e-5));
        assertThat(four.bounds().minX()).isCloseTo(100.5, within(1e-6));
        assertThat(four.bounds().maxY()).isCloseTo(200.4, within(1e-6));
        assertThat(holes.get(2).area()).isCloseTo(0.01, within(1e-7));
    }

    @Test
    void holesThatTouchInACornerLoseNothing() {
        List<Hole> holes = Holes.list(sheet(45, 66));
        assertThat(holes.stream().mapToDouble(Hole::perimeter).sum()).isCloseTo(8 + 0.8, within(1e-5));
        assertThat(holes.stream().mapToInt(Hole::edges).sum()).isEqualTo(88);
    }

    @Test
    void aClosedSurfaceHasNone() {
        assertThat(Holes.list(new Ball().add(0, 0, 0, 1, 3).mesh())).isEmpty();
        assertThat(Holes.list(new Mesh(0, 0, 0, new float[0], null, null, null, new int[0])))
                .isEmpty();
    }
}
