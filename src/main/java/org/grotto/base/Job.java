package org.grotto.base;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One piece of work that can be stopped by itself, with its unfinished outputs: a command, or what a server does for one
 * visitor. What runs in {@link #call} belongs to it, on whatever threads of {@link Work} it runs; long work asks
 * {@link #check} between its pieces. When the process ends (Ctrl-C, a closed terminal, kill) all jobs are cancelled, and
 * a shutdown hook deletes what they left unfinished; it outlasts threads that still write.
 */
public final class Job {
    private static final int QUIET_ROUNDS = 5;
    private static final int MOST_ROUNDS = 100;
    private static final long ROUND_MILLIS = 30;

    private static final ScopedValue<Job> CURRENT = ScopedValue.newInstance();
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final Set<Job> LIVE = ConcurrentHashMap.newKeySet();
    private static volatile boolean ending;

    /** Where nobody has begun a job: the process as a whole. */
    private static final Job PROCESS = new Job();

    static {
        LIVE.add(PROCESS);
        Runtime.getRuntime().addShutdownHook(new Thread(Job::end, "grotto-outputs"));
    }

    /** Tells apart the jobs of a process, from 0. */
    final int number = NUMBERS.getAndIncrement();

    private final Set<Path> unfinished = ConcurrentHashMap.newKeySet();

    /** Held while an output takes its place and while what is unfinished is deleted: never both at once. */
    private final Object placing = new Object();

    private volatile boolean cancelled;

    /** The job that the calling thread works for. */
    public static Job current() {
        return CURRENT.orElse(PROCESS);
    }

    /** True from the moment on at which the process is ending. */
    public static boolean processEnds() {
        return ending;
    }

    /**
     * Does the work of this job, once, on the calling thread; at its end nothing unfinished is left.
     *
     * @throws GrottoException of kind CANCELLED where it was cancelled
     */
    public <R, X extends Throwable> R call(ScopedValue.CallableOp<? extends R, X> work) throws X {
        LIVE.add(this);
        try {
            check();
            return ScopedValue.where(CURRENT, this).call(work);
        } finally {
            unfinished.forEach(Outputs::deleteQuietly);
            LIVE.remove(this);
        }
    }

    /** Runs a piece of this job's work on another thread. */
    void run(Runnable piece) {
        ScopedValue.where(CURRENT, this).run(piece);
    }

    /** Asks the job to stop, from any thread; when this returns, none of its outputs takes its place any more. */
    public void cancel() {
        synchronized (placing) {
            cancelled = true;
        }
    }

    public boolean cancelled() {
        return cancelled || ending;
    }

    /** Ends the caller's work where the job is to stop. */
    public void check() {
        if (cancelled()) {
            throw GrottoException.cancelled();
        }
    }

    /** An output that moves to its place. */
    @FunctionalInterface
    interface Placing<X extends Exception> {
        void run() throws X;
    }

    /** Lets a finished output take its place, unless the job is cancelled. */
    <X extends Exception> void place(Placing<X> move) throws X {
        synchronized (placing) {
            check();
            move.run();
        }
    }

    void begin(Path temporary) {
        unfinished.add(temporary);
    }

    /** Deletes what is left of an output, or of a scratch folder. */
    void finish(Path temporary) {
        Outputs.deleteQuietly(temporary);
        unfinished.remove(temporary);
    }

    /** Deletes until nothing has come back for a while: other threads run on until the process is gone. */
    private static void end() {
        ending = true;
        int quiet = 0;
        for (int round = 0; round < MOST_ROUNDS && quiet < QUIET_ROUNDS; round++) {
            if (LIVE.stream().allMatch(j -> j.unfinished.isEmpty())) {
                return;
            }
            boolean found = false;
            for (Job j : LIVE) {
                found |= j.sweep();
            }
            quiet = found ? 0 : quiet + 1;
            try {
                Thread.sleep(ROUND_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean sweep() {
        synchronized (placing) {
            boolean found = unfinished.stream().anyMatch(Files::exists);
            unfinished.forEach(Outputs::deleteQuietly);
            return found;
        }
    }
}
