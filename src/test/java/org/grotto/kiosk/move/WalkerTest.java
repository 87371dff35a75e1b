package org.grotto.kiosk.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.grotto.kiosk.stream.Rays;
import org.grotto.kiosk.visit.Eye;
import org.junit.jupiter.api.Test;

/** A room of 4 x 6 x 3 m with a platform: 0.3 m high for y > 1, then a bench of 1 m for y > 2. */
class WalkerTest {
    private static final double[][] BOXES = {
        {-2, 1, -1, 2, 3, 0.3}, {-2, 2, -1, 2, 3, 1.0},
    };

    /** Distance to the nearest of the room's walls (met from inside) and the boxes (met from outside). */
    private static Rays.Hit cast(double[] o, double[] d, double longest) {
        Rays.Hit best = Rays.NONE;
        double[] low = {-2, -3, 0};
        double[] high = {2, 3, 3};
        for (int a = 0; a < 3; a++) {
            double t =
                    d[a] > 0 ? (high[a] - o[a]) / d[a] : d[a] < 0 ? (low[a] - o[a]) / d[a] : Double.POSITIVE_INFINITY;
            if (t > 0 && t < best.distance()) {
                double s = -Math.signum(d[a]);
                best = new Rays.Hit(t, a == 0 ? s : 0, a == 1 ? s : 0, a == 2 ? s : 0, null, -1);
            }
        }
        for (double[] b : BOXES) {
            double in = 0;
            double out = Double.POSITIVE_INFINITY;
            int axis = -1;
            for (int a = 0; a < 3; a++) {
                double t0 = (b[a] - o[a]) / d[a];
                double t1 = (b[a + 3] - o[a]) / d[a];
                if (Double.isNaN(t0) || Double.isNaN(t1)) {
                    continue;
                }
                if (d[a] == 0 && (o[a] < b[a] || o[a] > b[a + 3])) {
                    out = -1;
                }
                if (Math.min(t0, t1) > in) {
                    in = Math.min(t0, t1);
                    axis = a;
                }
                out = Math.min(out, Math.max(t0, t1));
            }
            if (axis >= 0 && in <= out && in < best.distance()) {
                double s = -Math.signum(d[axis]);
                best = new Rays.Hit(in, axis == 0 ? s : 0, axis == 1 ? s : 0, axis == 2 ? s : 0, null, -1);
            }
        }
        return best.distance() < longest ? best : Rays.NONE;
    }

    private final Walker walker = new Walker(WalkerTest::cast);

    private Eye walk(Eye start, double dx, double dy, int steps) {
        Eye e = start;
        for (int i = 0; i < steps; i++) {
            e = walker.settle(walker.step(e, dx, dy), 0.05);
        }
        return e;
    }

    @Test
    void eyesSettleAtOneMetreSixtyAboveTheFloor() {
        Eye e = walk(new Eye(0, -2, 2.3, 0, 0, 60), 0, 0, 100);
        assertThat(e.z()).isCloseTo(1.6, within(1e-6));
    }

    @Test
    void wallsKeepThirtyCentimetresAwayAndOneSlidesAlongThem() {
        Eye e = walk(new Eye(0, -2, 1.6, 0, 0, 60), 0.05, 0, 200);
        assertThat(e.x()).isCloseTo(1.7, within(0.01));
        Eye along = walk(e, 0.03, 0.02, 60);
        assertThat(along.x()).isCloseTo(1.7, within(0.02));
        assertThat(along.y()).isGreaterThan(-1.2);
    }

    @Test
    void aLowStepIsClimbedAHighBenchIsNot() {
        Eye e = walk(new Eye(0, -2, 1.6, 0, 0, 60), 0, 0.05, 400);
        assertThat(e.z()).as("on the platform").isCloseTo(1.9, within(0.01));
        assertThat(e.y()).as("before the bench").isBetween(1.3, 2.0);
    }

    @Test
    void aTapOnTheFloorStandsThereAndATapOnAWallStandsBeforeIt() {
        double[] eye = {0, -2, 1.6};
        double n = Math.sqrt(1 + 1.6 * 1.6);
        double[] stand = walker.standAt(eye, new double[] {0, 1 / n, -1.6 / n}, 25);
        assertThat(stand).isNotNull();
        assertThat(stand[1]).isCloseTo(-1, within(0.05));
        assertThat(stand[2]).isCloseTo(1.6, within(1e-9));
        double[] wall = walker.standAt(eye, new double[] {1, 0, 0}, 25);
        assertThat(wall).isNotNull();
        assertThat(wall[0]).isBetween(1.3, 1.7 + 1e-9);
        assertThat(wall[2]).isCloseTo(1.6, within(1e-9));
    }

    @Test
    void overAVoidNobodySteps() {
        Walker nowhere = new Walker((o, d, longest) -> Rays.NONE);
        Eye e = new Eye(0, 0, 1.6, 0, 0, 60);
        assertThat(nowhere.step(e, 0.1, 0)).isEqualTo(e);
        assertThat(nowhere.standAt(e.position(), new double[] {0, 0, -1}, 25)).isNull();
        assertThat(nowhere.settle(e, 1)).isEqualTo(e);
    }
}
