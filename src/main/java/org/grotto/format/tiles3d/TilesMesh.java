package org.grotto.format.tiles3d;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.grotto.base.GrottoException;
import org.grotto.base.Job;
import org.grotto.format.MeshReader;
import org.grotto.format.Reading;
import org.grotto.format.Remarks;
import org.grotto.format.Stated;
import org.grotto.geometry.Mesh;

/**
 * The triangles of a tileset as one mesh: those of its tiles one after the other, with their pictures. Vertices of
 * different tiles stay apart. Memory is that of the mesh, and of one tile.
 */
final class TilesMesh implements MeshReader {
    private final Path path;
    private final Reading reading;
    private final Models models;
    private final Tileset tileset;
    private final Remarks remarks = new Remarks();
    private final Remarks tree = new Remarks();
    private final Set<String> lost = new LinkedHashSet<>();
    private final Set<String> understood = new LinkedHashSet<>();

    TilesMesh(Path path, Reading reading, Models models) {
        this.path = path;
        this.reading = reading;
        this.models = models;
        this.tileset = Tileset.read(path, reading, tree);
    }

    /** Whether any tile shows triangles; those that cannot be read are none. */
    static boolean any(Tileset t, Models models) {
        for (Content c : t.contents()) {
            try {
                if (!c.magic().equals("pnts")) {
                    long[] part = TilesPoints.glb(c);
                    if (models.triangles(c.file(), part[0], part[1])) {
                        return true;
                    }
                }
            } catch (GrottoException e) {
                // told by whoever reads it
            }
        }
        return false;
    }

    @Override
    public Mesh read() {
        remarks.clear();
        lost.clear();
        understood.clear();
        JoinedMesh all = new JoinedMesh(path);
        for (Content c : tileset.contents()) {
            Job.current().check();
            String name = String.valueOf(c.file().getFileName());
            if (c.magic().equals("pnts")) {
                remarks.lost("tiles of points", name);
                continue;
            }
            try {
                long[] part = TilesPoints.glb(c);
                if (!models.triangles(c.file(), part[0], part[1])) {
                    remarks.lost("tiles without triangles", name);
                    continue;
                }
                double[] place = TilesPoints.placed(c, tileset.frame());
                try (MeshReader r = models.mesh(c.file(), part[0], part[1])) {
                    Mesh m = r.read();
                    lost.addAll(r.notKept());
                    understood.addAll(r.understood());
                    all.add(m, place);
                }
            } catch (GrottoException e) {
                boolean bad = e.kind() == GrottoException.Kind.BAD_INPUT || e.kind() == GrottoException.Kind.IO;
                if (!reading.keepGoing() || !bad) {
                    throw e;
                }
                remarks.lost("tiles that are missing or damaged", name);
            }
        }
        if (all.empty()) {
            throw GrottoException.badInput(path, "shows no triangle in any of its tiles.");
        }
        return all.mesh(remarks);
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public String format() {
        return tileset.format() + ", a mesh in " + tileset.contents().size() + " tiles";
    }

    @Override
    public long vertices() {
        return -1;
    }

    @Override
    public long faces() {
        return -1;
    }

    @Override
    public Map<String, String> metadata() {
        return tileset.metadata();
    }

    @Override
    public Stated stated() {
        return new Stated(1, 1, false, "z", false, "3D Tiles", null);
    }

    @Override
    public List<String> notKept() {
        List<String> all = new ArrayList<>(tree.notKept());
        all.addAll(remarks.notKept());
        all.addAll(lost);
        return all;
    }

    @Override
    public List<String> understood() {
        List<String> all = new ArrayList<>(tree.understood());
        all.addAll(remarks.understood());
        all.addAll(understood);
        return all;
    }

    @Override
    public void close() {}
}
