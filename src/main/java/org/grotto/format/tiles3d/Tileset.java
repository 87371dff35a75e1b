package org.grotto.format.tiles3d;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.format.InFolder;
import org.grotto.format.Reading;
import org.grotto.format.Remarks;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A tileset, and those that it names, as the contents that together show all of it once: of tiles that their children
 * replace (REPLACE) the finest ones, or the coarsest whose geometric error is at most the resolution asked for; of those
 * that children add to (ADD) all down to there. Tiles are listed, or implicit ({@link Implicit}). Files outside the
 * tileset's folder and addresses are refused.
 */
final class Tileset {
    private static final int DEEPEST = 500;
    private static final int MOST_TILES = 2_000_000;
    /** How often one tileset may be named by others. */
    private static final int OFTEN = 100;

    private static final int NESTED = 8;
    private static final String AGAIN = "; copy the folder again, whole.";

    private final Path file;
    private final Path folder;
    private final Reading reading;
    private final Remarks remarks;
    private final List<Content> contents = new ArrayList<>();
    private final Map<Path, Integer> named = new HashMap<>();
    private final List<Path> open = new ArrayList<>();
    private final Set<String> passed = new HashSet<>();
    private int tiles;
    private int left;
    private int deepest;
    private String version = "";
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private double[] frame = Matrix.NONE;
    private double[] axes = Matrix.NONE;

    private Tileset(Path file, Reading reading, Remarks remarks) {
        this.file = file;
        this.folder = Objects.requireNonNull(file.toAbsolutePath().normalize().getParent());
        this.reading = reading;
        this.remarks = remarks;
    }

    /** Reads a tileset's tree, or takes a single tile; of the contents nothing but how they begin. */
    static Tileset read(Path file, Reading reading, Remarks remarks) {
        Tileset t = new Tileset(file, reading, remarks);
        String magic = magic(file);
        if (magic.equals("{")) {
            t.json(file, Json.tree(file), Matrix.NONE, 0, true);
        } else {
            t.content(file, Matrix.NONE, Matrix.NONE, 0);
            t.frame = t.contents.isEmpty() ? Matrix.NONE : t.level(middle(t.contents.getFirst()));
        }
        if (t.left > 0) {
            remarks.understood(String.format(
                    Locale.ROOT,
                    "tiles down to a geometric error of %.4g m: %,d of at least %,d tiles",
                    reading.resolution(),
                    t.tiles - t.left,
                    t.tiles));
        }
        return t;
    }

    /** Where a single tile stands, roughly. */
    private static double[] middle(Content tile) {
        return switch (tile.magic()) {
            case "pnts" -> PntsTile.read(tile, new Remarks()).middle();
            case "i3dm" -> Instances.read(tile).middle();
            case "b3dm" -> TileHead.read(tile).centre(tile);
            default -> new double[3];
        };
    }

    List<Content> contents() {
        return contents;
    }

    /** The addresses of what is missing or damaged, and was passed over. */
    Set<String> passed() {
        return passed;
    }

    /** The tilesets that were followed. */
    Set<Path> tilesets() {
        return named.keySet();
    }

    /** "3D Tiles 1.1". */
    String format() {
        return version.isEmpty() ? "3D Tiles, one tile" : "3D Tiles " + version;
    }

    Map<String, String> metadata() {
        if (version.isEmpty()) {
            return metadata;
        }
        metadata.put(
                "tiles",
                contents.size() + (contents.size() == 1 ? " content" : " contents") + " read, of " + tiles
                        + (tiles == 1 ? " tile, " : " tiles, ") + (deepest + 1)
                        + (deepest == 0 ? " level" : " levels"));
        return metadata;
    }

    /** From the tileset's frame to a level one in metres. */
    double[] frame() {
        return frame;
    }

    private GrottoException bad(Path in, String what) {
        return GrottoException.badInput(in, what + AGAIN);
    }

