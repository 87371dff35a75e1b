package org.grotto.clean;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.KdTree;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Whether the normals that points bring know their side. Programs that fit planes give each normal the sign that the
 * arithmetic left it; a surface through these is in shreds. Where sides are known, a normal and its nearest neighbour's point
 * to the same side, but for thin walls and edges; where they are not, half of them do not.
 */
final class GivenSides {
    /** About how many points are asked. */
    private static final long ASKED = 20_000;
    /** Two normals that are nearly one line: closer than 37 degrees. */
    private static final double ALIKE = 0.8;
    /** Of the pairs: so many point to opposite sides where only some scans, or parts, know theirs. */
    private static final double OPPOSITE = 0.2;
    /** Fewer pairs say nothing. */
    private static final long FEWEST = 30;

    private GivenSides() {}

    /**
     * Whether they do not; of points whose station is known nobody asks.
     *
     * @param store with the normals as given
     * @param reach within what radius neighbours are looked for, metres
     */
    static boolean unknown(Store store, double reach, List<double @Nullable []> eyes, Engine engine) {
        long stride = Math.max(1, store.size() / ASKED);
        long pairs = 0;
        long opposite = 0;
        Set<String> needs = Set.of(Columns.NORMAL.name(), Columns.STATION.name());
        for (long[] part : engine.map(store, Craft.of(needs, reach, (region, work) -> {
            Cloud c = region.cloud();
            float[] n = Objects.requireNonNull(c.normals());
            char[] station = c.station();
            KdTree.Query q = KdTree.of(c).query();
            long[] sum = new long[2];
            for (int i = region.firstOfEvery(stride); i < region.to(); i += (int) stride) {
                boolean placed = station != null && station[i] < eyes.size() && eyes.get(station[i]) != null;
                if (!placed && Normals.stands(n, i) && q.nearestAt(c.x[i], c.y[i], c.z[i], 2, reach) == 2) {
                    int j = q.index[0] == i ? q.index[1] : q.index[0];
                    double cosine = Normals.stands(n, j) ? cosine(n, i, j) : 0;
                    sum[0] += Math.abs(cosine) > ALIKE ? 1 : 0;
                    sum[1] += cosine < -ALIKE ? 1 : 0;
                }
            }
            return sum;
        }))) {
            pairs += part[0];
            opposite += part[1];
        }
        return pairs >= FEWEST && opposite > OPPOSITE * pairs;
    }

    private static double cosine(float[] n, int i, int j) {
        double dot = 0;
        double a = 0;
        double b = 0;
        for (int k = 0; k < 3; k++) {
            dot += (double) n[3 * i + k] * n[3 * j + k];
            a += (double) n[3 * i + k] * n[3 * i + k];
            b += (double) n[3 * j + k] * n[3 * j + k];
        }
        return dot / Math.sqrt(a * b);
    }
}
