package org.grotto.format.gltf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tileset.json as types: 3D Tiles 1.1 (OGC 22-025r4) with explicit tiles, glTF content and refinement REPLACE.
 *
 * @param version of 3D Tiles, "1.1" (1.0 is read, too)
 * @param geometricError in metres, of showing nothing at all
 */
public record Tileset(String version, double geometricError, Tile root) {
    private static final int MAX_DEPTH = 64;

    /** Reads a tileset; what is missing or absurd is told with the tile it stands in. */
    public static Tileset read(Path file) {
        JsonNode json = Json.lenient(file, JsonNode.class);
        String version = json.path("asset").path("version").asString("");
        if (!version.equals("1.0") && !version.equals("1.1")) {
            throw GrottoException.badInput(
                    file,
                    "asset.version is '" + version.substring(0, Math.min(20, version.length()))
                            + "', where 3D Tiles 1.0 or 1.1 is due; build the package again.");
        }
        double error = number(file, "tileset", json.path("geometricError"));
        return new Tileset(version, error, tile(file, "root", json.path("root"), null, 0));
    }

    private static Tile tile(Path file, String at, JsonNode json, double @Nullable [] parent, int depth) {
        if (!json.isObject()) {
            throw GrottoException.badInput(file, at + " is not a tile; build the package again.");
        }
        if (depth > MAX_DEPTH) {
            throw GrottoException.badInput(file, at + " lies deeper than " + MAX_DEPTH + " levels.");
        }
        if (json.path("refine").asString("REPLACE").equals("ADD")) {
            throw GrottoException.unsupported(file, at + " refines by ADD; only REPLACE is handled.");
        }
        if (json.has("implicitTiling")) {
            throw GrottoException.unsupported(file, at + " uses implicit tiling; only explicit tiles are handled.");
        }
        double[] transform = json.has("transform")
                ? times(parent, numbers(file, at + ".transform", json.path("transform"), 16))
                : parent;
        JsonNode volume = json.path("boundingVolume").path("box");
        if (!volume.isArray()) {
            throw GrottoException.unsupported(file, at + " has no boundingVolume.box; other volumes are not handled.");
        }
        double[] box = moved(transform, numbers(file, at + ".boundingVolume.box", volume, 12));
        JsonNode uri = json.path("content").path("uri");
        if (json.has("content") && !uri.isString()) {
            throw GrottoException.badInput(file, at + ".content has no uri.");
        }
        List<Tile> children = new ArrayList<>();
        JsonNode list = json.path("children");
        for (int i = 0; i < list.size(); i++) {
            children.add(tile(file, at + ".children[" + i + "]", list.path(i), transform, depth + 1));
        }
        double error = number(file, at, json.path("geometricError"));
        return new Tile(box, error, uri.isString() ? uri.stringValue() : null, children, transform);
    }

    private static double number(Path file, String at, JsonNode n) {
        double v = n.isNumber() ? n.doubleValue() : Double.NaN;
        if (!(v >= 0) || Double.isInfinite(v)) {
            throw GrottoException.badInput(file, at + ".geometricError is " + n + ", but must be 0 or more metres.");
        }
        return v;
    }

    private static double[] numbers(Path file, String at, JsonNode n, int count) {
        double[] out = new double[count];
        for (int i = 0; i < count; i++) {
            out[i] = n.isArray() && n.size() == count && n.path(i).isNumber()
                    ? n.path(i).doubleValue()
                    : Double.NaN;
            if (!Double.isFinite(out[i])) {
                throw GrottoException.badInput(file, at + " must be " + count + " finite numbers.");
            }
        }
        return out;
    }

    private static double[] times(double @Nullable [] a, double[] b) {
        if (a == null) {
            return b;
        }
        double[] c = new double[16];
        for (int col = 0; col < 4; col++) {
            for (int row = 0; row < 4; row++) {
                for (int k = 0; k < 4; k++) {
                    c[4 * col + row] += a[4 * k + row] * b[4 * col + k];
                }
            }
        }
        return c;
    }

    private static double[] moved(double @Nullable [] m, double[] box) {
        if (m == null) {
            return box;
        }
        double[] out = new double[12];
        for (int v = 0; v < 4; v++) {
            for (int row = 0; row < 3; row++) {
                double s = v == 0 ? m[12 + row] : 0;
                for (int k = 0; k < 3; k++) {
                    s += m[4 * k + row] * box[3 * v + k];
                }
                out[3 * v + row] = s;
            }
        }
        return out;
    }

    /**
     * Writes the tileset. The root's transform, if there is one, must be a mere shift, shared by all tiles: it is written
     * once, and boxes relative to it.
     */
    public void write(Path file) {
        ObjectNode json = Json.mapper().createObjectNode();
        ObjectNode asset = json.putObject("asset");
        asset.put("version", version);
        asset.put("generator", "Grotto");
        json.put("geometricError", geometricError);
        ObjectNode top = json.putObject("root");
        double[] shift = root.transform();
        if (shift != null) {
            numbers(top.putArray("transform"), shift);
        }
        put(top, root);
        top.put("refine", "REPLACE");
        Json.write(file, json);
    }

    private void put(ObjectNode json, Tile tile) {
        double[] box = tile.box().clone();
        for (int axis = 0; axis < 3; axis++) {
            if (tile.shift(axis) != root.shift(axis)) {
                throw new IllegalArgumentException("tiles with different transforms");
            }
            box[axis] -= root.shift(axis);
        }
        numbers(json.putObject("boundingVolume").putArray("box"), box);
        json.put("geometricError", tile.geometricError());
        if (tile.content() != null) {
            json.putObject("content").put("uri", tile.content());
        }
        if (!tile.children().isEmpty()) {
            ArrayNode list = json.putArray("children");
            for (Tile child : tile.children()) {
                put(list.addObject(), child);
            }
        }
    }

    private static void numbers(ArrayNode array, double[] values) {
        for (double v : values) {
            array.add(v);
        }
    }
}
