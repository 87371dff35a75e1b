package org.grotto.format.obj;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.format.FileHead;
import org.grotto.format.MeshReader;
import org.grotto.format.Remarks;
import org.grotto.format.Salvage;
import org.grotto.format.Stated;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Texture;

/** An OBJ file open for its mesh; it has no header, so nothing of it is known before it is read. */
final class ObjMeshReader implements MeshReader {
    private static final int COMMENT_LINES = 200;

    private final Path path;
    private final Remarks remarks = new Remarks();

    private final Stated stated;
    private final List<String> libraries;
    private final boolean keepGoing;

    private ObjMeshReader(Path path, Stated stated, List<String> libraries, boolean keepGoing) {
        this.keepGoing = keepGoing;
        this.path = path;
        this.libraries = libraries;
        this.stated = stated;
    }

    static ObjMeshReader open(Path path) {
        return open(path, false);
    }

    /** @param keepGoing pass over faces whose corners have no place; else the file is refused */
    static ObjMeshReader open(Path path, boolean keepGoing) {
        FileHead.of(path); // a missing or empty file is told at once
        List<String> libraries = new ArrayList<>();
        Stated stated = Stated.words(comments(path, libraries));
        return new ObjMeshReader(path, stated, libraries, keepGoing);
    }

    /** The comments that stand before the first vertex, and the files of materials. */
    private static List<String> comments(Path path, List<String> libraries) {
        List<String> out = new ArrayList<>();
        try (ObjLines in = ObjLines.open(path)) {
            for (int line = 0; line < COMMENT_LINES && in.next() && !in.is("v"); line++) {
                String s = Mtl.text((in.raw() + " " + in.rest()).strip());
                if (s.startsWith("#")) {
                    out.add(s.substring(1).strip());
                } else if (in.is("mtllib")) {
                    libraries.add(in.rest());
                }
            }
        }
        return out;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public String format() {
        return "OBJ";
    }

    @Override
    public long vertices() {
        return -1;
    }

    @Override
    public long faces() {
        return -1;
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    @Override
    public Stated stated() {
        return stated;
    }

    @Override
    public List<String> notKept() {
        return remarks.notKept();
    }

    @Override
    public List<String> understood() {
        return remarks.understood();
    }

    @Override
    public List<Texture> pictures() {
        ObjMaterials materials = new ObjMaterials(path, new Remarks());
        libraries.forEach(materials::library);
        return materials.pictures();
    }

    @Override
    public Mesh read() {
        remarks.clear();
        try {
            return ObjMesh.read(path, remarks, keepGoing);
        } catch (GrottoException e) {
            throw keepGoing ? e : Salvage.offering(e, () -> ObjMesh.read(path, new Remarks(), true));
        }
    }

    @Override
    public void close() {}
}
