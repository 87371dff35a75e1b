package org.grotto.format.ply;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.CommonFrame;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.PointWriter;
import org.grotto.format.Scan;

/**
 * Points to binary little-endian PLY, positions as double. PLY has no scans: several are joined in the common frame, with
 * a column "station" that numbers them from 0; columns that only some scans have are 0 elsewhere.
 */
public final class PlyWriter implements PointWriter {
    private static final int COUNT_WIDTH = 19;
    /** What of a step a colour may lie beside one before that is a loss. */
    private static final double FINER = 0.02;

    private final Path path;
    private final RandomAccessFile file;
    private final List<Column> columns;
    private final List<String> lost = new ArrayList<>();
    private final boolean several;
    private boolean finer;
    private final int stride;
    private final long countAt;
    private long count;
    private final CommonFrame frame = new CommonFrame(lost);
    private ByteBuffer out = ByteBuffer.allocate(0);

    /** A file for all points of {@code source}; its coordinate reference system is named as lost. */
    public PlyWriter(Path path, PointReader source) {
        this(path, source.scans());
        if (source.metadata().containsKey("crs")) {
            lost.add("the coordinate reference system (PLY has no place for it)");
        }
    }

    /**
     * @param scans all scans that will be written: the columns of the file are the union of theirs
     */
    public PlyWriter(Path path, List<Scan> scans) {
        this.path = path;
        this.several = scans.size() > 1;
        this.columns = CommonFrame.columns(scans);
        StringBuilder h = new StringBuilder("ply\nformat binary_little_endian 1.0\ncomment Grotto; metres\n");
        int at = h.length();
        h.append(countLines(0));
        h.append("property double x\nproperty double y\nproperty double z\n");
        int bytes = 24;
        for (Column c : columns) {
            Column.Type t = stored(c);
            h.append("property ")
                    .append(name(t))
                    .append(' ')
                    .append(c.name().replace(' ', '_'))
                    .append('\n');
            bytes += PlyHeader.size(t);
        }
        if (several) {
            h.append("property ushort station\n");
            bytes += 2;
        }
        h.append("end_header\n");
        this.stride = bytes;
        this.countAt = at;
        try {
            this.file = new RandomAccessFile(path.toFile(), "rw");
            file.setLength(0);
            file.write(h.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    /** The vertex count, known only at the end, with a comment behind it that keeps the header's length. */
    private static String countLines(long count) {
        String n = Long.toString(count);
        return "element vertex " + n + "\ncomment " + ".".repeat(COUNT_WIDTH - n.length()) + "\n";
    }

    /**
     * PLY has no scaled integers and, by its text, none of 64 bits; colours are of 8 bits there, or of 16 where the column
     * has more.
     */
    private static Column.Type stored(Column c) {
        if (isColour(c)) {
            boolean fine = c.type() == Column.Type.FLOAT || c.type() == Column.Type.DOUBLE || full(c) - least(c) <= 255;
            return fine ? Column.Type.UINT8 : Column.Type.UINT16;
        }
        return switch (c.type()) {
            case SCALED, INT64, UINT64 -> Column.Type.DOUBLE;
            default -> c.type();
        };
    }

    private static boolean isColour(Column c) {
        return c.name().equals(Column.RED)
                || c.name().equals(Column.GREEN)
                || c.name().equals(Column.BLUE);
    }

    /** The value of no colour. */
    private static double least(Column c) {
        return Double.isFinite(c.min()) && c.max() > c.min() ? c.min() : 0;
    }

    /** The value of full colour, as declared, else what the type can hold. */
    private static double full(Column c) {
        if (Double.isFinite(c.max()) && c.max() > least(c)) {
            return c.max();
        }
        return switch (c.type()) {
            case UINT16, INT16 -> 65535;
            case FLOAT, DOUBLE -> 1;
            default -> 255;
        };
    }

    /** A colour as the file stores it. */
    private double coloured(Column c, Column.Type to, double v) {
        double top = to == Column.Type.UINT8 ? 255 : 65535;
        double low = least(c);
        double high = full(c);
        double out = low == 0 && high == top ? v : (v - low) / (high - low) * top;
        double whole = Math.max(0, Math.min(top, Math.rint(out)));
        if (!finer && Math.abs(out - whole) > FINER) {
            finer = true;
            lost.add("colours finer than " + (top == 255 ? 8 : 16) + " bits");
        }
        return whole;
    }

    private static String name(Column.Type t) {
        return switch (t) {
            case INT8 -> "char";
            case UINT8 -> "uchar";
            case INT16 -> "short";
            case UINT16 -> "ushort";
            case INT32 -> "int";
            case UINT32 -> "uint";
            case FLOAT -> "float";
            default -> "double";
        };
    }

    @Override
    public void begin(Scan scan) {
        frame.begin(scan);
    }

    @Override
    public void write(PointBatch b) {
        if (out.capacity() < b.size * stride) {
            out = ByteBuffer.allocate(b.size * stride).order(ByteOrder.LITTLE_ENDIAN);
        }
        out.clear();
        int[] source = new int[columns.size()];
        Column.Type[] stored = new Column.Type[source.length];
        boolean[] colour = new boolean[source.length];
        for (int c = 0; c < source.length; c++) {
            source[c] = b.indexOf(columns.get(c).name());
            stored[c] = stored(columns.get(c));
            colour[c] = isColour(columns.get(c));
        }
        for (int i = 0; i < b.size; i++) {
            for (int axis = 0; axis < 3; axis++) {
                out.putDouble(frame.place(b, i, axis));
            }
            for (int c = 0; c < source.length; c++) {
                Column own = source[c] < 0 ? columns.get(c) : b.schema.get(source[c]);
                double v = source[c] < 0 ? 0 : frame.value(b, source[c], i);
                put(stored[c], colour[c] ? coloured(own, stored[c], v) : v);
            }
            if (several) {
                out.putShort((short) frame.scan());
            }
        }
        try {
            file.write(out.array(), 0, out.position());
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
        count += b.size;
    }

    private void put(Column.Type t, double v) {
        switch (t) {
            case INT8, UINT8 -> out.put((byte) (long) v);
            case INT16, UINT16 -> out.putShort((short) (long) v);
            case INT32, UINT32 -> out.putInt((int) (long) v);
            case FLOAT -> out.putFloat((float) v);
            default -> out.putDouble(v);
        }
    }

    @Override
    public void end() {}

    @Override
    public long written() {
        return count;
    }

    @Override
    public List<String> lost() {
        return List.copyOf(lost);
    }

    @Override
    public void close() {
        try (file) {
            file.seek(countAt);
            file.write(countLines(count).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }
}
