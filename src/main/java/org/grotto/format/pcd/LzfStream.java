package org.grotto.format.pcd;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks LZF (Marc Lehmann's liblzf) as it is read. Holds the 8 KB that copies may reach back to, whatever sizes the file
 * declares. Ends where its input ends; input that ends inside a run, or a copy from before the beginning, throws
 * {@link Broken}.
 */
final class LzfStream extends InputStream {
    private static final int REACH = 1 << 13;
    /** The longest copy is of 264 bytes. */
    private static final int ROOM = 1 << 15;

    private final InputStream in;
    private final byte[] bytes = new byte[ROOM];
    private int position;
    private int limit;
    private boolean ended;
    private @Nullable Broken broken;

    /** The packed bytes are not such as any packer writes. */
    static final class Broken extends IOException {
        private static final long serialVersionUID = 1;

        Broken(String message) {
            super(message);
        }
    }

    LzfStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        return fill() ? bytes[position++] & 255 : -1;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int n = Math.min(length, limit - position);
        System.arraycopy(bytes, position, to, from, n);
        position += n;
        return n;
    }

    private boolean fill() throws IOException {
        while (position == limit && !ended) {
            int kept = Math.min(limit, REACH);
            System.arraycopy(bytes, limit - kept, bytes, 0, kept);
            position = kept;
            limit = kept;
            try {
                while (limit < ROOM - 300 && !ended) {
                    step();
                }
            } catch (Broken e) {
                broken = e; // once what came before it is read
                ended = true;
            }
        }
        if (position == limit && broken != null) {
            throw broken;
        }
        return position < limit;
    }

    private void step() throws IOException {
        int control = in.read();
        if (control < 0) {
            ended = true;
            return;
        }
        if (control < 32) {
            int n = control + 1;
            if (in.readNBytes(bytes, limit, n) < n) {
                throw new Broken("the packed bytes end inside a run");
            }
            limit += n;
            return;
        }
        int length = control >> 5;
        if (length == 7) {
            length += next();
        }
        int from = limit - ((control & 31) << 8) - next() - 1;
        if (from < 0) {
            throw new Broken("a copy reaches back before the beginning");
        }
        for (int end = limit + length + 2; limit < end; limit++) {
            bytes[limit] = bytes[from++];
        }
    }

    private int next() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new Broken("the packed bytes end inside a copy");
        }
        return b;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
