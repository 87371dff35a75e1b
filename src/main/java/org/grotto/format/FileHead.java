package org.grotto.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.grotto.base.GrottoException;

/**
 * What a file's format is told from.
 *
 * @param bytes its first bytes, at most {@link #LENGTH}
 * @param size all its bytes
 */
public record FileHead(byte[] bytes, long size) {
    /** How much of a file is looked at. */
    public static final int LENGTH = 512;

    /** Throws where there is no such file, or it is a folder, a pipe, a device or empty. */
    public static FileHead of(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw GrottoException.badRequest(file + ": is a folder; name the scan files in it (" + file + "/*).");
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw GrottoException.badRequest(
                        file + ": is a pipe or a device, not a file; scans are read from more than one place at once."
                                + " Write it to a file first and name that.");
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(LENGTH);
                if (bytes.length == 0) {
                    throw GrottoException.badInput(file, "is empty (0 bytes); copy it again from its source.");
                }
                return new FileHead(bytes, Files.size(file));
            }
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        }
    }

    /** The bytes as text, one character each, without a mark of UTF-8 before them. */
    public String text() {
        int from = Encoding.marked(bytes) ? 3 : 0;
        return new String(bytes, from, bytes.length - from, StandardCharsets.ISO_8859_1);
    }

    public boolean startsWith(String ascii) {
        return text().startsWith(ascii);
    }
}
