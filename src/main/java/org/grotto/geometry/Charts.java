package org.grotto.geometry;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * How pictures lie on a mesh. Each corner has its own place in its material's picture, so a seam is where two corners of
 * one vertex differ; vertices themselves are not split by it.
 *
 * @param uv six numbers a triangle, u and v of its corners in their order: in widths of the picture from its left and in
 *     heights from its <em>top</em>, as in glTF; beyond 0 to 1 by the texture's {@link Texture.Wrap}. Finite; 0 where the
 *     material has no picture
 * @param material of each triangle, an index into {@code materials}
 * @param materials at most 65,536
 */
public record Charts(float[] uv, char[] material, List<Material> materials) {
    public Charts {
        materials = List.copyOf(materials);
        if (uv.length != 6 * material.length) {
            throw new IllegalArgumentException(
                    "charts of " + material.length + " triangles and " + uv.length + " numbers");
        }
    }

    public int triangleCount() {
        return material.length;
    }

    /** Whether any picture lies on any triangle. */
    public boolean pictured() {
        return materials.stream().anyMatch(Material::pictured);
    }

    /** Of triangles whose second and third corners have changed places. */
    Charts turnedOver() {
        float[] u = uv.clone();
        for (int i = 0; i < u.length; i += 6) {
            System.arraycopy(uv, i + 2, u, i + 4, 2);
            System.arraycopy(uv, i + 4, u, i + 2, 2);
        }
        return new Charts(u, material, materials);
    }

    /** Of the triangles that {@code index} names, in that order. */
    public Charts pick(int[] index) {
        float[] u = new float[6 * index.length];
        char[] m = new char[index.length];
        for (int i = 0; i < index.length; i++) {
            System.arraycopy(uv, 6 * index[i], u, 6 * i, 6);
            m[i] = material[index[i]];
        }
        return new Charts(u, m, materials);
    }

    /** Of the triangles that {@code out} does not name. */
    public Charts without(BitSet out) {
        int[] kept = new int[material.length];
        int n = 0;
        for (int i = 0; i < material.length; i++) {
            if (!out.get(i)) {
                kept[n++] = i;
            }
        }
        return n == material.length ? this : pick(Arrays.copyOf(kept, n));
    }
}
