package org.grotto.format.ply;

import java.nio.file.Path;
import org.grotto.format.TextLines;

/**
 * Whether the values of a PLY text that do not keep to lines are nevertheless those that its header declares. By the
 * format, line ends are blanks like others; so rows may be split over lines or share one, as long as all values together
 * are as many as declared. Costs one reading of the file.
 */
final class PlyFlow {
    private final TextLines in;
    private int tokens;
    private int taken;

    private PlyFlow(TextLines in) {
        this.in = in;
    }

    /** True where the file ends right behind the last value that the header declares. */
    static boolean ends(Path path, PlyHeader header) {
        try (TextLines in = TextLines.open(path)) {
            while (in.number() < header.dataLine()) {
                if (!in.next()) {
                    return false;
                }
            }
            return new PlyFlow(in).walk(header);
        }
    }

    private boolean walk(PlyHeader header) {
        for (PlyHeader.Element e : header.elements()) {
            for (long r = 0; r < e.count() && !e.properties().isEmpty(); r++) {
                if (!row(e)) {
                    return false;
                }
            }
        }
        return !next();
    }

    private boolean row(PlyHeader.Element e) {
        for (PlyHeader.Property p : e.properties()) {
            if (!next()) {
                return false;
            }
            if (p.isList()) {
                double n = in.isNumber(taken - 1) ? in.number(taken - 1) : -1;
                if (!(n >= 0 && n == Math.rint(n))) {
                    return false;
                }
                for (long i = 0; i < n; i++) {
                    if (!next()) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Goes to the next value; false at the end of the file. */
    private boolean next() {
        while (taken >= tokens) {
            if (!in.next()) {
                return false;
            }
            tokens = in.split();
            taken = 0;
        }
        taken++;
        return true;
    }
}
