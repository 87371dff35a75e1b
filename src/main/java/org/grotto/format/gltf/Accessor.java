package org.grotto.format.gltf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import tools.jackson.databind.JsonNode;

/**
 * One accessor of a glTF asset, checked against the bytes it stands on (glTF 2.0, clause 3.6.2).
 *
 * @param bytes from the first element on; sparse ones are laid over a copy; without a buffer view they are zeros
 * @param count elements
 * @param stride bytes from one element to the next
 * @param components numbers an element
 * @param type 5120 byte, 5121 unsigned byte, 5122 short, 5123 unsigned short, 5125 unsigned int, 5126 float
 * @param normalized whether integers stand for [0, 1] or [-1, 1]
 */
record Accessor(ByteBuffer bytes, int count, int stride, int components, int type, boolean normalized) {
    static final int BYTE = 5120;
    static final int UNSIGNED_BYTE = 5121;
    static final int SHORT = 5122;
    static final int UNSIGNED_SHORT = 5123;
    static final int UNSIGNED_INT = 5125;
    static final int FLOAT = 5126;

    /** Elements that need no bytes, beside those that the file's size gives. */
    private static final int MOST_ZEROS = 1 << 16;

    static Accessor of(Gltf gltf, long index) {
        return of(gltf, index, false);
    }

    /** The same; of a damaged file that was cut off inside the accessor, the elements before that. */
    static Accessor begun(Gltf gltf, long index) {
        return of(gltf, index, gltf.keepGoing);
    }

    private static Accessor of(Gltf gltf, long index, boolean begun) {
        JsonNode json = gltf.item("accessors", index);
        String at = "accessors[" + index + "]";
        int components = switch (json.path("type").asString("")) {
            case "SCALAR" -> 1;
            case "VEC2" -> 2;
            case "VEC3" -> 3;
            case "VEC4" -> 4;
            case "MAT4" -> 16;
            default -> throw gltf.bad(at + ".type is " + Gltf.shown(json.path("type")) + ", which no mesh needs");
        };
        int type = (int) gltf.whole(json, "componentType");
        int size = components * size(gltf, type, at);
        long count = gltf.whole(json, "count");
        boolean normalized = json.path("normalized").asBoolean(false);
        ByteBuffer bytes;
        long stride = size;
        if (json.has("bufferView")) {
            long view = gltf.whole(json, "bufferView");
            stride = gltf.stride(view) == 0 ? size : gltf.stride(view);
            count = begun && !json.has("sparse") ? whole(gltf, view, json, count, stride, size) : count;
            bytes = elements(gltf, view, gltf.whole(json, "byteOffset", 0), count, stride, size, at);
        } else {
            if (count > MOST_ZEROS + gltf.bytes()) {
                throw gltf.bad(at + " has " + count + " elements without any bytes");
            }
            bytes = ByteBuffer.allocate(Math.toIntExact(count * size)).order(ByteOrder.LITTLE_ENDIAN);
        }
        JsonNode sparse = json.path("sparse");
        if (sparse.isObject()) {
            bytes = overlaid(gltf, sparse, bytes, (int) count, (int) stride, size, at + ".sparse");
            stride = size;
        }
        return new Accessor(bytes, (int) count, (int) stride, components, type, normalized);
    }

    /** How many of {@code count} elements lie wholly in their view, at least one. */
    private static long whole(Gltf gltf, long view, JsonNode json, long count, long stride, int size) {
        long room = gltf.view(view).remaining() - gltf.whole(json, "byteOffset", 0) - size;
        return room < 0 ? count : Math.min(count, room / stride + 1);
    }

