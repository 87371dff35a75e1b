package org.grotto.format.ply;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.TextLines;
import org.jspecify.annotations.Nullable;

/** Reads a PLY file's elements row by row, ascii or binary, in one pass with a fixed buffer. */
final class PlyRows implements AutoCloseable {
    private static final int MAX_LIST = 1 << 20;
    /** What stands for a value that is no whole number, or too large for one. */
    private static final int NO_INDEX = Integer.MIN_VALUE;

    final PlyHeader header;
    private final Path path;
    private final long length;
    private final TextLines lines;
    private final @Nullable InputStream binary;
    private final ByteBuffer buffer;
    private long offset;

    // ascii: the tokens of the current line not yet taken
    private int tokens;
    private int taken;
    /** True once values were seen not to keep to lines: rows then follow each other as PLY's text allows. */
    private boolean flowing;
    /** Rows that the last {@link #scalars} has filled, wherever it ended. */
    int filled;
    /** Lines that it has passed over, since they are no such row: of damaged texts alone. */
    int passed;
    /** The number of the first of all that were passed over; 0 for none. */
    long firstPassed;
    /** Whether the last line was one. */
    boolean passedLast;

    private final boolean keepGoing;

    private PlyRows(Path path, TextLines lines, PlyHeader header, long length, boolean keepGoing) {
        this.keepGoing = keepGoing;
        this.length = length;
        this.path = path;
        this.lines = lines;
        this.header = header;
        this.binary = header.order() == null ? null : lines.rest();
        this.buffer =
                ByteBuffer.allocate(1 << 17).order(header.order() == null ? ByteOrder.LITTLE_ENDIAN : header.order());
        this.buffer.limit(0);
        this.offset = header.dataOffset();
    }

    static PlyRows open(Path path) {
        return open(path, false);
    }

