package org.grotto.format.gltf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Mesh;
import org.grotto.image.Srgb;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a mesh as plain GLB 2.0 that any program opens: float positions and normals, pictures as they are or linear
 * 16-bit colours, 32-bit indices, no extension. Metres, Y up. Positions are relative to the mesh's origin; the origin itself stands in the scene's
 * {@code extras.origin} (x, y, z in the cave's Z-up frame), since float cannot hold it.
 */
public final class GlbWriter {
    private static final int BLOCK = 1 << 16;

    private GlbWriter() {}

    /** Writes {@code mesh} to {@code file}, through a buffer of a few MB; the caller sees to it that it appears whole. */
    public static void write(Mesh mesh, Path file) {
        int n = mesh.vertexCount();
        if (n == 0 || mesh.triangles.length == 0) {
            throw GrottoException.badRequest("The mesh has no triangle; a GLB cannot hold nothing.");
        }
        ObjectNode json = Json.mapper().createObjectNode();
        json.putObject("asset").put("version", "2.0").put("generator", "Grotto");
        ObjectNode scene = json.put("scene", 0).putArray("scenes").addObject();
        scene.putArray("nodes").add(0);
        scene.putObject("extras")
                .putArray("origin")
                .add(mesh.originX)
                .add(mesh.originY)
                .add(mesh.originZ);
        json.putArray("nodes").addObject().put("mesh", 0);
        ArrayNode primitives = json.putArray("meshes").addObject().putArray("primitives");
        List<GlbPart> parts = GlbPart.of(mesh);
        GlbMaterials materials = new GlbMaterials(json);
        ArrayNode accessors = json.putArray("accessors");
        ArrayNode views = json.putArray("bufferViews");
        long at = 0;
        for (GlbPart part : parts) {
            ObjectNode primitive = primitives.addObject();
            at = describe(mesh, part, primitive, views, accessors, at);
            primitive.put("material", primitives.size() - 1);
            Charts charts = mesh.charts;
            if (charts == null || part.material() < 0) {
                GlbMaterials.plain(json.putArray("materials").addObject());
            } else {
                materials.add(charts.materials().get(part.material()));
            }
        }
        at = materials.lay(views, at);
        json.putArray("buffers").addObject().put("byteLength", at);
        byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
        int length = text.length;
        text = Arrays.copyOf(text, (length + 3) / 4 * 4);
        Arrays.fill(text, length, text.length, (byte) ' ');
        if (28L + text.length + at > 0xFFFFFFFFL) {
            throw GrottoException.badRequest(
                    "The mesh needs " + at + " bytes, but a GLB holds at most 4 GB; write PLY instead or simplify it.");
        }
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer head = ByteBuffer.allocate(28 + text.length).order(ByteOrder.LITTLE_ENDIAN);
            head.putInt(Glb.MAGIC).putInt(2).putInt((int) (28 + text.length + at));
            head.putInt(text.length).putInt(Glb.JSON).put(text);
            head.putInt((int) at).putInt(Glb.BIN).flip();
            drain(head, out);
            for (GlbPart part : parts) {
                body(mesh, part, out);
            }
            for (byte[] picture : materials.pictures()) {
                drain(ByteBuffer.wrap(picture), out);
            }
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        }
    }

    /** Accessors of one part, in the order in which {@link #body} writes it; gives where it ends. */
    private static long describe(
            Mesh mesh, GlbPart part, ObjectNode primitive, ArrayNode views, ArrayNode accessors, long from) {
        int n = part.size(mesh);
        ObjectNode attributes = primitive.putObject("attributes");
        attributes.put("POSITION", accessors.size());
        long at = accessor(views, accessors, from, n, 12, Accessor.FLOAT, "VEC3", false);
        bounds(mesh, part, (ObjectNode) accessors.get(accessors.size() - 1));
        if (mesh.normals() != null) {
            attributes.put("NORMAL", accessors.size());
            at = accessor(views, accessors, at, n, 12, Accessor.FLOAT, "VEC3", false);
        }
        if (part.uv() != null) {
            attributes.put("TEXCOORD_0", accessors.size());
            at = accessor(views, accessors, at, n, 8, Accessor.FLOAT, "VEC2", false);
        } else if (mesh.rgb() != null) {
            attributes.put("COLOR_0", accessors.size());
            at = accessor(views, accessors, at, n, 8, Accessor.UNSIGNED_SHORT, "VEC4", true);
        }
        if (mesh.evidence() != null) {
            attributes.put("_EVIDENCE", accessors.size());
            at = accessor(views, accessors, at, n, 4, Accessor.UNSIGNED_BYTE, "SCALAR", false);
        }
        primitive.put("indices", accessors.size());
        return accessor(views, accessors, at, part.triangles().length, 0, Accessor.UNSIGNED_INT, "SCALAR", false);
    }

    private static void bounds(Mesh mesh, GlbPart part, ObjectNode accessor) {
        ArrayNode min = accessor.putArray("min");
        ArrayNode max = accessor.putArray("max");
        for (int axis = 0; axis < 3; axis++) {
            float low = Float.POSITIVE_INFINITY;
            float high = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < part.size(mesh); i++) {
                float v = up(mesh.xyz, 3 * part.from(i), axis);
                low = Math.min(low, v);
                high = Math.max(high, v);
            }
            if (!Float.isFinite(low) || !Float.isFinite(high)) {
                throw GrottoException.badRequest("The mesh has a vertex that is no number; clean it first.");
            }
            min.add(low);
            max.add(high);
        }
    }

    /** Component {@code axis} in glTF's frame of the vector at {@code i}: (x, z, -y). */
    private static float up(float[] v, int i, int axis) {
        return axis == 0 ? v[i] : axis == 1 ? v[i + 2] : -v[i + 1];
    }

    private static long accessor(
            ArrayNode views,
            ArrayNode accessors,
            long at,
            int count,
            int stride,
            int type,
            String shape,
            boolean normalized) {
        long size = (long) count * (stride == 0 ? 4 : stride);
        ObjectNode view =
                views.addObject().put("buffer", 0).put("byteOffset", at).put("byteLength", size);
        if (stride != 0) {
            view.put("byteStride", stride);
        }
        view.put("target", stride == 0 ? 34963 : 34962);
        ObjectNode accessor = accessors.addObject().put("bufferView", views.size() - 1);
        accessor.put("componentType", type).put("count", count).put("type", shape);
        if (normalized) {
            accessor.put("normalized", true);
        }
        return at + size;
    }

    private static void body(Mesh mesh, GlbPart part, FileChannel out) throws IOException {
        int n = part.size(mesh);
        ByteBuffer b = ByteBuffer.allocate(16 * BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] vectors : new float[][] {mesh.xyz, mesh.normals()}) {
            for (int i = 0; vectors != null && i < n; i++) {
                int v = 3 * part.from(i);
                b.putFloat(up(vectors, v, 0)).putFloat(up(vectors, v, 1)).putFloat(up(vectors, v, 2));
                spill(b, out);
            }
        }
        float[] uv = part.uv();
        byte[] rgb = mesh.rgb();
        if (uv != null) {
            for (int i = 0; i < n; i++) {
                b.putFloat(uv[2 * i]).putFloat(uv[2 * i + 1]);
                spill(b, out);
            }
        } else if (rgb != null) {
            for (int i = 0; i < n; i++) {
                for (int c = 0; c < 3; c++) {
                    b.putChar(Srgb.linear16(rgb[3 * part.from(i) + c]));
                }
                b.putChar((char) 0xFFFF);
                spill(b, out);
            }
        }
        byte[] evidence = mesh.evidence();
        for (int i = 0; evidence != null && i < n; i++) {
            b.putInt(evidence[part.from(i)] & 0xFF);
            spill(b, out);
        }
        for (int t : part.triangles()) {
            b.putInt(t);
            spill(b, out);
        }
        drain(b.flip(), out);
    }

    private static void spill(ByteBuffer b, FileChannel out) throws IOException {
        if (b.remaining() < 16) {
            drain(b.flip(), out);
            b.clear();
        }
    }

    private static void drain(ByteBuffer b, FileChannel out) throws IOException {
        while (b.hasRemaining()) {
            out.write(b);
        }
    }
}
