package org.grotto.format.potree;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.brotli.dec.BrotliInputStream;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
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
 * Potree 2: {@code metadata.json}, {@code hierarchy.bin} in chunks of 22 bytes a node, {@code octree.bin} with the points
 * of each node as rows, or attribute after attribute and packed by Brotli, positions and colours then as Morton codes. Of
 * octree.bin nothing is in memory but the nodes being read.
 */
final class Octree2 extends Octree {
    private static final int ENTRY = 22;
    private static final String WHOLE = "; copy the folder again, whole.";
    /** Bytes that a packed node may grow to, beside those that its own size allows. */
    private static final long FREE = 64L << 20;

    private static final long RATIO = 1000;

    private final Path hierarchy;
    private final Path points;
    private final boolean packed;
    private final Attributes attributes;
    private final double[] scale;
    private final double[] offset;
    private final Box cube;
    private final Box bounds;
    private final List<Node> nodes = new ArrayList<>();

    Octree2(Path file, JsonNode json, Reading reading) {
        super(file, json);
        String version = json.path("version").asString("");
        if (!version.startsWith("2.")) {
            throw GrottoException.unsupported(
                    file, "is Potree of version \"" + Remarks.shown(version) + "\"; 1.3 to 1.8, and 2.0, are read.");
        }
        String encoding = json.path("encoding").asString("DEFAULT");
        if (!List.of("DEFAULT", "UNCOMPRESSED", "BROTLI").contains(encoding)) {
            throw GrottoException.unsupported(
                    file, "is encoded as \"" + Remarks.shown(encoding) + "\"; DEFAULT and BROTLI are read.");
        }
        this.packed = encoding.equals("BROTLI");
        this.attributes = Attributes.of2(file, json.path("attributes"));
        if (attributes.position().type() != Column.Type.INT32) {
            throw GrottoException.unsupported(
                    file, "has positions that are no whole numbers of 32 bits, which Potree's own viewer needs, too.");
        }
        this.scale = triple(json.path("scale"), "scale");
        this.offset = triple(json.path("offset"), "offset");
        this.cube = box(json.path("boundingBox"));
        this.bounds = tight();
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        this.hierarchy = folder.resolve("hierarchy.bin");
        this.points = folder.resolve("octree.bin");
        try {
            if (!Files.isRegularFile(points) || !Files.isRegularFile(hierarchy)) {
                throw GrottoException.badInput(
                        Files.isRegularFile(points) ? hierarchy : points,
                        "is missing, and belongs to metadata.json" + WHOLE);
            }
            long first = json.path("hierarchy").path("firstChunkSize").asLong(-1);
            try (FileChannel in = FileChannel.open(hierarchy, StandardOpenOption.READ)) {
                chunks(in, first, Files.size(points), reading.keepGoing());
            }
        } catch (IOException e) {
            throw GrottoException.io(hierarchy, e);
        }
        nodes.sort(Comparator.comparingInt(Node::level).thenComparing(Node::name));
    }

    private double[] triple(JsonNode list, String key) {
        double[] v = new double[3];
        for (int i = 0; i < 3; i++) {
            v[i] = list.size() == 3 && list.path(i).isNumber() ? list.path(i).doubleValue() : Double.NaN;
            if (!Double.isFinite(v[i])) {
                throw GrottoException.badInput(file, "its \"" + key + "\" is no list of three numbers; copy it again.");
            }
        }
        return v;
    }

    private Box box(JsonNode b) {
        double[] min = triple(b.path("min"), "boundingBox.min");
        double[] max = triple(b.path("max"), "boundingBox.max");
        return new Box(min[0], min[1], min[2], max[0], max[1], max[2]);
    }

    /** The bounds of the points, where the attribute of their positions tells them, else the octree's cube. */
    private Box tight() {
        for (JsonNode a : json.path("attributes")) {
            if (a.path("name").asString("").equals("position")
                    && a.path("min").size() == 3
                    && a.path("max").size() == 3) {
                double[] min = triple(a.path("min"), "position.min");
                double[] max = triple(a.path("max"), "position.max");
                return new Box(min[0], min[1], min[2], max[0], max[1], max[2]);
            }
        }
        return cube;
    }

    /** A part of hierarchy.bin that tells of the nodes from {@code root} down. */
    private record Chunk(String root, long at, long size) {}

