package org.grotto.format.pcd;

import java.nio.file.Path;
import org.grotto.base.GrottoException;
import org.grotto.format.Encoding;
import org.grotto.format.PackedColour;
import org.grotto.format.TextLines;

/** Points in lines of text. Lines that are not as the header says are refused, or counted and passed over. */
final class PcdText implements PcdRows {
    private final Path path;
    private final TextLines in;
    private final PcdHeader header;
    private final PcdColumns columns;
    private final boolean keepGoing;
    private long unfit;
    private long firstUnfit;

    PcdText(Path path, Encoding encoding, PcdHeader header, PcdColumns columns, boolean keepGoing) {
        this.path = path;
        this.in = TextLines.open(path, encoding, header.offset(), header.lines());
        this.header = header;
        this.columns = columns;
        this.keepGoing = keepGoing;
    }

    /** How many lines were passed over. */
    long unfit() {
        return unfit;
    }

    /** The number of the first of them. */
    long firstUnfit() {
        return firstUnfit;
    }

    @Override
    public int next(double[][] into, int most) {
        int k = 0;
        while (k < most && in.next()) {
            int n = in.split();
            if (n > 0 && row(into, k, n)) {
                k++;
            }
        }
        return k;
    }

    private boolean row(double[][] into, int k, int n) {
        boolean fits = n == header.values();
        for (int f = 0; keepGoing && fits && f < into.length; f++) {
            fits = in.isNumber(columns.wanted().get(f).first());
        }
        if (!fits) {
            if (!keepGoing) {
                throw GrottoException.badLine(
                        path,
                        in.number(),
                        header.values() + " values were expected, found " + n
                                + "; correct the line, or take the others with --keep-going.");
            }
            firstUnfit = unfit++ == 0 ? in.number() : firstUnfit;
            return false;
        }
        for (int f = 0; f < into.length; f++) {
            double v = in.number(columns.wanted().get(f).first());
            into[f][k] = f == columns.packed() ? bits(v) : v;
        }
        return true;
    }

    private static double bits(double v) {
        return Double.isNaN(v)
                ? v
                : ((int) PackedColour.channel(v, 0) << 16)
                        + ((int) PackedColour.channel(v, 1) << 8)
                        + PackedColour.channel(v, 2);
    }

    @Override
    public void close() {
        in.close();
    }
}
