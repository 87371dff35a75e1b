package org.grotto.format.ptx;

import java.util.List;
import org.grotto.format.Format;

/** Leica PTX: scans with poses, read; told by the name alone. */
public final class PtxFormat implements Format {
    @Override
    public String name() {
        return "PTX";
    }

    @Override
    public List<String> extensions() {
        return List.of("ptx");
    }

    @Override
    public PointInput points() {
        return (file, reading) -> PtxReader.open(file, reading.keepGoing());
    }
}
