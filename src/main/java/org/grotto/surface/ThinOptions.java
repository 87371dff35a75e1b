package org.grotto.surface;

import org.grotto.base.Declared;
import org.grotto.base.Help;

/** How far triangles are thinned; see {@link Thinning}. */
public record ThinOptions(
        @Help(
                value =
                        "Triangles go where stone is flat: no place of the surface moves further than this. 0 keeps all.",
                unit = "noise of the scan")
        double thin) {

    public static final ThinOptions DEFAULTS = new ThinOptions(0.25);

    public ThinOptions {
        Declared.check(thin >= 0 && thin <= 10, "thin", "0 to 10 times the noise", thin);
    }
}
