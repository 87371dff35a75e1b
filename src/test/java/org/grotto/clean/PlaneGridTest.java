package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Area;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cells of a plane and shapes of parts, against methods that look at every cell, on grids wider and higher. */
class PlaneGridTest {
    private static final int[][] SIZES = {{1, 1}, {7, 3}, {3, 8}, {12, 12}, {1, 9}, {17, 11}};

    private static PlaneGrid grid(int[] size) {
        return new PlaneGrid(-2, 5, 0.25, size[0], size[1]);
    }

    private static byte[] some(PlaneGrid g, Random r, double share) {
        byte[] part = new byte[g.size()];
        for (int c = 0; c < part.length; c++) {
            part[c] = (byte) (r.nextDouble() < share ? 1 + r.nextInt(2) : 0);
        }
        return part;
    }

    private static int far(PlaneGrid g, int a, int b) {
        return Math.max(Math.abs(a % g.nu() - b % g.nu()), Math.abs(a / g.nu() - b / g.nu()));
    }

    @ParameterizedTest
    @CsvSource({
        "-2, 5, 0",
        "-1.751, 5.249, 0",
        "-1.75, 5, 1",
        "-2, 5.25, 7",
        "-0.26, 5.74, 20",
        "-0.25, 5.1, -1",
        "-2.001, 5.1, -1",
        "-1, 4.99, -1",
        "-1, 5.75, -1"
    })
    void aPlaceHasItsCell(double u, double v, int cell) {
        assertThat(grid(SIZES[1]).of(u, v)).isEqualTo(cell);
    }