    /**
     * @param keepGoing take a header that announces more than the file has room for, and pass over lines of a text that are
     *     no rows
     */
    static PlyRows open(Path path, boolean keepGoing) {
        long length;
        TextLines lines = TextLines.open(path);
        try {
            length = Files.size(path);
            return new PlyRows(path, lines, PlyHeader.read(path, lines, length, keepGoing), length, keepGoing);
        } catch (IOException e) {
            lines.close();
            throw GrottoException.io(path, e);
        } catch (RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    /** The most rows of an element that the file can hold. */
    long room(PlyHeader.Element e) {
        return header.room(e, length);
    }

    /** Makes {@code n} bytes of the binary part readable in {@link #buffer}. */
    private void need(int n, String what) {
        if (buffer.remaining() >= n) {
            return;
        }
        InputStream in = java.util.Objects.requireNonNull(binary);
        buffer.compact();
        try {
            while (buffer.position() < n) {
                int r = in.read(buffer.array(), buffer.position(), buffer.remaining());
                if (r < 0) {
                    throw GrottoException.badInput(
                            path,
                            offset + buffer.position(),
                            "the file ends inside " + what + "; it is truncated, copy it again.");
                }
                buffer.position(buffer.position() + r);
            }
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
        buffer.flip();
    }

    /**
     * Reads up to {@code rows} rows of an element into columns: {@code into[p]} gets property p, a null entry skips it, and
     * lists are passed over. {@code start} is the first row to fill. Of a damaged text fewer may be {@link #filled}.
     */
    void scalars(PlyHeader.Element e, int start, int rows, double[] @Nullable [] into) {
        filled = 0;
        passed = 0;
        passedLast = false;
        int np = e.properties().size();
        if (keepGoing && header.order() == null && !e.hasLists()) {
            for (int r = 0; r < rows; r++) {
                passedLast = !row(e, start + filled, into);
                filled += passedLast ? 0 : 1;
                passed += passedLast ? 1 : 0;
            }
            return;
        }
        if (header.order() == null || e.hasLists()) {
            for (int r = 0; r < rows; r++) {
                row(e);
                for (int p = 0; p < np; p++) {
                    PlyHeader.Property q = e.properties().get(p);
                    if (q.isList()) {
                        pass(e, q);
                        continue;
                    }
                    double[] to = into[p];
                    double v = scalar(e, q.type());
                    if (to != null) {
                        to[start + r] = v;
                    }
                }
                filled++;
            }
            return;
        }
        int stride = e.minStride();
        if (stride == 0) {
            return;
        }
        int done = 0;
        while (done < rows) {
            need(stride, "element \"" + e.name() + "\"");
            int n = Math.min(rows - done, buffer.remaining() / stride);
            int base = buffer.position();
            int at = 0;
            for (int p = 0; p < np; p++) {
                Column.Type t = e.properties().get(p).type();
                double[] to = into[p];
                if (to != null) {
                    column(t, base + at, stride, n, to, start + done);
                }
                at += PlyHeader.size(t);
            }
            buffer.position(base + n * stride);
            offset += (long) n * stride;
            done += n;
            filled = done;
        }
    }

    /** Reads a row of a text into columns; false where its line is none. */
    private boolean row(PlyHeader.Element e, int to, double[] @Nullable [] into) {
        try {
            row(e);
            for (int p = 0; p < into.length; p++) {
                double v = value(e);
                double[] column = into[p];
                if (column != null) {
                    column[to] = v;
                }
            }
            return true;
        } catch (GrottoException x) {
            if (!passes(x)) {
                throw x;
            }
            return false;
        }
    }

    /** Goes on behind a row that failed, where it is a line of a damaged text and others follow; else gives false. */
    boolean passes(GrottoException x) {
        boolean line = keepGoing && header.order() == null && !flowing && x.kind() == GrottoException.Kind.BAD_INPUT;
        if (!line || x.getCause() instanceof EOFException) {
            return false;
        }
        firstPassed = firstPassed == 0 ? lines.number() : firstPassed;
        taken = tokens;
        return true;
    }

    /** Begins a row. A text's rows keep to lines, unless all its values show that they do not. */
    private void row(PlyHeader.Element e) {
        if (header.order() != null || flowing) {
            return;
        }
        end(e);
        if (flowing) {
            return;
        }
        do {
            if (!lines.next()) {
                throw lines.endsEarly("more rows of \"" + e.name() + "\" are declared");
            }
            tokens = lines.split();
        } while (tokens == 0);
        taken = 0;
        if (!e.hasLists() && tokens != e.properties().size()) {
            flow(e.properties().size() + " values were expected for \"" + e.name() + "\", found " + tokens + ".");
        }
    }

    /** To be called after the last row of an element: whether its line holds more than that. */
    void end(PlyHeader.Element e) {
        if (header.order() == null && !flowing && taken < tokens) {
            flow("more values stand here than \"" + e.name() + "\" has; correct the header or the line.");
        }
    }

    /** What stands behind the last row that the header declares, in words; empty where nothing does. */
    String behind() {
        if (header.order() != null) {
            long left = buffer.remaining();
            byte[] rest = new byte[1 << 16];
            try {
                for (int n = 0;
                        n >= 0;
                        n = java.util.Objects.requireNonNull(binary).read(rest)) {
                    left += n;
                }
            } catch (IOException e) {
                throw GrottoException.io(path, e);
            }
            return left == 0 ? "" : left + " bytes behind what the header declares";
        }
        long left = taken < tokens ? 1 : 0;
        while (lines.next()) {
            left += lines.split() > 0 ? 1 : 0;
        }
        return left == 0 ? "" : left + (left == 1 ? " line" : " lines") + " behind what the header declares";
    }

    /** From here on rows follow each other whatever lines they stand in, as by the format's text, if that works out. */
    private void flow(String otherwise) {
        flowing = firstPassed == 0 && PlyFlow.ends(path, header); // asked once
        if (!flowing) {
            throw GrottoException.badLine(path, lines.number(), otherwise);
        }
    }

    /** The next value of a text. */
    private double value(PlyHeader.Element e) {
        if (taken >= tokens && !flowing) {
            flow("more values were expected for \"" + e.name() + "\".");
        }
        while (taken >= tokens) {
            if (!lines.next()) {
                throw lines.endsEarly("more rows of \"" + e.name() + "\" are declared");
            }
            tokens = lines.split();
            taken = 0;
        }
        return lines.number(taken++);
    }

    private void column(Column.Type t, int at, int stride, int n, double[] to, int k) {
        ByteBuffer b = buffer;
        switch (t) {
            case INT8 -> {
                for (int i = 0; i < n; i++, at += stride) {
                    to[k + i] = b.get(at);
                }
            }
            case UINT8 -> {
                for (int i = 0; i < n; i++, at += stride) {
                    to[k + i] = b.get(at) & 255;
                }
            }
            case INT16 -> {
                for (int i = 0; i < n; i++, at += stride) {
                    to[k + i] = b.getShort(at);
                }
            }
            case UINT16 -> {
                for (int i = 0; i < n; i++, at += stride) {
                    to[k + i] = b.getChar(at);
                }
            }
            case INT32 -> {
                for (int i = 0; i < n; i++, at += stride) {
                    to[k + i] = b.getInt(at);
                }
            }
            case UINT32 -> {
                for (int i = 0; i < n; i++, at += stride) {
                    to[k + i] = b.getInt(at) & 0xFFFFFFFFL;
                }
            }
            case FLOAT -> {
                for (int i = 0; i < n; i++, at += stride) {
                    to[k + i] = b.getFloat(at);
                }
            }
            case DOUBLE -> {
                for (int i = 0; i < n; i++, at += stride) {
                    to[k + i] = b.getDouble(at);
                }
            }
            case INT64, UINT64, SCALED -> {
                for (int i = 0; i < n; i++, at += stride) {
                    to[k + i] = b.getLong(at);
                }
            }
        }
    }

    /** Skips all rows of an element. */
    void skip(PlyHeader.Element e) {
        if (!e.hasLists()) {
            double[] @Nullable [] none = new double[e.properties().size()][];
            for (long left = e.count(); left > 0; left -= 4096) {
                scalars(e, 0, (int) Math.min(4096, left), none);
            }
            return;
        }
        for (long r = 0; r < e.count(); r++) {
            list(e, -1);
        }
    }

    private int[] list = new int[16];
    private double[] other = new double[16];
    private int otherLength;

    /**
     * Reads one row of an element with lists and gives the length of list property {@code wanted}; its values stand in
     * {@link #listValue} until the next row.
     */
    int list(PlyHeader.Element e, int wanted) {
        return list(e, wanted, -1, null);
    }

    /**
     * The same, of two lists and of scalars.
     *
     * @param also another list, whose values stand in {@link #otherValue}; -1 for none
     * @param scalars gets the properties that are no lists, by their numbers
     */
    int list(PlyHeader.Element e, int wanted, int also, double @Nullable [] scalars) {
        int length = 0;
        otherLength = 0;
        row(e);
        for (int p = 0; p < e.properties().size(); p++) {
            PlyHeader.Property q = e.properties().get(p);
            if (!q.isList()) {
                double v = scalar(e, q.type());
                if (scalars != null) {
                    scalars[p] = v;
                }
            } else if (p == wanted) {
                length = length(e, q);
                if (list.length < length) {
                    list = new int[length];
                }
                for (int i = 0; i < length; i++) {
                    double v = scalar(e, q.type());
                    list[i] = v == Math.rint(v) && Math.abs(v) <= Integer.MAX_VALUE ? (int) v : NO_INDEX;
                }
            } else if (p == also) {
                otherLength = length(e, q);
                if (other.length < otherLength) {
                    other = new double[otherLength];
                }
                for (int i = 0; i < otherLength; i++) {
                    other[i] = scalar(e, q.type());
                }
            } else {
                pass(e, q);
            }
        }
        return length;
    }

    private int length(PlyHeader.Element e, PlyHeader.Property q) {
        double c = scalar(e, java.util.Objects.requireNonNull(q.countType()));
        long most = most(e);
        if (!(c >= 0 && c <= most && c == Math.rint(c))) {
            throw bad(String.format(
                    Locale.ROOT, "a list of %.0f values in \"%s\"; at most %d make sense.", c, e.name(), most));
        }
        return (int) c;
    }

    private void pass(PlyHeader.Element e, PlyHeader.Property q) {
        for (int i = length(e, q); i > 0; i--) {
            scalar(e, q.type());
        }
    }

    int otherLength() {
        return otherLength;
    }

    double otherValue(int i) {
        return other[i];
    }

    /** How long a list may be: strips hold a whole mesh in one, a byte a value at the least. */
    private long most(PlyHeader.Element e) {
        if (!e.name().equals(PlyMesh.STRIPS)) {
            return MAX_LIST;
        }
        try {
            return Math.min(Files.size(path), Integer.MAX_VALUE - 8);
        } catch (IOException x) {
            throw GrottoException.io(path, x);
        }
    }

    /**
     * Reads rows that are nothing but lists of three 32-bit numbers, as far as they are ready in memory and fit.
     *
     * @return how many rows; 0 where {@link #list} has to read the next one
     */
    int triples(PlyHeader.Element e, long rows, int[] into, int at) {
        PlyHeader.Property q = e.properties().getFirst();
        if (header.order() == null
                || e.properties().size() > 1
                || q.countType() != Column.Type.UINT8
                || q.type() != Column.Type.INT32) {
            return 0;
        }
        int most = (int) Math.min(rows, Math.min((into.length - at) / 3, buffer.remaining() / 13));
        int start = buffer.position();
        int n = 0;
        while (n < most && buffer.get(start + 13 * n) == 3) {
            into[at + 3 * n] = buffer.getInt(start + 13 * n + 1);
            into[at + 3 * n + 1] = buffer.getInt(start + 13 * n + 5);
            into[at + 3 * n + 2] = buffer.getInt(start + 13 * n + 9);
            n++;
        }
        buffer.position(start + 13 * n);
        offset += 13L * n;
        return n;
    }

    int listValue(int i) {
        return list[i];
    }

    /** True for a text that does not end with a line's end: its last number may be cut. */
    boolean endsInsideLine() {
        if (header.order() != null) {
            return false;
        }
        try (RandomAccessFile f = new RandomAccessFile(path.toFile(), "r")) {
            f.seek(Math.max(0, f.length() - 1));
            int b = f.read();
            return b != '\n' && b != '\r' && b != ' ';
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    GrottoException bad(String sentence) {
        return header.order() == null
                ? GrottoException.badLine(path, lines.number(), sentence)
                : GrottoException.badInput(path, offset, sentence);
    }

    private double scalar(PlyHeader.Element e, Column.Type t) {
        if (header.order() == null) {
            return value(e);
        }
        int size = PlyHeader.size(t);
        need(size, "element \"" + e.name() + "\"");
        offset += size;
        return switch (t) {
            case INT8 -> buffer.get();
            case UINT8 -> buffer.get() & 255;
            case INT16 -> buffer.getShort();
            case UINT16 -> buffer.getChar();
            case INT32 -> buffer.getInt();
            case UINT32 -> buffer.getInt() & 0xFFFFFFFFL;
            case FLOAT -> buffer.getFloat();
            case DOUBLE -> buffer.getDouble();
            case INT64, UINT64, SCALED -> buffer.getLong();
        };
    }

    @Override
    public void close() {
        lines.close();
    }
}
