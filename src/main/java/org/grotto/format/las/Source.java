package org.grotto.format.las;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.grotto.base.GrottoException;

/** Bytes at a position: a file, or any channel that can seek. Safe to read from several threads. */
final class Source implements AutoCloseable {
    private final Path path;
    private final SeekableByteChannel channel;
    private final long length;

    private Source(Path path, SeekableByteChannel channel) {
        this.path = path;
        this.channel = channel;
        try {
            this.length = channel.size();
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    static Source open(Path path) {
        try {
            if (Files.isDirectory(path)) {
                throw GrottoException.badInput(path, "is a folder; name the LAS or LAZ file in it.");
            }
            return new Source(path, FileChannel.open(path, StandardOpenOption.READ));
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    /** Takes over {@code channel}; {@code name} stands for it in messages. */
    static Source of(SeekableByteChannel channel, Path name) {
        return new Source(name, channel);
    }

    Path path() {
        return path;
    }

    long length() {
        return length;
    }

    /** {@code count} bytes from byte {@code at} on, which the caller has checked to lie inside the file. */
    byte[] read(long at, int count) {
        byte[] b = new byte[count];
        read(at, b, count);
        return b;
    }

    /** Fills the first {@code count} bytes of {@code b}. */
    void read(long at, byte[] b, int count) {
        ByteBuffer buffer = ByteBuffer.wrap(b, 0, count);
        try {
            if (channel instanceof FileChannel f) {
                while (buffer.hasRemaining()) {
                    if (f.read(buffer, at + buffer.position()) < 0) {
                        throw shrunk(at + buffer.position());
                    }
                }
            } else {
                synchronized (channel) {
                    channel.position(at);
                    while (buffer.hasRemaining()) {
                        if (channel.read(buffer) < 0) {
                            throw shrunk(at + buffer.position());
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    private GrottoException shrunk(long at) {
        return GrottoException.badInput(path, at, "the file ends here, but was longer when it was opened.");
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
