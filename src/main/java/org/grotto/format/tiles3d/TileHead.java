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
 * The head of a pnts or b3dm tile: its tables' JSON, and where its bytes lie.
 *
 * @param features the feature table's JSON
 * @param batches the batch table's JSON, empty where there is none
 * @param binary the first byte, in the file, of the feature table's binary part, {@code binaryLength} long
 * @param batchBinary of the batch table's
 * @param body the first byte after both tables, up to {@code end}
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
        long end) {
    private static final int HEAD = 28;

    static TileHead read(Content c) {
        try (FileChannel in = FileChannel.open(c.file(), StandardOpenOption.READ)) {
            if (c.length() < HEAD) {
                throw bad(c, "is shorter than its head of " + HEAD + " bytes");
            }
            ByteBuffer b = bytes(c.file(), in, c.from(), HEAD);
            int version = b.getInt(4);
            long length = b.getInt(8) & 0xFFFFFFFFL;
            long[] part = new long[4];
            long sum = HEAD;
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
            long at = c.from() + HEAD;
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
                    c.from() + length);
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

    /** The tile's own centre, which its places are relative to; zeros where it has none. */
    double[] centre() {
        JsonNode list = features.path("RTC_CENTER");
        double[] c = new double[3];
        for (int i = 0; i < 3 && !list.isMissingNode(); i++) {
            c[i] = list.size() == 3 && list.get(i).isNumber() ? list.get(i).doubleValue() : Double.NaN;
            if (!Double.isFinite(c[i])) {
                throw GrottoException.badInput(file, "has an RTC_CENTER that is no list of three numbers.");
            }
        }
        return c;
    }
}
