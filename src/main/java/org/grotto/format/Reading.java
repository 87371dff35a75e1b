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
 */
public record Reading(Work work, List<String> columns, boolean keepGoing) {
    public Reading {
        columns = List.copyOf(columns);
    }

    /** As the file says. */
    public static Reading of(Work work) {
        return new Reading(work, List.of(), false);
    }
}
