package org.grotto.format.tiles3d;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
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

    private final Content content;
    private final TileHead head;
    private final long points;
    private final Map<String, Stretch> columns = new LinkedHashMap<>();
    private final Stretch position;
    private final boolean quantised;
    private final double[] volume = new double[6];
    private final @Nullable Stretch normal;
    private final boolean folded;

    /** Numbers of a property: {@code elements} of {@code type} a point, from byte {@code at} of the file on. */
    private record Stretch(
            String name,
            Column.Type type,
            int elements,
            long at,
            @Nullable String colour) {
        int bytes() {
            return elements * Rows.size(type);
        }
    }

    private PntsTile(Content content, Remarks remarks) {
        this.content = content;
        this.head = TileHead.read(content);
        JsonNode f = head.features();
        this.points = f.path("POINTS_LENGTH").isIntegralNumber()
                ? f.path("POINTS_LENGTH").asLong(-1)
                : -1;
        if (points < 0) {
            throw bad("has no POINTS_LENGTH");
        }
        if (f.path("extensions").has("3DTILES_draco_point_compression")) {
            throw GrottoException.unsupported(
                    content.file(),
                    "is compressed by Draco, which is not read; export it without compression, or as LAZ.");
        }
        this.quantised = !f.has("POSITION") && f.has("POSITION_QUANTIZED");
        if (quantised) {
            position = feature("POSITION_QUANTIZED", Column.Type.UINT16, 3, null);
            volume(f, "QUANTIZED_VOLUME_OFFSET", 0);
            volume(f, "QUANTIZED_VOLUME_SCALE", 3);
        } else {
            position = feature("POSITION", Column.Type.FLOAT, 3, null);
        }
        Stretch colour = f.has("RGBA")
                ? feature("RGBA", Column.Type.UINT8, 4, "RGBA")
                : f.has("RGB")
                        ? feature("RGB", Column.Type.UINT8, 3, "RGB")
                        : f.has("RGB565")
                                ? feature("RGB565", Column.Type.UINT16, 1, "RGB565")
                                : f.has("CONSTANT_RGBA")
                                        ? new Stretch("CONSTANT_RGBA", Column.Type.UINT8, 4, -1, "CONSTANT")
                                        : null;
        if (colour != null) {
            columns.put(Column.RED, colour);
            columns.put(Column.GREEN, colour);
            columns.put(Column.BLUE, colour);
        }
        this.folded = !f.has("NORMAL") && f.has("NORMAL_OCT16P");
        this.normal = f.has("NORMAL")
                ? feature("NORMAL", Column.Type.FLOAT, 3, null)
                : folded ? feature("NORMAL_OCT16P", Column.Type.UINT8, 2, null) : null;
        if (normal != null) {
            columns.put(Column.NX, normal);
            columns.put(Column.NY, normal);
            columns.put(Column.NZ, normal);
        }
        if (f.has("BATCH_ID")) {
            Column.Type type = type(f.path("BATCH_ID").path("componentType").asString("UNSIGNED_SHORT"));
            columns.put("batch", feature("BATCH_ID", type == null ? Column.Type.UINT16 : type, 1, null));
            if (!head.batches().isEmpty()) {
                remarks.lost("properties of batches (the column batch refers to them)");
            }
        } else {
            properties(remarks);
        }
    }

    static PntsTile read(Content content, Remarks remarks) {
        return new PntsTile(content, remarks);
    }

    private GrottoException bad(String what) {
        return GrottoException.badInput(
                content.file(),
                content.from(),
                "this pnts tile " + what + "; copy the folder again, or --keep-going would take the other tiles.");
    }

    private void volume(JsonNode f, String key, int to) {
        JsonNode list = f.path(key);
        for (int i = 0; i < 3; i++) {
            double v = list.size() == 3 && list.get(i).isNumber() ? list.get(i).doubleValue() : Double.NaN;
            if (!Double.isFinite(v)) {
                throw bad("has no " + key + " of three numbers");
            }
            volume[to + i] = v;
        }
    }

    private Stretch feature(String key, Column.Type type, int elements, @Nullable String colour) {
        JsonNode offset = head.features().path(key).path("byteOffset");
        long at = offset.isIntegralNumber() ? offset.asLong(-1) : -1;
        Stretch s = new Stretch(key, type, elements, head.binary() + at, colour);
        if (at < 0 || at > head.binaryLength() || points > (head.binaryLength() - at) / s.bytes()) {
            throw bad("says that " + key + " of its " + points + " points begins at byte " + at + " of "
                    + head.binaryLength() + ", where they do not fit");
        }
        return s;
    }

    /** Properties that each point has of its own. */
    private void properties(Remarks remarks) {
        for (Map.Entry<String, JsonNode> e : head.batches().properties()) {
            JsonNode p = e.getValue();
            Column.Type type = type(p.path("componentType").asString(""));
            long at = p.path("byteOffset").asLong(-1);
            if (type == null || !p.path("type").asString("").equals("SCALAR")) {
                if (!e.getKey().equals("extensions") && !e.getKey().equals("extras")) {
                    remarks.lost("properties of points that are no numbers", e.getKey());
                }
                continue;
            }
            if (at < 0 || at > head.batchBinaryLength() || points > (head.batchBinaryLength() - at) / Rows.size(type)) {
                throw bad("has a property \"" + Remarks.shown(e.getKey()) + "\" whose bytes lie outside it");
            }
            String name = NAMES.getOrDefault(e.getKey(), Remarks.shown(e.getKey()));
            columns.putIfAbsent(name, new Stretch(name, type, 1, head.batchBinary() + at, null));
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

    long points() {
        return points;
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
        private long done;

        Cursor(FileChannel in, double[] place) {
            this.in = in;
            double[] c = head.centre();
            this.place = Matrix.times(place, Matrix.shift(c[0], c[1], c[2]));
            this.turned = Matrix.normals(place);
        }

        private byte[] part(Stretch s, int n) throws IOException {
            return TileHead.bytes(content.file(), in, s.at + done * s.bytes(), n * s.bytes())
                    .array();
        }

        private double[] numbers(Stretch s, byte[] rows, int element, int n) {
            double[] v = new double[n];
            Rows.field(s.type, element * Rows.size(s.type), 1, 0).take(rows, s.bytes(), n, v, 0);
            return v;
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
                        java.util.Arrays.fill(b.columns[c], 0, n, 0);
                    } else if (s.colour != null) {
                        colour(
                                s,
                                List.of(Column.RED, Column.GREEN, Column.BLUE).indexOf(column.name()),
                                b.columns[c],
                                n);
                    } else if (s.equals(normal)) {
                        normal(s, List.of(Column.NX, Column.NY, Column.NZ).indexOf(column.name()), b.columns[c], n);
                    } else {
                        System.arraycopy(numbers(s, part(s, n), 0, n), 0, b.columns[c], 0, n);
                    }
                }
            } catch (IOException e) {
                throw GrottoException.io(content.file(), e);
            }
            done += n;
            return true;
        }

        private void positions(PointBatch b, int n) throws IOException {
            byte[] rows = part(position, n);
            double[][] p = new double[3][];
            for (int k = 0; k < 3; k++) {
                p[k] = numbers(position, rows, k, n);
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
            if (s.at < 0) {
                double v = head.features().path("CONSTANT_RGBA").path(channel).asDouble(0);
                java.util.Arrays.fill(to, 0, n, v >= 0 && v <= 255 ? v : 0);
                return;
            }
            double[] v = numbers(s, part(s, n), s.colour != null && s.colour.equals("RGB565") ? 0 : channel, n);
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
            byte[] rows = part(s, n);
            double[][] v = new double[s.elements][];
            for (int k = 0; k < s.elements; k++) {
                v[k] = numbers(s, rows, k, n);
            }
            double[] p = new double[3];
            for (int i = 0; i < n; i++) {
                if (folded) {
                    double x = v[0][i] / 255 * 2 - 1;
                    double y = v[1][i] / 255 * 2 - 1;
                    double z = 1 - Math.abs(x) - Math.abs(y);
                    p[0] = z >= 0 ? x : (1 - Math.abs(y)) * Math.copySign(1, x);
                    p[1] = z >= 0 ? y : (1 - Math.abs(x)) * Math.copySign(1, y);
                    p[2] = z;
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
