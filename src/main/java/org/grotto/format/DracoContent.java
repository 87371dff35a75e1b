package org.grotto.format;

import com.openize.drako.DataType;
import com.openize.drako.Draco;
import com.openize.drako.DracoMesh;
import com.openize.drako.DracoPointCloud;
import com.openize.drako.DrakoException;
import com.openize.drako.PointAttribute;
import org.grotto.base.GrottoException;
import org.jspecify.annotations.Nullable;

/**
 * Content that is compressed with Draco (bitstream specification 2.2; of points 2.3, too), decoded by drako. What the
 * bitstream announces is bounded by its length before it is decoded: 2,000 triangles or points a byte, as nothing but a
 * plain grid could have.
 */
public final class DracoContent {
    private static final int MESH = 1;
    private static final int POINTS = 0;
    private static final int SEQUENTIAL = 0;
    /** Of meshes the edgebreaker, of points the kd-tree. */
    private static final int OTHER = 1;

    private static final int METHOD = 8;
    public static final int HEAD = METHOD + 1;

    private static final int METADATA = 0x8000;
    private static final long FREE = 1 << 16;
    private static final long DENSEST = 2000;
    private static final int DEEPEST = 16;

    private final Refusals refusals;
    private final DracoPointCloud cloud;
    private final boolean tree;

    /** How whoever holds the content names it in sentences that end without a full stop. */
    public interface Refusals {
        GrottoException bad(String sentence);

        GrottoException unsupported(String sentence);
    }

    /**
     * An attribute, one element a vertex or point, packed, little endian.
     *
     * @param elements numbers of each
     */
    public record Values(Column.Type type, int elements, byte[] bytes) {}

    private DracoContent(Refusals refusals, DracoPointCloud cloud, boolean tree) {
        this.refusals = refusals;
        this.cloud = cloud;
        this.tree = tree;
    }

    /**
     * Whether content of points is sorted by a kd-tree, of which only the first attribute is read: drako gives it for the
     * others, too.
     *
     * @param head its first {@link #HEAD} bytes
     */
    public static boolean tree(byte[] head) {
        return head.length > METHOD && head[METHOD] == OTHER;
    }

    /** @param maxVertices that are still allowed, and triangles */
    public static DracoContent mesh(byte[] bytes, long maxVertices, long maxTriangles, Refusals refusals) {
        long[] sizes = new Header(refusals, bytes, MESH).sizes();
        long most = Math.min(FREE + DENSEST * bytes.length, maxTriangles);
        if (sizes[0] > most || sizes[1] > Math.min(3 * most, maxVertices)) {
            throw refusals.bad("a mesh's " + bytes.length + " bytes of Draco content announce " + sizes[0]
                    + " triangles and " + sizes[1] + " vertices, more than they can hold");
        }
        DracoPointCloud decoded = decoded(bytes, refusals);
        if (decoded instanceof DracoMesh m && m.getNumPoints() <= maxVertices && m.getNumFaces() <= most) {
            return new DracoContent(refusals, m, false);
        }
        throw damaged(refusals, null);
    }

    /** @param count how many points there should be */
    public static DracoContent points(byte[] bytes, long count, Refusals refusals) {
        long announced = new Header(refusals, bytes, POINTS).points();
        if (announced != count || count > FREE + DENSEST * bytes.length) {
            throw refusals.bad("its " + bytes.length + " bytes of Draco content announce " + announced
                    + " points, where " + count + " are due");
        }
        DracoPointCloud decoded = decoded(bytes, refusals);
        if (decoded.getNumPoints() != count) {
            throw damaged(refusals, null);
        }
        return new DracoContent(refusals, decoded, tree(bytes));
    }

    private static DracoPointCloud decoded(byte[] bytes, Refusals refusals) {
        try {
            DracoPointCloud decoded = Draco.decode(bytes);
            if (decoded == null) {
                throw damaged(refusals, null);
            }
            return decoded;
        } catch (GrottoException e) {
            throw e;
        } catch (DrakoException | RuntimeException | StackOverflowError e) {
            throw damaged(refusals, e);
        }
    }

    private static RuntimeException damaged(Refusals refusals, @Nullable Throwable cause) {
        RuntimeException e = refusals.bad("its Draco content is damaged");
        if (cause != null) {
            e.addSuppressed(cause);
        }
        return e;
    }

    /** Vertices or points. */
    public int count() {
        return cloud.getNumPoints();
    }

