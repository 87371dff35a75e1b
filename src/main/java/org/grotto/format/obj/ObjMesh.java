package org.grotto.format.obj;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.base.Job;
import org.grotto.format.Remarks;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Places;

/**
 * Meshes from Wavefront OBJ, in one pass: vertices with colours behind the position, faces of any size with indices that
 * count from the front or the back, before or behind their vertices, texture coordinates and materials
 * ({@link ObjMaterials}), normals ({@link ObjNormals}). Objects and groups become one mesh. Vertices are the file's, in
 * its order, those that no face uses left out; a seam of texture coordinates splits none.
 *
 * <p>Memory: 24 bytes a vertex, 24 a triangle, 16 a texture coordinate, 12 a normal and a triangle with them while it
 * reads.
 */
public final class ObjMesh {
    private static final int CHECKED = 1 << 16;

    private final Path path;
    private final Remarks remarks;
    private final boolean keepGoing;
    private final ObjFaces faces;
    private final ObjMaterials materials;

    private double[] v = new double[3 << 10];
    private int vertices;
    /** Colours as the file has them, NaN for a vertex without; empty where none has any. */
    private float[] colours = {};

    private double[] vt = {};
    private int texels;
    private float[] vn = {};
    private int normals;
    /** Vertices without a place, and where they stand. */
    private final BitSet nowhere = new BitSet();

    private final List<Long> nowhereLines = new ArrayList<>();

    private ObjMesh(Path path, Remarks remarks, boolean keepGoing) {
        this.path = path;
        this.remarks = remarks;
        this.keepGoing = keepGoing;
        this.faces = new ObjFaces(path, keepGoing);
        this.materials = new ObjMaterials(path, remarks);
    }

    public static Mesh read(Path path) {
        return read(path, new Remarks());
    }

    /** @param remarks gets what the file holds and a mesh does not, and what was decided */
    static Mesh read(Path path, Remarks remarks) {
        return read(path, remarks, false);
    }

    /** @param keepGoing pass over faces whose corners have no place */
    static Mesh read(Path path, Remarks remarks, boolean keepGoing) {
        return new ObjMesh(path, remarks, keepGoing).read();
    }

