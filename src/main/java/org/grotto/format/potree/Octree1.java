package org.grotto.format.potree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.Format;
import org.grotto.format.InFolder;
import org.grotto.format.LasTiles;
import org.grotto.format.Levels;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader.PointCursor;
import org.grotto.format.Reading;
import org.grotto.format.Remarks;
import org.grotto.format.Rows;
import org.grotto.geometry.Box;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Potree 1.3 to 1.8: {@code cloud.js}, one file a node. Nodes and counts stand in {@code cloud.js} itself up to 1.4, in
 * chunks (.hrc) after it. Positions of binary files are whole numbers from the corner of the node's cube on, in steps of
 * {@code scale}; up to 1.3 they are floats, of the cloud's corner or of nothing, which its tight bounds decide.
 */
final class Octree1 extends Octree {
    private static final String WHOLE = "; copy the folder again, whole.";

    private final Path data;
    private final Reading reading;
    private final String version;
    private final boolean old;
    private final String packing;
    private final @Nullable Attributes attributes;
    private final LasTiles las;
    private final Box cube;
    private final Box bounds;
    private final double step;
    private final int hierarchyStep;
    private final boolean flat;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Column> columns;
    private final double[] oldOrigin;

    Octree1(Path file, JsonNode json, Reading reading, Format.PointInput las) {
        super(file, json);
        this.reading = reading;
        this.las = new LasTiles(las, reading.work());
        this.version = json.path("version").asString("");
        if (!version.matches("1\\.[3-8](\\..*)?")) {
            throw GrottoException.unsupported(
                    file, "is Potree of version \"" + Remarks.shown(version) + "\"; 1.3 to 1.8, and 2.0, are read.");
        }
        this.old = version.startsWith("1.3");
        this.data = data(file, json.path("octreeDir").asString(""));
        JsonNode listed = json.path("pointAttributes");
        this.packing = listed.isString() ? listed.stringValue().toUpperCase(Locale.ROOT) : "BINARY";
        if (listed.isString() && !packing.equals("LAS") && !packing.equals("LAZ")) {
            throw GrottoException.unsupported(
                    file,
                    "has tiles of the type \"" + Remarks.shown(packing) + "\"; LAS, LAZ and binary ones are read.");
        }
        this.attributes = listed.isString() ? null : Attributes.of1(file, listed);
        this.cube = box(json.path("boundingBox"), "boundingBox");
        this.bounds = json.path("tightBoundingBox").isObject()
                ? box(json.path("tightBoundingBox"), "tightBoundingBox")
                : cube;
        this.step = json.path("scale").asDouble(Double.NaN);
        if (attributes != null && !old && !(step > 0 && step < Double.POSITIVE_INFINITY)) {
            throw GrottoException.badInput(file, "has no \"scale\", so its positions have no size; copy it again.");
        }
        this.flat = json.path("hierarchy").isArray();
        this.hierarchyStep = json.path("hierarchyStepSize").asInt(0);
        if (flat) {
            listed(json.path("hierarchy"));
        } else {
            chunks();
        }
        nodes.sort(Comparator.comparingInt(Node::level).thenComparing(Node::name));
        uncounted();
        this.columns = attributes != null ? List.copyOf(attributes.columns) : tileColumns();
        this.oldOrigin = old && attributes != null ? oldOrigin(attributes) : new double[3];
    }

