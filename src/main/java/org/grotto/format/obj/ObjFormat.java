package org.grotto.format.obj;

import java.util.List;
import org.grotto.format.Format;

/** Wavefront OBJ: meshes, read; told by the name alone. */
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
    public MeshInput meshes() {
        return (file, reading) -> ObjMeshReader.open(file);
    }
}
