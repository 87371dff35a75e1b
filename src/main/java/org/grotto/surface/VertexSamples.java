package org.grotto.surface;

import java.util.Objects;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.ColumnType.Kind;
import org.grotto.geometry.Columns;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.Mesh;

/**
 * What the scans say at each vertex, from the {@value #NEAREST} points next to it: which station saw it, how far apart
 * points lie there, how bright the laser's return was, and how far the surface lies from these points. Vertices that no
 * point bears out (evidence {@link Mesh#INFERRED}) have none of these.
 */
public final class VertexSamples {
    /** Entries of lengths are whole numbers of this, metres: far below any scanner's noise. */
    public static final double FINE = 1e-5;

    private static final int NEAREST = 4;
    private static final int BLOCK = 1 << 13;

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

    /**
     * The mesh with those of the four columns that the points have something for.
     *
     * @param mesh with evidence
     * @param cloud with normals and the column spacing
     * @param tree over all its points
     */
    public static Mesh apply(Mesh mesh, Cloud cloud, KdTree tree, Work work) {
        int n = mesh.vertexCount();
        float[] given = cloud.columns.floats(Columns.SPACING.name());
        char[] spacing = given == null ? null : new char[n];
        char[] station = cloud.station() == null ? null : new char[n];
        char[] distance = cloud.normals() == null ? null : new char[n];
        byte[] intensity = cloud.intensity() == null ? null : new byte[n];
        byte[] evidence = mesh.evidence();
        try (Progress.Step step = work.progress().begin("sampling vertices", n, "vertices")) {
            work.blocks(n, BLOCK, (from, to) -> {
                KdTree.Query q = tree.query();
                for (int v = from; v < to; v++) {
                    double x = mesh.originX + mesh.xyz[3 * v];
                    double y = mesh.originY + mesh.xyz[3 * v + 1];
                    double z = mesh.originZ + mesh.xyz[3 * v + 2];
                    boolean inferred = evidence != null && evidence[v] == Mesh.INFERRED;
                    int found = inferred ? 0 : q.nearest(x, y, z, NEAREST);
                    int i = found == 0 ? -1 : q.index[0];
                    if (station != null) {
                        station[v] = i < 0 ? Cloud.NO_STATION : Objects.requireNonNull(cloud.station())[i];
                    }
                    if (spacing != null && given != null) {
                        spacing[v] = i < 0 ? 65535 : fine(given[i]);
                    }
                    if (distance != null) {
                        distance[v] = i < 0 ? 65535 : fine(Math.abs(offset(cloud, q, found, x, y, z)));
                    }
                    if (intensity != null) {
                        intensity[v] = (byte) (i < 0 ? 255 : brightness(cloud, q, found));
                    }
                }
                step.advance(to - from);
            });
        }
        Columns c = mesh.columns
                .with(STATION, station)
                .with(INTENSITY, intensity)
                .with(SPACING, spacing)
                .with(DISTANCE, distance);
        return new Mesh(mesh.originX, mesh.originY, mesh.originZ, mesh.xyz, c, mesh.triangles);
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
