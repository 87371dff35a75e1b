package org.grotto.kiosk.show;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.grotto.base.GrottoException;
import org.grotto.format.gltf.Tile;
import org.grotto.format.gltf.TileMesh;
import org.grotto.format.gltf.TilePicture;
import org.grotto.format.gltf.Tileset;
import org.grotto.geometry.Box;
import org.grotto.geometry.Columns;
import org.grotto.kiosk.stream.MeshPacker;
import org.grotto.kiosk.stream.Node;
import org.grotto.kiosk.stream.PackedMesh;
import org.grotto.kiosk.stream.SlabPool;
import org.grotto.kiosk.stream.TilePixels;
import org.grotto.kiosk.stream.TileSource;
import org.grotto.kiosk.visit.CavePackage;
import org.grotto.scene.PackagePath;
import org.grotto.scene.Palette;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tiles of a package's {@code mesh/tileset.json}, moved to the scene's origin. */
public final class PackageTiles implements TileSource {
    private static final long LARGEST_FILE = 256L << 20;
    /** A compressed tile unpacks to about this many times its size. */
    private static final int UNPACKS = 4;

    /** The same of one with pictures. */
    private static final int PICTURED_UNPACKS = 16;

    /** What a tile's pictures may take in memory where nothing else is said. */
    private static final long PICTURE_BYTES = 512L << 20;

    /** What fits into a tile's memory beside its triangles, whatever the budget. */
    private static final long MOST_PICTURE_BYTES = 768L << 20;

    private static final int MOST_LOGGED = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(PackageTiles.class);

    /** No tile lies farther from the scene's origin, metres. */
    private static final double FARTHEST = 1e7;

    private record Content(Path file, double dx, double dy, double dz) {}

    private final Path tileset;
    private final Path folder;
    private final double[] origin;
    private final List<Palette> palettes;
    private final Node root;
    private final long pictureBytes;
    private final Set<Path> bare = ConcurrentHashMap.newKeySet();
    private int count;
    private int unpacks;

    private PackageTiles(Path tileset, double[] origin, List<Palette> palettes, long pictureBytes) {
        this.palettes = palettes;
        this.pictureBytes = Math.min(
                pictureBytes, Math.min(MOST_PICTURE_BYTES, Runtime.getRuntime().maxMemory() / 2));
        this.tileset = tileset;
        Path parent = tileset.toAbsolutePath().normalize().getParent();
        this.folder = parent == null ? Path.of("/") : parent;
        this.origin = origin;
        this.root = node(Tileset.read(tileset).root(), null);
    }

    public static PackageTiles open(CavePackage cave) {
        return open(cave, PICTURE_BYTES);
    }

    /** @param pictureBytes what a tile's pictures may take in memory: a tile with more is shown without */
    public static PackageTiles open(CavePackage cave, long pictureBytes) {
        return new PackageTiles(
                cave.tileset(),
                cave.origin(),
                cave.info().vertexLayers().stream().map(Palette::new).toList(),
                pictureBytes);
    }

    private Node node(Tile tile, @Nullable Node parent) {
        Box b = tile.bounds();
        Box box = new Box(
                b.minX() - origin[0],
                b.minY() - origin[1],
                b.minZ() - origin[2],
                b.maxX() - origin[0],
                b.maxY() - origin[1],
                b.maxZ() - origin[2]);
        double far = Math.max(
                Math.max(Math.max(-box.minX(), box.maxX()), Math.max(-box.minY(), box.maxY())),
                Math.max(-box.minZ(), box.maxZ()));
        if (!(far < FARTHEST)) {
            throw GrottoException.badInput(
                    tileset, "places a tile " + far + " m from the middle of the cave; build the package again.");
        }
        String uri = tile.content();
        Content content = uri == null ? null : content(tile, uri);
        int bytes =
                content == null ? 0 : (int) Math.min(Integer.MAX_VALUE, unpacks(content.file()) * size(content.file()));
        double error = tile.children().isEmpty() ? 0 : tile.geometricError();
        Node node = new Node(count++, parent, box, error, content, bytes);
        List<Node> children = new ArrayList<>();
        for (Tile c : tile.children()) {
            children.add(node(c, node));
        }
        node.children(children);
        return node;
    }

    /** By the first tile, which the others are like. */
    private long unpacks(Path file) {
        if (unpacks == 0) {
            unpacks = UNPACKS;
            try {
                unpacks = TileMesh.pictured(bytes(file), file.toString()) ? PICTURED_UNPACKS : UNPACKS;
            } catch (GrottoException e) {
                LOG.debug("{}: tells nothing of its memory", file, e); // its loading tells the visitor
            }
        }
        return unpacks;
    }

