package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.grotto.base.Work;
import org.grotto.geometry.Morton;
import org.junit.jupiter.api.Test;

/** The octree against its own definition, cell by cell. */
class OctreeTest {
    /** A cell is divided above the full depth, and where a sample with a deeper leaf lies in it or within a child's side. */
    @Test
    void cellsAreDividedAroundSamples() {
        try (Work work = Work.silent()) {
            Samples s = Grid.samples(Grid.SMALL, work);
            List<Grid> levels = Grid.octree(s, Grid.SMALL, work);
            int deepest = 0;
            for (int i = 0; i < s.n; i++) {
                deepest = Math.max(deepest, s.leaf[i]);
            }
            assertThat(levels).hasSize(deepest);
            int divided = 0;
            int whole = 0;
            for (Grid g : levels) {
                Level l = g.level;
                Set<Long> near = new HashSet<>();
                for (int i = 0; i < s.n; i++) {
                    if (s.leaf[i] > l.depth) {
                        int[] c = Grid.cellOf(s, i, l.depth + 1);
                        for (int k = 0; k < 27; k++) {
                            int x = c[0] + k % 3 - 1;
                            int y = c[1] + k / 3 % 3 - 1;
                            int z = c[2] + k / 9 - 1;
                            if (x >= 0 && y >= 0 && z >= 0) {
                                near.add(Morton.encode(x >> 1, y >> 1, z >> 1));
                            }
                        }
                    }
                }
                for (int i = 0; i < 8 * l.n; i++) {
                    int x = Grid.x(l, i / 8, i & 7);
                    int y = Grid.y(l, i / 8, i & 7);
                    int z = Grid.z(l, i / 8, i & 7);
                    boolean want = g.cell(x, y, z)
                            && l.depth < deepest
                            && (l.depth < Grid.SMALL.fullDepth() || near.contains(Morton.encode(x, y, z)));
                    assertThat(g.refined(x, y, z)).isEqualTo(want);
                    divided += want ? 1 : 0;
                    whole += g.cell(x, y, z) && !want ? 1 : 0;
                }
            }
            assertThat(divided).isGreaterThan(200);
            assertThat(whole).isGreaterThan(500);
        }
    }

    /** The next level has a block of cells for each divided one, and blocks for these cells' upper corners, no others. */
    @Test
    void blocksAreThoseOfTheirCornersInOrder() {
        try (Work work = Work.silent()) {
            Samples s = Grid.samples(Grid.SMALL, work);
            List<Grid> levels = Grid.octree(s, Grid.SMALL, work);
            for (int d = 1; d < levels.size(); d++) {
                Grid coarse = levels.get(d - 1);
                Level l = levels.get(d).level;
                Set<Long> corners = new HashSet<>();
                Set<Long> cells = new HashSet<>();
                for (int i = 0; i < 8 * coarse.level.n; i++) {
                    int x = Grid.x(coarse.level, i / 8, i & 7);
                    int y = Grid.y(coarse.level, i / 8, i & 7);
                    int z = Grid.z(coarse.level, i / 8, i & 7);
                    if (coarse.refined(x, y, z)) {
                        cells.add(Morton.encode(x, y, z));
                        for (int c = 0; c < 8; c++) {
                            corners.add(Morton.encode(x + (c & 1), y + (c >> 1 & 1), z + (c >> 2)));
                        }
                    }
                }
                assertThat(l.n).isEqualTo(corners.size());
                for (int b = 0; b < l.n; b++) {
                    assertThat(corners).contains(l.key[b]);
                    assertThat(b == 0 || l.key[b - 1] < l.key[b]).isTrue();
                    assertThat(l.real[b]).isEqualTo(cells.contains(l.key[b]));
                    int n = 0;
                    for (int i = 0; l.real[b] && i < s.n; i++) {
                        int[] c = Grid.cellOf(s, i, l.depth - 1);
                        boolean in = Morton.encode(c[0], c[1], c[2]) == l.key[b];
                        assertThat(in).isEqualTo(i >= l.from[b] && i < l.to[b]);
                        n += in ? 1 : 0;
                    }
                    assertThat(l.to[b] - l.from[b]).isEqualTo(n);
                    int at = coarse.at(
                            Morton.decode(l.key[b], 0), Morton.decode(l.key[b], 1), Morton.decode(l.key[b], 2));
                    assertThat(coarse.level.child(at / 8, at & 7)).isEqualTo(b);
                }
                int children = 0;
                for (int i = 0; i < 8 * coarse.level.n; i++) {
                    children += coarse.level.child(i / 8, i & 7) >= 0 ? 1 : 0;
                }
                assertThat(children).isEqualTo(l.n);
            }
        }
    }

