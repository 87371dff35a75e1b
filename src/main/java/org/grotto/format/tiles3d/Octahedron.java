package org.grotto.format.tiles3d;

/** Directions as a place on an octahedron that is laid flat (Meyer et al. 2010), as tiles have them. */
final class Octahedron {
    private Octahedron() {}

    /**
     * @param u 0 to 1, as {@code v}
     * @param to gets the direction, of unit length
     */
    static void unfold(double u, double v, double[] to) {
        double x = u * 2 - 1;
        double y = v * 2 - 1;
        double z = 1 - Math.abs(x) - Math.abs(y);
        to[0] = z >= 0 ? x : (1 - Math.abs(y)) * Math.copySign(1, x);
        to[1] = z >= 0 ? y : (1 - Math.abs(x)) * Math.copySign(1, y);
        to[2] = z;
        double l = Math.sqrt(to[0] * to[0] + to[1] * to[1] + z * z);
        for (int k = 0; k < 3; k++) {
            to[k] /= l;
        }
    }
}
