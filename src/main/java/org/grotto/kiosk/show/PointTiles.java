package org.grotto.kiosk.show;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.format.las.CopcInfo;
import org.grotto.format.las.CopcNode;
import org.grotto.format.las.CopcReader;
import org.grotto.format.las.point.LasPoints;
import org.grotto.geometry.Box;
import org.grotto.kiosk.stream.MeshPacker;
import org.grotto.kiosk.stream.Node;
import org.grotto.kiosk.stream.PackedMesh;
import org.grotto.kiosk.stream.SlabPool;
import org.grotto.kiosk.stream.TileSource;
import org.jspecify.annotations.Nullable;

/** The nodes of a package's COPC files, moved to the scene's origin; deeper nodes add to shallower ones. */
final class PointTiles implements TileSource, AutoCloseable {
    /** Bytes a point takes on the graphics card. */
    private static final int POINT_BYTES = 20;
    /** Cells along a node's side in which its points are counted. */
    private static final int GRID = 16;

    /** No point lies farther from the scene's origin, metres. */
    private static final double FARTHEST = 1e7;

    /** Points stand in their node's cube, but for rounding: a share of its side. */
    private static final double STRAY = 0.01;

    /** One COPC file. */
    private final class File {
        final CopcReader reader;
        final Map<Key, CopcNode> nodes = new HashMap<>();
        final boolean eightBit;
        final double brightest;

        File(Path path) {
            reader = CopcReader.open(path);
            try {
                if (far(reader.info().cube()) > FARTHEST) {
                    throw GrottoException.badInput(
                            path, "lies nowhere near the cave's surface; build the package again.");
                }
                CopcNode shallowest = null;
                for (CopcNode n : reader.nodes()) {
                    nodes.put(new Key(n.level(), n.x(), n.y(), n.z()), n);
                    if (n.points() > 0 && (shallowest == null || n.level() < shallowest.level())) {
                        shallowest = n;
                    }
                }
                if (!nodes.containsKey(new Key(0, 0, 0, 0))) {
                    throw GrottoException.badInput(
                            path, "has an octree without a root; copy the package again, or build it again.");
                }
                LasPoints some = shallowest == null ? null : reader.points(shallowest);
                eightBit = some != null && max(some.red, some.size) < 256 && max(some.green, some.size) < 256;
                brightest = some == null ? 1 : Math.max(1, max(some.intensity, some.size));
            } catch (RuntimeException e) {
                reader.close();
                throw e;
            }
        }
    }

    private record Key(int level, int x, int y, int z) {}

    private record Content(File file, CopcNode node) {}

    private final List<File> files = new ArrayList<>();
    private final List<GrottoException> failures = new ArrayList<>();
    private final double[] origin;
    private final Node root;
    private int count;

    /**
     * Opens those of the files that can be read.
     *
     * @param origin the scene's origin in the cave frame, metres
     * @throws GrottoException where none can
     */
    PointTiles(List<Path> paths, double[] origin) {
        this.origin = origin;
        for (Path p : paths) {
            try {
                if (!Files.exists(p)) {
                    throw GrottoException.badInput(p, "is missing; copy the package again, or build it again.");
                }
                files.add(new File(p));
            } catch (GrottoException e) {
                failures.add(e);
            }
        }
        if (files.isEmpty()) {
            throw failures.getFirst();
        }
        Box all = Box.EMPTY;
        for (File f : files) {
            all = all.union(local(f.reader.info().cube()));
        }
        double coarsest = files.stream()
                .mapToDouble(f -> 2 * f.reader.info().spacing())
                .max()
                .orElse(0);
        root = new Node(count++, null, all, coarsest, null, 0);
        List<Node> tops = new ArrayList<>();
        for (File f : files) {
            Node n = node(f, root, 0, 0, 0, 0);
            if (n != null) {
                tops.add(n);
            }
        }
        root.children(tops);
    }

    /** How far a box reaches from the scene's origin along an axis, metres. */
    private double far(Box b) {
        Box l = local(b);
        return Math.max(
                Math.max(Math.max(-l.minX(), l.maxX()), Math.max(-l.minY(), l.maxY())), Math.max(-l.minZ(), l.maxZ()));
    }

    private static int max(char @Nullable [] values, int size) {
        int m = 0;
        for (int i = 0; values != null && i < size; i++) {
            m = Math.max(m, values[i]);
        }
        return m;
    }

    private Box local(Box b) {
        return new Box(
                b.minX() - origin[0],
                b.minY() - origin[1],
                b.minZ() - origin[2],
                b.maxX() - origin[0],
                b.maxY() - origin[1],
                b.maxZ() - origin[2]);
    }

