package org.grotto.format.tiles3d;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.format.InFolder;
import org.grotto.format.Remarks;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Which tiles of a subtree of implicit tiles there are, which have contents, and which further subtrees hang below
 * (3D Tiles 1.1, "Subtree file format"; binary files and JSON). A subtree's bits are in memory while it is walked.
 */
final class Subtree {
    private static final int HEAD = 24;
    /** No subtree file is larger: two bits a tile of 13 levels of an octree are 44 MB. */
    private static final long MOST_BYTES = 256L << 20;

    /** Bits, the lowest of each byte first; without bytes all are alike. */
    private record Bits(byte @Nullable [] bytes, boolean all) {
        boolean at(long i) {
            return bytes == null ? all : (bytes[(int) (i >>> 3)] >>> (i & 7) & 1) != 0;
        }
    }

    private final Path file;
    private final Path folder;
    private final Bits tiles;
    private final List<Bits> contents = new ArrayList<>();
    private final Bits below;

    /**
     * Reads one.
     *
     * @param folder that files named by it may not leave
     * @param children 4 of quadtrees, 8 of octrees
     */
    static Subtree read(Path folder, Path file, int children, int levels) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw GrottoException.unsupported(
                        file, "is a subtree of more than " + (MOST_BYTES >> 20) + " MB, which is not read.");
            }
            return new Subtree(folder, file, Files.readAllBytes(file), children, levels);
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        }
    }

    private Subtree(Path folder, Path file, byte[] all, int children, int levels) {
        this.folder = folder;
        this.file = file;
        ByteBuffer b = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
        boolean binary = all.length >= 4 && new String(all, 0, 4, StandardCharsets.ISO_8859_1).equals("subt");
        long text = !binary ? all.length : all.length < HEAD ? -1 : b.getLong(8);
        long own = !binary ? 0 : all.length < HEAD ? -1 : b.getLong(16);
        int head = binary ? HEAD : 0;
        if (text < 0 || own < 0 || text > all.length - head || own > all.length - head - text) {
            throw bad("is cut off or damaged: its two parts are longer than the file of " + all.length + " bytes");
        }
        if (binary && b.getInt(4) != 1) {
            throw bad("is of version " + b.getInt(4) + "; 1 is read");
        }
        JsonNode json;
        try {
            json = Json.mapper().readTree(new String(all, head, (int) text, StandardCharsets.UTF_8).strip());
        } catch (JacksonException e) {
            throw bad("has broken JSON (" + Remarks.shown(e.getOriginalMessage()) + ")");
        }
        byte[][] buffers = buffers(json, all, (int) (head + text), (int) own);
        long count = 0;
        long width = 1;
        for (int level = 0; level < levels; level++) {
            count += width;
            width *= children;
        }
        tiles = bits(json, json.path("tileAvailability"), buffers, count);
        JsonNode told = json.path("contentAvailability");
        JsonNode many =
                json.path("extensions").path("3DTILES_multiple_contents").path("contentAvailability");
        for (JsonNode list : List.of(told, many)) {
            if (list.isArray()) {
                for (JsonNode c : list) {
                    contents.add(bits(json, c, buffers, count));
                }
            }
        }
        if (told.isObject()) {
            contents.add(bits(json, told, buffers, count));
        }
        below = bits(json, json.path("childSubtreeAvailability"), buffers, width);
    }

    private GrottoException bad(String what) {
        return GrottoException.badInput(file, "this subtree " + what + "; copy the folder again, whole.");
    }

    /** Its buffers: the first without a name is the file's own second part. */
    private byte[][] buffers(JsonNode json, byte[] all, int from, int own) {
        JsonNode list = json.path("buffers");
        byte[][] out = new byte[Math.min(list.size(), 4096)][];
        for (int i = 0; i < out.length; i++) {
            String uri = list.path(i).path("uri").asString("");
            if (uri.isEmpty()) {
                out[i] = Arrays.copyOfRange(all, from, from + own);
                continue;
            }
            Path named = InFolder.file(folder, file, Tileset.plain(uri));
            try {
                if (!Files.isRegularFile(named) || Files.size(named) > MOST_BYTES) {
                    throw GrottoException.badInput(
                            named, "is missing or too large, and the subtree " + file.getFileName() + " needs it.");
                }
                out[i] = Files.readAllBytes(named);
            } catch (IOException e) {
                throw GrottoException.io(named, e);
            }
        }
        return out;
    }

    private Bits bits(JsonNode json, JsonNode told, byte[][] buffers, long count) {
        if (told.has("constant")) {
            return new Bits(null, told.path("constant").asInt(0) == 1);
        }
        int at = told.path("bitstream").asInt(told.path("bufferView").asInt(-1));
        JsonNode view = json.path("bufferViews").path(at);
        int buffer = view.path("buffer").asInt(-1);
        long from = view.path("byteOffset").asLong(0);
        long length = view.path("byteLength").asLong(-1);
        boolean fits = buffer >= 0
                && buffer < buffers.length
                && from >= 0
                && length >= 0
                && length <= buffers[buffer].length - from;
        if (!fits || length < (count + 7) >>> 3) {
            throw bad("says which of " + count + " tiles there are in bits that it does not hold");
        }
        return new Bits(Arrays.copyOfRange(buffers[buffer], (int) from, (int) (from + length)), false);
    }

    /** Whether there is the tile of this place among all of the subtree, its levels one after the other. */
    boolean tile(long index) {
        return tiles.at(index);
    }

    /** Whether the tile has the content of this number. */
    boolean content(int number, long index) {
        return number < contents.size() && contents.get(number).at(index);
    }

    /** Whether a subtree hangs below the last level, at this place of the next. */
    boolean below(long index) {
        return below.at(index);
    }
}
