package org.grotto.pipeline;

import java.nio.file.Path;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;

/**
 * A file to build from, and what is known of it from elsewhere. A folder that is a cloud is named by its file.
 *
 * @param frame unit and up axis of this file, or null for those of the whole build
 * @param pose a rigid move known from elsewhere, in the file's own units and axes; it acts after the pose that a scan
 *     brings: new = pose * old. Null for none
 * @param station the station's name, or null for the file's own
 * @param position where the scanner stood, in the file's own coordinates, before {@code pose}; for scans without a pose
 */
public record ScanFile(
        Path path,
        @Nullable InputOptions frame,
        @Nullable Pose pose,
        @Nullable String station,
        double @Nullable [] position) {
    public ScanFile {
        path = Formats.inFolder(path);
    }

    /** A file of which nothing more is known. */
    public static ScanFile of(Path path) {
        return new ScanFile(path, null, null, null, null);
    }

    /** From a scan's own coordinates to the file's common ones; null is the identity. */
    @Nullable
    Pose placed(@Nullable Pose own) {
        Pose p = pose;
        return p == null ? own : own == null ? p : p.after(own);
    }

    /** Where the scan's scanner stood and how it was turned, in the file's common coordinates; null where unknown. */
    @Nullable
    Pose scanner(@Nullable Pose own) {
        double[] at = position;
        if (at == null) {
            return own == null ? null : placed(own);
        }
        if (own != null) {
            throw GrottoException.badRequest(
                    path + ": its scans say themselves where the scanner stood; leave \"position\" out.");
        }
        return placed(new Pose(1, 0, 0, 0, at[0], at[1], at[2]));
    }
}
