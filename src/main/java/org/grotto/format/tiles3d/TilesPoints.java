package org.grotto.format.tiles3d;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.Pieces;
import org.grotto.format.PiecesReader;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Reading;
import org.grotto.format.Remarks;
import org.grotto.format.Scan;
import org.grotto.format.Stated;

/**
 * The points of a tileset as one scan: of pnts tiles and of glTF. Opening reads the tileset and each tile's head; a few
 * tiles at a time are in memory while points are read. A column that a tile has not is 0 in its points, and told.
 */
final class TilesPoints extends PiecesReader {
    /** Whoever reads holds some thousand numbers of each. */
    private static final int MOST_COLUMNS = 256;

    private final Models models;
    private final Tileset tileset;
    private final Scan scan;
    private final List<Tile> tiles = new ArrayList<>();

    /** A tile with points, and how many. */
    private record Tile(Content content, long points) {}

    static TilesPoints open(Path path, Reading reading, Models models) {
        return new TilesPoints(path, reading, models);
    }

    private TilesPoints(Path path, Reading reading, Models models) {
        super(path, reading, new Remarks());
        this.models = models;
        this.tileset = Tileset.read(path, reading, remarks);
        Map<String, Column> columns = new LinkedHashMap<>();
        Map<String, Integer> having = new LinkedHashMap<>();
        long total = 0;
        for (Content c : tileset.contents()) {
            try {
                List<Column> own;
                long n;
                if (c.magic().equals("pnts")) {
                    PntsTile t = PntsTile.read(c, remarks);
                    n = t.points();
                    own = t.columns();
                } else if (c.magic().equals("i3dm")) {
                    remarks.lost(
                            "instanced models (i3dm)", String.valueOf(c.file().getFileName()));
                    continue;
                } else {
                    long[] part = glb(c);
                    if (!models.points(c.file(), part[0], part[1])) {
                        remarks.lost(
                                "tiles of triangles", String.valueOf(c.file().getFileName()));
                        continue;
                    }
                    try (PointReader r = models.cloud(c.file(), part[0], part[1])) {
                        n = r.scans().getFirst().count();
                        own = r.scans().getFirst().columns();
                    }
                }
                for (Column k : own) {
                    columns.merge(k.name(), k, TilesPoints::wider);
                    having.merge(k.name(), 1, Integer::sum);
                }
                tiles.add(new Tile(c, n));
                total += n;
            } catch (GrottoException e) {
                if (!reading.keepGoing() || e.kind() != GrottoException.Kind.BAD_INPUT) {
                    throw e;
                }
                remarks.lost(
                        "tiles that are missing or damaged",
                        String.valueOf(c.file().getFileName()));
            }
        }
        if (tiles.isEmpty()) {
            String lost = String.join("; ", remarks.notKept());
            throw GrottoException.unsupported(
                    path,
                    "shows neither points nor triangles that can be read"
                            + (lost.isEmpty() ? "." : "; in its tiles: " + lost + "."));
        }
        if (columns.size() > MOST_COLUMNS) {
            throw GrottoException.unsupported(path, "has more than " + MOST_COLUMNS + " properties of points.");
        }
        for (Map.Entry<String, Integer> e : having.entrySet()) {
            if (e.getValue() < tiles.size()) {
                remarks.understood(String.format(
                        Locale.ROOT,
                        "0 for %s in %,d of %,d tiles, which have none",
                        e.getKey(),
                        tiles.size() - e.getValue(),
                        tiles.size()));
            }
        }
        this.scan = new Scan(
                called(path),
                null,
                null,
                null,
                total,
                List.copyOf(columns.values()),
                null,
                Column.Type.DOUBLE,
                null,
                null,
                Map.of());
    }

    /** Whether there are points. */
    static boolean any(Tileset t, Models models) {
        for (Content c : t.contents()) {
            try {
                if (c.magic().equals("pnts")) {
                    return true;
                }
                if (!c.magic().equals("i3dm")) {
                    long[] part = glb(c);
                    if (models.points(c.file(), part[0], part[1])) {
                        return true;
                    }
                }
            } catch (GrottoException e) {
                continue; // told by whoever reads it
            }
        }
        return false;
    }

