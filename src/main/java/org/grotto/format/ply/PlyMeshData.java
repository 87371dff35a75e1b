package org.grotto.format.ply;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.FaceColours;
import org.grotto.format.Remarks;
import org.grotto.format.UsedVertices;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Places;
import org.jspecify.annotations.Nullable;

/**
 * The mesh of a PLY file while it is read: positions, normals, colours, evidence of vertices, faces and strips in whatever
 * order they stand, pictures. Vertices that no face uses are left out; colours of faces go to vertices that have none.
 */
final class PlyMeshData {
    private final Path path;
    private final PlyRows rows;
    private final PlyHeader.Element vertex;
    private final PlyFaces faces;
    private final Remarks remarks;
    private final Set<String> kept;
    /** By property; null for lists. */
    private double @Nullable [] @Nullable [] v;

    /** The places of vertices, by axis; empty before they are read. */
    private double[][] xyz = {};

    private final boolean keepGoing;
    /** How many vertices there are, or can be in a damaged file. */
    private final int count;
    /** Vertices that were gone through. */
    private long vertices;

    private PlyMeshData(
            Path path,
            PlyRows rows,
            PlyHeader.Element vertex,
            int count,
            boolean keepGoing,
            Remarks remarks,
            Set<String> kept) {
        this.path = path;
        this.rows = rows;
        this.vertex = vertex;
        this.count = count;
        this.keepGoing = keepGoing;
        this.faces = new PlyFaces(rows, count, keepGoing, this::placed);
        this.remarks = remarks;
        this.kept = kept;
    }

    /**
     * @param keepGoing take of a damaged file the triangles that are whole
     * @param kept gets what was taken beside what always is, as "ELEMENT PROPERTY"
     */
    static Mesh read(Path path, boolean keepGoing, Remarks remarks, Set<String> kept) {
        try (PlyRows rows = PlyRows.open(path, keepGoing)) {
            PlyHeader.Element e = rows.header.element("vertex");
            if (e == null) {
                throw GrottoException.badInput(path, "the PLY header has no element \"vertex\".");
            }
            if (scalar(e, "x") < 0 || scalar(e, "y") < 0 || scalar(e, "z") < 0) {
                throw GrottoException.badInput(path, "its vertices have no x, y, z.");
            }
            long room = keepGoing ? rows.room(e) : e.count();
            if (room > Integer.MAX_VALUE / 4) {
                throw GrottoException.unsupported(path, room + " vertices; at most 536,870,911 fit.");
            }
            return new PlyMeshData(path, rows, e, (int) room, keepGoing, remarks, kept).read();
        }
    }

    /** A property that is no list, by one of its names; -1 where there is none. */
    private static int scalar(PlyHeader.Element e, String... names) {
        int p = e.indexOf(names);
        return p >= 0 && !e.properties().get(p).isList() ? p : -1;
    }

    private Mesh read() {
        for (PlyHeader.Element e : rows.header.elements()) {
            try {
                take(e);
            } catch (GrottoException x) {
                if (!keepGoing || x.kind() != GrottoException.Kind.BAD_INPUT) {
                    throw x;
                }
                if (e == vertex && vertices > 0 && rows.endsInsideLine()) {
                    xyz[0][(int) vertices - 1] = Double.NaN; // the end of its last number may be missing
                }
                long done = e == vertex ? vertices : e.name().equals("face") ? faces.done : 0;
                remarks.lost((e.count() - done) + " of element \"" + e.name()
                        + "\", and what stands behind: the file is" + " damaged there, or ends");
                break;
            }
        }
        if (v == null) {
            throw GrottoException.badInput(path, "has no vertex before it is damaged; copy it again.");
        }
        if (faces.left > 0) {
            remarks.lost(
                    faces.left + " damaged faces: a corner has no place or is no vertex, or their line is none of the"
                            + " header's");
        }
        double[] x = column("x");
        double[] y = column("y");
        double[] z = column("z");
        double[] xyz = new double[3 * x.length];
        for (int i = 0; i < x.length; i++) {
            xyz[3 * i] = x[i];
            xyz[3 * i + 1] = y[i];
            xyz[3 * i + 2] = z[i];
        }
        faces.finish(xyz, remarks);
        int[] triangles = faces.triangles();
        if (keepGoing && triangles.length == 0) {
            throw GrottoException.badInput(path, "has no triangle that is whole; copy it again.");
        }
        byte[] rgb = colours();
        boolean ofFaces = faces.colours().length > 0;
        if (rgb != null && ofFaces) {
            remarks.lost("colours of faces, where vertices have colours");
            ofFaces = false;
        }
        Charts charts = charts(triangles, rgb != null || ofFaces);
        if (ofFaces) {
            double scale = faceScale();
            Charts flat = charts != null ? null : FaceColours.charts(faces.colours(), triangles.length / 3, scale);
            rgb = flat != null ? null : UsedVertices.colours(faces.colours(), triangles, count, scale);
            remarks.understood(
                    flat != null ? "colours of faces, as materials" : "colours of faces, given to their vertices");
            charts = flat != null ? flat : charts;
        }
        return mesh(xyz, rgb, triangles).with(charts);
    }

