package org.grotto.pipeline;

import java.nio.file.Path;
import org.grotto.format.MeshReader;
import org.grotto.format.PointReader;
import org.grotto.format.gltf.GltfPart;
import org.grotto.format.tiles3d.Models;

/** The glTF in tiles, opened by the room of glTF for that of tilesets, which do not know each other. */
final class TileModels implements Models {
    @Override
    public boolean triangles(Path file, long from, long length) {
        return GltfPart.triangles(file, from, length);
    }

    @Override
    public boolean points(Path file, long from, long length) {
        return GltfPart.points(file, from, length);
    }

    @Override
    public MeshReader mesh(Path file, long from, long length) {
        return GltfPart.mesh(file, from, length);
    }

    @Override
    public PointReader cloud(Path file, long from, long length) {
        return GltfPart.cloud(file, from, length);
    }
}
