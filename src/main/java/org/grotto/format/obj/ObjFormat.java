package org.grotto.format.obj;

import java.nio.file.Path;
import java.util.List;
import org.grotto.format.Format;

/** Wavefront OBJ: meshes, and points where there is no face, read; told by the name alone. */
public final class ObjFormat implements Format {
    @Override
    public String name() {
        return "OBJ";
    }

    @Override
    public List<String> extensions() {
        return List.of("obj");
    }

    @Override
    public boolean holdsMesh(Path file) {
        return ObjPoints.hasFaces(file);
    }

    @Override
    public boolean onlyMesh(Path file) {
        return holdsMesh(file);
    }

    @Override
    public MeshInput meshes() {
        return (file, reading) -> ObjMeshReader.open(file);
    }

    @Override
    public PointInput points() {
        return (file, reading) -> ObjPoints.open(file);
    }
}
