package org.grotto.format.off;

import java.util.List;
import org.grotto.format.FileHead;
import org.grotto.format.Format;

/** OFF, with and without colours, normals and texture coordinates: meshes, read. */
public final class OffFormat implements Format {
    @Override
    public String name() {
        return "OFF";
    }

    @Override
    public List<String> extensions() {
        return List.of("off");
    }

    @Override
    public boolean begins(FileHead head) {
        return head.text().matches("(?s)(#[^\\n]*\\n\\s*)*(ST)?C?N?4?n?OFF(\\s.*|)");
    }

    @Override
    public MeshInput meshes() {
        return (file, reading) -> OffReader.open(file);
    }
}
