package org.grotto.image;

import java.util.Arrays;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;

/** Ways to give each vertex of a mesh a colour, 0xRRGGBB in sRGB. */
public final class VertexColours {
    /** Where there is nothing to show: a quiet warm grey. */
    public static final int NONE = 0xC9C5BC;
    /** Surface with points on it. */
    public static final int MEASURED = 0xD9D4C7;
    /** Surface that was filled in: vermilion, told from grey by every kind of colour vision. */
    public static final int INFERRED = 0xD55E00;

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

    /** From {@link #INFERRED} to {@link #MEASURED} by the mesh's evidence; all {@link #NONE} where it has none. */
    public static int[] evidence(Mesh mesh, Work work) {
        int[] out = new int[mesh.vertexCount()];
        byte[] evidence = mesh.evidence();
        if (evidence == null) {
            Arrays.fill(out, NONE);
            return out;
        }
        int[] ramp = new int[256];
        double[] a = Srgb.oklab(INFERRED);
        double[] b = Srgb.oklab(MEASURED);
        for (int i = 0; i < 256; i++) {
            double t = i / 255.0;
            ramp[i] = Srgb.ofOklab(a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2]));
        }
        work.blocks(out.length, BLOCK, (from, to) -> {
            for (int v = from; v < to; v++) {
                out[v] = ramp[evidence[v] & 255];
            }
        });
        return out;
    }
}
