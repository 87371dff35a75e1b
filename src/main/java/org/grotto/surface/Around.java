package org.grotto.surface;

/**
 * The 27 neighbours of blocks without a table: found from the parent's, and these from theirs. Asked in the blocks' order
 * it costs little more than reading {@link Level#neighbour}, and no memory. One a thread.
 */
final class Around {
    private final Level[] levels;
    /** Per level, the block asked for last and its neighbours. */
    private final int[] at;

    private final int[][] row;

    Around(Level[] levels) {
        this.levels = levels;
        this.at = new int[levels.length];
        this.row = new int[levels.length][27];
        java.util.Arrays.fill(at, -1);
    }

    /** The neighbours of block {@code b} of {@code levels[i]}, itself at 13, x fastest, -1 for none; until the next call. */
    int[] of(int i, int b) {
        int[] out = row[i];
        if (at[i] == b) {
            return out;
        }
        if (i == 0) {
            System.arraycopy(levels[0].neighbour, 27 * b, out, 0, 27);
        } else {
            Level coarse = levels[i - 1];
            int[] up = of(i - 1, parent(i, b));
            int c = 27 * (int) (levels[i].key[b] & 7);
            for (int k = 0; k < 27; k++) {
                int nb = up[Level.UNDER[c + k]];
                out[k] = nb < 0 ? -1 : coarse.child(nb, Level.CORNER[c + k]);
            }
        }
        at[i] = b;
        return out;
    }

    private int parent(int i, int b) {
        int[] start = levels[i - 1].childStart;
        int p = at[i - 1];
        if (p >= 0 && start[p] <= b) {
            for (int end = Math.min(p + 8, start.length - 1); p < end; p++) {
                if (start[p + 1] > b) {
                    return p;
                }
            }
        }
        int lo = 0;
        int hi = start.length; // the last one that begins at or before b has it
        while (hi - lo > 1) {
            int mid = (lo + hi) >>> 1;
            if (start[mid] <= b) {
                lo = mid;
            } else {
                hi = mid;
            }
        }
        return lo;
    }
}
