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
 * @param intensity the raw intensities that are 0 and 1 of the normalised one; null where it has none, or nobody knows
 * @param clock what the times of its points count from, in words; null where they have none
 */
public record Station(
        String name,
        String source,
        @Nullable String guid,
        @Nullable Pose pose,
        long points,
        @Nullable Limits intensity,
        @Nullable String clock) {

    /**
     * Raw intensities that mean none and full; values beyond occur.
     *
     * @param declared whether the scan says so itself; else one scale was taken for all scans that say nothing
     */
    public record Limits(double min, double max, boolean declared) {}

    /** A station of whose intensities and times nothing is known. */
    public Station(String name, String source, @Nullable String guid, @Nullable Pose pose, long points) {
        this(name, source, guid, pose, points, null, null);
    }

    public Station withName(String other) {
        return new Station(other, source, guid, pose, points, intensity, clock);
    }

    /** The same under another name, from several files that {@code files} stands for. */
    public Station joined(String other, String files) {
        return new Station(other, files, null, pose, points, intensity, clock);
    }

    public Station withPoints(long n) {
        return new Station(name, source, guid, pose, n, intensity, clock);
    }

    public Station withIntensity(@Nullable Limits limits) {
        return new Station(name, source, guid, pose, points, limits, clock);
    }
}
