package org.grotto.format.obj;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.grotto.format.FileHead;
import org.grotto.format.MeshReader;
import org.grotto.format.Stated;
import org.grotto.format.TextLines;
import org.grotto.geometry.Mesh;

/** An OBJ file open for its mesh; it has no header, so nothing of it is known before it is read. */
final class ObjMeshReader implements MeshReader {
    private static final int COMMENT_LINES = 200;

    private final Path path;
    private final Set<String> passed = new TreeSet<>();

    private final Stated stated;

    private ObjMeshReader(Path path, Stated stated) {
        this.path = path;
        this.stated = stated;
    }

    static ObjMeshReader open(Path path) {
        FileHead.of(path); // a missing or empty file is told at once
        return new ObjMeshReader(path, Stated.words(comments(path)));
    }

    /** The comments that stand before the first vertex. */
    private static List<String> comments(Path path) {
        List<String> out = new ArrayList<>();
        try (TextLines in = TextLines.open(path)) {
            for (int line = 0; line < COMMENT_LINES && in.next(); line++) {
                String s = in.text().strip();
                if (s.startsWith("#")) {
                    out.add(s.substring(1).strip());
                } else if (s.startsWith("v ")) {
                    break;
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
        return List.copyOf(passed);
    }

    @Override
    public Mesh read() {
        return ObjMesh.read(path, passed);
    }

    @Override
    public void close() {}
}