    private @Nullable Node node(File f, Node parent, int level, int x, int y, int z) {
        CopcNode n = f.nodes.get(new Key(level, x, y, z));
        if (n == null) {
            return null;
        }
        CopcInfo info = f.reader.info();
        Content content = n.points() > 0 ? new Content(f, n) : null;
        Node node = new Node(
                count++,
                parent,
                local(info.cube(level, x, y, z)),
                Math.scalb(info.spacing(), -level),
                content,
                POINT_BYTES * n.points());
        List<Node> children = new ArrayList<>();
        for (int c = 0; c < 8; c++) {
            Node child = node(f, node, level + 1, 2 * x + (c & 1), 2 * y + (c >> 1 & 1), 2 * z + (c >> 2));
            if (child != null) {
                children.add(child);
            }
        }
        node.children(children);
        return node;
    }

    @Override
    public Node root() {
        return root;
    }

    /** Why files could not be opened. */
    List<GrottoException> failures() {
        return failures;
    }

    @Override
    public boolean additive() {
        return true;
    }

    /** The spacing at the root of the octree that a node belongs to, metres. */
    double spacing(Node n) {
        return n.content instanceof Content c ? c.file().reader.info().spacing() : 1;
    }

    /** The octree level of a node; 0 for the root of a file. */
    int level(Node n) {
        return n.content instanceof Content c ? c.node().level() : 0;
    }

    @Override
    public PackedMesh load(Node node, SlabPool pool) {
        if (!(node.content instanceof Content c)) {
            throw new IllegalArgumentException("a node without points");
        }
        CopcReader reader = c.file().reader;
        LasPoints p = reader.points(c.node());
        float[] xyz = reader.positions(p, origin[0], origin[1], origin[2]);
        Box reach = node.box.grow(STRAY * node.box.sizeX());
        for (int i = 0; i < p.size; i++) {
            if (!reach.contains(xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2])) {
                throw GrottoException.badInput(
                        reader.path(),
                        c.node().at(),
                        "the points that start here lie outside their part of the octree; copy the package again, or"
                                + " build it again.");
            }
        }
        byte[] level = new byte[p.size];
        for (int i = 0; i < p.size; i++) {
            level[i] = deepest(c, xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2]);
        }
        return MeshPacker.points(pool, xyz, reader.normals(p), colours(c.file(), p), level, spacing(node.box, xyz));
    }

    /** From the area of the cells of a grid in which there are points: the cloud is a surface. */
    private static float spacing(Box box, float[] xyz) {
        BitSet taken = new BitSet(GRID * GRID * GRID);
        double side = box.sizeX() / GRID;
        for (int i = 0; i < xyz.length; i += 3) {
            int x = cell((xyz[i] - box.minX()) / box.sizeX(), GRID);
            int y = cell((xyz[i + 1] - box.minY()) / box.sizeY(), GRID);
            int z = cell((xyz[i + 2] - box.minZ()) / box.sizeZ(), GRID);
            taken.set((z * GRID + y) * GRID + x);
        }
        return (float) (side * Math.sqrt(3.0 * taken.cardinality() / Math.max(3, xyz.length)));
    }

    /** Down to which level the octree has nodes at a place. */
    private byte deepest(Content c, double x, double y, double z) {
        Box cube = local(c.file().reader.info().cube());
        int level = c.node().level();
        while (true) {
            int cells = 1 << level + 1;
            int i = cell((x - cube.minX()) / cube.sizeX(), cells);
            int j = cell((y - cube.minY()) / cube.sizeY(), cells);
            int k = cell((z - cube.minZ()) / cube.sizeZ(), cells);
            CopcNode next = c.file().nodes.get(new Key(level + 1, i, j, k));
            if (next == null) {
                return (byte) level;
            }
            level++;
        }
    }

    private static int cell(double share, int cells) {
        return Math.max(0, Math.min(cells - 1, (int) Math.floor(share * cells)));
    }

    /** Colours where the points have some; their intensity as a stone grey else. */
    private static byte[] colours(File f, LasPoints p) {
        byte[] rgb = new byte[3 * p.size];
        char[] r = p.red;
        char[] g = p.green;
        char[] b = p.blue;
        int shift = f.eightBit ? 0 : 8;
        for (int i = 0; i < p.size; i++) {
            if (r != null && g != null && b != null) {
                rgb[3 * i] = (byte) (r[i] >> shift);
                rgb[3 * i + 1] = (byte) (g[i] >> shift);
                rgb[3 * i + 2] = (byte) (b[i] >> shift);
            } else {
                double v = 0.35 + 0.65 * Math.min(1, p.intensity[i] / f.brightest);
                rgb[3 * i] = (byte) (205 * v);
                rgb[3 * i + 1] = (byte) (190 * v);
                rgb[3 * i + 2] = (byte) (168 * v);
            }
        }
        return rgb;
    }

    @Override
    public void close() {
        files.forEach(f -> f.reader.close());
    }
}
