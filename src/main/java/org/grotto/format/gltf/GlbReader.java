package org.grotto.format.gltf;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.grotto.base.GrottoException;
import org.grotto.format.Materials;
import org.grotto.format.Remarks;
import org.grotto.format.Repeats;
import org.grotto.format.UsedVertices;
import org.grotto.format.gltf.GltfMaterials.Worn;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Material;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Places;
import org.grotto.image.Srgb;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the triangles of a .glb or .gltf file's scene as one mesh: positions, normals, COLOR_0 and _EVIDENCE, all node
 * transforms and instances applied, skins and morph targets in the pose that the file shows while nothing moves, Y up turned
 * to Z up, with the materials' colours and pictures ({@link GltfMaterials}). Strips and fans become triangles; points and
 * lines are left out. Meshopt and Draco content are read. Vertex colours are those of the file, times the colour of a
 * material without a picture; where pictures lie they stand apart, to multiply them ({@link Columns#TINT}).
 *
 * <p>Time and memory are proportional to what is shown: what meshes shown very often make beyond memory ({@link Repeats}) is
 * refused before it is made.
 */
public final class GlbReader {
    /** Metres; float arithmetic with them stays finite. */
    private static final double FARTHEST = 1e30;

    private static final String LINES = "lines and single points";

    private static final Set<String> KNOWN = Set.of(
            "EXT_meshopt_compression",
            "KHR_meshopt_compression",
            "KHR_mesh_quantization",
            "EXT_mesh_gpu_instancing",
            "KHR_lights_punctual",
            "CESIUM_RTC",
            "EXT_mesh_features",
            "EXT_structural_metadata",
            Draco.EXTENSION);

    private final Gltf gltf;
    private final Remarks remarks;
    private final GltfMaterials materials;
    private final GltfSkins skins;
    /** Primitives that are shown several times are decoded once. */
    private final Map<JsonNode, Draco> dracos = new IdentityHashMap<>();

    /** Bounded by what the file's bytes can hold, each mesh shown once, and by what memory can hold of some shown often. */
    private final int maxVertices;

    private final int maxCorners;
    private int vertices;
    private int corners;
    private boolean anyNormals;
    private boolean anyColours;
    private boolean anyEvidence;
    private boolean anyCurtain;
    private double[] xyz = {};
    private float[] normals = {};
    private byte[] rgb = {};
    /** Colours that multiply pictures, as {@link #rgb}; empty while none does. */
    private byte[] tint = {};

    private byte[] evidence = {};
    private int[] triangles = {};
    /** The places of each corner in its picture; empty while there is none. */
    private float[] uv = {};

    private char[] material = {};
    private long unplaced;
    /** Vertices without a place. */
    private final BitSet nowhere = new BitSet();
    /** Triangles with a corner that has no place, or is no vertex. */
    private long damaged;
    /** Triangles whose corners the file ends before. */
    private long cut;

    private GlbReader(Gltf gltf, Remarks remarks) {
        this.gltf = gltf;
        this.remarks = remarks;
        this.materials = new GltfMaterials(gltf, remarks);
        this.skins = new GltfSkins(gltf);
        long bytes = gltf.bytes();
        this.maxVertices = (int) Math.min(Repeats.most() + bytes, 600_000_000);
        this.maxCorners = (int) Math.min(3 * (Repeats.most() + bytes), 2_000_000_000);
    }

    public static Mesh read(Path file) {
        try (Gltf gltf = Gltf.file(file)) {
            return read(gltf, new Remarks());
        }
    }

    /** @param remarks gets what the asset holds and a mesh does not, and what was decided */
    static Mesh read(Gltf gltf, Remarks remarks) {
        return new GlbReader(gltf, remarks).mesh();
    }

    /** Refuses an asset that cannot be understood without what nobody here knows. */
    static void requireKnown(Gltf gltf) {
        JsonNode required = gltf.list(gltf.json, "extensionsRequired");
        for (int i = 0; i < required.size(); i++) {
            String name = required.path(i).asString("?");
            if (!KNOWN.contains(name)
                    && !name.startsWith("KHR_materials")
                    && !name.startsWith("KHR_texture")
                    && !name.startsWith("EXT_texture")) {
                throw gltf.unsupported("it requires the extension " + name + ", which is not handled");
            }
        }
    }

    private Mesh mesh() {
        requireKnown(gltf);
        JsonNode scene = GltfScene.of(gltf);
        measure(scene);
        GltfScene.walk(gltf, scene, this::add);
        if (corners == 0) {
            throw remarks.notKept().contains(LINES)
                    ? gltf.unsupported("shows lines and single points, but no triangle")
                    : gltf.bad("shows no triangle" + (damaged > 0 ? " that is whole" : ""));
        }
        if (damaged > 0) {
            remarks.lost(damaged + " damaged triangles: a corner has no place, or is no vertex");
        }
        if (cut > 0) {
            remarks.lost(cut + " triangles: the file ends before their corners");
        }
        double[] e = origin(gltf, scene);
        int[] t = Arrays.copyOf(triangles, corners);
        if (anyCurtain || !nowhere.isEmpty()) {
            keep(UsedVertices.of(t, vertices, new Remarks()));
        }
        Charts charts = charts();
        boolean tinted = tint.length > 0 && charts != null && charts.pictured();
        Columns columns = Columns.NONE
                .with(Columns.NORMAL, anyNormals ? Arrays.copyOf(normals, 3 * vertices) : null)
                .with(Columns.RGB8, anyColours ? Arrays.copyOf(rgb, 3 * vertices) : null)
                .with(Columns.TINT, tinted ? Arrays.copyOf(tint, 3 * vertices) : null)
                .with(Columns.EVIDENCE, anyEvidence ? Arrays.copyOf(evidence, vertices) : null);
        if (e[0] == 0 && e[1] == 0 && e[2] == 0) {
            return Places.of(xyz, 3 * vertices).mesh(columns, t).with(charts);
        }
        Places p = Places.beside(new double[3], xyz, 3 * vertices);
        return new Mesh(e[0], e[1], e[2], p.xyz(), columns.with(Columns.REST, p.rest()), t, charts);
    }

    /** Refuses what is shown so often that it does not fit, by what the file says of its parts. */
    private void measure(@Nullable JsonNode scene) {
        Map<JsonNode, long[]> meshes = new IdentityHashMap<>();
        GltfScene.walk(gltf, scene, (mesh, node, m) -> meshes.computeIfAbsent(mesh, this::sizes)[2]++);
        double[] shown = new double[2];
        for (long[] s : meshes.values()) {
            for (int k = 0; k < 2 && s[2] > 1; k++) {
                shown[k] += (double) s[k] * s[2];
            }
        }
        if (shown[0] > maxVertices) {
            throw often((long) shown[0], "vertices", maxVertices);
        }
        if (shown[1] > maxCorners / 3) {
            throw often((long) shown[1], "triangles", maxCorners / 3);
        }
    }

    private GrottoException often(long shown, String things, int most) {
        return gltf.unsupported("its scene " + Repeats.tooMany(shown, things, most));
    }

    /** Vertices and triangles of a mesh by the counts of its accessors, and a place for how often it is shown. */
    private long[] sizes(JsonNode mesh) {
        long[] sum = new long[3];
        for (JsonNode p : mesh.path("primitives")) {
            long n = said(p.path("attributes").path("POSITION"));
            long corners = p.has("indices") ? said(p.path("indices")) : n;
            long mode = p.path("mode").asLong(4);
            sum[0] += n;
            sum[1] += mode < 4 ? 0 : mode == 4 ? corners / 3 : Math.max(0, corners - 2);
        }
        return sum;
    }

    private long said(JsonNode accessor) {
        int index = accessor.isInt() ? accessor.intValue() : -1;
        return Math.max(0, gltf.json.path("accessors").path(index).path("count").asLong(0));
    }

    /** Leaves those vertices that {@code from} names, rising. */
    private void keep(int[] from) {
        for (int i = 0; i < from.length; i++) {
            for (int k = 0; k < 3; k++) {
                xyz[3 * i + k] = xyz[3 * from[i] + k];
                normals[3 * i + k] = normals[3 * from[i] + k];
                rgb[3 * i + k] = rgb[3 * from[i] + k];
                if (tint.length > 0) {
                    tint[3 * i + k] = tint[3 * from[i] + k];
                }
            }
            evidence[i] = evidence[from[i]];
        }
        vertices = from.length;
    }

    private @Nullable Charts charts() {
        if (unplaced > 0) {
            remarks.lost("the pictures of " + unplaced + " triangles without a place in them");
        }
        int n = corners / 3;
        float[] placed = uv.length == 0 ? uv : Arrays.copyOf(uv, 6 * n);
        return Materials.charts(placed, Arrays.copyOf(material, n), materials.all(), anyColours, remarks);
    }

    /** The origin that {@link GlbWriter} leaves in the scene's extras, and that of CESIUM_RTC: Z up, or zeros. */
    static double[] origin(Gltf gltf, @Nullable JsonNode scene) {
        double[] out = new double[3];
        JsonNode centre = gltf.json.path("extensions").path("CESIUM_RTC").path("center");
        for (int i = 0; i < 3 && !centre.isMissingNode(); i++) {
            out[i] = centre.size() == 3 && centre.path(i).isNumber()
                    ? centre.path(i).doubleValue()
                    : Double.NaN;
            if (!Double.isFinite(out[i])) {
                throw gltf.bad("the centre of CESIUM_RTC is no list of three numbers");
            }
        }
        JsonNode list = scene == null ? null : scene.path("extras").path("origin");
        for (int i = 0; i < 3 && list != null && list.isArray() && list.size() == 3; i++) {
            double v = list.path(i).isNumber() ? list.path(i).doubleValue() : 0;
            out[i] += Double.isFinite(v) ? v : 0;
        }
        return out;
    }

    private void add(JsonNode mesh, JsonNode node, double[] m) {
        JsonNode primitives = gltf.list(mesh, "primitives");
        JsonNode weights = node.has("weights") ? gltf.list(node, "weights") : gltf.list(mesh, "weights");
        double[][] joints = node.has("skin") ? skins.joints(gltf.whole(node, "skin")) : new double[0][];
        for (int i = 0; i < primitives.size(); i++) {
            JsonNode p = primitives.path(i);
            long mode = gltf.whole(p, "mode", 4);
            if (mode >= 4 && mode <= 6) {
                gltf.tolerant(() -> primitive(p, (int) mode, m, weights, joints), "damaged parts of meshes", remarks);
            } else if (mode <= 3) {
                remarks.lost(LINES);
            } else {
                throw gltf.bad("a primitive's mode is " + mode + ", which glTF does not have");
            }
        }
    }

    /** The Draco content of a primitive; null where it has none, or its data stand as they are, too. */
    private @Nullable Draco draco(JsonNode p) {
        JsonNode coded = p.path("extensions").path(Draco.EXTENSION);
        JsonNode attributes = p.path("attributes");
        if (!coded.isObject()
                || gltf.item("accessors", gltf.whole(attributes, "POSITION")).has("bufferView")) {
            return null;
        }
        Draco known = dracos.get(p);
        if (known == null) {
            known = Draco.of(gltf, coded, maxVertices - vertices, (maxCorners - corners) / 3);
            dracos.put(p, known);
        }
        return known;
    }

    private Accessor accessor(@Nullable Draco draco, JsonNode attributes, String key) {
        long index = gltf.whole(attributes, key);
        if (draco == null || !draco.has(key)) {
            return key.equals("POSITION") ? Accessor.begun(gltf, index) : Accessor.of(gltf, index);
        }
        return draco.accessor(
                key, gltf.item("accessors", index).path("normalized").asBoolean(false));
    }

    /**
     * Takes a primitive.
     *
     * @param weights of its morph targets
     * @param joints of its skin; none where it has none
     */
    private void primitive(JsonNode p, int mode, double[] m, JsonNode weights, double[][] joints) {
        JsonNode attributes = p.path("attributes");
        if (!attributes.has("POSITION")) {
            return; // glTF: such a primitive is to be skipped
        }
        Draco draco = draco(p);
        Accessor position = accessor(draco, attributes, "POSITION");
        int n = position.count();
        int said = draco == null ? counted(gltf.whole(attributes, "POSITION")) : n;
        if (position.components() != 3) {
            throw gltf.bad("POSITION has " + position.components() + " numbers a vertex instead of 3");
        }
        if ((long) vertices + n > maxVertices) {
            throw often((long) vertices + n, "vertices", maxVertices);
        }
        Accessor normal = matching(draco, attributes, "NORMAL", said, 3, 3);
        Accessor colour = matching(draco, attributes, "COLOR_0", said, 3, 4);
        Accessor proof = matching(draco, attributes, "_EVIDENCE", said, 1, 1);
        int[] index;
        if (draco != null) {
            index = draco.indices();
        } else if (p.has("indices")) {
            Accessor corners = Accessor.begun(gltf, gltf.whole(p, "indices"));
            index = corners.indices(gltf, n, gltf.keepGoing);
            cut(counted(gltf.whole(p, "indices")) - corners.count(), mode);
        } else {
            index = new int[n];
            Arrays.setAll(index, i -> i);
            cut(said - n, mode);
        }
        index = surface(p, index, mode);
        told(p, attributes);
        GltfMaterials.Surface surface = materials.of(p);
        Accessor places =
                surface.pictured() ? matching(draco, attributes, "TEXCOORD_" + surface.set(), said, 2, 2) : null;
        boolean bare = places == null;
        Posed posed = new Posed(position, normal, m);
        posed.morph(
                gltf.list(p, "targets"), weights, (a, key, least, most) -> matching(null, a, key, said, least, most));
        if (joints.length > 0) {
            posed.hang(gltf, joints, attributes, (a, key, least, most) -> matching(draco, a, key, said, least, most));
        }
        grow(n);
        anyNormals |= normal != null;
        anyColours |= colour != null;
        anyEvidence |= proof != null;
        double[] square = cofactors(m);
        int mirrored = 0;
        Material of = surface.material();
        double[] factor = bare ? new double[] {of.red(), of.green(), of.blue()} : new double[] {1, 1, 1};
        for (int i = 0; i < n; i++) {
            int v = vertices + i;
            posed.vertex(i);
            position(posed.at, posed.matrix, v);
            mirrored += determinant(posed.matrix) < 0 ? 1 : -1;
            if (normal != null) {
                normal(posed.facing, posed.skinned() ? cofactors(posed.matrix) : square, 3 * v);
            }
            for (int c = 0; c < 3; c++) {
                rgb[3 * v + c] = Srgb.coded16(factor[c] * (colour == null ? 1 : colour.value(i, c)));
            }
            evidence[v] = proof == null ? Mesh.MEASURED : (byte) (int) Math.max(0, Math.min(255, proof.raw(i, 0)));
        }
        if (colour != null) {
            tint(n);
        }
        int first = corners;
        triangles(index, draco == null ? mode : 4, mirrored > 0);
        Worn worn = !bare ? Worn.WHOLE : colour != null ? Worn.WHITE : Worn.BARE;
        unplaced += bare && surface.pictured() ? (corners - first) / 3 : 0;
        wear(first, materials.number(p, worn), places, surface.place());
        vertices += n;
    }

    /** How many elements an accessor says it has. */
    private int counted(long accessor) {
        return (int) gltf.whole(gltf.item("accessors", accessor), "count");
    }

    /** Counts triangles whose corners the file says and does not hold. */
    private void cut(int corners, int mode) {
        cut += mode == 4 ? (corners + 2) / 3 : corners;
    }

    /** The corners without those of the curtain of a tile of Grotto's own. */
    private int[] surface(JsonNode p, int[] index, int mode) {
        int curtain = mode == 4 ? Curtain.of(p, index.length / 3).triangles() : 0;
        if (curtain == 0) {
            return index;
        }
        anyCurtain = true;
        return Arrays.copyOf(index, index.length - 3 * curtain);
    }

    /** Keeps the colours of {@code n} vertices for the picture that lies on them, or for the white where none does. */
    private void tint(int n) {
        boolean white = true;
        for (int i = 3 * vertices; i < 3 * (vertices + n); i++) {
            white &= rgb[i] == -1;
        }
        if (white) {
            return;
        }
        if (tint.length == 0) {
            tint = new byte[rgb.length];
            Arrays.fill(tint, (byte) 255);
        }
        System.arraycopy(rgb, 3 * vertices, tint, 3 * vertices, 3 * n);
    }

    /** Names what of a primitive's attributes nobody takes. */
    private void told(JsonNode p, JsonNode attributes) {
        if (!p.path("targets").isEmpty()) {
            remarks.lost("morph targets");
        }
        for (Map.Entry<String, JsonNode> e : attributes.properties()) {
            String key = e.getKey();
            if (key.startsWith("_") && !key.equals("_EVIDENCE") || key.startsWith("COLOR_") && !key.equals("COLOR_0")) {
                remarks.lost("further columns of vertices", key);
            }
        }
    }

    /** Gives the triangles from corner {@code first} on their material and their places in its picture. */
    private void wear(int first, int number, @Nullable Accessor places, double[] p) {
        int from = first / 3;
        int to = corners / 3;
        if (material.length < triangles.length / 3) {
            material = Arrays.copyOf(material, triangles.length / 3);
        }
        Arrays.fill(material, from, to, (char) number);
        if (places == null && uv.length == 0) {
            return;
        }
        if (!Materials.fits(triangles.length / 3)) {
            throw gltf.unsupported("it has more triangles than fit with pictures; split it");
        }
        if (uv.length < 2 * triangles.length) {
            uv = Arrays.copyOf(uv, 2 * triangles.length);
        }
        for (int c = first; c < corners && places != null; c++) {
            int i = triangles[c] - vertices;
            double u = places.value(i, 0);
            double v = places.value(i, 1);
            float x = (float) (p[0] * u + p[1] * v + p[2]);
            float y = (float) (p[3] * u + p[4] * v + p[5]);
            boolean good = Float.isFinite(x) && Float.isFinite(y);
            uv[2 * c] = good ? x : 0;
            uv[2 * c + 1] = good ? y : 0;
        }
    }

    private @Nullable Accessor matching(
            @Nullable Draco draco, JsonNode attributes, String key, int n, int least, int most) {
        if (!attributes.has(key)) {
            return null;
        }
        return gltf.tolerant(
                () -> {
                    Accessor a = accessor(draco, attributes, key);
                    if (a.count() != n || a.components() < least || a.components() > most) {
                        throw gltf.bad(key + " has " + a.count() + " elements of " + a.components()
                                + " numbers, but there are " + n + " vertices");
                    }
                    return a;
                },
                "damaged columns of vertices",
                remarks);
    }

    private void grow(int n) {
        int want = vertices + n;
        if (3 * (long) want > xyz.length) {
            // exact for the first, which usually is the only one
            int size = vertices == 0 ? want : (int) Math.min(maxVertices, Math.max(want, want * 3L / 2));
            xyz = Arrays.copyOf(xyz, 3 * size);
            normals = Arrays.copyOf(normals, 3 * size);
            rgb = Arrays.copyOf(rgb, 3 * size);
            if (tint.length > 0) {
                int had = tint.length;
                tint = Arrays.copyOf(tint, 3 * size);
                Arrays.fill(tint, had, tint.length, (byte) 255);
            }
            evidence = Arrays.copyOf(evidence, size);
        }
    }

    private void position(double[] at, double[] m, int v) {
        for (int row = 0; row < 3; row++) {
            double p = m[row] * at[0] + m[4 + row] * at[1] + m[8 + row] * at[2] + m[12 + row];
            boolean good = Math.abs(p) <= FARTHEST;
            if (!good) {
                nowhere.set(v);
            }
            xyz[3 * v + row] = good ? p : 0;
        }
    }

    private void normal(double[] facing, double[] m, int to) {
        double x = facing[0];
        double y = facing[1];
        double z = facing[2];
        double nx = m[0] * x + m[4] * y + m[8] * z;
        double ny = m[1] * x + m[5] * y + m[9] * z;
        double nz = m[2] * x + m[6] * y + m[10] * z;
        double l = Math.sqrt(nx * nx + ny * ny + nz * nz);
        boolean good = l > 0 && Double.isFinite(l);
        normals[to] = good ? (float) (nx / l) : 0;
        normals[to + 1] = good ? (float) (ny / l) : 0;
        normals[to + 2] = good ? (float) (nz / l) : 0;
    }

    /** The matrix that turns normals: the cofactors of m's upper 3 x 3, with the sign of its determinant. */
    private static double[] cofactors(double[] m) {
        double[] c = new double[16];
        double sign = determinant(m) < 0 ? -1 : 1;
        for (int col = 0; col < 3; col++) {
            int p = 4 * ((col + 1) % 3);
            int q = 4 * ((col + 2) % 3);
            for (int row = 0; row < 3; row++) {
                int r = (row + 1) % 3;
                int s = (row + 2) % 3;
                c[4 * col + row] = sign * (m[p + r] * m[q + s] - m[q + r] * m[p + s]);
            }
        }
        return c;
    }

    private static double determinant(double[] m) {
        return m[0] * (m[5] * m[10] - m[9] * m[6])
                - m[4] * (m[1] * m[10] - m[9] * m[2])
                + m[8] * (m[1] * m[6] - m[5] * m[2]);
    }

    private void triangles(int[] index, int mode, boolean mirrored) {
        int count = mode == 4 ? index.length / 3 : Math.max(0, index.length - 2);
        if ((long) corners + 3L * count > maxCorners) {
            throw often(corners / 3 + (long) count, "triangles", maxCorners / 3);
        }
        int want = corners + 3 * count;
        if (want > triangles.length) {
            triangles = Arrays.copyOf(triangles, corners == 0 ? want : (int) Math.min(maxCorners, want * 3L / 2));
        }
        for (int t = 0; t < count; t++) {
            int a = mode == 4 ? 3 * t : mode == 5 ? t : 0;
            int b = mode == 4 ? a + 1 : t + 1;
            int c = b + 1;
            // every other triangle of a strip turns the other way
            boolean swap = mirrored != (mode == 5 && (t & 1) == 1);
            if (whole(index[a]) & whole(index[b]) & whole(index[c])) {
                triangles[corners++] = vertices + index[a];
                triangles[corners++] = vertices + index[swap ? c : b];
                triangles[corners++] = vertices + index[swap ? b : c];
            } else {
                damaged++;
            }
        }
    }

    /** Whether a corner has a place; one without is refused, unless damaged triangles are passed over. */
    private boolean whole(int corner) {
        boolean whole = corner >= 0 && !nowhere.get(vertices + corner);
        if (!whole && !gltf.keepGoing) {
            throw gltf.bad("vertex " + corner + " of a mesh has a position that is no number");
        }
        return whole;
    }
}
