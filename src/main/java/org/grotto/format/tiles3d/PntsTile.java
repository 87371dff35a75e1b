package org.grotto.format.tiles3d;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.DracoContent;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader.PointCursor;
import org.grotto.format.Remarks;
import org.grotto.format.Rows;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A pnts tile: points of which each property stands in a stretch of its own (3D Tiles 1.1, clause 12). */
final class PntsTile {
    private static final Map<String, String> NAMES =
            Map.of("Intensity", Column.INTENSITY, "Classification", Column.CLASSIFICATION, "GpsTime", Column.TIME);

    private static final String DRACO = "3DTILES_draco_point_compression";
    /** Before the names of properties, which may be those of features. */
    private static final String BATCH = "batch table: ";
    /** In place of an attribute's number: the values stand as they are; they are not read. */
    private static final int PLAIN = -1;

    private static final int LOST = -2;

    private final Content content;
    private final TileHead head;
    private final long points;
    private final Map<String, Stretch> columns = new LinkedHashMap<>();
    private final Stretch position;
    private final boolean quantised;
    private final double[] volume = new double[6];
    private final @Nullable Stretch normal;
    private final boolean folded;

    /** The tile's bytes of Draco content; null where it has none. */
    private final @Nullable Draco draco;

    /** Bytes {@code from} to {@code from + length} of the file hold the attributes of these numbers. */
    private record Draco(long from, int length, Map<String, Integer> ids) {}

    /**
     * Numbers of a property: {@code elements} of {@code type} a point, from byte {@code at} of the file on, of which
     * column {@code element} is meant.
     *
     * @param coded the attribute of the Draco content that holds them, or -1
     */
    private record Stretch(
            String name,
            Column.Type type,
            int elements,
            int element,
            long at,
            int coded,
            @Nullable String colour) {
        int bytes() {
            return elements * Rows.size(type);
        }
    }

    private PntsTile(Content content, Remarks remarks) {
        this.content = content;
        this.head = TileHead.read(content);
        JsonNode f = head.features();
        this.points = head.count(content, "POINTS_LENGTH");
        this.draco = draco(remarks);
        boolean plain = f.has("POSITION") || coded("POSITION") >= 0;
        this.quantised = !plain && f.has("POSITION_QUANTIZED");
        if (quantised) {
            position = feature("POSITION_QUANTIZED", Column.Type.UINT16, 3, null);
            System.arraycopy(head.numbers(content, "QUANTIZED_VOLUME_OFFSET", 3), 0, volume, 0, 3);
            System.arraycopy(head.numbers(content, "QUANTIZED_VOLUME_SCALE", 3), 0, volume, 3, 3);
        } else {
            position = feature("POSITION", Column.Type.FLOAT, 3, null);
        }
        Stretch colour = has("RGBA")
                ? feature("RGBA", Column.Type.UINT8, 4, "RGBA")
                : has("RGB")
                        ? feature("RGB", Column.Type.UINT8, 3, "RGB")
                        : has("RGB565")
                                ? feature("RGB565", Column.Type.UINT16, 1, "RGB565")
                                : has("CONSTANT_RGBA")
                                        ? new Stretch("CONSTANT_RGBA", Column.Type.UINT8, 4, 0, -1, -1, "CONSTANT")
                                        : null;
        if (colour != null) {
            columns.put(Column.RED, colour);
            columns.put(Column.GREEN, colour);
            columns.put(Column.BLUE, colour);
        }
        this.folded = !has("NORMAL") && has("NORMAL_OCT16P");
        this.normal = has("NORMAL")
                ? feature("NORMAL", Column.Type.FLOAT, 3, null)
                : folded ? feature("NORMAL_OCT16P", Column.Type.UINT8, 2, null) : null;
        if (normal != null) {
            columns.put(Column.NX, normal);
            columns.put(Column.NY, normal);
            columns.put(Column.NZ, normal);
        }
        if (has("BATCH_ID")) {
            Column.Type type = type(f.path("BATCH_ID").path("componentType").asString("UNSIGNED_SHORT"));
            columns.put("batch", feature("BATCH_ID", type == null ? Column.Type.UINT16 : type, 1, null));
            if (!head.batches().isEmpty()) {
                remarks.lost("properties of batches (the column batch refers to them)");
            }
        } else {
            properties(remarks);
        }
    }