    /** Of two tiles' columns of one name the one that holds the values of both. */
    private static Column wider(Column a, Column b) {
        return a.type() == b.type() ? a : a.type().ordinal() >= b.type().ordinal() ? a : b;
    }

    /** A tileset is called by its folder, a tile alone by itself. */
    private static String called(Path path) {
        return String.valueOf(path.getFileName()).endsWith(".json") ? title(path) : String.valueOf(path.getFileName());
    }

    /** Where the glTF of a content lies in its file. */
    static long[] glb(Content c) {
        if (!c.magic().equals("b3dm")) {
            return new long[] {c.from(), c.length()};
        }
        TileHead h = TileHead.read(c);
        return new long[] {h.body(), h.end() - h.body()};
    }

    /** From the frame of a content's glTF, taken for Y up and turned Z up, to the level one. */
    static double[] placed(Content c, double[] frame) {
        double[] place = Matrix.times(frame, c.place());
        if (c.magic().equals("b3dm")) {
            double[] centre = TileHead.read(c).centre(c);
            place = Matrix.times(place, Matrix.shift(centre[0], centre[1], centre[2]));
        }
        return Matrix.times(place, c.axes());
    }

    private PointCursor cursor(Content c) {
        if (c.magic().equals("pnts")) {
            return PntsTile.read(c, new Remarks()).open(Matrix.times(tileset.frame(), c.place()));
        }
        long[] part = glb(c);
        return new Placed(models.cloud(c.file(), part[0], part[1]), placed(c, tileset.frame()));
    }

    /** The points of a glTF where they belong, with the cloud's columns. */
    private static final class Placed implements PointCursor {
        private final PointReader reader;
        private final PointCursor cursor;
        private final double[] place;
        private final double[] turned;
        private final PointBatch own;

        Placed(PointReader reader, double[] place) {
            this.reader = reader;
            this.cursor = reader.points(0);
            this.place = place;
            this.turned = Matrix.normals(place);
            this.own = new PointBatch(reader.scans().getFirst().columns(), 1 << 14);
        }

        @Override
        public boolean next(PointBatch b) {
            PointBatch from = own.capacity <= b.capacity ? own : new PointBatch(own.schema, b.capacity);
            boolean more = cursor.next(from);
            b.size = from.size;
            for (int i = 0; i < from.size; i++) {
                b.x[i] = Matrix.place(place, 0, from.x[i], from.y[i], from.z[i]);
                b.y[i] = Matrix.place(place, 1, from.x[i], from.y[i], from.z[i]);
                b.z[i] = Matrix.place(place, 2, from.x[i], from.y[i], from.z[i]);
            }
            for (int c = 0; c < b.columns.length; c++) {
                int k = from.indexOf(b.schema.get(c).name());
                if (k < 0) {
                    java.util.Arrays.fill(b.columns[c], 0, from.size, 0);
                } else {
                    System.arraycopy(from.columns[k], 0, b.columns[c], 0, from.size);
                }
            }
            int[] n = {b.indexOf(Column.NX), b.indexOf(Column.NY), b.indexOf(Column.NZ)};
            double[] v = new double[3];
            for (int i = 0; i < from.size && n[0] >= 0 && n[1] >= 0 && n[2] >= 0; i++) {
                for (int k = 0; k < 3; k++) {
                    v[k] = b.columns[n[k]][i];
                }
                Matrix.normal(turned, v);
                for (int k = 0; k < 3; k++) {
                    b.columns[n[k]][i] = (float) v[k];
                }
            }
            return more;
        }

        @Override
        public void close() {
            cursor.close();
            reader.close();
        }
    }

    @Override
    public String format() {
        return tileset.format() + ", points";
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
    protected Scan scan() {
        return scan;
    }

    @Override
    protected Pieces pieces() {
        return new Pieces() {
            @Override
            public int size() {
                return tiles.size();
            }

            @Override
            public long points(int i) {
                return tiles.get(i).points();
            }

            @Override
            public String name(int i) {
                return String.valueOf(tiles.get(i).content().file().getFileName());
            }

            @Override
            public PointCursor open(int i) {
                return cursor(tiles.get(i).content());
            }
        };
    }
}
