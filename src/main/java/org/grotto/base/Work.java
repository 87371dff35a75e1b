package org.grotto.base;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;

/**
 * What a craft gets besides its data: threads, a memory budget, a place for progress and one for faults.
 *
 * <p>All parallel work in Grotto goes through here, in blocks whose borders depend on the input alone, never on the
 * number of threads; so a craft whose blocks are pure gives the same bits on any machine. The calling thread works
 * along, hence nesting is safe. All threads work for the caller's {@link Job};
 * when that is cancelled, no further block is begun.
 */
public final class Work implements AutoCloseable {
    private final int threads;
    private final long memoryBytes;
    private final Progress progress;
    private final Faults faults = new Faults();
    private final ExecutorService pool;

    /**
     * @param threads how many threads work at once, at least 1
     * @param memoryBytes how much heap a craft may plan with
     */
    public Work(int threads, long memoryBytes, Progress progress) {
        if (threads < 1) {
            throw GrottoException.badRequest("--threads must be at least 1, found " + threads + ".");
        }
        this.threads = threads;
        this.memoryBytes = memoryBytes;
        this.progress = progress;
        this.pool = Executors.newFixedThreadPool(Math.max(1, threads - 1), r -> {
            Thread t = new Thread(r, "grotto-work");
            t.setDaemon(true);
            return t;
        });
    }

    /** All cores, three quarters of the heap, silent. For tests and small tools. */
    public static Work silent() {
        return new Work(
                Runtime.getRuntime().availableProcessors(), Runtime.getRuntime().maxMemory() / 4 * 3, Progress.NONE);
    }

    public int threads() {
        return threads;
    }

    public long memoryBytes() {
        return memoryBytes;
    }

    public Progress progress() {
        return progress;
    }

    public Faults faults() {
        return faults;
    }

    /** A piece of work on [from, to). */
    @FunctionalInterface
    public interface Range {
        void run(int from, int to);
    }

    /** A partial sum over [from, to). */
    @FunctionalInterface
    public interface RangeSum {
        double run(int from, int to);
    }

    /** Runs {@code task} for every i in [0, n); tasks may run in any order and at once. The first failure is thrown. */
    public void each(int n, java.util.function.IntConsumer task) {
        if (n <= 0) {
            return;
        }
        Job job = Job.current();
        if (threads == 1 || n == 1) {
            for (int i = 0; i < n; i++) {
                job.check();
                task.accept(i);
            }
            return;
        }
        AtomicInteger next = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(n);
        Runnable worker = () -> {
            for (int i = next.getAndIncrement(); i < n; i = next.getAndIncrement()) {
                try {
                    if (failure.get() == null) {
                        job.check();
                        task.accept(i);
                    }
                } catch (Throwable t) {
                    failure.compareAndSet(null, t);
                } finally {
                    done.countDown();
                }
            }
        };
        for (int t = 1; t < Math.min(threads, n); t++) {
            pool.execute(() -> job.run(worker));
        }
        worker.run();
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GrottoException.cancelled();
        }
        Throwable t = failure.get();
        if (t instanceof RuntimeException r) {
            throw r;
        }
        if (t instanceof Error e) {
            throw e;
        }
        if (t != null) {
            throw new IllegalStateException(t);
        }
    }

    /** Runs {@code task} over [0, n) in blocks of {@code block} (the last one shorter). */
    public void blocks(int n, int block, Range task) {
        int count = blockCount(n, block);
        each(count, b -> task.run(b * block, (int) Math.min(n, (b + 1L) * block)));
    }

    /** The sum of all blocks' partial sums, added in block order: the same bits for any number of threads. */
    public double sum(int n, int block, RangeSum task) {
        int count = blockCount(n, block);
        double[] part = new double[count];
        each(count, b -> part[b] = task.run(b * block, (int) Math.min(n, (b + 1L) * block)));
        double s = 0;
        for (double p : part) {
            s += p;
        }
        return s;
    }

    /** The results of {@code task} for 0..n-1, in order. */
    public <R> List<R> map(int n, IntFunction<R> task) {
        Object[] out = new Object[n];
        each(n, i -> out[i] = task.apply(i));
        List<R> list = new ArrayList<>(n);
        for (Object o : out) {
            @SuppressWarnings("unchecked")
            R r = (R) o;
            list.add(r);
        }
        return list;
    }

    private static int blockCount(int n, int block) {
        return (int) ((n + (long) block - 1) / block);
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
