package org.grotto.surface;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.Mesh;
import org.grotto.sight.RangeMap;
import org.grotto.store.Engine;
import org.grotto.store.MeshCraft;
import org.grotto.store.MeshRegion;
import org.grotto.store.MeshStore;
import org.grotto.store.Nearby;
import org.jspecify.annotations.Nullable;

/**
 * What the scan says about each vertex of a reconstructed surface. A vertex's values depend on the points near it and on
 * the rays that pass it, on nothing else.
 */
final class Evidence {
    /**
     * Distance to the nearest point whose normal agrees, in local spacings, at most {@link #FAR}: along the points'
     * planes, and four times what the vertex lies off these beyond their scatter. A reconstruction that spans an edge or a
     * crack leaves the planes of its points soon, and is wrong there even where they are near.
     */
    static final ColumnType DISTANCE =
            ColumnType.number("evidence-distance", ColumnType.Kind.FLOAT32, "spacings", "trim");
    /** Spacing of the points nearest to the vertex, metres. */
    static final ColumnType SPACING = ColumnType.number("evidence-spacing", ColumnType.Kind.FLOAT32, "m", "trim");
    /** 1 where a station measured something behind the vertex all around its direction: it lies in free space; else 0. */
    static final ColumnType CROSSED = ColumnType.choice("crossed", ColumnType.Kind.UINT8, "trim");

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
    private static final int BLOCK = 1 << 13;

    private final List<RangeMap> maps;
    private final double limit;
    private final double floor;
    private final float cap;

    private Evidence(List<RangeMap> maps, double limit, double floor, float cap) {
        this.maps = maps;
        this.limit = limit;
        this.floor = floor;
        this.cap = cap;
    }

    /**
     * The mesh with {@link #DISTANCE}, {@link #SPACING}, {@link #CROSSED} and {@link Columns#EVIDENCE}.
     *
     * @param mesh with normals, around points with their spacing
     * @param maps of the points
     * @param options beyond how many spacings nobody asks; points whose spacing is wider than so many typical ones prove
     *     nothing. Distances count in local spacings, but in no less than most of a typical one: at the border of a
     *     close-range scan the next coarse points are still near
     */
    static MeshStore add(MeshStore mesh, List<RangeMap> maps, TrimOptions options, Engine engine) {
        float typical = (float) TypicalSpacing.of(mesh.points(), engine);
        Evidence e = new Evidence(maps, options.distance(), FLOOR * typical, (float) (options.sparse() * typical));
        return Nearby.add(
                mesh,
                List.of(DISTANCE, SPACING, CROSSED, Columns.EVIDENCE),
                MeshCraft.onPoints(
                        Set.of(Columns.NORMAL.name()),
                        Set.of(Columns.NORMAL.name(), Columns.SPACING.name()),
                        TypicalSpacing.halo(typical, mesh.points()),
                        e::run),
                engine);
    }

    private Columns run(MeshRegion region, Work work) {
        int n = region.core();
        float[] distance = new float[n];
        float[] spacing = new float[n];
        byte[] crossed = new byte[n];
        byte[] value = new byte[n];
        byte[] open = new byte[n];
        KdTree tree = KdTree.of(region.cloud());
        work.blocks(n, BLOCK, (from, to) -> {
            Asked asked = new Asked(region, tree.query());
            double[] uv = new double[2];
            for (int v = from; v < to; v++) {
                open[v] = (byte) (asked.near(v) ? 0 : 1);
                if (open[v] == 0) {
                    distance[v] = asked.distance;
                    spacing[v] = asked.spacing;
                    crossed[v] = (byte) (crossed(region, v, distance[v], spacing[v], uv) ? 1 : 0);
                    value[v] = value(crossed[v] != 0, distance[v]);
                }
            }
        });
        return Columns.NONE
                .with(DISTANCE, distance)
                .with(SPACING, spacing)
                .with(CROSSED, crossed)
                .with(Columns.EVIDENCE, value)
                .with(MeshCraft.OPEN, open);
    }

