package org.grotto.format.tiles3d;

import java.nio.file.Path;
import org.grotto.format.MeshReader;
import org.grotto.format.PointReader;

/** Opens the glTF that tiles hold. The room of tilesets knows no other format: whoever lists the formats gives it this. */
public interface Models {
    /** Whether the glTF shows triangles. Bytes {@code from} to {@code from + length} of {@code file} are a file of theirs. */
    boolean triangles(Path file, long from, long length);

    /** Whether the glTF shows single points. */
    boolean points(Path file, long from, long length);

    /** Its triangles, Z up. */
    MeshReader mesh(Path file, long from, long length);

    /** Its single points, Z up, as one scan. */
    PointReader cloud(Path file, long from, long length);
}
