package org.grotto.format.text;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.Encoding;
import org.grotto.format.PackedColour;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader.PointCursor;
import org.grotto.format.TextLines;

/**
 * Points of one block, line by line. A line that is not as the others ends it, or is counted and left out; a point without
 * a coordinate is always left out and counted.
 */
final class TextCursor implements PointCursor {
    private final Path path;
    private final Table table;
    private final Block block;
    private final boolean keepGoing;
    private final Tally tally;
    private final TextLines in;
    private final Cells cells;
    private final double[] least;
    private final double[] most;
    private final boolean[] whole;
    /** Why the last line does not fit. */
    private String fault = "";

    /** What came of the lines of a block. */
    static final class Tally {
        private final long[] empty;
        long points;
        long without;
        long unfit;
        long rounded;
        long firstUnfit;
        String firstFault = "";

        Tally(int columns) {
            this.empty = new long[columns];
        }

        /** How many values of a column are missing. */
        long empty(int column) {
            return empty[column];
        }
    }

    TextCursor(Path path, Encoding encoding, Table table, Block block, boolean keepGoing, Tally tally) {
        this.path = path;
        this.table = table;
        this.block = block;
        this.keepGoing = keepGoing;
        this.tally = tally;
        this.cells = new Cells(table.dialect());
        int n = table.columns().size();
        this.least = new double[n];
        this.most = new double[n];
        this.whole = new boolean[n];
        for (int c = 0; c < n; c++) {
            Column column = table.columns().get(c);
            boolean limited = table.limited()[c];
            least[c] = limited ? 0 : Double.NEGATIVE_INFINITY;
            most[c] = limited ? column.max() * (column.max() == 1 ? Colours.OVER : 1) : Double.POSITIVE_INFINITY;
            whole[c] = column.type() != Column.Type.DOUBLE && table.part()[c] < 0;
        }
        this.in = TextLines.open(path, encoding, block.offset(), block.offset() == 0 ? 0 : block.before());
        while (block.offset() == 0 && in.number() < block.before() && in.next()) {
            fault = ""; // a line before the numbers
        }
    }

    @Override
    public boolean next(PointBatch batch) {
        int k = 0;
        while (k < batch.capacity && in.offset() < block.end() && in.next()) {
            if (take(batch, k)) {
                k++;
            } else if (!fault.isEmpty()) {
                unfit(batch, k);
            }
        }
        batch.size = k;
        tally.points += k;
        return k > 0;
    }

    /** The current line as point {@code k}; false where it is none, with {@link #fault} where it should be one. */
    private boolean take(PointBatch batch, int k) {
        fault = "";
        byte[] b = in.bytes();
        int n = cells.split(b, in.from(), in.to());
        if (n != table.width() && !(n == table.width() + 1 && cells.isEmpty(n - 1))) {
            return n != 0 && !Sample.isComment(in) && fault(table.width() + " values were expected, found " + n);
        }
        int[] xyz = table.xyz();
        double x = cells.number(xyz[0]);
        double y = cells.number(xyz[1]);
        double z = cells.number(xyz[2]);
        if (Double.isNaN(x + y + z) || !table.numbers()[0]) {
            if (Sample.isComment(in)) {
                return false;
            }
            if (none(0, xyz) | none(1, xyz) | none(2, xyz)) {
                tally.without += fault.isEmpty() ? 1 : 0;
                return false;
            }
            if (!fault.isEmpty()) {
                return false;
            }
        }
        int[] at = table.at();
        int[] part = table.part();
        for (int c = 0; c < at.length; c++) {
            double v = cells.number(at[c]);
            if (!(v >= least[c] && v <= most[c])) {
                if (!Double.isNaN(v)) {
                    return fault("a colour of " + plain(v) + " stands here, but those looked at before are 0 to "
                            + plain(table.columns().get(c).max()) + "; say what they are: --columns "
                            + Colours.wider(table));
                }
                if (!missing(c, at[c])) {
                    return false;
                }
            }
            if (part[c] >= 0) {
                v = PackedColour.channel(v, part[c]);
            } else if (whole[c] && v != Math.rint(v) && !Double.isNaN(v)) {
                v = Math.rint(v);
                tally.rounded++;
            }
            batch.columns[c][k] = v;
        }
        batch.x[k] = x;
        batch.y[k] = y;
        batch.z[k] = z;
        return true;
    }

    /** True for a coordinate that is missing; a word in its place is a fault. */
    private boolean none(int axis, int[] xyz) {
        Cells.Kind kind = cells.kind(xyz[axis]);
        if (kind == Cells.Kind.WORD && fault.isEmpty()) {
            word(xyz[axis]);
        }
        return kind == Cells.Kind.EMPTY;
    }

    /** True for a value that is missing, which is counted; a word in its place is a fault. */
    private boolean missing(int column, int cell) {
        switch (cells.kind(cell)) {
            case EMPTY -> tally.empty[column] += table.part()[column] <= 0 ? 1 : 0;
            case WORD -> word(cell);
            default -> {}
        }
        return fault.isEmpty();
    }

    private void word(int cell) {
        fault("a number was expected, found \"" + TextLines.shorten(cells.text(cell, StandardCharsets.UTF_8)) + "\"");
    }

    private boolean fault(String sentence) {
        fault = sentence;
        return false;
    }

    private static String plain(double v) {
        return v == Math.rint(v) && Math.abs(v) < 1e15 ? Long.toString((long) v) : Double.toString(v);
    }

    /** Counts the current line as one to leave out, or refuses the file. */
    private void unfit(PointBatch batch, int taken) {
        tally.unfit++;
        if (tally.firstUnfit == 0) {
            tally.firstUnfit = in.number();
            tally.firstFault = fault;
        }
        if (keepGoing) {
            return;
        }
        String first = fault;
        long line = in.number();
        long kept = tally.points + taken;
        long unfit = 1;
        PointBatch rest = new PointBatch(batch.schema, 1);
        while (in.offset() < block.end() && in.next()) {
            if (take(rest, 0)) {
                kept++;
            } else {
                unfit += fault.isEmpty() ? 0 : 1;
            }
        }
        throw GrottoException.badLine(
                path,
                line,
                first + "; correct it" + (unfit == 1 ? "" : " and " + (unfit - 1) + " more such lines")
                        + ", or take the other " + String.format(Locale.ROOT, "%,d", kept)
                        + " points with --keep-going.");
    }

    @Override
    public void close() {
        in.close();
    }
}
