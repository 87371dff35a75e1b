package org.grotto.kiosk.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.List;
import org.grotto.image.Mips;
import org.jspecify.annotations.Nullable;

/**
 * Turns a tile's arrays into a {@link PackedMesh}: normals where the tile has none, and for every vertex how hollow the
 * surface is there, which the shader darkens a little, as the eye expects of carved stone.
 */
public final class MeshPacker {
    private static final float SMALLEST_RELIEF = 0.012f;
    private static final int SMOOTHINGS = 2;

    private MeshPacker() {}

    /**
     * Packs a tile.
     *
     * @param xyz positions, interleaved, metres relative to ({@code dx}, {@code dy}, {@code dz}) beside the scene's origin
     * @param normals unit normals times 127, four bytes a vertex, or null: then the triangles' own, weighted by area
     * @param rgba sRGB colours, four bytes a vertex, the fourth unused, or null: then a light sandstone
     * @param steps of each layer, one a vertex
     * @param curtain how many of the triangles, the last ones, close the step to other tiles and are no stone
     */
    public static PackedMesh pack(
            SlabPool pool,
            float[] xyz,
            double dx,
            double dy,
            double dz,
            byte @Nullable [] normals,
            byte @Nullable [] rgba,
            List<byte[]> steps,
            int[] triangles,
            int curtain) {
        return pack(pool, xyz, dx, dy, dz, normals, rgba, steps, triangles, curtain, List.of());
    }

    /**
     * Packs a tile with its pictures, which multiply its colours; without colours they stand as they are.
     *
     * @throws IOException where a picture cannot be decoded; then no memory stays lent
     */
    public static PackedMesh pack(
            SlabPool pool,
            float[] xyz,
            double dx,
            double dy,
            double dz,
            byte @Nullable [] normals,
            byte @Nullable [] rgba,
            List<byte[]> steps,
            int[] triangles,
            int curtain,
            TilePixels pixels)
            throws IOException {
        byte[] white = new byte[rgba == null ? xyz.length / 3 * 4 : 0];
        Arrays.fill(white, (byte) 255);
        PackedMesh out = pack(
                pool, xyz, dx, dy, dz, normals, rgba == null ? white : rgba, steps, triangles, curtain, pixels.mips());
        boolean whole = false;
        try {
            ShortBuffer places = out.places();
            for (float f : pixels.uv) {
                places.put((short) Math.round(f * 65535.0));
            }
            pixels.decode(out);
            whole = true;
        } finally {
            if (!whole) {
                pool.giveBack(out.slab());
            }
        }
        return out;
    }

    private static PackedMesh pack(
            SlabPool pool,
            float[] xyz,
            double dx,
            double dy,
            double dz,
            byte @Nullable [] normals,
            byte @Nullable [] rgba,
            List<byte[]> steps,
            int[] triangles,
            int curtain,
            List<@Nullable Mips> pictures) {
        int n = xyz.length / 3;
        int t = triangles.length / 3;
        int[] one = pictures.isEmpty() ? triangles : welded(xyz, normals, triangles);
        float[] normal = normals != null ? floats(normals) : normals(xyz, one);
        float[] cavity = cavity(xyz, normal, one);
        if (one != triangles) {
            spread(triangles, one, normal, 3);
            spread(triangles, one, cavity, 1);
        }
        long bytes = PackedMesh.bytes(n, t, steps.size(), pictures);
        Slab slab = pool.lend((int) Math.min(Integer.MAX_VALUE, Math.max(bytes, 1)));
        float[] shifted = new float[xyz.length];
        for (int i = 0; i < n; i++) {
            shifted[3 * i] = (float) (xyz[3 * i] + dx);
            shifted[3 * i + 1] = (float) (xyz[3 * i + 1] + dy);
            shifted[3 * i + 2] = (float) (xyz[3 * i + 2] + dz);
        }
        PackedMesh out =
                new PackedMesh(slab, n, t, curtain, Rays.blocks(shifted, triangles), 0, steps.size(), pictures);
        FloatBuffer p = out.positions();
        p.put(shifted);
        IntBuffer ib = out.indices();
        ib.put(triangles);
        ByteBuffer nb = out.normals();
        ByteBuffer cb = out.colours();
        for (int i = 0; i < n; i++) {
            for (int a = 0; a < 3; a++) {
                nb.put(signed(normal[3 * i + a]));
            }
            nb.put(signed(cavity[i]));
            if (rgba != null) {
                cb.put(rgba, 4 * i, 3);
            } else {
                cb.put((byte) 205).put((byte) 184).put((byte) 155);
            }
            cb.put((byte) 255);
        }
        for (int k = 0; k < steps.size(); k++) {
            out.steps(k).put(steps.get(k));
        }
        return out;
    }

