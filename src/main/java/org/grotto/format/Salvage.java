package org.grotto.format;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Mesh;

/** What is left of damaged files. */
public final class Salvage {
    private static final String OFFER = ", or --keep-going would give ";

    private Salvage() {}

    /**
     * The refusal of a file that was read as a sound one, with what it would give as a damaged one.
     *
     * @param damaged reads it as such
     */
    public static GrottoException offering(GrottoException e, Supplier<Mesh> damaged) {
        return offering(e, () -> damaged.get().triangleCount(), " triangle");
    }

    /** The same of points; {@code damaged} gives how many there are. */
    public static GrottoException offeringPoints(GrottoException e, LongSupplier damaged) {
        return offering(e, damaged, " point");
    }

    private static GrottoException offering(GrottoException e, LongSupplier damaged, String what) {
        String said = String.valueOf(e.getMessage());
        int offered = said.lastIndexOf(OFFER); // of points, by a header that does not know what is asked of it
        String sentence = offered < 0 ? said : said.substring(0, offered) + ".";
        if (e.kind() != GrottoException.Kind.BAD_INPUT || !sentence.endsWith(".")) {
            return e;
        }
        long left = 0;
        try {
            left = damaged.getAsLong();
        } catch (GrottoException none) {
            // nothing is left
        }
        String offer = OFFER + left + what + (left == 1 ? "." : "s.");
        return left == 0
                ? offered < 0 ? e : new GrottoException(e.kind(), sentence, e)
                : new GrottoException(e.kind(), sentence.substring(0, sentence.length() - 1) + offer, e);
    }
}
