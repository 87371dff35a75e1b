package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.VertexNormals;
import org.grotto.store.Engine;
import org.grotto.store.PoisonStore;
import org.grotto.store.Threads;
import org.junit.jupiter.api.Test;

/** Normals to shade with: the grain of the noise goes, relief and edges stay, and nothing hangs on how the mesh is cut. */
class ShadingTest {
    private static final int SIDE = 121;
    /** Metres. */
    private static final double EDGE = 0.002;

    private static final double NOISE = 0.0005;
    private static final double SPACING = 0.001;

    /** A sheet whose vertices carry what a scan of 1 mm spacing leaves of its noise at edges of 2 mm. */
    private static Mesh sheet(DoubleBinaryOperator height, double left) {
        Random random = new Random(11);
        float[] xyz = new float[3 * SIDE * SIDE];
        for (int v = 0; v < SIDE * SIDE; v++) {
            double x = EDGE * (v % SIDE + 0.5 * (v / SIDE % 2));
            double y = EDGE * (v / SIDE) * Math.sqrt(0.75);
            xyz[3 * v] = (float) x;
            xyz[3 * v + 1] = (float) y;
            xyz[3 * v + 2] = (float) (height.applyAsDouble(x, y) + left * random.nextGaussian());
        }
        int[] t = new int[6 * (SIDE - 1) * (SIDE - 1)];
        int k = 0;
        for (int j = 0; j + 1 < SIDE; j++) {
            for (int i = 0; i + 1 < SIDE; i++) {
                int p = SIDE * j + i;
                int[] two = j % 2 == 0
                        ? new int[] {p, p + 1, p + SIDE, p + 1, p + SIDE + 1, p + SIDE}
                        : new int[] {p, p + 1, p + SIDE + 1, p, p + SIDE + 1, p + SIDE};
                for (int q : two) {
                    t[k++] = q;
                }
            }
        }
        Mesh bare = new Mesh(3, 4, 5, xyz, null, null, null, t);
        char[] spacing = new char[SIDE * SIDE];
        Arrays.fill(spacing, (char) Math.round(SPACING / VertexSamples.FINE));
        try (Work work = Work.silent()) {
            return bare.with(Columns.NORMAL, VertexNormals.of(bare, work))
                    .with(VertexSamples.STATION, new char[SIDE * SIDE])
                    .with(VertexSamples.SPACING, spacing);
        }
    }

    private static Mesh shaded(Mesh mesh, ShadeOptions options, Engine engine) {
        Cloud some = new Cloud(
                new Lattice(0, 0, 0, 1e-6), new int[] {0, 9}, new int[] {0, 9}, new int[] {0, 9}, Columns.NONE);
        Noise noise = new Noise(new double[] {NOISE}, new boolean[1]);
        return Shading.apply(mesh, noise, engine.store(some, 10), options, engine);
    }

    private static Mesh shaded(Mesh mesh) {
        try (Work work = Work.silent()) {
            return shaded(mesh, ShadeOptions.DEFAULTS, new Threads(work));
        }
    }

    /** RMS angle between normals and those of the height, degrees, over vertices not at the rim for which {@code where} is positive. */
    private static double off(Mesh m, DoubleBinaryOperator height, DoubleBinaryOperator where) {
        float[] n = m.normals();
        assertThat(n).isNotNull();
        double sum = 0;
        int count = 0;
        for (int v = 0; v < SIDE * SIDE; v++) {
            double x = m.xyz[3 * v];
            double y = m.xyz[3 * v + 1];
            if (Math.min(v % SIDE, v / SIDE) < 10
                    || Math.max(v % SIDE, v / SIDE) > SIDE - 11
                    || where.applyAsDouble(x, y) <= 0) {
                continue;
            }
            double h = 1e-6;
            double dx = (height.applyAsDouble(x + h, y) - height.applyAsDouble(x - h, y)) / (2 * h);
            double dy = (height.applyAsDouble(x, y + h) - height.applyAsDouble(x, y - h)) / (2 * h);
            double l = Math.sqrt(dx * dx + dy * dy + 1);
            double cos = (-dx * n[3 * v] - dy * n[3 * v + 1] + n[3 * v + 2]) / l;
            double a = Math.toDegrees(Math.acos(Math.min(1, cos)));
            sum += a * a;
            count++;
        }
        assertThat(count).isGreaterThan(500);
        return Math.sqrt(sum / count);
    }

