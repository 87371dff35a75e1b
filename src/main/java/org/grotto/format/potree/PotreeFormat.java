package org.grotto.format.potree;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.format.FileHead;
import org.grotto.format.Format;
import org.grotto.format.InFolder;
import org.grotto.format.Stated;
import tools.jackson.databind.JsonNode;

/** Potree: points, read; told by {@code cloud.js} of version 1, {@code metadata.json} of version 2, or what stands in it. */
public final class PotreeFormat implements Format {
    private final PointInput las;
    private final Function<String, Stated> crs;

    /**
     * @param las opens the tiles of clouds of version 1 that are LAS or LAZ
     * @param crs what the well-known text of a reference system says of units
     */
    public PotreeFormat(PointInput las, Function<String, Stated> crs) {
        this.las = las;
        this.crs = crs;
    }

    @Override
    public String name() {
        return "Potree";
    }

    @Override
    public List<String> extensions() {
        return List.of();
    }

    @Override
    public List<String> names() {
        return List.of("cloud.js", "metadata.json");
    }

    @Override
    public boolean begins(FileHead head) {
        String s = head.text().stripLeading();
        return s.startsWith("{") && (s.contains("\"octreeDir\"") || s.contains("\"firstChunkSize\""));
    }

    @Override
    public List<Path> files(Path file) {
        String dir = Json.tree(file).path("octreeDir").asString("");
        List<Path> parts = dir.isEmpty()
                ? List.of(file.resolveSibling("hierarchy.bin"), file.resolveSibling("octree.bin"))
                : List.of(Octree1.data(file, dir));
        return InFolder.files(file, parts);
    }

    @Override
    public PointInput points() {
        return (file, reading) -> {
            JsonNode json = Json.tree(file);
            if (json.has("octreeDir")) {
                return new PotreeReader(new Octree1(file, json, reading, las), reading, crs);
            }
            if (json.path("hierarchy").has("firstChunkSize")) {
                return new PotreeReader(new Octree2(file, json, reading), reading, crs);
            }
            throw GrottoException.badInput(
                    file,
                    "is no cloud of Potree: neither \"octreeDir\" of version 1 nor \"hierarchy\" of version 2 stands in"
                            + " it; name cloud.js or metadata.json of one.");
        };
    }
}
