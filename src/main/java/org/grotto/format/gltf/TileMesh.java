package org.grotto.format.gltf;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Columns;
import org.grotto.image.Srgb;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The mesh of one tile, decoded and ready for a graphics card: Z up, metres, triangles counter-clockwise seen from the
 * open side. In the cave frame a vertex stands at {@code tile.shift + origin + position}.
 */
public final class TileMesh {
    /** What {@link #positions} are relative to, in the tile's Z-up frame; add {@link Tile#shift}. */
    public final double originX;

    public final double originY;
    public final double originZ;
    /** x y z interleaved, metres. */
    public final float[] positions;
    /** Unit normals, four signed bytes a vertex: x y z in [-127, 127], then 0; null where the file has none. */
    public final byte @Nullable [] normals;
    /** Colours, four bytes a vertex: red green blue with sRGB transfer, then 255; null where the file has none. */
    public final byte @Nullable [] rgba;
    /** The pictures that lie on it, not decoded; null where the file has none, or none that can be taken out of it. */
    public final @Nullable TilePicture picture;
    /** Why there is no {@link #picture} though the file speaks of one, or null. */
    public final @Nullable GrottoException pictureFault;
    /** What else the file tells of each vertex. */
    public final Columns columns;
    /** Three vertex indices a triangle. */
    public final int[] indices;
    /** Of the triangles the last ones, which close the step to other tiles and are no surface. */
    public final Curtain curtain;

    TileMesh(
            double originX,
            double originY,
            double originZ,
            float[] positions,
            byte @Nullable [] normals,
            byte @Nullable [] rgba,
            @Nullable TilePicture picture,
            @Nullable GrottoException pictureFault,
            Columns columns,
            int[] indices,
            Curtain curtain) {
        this.pictureFault = pictureFault;
        this.originX = originX;
        this.originY = originY;
        this.originZ = originZ;
        this.positions = positions;
        this.normals = normals;
        this.rgba = rgba;
        this.picture = picture;
        this.columns = columns;
        this.indices = indices;
        this.curtain = curtain;
    }

    /** One byte a vertex, 255 measured to 0 inferred ({@link org.grotto.geometry.Mesh#evidence}); null where unknown. */
    public byte @Nullable [] evidence() {
        return columns.bytes(Columns.EVIDENCE.name());
    }

    public int vertexCount() {
        return positions.length / 3;
    }

    public int indexCount() {
        return indices.length;
    }

    /**
     * Decodes a tile's GLB as {@code MeshTiles} writes it: one node with a translation and a scale, one primitive of
     * triangles, plain or with EXT_meshopt_compression and KHR_mesh_quantization, with
     * pictures in its own bytes or without. Time and memory are proportional to the
     * file; any other file is refused with a sentence.
     *
     * @param glb heap or direct; direct saves a copy. Position and limit are left alone.
     * @param nameForErrors what error sentences call it
     */
    public static TileMesh read(ByteBuffer glb, String nameForErrors) {
        Gltf gltf = Gltf.glb(glb, nameForErrors);
        if (gltf.json.path("nodes").size() != 1 || gltf.json.path("meshes").size() != 1) {
            throw gltf.unsupported("a tile has one node with one mesh");
        }
        JsonNode node = gltf.item("nodes", 0);
        if (node.has("matrix") || node.has("rotation")) {
            throw gltf.unsupported("a tile's node has only a translation and a scale");
        }
        double[] move = triple(gltf, node, "translation", 0);
        double[] scale = triple(gltf, node, "scale", 1);
        JsonNode primitives = gltf.item("meshes", gltf.whole(node, "mesh")).path("primitives");
        if (primitives.size() != 1 || gltf.whole(primitives.get(0), "mode", 4) != 4) {
            throw gltf.unsupported("a tile's mesh has one primitive, of triangles");
        }
        JsonNode primitive = primitives.get(0);
        JsonNode attributes = primitive.path("attributes");
        Accessor position = Accessor.of(gltf, gltf.whole(attributes, "POSITION"));
        int n = position.count();
        float[] xyz = positions(gltf, position, scale);
        int[] indices = Accessor.of(gltf, gltf.whole(primitive, "indices")).indices(gltf, n);
        if (indices.length % 3 != 0) {
            throw gltf.bad(indices.length + " indices are no whole triangles");
        }
        Accessor normal = optional(gltf, attributes, "NORMAL", 3, n);
        Accessor colour = optional(gltf, attributes, "COLOR_0", 3, n);
        TilePicture picture = null;
        GrottoException fault = null;
        try {
            picture = TilePictures.read(gltf, primitive, n);
        } catch (GrottoException e) {
            fault = e; // the stone itself is there
        }
        return new TileMesh(
                move[0],
                -move[2],
                move[1],
                xyz,
                normal == null ? null : normals(normal),
                colour == null ? null : colours(colour),
                picture,
                fault,
                TileColumns.read(gltf, primitive, n),
                indices,
                Curtain.of(primitive, indices.length / 3));
    }

