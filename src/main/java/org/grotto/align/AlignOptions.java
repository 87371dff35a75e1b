package org.grotto.align;

import org.grotto.base.Help;

/** What is done about stations that may not stand where their files say. */
public record AlignOptions(
        @Help(
                "Takes the scans' frames as one without asking: scans that contradict each other everywhere are built, too.")
        boolean trustFrames) {
    public static final AlignOptions DEFAULTS = new AlignOptions(false);
}
