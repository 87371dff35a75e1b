package org.grotto.format.cameras;

import java.util.List;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;

/**
 * Pictures and where they were taken from, as a photogrammetry program says.
 *
 * @param format as a user would say it: "COLMAP text", "Metashape"
 * @param notKept what could not be read, in words
 */
public record CameraSet(String format, List<Shot> shots, List<String> notKept) {
    /**
     * One picture.
     *
     * @param picture the path or name of its file, as the set names it
     * @param pose camera (looks along -z, x right, y up, as {@link org.grotto.scene.Lens}) to the set's frame, in the set's
     *     unit; null where it was not found
     * @param optics its lens, or null
     */
    public record Shot(
            String picture, @Nullable Pose pose, @Nullable Optics optics) {}

    /** How many stand somewhere. */
    public long placed() {
        return shots.stream().filter(s -> s.pose() != null).count();
    }

    /**
     * A pose of computer vision's camera, x right, y down, looking along +z, as one of ours.
     *
     * @param r world to camera, row by row: camera = R world + t
     * @param c the camera's centre in the world
     */
    static Pose looking(double[] r, double[] c) {
        // camera to world is the transpose; y and z turn round
        return Pose.of(new double[] {r[0], -r[3], -r[6], r[1], -r[4], -r[7], r[2], -r[5], -r[8]}, c[0], c[1], c[2]);
    }

    /** The centre of a camera of which camera = R world + t. */
    static double[] centre(double[] r, double[] t) {
        return new double[] {
            -(r[0] * t[0] + r[3] * t[1] + r[6] * t[2]),
            -(r[1] * t[0] + r[4] * t[1] + r[7] * t[2]),
            -(r[2] * t[0] + r[5] * t[1] + r[8] * t[2])
        };
    }
}