    private boolean crossed(MeshRegion r, int v, float distance, float spacing, double[] uv) {
        boolean crossed = false;
        if (distance > AMONG) {
            for (RangeMap m : maps) {
                crossed |= m.crossed(r.x(v), r.y(v), r.z(v), 2 * spacing, uv);
            }
        }
        return crossed;
    }

    /** The byte of {@link Mesh#evidence}: measured among the points, less from there to where surface is cut away. */
    private byte value(boolean crossed, float distance) {
        if (crossed) {
            return Mesh.INFERRED;
        }
        if (distance <= AMONG) {
            return Mesh.MEASURED;
        }
        double f = (limit - distance) / Math.max(1e-9, limit - AMONG);
        return (byte) (int) Math.max(0, Math.min(255, Math.rint(255 * f)));
    }

    /** One thread's questions to one region's points. */
    private final class Asked {
        private final MeshRegion region;
        private final Cloud cloud;
        private final KdTree.Query q;
        private final float[] normals;
        private final float @Nullable [] pointNormals;
        private final float[] pointSpacing;
        private final float step;
        private float distance;
        private float spacing;

        Asked(MeshRegion region, KdTree.Query q) {
            this.region = region;
            this.cloud = region.cloud();
            this.q = q;
            this.normals = Objects.requireNonNull(region.mesh().normals());
            this.pointNormals = cloud.normals();
            this.pointSpacing = Objects.requireNonNull(cloud.columns.floats(Columns.SPACING.name()));
            this.step = (float) cloud.lattice.step();
        }

        private float spacingOf(int i) {
            return Math.max(pointSpacing[i], step);
        }

        /** Sets distance and spacing of vertex v; false where points further off may have a say. */
        boolean near(int v) {
            double x = region.x(v);
            double y = region.y(v);
            double z = region.z(v);
            double reach = region.reach(v);
            distance = FAR;
            spacing = 0;
            if (q.nearest(x, y, z, 1) == 0) {
                return region.all();
            }
            double d2 = q.distance[0];
            if (d2 > reach * reach) {
                return false;
            }
            int i = q.index[0];
            double s = Math.min(spacingOf(i), cap);
            double unit = Math.max(s, floor);
            spacing = (float) unit;
            if (spacingOf(i) <= cap && agrees(v, i)) {
                double o = offset(i, x, y, z);
                if (d2 <= CLOSE * CLOSE * s * s && Math.abs(o) <= FLAT * s) {
                    distance = (float) (Math.sqrt(d2) / unit); // most vertices: among the points and on them
                    return true;
                }
            }
            if (d2 > limit * limit * unit * unit) {
                return true;
            }
            int found = q.nearest(x, y, z, NEAREST);
            if (!region.all() && (found < NEAREST || q.distance[found - 1] > reach * reach)) {
                return false;
            }
            average(v, found, x, y, z);
            return true;
        }

        /** From the nearest points together: how far along their planes, and how far off these. */
        private void average(int v, int found, double x, double y, double z) {
            int n = 0;
            double unit = 0;
            double sum = 0;
            double squares = 0;
            double along = 0;
            for (int j = 0; j < found; j++) {
                int i = q.index[j];
                if (spacingOf(i) <= cap && agrees(v, i)) {
                    double o = offset(i, x, y, z);
                    if (n == 0) {
                        unit = Math.max(spacingOf(i), floor);
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
                distance = (float) Math.min(FAR, Math.sqrt(along + off * off) / unit);
                spacing = (float) unit;
            }
        }

        /** How far a place lies off the plane of point i, towards the open side. */
        private double offset(int i, double x, double y, double z) {
            float[] n = pointNormals;
            return n == null
                    ? 0
                    : n[3 * i] * (x - cloud.px(i))
                            + n[3 * i + 1] * (y - cloud.py(i))
                            + n[3 * i + 2] * (z - cloud.pz(i));
        }

        /** Whether point i belongs to the same side of the surface as vertex v. */
        private boolean agrees(int v, int i) {
            float[] n = pointNormals;
            return n == null
                    || normals[3 * v] * n[3 * i] + normals[3 * v + 1] * n[3 * i + 1] + normals[3 * v + 2] * n[3 * i + 2]
                            > AGREE;
        }
    }
}
