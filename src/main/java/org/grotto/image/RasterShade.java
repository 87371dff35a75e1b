package org.grotto.image;

import org.grotto.base.Work;
import org.grotto.geometry.Mesh;

/** Colours the samples of a picture from the triangle each one shows. */
final class RasterShade {
    /** What is seen from behind is plain. */
    private static final int BACK = 0x8C8C86;

    private final Mesh mesh;
    private final RasterView view;
    private final int[] colours;
    private final Light light;
    private final float[] lamp;

    RasterShade(Mesh mesh, RasterView view, int[] colours, Light light, Camera camera) {
        this.mesh = mesh;
        this.view = view;
        this.colours = colours;
        this.light = light;
        double x = -0.6 * light.aside();
        double y = 0.8 * light.aside();
        double l = Math.sqrt(x * x + y * y + 1);
        lamp = new float[3];
        for (int k = 0; k < 3; k++) {
            lamp[k] = (float) ((x * camera.right()[k] + y * camera.up()[k] - camera.forward()[k]) / l);
        }
    }

    Picture picture(int[] shown, int width, int height, int background, Work work) {
        int[] rgb = new int[width * height];
        float[] paper = {Srgb.linear(background >> 16), Srgb.linear(background >> 8), Srgb.linear(background)};
        double covered = work.sum(height, 16, (from, to) -> {
            float[] sum = new float[3];
            double[][] p = new double[3][3];
            long seen = 0;
            for (int y = from; y < to; y++) {
                for (int x = 0; x < width; x++) {
                    sum[0] = 0;
                    sum[1] = 0;
                    sum[2] = 0;
                    for (int s = 0; s < 4; s++) {
                        int ix = 2 * x + (s & 1);
                        int iy = 2 * y + (s >> 1);
                        int t = shown[iy * 2 * width + ix];
                        if (t < Raster.NOTHING) {
                            seen++;
                            add(Raster.back(t), ix + 0.5, iy + 0.5, true, p, sum);
                        } else if (t == Raster.NOTHING) {
                            sum[0] += paper[0];
                            sum[1] += paper[1];
                            sum[2] += paper[2];
                        } else {
                            seen++;
                            add(t, ix + 0.5, iy + 0.5, false, p, sum);
                        }
                    }
                    rgb[y * width + x] =
                            Srgb.coded(sum[0] / 4) << 16 | Srgb.coded(sum[1] / 4) << 8 | Srgb.coded(sum[2] / 4);
                }
            }
            return seen;
        });
        return new Picture(width, height, rgb, (long) covered);
    }

    /** Adds the light that comes from where the ray through a sample meets the plane of triangle t. */
    private void add(int t, double x, double y, boolean behind, double[][] p, float[] sum) {
        int a = mesh.triangles[3 * t];
        int b = mesh.triangles[3 * t + 1];
        int c = mesh.triangles[3 * t + 2];
        view.toCamera(a, p[0]);
        view.toCamera(b, p[1]);
        view.toCamera(c, p[2]);
        double dx = (x - view.midX) / view.scale;
        double dy = (view.midY - y) / view.scale;
        double wa = weight(p[1], p[2], dx, dy);
        double wb = weight(p[2], p[0], dx, dy);
        double wc = weight(p[0], p[1], dx, dy);
        double all = wa + wb + wc;
        // a sample on the rim may lie a hair outside
        wa = Math.max(0, wa / all);
        wb = Math.max(0, wb / all);
        wc = Math.max(0, wc / all);
        all = wa + wb + wc;
        if (!(all > 0)) {
            wa = 1;
            wb = 0;
            wc = 0;
            all = 1;
        }
        float fa = (float) (wa / all);
        float fb = (float) (wb / all);
        float fc = (float) (wc / all);
        float bright = brightness(a, b, c, fa, fb, fc, behind ? -1 : 1);
        int ca = behind ? BACK : colours[a];
        int cb = behind ? BACK : colours[b];
        int cc = behind ? BACK : colours[c];
        sum[0] += bright * (fa * Srgb.linear(ca >> 16) + fb * Srgb.linear(cb >> 16) + fc * Srgb.linear(cc >> 16));
        sum[1] += bright * (fa * Srgb.linear(ca >> 8) + fb * Srgb.linear(cb >> 8) + fc * Srgb.linear(cc >> 8));
        sum[2] += bright * (fa * Srgb.linear(ca) + fb * Srgb.linear(cb) + fc * Srgb.linear(cc));
    }

    /** The corner opposite to the side p q weighs as the volume that the ray makes with that side. */
    private double weight(double[] p, double[] q, double dx, double dy) {
        if (view.perspective()) {
            return dx * (p[1] * q[2] - p[2] * q[1]) + dy * (p[2] * q[0] - p[0] * q[2]) + p[0] * q[1] - p[1] * q[0];
        }
        return (p[0] - dx) * (q[1] - dy) - (p[1] - dy) * (q[0] - dx);
    }

    private float brightness(int a, int b, int c, float fa, float fb, float fc, int side) {
        float nx;
        float ny;
        float nz;
        float[] n = mesh.normals();
        if (n != null) {
            nx = fa * n[3 * a] + fb * n[3 * b] + fc * n[3 * c];
            ny = fa * n[3 * a + 1] + fb * n[3 * b + 1] + fc * n[3 * c + 1];
            nz = fa * n[3 * a + 2] + fb * n[3 * b + 2] + fc * n[3 * c + 2];
        } else {
            float[] v = mesh.xyz;
            float ux = v[3 * b] - v[3 * a];
            float uy = v[3 * b + 1] - v[3 * a + 1];
            float uz = v[3 * b + 2] - v[3 * a + 2];
            float vx = v[3 * c] - v[3 * a];
            float vy = v[3 * c + 1] - v[3 * a + 1];
            float vz = v[3 * c + 2] - v[3 * a + 2];
            nx = uy * vz - uz * vy;
            ny = uz * vx - ux * vz;
            nz = ux * vy - uy * vx;
        }
        double l = Math.sqrt((double) nx * nx + (double) ny * ny + (double) nz * nz);
        float i = l > 0 ? (float) (side / l) : 0;
        float lit = Math.max(0, (nx * lamp[0] + ny * lamp[1] + nz * lamp[2]) * i);
        float up = 0.5f + 0.5f * nz * i;
        return light.lamp() * lit + light.ground() + (light.sky() - light.ground()) * up;
    }
}
