package org.grotto.format.tiles3d;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.format.Remarks;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The head of a pnts, b3dm or i3dm tile: its tables' JSON, and where its bytes lie.
 *
 * @param features the feature table's JSON
 * @param batches the batch table's JSON, empty where there is none
 * @param binary the first byte, in the file, of the feature table's binary part, {@code binaryLength} long
 * @param batchBinary of the batch table's
 * @param body the first byte after both tables, up to {@code end}
 * @param form of an i3dm the word that says where its model is; else 0
 */
record TileHead(
        Path file,
        JsonNode features,
        JsonNode batches,
        long binary,
        long binaryLength,
        long batchBinary,
        long batchBinaryLength,
        long body,
        long end,
        int form) {
    private static final int HEAD = 28;
    static final String GOING = ", or --keep-going would take the other tiles.";

    static TileHead read(Content c) {
        try (FileChannel in = FileChannel.open(c.file(), StandardOpenOption.READ)) {
            boolean instances = c.magic().equals("i3dm");
            int size = instances ? HEAD + Integer.BYTES : HEAD;
            if (c.length() < size) {
                throw bad(c, "is shorter than its head of " + size + " bytes");
            }
            ByteBuffer b = bytes(c.file(), in, c.from(), size);
            int version = b.getInt(4);
            long length = b.getInt(8) & 0xFFFFFFFFL;
            long[] part = new long[4];
            long sum = size;
            for (int k = 0; k < 4; k++) {
                part[k] = b.getInt(12 + 4 * k) & 0xFFFFFFFFL;
                sum += part[k];
            }
            if (version != 1) {
                throw bad(c, "is a " + c.magic() + " of version " + version + "; 1 is read");
            }
            if (length > c.length() || sum > length) {
                throw bad(
                        c,
                        "says that it has " + length + " bytes, its tables " + sum + " with its head, and holds "
                                + c.length() + ": it is cut off or damaged, or of a version before 1.0");
            }
            long at = c.from() + size;
            JsonNode features = json(c, in, at, part[0]);
            long binary = at + part[0];
            long batch = binary + part[1];
            JsonNode batches = json(c, in, batch, part[2]);
            return new TileHead(
                    c.file(),
                    features,
                    batches,
                    binary,
                    part[1],
                    batch + part[2],
                    part[3],
                    c.from() + sum,
                    c.from() + length,
                    instances ? b.getInt(HEAD) : 0);
        } catch (IOException e) {
            throw GrottoException.io(c.file(), e);
        }
    }

    private static GrottoException bad(Content c, String what) {
        return GrottoException.badInput(c.file(), c.from(), "this tile " + what + "; copy the folder again.");
    }

    private static JsonNode json(Content c, FileChannel in, long at, long length) throws IOException {
        if (length == 0) {
            return Json.mapper().createObjectNode();
        }
        ByteBuffer b = bytes(c.file(), in, at, Math.toIntExact(Math.min(length, Integer.MAX_VALUE - 64)));
        String text = StandardCharsets.UTF_8.decode(b).toString().strip();
        try {
            JsonNode json = text.isEmpty()
                    ? Json.mapper().createObjectNode()
                    : Json.mapper().readTree(text);
            if (json.isObject()) {
                return json;
            }
        } catch (JacksonException e) {
            throw bad(c, "has a table whose JSON is broken (" + Remarks.shown(e.getOriginalMessage()) + ")");
        }
        throw bad(c, "has a table that is no JSON object");
    }

    /** A part of a file that is known to lie in it. */
    static ByteBuffer bytes(Path file, FileChannel in, long at, int length) throws IOException {
        ByteBuffer b = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (b.hasRemaining()) {
            if (in.read(b, at + b.position()) < 0) {
                throw GrottoException.badInput(file, at, "the file ends here, but was longer when it was opened.");
            }
        }
        return b.flip();
    }

    /** How many points or instances there are. */
    long count(Content c, String key) {
        JsonNode n = features.path(key);
        long count = n.isIntegralNumber() ? n.asLong(-1) : -1;
        if (count < 0) {
            throw GrottoException.badInput(
                    file, c.from(), "this " + c.magic() + " tile has no " + key + "; copy the folder again" + GOING);
        }
        return count;
    }

    /**
     * Where a property of each point or instance begins in the file.
     *
     * @param bytes of each
     */
    long stretch(Content c, String key, long count, int bytes) {
        JsonNode offset = features.path(key).path("byteOffset");
        long at = offset.isIntegralNumber() ? offset.asLong(-1) : -1;
        if (at < 0 || at > binaryLength || count > (binaryLength - at) / bytes) {
            throw GrottoException.badInput(
                    file,
                    c.from(),
                    "this " + c.magic() + " tile says that " + key + " of its " + count + " "
                            + (c.magic().equals("pnts") ? "points" : "instances") + " begins at byte " + at + " of "
                            + binaryLength + ", where they do not fit; copy the folder again" + GOING);
        }
        return binary + at;
    }

    /** A list of numbers of the features. */
    double[] numbers(Content c, String key, int count) {
        JsonNode list = features.path(key);
        double[] v = new double[count];
        for (int i = 0; i < count; i++) {
            v[i] = list.size() == count && list.path(i).isNumber()
                    ? list.path(i).doubleValue()
                    : Double.NaN;
            if (!Double.isFinite(v[i])) {
                throw GrottoException.badInput(
                        file,
                        c.from(),
                        "this " + c.magic() + " tile has no " + key + " of " + count + " numbers; copy the folder again"
                                + GOING);
            }
        }
        return v;
    }

    /** The tile's own centre, which its places are relative to; zeros where it has none. */
    double[] centre(Content c) {
        return features.has("RTC_CENTER") ? numbers(c, "RTC_CENTER", 3) : new double[3];
    }
}
