package org.grotto.geometry;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.grotto.base.GrottoException;
import org.jspecify.annotations.Nullable;

/**
 * A picture that lies on a mesh, still in its file: JPEG, PNG or whatever the file holds, read when asked for.
 *
 * @param name as a sentence names it: the file's name, or the image's in a glTF file
 * @param file where its bytes are, or null where they stand in {@code bytes}
 * @param from the first of its bytes in {@code file}
 * @param length how many there are, or -1 for all that follow
 * @param bytes the picture itself where it came as text (a data URI), else null
 * @param wrapU what lies beside the picture to the left and right
 * @param wrapV above and below
 */
public record Texture(
        String name, @Nullable Path file, long from, long length, byte @Nullable [] bytes, Wrap wrapU, Wrap wrapV) {
    /** What lies beside a picture. */
    public enum Wrap {
        REPEAT,
        MIRROR,
        /** Its border, drawn out. */
        CLAMP
    }

    /** A whole file. */
    public static Texture of(Path file, Wrap wrapU, Wrap wrapV) {
        return new Texture(String.valueOf(file.getFileName()), file, 0, -1, null, wrapU, wrapV);
    }

    /** The picture's bytes. */
    public byte[] read() {
        byte[] own = bytes;
        Path f = file;
        if (own != null) {
            return own;
        }
        if (f == null) {
            throw new IllegalStateException("texture " + name + " has neither file nor bytes");
        }
        try (RandomAccessFile in = new RandomAccessFile(f.toFile(), "r")) {
            long rest = Math.max(0, Files.size(f) - from);
            long n = length < 0 ? rest : Math.min(length, rest);
            if (n > Integer.MAX_VALUE - 64) {
                throw GrottoException.unsupported(f, "holds a picture of " + n + " bytes; at most 2 GB are read.");
            }
            byte[] all = new byte[(int) n];
            in.seek(from);
            in.readFully(all);
            return all;
        } catch (IOException e) {
            throw GrottoException.io(f, e);
        }
    }
}
