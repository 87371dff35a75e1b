package org.grotto.surface;

import java.util.Objects;
import java.util.Set;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.TriangleTree;
import org.grotto.store.Engine;
import org.grotto.store.Sample;
import org.grotto.store.Store;

/**
 * How much was scanned that has no surface of its own, because the other side of a thin wall is too close: a point counts
 * where the line along its normal meets no triangle within a few spacings that faces its way, and meets one that faces the
 * other way, or points of the other side are as near. (Both sides may be left in patches finer than the points: asked for
 * the nearest triangle that faces its way, nearly every point would find one.) Asked of a sample of the points, each counted by the area it stands for.
 *
 * @param area square metres, by the share of {@code measured} that such points stand for
 * @param measured area of the mesh that points bear out, square metres
 */
public record LostSides(double area, double measured) {
    /** Of a hundred thousand, a hundred points are a thousandth: told within a fifth, with the next two in three cases. */
    private static final int SAMPLE = 100_000;
    /** In spacings, from a point to the surface that may be its own. */
    private static final double NEAR = 3;
    /** The area that a point stands for is told by so many others around it. */
    private static final int AROUND = 32;

    /** In spacings of its own side: as wide, places beside points fill the side evenly, and gaps between points, too. */
    private static final double WIDE = 2;
    /** Of the radius: where the middle of those around a point lies farther off, its side ends there. */
    private static final double RIM = 0.25;

    private static final double OPPOSITE = -0.5;

    /** What became of a point's side. */
    private static final byte KEPT = 1;

    private static final byte LOST = 2;

    /** The part of what was scanned that is lost. */
    public double share() {
        return area > 0 ? area / (area + measured) : 0;
    }

    /**
     * Measures.
     *
     * @param mesh the final one
     * @param points it was made of, with spacing and normals that point out of the wall
     */
    public static LostSides of(Mesh mesh, Store points, Engine engine) {
        int n = (int) Math.min(SAMPLE, points.size());
        if (n == 0 || mesh.triangleCount() == 0) {
            return new LostSides(0, 0);
        }
        Work work = engine.work();
        long size = points.size();
        Set<String> needs = Set.of(Columns.NORMAL.name(), Columns.SPACING.name());
        Cloud sample = Sample.of(points, n, k -> k * size / n, needs, engine);
        TriangleTree tree = new TriangleTree(mesh, work);
        KdTree near = KdTree.of(sample);
        double[] weight = new double[n];
        byte[] what = new byte[n];
        work.blocks(n, 1024, (from, to) -> {
            One one = new One(sample, tree, near);
            for (int k = from; k < to; k++) {
                what[k] = one.look(k);
                weight[k] = one.weight;
            }
        });
        double[] sum = new double[3];
        for (int k = 0; k < n; k++) {
            sum[what[k]] += weight[k];
        }
        double all = 0;
        for (int k = 0; k < mesh.triangles.length; k += 3) {
            all += Areas.triangle(mesh, k) * (mesh.evidence() == null ? 1 : Areas.evidence(mesh, k));
        }
        return new LostSides(sum[KEPT] > 0 ? all * sum[LOST] / sum[KEPT] : 0, all);
    }

    /** Looks at one point after the other. */
    private static final class One {
        private final Cloud sample;
        private final float[] normals;
        private final float[] spacing;
        private final TriangleTree tree;
        private final KdTree.Query query;
        private final double[] normal = new double[3];
        private final double[] shift = new double[3];
        /** How much wider apart points of this side lie than all together; 0 at the rim of a side. */
        private double wider;

        private double weight;

        One(Cloud sample, TriangleTree tree, KdTree near) {
            this.sample = sample;
            this.normals = Objects.requireNonNull(sample.normals());
            this.spacing = Objects.requireNonNull(sample.columns.floats(Columns.SPACING.name()));
            this.tree = tree;
            this.query = near.query();
        }

        byte look(int k) {
            double nx = normals[3 * k];
            double ny = normals[3 * k + 1];
            double nz = normals[3 * k + 2];
            weight = 0;
            if (nx == 0 && ny == 0 && nz == 0) {
                return 0;
            }
            double x = sample.px(k);
            double y = sample.py(k);
            double z = sample.pz(k);
            double reach = NEAR * Math.max(spacing[k], sample.lattice.step());
            boolean across = around(k, reach);
            normal[0] = nx;
            normal[1] = ny;
            normal[2] = nz;
            elsewhere(k);
            if (tree.meets(x + shift[0], y + shift[1], z + shift[2], normal, reach)) {
                return KEPT;
            }
            for (int a = 0; a < 3; a++) {
                normal[a] = -normal[a];
            }
            return across || tree.meets(x + shift[0], y + shift[1], z + shift[2], normal, reach) ? LOST : 0;
        }

        /** Somewhere around a point on its side, by a hash of its number: a thin wall opens between points first. */
        private void elsewhere(int k) {
            long hash = (k + 1) * 0x9E3779B97F4A7C15L;
            double side = WIDE * wider * spacing[k];
            double u = side * ((hash >>> 40) / (double) (1 << 24) - 0.5);
            double w = side * ((hash >>> 16 & 0xFFFFFF) / (double) (1 << 24) - 0.5);
            int least = Math.abs(normal[0]) < Math.abs(normal[1]) ? 0 : 1;
            least = Math.abs(normal[2]) < Math.abs(normal[least]) ? 2 : least;
            int b = (least + 1) % 3;
            int c = (least + 2) % 3;
            double l = Math.sqrt(normal[b] * normal[b] + normal[c] * normal[c]);
            // two directions across the normal: (0, -c, b) / l, and the normal times that
            double tb = -normal[c] / l;
            double tc = normal[b] / l;
            shift[least] = w * (normal[b] * tc - normal[c] * tb);
            shift[b] = u * tb - w * normal[least] * tc;
            shift[c] = u * tc + w * normal[least] * tb;
        }

        /** Weighs a point by those around it that face its way; whether there are any on the other side of its wall. */
        private boolean around(int k, double reach) {
            int found = query.nearest(sample.px(k), sample.py(k), sample.pz(k), AROUND);
            int same = 0;
            double[] middle = new double[3];
            boolean across = false;
            for (int j = 0; j < found; j++) {
                int o = query.index[j];
                double dot = 0;
                for (int a = 0; a < 3; a++) {
                    dot += (double) normals[3 * k + a] * normals[3 * o + a];
                }
                if (dot > 0) {
                    same++;
                    middle[0] += sample.px(o) - sample.px(k);
                    middle[1] += sample.py(o) - sample.py(k);
                    middle[2] += sample.pz(o) - sample.pz(k);
                }
                across |= dot < OPPOSITE && query.distance[j] < reach * reach;
            }
            weight = same == 0 ? 0 : query.distance[found - 1] / same;
            double off = Math.sqrt(middle[0] * middle[0] + middle[1] * middle[1] + middle[2] * middle[2]);
            boolean rim = same == 0 || off > RIM * same * Math.sqrt(query.distance[found - 1]);
            wider = rim ? 0 : Math.sqrt((double) found / same);
            return across;
        }
    }
}
