package org.grotto.surface;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.grotto.base.Work;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.image.Srgb;
import org.grotto.store.Engine;
import org.grotto.store.MeshCraft;
import org.grotto.store.MeshRegion;
import org.grotto.store.MeshStore;

/**
 * Colours for vertices that no sample colours: carried inward ring by ring along the mesh's edges, then smoothed. Regions
 * give the triangles with such a vertex; what these give together is told to all.
 */
final class ColourFill {
    /** Linear light, red green blue. */
    static final ColumnType LINEAR = new ColumnType(
            "linear",
            ColumnType.Kind.FLOAT32,
            3,
            "1",
            0,
            1,
            0,
            Double.NaN,
            ColumnType.Between.LINEAR,
            ColumnType.Weld.FIRST,
            "colour");
    /** 1 for a vertex that samples colour, else 0. */
    static final ColumnType KNOWN = ColumnType.choice("known", ColumnType.Kind.UINT8, "colour");

    private static final int SMOOTHING = 8;
    private static final Set<String> BOTH = Set.of(LINEAR.name(), KNOWN.name());

    private ColourFill() {}

    /**
     * Triangles with an unknown vertex.
     *
     * @param face each one's number in the whole mesh
     * @param corner three vertices each, by their numbers in the whole mesh
     * @param colour three numbers a corner, linear
     * @param known one entry a corner
     */
    private record Unknown(int[] face, int[] corner, float[] colour, boolean[] known) {}

    /** What was found for some vertices. */
    private record Filled(int[] ids, float[] colour, boolean[] filled) {}

    /**
     * The mesh with colours, 8-bit sRGB, from {@link #LINEAR} and {@link #KNOWN}. Vertices in parts without any known one
     * get the mean of all known ones, or grey where there is none.
     */
    static MeshStore add(MeshStore store, Engine engine) {
        Filled filled = fill(engine.map(store, MeshCraft.onRings(BOTH, (region, work) -> unknown(region))));
        double[] sum = new double[4];
        for (double[] part : engine.map(store, MeshCraft.onVertices(BOTH, (region, work) -> sums(region.mesh())))) {
            for (int a = 0; a < 4; a++) {
                sum[a] += part[a];
            }
        }
        float[] rest = new float[3];
        for (int a = 0; a < 3; a++) {
            rest[a] = sum[3] == 0 ? Colour.STONE : (float) (sum[a] / sum[3]);
        }
        return engine.add(
                store,
                List.of(Columns.RGB8),
                MeshCraft.onVertices(BOTH, (region, work) -> encoded(region, filled, rest, work)));
    }

    private static float[] linear(Mesh mesh) {
        return Objects.requireNonNull(mesh.columns.floats(LINEAR.name()));
    }

    private static byte[] known(Mesh mesh) {
        return Objects.requireNonNull(mesh.columns.bytes(KNOWN.name()));
    }

    private static Unknown unknown(MeshRegion region) {
        int[] t = region.mesh().triangles;
        byte[] known = known(region.mesh());
        float[] linear = linear(region.mesh());
        int[] open = IntStream.range(0, t.length / 3)
                .filter(f -> region.owns(3 * f)
                        && (known[t[3 * f]] == 0 || known[t[3 * f + 1]] == 0 || known[t[3 * f + 2]] == 0))
                .toArray();
        int n = open.length;
        Unknown u = new Unknown(new int[n], new int[3 * n], new float[9 * n], new boolean[3 * n]);
        for (int k = 0; k < n; k++) {
            u.face[k] = region.faces()[open[k]];
            for (int c = 0; c < 3; c++) {
                int v = t[3 * open[k] + c];
                u.corner[3 * k + c] = region.ids()[v];
                u.known[3 * k + c] = known[v] != 0;
                System.arraycopy(linear, 3 * v, u.colour, 9 * k + 3 * c, 3);
            }
        }
        return u;
    }

    /** Puts the parts together in the order of the whole mesh, so that sums do not hang on how it is cut. */
    private static Filled fill(List<Unknown> parts) {
        int[] ids = parts.stream()
                .flatMapToInt(u -> Arrays.stream(u.corner))
                .sorted()
                .distinct()
                .toArray();
        float[] colour = new float[3 * ids.length];
        boolean[] known = new boolean[ids.length];
        long[] order = new long[parts.stream().mapToInt(u -> u.face.length).sum()];
        int[] triangles = new int[3 * order.length];
        int n = 0;
        for (Unknown u : parts) {
            for (int k = 0; k < u.face.length; k++) {
                for (int c = 0; c < 3; c++) {
                    int v = Arrays.binarySearch(ids, u.corner[3 * k + c]);
                    triangles[3 * n + c] = v;
                    known[v] = u.known[3 * k + c];
                    System.arraycopy(u.colour, 9 * k + 3 * c, colour, 3 * v, 3);
                }
                order[n] = (long) u.face[k] << 32 | n++;
            }
        }
        Arrays.sort(order);
        int[] sorted = new int[triangles.length];
        for (int k = 0; k < n; k++) {
            System.arraycopy(triangles, 3 * (int) order[k], sorted, 3 * k, 3);
        }
        return new Filled(ids, colour, run(colour, known, sorted));
    }

