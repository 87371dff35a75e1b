package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.grotto.store.Engine;
import org.grotto.store.Store;
import org.grotto.store.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cubes, rooms with parts of a roof and plates, whose free paths are known. */
class OpenSideTest {
    private static final Lattice LATTICE = new Lattice(-50, -50, -50, 1e-6);

    /** Nothing may depend on where it all stands. */
    private static final double[] BESIDE = {17, -21, 6};

    private final List<double[]> points = new ArrayList<>();

    /** A rectangle of n x n points from corner o along u and v. */
    private OpenSideTest plate(int n, double[] o, double[] u, double[] v) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double s = (i + 0.5) / n;
                double t = (j + 0.5) / n;
                points.add(
                        new double[] {o[0] + s * u[0] + t * v[0], o[1] + s * u[1] + t * v[1], o[2] + s * u[2] + t * v[2]
                        });
            }
        }
        return this;
    }

    /** The faces of a cube about the origin; with a lid of that share of the top, along y. */
    private OpenSideTest cube(int n, double l, double lid) {
        double h = l / 2;
        plate(n, new double[] {-h, -h, -h}, new double[] {l, 0, 0}, new double[] {0, l, 0});
        if (lid > 0) {
            plate(n, new double[] {-h, -h, h}, new double[] {l, 0, 0}, new double[] {0, lid * l, 0});
        }
        plate(n, new double[] {-h, -h, -h}, new double[] {l, 0, 0}, new double[] {0, 0, l});
        plate(n, new double[] {-h, h, -h}, new double[] {l, 0, 0}, new double[] {0, 0, l});
        plate(n, new double[] {-h, -h, -h}, new double[] {0, l, 0}, new double[] {0, 0, l});
        plate(n, new double[] {h, -h, -h}, new double[] {0, l, 0}, new double[] {0, 0, l});
        return this;
    }

    /** Two points a bit outside of the corners, so that walls lie well inside of the grid. */
    private OpenSideTest loose(double l) {
        points.add(new double[] {-0.53 * l, -0.53 * l, -0.53 * l});
        points.add(new double[] {0.53 * l, 0.53 * l, 0.53 * l});
        return this;
    }

    private Cloud cloud() {
        int n = points.size();
        int[][] c = new int[3][n];
        for (int i = 0; i < n; i++) {
            c[0][i] = LATTICE.ix(points.get(i)[0] + BESIDE[0]);
            c[1][i] = LATTICE.iy(points.get(i)[1] + BESIDE[1]);
            c[2][i] = LATTICE.iz(points.get(i)[2] + BESIDE[2]);
        }
        return new Cloud(LATTICE, c[0], c[1], c[2], null, null, null, null);
    }

    private CleanOptions.Side chosen() {
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            Store store = engine.store(cloud(), 3000);
            return OpenSide.of(store, engine).choose(store, engine);
        }
    }

    /** The vote of a unit normal at a place, which becomes one more point. */
    private double vote(CleanOptions.Side side, double[] p, double... n) {
        points.add(p);
        Cloud c = cloud();
        points.remove(points.size() - 1);
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            OpenSide sides = OpenSide.of(engine.store(c, 3000), engine);
            return sides.vote(side, c, c.size - 1, n[0], n[1], n[2]);
        }
    }

    private static final CleanOptions.Side OUT = CleanOptions.Side.OUTSIDE;
    private static final CleanOptions.Side IN = CleanOptions.Side.INSIDE;

    /**
     * Of a cube's face: out lie five paths as long as the diagonal, in one of the side L and four that meet a side wall at L
     * / 2 / 0.57; up counts a fifth of a diagonal more.
     */
    @Test
    void anObjectVotesByItsFreePaths() {
        cube(120, 1, 1).loose(1);
        double d = 1.06 * Math.sqrt(3);
        double in = 1 + 4 * 0.5 / 0.57;
        double sides = (5 * d - in) / (5 * d + in);
        double top = (5 * d - in + 0.2 * d) / (5 * d + in + 0.2 * d);
        double bottom = (5 * d - in - 0.2 * d) / (5 * d + in + 0.2 * d);
        assertThat(vote(OUT, new double[] {0.5, 0, 0}, 1, 0, 0)).isCloseTo(sides, within(0.02));
        assertThat(vote(OUT, new double[] {0.5, 0, 0}, -1, 0, 0)).isCloseTo(-sides, within(0.02));
        assertThat(vote(OUT, new double[] {0, -0.5, 0}, 0, -1, 0)).isCloseTo(sides, within(0.02));
        assertThat(vote(OUT, new double[] {0, 0, 0.5}, 0, 0, 1)).isCloseTo(top, within(0.02));
        assertThat(vote(OUT, new double[] {0, 0, -0.5}, 0, 0, -1)).isCloseTo(bottom, within(0.02));
        assertThat(vote(OUT, new double[] {0, 0, 0.5}, 0, 0, 0)).isZero();
    }

    /** On a large object what goes down counts a tenth: it would leave open ground, too. */
    @Test
    void downwardsCountsLittleOnLargeObjects() {
        cube(120, 4, 1).loose(4);
        double d = 1.06 * Math.sqrt(3);
        double in = 1 + 4 * 0.5 / 0.57;
        double bottom = (5 * 0.1 * d - in - 0.2 * d) / (5 * 0.1 * d + in + 0.2 * d);
        assertThat(vote(OUT, new double[] {0, 0, -2}, 0, 0, -1)).isCloseTo(bottom, within(0.02));
        // one of the five goes down at more than 17 degrees
        double side = (4 * d + 0.1 * d - in) / (4 * d + 0.1 * d + in);
        assertThat(vote(OUT, new double[] {2, 0, 0}, 1, 0, 0)).isCloseTo(side, within(0.02));
    }

    /** Where a path leaves a room it counts nothing: within closed walls all is clear, and between two plates it is not. */
    @Test
    void aRoomVotesInward() {
        cube(120, 4, 1).loose(4);
        for (double[] p : new double[][] {{2, 0, 0}, {0, -2, 0.5}, {0, 0, 2}, {1, 0, -2}}) {
            double[] n = {-Math.rint(p[0] / 2), -Math.rint(p[1] / 2), -Math.rint(p[2] / 2)};
            n = Math.abs(p[2]) == 2 ? new double[] {0, 0, -p[2] / 2} : n;
            assertThat(vote(IN, p, n)).isCloseTo(1, within(1e-9));
            assertThat(vote(IN, p, -n[0], -n[1], -n[2])).isCloseTo(-1, within(1e-9));
        }
    }

    /** A wall that stands in a room has free paths on both sides, by how far the room's walls are: the tie is small. */
    @Test
    void bothSidesOfAScreenAreWeighed() {
        cube(120, 4, 1).loose(4);
        // at a quarter of the room: 1 m before it, 3 m behind; the other rays end at x or at the side walls
        double f = 1 + 4 / 0.82;
        double b = 3 + 4 * 2 / 0.57;
        double tie = 0.2 * 1;
        assertThat(vote(IN, new double[] {1, 0, 0}, 1, 0, 0)).isCloseTo((f - b - tie) / (f + b + tie), within(0.02));
        assertThat(vote(IN, new double[] {1, 0, 0}, -1, 0, 0)).isCloseTo((b - f + tie) / (f + b + tie), within(0.02));
    }

    /** In a ball of 2 m, half way to its wall: the five paths before and behind, whatever way the normal lies. */
    @ParameterizedTest
    @CsvSource({"0.48, 0.6, 0.64", "-0.36, 0.8, 0.48", "0.6, 0, 0.8", "0.8, 0.6, 0", "-0.48, 0.64, -0.6"})
    void pathsAreSpreadEvenlyRoundAnyNormal(double x, double y, double z) {
        int n = 90_000;
        for (int i = 0; i < n; i++) {
            double h = 1 - 2 * (i + 0.5) / n;
            double r = Math.sqrt(1 - h * h);
            double a = i * 2.399963229728653;
            points.add(new double[] {2 * r * Math.cos(a), 2 * r * Math.sin(a), 2 * h});
        }
        loose(4);
        double front = 1 + 4 * path(0.82);
        double back = 3 + 4 * path(-0.82);
        double tie = -0.2;
        double want = (front - back + tie) / (front + back + Math.abs(tie));
        // a wall begins half a cell, of fifty on a side, before its points
        assertThat(vote(IN, new double[] {x, y, z}, x, y, z)).isBetween(want - 0.028, want + 0.01);
    }

    /** How far a ray goes that leaves at 1 m from the middle of the ball, c of it along the normal and 0.57 across. */
    private static double path(double c) {
        double square = c * c + 0.57 * 0.57;
        return (-c + Math.sqrt(c * c + square * 3)) / square;
    }

    /** On open ground both ways lead out: what is left is a fiftieth, and that looks up. */
    @Test
    void openGroundHardlyVotes() {
        plate(150, new double[] {0, 0, 0}, new double[] {20, 0, 0}, new double[] {0, 20, 0});
        double up = 0.02 * (5 - 0.5 + 0.2) / (5 + 0.5 + 0.2);
        assertThat(vote(OUT, new double[] {9, 11, 0}, 0, 0, 1)).isCloseTo(up, within(1e-4));
        assertThat(vote(OUT, new double[] {9, 11, 0}, 0, 0, -1)).isCloseTo(-up, within(1e-4));
        // a small tablet: both ways alike but for the tie, and no doubt
        points.clear();
        plate(150, new double[] {0, 0, 0}, new double[] {1, 0, 0}, new double[] {0, 1, 0});
        assertThat(vote(OUT, new double[] {0.4, 0.6, 0}, 0, 0, 1)).isCloseTo(0.2 / 10.2, within(1e-4));
    }

    /** Two plates nearer than three and a half cells shut each other's view, and others. */
    @ParameterizedTest
    @CsvSource({"2.9, 0.02", "5.2, 1"})
    void narrowGapsAreDoubtful(double cells, double counts) {
        // a cell has nine points of the sixth part of all
        double z = cells * Math.sqrt(54.0 / (2 * 150 * 150 + 1));
        plate(150, new double[] {0, 0, 0}, new double[] {1, 0, 0}, new double[] {0, 1, 0});
        plate(150, new double[] {0, 0, z}, new double[] {1, 0, 0}, new double[] {0, 1, 0});
        double vote = vote(OUT, new double[] {0.4, 0.6, z}, 0, 0, 1);
        assertThat(vote).isBetween(0.7 * counts, counts);
    }

    @ParameterizedTest
    @CsvSource({"2.4, 1, OUTSIDE", "2.6, 1, INSIDE", "4, 0, OUTSIDE", "4, 0.4, OUTSIDE", "4, 0.6, INSIDE"})
    void whatIsLargeAndMostlyRoofedIsARoom(double side, double lid, CleanOptions.Side expected) {
        cube(90, side, lid);
        assertThat(chosen()).isEqualTo(expected);
    }

    /** Small rooms are known by points that nobody outside can see: here those of a cube within the other. */
    @ParameterizedTest
    @CsvSource({"70, 0.6, OUTSIDE", "70, 0.9, INSIDE"})
    void whatCannotBeSeenFromOutsideWasScannedFromInside(int n, double inner, CleanOptions.Side expected) {
        // as many points a square metre on both: 0.06 and 0.13 of all are inside
        cube((int) (n * 2.3), 2.3, 1).cube((int) (n * inner), inner, 1);
        assertThat(chosen()).isEqualTo(expected);
    }

    /** A roof counts from three cells above the floor on: a plate with two faces is no room, though it is large. */
    @ParameterizedTest
    @CsvSource({"2.2, OUTSIDE", "4.2, INSIDE"})
    void aThickPlateIsNoRoom(double cells, CleanOptions.Side expected) {
        double z = cells * 4 * Math.sqrt(54.0 / (2 * 150 * 150));
        plate(150, new double[] {0, 0, 0}, new double[] {4, 0, 0}, new double[] {0, 4, 0});
        plate(150, new double[] {0, 0, z}, new double[] {4, 0, 0}, new double[] {0, 4, 0});
        assertThat(chosen()).isEqualTo(expected);
    }

    /** A floor with walls of a third of its length: the ground plan counts, whichever way it is long. */
    @ParameterizedTest
    @CsvSource({"4, 1.5, 0.4, OUTSIDE", "4, 1.5, 0.6, INSIDE", "1.5, 4, 0.4, OUTSIDE", "1.5, 4, 0.6, INSIDE"})
    void aLongRoomHasARoof(double x, double y, double lid, CleanOptions.Side expected) {
        plate(120, new double[3], new double[] {x, 0, 0}, new double[] {0, y, 0});
        plate(120, new double[] {0, 0, 1.2}, new double[] {x, 0, 0}, new double[] {0, lid * y, 0});
        assertThat(chosen()).isEqualTo(expected);
    }

    /** Few points make large cells, so that walls stay closed. */
    @Test
    void wallsOfFewPointsAreClosed() {
        cube(14, 4, 1);
        assertThat(chosen()).isEqualTo(IN);
        for (int k = 0; k < 30; k++) {
            double y = -1 + k / 15.0;
            assertThat(vote(IN, new double[] {2, y, 0.7 * y}, -1, 0, 0)).isPositive();
        }
    }
}
