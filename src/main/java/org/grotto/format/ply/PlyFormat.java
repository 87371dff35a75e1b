package org.grotto.format.ply;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grotto.format.FileHead;
import org.grotto.format.Format;

/** PLY: points and meshes, read and written. */
public final class PlyFormat implements Format {
    @Override
    public String name() {
        return "PLY";
    }

    @Override
    public List<String> extensions() {
        return List.of("ply");
    }

    @Override
    public boolean begins(FileHead head) {
        return head.startsWith("ply\n") || head.startsWith("ply\r");
    }

    @Override
    public boolean holdsMesh(Path file) {
        try (PlyReader r = PlyReader.open(file, true)) {
            return r.hasFaces() && !r.rangeMap();
        }
    }

    @Override
    public boolean rangeMap(Path file) {
        try (PlyReader r = PlyReader.open(file, true)) {
            return r.hasFaces() && r.rangeMap();
        }
    }

    @Override
    public PointInput points() {
        return (file, reading) -> PlyReader.open(file, reading.keepGoing());
    }

    @Override
    public MeshInput meshes() {
        return (file, reading) -> PlyMeshReader.open(file, reading.keepGoing());
    }

    @Override
    public Map<String, PointOutput> pointOutputs() {
        return Map.of("ply", (temporary, source, work) -> new PlyWriter(temporary, source));
    }

    @Override
    public Map<String, MeshOutput> meshOutputs() {
        return Map.of("ply", (mesh, file) -> {
            PlyMesh.write(mesh, file);
            return List.of();
        });
    }
}
