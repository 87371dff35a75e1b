package org.grotto.format.e57;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grotto.base.Records;
import org.grotto.base.Work;
import org.grotto.format.FileHead;
import org.grotto.format.Finding;
import org.grotto.format.Format;

/** ASTM E57: scans with poses, read and written. */
public final class E57Format implements Format {
    @Override
    public String name() {
        return "E57";
    }

    @Override
    public List<String> extensions() {
        return List.of("e57");
    }

    @Override
    public boolean begins(FileHead head) {
        return head.startsWith("ASTM-E57");
    }

    @Override
    public PointInput points() {
        return (file, reading) -> E57Reader.open(file, reading.keepGoing());
    }

    @Override
    public List<Finding> check(Path file, Work work) {
        return E57Check.of(file, work);
    }

    @Override
    public boolean marksInvalid() {
        return true;
    }

    @Override
    public Map<String, PointOutput> pointOutputs() {
        return Map.of(
                "e57",
                (temporary, source, work) -> new E57Writer(
                        temporary,
                        Records.with(
                                E57WriteOptions.DEFAULTS,
                                "crs",
                                source.metadata().getOrDefault("crs", ""))));
    }
}
