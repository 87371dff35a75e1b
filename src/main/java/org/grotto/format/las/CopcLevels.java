package org.grotto.format.las;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.grotto.base.GrottoException;
import org.grotto.format.Levels;
import org.grotto.format.Reading;
import org.jspecify.annotations.Nullable;

/**
 * The levels of a COPC file, and which chunks of it, as LAZ, belong to those that are read.
 *
 * @param starts of the chunks to read, byte offsets in the file; null for all of them
 */
record CopcLevels(Levels levels, @Nullable Set<Long> starts) {
    /**
     * Reads the hierarchy. One that is damaged hinders nobody who wants all points: they come as LAZ; null then.
     *
     * @param resolution in the file's own unit, 0 for all
     */
    static @Nullable CopcLevels of(Path file, double resolution) {
        try (CopcReader copc = CopcReader.open(file)) {
            List<Long> points = new ArrayList<>();
            for (CopcNode n : copc.nodes()) {
                Levels.add(points, n.level(), n.points());
            }
            Levels levels = Levels.of(copc.info().spacing(), points, resolution);
            if (levels.read() == points.size()) {
                return new CopcLevels(levels, null);
            }
            Set<Long> starts = new HashSet<>();
            for (CopcNode n : copc.nodes()) {
                if (n.level() < levels.read() && n.points() > 0) {
                    starts.add(n.at());
                }
            }
            return new CopcLevels(levels, starts);
        } catch (GrottoException e) {
            if (resolution > 0 && e.kind() == GrottoException.Kind.BAD_INPUT) {
                throw e;
            }
            return null;
        }
    }

    /** As {@link #of(Path, double)}, by the resolution that a reading asks for. */
    static @Nullable CopcLevels of(Path file, @Nullable Reading reading, List<Vlr> vlrs) {
        return of(file, reading == null ? 0 : reading.resolution(Crs.stated(vlrs)));
    }
}
