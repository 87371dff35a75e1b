package org.grotto.simulate;

import org.grotto.geometry.Pose;

/**
 * One set-up of the virtual scanner. In its own frame a ray of row r and column c has the polar angle
 * {@code polar + r * step} from +z and the azimuth {@code azimuth + c * step}.
 *
 * @param name "S01" for room stations, "close-..." for details
 * @param pose where it truly stood, scanner to cave
 * @param reported where its scan says it stood: the pose with the registration's error
 * @param step angle between neighbouring rays, rad
 */
public record Setup(
        String name, Pose pose, Pose reported, double polar, double azimuth, double step, int rows, int cols) {
    public long rays() {
        return (long) rows * cols;
    }

    /** Whether the unit direction (dx, dy, dz) of the cave's frame lies in this set-up's window. */
    boolean looksAt(double dx, double dy, double dz) {
        double[] m = pose.matrix();
        double x = m[0] * dx + m[3] * dy + m[6] * dz;
        double y = m[1] * dx + m[4] * dy + m[7] * dz;
        double z = m[2] * dx + m[5] * dy + m[8] * dz;
        double theta = StrictMath.acos(Math.max(-1, Math.min(1, z)));
        double phi = StrictMath.atan2(y, x) - azimuth;
        phi -= 2 * Math.PI * Math.floor(phi / (2 * Math.PI));
        return theta >= polar - step / 2
                && theta <= polar + (rows - 0.5) * step
                && (phi <= (cols - 0.5) * step || phi >= 2 * Math.PI - step / 2);
    }
}
