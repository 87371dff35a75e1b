package org.grotto.format.stl;

import java.util.List;
import org.grotto.format.FileHead;
import org.grotto.format.Format;

/** STL, text and binary: meshes, read. */
public final class StlFormat implements Format {
    @Override
    public String name() {
        return "STL";
    }

    @Override
    public List<String> extensions() {
        return List.of("stl");
    }

    @Override
    public boolean begins(FileHead head) {
        StlHead h = StlHead.of(head);
        return h.binary() ? h.triangles() > 0 && h.fits() : head.text().contains("facet");
    }

    @Override
    public MeshInput meshes() {
        return (file, reading) -> StlReader.open(file, reading.keepGoing());
    }
}
