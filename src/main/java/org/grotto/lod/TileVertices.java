package org.grotto.lod;

import java.util.Arrays;
import org.grotto.base.Work;
import org.grotto.geometry.Box;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.jspecify.annotations.Nullable;

/**
 * A mesh's vertices as whole numbers on one lattice for the whole cave, equal places welded to one vertex. Every tile of
 * every level uses these vertices and no others, so equal places have equal bits in all of them.
 */
final class TileVertices {
    private static final int BLOCK = 1 << 16;

    /** World position of the lattice's zero, whole metres. */
    final double originX;

    final double originY;
    final double originZ;
    /** The finest step in metres, a power of two; positions are multiples of it, see {@link TileSteps}. */
    final double step;

    final int[] x;
    final int[] y;
    final int[] z;
    /** Unit normals, interleaved. */
    final float[] normals;
    /** The finest triangles' own normals at each vertex, area-weighted: where the open side is, whatever normals say. */
    final float[] up;

    /** Everything that is known of each vertex, but normals. */
    final Columns columns;

    final byte @Nullable [] rgb;
    final byte @Nullable [] evidence;
    /** Three vertices a triangle; none of them equal. */
    final int[] triangles;
    /** What each triangle was in the mesh, where pictures lie on it; else null. */
    final int @Nullable [] source;
    /** The normals of vertices on hard edges, where one is not enough; null where there are none. */
    final @Nullable Sides sides;

    private TileVertices(
            double[] origin,
            double step,
            int[][] position,
            float[] normals,
            float[] up,
            Columns columns,
            int[] triangles,
            int @Nullable [] source,
            @Nullable Sides sides) {
        this.originX = origin[0];
        this.originY = origin[1];
        this.originZ = origin[2];
        this.step = step;
        this.x = position[0];
        this.y = position[1];
        this.z = position[2];
        this.normals = normals;
        this.up = up;
        this.columns = columns;
        this.rgb = columns.bytes(Columns.RGB8.name());
        this.evidence = columns.bytes(Columns.EVIDENCE.name());
        this.triangles = triangles;
        this.source = source;
        this.sides = sides;
    }

    private TileVertices with(@Nullable Sides of) {
        int[][] position = {x, y, z};
        double[] origin = {originX, originY, originZ};
        return new TileVertices(origin, step, position, normals, up, columns, triangles, source, of);
    }

    int size() {
        return x.length;
    }

    /**
     * Puts {@code mesh} on its lattice. Vertices no triangle uses are left out; of vertices that fall together the first
     * gives colour, the least evidence and the sum of the normals count, and of other columns what their types say; where
     * normals are too different for a sum, see {@link Creases}. Triangles with a corner that is no number, or
     * with two corners in one place, are dropped and counted as faults.
     */
    static TileVertices of(Mesh mesh, Work work) {
        int n = mesh.vertexCount();
        boolean[] finite = new boolean[n];
        boolean[] used = new boolean[n];
        int[] kept = mesh.triangles.clone();
        int k = kept.length;
        int[] source = mesh.charts == null ? null : counted(mesh.triangleCount());
        work.blocks(n, BLOCK, (from, to) -> finite(mesh.xyz, finite, from, to));
        for (int i = 0; i < n; i++) {
            if (!finite[i]) {
                k = whole(kept, source, finite);
                break;
            }
        }
        work.faults().add("triangle with a corner that is no number", (kept.length - k) / 3, "left out");
        kept = k == kept.length ? kept : Arrays.copyOf(kept, k);
        mark(kept, used, work);
        Box box = bounds(mesh, used);
        double[] origin = {
            middle(box.minX(), box.maxX()), middle(box.minY(), box.maxY()), middle(box.minZ(), box.maxZ())
        };
        TileSteps steps = TileSteps.of(mesh, kept, box, work);
        double step = steps.finest();
        int[][] position = new int[3][n];
        double[] shift = {mesh.originX - origin[0], mesh.originY - origin[1], mesh.originZ - origin[2]};
        float[] rest = mesh.columns.floats(Columns.REST.name());
        work.blocks(n, BLOCK, (from, to) -> {
            for (int axis = 0; axis < 3; axis++) {
                int[] p = position[axis];
                for (int i = from; i < to; i++) {
                    double d = shift[axis] + rest(rest, 3 * i + axis) + mesh.xyz[3 * i + axis];
                    p[i] = used[i] ? steps.rounded(i, d) : 0;
                }
            }
        });
        return welded(mesh, origin, step, position, used, kept, source, work);
    }

    private static int[] counted(int n) {
        int[] out = new int[n];
        for (int i = 0; i < n; i++) {
            out[i] = i;
        }
        return out;
    }

    private static double rest(float @Nullable [] rest, int i) {
        return rest == null ? 0 : rest[i];
    }

    private static void finite(float[] xyz, boolean[] finite, int from, int to) {
        for (int i = from; i < to; i++) {
            finite[i] = Float.isFinite(xyz[3 * i] + xyz[3 * i + 1] + xyz[3 * i + 2]);
        }
    }

