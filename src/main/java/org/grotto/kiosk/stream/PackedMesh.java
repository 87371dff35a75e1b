package org.grotto.kiosk.stream;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * A decoded tile in one slab, laid out as the graphics card takes it: positions (3 floats, metres relative to the scene's
 * origin), normals and cavity (4 signed bytes), colours and evidence (4 unsigned bytes, sRGB), indices (ints).
 */
public final class PackedMesh {
    /** Bytes a vertex takes, and a triangle. */
    static final int VERTEX_BYTES = 12 + 4 + 4;

    static final int TRIANGLE_BYTES = 12;

    private final Slab slab;
    private final int vertexCount;
    private final int triangleCount;
    private final float[] blocks;
    private final float spacing;

    PackedMesh(Slab slab, int vertexCount, int triangleCount, float[] blocks, float spacing) {
        this.slab = slab;
        this.vertexCount = vertexCount;
        this.triangleCount = triangleCount;
        this.blocks = blocks;
        this.spacing = spacing;
    }

    public Slab slab() {
        return slab;
    }

    public int vertexCount() {
        return vertexCount;
    }

    public int triangleCount() {
        return triangleCount;
    }

    /** The mean distance between neighbouring points, metres; 0 for triangles. */
    public float spacing() {
        return spacing;
    }

    /** What it costs to draw: its triangles, or its points where it has no triangles. */
    int cost() {
        return triangleCount > 0 ? triangleCount : vertexCount;
    }

    /** Boxes (min xyz, max xyz) of each {@link Rays#BLOCK} triangles in order. */
    float[] blocks() {
        return blocks;
    }

    public FloatBuffer positions() {
        return slab.slice(0, 12 * vertexCount).asFloatBuffer();
    }

    /** Normal x, y, z and cavity (positive in hollows), each / 127. */
    public ByteBuffer normals() {
        return slab.slice(12 * vertexCount, 4 * vertexCount);
    }

    /** Red, green, blue and evidence (255 measured, 0 inferred). */
    public ByteBuffer colours() {
        return slab.slice(16 * vertexCount, 4 * vertexCount);
    }

    public IntBuffer indices() {
        return slab.slice(VERTEX_BYTES * vertexCount, TRIANGLE_BYTES * triangleCount)
                .asIntBuffer();
    }
}
