package org.grotto.format.pcd;

import java.io.IOException;

/** The values of a PCD file, some points at a time. */
interface PcdRows extends AutoCloseable {
    /**
     * Fills {@code into[f][0..n)} with the values of wanted field f, for at most {@code most} points; returns n, 0 at the
     * end. Of packed colours in four bytes the values are the bits as a whole number.
     */
    int next(double[][] into, int most) throws IOException;

    @Override
    void close() throws IOException;
}