    private void json(Path in, JsonNode json, double[] parent, int depth, boolean first) {
        Path absolute = in.toAbsolutePath().normalize();
        if (open.contains(absolute)) {
            throw bad(in, "is named by a tileset that it names itself: they run in a circle");
        }
        if (named.merge(absolute, 1, Integer::sum) > OFTEN) {
            throw GrottoException.unsupported(in, "is named more than " + OFTEN + " times, which is not followed.");
        }
        String v = json.path("asset").path("version").asString("");
        if (!v.matches("[01]\\.[0-9]") || !json.path("root").isObject()) {
            throw GrottoException.badInput(
                    in,
                    "is no tileset of 3D Tiles 1.0 or 1.1: its asset.version is \"" + Remarks.shown(v) + "\", and "
                            + (json.path("root").isObject() ? "it has" : "there is no") + " root tile.");
        }
        if (first) {
            version = v;
            frame = frame(json.path("root"));
            for (String key : List.of("generator", "copyright")) {
                String s = json.path("asset").path(key).asString("");
                if (!s.isEmpty()) {
                    metadata.put(key, Remarks.shown(s));
                }
            }
        }
        JsonNode required = json.path("extensionsRequired");
        for (JsonNode e : required) {
            String name = e.asString("");
            if (!List.of(
                            "3DTILES_content_gltf",
                            "3DTILES_multiple_contents",
                            "3DTILES_metadata",
                            "3DTILES_implicit_tiling",
                            "3DTILES_draco_point_compression",
                            "3DTILES_batch_table_hierarchy")
                    .contains(name)) {
                throw GrottoException.unsupported(
                        in, "needs the extension " + Remarks.shown(name) + ", which is not read.");
            }
        }
        double[] before = axes;
        axes = axes(in, json.path("asset").path("gltfUpAxis").asString("Y"));
        open.add(absolute);
        tile(in, json.path("root"), parent, null, depth);
        open.removeLast();
        axes = before;
    }

    /** What undoes turning a glTF's Y up, where a tileset of old says that another of its axes is. */
    private double[] axes(Path in, String up) {
        return switch (up.toUpperCase(Locale.ROOT)) {
            case "Y" -> Matrix.NONE;
            case "Z" -> new double[] {1, 0, 0, 0, 0, 0, -1, 0, 0, 1, 0, 0, 0, 0, 0, 1};
            case "X" -> new double[] {0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1};
            default -> throw bad(in, "says that of its glTF the axis " + Remarks.shown(up) + " is up");
        };
    }

    private void tile(Path in, JsonNode tile, double[] parent, @Nullable String inherited, int depth) {
        if (!tile.isObject()) {
            throw bad(in, "holds " + Remarks.shown(tile.toString()) + " where a tile is due");
        }
        double[] place = tile.has("transform") ? Matrix.times(parent, numbers(in, tile, "transform", 16)) : parent;
        String refine = tile.path("refine").asString(inherited == null ? "REPLACE" : inherited);
        double error = tile.path("geometricError").asDouble(0);
        List<String> uris = uris(tile);
        if (Implicit.is(tile)) {
            Implicit set = Implicit.of(in, tile, uris);
            Spread spread = new Spread(in, set, place, refine, error, depth);
            Implicit.Place root = new Implicit.Place(0, 0, 0, 0);
            Subtree first = subtree(spread, root);
            if (first != null) {
                spread(spread, first, root, root);
            }
            return;
        }
        count(in, depth);
        JsonNode children = tile.path("children");
        boolean descend = shows(in, uris, error, refine, children.size(), place, depth);
        for (JsonNode child : children) {
            if (descend) {
                tile(in, child, place, refine, depth + 1);
            } else {
                tiles++;
            }
        }
    }

    private void count(Path in, int depth) {
        if (depth > DEEPEST) {
            throw GrottoException.unsupported(in, "has tiles deeper than " + DEEPEST + " levels.");
        }
        if (++tiles > MOST_TILES) {
            throw GrottoException.unsupported(in, "has more than " + MOST_TILES + " tiles; read it in parts.");
        }
        deepest = Math.max(deepest, depth);
    }

    /** Takes what a tile shows, if its children do not take its place; gives whether they are to be looked at. */
    private boolean shows(
            Path in, List<String> uris, double error, String refine, int children, double[] place, int depth) {
        boolean fine = reading.resolution() > 0 && error <= reading.resolution() && !uris.isEmpty();
        boolean descend = children > 0 && !fine;
        boolean shown = !descend || refine.equalsIgnoreCase("ADD");
        for (String uri : uris) {
            // what the finer tiles replace may name further tilesets all the same
            if (shown || uri.toLowerCase(Locale.ROOT).endsWith(".json")) {
                content(in, uri, place, depth);
            }
        }
        left += descend ? 0 : children;
        return descend;
    }

    /** What all implicit tiles below one have in common; errors halve from level to level. */
    private record Spread(Path in, Implicit set, double[] place, String refine, double error, int depth) {}

