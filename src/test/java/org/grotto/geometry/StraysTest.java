package org.grotto.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What lies far from everything else, and is no place of its own, is found; the rest is not. */
class StraysTest {
    private final Random random = new Random(5);
    private final double[][] p = new double[3][1024];
    private char[] station = new char[1024];
    private int n;

    /** Points spread over the walls of a box. */
    private void box(int count, double[] middle, double size, int source) {
        for (int i = 0; i < count; i++) {
            double[] q = {random.nextDouble() - 0.5, random.nextDouble() - 0.5, random.nextDouble() - 0.5};
            q[random.nextInt(3)] = random.nextBoolean() ? 0.5 : -0.5;
            add(middle[0] + size * q[0], middle[1] + size * q[1], middle[2] + 0.4 * size * q[2], source);
        }
    }

    private void add(double x, double y, double z, int source) {
        if (n == station.length) {
            for (int a = 0; a < 3; a++) {
                p[a] = Arrays.copyOf(p[a], 2 * n);
            }
            station = Arrays.copyOf(station, 2 * n);
        }
        p[0][n] = x;
        p[1][n] = y;
        p[2][n] = z;
        station[n++] = (char) source;
    }

    private void none() {
        n = 0;
    }

    private Strays.Found find() {
        return Strays.of(p[0], p[1], p[2], n, station);
    }

    @Test
    void strayPointsAreFoundAtAnyDistanceOnAnyAxisOfAnyPlace() {
        double[][] middles = {{0, 0, 0}, {500_000, 4_400_000, 1100}, {-3, 2, 1}};
        for (double size : new double[] {0.002, 0.5, 20, 2000}) {
            for (double[] m : middles) {
                for (double far : new double[] {3 * size, 1e3, 1e6, 9e8}) {
                    if (far < 2 * size) {
                        continue;
                    }
                    int axis = random.nextInt(3);
                    none();
                    box(2000, m, size, 0);
                    double[] q = m.clone();
                    q[axis] += random.nextBoolean() ? far : -far;
                    add(q[0], q[1], q[2], 0);
                    box(2000, m, size, 1);
                    BitSet wanted = new BitSet();
                    wanted.set(2000);
                    assertThat(find().out())
                            .as("%s m from %s m on axis %d", far, size, axis)
                            .isEqualTo(wanted);
                }
            }
        }
    }

    /** Several at once, each hiding the next one while it is there; and many at one place, as no-returns at the origin. */
    @Test
    void allOfManyStraysAreFound() {
        double[] m = {500_000, 4_400_000, 1100};
        box(5000, m, 8, 0);
        add(1e9, 0, 0, 0);
        add(m[0] + 1e3, m[1], m[2], 0);
        add(m[0] + 1.1e3, m[1] + 50, m[2], 0);
        add(m[0], m[1], m[2] - 3e5, 0);
        for (int i = 0; i < 30; i++) {
            add(m[0] + 4e4 + 30 * random.nextDouble(), m[1] - 4e4, m[2], 0);
        }
        for (int i = 0; i < 4000; i++) {
            add(0, 0, 0, 0);
        }
        BitSet wanted = new BitSet();
        wanted.set(5000, n);
        Strays.Found found = find();
        assertThat(found.out()).isEqualTo(wanted);
        assertThat(found.gone().getFirst().gap()).isBetween(9e8, 1e9);
        assertThat(found.far()).isEmpty();
    }

    @Test
    void twoCavesAreNoStrays() {
        box(5000, new double[] {0, 0, 0}, 20, 0);
        box(2000, new double[] {10_000, 0, 300}, 15, 0);
        Strays.Found found = find();
        assertThat(found.out()).isEqualTo(new BitSet());
        assertThat(found.far()).hasSize(1);
        assertThat(found.far().getFirst().count()).isEqualTo(2000);
        assertThat(found.far().getFirst().gap()).isBetween(9000.0, 10_000.0);
        add(3e7, 0, 0, 0);
        assertThat(find().out().cardinality()).isEqualTo(1);
    }

    /** A station of few points that measured nothing else is a place; as many points of a station that did are none. */
    @Test
    void aFarStationOfItsOwnIsAPlace() {
        for (int source = 0; source < 2; source++) {
            none();
            box(200_000, new double[] {0, 0, 0}, 20, 0);
            box(150, new double[] {3000, 0, 0}, 20, source);
            assertThat(find().out().cardinality()).isEqualTo(source == 0 ? 150 : 0);
        }
        none();
        box(200_000, new double[] {0, 0, 0}, 20, 0);
        box(50, new double[] {3000, 0, 0}, 20, 1);
        assertThat(find().out().cardinality()).isEqualTo(50);
    }

    /** What is thin, long or in pieces is none the less one thing. */
    @Test
    void nothingIsTakenFromScansWithGaps() {
        for (int i = 0; i < 40; i++) {
            box(300, new double[] {30 * i, 0, 0}, 8, i); // a row of cells in a cliff
        }
        box(5, new double[] {300, 40, 0}, 1, 3);
        box(60, new double[] {1400, 0, 0}, 3, 41);
        assertThat(find().out().isEmpty()).isTrue();
        none();
        box(3000, new double[] {0, 0, 0}, 10, 0);
        add(12, 0, 0, 0); // beside, not far: for the outliers
        assertThat(find().out().isEmpty()).isTrue();
        none();
        for (int i = 0; i < 9; i++) {
            add(random.nextDouble(), 0, 0, 0);
        }
        add(1e6, 0, 0, 0); // of so few nobody knows
        assertThat(find().out().isEmpty()).isTrue();
        none();
        add(1, 2, 3, 0);
        assertThat(find().out().isEmpty()).isTrue();
        none();
        assertThat(find().out().isEmpty()).isTrue();
    }
}
