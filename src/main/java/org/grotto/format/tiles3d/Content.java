package org.grotto.format.tiles3d;

import java.nio.file.Path;

/**
 * What a tile holds: a part of a file.
 *
 * @param magic how it begins: "pnts", "b3dm", "glTF", "{" of a glTF in text, ...
 * @param from its first byte in the file, {@code length} bytes long
 * @param place from its own frame, Z up, to that of the tileset; column by column
 * @param depth of its tile below the root
 */
record Content(Path file, String magic, long from, long length, double[] place, int depth) {
    Content part(String what, long at, long bytes, double[] moved) {
        return new Content(file, what, at, bytes, moved, depth);
    }
}
