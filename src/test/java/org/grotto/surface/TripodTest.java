package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Mesh;
import org.grotto.store.Engine;
import org.grotto.store.MeshStore;
import org.grotto.store.Threads;
import org.junit.jupiter.api.Test;

/** The floor under a tripod is put back where its rim is even and a scanner stood over it; no other hole so wide is. */
class TripodTest {
    private static final int SIDE = 80;
    private static final double STEP = 0.04;
    private static final double[] EYE = {1.6, 1.6, 1.5};

    /** A floor of 3.2 m by 3.2 m. */
    private static Mesh floor(DoubleBinaryOperator height) {
        int row = SIDE + 1;
        float[] xyz = new float[3 * row * row];
        int[] t = new int[6 * SIDE * SIDE];
        for (int v = 0; v < row * row; v++) {
            double x = STEP * (v % row);
            double y = STEP * (v / row);
            xyz[3 * v] = (float) x;
            xyz[3 * v + 1] = (float) y;
            xyz[3 * v + 2] = (float) height.applyAsDouble(x, y);
        }
        int at = 0;
        for (int s = 0; s < SIDE * SIDE; s++) {
            int v = row * (s / SIDE) + s % SIDE;
            for (int k : new int[] {v, v + 1, v + row + 1, v, v + row + 1, v + row}) {
                t[at++] = k;
            }
        }
        return new Mesh(40, 50, 60, xyz, null, null, null, t);
    }

    private static double circle(double x, double y) {
        return 0.6 - Math.hypot(x - 1.6, y - 1.6);
    }

