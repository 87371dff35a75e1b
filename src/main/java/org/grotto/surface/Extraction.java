package org.grotto.surface;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.base.Work;

/**
 * The triangles of the surface: in every leaf cell the crossings are joined face by face into loops, and loops are cut
 * into triangles. A face that is divided on either side is walked in its finest parts, so both sides see the same lines;
 * faces with four crossings are decided by the bilinear function on them (Nielson and Hamann 1991), the same from both
 * sides. Hence every line lies between exactly two triangles, and the mesh is closed.
 */
final class Extraction {
    private final Level[] levels;
    private final float iso;
    private final Crossings crossings;
    private final float[] xyz;

    private Extraction(Level[] levels, float iso, Crossings crossings, float[] xyz) {
        this.levels = levels;
        this.iso = iso;
        this.crossings = crossings;
        this.xyz = xyz;
    }

    /**
     * Triangles in fixed order, and the middles of the few loops that need one.
     *
     * @param triangles vertex numbers; those from the count of crossings on are the middles, in order
     * @param middles positions, in the units and frame of {@code xyz}
     * @param corners for each middle, one vertex of its loop
     */
    record Result(int[] triangles, float[] middles, int[] corners) {}

    /** The triangles of each task, in fixed order. */
    static List<Polygons> run(Level[] levels, float iso, Crossings crossings, float[] xyz, Work work) {
        Extraction e = new Extraction(levels, iso, crossings, xyz);
        List<Polygons> parts = new ArrayList<>();
        for (int i = 0; i < levels.length; i++) {
            int level = i;
            int n = levels[i].n;
            int tasks = (n + Level.TASK - 1) / Level.TASK;
            parts.addAll(work.map(tasks, t -> {
                Polygons out = new Polygons(xyz);
                Loops loops = new Loops();
                Around around = new Around(levels);
                int end = (int) Math.min(n, (t + 1L) * Level.TASK);
                for (int b = t * Level.TASK; b < end; b++) {
                    e.block(level, b, around, loops, out);
                }
                out.trim();
                return out;
            }));
        }
        return parts;
    }

    /** All parts together; {@code first} is the number of the first middle. */
    static Result join(List<Polygons> parts, int first) {
        long n = 0;
        int m = 0;
        for (Polygons p : parts) {
            n += p.triangleInts();
            m += p.middleCount();
        }
        int[] triangles = new int[Math.toIntExact(n)];
        float[] middles = new float[3 * m];
        int[] corners = new int[m];
        int at = 0;
        int middle = 0;
        for (Polygons p : parts) {
            p.copyTo(triangles, at, middles, corners, middle, first);
            at += p.triangleInts();
            middle += p.middleCount();
        }
        return new Result(triangles, middles, corners);
    }

    private void block(int level, int b, Around around, Loops loops, Polygons out) {
        Level l = levels[level];
        if (!l.real[b] || (l.refined[b] & 255) == 255) {
            return;
        }
        int[] neighbour = around.of(level, b);
        int inside = 0;
        for (int i = 0; i < 27; i++) {
            int nb = neighbour[Transfer.UPPER[i]];
            inside |= l.u[8 * nb + Transfer.UPPER_SLOT[i]] >= iso ? 1 << i : 0;
        }
        if (inside == 0 || inside == (1 << 27) - 1) {
            return;
        }
        for (int c = 0; c < 8; c++) {
            if ((l.refined[b] >> c & 1) != 0) {
                continue;
            }
            int at = inside >> (c & 1) + 3 * (c >> 1 & 1) + 9 * (c >> 2);
            int eight = at & CELL;
            if (eight == 0 || eight == CELL) {
                continue;
            }
            loops.clear();
            for (int axis = 0; axis < 3; axis++) {
                int bit = 1 << axis;
                loops.face(2 * axis);
                face(level, neighbour, 13, c, axis, false, loops);
                loops.face(2 * axis + 1);
                face(level, neighbour, (c & bit) == 0 ? 13 : 13 + STEP[axis], c ^ bit, axis, true, loops);
            }
            loops.close(out);
        }
    }

    private static final int[] STEP = {1, 3, 9};
    private static final int CELL = 1 | 1 << 1 | 1 << 3 | 1 << 4 | 1 << 9 | 1 << 10 | 1 << 12 | 1 << 13;

    /**
     * The lines on the face normal to an axis whose lowest corner is {@code slot} of the block that stands at {@code at} in
     * {@code neighbour}; {@code upper}: seen from above.
     */
    private void face(int level, int[] neighbour, int at, int slot, int axis, boolean upper, Loops loops) {
        int p = (axis + 1) % 3;
        int q = (axis + 2) % 3;
        int stepP = STEP[p] * (slot >> p & 1);
        int stepQ = STEP[q] * (slot >> q & 1);
        int below = (slot >> axis & 1) != 0 ? neighbour[at] : neighbour[at - STEP[axis]];
        face(
                level,
                neighbour[at],
                below,
                neighbour[at + stepP],
                neighbour[at + stepQ],
                neighbour[at + stepP + stepQ],
                slot,
                axis,
                upper,
                loops);
    }

