package org.grotto.scene;

import java.util.Map;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;

/**
 * A picture taken of the cave, and where from.
 *
 * @param name as its source gives it
 * @param source the file that it came from, or that tells of it, its name without folders
 * @param station the station that it was taken with, or null where its source does not say
 * @param pose camera (see {@link Lens}) to cave frame, metres; null where nobody knows
 * @param lens the place of its lens in the list; null where nobody knows what its pixels look at
 * @param path of the picture in the package; null where it is not carried
 * @param mediaType "image/jpeg" or "image/png", where carried
 * @param bytes of the file, 0 where it is not carried
 * @param width and {@code height}: of the file, pixels; 0 where it is not carried
 * @param mask the path of a PNG whose black pixels are no part of the picture; null for none
 * @param metadata whatever else its source says
 */
public record Photo(
        String name,
        String source,
        @Nullable String station,
        @Nullable Pose pose,
        @Nullable Integer lens,
        @Nullable String path,
        @Nullable String mediaType,
        long bytes,
        int width,
        int height,
        @Nullable String mask,
        @Nullable Map<String, String> metadata) {}
