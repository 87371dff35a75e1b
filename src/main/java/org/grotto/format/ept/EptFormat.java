package org.grotto.format.ept;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.grotto.format.FileHead;
import org.grotto.format.Format;
import org.grotto.format.InFolder;
import org.grotto.format.Stated;

/** EPT: points, read; told by the name of its first file, {@code ept.json}, or by what stands in it. */
public final class EptFormat implements Format {
    private final PointInput las;
    private final Function<String, Stated> crs;

    /**
     * @param las opens the tiles of a cloud whose data type is laszip
     * @param crs what the well-known text of a reference system says of units
     */
    public EptFormat(PointInput las, Function<String, Stated> crs) {
        this.las = las;
        this.crs = crs;
    }

    @Override
    public String name() {
        return "EPT";
    }

    @Override
    public List<String> extensions() {
        return List.of();
    }

    @Override
    public List<String> names() {
        return List.of("ept.json");
    }

    @Override
    public boolean begins(FileHead head) {
        String s = head.text().stripLeading();
        return s.startsWith("{") && (s.contains("\"boundsConforming\"") || s.contains("\"hierarchyType\""));
    }

    @Override
    public List<Path> files(Path file) {
        return InFolder.files(
                file,
                Stream.of("ept-data", "ept-hierarchy", "ept-sources")
                        .map(file::resolveSibling)
                        .toList());
    }

    @Override
    public PointInput points() {
        return (file, reading) -> EptReader.open(file, reading, las, crs);
    }
}
