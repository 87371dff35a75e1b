package org.grotto.views;

import java.util.Arrays;
import org.grotto.geometry.Cloud;

/**
 * Intensity made fit to be seen. Scanners without colour often fill a few hundredths of the range that their files can
 * hold (16 bits of LAS, say), and a mesh in these greys is black.
 */
public final class Grey {
    /** Where 98 % of the points are darker than this share of white, all are made brighter. */
    private static final float DIM = 0.3f;
    /** What they are brought to; linear light. */
    private static final float BRIGHT = 0.75f;

    private Grey() {}

    /**
     * The cloud with its intensity in proportion brighter, if it has no colour and is dim; else the cloud itself. Only for
     * colouring: intensities that are kept or measured stay as they were.
     */
    public static Cloud visible(Cloud cloud) {
        float[] in = cloud.intensity();
        if (in == null || cloud.rgb() != null || cloud.size == 0) {
            return cloud;
        }
        float[] sorted = in.clone();
        Arrays.sort(sorted);
        float high = sorted[(int) (0.98 * (sorted.length - 1))];
        if (!(high > 0 && high < DIM)) {
            return cloud;
        }
        float[] out = new float[in.length];
        for (int i = 0; i < in.length; i++) {
            out[i] = Math.min(1, in[i] * (BRIGHT / high));
        }
        return new Cloud(cloud.lattice, cloud.x, cloud.y, cloud.z, cloud.normals(), null, out, cloud.station());
    }
}
