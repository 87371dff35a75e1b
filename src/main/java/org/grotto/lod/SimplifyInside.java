package org.grotto.lod;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.lwjgl.system.MemoryUtil;
import org.lwjgl.util.meshoptimizer.MeshOptimizer;

/**
 * Simplifies a surface's inside by edge collapse (meshoptimizer; Garland and Heckbert 1997, 1998) with its border locked:
 * the result uses a part of the same vertices and has exactly the same border.
 */
final class SimplifyInside {
    /**
     * What a full step of colour or evidence (black to white, measured to inferred) is worth in geometry: this part of the
     * surface's size. About one and a half edges of a tile; more would trade relief for paint.
     */
    private static final float ATTRIBUTE_WEIGHT = 0.01f;

    private SimplifyInside() {}

    /**
     * @param ids empty, its window where most of the vertices are
     * @param triangles vertices of {@code v}, three a triangle
     * @param border vertices that must stay
     * @param target how many triangles to come down to; more are left where the border or the shape does not allow it
     */
    static int[] to(TileVertices v, LocalIds ids, int[] triangles, int[] border, int target) {
        if (triangles.length / 3 <= target) {
            return triangles;
        }
        int[] local = ids.of(triangles);
        byte[] locks = locks(ids, border);
        int n = ids.count();
        int[] vertices = ids.vertices();
        boolean painted = v.rgb != null && v.source == null; // pictures need no vertices
        int channels = (painted ? 3 : 0) + (v.evidence == null ? 0 : 1);
        IntBuffer in = MemoryUtil.memAllocInt(triangles.length);
        IntBuffer out = MemoryUtil.memAllocInt(triangles.length);
        FloatBuffer position = MemoryUtil.memAllocFloat(3 * n);
        FloatBuffer attributes = MemoryUtil.memAllocFloat(Math.max(1, channels * n));
        FloatBuffer weights = MemoryUtil.memAllocFloat(4);
        ByteBuffer lock = MemoryUtil.memAlloc(n);
        try {
            in.put(local).flip();
            position.put(positions(v, vertices)).flip();
            attributes.put(attributes(v, vertices, channels)).flip();
            lock.put(locks, 0, n).flip();
            weights.put(0, ATTRIBUTE_WEIGHT).put(1, ATTRIBUTE_WEIGHT);
            weights.put(2, ATTRIBUTE_WEIGHT).put(3, ATTRIBUTE_WEIGHT).limit(channels);
            int kept = (int) MeshOptimizer.meshopt_simplifyWithAttributes(
                    out,
                    in,
                    position,
                    n,
                    12,
                    attributes,
                    4L * channels,
                    weights,
                    lock,
                    3L * target,
                    Float.MAX_VALUE,
                    0,
                    null);
            int[] result = new int[kept];
            out.get(result);
            return global(result, vertices);
        } finally {
            MemoryUtil.memFree(in);
            MemoryUtil.memFree(out);
            MemoryUtil.memFree(position);
            MemoryUtil.memFree(attributes);
            MemoryUtil.memFree(weights);
            MemoryUtil.memFree(lock);
        }
    }

    private static int[] global(int[] local, int[] vertices) {
        for (int i = 0; i < local.length; i++) {
            local[i] = vertices[local[i]];
        }
        return local;
    }

    private static byte[] locks(LocalIds ids, int[] border) {
        int[] at = ids.of(border);
        byte[] locks = new byte[ids.count()];
        for (int b : at) {
            locks[b] = (byte) MeshOptimizer.meshopt_SimplifyVertex_Lock;
        }
        return locks;
    }

    private static float[] positions(TileVertices v, int[] vertices) {
        float[] out = new float[3 * vertices.length];
        long[] zero =
                vertices.length == 0 ? new long[3] : new long[] {v.x[vertices[0]], v.y[vertices[0]], v.z[vertices[0]]};
        for (int i = 0; i < vertices.length; i++) {
            int p = vertices[i];
            out[3 * i] = (float) ((v.x[p] - zero[0]) * v.step); // from a place near by: float then holds more
            out[3 * i + 1] = (float) ((v.y[p] - zero[1]) * v.step);
            out[3 * i + 2] = (float) ((v.z[p] - zero[2]) * v.step);
        }
        return out;
    }

    private static float[] attributes(TileVertices v, int[] vertices, int channels) {
        float[] out = new float[channels * vertices.length];
        byte[] rgb = v.source == null ? v.rgb : null;
        byte[] evidence = v.evidence;
        int k = 0;
        for (int p : vertices) {
            if (rgb != null) {
                out[k++] = (rgb[3 * p] & 0xFF) / 255f;
                out[k++] = (rgb[3 * p + 1] & 0xFF) / 255f;
                out[k++] = (rgb[3 * p + 2] & 0xFF) / 255f;
            }
            if (evidence != null) {
                out[k++] = (evidence[p] & 0xFF) / 255f;
            }
        }
        return out;
    }
}
