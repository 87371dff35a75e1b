package org.grotto.format.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.format.Encoding;
import org.grotto.format.TextLines;

/**
 * Lines of a text that stand for all of it: its first ones, and some at places spread over the rest. Comments, blank lines
 * and lines of one whole number (counts of points) are not among them.
 *
 * @param lines their bytes
 * @param numbers of the lines in the file, from 1; 0 for those from somewhere in it
 * @param comments before the first line of numbers, without their signs
 * @param commentLines the numbers of these
 * @param count the number of the first line that is one whole number; 0 for none
 * @param encoding of the file
 */
record Sample(
        byte[][] lines, long[] numbers, List<String> comments, List<Long> commentLines, long count, Encoding encoding) {
    /** How many lines are taken from the beginning. */
    static final int FIRST = 1000;

    private static final int PLACES = 24;
    private static final int EACH = 64;
    private static final int BYTES = 4 << 20;

    /** Looks at a file from {@code offset} on, before which {@code before} lines stand, to {@code end}. */
    static Sample of(Path path, Encoding encoding, long offset, long before, long end) {
        List<byte[]> lines = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        List<String> comments = new ArrayList<>();
        List<Long> commentLines = new ArrayList<>();
        long size;
        long bytes = 0;
        long count = 0;
        long next;
        try (TextLines in = TextLines.open(path, encoding, offset, before)) {
            size = encoding.wide() ? 0 : Math.min(end, Files.size(path));
            while (lines.size() < FIRST && bytes < BYTES && in.offset() < end && in.next()) {
                bytes += in.to() - in.from();
                if (isComment(in)) {
                    if (comments.size() < FIRST) {
                        comments.add(comment(in));
                        commentLines.add(in.number());
                    }
                } else if (!isCount(in)) {
                    lines.add(Arrays.copyOfRange(in.bytes(), in.from(), in.to()));
                    numbers.add(in.number());
                } else if (count == 0) {
                    count = in.number();
                }
            }
            next = in.offset();
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
        long step = (size - next) / PLACES;
        for (int k = 0; k < PLACES && step > 0; k++) {
            bytes = spread(path, encoding, next + k * step, Math.min(size, next + (k + 1) * step), bytes, lines);
        }
        long[] at = new long[lines.size()];
        for (int i = 0; i < numbers.size(); i++) {
            at[i] = numbers.get(i);
        }
        return new Sample(
                lines.toArray(new byte[0][]), at, List.copyOf(comments), List.copyOf(commentLines), count, encoding);
    }

    private static long spread(Path path, Encoding encoding, long from, long end, long taken, List<byte[]> lines) {
        long bytes = taken;
        try (TextLines in = TextLines.open(path, encoding, from, 0)) {
            in.next(); // the rest of a line
            for (int i = 0; i < EACH && bytes < 2L * BYTES && in.offset() < end && in.next(); i++) {
                bytes += in.to() - in.from();
                if (!isComment(in) && !isCount(in)) {
                    lines.add(Arrays.copyOfRange(in.bytes(), in.from(), in.to()));
                }
            }
        }
        return bytes;
    }

    /** True for a line that is blank or begins as comments do. */
    static boolean isComment(TextLines in) {
        byte[] b = in.bytes();
        int i = first(in);
        return i == in.to() || starts(b, i, in.to());
    }

    private static boolean starts(byte[] b, int i, int to) {
        return b[i] == '#' || b[i] == '%' || b[i] == '!' || b[i] == '/' && i + 1 < to && b[i + 1] == '/';
    }

    private static String comment(TextLines in) {
        String s = in.text().strip();
        int i = 0;
        while (i < s.length() && "#%!/".indexOf(s.charAt(i)) >= 0) {
            i++;
        }
        return s.substring(i).strip();
    }

    private static int first(TextLines in) {
        byte[] b = in.bytes();
        int i = in.from();
        while (i < in.to() && (b[i] == ' ' || b[i] == '\t')) {
            i++;
        }
        return i;
    }

    /** True for a line of one whole number. */
    static boolean isCount(TextLines in) {
        return count(in) >= 0;
    }

    /** The whole number that a line consists of; -1 where there is anything else, or more than 15 digits. */
    static long count(TextLines in) {
        byte[] b = in.bytes();
        int i = first(in);
        long n = 0;
        int digits = 0;
        while (i < in.to() && b[i] >= '0' && b[i] <= '9') {
            n = n * 10 + (b[i++] - '0');
            if (++digits > 15) {
                return -1;
            }
        }
        while (i < in.to() && (b[i] == ' ' || b[i] == '\t' || b[i] == ';' || b[i] == ',')) {
            i++;
        }
        return digits > 0 && i == in.to() ? n : -1;
    }
}
