package org.grotto.format.pdal;

import java.util.List;
import org.grotto.format.Format;

/** Whatever PDAL reads: taken for files that are of no other format. */
public final class PdalFormat implements Format {
    private final PointInput las;

    /** @param las opens the LAS file that PDAL writes */
    public PdalFormat(PointInput las) {
        this.las = las;
    }

    @Override
    public String name() {
        return "what PDAL reads";
    }

    @Override
    public List<String> extensions() {
        return List.of();
    }

    @Override
    public PointInput points() {
        return (file, reading) ->
                PdalReader.open(file, PdalHome.find(System.getenv()), found -> las.open(found, reading));
    }
}
