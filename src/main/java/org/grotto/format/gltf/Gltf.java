package org.grotto.format.gltf;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.format.Beside;
import org.grotto.format.Remarks;
import org.grotto.format.TextLines;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A glTF 2.0 asset opened for reading: its JSON and its buffers (GLB chunk, data URI, or file beside it). Indices, offsets
 * and lengths are checked as they are followed; every failure is a {@link GrottoException} that names the place. Files are
 * mapped until it is closed: Windows neither moves nor deletes what is mapped.
 */
final class Gltf implements AutoCloseable {
    /** Of an asset of the version before, of 2015. */
    private static final String OLD = "is glTF 1.0, and only 2.0 is read; make it new (gltf-pipeline of npm does).";

    private static final String AGAIN = "; copy or export the file again.";

    /** The same extension, by the name it had first and by that of its standard, which knows more. */
    private static final List<String> MESHOPT = List.of("EXT_meshopt_compression", "KHR_meshopt_compression");

    /** What error sentences call the asset. */
    final String name;

    final JsonNode json;
    private final @Nullable ByteBuffer bin;
    private final @Nullable Path folder;
    /** The GLB file itself, and where its BIN chunk's bytes begin. */
    private final @Nullable Path file;

    private final long binFrom;
    /** What holds the mapped files; null where the asset was in memory. */
    private final @Nullable Arena mapped;

    /** Whether a buffer that ends early gives what it has. */
    final boolean keepGoing;

    private final long textBytes;
    private final @Nullable ByteBuffer[] buffers;
    private final @Nullable ByteBuffer[] views;
    /** Where the bytes of each buffer lie; null before it is loaded, and where they came as text. */
    private final @Nullable Path[] files;

    private Gltf(
            String name,
            byte[] text,
            @Nullable ByteBuffer bin,
            long binFrom,
            @Nullable Path file,
            @Nullable Arena mapped,
            boolean keepGoing) {
        this.mapped = mapped;
        this.keepGoing = keepGoing;
        this.file = file;
        this.binFrom = binFrom;
        this.name = name;
        this.bin = bin;
        this.folder = file == null ? null : file.toAbsolutePath().getParent();
        this.textBytes = text.length;
        try {
            this.json = Json.mapper().readTree(text);
        } catch (JacksonException e) {
            throw new GrottoException(
                    GrottoException.Kind.BAD_INPUT,
                    name + ": its JSON is broken (" + e.getOriginalMessage() + ")" + AGAIN,
                    e);
        }
        String version = json.path("asset").path("version").asString("");
        if (version.equals("1") || version.startsWith("1.")) {
            throw old(name);
        }
        if (!version.startsWith("2.")) {
            throw bad("asset.version is '" + version + "', but glTF 2.0 was expected");
        }
        this.buffers = new ByteBuffer[json.path("buffers").size()];
        this.views = new ByteBuffer[json.path("bufferViews").size()];
        this.files = new Path[buffers.length];
    }

    /** A GLB in memory; positions and limit of {@code glb} are left alone. */
    static Gltf glb(ByteBuffer glb, String name) {
        return glb(glb, name, null, 0, null, false);
    }

    /** @param from where in {@code file} the GLB begins */
    private static Gltf glb(
            ByteBuffer glb, String name, @Nullable Path file, long from, @Nullable Arena mapped, boolean keepGoing) {
        ByteBuffer b = glb.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (b.remaining() < 20 || b.getInt(0) != Glb.MAGIC) {
            throw bad(name, "is not a GLB (the first four bytes are not 'glTF', or it is shorter than 20 bytes)");
        }
        if (b.getInt(4) == 1) {
            throw old(name);
        }
        if (b.getInt(4) != 2) {
            throw bad(name, "is GLB version " + b.getInt(4) + "; only version 2 is known");
        }
        long length = b.getInt(8) & 0xFFFFFFFFL;
        length = keepGoing ? Math.min(length, b.remaining()) : length;
        if (length > b.remaining() || length < 20) {
            throw bad(name, "says it is " + length + " bytes long but holds " + b.remaining());
        }
        long size = b.getInt(12) & 0xFFFFFFFFL;
        if (b.getInt(16) != Glb.JSON || size > length - 20) {
            throw bad(name, "does not begin with a JSON chunk that fits into it");
        }
        byte[] text = new byte[(int) size];
        b.get(20, text);
        ByteBuffer bin = null;
        long at = 20 + size;
        if (at + 8 <= length) {
            long binSize = b.getInt((int) at) & 0xFFFFFFFFL;
            binSize = keepGoing ? Math.min(binSize, length - at - 8) : binSize;
            if (binSize > length - at - 8) {
                throw bad(name, "at byte " + at + ": a chunk of " + binSize + " bytes does not fit into the file");
            }
            if (b.getInt((int) at + 4) == Glb.BIN) {
                bin = b.slice((int) at + 8, (int) binSize).order(ByteOrder.LITTLE_ENDIAN);
            }
        }
        return new Gltf(name, text, bin, from + at + 8, file, mapped, keepGoing);
    }

