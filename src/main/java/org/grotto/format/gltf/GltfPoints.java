package org.grotto.format.gltf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Remarks;
import org.grotto.format.Repeats;
import org.grotto.format.Salvage;
import org.grotto.format.Scan;
import org.grotto.format.Stated;
import org.grotto.image.Srgb;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The single points of a glTF asset's scene as one scan, Z up: places, normals, colours, and columns named {@code _NAME}. */
final class GltfPoints implements PointReader {
    private static final String[] COLOUR = {Column.RED, Column.GREEN, Column.BLUE};
    private static final String[] NORMAL = {Column.NX, Column.NY, Column.NZ};

    private final Path path;
    private final Gltf gltf;
    private final double[] origin;
    private final List<Shown> shown = new ArrayList<>();
    private final Remarks remarks = new Remarks();
    private final Scan scan;
    /** Points that the file says it has, and ends before. */
    private long cut;

    /** A primitive where it is shown. */
    private record Shown(
            double[] place,
            Accessor position,
            @Nullable Accessor colour,
            @Nullable Accessor normal,
            Map<String, Accessor> own) {}

    /** @param keepGoing take of a damaged file the points that are whole; else it is refused, and told how many it has */
    static GltfPoints open(Path path, boolean keepGoing) {
        try {
            return open(path, 0, -1, keepGoing);
        } catch (GrottoException e) {
            throw keepGoing ? e : Salvage.offeringPoints(e, () -> left(path));
        }
    }

    private static long left(Path path) {
        try (GltfPoints damaged = open(path, 0, -1, true)) {
            return damaged.scan.count();
        }
    }

    static GltfPoints open(Path path, long from, long length) {
        return open(path, from, length, false);
    }

    private static GltfPoints open(Path path, long from, long length, boolean keepGoing) {
        Gltf gltf = Gltf.file(path, from, length, keepGoing);
        try {
            return new GltfPoints(path, gltf);
        } catch (RuntimeException | Error e) {
            gltf.close();
            throw e;
        }
    }

    private GltfPoints(Path path, Gltf gltf) {
        this.path = path;
        this.gltf = gltf;
        GlbReader.requireKnown(gltf);
        JsonNode scene = GltfScene.of(gltf);
        this.origin = GlbReader.origin(gltf, scene);
        long[] total = new long[1];
        long most = Repeats.most() + gltf.bytes();
        Map<String, Column> columns = new LinkedHashMap<>();
        GltfScene.walk(gltf, scene, (mesh, node, m) -> {
            for (JsonNode p : gltf.list(mesh, "primitives")) {
                if (gltf.whole(p, "mode", 4) != 0) {
                    remarks.lost("triangles and lines");
                } else if (p.path("attributes").has("POSITION")) {
                    Shown s = gltf.tolerant(
                            () -> shown(p.path("attributes"), m, columns), "damaged parts of clouds", remarks);
                    if (s == null) {
                        continue;
                    }
                    shown.add(s);
                    total[0] += s.position.count();
                }
            }
        });
        if (total[0] > most) {
            throw gltf.unsupported("its scene " + Repeats.tooMany(total[0], "points", most));
        }
        if (shown.isEmpty()) {
            throw gltf.bad("shows no point");
        }
        if (cut > 0) {
            remarks.lost(cut + " points: the file ends before them");
        }
        this.scan = new Scan(
                String.valueOf(path.getFileName()),
                null,
                null,
                null,
                total[0],
                List.copyOf(columns.values()),
                null,
                Column.Type.FLOAT,
                null,
                null,
                Map.of());
    }

