package org.grotto.surface;

import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.Mesh;
import org.jspecify.annotations.Nullable;

/**
 * What the scan says about each vertex of a reconstructed surface. A vertex's values depend on the points near it and on
 * the rays that pass it, on nothing else.
 *
 * @param distance to the nearest point whose normal agrees, in local spacings, at most {@link #FAR}: along the points'
 *     planes, and four times what the vertex lies off these beyond their scatter. A reconstruction that spans an edge or
 *     a crack leaves the planes of its points soon, and is wrong there even where they are near
 * @param spacing of the points nearest to the vertex, metres
 * @param crossed whether a station measured something behind the vertex all around its direction: it lies in free space
 */
record Evidence(float[] distance, float[] spacing, boolean[] crossed) {
    /** Stands for no point at all. */
    static final float FAR = 100;
    /** Up to this many spacings a vertex lies among its points. */
    static final double AMONG = 1.25;

    private static final int NEAREST = 8;
    /** What lies off the points' planes is as bad as this many times as far along them. */
    private static final double OFF = 4;

    /** Shortest unit of distance, in typical spacings. */
    private static final double FLOOR = 0.75;

    private static final double CLOSE = 0.75;
    private static final double FLAT = 0.15;
    private static final double AGREE = 0.2;

    /**
     * Measures.
     *
     * @param normals of the mesh's vertices
     * @param pointSpacing of each point, metres
     * @param eyes where each station stood, null where unknown
     * @param limit beyond how many spacings nobody asks
     * @param typical spacing of the scan, metres. Distances count in local spacings, but in no less than most of this: at
     *     the border of a close-range scan the next coarse points are still near
     * @param cap points whose spacing is wider than this many metres prove nothing
     */
    static Evidence of(
            Mesh mesh,
            float[] normals,
            Cloud cloud,
            KdTree tree,
            float[] pointSpacing,
            List<double @Nullable []> eyes,
            double limit,
            float typical,
            float cap,
            Work work) {
        double floor = FLOOR * typical;
        int n = mesh.vertexCount();
        float[] distance = new float[n];
        float[] spacing = new float[n];
        boolean[] crossed = new boolean[n];
        EvidenceRangeMap[] maps = maps(cloud, eyes, work);
        work.blocks(n, 1 << 13, (from, to) -> {
            KdTree.Query q = tree.query();
            double[] uv = new double[2];
            for (int v = from; v < to; v++) {
                double x = mesh.originX + mesh.xyz[3 * v];
                double y = mesh.originY + mesh.xyz[3 * v + 1];
                double z = mesh.originZ + mesh.xyz[3 * v + 2];
                near(v, x, y, z, q, normals, cloud, pointSpacing, limit, floor, cap, distance, spacing);
                if (distance[v] > AMONG) {
                    for (EvidenceRangeMap m : maps) {
                        crossed[v] |= m.crossed(x, y, z, 2 * spacing[v], uv);
                    }
                }
            }
        });
        return new Evidence(distance, spacing, crossed);
    }

    /**
     * The median spacing over the surface, metres: each point counts by the area it stands for, so that a close-range scan
     * of one face does not make the rest of the cave look sparse.
     */
    static double typicalSpacing(float[] pointSpacing) {
        if (pointSpacing.length == 0) {
            return 0;
        }
        float[] sorted = pointSpacing.clone();
        java.util.Arrays.sort(sorted);
        double all = 0;
        for (float s : sorted) {
            all += (double) s * s;
        }
        double half = 0;
        int i = 0;
        while (i < sorted.length - 1 && half + (double) sorted[i] * sorted[i] < all / 2) {
            half += (double) sorted[i] * sorted[i];
            i++;
        }
        return sorted[i];
    }

