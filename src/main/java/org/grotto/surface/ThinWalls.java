package org.grotto.surface;

import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.TriangleTree;

/**
 * Walls so thin that points of their other side lie among those of this one, as {@link Density} met them: what of them the
 * surface kept. Positions are metres in the cave's frame; at most {@link #MOST} places stand for all.
 */
public final class ThinWalls {
    /** None were met. */
    public static final ThinWalls NONE = new ThinWalls(0, 0);

    private static final int MOST = 60_000;
    /** Fewer are edges and bad normals. */
    private static final int FEWEST = 50;
    /** A place is over a hole where the nearest surface begins beside it by so much of the distance between points. */
    private static final double BESIDE = 0.15;
    /** Farther than so many distances between points there is no surface at all. */
    private static final double FAR = 3;
    /** Faces the same way, as cosine: a bent edge may turn by more than a right angle. */
    private static final double SAME = -0.2;

    /**
     * What became of thin walls.
     *
     * @param area scanned surface of thin walls, both sides counted, m2
     * @param lost of that, what has no surface of its own side, m2
     */
    public record Kept(double area, double lost) {
        public static final Kept NONE = new Kept(0, 0);
    }

    /** How much surface there is in all, m2. */
    private final double area;

    private final double[] place;
    private final float[] normal;
    /** Side of the square that each place's point stands for, metres. */
    private final float[] apart;

    private ThinWalls(double area, int n) {
        this.area = area;
        this.place = new double[3 * n];
        this.normal = new float[3 * n];
        this.apart = new float[n];
    }

    static ThinWalls of(Samples s) {
        int n = 0;
        double sum = 0;
        double side = s.cube.side();
        for (int i = 0; i < s.n; i++) {
            if (s.behind[i] > 0) {
                n++;
                sum += own(s, i) * side * side;
            }
        }
        if (n < FEWEST) {
            return NONE;
        }
        int count = Math.min(n, MOST);
        ThinWalls w = new ThinWalls(sum, count);
        double unit = side / (1L << RootCube.BITS);
        long seen = 0;
        int k = 0;
        for (int i = 0; i < s.n && k < count; i++) {
            if (s.behind[i] > 0 && seen++ * count / n >= k) {
                w.place[3 * k] = s.cube.x0() + unit * s.x[i];
                w.place[3 * k + 1] = s.cube.y0() + unit * s.y[i];
                w.place[3 * k + 2] = s.cube.z0() + unit * s.z[i];
                System.arraycopy(s.normal, 3 * i, w.normal, 3 * k, 3);
                w.apart[k++] = (float) (side * Math.sqrt(own(s, i)));
            }
        }
        return w;
    }

    /** The surface of its own side that a sample stands for: its area was told from both sides together. */
    private static double own(Samples s, int i) {
        return s.area[i] / (1 - Math.min(0.9, s.behind[i] / 100.0));
    }

    /** What a mesh has of them. Cost: one tree over the mesh, where there are any. */
    public Kept in(Mesh mesh, Work work) {
        int n = apart.length;
        if (n == 0) {
            return Kept.NONE;
        }
        if (mesh.triangleCount() == 0) {
            return new Kept(area, area);
        }
        TriangleTree tree = new TriangleTree(mesh, work);
        int[] missing = new int[(n + 1023) / 1024];
        work.blocks(n, 1024, (from, to) -> {
            double[] d = new double[1];
            for (int k = from; k < to; k++) {
                int t = tree.nearest(place[3 * k], place[3 * k + 1], place[3 * k + 2], FAR * apart[k], d);
                missing[from / 1024] += t < 0 || !bears(mesh, t, k, d[0]) ? 1 : 0;
            }
        });
        long lost = 0;
        for (int m : missing) {
            lost += m;
        }
        return new Kept(area, area * lost / n);
    }

    /** Whether the nearest triangle, at a distance, is surface of the place's own side, and the place is over it. */
    private boolean bears(Mesh m, int t, int k, double distance) {
        int a = 3 * m.triangles[3 * t];
        int b = 3 * m.triangles[3 * t + 1];
        int c = 3 * m.triangles[3 * t + 2];
        float[] v = m.xyz;
        double ux = (double) v[b] - v[a];
        double uy = (double) v[b + 1] - v[a + 1];
        double uz = (double) v[b + 2] - v[a + 2];
        double wx = (double) v[c] - v[a];
        double wy = (double) v[c + 1] - v[a + 1];
        double wz = (double) v[c + 2] - v[a + 2];
        double nx = uy * wz - uz * wy;
        double ny = uz * wx - ux * wz;
        double nz = ux * wy - uy * wx;
        double l = Math.sqrt(nx * nx + ny * ny + nz * nz);
        if (!(l > 0)) {
            return true;
        }
        if (nx * normal[3 * k] + ny * normal[3 * k + 1] + nz * normal[3 * k + 2] < SAME * l) {
            return false;
        }
        double off = ((place[3 * k] - m.originX - v[a]) * nx
                        + (place[3 * k + 1] - m.originY - v[a + 1]) * ny
                        + (place[3 * k + 2] - m.originZ - v[a + 2]) * nz)
                / l;
        return Math.sqrt(Math.max(0, distance * distance - off * off)) <= BESIDE * apart[k];
    }
}