    private void chunks(FileChannel in, long first, long octree, boolean keepGoing) throws IOException {
        ArrayDeque<Chunk> due = new ArrayDeque<>(List.of(new Chunk("r", 0, first)));
        long budget = in.size();
        while (!due.isEmpty()) {
            Chunk c = due.remove();
            try {
                budget -= Math.max(ENTRY, c.size);
                if (c.at < 0
                        || c.size < ENTRY
                        || c.size % ENTRY != 0
                        || c.size > in.size() - c.at
                        || c.size > Integer.MAX_VALUE - 64
                        || budget < 0) {
                    throw GrottoException.badInput(
                            hierarchy,
                            c.at,
                            "a part of " + c.size + " bytes is said to start here, which cannot be: the file has "
                                    + in.size() + " bytes, each told once" + WHOLE);
                }
                ByteBuffer b = ByteBuffer.allocate((int) c.size).order(ByteOrder.LITTLE_ENDIAN);
                while (b.hasRemaining()) {
                    if (in.read(b, c.at + b.position()) < 0) {
                        throw GrottoException.badInput(hierarchy, "ends here, but was longer when it was opened.");
                    }
                }
                chunk(c, b.flip(), due, octree);
            } catch (GrottoException e) {
                if (!keepGoing || c.root.equals("r")) {
                    throw e;
                }
                remarks.lost("parts of the hierarchy that are damaged", c.root);
            }
        }
    }

    private void chunk(Chunk c, ByteBuffer b, ArrayDeque<Chunk> due, long octree) {
        List<Node> found = new ArrayList<>();
        List<Chunk> below = new ArrayList<>();
        ArrayDeque<String> names = new ArrayDeque<>(List.of(c.root));
        while (!names.isEmpty()) {
            String name = names.remove();
            long at = c.at + b.position();
            if (b.remaining() < ENTRY) {
                throw GrottoException.badInput(hierarchy, at, "this part ends before the node " + name + WHOLE);
            }
            int type = b.get() & 0xFF;
            int children = b.get() & 0xFF;
            long count = b.getInt() & 0xFFFFFFFFL;
            long from = b.getLong();
            long bytes = b.getLong();
            if (name.length() > Levels.DEEPEST) {
                throw GrottoException.badInput(
                        hierarchy, at, "the octree is deeper than " + Levels.DEEPEST + " levels.");
            }
            if (type == 2 && !name.equals(c.root)) {
                below.add(new Chunk(name, from, bytes));
                continue;
            }
            // inner nodes may announce points that have no bytes: there are none
            long points = bytes == 0 ? 0 : count;
            boolean inside = from >= 0 && bytes >= 0 && from <= octree && bytes <= octree - from;
            if (points > 0 && !inside) {
                throw GrottoException.badInput(
                        hierarchy,
                        at,
                        "the node " + name + " is said to have " + bytes + " bytes from byte " + from
                                + " of octree.bin on, which ends at " + octree + WHOLE);
            }
            found.add(new Node(name, points, from, bytes));
            for (int k = 0; k < 8; k++) {
                if ((children & 1 << k) != 0) {
                    names.add(name + k);
                }
            }
        }
        nodes.addAll(found);
        due.addAll(below);
    }

    @Override
    PointCursor open(Node n) {
        if (!packed) {
            long size = n.points() * attributes.length;
            if (size != n.bytes()) {
                throw GrottoException.badInput(
                        points,
                        n.at(),
                        "the node " + n.name() + " has " + n.bytes() + " bytes, where " + n.points() + " points of "
                                + attributes.length + " are due; --keep-going would take the other nodes.");
            }
            return Rows.cursor(
                    points,
                    () -> new Part(FileChannel.open(points, StandardOpenOption.READ), n.at(), n.bytes()),
                    attributes.length,
                    n.points(),
                    fields());
        }
        return new Unpacked(n, unpacked(n));
    }

    private Rows.Field[] fields() {
        List<Column> columns = attributes.columns;
        Rows.Field[] fields = new Rows.Field[3 + columns.size()];
        for (int k = 0; k < 3; k++) {
            fields[k] = Rows.field(Column.Type.INT32, attributes.position().at() + 4 * k, scale[k], offset[k]);
        }
        for (int c = 0; c < columns.size(); c++) {
            fields[3 + c] = attributes.field(
                    c, attributes.all.get(attributes.from.get(c)[0]).at());
        }
        return fields;
    }

    /** Bytes of a part of a file. */
    private static final class Part extends InputStream {
        private final FileChannel in;
        private long at;
        private final long end;

