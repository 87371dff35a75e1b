package org.grotto.format.obj;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.grotto.format.FileHead;
import org.grotto.format.MeshReader;
import org.grotto.geometry.Mesh;

/** An OBJ file open for its mesh; it has no header, so nothing of it is known before it is read. */
final class ObjMeshReader implements MeshReader {
    private final Path path;
    private final Set<String> passed = new TreeSet<>();

    private ObjMeshReader(Path path) {
        this.path = path;
    }

    static ObjMeshReader open(Path path) {
        FileHead.of(path); // a missing or empty file is told at once
        return new ObjMeshReader(path);
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
