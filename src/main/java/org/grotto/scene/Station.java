package org.grotto.scene;

import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;

/**
 * One set-up of a scanner. Stations stay apart to the end: every point knows its own.
 *
 * @param name as the scan file gives it, or made from the file's name
 * @param source the file it came from, its name without folders
 * @param guid the scan's identity in its file, or null
 * @param pose scanner to cave frame; null where the file does not say where the scanner stood
 * @param points how many points it gave
 */
public record Station(
        String name,
        String source,
        @Nullable String guid,
        @Nullable Pose pose,
        long points) {}