    /** A .glb or .gltf file; external buffers are looked for where it says, and beside it. */
    @SuppressWarnings("MustBeClosedChecker") // closed by close()
    static Gltf file(Path file) {
        return file(file, 0, -1, false);
    }

    /**
     * A .glb or .gltf file inside another: {@code length} bytes from byte {@code from} on, or all with -1.
     *
     * @param keepGoing take of one that was cut off what is there
     */
    @SuppressWarnings("MustBeClosedChecker") // closed by close()
    static Gltf file(Path file, long from, long length, boolean keepGoing) {
        Arena mapped = Arena.ofShared();
        try {
            return file(file, from, length, mapped, keepGoing);
        } catch (RuntimeException | Error e) {
            mapped.close();
            throw e;
        }
    }

    private static Gltf file(Path file, long from, long length, Arena mapped, boolean keepGoing) {
        ByteBuffer bytes = map(file, from, length, mapped);
        if (bytes.remaining() >= 4 && bytes.getInt(0) == Glb.MAGIC) {
            return glb(bytes, file.toString(), file, from, mapped, keepGoing);
        }
        byte[] text = new byte[bytes.remaining()];
        bytes.get(text);
        return new Gltf(file.toString(), text, null, 0, file, mapped, keepGoing);
    }

    /** Lets go of the mapped files; nothing that was read from them is asked for any more. */
    @Override
    public void close() {
        if (mapped != null) {
            mapped.close();
        }
    }

