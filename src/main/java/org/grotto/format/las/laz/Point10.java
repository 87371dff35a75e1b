package org.grotto.format.las.laz;

import org.grotto.format.las.point.LasPoints;
import org.jspecify.annotations.Nullable;

/** The first 20 bytes of a legacy point in the pointwise formats. */
abstract class Point10 {
    private final int[] @Nullable [] symbols = new int[3 * 256][];
    int x;
    int y;
    int z;
    int intensity;
    int returns;
    int classification;
    int angle;
    int userData;
    int source;

    Point10(LasPoints p, int i) {
        x = p.x[i];
        y = p.y[i];
        z = p.z[i];
        intensity = p.intensity[i];
        returns = p.returns[i] & 255;
        classification = p.classification[i] & 255;
        angle = p.scanAngle[i] & 255;
        userData = p.userData[i] & 255;
        source = p.source[i];
    }

    /** Decodes the next point into entry {@code i}. */
    abstract void decode(RangeDecoder d, LasPoints p, int i);

    /** A byte coded in the context of the one before it; {@code which}: 0 return bits, 1 classification, 2 user data. */
    final int symbol(RangeDecoder d, int which, int last) {
        int[] m = symbols[which * 256 + last];
        if (m == null) {
            m = Model.decoding(256);
            symbols[which * 256 + last] = m;
        }
        return d.symbol(m);
    }

    final void put(LasPoints p, int i) {
        p.x[i] = x;
        p.y[i] = y;
        p.z[i] = z;
        p.intensity[i] = (char) intensity;
        p.returns[i] = (byte) returns;
        p.classification[i] = (byte) classification;
        p.scanAngle[i] = (byte) angle;
        p.userData[i] = (byte) userData;
        p.source[i] = (char) source;
    }

    /** Of LASzip 1 (2010): plain medians of three differences. */
    static final class Version1 extends Point10 {
        private final IntegerModel dx = new IntegerModel(true, 32, 1);
        private final IntegerModel dy = new IntegerModel(true, 32, 20);
        private final IntegerModel dz = new IntegerModel(true, 32, 20);
        private final IntegerModel intensities = new IntegerModel(true, 16, 1);
        private final IntegerModel angles = new IntegerModel(true, 8, 2);
        private final IntegerModel sources = new IntegerModel(true, 16, 1);
        private final int[] changes = Model.decoding(64);
        private final int[] lastX = new int[3];
        private final int[] lastY = new int[3];
        private int oldest;

        Version1(LasPoints p, int i) {
            super(p, i);
        }

        private static int median(int[] v) {
            return Math.max(Math.min(v[0], v[1]), Math.min(Math.max(v[0], v[1]), v[2]));
        }

        @Override
        void decode(RangeDecoder d, LasPoints p, int i) {
            int stepX = dx.decode(d, median(lastX), 0);
            x += stepX;
            int k = dx.k();
            int stepY = dy.decode(d, median(lastY), Math.min(k, 19));
            y += stepY;
            k = (k + dy.k()) / 2;
            z = dz.decode(d, z, Math.min(k, 19));
            int change = d.symbol(changes);
            if ((change & 32) != 0) {
                intensity = intensities.decode(d, intensity, 0) & 0xFFFF;
            }
            if ((change & 16) != 0) {
                returns = symbol(d, 0, returns);
            }
            if ((change & 8) != 0) {
                classification = symbol(d, 1, classification);
            }
            if ((change & 4) != 0) {
                angle = angles.decode(d, angle, k < 3 ? 1 : 0) & 255;
            }
            if ((change & 2) != 0) {
                userData = symbol(d, 2, userData);
            }
            if ((change & 1) != 0) {
                source = sources.decode(d, source, 0) & 0xFFFF;
            }
            lastX[oldest] = stepX;
            lastY[oldest] = stepY;
            oldest = oldest == 2 ? 0 : oldest + 1;
            put(p, i);
        }
    }

    /** Of LASzip 2 (2011) and later: medians, heights and intensities by kind of return. */
    static final class Version2 extends Point10 {
        private final int[] changes = Model.decoding(64);
        private final IntegerModel intensities = new IntegerModel(true, 16, 4);
        private final int[][] angles = {Model.decoding(256), Model.decoding(256)};
        private final IntegerModel sources = new IntegerModel(true, 16, 1);
        private final IntegerModel dx = new IntegerModel(true, 32, 2);
        private final IntegerModel dy = new IntegerModel(true, 32, 22);
        private final IntegerModel dz = new IntegerModel(true, 32, 20);
        private final Medians mx = new Medians(16);
        private final Medians my = new Medians(16);
        private final int[] lastIntensity = new int[16];
        private final int[] lastZ = new int[8];

        Version2(LasPoints p, int i) {
            super(p, i);
            intensity = 0;
        }

        @Override
        void decode(RangeDecoder d, LasPoints p, int i) {
            int change = d.symbol(changes);
            if ((change & 32) != 0) {
                returns = symbol(d, 0, returns);
            }
            int m = Contexts.LEGACY_XY[returns & 63];
            int level = Contexts.LEGACY_Z[returns & 63];
            int single = (returns >>> 3 & 7) == 1 ? 1 : 0;
            if (change != 0) {
                if ((change & 16) != 0) {
                    intensity = intensities.decode(d, lastIntensity[m], Math.min(m, 3)) & 0xFFFF;
                    lastIntensity[m] = intensity;
                } else {
                    intensity = lastIntensity[m];
                }
                if ((change & 8) != 0) {
                    classification = symbol(d, 1, classification);
                }
                if ((change & 4) != 0) {
                    angle = (angle + d.symbol(angles[returns >>> 6 & 1])) & 255;
                }
                if ((change & 2) != 0) {
                    userData = symbol(d, 2, userData);
                }
                if ((change & 1) != 0) {
                    source = sources.decode(d, source, 0) & 0xFFFF;
                }
            }
            int stepX = dx.decode(d, mx.get(m), single);
            mx.add(m, stepX);
            x += stepX;
            int kx = dx.k();
            int stepY = dy.decode(d, my.get(m), single + Math.min(kx & ~1, 20));
            my.add(m, stepY);
            y += stepY;
            z = dz.decode(d, lastZ[level], single + Math.min((kx + dy.k()) / 2 & ~1, 18));
            lastZ[level] = z;
            put(p, i);
        }
    }
}
