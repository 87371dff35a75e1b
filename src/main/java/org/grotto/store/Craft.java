package org.grotto.store;

import java.util.List;
import java.util.Set;
import org.grotto.base.Work;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;

/**
 * A piece of work on points: a pure function of a {@link Region}. It sees the columns it needs and no others, of the
 * region's core and the halo it asks for; it gives its part of the result, which belongs to the core. The result must not
 * depend on how the store is cut: whatever a point's own answer needs lies within the halo. What is known of the whole
 * (a quantile, a list of stations) is a field of the craft.
 *
 * @param <R> the part of the result that belongs to one region
 */
public interface Craft<R> {
    /** The columns it reads; a column that the store lacks is missing in the region, too. */
    Set<String> needs();

    /** Radius of the halo, metres: points further than this from the core's bounds are not seen. */
    double halo();

    /** The part of the result for {@code region}. */
    R run(Region region, Work work);

    /** A craft that gives columns for the core's points. */
    interface ForColumns extends Craft<Columns> {
        /** The columns it gives; its result holds them with one entry a point of the core. */
        List<ColumnType> gives();
    }

    /**
     * What a region gives where a craft gives columns and something else.
     *
     * @param columns one entry a point of the core
     */
    record Both<R>(Columns columns, R rest) {}

    /** A region's function, for {@link #of}. */
    @FunctionalInterface
    interface Function<R> {
        R run(Region region, Work work);
    }

    /** A craft made of its three parts. */
    static <R> Craft<R> of(Set<String> needs, double halo, Function<R> run) {
        return new Craft<>() {
            @Override
            public Set<String> needs() {
                return needs;
            }

            @Override
            public double halo() {
                return halo;
            }

            @Override
            public R run(Region region, Work work) {
                return run.run(region, work);
            }
        };
    }

    /** A craft that gives columns, made of its parts. */
    static ForColumns of(Set<String> needs, List<ColumnType> gives, double halo, Function<Columns> run) {
        return new ForColumns() {
            @Override
            public Set<String> needs() {
                return needs;
            }

            @Override
            public List<ColumnType> gives() {
                return gives;
            }

            @Override
            public double halo() {
                return halo;
            }

            @Override
            public Columns run(Region region, Work work) {
                return run.run(region, work);
            }
        };
    }
}
