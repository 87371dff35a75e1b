package org.grotto.format.gltf;

import com.openize.drako.DataType;
import com.openize.drako.DracoMesh;
import com.openize.drako.DracoPointCloud;
import com.openize.drako.DrakoException;
import com.openize.drako.PointAttribute;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The triangles and attributes of a primitive that is compressed with Draco (KHR_draco_mesh_compression, bitstream 2.2),
 * decoded by drako. What the bitstream announces is bounded by its length before it is decoded: 2,000 triangles a byte, as
 * nothing but a plain grid could have.
 */
final class Draco {
    static final String EXTENSION = "KHR_draco_mesh_compression";

    private static final int MESH = 1;
    private static final int SEQUENTIAL = 0;
    private static final int EDGEBREAKER = 1;
    private static final int METADATA = 0x8000;
    private static final long FREE = 1 << 16;
    private static final long DENSEST = 2000;
    private static final int DEEPEST = 16;

    private final Gltf gltf;
    private final DracoMesh mesh;
    private final Map<String, Integer> ids = new HashMap<>();

    private Draco(Gltf gltf, DracoMesh mesh, JsonNode attributes) {
        this.gltf = gltf;
        this.mesh = mesh;
        for (Entry<String, JsonNode> e : attributes.properties()) {
            ids.put(e.getKey(), (int) gltf.whole(attributes, e.getKey()));
        }
    }

    /**
     * @param extension of the primitive
     * @param maxVertices that are still allowed, and triangles
     */
    static Draco of(Gltf gltf, JsonNode extension, int maxVertices, int maxTriangles) {
        ByteBuffer view = gltf.view(gltf.whole(extension, "bufferView"));
        byte[] bytes = new byte[view.remaining()];
        view.get(view.position(), bytes);
        long[] sizes = new Header(gltf, bytes).sizes();
        long most = Math.min(FREE + DENSEST * bytes.length, maxTriangles);
        if (sizes[0] > most || sizes[1] > Math.min(3 * most, maxVertices)) {
            throw gltf.bad("a mesh's " + bytes.length + " bytes of Draco content announce " + sizes[0]
                    + " triangles and " + sizes[1] + " vertices, more than they can hold");
        }
        try {
            DracoPointCloud decoded = com.openize.drako.Draco.decode(bytes);
            if (decoded instanceof DracoMesh m && m.getNumPoints() <= maxVertices && m.getNumFaces() <= most) {
                return new Draco(gltf, m, extension.path("attributes"));
            }
            throw damaged(gltf, null);
        } catch (DrakoException | StackOverflowError e) {
            throw damaged(gltf, e);
        } catch (RuntimeException e) {
            throw e instanceof org.grotto.base.GrottoException known ? known : damaged(gltf, e);
        }
    }

    private static RuntimeException damaged(Gltf gltf, @Nullable Throwable cause) {
        RuntimeException e = gltf.bad("a mesh's Draco content is damaged");
        if (cause != null) {
            e.addSuppressed(cause);
        }
        return e;
    }

    /** Three vertices a triangle. */
    int[] indices() {
        int n = mesh.getNumPoints();
        int[] out = new int[3 * mesh.getNumFaces()];
        int[] face = new int[3];
        for (int f = 0; f < mesh.getNumFaces(); f++) {
            mesh.readFace(f, face);
            for (int k = 0; k < 3; k++) {
                if (face[k] < 0 || face[k] >= n) {
                    throw damaged(gltf, null);
                }
                out[3 * f + k] = face[k];
            }
        }
        return out;
    }

    boolean has(String attribute) {
        return ids.containsKey(attribute);
    }

