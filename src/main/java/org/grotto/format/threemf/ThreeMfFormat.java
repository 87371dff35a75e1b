package org.grotto.format.threemf;

import java.util.List;
import org.grotto.format.Format;

/** 3MF: meshes, read; told by the name alone, since it begins as any ZIP does. */
public final class ThreeMfFormat implements Format {
    @Override
    public String name() {
        return "3MF";
    }

    @Override
    public List<String> extensions() {
        return List.of("3mf");
    }

    @Override
    public MeshInput meshes() {
        return (file, reading) -> ThreeMfReader.open(file, reading.keepGoing());
    }
}
