package org.grotto.clean;

import java.util.Set;
import org.grotto.geometry.ColumnType;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.Store;

/**
 * How many points were taken out, by reason; a point counts for the first reason that holds.
 *
 * @param moved another station saw through their place, and they hang together: what moved between the scans
 * @param dust another station saw through their place, and nothing stands beside them
 * @param reflected mirror images: a station saw what stands elsewhere in a plane that reflects
 */
public record Removed(
        long duplicates, long mixedPixels, long isolated, long statistical, long moved, long dust, long reflected) {
    static final Removed NONE = new Removed(0, 0, 0, 0, 0, 0, 0);

    static final byte KEPT = 0;
    static final byte DUPLICATE = 1;
    static final byte MIXED = 2;
    static final byte ISOLATED = 3;
    static final byte STATISTICAL = 4;
    static final byte MOVED = 5;
    static final byte DUST = 6;
    static final byte REFLECTED = 7;

    /** Why a point goes, or {@link #KEPT}. */
    static final ColumnType REASON = ColumnType.choice("reason", ColumnType.Kind.UINT8, "clean");

    public long total() {
        return duplicates + mixedPixels + isolated + statistical + moved + dust + reflected;
    }

    /** Both together. */
    Removed plus(Removed o) {
        return new Removed(
                duplicates + o.duplicates,
                mixedPixels + o.mixedPixels,
                isolated + o.isolated,
                statistical + o.statistical,
                moved + o.moved,
                dust + o.dust,
                reflected + o.reflected);
    }

    /** What the column {@link #REASON} of a store says, with what another one said before. */
    Removed plus(Store store, Engine engine) {
        long[] c = new long[8];
        for (long[] part : engine.map(store, Craft.of(Set.of(REASON.name()), 0, (region, work) -> {
            long[] n = new long[8];
            byte[] reason = region.cloud().columns.bytes(REASON.name());
            for (int i = region.from(); reason != null && i < region.to(); i++) {
                n[reason[i]]++;
            }
            return n;
        }))) {
            for (int k = 0; k < c.length; k++) {
                c[k] += part[k];
            }
        }
        return plus(new Removed(c[DUPLICATE], c[MIXED], c[ISOLATED], c[STATISTICAL], c[MOVED], c[DUST], c[REFLECTED]));
    }
}
