package org.grotto.format.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Scan;
import org.grotto.format.TextLines;

/**
 * Points in plain text, one a line, separated by blanks, tabs, commas or semicolons. A first line of names (CSV) decides
 * what the columns are; without one their number and values do: x y z, then intensity (4), colour (6, whole numbers to 255,
 * or shares to 1) or normal (6, of length one), intensity and colour (7), colour and normal (9). Lines that start with # or // are comments. PTS files
 * start with their number of points.
 */
public final class TextReader implements PointReader {
    private static final int LOOK_AHEAD = 200;

    private final Path path;
    private final Scan scan;
    private final int firstLines;
    private final int tokens;
    /** Token index of x, y, z, then of each column. */
    private final int[] order;

    private final boolean named;

    private TextReader(Path path, Scan scan, int firstLines, int tokens, int[] order, boolean named) {
        this.path = path;
        this.scan = scan;
        this.firstLines = firstLines;
        this.tokens = tokens;
        this.order = order;
        this.named = named;
    }

    /** Opens a file and looks at its first {@value #LOOK_AHEAD} lines. */
    public static TextReader open(Path path) {
        try (TextLines in = TextLines.open(path)) {
            if (Files.size(path) == 0) {
                throw GrottoException.badInput(path, "is empty (0 bytes); copy it again from its source.");
            }
            return open(path, in);
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    private static TextReader open(Path path, TextLines in) {
        long declared = -1;
        int skip = 0;
        List<String> names = List.of();
        int n;
        while (true) {
            if (!in.next()) {
                throw GrottoException.badInput(path, "holds no line with three numbers; this is no point file.");
            }
            if (isComment(in)) {
                skip++;
                continue;
            }
            n = in.split();
            if (n == 1 && in.isNumber(0) && declared < 0) {
                declared = (long) in.number(0);
                skip++;
                continue;
            }
            if (names.isEmpty() && !in.isNumber(0)) {
                names = names(in.text());
                skip++;
                continue;
            }
            break;
        }
        for (int i = 0; i < n; i++) {
            in.number(i); // names the line that is no number
        }
        if (n < 3 || (!names.isEmpty() && names.size() != n)) {
            throw GrottoException.badLine(
                    path,
                    in.number(),
                    names.isEmpty()
                            ? "at least x y z were expected, found " + n + " numbers."
                            : names.size() + " columns are named, but " + n + " numbers stand here.");
        }
        List<String> all = names;
        double most = Double.NaN;
        if (names.isEmpty()) {
            int first = n == 7 ? 4 : 3;
            Three three = n == 6 || n == 7 || n == 9 ? Three.of(in, n, first) : Three.OTHER;
            all = guess(n, three);
            most = three == Three.SHARES ? 1 : Double.NaN;
        }
        return of(path, all, n, skip, declared, !names.isEmpty(), most);
    }

    /** What three columns without names are, by their values in the first lines. */
    private enum Three {
        /** Whole numbers to 255: a colour. */
        BYTES,
        /** Of length one: a normal. */
        UNIT,
        /** Between 0 and 1, and of any length: a colour. */
        SHARES,
        OTHER;

        /** From the line at hand and those that follow. A normal may be rounded, and missing in a line or two: zero. */
        static Three of(TextLines in, int n, int first) {
            boolean bytes = true;
            boolean shares = true;
            int lines = 0;
            int unit = 0;
            do {
                double squares = 0;
                for (int i = first; i < first + 3; i++) {
                    double v = in.number(i);
                    bytes &= v == Math.rint(v) && v >= 0 && v <= 255;
                    shares &= v >= 0 && v <= 1;
                    squares += v * v;
                }
                lines++;
                unit += Math.abs(Math.sqrt(squares) - 1) < 0.02 || squares == 0 ? 1 : 0;
            } while (lines < LOOK_AHEAD && in.next() && !isComment(in) && in.split() == n);
            return bytes ? BYTES : unit >= 0.95 * lines ? UNIT : shares ? SHARES : OTHER;
        }
    }

    private static List<String> guess(int n, Three three) {
        List<String> s = new ArrayList<>(List.of("x", "y", "z"));
        List<String> c = List.of(Column.RED, Column.GREEN, Column.BLUE);
        List<String> v = List.of(Column.NX, Column.NY, Column.NZ);
        boolean colour = three == Three.BYTES || three == Three.SHARES;
        switch (n) {
            case 4 -> s.add(Column.INTENSITY);
            case 6 -> s.addAll(colour ? c : three == Three.UNIT ? v : List.of());
            case 7 -> {
                if (colour) {
                    s.add(Column.INTENSITY);
                    s.addAll(c);
                }
            }
            case 9 -> {
                if (colour) {
                    s.addAll(c);
                    s.addAll(v);
                }
            }
            default -> {}
        }
        while (s.size() < n) {
            s.add("column" + (s.size() + 1));
        }
        return s;
    }

    private static List<String> names(String line) {
        List<String> out = new ArrayList<>();
        char separator = line.indexOf(';') >= 0 ? ';' : line.indexOf(',') >= 0 ? ',' : ' ';
        StringBuilder s = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i <= line.length(); i++) {
            char c = i < line.length() ? line.charAt(i) : separator;
            if (c == '"') {
                quoted = !quoted;
            } else if ((c == separator || (separator == ' ' && c == '\t')) && (!quoted || i == line.length())) {
                if (separator != ' ' || !s.isEmpty()) {
                    out.add(s.toString().strip());
                }
                s.setLength(0);
            } else {
                s.append(c);
            }
        }
        return out;
    }

    /** @param most what a colour's channel is at the most, NaN where its values decide */
    private static TextReader of(
            Path path, List<String> names, int n, int skip, long declared, boolean named, double most) {
        int[] xyz = {-1, -1, -1};
        List<Column> columns = new ArrayList<>();
        List<Integer> at = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            String name = standard(names.get(i));
            int axis = "xyz".indexOf(name);
            if (name.length() == 1 && axis >= 0 && xyz[axis] < 0) {
                xyz[axis] = i;
            } else {
                boolean colour = name.equals(Column.RED) || name.equals(Column.GREEN) || name.equals(Column.BLUE);
                columns.add(
                        colour ? Column.of(name, Column.Type.DOUBLE, 0, most) : Column.of(name, Column.Type.DOUBLE));
                at.add(i);
            }
        }
        for (int a = 0; a < 3; a++) {
            if (xyz[a] < 0) {
                throw GrottoException.badInput(
                        path,
                        "no column is named \"" + "xyz".charAt(a) + "\" (found " + names + "); name the columns.");
            }
        }
        int[] order = new int[n];
        System.arraycopy(xyz, 0, order, 0, 3);
        for (int i = 0; i < at.size(); i++) {
            order[3 + i] = at.get(i);
        }
        String file = String.valueOf(path.getFileName());
        int dot = file.lastIndexOf('.');
        Scan scan = new Scan(
                dot > 0 ? file.substring(0, dot) : file,
                null,
                null,
                null,
                declared,
                columns,
                null,
                Column.Type.DOUBLE,
                null,
                null,
                Map.of());
        return new TextReader(path, scan, skip, n, order, named);
    }

