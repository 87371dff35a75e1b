package org.grotto.format;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Texture;

/**
 * A mesh file that is open for reading. Opening reads and checks the header only, where the format has one. Every failure
 * is a {@link org.grotto.base.GrottoException} with file, place, what was found and what to do; nothing is allocated from
 * a size in the file that has not been checked against the file's length.
 */
public interface MeshReader extends AutoCloseable {
    Path path();

    /** Format and version as a user would say it: "PLY ascii 1.0", "glTF 2.0". */
    String format();

    /** How many vertices the header declares, or -1 where it does not say. */
    long vertices();

    /** How many faces the header declares, or -1 where it does not say. */
    long faces();

    /** What the file says about itself (comments, generating software), sorted by key. */
    Map<String, String> metadata();

    /** What the file says of the unit and the axes of its coordinates. */
    default Stated stated() {
        return Stated.NOTHING;
    }

    /** Parts of the file that are not handed on (textures, further columns), named; complete after {@link #read}. */
    List<String> notKept();

    /** What the reader took the file for where it does not say itself, in words; complete after {@link #read}. */
    default List<String> understood() {
        return List.of();
    }

    /** The pictures that the file names before its mesh is read, each once; those that are not there are left out. */
    default List<Texture> pictures() {
        return List.of();
    }

    /** Reads vertices and faces; faces of more than three corners come as triangles. */
    Mesh read();

    @Override
    void close();
}
