package org.grotto.format.tiles3d;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.FileHead;
import org.grotto.format.Format;
import org.grotto.format.Reading;
import org.grotto.format.Remarks;

/** 3D Tiles: a mesh or points, read, from {@code tileset.json} or a single tile. */
public final class TilesFormat implements Format {
    private final Models models;

    /** @param models opens the glTF that tiles hold */
    public TilesFormat(Models models) {
        this.models = models;
    }

    @Override
    public String name() {
        return "3D Tiles";
    }

    @Override
    public List<String> extensions() {
        return List.of("pnts", "b3dm", "cmpt", "i3dm");
    }

    @Override
    public List<String> names() {
        return List.of("tileset.json");
    }

    @Override
    public boolean begins(FileHead head) {
        String s = head.text().stripLeading();
        boolean tile = extensions().stream().anyMatch(s::startsWith) && head.size() >= 16;
        return tile || s.startsWith("{") && (s.contains("\"geometricError\"") || s.contains("\"tilesetVersion\""));
    }

    private static Tileset tree(Path file) {
        try (Work work = new Work(1, 1, Progress.NONE)) {
            return Tileset.read(file, new Reading(work, List.of(), true), new Remarks());
        }
    }

    @Override
    public List<Path> files(Path file) {
        Tileset t = tree(file);
        TreeSet<Path> all = new TreeSet<>(t.tilesets());
        for (Content c : t.contents()) {
            all.add(c.file());
            if (c.model() != null) {
                all.add(c.model());
            }
        }
        all.remove(file.toAbsolutePath().normalize());
        return Stream.concat(Stream.of(file), all.stream()).toList();
    }

    /** Whether there are triangles; what else there is, is then told. */
    @Override
    public boolean holdsMesh(Path file) {
        return TilesMesh.any(tree(file), models);
    }

    @Override
    public boolean onlyMesh(Path file) {
        Tileset t = tree(file);
        return TilesMesh.any(t, models) && !TilesPoints.any(t, models);
    }

    @Override
    public PointInput points() {
        return (file, reading) -> TilesPoints.open(file, reading, models);
    }

    @Override
    public MeshInput meshes() {
        return (file, reading) -> new TilesMesh(file, reading, models);
    }
}
