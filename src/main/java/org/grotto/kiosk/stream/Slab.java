package org.grotto.kiosk.stream;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A piece of memory outside the heap that is freed at a known moment, not when the collector finds time. */
public final class Slab {
    private final Arena arena;
    private final ByteBuffer buffer;
    private final int bytes;

    @SuppressWarnings("MustBeClosedChecker") // closed by free(), when the pool has no more use for it
    Slab(int bytes) {
        this.bytes = bytes;
        this.arena = Arena.ofShared();
        this.buffer = arena.allocate(bytes, 16).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    public int bytes() {
        return bytes;
    }

    /** A view of [from, from + length) in native byte order. */
    public ByteBuffer slice(int from, int length) {
        return buffer.slice(from, length).order(ByteOrder.nativeOrder());
    }

    void free() {
        arena.close();
    }
}
