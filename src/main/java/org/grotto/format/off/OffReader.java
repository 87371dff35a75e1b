package org.grotto.format.off;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grotto.format.FileHead;
import org.grotto.format.MeshReader;
import org.grotto.format.Remarks;
import org.grotto.geometry.Mesh;

/** An OFF file open for its mesh. */
final class OffReader implements MeshReader {
    private final Path path;
    private final Remarks remarks = new Remarks();

    private OffReader(Path path) {
        this.path = path;
    }

    static OffReader open(Path path) {
        FileHead.of(path); // a missing or empty file is told at once
        return new OffReader(path);
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public String format() {
        return "OFF";
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
        return remarks.notKept();
    }

    @Override
    public List<String> understood() {
        return remarks.understood();
    }

    @Override
    public Mesh read() {
        remarks.clear();
        return OffMesh.read(path, remarks);
    }

    @Override
    public void close() {}
}
