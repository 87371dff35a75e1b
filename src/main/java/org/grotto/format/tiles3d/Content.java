package org.grotto.format.tiles3d;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a tile holds: a part of a file.
 *
 * @param magic how it begins: "pnts", "b3dm", "i3dm", "glTF", "{" of a glTF in text, ...
 * @param from its first byte in the file, {@code length} bytes long
 * @param place from its own frame, Z up, to that of the tileset; column by column
 * @param axes from the frame of a glTF, taken for Y up and turned Z up, to what the tileset says it is
 * @param depth of its tile below the root
 * @param model of an i3dm the glTF that it shows, where that is a file of its own
 */
record Content(
        Path file,
        String magic,
        long from,
        long length,
        double[] place,
        double[] axes,
        int depth,
        @Nullable Path model) {
    Content part(String what, long at, long bytes) {
        return new Content(file, what, at, bytes, place, axes, depth, null);
    }

    Content showing(Path other) {
        return new Content(file, magic, from, length, place, axes, depth, other);
    }
}