    /** The folder with the nodes, which cloud.js names. */
    static Path data(Path file, String octreeDir) {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().normalize().getParent());
        return octreeDir.equals(".") || octreeDir.equals("./") ? folder : InFolder.file(folder, file, octreeDir);
    }

    private Box box(JsonNode b, String key) {
        double[] v = new double[6];
        String[] keys = {"lx", "ly", "lz", "ux", "uy", "uz"};
        for (int i = 0; i < 6; i++) {
            v[i] = b.path(keys[i]).isNumber() ? b.path(keys[i]).doubleValue() : Double.NaN;
            if (!Double.isFinite(v[i])) {
                throw GrottoException.badInput(
                        file,
                        "its \"" + key + "\" has no number " + keys[i]
                                + ", so its nodes have no place; copy it again.");
            }
        }
        return new Box(v[0], v[1], v[2], v[3], v[4], v[5]);
    }

    private void listed(JsonNode hierarchy) {
        Set<String> seen = new HashSet<>();
        for (JsonNode n : hierarchy) {
            String name = n.path(0).asString("");
            long points = n.path(1).asLong(-1);
            if (!name.matches("r[0-7]*") || name.length() > Levels.DEEPEST || points < 0 || points > 1L << 40) {
                throw GrottoException.badInput(
                        file, "its hierarchy holds " + Remarks.shown(n.toString()) + ", which is no node" + WHOLE);
            }
            if (!seen.add(name)) {
                throw GrottoException.badInput(file, "its hierarchy names the node " + name + " twice" + WHOLE);
            }
            nodes.add(new Node(name, points, 0, 0));
        }
    }

    /** Reads the chunks of the hierarchy: each holds the levels below one node, and names by its last level the next ones. */
    private void chunks() {
        if (hierarchyStep < 1 || hierarchyStep > Levels.DEEPEST) {
            throw GrottoException.badInput(
                    file, "has neither a list of nodes nor a hierarchyStepSize of 1 to " + Levels.DEEPEST + ".");
        }
        ArrayDeque<String> roots = new ArrayDeque<>(List.of("r"));
        while (!roots.isEmpty()) {
            String root = roots.remove();
            Path chunk = data.resolve(folder(root)).resolve(root + ".hrc");
            try {
                chunk(chunk, root, roots);
            } catch (GrottoException e) {
                if (!reading.keepGoing() || root.equals("r")) {
                    throw e;
                }
                remarks.lost("parts of the hierarchy that are missing or damaged", root);
            }
        }
    }

    private void chunk(Path chunk, String root, ArrayDeque<String> roots) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(chunk);
        } catch (IOException e) {
            throw GrottoException.badInput(
                    chunk, "is missing, or cannot be read, and says where points are" + WHOLE, e);
        }
        ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        ArrayDeque<String> due = new ArrayDeque<>(List.of(root));
        boolean known = !root.equals("r"); // the chunk above has it, too
        while (!due.isEmpty()) {
            String name = due.remove();
            if (b.remaining() < 5) {
                throw GrottoException.badInput(
                        chunk, bytes.length, "the hierarchy ends before the node " + name + WHOLE);
            }
            int children = b.get() & 0xFF;
            long points = b.getInt() & 0xFFFFFFFFL;
            if (!known) {
                nodes.add(new Node(name, points, 0, 0));
            }
            known = false;
            if (children != 0 && name.length() > Levels.DEEPEST) {
                throw GrottoException.badInput(chunk, "the hierarchy is deeper than " + Levels.DEEPEST + " levels.");
            }
            if (children != 0 && name.length() - root.length() == hierarchyStep) {
                roots.add(name);
                continue;
            }
            for (int k = 0; k < 8; k++) {
                if ((children & 1 << k) != 0) {
                    due.add(name + k);
                }
            }
        }
    }

    /** Some programs write 0 for nodes without children, whose files hold points all the same. */
    private void uncounted() {
        long found = 0;
        for (int i = 0; i < nodes.size(); i++) {
            Node n = nodes.get(i);
            Path tile = n.points() > 0 ? null : found(n);
            if (tile == null) {
                continue;
            }
            try {
                Attributes a = attributes;
                long count = a == null ? las.scan(tile).count() : (Files.size(tile) + a.length - 1) / a.length;
                nodes.set(i, new Node(n.name(), count, 0, 0));
                found += count > 0 ? 1 : 0;
            } catch (IOException e) {
                throw GrottoException.io(tile, e);
            }
        }
        if (found > 0) {
            remarks.understood(String.format(
                    Locale.ROOT, "points of %,d nodes by their files, where the hierarchy says 0", found));
        }
    }

    /** The folder of a node's files below the data's folder: "r/012345/6". */
    private String folder(String node) {
        StringBuilder s = new StringBuilder("r");
        String digits = node.substring(1);
        for (int i = 0; i + hierarchyStep <= digits.length(); i += hierarchyStep) {
            s.append('/').append(digits, i, i + hierarchyStep);
        }
        return s.toString();
    }

    private List<Column> tileColumns() {
        for (Node n : nodes) {
            try {
                if (n.points() > 0) {
                    return las.scan(tile(n)).columns();
                }
            } catch (GrottoException e) {
                if (!reading.keepGoing()) {
                    throw e;
                }
            }
        }
        return List.of();
    }

    /** Where a node's points may be: by the folders of chunks, or all in one. */
    private List<Path> places(Node n) {
        String ending = !packing.equals("BINARY") ? "." + packing.toLowerCase(Locale.ROOT) : old ? "" : ".bin";
        List<Path> places = new ArrayList<>();
        if (!flat || hierarchyStep > 0) {
            places.add(data.resolve(folder(n.name())).resolve(n.name() + ending));
        }
        if (flat) {
            places.add(data.resolve(n.name() + ending));
        }
        return places;
    }

    private @Nullable Path found(Node n) {
        for (Path p : places(n)) {
            if (Files.isRegularFile(p)) {
                return p;
            }
        }
        return null;
    }

    private Path tile(Node n) {
        Path tile = found(n);
        if (tile != null) {
            return tile;
        }
        throw GrottoException.badInput(
                places(n).getLast(),
                "is missing, and should hold " + n.points()
                        + " points; copy the folder again, or --keep-going would take the other nodes.");
    }

    /** Of floats: 0 where they lie within the bounds as they are, the cloud's corner where they do from there on. */
    private double[] oldOrigin(Attributes a) {
        double[] corner = {cube.minX(), cube.minY(), cube.minZ()};
        if (nodes.isEmpty() || nodes.getFirst().points() == 0) {
            return corner;
        }
        PointBatch b = new PointBatch(columns, 4096);
        try (PointCursor c = rows(nodes.getFirst(), a, new double[3])) {
            c.next(b);
        }
        boolean[] fits = {true, true};
        Box loose = bounds.grow(1e-3 * bounds.longest());
        for (int i = 0; i < b.size; i++) {
            fits[0] &= loose.contains(b.x[i], b.y[i], b.z[i]);
            fits[1] &= loose.contains(b.x[i] + corner[0], b.y[i] + corner[1], b.z[i] + corner[2]);
        }
        if (!fits[0] && !fits[1]) {
            throw GrottoException.unsupported(
                    file,
                    "is Potree 1.3 whose positions lie outside its own bounds, however they are taken; convert it with"
                            + " the program that made it.");
        }
        remarks.understood(
                fits[0] ? "positions in floats as they are" : "positions in floats from the cloud's corner on");
        return fits[0] ? new double[3] : corner;
    }

    private PointCursor rows(Node n, Attributes a, double[] floats) {
        Path tile = tile(n);
        try {
            long size = Files.size(tile);
            if (size / a.length != n.points() || size % a.length != 0) {
                throw GrottoException.badInput(
                        tile,
                        "has " + size + " bytes, where " + n.points() + " points of " + a.length
                                + " bytes are due; copy the folder again, or --keep-going would take the other nodes.");
            }
        } catch (IOException e) {
            throw GrottoException.io(tile, e);
        }
        double[] at = n.corner();
        double[] corner = {
            cube.minX() + at[0] * cube.sizeX(), cube.minY() + at[1] * cube.sizeY(), cube.minZ() + at[2] * cube.sizeZ()
        };
        Rows.Field[] fields = new Rows.Field[3 + columns.size()];
        Attributes.Attribute p = a.position();
        for (int k = 0; k < 3; k++) {
            fields[k] = old
                    ? Rows.field(Column.Type.FLOAT, p.at() + 4 * k, 1, floats[k])
                    : Rows.field(Column.Type.UINT32, p.at() + 4 * k, step, corner[k]);
        }
        for (int c = 0; c < columns.size(); c++) {
            fields[3 + c] = a.field(c, a.all.get(a.from.get(c)[0]).at());
        }
        return Rows.cursor(tile, () -> Files.newInputStream(tile), a.length, n.points(), fields);
    }

    @Override
    PointCursor open(Node n) {
        Attributes a = attributes;
        return a == null ? las.open(tile(n), n.points(), columns) : rows(n, a, oldOrigin);
    }

    @Override
    String format() {
        return "Potree " + version + ", " + (attributes == null ? packing : "binary");
    }

    @Override
    Box bounds() {
        return bounds;
    }

    @Override
    List<Node> nodes() {
        return nodes;
    }

    @Override
    List<Column> columns() {
        return columns;
    }

    @Override
    Column.Type xyzType() {
        return Column.Type.DOUBLE; // each node's steps begin at a corner of its own
    }

    @Override
    double @Nullable [] scale() {
        return null;
    }

    @Override
    double @Nullable [] offset() {
        return null;
    }

    @Override
    Map<String, String> metadata() {
        return Map.of();
    }
}