    private Content content(Tile tile, String uri) {
        if (!PackagePath.legal(uri)) {
            throw GrottoException.badInput(
                            tileset,
                            "names the tile '" + uri + "', which lies outside its folder; build the package again.")
                    .told("failures.foreign-path");
        }
        Path file = PackagePath.resolve(folder, uri, String.valueOf(tileset.getFileName()));
        double[] t = tile.transform();
        if (t != null && !onlyMoves(t)) {
            throw GrottoException.unsupported(
                    tileset, "turns or scales the tile '" + uri + "'; only shifts are handled.");
        }
        return new Content(file, tile.shift(0) - origin[0], tile.shift(1) - origin[1], tile.shift(2) - origin[2]);
    }

    private static boolean onlyMoves(double[] t) {
        for (int i = 0; i < 16; i++) {
            boolean free = i >= 12 && i < 15;
            if (!free && t[i] != (i % 5 == 0 ? 1 : 0)) {
                return false;
            }
        }
        return true;
    }

    /** 0 where the file is missing: then its loading tells so. */
    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public Node root() {
        return root;
    }

    @Override
    public PackedMesh load(Node node, SlabPool pool) {
        if (!(node.content instanceof Content c)) {
            throw new IllegalArgumentException("a tile without content");
        }
        TileMesh m = read(c.file());
        double widest = 0;
        for (float p : m.positions) {
            widest = Math.max(widest, Math.abs(p));
        }
        double moved = Math.max(
                Math.abs(c.dx() + m.originX), Math.max(Math.abs(c.dy() + m.originY), Math.abs(c.dz() + m.originZ)));
        if (!(widest + moved < FARTHEST)) {
            throw GrottoException.badInput(
                    c.file(), "places vertices where no cave is; copy the package again, or build it again.");
        }
        List<byte[]> steps =
                palettes.stream().map(p -> steps(p, m.columns, m.vertexCount())).toList();
        double dx = c.dx() + m.originX;
        double dy = c.dy() + m.originY;
        double dz = c.dz() + m.originZ;
        int hung = m.curtain.triangles();
        TilePicture picture = m.picture;
        if (m.pictureFault != null) {
            bare(c.file(), m.pictureFault);
        }
        if (picture != null) {
            try (TilePixels pixels = TilePixels.open(picture, pictureBytes)) {
                PackedMesh pictured = MeshPacker.pack(
                        pool, m.positions, dx, dy, dz, m.normals, m.rgba, steps, m.indices, hung, pixels);
                return pictured.hang(m.curtain);
            } catch (IOException | OutOfMemoryError e) {
                bare(c.file(), e);
            }
        }
        PackedMesh plain = MeshPacker.pack(pool, m.positions, dx, dy, dz, m.normals, m.rgba, steps, m.indices, hung);
        return plain.hang(m.curtain);
    }

    /** A tile is shown without its picture: the log says so once, visitors are not told. */
    private void bare(Path file, Throwable why) {
        if (bare.size() < MOST_LOGGED && bare.add(file)) {
            LOG.warn("surface: {}: is shown without its picture: {}", file, why.getMessage(), why);
        }
    }

    private TileMesh read(Path file) {
        if (!Files.exists(file) && Files.exists(tileset)) { // else the whole package is away, and may come back
            throw GrottoException.badInput(file, "is missing; copy the package again, or build it again.");
        }
        TileMesh m = TileMesh.read(bytes(file), file.toString());
        if (m.indices.length == 0) {
            throw GrottoException.badInput(file, "holds no triangles; build the package again.");
        }
        return m;
    }

    /** A layer's steps; {@link Palette#NONE} where the tile lacks its column. */
    private static byte[] steps(Palette palette, Columns columns, int n) {
        byte[] out = new byte[n];
        int column = columns.indexOf(palette.layer().column());
        if (column < 0 || columns.types().get(column).width() != 1) {
            java.util.Arrays.fill(out, (byte) Palette.NONE);
            return out;
        }
        for (int v = 0; v < n; v++) {
            out[v] = (byte) palette.step(columns.value(column, v, 0));
        }
        return out;
    }

    private static ByteBuffer bytes(Path file) {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            if (in.size() > LARGEST_FILE) {
                throw GrottoException.unsupported(
                        file, "is " + in.size() + " bytes long, but a tile has at most " + LARGEST_FILE + ".");
            }
            ByteBuffer b = ByteBuffer.allocate((int) in.size());
            while (b.hasRemaining() && in.read(b) >= 0) {
                // until full
            }
            return b.flip();
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        }
    }
}