    /** An attribute by its name in glTF, one element a vertex; its accessor says whether whole numbers are normalised. */
    Accessor accessor(String attribute, boolean normalized) {
        int id = ids.getOrDefault(attribute, -1);
        PointAttribute a = null;
        for (int i = 0; i < mesh.getNumAttributes(); i++) {
            PointAttribute one = mesh.attribute(i);
            if ((one.getUniqueId() & 0xFFFF) == id) {
                a = one;
            }
        }
        if (a == null) {
            throw gltf.bad("Draco content has no attribute " + id + ", which is to be " + attribute);
        }
        int type = type(a.getDataType());
        int bytes = type == Accessor.FLOAT || type == Accessor.UNSIGNED_INT
                ? 4
                : type == Accessor.BYTE || type == Accessor.UNSIGNED_BYTE ? 1 : 2;
        int size = bytes * a.getComponentsCount();
        int n = mesh.getNumPoints();
        byte[] from = a.getBuffer().getBuffer();
        if ((long) n * size > Integer.MAX_VALUE - 8 || a.getComponentsCount() < 1 || a.getComponentsCount() > 4) {
            throw damaged(gltf, null);
        }
        ByteBuffer out = ByteBuffer.allocate(n * size).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < n; i++) {
            long at = a.getByteOffset() + (long) a.getByteStride() * a.mappedIndex(i);
            if (at < 0 || at + size > from.length) {
                throw damaged(gltf, null);
            }
            out.put(i * size, from, (int) at, size);
        }
        return new Accessor(out, n, size, a.getComponentsCount(), type, normalized);
    }

    private int type(int draco) {
        return switch (draco) {
            case DataType.INT8 -> Accessor.BYTE;
            case DataType.UINT8 -> Accessor.UNSIGNED_BYTE;
            case DataType.INT16 -> Accessor.SHORT;
            case DataType.UINT16 -> Accessor.UNSIGNED_SHORT;
            case DataType.UINT32 -> Accessor.UNSIGNED_INT;
            case DataType.FLOAT32 -> Accessor.FLOAT;
            default -> throw gltf.unsupported("a Draco attribute is of type " + draco + ", which glTF does not have");
        };
    }

    /** What stands before the compressed content: Draco bitstream specification 2.2, clauses 3 and 4. */
    private static final class Header {
        private final Gltf gltf;
        private final byte[] bytes;
        private int at;

        Header(Gltf gltf, byte[] bytes) {
            this.gltf = gltf;
            this.bytes = bytes;
        }

        /** Triangles and vertices that are announced. */
        long[] sizes() {
            for (byte b : new byte[] {'D', 'R', 'A', 'C', 'O'}) {
                if (next() != b) {
                    throw gltf.bad("a mesh's Draco content does not begin with \"DRACO\"");
                }
            }
            int major = next();
            int minor = next();
            int type = next();
            int method = next();
            int flags = next() | next() << 8;
            if (major != 2 || minor != 2) {
                throw gltf.unsupported(
                        "its Draco content is of version " + major + "." + minor + "; glTF has 2.2. Save it again");
            }
            if (type != MESH || method != SEQUENTIAL && method != EDGEBREAKER) {
                throw damaged(gltf, null);
            }
            if ((flags & METADATA) != 0) {
                for (long n = number(); n > 0; n--) {
                    number();
                    metadata(0);
                }
                metadata(0);
            }
            if (method == SEQUENTIAL) {
                return new long[] {number(), number()};
            }
            next();
            long vertices = number();
            return new long[] {number(), vertices};
        }

        private void metadata(int depth) {
            if (depth > DEEPEST) {
                throw damaged(gltf, null);
            }
            for (long n = number(); n > 0; n--) {
                skip(next());
                skip(number());
            }
            for (long n = number(); n > 0; n--) {
                skip(next());
                metadata(depth + 1);
            }
        }

        private void skip(long n) {
            if (n > bytes.length - at) {
                throw damaged(gltf, null);
            }
            at += (int) n;
        }

        private int next() {
            if (at >= bytes.length) {
                throw damaged(gltf, null);
            }
            return bytes[at++] & 255;
        }

        /** A number in groups of seven bits, the lowest first. */
        private long number() {
            long v = 0;
            for (int shift = 0; shift < 35; shift += 7) {
                int b = next();
                v |= (long) (b & 127) << shift;
                if (b < 128) {
                    return v;
                }
            }
            throw damaged(gltf, null);
        }
    }
}
