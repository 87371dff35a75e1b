package org.grotto.format.ept;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Function;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.format.Column;
import org.grotto.format.Format;
import org.grotto.format.LasTiles;
import org.grotto.format.Levels;
import org.grotto.format.Pieces;
import org.grotto.format.PiecesReader;
import org.grotto.format.Reading;
import org.grotto.format.Remarks;
import org.grotto.format.Rows;
import org.grotto.format.Scan;
import org.grotto.format.Stated;
import org.grotto.geometry.Box;
import tools.jackson.databind.JsonNode;

/**
 * EPT 1.x (Entwine Point Tiles, entwine.io): {@code ept.json}, nodes as binary rows, the same packed by Zstandard, or LAZ.
 * All nodes are one scan, level by level. Opening reads {@code ept.json}, the hierarchy and the names of the sources; a
 * few nodes at a time are in memory while points are read.
 */
public final class EptReader extends PiecesReader {
    private static final int MOST_SOURCES = 8;

    private final Path folder;
    private final String version;
    private final String packing;
    private final EptSchema schema;
    private final List<Column> columns;
    private final List<EptHierarchy.Node> nodes;
    private final Levels levels;
    private final LasTiles las;
    private final Scan scan;
    private final Stated stated;
    private final Map<String, String> metadata = new TreeMap<>();

    /**
     * Opens a cloud.
     *
     * @param path its {@code ept.json}
     * @param las opens LAZ tiles
     * @param crs what the well-known text of a reference system says of units
     */
    public static EptReader open(Path path, Reading reading, Format.PointInput las, Function<String, Stated> crs) {
        return new EptReader(path, reading, las, crs);
    }

    private EptReader(Path path, Reading reading, Format.PointInput las, Function<String, Stated> crs) {
        super(path, reading, new Remarks());
        this.las = new LasTiles(las, reading.work());
        this.folder = Objects.requireNonNull(path.toAbsolutePath().getParent());
        JsonNode json = Json.tree(path);
        this.version = json.path("version").asString("");
        this.packing = json.path("dataType").asString("");
        if (!version.startsWith("1.") && !version.startsWith("0.")) { // 0.0.0: what Entwine wrote before 1.0, the same
            throw GrottoException.unsupported(
                    path, "is EPT of version \"" + Remarks.shown(version) + "\"; 1.0 and 1.1 are read.");
        }
        if (!List.of("binary", "zstandard", "laszip").contains(packing)) {
            throw GrottoException.unsupported(
                    path,
                    "has tiles of type \"" + Remarks.shown(packing) + "\"; binary, zstandard and laszip are read.");
        }
        if (!json.path("hierarchyType").asString("json").equals("json")) {
            throw GrottoException.unsupported(
                    path,
                    "has a hierarchy of type \""
                            + Remarks.shown(json.path("hierarchyType").toString()) + "\"; json is read.");
        }
        this.schema = EptSchema.of(path, json.path("schema"));
        Box cube = box(json.path("bounds"), "bounds");
        Box tight =
                json.path("boundsConforming").isArray() ? box(json.path("boundsConforming"), "boundsConforming") : cube;
        String wkt = json.path("srs").path("wkt").asString("");
        this.stated = wkt.isEmpty() ? Stated.NOTHING : crs.apply(wkt);
        List<EptHierarchy.Node> all = EptHierarchy.read(folder, reading.keepGoing(), remarks);
        this.levels = levels(json, cube, all);
        this.nodes = all.stream().filter(n -> n.level() < levels.read()).toList();
        levels.understood().forEach(remarks::understood);
        long announced = json.path("points").asLong(-1);
        if (announced >= 0 && announced != levels.all()) {
            remarks.understood(String.format(
                    Locale.ROOT, "%,d points by its hierarchy, where ept.json announces %,d", levels.all(), announced));
        }
        tell(json, wkt);
        this.columns = packing.equals("laszip") ? tileColumns() : schema.columns();
        EptSchema.Dimension[] p = schema.xyz();
        boolean scaled = p[0].scaled() || p[1].scaled() || p[2].scaled();
        this.scan = new Scan(
                title(path),
                null,
                null,
                null,
                levels.count(),
                columns,
                tight,
                scaled ? Column.Type.SCALED : p[0].type(),
                scaled ? new double[] {p[0].scale(), p[1].scale(), p[2].scale()} : null,
                scaled ? new double[] {p[0].offset(), p[1].offset(), p[2].offset()} : null,
                Map.of());
    }

    private Box box(JsonNode list, String key) {
        double[] v = new double[6];
        for (int i = 0; i < 6; i++) {
            v[i] = list.size() == 6 && list.path(i).isNumber() ? list.path(i).doubleValue() : Double.NaN;
            if (!Double.isFinite(v[i])) {
                throw GrottoException.badInput(path, "\"" + key + "\" is no box of six numbers; copy it again.");
            }
        }
        return new Box(v[0], v[1], v[2], v[3], v[4], v[5]);
    }

