package org.grotto.format;

import java.io.InputStream;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;

/**
 * A picture that a scan file holds, as its header describes it; its bytes are read when asked for.
 *
 * @param name the picture's name, or its number where it has none
 * @param mediaType "image/jpeg", "image/png"
 * @param size of its bytes
 * @param pose camera frame to common frame, or null where the file does not give one
 * @param camera its intrinsics, or null where the file does not give them
 * @param bytes opens the picture's bytes as they stand in the file
 */
public record Picture(
        String name,
        String mediaType,
        long size,
        @Nullable Pose pose,
        @Nullable Camera camera,
        Source bytes) {
    /** Opens a picture's bytes; the caller closes them. */
    @FunctionalInterface
    public interface Source {
        InputStream open();
    }
}
