package org.grotto.format.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.format.TextLines;

/**
 * What a text is, by its sample and the user's word.
 *
 * @param trial its dialect
 * @param table how its lines become points
 * @param heading the roles of its columns, by whoever says them: user, heading, values
 */
record Found(Trial trial, Table table, Heading heading) {
    /**
     * Throws where two readings are possible, or none.
     *
     * @param names of the columns as the user gives them; empty for none
     * @param pts intensities and orders are those of PTS
     */
    static Found of(Path path, Sample sample, Trial trial, List<String> names, boolean pts) {
        Values v = Values.of(sample, trial);
        Heading heading = names.isEmpty() ? trial.heading() : Heading.given(names);
        if (heading == null && !names.isEmpty()) {
            throw GrottoException.badRequest(
                    path + ": --columns " + String.join(",", names) + " names no x, y or z; name all three.");
        }
        if (heading == null && trial.broken() != null) {
            throw GrottoException.badRequest(path + ": line " + sample.numbers()[trial.head()] + " holds \""
                    + TextLines.shorten(trial.broken()) + "\", which is no number and no name; write its numbers apart,"
                    + " or name all " + trial.kinds().length + " columns with --columns.");
        }
        if (heading == null && trial.odd() != null) {
            throw odd(path, sample, trial, trial.odd());
        }
        if (heading == null) {
            Layout layout = Layout.of(v, pts);
            if (layout.other() != null) {
                throw GrottoException.badRequest(
                        path + ": its " + trial.kinds().length + " columns without names may be "
                                + layout.why() + "; say which: --columns " + String.join(",", layout.names())
                                + " or --columns " + String.join(",", layout.other()) + ".");
            }
            heading = Heading.suggested(layout.names());
        }
        if (heading == null) {
            throw GrottoException.badRequest(path + ": words stand between the numbers of line "
                    + sample.numbers()[trial.head()] + ", so nobody knows which of them are x, y and z; name all "
                    + trial.kinds().length + " columns with --columns, \"-\" for those to leave out.");
        }
        return new Found(trial, Table.of(path, trial.dialect(), heading, v, pts), heading);
    }

    private static GrottoException odd(Path path, Sample sample, Trial trial, Trial.Odd odd) {
        int n = trial.kinds().length;
        String sentence = odd.unknown()
                ? "its names do not say which columns are x, y and z"
                : odd.names() + " columns are named, but there are " + n + " values in line "
                        + sample.numbers()[trial.head()];
        return GrottoException.badLine(
                path, odd.line(), sentence + "; name all " + n + " with --columns, \"-\" for those to leave out.");
    }

    /** The lines above the numbers that are not their heading, and a list behind the columns, in words. */
    List<String> passedOver(Sample sample) {
        List<String> out = new ArrayList<>();
        for (int i = 0; i < trial.head(); i++) {
            long line = sample.numbers()[i];
            Heading h = trial.heading();
            if (h == null || h.line() != line) {
                String text = new String(sample.lines()[i], sample.encoding().ofLines());
                out.add("line " + line + ", before the points: \"" + TextLines.shorten(text.strip()) + "\"");
            }
        }
        if (trial.list() != null) {
            out.add("list \"" + trial.list() + "\" of each point");
        }
        return out;
    }
}
