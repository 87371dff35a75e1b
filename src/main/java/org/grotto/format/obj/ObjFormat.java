package org.grotto.format.obj;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grotto.format.Format;

/** Wavefront OBJ: meshes, and points where there is no face, read, and meshes written; told by the name alone. */
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
        return (file, reading) -> ObjMeshReader.open(file, reading.keepGoing());
    }

    @Override
    public PointInput points() {
        return (file, reading) -> ObjPoints.open(file);
    }

    @Override
    public boolean keepsPictures() {
        return true;
    }

    @Override
    public Map<String, MeshOutput> meshOutputs() {
        return Map.of("obj", ObjWriter::write);
    }
}
