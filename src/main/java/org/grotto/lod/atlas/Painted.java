package org.grotto.lod.atlas;

import java.util.Arrays;
import org.grotto.base.Work;
import org.grotto.geometry.Charts;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;

/** What pictures say of a mesh's vertices: their colours, for all that shows vertices alone, and how fine pixels are there. */
public final class Painted {
    /** Width of a pixel of the mesh's pictures on the stone, metres. */
    public static final ColumnType PIXEL = new ColumnType(
            "texel",
            ColumnType.Kind.FLOAT32,
            1,
            "m",
            0,
            Double.NaN,
            0,
            Double.NaN,
            ColumnType.Between.LINEAR,
            ColumnType.Weld.GREATEST,
            "pictures");

    private static final int BLOCK = 1 << 14;

    private Painted() {}

    /** The mesh with both columns; its own colours stay where no picture lies. A mesh without charts comes back as it is. */
    public static Mesh of(Mesh mesh, Work work) {
        Charts charts = mesh.charts;
        if (charts == null) {
            return mesh;
        }
        int[] corner = new int[mesh.vertexCount()];
        Arrays.fill(corner, -1);
        for (int i = mesh.triangles.length - 1; i >= 0; i--) {
            corner[mesh.triangles[i]] = i;
        }
        byte[] own = mesh.rgb();
        byte[] rgb = new byte[3 * corner.length];
        float[] wide = new float[corner.length];
        try (Pictures pictures = Pictures.open(charts, work)) {
            work.blocks(corner.length, BLOCK, (from, to) -> {
                float[] at = new float[4];
                double[] p = new double[6];
                for (int v = from; v < to; v++) {
                    wide[v] = Float.NaN;
                    if (corner[v] < 0) {
                        continue;
                    }
                    int t = corner[v] / 3;
                    int k = corner[v] % 3;
                    int m = charts.material()[t];
                    if (pictures.colour(m) == null && own != null) {
                        System.arraycopy(own, 3 * v, rgb, 3 * v, 3);
                        continue;
                    }
                    double area = Pictures.area(mesh.xyz, mesh.triangles, t);
                    wide[v] = pictures.pixel(t, area, p);
                    // what a vertex stands for: half the way to its neighbours
                    double pixels = Float.isNaN(wide[v]) ? 1 : Math.sqrt(area) / wide[v] / 2;
                    int c = pictures.sample(t, k == 1 ? 1 : 0, k == 2 ? 1 : 0, pixels, at);
                    rgb[3 * v] = (byte) (c >> 16);
                    rgb[3 * v + 1] = (byte) (c >> 8);
                    rgb[3 * v + 2] = (byte) c;
                }
            });
            Mesh out = mesh.with(Columns.RGB8, rgb);
            return pictures.any() ? out.with(PIXEL, wide) : out;
        }
    }
}
