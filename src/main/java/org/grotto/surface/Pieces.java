package org.grotto.surface;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.UnionFind;
import org.grotto.store.Craft;
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

    /** Which vertices of a mesh belong to a piece. */
    @FunctionalInterface
    interface Rule {
        boolean[] picks(Mesh mesh);
    }

    /**
     * The mesh with {@link #PIECE}.
     *
     * @param needs columns that the rule reads
     */
    static MeshStore add(MeshStore store, Set<String> needs, Rule rule, Engine engine) {
        Engine.AddedToMesh<long[]> added =
                engine.both(store, List.of(PIECE), MeshCraft.onRings(needs, (region, work) -> joined(region, rule)));
        MeshStore local = added.store();
        int[] whole = of(local.whole());
        long[] links = added.rest().stream()
                .flatMapToLong(Arrays::stream)
                .map(l -> link((int) (l >>> 32), whole[(int) l]))
                .distinct()
                .toArray();
        if (links.length == 0) {
            return local;
        }
        int[] from = Arrays.stream(links)
                .flatMap(l -> LongStream.of(l >>> 32, l & 0xFFFFFFFFL))
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

    private static long link(int piece, int other) {
        return (long) piece << 32 | other;
    }

    /** The pieces within a core, and links from these to picked vertices outside, each once. */
    private static Craft.Both<long[]> joined(MeshRegion region, Rule rule) {
        Mesh m = region.mesh();
        int core = region.core();
        boolean[] picked = rule.picks(m);
        UnionFind parts = new UnionFind(core);
        long[] out = new long[64];
        int n = 0;
        int[] t = m.triangles;
        for (int k = 0; k < t.length; k += 3) {
            int edges = 3;
            if (t[k] < core && t[k + 1] < core && t[k + 2] < core && picked[t[k + 1]]) {
                edges = picked[t[k]] && picked[t[k + 2]] ? 2 : 3; // the third follows
            }
            for (int c = 0; c < edges; c++) {
                int a = t[k + c];
                int b = t[k + (c + 1) % 3];
                if (!picked[a] || !picked[b]) {
                    continue;
                }
                if (a < core && b < core) {
                    parts.join(a, b);
                } else if (a < core || b < core) {
                    if (n == out.length) {
                        out = Arrays.copyOf(out, 2 * n);
                    }
                    out[n++] = link(Math.min(a, b), region.ids()[Math.max(a, b)]); // the core comes first
                }
            }
        }
        int[] piece = new int[core];
        for (int v = 0; v < core; v++) {
            piece[v] = picked[v] ? region.ids()[parts.root(v)] : -1;
        }
        long[] links = Arrays.stream(out, 0, n)
                .map(l -> link(piece[(int) (l >>> 32)], (int) l))
                .sorted()
                .distinct()
                .toArray();
        return new Craft.Both<>(Columns.NONE.with(PIECE, piece), links);
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
