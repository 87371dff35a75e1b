package org.grotto.format;

/**
 * How a picture's pixels look into the camera's own frame, where it looks along -z, x to the right and y up.
 *
 * @param kind how directions become pixels
 * @param width pixels
 * @param height pixels
 * @param pixelWidth metres on the sensor for a pinhole and along the height of a cylinder, else radians
 * @param pixelHeight as {@code pixelWidth}
 * @param focalLength metres, from the pinhole to the sensor, or the radius of the cylinder; 0 for a sphere
 * @param principalX where the axis meets the picture, pixels from its left
 * @param principalY pixels from its top
 */
public record Camera(
        Kind kind,
        int width,
        int height,
        double pixelWidth,
        double pixelHeight,
        double focalLength,
        double principalX,
        double principalY) {
    /** The surface that a picture was taken on. */
    public enum Kind {
        PINHOLE,
        SPHERICAL,
        CYLINDRICAL
    }
}
