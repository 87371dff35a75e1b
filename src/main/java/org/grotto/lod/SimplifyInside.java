package org.grotto.lod;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
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
     * @param triangles vertices of {@code v}, three a triangle
     * @param border vertices that must stay
     * @param target how many triangles to come down to; more are left where the border or the shape does not allow it
     */
    static int[] to(TileVertices v, int[] triangles, int[] border, int target) {
        if (triangles.length / 3 <= target) {
            return triangles;
        }
        int[] ids = triangles.clone();
        Arrays.sort(ids);
        int n = 0;
        for (int i = 0; i < ids.length; i++) {
            if (i == 0 || ids[i] != ids[n - 1]) {
                ids[n++] = ids[i];
            }
        }
        int channels = (v.rgb == null ? 0 : 3) + (v.evidence == null ? 0 : 1);
        IntBuffer in = MemoryUtil.memAllocInt(triangles.length);
        IntBuffer out = MemoryUtil.memAllocInt(triangles.length);
        FloatBuffer position = MemoryUtil.memAllocFloat(3 * n);
        FloatBuffer attributes = MemoryUtil.memAllocFloat(Math.max(1, channels * n));
        FloatBuffer weights = MemoryUtil.memAllocFloat(4);
        ByteBuffer lock = MemoryUtil.memCalloc(n);
        try {
            int first = ids[0];
            // compact numbers in the order of the mesh's own, found by search where the range has gaps
            boolean dense = ids[n - 1] - first == n - 1;
            int[] direct = dense || ids[n - 1] - first > 16L * n ? null : new int[ids[n - 1] - first + 1];
            for (int i = 0; i < n; i++) {
                if (direct != null) {
                    direct[ids[i] - first] = i;
                }
                for (int axis = 0; axis < 3; axis++) {
                    position.put(v.at(ids[i], axis));
                }
            }
            position.flip();
            for (int t : triangles) {
                in.put(local(ids, n, direct, dense, t));
            }
            in.flip();
            for (int b : border) {
                lock.put(local(ids, n, direct, dense, b), (byte) MeshOptimizer.meshopt_SimplifyVertex_Lock);
            }
            for (int i = 0; i < n; i++) {
                if (v.rgb != null) {
                    for (int c = 0; c < 3; c++) {
                        attributes.put((v.rgb[3 * ids[i] + c] & 0xFF) / 255f);
                    }
                }
                if (v.evidence != null) {
                    attributes.put((v.evidence[ids[i]] & 0xFF) / 255f);
                }
            }
            attributes.flip();
            for (int c = 0; c < channels; c++) {
                weights.put(ATTRIBUTE_WEIGHT);
            }
            weights.flip();
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
            for (int i = 0; i < kept; i++) {
                result[i] = ids[out.get(i)];
            }
            return result;
        } finally {
            MemoryUtil.memFree(in);
            MemoryUtil.memFree(out);
            MemoryUtil.memFree(position);
            MemoryUtil.memFree(attributes);
            MemoryUtil.memFree(weights);
            MemoryUtil.memFree(lock);
        }
    }

    private static int local(int[] ids, int n, int @Nullable [] direct, boolean dense, int v) {
        return dense ? v - ids[0] : direct != null ? direct[v - ids[0]] : Arrays.binarySearch(ids, 0, n, v);
    }
}
