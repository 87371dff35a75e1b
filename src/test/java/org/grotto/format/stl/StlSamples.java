package org.grotto.format.stl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Cubes as STL, made by hand. */
final class StlSamples {
    private static final int[][] CUBE = {
        {0, 2, 1}, {1, 2, 3}, {4, 5, 6}, {5, 7, 6}, {0, 1, 4}, {1, 5, 4},
        {2, 6, 3}, {3, 6, 7}, {0, 4, 2}, {2, 4, 6}, {1, 3, 5}, {3, 7, 5}
    };

    private StlSamples() {}

    /** Coordinate {@code axis} of corner {@code k} of a cube from 0 to 1. */
    static float at(int k, int axis) {
        return k >> axis & 1;
    }

    /** The corners of the cube's twelve triangles. */
    static int[] corners() {
        int[] out = new int[36];
        for (int i = 0; i < out.length; i++) {
            out[i] = CUBE[i / 3][i % 3];
        }
        return out;
    }

    static byte[] binary(String header) {
        return binary(header, CUBE.length, CUBE.length);
    }

    /** @param announced in the header; {@code triangles} follow */
    static byte[] binary(String header, int announced, int triangles) {
        ByteBuffer b = ByteBuffer.allocate(84 + 50 * triangles).order(ByteOrder.LITTLE_ENDIAN);
        b.put(header.getBytes(StandardCharsets.US_ASCII)).putInt(80, announced);
        for (int t = 0; t < triangles; t++) {
            for (int i = 0; i < 9; i++) {
                b.putFloat(84 + 50 * t + 12 + 4 * i, at(CUBE[t][i / 3], i % 3));
            }
        }
        return b.array();
    }

    static String text() {
        StringBuilder s = new StringBuilder("solid a cube\n");
        for (int[] t : CUBE) {
            s.append("  facet normal 0 0 0\n    outer loop\n");
            for (int k : t) {
                s.append("      vertex ")
                        .append(at(k, 0))
                        .append(' ')
                        .append(at(k, 1))
                        .append("e0 ")
                        .append(at(k, 2))
                        .append('\n');
            }
            s.append("    endloop\n  endfacet\n");
        }
        return s.append("endsolid a cube\n").toString();
    }
}