    private static ByteBuffer elements(
            Gltf gltf, long index, long offset, long count, long stride, int size, String at) {
        ByteBuffer view = gltf.view(index);
        long end = count == 0 ? offset : offset + (count - 1) * stride + size;
        if (stride < size || stride > 252 && stride != size || end > view.remaining()) {
            throw gltf.bad(at + ": " + count + " elements of " + size + " bytes, one every " + stride + " from byte "
                    + offset + ", do not fit into bufferViews[" + index + "] of " + view.remaining() + " bytes");
        }
        return view.slice((int) offset, (int) (end - offset)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A packed copy of {@code base} with the elements that the sparse part names in place of its own. */
    private static ByteBuffer overlaid(
            Gltf gltf, JsonNode sparse, ByteBuffer base, int count, int stride, int size, String at) {
        long n = gltf.whole(sparse, "count");
        JsonNode where = sparse.path("indices");
        JsonNode what = sparse.path("values");
        int type = (int) gltf.whole(where, "componentType");
        int width = size(gltf, type, at + ".indices");
        Accessor indices = new Accessor(
                elements(
                        gltf, gltf.whole(where, "bufferView"), gltf.whole(where, "byteOffset", 0), n, width, width, at),
                (int) n,
                width,
                1,
                type,
                false);
        int[] index = indices.indices(gltf, count);
        ByteBuffer values =
                elements(gltf, gltf.whole(what, "bufferView"), gltf.whole(what, "byteOffset", 0), n, size, size, at);
        ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(count, size)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            out.put(i * size, base, i * stride, size);
        }
        for (int i = 0; i < n; i++) {
            out.put(index[i] * size, values, i * size, size);
        }
        return out;
    }

    private static int size(Gltf gltf, int type, String at) {
        return switch (type) {
            case BYTE, UNSIGNED_BYTE -> 1;
            case SHORT, UNSIGNED_SHORT -> 2;
            case UNSIGNED_INT, FLOAT -> 4;
            default -> throw gltf.bad(at + ".componentType is " + type + ", which glTF does not have");
        };
    }

    /** The stored number, integers not yet normalised. */
    double raw(int element, int component) {
        int at = element * stride;
        return switch (type) {
            case BYTE -> bytes.get(at + component);
            case UNSIGNED_BYTE -> bytes.get(at + component) & 0xFF;
            case SHORT -> bytes.getShort(at + 2 * component);
            case UNSIGNED_SHORT -> bytes.getShort(at + 2 * component) & 0xFFFF;
            case UNSIGNED_INT -> bytes.getInt(at + 4 * component) & 0xFFFFFFFFL;
            default -> bytes.getFloat(at + 4 * component);
        };
    }

    /** The number as meant: normalised integers are divided (glTF 2.0, clause 3.6.2.2). */
    double value(int element, int component) {
        double v = raw(element, component);
        if (!normalized) {
            return v;
        }
        return switch (type) {
            case BYTE -> Math.max(v / 127, -1);
            case UNSIGNED_BYTE -> v / 255;
            case SHORT -> Math.max(v / 32767, -1);
            case UNSIGNED_SHORT -> v / 65535;
            default -> v;
        };
    }

    /** The elements as unsigned whole numbers below {@code limit}: vertex indices. */
    int[] indices(Gltf gltf, int limit) {
        return indices(gltf, limit, false);
    }

    /**
     * The same.
     *
     * @param keepGoing give -1 for those that are no less; else they are refused
     */
    int[] indices(Gltf gltf, int limit, boolean keepGoing) {
        if (components != 1 || (type != UNSIGNED_BYTE && type != UNSIGNED_SHORT && type != UNSIGNED_INT)) {
            throw gltf.bad("the indices of a mesh are no unsigned whole numbers");
        }
        int[] out = new int[count];
        for (int i = 0; i < count; i++) {
            long v = switch (type) {
                case UNSIGNED_BYTE -> bytes.get(i * stride) & 0xFF;
                case UNSIGNED_SHORT -> bytes.getShort(i * stride) & 0xFFFF;
                default -> bytes.getInt(i * stride) & 0xFFFFFFFFL;
            };
            if (v >= limit && !keepGoing) {
                throw gltf.bad("index " + i + " points to vertex " + v + ", but there are only " + limit
                        + "; the file is damaged");
            }
            out[i] = v < limit ? (int) v : -1;
        }
        return out;
    }
}
