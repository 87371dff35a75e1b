package org.grotto.format;

import java.util.List;
import org.grotto.base.Work;

/**
 * How a file is to be read.
 *
 * @param work where long readings report and end
 * @param columns what stands in the columns of a file that does not name them, in their order, as {@link Column} calls
 *     them and "x", "y", "z"; "-" for one to leave out. Empty where the file decides
 * @param keepGoing take of a damaged file what can still be read, and name what is lost in {@link PointReader#notKept};
 *     else it is refused, in a sentence that says how much could be kept
 * @param resolution metres; of clouds in levels, those whose points lie closer together than this are not read. 0 for all
 * @param metres in one unit of the file, where that is said from elsewhere; NaN where the file decides
 */
public record Reading(Work work, List<String> columns, boolean keepGoing, double resolution, double metres) {
    public Reading {
        columns = List.copyOf(columns);
    }

    /** All levels. */
    public Reading(Work work, List<String> columns, boolean keepGoing) {
        this(work, columns, keepGoing, 0, Double.NaN);
    }

    /** As the file says. */
    public static Reading of(Work work) {
        return new Reading(work, List.of(), false);
    }

    /** The {@link #resolution} in the unit of a file that says {@code own} of it. */
    public double resolution(Stated own) {
        double unit = !Double.isNaN(metres) ? metres : !Double.isNaN(own.metres()) ? own.metres() : 1;
        return resolution / unit;
    }
}
