package org.grotto.lod;

import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.grotto.lod.atlas.Pictures;
import org.grotto.lod.atlas.TileAtlas;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a tree's tiles: a finest tile shows the source's own pixels, each coarser level has pixels twice as wide,
 * looked up on the finest surface. How wide they are counts as error: a viewer that comes nearer wants finer ones, however
 * flat the stone.
 */
final class TilePictures implements AutoCloseable {
    /** Pixels of the source that a finest tile holds at most, unless a single triangle has more: with gutters 2048 a side. */
    static final double PIXELS = 2.6e6;

    private final Pictures pictures;
    /** By triangle of the mesh, metres. */
    private final float[] pixel;

    private TileAtlas.@Nullable Finest finest;
    private @Nullable MeshNearest nearest;

    private TilePictures(Pictures pictures, float[] pixel) {
        this.pictures = pictures;
        this.pixel = pixel;
    }

    /** Those of {@code mesh}, or null where none lies on it that can be read. */
    static @Nullable TilePictures of(Mesh mesh, Work work) {
        if (mesh.charts == null || !mesh.charts.pictured()) {
            return null;
        }
        Pictures p = Pictures.again(mesh.charts, work);
        if (!p.any()) {
            p.close();
            return null;
        }
        return new TilePictures(p, p.pixel(mesh, work));
    }

    /** How many pixels lie on all triangles before each, and on all. */
    double[] counted(TileVertices v) {
        int[] source = java.util.Objects.requireNonNull(v.source);
        double[] sum = new double[source.length + 1];
        for (int t = 0; t < source.length; t++) {
            float wide = pixel[source[t]];
            sum[t + 1] = sum[t] + (Float.isNaN(wide) ? 0 : area(v, v.triangles, 3 * t) / ((double) wide * wide));
        }
        return sum;
    }

    private static double area(TileVertices v, int[] triangles, int at) {
        int a = triangles[at];
        int b = triangles[at + 1];
        int c = triangles[at + 2];
        double ux = (double) v.x[b] - v.x[a];
        double uy = (double) v.y[b] - v.y[a];
        double uz = (double) v.z[b] - v.z[a];
        double wx = (double) v.x[c] - v.x[a];
        double wy = (double) v.y[c] - v.y[a];
        double wz = (double) v.z[c] - v.z[a];
        double x = uy * wz - uz * wy;
        double y = uz * wx - ux * wz;
        double z = ux * wy - uy * wx;
        return Math.sqrt(x * x + y * y + z * z) / 2 * v.step * v.step;
    }

    /** Gives every node of a filled tree its pitch, and its error at least that of the picture. */
    void measure(TileTree tree, Work work) {
        TileVertices v = tree.mesh;
        int[] source = java.util.Objects.requireNonNull(v.source);
        for (TileNode n : tree.nodes.reversed()) {
            if (n.leaf()) {
                leaf(v, source, n);
            } else {
                inner(v, n);
            }
        }
        float[] xyz = new float[3 * v.size()];
        work.blocks(v.size(), 1 << 16, (from, to) -> {
            for (int i = from; i < to; i++) {
                for (int axis = 0; axis < 3; axis++) {
                    xyz[3 * i + axis] = v.at(i, axis);
                }
            }
        });
        float[] wide = new float[source.length];
        for (int t = 0; t < wide.length; t++) {
            wide[t] = pixel[source[t]];
        }
        float[] corners = v.sides == null || !pictures.anyNormal() ? null : v.sides.ofFinest(v.triangles);
        finest = new TileAtlas.Finest(xyz, v.normals, corners, v.triangles, source, wide);
        nearest = new MeshNearest(xyz, v.triangles, work);
    }

    private void leaf(TileVertices v, int[] source, TileNode n) {
        double stone = 0;
        double pixels = 0;
        for (int t = n.from; t < n.to; t++) {
            float wide = pixel[source[t]];
            if (!Float.isNaN(wide)) {
                double a = area(v, v.triangles, 3 * t);
                stone += a;
                pixels += a / ((double) wide * wide);
            }
        }
        n.pitch = pixels > 0 ? Math.sqrt(stone / pixels) : 0;
    }

    private static void inner(TileVertices v, TileNode n) {
        double weight = 0;
        double sum = 0;
        double least = 0;
        for (TileNode c : n.children) {
            double a = area(v, c);
            if (c.pitch > 0) {
                weight += a;
                sum += a * c.pitch;
            }
            least = Math.max(least, c.error);
        }
        if (weight > 0) {
            n.pitch = Math.max(2 * sum / weight, Math.sqrt(area(v, n) / PIXELS));
            n.error = Math.max(n.error, Math.max(least, n.pitch));
        }
    }

    private static double area(TileVertices v, TileNode n) {
        double sum = 0;
        for (int i = 0; i < n.triangles.length; i += 3) {
            sum += area(v, n.triangles, i);
        }
        return sum;
    }

    /** The picture of a node, once all are measured; null where none lies on it. */
    @Nullable
    TileAtlas of(TileVertices v, TileNode n, TileAtlas.Files files) {
        if (n.pitch == 0 || n.triangles.length == 0) {
            return null;
        }
        TileAtlas.Finest f = java.util.Objects.requireNonNull(finest);
        if (n.leaf()) {
            int[] own = java.util.Arrays.copyOfRange(f.source(), n.from, n.to);
            return TileAtlas.cut(pictures, n.triangles, own, files);
        }
        byte[] side = f.corners() == null || v.sides == null ? null : v.sides.nearest(v, n.triangles);
        float[] corners = side == null || v.sides == null ? null : v.sides.ofCorners(n.triangles, side);
        MeshNearest.Query q = java.util.Objects.requireNonNull(nearest).new Query();
        q.triangle = n.from;
        return TileAtlas.laid(
                pictures,
                f,
                (x, y, z) -> {
                    q.find(x, y, z, -1);
                    return q.triangle;
                },
                n.triangles,
                corners,
                n.pitch,
                Math.min(n.error, n.pitch),
                files);
    }

    @Override
    public void close() {
        pictures.close();
    }
}
