package org.grotto.image;

import java.util.Arrays;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;

/** Ways to give each vertex of a mesh a colour, 0xRRGGBB in sRGB. */
public final class VertexColours {
    /** Where there is nothing to show: a quiet warm grey. */
    public static final int NONE = 0xC9C5BC;

    private static final int BLOCK = 1 << 16;

    private VertexColours() {}

    /** The mesh's own colours; all {@link #NONE} where it has none. */
    public static int[] own(Mesh mesh, Work work) {
        int[] out = new int[mesh.vertexCount()];
        byte[] rgb = mesh.rgb();
        if (rgb == null) {
            Arrays.fill(out, NONE);
            return out;
        }
        work.blocks(out.length, BLOCK, (from, to) -> {
            for (int v = from; v < to; v++) {
                out[v] = (rgb[3 * v] & 255) << 16 | (rgb[3 * v + 1] & 255) << 8 | rgb[3 * v + 2] & 255;
            }
        });
        return out;
    }

    /** The mesh's own colours, their light multiplied. */
    public static int[] own(Mesh mesh, double exposure, Work work) {
        int[] out = own(mesh, work);
        if (exposure == 1) {
            return out;
        }
        int[] shown = new int[256];
        for (int c = 0; c < shown.length; c++) {
            shown[c] = Srgb.coded16(exposure * Srgb.linear(c)) & 255;
        }
        for (int v = 0; v < out.length; v++) {
            out[v] = shown[out[v] >> 16] << 16 | shown[out[v] >> 8 & 255] << 8 | shown[out[v] & 255];
        }
        return out;
    }

    /** {@code low} takes the map's first colour, {@code high} the last; NaN is {@link #NONE}. */
    public static int[] scalar(float[] value, ColourMap map, double low, double high, Work work) {
        int[] out = new int[value.length];
        double scale = high > low ? 1 / (high - low) : 0;
        work.blocks(out.length, BLOCK, (from, to) -> {
            for (int v = from; v < to; v++) {
                out[v] = Float.isNaN(value[v]) ? NONE : map.of((value[v] - low) * scale);
            }
        });
        return out;
    }
}
