package org.grotto.format.las;

/** Delivers the points of one compressed chunk, a window at a time. */
interface ChunkDecoder {
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
}
