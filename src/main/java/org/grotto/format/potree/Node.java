package org.grotto.format.potree;

/**
 * A node of a Potree octree.
 *
 * @param name "r" for the root, then the number of a child at each level: bit 4 is the upper half in x, 2 in y, 1 in z
 * @param points in its own file or part of one
 * @param at byte offset in octree.bin, version 2
 * @param bytes there
 */
record Node(String name, long points, long at, long bytes) {
    int level() {
        return name.length() - 1;
    }

    /** Where its cube begins, as part of the root's cube: 0 to 1 along each axis. */
    double[] corner() {
        double[] p = new double[3];
        double half = 0.5;
        for (int i = 1; i < name.length(); i++) {
            int c = name.charAt(i) - '0';
            p[0] += (c & 4) != 0 ? half : 0;
            p[1] += (c & 2) != 0 ? half : 0;
            p[2] += (c & 1) != 0 ? half : 0;
            half /= 2;
        }
        return p;
    }
}
