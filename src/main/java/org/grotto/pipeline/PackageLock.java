package org.grotto.pipeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.grotto.base.GrottoException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two writers off one package: a lock of the system's on {@code .grotto.lock}, which goes with its process, however
 * that ends; the file says who holds it.
 */
final class PackageLock implements AutoCloseable {
    /** The file that is locked: no part of the package; one who died leaves it. */
    static final String NAME = ".grotto.lock";

    /** Beyond the text: where locks are mandatory, what is locked cannot be read. */
    private static final long LOCKED_BYTE = 1L << 40;

    private static final int TRIES = 100;

    private final Path file;
    private final FileChannel channel;

    private PackageLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws GrottoException of kind IO where another writer has it
     */
    static PackageLock take(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            for (int i = 0; i < TRIES; i++) {
                PackageLock lock = attempt(folder, file);
                if (lock != null) {
                    return lock;
                }
            }
        } catch (IOException e) {
            throw GrottoException.io(folder, e);
        }
        throw busy(folder, "another process", null);
    }

    /** The lock, or null where its file was removed by the one who had it before, so that it locks nothing. */
    private static @Nullable PackageLock attempt(Path folder, Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            if (lock == null) {
                throw busy(folder, holder(file), null);
            }
            String mark = "process " + ProcessHandle.current().pid() + "\n" + UUID.randomUUID() + "\n";
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(mark.getBytes(StandardCharsets.UTF_8)), 0);
            taken = mark.equals(Files.readString(file));
            return taken ? new PackageLock(file, channel) : null;
        } catch (NoSuchFileException e) {
            return null;
        } catch (OverlappingFileLockException e) {
            throw busy(folder, holder(file), e);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    private static String holder(Path file) {
        try {
            String first = Files.readString(file).lines().findFirst().orElse("");
            return first.matches("process [0-9]+") ? first : "another process";
        } catch (IOException e) {
            return "another process";
        }
    }

    private static GrottoException busy(Path folder, String holder, @Nullable Throwable cause) {
        return new GrottoException(
                GrottoException.Kind.IO,
                folder + ": " + holder + " is adding to this package; wait until it has ended, then try again.",
                cause);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file); // while it is still held
        } catch (IOException e) {
            // it locks nothing once the channel is closed
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        }
    }
}
