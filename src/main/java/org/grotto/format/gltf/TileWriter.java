package org.grotto.format.gltf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;
import org.grotto.base.Json;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.image.Srgb;
import org.jspecify.annotations.Nullable;
import org.lwjgl.system.MemoryUtil;
import org.lwjgl.util.meshoptimizer.MeshOptimizer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes one tile's mesh as GLB with EXT_meshopt_compression and KHR_mesh_quantization, Y up as glTF wants it.
 *
 * <p>Positions are whole steps of the cave's lattice, relative to a whole-number offset in the node's translation, so they
 * come back exact: 16-bit where the tile is at most 65,535 steps wide, else float (which holds whole numbers to 2^24) with
 * the EXPONENTIAL filter, which stores just those whole numbers. Colours are linear light in 16 bits ({@link Srgb}), or a
 * picture ({@link TilePicture}).
 */
public final class TileWriter {
    /** Steps that the 24 bits of an exponential mantissa hold to both sides of a tile's middle, rounding included. */
    private static final long WIDEST = (1 << 24) - 4;

    private static final int ARRAY_BUFFER = 34962;
    private static final int ELEMENT_ARRAY_BUFFER = 34963;

    private final ByteBuffer bin;
    private final ArrayNode views = Json.mapper().createArrayNode();
    private final ArrayNode accessors = Json.mapper().createArrayNode();
    private long decodedBytes;

