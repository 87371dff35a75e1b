package org.grotto.format.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.CommonFrame;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.PointWriter;
import org.grotto.format.Scan;
import org.grotto.format.TextNumbers;

/**
 * Points as a table of text, UTF-8: a heading, then one line a point, each number the shortest that gives the same bits
 * again. Several scans are joined in the common frame, with a column "station" that numbers them from 0; columns that only
 * some scans have are 0 elsewhere. Colours that are shares of 1 are headed Rf, Gf, Bf.
 */
final class TextWriter implements PointWriter {
    private static final int FULL = 1 << 16;

    private final Path path;
    private final OutputStream out;
    private final char separator;
    private final List<Column> columns;
    private final boolean several;
    private final List<String> lost = new ArrayList<>();
    private final CommonFrame frame = new CommonFrame(lost);
    private final StringBuilder text = new StringBuilder(2 * FULL);
    private Column.Type places = Column.Type.DOUBLE;
    private long count;

    TextWriter(Path path, PointReader source, char separator) {
        this.path = path;
        this.separator = separator;
        List<Scan> scans = source.scans();
        this.several = scans.size() > 1;
        this.columns = CommonFrame.columns(scans);
        if (source.metadata().containsKey("crs")) {
            lost.add("the coordinate reference system (text has no place for it)");
        }
        text.append('x').append(separator).append('y').append(separator).append('z');
        Set<String> taken = new HashSet<>(List.of("x", "y", "z"));
        for (Column c : columns) {
            text.append(separator).append(heading(c, taken));
        }
        if (several) {
            text.append(separator).append(free("station", taken));
        }
        text.append('\n');
        try {
            this.out = Files.newOutputStream(path);
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    /** A column's name as one word. */
    private static String heading(Column c, Set<String> taken) {
        boolean share = (c.type() == Column.Type.FLOAT || c.type() == Column.Type.DOUBLE) && !(c.max() > 1);
        String name = switch (c.name()) {
            case Column.RED -> share ? "Rf" : "red";
            case Column.GREEN -> share ? "Gf" : "green";
            case Column.BLUE -> share ? "Bf" : "blue";
            default -> c.name().replaceAll("[\\s,;\"'|]+", "_");
        };
        return free(name, taken);
    }

    private static String free(String name, Set<String> taken) {
        String s = name;
        for (int k = 2; !taken.add(s); k++) {
            s = name + "_" + k;
        }
        return s;
    }

    @Override
    public void begin(Scan scan) {
        frame.begin(scan);
        places = scan.xyzType();
    }

    @Override
    public void write(PointBatch b) {
        int[] source = new int[columns.size()];
        for (int c = 0; c < source.length; c++) {
            source[c] = b.indexOf(columns.get(c).name());
        }
        boolean single = places == Column.Type.FLOAT && frame.still();
        for (int i = 0; i < b.size; i++) {
            for (int axis = 0; axis < 3; axis++) {
                if (axis > 0) {
                    text.append(separator);
                }
                number(frame.place(b, i, axis), single);
            }
            for (int s : source) {
                text.append(separator);
                if (s < 0) {
                    text.append('0');
                } else {
                    number(frame.value(b, s, i), b.schema.get(s).type() == Column.Type.FLOAT);
                }
            }
            if (several) {
                text.append(separator).append(frame.scan());
            }
            text.append('\n');
            if (text.length() > FULL) {
                drain();
            }
        }
        count += b.size;
    }

    /** @param single it was stored as a float: the shortest text of that will do, if it is one */
    private void number(double v, boolean single) {
        if (single && (float) v == v) {
            TextNumbers.append(text, (float) v);
        } else {
            TextNumbers.append(text, v);
        }
    }

    private void drain() {
        try {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            text.setLength(0);
        } catch (IOException e) {
            throw GrottoException.io(path, e);
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
        try (out) {
            drain();
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }
}
