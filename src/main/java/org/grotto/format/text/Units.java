package org.grotto.format.text;

import java.nio.file.Path;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.format.Stated;
import org.grotto.format.TextLines;

/** What headings and comments say of the unit of coordinates. */
final class Units {
    private Units() {}

    /** The heading's word, else that of the comments; throws where x and y have two units. */
    static Stated stated(Path path, Heading heading, List<String> comments) {
        Stated words = Stated.words(comments);
        double[] unit = new double[3];
        boolean degrees = false;
        String by = "";
        for (int a = 0; a < 3; a++) {
            Name n = heading.names().get(heading.roles().indexOf("xyz".substring(a, a + 1)));
            unit[a] = n.unit();
            degrees |= a < 2 && n.degrees() && Double.isNaN(n.unit());
            by = by.isEmpty() && (unit[a] > 0 || n.degrees()) ? n.own() : by;
        }
        if (by.isEmpty()) {
            return words;
        }
        if (unit[0] > 0 && unit[1] > 0 && unit[0] != unit[1]) {
            throw GrottoException.badInput(
                    path,
                    "x and y have two units by their names (\"" + by
                            + "\" and another); bring them to one, or name the columns without units with --columns.");
        }
        double flat = unit[0] > 0 ? unit[0] : unit[1] > 0 ? unit[1] : degrees ? Double.NaN : unit[2];
        double up = unit[2] > 0 ? unit[2] : flat;
        String said = "its heading \"" + TextLines.shorten(by) + "\"";
        return new Stated(flat, degrees ? Double.NaN : up, degrees, words.up(), false, said, null);
    }
}
