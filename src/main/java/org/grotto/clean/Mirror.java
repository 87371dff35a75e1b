package org.grotto.clean;

import org.grotto.geometry.Cloud;

/**
 * How the normals of two neighbours go together: as if an arc of a circle ran from one to the other, so that they mirror
 * each other (König and Gumhold 2009). This holds on a smooth wall, round a sharp edge, and between the two faces of a thin
 * plate or a narrow slit.
 */
final class Mirror {
    /** Doubts are whole numbers below this. */
    static final int CLASSES = 1024;

    private final Cloud cloud;
    private final float[] normals;

    /** @param normals of the cloud's points, unit length or zero */
    Mirror(Cloud cloud, float[] normals) {
        this.cloud = cloud;
        this.normals = normals;
    }

    /** Whether point i has no normal: it needs no sign, and tells none. */
    boolean none(int i) {
        return normals[3 * i] == 0 && normals[3 * i + 1] == 0 && normals[3 * i + 2] == 0;
    }

    /**
     * Doubt about two neighbours, 0 to {@value #CLASSES} - 2: how far they are from mirroring each other, or how far the
     * way from one to the other leads out of their planes, most where these are parallel: then it is noise or a step.
     */
    int doubt(int i, int j) {
        double dx = (double) cloud.x[j] - cloud.x[i];
        double dy = (double) cloud.y[j] - cloud.y[i];
        double dz = (double) cloud.z[j] - cloud.z[i];
        double d = dx * dx + dy * dy + dz * dz;
        double a = dx * normals[3 * i] + dy * normals[3 * i + 1] + dz * normals[3 * i + 2];
        double b = dx * normals[3 * j] + dy * normals[3 * j + 1] + dz * normals[3 * j + 2];
        double across = d > 0 ? Math.max(a * a, b * b) / d : 0;
        double c = Math.max(1 - Math.abs(cosine(i, j)), across * (0.5 + Math.abs(dot(i, j))));
        return (int) Math.max(0, Math.min(CLASSES - 2, c * (CLASSES - 1)));
    }

    /** The cosine between j's normal and the mirror image of i's in the plane half way between them. */
    double cosine(int i, int j) {
        double dx = (double) cloud.x[j] - cloud.x[i];
        double dy = (double) cloud.y[j] - cloud.y[i];
        double dz = (double) cloud.z[j] - cloud.z[i];
        double d = dx * dx + dy * dy + dz * dz;
        double a = dx * normals[3 * i] + dy * normals[3 * i + 1] + dz * normals[3 * i + 2];
        double b = dx * normals[3 * j] + dy * normals[3 * j + 1] + dz * normals[3 * j + 2];
        return d > 0 ? dot(i, j) - 2 * a * b / d : dot(i, j);
    }

    private double dot(int i, int j) {
        return (double) normals[3 * i] * normals[3 * j]
                + (double) normals[3 * i + 1] * normals[3 * j + 1]
                + (double) normals[3 * i + 2] * normals[3 * j + 2];
    }

    /** What two neighbours say of their patches: positive for alike; whole, so that sums do not depend on their order. */
    double vote(int i, int j) {
        double sure = 1 - doubt(i, j) / (CLASSES - 1.0);
        return Math.rint(VOTE * cosine(i, j) * sure * sure);
    }

    /** The vote of two neighbours beyond doubt. */
    static final double VOTE = 1 << 16;
}