    private static String standard(String name) {
        String s = name.toLowerCase(Locale.ROOT).replace("//", "");
        return switch (s) {
            case "x", "y", "z" -> s;
            case "nx", "normalx", "normal_x" -> Column.NX;
            case "ny", "normaly", "normal_y" -> Column.NY;
            case "nz", "normalz", "normal_z" -> Column.NZ;
            case "r", "red" -> Column.RED;
            case "g", "green" -> Column.GREEN;
            case "b", "blue" -> Column.BLUE;
            case "i", "intensity", "reflectance" -> Column.INTENSITY;
            case "gpstime", "time" -> Column.TIME;
            case "classification" -> Column.CLASSIFICATION;
            case "pointsourceid" -> Column.SOURCE;
            case "returnnumber" -> Column.RETURN;
            case "numberofreturns" -> Column.RETURNS;
            default -> name;
        };
    }

    private static boolean isComment(TextLines in) {
        String t = in.text().stripLeading();
        return t.isEmpty()
                || t.startsWith("#")
                || (t.startsWith("//") && !t.toLowerCase(Locale.ROOT).startsWith("//x"));
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public String format() {
        return named ? "text with named columns" : "text, " + tokens + " columns";
    }

    @Override
    public List<Scan> scans() {
        return List.of(scan);
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    @Override
    public List<String> notKept() {
        return List.of();
    }

    @Override
    public PointCursor points(int index) {
        TextLines in = TextLines.open(path);
        for (int i = 0; i < firstLines; i++) {
            in.next();
        }
        return new PointCursor() {
            @Override
            public boolean next(PointBatch batch) {
                int k = 0;
                while (k < batch.capacity && in.next()) {
                    int n = in.split();
                    if (n == 0) {
                        continue;
                    }
                    if (n < tokens) {
                        if (isComment(in)) {
                            continue;
                        }
                        throw GrottoException.badLine(
                                path, in.number(), tokens + " numbers were expected, found " + n + ".");
                    }
                    batch.x[k] = in.number(order[0]);
                    batch.y[k] = in.number(order[1]);
                    batch.z[k] = in.number(order[2]);
                    for (int c = 3; c < order.length; c++) {
                        batch.columns[c - 3][k] = in.number(order[c]);
                    }
                    k++;
                }
                batch.size = k;
                return k > 0;
            }

            @Override
            public void close() {
                in.close();
            }
        };
    }

    @Override
    public void close() {}
}
