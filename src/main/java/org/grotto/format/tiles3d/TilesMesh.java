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
import org.grotto.format.Repeats;
import org.grotto.format.Stated;
import org.grotto.geometry.Mesh;

/**
 * The triangles of a tileset as one mesh: those of its tiles one after the other, with their pictures. Vertices of
 * different tiles stay apart. Memory is that of the mesh, and of one tile.
 */
final class TilesMesh implements MeshReader {
    /** Vertices of models shown again, beside those that memory takes, for each byte of their files. */
    private static final long VERTICES_A_BYTE = 250;

    private final Path path;
    private final Reading reading;
    private final Models models;
    private final Tileset tileset;
    private final Remarks remarks = new Remarks();
    private final Remarks tree = new Remarks();
    private final Set<String> lost = new LinkedHashSet<>();
    private final Set<String> understood = new LinkedHashSet<>();
    private long repeated;
    private long allowed;

    TilesMesh(Path path, Reading reading, Models models) {
        this.path = path;
        this.reading = reading;
        this.models = models;
        this.tileset = Tileset.read(path, reading, tree);
    }

    /** Whether any tile shows triangles; where none can be read, whether there is one that is no tile of points. */
    static boolean any(Tileset t, Models models) {
        boolean damaged = t.passed().stream().anyMatch(uri -> !uri.endsWith(".pnts"));
        for (Content c : t.contents()) {
            try {
                if (!c.magic().equals("pnts")) {
                    Content shown = model(c);
                    if (models.triangles(shown.file(), shown.from(), shown.length())) {
                        return true;
                    }
                }
            } catch (GrottoException e) {
                damaged = true; // told by whoever reads it
            }
        }
        return damaged && t.contents().stream().noneMatch(c -> c.magic().equals("pnts"));
    }

    /** The part of a file that is the glTF of a content. */
    private static Content model(Content c) {
        if (c.magic().equals("i3dm")) {
            return Instances.read(c).model();
        }
        long[] part = TilesPoints.glb(c);
        return c.part("glTF", part[0], part[1]);
    }

    /** Puts a tile's triangles where they stand; those of an i3dm as often as it shows them. */
    private void add(Content c, Mesh m, JoinedMesh all) {
        if (!c.magic().equals("i3dm")) {
            all.add(m, TilesPoints.placed(c, tileset.frame()));
            return;
        }
        Instances shown = Instances.read(c);
        shown.tell(remarks);
        repeated += Math.max(0, shown.count() - 1) * m.vertexCount();
        Content model = shown.model();
        allowed += VERTICES_A_BYTE * (c.length() + (model.file().equals(c.file()) ? 0 : model.length()));
        if (repeated > allowed) {
            throw GrottoException.unsupported(
                    path, Repeats.tooMany(repeated, "vertices", allowed) + ", by a --resolution or by parts.");
        }
        remarks.understood(
                "models at each of their places (i3dm)",
                shown.count() + " in " + c.file().getFileName());
        double[] place = Matrix.times(tileset.frame(), c.place());
        shown.each(one -> all.add(m, Matrix.times(Matrix.times(place, one), c.axes())));
    }

    @Override
    public Mesh read() {
        remarks.clear();
        repeated = 0;
        allowed = Repeats.most();
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
                Content shown = model(c);
                if (!models.triangles(shown.file(), shown.from(), shown.length())) {
                    remarks.lost("tiles without triangles", name);
                    continue;
                }
                try (MeshReader r = models.mesh(shown.file(), shown.from(), shown.length())) {
                    Mesh m = r.read();
                    lost.addAll(r.notKept());
                    understood.addAll(r.understood());
                    add(c, m, all);
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