    private void take(PlyHeader.Element e) {
        int p = e.indexOf("vertex_indices", "vertex_index");
        boolean corners = p >= 0 && e.properties().get(p).isList();
        if (e == vertex) {
            vertices();
        } else if (e.name().equals("face") && corners) {
            faces.faces(e, p);
        } else if (e.name().equals(PlyMesh.STRIPS) && corners) {
            faces.strips(e, p);
        } else {
            rows.skip(e);
        }
        if (!keepGoing) {
            rows.end(e);
        }
    }

    private void vertices() {
        int np = vertex.properties().size();
        double[] @Nullable [] all = new double[np][];
        for (int p = 0; p < np; p++) {
            double[] column = vertex.properties().get(p).isList() ? null : new double[count];
            if (column != null && keepGoing) {
                java.util.Arrays.fill(column, Double.NaN); // until a row gives it
            }
            all[p] = column;
        }
        v = all;
        xyz = new double[][] {column("x"), column("y"), column("z")};
        // of a damaged file row by row: a line that is none keeps its number
        int step = keepGoing ? 1 : 1 << 16;
        for (int at = 0; at < count; at += step) {
            rows.scalars(vertex, at, Math.min(step, count - at), all);
            vertices = at + step;
        }
        if (count < vertex.count()) {
            throw GrottoException.badInput(path, "ends before its last vertex.");
        }
    }

    /** Whether a vertex has a place; true of all while none was read. */
    private boolean placed(int k) {
        return xyz.length == 0 || Double.isFinite(xyz[0][k] + xyz[1][k] + xyz[2][k]);
    }

    private double @Nullable [] optional(String... names) {
        int p = scalar(vertex, names);
        double[] @Nullable [] all = v;
        return p < 0 || all == null ? null : all[p];
    }

    private double[] column(String name) {
        return java.util.Objects.requireNonNull(optional(name));
    }

    private byte @Nullable [] colours() {
        double[] r = optional("red", "r", "diffuse_red");
        double[] g = optional("green", "g", "diffuse_green");
        double[] b = optional("blue", "b", "diffuse_blue");
        if (r == null || g == null || b == null) {
            return null;
        }
        Column.Type type = vertex.properties()
                .get(scalar(vertex, "red", "r", "diffuse_red"))
                .type();
        double max = Math.max(max(r), Math.max(max(g), max(b)));
        double scale = scale(type, max, "vertex");
        byte[] rgb = new byte[3 * r.length];
        bytes(r, scale, rgb, 0, 3);
        bytes(g, scale, rgb, 1, 3);
        bytes(b, scale, rgb, 2, 3);
        return rgb;
    }

    private static double max(double[] a) {
        double m = 0;
        for (double x : a) {
            m = x > m ? x : m;
        }
        return m;
    }

    /** What makes 0 to 255 of colours: their type says it, unless their values say something else. */
    private double scale(Column.Type type, double max, String of) {
        boolean fraction = type == Column.Type.FLOAT || type == Column.Type.DOUBLE;
        boolean wide = type == Column.Type.UINT16;
        if (fraction && max > 1 && max < 256 || wide && max > 0 && max < 256) {
            remarks.understood(of + " colours from 0 to 255, by their values");
            return 1;
        }
        return fraction && max <= 1 ? 255 : fraction || wide ? 1 / 257.0 : 1;
    }

