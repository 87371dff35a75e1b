package org.grotto.format.las.laz;

import org.grotto.format.las.point.LasPoints;

/** Delivers the points of one compressed chunk, a window at a time. */
public interface ChunkDecoder {
    /**
     * Decodes at most {@code max} further points into {@code p} from entry {@code from} on; returns how many, 0 at the
     * end.
     */
    int next(LasPoints p, int from, int max);

    /**
     * To be called after the last point: every encoder pads its runs so that a decoder reads just to the end, hence
     * anything else gives away damaged bytes that decoded to some points all the same.
     */
    void finish();

    /**
     * Whether {@code bytes} may hold so many points. No encoder gets more than 2048 into a byte: the models never give a
     * symbol a probability of 1, so the change mask and three coordinates cost at least 0.0076 bits. Bounds what is
     * allocated for a chunk by what the file really holds.
     */
    static boolean plausible(long points, long bytes) {
        return points <= 2048 * bytes;
    }
}
