package org.grotto.format.ply;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.PointWriter;
import org.grotto.format.Scan;
import org.grotto.geometry.Pose;

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
    private int scanIndex = -1;
    private double[] matrix = Pose.IDENTITY.matrix();
    private Pose pose = Pose.IDENTITY;
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
        List<Column> all = new ArrayList<>();
        for (Scan s : scans) {
            for (Column c : s.columns()) {
                if (all.stream().noneMatch(o -> o.name().equals(c.name()))) {
                    all.add(c);
                }
            }
        }
        this.columns = all;
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
        scanIndex++;
        Pose p = scan.pose();
        pose = p == null ? Pose.IDENTITY : p;
        matrix = pose.matrix();
        if (p != null && !p.isIdentity()) {
            lost.add("the pose of scan \"" + scan.name() + "\" (its points were moved to the common frame)");
        }
        if (!scan.metadata().isEmpty()) {
            lost.add(String.format(
                    Locale.ROOT,
                    "%d header entries of scan \"%s\"",
                    scan.metadata().size(),
                    scan.name()));
        }
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
        double[] m = matrix;
        boolean still = pose.isIdentity();
        for (int i = 0; i < b.size; i++) {
            double x = b.x[i];
            double y = b.y[i];
            double z = b.z[i];
            if (still) {
                out.putDouble(x).putDouble(y).putDouble(z);
            } else {
                out.putDouble(m[0] * x + m[1] * y + m[2] * z + pose.tx());
                out.putDouble(m[3] * x + m[4] * y + m[5] * z + pose.ty());
                out.putDouble(m[6] * x + m[7] * y + m[8] * z + pose.tz());
            }
            for (int c = 0; c < source.length; c++) {
                Column own = source[c] < 0 ? columns.get(c) : b.schema.get(source[c]);
                double v = source[c] < 0 ? 0 : value(b, source[c], i, own, still);
                put(stored[c], colour[c] ? coloured(own, stored[c], v) : v);
            }
            if (several) {
                out.putShort((short) scanIndex);
            }
        }
        try {
            file.write(out.array(), 0, out.position());
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
        count += b.size;
    }

    /** A column's value; normals turn with the pose. */
    private double value(PointBatch b, int c, int i, Column column, boolean still) {
        int row = switch (column.name()) {
            case Column.NX -> 0;
            case Column.NY -> 3;
            case Column.NZ -> 6;
            default -> -1;
        };
        if (still || row < 0) {
            return b.columns[c][i];
        }
        int nx = b.indexOf(Column.NX);
        int ny = b.indexOf(Column.NY);
        int nz = b.indexOf(Column.NZ);
        if (nx < 0 || ny < 0 || nz < 0) {
            return b.columns[c][i];
        }
        return matrix[row] * b.columns[nx][i] + matrix[row + 1] * b.columns[ny][i] + matrix[row + 2] * b.columns[nz][i];
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
