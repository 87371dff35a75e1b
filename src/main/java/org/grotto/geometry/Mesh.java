package org.grotto.geometry;

import org.jspecify.annotations.Nullable;

/**
 * A triangle mesh, Z up, metres. Positions are float beside a double origin: {@code p = origin + xyz}. Triangles turn
 * counter-clockwise seen from the open side (inside the cave). Named {@link Columns} stand beside the vertices, and
 * {@link Charts} beside the triangles where pictures lie on them. Arrays are owned by the mesh: treat them as constant.
 */
public final class Mesh {
    /** Value of {@link #evidence} for a vertex with scan points near it. */
    public static final byte MEASURED = (byte) 255;

    /** Value of {@link #evidence} for a vertex that the surface reconstruction filled in. */
    public static final byte INFERRED = 0;

    public final double originX;
    public final double originY;
    public final double originZ;
    /** Vertex positions relative to the origin, x y z interleaved, metres. */
    public final float[] xyz;
    /** Everything else that is known of each vertex. */
    public final Columns columns;
    /** Vertex indices, three a triangle. */
    public final int[] triangles;

    /** How pictures lie on the triangles, in their order; null where none do. */
    public final @Nullable Charts charts;

    private final float @Nullable [] normals;
    private final byte @Nullable [] rgb;
    private final byte @Nullable [] evidence;

    public Mesh(double originX, double originY, double originZ, float[] xyz, Columns columns, int[] triangles) {
        this(originX, originY, originZ, xyz, columns, triangles, null);
    }

    public Mesh(
            double originX,
            double originY,
            double originZ,
            float[] xyz,
            Columns columns,
            int[] triangles,
            @Nullable Charts charts) {
        if (xyz.length % 3 != 0 || triangles.length % 3 != 0) {
            throw new IllegalArgumentException("mesh arrays do not fit each other");
        }
        if (charts != null && charts.triangleCount() != triangles.length / 3) {
            throw new IllegalArgumentException("charts do not fit the mesh's triangles");
        }
        columns.check(xyz.length / 3);
        this.charts = charts;
        this.originX = originX;
        this.originY = originY;
        this.originZ = originZ;
        this.xyz = xyz;
        this.columns = columns;
        this.triangles = triangles;
        this.normals = columns.floats(Columns.NORMAL.name());
        this.rgb = columns.bytes(Columns.RGB8.name());
        this.evidence = columns.bytes(Columns.EVIDENCE.name());
    }

    /** A mesh with those of the usual columns that are not null. */
    public Mesh(
            double originX,
            double originY,
            double originZ,
            float[] xyz,
            float @Nullable [] normals,
            byte @Nullable [] rgb,
            byte @Nullable [] evidence,
            int[] triangles) {
        this(
                originX,
                originY,
                originZ,
                xyz,
                Columns.NONE
                        .with(Columns.NORMAL, normals)
                        .with(Columns.RGB8, rgb)
                        .with(Columns.EVIDENCE, evidence),
                triangles);
    }

    /** Unit vertex normals, interleaved, or null. */
    public float @Nullable [] normals() {
        return normals;
    }

    /** Vertex colours, red green blue interleaved, 8 bit, sRGB transfer, or null. */
    public byte @Nullable [] rgb() {
        return rgb;
    }

    /** One byte a vertex: {@link #MEASURED}, {@link #INFERRED} or between; null where unknown. */
    public byte @Nullable [] evidence() {
        return evidence;
    }

    /** The same mesh with a column more, or another in its place; null takes it away. */
    public Mesh with(ColumnType type, @Nullable Object array) {
        return new Mesh(originX, originY, originZ, xyz, columns.with(type, array), triangles, charts);
    }

    /** The same mesh with pictures on its triangles; null takes them away. */
    public Mesh with(@Nullable Charts lie) {
        return new Mesh(originX, originY, originZ, xyz, columns, triangles, lie);
    }

