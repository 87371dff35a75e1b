package org.grotto.format.gltf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.grotto.base.GrottoException;
import org.lwjgl.util.meshoptimizer.MeshOptimizer;

/**
 * The codec of EXT_meshopt_compression and KHR_meshopt_compression, over meshoptimizer's native library; sizes are checked
 * before it is called.
 */
final class Meshopt {
    /** No coded byte gives more than this many: 256 elements of 4 bytes that are all alike, in KHR's version. */
    private static final long MAX_RATIO = 1024;

    static {
        // what is written is EXT_meshopt_compression, which knows version 0 of the vertex codec only
        MeshOptimizer.meshopt_encodeVertexVersion(0);
        MeshOptimizer.meshopt_encodeIndexVersion(1);
    }

    private Meshopt() {}

    /** Encodes vertices at the position of {@code to}; returns the bytes written. */
    static long encodeVertices(ByteBuffer to, ByteBuffer vertices, int count, int stride) {
        return MeshOptimizer.meshopt_encodeVertexBuffer(to, vertices, count, stride);
    }

    /** Encodes triangles at the position of {@code to}; returns the bytes written. */
    static long encodeIndices(ByteBuffer to, java.nio.IntBuffer triangles) {
        return MeshOptimizer.meshopt_encodeIndexBuffer(to, triangles);
    }

    /**
     * Decodes one compressed buffer view into a new direct buffer, little endian.
     *
     * @param coded direct
     * @param mode ATTRIBUTES, TRIANGLES or INDICES
     * @param filter NONE, OCTAHEDRAL, QUATERNION, EXPONENTIAL or COLOR
     */
    static ByteBuffer decode(ByteBuffer coded, long count, long stride, String mode, String filter, String at) {
        if (stride < 1
                || stride > 256
                || count < 0
                || count * stride > Math.min(Integer.MAX_VALUE - 8, MAX_RATIO * coded.remaining() + 4096)) {
            throw bad(
                    at,
                    count + " elements of " + stride + " bytes cannot come out of " + coded.remaining()
                            + " coded bytes");
        }
        boolean indices = mode.equals("TRIANGLES") || mode.equals("INDICES");
        if (indices ? stride != 2 && stride != 4 : stride % 4 != 0 || !mode.equals("ATTRIBUTES")) {
            throw bad(at, "mode " + mode + " does not go with a stride of " + stride);
        }
        if (mode.equals("TRIANGLES") && count % 3 != 0) {
            throw bad(at, count + " indices are no whole triangles");
        }
        ByteBuffer out = ByteBuffer.allocateDirect((int) (count * stride)).order(ByteOrder.LITTLE_ENDIAN);
        int rc = 0;
        if (count > 0) {
            rc = switch (mode) {
                case "TRIANGLES" -> MeshOptimizer.meshopt_decodeIndexBuffer(out, count, stride, coded);
                case "INDICES" -> MeshOptimizer.meshopt_decodeIndexSequence(out, count, stride, coded);
                default -> MeshOptimizer.meshopt_decodeVertexBuffer(out, count, stride, coded);
            };
        }
        if (rc != 0) {
            throw bad(at, "the coded bytes are damaged (meshoptimizer says " + rc + ")");
        }
        if (count > 0) {
            filter(out, count, stride, filter, at);
        }
        return out;
    }

    private static void filter(ByteBuffer out, long count, long stride, String filter, String at) {
        switch (filter) {
            case "NONE" -> {}
            case "OCTAHEDRAL" -> {
                require(stride == 4 || stride == 8, at, filter, stride);
                if (stride == 4) {
                    MeshOptimizer.meshopt_decodeFilterOct(out, count, stride);
                } else {
                    MeshOptimizer.meshopt_decodeFilterOct(out.asShortBuffer(), count, stride);
                }
            }
            case "QUATERNION" -> {
                require(stride == 8, at, filter, stride);
                MeshOptimizer.meshopt_decodeFilterQuat(out.asShortBuffer(), count, stride);
            }
            case "EXPONENTIAL" -> MeshOptimizer.meshopt_decodeFilterExp(out.asIntBuffer(), count, stride);
            case "COLOR" -> {
                require(stride == 4 || stride == 8, at, filter, stride);
                if (stride == 4) {
                    MeshOptimizer.meshopt_decodeFilterColor(out, count, stride);
                } else {
                    MeshOptimizer.meshopt_decodeFilterColor(out.asShortBuffer(), count, stride);
                }
            }
            default -> throw bad(at, "filter '" + filter + "' is not one of meshopt compression");
        }
    }

    private static void require(boolean fits, String at, String filter, long stride) {
        if (!fits) {
            throw bad(at, "filter " + filter + " does not go with a stride of " + stride);
        }
    }

    private static GrottoException bad(String at, String what) {
        return new GrottoException(GrottoException.Kind.BAD_INPUT, at + ": meshopt compression: " + what + ".", null);
    }
}
