package org.grotto.lod.atlas;

import java.util.Arrays;
import org.grotto.base.Work;
import org.grotto.geometry.Charts;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.image.Srgb;

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

    /** Whether some vertex has a colour of its own that its picture hides. */
    public static boolean hides(Mesh mesh) {
        Charts charts = mesh.charts;
        byte[] own = mesh.rgb();
        if (charts == null || own == null || mesh.columns.has(Columns.TINT.name())) {
            return false;
        }
        for (int i = 0; i < mesh.triangles.length; i++) {
            int v = 3 * mesh.triangles[i];
            if ((own[v] & own[v + 1] & own[v + 2]) != -1
                    && charts.materials().get(charts.material()[i / 3]).colour() != null) {
                return true;
            }
        }
        return false;
    }

    /**
     * The mesh with both columns; its own colours stay where no picture lies, and where it has a {@link Columns#TINT} that
     * multiplies what does. A mesh without charts comes back as it is.
     */
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
        byte[] tint = mesh.columns.bytes(Columns.TINT.name());
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
                    double area = mesh.area(t);
                    wide[v] = pictures.pixel(t, area, p);
                    // what a vertex stands for: half the way to its neighbours
                    double pixels = Float.isNaN(wide[v]) ? 1 : Math.sqrt(area) / wide[v] / 2;
                    int c = pictures.sample(t, k == 1 ? 1 : 0, k == 2 ? 1 : 0, pixels, at);
                    for (int a = 0; a < 3; a++) {
                        byte b = (byte) (c >> 16 - 8 * a);
                        rgb[3 * v + a] = tint == null ? b : times(b, tint[3 * v + a]);
                    }
                }
            });
            Mesh out = mesh.with(Columns.RGB8, rgb);
            if (pictures.any()) {
                return out.with(PIXEL, wide);
            }
            // vertices' own colours say more than those of materials
            return out.with(Columns.TINT, null).with(own == null ? charts : null);
        }
    }

    private static byte times(byte a, byte b) {
        return b == -1 ? a : Srgb.coded16((double) Srgb.linear(a & 255) * Srgb.linear(b & 255));
    }
}
