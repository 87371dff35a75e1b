package org.grotto.format;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Mesh;

/** What is left of damaged files. */
public final class Salvage {
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
        String sentence = String.valueOf(e.getMessage());
        if (e.kind() != GrottoException.Kind.BAD_INPUT || !sentence.endsWith(".")) {
            return e;
        }
        try {
            long left = damaged.getAsLong();
            String offer = ", or --keep-going would give " + left + what + (left == 1 ? "." : "s.");
            return left == 0
                    ? e
                    : new GrottoException(e.kind(), sentence.substring(0, sentence.length() - 1) + offer, e);
        } catch (GrottoException none) {
            return e;
        }
    }
}