    private static ByteBuffer map(Path file, long from, long length, Arena mapped) {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = length < 0 ? in.size() - from : Math.min(length, in.size() - from);
            if (size <= 0) {
                throw GrottoException.badInput(file, "is empty; copy it again.");
            }
            if (size > Integer.MAX_VALUE) {
                throw GrottoException.unsupported(file, "is larger than 2 GB; split it or use PLY.");
            }
            return in.map(FileChannel.MapMode.READ_ONLY, from, size, mapped)
                    .asByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        }
    }

    static GrottoException bad(String name, String sentence) {
        return new GrottoException(GrottoException.Kind.BAD_INPUT, name + ": " + sentence + AGAIN, null);
    }

    private static GrottoException old(String name) {
        return new GrottoException(GrottoException.Kind.UNSUPPORTED, name + ": " + OLD, null);
    }

    GrottoException bad(String sentence) {
        return bad(name, sentence);
    }

    /** What a task gives; null where it meets damage that is to be passed over, and that is told as {@code lost}. */
    <T> @Nullable T tolerant(Supplier<? extends @Nullable T> task, String lost, Remarks remarks) {
        try {
            return task.get();
        } catch (GrottoException e) {
            if (!keepGoing || e.kind() != GrottoException.Kind.BAD_INPUT) {
                throw e;
            }
            String s = String.valueOf(e.getMessage());
            boolean own = s.startsWith(name + ": ") && s.endsWith(AGAIN);
            remarks.lost(lost, own ? s.substring(name.length() + 2, s.length() - AGAIN.length()) : s);
            return null;
        }
    }

    /** Does a task; what it meets of damage that is to be passed over is told as {@code lost}. */
    void tolerant(Runnable task, String lost, Remarks remarks) {
        tolerant(
                () -> {
                    task.run();
                    return true;
                },
                lost,
                remarks);
    }

    GrottoException unsupported(String sentence) {
        return new GrottoException(GrottoException.Kind.UNSUPPORTED, name + ": " + sentence + ".", null);
    }

    /** Element {@code index} of the top-level array {@code array}. */
    JsonNode item(String array, long index) {
        JsonNode list = list(json, array);
        if (index < 0 || index >= list.size()) {
            throw bad(array + "[" + index + "] does not exist");
        }
        JsonNode node = list.get((int) index);
        if (!node.isObject()) {
            throw bad(array + "[" + index + "] is " + shown(node) + ", but an object was expected");
        }
        return node;
    }

    /** A list; empty where there is none. */
    JsonNode list(JsonNode parent, String key) {
        JsonNode list = parent.path(key);
        if (!list.isMissingNode() && !list.isArray()) {
            throw bad(key + " is " + shown(list) + ", but a list was expected");
        }
        return list;
    }

    /** A whole number of 0 or more; {@code absent} where there is none. */
    long whole(JsonNode parent, String key, long absent) {
        JsonNode n = parent.path(key);
        if (n.isMissingNode()) {
            return absent;
        }
        double v = n.isNumber() ? n.doubleValue() : Double.NaN;
        if (!(v >= 0 && v <= Integer.MAX_VALUE && v == Math.rint(v))) {
            throw bad(key + " is " + shown(n) + ", but a whole number of 0 or more was expected");
        }
        return (long) v;
    }

    /** A whole number of 0 or more that must be there. */
    long whole(JsonNode parent, String key) {
        long v = whole(parent, key, -1);
        if (v < 0) {
            throw bad(key + " is missing");
        }
        return v;
    }

    static String shown(JsonNode n) {
        String s = n.toString();
        return s.length() > 40 ? s.substring(0, 40) + "..." : s;
    }

    /** How many bytes the asset has, all its buffers loaded; those that cannot be are told. */
    long bytes() {
        long sum = textBytes;
        for (int i = 0; i < buffers.length; i++) {
            boolean fallback = meshopt(item("buffers", i)).path("fallback").asBoolean(false);
            sum += fallback ? 0 : buffer(i).remaining();
        }
        return sum;
    }

    /** The bytes of a buffer view, little endian; compressed ones are decoded. */
    ByteBuffer view(long index) {
        JsonNode view = item("bufferViews", index);
        ByteBuffer known = views[(int) index];
        if (known == null) {
            JsonNode coded = meshopt(view);
            known = coded.isObject() ? decoded(coded, index) : part(view, "bufferViews[" + index + "]");
            views[(int) index] = known;
        }
        return known;
    }

    /** What meshoptimizer's extension says of a buffer or a view of one; missing where it says nothing. */
    private static JsonNode meshopt(JsonNode of) {
        JsonNode extensions = of.path("extensions");
        return extensions.path(extensions.has(MESHOPT.getLast()) ? MESHOPT.getLast() : MESHOPT.getFirst());
    }

    /** The stride of a buffer view, or 0 where its elements are packed. */
    long stride(long index) {
        return whole(item("bufferViews", index), "byteStride", 0);
    }

    private ByteBuffer decoded(JsonNode coded, long index) {
        String at = name + ": bufferViews[" + index + "]";
        ByteBuffer part = part(coded, "bufferViews[" + index + "], compressed,");
        ByteBuffer direct = part;
        if (!part.isDirect()) {
            direct = ByteBuffer.allocateDirect(part.remaining());
            direct.put(part.duplicate()).flip();
        }
        String filter = coded.path("filter").asString("NONE");
        return Meshopt.decode(
                direct,
                whole(coded, "count"),
                whole(coded, "byteStride"),
                coded.path("mode").asString(""),
                filter,
                at);
    }

    private ByteBuffer part(JsonNode view, String at) {
        ByteBuffer buffer = buffer(whole(view, "buffer"));
        long offset = whole(view, "byteOffset", 0);
        long length = whole(view, "byteLength");
        length = keepGoing ? Math.max(0, Math.min(length, buffer.remaining() - offset)) : length;
        if (offset + length > buffer.remaining()) {
            throw bad(at + ": bytes " + offset + " to " + (offset + length) + " lie outside the buffer of "
                    + buffer.remaining() + " bytes; the file is damaged or truncated");
        }
        return buffer.slice((int) offset, (int) length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer buffer(long index) {
        JsonNode json = item("buffers", index);
        ByteBuffer known = buffers[(int) index];
        if (known == null) {
            known = load(json, "buffers[" + index + "]", index);
            long length = whole(json, "byteLength");
            if (length > known.remaining() && !keepGoing) {
                throw bad("buffers[" + index + "] should be " + length + " bytes long but is " + known.remaining()
                        + "; it is damaged or truncated");
            }
            buffers[(int) index] = known;
        }
        return known;
    }

    private ByteBuffer load(JsonNode json, String at, long index) {
        JsonNode uri = json.path("uri");
        if (uri.isMissingNode()) {
            if (bin == null || index != 0) {
                throw bad(at + " has no bytes in this file");
            }
            files[(int) index] = file;
            return bin;
        }
        if (!uri.isString()) {
            throw bad(at + ".uri is not text");
        }
        String text = uri.stringValue();
        if (text.startsWith("data:")) {
            return data(text, at);
        }
        Path path = beside(text);
        if (path == null) {
            throw unsupported(at + " is at '" + TextLines.shorten(text)
                    + "', which is no file that is there; keep it beside the asset");
        }
        files[(int) index] = path;
        return map(path, 0, -1, java.util.Objects.requireNonNull(mapped));
    }

    /** The bytes of a data URI (RFC 2397). */
    private ByteBuffer data(String uri, String at) {
        int comma = uri.indexOf(',');
        boolean coded = comma >= 0 && uri.substring(0, comma).endsWith(";base64");
        try {
            if (!coded && comma >= 0) {
                String plain =
                        URLDecoder.decode(uri.substring(comma + 1).replace("+", "%2B"), StandardCharsets.ISO_8859_1);
                return ByteBuffer.wrap(plain.getBytes(StandardCharsets.ISO_8859_1))
                        .order(ByteOrder.LITTLE_ENDIAN);
            }
            byte[] bytes = Base64.getDecoder().decode(uri.substring(comma + 1));
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IllegalArgumentException e) {
            throw bad(at + ": its data URI is broken" + (coded ? " base64" : ""));
        }
    }

    /** A file that the asset names, percent-encoded or not; null where there is none. Addresses are not followed. */
    private @Nullable Path beside(String uri) {
        Path from = folder;
        if (from == null || Beside.isAddress(uri)) {
            return null;
        }
        Beside.Found found = null;
        try {
            found = Beside.find(from, URLDecoder.decode(uri.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            // a name with a percent sign of its own
        }
        found = found == null ? Beside.find(from, uri) : found;
        return found == null ? null : found.file();
    }

    /**
     * Bytes of the asset that are read later.
     *
     * @param file where they lie, or null
     * @param from the first of them there
     * @param length how many; -1 for a whole file
     * @param bytes themselves, where they lie in no file
     * @param begin some of the first
     */
    record Part(@Nullable Path file, long from, long length, byte @Nullable [] bytes, ByteBuffer begin) {}

    /** The bytes of a buffer view. */
    Part part(long index) {
        JsonNode json = item("bufferViews", index);
        ByteBuffer bytes = view(index);
        if (keepGoing && bytes.remaining() < whole(json, "byteLength")) {
            throw bad("bufferViews[" + index + "] is cut off");
        }
        int buffer = (int) whole(json, "buffer");
        Path in = buffer < files.length ? files[buffer] : null;
        if (in == null || meshopt(json).isObject()) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return new Part(null, 0, copy.length, copy, bytes);
        }
        long base = in.equals(file) ? binFrom : 0;
        return new Part(in, base + whole(json, "byteOffset", 0), bytes.remaining(), null, bytes);
    }

    /** The bytes of a picture by its URI; null where it is told as lost. */
    @Nullable
    Part picture(String uri, String name, Remarks remarks) {
        if (uri.startsWith("data:")) {
            ByteBuffer b = data(uri, name);
            return new Part(null, 0, b.remaining(), b.array(), b);
        }
        Path in = beside(uri);
        if (in == null) {
            boolean address = Beside.isAddress(uri);
            remarks.lost(
                    address ? "pictures at addresses, which are not followed" : "pictures that are not there", uri);
            return null;
        }
        try (InputStream begin = Files.newInputStream(in)) {
            return new Part(in, 0, -1, null, ByteBuffer.wrap(begin.readNBytes(16)));
        } catch (IOException e) {
            throw GrottoException.io(in, e);
        }
    }
}
