package org.grotto.format.gltf;

import java.util.List;
import java.util.Map;
import org.grotto.format.FileHead;
import org.grotto.format.Format;

/** glTF 2.0, as one file (GLB) or as JSON with files beside it: meshes, read; written as GLB. */
public final class GltfFormat implements Format {
    @Override
    public String name() {
        return "GLB, glTF";
    }

    @Override
    public List<String> extensions() {
        return List.of("glb", "gltf");
    }

    @Override
    public boolean begins(FileHead head) {
        return head.startsWith("glTF");
    }

    @Override
    public MeshInput meshes() {
        return (file, reading) -> GltfMeshReader.open(file);
    }

    @Override
    public boolean keepsPictures() {
        return true;
    }

    @Override
    public Map<String, MeshOutput> meshOutputs() {
        return Map.of("glb", (mesh, file) -> {
            GlbWriter.write(mesh, file);
            return List.of();
        });
    }
}
