package org.grotto.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.junit.jupiter.api.Test;

/** Counted against bodies whose edges, pieces and volume are known. */
class TopologyTest {
    private static final int[] CUBE = {
        0, 2, 1, 0, 3, 2, 4, 5, 6, 4, 6, 7, 0, 1, 5, 0, 5, 4, 1, 2, 6, 1, 6, 5, 2, 3, 7, 2, 7, 6, 3, 0, 4, 3, 4, 7
    };

    private static float[] corners(float x, float side) {
        float[] c = {0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1};
        for (int i = 0; i < c.length; i++) {
            c[i] = c[i] * side + (i % 3 == 0 ? x : 0);
        }
        return c;
    }

    private static Topology of(float[] xyz, int... triangles) {
        try (Work work = new Work(2, 1 << 28, Progress.NONE)) {
            return Topology.of(new Mesh(100, 200, 300, xyz, null, null, null, triangles), work);
        }
    }

    @Test
    void aCubeIsClosedAndHasItsVolume() {
        Topology t = of(corners(0, 2), CUBE);
        assertThat(t.closed()).isTrue();
        assertThat(t.places() - t.edges() + 12).as("Euler").isEqualTo(2);
        assertThat(t.pieces()).isEqualTo(1);
        assertThat(t.volume()).isCloseTo(8, within(1e-12));
        assertThat(t.edgeMedian()).isEqualTo(2);
        assertThat(t.edge95()).isCloseTo(2 * Math.sqrt(2), within(1e-6));
    }

    @Test
    void turnedInsideOutItsVolumeIsNegative() {
        int[] t = CUBE.clone();
        for (int k = 0; k < t.length; k += 3) {
            t[k] = CUBE[k + 1];
            t[k + 1] = CUBE[k];
        }
        assertThat(of(corners(0, 2), t).volume()).isCloseTo(-8, within(1e-12));
    }

    /** As files for drawing hold it: every triangle with corners of its own. */
    @Test
    void cornersAtOnePlaceAreOne() {
        float[] c = corners(-1, 1);
        float[] split = new float[3 * CUBE.length];
        int[] t = new int[CUBE.length];
        for (int k = 0; k < CUBE.length; k++) {
            System.arraycopy(c, 3 * CUBE[k], split, 3 * k, 3);
            t[k] = k;
        }
        split[0] = split[0] == 0 ? -0f : split[0];
        Topology o = of(split, t);
        assertThat(o.closed()).isTrue();
        assertThat(o.vertices()).isEqualTo(36);
        assertThat(o.places()).isEqualTo(8);
        assertThat(o.volume()).isCloseTo(1, within(1e-12));
    }

    @Test
    void aMissingTriangleIsAHoleOfThreeEdges() {
        Topology t = of(corners(0, 1), Arrays.copyOf(CUBE, 33));
        assertThat(t.closed()).isFalse();
        assertThat(t.border()).isEqualTo(3);
        assertThat(t.volume()).isNaN();
    }

    @Test
    void aTriangleTurnedOverIsToldByItsEdges() {
        int[] t = CUBE.clone();
        t[0] = CUBE[1];
        t[1] = CUBE[0];
        Topology o = of(corners(0, 1), t);
        assertThat(o.turned()).isEqualTo(3);
        assertThat(o.border()).isZero();
        assertThat(o.closed()).isFalse();
    }

    @Test
    void twoCubesOnOneEdgeBranchThereAndTwoApartArePieces() {
        float[] xyz = Arrays.copyOf(corners(0, 1), 48);
        float[] other = corners(1, 1);
        for (int i = 0; i < other.length; i++) {
            xyz[24 + i] = other[i] + (i % 3 == 1 ? 1 : 0); // shares the edge x = 1, y = 1
        }
        int[] t = Arrays.copyOf(CUBE, 72);
        for (int k = 0; k < 36; k++) {
            t[36 + k] = CUBE[k] + 8;
        }
        Topology touching = of(xyz, t);
        assertThat(touching.branching()).isEqualTo(1);
        assertThat(touching.pieces()).isEqualTo(1);
        assertThat(touching.closed()).isFalse();
        for (int i = 24; i < 48; i += 3) {
            xyz[i] += 5;
        }
        Topology apart = of(xyz, t);
        assertThat(apart.pieces()).isEqualTo(2);
        assertThat(apart.closed()).isTrue();
        assertThat(apart.volume()).isCloseTo(2, within(1e-12));
    }

    @Test
    void collapsedTrianglesAreCountedAndLeftOut() {
        int[] t = Arrays.copyOf(CUBE, 39);
        t[36] = 0;
        t[37] = 0;
        t[38] = 1;
        Topology o = of(corners(0, 1), t);
        assertThat(o.collapsed()).isEqualTo(1);
        assertThat(o.closed()).isTrue();
        assertThat(o.welded().triangleCount()).isEqualTo(12);
    }

    @Test
    void nothingIsNotClosed() {
        Topology o = of(new float[9], 0, 0, 0);
        assertThat(o.closed()).isFalse();
        assertThat(o.edges()).isZero();
        assertThat(o.pieces()).isZero();
    }
}
