package org.grotto.format;

import java.util.function.Supplier;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Mesh;

/** What is left of damaged files of meshes. */
public final class Salvage {
    private Salvage() {}

    /**
     * The refusal of a file that was read as a sound one, with what it would give as a damaged one.
     *
     * @param damaged reads it as such
     */
    public static GrottoException offering(GrottoException e, Supplier<Mesh> damaged) {
        String sentence = String.valueOf(e.getMessage());
        if (e.kind() != GrottoException.Kind.BAD_INPUT || !sentence.endsWith(".")) {
            return e;
        }
        try {
            int left = damaged.get().triangleCount();
            String offer = ", or --keep-going would give " + left + " triangles.";
            return left == 0
                    ? e
                    : new GrottoException(e.kind(), sentence.substring(0, sentence.length() - 1) + offer, e);
        } catch (GrottoException none) {
            return e;
        }
    }
}