    private Shown shown(JsonNode attributes, double[] m, Map<String, Column> columns) {
        long index = gltf.whole(attributes, "POSITION");
        Accessor position = Accessor.begun(gltf, index);
        if (position.components() != 3) {
            throw gltf.bad("POSITION has " + position.components() + " numbers a point instead of 3");
        }
        int said = (int) gltf.whole(gltf.item("accessors", index), "count");
        cut += said - position.count();
        Accessor colour = matching(attributes, "COLOR_0", said, 3, 4);
        Accessor normal = matching(attributes, "NORMAL", said, 3, 3);
        for (int k = 0; k < 3; k++) {
            if (colour != null) {
                columns.putIfAbsent(COLOUR[k], Column.of(COLOUR[k], Column.Type.UINT8, 0, 255));
            }
            if (normal != null) {
                columns.putIfAbsent(NORMAL[k], Column.of(NORMAL[k], Column.Type.FLOAT));
            }
        }
        Map<String, Accessor> own = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> e : attributes.properties()) {
            String key = e.getKey();
            if (!key.startsWith("_")) {
                continue;
            }
            Accessor a = matching(attributes, key, said, 1, 4);
            if (a == null) {
                continue;
            }
            if (a.components() != 1) {
                remarks.lost("columns of several numbers", key);
                continue;
            }
            String name = key.equals("_INTENSITY")
                    ? Column.INTENSITY
                    : key.equals("_CLASSIFICATION") ? Column.CLASSIFICATION : Remarks.shown(key.substring(1));
            own.put(name, a);
            columns.putIfAbsent(name, Column.of(name, type(a)));
        }
        return new Shown(m, position, colour, normal, own);
    }

    private static Column.Type type(Accessor a) {
        return a.normalized()
                ? Column.Type.FLOAT
                : switch (a.type()) {
                    case Accessor.BYTE -> Column.Type.INT8;
                    case Accessor.UNSIGNED_BYTE -> Column.Type.UINT8;
                    case Accessor.SHORT -> Column.Type.INT16;
                    case Accessor.UNSIGNED_SHORT -> Column.Type.UINT16;
                    case Accessor.UNSIGNED_INT -> Column.Type.UINT32;
                    default -> Column.Type.FLOAT;
                };
    }

    private @Nullable Accessor matching(JsonNode attributes, String key, int n, int least, int most) {
        if (!attributes.has(key)) {
            return null;
        }
        return gltf.tolerant(
                () -> {
                    Accessor a = Accessor.of(gltf, gltf.whole(attributes, key));
                    if (a.count() != n || a.components() < least || a.components() > most) {
                        throw gltf.bad(Remarks.shown(key) + " has " + a.count() + " elements of " + a.components()
                                + " numbers, but there are " + n + " points");
                    }
                    return a;
                },
                "damaged columns of points",
                remarks);
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public String format() {
        return "glTF " + gltf.json.path("asset").path("version").asString("") + ", points";
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
    public Stated stated() {
        return new Stated(1, 1, false, "y", true, "glTF", null);
    }

    @Override
    public List<String> notKept() {
        return remarks.notKept();
    }

    @Override
    public PointCursor points(int index) {
        Objects.checkIndex(index, 1);
        return new Cursor();
    }

    @Override
    public void close() {
        gltf.close();
    }

    private final class Cursor implements PointCursor {
        private int at;
        private int done;

        @Override
        public boolean next(PointBatch b) {
            b.size = 0;
            while (b.size < b.capacity && at < shown.size()) {
                Shown s = shown.get(at);
                int n = Math.min(b.capacity - b.size, s.position.count() - done);
                fill(s, b, n);
                b.size += n;
                done += n;
                if (done == s.position.count()) {
                    at++;
                    done = 0;
                }
            }
            return b.size > 0;
        }

        private void fill(Shown s, PointBatch b, int n) {
            double[] m = s.place;
            for (int i = 0; i < n; i++) {
                double x = s.position.value(done + i, 0);
                double y = s.position.value(done + i, 1);
                double z = s.position.value(done + i, 2);
                b.x[b.size + i] = m[0] * x + m[4] * y + m[8] * z + m[12] + origin[0];
                b.y[b.size + i] = m[1] * x + m[5] * y + m[9] * z + m[13] + origin[1];
                b.z[b.size + i] = m[2] * x + m[6] * y + m[10] * z + m[14] + origin[2];
            }
            for (int c = 0; c < b.columns.length; c++) {
                String name = b.schema.get(c).name();
                int channel = List.of(COLOUR).indexOf(name);
                int axis = List.of(NORMAL).indexOf(name);
                Accessor own = s.own.get(name);
                double[] to = b.columns[c];
                for (int i = 0; i < n; i++) {
                    int e = done + i;
                    to[b.size + i] = channel >= 0 && s.colour != null
                            ? Srgb.coded16(s.colour.value(e, channel)) & 0xFF
                            : axis >= 0 && s.normal != null
                                    ? m[axis] * s.normal.value(e, 0)
                                            + m[4 + axis] * s.normal.value(e, 1)
                                            + m[8 + axis] * s.normal.value(e, 2)
                                    : own != null ? own.value(e, 0) : 0;
                }
            }
        }

        @Override
        public void close() {}
    }
}