    /** What 3DTILES_draco_point_compression says, of the points' features and of their properties. */
    private @Nullable Draco draco(Remarks remarks) {
        JsonNode coded = head.features().path("extensions").path(DRACO);
        if (coded.isMissingNode()) {
            return null;
        }
        JsonNode from = coded.path("byteOffset");
        JsonNode length = coded.path("byteLength");
        long at = from.isIntegralNumber() ? from.asLong(-1) : -1;
        long n = length.isIntegralNumber() ? length.asLong(-1) : -1;
        if (at < 0 || n < 0 || n > Integer.MAX_VALUE - 64 || at > head.binaryLength() || n > head.binaryLength() - at) {
            throw bad("says that its Draco content are " + n + " bytes from byte " + at + " of " + head.binaryLength()
                    + ", where they do not fit");
        }
        Map<String, Integer> ids = new HashMap<>();
        for (JsonNode table : List.of(head.features(), head.batches())) {
            for (Map.Entry<String, JsonNode> e :
                    table.path("extensions").path(DRACO).path("properties").properties()) {
                if (!e.getValue().isInt() || e.getValue().intValue() < 0) {
                    throw bad(
                            "says of " + Remarks.shown(e.getKey()) + " in its Draco content no number of an attribute");
                }
                ids.put(
                        (table == head.features() ? "" : BATCH) + e.getKey(),
                        e.getValue().intValue());
            }
        }
        Draco d = new Draco(head.binary() + at, (int) n, ids);
        if (tree(d)) {
            for (String key : List.copyOf(ids.keySet())) {
                if (!key.equals("POSITION")) {
                    remarks.lost(
                            "what Draco content sorted by a kd-tree holds beside places",
                            key.startsWith(BATCH) ? key.substring(BATCH.length()) : key);
                    ids.put(key, LOST);
                }
            }
        }
        return d;
    }

    private boolean tree(Draco d) {
        try (FileChannel in = FileChannel.open(content.file(), StandardOpenOption.READ)) {
            return DracoContent.tree(TileHead.bytes(content.file(), in, d.from, Math.min(d.length, DracoContent.HEAD))
                    .array());
        } catch (IOException e) {
            throw GrottoException.io(content.file(), e);
        }
    }

    /** Whether a feature is there and is read. */
    private boolean has(String key) {
        return head.features().has(key) && coded(key) != LOST;
    }

    private int coded(String key) {
        return draco == null ? PLAIN : draco.ids.getOrDefault(key, PLAIN);
    }

    static PntsTile read(Content content, Remarks remarks) {
        return new PntsTile(content, remarks);
    }

    private GrottoException bad(String what) {
        return GrottoException.badInput(
                content.file(), content.from(), "this pnts tile " + what + "; copy the folder again" + TileHead.GOING);
    }

    private Stretch feature(String key, Column.Type type, int elements, @Nullable String colour) {
        int coded = coded(key);
        long at = coded >= 0 ? 0 : head.stretch(content, key, points, elements * Rows.size(type));
        return new Stretch(key, type, elements, 0, at, coded, colour);
    }

    /** Properties that each point has of its own; a vector is as many columns. */
    private void properties(Remarks remarks) {
        for (Map.Entry<String, JsonNode> e : head.batches().properties()) {
            JsonNode p = e.getValue();
            Column.Type type = type(p.path("componentType").asString(""));
            int elements = switch (p.path("type").asString("")) {
                case "SCALAR" -> 1;
                case "VEC2" -> 2;
                case "VEC3" -> 3;
                case "VEC4" -> 4;
                default -> 0;
            };
            if (type == null || elements == 0) {
                if (!e.getKey().equals("extensions") && !e.getKey().equals("extras")) {
                    remarks.lost("properties of points that are no numbers", e.getKey());
                }
                continue;
            }
            int coded = coded(BATCH + e.getKey());
            long at = p.path("byteOffset").asLong(-1);
            int bytes = elements * Rows.size(type);
            if (coded == LOST) {
                continue;
            }
            if (coded == PLAIN
                    && (at < 0 || at > head.batchBinaryLength() || points > (head.batchBinaryLength() - at) / bytes)) {
                throw bad("has a property \"" + Remarks.shown(e.getKey()) + "\" whose bytes lie outside it");
            }
            String name = NAMES.getOrDefault(e.getKey(), Remarks.shown(e.getKey()));
            for (int k = 0; k < elements; k++) {
                String one = elements == 1 ? name : name + " " + (k + 1);
                columns.putIfAbsent(one, new Stretch(one, type, elements, k, head.batchBinary() + at, coded, null));
            }
        }
    }

