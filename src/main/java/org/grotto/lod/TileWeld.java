package org.grotto.lod;

import java.util.Arrays;
import org.grotto.base.Work;

/** Finds which vertices lie in one place: hashed, in parts that do not depend on the number of threads. */
final class TileWeld {
    private static final int BLOCK = 1 << 16;
    /** Vertices are dealt out by the top bits of their hash, so that each part is a search of its own. */
    private static final int PART_BITS = 4;

    private TileWeld() {}

    /** For each used vertex the first used one in the same place, for the others -1. */
    static int[] first(int[][] at, boolean[] used, Work work) {
        int n = used.length;
        int[] hash = new int[n];
        int[] first = new int[n];
        work.blocks(n, BLOCK, (from, to) -> hash(at, used, hash, first, from, to));
        work.each(1 << PART_BITS, part -> part(at, hash, first, part));
        return first;
    }

    private static void hash(int[][] at, boolean[] used, int[] hash, int[] first, int from, int to) {
        int[] x = at[0];
        int[] y = at[1];
        int[] z = at[2];
        for (int i = from; i < to; i++) {
            long h = x[i] * 0x9E3779B97F4A7C15L + y[i] * 0xC2B2AE3D27D4EB4FL + z[i] * 0x165667B19E3779F9L;
            h = (h ^ h >>> 32) * 0x9E3779B97F4A7C15L;
            hash[i] = (int) (h >>> 32);
            first[i] = used[i] ? 0 : -1;
        }
    }

    private static void part(int[][] at, int[] hash, int[] first, int part) {
        int[] mine = new int[1024];
        int n = 0;
        for (int i = 0; i < hash.length; i++) {
            if (hash[i] >>> 32 - PART_BITS == part && first[i] == 0) {
                mine = n == mine.length ? Arrays.copyOf(mine, 2 * n) : mine;
                mine[n++] = i;
            }
        }
        int mask = (Integer.highestOneBit(Math.max(16, n)) << 2) - 1;
        int[] table = new int[mask + 1];
        for (int k = 0; k < n; k++) {
            int i = mine[k];
            int slot = hash[i] & mask;
            while (table[slot] != 0 && !same(at, table[slot] - 1, i)) {
                slot = slot + 1 & mask;
            }
            if (table[slot] == 0) {
                table[slot] = i + 1;
            }
            first[i] = table[slot] - 1;
        }
    }

    private static boolean same(int[][] at, int i, int j) {
        return at[0][i] == at[0][j] && at[1][i] == at[1][j] && at[2][i] == at[2][j];
    }
}
