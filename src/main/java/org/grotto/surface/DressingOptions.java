package org.grotto.surface;

import org.grotto.base.Help;

/** What the vertices of a mesh carry beside colours and what the scans say. */
public record DressingOptions(
        @Help("Adds a layer of the stone's mean curvature: ridges of carving against its grooves.")
        boolean curvature) {

    public static final DressingOptions DEFAULTS = new DressingOptions(false);
}
