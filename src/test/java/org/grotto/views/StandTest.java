package org.grotto.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A visitor stands on the floor, inside, away from the walls, in rooms of many shapes that no known station stood in. */
class StandTest {
    private static final double[] ZERO = {100, 200, 300};

    private final List<float[]> at = new ArrayList<>();
    private final List<float[]> normal = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(5);

    /** A rectangle of random samples, {@code perSquare} a square metre, along two axes from a corner. */
    private void sheet(
            double x, double y, double z, double ux, double uy, double uz, double vx, double vy, double vz, int per) {
        double nx = uy * vz - uz * vy;
        double ny = uz * vx - ux * vz;
        double nz = ux * vy - uy * vx;
        double area = Math.sqrt(nx * nx + ny * ny + nz * nz);
        for (int i = 0; i < area * per; i++) {
            double a = random.nextDouble();
            double b = random.nextDouble();
            at.add(new float[] {
                (float) (x + a * ux + b * vx), (float) (y + a * uy + b * vy), (float) (z + a * uz + b * vz)
            });
            normal.add(new float[] {(float) (nx / area), (float) (ny / area), (float) (nz / area)});
        }
    }

    /** The inside of a box, normals into it; {@code roof} adds its ceiling. */
    private void hall(double x, double y, double z, double w, double d, double h, boolean roof, int per) {
        sheet(x, y, z, w, 0, 0, 0, d, 0, per);
        if (roof) {
            sheet(x, y, z + h, 0, d, 0, w, 0, 0, per);
        }
        sheet(x, y, z, 0, d, 0, 0, 0, h, per);
        sheet(x + w, y, z, 0, 0, h, 0, d, 0, per);
        sheet(x, y, z, 0, 0, h, w, 0, 0, per);
        sheet(x, y + d, z, w, 0, 0, 0, 0, h, per);
    }

    private Stand stand(boolean normals) {
        float[] p = new float[3 * at.size()];
        float[] n = new float[p.length];
        for (int i = 0; i < at.size(); i++) {
            for (int k = 0; k < 3; k++) {
                p[3 * i + k] = at.get(i)[k];
                n[3 * i + k] = normal.get(i)[k];
            }
        }
        return Objects.requireNonNull(Stand.of(p, normals ? n : null, ZERO));
    }

    private static void inside(Stand s, double x, double y, double w, double d, double margin) {
        assertThat(s.eye()[0] - ZERO[0]).isBetween(x + margin, x + w - margin);
        assertThat(s.eye()[1] - ZERO[1]).isBetween(y + margin, y + d - margin);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 400, 4000})
    void inABoxItIsTheMiddle(int per) {
        hall(-2, -1.75, -1.5, 4, 3.5, 3, true, per);
        for (boolean normals : new boolean[] {true, false}) {
            Stand s = stand(normals);
            inside(s, -2, -1.75, 4, 3.5, 1.2);
            assertThat(s.eye()[2] - ZERO[2]).isCloseTo(0.1, within(0.05));
            assertThat(s.ceiling() - ZERO[2]).isCloseTo(1.5, within(0.05));
        }
    }

    @Test
    void oneLooksAtTheFarWallAndNotIntoACorner() {
        hall(0, 0, 0, 4, 5, 3, true, 800);
        Stand s = stand(true);
        assertThat(Math.abs(s.target()[0] - s.eye()[0]))
                .as("not the corner, 2 m aside")
                .isLessThan(0.6);
        assertThat(Math.abs(s.target()[1] - s.eye()[1])).isBetween(2.0, 2.8);
    }

    @Test
    void aLowRoomHasLowEyes() {
        hall(0, 0, 0, 3, 3, 1.4, true, 1000);
        assertThat(stand(true).eye()[2] - ZERO[2]).isCloseTo(0.77, within(0.03));
    }

    /** A small room above and beside a large hall, stone between them. */
    @Test
    void theHallIsTakenAndNotTheStoneBetween() {
        hall(0, 0, 0, 8, 6, 4, true, 300);
        hall(9, 0, 0, 2, 2, 2.5, true, 300);
        hall(1, 1, 5, 2, 2, 2.5, true, 300);
        Stand s = stand(true);
        inside(s, 0, 0, 8, 6, 1.5);
        assertThat(s.floor() - ZERO[2]).isCloseTo(0, within(0.05));
        assertThat(Math.hypot(s.target()[0] - s.eye()[0], s.target()[1] - s.eye()[1]))
                .isGreaterThan(2.5);
    }

    /** A pillar in the middle, from floor to ceiling. */
    @Test
    void nobodyStandsInAPillar() {
        hall(0, 0, 0, 6, 6, 3, true, 500);
        at.removeIf(p -> p[0] > 2 && p[0] < 4 && p[1] > 2 && p[1] < 4 && (p[2] < 0.01 || p[2] > 2.99));
        normal.clear();
        at.forEach(p -> normal.add(new float[] {0, 0, p[2] < 0.01 ? 1 : p[2] > 2.99 ? -1 : 0}));
        sheet(2, 2, 0, 2, 0, 0, 0, 0, 3, 500);
        sheet(2, 4, 0, 0, 0, 3, 2, 0, 0, 500);
        sheet(2, 2, 0, 0, 0, 3, 0, 2, 0, 500);
        sheet(4, 2, 0, 0, 2, 0, 0, 0, 3, 500);
        Stand s = stand(true);
        double x = s.eye()[0] - ZERO[0];
        double y = s.eye()[1] - ZERO[1];
        inside(s, 0, 0, 6, 6, 0.5);
        assertThat(x < 1.6 || x > 4.4 || y < 1.6 || y > 4.4).isTrue();
    }

    @Test
    void withoutACeilingTheFloorIsEnough() {
        hall(0, 0, 0, 5, 4, 3, false, 500);
        Stand s = stand(true);
        inside(s, 0, 0, 5, 4, 1);
        assertThat(s.eye()[2] - ZERO[2]).isCloseTo(1.6, within(0.05));
    }

    @Test
    void alongATunnelOneLooksAlong() {
        hall(0, 0, 0, 60, 2, 2.2, true, 100);
        Stand s = stand(true);
        inside(s, 0, 0, 60, 2, 0.5);
        double dx = Math.abs(s.target()[0] - s.eye()[0]);
        assertThat(dx).isGreaterThan(20);
        assertThat(Math.abs(s.target()[1] - s.eye()[1])).isLessThan(0.1 * dx);
    }

    @Test
    void whatFacesNowhereUpGivesNoPlace() {
        sheet(0, 0, 0, 0, 0, 3, 4, 0, 0, 500);
        float[] p = new float[3 * at.size()];
        float[] n = new float[p.length];
        for (int i = 0; i < at.size(); i++) {
            for (int k = 0; k < 3; k++) {
                p[3 * i + k] = at.get(i)[k];
                n[3 * i + k] = normal.get(i)[k];
            }
        }
        assertThat(Stand.of(p, n, ZERO)).isNull();
        assertThat(Stand.of(new float[3], null, ZERO)).isNull();
    }
}
