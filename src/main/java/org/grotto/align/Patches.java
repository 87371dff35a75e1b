package org.grotto.align;

import org.grotto.geometry.KdTree;
import org.grotto.geometry.PatchFit;
import org.jspecify.annotations.Nullable;

/**
 * One station as curved patches spread evenly over what it saw: a place on the fitted surface, its normal on the open side,
 * the curvature, how far points lie off it and how far it reaches. Positions in metres about {@link #origin}.
 */
final class Patches {
    /** Numbers a patch in {@link #data}: normal 3, curvature uu uv vv, sigma, radius, points. */
    static final int ROW = 9;
    /** Thinned trees: of every fourth patch, and of every fourth of those. */
    private static final int THIN = 3;
    /**
     * Cosine of 81 degrees' incidence: there what slopes by more than a seventh hides behind the crests before it, and what is
     * seen stands higher than the surface does.
     */
    private static final double GRAZED = 0.15;
    /** A thinned tree has at least so many. */
    private static final int FEWEST = 300;

    final int station;
    final int size;
    /** x y z interleaved. */
    final double[] place;
    /** {@link #ROW} numbers a patch. */
    final float[] data;
    /** The point all places are told from, in the cave's frame. */
    final double[] origin;
    /** Where the scanner stood, told from {@link #origin}; null where nobody knows. */
    final double @Nullable [] eye;
    /** How far neighbouring patches are apart, metres. */
    final double step;
    /** What the station's noise is at the least, by its smoothest patches, metres. */
    final double noise;
    /** Whether these are single points, which scatter by all their noise and say nothing of the surface between them. */
    final boolean single;
    /** The middle patch's sigma and radius. */
    final double sigma;

    final double radius;
    /** Root mean square distance from the middle. */
    final double extent;

    final double[] middle = new double[3];
    final KdTree tree;
    /** {@link #tree} first, then of every 4th, 16th, 64th patch: what is near enough to a place far off, at a lower cost. */
    private final KdTree[] thinned;
    /** Directions from the eye, in the order of the patches; null without one. */
    final @Nullable KdTree sight;
    /** How far each patch is from the eye. */
    final float @Nullable [] range;

    private @Nullable Patches seen;

    Patches(
            int station,
            double[] place,
            float[] data,
            double[] origin,
            double @Nullable [] eye,
            double step,
            double noise,
            double sigma,
            double radius,
            boolean single) {
        this.single = single;
        this.station = station;
        this.size = place.length / 3;
        this.place = place;
        this.data = data;
        this.origin = origin;
        this.eye = eye;
        this.step = step;
        this.noise = noise;
        this.sigma = sigma;
        this.radius = radius;
        float[] xyz = new float[place.length];
        for (int i = 0; i < xyz.length; i++) {
            xyz[i] = (float) place[i];
            middle[i % 3] += place[i] / Math.max(1, size);
        }
        double sum = 0;
        for (int i = 0; i < place.length; i++) {
            double d = place[i] - middle[i % 3];
            sum += d * d;
        }
        this.extent = Math.sqrt(sum / Math.max(1, size));
        this.tree = KdTree.of(xyz);
        int levels = 0;
        while (levels < THIN && size >> 2 * (levels + 1) >= FEWEST) {
            levels++;
        }
        this.thinned = new KdTree[levels + 1];
        thinned[0] = tree;
        for (int l = 1; l <= levels; l++) {
            float[] some = new float[3 * (size >> 2 * l)];
            for (int i = 0; i < some.length; i++) {
                some[i] = xyz[(i / 3 << 2 * l) * 3 + i % 3];
            }
            thinned[l] = KdTree.of(some);
        }
        if (eye == null) {
            this.sight = null;
            this.range = null;
        } else {
            float[] way = new float[place.length];
            float[] r = new float[size];
            for (int i = 0; i < size; i++) {
                double x = place[3 * i] - eye[0];
                double y = place[3 * i + 1] - eye[1];
                double z = place[3 * i + 2] - eye[2];
                double l = Math.max(1e-9, Math.sqrt(x * x + y * y + z * z));
                way[3 * i] = (float) (x / l);
                way[3 * i + 1] = (float) (y / l);
                way[3 * i + 2] = (float) (z / l);
                r[i] = (float) l;
            }
            this.sight = KdTree.of(way);
            this.range = r;
        }
    }

    /** The same {@code s} times as large, as if its numbers were of another unit: about the cave frame's zero. */
    Patches scaled(double s) {
        double[] p = new double[place.length];
        for (int i = 0; i < p.length; i++) {
            p[i] = s * (place[i] + origin[i % 3]) - origin[i % 3];
        }
        float[] d = data.clone();
        for (int i = 0; i < d.length; i += ROW) {
            for (int k = 3; k < 6; k++) {
                d[i + k] /= (float) s;
            }
            d[i + 6] *= (float) s;
            d[i + 7] *= (float) s;
        }
        double[] e = null;
        if (eye != null) {
            e = new double[3];
            for (int k = 0; k < 3; k++) {
                e[k] = s * (eye[k] + origin[k]) - origin[k];
            }
        }
        return new Patches(station, p, d, origin, e, s * step, s * noise, s * sigma, s * radius, single);
    }

