package org.grotto.clean;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.PlaneFit;
import org.grotto.store.Craft;
import org.grotto.store.Region;
import org.jspecify.annotations.Nullable;

/**
 * Unit normals by a plane through the neighbours (Hoppe et al. 1992), with weights that let go of what lies off the plane
 * (Cauchy, two rounds), so an edge stays an edge. The neighbourhood is the k nearest, about two spacings wide; where the
 * noise is as large as that, it grows to three times the noise. Neighbours that another station saw from behind are left
 * out, so the two sides of a thin wall stay apart. Where the point's station is known the normal is turned to it.
 */
final class Normals implements Craft.ForColumns {
    private static final int MOST = 64;

    private final int k;
    private final double reach;
    private final double[] noise;
    private final double otherNoise;
    private final List<double @Nullable []> eyes;
    private final boolean anew;

    /**
     * @param noise of each station, metres
     * @param otherNoise of points without a station, metres
     * @param anew whether normals that stand there already are estimated again
     */
    Normals(int k, double reach, double[] noise, double otherNoise, List<double @Nullable []> eyes, boolean anew) {
        this.k = k;
        this.reach = reach;
        this.noise = noise;
        this.otherNoise = otherNoise;
        this.eyes = eyes;
        this.anew = anew;
    }

    @Override
    public Set<String> needs() {
        return Set.of(Columns.STATION.name(), Columns.NORMAL.name());
    }

    @Override
    public List<ColumnType> gives() {
        return List.of(Columns.SPACING, Columns.NORMAL);
    }

    @Override
    public double halo() {
        return reach;
    }

    /**
     * Gives spacing (metres) and normals (zero where none can be told). Normals that stand there already are kept, brought
     * to unit length, unless they are asked for anew; zero and broken ones are estimated.
     */
    @Override
    public Columns run(Region region, Work work) {
        Cloud cloud = region.cloud();
        float[] spacing = new float[region.count()];
        float[] given = anew ? null : cloud.normals();
        float[] normals = given == null
                ? new float[3 * region.count()]
                : Arrays.copyOfRange(given, 3 * region.from(), 3 * region.to());
        One one = new One(cloud, KdTree.of(cloud).query());
        for (int i = region.from(); i < region.to(); i++) {
            one.look(i, i - region.from(), spacing, normals);
        }
        return Columns.NONE.with(Columns.SPACING, spacing).with(Columns.NORMAL, normals);
    }

    /** Whether entry {@code i} can be a normal: one of length zero, or that is no number, is none. */
    static boolean stands(float[] normals, int i) {
        double x = normals[3 * i];
        double y = normals[3 * i + 1];
        double z = normals[3 * i + 2];
        double l = Math.sqrt(x * x + y * y + z * z);
        return l > 1e-3 && l < 1e6;
    }

    private final class One {
        private final Cloud cloud;
        private final KdTree.Query q;
        private final PlaneFit plane = new PlaneFit();
        private final double[] dx = new double[Math.max(MOST, k + 1)];
        private final double[] dy = new double[dx.length];
        private final double[] dz = new double[dx.length];
        private final double[] weight = new double[dx.length];

        One(Cloud cloud, KdTree.Query q) {
            this.cloud = cloud;
            this.q = q;
        }

        private int stationOf(int i) {
            return cloud.station() == null ? Cloud.NO_STATION : cloud.station()[i];
        }

        private double @Nullable [] eyeOf(int i) {
            int s = stationOf(i);
            return s < eyes.size() ? eyes.get(s) : null;
        }

        /** Fills entry {@code at} for point {@code i} of the cloud. */
        void look(int i, int at, float[] spacing, float[] normals) {
            int found = q.nearestAt(cloud.x[i], cloud.y[i], cloud.z[i], k + 1, reach);
            double far = Math.sqrt(q.distance[found - 1]);
            double s = found < 2 ? reach : Spacing.of(far, found - 1);
            spacing[at] = (float) s;
            if (unit(at, normals)) {
                return;
            }
            int st = stationOf(i);
            double sigma = st < noise.length ? noise[st] : otherNoise;
            double radius = 3 * sigma;
            if (radius > far && found == k + 1) {
                int more = (int) Math.min(MOST, Math.ceil(Math.PI * radius * radius / (s * s)) + 1);
                if (more > found) {
                    found = q.nearestAt(cloud.x[i], cloud.y[i], cloud.z[i], more, Math.min(reach, radius));
                }
            }
            fit(i, at, found, sigma, normals);
        }

