package org.grotto.format.ptx;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.format.TextLines;

/**
 * The one pass over a PTX file that tells where its scans stand and what their lines are, whatever their headers announce:
 * a line with one number begins the next scan. It costs two numbers of each line.
 */
final class PtxSurvey {
    /**
     * A scan.
     *
     * @param firstLine number of the first line of points
     * @param lines points and rays without return
     * @param colour whether any line has colours, {@code intensity} whether any has one
     */
    record Found(
            long columns,
            long rows,
            double[] position,
            double[] matrix,
            long firstLine,
            long lines,
            boolean colour,
            boolean intensity) {}

    final List<Found> found = new ArrayList<>();
    final List<String> said = new ArrayList<>();
    final List<String> lost = new ArrayList<>();
    private final Path path;
    private final TextLines in;
    private final boolean keepGoing;
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;
    private long points;
    private long coloured;
    private long dark;
    /** Lines by how many numbers they have. */
    private final long[] kinds = new long[FULL + 2];

    private long skipped;
    private String why = "";

    PtxSurvey(Path path, TextLines in, boolean keepGoing) {
        this.path = path;
        this.in = in;
        this.keepGoing = keepGoing;
    }

    /** x y z, with an intensity, with red green blue, with both. */
    private static final int PLACE = 3;

    private static final int COLOUR = 6;
    static final int FULL = 7;

    /** Whether a line of {@code n} numbers has an intensity, the fourth. */
    static boolean intensity(int n) {
        return n == PLACE + 1 || n >= FULL;
    }

    /** Which number of a line of {@code n} is red; -1 where it has no colour. */
    static int red(int n) {
        return n >= FULL ? PLACE + 1 : n == COLOUR ? PLACE : -1;
    }

    /** Whether a line of {@code n} tokens is a point; where lines that are none are not passed over, it is refused. */
    static boolean isPoint(Path path, TextLines in, int n, boolean keepGoing) {
        if (n < PLACE || n == PLACE + 2) {
            if (keepGoing) {
                return false;
            }
            throw GrottoException.badLine(
                    path,
                    in.number(),
                    "3, 4, 6 or 7 numbers were expected (x y z, with an intensity, red green blue, or both), found " + n
                            + ".");
        }
        for (int i = 0; keepGoing && i < Math.min(n, FULL); i++) {
            if (!in.isNumber(i)) {
                return false;
            }
        }
        for (int i = PLACE; n == COLOUR && i < COLOUR; i++) {
            double v = in.number(i);
            if (!(v >= 0 && v <= 255 && v == Math.rint(v))) {
                if (keepGoing) {
                    return false;
                }
                throw GrottoException.badLine(
                        path,
                        in.number(),
                        "a line of 6 numbers is x y z red green blue, and here " + v + " is no colour from 0 to 255;"
                                + " export it with an intensity.");
            }
        }
        return true;
    }

    void run() {
        boolean more = next();
        long missing = 0;
        while (more) {
            try {
                missing = scan();
            } catch (GrottoException e) {
                if (!keepGoing && missing > 0) {
                    throw truncated(); // what looked like a further scan is the end of a line
                }
                if (!keepGoing || found.isEmpty()) {
                    throw e;
                }
                lost.add("what follows line " + in.number() + ", which is no header of a scan");
                break;
            }
            more = in.number() > 0 && !ended;
        }
        if (found.isEmpty()) {
            throw GrottoException.badInput(path, "holds no scan.");
        }
        if (missing > 0) {
            if (!keepGoing) {
                throw truncated();
            }
            lost.add(missing + (missing == 1 ? " line" : " lines")
                    + " that the last scan announces, behind the file's end");
        }
        if (skipped > 0) {
            lost.add(skipped + (skipped == 1 ? " line that is no point" : " lines that are no points"));
        }
        if (kinds[PLACE] > 0) {
            said.add(lines(PLACE) + " of 3 numbers: x y z");
        }
        if (kinds[COLOUR] > 0) {
            said.add(lines(COLOUR) + " of 6 numbers: x y z red green blue");
        }
        if (kinds[FULL + 1] > 0) {
            lost.add("what stands behind the seventh number of " + lines(FULL + 1));
        }
        if (dark > 0 && found.stream().anyMatch(Found::intensity)) {
            said.add(dark + " of " + points + " points without intensity, dark");
        }
        if (coloured > 0 && coloured < points) {
            said.add((points - coloured) + " of " + points + " points without colour, black");
        }
    }

