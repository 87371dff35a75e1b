package org.grotto.align;

import java.util.Arrays;
import java.util.Objects;
import org.grotto.geometry.Columns;
import org.grotto.store.Region;
import org.grotto.store.Store;

/**
 * How far apart the points of one station lie, by themselves. The column of spacing tells of all stations together, and where
 * a close-up is, that is the close-up's: by it a room's station would be asked of nothing there. In octree cells that hold
 * a few of a station's points the squares of all points' spacing add up to the surface, which the station's own share.
 */
final class OwnSpacing {
    /** Cells are split until they hold no more of a station's points. */
    private static final int LEAF = 24;

    private final long[] code;
    private final int first;
    /** Sums of squared spacing before each point of the core, m2. */
    private final double[] before;

    private final float[] out;

    private OwnSpacing(long[] code, int first, double[] before, float[] out) {
        this.code = code;
        this.first = first;
        this.before = before;
        this.out = out;
    }

    /**
     * The spacing of each point of the core among those of its own station, metres.
     *
     * @param region with stations, spacing and Morton codes
     * @param count of stations; points of further ones keep the spacing of all
     */
    static float[] of(Region region, int count) {
        char[] station = Objects.requireNonNull(region.cloud().station());
        float[] spacing = Objects.requireNonNull(region.cloud().columns.floats(Columns.SPACING.name()));
        long[] code = (long[]) Objects.requireNonNull(region.cloud().columns.array(Store.MORTON.name()));
        int from = region.from();
        float[] out = Arrays.copyOfRange(spacing, from, region.to());
        double[] before = new double[out.length + 1];
        int[] own = new int[count + 1];
        for (int i = 0; i < out.length; i++) {
            before[i + 1] = before[i] + (double) spacing[from + i] * spacing[from + i];
            own[Math.min(count, station[from + i])]++;
        }
        OwnSpacing all = new OwnSpacing(code, from, before, out);
        for (int s = 0; s < count; s++) {
            if (own[s] == 0 || own[s] == out.length) {
                continue; // none, or alone
            }
            int[] list = new int[own[s]];
            int n = 0;
            for (int i = 0; i < out.length; i++) {
                if (station[from + i] == s) {
                    list[n++] = i;
                }
            }
            all.cell(list, 0, n, 0, out.length, 60);
        }
        return out;
    }

    /**
     * Shares a cell among a station's points, or splits it.
     *
     * @param list the station's points; those from {@code a} to {@code b} are in the cell
     * @param from first point of the cell among all of the core; {@code to}, the one after its last
     * @param level lowest bit of the octants' numbers within the codes
     */
    private void cell(int[] list, int a, int b, int from, int to, int level) {
        if (a == b) {
            return;
        }
        while (level >= 0 && (code[first + from] ^ code[first + to - 1]) >>> level == 0) {
            level -= 3; // all in one octant
        }
        if (b - a <= LEAF || level < 0) {
            float s = (float) Math.sqrt((before[to] - before[from]) / (b - a));
            for (int k = a; k < b; k++) {
                out[list[k]] = s;
            }
            return;
        }
        int at = from;
        int own = a;
        for (int c = 0; c < 8 && own < b; c++) {
            int end = c == 7 ? to : firstOf(at, to, c + 1, level);
            int last = own;
            while (last < b && list[last] < end) {
                last++;
            }
            cell(list, own, last, at, end, level - 3);
            at = end;
            own = last;
        }
    }

    /** Of the points [from, to), which share all higher bits, the first of an octant that is at least {@code octant}. */
    private int firstOf(int from, int to, int octant, int level) {
        int lo = from;
        int hi = to;
        while (lo < hi) {
            int mid = (lo + hi) >>> 1;
            if ((code[first + mid] >>> level & 7) < octant) {
                lo = mid + 1;
            } else {
                hi = mid;
            }
        }
        return lo;
    }
}
