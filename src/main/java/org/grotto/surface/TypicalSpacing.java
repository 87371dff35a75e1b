package org.grotto.surface;

import java.util.Objects;
import java.util.Set;
import org.grotto.geometry.Columns;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.Ranks;
import org.grotto.store.Region;
import org.grotto.store.Store;

/** What a store's column of spacings says of the whole; no spacing counts as less than the lattice's step. */
final class TypicalSpacing {
    /** Halo that holds what most vertices ask for, in typical spacings. */
    private static final double HALO = 8;

    private TypicalSpacing() {}

    /**
     * The median spacing over the surface, metres: each point counts by the area it stands for, so that a close-range scan
     * of one face does not make the rest of the cave look sparse. 0 of no points.
     */
    static double of(Store store, Engine engine) {
        double step = store.lattice().step();
        Ranks ranks =
                new Ranks(store, Columns.SPACING, s -> Math.max(s, (float) step) * Math.max(s, (float) step), engine);
        float median = ranks.at(ranks.total() / 2)[0];
        return store.size() == 0 ? 0 : Math.max(median, (float) step);
    }

    /** The widest spacing of any point, metres; 0 of no points. */
    static double widest(Store store, Engine engine) {
        double most = 0;
        for (double part : engine.map(store, Craft.of(Set.of(Columns.SPACING.name()), 0, (region, work) -> {
            double m = 0;
            for (int i = region.from(); i < region.to(); i++) {
                m = Math.max(m, at(region, i));
            }
            return m;
        }))) {
            most = Math.max(most, part);
        }
        return most;
    }

    private static double at(Region region, int i) {
        float[] s = Objects.requireNonNull(region.cloud().columns.floats(Columns.SPACING.name()));
        return Math.max(s[i], (float) region.cloud().lattice.step());
    }

    /** Halo for crafts that ask for nearest points, metres; where spacings are unknown, from how many there are. */
    static double halo(Store store, Engine engine) {
        boolean told = store.columns().stream().anyMatch(t -> t.name().equals(Columns.SPACING.name()));
        double spacing = told ? of(store, engine) : store.bounds().longest() / Math.sqrt(Math.max(1, store.size()));
        return halo(spacing, store);
    }

    /** As {@link #halo(Store, Engine)} where the typical spacing is known, metres. */
    static double halo(double typical, Store store) {
        return HALO * Math.max(typical, store.lattice().step());
    }
}