    private TileWriter(int bound) {
        bin = ByteBuffer.allocateDirect(bound).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * @param xyz vertex positions, Z up, in lattice steps, interleaved; where they span 2^24 steps or more on an axis they
     *     are rounded, see {@link #bits}
     * @param step the lattice's step, metres, a power of two
     * @param normals unit normals, interleaved
     * @param columns colours and whatever else is known of the vertices; those that {@link TileColumns#carries} refuses
     *     are left out
     * @param triangles three vertices each, at least one triangle
     */
    public static byte[] write(int[] xyz, double step, float[] normals, Columns columns, int[] triangles) {
        return write(xyz, step, normals, columns, triangles, Curtain.NONE, null);
    }

    /**
     * The same with a picture, which takes the place of the vertices' colours: glTF multiplies both. Where the columns have
     * a {@link Columns#TINT}, that stands for them.
     *
     * @param curtain of the triangles the last ones, which are no part of the surface; they stay the last
     * @param picture null for none; its places are kept to 1/131,070
     */
    public static byte[] write(
            int[] xyz,
            double step,
            float[] normals,
            Columns columns,
            int[] triangles,
            Curtain curtain,
            @Nullable TilePicture picture) {
        int n = xyz.length / 3;
        if (picture != null && picture.uv().length != 2 * n) {
            throw new IllegalArgumentException(n + " vertices, " + picture.uv().length / 2 + " places in the picture");
        }
        IntBuffer index = MemoryUtil.memAllocInt(triangles.length);
        IntBuffer remap = MemoryUtil.memAllocInt(n);
        try {
            index.put(triangles).flip();
            int from = triangles.length - 3 * curtain.triangles();
            arrange(index.slice(0, from), n);
            for (Curtain.Strip s : curtain.strips()) {
                arrange(index.slice(from, 3 * s.triangles()), n);
                from += 3 * s.triangles();
            }
            int used = (int) MeshOptimizer.meshopt_optimizeVertexFetchRemap(remap, index);
            MeshOptimizer.meshopt_remapIndexBuffer(index, index, triangles.length, remap);
            int[] origin = new int[used];
            for (int i = 0; i < n; i++) {
                if (remap.get(i) >= 0) {
                    origin[remap.get(i)] = i;
                }
            }
            long bound = MeshOptimizer.meshopt_encodeIndexBufferBound(triangles.length, used)
                    + bound(used, columns)
                    + (picture == null ? 0 : TilePictures.bound(picture))
                    + 4096;
            return new TileWriter(Math.toIntExact(bound))
                    .glb(xyz, step, normals, columns, index, curtain, origin, picture);
        } finally {
            MemoryUtil.memFree(index);
            MemoryUtil.memFree(remap);
        }
    }

    private static void arrange(IntBuffer part, int vertices) {
        if (part.hasRemaining()) {
            MeshOptimizer.meshopt_optimizeVertexCacheStrip(part, part, vertices);
        }
    }

    private byte[] glb(
            int[] xyz,
            double step,
            float[] normals,
            Columns columns,
            IntBuffer index,
            Curtain curtain,
            int[] from,
            @Nullable TilePicture picture) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.putObject("asset").put("version", "2.0").put("generator", "Grotto");
        List<String> needed = List.of("EXT_meshopt_compression", "KHR_mesh_quantization");
        ArrayNode used = json.putArray("extensionsUsed");
        needed.forEach(used::add);
        needed.forEach(json.putArray("extensionsRequired")::add);
        json.put("scene", 0).putArray("scenes").addObject().putArray("nodes").add(0);
        ObjectNode node = json.putArray("nodes").addObject().put("mesh", 0);
        ObjectNode primitive =
                json.putArray("meshes").addObject().putArray("primitives").addObject();
        ObjectNode attributes = primitive.putObject("attributes");
        attributes.put("POSITION", positions(xyz, step, from, node));
        attributes.put("NORMAL", normals(normals, from));
        byte[] rgb = columns.bytes(Columns.RGB8.name());
        if (picture != null) {
            attributes.put("TEXCOORD_0", places(picture.uv(), from));
            byte[] tint = columns.bytes(Columns.TINT.name());
            if (tint != null && tinted(tint, from)) {
                attributes.put("COLOR_0", colours(tint, from));
            }
        } else if (rgb != null) {
            attributes.put("COLOR_0", colours(rgb, from));
        }
        Columns others = columns.without(Columns.RGB8.name()).without(Columns.TINT.name());
        for (ColumnType t : others.types()) {
            if (TileColumns.carries(t)) {
                attributes.put(TileColumns.attribute(t), column(t, others, from));
            }
        }
        primitive.put("indices", indices(index, from.length));
        primitive.put("material", 0);
        curtain.describe(primitive);
        TileColumns.describe(others, json, primitive);
        if (primitive.has("extensions")) {
            used.add(TileColumns.EXTENSION);
        }
        ObjectNode material = json.putArray("materials").addObject();
        material.putObject("pbrMetallicRoughness").put("metallicFactor", 0).put("roughnessFactor", 1);
        if (picture != null) {
            TilePictures.write(picture, bin, views, json, material);
        }
        json.set("accessors", accessors);
        json.set("bufferViews", views);
        ArrayNode buffers = json.putArray("buffers");
        buffers.addObject().put("byteLength", bin.position());
        buffers.addObject()
                .put("byteLength", decodedBytes)
                .putObject("extensions")
                .putObject("EXT_meshopt_compression")
                .put("fallback", true);
        return Glb.join(json, bin.flip());
    }

    /** By how many bits positions have to be rounded in a tile that is so wide, in steps; 0: they come back exact. */
    public static int bits(long width) {
        int bits = 0;
        while (width >> bits > WIDEST) {
            bits++;
        }
        return bits;
    }

    private int positions(int[] xyz, double step, int[] from, ObjectNode node) {
        int n = from.length;
        int[][] p = new int[3][];
        int[] low = new int[3];
        int[] high = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            // glTF's x, y, z are our x, z, -y
            p[axis] = axis(xyz, from, axis == 0 ? 0 : 3 - axis, axis == 2 ? -1 : 1);
            low[axis] = least(p[axis]);
            high[axis] = most(p[axis]);
        }
        long width = 0;
        int any = 0;
        for (int axis = 0; axis < 3; axis++) {
            width = Math.max(width, (long) high[axis] - low[axis]);
            for (int q : p[axis]) {
                any |= q;
            }
        }
        // whole multiples of a coarser step are written as such
        int coarse = Math.max(bits(width), Math.min(30, Integer.numberOfTrailingZeros(any)));
        for (int axis = 0; axis < 3; axis++) {
            coarser(p[axis], coarse);
            low[axis] = least(p[axis]);
            high[axis] = most(p[axis]);
        }
        double unit = Math.scalb(step, coarse);
        boolean small = true;
        for (int axis = 0; axis < 3; axis++) {
            small &= high[axis] - low[axis] <= 65535;
        }
        int stride = small ? 8 : 12;
        ByteBuffer data = MemoryUtil.memCalloc(n * stride).order(ByteOrder.LITTLE_ENDIAN);
        ArrayNode move = node.putArray("translation");
        ArrayNode scale = node.putArray("scale");
        ObjectNode accessor = accessors.addObject();
        ArrayNode min = accessor.putArray("min");
        ArrayNode max = accessor.putArray("max");
        for (int axis = 0; axis < 3; axis++) {
            int offset = small ? low[axis] : (int) Math.floorDiv((long) low[axis] + high[axis], 2);
            move.add(offset * unit);
            scale.add(unit);
            min.add(low[axis] - offset);
            max.add(high[axis] - offset);
            if (small) {
                shorts(p[axis], offset, data, 2 * axis);
            } else {
                mantissas(p[axis], offset, data, 4 * axis);
            }
        }
        return attribute(
                data,
                n,
                stride,
                small ? "NONE" : "EXPONENTIAL",
                accessor,
                small ? Accessor.UNSIGNED_SHORT : Accessor.FLOAT,
                "VEC3",
                false);
    }

    /** In steps 2^{@code bits} times as long, rounded. */
    private static void coarser(int[] p, int bits) {
        for (int i = 0; i < p.length && bits > 0; i++) {
            p[i] = (int) ((p[i] + (1L << bits - 1)) >> bits);
        }
    }

    private static int[] axis(int[] xyz, int[] from, int axis, int sign) {
        int[] out = new int[from.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = sign * xyz[3 * from[i] + axis];
        }
        return out;
    }

    private static int least(int[] a) {
        int least = Integer.MAX_VALUE;
        for (int v : a) {
            least = Math.min(least, v);
        }
        return least;
    }

    private static int most(int[] a) {
        int most = Integer.MIN_VALUE;
        for (int v : a) {
            most = Math.max(most, v);
        }
        return most;
    }

    private static void shorts(int[] p, int offset, ByteBuffer data, int at) {
        for (int i = 0; i < p.length; i++) {
            data.putShort(8 * i + at, (short) (p[i] - offset));
        }
    }

    private static void mantissas(int[] p, int offset, ByteBuffer data, int at) {
        for (int i = 0; i < p.length; i++) {
            data.putInt(12 * i + at, p[i] - offset & 0xFFFFFF); // exponent 0
        }
    }

    private int normals(float[] normals, int[] from) {
        int n = from.length;
        ByteBuffer data = MemoryUtil.memCalloc(4 * n);
        FloatBuffer wide = MemoryUtil.memAllocFloat(4 * n);
        try {
            for (int v : from) {
                wide.put(normals[3 * v])
                        .put(normals[3 * v + 2])
                        .put(-normals[3 * v + 1])
                        .put(0);
            }
            MeshOptimizer.meshopt_encodeFilterOct(data, n, 4, 8, wide.flip());
        } finally {
            MemoryUtil.memFree(wide);
        }
        return attribute(data, n, 4, "OCTAHEDRAL", accessors.addObject(), Accessor.BYTE, "VEC3", true);
    }

    private int colours(byte[] rgb, int[] from) {
        int n = from.length;
        ByteBuffer data = MemoryUtil.memAlloc(8 * n).order(ByteOrder.LITTLE_ENDIAN);
        linear(rgb, from, data);
        return attribute(data, n, 8, "NONE", accessors.addObject(), Accessor.UNSIGNED_SHORT, "VEC4", true);
    }

    private static boolean tinted(byte[] tint, int[] from) {
        for (int v : from) {
            if ((tint[3 * v] & tint[3 * v + 1] & tint[3 * v + 2]) != -1) {
                return true;
            }
        }
        return false;
    }

    private int places(float[] uv, int[] from) {
        int n = from.length;
        ByteBuffer data = MemoryUtil.memAlloc(4 * n).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < n; i++) {
            data.putShort(4 * i, (short) Math.round(uv[2 * from[i]] * 65535.0));
            data.putShort(4 * i + 2, (short) Math.round(uv[2 * from[i] + 1] * 65535.0));
        }
        return attribute(data, n, 4, "NONE", accessors.addObject(), Accessor.UNSIGNED_SHORT, "VEC2", true);
    }

