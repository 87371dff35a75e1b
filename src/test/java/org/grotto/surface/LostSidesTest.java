package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Mesh;
import org.grotto.store.Engine;
import org.grotto.store.Threads;
import org.junit.jupiter.api.Test;

/**
 * A wall of one square metre scanned from both sides, as densely or less so below; three millimetres between the sides, ten
 * between the points. What has no surface of its own is told within a twentieth, within an eighth where one side is sparse.
 */
class LostSidesTest {
    private static final Lattice LATTICE = new Lattice(0, 0, 0, 1e-5);
    private static final double SPACING = 0.01;

    /** Both sides, the upper one with so many points for each of the lower one. */
    private static Cloud wall(double thickness, int above) {
        List<double[]> p = new ArrayList<>();
        Random r = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            for (int k = 0; k <= above; k++) {
                p.add(new double[] {
                    SPACING * (i % 100 + r.nextDouble()), SPACING * (i / 100 + r.nextDouble()), k == 0 ? 0 : thickness
                });
            }
        }
        int n = p.size();
        int[][] c = new int[3][n];
        float[] normals = new float[3 * n];
        float[] spacing = new float[n];
        for (int i = 0; i < n; i++) {
            c[0][i] = LATTICE.ix(p.get(i)[0]);
            c[1][i] = LATTICE.iy(p.get(i)[1]);
            c[2][i] = LATTICE.iz(p.get(i)[2]);
            normals[3 * i + 2] = p.get(i)[2] == 0 ? -1 : 1;
            spacing[i] = (float) SPACING;
        }
        return new Cloud(LATTICE, c[0], c[1], c[2], normals, null, null, null).with(Columns.SPACING, spacing);
    }

    /** A square metre at height z, facing up or down, as far as x goes. */
    private static Mesh sheet(double z, boolean up, double x) {
        float[] xyz = {0, 0, (float) z, (float) x, 0, (float) z, (float) x, 1, (float) z, 0, 1, (float) z};
        byte[] evidence = {Mesh.MEASURED, Mesh.MEASURED, Mesh.MEASURED, Mesh.MEASURED};
        int[] t = up ? new int[] {0, 1, 2, 0, 2, 3} : new int[] {0, 2, 1, 0, 3, 2};
        return new Mesh(0, 0, 0, xyz, null, null, evidence, t);
    }

    private static Mesh both(Mesh a, Mesh b) {
        float[] xyz = new float[24];
        System.arraycopy(a.xyz, 0, xyz, 0, 12);
        System.arraycopy(b.xyz, 0, xyz, 12, 12);
        int[] t = new int[12];
        for (int k = 0; k < 6; k++) {
            t[k] = a.triangles[k];
            t[6 + k] = b.triangles[k] + 4;
        }
        byte[] evidence = new byte[8];
        java.util.Arrays.fill(evidence, Mesh.MEASURED);
        return new Mesh(0, 0, 0, xyz, null, null, evidence, t);
    }

    private static double lost(Cloud cloud, Mesh mesh) {
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            return LostSides.of(mesh, engine.store(cloud, 1 << 14), engine).area();
        }
    }

    @Test
    void nothingIsLostWhereBothSidesStand() {
        assertThat(lost(wall(0.003, 1), both(sheet(0, false, 1), sheet(0.003, true, 1))))
                .isLessThan(0.01);
    }

    @Test
    void aLostSideIsTold() {
        assertThat(lost(wall(0.003, 1), sheet(0.003, true, 1))).isCloseTo(1, within(0.05));
        assertThat(lost(wall(0.003, 4), sheet(0.003, true, 1)))
                .as("four times as dense above")
                .isCloseTo(1, within(0.12));
    }

    @Test
    void aPartOfASideIsTold() {
        Mesh part = both(sheet(0, false, 0.75), sheet(0.003, true, 1));
        assertThat(lost(wall(0.003, 1), part)).isCloseTo(0.25, within(0.02));
    }

    /** Where the wall has a hole, both sides are gone. */
    @Test
    void aHoleInAThinWallIsTold() {
        Mesh part = both(sheet(0, false, 0.75), sheet(0.003, true, 0.75));
        assertThat(lost(wall(0.003, 1), part)).isCloseTo(0.5, within(0.03));
    }

    /** Farther apart than three spacings it is another surface that was cut away: trimming tells. */
    @Test
    void aSideFarOffIsNone() {
        assertThat(lost(wall(0.2, 1), sheet(0.2, true, 1))).isZero();
    }
}
