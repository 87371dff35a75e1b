package org.grotto.format.threemf;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.grotto.base.GrottoException;

/** The parts of a ZIP archive whose list at its end is lost, found by the header before each. */
final class Walked {
    private static final int HEADER = 30;
    private static final int BEGIN = 0x04034B50;
    /** What may stand behind a part: another, what is said of this one, the list. */
    private static final Set<Integer> BEHIND = Set.of(BEGIN, 0x08074B50, 0x02014B50, 0x06054B50);

    private static final int LONGEST_NAME = 1024;

    /**
     * A part.
     *
     * @param from where its bytes begin
     * @param to where those of one that is not packed end; a packed one ends by itself
     * @param size of what comes out of it, and its checksum; -1 where its header does not say
     */
    private record Part(long from, long to, boolean packed, long size, long checksum) {}

    private final Path path;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final long length;

    private Walked(Path path, long length) {
        this.path = path;
        this.length = length;
    }

    static Walked of(Path path, int most) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
                RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            Walked w = new Walked(path, file.length());
            String open = "";
            int last = 0;
            long at = 0;
            for (int b = in.read(); b >= 0 && w.parts.size() < most; b = in.read()) {
                last = last >>> 8 | b << 24;
                at++;
                if (!open.isEmpty() && BEHIND.contains(last)) {
                    open = w.end(open, at - 4);
                }
                if (last == BEGIN) {
                    open = w.add(file, at - 4);
                }
            }
            return w;
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    /** Takes the part whose header is at {@code at}; gives its name where its end is still to be found. */
    private String add(RandomAccessFile file, long at) throws IOException {
        if (at + HEADER > length) {
            return "";
        }
        ByteBuffer h = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        file.seek(at);
        file.readFully(h.array());
        int flags = h.getShort(6);
        int method = h.getShort(8);
        int n = h.getShort(26) & 0xFFFF;
        long from = at + HEADER + n + (h.getShort(28) & 0xFFFF);
        boolean encrypted = (flags & 1) != 0;
        if (encrypted || method != 0 && method != 8 || n == 0 || n > LONGEST_NAME || from > length) {
            return "";
        }
        byte[] name = new byte[n];
        file.readFully(name);
        boolean said = (flags & 8) == 0;
        long stored = h.getInt(18) & 0xFFFFFFFFL;
        long to = said ? Math.min(length, from + stored) : length;
        String key = new String(name, StandardCharsets.UTF_8);
        boolean fresh = parts.putIfAbsent(
                        key,
                        new Part(
                                from,
                                to,
                                method == 8,
                                said ? h.getInt(22) & 0xFFFFFFFFL : -1,
                                said ? h.getInt(14) & 0xFFFFFFFFL : -1))
                == null;
        return fresh && method == 0 && !said ? key : "";
    }

    private String end(String name, long at) {
        parts.computeIfPresent(name, (k, p) -> new Part(p.from, at, p.packed, p.size, p.checksum));
        return "";
    }

    Set<String> names() {
        return parts.keySet();
    }

    boolean has(String name) {
        return parts.containsKey(name);
    }

    long size(String name) {
        return part(name).size;
    }

    long checksum(String name) {
        return part(name).checksum;
    }

    /** How many bytes the part may take in the archive at most. */
    long room(String name) {
        Part p = part(name);
        return (p.packed ? length : p.to) - p.from;
    }

    private Part part(String name) {
        return Objects.requireNonNull(parts.get(name));
    }

    InputStream open(String name) throws IOException {
        Part p = part(name);
        InputStream in = Files.newInputStream(path);
        in.skipNBytes(p.from);
        return p.packed ? new InflaterInputStream(in, new Inflater(true), 1 << 13) : new Stored(in, p.to - p.from);
    }

    /** The first bytes of a stream. */
    private static final class Stored extends FilterInputStream {
        private long left;

        Stored(InputStream in, long length) {
            super(in);
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            int n = left == 0 ? -1 : super.read(b, off, (int) Math.min(len, left));
            left -= Math.max(0, n);
            return n;
        }
    }
}
