package org.grotto.format.cameras;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.grotto.scene.Lens;
import org.jspecify.annotations.Nullable;

/**
 * A lens as a camera set says it, and what it does to rays: column = fx x + skew y + cx, row = fy y + cy, of x and y that
 * {@link Bend} gives. Columns and rows count from the upper left corner of the picture.
 */
public final class Optics {
    /** A mesh of rays is fine enough when between its nodes a ray is off by less than this, pixels of the picture. */
    private static final double FINE = 0.5;

    private final Lens lens;
    private final double skew;
    private final @Nullable Bend bend;
    private final boolean centred;

    /**
     * @param lens without rays
     * @param bend null where its formula is not known, or the lens is a sphere
     * @param centred cx and cy count from the picture's middle, whose size may be unknown
     */
    private Optics(Lens lens, double skew, @Nullable Bend bend, boolean centred) {
        this.lens = lens;
        this.skew = skew;
        this.bend = bend;
        this.centred = centred;
    }

    /**
     * @param names of {@code values}, the parameters beside focal length and principal point, for those that read on
     * @param bend null where the model is not known here: the picture is carried and not laid over the stone
     */
    static Optics of(
            String model,
            boolean fisheye,
            int width,
            int height,
            double fx,
            double fy,
            double cx,
            double cy,
            double skew,
            String[] names,
            double[] values,
            @Nullable Bend bend) {
        Map<String, Double> p = new LinkedHashMap<>();
        boolean any = bend == null;
        for (int i = 0; i < Math.min(names.length, values.length); i++) {
            p.put(names[i], values[i]);
            any |= values[i] != 0;
        }
        if (skew != 0) {
            p.put("skew", skew);
        }
        boolean plain = !any && !fisheye && skew == 0;
        Lens l = new Lens(
                fisheye ? Lens.Kind.FISHEYE : Lens.Kind.PINHOLE,
                model,
                width,
                height,
                fx,
                fy,
                cx,
                cy,
                plain ? null : Collections.unmodifiableMap(p),
                null);
        return new Optics(l, skew, plain ? Bend.NONE : bend, false);
    }

    /**
     * OpenCV's camera, whose principal point counts from the middle of the upper left pixel.
     *
     * @param k k1 to k6
     */
    public static Optics openCv(
            String model, int w, int h, double fx, double fy, double cx, double cy, double[] k, double p1, double p2) {
        String[] names = {"k1", "k2", "k3", "k4", "k5", "k6", "p1", "p2"};
        double[] v = {k[0], k[1], k[2], k[3], k[4], k[5], p1, p2};
        return of(model, false, w, h, fx, fy, cx + 0.5, cy + 0.5, 0, names, v, Bend.brown(k, p1, p2));
    }

    /** A whole sphere, whose middle column looks ahead. */
    static Optics sphere(String model, int width, int height) {
        double around = width / (2 * Math.PI);
        return new Optics(
                new Lens(
                        Lens.Kind.SPHERICAL,
                        model,
                        width,
                        height,
                        around,
                        around,
                        width / 2.0,
                        height / 2.0,
                        null,
                        null),
                0,
                null,
                false);
    }

    /** The same, whose principal point counts from the middle of a picture whose size its file says. */
    Optics centred() {
        return new Optics(lens, skew, bend, true);
    }