    /** What makes 0 to 255 of the colours of faces. */
    private double faceScale() {
        PlyHeader.Element face = java.util.Objects.requireNonNull(rows.header.element("face"));
        for (PlyHeader.Property p : face.properties()) {
            if (p.name().toLowerCase(Locale.ROOT).matches("(diffuse_)?(red|green|blue)|r|g|b")) {
                kept.add("face " + p.name());
            }
        }
        double max = 0;
        for (float x : faces.colours()) {
            max = x > max ? x : max;
        }
        int red = scalar(face, "red", "r", "diffuse_red");
        return red < 0 ? 1 : scale(face.properties().get(red).type(), max, "face");
    }

    private @Nullable Charts charts(int[] triangles, boolean coloured) {
        String[][] pairs = {
            {"s", "t"}, {"u", "v"}, {"texture_u", "texture_v"}, {"tu", "tv"}, {"texcoord_u", "texcoord_v"}
        };
        double[] u = null;
        double[] w = null;
        String[] pair = {};
        for (int i = 0; i < pairs.length && (u == null || w == null); i++) {
            pair = pairs[i];
            u = optional(pair[0]);
            w = optional(pair[1]);
        }
        Charts charts = PlyPictures.charts(path, rows.header, faces, triangles, u, w, coloured, remarks);
        if (charts != null && faces.places().length == 0) {
            kept.add("vertex " + pair[0]);
            kept.add("vertex " + pair[1]);
            kept.add("face texnumber");
        } else if (charts != null) {
            kept.add("face texcoord");
            kept.add("face texnumber");
        }
        return charts;
    }

    /** The mesh of the vertices that {@code corners} use, which it then counts anew. */
    private Mesh mesh(double[] xyz, byte @Nullable [] rgb, int[] corners) {
        int[] from = UsedVertices.of(corners, count, remarks);
        int n = from.length;
        for (int i = 0; i < n; i++) {
            for (int a = 0; a < 3; a++) {
                xyz[3 * i + a] = xyz[3 * from[i] + a];
            }
        }
        for (int i = 0; i < 3 * n; i++) {
            if (!Double.isFinite(xyz[i])) {
                throw GrottoException.badInput(
                        path,
                        "vertex " + from[i / 3] + " has a coordinate that is no number (" + xyz[i]
                                + "); repair the mesh.");
            }
        }
        double[] nx = optional("nx", "normal_x", "normalx");
        double[] ny = optional("ny", "normal_y", "normaly");
        double[] nz = optional("nz", "normal_z", "normalz");
        float[] normals = nx == null || ny == null || nz == null ? null : new float[3 * n];
        byte[] colours = rgb == null ? null : new byte[3 * n];
        double[] q = optional("evidence");
        byte[] evidence = q == null ? null : new byte[n];
        for (int i = 0; i < n; i++) {
            int k = from[i];
            if (normals != null && nx != null && ny != null && nz != null) {
                normals[3 * i] = (float) nx[k];
                normals[3 * i + 1] = (float) ny[k];
                normals[3 * i + 2] = (float) nz[k];
            }
            if (colours != null && rgb != null) {
                System.arraycopy(rgb, 3 * k, colours, 3 * i, 3);
            }
            if (evidence != null && q != null) {
                evidence[i] = eight(q[k]);
            }
        }
        Columns columns = Columns.NONE
                .with(Columns.NORMAL, normals)
                .with(Columns.RGB8, colours)
                .with(Columns.EVIDENCE, evidence);
        return Places.of(xyz, 3 * n).mesh(columns, corners);
    }

    private static void bytes(double[] from, double scale, byte[] into, int at, int stride) {
        for (int i = 0; i < from.length; i++) {
            into[stride * i + at] = eight(from[i] * scale);
        }
    }

    private static byte eight(double v) {
        return (byte) Math.max(0, Math.min(255, Math.round(v)));
    }
}
