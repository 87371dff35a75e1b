package org.grotto.format.e57;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.grotto.base.GrottoException;
import org.jspecify.annotations.Nullable;

/**
 * The pages of an E57 file open for reading: 1,024 physical bytes each, the last four of which are a
 * CRC-32C (big-endian) of the first 1,020. <em>Logical</em> offsets count only those 1,020. Thread-safe; each
 * {@link Window} belongs to one thread.
 */
final class E57Pages implements AutoCloseable {
    static final int PAGE = 1024;
    static final int PAYLOAD = PAGE - 4;
    private static final int WINDOW_PAGES = 128;
    private static final int SLOTS = 4;

    final Path path;
    private final FileChannel channel;
    /** Physical size in bytes: a multiple of the page size once {@link #limit} has been called. */
    private long length;

    private final boolean keepGoing;
    private @Nullable BitSet bad;
    private Supplier<String> offer = () -> "";

    private E57Pages(Path path, FileChannel channel, long length, boolean keepGoing) {
        this.path = path;
        this.channel = channel;
        this.length = length;
        this.keepGoing = keepGoing;
    }

    static E57Pages open(Path path) {
        return open(path, false);
    }

    /** @param keepGoing give bytes of damaged pages, too: {@link #bad} tells them */
    static E57Pages open(Path path, boolean keepGoing) {
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            return new E57Pages(path, channel, channel.size(), keepGoing);
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    /** Physical bytes. */
    long length() {
        return length;
    }

    long logicalLength() {
        return length / PAGE * PAYLOAD;
    }

    /** From now on the file ends after {@code physical} bytes, a multiple of the page size. */
    void limit(long physical) {
        length = physical;
    }

    /** Physical to logical; an offset inside a checksum gives the start of the next page, callers refuse it before. */
    static long logical(long physical) {
        return physical / PAGE * PAYLOAD + Math.min(physical % PAGE, PAYLOAD);
    }

    static long physical(long logical) {
        return logical / PAYLOAD * PAGE + logical % PAYLOAD;
    }

    /** Whether a structure can begin at this physical offset: inside the file, outside of headers and checksums. */
    boolean canStart(long physical) {
        return physical >= E57Header.BYTES && physical < length && physical % PAGE < PAYLOAD;
    }

    /** The first bytes as they stand, unchecked: for telling what a file is that is no E57. */
    byte[] head(int bytes) {
        byte[] b = new byte[(int) Math.min(bytes, length)];
        readFully(ByteBuffer.wrap(b), 0);
        return b;
    }

    private void readFully(ByteBuffer to, long position) {
        try {
            while (to.hasRemaining()) {
                int n = channel.read(to, position + to.position());
                if (n < 0) {
                    throw GrottoException.badInput(
                            path, position + to.position(), "the file ends here while being read; is it still copied?");
                }
            }
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    boolean keepGoing() {
        return keepGoing;
    }

    /** What a refusal offers instead, once that is known; it begins with a comma. */
    void offer(Supplier<String> words) {
        offer = words;
    }

    /** Those words; nothing while they are made up, which may find the same damage. */
    String offer() {
        Supplier<String> words = offer;
        offer = () -> "";
        try {
            return words.get();
        } finally {
            offer = words;
        }
    }

    /** Physical pages whose checksum is not that of their bytes; the first call reads the file. */
    synchronized BitSet bad() {
        BitSet found = bad;
        if (found == null) {
            found = bad(0, length);
            bad = found;
        }
        return found;
    }

    /** As {@link #bad}, of the pages that hold these physical bytes alone. */
    BitSet bad(long from, long to) {
        BitSet found = new BitSet();
        CRC32C crc = new CRC32C();
        long last = Math.min(length, (to + PAGE - 1) / PAGE * PAGE);
        byte[] raw = new byte[WINDOW_PAGES * PAGE];
        for (long at = from / PAGE * PAGE; at + PAGE <= last; ) {
            int n = (int) Math.min(raw.length, (last - at) / PAGE * PAGE);
            readFully(ByteBuffer.wrap(raw, 0, n).slice(), at);
            for (int p = 0; p < n; p += PAGE) {
                if (computed(crc, raw, p) != stored(raw, p)) {
                    found.set((int) ((at + p) / PAGE));
                }
            }
            at += n;
        }
        return found;
    }

    private static int computed(CRC32C crc, byte[] raw, int at) {
        crc.reset();
        crc.update(raw, at, PAYLOAD);
        return (int) crc.getValue();
    }

    private static int stored(byte[] raw, int at) {
        return raw[at + PAYLOAD] << 24
                | (raw[at + PAYLOAD + 1] & 0xff) << 16
                | (raw[at + PAYLOAD + 2] & 0xff) << 8
                | raw[at + PAYLOAD + 3] & 0xff;
    }

    /** Checks the first page, whatever the header states about the file's length. */
    void checkFirst() {
        check(new CRC32C(), head(PAGE), 0, 0);
    }

    private void check(CRC32C crc, byte[] raw, int at, long offset) {
        int computed = computed(crc, raw, at);
        int stored = stored(raw, at);
        if (computed != stored) {
            int damaged = bad().cardinality();
            throw GrottoException.badInput(
                    path,
                    offset,
                    String.format(
                            Locale.ROOT,
                            "the page of 1,024 bytes that starts here is damaged: its checksum is %08x, but the bytes"
                                    + " give %08x (%d of the file's %d pages %s); copy the file again from its"
                                    + " source%s.",
                            stored,
                            computed,
                            damaged,
                            length / PAGE,
                            damaged == 1 ? "is damaged" : "are damaged",
                            offer()));
        }
    }

    Window window() {
        return new Window(keepGoing);
    }

    /** @param lenient give bytes of damaged pages, too */
    Window window(boolean lenient) {
        return new Window(lenient);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    /**
     * A few stretches of the file, half a megabyte in all: streams of a scan that run a little apart find their pages
     * here without a second reading. A page is checked when something is first taken from it, so that a damaged page
     * hides nothing but what stands on it.
     */
    final class Window {
        private final Stretch[] stretches = new Stretch[SLOTS];
        private final CRC32C crc = new CRC32C();
        private final boolean lenient;

        private Window(boolean lenient) {
            this.lenient = lenient;
        }

        /** Copies {@code n} logical bytes; the caller has checked that they lie inside the file. */
        void read(long logical, byte[] to, int at, int n) {
            while (n > 0) {
                long page = logical / PAYLOAD;
                int from = (int) (logical % PAYLOAD);
                int k = Math.min(n, PAYLOAD - from);
                int slot = (int) (page / WINDOW_PAGES % SLOTS);
                Stretch s = stretches[slot];
                if (s == null || s.index != page / WINDOW_PAGES) {
                    stretches[slot] = null;
                    s = load(page / WINDOW_PAGES, s);
                    stretches[slot] = s;
                }
                int inStretch = (int) (page % WINDOW_PAGES);
                if (!lenient && !s.checked[inStretch]) {
                    check(crc, s.raw, inStretch * PAGE, page * PAGE);
                    s.checked[inStretch] = true;
                }
                System.arraycopy(s.raw, inStretch * PAGE + from, to, at, k);
                logical += k;
                at += k;
                n -= k;
            }
        }

        private Stretch load(long index, @Nullable Stretch old) {
            long start = index * WINDOW_PAGES * PAGE;
            int bytes = (int) Math.min(WINDOW_PAGES * PAGE, length - start);
            byte[] raw = old != null && old.raw.length >= bytes ? old.raw : new byte[bytes];
            readFully(ByteBuffer.wrap(raw, 0, bytes).slice(), start);
            return new Stretch(index, raw, new boolean[WINDOW_PAGES]);
        }
    }

    private record Stretch(long index, byte[] raw, boolean[] checked) {}
}