        Part(FileChannel in, long at, long length) {
            this.in = in;
            this.at = at;
            this.end = at + length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] b, int from, int length) throws IOException {
            int n = at >= end ? -1 : in.read(ByteBuffer.wrap(b, from, (int) Math.min(length, end - at)), at);
            at += Math.max(0, n);
            return n;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** Bytes of a point of an attribute in a packed node. */
    private static int width(Attributes.Attribute a) {
        return switch (a.kind()) {
            case POSITION -> 16;
            case COLOUR -> 8;
            default -> a.bytes();
        };
    }

    private byte[] unpacked(Node n) {
        long due = 0;
        for (Attributes.Attribute a : attributes.all) {
            due += width(a) * n.points();
        }
        if (due > Integer.MAX_VALUE - 64 || due > FREE + RATIO * n.bytes()) {
            throw GrottoException.badInput(
                    points,
                    n.at(),
                    "the node " + n.name() + " is said to unpack from " + n.bytes() + " bytes to " + due
                            + ", which no cloud does.");
        }
        try {
            byte[] bytes;
            try (FileChannel file = FileChannel.open(points, StandardOpenOption.READ);
                    InputStream in = new Part(file, n.at(), n.bytes())) {
                bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 64, n.bytes()));
            }
            byte[] out;
            try (InputStream in = new BrotliInputStream(new ByteArrayInputStream(bytes))) {
                out = in.readNBytes((int) due + 1);
            }
            if (out.length != due) {
                throw GrottoException.badInput(
                        points,
                        n.at(),
                        "the node " + n.name() + " unpacks to " + (out.length > due ? "more" : "less") + " than the "
                                + due + " bytes of its " + n.points()
                                + " points; --keep-going would take the other nodes.");
            }
            return out;
        } catch (IOException | IllegalStateException | IndexOutOfBoundsException e) {
            throw GrottoException.badInput(
                    points,
                    "at byte " + n.at() + ": the node " + n.name() + " cannot be unpacked ("
                            + Remarks.shown(String.valueOf(e.getMessage()))
                            + "); copy the folder again, or --keep-going would take the other nodes.",
                    e);
        }
    }

    /** The points of a node whose bytes stand attribute after attribute. */
    private final class Unpacked implements PointCursor {
        private final long count;
        private final byte[] bytes;
        private int done;

        Unpacked(Node n, byte[] bytes) {
            this.count = n.points();
            this.bytes = bytes;
        }

        @Override
        public boolean next(PointBatch b) {
            int n = (int) Math.min(b.capacity, count - done);
            ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int base = 0;
            int column = 0;
            for (int a = 0; a < attributes.all.size(); a++) {
                Attributes.Attribute at = attributes.all.get(a);
                int width = width(at);
                int from = base + done * width;
                if (at.kind() == Attributes.Kind.POSITION) {
                    for (int i = 0; i < n; i++) {
                        long high = in.getLong(from + 16 * i);
                        long low = in.getLong(from + 16 * i + 8);
                        b.x[i] = (third(low) | third(high) << 16) * scale[0] + offset[0];
                        b.y[i] = (third(low >>> 1) | third(high >>> 1) << 16) * scale[1] + offset[1];
                        b.z[i] = (third(low >>> 2) | third(high >>> 2) << 16) * scale[2] + offset[2];
                    }
                } else if (at.kind() == Attributes.Kind.COLOUR) {
                    for (int i = 0; i < n; i++) {
                        long code = in.getLong(from + 8 * i);
                        for (int k = 0; k < 3; k++) {
                            b.columns[column + k][i] = third(code >>> k);
                        }
                    }
                    column += 3;
                } else {
                    while (column < attributes.columns.size() && attributes.from.get(column)[0] == a) {
                        attributes.field(column, from).take(bytes, width, n, b.columns[column], 0);
                        column++;
                    }
                }
                base += width * (int) count;
            }
            done += n;
            b.size = n;
            return n > 0;
        }

        @Override
        public void close() {}
    }

    /** Every third bit of the lower 48, as 16 bits. */
    private static int third(long code) {
        long x = code & 0x1249_2492_4924_9249L & 0xFFFF_FFFF_FFFFL;
        x = (x | x >>> 2) & 0x10C3_0C30_C30C_30C3L;
        x = (x | x >>> 4) & 0x100F_00F0_0F00_F00FL;
        x = (x | x >>> 8) & 0x001F_0000_FF00_00FFL;
        x = (x | x >>> 16) & 0x001F_0000_0000_FFFFL;
        return (int) x;
    }

    @Override
    String format() {
        return "Potree " + json.path("version").asString("") + (packed ? ", Brotli" : ", plain");
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
        return attributes.columns;
    }

    @Override
    Column.Type xyzType() {
        return Column.Type.SCALED;
    }

    @Override
    double @Nullable [] scale() {
        return scale.clone();
    }

    @Override
    double @Nullable [] offset() {
        return offset.clone();
    }

    @Override
    Map<String, String> metadata() {
        String name = json.path("name").asString("");
        return name.isEmpty() ? Map.of() : Map.of("name", Remarks.shown(name));
    }
}
