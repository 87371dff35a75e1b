package org.grotto.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.grotto.base.GrottoException;

/**
 * One file, read or refused: in a sentence, within two seconds of one processor, and within some memory for what it holds.
 * Anything else is an {@link AssertionError}.
 */
final class Attempt implements AutoCloseable {
    /** What a reader may allocate for any file: windows, batches, packets, parsers. */
    static final long FREE = 96L << 20;

    static final long A_BYTE = 4000;
    static final long NANOSECONDS = 2_000_000_000L;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Target target;
    private final Path folder;
    private final Path file;

    Attempt(Target target) throws IOException {
        this.target = target;
        Path memory = Path.of("/dev/shm");
        this.folder = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "grotto-fuzz")
                : Files.createTempDirectory("grotto-fuzz");
        this.file = folder.resolve(target.file());
    }

    /** Whether it was read; false where it was refused. */
    boolean of(byte[] data) throws IOException {
        Files.write(file, target.made().apply(data));
        try {
            return once();
        } catch (Costly e) {
            return once(); // the first time may have loaded classes
        }
    }

    /** Too much time or memory. */
    private static final class Costly extends AssertionError {
        private static final long serialVersionUID = 1;

        Costly(String what) {
            super(what);
        }
    }

    private boolean once() throws IOException {
        long bytes = Files.size(file);
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long begun = THREADS.getCurrentThreadCpuTime();
        boolean read = true;
        try {
            target.read().of(file);
        } catch (GrottoException e) {
            read = false;
            String m = String.valueOf(e.getMessage());
            if (m.isBlank() || m.length() > 4000 || m.indexOf('\n') >= 0) {
                throw new AssertionError(target.name() + ": no sentence: " + m, e);
            }
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError(target.name() + ": " + e, e);
        }
        long time = THREADS.getCurrentThreadCpuTime() - begun;
        long memory = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        if (time > NANOSECONDS) {
            throw new Costly(target.name() + ": " + time / 1_000_000 + " ms for " + bytes + " bytes");
        }
        if (memory > FREE + A_BYTE * bytes) {
            throw new Costly(target.name() + ": " + (memory >> 20) + " MB for " + bytes + " bytes");
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(p);
            }
        }
    }
}
