package org.grotto.format;

import java.nio.file.Path;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.format.PointReader.PointCursor;

/** Pieces of a cloud that are files of a point format of their own, as LAZ: each opened by that format's reader. */
public final class LasTiles {
    private final Format.PointInput input;
    private final Reading one;

    /**
     * @param input opens a tile; one at a time decodes on its own thread, several do side by side
     * @param work of the whole reading
     */
    public LasTiles(Format.PointInput input, Work work) {
        this.input = input;
        // a tile that is damaged is left out whole, by whoever reads the cloud
        this.one = Reading.of(work);
    }

    /** What stands in a tile, by its header. */
    public Scan scan(Path tile) {
        try (PointReader r = input.open(tile, one)) {
            return r.scans().getFirst();
        }
    }

    /**
     * Opens a tile for its points.
     *
     * @param count how many it is said to hold; -1 where nobody says
     * @param columns that it has to have
     */
    public PointCursor open(Path tile, long count, List<Column> columns) {
        PointReader r = input.open(tile, one);
        try {
            Scan s = r.scans().getFirst();
            if (count >= 0 && s.count() != count) {
                throw GrottoException.badInput(
                        tile,
                        "holds " + s.count() + " points, where the cloud's hierarchy says " + count
                                + "; copy the folder again.");
            }
            if (!names(s.columns()).equals(names(columns))) {
                throw GrottoException.badInput(
                        tile, "has other columns than the cloud's first tile; it is none of this cloud.");
            }
            PointCursor c = r.points(0);
            return new PointCursor() {
                @Override
                public boolean next(PointBatch batch) {
                    return c.next(batch);
                }

                @Override
                public void close() {
                    c.close();
                    r.close();
                }
            };
        } catch (RuntimeException e) {
            r.close();
            throw e;
        }
    }

    private static List<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }
}
