package org.grotto.lod.atlas;

/** Triangles that lie side by side in one rectangle of a tile's picture. */
final class Patch {
    /** Pixels kept free around all triangles, filled with the colours of the rim: as wide as coarser levels reach. */
    static final int GUTTER = 4;

    /** Which of the tile's triangles. */
    final int[] triangles;
    /** Places of their corners in the rectangle, pixels, six numbers a triangle. */
    final double[] at;
    /** Of the rectangle. */
    final int width;

    final int height;
    /** What the rectangle's first column and row are in the source picture; unused where colours are sampled. */
    final long sourceX;

    final long sourceY;
    /** Material where the patch is a piece of the source, -1 else. */
    final int material;
    /** Where the rectangle stands in the tile's picture. */
    int x;

    int y;

    private Patch(int[] triangles, double[] at, int width, int height, long sourceX, long sourceY, int material) {
        this.triangles = triangles;
        this.at = at;
        this.width = width;
        this.height = height;
        this.sourceX = sourceX;
        this.sourceY = sourceY;
        this.material = material;
    }

    /** @param at places in some plane, pixels; changed to those in the rectangle, by whole pixels */
    static Patch of(int[] triangles, double[] at, int material) {
        double x0 = Double.POSITIVE_INFINITY;
        double y0 = x0;
        double x1 = Double.NEGATIVE_INFINITY;
        double y1 = x1;
        for (int i = 0; i < at.length; i += 2) {
            x0 = Math.min(x0, at[i]);
            x1 = Math.max(x1, at[i]);
            y0 = Math.min(y0, at[i + 1]);
            y1 = Math.max(y1, at[i + 1]);
        }
        double left = Math.floor(x0) - GUTTER;
        double top = Math.floor(y0) - GUTTER;
        for (int i = 0; i < at.length; i += 2) {
            at[i] -= left;
            at[i + 1] -= top;
        }
        int w = (int) Math.min(1 << 24, Math.ceil(x1 - left) + GUTTER);
        int h = (int) Math.min(1 << 24, Math.ceil(y1 - top) + GUTTER);
        return new Patch(triangles, at, w, h, (long) left, (long) top, material);
    }

    /** One pixel of one colour for all triangles. */
    static Patch plain(int[] triangles, int material) {
        double[] at = new double[6 * triangles.length];
        java.util.Arrays.fill(at, GUTTER + 0.5);
        return new Patch(triangles, at, 2 * GUTTER + 1, 2 * GUTTER + 1, 0, 0, material);
    }

    long area() {
        return (long) width * height;
    }

    /** Square pixels of its triangles. */
    double filled() {
        double sum = 0;
        for (int i = 0; i < at.length; i += 6) {
            sum += Math.abs(Flat.area(at, i)) / 2;
        }
        return sum;
    }
}
