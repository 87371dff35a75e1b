package org.grotto.format.gltf;

import java.nio.file.Path;
import org.grotto.format.MeshReader;
import org.grotto.format.PointReader;
import tools.jackson.databind.JsonNode;

/** GLB or glTF inside another file, as in a tile: {@code length} bytes from byte {@code from} on. */
public final class GltfPart {
    private GltfPart() {}

    /** Whether any mesh of the asset has triangles; nothing but its JSON is read. */
    public static boolean triangles(Path file, long from, long length) {
        return shows(file, from, length, 4, 6);
    }

    /** Whether any mesh of the asset has single points. */
    public static boolean points(Path file, long from, long length) {
        return shows(file, from, length, 0, 0);
    }

    private static boolean shows(Path file, long from, long length, int least, int most) {
        try (Gltf gltf = Gltf.file(file, from, length, true)) {
            for (JsonNode mesh : gltf.list(gltf.json, "meshes")) {
                for (JsonNode p : gltf.list(mesh, "primitives")) {
                    long mode = gltf.whole(p, "mode", 4);
                    if (mode >= least && mode <= most) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    public static MeshReader mesh(Path file, long from, long length) {
        return GltfMeshReader.open(file, from, length);
    }

    public static PointReader cloud(Path file, long from, long length) {
        return GltfPoints.open(file, from, length);
    }
}
