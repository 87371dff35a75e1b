package org.grotto.format.gltf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.format.Finding;
import org.grotto.geometry.Box;
import org.grotto.image.Ktx2;
import org.grotto.image.Ktx2Check;
import org.grotto.image.PictureFile;

/**
 * Says what is wrong with a tileset: boxes that do not contain children or content, errors that do not fall from parent to
 * child, children that do not cover their parent, leaves without content, content that does not
 * decode, nor its pictures.
 */
public final class TilesetCheck {
    private static final int MOST = 100;

    /** What was looked at and what is wrong with it; sound when there are no problems. */
    public record Report(int tiles, int leaves, long triangles, List<String> problems) {}

    private final Path folder;
    private final List<Tile> tiles = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private TilesetCheck(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads the tileset and all its content, tiles in parallel, at most {@value #MOST} problems.
     *
     * @throws GrottoException where tileset.json itself cannot be read
     */
    public static Report of(Path tilesetJson, Work work) {
        Tileset set = Tileset.read(tilesetJson);
        Path parent = tilesetJson.toAbsolutePath().getParent();
        TilesetCheck check = new TilesetCheck(parent == null ? tilesetJson.toAbsolutePath() : parent);
        if (set.geometricError() < set.root().geometricError()) {
            check.problems.add("the tileset's geometric error " + set.geometricError() + " m is below its root's, "
                    + set.root().geometricError() + " m");
        }
        check.tree(set.root());
        List<Content> contents = work.map(check.tiles.size(), i -> check.content(check.tiles.get(i)));
        long triangles = 0;
        int leaves = 0;
        for (int i = 0; i < contents.size(); i++) {
            check.problems.addAll(contents.get(i).problems);
            if (check.tiles.get(i).children().isEmpty()) {
                leaves++;
                triangles += contents.get(i).triangles;
            }
        }
        List<String> first = check.problems.subList(0, Math.min(MOST, check.problems.size()));
        return new Report(check.tiles.size(), leaves, triangles, List.copyOf(first));
    }

    private record Content(int triangles, List<String> problems) {}

    private static String name(Tile t) {
        return t.content() == null ? "a tile without content" : t.content();
    }

    private void tree(Tile t) {
        tiles.add(t);
        if (t.children().isEmpty() && t.content() == null) {
            problems.add("a leaf has no content: its part of the mesh is missing");
        }
        double spare = 1e-9 * (1 + Math.abs(t.box()[0]) + Math.abs(t.box()[1]) + Math.abs(t.box()[2]));
        for (Tile c : t.children()) {
            if (c.geometricError() > t.geometricError()) {
                problems.add(name(c) + ": its geometric error " + c.geometricError() + " m is above its parent's, "
                        + t.geometricError() + " m");
            }
            if (!t.bounds().grow(spare).contains(c.bounds())) {
                problems.add(name(c) + ": its box reaches out of its parent's");
            }
            tree(c);
        }
    }

    private Content content(Tile t) {
        List<String> bad = new ArrayList<>();
        if (t.content() == null) {
            return new Content(0, bad);
        }
        TileMesh mesh;
        try {
            mesh = mesh(t.content());
        } catch (GrottoException e) {
            bad.add(String.valueOf(e.getMessage()));
            return new Content(0, bad);
        }
        if (mesh.pictureFault != null) {
            bad.add(String.valueOf(mesh.pictureFault.getMessage()));
        }
        if (mesh.picture != null) {
            pictures(t.content(), mesh.picture, bad);
        }
        Box box = t.bounds();
        Box loose = box.grow(1e-9 * (1 + Math.abs(box.maxX()) + Math.abs(box.maxY()) + Math.abs(box.maxZ())));
        int out = 0;
        int bare = 0;
        for (int i = 0; i < mesh.positions.length; i += 3) {
            double x = t.shift(0) + mesh.originX + mesh.positions[i];
            double y = t.shift(1) + mesh.originY + mesh.positions[i + 1];
            double z = t.shift(2) + mesh.originZ + mesh.positions[i + 2];
            out += loose.contains(x, y, z) ? 0 : 1;
            boolean covered = t.children().isEmpty();
            for (Tile c : t.children()) {
                covered |= c.bounds().grow(t.geometricError()).contains(x, y, z);
            }
            bare += covered ? 0 : 1;
        }
        if (out > 0) {
            bad.add(t.content() + ": " + out + " vertices lie outside the tile's box");
        }
        if (bare > 0) {
            bad.add(t.content() + ": " + bare + " vertices lie in no child: replacing the tile leaves a hole");
        }
        return new Content(mesh.indices.length / 3, bad);
    }

    private static void pictures(String tile, TilePicture p, List<String> bad) {
        String found = TilePicture.mediaType(p.image());
        if (!found.isEmpty() && !found.equals(p.mediaType())) {
            bad.add(tile + ": says that its picture is '" + p.mediaType() + "', but it is " + found);
        }
        picture(tile, p.image(), "picture", true, bad);
        if (p.normal() != null) {
            picture(tile, p.normal(), "picture of normals", false, bad);
        }
        if (p.occlusion() != null) {
            picture(tile, p.occlusion(), "picture of occlusion", false, bad);
        }
    }

    /** Decodes a picture wholly; of KTX2 each clause that it breaks is told. */
    private static void picture(String tile, byte[] file, String which, boolean colour, List<String> bad) {
        if (TilePicture.mediaType(file).equals(TilePicture.KTX2)) {
            for (Ktx2.Broken b : Ktx2Check.of(file, colour)) {
                String where = tile + ": its " + which + ", " + b.where();
                bad.add(new Finding(true, where, b.clause(), b.found(), "").toString());
            }
            return;
        }
        try (PictureFile picture = PictureFile.open(file)) {
            picture.check();
        } catch (IOException e) {
            bad.add(tile + ": its " + which + " cannot be read: " + e.getMessage());
        }
    }

    private TileMesh mesh(String uri) {
        Path file;
        try {
            file = folder.resolve(uri).normalize();
        } catch (InvalidPathException e) {
            throw Gltf.bad(uri, "is no file name");
        }
        if (!file.startsWith(folder)) {
            throw Gltf.bad(uri, "lies outside the tileset's folder");
        }
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ);
                Arena mapped = Arena.ofConfined()) {
            if (in.size() > Integer.MAX_VALUE) {
                throw GrottoException.unsupported(file, "is larger than 2 GB.");
            }
            return TileMesh.read(
                    in.map(FileChannel.MapMode.READ_ONLY, 0, in.size(), mapped).asByteBuffer(), uri);
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        }
    }
}