    /** Three vertices a triangle. */
    public int[] triangles() {
        DracoMesh mesh = (DracoMesh) cloud;
        int n = count();
        int[] out = new int[3 * mesh.getNumFaces()];
        int[] face = new int[3];
        for (int f = 0; f < mesh.getNumFaces(); f++) {
            mesh.readFace(f, face);
            for (int k = 0; k < 3; k++) {
                if (face[k] < 0 || face[k] >= n) {
                    throw damaged(refusals, null);
                }
                out[3 * f + k] = face[k];
            }
        }
        return out;
    }

    /**
     * An attribute by its number.
     *
     * @param name that sentences call it
     */
    public Values attribute(int id, String name) {
        PointAttribute a = null;
        for (int i = 0; i < cloud.getNumAttributes(); i++) {
            PointAttribute one = cloud.attribute(i);
            if ((one.getUniqueId() & 0xFFFF) == id) {
                a = one;
                if (tree && i > 0) {
                    throw refusals.unsupported("the points are sorted by a kd-tree with " + name
                            + " behind another attribute, which is not read; export it without compression, or as LAZ");
                }
            }
        }
        if (a == null) {
            throw refusals.bad("its Draco content has no attribute " + id + ", which is to be " + name);
        }
        Column.Type type = type(a.getDataType());
        int size = Rows.size(type) * a.getComponentsCount();
        int n = count();
        byte[] from = a.getBuffer().getBuffer();
        if ((long) n * size > Integer.MAX_VALUE - 8 || a.getComponentsCount() < 1 || a.getComponentsCount() > 4) {
            throw damaged(refusals, null);
        }
        byte[] out = new byte[n * size];
        for (int i = 0; i < n; i++) {
            long at = a.getByteOffset() + (long) a.getByteStride() * a.mappedIndex(i);
            if (at < 0 || at + size > from.length) {
                throw damaged(refusals, null);
            }
            System.arraycopy(from, (int) at, out, i * size, size);
        }
        return new Values(type, a.getComponentsCount(), out);
    }

    private Column.Type type(int draco) {
        return switch (draco) {
            case DataType.INT8 -> Column.Type.INT8;
            case DataType.UINT8 -> Column.Type.UINT8;
            case DataType.INT16 -> Column.Type.INT16;
            case DataType.UINT16 -> Column.Type.UINT16;
            case DataType.INT32 -> Column.Type.INT32;
            case DataType.UINT32 -> Column.Type.UINT32;
            case DataType.FLOAT32 -> Column.Type.FLOAT;
            case DataType.FLOAT64 -> Column.Type.DOUBLE;
            default ->
                throw refusals.unsupported("a Draco attribute is of type " + draco + ", which glTF does not have");
        };
    }

    /** What stands before the compressed content: Draco bitstream specification 2.2, clauses 3 and 4. */
    private static final class Header {
        private final Refusals refusals;
        private final byte[] bytes;
        private final int method;
        private int at;

        Header(Refusals refusals, byte[] bytes, int kind) {
            this.refusals = refusals;
            this.bytes = bytes;
            for (byte b : new byte[] {'D', 'R', 'A', 'C', 'O'}) {
                if (next() != b) {
                    throw refusals.bad("its Draco content does not begin with \"DRACO\"");
                }
            }
            int major = next();
            int minor = next();
            int type = next();
            method = next();
            int flags = next() | next() << 8;
            if (major != 2 || minor != 2 && (kind != POINTS || minor != 3)) {
                throw refusals.unsupported("its Draco content is of version " + major + "." + minor + "; "
                        + (kind == POINTS ? "2.2 and 2.3 are read" : "glTF has 2.2") + ". Save it again");
            }
            if (type != kind || method != SEQUENTIAL && method != OTHER) {
                throw damaged(refusals, null);
            }
            if ((flags & METADATA) != 0) {
                for (long n = number(); n > 0; n--) {
                    number();
                    metadata(0);
                }
                metadata(0);
            }
        }

        /** Triangles and vertices that are announced. */
        long[] sizes() {
            if (method == SEQUENTIAL) {
                return new long[] {number(), number()};
            }
            next();
            long vertices = number();
            return new long[] {number(), vertices};
        }

        /** Points that are announced, four bytes whatever the method. */
        long points() {
            return next() | next() << 8 | next() << 16 | (long) next() << 24;
        }

        private void metadata(int depth) {
            if (depth > DEEPEST) {
                throw damaged(refusals, null);
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
                throw damaged(refusals, null);
            }
            at += (int) n;
        }

        private int next() {
            if (at >= bytes.length) {
                throw damaged(refusals, null);
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
            throw damaged(refusals, null);
        }
    }
}