    private static Column.@Nullable Type type(String name) {
        return switch (name) {
            case "BYTE" -> Column.Type.INT8;
            case "UNSIGNED_BYTE" -> Column.Type.UINT8;
            case "SHORT" -> Column.Type.INT16;
            case "UNSIGNED_SHORT" -> Column.Type.UINT16;
            case "INT" -> Column.Type.INT32;
            case "UNSIGNED_INT" -> Column.Type.UINT32;
            case "FLOAT" -> Column.Type.FLOAT;
            case "DOUBLE" -> Column.Type.DOUBLE;
            default -> null;
        };
    }

    /** Whether a number is one of those that a type has. */
    private static boolean holds(Column.Type type, double v) {
        return switch (type) {
            case INT8 -> v >= Byte.MIN_VALUE && v <= Byte.MAX_VALUE && v == Math.rint(v);
            case UINT8 -> v >= 0 && v <= 0xFF && v == Math.rint(v);
            case INT16 -> v >= Short.MIN_VALUE && v <= Short.MAX_VALUE && v == Math.rint(v);
            case UINT16 -> v >= 0 && v <= 0xFFFF && v == Math.rint(v);
            case INT32 -> v >= Integer.MIN_VALUE && v <= Integer.MAX_VALUE && v == Math.rint(v);
            case UINT32 -> v >= 0 && v <= 0xFFFFFFFFL && v == Math.rint(v);
            default -> true;
        };
    }

    long points() {
        return points;
    }

    /** Where its points stand, roughly, in its own frame: told without reading them all. */
    double[] middle() {
        double[] c = head.centre(content);
        if (quantised) {
            for (int k = 0; k < 3; k++) {
                c[k] += volume[k] + volume[3 + k] / 2;
            }
        } else if (points > 0 && !head.features().has("RTC_CENTER")) {
            PointBatch first = new PointBatch(List.of(), 1);
            try (PointCursor cursor = open(Matrix.NONE)) {
                cursor.next(first);
            }
            return new double[] {first.x[0], first.y[0], first.z[0]};
        }
        return c;
    }

    /** The columns beside x, y, z, in this tile's order. */
    List<Column> columns() {
        return columns.entrySet().stream()
                .map(e -> {
                    Stretch s = e.getValue();
                    if (s.colour != null) {
                        return Column.of(e.getKey(), Column.Type.UINT8, 0, 255);
                    }
                    if (s.equals(normal)) {
                        return Column.of(e.getKey(), Column.Type.FLOAT);
                    }
                    return s.type == Column.Type.UINT8
                            ? Column.of(e.getKey(), s.type, 0, 255)
                            : s.type == Column.Type.UINT16
                                    ? Column.of(e.getKey(), s.type, 0, 65535)
                                    : Column.of(e.getKey(), s.type);
                })
                .toList();
    }

    /**
     * The points in the frame {@code place} leads to; columns that the tile has not are 0.
     *
     * @param place from the tile's frame on
     */
    PointCursor open(double[] place) {
        try {
            return new Cursor(FileChannel.open(content.file(), StandardOpenOption.READ), place);
        } catch (IOException e) {
            throw GrottoException.io(content.file(), e);
        }
    }

    private final class Cursor implements PointCursor {
        private final FileChannel in;
        private final double[] place;
        private final double[] turned;
        private final Map<Integer, DracoContent.Values> values = new HashMap<>();
        private @Nullable DracoContent decoded;
        private long done;
        private byte[] part = {};
        private long partAt = -1;

        Cursor(FileChannel in, double[] place) {
            this.in = in;
            double[] c = head.centre(content);
            this.place = Matrix.times(place, Matrix.shift(c[0], c[1], c[2]));
            this.turned = Matrix.normals(place);
        }

        /** The bytes of the next points' property; those asked for last are kept, for its other numbers. */
        private byte[] part(Stretch s, int n) throws IOException {
            long at = s.at + done * s.bytes();
            if (at != partAt) {
                part = TileHead.bytes(content.file(), in, at, n * s.bytes()).array();
                partAt = at;
            }
            return part;
        }

        private double[] numbers(Stretch s, int element, int n) throws IOException {
            double[] v = new double[n];
            if (s.coded < 0) {
                Rows.field(s.type, element * Rows.size(s.type), 1, 0).take(part(s, n), s.bytes(), n, v, 0);
                return v;
            }
            DracoContent.Values a = attribute(s);
            int size = Rows.size(a.type());
            int from = (int) done * a.elements() * size;
            byte[] rows = Arrays.copyOfRange(a.bytes(), from, from + n * a.elements() * size);
            Rows.field(a.type(), element * size, 1, 0).take(rows, a.elements() * size, n, v, 0);
            for (double one : v) {
                if (!holds(s.type, one)) {
                    throw bad("says that " + s.name + " is of type " + s.type + ", and its Draco content holds " + one);
                }
            }
            return v;
        }