    @Test
    void noCellLiesBesideTheWindow() {
        for (int[] size : SIZES) {
            PlaneGrid g = grid(size);
            for (int c = 0; c < g.size(); c++) {
                for (int dv = -3; dv <= 3; dv++) {
                    for (int du = -3; du <= 3; du++) {
                        int u = c % size[0] + du;
                        int v = c / size[0] + dv;
                        boolean in = u >= 0 && u < size[0] && v >= 0 && v < size[1];
                        assertThat(g.beside(c, du, dv)).isEqualTo(in ? v * size[0] + u : -1);
                        if (Math.max(Math.abs(du), Math.abs(dv)) < 2) {
                            assertThat(g.neighbour(c, 3 * dv + du + 4)).isEqualTo(g.beside(c, du, dv));
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "3"})
    void aroundAndWidenedAreAllCellsUpToSoFar(int by) {
        Random r = new Random(by);
        for (int[] size : SIZES) {
            PlaneGrid g = grid(size);
            int[] n = r.ints(g.size(), -5, 90).toArray();
            byte[] part = some(g, r, 0.1);
            boolean[] wide = g.widened(part, by);
            for (int c = 0; c < g.size(); c++) {
                int sum = 0;
                boolean near = false;
                for (int o = 0; o < g.size(); o++) {
                    sum += far(g, c, o) <= by ? n[o] : 0;
                    near |= part[o] != 0 && far(g, c, o) <= by;
                }
                assertThat(g.around(n, c, by)).isEqualTo(sum);
                assertThat(wide[c]).isEqualTo(near);
            }
        }
    }

    /** What touches the window's border is no inner cell: nobody knows what lies past it. */
    @Test
    void innerCellsHaveEightInThePart() {
        Random r = new Random(4);
        for (int[] size : SIZES) {
            for (double share : new double[] {0.5, 0.9, 1}) {
                PlaneGrid g = grid(size);
                byte[] part = some(g, r, share);
                byte[] was = part.clone();
                g.settle(part);
                for (int c = 0; c < g.size(); c++) {
                    int in = 0;
                    for (int o = 0; o < g.size(); o++) {
                        in += was[o] != 0 && far(g, c, o) <= 1 ? 1 : 0;
                    }
                    assertThat(part[c]).isEqualTo((byte) (was[c] == 0 ? 0 : in == 9 ? 2 : 1));
                }
            }
        }
    }

    /** By labels that spread until nothing changes. */
    @Test
    void theHeaviestIsOneThatHangsTogether() {
        Random r = new Random(5);
        for (int round = 0; round < 60; round++) {
            PlaneGrid g = grid(SIZES[round % SIZES.length]);
            boolean[] shows = new boolean[g.size()];
            int[] weight = new int[g.size()];
            int[] label = new int[g.size()];
            for (int c = 0; c < g.size(); c++) {
                shows[c] = r.nextDouble() < 0.3;
                weight[c] = r.nextInt(20);
                label[c] = c;
            }
            for (boolean again = true; again; ) {
                again = false;
                for (int a = 0; a < g.size(); a++) {
                    for (int b = 0; b < g.size(); b++) {
                        if (shows[a] && shows[b] && far(g, a, b) == 1 && label[b] < label[a]) {
                            label[a] = label[b];
                            again = true;
                        }
                    }
                }
            }
            long[] sums = new long[g.size()];
            for (int c = 0; c < g.size(); c++) {
                sums[label[c]] += shows[c] ? weight[c] : 0;
            }
            int best = 0;
            for (int c = 0; c < g.size(); c++) {
                best = sums[c] > sums[best] ? c : best;
            }
            List<Integer> cells = new ArrayList<>();
            for (int c = 0; c < g.size(); c++) {
                if (shows[c] && label[c] == best && sums[best] > 0) {
                    cells.add(c);
                }
            }
            assertThat(Arrays.stream(g.heaviest(shows, weight)).boxed()).containsExactlyInAnyOrderElementsOf(cells);
        }
    }

    @Test
    void boundsAndMiddleAreThoseOfItsCells() {
        PlaneGrid g = grid(SIZES[5]);
        byte[] part = new byte[g.size()];
        part[3 * 17 + 4] = 1;
        part[3 * 17 + 9] = 2;
        part[8 * 17 + 5] = 1;
        assertThat(g.bounds(part)).containsExactly(4, 9, 3, 8);
        assertThat(g.middle(part)).containsExactly(new double[] {6, 14 / 3.0}, within(1e-12));
        Arrays.fill(part, (byte) 1);
        assertThat(g.bounds(part)).containsExactly(0, 16, 0, 10);
        assertThat(g.middle(part)).containsExactly(8, 5);
    }

    /** Sixteen equal ways, counted against the clock from -u. */
    @Test
    void aSectorIsASixteenthOfTheWayRound() {
        PlaneGrid g = new PlaneGrid(0, 0, 1, 41, 41);
        for (int c = 0; c < g.size(); c++) {
            double u = c % 41 - 20.3;
            double v = c / 41 - 19.6;
            double degrees = Math.toDegrees(Math.atan2(-v, -u));
            int sector = g.sector(c, 20.3, 19.6);
            assertThat(sector).isEqualTo((int) Math.floor((degrees + 360) % 360 / 22.5));
        }
        assertThat(g.sector(20 * 41, 20, 20)).as("just -u").isEqualTo(15);
    }

    @Test
    void blocksShareTheBoundsEvenly() {
        PlaneGrid g = grid(SIZES[5]);
        int[] bounds = {3, 14, 2, 7};
        int[] n = new int[9];
        for (int row = 2; row <= 7; row++) {
            for (int column = 3; column <= 14; column++) {
                int block = g.block(row * 17 + column, bounds, 3);
                assertThat(block).isEqualTo((row - 2) / 2 * 3 + (column - 3) / 4);
                n[block]++;
            }
        }
        assertThat(n).containsOnly(8);
    }

    /** Every cell whose middle lies in the polygon around all middles of the part, less its rim in each row. */
    @Test
    void theHullHasNoDentAndNoGap() {
        Random r = new Random(6);
        for (int round = 0; round < 60; round++) {
            PlaneGrid g = grid(SIZES[round % SIZES.length]);
            byte[] part = some(g, r, round % 2 == 0 ? 0.06 : 0.3);
            boolean[] hull = g.hull(part);
            Area around = around(g, part);
            for (int row = 0; row < g.nv(); row++) {
                for (int column = 0; column < g.nu(); column++) {
                    boolean left = around.contains(column - 1, row);
                    boolean here = around.contains(column, row);
                    boolean right = around.contains(column + 1e-3, row);
                    assertThat(hull[row * g.nu() + column])
                            .as("%s, %s of %s", column, row, Arrays.toString(part))
                            .isEqualTo(left && here && right);
                }
            }
        }
    }

    /** The hull of the middles by Andrew's chain, grown by a hair so that its border is in it. */
    private static Area around(PlaneGrid g, byte[] part) {
        List<int[]> at = new ArrayList<>();
        for (int u = 0; u < g.nu(); u++) {
            for (int v = 0; v < g.nv(); v++) {
                if (part[v * g.nu() + u] != 0) {
                    at.add(new int[] {u, v});
                }
            }
        }
        List<double[]> corners = new ArrayList<>();
        for (int[] p : at) {
            for (int k = 0; k < 8; k++) {
                double a = (k + 0.5) * Math.PI / 4;
                corners.add(new double[] {p[0] + 1e-5 * Math.cos(a), p[1] + 1e-5 * Math.sin(a)});
            }
        }
        corners.sort((a, b) -> a[0] != b[0] ? Double.compare(a[0], b[0]) : Double.compare(a[1], b[1]));
        List<double[]> hull = new ArrayList<>();
        for (int side = 0; side < 2; side++) {
            int from = hull.size();
            for (double[] p : corners) {
                while (hull.size() >= from + 2 && turn(hull.get(hull.size() - 2), hull.getLast(), p) <= 0) {
                    hull.removeLast();
                }
                hull.add(p);
            }
            if (!hull.isEmpty()) {
                hull.removeLast();
            }
            corners = corners.reversed();
        }
        Path2D path = new Path2D.Double();
        for (int k = 0; k < hull.size(); k++) {
            if (k == 0) {
                path.moveTo(hull.get(k)[0], hull.get(k)[1]);
            } else {
                path.lineTo(hull.get(k)[0], hull.get(k)[1]);
            }
        }
        if (!hull.isEmpty()) {
            path.closePath();
        }
        return new Area(path);
    }

    private static double turn(double[] a, double[] b, double[] c) {
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    }
}
