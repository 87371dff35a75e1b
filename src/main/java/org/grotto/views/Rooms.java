package org.grotto.views;

import java.util.Arrays;
import java.util.Set;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.scene.Room;
import org.grotto.store.Engine;
import org.grotto.store.Sample;
import org.grotto.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the walls of a room stand, by area. Upright surface votes for the direction of the walls, modulo a right
 * angle; then, for each of the six sides, the surface that faces into the room from there is laid out by depth, and the
 * outermost heap of it is the wall: niches, cracks and doors lie deeper and are small, furniture stands before it.
 */
public final class Rooms {
    /** More samples than this say nothing new. */
    private static final int ENOUGH = 2_000_000;

    private static final int BINS = 256;
    /** A wall's surface may be spread over this share of the room: walls lean and bulge. */
    private static final double SPREAD = 0.05;
    /** A heap counts as a wall from this share of the highest one. */
    private static final double HEAP = 0.35;
    /** This share of a heap lies at or behind the plane that stands for it. */
    private static final double BEHIND = 0.95;
    /** Cosine between a wall's normal and its side's direction at least. */
    private static final double FACING = 0.75;

    private final float[] at;
    private final float[] normal;
    private final float[] area;
    private final double[] zero;

    /**
     * @param at positions relative to {@code zero}, interleaved, metres
     * @param normal unit normals into the open, interleaved
     * @param area that each sample stands for
     */
    private Rooms(float[] at, float[] normal, float[] area, double[] zero) {
        this.at = at;
        this.normal = normal;
        this.area = area;
        this.zero = zero;
    }

    /**
     * The room of some points, each of a sample standing for the square of its spacing; null where they have no normals or
     * are no room.
     */
    public static @Nullable Room of(Store points, Engine engine) {
        long stride = Math.max(1, points.size() / ENOUGH);
        Cloud c = Sample.every(points, stride, Set.of(Columns.NORMAL.name(), Columns.SPACING.name()), engine);
        float[] n = c.normals();
        float[] spacing = c.columns.floats(Columns.SPACING.name());
        if (n == null || spacing == null || c.size == 0) {
            return null;
        }
        Box b = points.bounds();
        float[] at = new float[3 * c.size];
        float[] area = new float[c.size];
        double[] zero = {b.minX(), b.minY(), b.minZ()};
        for (int k = 0; k < c.size; k++) {
            at[3 * k] = (float) (c.px(k) - zero[0]);
            at[3 * k + 1] = (float) (c.py(k) - zero[1]);
            at[3 * k + 2] = (float) (c.pz(k) - zero[2]);
            area[k] = spacing[k] * spacing[k];
        }
        return new Rooms(at, n, area, zero).room();
    }

    /** The room of a mesh, each triangle standing for its area; null where there is none or it is no room. */
    public static @Nullable Room of(Mesh m) {
        int step = Math.max(1, m.triangleCount() / ENOUGH);
        int count = (m.triangleCount() + step - 1) / step;
        float[] at = new float[3 * count];
        float[] normal = new float[3 * count];
        float[] area = new float[count];
        float[] p = m.xyz;
        double all = 0;
        for (int k = 0; k < count; k++) {
            int t = 3 * k * step;
            int a = 3 * m.triangles[t];
            int b = 3 * m.triangles[t + 1];
            int c = 3 * m.triangles[t + 2];
            float[] u = {p[b] - p[a], p[b + 1] - p[a + 1], p[b + 2] - p[a + 2]};
            float[] v = {p[c] - p[a], p[c + 1] - p[a + 1], p[c + 2] - p[a + 2]};
            double x = (double) u[1] * v[2] - (double) u[2] * v[1];
            double y = (double) u[2] * v[0] - (double) u[0] * v[2];
            double z = (double) u[0] * v[1] - (double) u[1] * v[0];
            double l = Math.sqrt(x * x + y * y + z * z);
            if (l > 0) {
                normal[3 * k] = (float) (x / l);
                normal[3 * k + 1] = (float) (y / l);
                normal[3 * k + 2] = (float) (z / l);
            }
            for (int d = 0; d < 3; d++) {
                at[3 * k + d] = (p[a + d] + p[b + d] + p[c + d]) / 3;
            }
            area[k] = (float) (l / 2);
            all += l;
        }
        return all > 0 ? new Rooms(at, normal, area, new double[] {m.originX, m.originY, m.originZ}).room() : null;
    }