    /** Moves the triangles whose corners are finite to the front; returns the length of these. */
    private static int whole(int[] triangles, int @Nullable [] source, boolean[] finite) {
        int k = 0;
        for (int t = 0; t < triangles.length; t += 3) {
            int a = triangles[t];
            int b = triangles[t + 1];
            int c = triangles[t + 2];
            if (finite[a] && finite[b] && finite[c]) {
                if (source != null) {
                    source[k / 3] = source[t / 3];
                }
                triangles[k++] = a;
                triangles[k++] = b;
                triangles[k++] = c;
            }
        }
        return k;
    }

    private static void mark(int[] triangles, boolean[] used, Work work) {
        // several threads may write the same true
        work.blocks(triangles.length, BLOCK, (from, to) -> {
            for (int i = from; i < to; i++) {
                used[triangles[i]] = true;
            }
        });
    }

    private static Box bounds(Mesh mesh, boolean[] used) {
        Box box = Box.EMPTY;
        double x0 = Double.POSITIVE_INFINITY;
        double y0 = x0;
        double z0 = x0;
        double x1 = Double.NEGATIVE_INFINITY;
        double y1 = x1;
        double z1 = x1;
        boolean any = false;
        for (int i = 0; i < used.length; i++) {
            if (used[i]) {
                any = true;
                x0 = Math.min(x0, mesh.xyz[3 * i]);
                x1 = Math.max(x1, mesh.xyz[3 * i]);
                y0 = Math.min(y0, mesh.xyz[3 * i + 1]);
                y1 = Math.max(y1, mesh.xyz[3 * i + 1]);
                z0 = Math.min(z0, mesh.xyz[3 * i + 2]);
                z1 = Math.max(z1, mesh.xyz[3 * i + 2]);
            }
        }
        if (any) {
            box = new Box(
                    mesh.originX + x0,
                    mesh.originY + y0,
                    mesh.originZ + z0,
                    mesh.originX + x1,
                    mesh.originY + y1,
                    mesh.originZ + z1);
        }
        return box;
    }

    private static double middle(double a, double b) {
        return a <= b ? Math.rint((a + b) / 2) : 0;
    }

    private static TileVertices welded(
            Mesh mesh,
            double[] origin,
            double step,
            int[][] at,
            boolean[] used,
            int[] triangles,
            int @Nullable [] source,
            Work work) {
        int[] id = TileWeld.first(at, used, work);
        int[] first = new int[id.length];
        int count = 0;
        for (int i = 0; i < id.length; i++) {
            int f = id[i];
            if (f == i) {
                first[count] = i;
                id[i] = count++;
            } else if (f >= 0) {
                id[i] = id[f];
            }
        }
        int vertices = count;
        int[][] position = new int[3][vertices];
        work.blocks(vertices, BLOCK, (from, to) -> {
            for (int axis = 0; axis < 3; axis++) {
                for (int v = from; v < to; v++) {
                    position[axis][v] = at[axis][first[v]];
                }
            }
        });
        Creases creases = Creases.of(mesh, triangles, used, id, count, work);
        work.blocks(triangles.length, BLOCK, (from, to) -> {
            for (int i = from; i < to; i++) {
                triangles[i] = id[triangles[i]];
            }
        });
        int k = 0;
        for (int t = 0; t < triangles.length; t += 3) {
            int a = triangles[t];
            int b = triangles[t + 1];
            int c = triangles[t + 2];
            if (a != b && b != c && c != a) {
                if (source != null) {
                    source[k / 3] = source[t / 3];
                }
                creases.moved(t / 3, k / 3);
                triangles[k++] = a;
                triangles[k++] = b;
                triangles[k++] = c;
            }
        }
        work.faults()
                .add("triangle without area", (triangles.length - k) / 3, "two of its corners are one place; left out");
        int[] kept = k == triangles.length ? triangles : Arrays.copyOf(triangles, k);
        Columns columns = mesh.columns
                .without(Columns.NORMAL.name())
                .without(Columns.REST.name())
                .welded(id, count);
        float[] up = normals(position, kept);
        float[] normals = mesh.normals() == null ? up : summed(mesh.normals(), used, id, up);
        int[] from = source == null || 3 * source.length == k ? source : Arrays.copyOf(source, k / 3);
        TileVertices v = new TileVertices(origin, step, position, normals, up, columns, kept, from, null);
        Sides sides = creases.sides(v, work);
        return sides == null ? v : v.with(sides);
    }

    private static float[] summed(float[] normals, boolean[] used, int[] id, float[] up) {
        float[] out = new float[up.length];
        for (int i = 0; i < used.length; i++) {
            if (used[i]) {
                for (int axis = 0; axis < 3; axis++) {
                    out[3 * id[i] + axis] += normals[3 * i + axis];
                }
            }
        }
        return unit(out, up);
    }