    /** Model, size and focal length, in words. */
    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT,
                "%s, %d x %d pixels, focal length %.1f pixels",
                lens.model(),
                lens.width(),
                lens.height(),
                lens.fx());
    }

    public String model() {
        return lens.model();
    }

    public boolean spherical() {
        return lens.kind() == Lens.Kind.SPHERICAL;
    }

    /**
     * The lens, with rays where it bends them.
     *
     * @param width and {@code height}: of the picture's file, where the set does not say; 0 where nobody knows
     * @return one without rays where they cannot be found: it is not {@linkplain Lens#usable usable}
     */
    public Lens lens(int width, int height) {
        int w = lens.width() > 0 ? lens.width() : width;
        int h = lens.height() > 0 ? lens.height() : height;
        double cx = centred ? lens.cx() + w / 2.0 : lens.cx();
        double cy = centred ? lens.cy() + h / 2.0 : lens.cy();
        Lens l = new Lens(lens.kind(), lens.model(), w, h, lens.fx(), lens.fy(), cx, cy, lens.parameters(), null);
        if (bend == null || bend == Bend.NONE || w <= 0 || h <= 0) {
            return l;
        }
        Lens.Rays rays = rays(l);
        return new Lens(l.kind(), l.model(), w, h, l.fx(), l.fy(), cx, cy, l.parameters(), rays);
    }

    /** Where a direction of computer vision's camera meets the picture, {column, row}; of a lens that {@link #lens} gave. */
    public double[] pixel(Lens l, double[] d) {
        if (spherical()) {
            return new double[] {
                l.cx() + l.fx() * Math.atan2(d[0], d[2]), l.cy() + l.fy() * Math.atan2(d[1], Math.hypot(d[0], d[2]))
            };
        }
        double[] o = new double[2];
        (bend == null ? Bend.NONE : bend).apply(d, o);
        return new double[] {l.fx() * o[0] + skew * o[1] + l.cx(), l.fy() * o[1] + l.cy()};
    }

    private Lens.@Nullable Rays rays(Lens l) {
        for (int n = 5; ; n = 2 * n - 1) {
            double[] d = nodes(l, n);
            if (d == null) {
                return null;
            }
            if (n > 32 || worst(l, n, d) < FINE) {
                return new Lens.Rays(n, n, d);
            }
        }
    }

    /** Directions of our camera for all nodes, or null where one has none. */
    private double @Nullable [] nodes(Lens l, int n) {
        double[] out = new double[3 * n * n];
        double[] start = {0, 0};
        for (int row = 0; row < n; row++) {
            for (int c = 0; c < n; c++) {
                double[] d = ray(l, l.width() * (double) c / (n - 1), l.height() * (double) row / (n - 1), start);
                if (d == null) {
                    return null;
                }
                int i = 3 * (row * n + c);
                out[i] = round(d[0]);
                out[i + 1] = round(-d[1]);
                out[i + 2] = round(-d[2]);
            }
        }
        return out;
    }

    private static double round(double v) {
        return Math.rint(v * 1e8) / 1e8;
    }

    /** How far the mesh of rays is off in the middles of its meshes, pixels. */
    private double worst(Lens l, int n, double[] nodes) {
        double worst = 0;
        for (int row = 0; row + 1 < n; row++) {
            for (int c = 0; c + 1 < n; c++) {
                double[] d = new double[3];
                for (int k = 0; k < 4; k++) {
                    int i = 3 * ((row + k / 2) * n + c + k % 2);
                    d[0] += nodes[i];
                    d[1] -= nodes[i + 1];
                    d[2] -= nodes[i + 2];
                }
                double[] p = pixel(l, d);
                worst = Math.max(
                        worst,
                        Math.hypot(p[0] - l.width() * (c + 0.5) / (n - 1), p[1] - l.height() * (row + 0.5) / (n - 1)));
            }
        }
        return worst;
    }

    /**
     * The unit direction that meets a place of the picture, by Newton's method on the angle from the axis; null where none
     * is found. Of several the one nearest to the axis, since the way goes outwards.
     */
    double @Nullable [] ray(Lens l, double column, double row, double[] start) {
        double[] a = start.clone();
        int steps = 8;
        for (int s = 1; s <= steps; s++) {
            double u = l.cx() + (column - l.cx()) * s / steps;
            double v = l.cy() + (row - l.cy()) * s / steps;
            if (!solve(l, a, u, v)) {
                return null;
            }
        }
        return direction(a);
    }

    private boolean solve(Lens l, double[] a, double u, double v) {
        double h = 1e-7;
        for (int i = 0; i < 40; i++) {
            double[] p = pixel(l, direction(a));
            double eu = u - p[0];
            double ev = v - p[1];
            if (Math.abs(eu) + Math.abs(ev) < 1e-9 * (l.width() + l.height())) {
                return true;
            }
            double[] px = pixel(l, direction(new double[] {a[0] + h, a[1]}));
            double[] py = pixel(l, direction(new double[] {a[0], a[1] + h}));
            double j0 = (px[0] - p[0]) / h;
            double j1 = (py[0] - p[0]) / h;
            double j2 = (px[1] - p[1]) / h;
            double j3 = (py[1] - p[1]) / h;
            double det = j0 * j3 - j1 * j2;
            if (!(det > 0)) {
                return false; // the picture folds back there
            }
            a[0] += (eu * j3 - ev * j1) / det;
            a[1] += (ev * j0 - eu * j2) / det;
            if (!(Math.hypot(a[0], a[1]) < Math.PI)) {
                return false;
            }
        }
        return false;
    }

    /** The unit direction at an angle from the axis, to the side that {@code a} points to. */
    private static double[] direction(double[] a) {
        double t = Math.hypot(a[0], a[1]);
        double s = t < 1e-12 ? 1 : Math.sin(t) / t;
        return new double[] {a[0] * s, a[1] * s, Math.cos(t)};
    }
}
