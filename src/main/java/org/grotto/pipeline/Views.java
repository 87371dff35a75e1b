package org.grotto.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Pose;
import org.grotto.scene.CaveInfo.Text;
import org.grotto.scene.CaveInfo.View;
import org.grotto.scene.Station;

/**
 * The views every package starts with: inside (standing where a scanner stood, looking at what was scanned most finely),
 * the doll's house from outside, and one from each station.
 */
final class Views {
    private static final double INSIDE_FOV = 65;
    private static final double DOLLHOUSE_FOV = 35;

    private Views() {}

    /**
     * @param spacing local spacing of each point of {@code cloud}, metres
     */
    static List<View> of(Cloud cloud, float[] spacing, List<Station> stations) {
        Box box = cloud.bounds();
        double[] centre = {(box.minX() + box.maxX()) / 2, (box.minY() + box.maxY()) / 2, (box.minZ() + box.maxZ()) / 2};
        double[][] looksAt = centroids(cloud, stations.size());
        double[] finest = finest(cloud, spacing, looksAt, centre);
        List<View> views = new ArrayList<>();
        int best = nearestToMiddle(stations);
        views.add(inside(stations, best, finest, centre, box));
        views.add(dollhouse(box));
        for (int i = 0; i < stations.size(); i++) {
            Station s = stations.get(i);
            Pose p = s.pose();
            if (p == null || s.points() == 0) {
                continue;
            }
            double[] t = looksAt[i];
            double d = Math.hypot(t[0] - p.tx(), t[1] - p.ty());
            if (d < 0.3) {
                t = finest;
            }
            views.add(new View(
                    s.name(),
                    new Text("测站 " + s.name(), "Station " + s.name()),
                    "inside",
                    round(p.tx(), p.ty(), p.tz()),
                    round(t[0], t[1], t[2]),
                    INSIDE_FOV));
        }
        return views;
    }

    /** The views of a mesh without scans. */
    static List<View> ofMesh(Box box) {
        double[] centre = {(box.minX() + box.maxX()) / 2, (box.minY() + box.maxY()) / 2, (box.minZ() + box.maxZ()) / 2};
        return List.of(inside(List.of(), -1, centre, centre, box), dollhouse(box));
    }

    private static View dollhouse(Box box) {
        double r = 0.5 * box.diagonal();
        double far = 0.92 * r / Math.tan(Math.toRadians(DOLLHOUSE_FOV / 2));
        double l = Math.sqrt(0.55 * 0.55 + 0.8 * 0.8 + 0.55 * 0.55);
        double cx = (box.minX() + box.maxX()) / 2;
        double cy = (box.minY() + box.maxY()) / 2;
        double cz = (box.minZ() + box.maxZ()) / 2;
        return new View(
                "dollhouse",
                new Text("外观剖视", "Doll's house"),
                "dollhouse",
                round(cx + far * 0.55 / l, cy - far * 0.8 / l, cz + far * 0.55 / l),
                round(cx, cy, cz),
                DOLLHOUSE_FOV);
    }

    private static View inside(List<Station> stations, int best, double[] finest, double[] centre, Box box) {
        Pose p = best < 0 ? null : stations.get(best).pose();
        Text title = new Text("窟内", "Inside");
        if (p == null) {
            // nobody stood anywhere: look at the object from in front of it
            double d = 1.6 * 0.5 * box.diagonal() / Math.tan(Math.toRadians(INSIDE_FOV / 2));
            return new View(
                    "inside",
                    title,
                    "inside",
                    round(centre[0], centre[1] - d, centre[2] + 0.15 * d),
                    round(centre[0], centre[1], centre[2]),
                    INSIDE_FOV);
        }
        double[] t = finest;
        if (Math.hypot(t[0] - p.tx(), t[1] - p.ty()) < 0.3) {
            t = new double[] {p.tx(), p.ty() + 1, p.tz()};
        }
        return new View("inside", title, "inside", round(p.tx(), p.ty(), p.tz()), round(t[0], t[1], t[2]), INSIDE_FOV);
    }

    /** The station with most points' worth of room around it: nearest to the middle of all stations. */
    private static int nearestToMiddle(List<Station> stations) {
        double[] m = new double[3];
        int n = 0;
        for (Station s : stations) {
            Pose p = s.pose();
            if (p != null) {
                m[0] += p.tx();
                m[1] += p.ty();
                m[2] += p.tz();
                n++;
            }
        }
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < stations.size(); i++) {
            Pose p = stations.get(i).pose();
            if (p != null) {
                double d = Math.hypot(p.tx() - m[0] / n, p.ty() - m[1] / n);
                if (d < least) {
                    least = d;
                    best = i;
                }
            }
        }
        return best;
    }

    private static double[][] centroids(Cloud c, int stations) {
        double[][] sum = new double[stations][4];
        char[] st = c.station;
        if (st != null) {
            for (int i = 0; i < c.size; i++) {
                if (st[i] < stations) {
                    double[] s = sum[st[i]];
                    s[0] += c.px(i);
                    s[1] += c.py(i);
                    s[2] += c.pz(i);
                    s[3]++;
                }
            }
        }
        for (double[] s : sum) {
            double n = Math.max(1, s[3]);
            s[0] /= n;
            s[1] /= n;
            s[2] /= n;
        }
        return sum;
    }

    /**
     * The middle of the points of the station that looked most closely, the first one of several: what the surveyors cared
     * about. The middle of the cave where all stations looked alike.
     */
    private static double[] finest(Cloud c, float[] spacing, double[][] looksAt, double[] centre) {
        char[] st = c.station;
        if (st == null || looksAt.length == 0 || spacing.length != c.size) {
            return centre;
        }
        int n = looksAt.length;
        double[] mean = new double[n]; // of the logarithm: a few sparse points do not count much
        for (int i = 0; i < c.size; i++) {
            if (st[i] < n) {
                mean[st[i]] += StrictMath.log(Math.max(spacing[i], 1e-6));
            }
        }
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int s = 0; s < n; s++) {
            if (looksAt[s][3] > 0) {
                mean[s] = StrictMath.exp(mean[s] / looksAt[s][3]);
                least = Math.min(least, mean[s]);
                most = Math.max(most, mean[s]);
            }
        }
        if (!(least * 2 < most)) {
            return centre;
        }
        for (int s = 0; s < n; s++) {
            if (looksAt[s][3] > 0 && mean[s] <= 1.5 * least) {
                return looksAt[s];
            }
        }
        return centre;
    }

    private static double[] round(double x, double y, double z) {
        return new double[] {Math.rint(x * 1e4) / 1e4, Math.rint(y * 1e4) / 1e4, Math.rint(z * 1e4) / 1e4};
    }
}
