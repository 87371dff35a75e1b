package org.grotto.surface;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.UnionFind;
import org.grotto.store.Engine;
import org.grotto.store.MeshCraft;
import org.grotto.store.MeshRegion;
import org.grotto.store.MeshStore;

/**
 * Connected pieces of those vertices of a mesh that a rule picks: joined within each region, then the pieces that meet at
 * borders of regions are joined by the few links between them, and all regions told.
 */
final class Pieces {
    /** The least vertex of the piece that a vertex belongs to; -1 where it belongs to none. */
    static final ColumnType PIECE = ColumnType.choice("piece", ColumnType.Kind.INT32, "trim");

    private Pieces() {}

    /** Whether vertex {@code v} belongs to a piece. */
    @FunctionalInterface
    interface Rule {
        boolean picks(Mesh mesh, int v);
    }

    /**
     * The mesh with {@link #PIECE}.
     *
     * @param needs columns that the rule reads
     */
    static MeshStore add(MeshStore store, Set<String> needs, Rule rule, Engine engine) {
        MeshStore local =
                engine.add(store, List.of(PIECE), MeshCraft.onRings(needs, (region, work) -> joined(region, rule)));
        List<long[]> parts =
                engine.map(local, MeshCraft.onRings(Set.of(PIECE.name()), (region, work) -> links(region)));
        long[] links = parts.stream().flatMapToLong(Arrays::stream).toArray();
        if (links.length == 0) {
            return local;
        }
        int[] from = Arrays.stream(links)
                .flatMap(l -> java.util.stream.LongStream.of(l >>> 32, l & 0xFFFFFFFFL))
                .mapToInt(l -> (int) l)
                .sorted()
                .distinct()
                .toArray();
        UnionFind all = new UnionFind(from.length);
        for (long l : links) {
            all.join(Arrays.binarySearch(from, (int) (l >>> 32)), Arrays.binarySearch(from, (int) l));
        }
        int[] to = new int[from.length];
        for (int i = 0; i < to.length; i++) {
            to[i] = from[all.root(i)];
        }
        return engine.add(
                local,
                List.of(PIECE),
                MeshCraft.onVertices(Set.of(PIECE.name()), (region, work) -> told(region, from, to)));
    }

    static int[] of(Mesh mesh) {
        return Objects.requireNonNull(mesh.columns.ints(PIECE.name()));
    }

    private static Columns joined(MeshRegion region, Rule rule) {
        Mesh m = region.mesh();
        int[] t = m.triangles;
        boolean[] picked = new boolean[region.core()];
        for (int v = 0; v < picked.length; v++) {
            picked[v] = rule.picks(m, v);
        }
        UnionFind parts = new UnionFind(picked.length);
        for (int k = 0; k < t.length; k += 3) {
            for (int c = 0; c < 3; c++) {
                int a = t[k + c];
                int b = t[k + (c + 1) % 3];
                if (a < picked.length && b < picked.length && picked[a] && picked[b]) {
                    parts.join(a, b);
                }
            }
        }
        int[] piece = new int[picked.length];
        for (int v = 0; v < piece.length; v++) {
            piece[v] = picked[v] ? region.ids()[parts.root(v)] : -1;
        }
        return Columns.NONE.with(PIECE, piece);
    }

    /** Pairs of pieces that an edge from the core to the ring joins, the lesser first, each once. */
    private static long[] links(MeshRegion region) {
        int[] piece = of(region.mesh());
        int[] t = region.mesh().triangles;
        long[] out = new long[64];
        int n = 0;
        for (int k = 0; k < t.length; k += 3) {
            for (int c = 0; c < 3; c++) {
                int a = t[k + c];
                int b = t[k + (c + 1) % 3];
                if (a < region.core() != b < region.core() && piece[a] >= 0 && piece[b] >= 0) {
                    if (n == out.length) {
                        out = Arrays.stream(out, 0, n).sorted().distinct().toArray();
                        n = out.length;
                        out = Arrays.copyOf(out, 2 * n + 64);
                    }
                    out[n++] = (long) Math.min(piece[a], piece[b]) << 32 | Math.max(piece[a], piece[b]);
                }
            }
        }
        return Arrays.stream(out, 0, n).sorted().distinct().toArray();
    }

    private static Columns told(MeshRegion region, int[] from, int[] to) {
        int[] piece = of(region.mesh()).clone();
        for (int v = 0; v < piece.length; v++) {
            int at = Arrays.binarySearch(from, piece[v]);
            piece[v] = at < 0 ? piece[v] : to[at];
        }
        return Columns.NONE.with(PIECE, piece);
    }
}