    private static void near(
            int v,
            double x,
            double y,
            double z,
            KdTree.Query q,
            float[] normals,
            Cloud cloud,
            float[] pointSpacing,
            double limit,
            double floor,
            float cap,
            float[] distance,
            float[] spacing) {
        distance[v] = FAR;
        if (q.nearest(x, y, z, 1) == 0) {
            return;
        }
        int i = q.index[0];
        double s = Math.min(pointSpacing[i], cap);
        double unit = Math.max(s, floor);
        spacing[v] = (float) unit;
        double d2 = q.distance[0];
        if (pointSpacing[i] <= cap && agrees(normals, v, cloud, i)) {
            double o = offset(cloud, i, x, y, z);
            if (d2 <= CLOSE * CLOSE * s * s && Math.abs(o) <= FLAT * s) {
                distance[v] = (float) (Math.sqrt(d2) / unit); // most vertices: among the points and on them
                return;
            }
        }
        if (d2 > limit * limit * unit * unit) {
            return;
        }
        int found = q.nearest(x, y, z, NEAREST);
        int n = 0;
        double sum = 0;
        double squares = 0;
        double along = 0;
        for (int j = 0; j < found; j++) {
            i = q.index[j];
            if (pointSpacing[i] <= cap && agrees(normals, v, cloud, i)) {
                double o = offset(cloud, i, x, y, z);
                if (n == 0) {
                    unit = Math.max(pointSpacing[i], floor);
                    along = Math.max(0, q.distance[j] - o * o);
                }
                n++;
                sum += o;
                squares += o * o;
            }
        }
        if (n > 0) {
            // off the points' planes by more than these scatter
            double mean = sum / n;
            double scatter = Math.sqrt(Math.max(0, squares / n - mean * mean));
            double off = OFF * Math.max(0, Math.abs(mean) - scatter);
            distance[v] = (float) Math.min(FAR, Math.sqrt(along + off * off) / unit);
            spacing[v] = (float) unit;
        }
    }

    /** How far a place lies off the plane of point i, towards the open side. */
    private static double offset(Cloud cloud, int i, double x, double y, double z) {
        float[] n = cloud.normals();
        return n == null
                ? 0
                : n[3 * i] * (x - cloud.px(i)) + n[3 * i + 1] * (y - cloud.py(i)) + n[3 * i + 2] * (z - cloud.pz(i));
    }

    /** Whether point i belongs to the same side of the surface as vertex v. */
    private static boolean agrees(float[] normals, int v, Cloud cloud, int i) {
        float[] n = cloud.normals();
        return n == null
                || normals[3 * v] * n[3 * i] + normals[3 * v + 1] * n[3 * i + 1] + normals[3 * v + 2] * n[3 * i + 2]
                        > AGREE;
    }

    private static EvidenceRangeMap[] maps(Cloud cloud, List<double @Nullable []> eyes, Work work) {
        char[] station = cloud.station();
        if (station == null) {
            return new EvidenceRangeMap[0];
        }
        int count = eyes.size();
        int[] n = new int[count];
        for (char s : station) {
            if (s < count) {
                n[s]++;
            }
        }
        EvidenceRangeMap[] all = new EvidenceRangeMap[count];
        work.each(count, s -> {
            double[] eye = eyes.get(s);
            if (eye != null && n[s] > 0) {
                int[] members = new int[n[s]];
                int m = 0;
                for (int i = 0; i < station.length; i++) {
                    if (station[i] == s) {
                        members[m++] = i;
                    }
                }
                all[s] = new EvidenceRangeMap(cloud, members, eye);
            }
        });
        return java.util.Arrays.stream(all).filter(java.util.Objects::nonNull).toArray(EvidenceRangeMap[]::new);
    }

    /** Spacing of each point to its 12 nearest, metres; for clouds that come without. At least the lattice's step. */
    static float[] pointSpacing(Cloud cloud, KdTree tree, Work work) {
        float[] s = new float[cloud.size];
        work.blocks(cloud.size, 1 << 13, (from, to) -> {
            KdTree.Query q = tree.query();
            for (int i = from; i < to; i++) {
                int found = q.nearestAt(cloud.x[i], cloud.y[i], cloud.z[i], 13, Double.POSITIVE_INFINITY);
                double d = Math.sqrt(q.distance[found - 1]);
                s[i] = (float) Math.max(cloud.lattice.step(), d * Math.sqrt(Math.PI / Math.max(1, found - 1)));
            }
        });
        return s;
    }

    /** The byte of {@link Mesh#evidence}: measured among the points, less from there to where surface is cut away. */
    byte value(int v, double limit) {
        if (crossed[v]) {
            return Mesh.INFERRED;
        }
        double d = distance[v];
        if (d <= AMONG) {
            return Mesh.MEASURED;
        }
        double f = (limit - d) / Math.max(1e-9, limit - AMONG);
        return (byte) (int) Math.max(0, Math.min(255, Math.rint(255 * f)));
    }
}