    private String lines(int kind) {
        return kinds[kind] + (kinds[kind] == 1 ? " line" : " lines");
    }

    private GrottoException truncated() {
        return new GrottoException(
                GrottoException.Kind.BAD_INPUT,
                path + ": ends at line " + in.number() + ", but " + why + "; the file is truncated, copy it again"
                        + (points > 0 ? ", or --keep-going would give " + points + " points." : "."),
                null);
    }

    private boolean ended;

    /** The next line with something in it. */
    private boolean next() {
        while (in.next()) {
            if (in.split() > 0) {
                return true;
            }
        }
        ended = true;
        return false;
    }

    private double[] numbers(int count, boolean advance) {
        if (advance && !next()) {
            throw in.endsEarly("a PTX header needs ten lines");
        }
        int n = in.split();
        if (n != count) {
            throw GrottoException.badLine(
                    path, in.number(), "a PTX header has " + count + " numbers here, found " + n + ".");
        }
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            v[i] = in.number(i);
        }
        return v;
    }

    /** Reads a scan from its header, which the current line begins; returns how many lines it announces beyond those it has. */
    private long scan() {
        double columns = numbers(1, false)[0];
        double rows = numbers(1, true)[0];
        if (!(columns >= 0 && rows >= 0 && columns == Math.rint(columns) && rows == Math.rint(rows))
                || columns * rows > 1e15) {
            throw GrottoException.badLine(
                    path, in.number(), "a scan of " + columns + " x " + rows + " points is none; correct its header.");
        }
        double[] position = numbers(3, true);
        for (int i = 0; i < 3; i++) {
            numbers(3, true);
        }
        double[] m = new double[16];
        for (int i = 0; i < 4; i++) {
            System.arraycopy(numbers(4, true), 0, m, 4 * i, 4);
        }
        long announced = (long) (columns * rows);
        long first = in.number() + 1;
        long lines = 0;
        boolean colour = false;
        boolean intense = false;
        boolean shorter = false;
        int numbers = 0;
        long before = points;
        boolean last = true;
        while (next()) {
            int n = in.split();
            if (n == 1) {
                last = false;
                break;
            }
            if (!isPoint(path, in, n, keepGoing)) {
                skipped++;
                continue;
            }
            boolean there = in.number(0) != 0 || in.number(1) != 0 || in.number(2) != 0;
            shorter = there && n < numbers; // as the end of a file that is cut off is; rays without return may be
            numbers = n;
            lines++;
            kinds[Math.min(n, FULL + 1)]++;
            colour |= red(n) >= 0;
            intense |= intensity(n);
            if (there) {
                points++;
                coloured += red(n) >= 0 ? 1 : 0;
                dark += intensity(n) ? 0 : 1;
                if (intensity(n)) {
                    double v = in.number(3);
                    least = v < least ? v : least;
                    greatest = v > greatest ? v : greatest;
                }
            }
        }
        if (last && lines > 0 && (lines < announced || shorter) && cutInside()) {
            lines--; // the end of its last number may be missing
            points = Math.max(before, points - 1);
        }
        found.add(new Found((long) columns, (long) rows, position, m, first, lines, colour, intense));
        if (lines != announced) {
            why = "scan " + found.size() + " declares " + announced + " points, found " + lines;
            said.add("scan " + found.size() + ": " + lines + " lines of points, where its header announces "
                    + announced);
        }
        return announced - lines;
    }

    /** Whether the file ends inside a line. */
    private boolean cutInside() {
        try (RandomAccessFile f = new RandomAccessFile(path.toFile(), "r")) {
            f.seek(f.length() - 1);
            int b = f.read();
            return b != '\n' && b != '\r';
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    /** The values that mean dark and bright: of the ranges in use the least that holds all of the file. */
    double[] intensity() {
        if (!(least < 0 || greatest > 1) || !Double.isFinite(least) || !Double.isFinite(greatest)) {
            return new double[] {0, 1};
        }
        if (least >= 0) {
            return new double[] {0, greatest <= 255 ? 255 : greatest};
        }
        return least >= -2048 && greatest <= 2047
                ? new double[] {-2048, 2047}
                : new double[] {least, Math.max(greatest, 0)};
    }
}
