package org.grotto.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Areas and directions of a tetrahedron whose corners stand on the axes, 1, 2 and 3 m out. */
class MeshTest {
    private static final float[] CORNERS = {0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3};
    /** Three sides in the planes of the axes, the fourth across. */
    private static final int[] SIDES = {0, 2, 1, 0, 3, 2, 0, 1, 3, 1, 2, 3};

    private static Mesh mesh(float[] normals, int... triangles) {
        return new Mesh(10, 20, 30, CORNERS, normals, null, null, triangles);
    }

    @Test
    void eachSideFacesOutTwiceItsAreaLong() {
        Mesh m = mesh(null, SIDES);
        double[][] out = {{0, 0, -2}, {-6, 0, 0}, {0, -3, 0}, {6, 3, 2}};
        double[] area = {1, 3, 1.5, 3.5};
        for (int t = 0; t < 4; t++) {
            assertThat(m.cross(t)).as("side " + t).containsExactly(out[t], within(1e-12));
            assertThat(m.area(t)).as("side " + t).isEqualTo(area[t]);
        }
    }

    @Test
    void whatIsClosedFacesNowhereAndASheetOneWay() {
        assertThat(mesh(null, SIDES).facing()).containsExactly(new double[] {0, 0, 0, 18}, within(1e-12));
        assertThat(mesh(null, SIDES).oneSided()).isCloseTo(0, within(1e-12));
        assertThat(mesh(null, 1, 2, 3).facing()).containsExactly(new double[] {6, 3, 2, 7}, within(1e-12));
        assertThat(mesh(null, 1, 2, 3).oneSided()).isCloseTo(1, within(1e-12));
        // without the side across, what is left faces against it
        assertThat(mesh(null, 0, 2, 1, 0, 3, 2, 0, 1, 3).oneSided()).isCloseTo(7.0 / 11, within(1e-12));
        assertThat(mesh(null).oneSided()).isZero();
    }

    @Test
    void turnedOverNormalsGoWithTheSidesOnlyWhereTheyFacedAsThey() {
        float[] out = {-1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1};
        float[] in = new float[out.length];
        for (int i = 0; i < in.length; i++) {
            in[i] = -out[i];
        }
        Mesh m = mesh(out, SIDES).turnedOver();
        assertThat(m.cross(3)).containsExactly(new double[] {-6, -3, -2}, within(1e-12));
        assertThat(m.normals()).isEqualTo(in);
        assertThat(mesh(in, SIDES).turnedOver().normals()).isEqualTo(in);
        assertThat(mesh(null, SIDES).turnedOver().normals()).isNull();
    }
}