    /** @param hole positive where nothing was scanned */
    private static Fill filled(
            DoubleBinaryOperator height, DoubleBinaryOperator hole, double[] eye, boolean crossed, int target) {
        Mesh m = floor(height);
        float[] beyond = new float[m.vertexCount()];
        byte[] cross = new byte[beyond.length];
        float[] spacing = new float[beyond.length];
        Arrays.fill(spacing, 0.01f);
        for (int v = 0; v < beyond.length; v++) {
            if (hole.applyAsDouble(m.xyz[3 * v], m.xyz[3 * v + 1]) > 0) {
                beyond[v] = 3.3f;
                cross[v] = (byte) (crossed ? 1 : 0);
            }
        }
        Lattice l = new Lattice(40, 50, 60, 1e-6);
        Cloud points = new Cloud(l, new int[] {0, 9}, new int[] {0, 9}, new int[] {0, 9}, Columns.NONE)
                .with(Columns.SPACING, new float[] {0.01f, 0.01f});
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            MeshStore store = engine.mesh(m, engine.store(points, 10), target)
                    .with(Trim.HEIGHT, beyond)
                    .with(Evidence.SPACING, spacing)
                    .with(Evidence.CROSSED, cross);
            Fill f = Fill.of(store, List.of(eye), TrimOptions.DEFAULTS, engine);
            float[] h = Objects.requireNonNull(f.store().whole().columns.floats(Trim.HEIGHT.name()));
            for (int v = 0; v < h.length; v++) {
                assertThat(h[v] <= 1.65f).isEqualTo(beyond[v] == 0 || f.tripods() > 0);
            }
            return f;
        }
    }

    @Test
    void theFloorUnderATripodIsPutBack() {
        for (int target : new int[] {500, 100_000}) {
            Fill flat = filled((x, y) -> 0, TripodTest::circle, EYE, false, target);
            assertThat(flat.tripods()).isEqualTo(1);
            assertThat(flat.floor()).isCloseTo(Math.PI * 0.6 * 0.6, within(0.1));
            assertThat(filled(
                                    (x, y) -> 0.1 * x - 0.05 * y,
                                    TripodTest::circle,
                                    new double[] {1.6, 1.6, 1.58},
                                    false,
                                    target)
                            .tripods())
                    .as("a floor that slopes")
                    .isEqualTo(1);
        }
    }

    @Test
    void theDomeThatClosesItIsLaidFlat() {
        for (double high : new double[] {0.1, 0.35, -0.35}) {
            DoubleBinaryOperator dome = (x, y) -> high * Math.max(0, circle(x, y)) / 0.6;
            Fill f = filled(dome, TripodTest::circle, EYE, false, 5000);
            assertThat(f.tripods()).isEqualTo(1);
            assertThat(f.moved()).hasSizeGreaterThan(600);
            assertThat(f.moved().values())
                    .allSatisfy(z -> assertThat((double) z).isCloseTo(0, within(0.02)));
        }
    }

    @Test
    void aHoleThatNoScannerStoodOverStays() {
        assertThat(filled((x, y) -> 0, TripodTest::circle, new double[] {0.4, 1.6, 1.5}, false, 5000)
                        .tripods())
                .isZero();
        assertThat(filled((x, y) -> 0, TripodTest::circle, new double[] {1.6, 1.6, -1.5}, false, 5000)
                        .tripods())
                .as("a scanner below")
                .isZero();
        assertThat(filled((x, y) -> 0, TripodTest::circle, new double[] {1.6, 1.6, 0.3}, false, 5000)
                        .tripods())
                .as("wider than any tripod hides")
                .isZero();
    }

    @Test
    void aShaftAPitAndAnUnevenRimStay() {
        assertThat(filled((x, y) -> 0, TripodTest::circle, EYE, true, 5000).tripods())
                .as("rays went through")
                .isZero();
        assertThat(filled((x, y) -> circle(x, y) > 0.1 ? -0.6 : 0, TripodTest::circle, EYE, false, 5000)
                        .tripods())
                .as("what closes it bulges")
                .isZero();
        assertThat(filled((x, y) -> x > 1.6 ? 0.08 : 0, TripodTest::circle, EYE, false, 5000)
                        .tripods())
                .as("a step through it")
                .isZero();
        assertThat(filled(
                                (x, y) -> 0,
                                (x, y) -> 0.3 - Math.max(Math.abs(x - 1.6) / 4, Math.abs(y - 1.6)),
                                EYE,
                                false,
                                5000)
                        .tripods())
                .as("the shadow of something long")
                .isZero();
    }

    /** A ring of floor that nobody saw, around surface as high as {@code island}. */
    private static int around(double island, int target) {
        return filled(
                        (x, y) -> circle(x, y) > 0.42 ? island : 0,
                        (x, y) -> Math.min(circle(x, y), 0.45 - circle(x, y)),
                        EYE,
                        false,
                        target)
                .tripods();
    }

    /** Feet of the tripod, a few echoes: what lies inside the hole is no part of its rim. */
    @Test
    void anIslandInTheHoleJoins() {
        for (int target : new int[] {500, 100_000}) {
            assertThat(around(0, target)).as("on the floor").isEqualTo(1);
            assertThat(around(0.1, target)).as("as a stone lies there").isEqualTo(1);
            assertThat(around(-0.1, target)).isEqualTo(1);
            assertThat(around(0.5, target))
                    .as("something stands there: nobody knows what is around it")
                    .isZero();
        }
    }

    /** The scanner stands over a well and sees its wall some way down: an even and round rim, and no floor around it. */
    @Test
    void aShaftWhoseWallWasSeenStays() {
        assertThat(filled((x, y) -> circle(x, y) > -0.06 ? -0.4 : 0, TripodTest::circle, EYE, false, 5000)
                        .tripods())
                .isZero();
    }

    @Test
    void aHoleThatGoesOnToOneSideStays() {
        assertThat(filled(
                                (x, y) -> 0,
                                (x, y) -> Math.max(circle(x, y), Math.min(0.6 - Math.abs(y - 1.6), x - 1.6)),
                                EYE,
                                false,
                                5000)
                        .tripods())
                .as("it has no rim there")
                .isZero();
    }
}
