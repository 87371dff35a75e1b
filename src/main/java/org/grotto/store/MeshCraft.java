package org.grotto.store;

import java.util.Set;
import org.grotto.base.Work;
import org.grotto.geometry.ColumnType;

/**
 * A piece of work on a mesh: a pure function of a {@link MeshRegion}. It sees what it asks for of the region's own
 * vertices, with their triangles and these triangles' other corners where it wants the ring, with the points around where
 * it names a halo; it gives its part of the result. The result must not depend on how the mesh is cut.
 *
 * @param needs columns of the vertices that it reads; one that the mesh lacks is missing in the region, too
 * @param ring whether it sees triangles
 * @param points columns of the points around that it reads
 * @param halo points further than this many metres from the bounds of the region's own vertices are not seen;
 *     {@link #NO_POINTS} for none at all
 * @param <R> the part of the result that belongs to one region
 */
public record MeshCraft<R>(Set<String> needs, boolean ring, Set<String> points, double halo, Function<R> function) {
    /** The halo of a craft that sees no points. */
    public static final double NO_POINTS = -1;

    /** 1 for a vertex whose answer may hang on points beyond the halo, else 0; see {@link Nearby}. */
    public static final ColumnType OPEN = ColumnType.choice("open", ColumnType.Kind.UINT8, "store");

    /** A region's function. */
    @FunctionalInterface
    public interface Function<R> {
        R run(MeshRegion region, Work work);
    }

    /** A craft on vertices alone. */
    public static <R> MeshCraft<R> onVertices(Set<String> needs, Function<R> function) {
        return new MeshCraft<>(needs, false, Set.of(), NO_POINTS, function);
    }

    /** A craft on vertices, their triangles and the vertices around these. */
    public static <R> MeshCraft<R> onRings(Set<String> needs, Function<R> function) {
        return new MeshCraft<>(needs, true, Set.of(), NO_POINTS, function);
    }

    /** A craft on vertices and the points around them. */
    public static <R> MeshCraft<R> onPoints(Set<String> needs, Set<String> points, double halo, Function<R> function) {
        return new MeshCraft<>(needs, false, points, halo, function);
    }

    /** The part of the result for {@code region}. */
    public R run(MeshRegion region, Work work) {
        return function.run(region, work);
    }

    /** The same view with another function. */
    public <S> MeshCraft<S> giving(Function<S> other) {
        return new MeshCraft<>(needs, ring, points, halo, other);
    }

    /** The same with another halo. */
    public MeshCraft<R> within(double metres) {
        return new MeshCraft<>(needs, ring, points, metres, function);
    }
}
