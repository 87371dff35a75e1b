package org.grotto.lod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;

/** The inside becomes coarser, the border stays to the edge, and colour and evidence keep their borders, too. */
class SimplifyInsideTest {
    private static final int SIDE = 20;

    private interface At {
        double of(int i, int j);
    }

    /** A sheet of 20 x 20 squares of 10 cm. */
    private static TileVertices sheet(At height, At grey, At evidence) {
        int w = SIDE + 1;
        float[] xyz = new float[3 * w * w];
        byte[] rgb = grey == null ? null : new byte[3 * w * w];
        byte[] proof = evidence == null ? null : new byte[w * w];
        int[] t = new int[6 * SIDE * SIDE];
        int k = 0;
        for (int j = 0; j < w; j++) {
            for (int i = 0; i < w; i++) {
                int v = j * w + i;
                xyz[3 * v] = 0.1f * i;
                xyz[3 * v + 1] = 0.1f * j;
                xyz[3 * v + 2] = (float) height.of(i, j);
                if (grey != null) {
                    Arrays.fill(rgb, 3 * v, 3 * v + 3, (byte) grey.of(i, j));
                }
                if (proof != null) {
                    proof[v] = (byte) evidence.of(i, j);
                }
                if (i < SIDE && j < SIDE) {
                    for (int p : new int[] {v, v + 1, v + w + 1, v, v + w + 1, v + w}) {
                        t[k++] = p;
                    }
                }
            }
        }
        try (Work work = Work.silent()) {
            return TileVertices.of(new Mesh(0, 0, 0, xyz, null, rgb, proof, t), work);
        }
    }

    private static int[] border(TileVertices v) {
        return BorderEdges.of(v.triangles, 0, v.triangles.length / 3, new LocalIds(0, 0));
    }

    private static int[] to(TileVertices v, int target) {
        return SimplifyInside.to(v, new LocalIds(0, v.size()), v.triangles.clone(), border(v), target);
    }

    private static Set<Long> edges(int[] e) {
        Set<Long> out = new HashSet<>();
        for (int i = 0; i < e.length; i += 2) {
            out.add((long) e[i] << 32 | e[i + 1]);
        }
        return out;
    }

    @Test
    void aFlatSheetComesDownToItsTargetWithTheSameBorder() {
        TileVertices v = sheet((i, j) -> 0, null, null);
        for (int target : new int[] {700, 400, 200}) {
            int[] t = to(v, target);
            assertThat(t.length / 3).isBetween(target / 2, target);
            assertThat(edges(BorderEdges.of(t, 0, t.length / 3, new LocalIds(0, 0))))
                    .isEqualTo(edges(border(v)));
        }
        int[] least = to(v, 1);
        // a polygon of 80 corners has 78 triangles
        assertThat(least.length / 3).isBetween(78, 110);
        assertThat(edges(BorderEdges.of(least, 0, least.length / 3, new LocalIds(0, 0))))
                .isEqualTo(edges(border(v)));
    }

    @Test
    void whatIsFewEnoughStaysAsItIs() {
        TileVertices v = sheet((i, j) -> 0, null, null);
        int[] t = v.triangles.clone();
        assertThat(SimplifyInside.to(v, new LocalIds(0, 0), t, new int[0], 800)).isSameAs(t);
        assertThat(SimplifyInside.to(v, new LocalIds(0, 0), t, new int[0], 799)).isNotSameAs(t);
    }

    /** A ridge along x, along y and along the diagonal: no vertex on it goes that the shape needs. */
    @Test
    void aRidgeStaysWhereItIs() {
        for (At height : new At[] {(i, j) -> i == 10 ? 0.1 : 0, (i, j) -> j == 7 ? 0.1 : 0}) {
            TileVertices v = sheet(height, null, null);
            int[] t = to(v, 260);
            double most = 0;
            Set<Integer> used = new HashSet<>();
            for (int p : t) {
                used.add(p);
                most = Math.max(most, v.at(p, 2));
            }
            assertThat(most).isGreaterThan(0.09);
            int foot = 0;
            for (int p : used) {
                foot += v.at(p, 2) == 0 ? 1 : 0;
            }
            assertThat(foot).isLessThan(used.size());
            // the mesh's height at the middle of every triangle is near that of the sheet
            for (int k = 0; k < t.length; k += 3) {
                double x = 0;
                double y = 0;
                double z = 0;
                for (int c = 0; c < 3; c++) {
                    x += v.at(t[k + c], 0) / 3 + v.originX / 3;
                    y += v.at(t[k + c], 1) / 3 + v.originY / 3;
                    z += v.at(t[k + c], 2) / 3;
                }
                double across = height.of(10, 3) > 0 ? Math.abs(x - 1) : Math.abs(y - 0.7);
                assertThat(z).isBetween(Math.max(0, 0.1 - across) - 0.02, Math.max(0, 0.1 - across) + 0.02);
            }
        }
    }

    /** Black and white, measured and inferred, part along a line; however few triangles, none reaches far across it. */
    @Test
    void colourAndEvidenceKeepTheirBorder() {
        At half = (i, j) -> i + j / 4 < 13 ? 0 : 255;
        TileVertices[] sheets = {sheet((i, j) -> 0, half, null), sheet((i, j) -> 0, null, half)};
        TileVertices plain = sheet((i, j) -> 0, null, null);
        int without = across(plain, to(plain, 160), half);
        for (TileVertices v : sheets) {
            int[] t = to(v, 160);
            assertThat(t.length / 3).isLessThanOrEqualTo(160);
            assertThat(across(v, t, half)).isLessThan(without / 2);
        }
    }

    /** Triangles whose corners are not all on one side, weighed by how far they reach, in tenths of a metre. */
    private static int across(TileVertices v, int[] t, At side) {
        int sum = 0;
        for (int k = 0; k < t.length; k += 3) {
            double low = 9;
            double high = -9;
            boolean black = false;
            boolean white = false;
            for (int c = 0; c < 3; c++) {
                double x = v.originX + v.at(t[k + c], 0);
                double y = v.originY + v.at(t[k + c], 1);
                low = Math.min(low, x);
                high = Math.max(high, x);
                boolean w = side.of((int) Math.rint(10 * x), (int) Math.rint(10 * y)) > 0;
                white |= w;
                black |= !w;
            }
            sum += black && white ? (int) Math.rint(10 * (high - low)) : 0;
        }
        return sum;
    }
}