    private void spread(Spread all, Subtree subtree, Implicit.Place root, Implicit.Place p) {
        Implicit set = all.set;
        int depth = all.depth + p.level();
        count(all.in, depth);
        long index = set.index(root, p);
        List<String> uris = new ArrayList<>();
        for (int k = 0; k < set.contents().size(); k++) {
            if (subtree.content(k, index)) {
                uris.add(Implicit.address(set.contents().get(k), p));
            }
        }
        boolean last = p.level() + 1 == root.level() + set.subtreeLevels();
        List<Implicit.Place> children = new ArrayList<>();
        for (int k = 0; k < set.children() && p.level() + 1 < set.levels(); k++) {
            Implicit.Place c = p.child(k);
            if (last ? subtree.below(set.morton(root, c)) : subtree.tile(set.index(root, c))) {
                children.add(c);
            }
        }
        double error = Math.scalb(all.error, -p.level());
        boolean descend = shows(all.in, uris, error, all.refine, children.size(), all.place, depth);
        for (Implicit.Place c : children) {
            if (!descend) {
                tiles++;
            } else if (!last) {
                spread(all, subtree, root, c);
            } else {
                Subtree next = subtree(all, c);
                if (next != null) {
                    spread(all, next, c, c);
                }
            }
        }
    }

    /** The subtree whose root stands there; null where it is missing or damaged, and is passed over. */
    private @Nullable Subtree subtree(Spread all, Implicit.Place root) {
        String uri = Implicit.address(all.set.subtrees(), root);
        try {
            return Subtree.read(folder, named(all.in, uri), all.set.children(), all.set.subtreeLevels());
        } catch (GrottoException e) {
            passed(e, uri);
            return null;
        }
    }

    private double[] numbers(Path in, JsonNode tile, String key, int count) {
        JsonNode list = tile.path(key);
        double[] v = new double[count];
        for (int i = 0; i < count; i++) {
            v[i] = list.size() == count && list.path(i).isNumber()
                    ? list.path(i).doubleValue()
                    : Double.NaN;
            if (!Double.isFinite(v[i])) {
                throw bad(in, "has a tile whose " + key + " is no list of " + count + " numbers");
            }
        }
        return v;
    }

    /** What a tile shows: one content, or several. */
    private static List<String> uris(JsonNode tile) {
        List<String> out = new ArrayList<>();
        JsonNode many = tile.path("extensions").path("3DTILES_multiple_contents");
        for (JsonNode list : List.of(tile.path("contents"), many.path("contents"), many.path("content"))) {
            for (JsonNode c : list) {
                add(c, out);
            }
        }
        add(tile.path("content"), out);
        return out;
    }

    private static void add(JsonNode content, List<String> out) {
        String uri = content.path("uri").asString(content.path("url").asString(""));
        if (!uri.isEmpty()) {
            out.add(uri);
        }
    }

    private void content(Path in, String uri, double[] place, int depth) {
        try {
            content(named(in, uri), place, axes, depth);
        } catch (GrottoException e) {
            passed(e, uri);
        }
    }

    /** The file that a tile names. */
    private Path named(Path in, String uri) {
        Path path = InFolder.file(folder, in, plain(uri));
        if (!Files.isRegularFile(path)) {
            throw GrottoException.badInput(
                    path,
                    "is missing, and a tile of " + in.getFileName()
                            + "; copy the folder again, or --keep-going would take the other tiles.");
        }
        return path;
    }

    /** Passes over a part that is missing or damaged, and says so; throws where that was not asked for. */
    private void passed(GrottoException e, String uri) {
        boolean missing = e.kind() == GrottoException.Kind.BAD_INPUT || e.kind() == GrottoException.Kind.IO;
        if (!reading.keepGoing() || !missing) {
            throw e;
        }
        remarks.lost("tiles that are missing or damaged", uri);
        passed.add(plain(uri).toLowerCase(Locale.ROOT));
    }

