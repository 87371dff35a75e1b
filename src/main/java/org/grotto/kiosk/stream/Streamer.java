package org.grotto.kiosk.stream;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.grotto.base.GrottoException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the tiles in memory that the present view needs, within limits. Workers read and decode; the render thread, in
 * {@link #frame}, hands what is decoded to the graphics card for a few milliseconds, chooses the cut, throws out what was
 * longest unused and says what to load next. What could not be read is tried again after a while: a disk may come back.
 * All methods are for the render thread.
 */
public final class Streamer implements AutoCloseable {
    /** How much unused tile memory is kept ready. */
    private static final long KEEP_FREE = 96L << 20;
    /** How many tiles are ordered ahead; few, so that a turn of the head is answered at once. */
    private static final int AHEAD = 6;

    /** A tile that failed is tried again after so long, doubled with each failure up to the longest, nanoseconds. */
    private static final long RETRY = 5_000_000_000L;

    private static final long LONGEST_RETRY = 60_000_000_000L;

    /** What puts tiles on the graphics card and takes them off; called on the render thread. */
    public interface Sink {
        void upload(Node node, PackedMesh mesh);

        void evict(Node node);
    }

    /**
     * Figures of the last frame and since the start.
     *
     * @param loads tiles read since the start; {@code evictions} those thrown out
     * @param failures how often a tile could not be read
     * @param failure why a tile that the last view needs cannot be read; null where all can
     */
    public record Stats(
            int tilesShown,
            long trianglesShown,
            double maxPixels,
            boolean limited,
            int tilesResident,
            long bytesResident,
            int waiting,
            long loads,
            long evictions,
            long failures,
            @Nullable GrottoException failure) {}

    private record Done(
            Node node, @Nullable PackedMesh mesh, @Nullable Throwable failure) {}

    private final TileSource source;
    private final Sink sink;
    private final SlabPool pool = new SlabPool(KEEP_FREE);
    private final List<Node> resident = new ArrayList<>();
    private final Set<Node> failed = new LinkedHashSet<>();
    private final LongSupplier clock;
    private final ConcurrentLinkedQueue<Done> done = new ConcurrentLinkedQueue<>();
    private final List<Thread> workers = new ArrayList<>();

    private final Object lock = new Object();
    /** Guarded by {@link #lock}: what to load, the most urgent last. */
    private final List<Node> orders = new ArrayList<>();

    private boolean closed;

    private final Node root;
    private Limits limits;
    private long frame;
    private int inFlight;
    private int waiting;
    private long residentBytes;
    private long loads;
    private long evictions;
    private long failures;
    private @Nullable Cut cut;
    private final Curtains curtains = new Curtains();

    public Streamer(TileSource source, Sink sink, Limits limits, int workers) {
        this(source, sink, limits, workers, System::nanoTime);
    }

    /** @param clock nanoseconds, for when to try again what failed */
    Streamer(TileSource source, Sink sink, Limits limits, int workers, LongSupplier clock) {
        this.clock = clock;
        this.source = source;
        this.sink = sink;
        this.limits = limits;
        this.root = source.root();
        for (int i = 0; i < workers; i++) {
            Thread t = new Thread(this::work, "grotto-tiles-" + i);
            t.setDaemon(true);
            t.setPriority(Thread.NORM_PRIORITY - 1);
            this.workers.add(t);
            t.start();
        }
    }

    public Node root() {
        return root;
    }

    /** From the next frame on, other limits hold. */
    public void limits(Limits next) {
        limits = next;
    }

    /** One step; returns the tiles that stand for the cave now, those out of view among them. */
    public List<Node> frame(View view, long uploadNanos) {
        frame++;
        receive(uploadNanos);
        retry();
        Cut c = Cut.of(root, view, limits, frame, source.additive());
        cut = c;
        waiting = 0;
        makeRoom(limits.bytes());
        order(c.missing);
        if (!source.additive()) {
            curtains.of(c.shown);
        }
        return c.shown;
    }

    private void receive(long uploadNanos) {
        long end = System.nanoTime() + uploadNanos;
        for (Done d = done.poll(); d != null; d = done.poll()) {
            Node n = d.node();
            n.inFlight = false;
            inFlight--;
            PackedMesh mesh = d.mesh();
            if (mesh == null) {
                fail(n, failure(d.failure()));
                continue;
            }
            if (failed.remove(n)) {
                n.failure = null;
                n.failures = 0;
            }
            n.packed = mesh;
            n.estimatedBytes = mesh.slab().bytes();
            n.state = Node.State.RESIDENT;
            n.lastUsed = frame - 1; // the cut that follows says whether it is still wanted
            loads++;
            residentBytes += mesh.slab().bytes();
            resident.add(n);
            sink.upload(n, mesh);
            if (System.nanoTime() >= end) {
                break;
            }
        }
    }

    private void fail(Node n, GrottoException why) {
        n.state = Node.State.FAILED;
        n.failure = why;
        n.retryAt = clock.getAsLong() + Math.min(LONGEST_RETRY, RETRY << Math.min(n.failures, 10));
        n.failures++;
        failed.add(n);
        failures++;
    }

    /** What has waited long enough may be asked for again. */
    private void retry() {
        for (Node n : failed) {
            if (n.state == Node.State.FAILED && clock.getAsLong() - n.retryAt >= 0) {
                n.state = Node.State.ABSENT;
            }
        }
    }

    private static GrottoException failure(@Nullable Throwable t) {
        return t instanceof GrottoException g
                ? g
                : new GrottoException(GrottoException.Kind.BAD_INPUT, "a tile cannot be decoded: " + t + ".", t);
    }

    /** Throws out what was longest unused, children before their parents, until {@code bytes} are kept. */
    private boolean makeRoom(long bytes) {
        if (residentBytes <= bytes) {
            return true;
        }
        boolean more = true;
        while (residentBytes > bytes && more) {
            more = false;
            List<Node> unused = new ArrayList<>();
            for (Node n : resident) {
                if (n.lastUsed < frame && isResidentLeaf(n)) {
                    unused.add(n);
                }
            }
            unused.sort(Comparator.<Node>comparingLong(n -> n.lastUsed).thenComparingInt(n -> -n.id));
            for (Node n : unused) {
                if (residentBytes <= bytes) {
                    break;
                }
                evict(n);
                more = true;
            }
        }
        return residentBytes <= bytes;
    }

    private static boolean isResidentLeaf(Node n) {
        for (Node c : n.children()) {
            if (c.packed != null) {
                return false;
            }
        }
        return true;
    }

    private void evict(Node n) {
        PackedMesh mesh = n.packed;
        if (mesh == null) {
            return;
        }
        sink.evict(n);
        n.packed = null;
        n.state = Node.State.ABSENT;
        residentBytes -= mesh.slab().bytes();
        pool.giveBack(mesh.slab());
        resident.remove(n);
        evictions++;
    }

    /** Orders as many of the missing tiles as room can be made for; the rest waits for a later frame. */
    private void order(List<Node> missing) {
        List<Node> next = new ArrayList<>();
        synchronized (lock) {
            for (Node n : orders) {
                n.inFlight = false; // not begun: ordered anew or dropped
                inFlight--;
            }
            orders.clear();
        }
        long expected = 0;
        for (Node n : missing) {
            if (n.inFlight) {
                waiting++;
                expected += n.estimatedBytes;
                continue;
            }
            if (next.size() < AHEAD) {
                expected += n.estimatedBytes;
                if (makeRoom(Math.max(0, limits.bytes() - expected)) || residentBytes == 0) {
                    next.add(n);
                } else {
                    expected -= n.estimatedBytes;
                }
            }
            waiting++;
        }
        synchronized (lock) {
            for (int i = next.size() - 1; i >= 0; i--) {
                next.get(i).inFlight = true;
                inFlight++;
                orders.add(next.get(i));
            }
            lock.notifyAll();
        }
    }

    private void work() {
        while (true) {
            Node n;
            synchronized (lock) {
                while (orders.isEmpty() && !closed) {
                    try {
                        lock.wait();
                    } catch (InterruptedException e) {
                        return;
                    }
                }
                if (closed) {
                    return;
                }
                n = orders.removeLast();
            }
            try {
                done.add(new Done(n, source.load(n, pool), null));
            } catch (RuntimeException | OutOfMemoryError e) {
                done.add(new Done(n, null, e));
            }
        }
    }

    /** True when nothing that the last view needs is missing, as far as the limits allow. */
    public boolean settled() {
        return cut != null && inFlight == 0 && waiting == 0 && done.isEmpty();
    }

    public Stats stats() {
        Cut c = cut;
        return new Stats(
                c == null ? 0 : c.shown.size(),
                c == null ? 0 : c.triangles,
                c == null ? 0 : c.maxPixels,
                c != null && c.limited,
                resident.size(),
                residentBytes,
                waiting,
                loads,
                evictions,
                failures,
                c == null ? null : c.failure);
    }

    /** The bytes of tile memory outside the heap, used and kept ready. */
    public long nativeBytes() {
        return pool.lentBytes() + pool.freeBytes();
    }

    /** Throws everything out and ends the workers; waits for what they are decoding. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        for (Thread t : workers) {
            try {
                t.join(10_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        for (Done d = done.poll(); d != null; d = done.poll()) {
            PackedMesh mesh = d.mesh();
            if (mesh != null) {
                pool.giveBack(mesh.slab());
            }
        }
        for (Node n : List.copyOf(resident)) {
            evict(n);
        }
        pool.close();
    }
}
