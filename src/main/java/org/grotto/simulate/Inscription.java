package org.grotto.simulate;

import java.util.ArrayList;
import java.util.List;

/**
 * A framed panel with incised writing, all of it invented: the large column names the Moon-White Grotto, the small one the
 * tenth year of a reign that never was, below stands GROTTO. A stroke's section is a parabola: full depth on its centre line.
 */
final class Inscription implements Height {
    static final double HALF_WIDTH = 0.29;
    static final double HALF_HEIGHT = 0.62;
    /** Height of the face over the panel's plane, metres. */
    static final double FACE = 0.025;

    private static final double RIM = 0.012;
    private static final double CELL = 0.02;
    private static final double TEXTURE = 0.0003;
    private static final double TEXTURE_CELL = 0.019;
    private static final double WIDEST = 0.0095;

    private final Noise noise;
    /** A segment: x0 y0 x1 y1 depth half-width. */
    private final double[][] segments;

    private final int columns = (int) Math.ceil(2 * HALF_WIDTH / CELL) + 1;
    private final int[][] near;

    Inscription(Noise noise) {
        this.noise = noise;
        List<double[]> s = new ArrayList<>();
        Glyphs glyphs = Glyphs.read();
        for (int i = 0; i < 4; i++) {
            write(s, glyphs, glyphs.large().get(i), -0.015, 0.345 - 0.215 * i, 0.19, 0.0045, 0.0095);
            write(s, glyphs, glyphs.small().get(i), -0.185, 0.31 - 0.135 * i, 0.10, 0.0014, 0.0042);
        }
        for (int i = 0; i < glyphs.latin().size(); i++) {
            write(s, glyphs, glyphs.latin().get(i), -0.225 + 0.077 * i, -0.53, 0.080, 0.0030, 0.0064);
        }
        segments = s.toArray(new double[0][]);
        int rows = (int) Math.ceil(2 * HALF_HEIGHT / CELL) + 1;
        near = new int[columns * rows][];
        for (int c = 0; c < near.length; c++) {
            double u = -HALF_WIDTH + (c % columns + 0.5) * CELL;
            double v = -HALF_HEIGHT + (c / columns + 0.5) * CELL;
            List<Integer> in = new ArrayList<>();
            for (int i = 0; i < segments.length; i++) {
                double[] q = segments[i];
                if (Sdf.segment(u - q[0], v - q[1], q[2] - q[0], q[3] - q[1]) < WIDEST + CELL) {
                    in.add(i);
                }
            }
            near[c] = in.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    private static void write(
            List<double[]> out,
            Glyphs glyphs,
            String glyph,
            double u,
            double v,
            double size,
            double depth,
            double halfWidth) {
        for (double[] stroke : glyphs.strokes(glyph)) {
            for (int k = 0; k + 3 < stroke.length; k += 2) {
                out.add(new double[] {
                    u + size * stroke[k],
                    v + size * stroke[k + 1],
                    u + size * stroke[k + 2],
                    v + size * stroke[k + 3],
                    depth,
                    halfWidth
                });
            }
        }
    }

    /** All segments: x0 y0 x1 y1 depth half-width, metres on the panel. */
    double[][] segments() {
        return segments.clone();
    }

    @Override
    public double at(double u, double v) {
        double edge = Math.min(HALF_WIDTH - Math.abs(u), HALF_HEIGHT - Math.abs(v));
        double h =
                FACE + RIM * Sdf.step(0.034, 0.016, edge) + TEXTURE * noise.at(u / TEXTURE_CELL, v / TEXTURE_CELL, 0.5);
        return h - carved(u, v);
    }

    /** How deep the writing goes at a place, 0 where there is none. */
    double carved(double u, double v) {
        int c = (int) ((v + HALF_HEIGHT) / CELL) * columns + (int) ((u + HALF_WIDTH) / CELL);
        double deep = 0;
        for (int i : near[c]) {
            double[] q = segments[i];
            double d = Sdf.segment(u - q[0], v - q[1], q[2] - q[0], q[3] - q[1]) / q[5];
            if (d < 1) {
                deep = Math.max(deep, q[4] * (1 - d * d));
            }
        }
        return deep;
    }

    @Override
    public double slope() {
        return 1.0 + TEXTURE / TEXTURE_CELL * Noise.SLOPE;
    }

    @Override
    public double top() {
        return FACE + RIM + TEXTURE;
    }

    @Override
    public int pigment(double u, double v) {
        return carved(u, v) > 0.0008 ? Paint.CINNABAR : Paint.GESSO;
    }
}
