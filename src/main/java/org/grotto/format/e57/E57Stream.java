package org.grotto.format.e57;

import org.grotto.base.GrottoException;

/**
 * The bytestream of one field: its parts in the data packets, one behind the other. Values may straddle
 * packets and streams may run apart, so each stream walks the packets by itself; memory is one packet.
 */
final class E57Stream {
    private static final int DATA = 1;
    private static final int INDEX = 0;
    private static final int IGNORED = 2;

    private final E57Pages pages;
    private final E57Pages.Window window;
    private final E57Field field;
    private final int number;
    private final int streams;
    private final int width;
    private final byte[] packet;
    /** Logical offsets of the next packet and of the section's end. */
    private long next;

    private final long end;

    private final byte[] bytes;
    private int bit;
    private int limit;

    E57Stream(E57Pages pages, E57Pages.Window window, E57Field field, int number, int streams, long first, long end) {
        this.pages = pages;
        this.window = window;
        this.field = field;
        this.number = number;
        this.streams = streams;
        this.width = field.width();
        this.packet = new byte[6 + 2 * streams];
        this.next = first;
        this.end = end;
        this.bytes = new byte[(int) Math.min(1 << 16, end - first) + 2 * E57Bits.PAD];
    }

    /** The next {@code n} values. */
    void read(double[] out, int n) {
        if (width == 0) {
            E57Bits.unpack(bytes, 0, field, out, 0, n);
            return;
        }
        int done = 0;
        while (done < n) {
            int k = Math.min(n - done, (8 * limit - bit) / width);
            if (k == 0) {
                refill(n - done);
                continue;
            }
            E57Bits.unpack(bytes, bit, field, out, done, k);
            bit += k * width;
            done += k;
        }
    }

    /** Moves the rest of a value to the front and puts this field's part of the next data packet behind it. */
    private void refill(int missing) {
        int at = bit >>> 3;
        int rest = limit - at;
        System.arraycopy(bytes, at, bytes, 0, rest);
        bit &= 7;
        limit = rest;
        while (true) {
            long here = next;
            if (here + 4 > end) {
                throw GrottoException.badInput(
                        pages.path,
                        E57Pages.physical(Math.min(end, pages.logicalLength() - 1)),
                        "the points end here, but at least " + missing + " more values of " + field.name()
                                + " were announced; the file is damaged, export it again" + pages.offer() + ".");
            }
            window.read(here, packet, 0, 4);
            int length = 1 + (packet[2] & 0xff | (packet[3] & 0xff) << 8);
            if (length < 4 || length > end - here) {
                throw bad(here, "is " + length + " bytes long, but its section ends after " + (end - here));
            }
            next = here + length;
            switch (packet[0]) {
                case DATA -> {
                    if (data(here, length)) {
                        return;
                    }
                }
                case INDEX, IGNORED -> {}
                default -> throw bad(here, "has the unknown type " + (packet[0] & 0xff));
            }
        }
    }

    private boolean data(long here, int length) {
        int head = 6 + 2 * streams;
        if (length < 6) {
            throw bad(here, "is a data packet of " + length + " bytes");
        }
        window.read(here, packet, 0, 6);
        int found = packet[4] & 0xff | (packet[5] & 0xff) << 8;
        if (found != streams) {
            throw bad(here, "has " + found + " bytestreams, but the points have " + streams + " fields");
        }
        if (length < head) {
            throw bad(here, "is too short for the lengths of its bytestreams");
        }
        window.read(here, packet, 0, head);
        long start = head;
        int mine = 0;
        long mineAt = 0;
        for (int i = 0; i < streams; i++) {
            int n = packet[6 + 2 * i] & 0xff | (packet[7 + 2 * i] & 0xff) << 8;
            if (i == number) {
                mineAt = start;
                mine = n;
            }
            start += n;
        }
        if (start > length) {
            throw bad(here, "holds bytestreams of " + start + " bytes in " + length);
        }
        window.read(here + mineAt, bytes, limit, mine);
        limit += mine;
        return mine > 0;
    }

    private GrottoException bad(long packetAt, String what) {
        return GrottoException.badInput(
                pages.path,
                E57Pages.physical(packetAt),
                "the packet of points that starts here " + what + "; the file is damaged, export it again"
                        + pages.offer() + ".");
    }
}
