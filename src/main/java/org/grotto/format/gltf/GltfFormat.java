package org.grotto.format.gltf;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.format.FileHead;
import org.grotto.format.Format;

/**
 * glTF 2.0, as one file (GLB) or as JSON with files beside it: meshes, and clouds where all that an asset shows is single
 * points; meshes are written as GLB.
 */
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
    public boolean holdsMesh(Path file) {
        return !points(file) || GltfPart.triangles(file, 0, -1);
    }

    @Override
    public boolean onlyMesh(Path file) {
        return !points(file);
    }

    /** Whether there are single points; false of what cannot be read, which the reader of meshes says. */
    private static boolean points(Path file) {
        try {
            return GltfPart.points(file, 0, -1);
        } catch (GrottoException e) {
            return false;
        }
    }

    @Override
    public PointInput points() {
        return (file, reading) -> GltfPoints.open(file, reading.keepGoing());
    }

    @Override
    public MeshInput meshes() {
        return (file, reading) -> GltfMeshReader.open(file, reading.keepGoing());
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