    /**
     * Packs points: no triangles; what is a vertex's cavity in a mesh is 0, what is its layer's step is the level down to which
     * the octree goes on at that place.
     *
     * @param normals unit normals, interleaved, or null: then 0, which says that there is none
     * @param rgb sRGB colours, three bytes a point
     * @param level 0 to 255, one a point
     * @param spacing the mean distance between neighbouring points, metres
     */
    public static PackedMesh points(
            SlabPool pool, float[] xyz, float @Nullable [] normals, byte[] rgb, byte[] level, float spacing) {
        int n = xyz.length / 3;
        Slab slab = pool.lend((int) Math.min(Integer.MAX_VALUE, Math.max(1L, (long) PackedMesh.VERTEX_BYTES * n)));
        PackedMesh out = new PackedMesh(slab, n, 0, 0, new float[0], spacing, 0, List.of());
        out.positions().put(xyz);
        ByteBuffer nb = out.normals();
        ByteBuffer cb = out.colours();
        for (int i = 0; i < n; i++) {
            for (int a = 0; a < 3; a++) {
                nb.put(normals == null ? 0 : signed(normals[3 * i + a]));
            }
            nb.put((byte) 0);
            cb.put(rgb, 3 * i, 3);
            cb.put(level[i]);
        }
        return out;
    }

    /**
     * The triangles with one vertex for all that stand at the same place with the same normal: where pictures have seams,
     * the stone has none.
     */
    static int[] welded(float[] xyz, byte @Nullable [] normals, int[] triangles) {
        int n = xyz.length / 3;
        int[] table = new int[Integer.highestOneBit(Math.max(8, n)) * 4]; // vertex + 1
        int[] same = new int[n];
        for (int v = 0; v < n; v++) {
            int h = Float.floatToIntBits(xyz[3 * v]) * 0x9E3779B1
                    ^ Float.floatToIntBits(xyz[3 * v + 1]) * 0x85EBCA77
                    ^ Float.floatToIntBits(xyz[3 * v + 2]) * 0xC2B2AE3D;
            int at = (h ^ h >>> 15) & table.length - 1;
            while (table[at] != 0 && !alike(xyz, normals, table[at] - 1, v)) {
                at = at + 1 & table.length - 1;
            }
            if (table[at] == 0) {
                table[at] = v + 1;
            }
            same[v] = table[at] - 1;
        }
        int[] out = new int[triangles.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = same[triangles[i]];
        }
        return out;
    }

    private static boolean alike(float[] xyz, byte @Nullable [] normals, int a, int b) {
        boolean place = Arrays.equals(xyz, 3 * a, 3 * a + 3, xyz, 3 * b, 3 * b + 3);
        return place && (normals == null || Arrays.equals(normals, 4 * a, 4 * a + 3, normals, 4 * b, 4 * b + 3));
    }

    /** Gives each vertex what the one has that stands for it. */
    private static void spread(int[] triangles, int[] one, float[] values, int width) {
        for (int i = 0; i < triangles.length; i++) {
            System.arraycopy(values, width * one[i], values, width * triangles[i], width);
        }
    }

    private static float[] floats(byte[] four) {
        float[] out = new float[four.length / 4 * 3];
        for (int i = 0; i < out.length; i++) {
            out[i] = four[i / 3 * 4 + i % 3] / 127f;
        }
        return out;
    }

    private static byte signed(float v) {
        return (byte) Math.round(127 * Math.max(-1, Math.min(1, v)));
    }