        /** Whether a normal stands there; it is then of unit length. */
        private boolean unit(int i, float[] normals) {
            if (!stands(normals, i)) {
                return false;
            }
            double x = normals[3 * i];
            double y = normals[3 * i + 1];
            double z = normals[3 * i + 2];
            double l = Math.sqrt(x * x + y * y + z * z);
            if (Math.abs(l - 1) > 1e-6) {
                normals[3 * i] = (float) (x / l);
                normals[3 * i + 1] = (float) (y / l);
                normals[3 * i + 2] = (float) (z / l);
            }
            return true;
        }

        private void fit(int i, int at, int found, double sigma, float[] normals) {
            double step = cloud.lattice.step();
            plane.clear();
            for (int j = 0; j < found; j++) {
                int p = q.index[j];
                dx[j] = step * ((double) cloud.x[p] - cloud.x[i]);
                dy[j] = step * ((double) cloud.y[p] - cloud.y[i]);
                dz[j] = step * ((double) cloud.z[p] - cloud.z[i]);
                weight[j] = 1;
                plane.add(1, dx[j], dy[j], dz[j]);
            }
            double[] eye = eyeOf(i);
            double ex = 0;
            double ey = 0;
            double ez = 0;
            if (eye != null) {
                ex = eye[0] - cloud.px(i);
                ey = eye[1] - cloud.py(i);
                ez = eye[2] - cloud.pz(i);
            }
            if (!plane.solve()) {
                facing(at, ex, ey, ez, normals);
                return;
            }
            for (int round = 0; round < 2; round++) {
                double nx = plane.normalX;
                double ny = plane.normalY;
                double nz = plane.normalZ;
                double c = Math.max(plane.least, sigma * sigma);
                double mean = nx * plane.meanX + ny * plane.meanY + nz * plane.meanZ;
                double side = nx * ex + ny * ey + nz * ez;
                plane.clear();
                for (int j = 0; j < found; j++) {
                    double off = nx * dx[j] + ny * dy[j] + nz * dz[j] - mean;
                    double w = c > 0 ? c / (c + off * off) : 1;
                    if (eye != null && otherSide(i, q.index[j], nx, ny, nz, side)) {
                        w = 0;
                    }
                    if (w > 0) {
                        plane.add(w, dx[j], dy[j], dz[j]);
                    }
                }
                if (!plane.solve()) {
                    plane.normalX = nx;
                    plane.normalY = ny;
                    plane.normalZ = nz;
                    break;
                }
            }
            double sign = plane.normalX * ex + plane.normalY * ey + plane.normalZ * ez < 0 ? -1 : 1;
            normals[3 * at] = (float) (sign * plane.normalX);
            normals[3 * at + 1] = (float) (sign * plane.normalY);
            normals[3 * at + 2] = (float) (sign * plane.normalZ);
        }

        /** Whether p was seen, beyond doubt, from the other side of the plane through i. */
        private boolean otherSide(int i, int p, double nx, double ny, double nz, double side) {
            if (stationOf(p) == stationOf(i)) {
                return false;
            }
            double[] eye = eyeOf(p);
            if (eye == null) {
                return false;
            }
            double x = eye[0] - cloud.px(p);
            double y = eye[1] - cloud.py(p);
            double z = eye[2] - cloud.pz(p);
            double s = nx * x + ny * y + nz * z;
            return s * side < 0 && s * s > 0.03 * (x * x + y * y + z * z);
        }

        /** Too few neighbours for a plane: the direction to the station, or none. */
        private void facing(int i, double ex, double ey, double ez, float[] normals) {
            double e = Math.sqrt(ex * ex + ey * ey + ez * ez);
            normals[3 * i] = e > 0 ? (float) (ex / e) : 0;
            normals[3 * i + 1] = e > 0 ? (float) (ey / e) : 0;
            normals[3 * i + 2] = e > 0 ? (float) (ez / e) : 0;
        }
    }
}
