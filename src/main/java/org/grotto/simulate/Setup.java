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
}
