package org.grotto.kiosk.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Lends memory outside the heap in a few sizes (128 KiB, then steps of one half and one third: 128, 192, 256, 384, ...),
 * so that thousands of tiles reuse the same pieces and the process does not grow. Thread-safe.
 */
public final class SlabPool implements AutoCloseable {
    private static final int SMALLEST = 1 << 17;

    private final List<ArrayDeque<Slab>> free = new ArrayList<>();
    private final long keepBytes;
    private long freeBytes;
    private long lentBytes;

    /** @param keepBytes how much unused memory is kept ready at most */
    public SlabPool(long keepBytes) {
        this.keepBytes = keepBytes;
        for (int c = 0; sizeOf(c) > 0; c++) {
            free.add(new ArrayDeque<>());
        }
    }

    private static int sizeOf(int sizeClass) {
        long size = (long) SMALLEST << (sizeClass / 2);
        size += (sizeClass & 1) == 0 ? 0 : size / 2;
        return size > 1L << 30 ? -1 : (int) size;
    }

    /** A slab of at least {@code bytes}; its content is undefined. */
    public Slab lend(int bytes) {
        int c = 0;
        while (sizeOf(c) >= 0 && sizeOf(c) < bytes) {
            c++;
        }
        if (sizeOf(c) < 0) {
            throw new IllegalArgumentException("a tile of " + bytes + " bytes is too large for the kiosk");
        }
        synchronized (this) {
            lentBytes += sizeOf(c);
            Slab s = free.get(c).poll();
            if (s != null) {
                freeBytes -= s.bytes();
                return s;
            }
        }
        return new Slab(sizeOf(c));
    }

    /** Takes back a slab that nobody looks at any more. */
    public void giveBack(Slab slab) {
        synchronized (this) {
            lentBytes -= slab.bytes();
            if (freeBytes + slab.bytes() <= keepBytes) {
                freeBytes += slab.bytes();
                int c = 0;
                while (sizeOf(c) != slab.bytes()) {
                    c++;
                }
                free.get(c).push(slab);
                return;
            }
        }
        slab.free();
    }

    public synchronized long lentBytes() {
        return lentBytes;
    }

    public synchronized long freeBytes() {
        return freeBytes;
    }

    /** Frees what is not lent. */
    @Override
    public synchronized void close() {
        for (ArrayDeque<Slab> d : free) {
            d.forEach(Slab::free);
            d.clear();
        }
        freeBytes = 0;
    }
}
