package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.grotto.base.Work;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.VertexNormals;
import org.grotto.store.Engine;
import org.grotto.store.PoisonStore;
import org.grotto.store.Threads;
import org.junit.jupiter.api.Test;

/** Mean curvature against closed forms: balls, cylinders, saddles, waves; and however the mesh is cut. */
class CurvatureTest {
    private static float[] of(Mesh mesh, Engine engine) {
        float[] k = Curvature.add(mesh, engine.store(Ball.points(10, 1, (z, a) -> 1), 0), engine)
                .columns
                .floats(Curvature.CURVATURE.name());
        assertThat(k).isNotNull();
        return k;
    }

    private static float[] of(Mesh mesh) {
        try (Work work = Work.silent()) {
            return of(mesh.with(Columns.NORMAL, VertexNormals.of(mesh, work)), new Threads(work));
        }
    }

    /** A sheet of 1 m by 1 m in steps of 1 cm, every other row moved along, open side up. */
    private static Mesh sheet(DoubleBinaryOperator height) {
        int n = 101;
        float[] xyz = new float[3 * n * n];
        int[] t = new int[6 * (n - 1) * (n - 1)];
        int m = 0;
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) {
                double x = (i + 0.3 * (j % 2)) / 100;
                double y = j / 100.0;
                int v = j * n + i;
                xyz[3 * v] = (float) x;
                xyz[3 * v + 1] = (float) y;
                xyz[3 * v + 2] = (float) height.applyAsDouble(x, y);
                if (i < n - 1 && j < n - 1) {
                    for (int c : new int[] {v, v + 1, v + n, v + 1, v + n + 1, v + n}) {
                        t[m++] = c;
                    }
                }
            }
        }
        return new Mesh(0, 0, 0, xyz, null, null, null, t);
    }

    /** The value at (x, y) of a sheet, metres. */
    private static double at(float[] k, double x, double y) {
        return k[(int) Math.round(y * 100) * 101 + (int) Math.round(x * 100)];
    }

    /** Seen from inside a ball is hollow: the least and the greatest value are its curvature. */
    @Test
    void aRoundRoomIsHollowByItsRadius() {
        float[] k = of(new Ball().add(0, 0, 0, 0.25, 5).mesh());
        Arrays.sort(k);
        assertThat((double) k[0]).isBetween(-4.02, -3.98);
        assertThat((double) k[k.length - 1]).isBetween(-4.02, -3.98);
    }

    @Test
    void aColumnTurnsOneWayOnly() {
        float[] k = of(sheet((x, y) -> Math.sqrt(1 - (x - 0.5) * (x - 0.5)))); // radius 1 m, bulging up
        assertThat(at(k, 0.5, 0.5)).isBetween(0.49, 0.51);
        assertThat(at(k, 0.2, 0.5)).isBetween(0.49, 0.51);
    }

    @Test
    void aSaddleHasNone() {
        float[] k = of(sheet((x, y) -> (x - 0.5) * (x - 0.5) - (y - 0.5) * (y - 0.5)));
        assertThat(Math.abs(at(k, 0.5, 0.5))).isLessThan(0.01);
    }

    @Test
    void ridgesAreAboveAndGroovesBelowNought() {
        double w = 2 * Math.PI / 0.25; // folds of 25 edges: rings and smoothing take 8 %
        float[] k = of(sheet((x, y) -> 0.01 * Math.cos(w * (x - 0.5))));
        assertThat(at(k, 0.5, 0.5)).isBetween(0.91 * 0.005 * w * w, 1.01 * 0.005 * w * w);
        assertThat(at(k, 0.62, 0.5)).isBetween(-1.01 * 0.005 * w * w, -0.91 * 0.005 * w * w);
    }

    @Test
    void manyRegionsGiveTheBitsOfOne() {
        try (Work work = Work.silent()) {
            Mesh ball = new Ball().add(0, 0, 0, 0.25, 5).mesh();
            Mesh mesh = ball.with(Columns.NORMAL, VertexNormals.of(ball, work));
            float[] want = of(mesh, new Threads(work));
            assertThat(of(mesh, new PoisonStore.Engine(37, work))).isEqualTo(want);
            assertThat(of(mesh, new PoisonStore.Engine(1000, work))).isEqualTo(want);
        }
    }

    @Test
    void aVertexWithoutTriangleHasNoCurvature() {
        Mesh m = new Ball().add(0, 0, 0, 1, 2).mesh();
        float[] xyz = Arrays.copyOf(m.xyz, m.xyz.length + 3);
        float[] k = of(new Mesh(m.originX, m.originY, m.originZ, xyz, null, null, null, m.triangles));
        assertThat(k[k.length - 1]).isNaN();
        assertThat(k[0]).isNotNaN();
    }
}