    /** The area-weighted means of the triangles' normals. */
    private static float[] normals(int[][] position, int[] triangles) {
        int[] x = position[0];
        int[] y = position[1];
        int[] z = position[2];
        double[] sum = new double[3 * x.length];
        for (int t = 0; t < triangles.length; t += 3) {
            int a = triangles[t];
            int b = triangles[t + 1];
            int c = triangles[t + 2];
            double ux = x[b] - x[a];
            double uy = y[b] - y[a];
            double uz = z[b] - z[a];
            double vx = x[c] - x[a];
            double vy = y[c] - y[a];
            double vz = z[c] - z[a];
            double nx = uy * vz - uz * vy;
            double ny = uz * vx - ux * vz;
            double nz = ux * vy - uy * vx;
            for (int i = 0; i < 3; i++) {
                int v = triangles[t + i];
                sum[3 * v] += nx;
                sum[3 * v + 1] += ny;
                sum[3 * v + 2] += nz;
            }
        }
        float[] out = new float[sum.length];
        for (int v = 0; v < out.length; v += 3) {
            double l = Math.sqrt(sum[v] * sum[v] + sum[v + 1] * sum[v + 1] + sum[v + 2] * sum[v + 2]);
            out[v] = l > 0 ? (float) (sum[v] / l) : 0;
            out[v + 1] = l > 0 ? (float) (sum[v + 1] / l) : 0;
            out[v + 2] = l > 0 ? (float) (sum[v + 2] / l) : 1;
        }
        return out;
    }

    private static float[] unit(float[] normals, float[] instead) {
        for (int v = 0; v < normals.length; v += 3) {
            double l = Math.sqrt(normals[v] * (double) normals[v]
                    + normals[v + 1] * (double) normals[v + 1]
                    + normals[v + 2] * (double) normals[v + 2]);
            if (l > 1e-6 && l < 1e30) {
                normals[v] /= (float) l;
                normals[v + 1] /= (float) l;
                normals[v + 2] /= (float) l;
            } else {
                System.arraycopy(instead, v, normals, v, 3);
            }
        }
        return normals;
    }

    /** Position of vertex {@code v} in metres from the origin, as float holds it: x for axis 0. */
    float at(int v, int axis) {
        int[] p = axis == 0 ? x : axis == 1 ? y : z;
        return (float) (p[v] * step);
    }

    /**
     * The same vertices numbered in the order in which {@code triangles} first uses them; {@code triangles} is renumbered in
     * place and becomes the mesh's. What lies close in the triangles' order then lies close in memory.
     *
     * @param order which triangle each of them was
     */
    TileVertices inOrderOf(int[] triangles, int[] order, Work work) {
        int n = size();
        int[] id = new int[n];
        int[] from = new int[n];
        int count = 0;
        for (int i = 0; i < triangles.length; i++) {
            int v = triangles[i];
            if (id[v] == 0) {
                from[count] = v;
                id[v] = ++count;
            }
            triangles[i] = id[v] - 1;
        }
        int[][] position = new int[3][count];
        float[] newNormals = new float[3 * count];
        float[] newUp = up == normals ? newNormals : new float[3 * count];
        work.blocks(count, BLOCK, (start, end) -> {
            for (int v = start; v < end; v++) {
                int f = from[v];
                position[0][v] = x[f];
                position[1][v] = y[f];
                position[2][v] = z[f];
            }
            triples(normals, from, newNormals, start, end);
            if (newUp != newNormals) {
                triples(up, from, newUp, start, end);
            }
        });
        int[] was = source;
        int[] newSource = was == null ? null : new int[order.length];
        for (int i = 0; was != null && newSource != null && i < order.length; i++) {
            newSource[i] = was[order[i]];
        }
        double[] origin = {originX, originY, originZ};
        Sides newSides = sides == null ? null : sides.ordered(order, work).renumbered(newNormals, from, count);
        return new TileVertices(
                origin,
                step,
                position,
                newNormals,
                newUp,
                columns.pick(from, count, work),
                triangles,
                newSource,
                newSides);
    }

    /** The unit normal of a triangle, or three zeros; returns its area, square steps. */
    double facet(int a, int b, int c, double[] n) {
        double ux = (double) x[b] - x[a];
        double uy = (double) y[b] - y[a];
        double uz = (double) z[b] - z[a];
        double vx = (double) x[c] - x[a];
        double vy = (double) y[c] - y[a];
        double vz = (double) z[c] - z[a];
        n[0] = uy * vz - uz * vy;
        n[1] = uz * vx - ux * vz;
        n[2] = ux * vy - uy * vx;
        double l = Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
        for (int k = 0; k < 3; k++) {
            n[k] = l > 0 ? n[k] / l : 0;
        }
        return l / 2;
    }

    private static void triples(float[] of, int[] from, float[] into, int start, int end) {
        for (int v = start; v < end; v++) {
            into[3 * v] = of[3 * from[v]];
            into[3 * v + 1] = of[3 * from[v] + 1];
            into[3 * v + 2] = of[3 * from[v] + 2];
        }
    }
}
