package org.grotto.format.stl;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grotto.base.GrottoException;

/** The triangles of a binary STL file: normal, three corners, two bytes that some programs use for colours. */
final class StlBinary {
    private static final int CORNERS_AT = 12;
    private static final int ATTRIBUTE_AT = 48;

    private StlBinary() {}

    /**
     * Reads {@code triangles}; returns what is not kept.
     *
     * @param keepGoing pass over triangles with a coordinate that is no place
     */
    static List<String> read(Path path, long triangles, StlCorners into, boolean keepGoing) {
        ByteBuffer row = ByteBuffer.allocate(StlHead.TRIANGLE).order(ByteOrder.LITTLE_ENDIAN);
        long coloured = 0;
        long nowhere = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            in.skipNBytes(StlHead.HEADER);
            for (long t = 0; t < triangles; t++) {
                if (in.readNBytes(row.array(), 0, StlHead.TRIANGLE) < StlHead.TRIANGLE) {
                    throw GrottoException.badInput(
                            path, StlHead.bytes(t), "the file ends inside triangle " + t + "; copy it again.");
                }
                boolean sound = true;
                for (int i = 0; i < 9; i++) {
                    float v = row.getFloat(CORNERS_AT + 4 * i);
                    sound &= StlCorners.sound(v);
                    if (!sound && !keepGoing) {
                        throw GrottoException.badInput(
                                path,
                                StlHead.bytes(t) + CORNERS_AT + 4L * i,
                                "a coordinate of triangle " + t + " is " + v + ", which is no place; repair the mesh.");
                    }
                    into.coordinate(i, v);
                }
                if (!sound) {
                    nowhere++;
                    continue;
                }
                into.triangle();
                coloured += row.getShort(ATTRIBUTE_AT) == 0 ? 0 : 1;
            }
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
        List<String> lost = new ArrayList<>();
        if (coloured > 0) {
            lost.add("the attribute bytes (colours) of " + coloured + " triangles");
        }
        if (nowhere > 0) {
            lost.add("triangles with a coordinate that is no place: " + nowhere);
        }
        return lost;
    }
}