    /** Sums of the known colours, and how many there are. */
    private static double[] sums(Mesh mesh) {
        double[] s = new double[4];
        byte[] known = known(mesh);
        float[] linear = linear(mesh);
        for (int v = 0; v < known.length; v++) {
            if (known[v] != 0) {
                for (int a = 0; a < 3; a++) {
                    s[a] += linear[3 * v + a];
                }
                s[3]++;
            }
        }
        return s;
    }

    private static Columns encoded(MeshRegion region, Filled filled, float[] rest, Work work) {
        byte[] known = known(region.mesh());
        float[] linear = linear(region.mesh());
        byte[] rgb = new byte[3 * known.length];
        work.blocks(known.length, 1 << 14, (from, to) -> {
            for (int v = from; v < to; v++) {
                int at = known[v] != 0 ? -1 : Arrays.binarySearch(filled.ids, region.ids()[v]);
                boolean told = at >= 0 && filled.filled[at];
                for (int a = 0; a < 3; a++) {
                    float c = known[v] != 0 ? linear[3 * v + a] : told ? filled.colour[3 * at + a] : rest[a];
                    rgb[3 * v + a] = Srgb.nearest(c);
                }
            }
        });
        return Columns.NONE.with(Columns.RGB8, rgb);
    }

    /**
     * Fills linear colours (three a vertex) where {@code known} is false; says which vertices have one then. Each ring is
     * the mean of the one before: the result does not depend on an order.
     */
    private static boolean[] run(float[] colour, boolean[] known, int[] triangles) {
        int n = known.length;
        int[] open = touching(known, triangles);
        boolean[] filled = known.clone();
        float[] sum = new float[3 * n];
        int[] count = new int[n];
        boolean more = true;
        while (more) {
            gather(open, triangles, filled, filled, colour, sum, count);
            more = false;
            // new ones are told only after the whole ring has been summed
            for (int k : open) {
                for (int c = 0; c < 3; c++) {
                    int v = triangles[k + c];
                    if (!filled[v] && count[v] > 0) {
                        for (int a = 0; a < 3; a++) {
                            colour[3 * v + a] = sum[3 * v + a] / count[v];
                            sum[3 * v + a] = 0;
                        }
                        count[v] = -1;
                        more = true;
                    }
                }
            }
            int left = 0;
            for (int k : open) {
                boolean all = true;
                for (int c = 0; c < 3; c++) {
                    int v = triangles[k + c];
                    if (count[v] < 0) {
                        filled[v] = true;
                    }
                    all &= filled[v];
                }
                if (!all) {
                    open[left++] = k;
                }
            }
            open = Arrays.copyOf(open, left);
        }
        open = touching(known, triangles);
        for (int round = 0; round < SMOOTHING; round++) {
            Arrays.fill(sum, 0);
            Arrays.fill(count, 0);
            gather(open, triangles, filled, known, colour, sum, count);
            for (int v = 0; v < n; v++) {
                if (!known[v] && count[v] > 0) {
                    for (int a = 0; a < 3; a++) {
                        colour[3 * v + a] = sum[3 * v + a] / count[v];
                    }
                }
            }
        }
        return filled;
    }

    /** Sums the colours of filled neighbours into every vertex that is not {@code fixed}. */
    private static void gather(
            int[] open, int[] t, boolean[] filled, boolean[] fixed, float[] colour, float[] sum, int[] count) {
        for (int k : open) {
            for (int c = 0; c < 3; c++) {
                int a = t[k + c];
                if (fixed[a]) {
                    continue;
                }
                for (int o = 1; o < 3; o++) {
                    int b = t[k + (c + o) % 3];
                    if (filled[b]) {
                        sum[3 * a] += colour[3 * b];
                        sum[3 * a + 1] += colour[3 * b + 1];
                        sum[3 * a + 2] += colour[3 * b + 2];
                        count[a]++;
                    }
                }
            }
        }
    }

    /** Offsets of the triangles with an unknown vertex. */
    private static int[] touching(boolean[] known, int[] t) {
        int[] open = new int[1024];
        int m = 0;
        for (int k = 0; k < t.length; k += 3) {
            if (!known[t[k]] || !known[t[k + 1]] || !known[t[k + 2]]) {
                if (m == open.length) {
                    open = Arrays.copyOf(open, 2 * m);
                }
                open[m++] = k;
            }
        }
        return Arrays.copyOf(open, m);
    }
}