    /** Whether a tile says that a picture lies on it; nothing but its JSON is read. */
    public static boolean pictured(ByteBuffer glb, String nameForErrors) {
        for (JsonNode material : Gltf.glb(glb, nameForErrors).json.path("materials")) {
            if (material.path("pbrMetallicRoughness").path("baseColorTexture").isObject()) {
                return true;
            }
        }
        return false;
    }

    private static double[] triple(Gltf gltf, JsonNode node, String key, double absent) {
        double[] out = {absent, absent, absent};
        JsonNode list = node.path(key);
        for (int i = 0; i < 3 && node.has(key); i++) {
            out[i] = list.isArray() && list.size() == 3 && list.path(i).isNumber()
                    ? list.path(i).doubleValue()
                    : Double.NaN;
            if (!Double.isFinite(out[i])) {
                throw gltf.bad("a node's " + key + " must be three finite numbers");
            }
        }
        return out;
    }

    private static @Nullable Accessor optional(Gltf gltf, JsonNode attributes, String key, int components, int n) {
        if (!attributes.has(key)) {
            return null;
        }
        Accessor a = Accessor.of(gltf, gltf.whole(attributes, key));
        if (a.components() < components || a.count() != n) {
            throw gltf.bad(key + " has " + a.count() + " elements of " + a.components() + " numbers, but there are " + n
                    + " vertices");
        }
        return a;
    }

    private static float[] positions(Gltf gltf, Accessor a, double[] scale) {
        if (a.components() != 3) {
            throw gltf.bad("POSITION has " + a.components() + " numbers a vertex instead of 3");
        }
        float[] xyz = new float[3 * a.count()];
        for (int i = 0; i < a.count(); i++) {
            float x = (float) (a.value(i, 0) * scale[0]);
            float y = (float) (a.value(i, 1) * scale[1]);
            float z = (float) (a.value(i, 2) * scale[2]);
            if (!Float.isFinite(x + y + z)) {
                throw gltf.bad("vertex " + i + " has a position that is no number");
            }
            xyz[3 * i] = x;
            xyz[3 * i + 1] = -z;
            xyz[3 * i + 2] = y;
        }
        return xyz;
    }

    private static byte[] normals(Accessor a) {
        byte[] out = new byte[4 * a.count()];
        for (int i = 0; i < a.count(); i++) {
            out[4 * i] = (byte) Math.rint(127 * a.value(i, 0));
            out[4 * i + 1] = (byte) Math.rint(-127 * a.value(i, 2));
            out[4 * i + 2] = (byte) Math.rint(127 * a.value(i, 1));
        }
        return out;
    }

    private static byte[] colours(Accessor a) {
        byte[] out = new byte[4 * a.count()];
        Arrays.fill(out, (byte) 255);
        for (int i = 0; i < a.count(); i++) {
            for (int c = 0; c < 3; c++) {
                out[4 * i + c] = Srgb.coded16(a.value(i, c));
            }
        }
        return out;
    }
}
