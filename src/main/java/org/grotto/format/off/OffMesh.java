package org.grotto.format.off;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grotto.base.GrottoException;
import org.grotto.base.Job;
import org.grotto.format.FaceColours;
import org.grotto.format.Remarks;
import org.grotto.format.TextLines;
import org.grotto.format.UsedVertices;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Columns;
import org.grotto.geometry.EarClipping;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Places;

/**
 * The mesh of an OFF file (Geomview's manual, "OFF"; also COFF, NOFF, STOFF): three counts, a line a vertex, a line a face
 * with perhaps a colour behind it; or the same in bytes. Colours are whole numbers to 255 or fractions; those of faces go
 * to vertices that have none. Numbers of vertices and faces are believed only as far as lines or bytes follow.
 */
final class OffMesh {
    private static final Pattern KEY = Pattern.compile("(ST)?(C)?(N)?(4)?(n)?OFF");
    private static final int CHECKED = 1 << 16;

    private final Path path;
    private final TextLines in;
    private final Remarks remarks;
    /** Words of the line, without a comment; and how many of them are taken. */
    private int words;

    private int taken;

    private double[] xyz = new double[3 << 10];
    private float[] normals = {};
    private float[] colours = {};
    private int[] corners = new int[3 << 10];
    private int used;
    private float[] faceColours = {};
    private long small;
    private long crossed;

    private OffMesh(Path path, TextLines in, Remarks remarks) {
        this.path = path;
        this.in = in;
        this.remarks = remarks;
    }

    static Mesh read(Path path, Remarks remarks) {
        try (TextLines in = TextLines.open(path)) {
            return new OffMesh(path, in, remarks).read();
        }
    }

    /** Goes to the next line with words; throws at the end of the file. */
    private void line(String expected) {
        do {
            if (!in.next()) {
                throw in.endsEarly(expected);
            }
            words = in.split();
            for (int i = 0; i < words; i++) {
                if (in.token(i).startsWith("#")) {
                    words = i;
                }
            }
        } while (words == 0);
        taken = 0;
    }

    private double value(String expected) {
        while (taken == words) {
            line(expected);
        }
        return in.number(taken++);
    }

    private int count(String of) {
        double v = value("the number of " + of + " is missing");
        if (!(v >= 0 && v <= Integer.MAX_VALUE && v == Math.rint(v))) {
            throw bad("the number of " + of + " is " + in.token(taken - 1));
        }
        return (int) v;
    }

    private GrottoException bad(String what) {
        return GrottoException.badLine(path, in.number(), what + "; export the mesh again.");
    }

    private Mesh read() {
        line("it has no first word \"OFF\"");
        Matcher key = KEY.matcher(in.token(0));
        boolean named = key.matches();
        boolean coloured = named && key.group(2) != null;
        boolean turned = named && key.group(3) != null;
        boolean placed = named && key.group(1) != null;
        if (named && (key.group(4) != null || key.group(5) != null)) {
            throw GrottoException.unsupported(path, "is OFF of more than three dimensions, which no mesh has.");
        }
        taken = named ? 1 : 0;
        if (taken < words && in.token(taken).equals("BINARY")) {
            return binary(turned, coloured, placed);
        }
        if (!named && !in.isNumber(0)) {
            throw bad("an OFF file begins with \"OFF\", this one with \"" + TextLines.shorten(in.token(0)) + "\"");
        }
        int vertices = count("vertices");
        int faces = count("faces");
        if (taken < words) {
            taken++; // edges: often wrong, and needed by nobody
        }
        words = taken;
        for (int i = 0; i < vertices; i++) {
            vertex(i, vertices, turned, placed, coloured);
        }
        if (placed) {
            remarks.lost("texture coordinates");
        }
        for (int f = 0; f < faces; f++) {
            face(f, faces, vertices);
            if (f % CHECKED == 0) {
                Job.current().check();
            }
        }
        return mesh(vertices);
    }

