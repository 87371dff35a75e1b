package org.grotto.format.gltf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Mesh;
import org.jspecify.annotations.Nullable;

/**
 * What one material of a mesh covers, with vertices of its own where a seam of its picture splits them.
 *
 * @param material an index into the charts' materials, or -1 for a mesh without pictures
 * @param vertex the mesh's vertex of each of this part's; null where they are the mesh's own
 * @param uv two numbers a vertex, from the picture's left and top; null without pictures
 * @param triangles of this part's vertices
 */
record GlbPart(int material, int @Nullable [] vertex, float @Nullable [] uv, int[] triangles) {
    int size(Mesh mesh) {
        return vertex == null ? mesh.vertexCount() : vertex.length;
    }

    int from(int v) {
        return vertex == null ? v : vertex[v];
    }

    /** The parts of a mesh in the order of its materials; a mesh without pictures is one part. */
    static List<GlbPart> of(Mesh mesh) {
        Charts charts = mesh.charts;
        if (charts == null || !charts.pictured()) {
            return List.of(new GlbPart(-1, null, null, mesh.triangles));
        }
        int[] count = new int[charts.materials().size()];
        for (char m : charts.material()) {
            count[m]++;
        }
        List<GlbPart> all = new ArrayList<>();
        for (int m = 0; m < count.length; m++) {
            if (count[m] > 0) {
                all.add(split(mesh, charts, m, count[m]));
            }
        }
        return all;
    }

    private static GlbPart split(Mesh mesh, Charts charts, int material, int triangles) {
        int[] corner = new int[3 * triangles];
        long[] order = new long[corner.length]; // the mesh's vertex, then the place in corner
        int n = 0;
        for (int t = 0; t < charts.triangleCount(); t++) {
            if (charts.material()[t] == material) {
                for (int c = 3 * t; c < 3 * t + 3; c++, n++) {
                    corner[n] = c;
                    order[n] = (long) mesh.triangles[c] << Integer.SIZE | n;
                }
            }
        }
        Arrays.sort(order);
        int[] vertex = new int[n];
        float[] uv = new float[2 * n];
        int[] out = new int[n];
        int made = 0;
        for (int from = 0, to; from < n; from = to) {
            int v = (int) (order[from] >>> Integer.SIZE);
            int first = made;
            for (to = from; to < n && (int) (order[to] >>> Integer.SIZE) == v; to++) {
                int place = (int) order[to];
                float x = charts.uv()[2 * corner[place]];
                float y = charts.uv()[2 * corner[place] + 1];
                int w = first;
                while (w < made && (uv[2 * w] != x || uv[2 * w + 1] != y)) {
                    w++;
                }
                if (w == made) {
                    vertex[made] = v;
                    uv[2 * made] = x;
                    uv[2 * made + 1] = y;
                    made++;
                }
                out[place] = w;
            }
        }
        return new GlbPart(material, Arrays.copyOf(vertex, made), Arrays.copyOf(uv, 2 * made), out);
    }
}