    private Mesh read() {
        try (ObjLines in = ObjLines.open(path)) {
            if (Files.size(path) == 0) {
                throw GrottoException.badInput(path, "is empty (0 bytes); copy it again from its source.");
            }
            for (long n = 1; in.next(); n++) {
                statement(in);
                if (n % CHECKED == 0) {
                    Job.current().check();
                }
            }
            if (in.commas()) {
                remarks.understood("numbers with a decimal comma");
            }
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
        if (vertices == 0) {
            throw GrottoException.badInput(path, "holds no line \"v x y z\"; this is no OBJ mesh. Export it again.");
        }
        faces.finish(v, vertices, remarks);
        if (keepGoing) {
            materials.without(faces.without(nowhere, vertices, remarks));
        }
        int[] triangles = faces.triangles();
        if (triangles.length == 0) {
            throw GrottoException.badInput(path, "shows no triangle: " + faces.none() + "; export it again.");
        }
        int kept = used(triangles);
        Mesh mesh = mesh(kept, triangles);
        if (normals > 0) {
            mesh = ObjNormals.lay(mesh, faces.normals(), vn, normals, remarks);
        }
        return mesh.with(materials.charts(faces, vt, texels, colours.length > 0));
    }

    private void statement(ObjLines in) {
        byte[] b = in.bytes();
        int at = in.from();
        int length = in.to() - at;
        byte c = b[at];
        if (c == 'v' && length == 1) {
            vertex(in);
        } else if (c == 'f' && (length == 1 || length == 2 && b[at + 1] == 'o')) {
            faces.add(in, vertices, texels, normals, v);
        } else if (c == 'v' && length == 2 && b[at + 1] == 't') {
            texel(in);
        } else if (c == 'v' && length == 2 && b[at + 1] == 'n') {
            normal(in);
        } else if (c != '#' || in.is("#mrgb")) {
            rare(in, in.raw());
        }
    }

    private void rare(ObjLines in, String key) {
        switch (key) {
            case "usemtl" -> materials.use(in.rest(), faces.count());
            case "mtllib" -> materials.library(in.rest());
            case "l", "p" -> remarks.lost("lines and single points");
            case "g", "o" -> remarks.lost("names of groups and objects");
            case "vp", "curv", "curv2", "surf" -> remarks.lost("free-form curves and surfaces");
            case "#MRGB" -> remarks.lost("vertex colours in comments \"#MRGB\"");
            default -> {}
        }
    }

    private void vertex(ObjLines in) {
        if (3 * vertices + 3 > v.length) {
            v = Arrays.copyOf(v, grown(path, v.length));
            if (colours.length > 0) {
                int had = colours.length;
                colours = Arrays.copyOf(colours, v.length);
                Arrays.fill(colours, had, v.length, Float.NaN);
            }
        }
        int to = 3 * vertices;
        for (int i = 0; i < 3; i++) {
            boolean there = in.word();
            if (!there && !keepGoing) {
                throw in.bad("\"v x y z\" was expected; repair the mesh.");
            }
            v[to + i] = there ? in.value() : Double.NaN;
        }
        if (!Double.isFinite(v[to]) || !Double.isFinite(v[to + 1]) || !Double.isFinite(v[to + 2])) {
            nowhere.set(vertices);
            nowhereLines.add(in.number());
        }
        if (in.word()) {
            colour(in, to);
        }
        vertices++;
    }

    /** Three numbers or more behind the place are a colour; one is a weight. */
    private void colour(ObjLines in, int to) {
        float r = (float) in.value();
        if (!in.word()) {
            return;
        }
        float g = (float) in.value();
        if (!in.word()) {
            remarks.lost("two numbers behind the places of vertices");
            return;
        }
        if (colours.length == 0) {
            colours = new float[v.length];
            Arrays.fill(colours, Float.NaN);
        }
        colours[to] = r;
        colours[to + 1] = g;
        colours[to + 2] = (float) in.value();
    }

    private void texel(ObjLines in) {
        if (2 * texels + 2 > vt.length) {
            vt = Arrays.copyOf(vt, Math.max(2 << 10, grown(path, vt.length)));
        }
        vt[2 * texels] = in.word() ? in.value() : Double.NaN;
        vt[2 * texels + 1] = in.word() ? in.value() : 0;
        texels++;
    }

    private void normal(ObjLines in) {
        if (3 * normals + 3 > vn.length) {
            vn = Arrays.copyOf(vn, Math.max(3 << 10, grown(path, vn.length)));
        }
        for (int a = 0; a < 3; a++) {
            vn[3 * normals + a] = in.word() ? (float) in.value() : 0;
        }
        normals++;
    }

    static int grown(Path path, int length) {
        if (length > Integer.MAX_VALUE / 3 * 2) {
            throw GrottoException.unsupported(path, "more than 715 million vertices or triangles; split the mesh.");
        }
        return length + length / 2;
    }

    /** Moves the vertices that {@code corners} use to the front and counts them anew; gives how many there are. */
    private int used(int[] corners) {
        BitSet used = new BitSet(vertices);
        for (int k : corners) {
            used.set(k);
        }
        int line = 0;
        for (int i = nowhere.nextSetBit(0); i >= 0; i = nowhere.nextSetBit(i + 1), line++) {
            if (used.get(i) || corners.length == 0) {
                throw GrottoException.badLine(
                        path, nowhereLines.get(line), "a coordinate is no number; repair the mesh.");
            }
        }
        int kept = used.cardinality();
        if (kept == vertices || kept == 0) {
            return vertices;
        }
        remarks.lost((vertices - kept) + " vertices that no face uses");
        int[] to = new int[vertices];
        int at = 0;
        for (int i = used.nextSetBit(0); i >= 0; i = used.nextSetBit(i + 1)) {
            for (int a = 0; a < 3; a++) {
                v[3 * at + a] = v[3 * i + a];
                if (colours.length > 0) {
                    colours[3 * at + a] = colours[3 * i + a];
                }
            }
            to[i] = at++;
        }
        for (int k = 0; k < corners.length; k++) {
            corners[k] = to[corners[k]];
        }
        return kept;
    }

    private Mesh mesh(int n, int[] triangles) {
        byte[] rgb = null;
        if (colours.length > 0) {
            float max = 0;
            long without = 0;
            for (int i = 0; i < 3 * n; i++) {
                max = colours[i] > max ? colours[i] : max;
                without += i % 3 == 0 && Float.isNaN(colours[i]) ? 1 : 0;
            }
            float scale = max <= 1 ? 255 : max < 256 ? 1 : 1 / 257f;
            if (max > 1) {
                remarks.understood("vertex colours from 0 to " + (max < 256 ? 255 : 65535));
            }
            if (without > 0) {
                remarks.understood(without + " of " + n + " vertices have no colour and are white");
            }
            rgb = new byte[3 * n];
            for (int i = 0; i < 3 * n; i++) {
                float c = colours[i];
                rgb[i] = (byte) (Float.isNaN(c) ? 255 : Math.max(0, Math.min(255, Math.round(c * scale))));
            }
        }
        return Places.of(v, 3 * n).mesh(Columns.NONE.with(Columns.RGB8, rgb), triangles);
    }
}
