package org.grotto.format;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.jspecify.annotations.Nullable;

/**
 * A file format: how its files are told, and what can be done with them. Each sub-room declares its own; whoever opens
 * files has the list. What a format cannot do is null or empty.
 */
public interface Format {
    /** As error sentences and help texts list it: "E57", "LAS, LAZ". */
    String name();

    /** The endings of its files' names, in small letters, without the dot; the usual one first. */
    List<String> extensions();

    /** True when a file that begins like this is of this format, whatever its name; false where only names can tell. */
    default boolean begins(FileHead head) {
        return false;
    }

    /**
     * The whole names, in small letters, that its files have, where the format is a folder of files under one of them: that
     * folder can be named in place of the file.
     */
    default List<String> names() {
        return List.of();
    }

    /** All files that make up the one that is named by {@code file}, which is among them, in an order of their own. */
    default List<Path> files(Path file) {
        return List.of(file);
    }

    /** True when {@code file}, which is of this format, holds faces; only a format of points and meshes has to look. */
    default boolean holdsMesh(Path file) {
        return points() == null && meshes() != null;
    }

    /** True when {@code file}, which is of this format, holds a mesh and no points that can be read apart from it. */
    default boolean onlyMesh(Path file) {
        return points() == null && meshes() != null;
    }

    /** True when {@code file} is a range map: one scan, whose triangles only join neighbours on the scanner's grid. */
    default boolean rangeMap(Path file) {
        return false;
    }

    /** True where a file of this format can say the unit of its points, so that numbers may stay what they are. */
    default boolean statesUnit() {
        return false;
    }

    /** True where points are written on a grid that has to be laid out before the first of them. */
    default boolean gridded() {
        return false;
    }

    /** True where a written point can be marked as invalid. */
    default boolean marksInvalid() {
        return false;
    }

    /** True where a written mesh has its pictures, not only colours of vertices. */
    default boolean keepsPictures() {
        return false;
    }

    default @Nullable PointInput points() {
        return null;
    }

    default @Nullable MeshInput meshes() {
        return null;
    }

    /** The endings that points can be written to. */
    default Map<String, PointOutput> pointOutputs() {
        return Map.of();
    }

    /** The endings that a mesh can be written to. */
    default Map<String, MeshOutput> meshOutputs() {
        return Map.of();
    }

    /**
     * Looks through a whole file for what breaks its specification; by its reader, where a format has nothing better.
     *
     * @throws org.grotto.base.GrottoException where nobody can know whether it is sound: it cannot be opened, or holds what
     *     is not read
     */
    default List<Finding> check(Path file, Work work) {
        return ReaderCheck.of(this, file, work);
    }

    /** Format and version of a file as a user would say it: "LAZ 1.4 point format 7"; the format alone of a broken one. */
    default String version(Path file, Work work) {
        return ReaderCheck.version(this, file, work);
    }

    /** Opens a file for its points. */
    @FunctionalInterface
    interface PointInput {
        PointReader open(Path file, Reading reading);
    }

    /** Opens a file for its mesh. */
    @FunctionalInterface
    interface MeshInput {
        MeshReader open(Path file, Reading reading);
    }

    /** Begins a file of points. */
    @FunctionalInterface
    interface PointOutput {
        /**
         * @param temporary where to write, see {@link org.grotto.base.Outputs}
         * @param source what will be written: its scans and what it says of itself, such as its "crs"
         */
        PointWriter create(Path temporary, PointReader source, Work work);
    }

    /** Writes a mesh, whole or not at all. */
    @FunctionalInterface
    interface MeshOutput {
        /** Gives what of the mesh, beside pictures and materials where it keeps none, the file does not hold, in words. */
        List<String> write(Mesh mesh, Path file);
    }
}