    /** The same mesh, its triangles facing the other way, and its normals too where they faced as the triangles did. */
    public Mesh turnedOver() {
        int[] t = triangles.clone();
        for (int i = 0; i < t.length; i += 3) {
            t[i + 1] = triangles[i + 2];
            t[i + 2] = triangles[i + 1];
        }
        Charts lie = charts == null ? null : charts.turnedOver();
        float[] n = normals;
        if (n == null || agree(n) <= 0) {
            return new Mesh(originX, originY, originZ, xyz, columns, t, lie);
        }
        float[] away = new float[n.length];
        for (int i = 0; i < n.length; i++) {
            away[i] = -n[i];
        }
        return new Mesh(originX, originY, originZ, xyz, columns.with(Columns.NORMAL, away), t, lie);
    }

    /** How far vertices' normals look where the triangles face, by area; negative where most look away. */
    private double agree(float[] n) {
        double sum = 0;
        for (int t = 0; t < triangleCount(); t++) {
            double[] c = cross(t);
            for (int k = 0; k < 3; k++) {
                float at = n[3 * triangles[3 * t] + k];
                sum += c[k] * ((double) at + n[3 * triangles[3 * t + 1] + k] + n[3 * triangles[3 * t + 2] + k]);
            }
        }
        return sum;
    }

    /** The origin along axis 0, 1 or 2. */
    public double origin(int axis) {
        return axis == 0 ? originX : axis == 1 ? originY : originZ;
    }

    public int vertexCount() {
        return xyz.length / 3;
    }

    public int triangleCount() {
        return triangles.length / 3;
    }

    /** Along the normal of triangle {@code t}, twice its area long: three numbers. */
    public double[] cross(int t) {
        int a = 3 * triangles[3 * t];
        int b = 3 * triangles[3 * t + 1];
        int c = 3 * triangles[3 * t + 2];
        double ux = (double) xyz[b] - xyz[a];
        double uy = (double) xyz[b + 1] - xyz[a + 1];
        double uz = (double) xyz[b + 2] - xyz[a + 2];
        double vx = (double) xyz[c] - xyz[a];
        double vy = (double) xyz[c + 1] - xyz[a + 1];
        double vz = (double) xyz[c + 2] - xyz[a + 2];
        return new double[] {uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx};
    }

    /** The area of triangle {@code t}, square metres. */
    public double area(int t) {
        double[] c = cross(t);
        return Math.sqrt(c[0] * c[0] + c[1] * c[1] + c[2] * c[2]) / 2;
    }

    /** The sum of all triangles' normals by area, and the sum of their areas: doubled, four numbers. */
    public double[] facing() {
        double[] sum = new double[4];
        for (int t = 0; t < triangleCount(); t++) {
            double[] c = cross(t);
            for (int k = 0; k < 3; k++) {
                sum[k] += c[k];
            }
            sum[3] += Math.sqrt(c[0] * c[0] + c[1] * c[1] + c[2] * c[2]);
        }
        return sum;
    }

    /** What of all area is left where sides that look against each other take each other away: 0 closed, 1 a flat sheet. */
    public double oneSided() {
        double[] f = facing();
        return f[3] > 0 ? Math.sqrt(f[0] * f[0] + f[1] * f[1] + f[2] * f[2]) / f[3] : 0;
    }

    /** The tight bounds of all vertices, in metres in the common frame. */
    public Box bounds() {
        float x0 = Float.POSITIVE_INFINITY;
        float y0 = x0;
        float z0 = x0;
        float x1 = Float.NEGATIVE_INFINITY;
        float y1 = x1;
        float z1 = x1;
        for (int i = 0; i < xyz.length; i += 3) {
            x0 = Math.min(x0, xyz[i]);
            x1 = Math.max(x1, xyz[i]);
            y0 = Math.min(y0, xyz[i + 1]);
            y1 = Math.max(y1, xyz[i + 1]);
            z0 = Math.min(z0, xyz[i + 2]);
            z1 = Math.max(z1, xyz[i + 2]);
        }
        return xyz.length == 0
                ? Box.EMPTY
                : new Box(originX + x0, originY + y0, originZ + z0, originX + x1, originY + y1, originZ + z1);
    }
}
