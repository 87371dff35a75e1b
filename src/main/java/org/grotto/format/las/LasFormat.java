package org.grotto.format.las;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grotto.base.Work;
import org.grotto.format.FileHead;
import org.grotto.format.Finding;
import org.grotto.format.Format;

/** LAS, and LAZ as its compressed form, COPC among it: points, read and written. */
public final class LasFormat implements Format {
    @Override
    public String name() {
        return "LAS, LAZ";
    }

    @Override
    public List<String> extensions() {
        return List.of("las", "laz");
    }

    @Override
    public boolean begins(FileHead head) {
        return head.startsWith("LASF");
    }

    @Override
    public PointInput points() {
        return LasReader::read;
    }

    @Override
    public List<Finding> check(Path file, Work work) {
        return LasCheck.of(file, work);
    }

    @Override
    public boolean statesUnit() {
        return true; // by its reference system
    }

    @Override
    public boolean gridded() {
        return true;
    }

    @Override
    public Map<String, PointOutput> pointOutputs() {
        return Map.of("las", output(LasWriteOptions.LAS), "laz", output(LasWriteOptions.DEFAULTS));
    }

    private static PointOutput output(LasWriteOptions options) {
        return (temporary, source, work) ->
                new LasWriter(temporary, options.withCrs(source.metadata().get("crs")), source.scans(), work);
    }
}