    private static void linear(byte[] rgb, int[] from, ByteBuffer data) {
        for (int i = 0; i < from.length; i++) {
            int p = 3 * from[i];
            data.putShort(8 * i, (short) Srgb.linear16(rgb[p]));
            data.putShort(8 * i + 2, (short) Srgb.linear16(rgb[p + 1]));
            data.putShort(8 * i + 4, (short) Srgb.linear16(rgb[p + 2]));
            data.putShort(8 * i + 6, (short) 0xFFFF);
        }
    }

    /** Bytes that position, normal, colour, place in a picture and the other columns of {@code n} vertices take at most. */
    private static long bound(int n, Columns columns) {
        long sum = 0;
        for (int stride : new int[] {12, 4, 8, 4}) {
            sum += MeshOptimizer.meshopt_encodeVertexBufferBound(n, stride);
        }
        for (ColumnType t : columns.types()) {
            sum += TileColumns.carries(t) ? MeshOptimizer.meshopt_encodeVertexBufferBound(n, stride(t)) : 0;
        }
        return sum;
    }

    /** Each entry begins at a multiple of four bytes, as glTF wants it. */
    private static int stride(ColumnType t) {
        return (t.kind().bytes() * t.width() + 3) / 4 * 4;
    }

    private int column(ColumnType t, Columns columns, int[] from) {
        int n = from.length;
        int c = columns.indexOf(t.name());
        int stride = stride(t);
        ByteBuffer data = MemoryUtil.memCalloc(stride * n).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < t.width(); k++) {
                int at = stride * i + t.kind().bytes() * k;
                double v = columns.value(c, from[i], k);
                switch (t.kind()) {
                    case UINT8 -> data.put(at, (byte) (int) v);
                    case UINT16 -> data.putShort(at, (short) (int) v);
                    default -> data.putFloat(at, Double.isNaN(v) ? TileColumns.NOTHING : (float) v);
                }
            }
        }
        int type = t.kind() == ColumnType.Kind.UINT8
                ? Accessor.UNSIGNED_BYTE
                : t.kind() == ColumnType.Kind.UINT16 ? Accessor.UNSIGNED_SHORT : Accessor.FLOAT;
        String shape = t.width() == 3 ? "VEC3" : "SCALAR";
        return attribute(data, n, stride, "NONE", accessors.addObject(), type, shape, false);
    }

    /** Encodes and frees {@code data}; returns the accessor's index. */
    private int attribute(
            ByteBuffer data,
            int n,
            int stride,
            String filter,
            ObjectNode accessor,
            int type,
            String shape,
            boolean normalized) {
        try {
            int start = bin.position();
            long size = Meshopt.encodeVertices(bin, data, n, stride);
            ObjectNode view = view(start, (int) size, n, stride, "ATTRIBUTES", ARRAY_BUFFER);
            if (!filter.equals("NONE")) {
                ((ObjectNode) view.path("extensions").path("EXT_meshopt_compression")).put("filter", filter);
            }
            view.put("byteStride", stride);
        } finally {
            MemoryUtil.memFree(data);
        }
        accessor.put("bufferView", views.size() - 1).put("componentType", type);
        if (normalized) {
            accessor.put("normalized", true);
        }
        accessor.put("count", n).put("type", shape);
        return accessors.size() - 1;
    }

    private int indices(IntBuffer index, int vertices) {
        int start = bin.position();
        int size = vertices <= 65535 ? 2 : 4;
        long coded = Meshopt.encodeIndices(bin, index);
        view(start, (int) coded, index.remaining(), size, "TRIANGLES", ELEMENT_ARRAY_BUFFER);
        accessors
                .addObject()
                .put("bufferView", views.size() - 1)
                .put("componentType", size == 2 ? Accessor.UNSIGNED_SHORT : Accessor.UNSIGNED_INT)
                .put("count", index.remaining())
                .put("type", "SCALAR");
        return accessors.size() - 1;
    }

    private ObjectNode view(int start, int size, int count, int stride, String mode, int target) {
        if (size <= 0) {
            throw new IllegalStateException("meshoptimizer could not encode " + count + " elements");
        }
        ObjectNode view = views.addObject();
        view.put("buffer", 1).put("byteOffset", decodedBytes).put("byteLength", (long) count * stride);
        view.put("target", target);
        view.putObject("extensions")
                .putObject("EXT_meshopt_compression")
                .put("buffer", 0)
                .put("byteOffset", start)
                .put("byteLength", size)
                .put("byteStride", stride)
                .put("count", count)
                .put("mode", mode);
        decodedBytes += ((long) count * stride + 3) / 4 * 4;
        bin.position((start + size + 3) / 4 * 4);
        return view;
    }
}
