package org.grotto.format.e57;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.grotto.base.GrottoException;

/** A file being written in pages with checksums; offsets are logical, see {@link E57Pages}. */
final class E57Output implements AutoCloseable {
    private static final int PAGES = 256;

    private final Path path;
    private final FileChannel channel;
    /** Whole pages with room for their checksums. */
    private final byte[] buffer = new byte[PAGES * E57Pages.PAGE];

    private final CRC32C crc = new CRC32C();
    /** Physical position of the buffer in the file, and how many physical bytes of it are filled. */
    private long start;

    private int filled;

    E57Output(Path path) {
        this.path = path;
        try {
            this.channel = FileChannel.open(
                    path,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    /** Logical position. */
    long position() {
        return E57Pages.logical(start + filled);
    }

    void write(byte[] b, int from, int n) {
        while (n > 0) {
            int inPage = filled % E57Pages.PAGE;
            int k = Math.min(n, E57Pages.PAYLOAD - inPage);
            System.arraycopy(b, from, buffer, filled, k);
            from += k;
            n -= k;
            filled += k;
            if (filled % E57Pages.PAGE == E57Pages.PAYLOAD) {
                filled += 4;
                if (filled == buffer.length) {
                    flush();
                }
            }
        }
    }

    void pad(int multiple) {
        int n = (int) (-position() & (multiple - 1));
        write(new byte[n], 0, n);
    }

    /** Fills up the last page and writes all; returns the physical length of the file. */
    long finish() {
        int rest = filled % E57Pages.PAGE;
        if (rest > 0) {
            write(new byte[E57Pages.PAYLOAD - rest], 0, E57Pages.PAYLOAD - rest);
        }
        flush();
        return start;
    }

    /** Replaces bytes that were written before. */
    void patch(long logical, byte[] b) {
        for (int done = 0; done < b.length; ) {
            long physical = E57Pages.physical(logical + done);
            int inPage = (int) (physical % E57Pages.PAGE);
            int k = Math.min(b.length - done, E57Pages.PAYLOAD - inPage);
            if (physical >= start) {
                System.arraycopy(b, done, buffer, (int) (physical - start), k);
            } else {
                patchPage(physical - inPage, inPage, b, done, k);
            }
            done += k;
        }
    }

    private void patchPage(long pageStart, int inPage, byte[] b, int from, int n) {
        byte[] page = new byte[E57Pages.PAGE];
        try {
            ByteBuffer to = ByteBuffer.wrap(page);
            while (to.hasRemaining()) {
                if (channel.read(to, pageStart + to.position()) < 0) {
                    throw new java.io.EOFException();
                }
            }
            System.arraycopy(b, from, page, inPage, n);
            seal(page, 0);
            put(ByteBuffer.wrap(page), pageStart);
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    private void flush() {
        try {
            for (int at = 0; at < filled; at += E57Pages.PAGE) {
                seal(buffer, at);
            }
            put(ByteBuffer.wrap(buffer, 0, filled), start);
            start += filled;
            filled = 0;
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    private void seal(byte[] pages, int at) {
        crc.reset();
        crc.update(pages, at, E57Pages.PAYLOAD);
        int c = (int) crc.getValue();
        for (int i = 0; i < 4; i++) {
            pages[at + E57Pages.PAYLOAD + i] = (byte) (c >>> 24 - 8 * i);
        }
    }

    private void put(ByteBuffer from, long position) throws IOException {
        long at = position;
        while (from.hasRemaining()) {
            at += channel.write(from, at);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }
}
