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
 *
 * <p>A tile on which no picture lies, of a mesh with materials of several colours, has one of a few pixels, in which each
 * triangle is of one colour: vertices would smear colours over the borders between materials.
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

    /** Those of {@code mesh}, or null where none lies on it that can be read, and all is of one colour. */
    static @Nullable TilePictures of(Mesh mesh, Work work) {
        if (mesh.charts == null) {
            return null;
        }
        Pictures p = Pictures.again(mesh.charts, work);
        if (!p.any() && !p.coloured()) {
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
            if (!n.leaf() && n.pitch == 0 && several(source, n)) {
                // a border between colours may be off by a triangle
                n.error = Math.max(n.error, Math.sqrt(area(v, n) / (n.triangles.length / 6.0 + 1)));
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

    /** Whether the finest triangles below a node are of several materials. */
    private boolean several(int[] source, TileNode n) {
        for (int t = n.from; t < n.to; t++) {
            if (!pictures.alike(source[t], source[n.from])) {
                return true;
            }
        }
        return false;
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
        n.error = Math.max(n.error, least);
        if (weight > 0) {
            n.pitch = Math.max(2 * sum / weight, Math.sqrt(area(v, n) / PIXELS));
            n.error = Math.max(n.error, n.pitch);
        }
    }

    private static double area(TileVertices v, TileNode n) {
        double sum = 0;
        for (int i = 0; i < n.triangles.length; i += 3) {
            sum += area(v, n.triangles, i);
        }
        return sum;
    }

    /** The picture of a node, once all are measured; null where none lies on it and all is of one colour. */
    @Nullable
    TileAtlas of(TileVertices v, TileNode n, TileAtlas.Files files) {
        if (n.triangles.length == 0 || n.pitch == 0 && !pictures.coloured()) {
            return null;
        }
        TileAtlas.Finest f = java.util.Objects.requireNonNull(finest);
        if (n.pitch == 0 && !n.leaf()) {
            return TileAtlas.cut(pictures, n.triangles, below(v, n, f.source()), files);
        }
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

    /** Of each triangle of a node, what the finest one without a picture next to its middle is called in the charts. */
    private int[] below(TileVertices v, TileNode n, int[] source) {
        MeshNearest.Query q = java.util.Objects.requireNonNull(nearest).new Query();
        q.triangle = n.from;
        int[] out = new int[n.triangles.length / 3];
        for (int t = 0; t < out.length; t++) {
            double[] middle = new double[3];
            for (int k = 0; k < 9; k++) {
                middle[k % 3] += v.at(n.triangles[3 * t + k / 3], k % 3) / 3.0;
            }
            q.find(middle[0], middle[1], middle[2], -1);
            // another node's, with a picture, is seldom nearer
            out[t] = source[pictures.plain(source[q.triangle]) ? q.triangle : n.from];
        }
        return out;
    }

    @Override
    public void close() {
        pictures.close();
    }
}