    private @Nullable Room room() {
        // the axes are those of the rounded angle: far from the frame's zero the rest of it is metres
        double degrees = round(StrictMath.toDegrees(azimuth()), 1e2);
        double turn = StrictMath.toRadians(degrees);
        double c = StrictMath.cos(turn);
        double s = StrictMath.sin(turn);
        double[] zeroTurned = {c * zero[0] + s * zero[1], c * zero[1] - s * zero[0], zero[2]};
        double[][] axes = {{c, s, 0}, {-s, c, 0}, {0, 0, 1}};
        double[] low = new double[3];
        double[] high = new double[3];
        for (int a = 0; a < 3; a++) {
            double[] d = axes[a];
            high[a] = wall(d) + zeroTurned[a];
            low[a] = -wall(new double[] {-d[0], -d[1], -d[2]}) + zeroTurned[a];
            if (!(low[a] < high[a])) {
                return null; // an object seen from outside: its sides face away from each other
            }
        }
        return new Room(
                degrees,
                new Box(
                        round(low[0], 1e4),
                        round(low[1], 1e4),
                        round(low[2], 1e4),
                        round(high[0], 1e4),
                        round(high[1], 1e4),
                        round(high[2], 1e4)));
    }

    private static double round(double v, double perUnit) {
        return Math.rint(v * perUnit) / perUnit;
    }

    /** The walls' direction, radians, -pi/4 to pi/4: upright surface votes with its area, four times its azimuth. */
    private double azimuth() {
        double x = 0;
        double y = 0;
        for (int i = 0; i < area.length; i++) {
            double nx = normal[3 * i];
            double ny = normal[3 * i + 1];
            double flat = nx * nx + ny * ny;
            if (flat > 0.75) {
                double p = (nx * nx - ny * ny) / flat; // cosine and sine of twice the azimuth
                double q = 2 * nx * ny / flat;
                x += area[i] * (p * p - q * q);
                y += area[i] * 2 * p * q;
            }
        }
        return StrictMath.hypot(x, y) > 0 ? StrictMath.atan2(y, x) / 4 : 0;
    }

    private double along(double[] d, int i) {
        return d[0] * at[3 * i] + d[1] * at[3 * i + 1] + d[2] * at[3 * i + 2];
    }

    private double[] span(double[] d) {
        double[] s = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int i = 0; i < area.length; i++) {
            double t = along(d, i);
            s[0] = Math.min(s[0], t);
            s[1] = Math.max(s[1], t);
        }
        return s;
    }

    /** How far out the wall on side {@code d} stands, along d. */
    private double wall(double[] d) {
        double[] span = span(d);
        double wide = Math.max((span[1] - span[0]) / BINS, 1e-6);
        double[] heap = new double[BINS]; // the outermost first
        for (int i = 0; i < area.length; i++) {
            double facing = -(d[0] * normal[3 * i] + d[1] * normal[3 * i + 1] + d[2] * normal[3 * i + 2]);
            if (facing > FACING) {
                heap[Math.min(BINS - 1, (int) ((span[1] - along(d, i)) / wide))] += area[i];
            }
        }
        int w = (int) (SPREAD * BINS);
        double[] sum = new double[BINS - w + 1];
        for (int i = 0; i < sum.length; i++) {
            for (int k = 0; k < w; k++) {
                sum[i] += heap[i + k];
            }
        }
        double most = Arrays.stream(sum).max().orElse(0);
        if (!(most > 0)) {
            return span[1];
        }
        int i = 0;
        while (sum[i] < HEAP * most) {
            i++;
        }
        int best = i;
        for (int k = i; k < Math.min(sum.length, i + w); k++) {
            best = sum[k] > sum[best] ? k : best;
        }
        double passed = 0;
        int inner = best;
        while (passed < BEHIND * sum[best]) {
            passed += heap[inner++];
        }
        return span[1] - inner * wide;
    }
}
