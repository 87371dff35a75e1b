package org.grotto.geometry;

/** Directions sorted into cells: squares of equal sides on the six faces of a cube around the eye. */
public final class CubeCells {
    private CubeCells() {}

    /** How many cells there are with {@code side} along each edge of a face. */
    public static int count(int side) {
        return 6 * side * side;
    }

    /**
     * The cell of a direction of any length: (face side + i) side + j. Faces are +x, -x, +y, -y, +z, -z; i counts along the
     * first of the other two axes, j along the second, both from -1 on the cube of half side 1. Zero has a cell, too.
     */
    public static int of(double x, double y, double z, int side) {
        double ax = Math.abs(x);
        double ay = Math.abs(y);
        double az = Math.abs(z);
        int face;
        double u;
        double v;
        if (ax >= ay && ax >= az) {
            face = x > 0 ? 0 : 1;
            u = y / ax;
            v = z / ax;
        } else if (ay >= az) {
            face = y > 0 ? 2 : 3;
            u = x / ay;
            v = z / ay;
        } else {
            face = z > 0 ? 4 : 5;
            u = x / az;
            v = y / az;
        }
        int i = Math.min(side - 1, (int) ((u + 1) / 2 * side));
        int j = Math.min(side - 1, (int) ((v + 1) / 2 * side));
        return (face * side + i) * side + j;
    }

    /** The middle of a cell on the cube of half side 1, not of unit length. */
    public static double[] middle(int cell, int side) {
        int face = cell / (side * side);
        double u = (cell / side % side + 0.5) * 2 / side - 1;
        double v = (cell % side + 0.5) * 2 / side - 1;
        double one = face % 2 == 0 ? 1 : -1;
        return switch (face / 2) {
            case 0 -> new double[] {one, u, v};
            case 1 -> new double[] {u, one, v};
            default -> new double[] {u, v, one};
        };
    }
}