    /** The coarsest thinning whose patches are at most {@code apart} metres from each other; 0 for all patches. */
    int level(double apart) {
        int l = 0;
        while (l + 1 < thinned.length && step * (2 << l) <= apart) {
            l++;
        }
        return l;
    }

    /** A thread's questions to each thinning: an answer of the l-th, times 4^l, is the patch. */
    KdTree.Query[] queries() {
        KdTree.Query[] out = new KdTree.Query[thinned.length];
        for (int l = 0; l < out.length; l++) {
            out[l] = thinned[l].query();
        }
        return out;
    }

    /** The same as seen in a mirror: the cave frame's x the other way round. */
    Patches mirrored() {
        double[] p = place.clone();
        for (int i = 0; i < p.length; i += 3) {
            p[i] = -p[i] - 2 * origin[0];
        }
        float[] d = data.clone();
        for (int i = 0; i < d.length; i += ROW) {
            d[i] = -d[i];
            d[i + 4] = -d[i + 4]; // of the two axes across the normal one turns round
        }
        double[] e = eye == null ? null : new double[] {-eye[0] - 2 * origin[0], eye[1], eye[2]};
        return new Patches(station, p, d, origin, e, step, noise, sigma, radius, single);
    }

    /** The same with an eye where the points tell of one that no file does; else this. Sought once. */
    synchronized Patches seen() {
        Patches out = seen;
        if (out == null) {
            double[] e = eye != null || single ? null : Stood.of(this);
            out = e == null ? this : new Patches(station, place, data, origin, e, step, noise, sigma, radius, single);
            seen = out;
        }
        return out;
    }

    /** Whether the station says nowhere how it stands to others: no eye, or one at the zero of its own coordinates. */
    boolean ownFrame() {
        return eye == null
                || Math.abs(eye[0] + origin[0]) + Math.abs(eye[1] + origin[1]) + Math.abs(eye[2] + origin[2]) < 1e-6;
    }

    /** How wide the patches' middles spread along a direction of any length, metres; 0 where it has none. */
    double width(double[] direction) {
        double l = Math.sqrt(direction[0] * direction[0] + direction[1] * direction[1] + direction[2] * direction[2]);
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            double s = 0;
            for (int k = 0; k < 3; k++) {
                s += direction[k] * place[3 * i + k];
            }
            low = Math.min(low, s);
            high = Math.max(high, s);
        }
        return l > 0 && high > low ? (high - low) / l : 0;
    }

    /** Whether the scanner, where it is known where it stood, saw patch {@code i} by grazing beams alone. */
    boolean grazed(int i) {
        if (eye == null || range == null) {
            return false;
        }
        double s = 0;
        for (int k = 0; k < 3; k++) {
            s += data[ROW * i + k] * (eye[k] - place[3 * i + k]);
        }
        return s < GRAZED * range[i];
    }

    double sigma(int i) {
        return data[ROW * i + 6];
    }

    /**
     * Where a place (told from {@link #origin}) lies beside patch {@code i}: along the normal off the curved surface, and
     * aside from the patch's own place.
     *
     * @param out receives the two, metres
     */
    void beside(int i, double x, double y, double z, double[] out) {
        int k = ROW * i;
        double nx = data[k];
        double ny = data[k + 1];
        double nz = data[k + 2];
        double dx = x - place[3 * i];
        double dy = y - place[3 * i + 1];
        double dz = z - place[3 * i + 2];
        double w = dx * nx + dy * ny + dz * nz;
        double ex;
        double ey;
        double ez;
        if (Math.abs(nz) > 0.7) {
            double l = Math.sqrt(ny * ny + nz * nz);
            ex = 0;
            ey = -nz / l;
            ez = ny / l;
        } else {
            double l = Math.sqrt(nx * nx + ny * ny);
            ex = -ny / l;
            ey = nx / l;
            ez = 0;
        }
        double u = dx * ex + dy * ey + dz * ez;
        double v = dx * (ny * ez - nz * ey) + dy * (nz * ex - nx * ez) + dz * (nx * ey - ny * ex);
        double aside = Math.sqrt(u * u + v * v);
        double reach = data[k + 7];
        // beyond the patch's reach its curvature is a guess: it goes on straight from there
        double c = aside > 1.2 * reach ? 1.2 * reach / aside : 1;
        double bend = c * c * (data[k + 3] * u * u + data[k + 4] * u * v + data[k + 5] * v * v);
        out[0] = w - bend - PatchFit.rounder(bend, c * aside);
        out[1] = aside;
    }
}
