package org.grotto.lod;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.grotto.base.GrottoException;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.gltf.Tile;
import org.grotto.format.gltf.TilePicture;
import org.grotto.format.gltf.TileWriter;
import org.grotto.format.gltf.Tileset;
import org.grotto.geometry.Box;
import org.grotto.geometry.Mesh;
import org.grotto.lod.atlas.TileAtlas;
import org.jspecify.annotations.Nullable;

/**
 * A mesh as 3D Tiles 1.1, from the whole cave in one tile to full resolution, refinement REPLACE, without cracks.
 *
 * <p>The finest tiles together are the mesh itself, on a lattice far finer than its edges. See {@link TileTree} for the
 * cells, {@link TileLevels} for the levels, {@link TileSkirts} for neighbours of different levels, {@link TileErrors} for
 * the errors. Memory: about 250 bytes a triangle. Same mesh, same bytes, for any number of threads.
 */
public final class MeshTiles {
    private MeshTiles() {}

    /**
     * What was written.
     *
     * @param triangles in the finest tiles, skirts not counted
     * @param bytes of all files
     * @param step the lattice's step, metres
     * @param preview the cave in at most {@link TileOptions#previewTriangles}, or few more where it has many borders
     */
    public record Result(Tileset tileset, int tiles, int triangles, long bytes, double step, Mesh preview) {}

    /**
     * Writes tileset.json and its tiles into {@code folder}, which is made where it is missing; the caller sees to it that
     * it is new and that it appears whole.
     *
     * @throws GrottoException BAD_INPUT for a mesh without a triangle
     */
    public static Result write(Mesh mesh, Path folder, TileOptions options, Work work) {
        try (TilePictures pictures = TilePictures.of(mesh, work)) {
            return write(mesh, pictures, folder, options, work);
        }
    }

    private static Result write(
            Mesh mesh, @Nullable TilePictures pictures, Path folder, TileOptions options, Work work) {
        TileTree tree = tree(mesh, pictures, options, work);
        TileSkirts.Hem hem = TileLevels.fill(tree, options.tileTriangles(), work);
        TileVertices v = tree.mesh;
        if (pictures != null) {
            pictures.measure(tree, work);
        }
        TileAtlas.Files files = new TileAtlas.Files(options.ktx2(), work);
        int n = tree.nodes.size();
        AtomicLong bytes = new AtomicLong();
        Box[] boxes = new Box[n];
        Mesh[] preview = new Mesh[1];
        try {
            Files.createDirectories(folder.resolve("tiles"));
        } catch (IOException e) {
            throw GrottoException.io(folder, e);
        }
        try (Progress.Step step = work.progress().begin("writing tiles", n, "tiles")) {
            work.each(n + 1, i -> {
                if (i == 0) {
                    preview[0] = TilePreview.of(tree, options.previewTriangles(), work);
                    return;
                }
                TileNode node = tree.nodes.get(i - 1);
                TileAtlas atlas = pictures == null ? null : pictures.of(v, node, files);
                if (atlas != null && node.leaf() && atlas.scale() < 1) {
                    work.faults()
                            .add(
                                    "tile with a picture coarser than the source",
                                    1,
                                    node.name() + ": more pixels lie on it than a graphics card takes");
                }
                TileContent content = TileContent.of(v, node, hem, atlas == null ? null : atlas.uv());
                boxes[node.index] = content.bounds(v);
                TilePicture picture = atlas == null || content.uv == null
                        ? null
                        : new TilePicture(
                                content.uv,
                                atlas.image(),
                                TilePicture.mediaType(atlas.image()),
                                atlas.normal(),
                                atlas.occlusion(),
                                atlas.holes());
                byte[] glb = TileWriter.write(
                        content.xyz,
                        v.step,
                        content.normals,
                        content.columns,
                        content.triangles,
                        content.curtain,
                        picture);
                Path file = folder.resolve(uri(node));
                try {
                    Files.write(file, glb);
                } catch (IOException e) {
                    throw GrottoException.io(file, e);
                }
                bytes.addAndGet(glb.length);
                step.advance(1);
            });
        }
        double[] shift = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, v.originX, v.originY, v.originZ, 1};
        Tile root = tile(tree.root, boxes, shift);
        Tileset tileset = new Tileset("1.1", Math.max(root.bounds().diagonal(), tree.root.error), root);
        Path file = folder.resolve("tileset.json");
        tileset.write(file);
        try {
            bytes.addAndGet(Files.size(file));
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        }
        return new Result(tileset, n, v.triangles.length / 3, bytes.get(), v.step, preview[0]);
    }

    /** The vertices in the mesh's order, as many bytes as the tree's own, go with this frame. */
    private static TileTree tree(Mesh mesh, @Nullable TilePictures pictures, TileOptions options, Work work) {
        TileVertices vertices = TileVertices.of(mesh, work);
        if (vertices.triangles.length == 0) {
            throw new GrottoException(
                    GrottoException.Kind.BAD_INPUT,
                    "the mesh has no triangle with an area; there is nothing to make tiles of. Name another mesh.",
                    null);
        }
        return TileTree.of(vertices, options.tileTriangles(), pictures, work);
    }

    private static String uri(TileNode node) {
        return "tiles/" + node.name() + ".glb";
    }

    private static Tile tile(TileNode node, Box[] boxes, double[] shift) {
        List<Tile> children = new ArrayList<>();
        for (TileNode c : node.children) {
            children.add(tile(c, boxes, shift));
            boxes[node.index] = boxes[node.index].union(boxes[c.index]);
        }
        return new Tile(Tile.box(boxes[node.index]), node.error, uri(node), children, shift);
    }
}
