package org.grotto.geometry;

/**
 * The grid on which a cloud's positions are whole numbers: {@code x = originX + step * ix}. The step is far below any
 * scanner's noise and stands in the run record.
 *
 * @param step metres, the same on all axes
 */
public record Lattice(double originX, double originY, double originZ, double step) {
    public Lattice {
        if (!(step > 0) || !Double.isFinite(originX + originY + originZ + step)) {
            throw new IllegalArgumentException("not a lattice: step " + step);
        }
    }

    /** The lattice coordinate nearest to {@code x}; throws where it does not fit an int. */
    public int ix(double x) {
        return Math.toIntExact(Math.round((x - originX) / step));
    }

    public int iy(double y) {
        return Math.toIntExact(Math.round((y - originY) / step));
    }

    public int iz(double z) {
        return Math.toIntExact(Math.round((z - originZ) / step));
    }

    public double x(int ix) {
        return originX + step * ix;
    }

    public double y(int iy) {
        return originY + step * iy;
    }

    public double z(int iz) {
        return originZ + step * iz;
    }
}