    /** A relative address as a path: without a query, percent signs undone. */
    static String plain(String uri) {
        String s = uri.replaceFirst("[?#].*", "");
        try {
            return URLDecoder.decode(s.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return s; // a percent sign of its own
        }
    }

    private void content(Path path, double[] place, double[] turned, int depth) {
        String magic = magic(path);
        if (magic.equals("{")) {
            JsonNode json = Json.tree(path);
            if (json.has("root") || json.has("geometricError")) {
                json(path, json, place, depth + 1, false);
                return;
            }
        }
        try {
            add(new Content(path, magic, 0, Files.size(path), place, turned, depth, null), 0);
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    private void add(Content c, int nested) {
        switch (c.magic()) {
            case "pnts", "b3dm", "glTF", "{" -> contents.add(c);
            case "cmpt" -> composite(c, nested);
            case "i3dm" -> {
                String uri = Instances.outside(c);
                contents.add(uri == null ? c : c.showing(named(c.file(), uri)));
            }
            case "vctr", "geom" ->
                remarks.lost(
                        "drawings (" + c.magic() + ")", String.valueOf(c.file().getFileName()));
            default ->
                throw GrottoException.badInput(
                        c.file(),
                        c.from(),
                        c.magic().isEmpty()
                                ? "this tile is empty (0 bytes); copy the folder again."
                                : c.magic().startsWith("\u001f")
                                        ? "this tile is packed (gzip); unpack it in place."
                                        : "this is no tile: it begins with \"" + Remarks.shown(c.magic())
                                                + "\", where pnts, b3dm, i3dm, cmpt or glTF are known.");
        }
    }

    /** Tiles in one file, one after the other. */
    private void composite(Content c, int nested) {
        if (nested > NESTED) {
            throw GrottoException.unsupported(
                    c.file(), "holds tiles in tiles in tiles, more than " + NESTED + " deep.");
        }
        try (FileChannel in = FileChannel.open(c.file(), StandardOpenOption.READ)) {
            long count = c.length() < 16
                    ? -1
                    : TileHead.bytes(c.file(), in, c.from(), 16).getInt(12) & 0xFFFFFFFFL;
            long at = 16;
            for (long i = 0; i < count; i++) {
                ByteBuffer head = at + 12 > c.length() ? null : TileHead.bytes(c.file(), in, c.from() + at, 12);
                long length =
                        head == null ? 0 : head.order(ByteOrder.LITTLE_ENDIAN).getInt(8) & 0xFFFFFFFFL;
                if (head == null || length < 12 || length > c.length() - at) {
                    throw bad(c.file(), "holds " + i + " of the " + count + " tiles that it says");
                }
                String magic = new String(head.array(), 0, 4, StandardCharsets.ISO_8859_1);
                add(c.part(magic, c.from() + at, length), nested + 1);
                at += length;
            }
            if (count < 0) {
                throw bad(c.file(), "is shorter than its head");
            }
        } catch (IOException e) {
            throw GrottoException.io(c.file(), e);
        }
    }

    /** The first four bytes, or "{" for text that begins so. */
    private static String magic(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String s = new String(in.readNBytes(64), StandardCharsets.ISO_8859_1);
            String text = s.replaceFirst("^\u00ef\u00bb\u00bf", "").stripLeading();
            return text.startsWith("{") ? "{" : s.substring(0, Math.min(4, s.length()));
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        }
    }

    /** The level frame of a tileset that stands on the globe, told; else its own. */
    private double[] frame(JsonNode root) {
        JsonNode volume = root.path("boundingVolume");
        double[] move = root.has("transform") ? numbers(file, root, "transform", 16) : Matrix.NONE;
        double[] c;
        if (volume.has("region")) {
            double[] r = numbers(file, volume, "region", 6);
            double width = r[2] >= r[0] ? (r[2] - r[0]) / 2 : (r[2] - r[0]) / 2 + Math.PI; // across the date line
            c = Globe.cartesian(new double[] {r[0] + width, (r[1] + r[3]) / 2, (r[4] + r[5]) / 2});
        } else {
            String key = volume.has("sphere") ? "sphere" : "box";
            double[] v = volume.has(key) ? numbers(file, volume, key, key.equals("box") ? 12 : 4) : new double[3];
            c = new double[3];
            for (int axis = 0; axis < 3; axis++) {
                c[axis] = Matrix.place(move, axis, v[0], v[1], v[2]);
            }
        }
        return level(c);
    }

    /** The level frame around a place, where that is one on the globe. */
    private double[] level(double[] c) {
        if (!Globe.near(c)) {
            return Matrix.NONE;
        }
        double[] g = Globe.geographic(c);
        String at = String.format(
                Locale.ROOT,
                "longitude %.8f, latitude %.8f, %.3f m above the ellipsoid",
                Math.toDegrees(g[0]),
                Math.toDegrees(g[1]),
                g[2]);
        remarks.understood("a level frame in metres (x east, y north, z up) around " + at
                + ": the tiles stand in the Earth's own frame (EPSG:4978)");
        metadata.put("origin", at);
        return Globe.level(c);
    }
}
