package org.grotto.surface;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.ColumnType.Kind;
import org.grotto.geometry.Columns;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.Mesh;
import org.grotto.store.MeshRegion;
import org.grotto.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * What the scans say at each vertex, from the {@value #NEAREST} points next to it: which station saw it, how far apart
 * points lie there, how bright the laser's return was, and how far the surface lies from these points. Vertices that no
 * point bears out (evidence {@link Mesh#INFERRED}) have none of these.
 */
public final class VertexSamples {
    /** Entries of lengths are whole numbers of this, metres: far below any scanner's noise. */
    public static final double FINE = 1e-5;

    static final int NEAREST = 4;

    /** Index of the station that saw the nearest point. */
    public static final ColumnType STATION =
            ColumnType.choice("station", Kind.UINT16, "vertex samples").withNone(Cloud.NO_STATION);
    /** Spacing of the nearest point, in units of {@link #FINE}. */
    public static final ColumnType SPACING = length("spacing");
    /** Mean distance of the nearest points' planes from the vertex, along their normals, in units of {@link #FINE}. */
    public static final ColumnType DISTANCE = length("distance");
    /** Mean intensity of the nearest points, 0 to 254 for 0 to 1. */
    public static final ColumnType INTENSITY = new ColumnType(
            "intensity",
            Kind.UINT8,
            1,
            "1/254",
            0,
            254,
            1,
            255,
            ColumnType.Between.LINEAR,
            ColumnType.Weld.FIRST,
            "vertex samples");

    private VertexSamples() {}

    private static ColumnType length(String name) {
        return new ColumnType(
                name,
                Kind.UINT16,
                1,
                "10 um",
                0,
                65534,
                1,
                65535,
                ColumnType.Between.LINEAR,
                ColumnType.Weld.FIRST,
                "vertex samples");
    }

    /** The columns that the points have something for. */
    static List<ColumnType> gives(Store points) {
        Set<String> told = new HashSet<>();
        points.columns().forEach(c -> told.add(c.name()));
        List<ColumnType> gives = new ArrayList<>();
        if (told.contains(Columns.STATION.name())) {
            gives.add(STATION);
        }
        if (told.contains(Columns.INTENSITY.name())) {
            gives.add(INTENSITY);
        }
        if (told.contains(Columns.SPACING.name())) {
            gives.add(SPACING);
        }
        if (told.contains(Columns.NORMAL.name())) {
            gives.add(DISTANCE);
        }
        return gives;
    }

    /** The four columns of a region's core, as they are found vertex by vertex, from any thread. */
    static final class Rows {
        private final Cloud cloud;
        private final float @Nullable [] given;
        private final byte @Nullable [] evidence;
        private final MeshRegion region;
        private final char[] station;
        private final char[] spacing;
        private final char[] distance;
        private final byte[] intensity;

        Rows(MeshRegion region) {
            this.region = region;
            this.cloud = region.cloud();
            this.given = cloud.columns.floats(Columns.SPACING.name());
            this.evidence = region.mesh().evidence();
            int n = region.core();
            this.station = new char[n];
            this.spacing = new char[n];
            this.distance = new char[n];
            this.intensity = new byte[n];
        }

        /** Whether no point bears vertex v out. */
        boolean inferred(int v) {
            return evidence != null && evidence[v] == Mesh.INFERRED;
        }

        /** Takes for vertex v what the nearest of the {@code found} points say that stand in {@code q}. */
        void put(int v, KdTree.Query q, int found) {
            int n = inferred(v) ? 0 : Math.min(NEAREST, found);
            int i = n == 0 ? -1 : q.index[0];
            float[] s = given;
            station[v] = i < 0 || cloud.station() == null ? Cloud.NO_STATION : cloud.station()[i];
            spacing[v] = i < 0 || s == null ? 65535 : fine(s[i]);
            distance[v] = i < 0 || cloud.normals() == null
                    ? 65535
                    : fine(Math.abs(offset(cloud, q, n, region.x(v), region.y(v), region.z(v))));
            intensity[v] = (byte) (i < 0 || cloud.intensity() == null ? 255 : brightness(cloud, q, n));
        }

        Columns columns() {
            return Columns.NONE
                    .with(STATION, station)
                    .with(INTENSITY, intensity)
                    .with(SPACING, spacing)
                    .with(DISTANCE, distance);
        }
    }

    private static char fine(double metres) {
        return (char) Math.min(65534, Math.rint(metres / FINE));
    }

    private static double offset(Cloud c, KdTree.Query q, int found, double x, double y, double z) {
        float[] n = Objects.requireNonNull(c.normals());
        double sum = 0;
        for (int j = 0; j < found; j++) {
            int i = q.index[j];
            sum += n[3 * i] * (x - c.px(i)) + n[3 * i + 1] * (y - c.py(i)) + n[3 * i + 2] * (z - c.pz(i));
        }
        return sum / found;
    }

    private static int brightness(Cloud c, KdTree.Query q, int found) {
        float[] intensity = Objects.requireNonNull(c.intensity());
        double sum = 0;
        for (int j = 0; j < found; j++) {
            sum += intensity[q.index[j]];
        }
        return (int) Math.max(0, Math.min(254, Math.rint(254 * sum / found)));
    }
}
