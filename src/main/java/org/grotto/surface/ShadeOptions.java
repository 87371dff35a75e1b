package org.grotto.surface;

import org.grotto.base.Help;

/** Which normals vertices are shaded with; see {@link Shading}. */
public record ShadeOptions(
        @Help("Shade with the normals of the triangles as they are, with the grain that noise gives them.")
        boolean keepGrain) {

    public static final ShadeOptions DEFAULTS = new ShadeOptions(false);
}
