package org.grotto.format;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Material;
import org.jspecify.annotations.Nullable;

/** What readers of meshes share about materials. */
public final class Materials {
    private Materials() {}

    /**
     * The charts of a mesh, with those materials only that some triangle is of; null where they would say nothing: without
     * pictures, and with one colour that is white, grey or below vertex colours. That colour is then told as lost.
     *
     * @param uv six numbers a triangle, or none at all where no picture is placed
     * @param material of each triangle; becomes the charts' own
     * @param vertexColours whether the vertices have colours
     */
    public static @Nullable Charts charts(
            float[] uv, char[] material, List<Material> materials, boolean vertexColours, Remarks remarks) {
        int[] to = new int[materials.size()];
        for (char m : material) {
            to[m] = 1;
        }
        List<Material> used = new ArrayList<>();
        Set<List<Float>> colours = new HashSet<>();
        boolean pictured = false;
        for (int i = 0; i < to.length; i++) {
            if (to[i] == 0) {
                continue;
            }
            Material m = materials.get(i);
            to[i] = used.size();
            used.add(m);
            pictured |= m.pictured();
            colours.add(List.of(m.red(), m.green(), m.blue()));
        }
        if (!pictured && colours.size() <= 1) {
            Material m = used.isEmpty() ? Material.plain() : used.getFirst();
            boolean grey = m.red() == m.green() && m.green() == m.blue();
            if (grey || vertexColours) {
                if (!grey || m.red() != 1) {
                    remarks.lost("the one colour of all materials");
                }
                return null;
            }
        }
        for (int t = 0; used.size() < materials.size() && t < material.length; t++) {
            material[t] = (char) to[material[t]];
        }
        return new Charts(uv.length == 0 ? new float[6 * material.length] : uv, material, used);
    }

    /** Whether {@code triangles} with pictures fit into one mesh. */
    public static boolean fits(long triangles) {
        return triangles <= (Integer.MAX_VALUE - 8) / 6;
    }
}
