package org.grotto.format;

/**
 * What the pixels of a picture in a scan file look at (ASTM E2807-11, 8.4.4). The camera of a pinhole looks along -z, x to
 * the right and y up: column = principalX + f x / (-z) / pixelWidth, row = principalY - f y / (-z) / pixelHeight. Spheres and
 * cylinders stand about z; their middle column looks along +x and columns go clockwise seen from above: column = width / 2 -
 * atan2(y, x) / pixelWidth; row of a sphere = height / 2 - elevation / pixelHeight, of a cylinder = principalY - radius
 * tan(elevation) / pixelHeight. Columns and rows count from the picture's upper left corner.
 *
 * @param kind how directions become pixels
 * @param width pixels
 * @param height pixels
 * @param pixelWidth metres on the sensor for a pinhole, else radians; 0 where nobody knows
 * @param pixelHeight metres on the sensor for a pinhole and along the height of a cylinder, else radians
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
        /** To be looked at: nobody knows what its pixels look at. */
        VISUAL,
        PINHOLE,
        SPHERICAL,
        CYLINDRICAL
    }
}