    @Test
    void cornersAreSolvedForWhereAllCellsAroundExist() {
        try (Work work = Work.silent()) {
            Samples s = Grid.samples(Grid.SMALL, work);
            for (Grid g : Grid.octree(s, Grid.SMALL, work)) {
                Level l = g.level;
                int active = 0;
                for (int b = 0; b < l.n; b++) {
                    boolean border = false;
                    for (int a = 0; a < 3; a++) {
                        int c = Morton.decode(l.key[b], a);
                        border |= c == 0 || c == g.cells / 2;
                    }
                    assertThat(l.border[b]).isEqualTo(border);
                    for (int c = 0; c < 8; c++) {
                        boolean want = g.active(Grid.x(l, b, c), Grid.y(l, b, c), Grid.z(l, b, c));
                        assertThat((l.active[b] >> c & 1) != 0).isEqualTo(want);
                        active += want ? 1 : 0;
                    }
                }
                assertThat(active).isPositive();
                if (l.depth <= Grid.SMALL.fullDepth()) {
                    assertThat(active).isEqualTo((g.cells + 1) * (g.cells + 1) * (g.cells + 1));
                }
            }
        }
    }

    /** Every sample's cell has eight corners that are solved for, at every level down to its leaf. */
    @Test
    void everySampleIsInAWholeCellDownToItsLeaf() {
        try (Work work = Work.silent()) {
            Samples s = Grid.samples(Grid.SMALL, work);
            List<Grid> levels = Grid.octree(s, Grid.SMALL, work);
            for (int i = 0; i < s.n; i++) {
                for (int d = 1; d <= s.leaf[i]; d++) {
                    int[] c = Grid.cellOf(s, i, d);
                    Grid g = levels.get(d - 1);
                    for (int k = 0; k < 8; k++) {
                        int at = g.at(c[0] + (k & 1), c[1] + (k >> 1 & 1), c[2] + (k >> 2));
                        assertThat(g.level.active[at / 8] >> (at & 7) & 1).isEqualTo(1);
                    }
                }
            }
        }
    }

    /** The merged sample of a cell is the mean of those in it by area; its weight, their area in cell faces. */
    @Test
    void mergedSamplesAreMeansByArea() {
        try (Work work = Work.silent()) {
            Samples s = Grid.samples(Grid.SMALL, work);
            for (Grid g : Grid.octree(s, Grid.SMALL, work)) {
                Level l = g.level;
                Level.Points p = Octree.merge(l, s, 3, work);
                Map<Long, double[]> want = new HashMap<>();
                for (int i = 0; i < s.n; i++) {
                    int[] c = Grid.cellOf(s, i, l.depth);
                    if (!g.cell(c[0], c[1], c[2])) {
                        continue;
                    }
                    double[] at = Grid.placeIn(s, i, l.depth);
                    double[] sum = want.computeIfAbsent(Morton.encode(c[0], c[1], c[2]), k -> new double[4]);
                    for (int a = 0; a < 3; a++) {
                        sum[a] += s.area[i] * at[a];
                    }
                    sum[3] += s.area[i];
                }
                int n = 0;
                for (int i = 0; i < 8 * l.n; i++) {
                    double[] sum = want.get(
                            Morton.encode(Grid.x(l, i / 8, i & 7), Grid.y(l, i / 8, i & 7), Grid.z(l, i / 8, i & 7)));
                    boolean has = sum != null && l.real[i / 8];
                    assertThat((p.mask()[i / 8] >> (i & 7) & 1) != 0).isEqualTo(has);
                    if (has) {
                        int at = p.start()[i / 8] + Integer.bitCount(p.mask()[i / 8] & (1 << (i & 7)) - 1);
                        assertThat((double) p.x()[at]).isCloseTo(sum[0] / sum[3], within(1e-5));
                        assertThat((double) p.y()[at]).isCloseTo(sum[1] / sum[3], within(1e-5));
                        assertThat((double) p.z()[at]).isCloseTo(sum[2] / sum[3], within(1e-5));
                        double weight = 3 * sum[3] * g.cells * g.cells;
                        assertThat((double) p.weight()[at]).isCloseTo(weight, within(1e-5 * weight));
                        n++;
                    }
                }
                assertThat(p.weight()).hasSize(n);
            }
        }
    }
}
