package org.grotto.surface;

import java.util.List;
import java.util.Objects;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.ScanColumns;
import org.grotto.image.Srgb;
import org.grotto.store.MeshCraft;
import org.grotto.store.MeshRegion;
import org.jspecify.annotations.Nullable;

/**
 * Vertex colours from the points: gathered, nearest first, within two local spacings from points whose normals agree;
 * weighted by distance (a kernel one spacing wide), by how squarely and from how near their station saw them; in linear
 * light; points that differ from the others count less. Points of stations without colour count where no other is near,
 * and points of 0 0 0 where most of those around are as black: a camera that saw nothing says so, too. What no point colours is filled along the mesh. Clouds without
 * colour give their intensity as grey, clouds without that give stone grey.
 */
final class Colour {
    /** Linear light of a middle stone grey. */
    static final float STONE = Srgb.linear(150);

    private static final int SAMPLES = 16;
    private static final double AGREE = 0.3;
    /** Up to this, 16 bit, a sample is as dark as black stone. */
    private static final int DARK = 24 * 257;

    private static final int COLOURED = 0;
    private static final int BLACK = 1;
    private static final int GREY = 2;

    private static final int BLOCK = 1 << 13;

    private final List<double @Nullable []> eyes;
    private final float gain;

    /**
     * @param eyes where each station stood, null where unknown
     * @param gain what intensities are multiplied by where they stand for colour
     */
    Colour(List<double @Nullable []> eyes, float gain) {
        this.eyes = eyes;
        this.gain = gain;
    }

    /**
     * {@link ColourFill#LINEAR}, {@link ColourFill#KNOWN} and {@link MeshCraft#OPEN} of a region's core.
     *
     * @param samples get what was found, too
     */
    Columns gather(MeshRegion region, KdTree tree, VertexSamples.Rows samples, Work work) {
        float[] colour = new float[3 * region.core()];
        byte[] known = new byte[region.core()];
        byte[] open = new byte[region.core()];
        work.blocks(known.length, BLOCK, (from, to) -> {
            Gather g = new Gather(region, tree.query());
            for (int v = from; v < to; v++) {
                if (g.ask(v)) {
                    samples.put(v, g.q, g.found);
                    known[v] = (byte) (g.vertex(v, colour) ? 1 : 0);
                } else {
                    open[v] = 1;
                }
            }
        });
        return Columns.NONE
                .with(ColourFill.LINEAR, colour)
                .with(ColourFill.KNOWN, known)
                .with(MeshCraft.OPEN, open);
    }

    /** One thread's gathering. */
    private final class Gather {
        private final MeshRegion region;
        private final Cloud cloud;
        private final float[] normals;
        private final KdTree.Query q;
        private final byte @Nullable [] grey;
        private int found;
        private final float[] r = new float[SAMPLES];
        private final float[] g = new float[SAMPLES];
        private final float[] b = new float[SAMPLES];
        private final double[] weight = new double[SAMPLES];
        private final double[] value = new double[SAMPLES];
        private final int[] rank = new int[SAMPLES];

        Gather(MeshRegion region, KdTree.Query q) {
            this.region = region;
            this.cloud = region.cloud();
            this.normals = Objects.requireNonNull(region.mesh().normals());
            this.q = q;
            this.grey = cloud.columns.bytes(ScanColumns.GREY.name());
        }

        /** Finds the nearest points of vertex v; false where others may be nearer. */
        boolean ask(int v) {
            double reach = region.reach(v);
            found = q.nearest(region.x(v), region.y(v), region.z(v), SAMPLES);
            return region.all() || found == SAMPLES && q.distance[found - 1] <= reach * reach;
        }

        /** The colour of the vertex that was asked for; false where no point gives one. */
        boolean vertex(int v, float[] out) {
            if (found == 0) {
                return false;
            }
            // the spacing from the spread of the samples around their own middle, so that it holds off the surface, too
            double spacing = spacing();
            double reach = 2 * Math.max(spacing, cloud.lattice.step());
            double kernel = reach * reach;
            int m = 0;
            double sum = 0;
            for (int j = 0; j < found; j++) {
                int i = q.index[j];
                double d = q.distance[j];
                if (d >= kernel) {
                    break;
                }
                double agree = agreement(v, i);
                if (agree <= 0) {
                    continue;
                }
                double f = 1 - d / kernel;
                double w = f * f * f * f * agree * quality(i);
                if (w <= 0) {
                    continue;
                }
                read(i, m);
                rank[m] = grey != null && grey[i] != 0 ? GREY : none(i) ? BLACK : COLOURED;
                weight[m++] = w;
            }
            m = fit(m);
            for (int j = 0; j < m; j++) {
                sum += weight[j];
            }
            if (m == 0 || !(sum > 0)) {
                return false;
            }
            mean(m, v, out);
            return true;
        }

        private boolean none(int i) {
            char[] c = cloud.rgb();
            return c != null && c[3 * i] == 0 && c[3 * i + 1] == 0 && c[3 * i + 2] == 0;
        }

        /** Keeps those of the m samples that know most of colour; says how many. */
        private int fit(int m) {
            int told = 0;
            int black = 0;
            for (int j = 0; j < m; j++) {
                told += rank[j] == GREY ? 0 : 1;
                black += rank[j] == BLACK ? 1 : 0;
            }
            if (told == 0 || black == 0 && told == m) {
                return m; // all are grey, or none is in doubt
            }
            boolean sound = black > 0 && blackStone();
            int kept = 0;
            for (int j = 0; j < m; j++) {
                if (rank[j] == COLOURED || rank[j] == BLACK && (sound || told == black)) {
                    r[kept] = r[j];
                    g[kept] = g[j];
                    b[kept] = b[j];
                    weight[kept++] = weight[j];
                }
            }
            return kept;
        }