    static float[] normals(float[] xyz, int[] triangles) {
        float[] out = new float[xyz.length];
        for (int t = 0; t < triangles.length; t += 3) {
            int a = 3 * triangles[t];
            int b = 3 * triangles[t + 1];
            int c = 3 * triangles[t + 2];
            float ux = xyz[b] - xyz[a];
            float uy = xyz[b + 1] - xyz[a + 1];
            float uz = xyz[b + 2] - xyz[a + 2];
            float vx = xyz[c] - xyz[a];
            float vy = xyz[c + 1] - xyz[a + 1];
            float vz = xyz[c + 2] - xyz[a + 2];
            float nx = uy * vz - uz * vy;
            float ny = uz * vx - ux * vz;
            float nz = ux * vy - uy * vx;
            for (int k = 0; k < 3; k++) {
                int i = 3 * triangles[t + k];
                out[i] += nx;
                out[i + 1] += ny;
                out[i + 2] += nz;
            }
        }
        for (int i = 0; i < out.length; i += 3) {
            double len = Math.sqrt(
                    (double) out[i] * out[i] + (double) out[i + 1] * out[i + 1] + (double) out[i + 2] * out[i + 2]);
            if (len > 0) {
                out[i] /= (float) len;
                out[i + 1] /= (float) len;
                out[i + 2] /= (float) len;
            } else {
                out[i + 2] = 1;
            }
        }
        return out;
    }

    /**
     * How high the neighbours of a vertex stand above its tangent plane, as a share of their distance (of 12 mm at least,
     * lest noise between near vertices count as relief), smoothed over the neighbours: 0 on a plane, positive in a hollow,
     * negative on a ridge, -1 to 1. Skirts, which stand across the surface that they hem, are left out.
     */
    static float[] cavity(float[] xyz, float[] normal, int[] triangles) {
        int n = xyz.length / 3;
        float[] sum = new float[n];
        int[] count = new int[n];
        boolean[] skirt = new boolean[triangles.length / 3];
        for (int t = 0; t < triangles.length; t += 3) {
            skirt[t / 3] = across(xyz, normal, triangles[t], triangles[t + 1], triangles[t + 2]);
            for (int k = 0; k < 3 && !skirt[t / 3]; k++) {
                int i = triangles[t + k];
                int j = triangles[t + (k + 1) % 3];
                float dx = xyz[3 * j] - xyz[3 * i];
                float dy = xyz[3 * j + 1] - xyz[3 * i + 1];
                float dz = xyz[3 * j + 2] - xyz[3 * i + 2];
                float len = Math.max(SMALLEST_RELIEF, (float) Math.sqrt(dx * dx + dy * dy + dz * dz));
                sum[i] += (dx * normal[3 * i] + dy * normal[3 * i + 1] + dz * normal[3 * i + 2]) / len;
                sum[j] -= (dx * normal[3 * j] + dy * normal[3 * j + 1] + dz * normal[3 * j + 2]) / len;
                count[i]++;
                count[j]++;
            }
        }
        for (int i = 0; i < n; i++) {
            sum[i] /= Math.max(1, count[i]);
        }
        for (int pass = 0; pass < SMOOTHINGS; pass++) {
            float[] out = new float[n];
            for (int t = 0; t < triangles.length; t += 3) {
                for (int k = 0; k < 3 && !skirt[t / 3]; k++) {
                    int i = triangles[t + k];
                    int j = triangles[t + (k + 1) % 3];
                    out[i] += sum[j];
                    out[j] += sum[i];
                }
            }
            for (int i = 0; i < n; i++) {
                out[i] = 0.5f * sum[i] + 0.5f * out[i] / Math.max(1, count[i]);
            }
            sum = out;
        }
        return sum;
    }

    /** Whether a triangle stands nearly upright on the surface that its vertices' normals tell of. */
    private static boolean across(float[] xyz, float[] normal, int a, int b, int c) {
        float ux = xyz[3 * b] - xyz[3 * a];
        float uy = xyz[3 * b + 1] - xyz[3 * a + 1];
        float uz = xyz[3 * b + 2] - xyz[3 * a + 2];
        float vx = xyz[3 * c] - xyz[3 * a];
        float vy = xyz[3 * c + 1] - xyz[3 * a + 1];
        float vz = xyz[3 * c + 2] - xyz[3 * a + 2];
        float nx = uy * vz - uz * vy;
        float ny = uz * vx - ux * vz;
        float nz = ux * vy - uy * vx;
        float limit = 0.3f * (float) Math.sqrt(nx * nx + ny * ny + nz * nz);
        for (int v : new int[] {a, b, c}) {
            if (Math.abs(nx * normal[3 * v] + ny * normal[3 * v + 1] + nz * normal[3 * v + 2]) > limit) {
                return false;
            }
        }
        return true;
    }
}
