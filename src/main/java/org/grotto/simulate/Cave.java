package org.grotto.simulate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Box;
import org.grotto.scene.CaveInfo.View;

/**
 * A virtual cave temple as one function f of position: positive in the open, negative in rock, slope at most 1
 * everywhere, so |f| never exceeds the distance to the surface f = 0. Metres, Z up, floor near z = 0, closed all around.
 *
 * <p>Space is cut into cells; each knows the shapes and primitives that can be the nearest inside it and a lower bound
 * on f, so a ray costs a few dozen primitive evaluations. All methods are pure and safe from any thread; none
 * allocates.
 */
public final class Cave implements Scene {
    /** Raised when a cave's shape changes: truth files of another version are refused. */
    public static final int VERSION = 1;

    /** Distance to f = 0 at which a ray counts as arrived, metres. */
    static final double HIT = 2e-7;

    private final String name;
    private final Box air;
    private final Shape[] shapes;
    private final Paint paint;
    private final List<View> views;
    private final List<Closeup> closeups;

    private final double cell;
    private final double x0;
    private final double y0;
    private final double z0;
    private final int nx;
    private final int ny;
    private final int nz;
    /** For each cell, where its list starts in {@link #ids}. */
    private final int[] start;

    /** For each cell, a lower bound on the distance from anywhere in it to the surface, 0 near it. */
    private final float[] clear;
    /** For each cell, a lower bound on the distance from anywhere in it to the shapes that its list leaves out. */
    private final float[] others;

    private int[] ids = new int[1 << 16];
    private long[] masks = new long[1 << 16];
    private int used;

    /**
     * A detail worth a scan from near by.
     *
     * @param eye where the scanner stands
     * @param target middle of the detail
     * @param width, height of the window around the target, metres
     */
    record Closeup(String name, double[] eye, double[] target, double width, double height) {}

    /** What a cave is made of, before the cells. */
    record Parts(
            String name,
            Box air,
            List<Shape> shapes,
            Paint paint,
            List<View> views,
            List<Closeup> closeups,
            double cell) {}

    Cave(Parts p) {
        name = p.name;
        air = p.air;
        shapes = p.shapes.toArray(new Shape[0]);
        paint = p.paint;
        views = List.copyOf(p.views);
        closeups = List.copyOf(p.closeups);
        cell = p.cell;
        Box b = air.grow(0.25);
        x0 = b.minX();
        y0 = b.minY();
        z0 = b.minZ();
        nx = (int) Math.ceil(b.sizeX() / cell);
        ny = (int) Math.ceil(b.sizeY() / cell);
        nz = (int) Math.ceil(b.sizeZ() / cell);
        start = new int[nx * ny * nz];
        clear = new float[nx * ny * nz];
        others = new float[nx * ny * nz];
        int all = 0;
        ids[used] = shapes.length;
        masks[used++] = 0;
        for (int i = 0; i < shapes.length; i++) {
            ids[used] = i;
            masks[used++] = Shape.ALL;
        }
        int size = 1;
        while (size < Math.max(nx, Math.max(ny, nz))) {
            size *= 2;
        }
        build(0, 0, 0, size, all, Double.POSITIVE_INFINITY, new HashMap<>());
        ids = java.util.Arrays.copyOf(ids, used);
        masks = java.util.Arrays.copyOf(masks, used);
    }

    /** The named cave: "small" or "great". */
    public static Cave of(String name, long seed) {
        return switch (name) {
            case "small" -> new Cave(SmallCave.parts(seed));
            case "great" -> new Cave(GreatCave.parts(seed));
            default ->
                throw GrottoException.badRequest("--cave " + name + ": no such cave; there are 'small' and 'great'.");
        };
    }

