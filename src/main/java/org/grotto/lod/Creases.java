package org.grotto.lod;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.grotto.base.Work;
import org.grotto.geometry.FlatShading;
import org.grotto.geometry.Mesh;
import org.jspecify.annotations.Nullable;

/**
 * Finds the {@link Sides} of a mesh whose equal places were welded.
 *
 * <p>Where a file tells normals, they decide: those of one place that lie within 10 degrees of each other are one, others
 * stay apart. Normals that are nothing but those of the triangles themselves tell nothing (flat shading is what programs
 * write that know no better); there, and where a file tells none, an edge is hard where it bends by more than 30 degrees
 * <em>and</em> both its sides are flat: made of two triangles or more in one plane, within half a degree and the rounding of
 * the lattice, or a fiftieth of the whole surface. What is made by hand is exactly flat, what was scanned is not: a statue
 * stays smooth.
 *
 * <p>Memory: nothing for a mesh whose vertices have one normal each; else 1 byte a corner, and while it looks for creases 12
 * bytes a triangle.
 */
final class Creases {
    private static final double SAME = Math.cos(Math.toRadians(10));
    private static final int BLOCK = 1 << 14;

    private final Mesh mesh;
    private final boolean told;
    /** Places whose vertices have different normals. */
    private final BitSet apart = new BitSet();
    /** Places without any. */
    private final BitSet bare = new BitSet();

    /** Mesh vertices of {@link #apart}: their place in the upper half, they in the lower; ascending. */
    private long[] members = {};
    /** Of each corner, its vertex in the mesh. */
    private int[] vertices = {};

    private Creases(Mesh mesh, boolean told) {
        this.mesh = mesh;
        this.told = told;
    }

    /**
     * What the file says.
     *
     * @param corners of all triangles, their vertices in the mesh
     * @param id of each vertex in the mesh its place, below {@code places}; only of those that are {@code used}
     */
    static Creases of(Mesh mesh, int[] corners, boolean[] used, int[] id, int places, Work work) {
        float[] n = mesh.normals();
        Creases c = new Creases(mesh, n != null && tells(mesh, n, corners, work));
        if (n == null || !c.told) {
            return c;
        }
        int[] first = new int[places];
        int count = 0;
        for (int i = 0; i < used.length; i++) {
            if (!used[i] || FlatShading.none(n, i)) {
                continue;
            }
            int f = first[id[i]];
            if (f == 0) {
                first[id[i]] = i + 1;
            } else if (FlatShading.cosine(n, i, f - 1) < SAME) {
                c.apart.set(id[i]);
            }
        }
        for (int p = 0; p < places; p++) {
            if (first[p] == 0) {
                c.bare.set(p);
            }
        }
        for (int i = 0; i < used.length && !c.apart.isEmpty(); i++) {
            count += used[i] && c.apart.get(id[i]) ? 1 : 0;
        }
        c.members = new long[count];
        for (int i = 0, k = 0; k < count; i++) {
            if (used[i] && c.apart.get(id[i])) {
                c.members[k++] = (long) id[i] << 32 | i;
            }
        }
        Arrays.sort(c.members);
        c.vertices = count == 0 ? c.vertices : corners.clone();
        return c;
    }

    /** Whether the normals are others than those of the triangles. */
    private static boolean tells(Mesh m, float[] n, int[] corners, Work work) {
        LongAdder other = new LongAdder();
        LongAdder all = new LongAdder();
        work.blocks(corners.length / 3, BLOCK, (from, to) -> {
            long[] count = FlatShading.count(m.xyz, corners, n, null, from, to);
            other.add(count[0]);
            all.add(count[1]);
        });
        return FlatShading.tells(new long[] {other.sum(), all.sum()});
    }

    /** Triangle {@code from} becomes triangle {@code to}, as others before it went. */
    void moved(int from, int to) {
        if (vertices.length > 0) {
            System.arraycopy(vertices, 3 * from, vertices, 3 * to, 3);
        }
    }