    /** What the noise leaves at vertices after averaging over a cell. */
    private static final double LEFT = NOISE * SPACING / EDGE;

    @Test
    void theGrainOfTheNoiseGoes() {
        Mesh flat = sheet((x, y) -> 0.3 * x, LEFT);
        double before = off(flat, (x, y) -> 0.3 * x, (x, y) -> 1);
        assertThat(before).isGreaterThan(4);
        assertThat(off(shaded(flat), (x, y) -> 0.3 * x, (x, y) -> 1)).isLessThan(before / 3);
    }

    @Test
    void noVertexMovesAndNothingElseChanges() {
        Mesh flat = sheet((x, y) -> 0, LEFT);
        Mesh shaded = shaded(flat);
        assertThat(shaded.xyz).isEqualTo(flat.xyz);
        assertThat(shaded.triangles).isEqualTo(flat.triangles);
        assertThat(shaded.columns.types()).isEqualTo(flat.columns.types());
    }

    @Test
    void anEdgeStaysSharp() {
        DoubleBinaryOperator roof = (x, y) -> -Math.abs(x - 0.12);
        Mesh edge = sheet(roof, LEFT);
        DoubleBinaryOperator beside = (x, y) -> Math.abs(x - 0.12) - 1.2 * EDGE;
        double before = off(edge, roof, beside);
        assertThat(off(shaded(edge), roof, beside)).isLessThan(0.6 * before);
        DoubleBinaryOperator near = (x, y) -> beside.applyAsDouble(x, y) > 0 ? 6 * EDGE - Math.abs(x - 0.12) : -1;
        assertThat(off(shaded(edge), roof, near)).as("just beside it").isLessThan(0.8 * off(edge, roof, near));
    }

    @Test
    void reliefOfACentimetreLosesNothing() {
        double w = 2 * Math.PI / 0.03;
        DoubleBinaryOperator waves = (x, y) -> 0.002 * Math.sin(w * x) * Math.sin(w * y); // slopes to 23 degrees
        Mesh relief = sheet(waves, LEFT);
        assertThat(off(shaded(relief), waves, (x, y) -> 1)).isLessThan(0.9 * off(relief, waves, (x, y) -> 1));
    }

    @Test
    void withoutNoiseOrOnRequestNothingChanges() {
        Mesh rough = sheet((x, y) -> 0, LEFT);
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            assertThat(shaded(rough, new ShadeOptions(true), engine)).isSameAs(rough);
            Mesh none = Shading.apply(
                    rough,
                    new Noise(new double[] {0}, new boolean[1]),
                    engine.store(
                            new Cloud(
                                    new Lattice(0, 0, 0, 1e-6),
                                    new int[] {0, 9},
                                    new int[] {0, 9},
                                    new int[] {0, 9},
                                    Columns.NONE),
                            10),
                    ShadeOptions.DEFAULTS,
                    engine);
            assertThat(none.normals()).isEqualTo(rough.normals());
        }
    }

    @Test
    void howTheMeshIsCutDoesNotShow() {
        Mesh rough = sheet((x, y) -> 0.01 * Math.sin(50 * x), LEFT);
        try (Work work = Work.silent()) {
            float[] one =
                    shaded(rough, ShadeOptions.DEFAULTS, new Threads(work)).normals();
            float[] many = shaded(rough, ShadeOptions.DEFAULTS, new PoisonStore.Engine(1000, work))
                    .normals();
            assertThat(many).isEqualTo(one);
        }
    }
}
