package org.grotto.surface;

import java.util.List;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.VertexNormals;
import org.jspecify.annotations.Nullable;

/**
 * Vertex colours from the points: gathered, nearest first, within two local spacings from points whose normals agree;
 * weighted by distance (a kernel one spacing wide), by how squarely and from how near their station saw them; in linear
 * light; points that differ from the others count less. What no point colours is filled along the mesh. Clouds without
 * colour give their intensity as grey, clouds without that give stone grey.
 */
public final class Colour {
    /** Linear light of a middle stone grey. */
    static final float STONE = ColourTransfer.decode8(150);

    private static final int SAMPLES = 16;
    private static final double AGREE = 0.3;

    private final Cloud cloud;
    private final List<double @Nullable []> eyes;
    private final float @Nullable [] grey;

    private Colour(Cloud cloud, List<double @Nullable []> eyes) {
        this.cloud = cloud;
        this.eyes = eyes;
        this.grey = cloud.rgb == null && cloud.intensity != null ? cloud.intensity : null;
    }

    /**
     * The mesh with colours, 8-bit sRGB; its normals are computed where it has none.
     *
     * @param eyes where each station stood, null where unknown
     */
    public static Mesh apply(Mesh mesh, Cloud cloud, List<double @Nullable []> eyes, Work work) {
        try (Progress.Step step = work.progress().begin("colouring", mesh.vertexCount(), "vertices")) {
            float[] normals = mesh.normals != null ? mesh.normals : VertexNormals.of(mesh, work);
            byte[] rgb = new Colour(cloud, eyes).run(mesh, normals, work);
            step.advance(mesh.vertexCount());
            return new Mesh(
                    mesh.originX, mesh.originY, mesh.originZ, mesh.xyz, normals, rgb, mesh.evidence, mesh.triangles);
        }
    }

    private byte[] run(Mesh mesh, float[] normals, Work work) {
        int n = mesh.vertexCount();
        float[] colour = new float[3 * n];
        boolean[] known = new boolean[n];
        if (cloud.rgb != null || grey != null) {
            KdTree tree = KdTree.of(cloud, work);
            work.blocks(n, 1 << 13, (from, to) -> {
                Gather g = new Gather(tree.query());
                for (int v = from; v < to; v++) {
                    known[v] = g.vertex(mesh, normals, v, colour);
                }
            });
        }
        ColourFill.run(colour, known, mesh.triangles);
        byte[] rgb = new byte[3 * n];
        work.blocks(3 * n, 1 << 16, (from, to) -> {
            for (int i = from; i < to; i++) {
                rgb[i] = ColourTransfer.encode(colour[i]);
            }
        });
        return rgb;
    }

    /** One thread's gathering. */
    private final class Gather {
        private final KdTree.Query q;
        private final float[] r = new float[SAMPLES];
        private final float[] g = new float[SAMPLES];
        private final float[] b = new float[SAMPLES];
        private final double[] weight = new double[SAMPLES];

        Gather(KdTree.Query q) {
            this.q = q;
        }

        boolean vertex(Mesh mesh, float[] normals, int v, float[] out) {
            double x = mesh.originX + mesh.xyz[3 * v];
            double y = mesh.originY + mesh.xyz[3 * v + 1];
            double z = mesh.originZ + mesh.xyz[3 * v + 2];
            int found = q.nearest(x, y, z, SAMPLES);
            if (found == 0) {
                return false;
            }
            // the spacing from the spread of the samples around their own middle, so that it holds off the surface, too
            double spacing = spacing(found);
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
                double agree = agreement(normals, v, i);
                if (agree <= 0) {
                    continue;
                }
                double f = 1 - d / kernel;
                double w = f * f * f * f * agree * quality(i);
                if (w <= 0) {
                    continue;
                }
                read(i, m);
                weight[m++] = w;
                sum += w;
            }
            if (m == 0 || !(sum > 0)) {
                return false;
            }
            mean(m, v, out);
            return true;
        }

        /** Grid spacing of the samples found: from the root mean square of their distances to their mean. */
        private double spacing(int found) {
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

        private double agreement(float[] normals, int v, int i) {
            float[] n = cloud.normals;
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
            int s = cloud.station == null ? Cloud.NO_STATION : cloud.station[i];
            double[] eye = s < eyes.size() ? eyes.get(s) : null;
            if (eye == null) {
                return 0.2;
            }
            double x = eye[0] - cloud.px(i);
            double y = eye[1] - cloud.py(i);
            double z = eye[2] - cloud.pz(i);
            double r = Math.sqrt(x * x + y * y + z * z);
            float[] n = cloud.normals;
            double c = n == null || r == 0 ? 1 : Math.max(0, (x * n[3 * i] + y * n[3 * i + 1] + z * n[3 * i + 2]) / r);
            return (0.1 + c) / Math.max(0.3, r);
        }

        private void read(int i, int m) {
            short[] rgb = cloud.rgb;
            if (rgb != null) {
                r[m] = ColourTransfer.decode(rgb[3 * i]);
                g[m] = ColourTransfer.decode(rgb[3 * i + 1]);
                b[m] = ColourTransfer.decode(rgb[3 * i + 2]);
            } else if (grey != null) {
                float v = Math.max(0, Math.min(1, grey[i]));
                r[m] = v;
                g[m] = v;
                b[m] = v;
            }
        }

        /** The weighted mean, twice more with less weight for what lies far from it by the samples' own spread. */
        private void mean(int m, int v, float[] out) {
            double mr = 0;
            double mg = 0;
            double mb = 0;
            double spread = 0;
            for (int round = 0; round < 3; round++) {
                double sr = 0;
                double sg = 0;
                double sb = 0;
                double sw = 0;
                for (int j = 0; j < m; j++) {
                    double w = weight[j];
                    if (round > 0) {
                        w *= spread / (spread + off(j, mr, mg, mb));
                    }
                    sr += w * r[j];
                    sg += w * g[j];
                    sb += w * b[j];
                    sw += w;
                }
                mr = sr / sw;
                mg = sg / sw;
                mb = sb / sw;
                double ss = 1e-7 * sw;
                for (int j = 0; j < m; j++) {
                    double w = weight[j] * (round == 0 ? 1 : spread / (spread + off(j, mr, mg, mb)));
                    ss += w * off(j, mr, mg, mb);
                }
                spread = ss / sw;
            }
            out[3 * v] = (float) mr;
            out[3 * v + 1] = (float) mg;
            out[3 * v + 2] = (float) mb;
        }

        private double off(int j, double mr, double mg, double mb) {
            double x = r[j] - mr;
            double y = g[j] - mg;
            double z = b[j] - mb;
            return x * x + y * y + z * z;
        }
    }
}