    private void build(int ix, int iy, int iz, int size, int parent, double left, Map<List<Long>, Integer> known) {
        if (ix >= nx || iy >= ny || iz >= nz) {
            return;
        }
        double half = size * cell / 2;
        double cx = x0 + ix * cell + half;
        double cy = y0 + iy * cell + half;
        double cz = z0 + iz * cell + half;
        double r = half * 1.7320508075688774 + 1e-9;
        int n = ids[parent];
        double[] value = new double[n];
        double[] away = new double[n];
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            Shape s = shapes[ids[parent + 1 + i]];
            value[i] = s.at(cx, cy, cz, masks[parent + 1 + i]);
            away[i] = Math.max(value[i], s.bound(cx, cy, cz, masks[parent + 1 + i])) - r;
            least = Math.min(least, value[i]);
        }
        double open = Double.POSITIVE_INFINITY;
        List<Long> key = new java.util.ArrayList<>();
        for (int i = 0; i < n; i++) {
            if (value[i] - r > least + r) {
                left = Math.min(left, away[i]);
            } else {
                open = Math.min(open, away[i]);
                int id = ids[parent + 1 + i];
                key.add((long) id);
                key.add(shapes[id].prune(cx, cy, cz, r, masks[parent + 1 + i]));
            }
        }
        int list = known.computeIfAbsent(key, this::store);
        if (size == 1) {
            int at = (iz * ny + iy) * nx + ix;
            start[at] = list;
            others[at] = Math.nextDown((float) left);
            clear[at] = Math.max(0, Math.nextDown((float) Math.min(open, left)));
            return;
        }
        int h = size / 2;
        for (int c = 0; c < 8; c++) {
            build(ix + (c & 1) * h, iy + (c >> 1 & 1) * h, iz + (c >> 2) * h, h, list, left, known);
        }
    }

    private int store(List<Long> key) {
        int n = key.size() / 2;
        if (used + n + 1 > ids.length) {
            int more = Math.max(ids.length * 2, used + n + 1);
            ids = java.util.Arrays.copyOf(ids, more);
            masks = java.util.Arrays.copyOf(masks, more);
        }
        int at = used;
        ids[used++] = n;
        for (int i = 0; i < n; i++) {
            ids[used] = (int) (long) key.get(2 * i);
            masks[used++] = key.get(2 * i + 1);
        }
        return at;
    }

    public String name() {
        return name;
    }

    /** Bounds of the open space, metres, up to the roughness of the rock. */
    public Box bounds() {
        return air;
    }

    /** Places to look from that show it well. */
    public List<View> views() {
        return views;
    }

    List<Closeup> closeups() {
        return closeups;
    }

    private int cellOf(double x, double y, double z) {
        double fx = (x - x0) / cell;
        double fy = (y - y0) / cell;
        double fz = (z - z0) / cell;
        if (!(fx >= 0 && fy >= 0 && fz >= 0 && fx < nx && fy < ny && fz < nz)) {
            return -1;
        }
        return ((int) fz * ny + (int) fy) * nx + (int) fx;
    }

    /** The function itself: slope at most 1, 0 on the surface, positive in the open. */
    public double f(double x, double y, double z) {
        int c = cellOf(x, y, z);
        int s = c < 0 ? 0 : start[c];
        double v = Double.POSITIVE_INFINITY;
        for (int i = s + 1, n = s + ids[s]; i <= n; i++) {
            v = Math.min(v, shapes[ids[i]].at(x, y, z, masks[i]));
        }
        return v;
    }

    /** f without the cells: slow, for tests of them. */
    double whole(double x, double y, double z) {
        double v = Double.POSITIVE_INFINITY;
        for (Shape s : shapes) {
            v = Math.min(v, s.at(x, y, z, Shape.ALL));
        }
        return v;
    }

    private double bound(int s, double x, double y, double z) {
        double v = Double.POSITIVE_INFINITY;
        for (int i = s + 1, n = s + ids[s]; i <= n; i++) {
            v = Math.min(v, shapes[ids[i]].bound(x, y, z, masks[i]));
        }
        return v;
    }

    /**
     * The distance from a point in the open along a unit direction to the first surface, or NaN beyond {@code far}.
     * Sphere tracing, then the secant rule over the last millimetre: |f| at
     * the hit is below 2e-7 m; a sliver that the ray would cross over less than 2 mm, within 1 mm of the next surface,
     * may be passed.
     */
    @Override
    public double trace(double ox, double oy, double oz, double dx, double dy, double dz, double from, double far) {
        double t = from;
        for (int i = 0; i < 4000 && t <= far; i++) {
            double x = ox + t * dx;
            double y = oy + t * dy;
            double z = oz + t * dz;
            int c = cellOf(x, y, z);
            if (c < 0) {
                return Double.NaN;
            }
            double step = clear[c];
            if (step < 0.06) {
                step = Math.min(bound(start[c], x, y, z), others[c]);
            }
            if (step >= 0.001) {
                t += step;
                continue;
            }
            double hit = arrive(start[c], t, step, ox, oy, oz, dx, dy, dz);
            if (hit >= 0) {
                return hit;
            }
            t = -hit;
        }
        return Double.NaN;
    }

    /** The last millimetre: the hit, or minus the place from which to trace on where the ray only grazed. */
    private double arrive(int s, double t, double f, double ox, double oy, double oz, double dx, double dy, double dz) {
        double lo = t;
        double fLo = f;
        for (int i = 0; i < 60; i++) {
            if (fLo <= HIT) {
                return lo;
            }
            if (fLo > 0.0015) {
                return -lo;
            }
            double hi = lo + fLo;
            double fHi = f(ox + hi * dx, oy + hi * dy, oz + hi * dz);
            double slope = (fLo - fHi) / fLo;
            if (slope > 0.02 && fHi > HIT) {
                double next = hi + Math.min(1.05 * fHi / slope + 1e-8, 1e-4 + 2 * fHi);
                double fNext = f(ox + next * dx, oy + next * dy, oz + next * dz);
                if (fNext <= 0) {
                    return root(hi, fHi, next, fNext, ox, oy, oz, dx, dy, dz);
                }
                hi = next;
                fHi = fNext;
            }
            lo = hi;
            fLo = fHi;
        }
        return fLo < 1e-5 ? lo : -(lo + fLo);
    }

    private double root(
            double a,
            double fa,
            double b,
            double fb,
            double ox,
            double oy,
            double oz,
            double dx,
            double dy,
            double dz) {
        for (int i = 0; i < 60; i++) {
            double t = (i & 3) == 3 ? (a + b) / 2 : a + (b - a) * (fa / (fa - fb));
            double ft = f(ox + t * dx, oy + t * dy, oz + t * dz);
            if (Math.abs(ft) <= HIT) {
                return t;
            }
            if (ft > 0) {
                a = t;
                fa = ft;
            } else {
                b = t;
                fb = ft;
            }
        }
        return (a + b) / 2;
    }

    /** The unit normal, pointing into the open, from differences over {@code h} metres; into {@code out}. */
    @Override
    public void normal(double x, double y, double z, double h, double[] out) {
        double a = f(x + h, y - h, z - h);
        double b = f(x - h, y - h, z + h);
        double c = f(x - h, y + h, z - h);
        double d = f(x + h, y + h, z + h);
        double gx = a - b - c + d;
        double gy = -a - b + c + d;
        double gz = -a + b - c + d;
        double l = Math.sqrt(gx * gx + gy * gy + gz * gz);
        if (l < 1e-300) {
            out[0] = 0;
            out[1] = 0;
            out[2] = 1;
            return;
        }
        out[0] = gx / l;
        out[1] = gy / l;
        out[2] = gz / l;
    }

    /** Red, green, blue in 0..1 (sRGB transfer) and wetness 0..1 of the surface at a point on it with normal n. */
    @Override
    public void paint(double x, double y, double z, double[] n, double[] out) {
        int c = cellOf(x, y, z);
        int s = c < 0 ? 0 : start[c];
        double v = Double.POSITIVE_INFINITY;
        Shape nearest = shapes[0];
        if (ids[s] == 1) {
            nearest = shapes[ids[s + 1]];
        } else {
            for (int i = s + 1, e = s + ids[s]; i <= e; i++) {
                double d = shapes[ids[i]].at(x, y, z, masks[i]);
                if (d < v) {
                    v = d;
                    nearest = shapes[ids[i]];
                }
            }
        }
        nearest.paint(x, y, z, n, paint, out);
        for (int i = 0; i < 3; i++) {
            out[i] = Math.min(1, Math.max(0, out[i]));
        }
    }
}