    private Levels levels(JsonNode json, Box cube, List<EptHierarchy.Node> all) {
        double span = json.path("span").asDouble(json.path("ticks").asDouble(Double.NaN));
        List<Long> points = new ArrayList<>();
        for (EptHierarchy.Node n : all) {
            Levels.add(points, n.level(), n.points());
        }
        double spacing = span > 0 ? cube.longest() / span : Double.NaN;
        return Levels.of(spacing, points, reading.resolution(stated));
    }

    /** By the first node's header: what LAZ keeps, whatever the schema was before. */
    private List<Column> tileColumns() {
        for (EptHierarchy.Node n : nodes) {
            try {
                return las.scan(tile(n)).columns();
            } catch (GrottoException e) {
                if (!reading.keepGoing()) {
                    throw e;
                }
            }
        }
        return List.of();
    }

    private void tell(JsonNode json, String wkt) {
        metadata.put("levels", levels.text());
        JsonNode srs = json.path("srs");
        String code = srs.path("authority").asString("") + ":"
                + srs.path("horizontal").asString("")
                + (srs.path("vertical").isString() ? "+" + srs.path("vertical").asString() : "");
        if (!wkt.isEmpty()) {
            metadata.put("crs", wkt);
        } else if (code.matches("EPSG:\\d+(\\+\\d+)?")) {
            metadata.put("crs", code);
        }
        String named = sources();
        if (!named.isEmpty()) {
            metadata.put("sources", named);
        }
    }

    /** The files that the cloud was made of, by name; nothing where nobody says. */
    private String sources() {
        for (String list : List.of("list.json", "manifest.json")) {
            Path file = folder.resolve("ept-sources").resolve(list);
            if (!Files.isRegularFile(file)) {
                continue;
            }
            try {
                StringJoiner names = new StringJoiner(", ");
                int n = 0;
                for (JsonNode s : Json.tree(file)) {
                    String p = s.path("path").asString("");
                    if (!p.isEmpty() && n++ < MOST_SOURCES) {
                        names.add(Remarks.shown(p.substring(p.lastIndexOf('/') + 1)));
                    }
                }
                return names + (n > MOST_SOURCES ? " and " + (n - MOST_SOURCES) + " more" : "");
            } catch (GrottoException e) {
                remarks.lost("the list of sources, which cannot be read");
            }
        }
        return "";
    }

    private Path tile(EptHierarchy.Node n) {
        String ending = packing.equals("laszip") ? ".laz" : packing.equals("binary") ? ".bin" : ".zst";
        Path file = folder.resolve("ept-data").resolve(n.key() + ending);
        if (!Files.isRegularFile(file)) {
            throw GrottoException.badInput(
                    file,
                    "is missing, and should hold " + n.points()
                            + " points; copy the folder again, or --keep-going would take the other tiles.");
        }
        return file;
    }

    private final class Tiles implements Pieces {
        @Override
        public int size() {
            return nodes.size();
        }

        @Override
        public long points(int i) {
            return nodes.get(i).points();
        }

        @Override
        public String name(int i) {
            return nodes.get(i).key();
        }

        @Override
        public PointCursor open(int i) {
            EptHierarchy.Node n = nodes.get(i);
            Path file = tile(n);
            return switch (packing) {
                case "laszip" -> las.open(file, n.points(), columns);
                case "binary" -> {
                    requireSize(file, n.points());
                    yield Rows.cursor(
                            file, () -> Files.newInputStream(file), schema.length(), n.points(), schema.fields());
                }
                default -> Rows.cursor(file, () -> unpacked(file), schema.length(), n.points(), schema.fields());
            };
        }
    }

    private void requireSize(Path file, long points) {
        try {
            long size = Files.size(file);
            if (size / schema.length() != points || size % schema.length() != 0) {
                throw GrottoException.badInput(
                        file,
                        "has " + size + " bytes, where " + points + " points of " + schema.length()
                                + " bytes are due; copy the folder again, or --keep-going would take the other tiles.");
            }
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        }
    }

    /** The rows of a tile; what Zstandard's decoder objects to comes as a failed reading. */
    private static InputStream unpacked(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        ZstdInputStream zstd = new ZstdInputStream(in);
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                int n = read(one, 0, 1);
                return n < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] b, int from, int length) throws IOException {
                try {
                    return zstd.read(b, from, length);
                } catch (RuntimeException e) { // of several kinds: its own, bounds, states
                    throw new IOException(e.getMessage(), e);
                }
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }

    @Override
    public String format() {
        return "EPT " + version + ", " + packing;
    }

    @Override
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public Stated stated() {
        return stated;
    }

    @Override
    protected Scan scan() {
        return scan;
    }

    @Override
    protected Pieces pieces() {
        return new Tiles();
    }
}