        /** Whether black is what most of the samples found say: less than a quarter of those with colour are bright. */
        private boolean blackStone() {
            char[] c = Objects.requireNonNull(cloud.rgb());
            int told = 0;
            int bright = 0;
            for (int j = 0; j < found; j++) {
                int i = q.index[j];
                if (grey == null || grey[i] == 0) {
                    told++;
                    bright += Math.max(c[3 * i], Math.max(c[3 * i + 1], c[3 * i + 2])) > DARK ? 1 : 0;
                }
            }
            return 4 * bright < told;
        }

        /** Grid spacing of the samples found: from the root mean square of their distances to their mean. */
        private double spacing() {
            double step = cloud.lattice.step();
            int i0 = q.index[0];
            double sx = 0;
            double sy = 0;
            double sz = 0;
            double ss = 0;
            for (int j = 0; j < found; j++) {
                int i = q.index[j];
                double dx = (double) cloud.x[i] - cloud.x[i0];
                double dy = (double) cloud.y[i] - cloud.y[i0];
                double dz = (double) cloud.z[i] - cloud.z[i0];
                sx += dx;
                sy += dy;
                sz += dz;
                ss += dx * dx + dy * dy + dz * dz;
            }
            double var = ss / found - (sx * sx + sy * sy + sz * sz) / ((double) found * found);
            // points spread evenly over a disc of radius R lie R / sqrt(2) from its middle
            double radius = Math.sqrt(2 * Math.max(0, var)) * step;
            return radius * Math.sqrt(Math.PI / found);
        }

        private double agreement(int v, int i) {
            float[] n = cloud.normals();
            if (n == null) {
                return 1;
            }
            double d = (double) normals[3 * v] * n[3 * i]
                    + (double) normals[3 * v + 1] * n[3 * i + 1]
                    + (double) normals[3 * v + 2] * n[3 * i + 2];
            return d < AGREE ? 0 : d;
        }

        /** More for what a station saw squarely and from near: cosine of incidence over range, never nothing. */
        private double quality(int i) {
            int s = cloud.station() == null ? Cloud.NO_STATION : cloud.station()[i];
            double[] eye = s < eyes.size() ? eyes.get(s) : null;
            if (eye == null) {
                return 0.2;
            }
            double x = eye[0] - cloud.px(i);
            double y = eye[1] - cloud.py(i);
            double z = eye[2] - cloud.pz(i);
            double r = Math.sqrt(x * x + y * y + z * z);
            float[] n = cloud.normals();
            double c = n == null || r == 0 ? 1 : Math.max(0, (x * n[3 * i] + y * n[3 * i + 1] + z * n[3 * i + 2]) / r);
            return (0.1 + c) / Math.max(0.3, r);
        }

        private void read(int i, int m) {
            char[] rgb = cloud.rgb();
            if (rgb != null) {
                r[m] = Srgb.linearWide(rgb[3 * i]);
                g[m] = Srgb.linearWide(rgb[3 * i + 1]);
                b[m] = Srgb.linearWide(rgb[3 * i + 2]);
            } else {
                float v = Math.max(0, Math.min(1, Objects.requireNonNull(cloud.intensity())[i] * gain));
                r[m] = v;
                g[m] = v;
                b[m] = v;
            }
        }

        /**
         * The weighted mean of the samples that do not differ too much from the one in the middle: that of the weighted
         * median luminance. How much is too much, the median difference tells.
         */
        private void mean(int m, int v, float[] out) {
            for (int j = 0; j < m; j++) {
                value[j] = 0.2126 * r[j] + 0.7152 * g[j] + 0.0722 * b[j];
            }
            int middle = median(m);
            for (int j = 0; j < m; j++) {
                value[j] = off(j, r[middle], g[middle], b[middle]);
            }
            double scatter = 4 * value[median(m)] + 1e-5;
            double sr = 0;
            double sg = 0;
            double sb = 0;
            double sw = 0;
            for (int j = 0; j < m; j++) {
                double f = scatter / (scatter + value[j]);
                double w = weight[j] * f * f;
                sr += w * r[j];
                sg += w * g[j];
                sb += w * b[j];
                sw += w;
            }
            out[3 * v] = (float) (sr / sw);
            out[3 * v + 1] = (float) (sg / sw);
            out[3 * v + 2] = (float) (sb / sw);
        }

        /** The sample at the weighted median of {@link #value}. */
        private int median(int m) {
            double sum = 0;
            for (int j = 0; j < m; j++) {
                sum += weight[j];
                int at = j;
                while (at > 0 && value[rank[at - 1]] > value[j]) {
                    rank[at] = rank[at - 1];
                    at--;
                }
                rank[at] = j;
            }
            double half = 0;
            for (int j = 0; j < m; j++) {
                half += weight[rank[j]];
                if (half >= sum / 2) {
                    return rank[j];
                }
            }
            return rank[m - 1];
        }

        private double off(int j, double mr, double mg, double mb) {
            double x = r[j] - mr;
            double y = g[j] - mg;
            double z = b[j] - mb;
            return x * x + y * y + z * z;
        }
    }
}
