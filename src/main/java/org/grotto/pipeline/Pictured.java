package org.grotto.pipeline;

import java.nio.file.Path;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;

/**
 * A picture in a scan file, placed in the cave; its bytes are read when the package is written.
 *
 * @param index its place among the file's pictures
 * @param station the name of the station that it was taken with, or null where the file does not say
 * @param pose camera to cave frame, or null where the file does not say
 */
record Pictured(
        Path file,
        int index,
        @Nullable String station,
        @Nullable Pose pose) {}