    /** @param v the welded mesh, sides not looked at; null where every place has one normal */
    @Nullable
    Sides sides(TileVertices v, Work work) {
        if (told && apart.isEmpty() && bare.isEmpty()) {
            return null;
        }
        byte[] corner = new byte[v.triangles.length];
        Sides.Gathered all = new Sides.Gathered(v.size());
        byte[] side = apart.isEmpty() ? new byte[0] : new byte[mesh.vertexCount()];
        BitSet several = new BitSet();
        int m = 0;
        for (Folds.Found found : told && bare.isEmpty() ? List.<Folds.Found>of() : folds(v, corner, work)) {
            for (int i = 0; i < found.count; i++) {
                while (m < members.length && members[m] >>> 32 < found.vertex[i]) {
                    m = told(m, side, several, all);
                }
                all.add(found.vertex[i], found.normals, found.start[i], found.start[i + 1] - found.start[i]);
            }
        }
        while (m < members.length) {
            m = told(m, side, several, all);
        }
        Sides out = all.sides(v.normals, corner);
        if (out != null && !several.isEmpty()) {
            told(v, side, several, corner, out, work);
        }
        return out;
    }

    private List<Folds.Found> folds(TileVertices v, byte[] corner, Work work) {
        return new Folds(v, told ? bare : null, corner, work).all(work);
    }

    /** Tells the normals of one place apart, whose vertices begin at {@code m}; returns where the next place's do. */
    private int told(int m, byte[] side, BitSet several, Sides.Gathered all) {
        float[] n = Objects.requireNonNull(mesh.normals());
        int place = (int) (members[m] >>> 32);
        int end = m;
        double[] sum = new double[12];
        int sides = 0;
        for (; end < members.length && members[end] >>> 32 == place; end++) {
            int i = (int) members[end];
            if (FlatShading.none(n, i)) {
                continue;
            }
            int best = -1;
            double most = -2;
            for (int s = 0; s < sides; s++) {
                double d = cosine(n, i, sum, s);
                if (d > most) {
                    most = d;
                    best = s;
                }
            }
            if (best < 0 || most < SAME && sides < Sides.MOST) {
                best = sides++;
                sum = 3 * sides > sum.length ? Arrays.copyOf(sum, 2 * sum.length) : sum;
            }
            double l = FlatShading.length(n, i);
            for (int a = 0; a < 3; a++) {
                sum[3 * best + a] += n[3 * i + a] / l;
            }
            side[i] = (byte) best;
        }
        if (sides > 1) {
            several.set(place);
            all.add(place, Folds.unit(sum, sides), 0, sides);
        }
        return end;
    }

    private static double cosine(float[] n, int i, double[] sum, int s) {
        double x = sum[3 * s];
        double y = sum[3 * s + 1];
        double z = sum[3 * s + 2];
        double l = Math.sqrt(x * x + y * y + z * z) * FlatShading.length(n, i);
        return (x * n[3 * i] + y * n[3 * i + 1] + z * n[3 * i + 2]) / l;
    }

    /** Gives the corners at places that the file's normals tell apart their sides. */
    private void told(TileVertices v, byte[] side, BitSet several, byte[] corner, Sides out, Work work) {
        float[] n = Objects.requireNonNull(mesh.normals());
        work.blocks(corner.length / 3, BLOCK, (from, to) -> {
            double[] f = new double[3];
            for (int c = 3 * from; c < 3 * to; c++) {
                if (several.get(v.triangles[c])) {
                    int t = c - c % 3;
                    if (FlatShading.none(n, vertices[c])) {
                        v.facet(v.triangles[t], v.triangles[t + 1], v.triangles[t + 2], f);
                        corner[c] = out.nearest(v.triangles[c], f);
                    } else {
                        corner[c] = side[vertices[c]];
                    }
                }
            }
        });
    }
}
