package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Round holes in sloping floors, under a scanner and not. */
class RimTest {
    private static final double[] EYE = {3, -2, 1.8};

    /** How far off the eye's axis the rim is at an angle. */
    interface Radius {
        double at(double angle);
    }

    private static double floor(double x, double y) {
        return 0.2 + 0.05 * (x - 3) - 0.1 * (y + 2);
    }

    private static Rim.@Nullable Floor tripod(double mx, double my, Radius radius) {
        Rim rim = new Rim(EYE);
        for (int k = 0; k < 720; k++) {
            double t = 2 * Math.PI * (k + 0.5) / 720;
            double r = radius.at(t);
            if (r > 0) {
                double x = mx + r * Math.cos(t);
                double y = my + r * Math.sin(t);
                rim.add(x, y, floor(x, y));
                rim.add(mx + 0.4 * (x - mx), my + 0.4 * (y - my), 1);
            }
        }
        return rim.tripod();
    }

    @Test
    void theFloorIsFoundFromTheRimAlone() {
        Rim.Floor f = Objects.requireNonNull(tripod(3, -2, t -> 0.7));
        assertThat(f.x0()).isCloseTo(3, within(0.02));
        assertThat(f.y0()).isCloseTo(-2, within(0.02));
        assertThat(f.z0()).isCloseTo(0.2, within(0.003));
        assertThat(f.slopeX()).isCloseTo(0.05, within(1e-9));
        assertThat(f.slopeY()).isCloseTo(-0.1, within(1e-9));
        assertThat(f.radius()).isCloseTo(0.7, within(0.01));
        assertThat(f.above(3.5, -1, floor(3.5, -1) + 0.3)).isCloseTo(0.3, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"0.15, 0, true", "0, -0.15, true", "0.35, 0, false", "0, 0.35, false"})
    void theScannerStandsInTheMiddle(double beside, double above, boolean found) {
        assertThat(tripod(3 + beside, -2 + above, t -> 0.6) != null).isEqualTo(found);
    }

    @Test
    void theHoleIsRoundEvenAndClosed() {
        assertThat(tripod(3, -2, t -> 0.7 + 0.1 * Math.sin(5 * t))).isNotNull();
        assertThat(tripod(3, -2, t -> 0.4 / Math.hypot(0.4 * Math.cos(t), Math.sin(t))))
                .as("oval")
                .isNull();
        assertThat(tripod(3, -2, t -> t > 1 && t < 1.2 ? 1.6 : 0.7))
                .as("with a horn")
                .isNull();
        assertThat(tripod(3, -2, t -> t < 0.75 ? 0 : 0.7)).as("43 degrees open").isNotNull();
        assertThat(tripod(3, -2, t -> t < 1.6 ? 0 : 0.7)).as("92 degrees open").isNull();
        assertThat(tripod(3, -2, t -> t > Math.PI - 0.8 && t < Math.PI + 0.8 ? 0 : 0.7))
                .as("where angles begin")
                .isNull();
    }

    /** The blind cone of a scanner 1.6 m over the floor is no wider than 1.9 m. */
    @Test
    void theHoleIsNoWiderThanAScannerIsBlind() {
        assertThat(tripod(3, -2, t -> 1.85)).isNotNull();
        assertThat(tripod(3, -2, t -> 2.0)).isNull();
    }
}