    /** What follows a first line of "OFF BINARY": whole numbers and floats of 32 bits, the largest byte first. */
    private Mesh binary(boolean turned, boolean coloured, boolean placed) {
        String at = "the counts";
        try (DataInputStream data = new DataInputStream(new BufferedInputStream(in.rest(), 1 << 16))) {
            int vertices = data.readInt();
            int faces = data.readInt();
            data.readInt(); // edges
            long size = Files.size(path);
            int each = Float.BYTES * (3 + (turned ? 3 : 0) + (coloured ? 4 : 0) + (placed ? 2 : 0));
            if (vertices < 0 || faces < 0 || (double) each * vertices + 8.0 * faces > size) {
                throw GrottoException.badInput(
                        path,
                        "announces " + vertices + " vertices and " + faces + " faces, which its " + size
                                + " bytes do not hold; copy or export it again.");
            }
            xyz = new double[3 * vertices];
            normals = turned ? new float[xyz.length] : normals;
            colours = coloured ? new float[xyz.length] : colours;
            for (int i = 0; i < vertices; i++) {
                at = "vertex " + i;
                for (int a = 0; a < 3; a++) {
                    xyz[3 * i + a] = data.readFloat();
                }
                floats(data, turned ? 3 : 0, normals, 3 * i);
                floats(data, coloured ? 4 : 0, colours, 3 * i);
                floats(data, placed ? 2 : 0, new float[0], 0);
            }
            if (placed) {
                remarks.lost("texture coordinates");
            }
            for (int f = 0; f < faces; f++) {
                at = "face " + f;
                face(data, f, vertices, size);
                if (f % CHECKED == 0) {
                    Job.current().check();
                }
            }
            return mesh(vertices);
        } catch (EOFException e) {
            throw GrottoException.badInput(path, "ends inside " + at + "; it is cut off: copy it again.", e);
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    /** Takes numbers, as many of them as fit behind {@code at}, three at most; the others are passed over. */
    private static void floats(DataInputStream data, int n, float[] into, int at) throws IOException {
        for (int k = 0; k < n; k++) {
            float v = data.readFloat();
            if (k < 3 && at + k < into.length) {
                into[at + k] = v;
            }
        }
    }

    private void face(DataInputStream data, int f, int vertices, long size) throws IOException {
        int n = data.readInt();
        if (n < 0 || 4L * n > size) {
            throw GrottoException.badInput(path, "face " + f + " has " + n + " corners; export the mesh again.");
        }
        int[] face = new int[n];
        for (int i = 0; i < n; i++) {
            face[i] = data.readInt();
            if (face[i] < 0 || face[i] >= vertices) {
                throw GrottoException.badInput(
                        path,
                        "face " + f + " uses vertex " + face[i] + ", but there are " + vertices
                                + "; export the mesh again.");
            }
        }
        int first = used;
        triangles(face, n);
        int colour = data.readInt();
        if (colour < 0 || colour > 4) {
            throw GrottoException.badInput(
                    path, "face " + f + " has a colour of " + colour + " numbers; export the mesh again.");
        }
        float[] rgb = new float[3];
        floats(data, colour, rgb, 0);
        if (colour > 2) {
            colour(first, rgb[0], rgb[1], rgb[2]);
        } else if (colour > 0) {
            remarks.lost("colours of faces that name a table");
        }
    }

    /** Gives the triangles from corner {@code first} on a colour. */
    private void colour(int first, float r, float g, float b) {
        int had = faceColours.length;
        if (had < used) {
            faceColours = Arrays.copyOf(faceColours, corners.length);
            Arrays.fill(faceColours, had, corners.length, Float.NaN);
        }
        for (int t = first; t < used; t += 3) {
            faceColours[t] = r;
            faceColours[t + 1] = g;
            faceColours[t + 2] = b;
        }
    }

    private void vertex(int i, int vertices, boolean turned, boolean placed, boolean coloured) {
        if (3 * (long) i + 3 > xyz.length) {
            xyz = Arrays.copyOf(xyz, grown(xyz.length));
        }
        String more = "vertex " + i + " of " + vertices + " is missing";
        for (int a = 0; a < 3; a++) {
            xyz[3 * i + a] = value(more);
        }
        if (turned) {
            normals = normals.length < xyz.length ? Arrays.copyOf(normals, xyz.length) : normals;
            for (int a = 0; a < 3; a++) {
                normals[3 * i + a] = (float) value(more);
            }
        }
        int rest = words - taken - (placed ? 2 : 0);
        if (rest == 3 || rest == 4) {
            int had = colours.length;
            if (had < xyz.length) {
                colours = Arrays.copyOf(colours, xyz.length);
                Arrays.fill(colours, had, colours.length, Float.NaN);
            }
            for (int a = 0; a < 3; a++) {
                colours[3 * i + a] = (float) value(more);
            }
        } else if (rest > 0) {
            remarks.lost("further numbers of vertices");
        } else if (coloured) {
            remarks.understood("vertices without a colour are white");
        }
        words = taken; // the next one begins a line
    }

    private void face(int f, int faces, int vertices) {
        line("face " + f + " of " + faces + " is missing");
        double count = in.number(taken++);
        boolean over = count > words - 1; // some write a corner a line
        if (!(count >= 0 && count == Math.rint(count) && (!over || count <= vertices))) {
            throw bad("a face of " + in.token(0) + " corners in a line of " + words + " words");
        }
        int n = (int) count;
        int[] face = new int[n];
        for (int i = 0; i < n; i++) {
            double k = over ? value("face " + f + " of " + faces + " has no corner " + i) : in.number(taken++);
            if (!(k >= 0 && k < vertices && k == Math.rint(k))) {
                throw bad("face " + f + " uses vertex " + in.token(taken - 1) + ", but there are " + vertices);
            }
            face[i] = (int) k;
        }
        if (over && taken < words) {
            throw bad("a face of " + n + " corners ends inside a further line, of " + words + " words");
        }
        int first = used;
        triangles(face, n);
        int rest = words - taken;
        if (rest == 3 || rest == 4) {
            colour(first, (float) in.number(taken), (float) in.number(taken + 1), (float) in.number(taken + 2));
        } else if (rest > 0) {
            remarks.lost("colours of faces that name a table");
        }
    }

    private void triangles(int[] face, int n) {
        if (n < 3) {
            small++;
            return;
        }
        int[] cut = new int[3 * (n - 2)];
        crossed += new EarClipping().cut(xyz, face, n, cut) ? 0 : 1;
        while (used + cut.length > corners.length) {
            corners = Arrays.copyOf(corners, grown(corners.length));
        }
        for (int i : cut) {
            corners[used++] = face[i];
        }
    }

    private int grown(int length) {
        if (length > Integer.MAX_VALUE / 3 * 2) {
            throw GrottoException.unsupported(path, "more than 715 million vertices or triangles; split the mesh.");
        }
        return length + length / 2;
    }

    private double scale(float[] c) {
        float max = 0;
        boolean whole = true;
        for (float v : c) {
            max = v > max ? v : max;
            whole &= Float.isNaN(v) || v == Math.rint(v);
        }
        boolean bytes = max > 1;
        if (!bytes && whole && max > 0) {
            remarks.understood("colours of 0 and 1 alone, as fractions");
        }
        return bytes ? 1 : 255;
    }

    private Mesh mesh(int vertices) {
        if (small > 0) {
            remarks.lost(small + " faces of fewer than three corners");
        }
        if (crossed > 0) {
            remarks.understood(crossed + " faces cross themselves and became fans of triangles");
        }
        int[] triangles = Arrays.copyOf(corners, used);
        byte[] rgb = null;
        Charts charts = null;
        if (colours.length > 0) {
            double scale = scale(colours);
            rgb = new byte[3 * vertices];
            for (int i = 0; i < rgb.length; i++) {
                float v = i < colours.length ? colours[i] : Float.NaN;
                rgb[i] = (byte) (Float.isNaN(v) ? 255 : Math.max(0, Math.min(255, Math.round(v * scale))));
            }
            if (faceColours.length > 0) {
                remarks.lost("colours of faces, where vertices have colours");
            }
        } else if (faceColours.length > 0) {
            double scale = scale(faceColours);
            charts = FaceColours.charts(faceColours, triangles.length / 3, scale);
            rgb = charts != null ? null : UsedVertices.colours(faceColours, triangles, vertices, scale);
            remarks.understood(
                    charts != null ? "colours of faces, as materials" : "colours of faces, given to their vertices");
        }
        int[] from = UsedVertices.of(triangles, vertices, remarks);
        int n = from.length;
        float[] turned = normals.length == 0 ? null : new float[3 * n];
        byte[] kept = rgb == null ? null : new byte[3 * n];
        for (int i = 0; i < n; i++) {
            for (int a = 0; a < 3; a++) {
                double p = xyz[3 * from[i] + a];
                if (!Double.isFinite(p)) {
                    throw GrottoException.badInput(
                            path, "vertex " + from[i] + " has a coordinate that is no number; repair the mesh.");
                }
                xyz[3 * i + a] = p;
                if (turned != null) {
                    turned[3 * i + a] = normals[3 * from[i] + a];
                }
                if (kept != null && rgb != null) {
                    kept[3 * i + a] = rgb[3 * from[i] + a];
                }
            }
        }
        Columns columns = Columns.NONE.with(Columns.NORMAL, turned).with(Columns.RGB8, kept);
        return Places.of(xyz, 3 * n).mesh(columns, triangles).with(charts);
    }
}