        /** A property in the Draco content, which is decoded when it is first asked for. */
        private DracoContent.Values attribute(Stretch s) throws IOException {
            if (decoded == null) {
                Draco d = Objects.requireNonNull(draco);
                byte[] bytes =
                        TileHead.bytes(content.file(), in, d.from, d.length).array();
                decoded = DracoContent.points(bytes, points, new DracoContent.Refusals() {
                    @Override
                    public GrottoException bad(String sentence) {
                        return PntsTile.this.bad("is damaged: " + sentence);
                    }

                    @Override
                    public GrottoException unsupported(String sentence) {
                        return GrottoException.unsupported(content.file(), "has a tile of which " + sentence + ".");
                    }
                });
            }
            DracoContent.Values a = values.get(s.coded);
            if (a == null) {
                a = decoded.attribute(s.coded, s.name);
                values.put(s.coded, a);
            }
            if (a.elements() != s.elements) {
                throw bad("says that " + s.name + " is " + s.elements + " numbers a point, and its Draco content has "
                        + a.elements());
            }
            return a;
        }

        @Override
        public boolean next(PointBatch b) {
            int n = (int) Math.min(Math.min(b.capacity, 1 << 15), points - done);
            b.size = n;
            if (n == 0) {
                return false;
            }
            try {
                positions(b, n);
                for (int c = 0; c < b.columns.length; c++) {
                    Column column = b.schema.get(c);
                    Stretch s = columns.get(column.name());
                    if (s == null) {
                        Arrays.fill(b.columns[c], 0, n, 0);
                    } else if (s.colour != null) {
                        colour(
                                s,
                                List.of(Column.RED, Column.GREEN, Column.BLUE).indexOf(column.name()),
                                b.columns[c],
                                n);
                    } else if (s.equals(normal)) {
                        normal(s, List.of(Column.NX, Column.NY, Column.NZ).indexOf(column.name()), b.columns[c], n);
                    } else {
                        System.arraycopy(numbers(s, s.element, n), 0, b.columns[c], 0, n);
                    }
                }
            } catch (IOException e) {
                throw GrottoException.io(content.file(), e);
            }
            done += n;
            return true;
        }

        private void positions(PointBatch b, int n) throws IOException {
            double[][] p = new double[3][];
            for (int k = 0; k < 3; k++) {
                p[k] = numbers(position, k, n);
                for (int i = 0; i < n && quantised; i++) {
                    p[k][i] = p[k][i] * volume[3 + k] / 65535 + volume[k];
                }
            }
            for (int i = 0; i < n; i++) {
                b.x[i] = Matrix.place(place, 0, p[0][i], p[1][i], p[2][i]);
                b.y[i] = Matrix.place(place, 1, p[0][i], p[1][i], p[2][i]);
                b.z[i] = Matrix.place(place, 2, p[0][i], p[1][i], p[2][i]);
            }
        }

        private void colour(Stretch s, int channel, double[] to, int n) throws IOException {
            if ("CONSTANT".equals(s.colour)) {
                double v = head.features().path("CONSTANT_RGBA").path(channel).asDouble(0);
                Arrays.fill(to, 0, n, v >= 0 && v <= 255 ? v : 0);
                return;
            }
            double[] v = numbers(s, s.colour != null && s.colour.equals("RGB565") ? 0 : channel, n);
            if (s.type == Column.Type.UINT16) {
                int bits = channel == 1 ? 6 : 5;
                int shift = channel == 0 ? 11 : channel == 1 ? 5 : 0;
                int full = (1 << bits) - 1;
                for (int i = 0; i < n; i++) {
                    v[i] = Math.rint(((int) v[i] >> shift & full) * 255.0 / full);
                }
            }
            System.arraycopy(v, 0, to, 0, n);
        }

        private void normal(Stretch s, int axis, double[] to, int n) throws IOException {
            double[][] v = new double[s.elements][];
            for (int k = 0; k < s.elements; k++) {
                v[k] = numbers(s, k, n);
            }
            double[] p = new double[3];
            for (int i = 0; i < n; i++) {
                if (folded) {
                    Octahedron.unfold(v[0][i] / 255, v[1][i] / 255, p);
                } else {
                    p[0] = v[0][i];
                    p[1] = v[1][i];
                    p[2] = v[2][i];
                }
                Matrix.normal(turned, p);
                to[i] = (float) p[axis];
            }
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw GrottoException.io(content.file(), e);
            }
        }
    }
}
