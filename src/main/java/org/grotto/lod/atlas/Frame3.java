package org.grotto.lod.atlas;

/** A tangent frame: normals as a picture holds them (x right, y up, z out of the stone) to directions in space, and back. */
final class Frame3 {
    private final double[] right = new double[3];
    private final double[] up = new double[3];
    private final double[] out = new double[3];

    /**
     * @param u where the picture's columns run, any length; {@code v} where its rows run, downwards
     * @param normal of the shaded stone, unit length
     */
    Frame3 set(double[] u, double[] v, double[] normal) {
        double along = dot(u, normal);
        double beside = dot(v, normal);
        for (int k = 0; k < 3; k++) {
            out[k] = normal[k];
            right[k] = u[k] - along * normal[k];
            up[k] = beside * normal[k] - v[k];
        }
        unit(right);
        double both = dot(up, right);
        for (int k = 0; k < 3; k++) {
            up[k] -= both * right[k];
        }
        unit(up);
        return this;
    }

    /** What the picture's {@code x, y, z} is in space. */
    void space(double x, double y, double z, double[] n) {
        for (int k = 0; k < 3; k++) {
            n[k] = x * right[k] + y * up[k] + z * out[k];
        }
    }

    /** A direction in space as a pixel, 0xRRGGBB; what points into the stone lies flat. */
    int pixel(double[] n) {
        double x = dot(n, right);
        double y = dot(n, up);
        double z = Math.max(0, dot(n, out));
        double l = Math.sqrt(x * x + y * y + z * z);
        return l > 0 ? byteOf(x / l) << 16 | byteOf(y / l) << 8 | byteOf(z / l) : TileAtlas.FLAT;
    }

    private static int byteOf(double v) {
        return (int) Math.max(0, Math.min(255, Math.round((v * 0.5 + 0.5) * 255)));
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    private static void unit(double[] a) {
        double l = Math.sqrt(dot(a, a));
        for (int k = 0; k < 3; k++) {
            a[k] = l > 0 ? a[k] / l : 0;
        }
    }
}
