package org.grotto.kiosk.stream;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import java.util.List;
import org.grotto.format.gltf.Curtain;
import org.grotto.image.Mips;
import org.jspecify.annotations.Nullable;

/**
 * A decoded tile in one slab, laid out as the graphics card takes it: positions (3 floats, metres relative to the scene's
 * origin), normals and cavity (4 signed bytes), colours and the step of
 * the layer on show (4 unsigned bytes, sRGB), indices (ints), then each layer's steps (a byte a vertex); where pictures lie
 * on it, each vertex's place in them (2 unsigned shorts) and the pictures.
 */
public final class PackedMesh {
    /** Bytes a vertex takes, and a triangle. */
    static final int VERTEX_BYTES = 12 + 4 + 4;

    static final int TRIANGLE_BYTES = 12;
    /** What a vertex's place in a picture takes. */
    private static final int PLACE_BYTES = 4;

    private final Slab slab;
    private final int vertexCount;
    private final int triangleCount;
    /** How many of these, the last ones, are the curtain's. */
    private final int curtainCount;

    private Curtain curtain = Curtain.NONE;
    private final float[] blocks;
    private final float spacing;
    private final int layers;
    /** Of each {@link TilePixels.Kind}; empty without pictures. */
    private final List<@Nullable Mips> pictures;

    PackedMesh(
            Slab slab,
            int vertexCount,
            int triangleCount,
            int curtainCount,
            float[] blocks,
            float spacing,
            int layers,
            List<@Nullable Mips> pictures) {
        this.pictures = pictures;
        this.layers = layers;
        this.slab = slab;
        this.vertexCount = vertexCount;
        this.triangleCount = triangleCount;
        this.curtainCount = curtainCount;
        this.blocks = blocks;
        this.spacing = spacing;
    }

    public Slab slab() {
        return slab;
    }

    public int triangleCount() {
        return triangleCount;
    }

    /** How many triangles are stone: the first ones. The others are the curtain that closes the step to other levels. */
    public int stoneCount() {
        return triangleCount - curtainCount;
    }

    /** Says of which strips its curtain is. */
    public PackedMesh hang(Curtain strips) {
        curtain = strips;
        return this;
    }

    public Curtain curtain() {
        return curtain;
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

    /** Red, green, blue and the step of the layer on show. */
    public ByteBuffer colours() {
        return slab.slice(16 * vertexCount, 4 * vertexCount);
    }

    /** Of all triangles. */
    public IntBuffer indices() {
        return slab.slice(VERTEX_BYTES * vertexCount, TRIANGLE_BYTES * triangleCount)
                .asIntBuffer();
    }

    /** The steps of layer {@code layer}, one a vertex, in the order in which the tiles' source names layers. */
    public ByteBuffer steps(int layer) {
        int first = VERTEX_BYTES * vertexCount + TRIANGLE_BYTES * triangleCount;
        return slab.slice(first + layer * vertexCount, vertexCount);
    }

    /** Bytes that such a tile takes; more than 2 GB where it is far too large. */
    static long bytes(int vertices, int triangles, int layers, List<@Nullable Mips> pictures) {
        long sum = VERTEX_BYTES * (long) vertices + TRIANGLE_BYTES * (long) triangles + (long) layers * vertices;
        if (pictures.isEmpty()) {
            return sum;
        }
        sum = (sum + 3) / 4 * 4 + PLACE_BYTES * (long) vertices;
        for (Mips m : pictures) {
            sum += m == null ? 0 : m.bytes();
        }
        return sum;
    }

    /** Whether pictures lie on it. */
    public boolean pictured() {
        return !pictures.isEmpty();
    }

    /** Each vertex's place in the pictures: from the left, from the top, each / 65535. */
    public ShortBuffer places() {
        return slab.slice(
                        (int) bytes(vertexCount, triangleCount, layers, List.of()) + 3 & ~3, PLACE_BYTES * vertexCount)
                .asShortBuffer();
    }

    /** What the picture of a kind is like, or null where there is none. */
    public @Nullable Mips picture(TilePixels.Kind kind) {
        return pictures.isEmpty() ? null : pictures.get(kind.ordinal());
    }

    /** All levels of the picture of a kind. */
    public ByteBuffer pixels(TilePixels.Kind kind) {
        long from =
                ((bytes(vertexCount, triangleCount, layers, List.of()) + 3) & ~3L) + PLACE_BYTES * (long) vertexCount;
        for (int k = 0; k < kind.ordinal(); k++) {
            Mips m = pictures.get(k);
            from += m == null ? 0 : m.bytes();
        }
        Mips m = pictures.get(kind.ordinal());
        return slab.slice((int) from, m == null ? 0 : (int) m.bytes());
    }

    public int layers() {
        return layers;
    }

    /** Puts the steps of layer {@code layer} into {@link #colours}. */
    public void show(int layer) {
        ByteBuffer from = steps(layer);
        ByteBuffer to = colours();
        for (int v = 0; v < vertexCount; v++) {
            to.put(4 * v + 3, from.get(v));
        }
    }
}