    /**
     * The same by the blocks that hold the cell below the face (-1 for none) and the face's corners: lowest, one further
     * along the axis after the normal's, along the one after that, along both.
     */
    private void face(
            int level, int b, int below, int bp, int bq, int bpq, int slot, int axis, boolean upper, Loops loops) {
        Level l = levels[level];
        int down = 1 << axis;
        boolean divided = (l.refined[b] >> slot & 1) != 0 || below >= 0 && (l.refined[below] >> (slot ^ down) & 1) != 0;
        int p = (axis + 1) % 3;
        int q = (axis + 2) % 3;
        int sp = slot ^ 1 << p;
        int sq = slot ^ 1 << q;
        int spq = sp ^ 1 << q;
        if (divided) {
            int c = l.child(b, slot);
            int cBelow = below < 0 ? -1 : l.child(below, slot ^ down);
            int cp = l.child(bp, sp);
            int cq = l.child(bq, sq);
            int cpq = l.child(bpq, spq);
            face(level + 1, c, cBelow, c, c, c, 0, axis, upper, loops);
            face(level + 1, c, cBelow, cp, c, cp, 1 << p, axis, upper, loops);
            face(level + 1, c, cBelow, c, cq, cq, 1 << q, axis, upper, loops);
            face(level + 1, c, cBelow, cp, cq, cpq, 1 << p | 1 << q, axis, upper, loops);
            return;
        }
        float f00 = l.u[8 * b + slot] - iso;
        float f10 = l.u[8 * bp + sp] - iso;
        float f01 = l.u[8 * bq + sq] - iso;
        float f11 = l.u[8 * bpq + spq] - iso;
        boolean c0 = l.u[8 * b + slot] >= iso;
        boolean c1 = l.u[8 * bp + sp] >= iso;
        boolean c2 = l.u[8 * bpq + spq] >= iso;
        boolean c3 = l.u[8 * bq + sq] >= iso;
        if (c0 == c1 && c1 == c2 && c2 == c3) {
            return;
        }
        // seen from above, corners 00 10 11 01 turn counter-clockwise; a line leaves where + turns to -
        int e0 = c0 != c1 ? crossings.resolve(level, b, slot, p) : -1;
        int e1 = c1 != c2 ? crossings.resolve(level, bp, sp, q) : -1;
        int e2 = c2 != c3 ? crossings.resolve(level, bq, sq, p) : -1;
        int e3 = c3 != c0 ? crossings.resolve(level, b, slot, q) : -1;
        if (e0 >= 0 && e1 >= 0 && e2 >= 0 && e3 >= 0) {
            float saddle = f00 * f11 - f10 * f01;
            boolean joined = c0 ? saddle > 0 : saddle < 0;
            if (c0) {
                loops.add(e0, joined ? e1 : e3, upper);
                loops.add(e2, joined ? e3 : e1, upper);
            } else {
                loops.add(e1, joined ? e2 : e0, upper);
                loops.add(e3, joined ? e0 : e2, upper);
            }
            return;
        }
        int from = c0 && !c1 ? e0 : c1 && !c2 ? e1 : c2 && !c3 ? e2 : e3;
        int to = !c0 && c1 ? e0 : !c1 && c2 ? e1 : !c2 && c3 ? e2 : e3;
        loops.add(from, to, upper);
    }

    /** The lines on one cell's faces, and the loops they make. */
    static final class Loops {
        private int[] from = new int[16];
        private int[] to = new int[16];
        private byte[] faceOf = new byte[16];
        private int n;
        private int face;
        private int[] loop = new int[16];
        private int[] faces = new int[16];

        void clear() {
            n = 0;
        }

        void face(int number) {
            face = 1 << number;
        }

        void add(int a, int b, boolean forward) {
            if (n == from.length) {
                from = Arrays.copyOf(from, 2 * n);
                to = Arrays.copyOf(to, 2 * n);
                faceOf = Arrays.copyOf(faceOf, 2 * n);
                loop = new int[2 * n];
                faces = new int[2 * n];
            }
            from[n] = forward ? a : b;
            to[n] = forward ? b : a;
            faceOf[n++] = (byte) face;
        }

        /** Follows the lines; each vertex begins one and ends one. */
        void close(Polygons out) {
            int left = n;
            while (left > 0) {
                int k = 0;
                int at = left - 1;
                int first = from[at];
                int before = 0;
                while (true) {
                    loop[k] = from[at];
                    faces[k++] = faceOf[at] | before;
                    before = faceOf[at];
                    int next = to[at];
                    left--;
                    from[at] = from[left];
                    to[at] = to[left];
                    faceOf[at] = faceOf[left];
                    if (next == first) {
                        break;
                    }
                    at = 0;
                    while (at < left && from[at] != next) {
                        at++;
                    }
                    if (at == left) {
                        throw new IllegalStateException("an open loop in a cell");
                    }
                }
                faces[0] |= before;
                out.add(loop, faces, k);
            }
        }
    }
}
