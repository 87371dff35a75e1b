package org.grotto.views;

import java.util.Set;
import java.util.stream.Collectors;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.store.Engine;
import org.grotto.store.Ranks;
import org.grotto.store.Store;

/**
 * Intensity made fit to be seen. Scanners without colour often fill a few hundredths of the range that their files can
 * hold (16 bits of LAS, say), and a mesh in these greys is black.
 */
public final class Grey {
    private static final double SHARE = 0.98;
    /** Where 98 % of the points are darker than this share of white, all are made brighter. */
    private static final float DIM = 0.3f;
    /** What they are brought to; linear light. */
    private static final float BRIGHT = 0.75f;

    private Grey() {}

    /**
     * What intensities are multiplied by to be seen: 1 where the points have colour, no intensity, or are bright enough.
     * Only for colouring: intensities that are kept or measured stay as they were.
     */
    public static float gain(Store points, Engine engine) {
        Set<String> told = points.columns().stream().map(ColumnType::name).collect(Collectors.toSet());
        if (points.size() == 0 || !told.contains(Columns.INTENSITY.name()) || told.contains(Columns.RGB16.name())) {
            return 1;
        }
        long rank = (long) (SHARE * (points.size() - 1));
        float high = new Ranks(points, Columns.INTENSITY, v -> 1, engine).at(rank + 1)[0];
        return high > 0 && high < DIM ? BRIGHT / high : 1;
    }
}
