package org.grotto.views;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Pose;
import org.grotto.scene.CaveInfo.View;
import org.grotto.scene.Station;
import org.grotto.scene.Subject;
import org.grotto.store.Engine;
import org.grotto.store.Sample;
import org.grotto.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * The views every package starts with: inside (standing where a scanner stood, looking at what was scanned most finely;
 * where no station is known, in the middle of the most open floor), the doll's house from outside, and one from each station.
 */
public final class Views {
    private static final double INSIDE_FOV = 65;
    private static final double DOLLHOUSE_FOV = 35;
    private static final double NARROWEST_FOV = 40;
    /** The picture shows so much more than the wall that it is made for. */
    private static final double AROUND = 1.18;
    /** The doll's house is seen so far from the side of what matters, degrees, and from so high. */
    private static final double ASIDE = 25;

    private static final double ABOVE = 31;
    /** What matters is seen from points within this distance of its middle, metres. */
    private static final double ABOUT = 0.3;
    /** So many points there say that a station saw it. */
    private static final int SEEN = 50;
    /** About so many normals say where something faces. */
    private static final int FACING = 100_000;
    /** About so many samples say where a visitor can stand. */
    private static final int STANDING = 300_000;
    /** From further away nothing gains, metres. */
    private static final double FARTHEST = 9;

    private Views() {}

    /**
     * @param points with their spacing, and the station that saw each where that is known
     * @param subject an object or a panel is looked at from before it, a room from inside
     */
    public static List<View> of(Store points, List<Station> stations, Subject.Kind subject, Engine engine) {
        Box box = points.bounds();
        double[] centre = {(box.minX() + box.maxX()) / 2, (box.minY() + box.maxY()) / 2, (box.minZ() + box.maxZ()) / 2};
        double[][] looksAt = StationLooks.of(points, stations.size(), engine);
        double[] finest = StationLooks.finest(looksAt, centre);
        Cloud near = points.within(
                new Box(finest[0], finest[1], finest[2], finest[0], finest[1], finest[2]).grow(ABOUT),
                Set.of(Columns.NORMAL.name(), Columns.STATION.name()));
        List<View> views = new ArrayList<>();
        double[] front = finest == centre ? new double[] {0, -1, 0} : front(near, finest);
        int best = overview(near, stations, finest, centre, front);
        boolean around = subject == Subject.Kind.OBJECT || subject == Subject.Kind.PANEL;
        if (around) {
            views.add(before(centre, box, subject, facing(points, engine)));
        } else {
            views.add(inside(points, stations, best, finest, centre, box, subject, engine));
        }
        views.add(dollhouse(box, StrictMath.atan2(front[1], front[0]), subject));
        for (int i = 0; i < stations.size(); i++) {
            Station s = stations.get(i);
            Pose p = s.pose();
            if (p == null || s.points() == 0) {
                continue;
            }
            views.add(station(s.name(), p, looksAt[i], finest, box));
        }
        return views;
    }

    /** The views of a mesh without scans. */
    public static List<View> ofMesh(Mesh mesh, Subject.Kind subject) {
        Box box = mesh.bounds();
        double[] centre = {(box.minX() + box.maxX()) / 2, (box.minY() + box.maxY()) / 2, (box.minZ() + box.maxZ()) / 2};
        Stand stand = subject.encloses() ? stand(mesh) : null;
        View first = stand == null ? before(centre, box, subject, facing(mesh)) : standing(stand);
        return List.of(first, dollhouse(box, -Math.PI / 2, subject));
    }

    private static View standing(Stand s) {
        Pose eye = new Pose(1, 0, 0, 0, s.eye()[0], s.eye()[1], s.eye()[2]);
        return framed("inside", Texts.of("views.inside"), eye, s.target(), new double[] {s.floor(), s.ceiling()});
    }

    private static @Nullable Stand stand(Store points, Engine engine) {
        Cloud c = Sample.every(points, Math.max(1, points.size() / STANDING), Set.of(Columns.NORMAL.name()), engine);
        Box b = points.bounds();
        double[] zero = {b.minX(), b.minY(), b.minZ()};
        float[] at = new float[3 * c.size];
        for (int i = 0; i < c.size; i++) {
            at[3 * i] = (float) (c.px(i) - zero[0]);
            at[3 * i + 1] = (float) (c.py(i) - zero[1]);
            at[3 * i + 2] = (float) (c.pz(i) - zero[2]);
        }
        return Stand.of(at, c.normals(), zero);
    }

    /** Places spread evenly over the area of a mesh, with the normals of their triangles. */
    private static @Nullable Stand stand(Mesh m) {
        int n = m.triangleCount();
        double[] upTo = new double[n + 1];
        float[] each = new float[3 * n];
        for (int t = 0; t < n; t++) {
            double[] cross = cross(m, t);
            double l = Math.sqrt(cross[0] * cross[0] + cross[1] * cross[1] + cross[2] * cross[2]);
            upTo[t + 1] = upTo[t] + l / 2;
            for (int k = 0; l > 0 && k < 3; k++) {
                each[3 * t + k] = (float) (cross[k] / l);
            }
        }
        if (!(upTo[n] > 0)) {
            return null;
        }
        float[] at = new float[3 * STANDING];
        float[] normal = new float[3 * STANDING];
        int t = 0;
        for (int i = 0; i < STANDING; i++) {
            double here = (i + 0.5) / STANDING * upTo[n];
            while (upTo[t + 1] < here) {
                t++;
            }
            // the plastic number's sequence fills a triangle as evenly as a square (Roberts 2018)
            double u = (0.5 + i * 0.7548776662466927) % 1;
            double v = (0.5 + i * 0.5698402909980532) % 1;
            boolean over = u + v > 1;
            double a = over ? 1 - u : u;
            double b = over ? 1 - v : v;
            for (int k = 0; k < 3; k++) {
                float p = m.xyz[3 * m.triangles[3 * t] + k];
                float q = m.xyz[3 * m.triangles[3 * t + 1] + k];
                float r = m.xyz[3 * m.triangles[3 * t + 2] + k];
                at[3 * i + k] = (float) (p + a * (q - p) + b * (r - p));
                normal[3 * i + k] = each[3 * t + k];
            }
        }
        return Stand.of(at, normal, new double[] {m.originX, m.originY, m.originZ});
    }

    /** The sum of some of the normals: where a panel faces. */
    private static double[] facing(Store points, Engine engine) {
        Cloud c = Sample.every(points, Math.max(1, points.size() / FACING), Set.of(Columns.NORMAL.name()), engine);
        double[] sum = new double[3];
        for (int k = 0; c.normals() != null && k < 3 * c.size; k++) {
            sum[k % 3] += c.normals()[k];
        }
        return sum;
    }

    /** The sum of all triangles' normals by area: where a panel faces. */
    private static double[] facing(Mesh m) {
        double[] sum = new double[3];
        for (int t = 0; t < m.triangleCount(); t++) {
            double[] c = cross(m, t);
            for (int k = 0; k < 3; k++) {
                sum[k] += c[k];
            }
        }
        return sum;
    }

    /** Along a triangle's normal, twice its area long. */
    private static double[] cross(Mesh m, int t) {
        float[] v = m.xyz;
        int a = 3 * m.triangles[3 * t];
        int b = 3 * m.triangles[3 * t + 1];
        int c = 3 * m.triangles[3 * t + 2];
        double[] p = {(double) v[b] - v[a], (double) v[b + 1] - v[a + 1], (double) v[b + 2] - v[a + 2]};
        double[] q = {(double) v[c] - v[a], (double) v[c + 1] - v[a + 1], (double) v[c + 2] - v[a + 2]};
        return new double[] {p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]};
    }

    /** @param front azimuth of the direction in which what matters faces, radians */
    private static View dollhouse(Box box, double front, Subject.Kind subject) {
        double r = 0.5 * box.diagonal();
        double far = 0.84 * r / Math.tan(Math.toRadians(DOLLHOUSE_FOV / 2));
        double a = front + Math.toRadians(ASIDE);
        double flat = far * StrictMath.cos(Math.toRadians(ABOVE));
        double cx = (box.minX() + box.maxX()) / 2;
        double cy = (box.minY() + box.maxY()) / 2;
        double cz = box.minZ() + 0.36 * box.sizeZ(); // below the middle, since the bar of buttons covers the foot
        return new View(
                "dollhouse",
                Texts.of(subject.encloses() ? "views.dollhouse" : "views.outside"),
                "dollhouse",
                round(
                        cx + flat * StrictMath.cos(a),
                        cy + flat * StrictMath.sin(a),
                        cz + far * StrictMath.sin(Math.toRadians(ABOVE))),
                round(cx, cy, cz),
                DOLLHOUSE_FOV);
    }

    /** Nobody stood anywhere: look at the object from in front of it, at a panel from where it faces. */
    private static View before(double[] centre, Box box, Subject.Kind subject, double[] facing) {
        double f = Math.sqrt(facing[0] * facing[0] + facing[1] * facing[1] + facing[2] * facing[2]);
        Text title = Texts.of(subject.encloses() ? "views.inside" : "views.front");
        if (subject == Subject.Kind.PANEL && f > 0) {
            // never quite along the axis that is up in the picture
            double flat = StrictMath.hypot(facing[0], facing[1]);
            double ny = flat > 0.05 * f ? facing[1] : facing[1] - 0.05 * f;
            double far = 1.3 * 0.5 * box.diagonal() / Math.tan(Math.toRadians(INSIDE_FOV / 2));
            return new View(
                    "inside",
                    title,
                    "inside",
                    round(centre[0] + far * facing[0] / f, centre[1] + far * ny / f, centre[2] + far * facing[2] / f),
                    round(centre[0], centre[1], centre[2]),
                    INSIDE_FOV);
        }
        double d = 1.6 * 0.5 * box.diagonal() / Math.tan(Math.toRadians(INSIDE_FOV / 2));
        return new View(
                "inside",
                title,
                "inside",
                round(centre[0], centre[1] - d, centre[2] + 0.15 * d),
                round(centre[0], centre[1], centre[2]),
                INSIDE_FOV);
    }

    /**
     * From where a scanner stood, towards what was scanned most finely, with the wall about it from floor to ceiling in
     * the picture.
     */
    private static View inside(
            Store points,
            List<Station> stations,
            int best,
            double[] finest,
            double[] centre,
            Box box,
            Subject.Kind subject,
            Engine engine) {
        Pose p = best < 0 ? null : stations.get(best).pose();
        if (p == null) {
            Stand stand = subject.encloses() ? stand(points, engine) : null;
            return stand == null ? before(centre, box, subject, new double[3]) : standing(stand);
        }
        double[] t = finest;
        double flat = StrictMath.hypot(t[0] - p.tx(), t[1] - p.ty());
        if (flat < 0.3) {
            t = new double[] {p.tx(), p.ty() + 1, p.tz()};
            flat = 1;
        }
        return framed("inside", Texts.of("views.inside"), p, t, heights(points, t, Math.max(0.5, 0.25 * flat)));
    }

    /** From a station: at what it scanned, where that lies in one direction, else at what matters in the cave. */
    private static View station(String name, Pose p, double[] own, double[] finest, Box box) {
        Text title = Texts.of("views.station", "name", name);
        double dx = own[0] - p.tx();
        double dy = own[1] - p.ty();
        double dz = own[2] - p.tz();
        double away = Math.sqrt(dx * dx + dy * dy + dz * dz);
        if (own[3] > 0 && away > 1.5 * own[4]) {
            double half = StrictMath.atan2(1.6 * own[4], away);
            double fov = Math.min(INSIDE_FOV, Math.max(NARROWEST_FOV, 2 * StrictMath.toDegrees(half)));
            return new View(
                    name,
                    title,
                    "inside",
                    round(p.tx(), p.ty(), p.tz()),
                    round(own[0], own[1], own[2]),
                    Math.rint(fov));
        }
        double[] t = Math.hypot(finest[0] - p.tx(), finest[1] - p.ty()) < 0.3
                ? new double[] {p.tx(), p.ty() + 1, p.tz()}
                : finest;
        return framed(name, title, p, t, new double[] {box.minZ(), box.maxZ()});
    }

    /**
     * A view with all of {@code heights} at a place in the picture. Where that is too high for one picture, the place
     * itself stands in its upper half.
     */
    private static View framed(String name, Text title, Pose p, double[] t, double[] heights) {
        double flat = StrictMath.hypot(t[0] - p.tx(), t[1] - p.ty());
        double down = StrictMath.atan2(heights[0] - p.tz(), flat);
        double up = StrictMath.atan2(heights[1] - p.tz(), flat);
        double narrowest = Math.toRadians(NARROWEST_FOV);
        double widest = Math.toRadians(INSIDE_FOV);
        double fov = Math.min(widest, Math.max(narrowest, AROUND * (up - down)));
        double pitch = (up + down) / 2;
        if (up - down > widest) {
            double matters = StrictMath.atan2(t[2] - p.tz(), flat);
            pitch = Math.min(Math.max(matters - fov / 6, down + fov / 2), up - fov / 2);
        }
        return new View(
                name,
                title,
                "inside",
                round(p.tx(), p.ty(), p.tz()),
                round(t[0], t[1], p.tz() + flat * StrictMath.tan(pitch)),
                Math.rint(StrictMath.toDegrees(fov)));
    }

    /** The lowest and highest of the points within {@code reach} of a place, seen from above; metres. */
    private static double[] heights(Store points, double[] t, double reach) {
        Box all = points.bounds();
        Box column = new Box(t[0] - reach, t[1] - reach, all.minZ(), t[0] + reach, t[1] + reach, all.maxZ());
        Cloud c = points.within(column, Set.of());
        double low = t[2];
        double high = t[2];
        for (int i = 0; i < c.size; i++) {
            double dx = c.px(i) - t[0];
            double dy = c.py(i) - t[1];
            if (dx * dx + dy * dy < reach * reach) {
                low = Math.min(low, c.pz(i));
                high = Math.max(high, c.pz(i));
            }
        }
        return new double[] {low, high};
    }

    private static boolean near(Cloud c, int i, double[] t) {
        double dx = c.px(i) - t[0];
        double dy = c.py(i) - t[1];
        double dz = c.pz(i) - t[2];
        return dx * dx + dy * dy + dz * dz < ABOUT * ABOUT;
    }

    /** The direction in which what lies about a place faces: the sum of its normals; the sides cancel. */
    private static double[] front(Cloud c, double[] t) {
        double[] front = {0, -1e-9, 0};
        for (int i = 0; c.normals() != null && i < c.size; i++) {
            if (near(c, i, t)) {
                for (int a = 0; a < 3; a++) {
                    front[a] += c.normals()[3 * i + a];
                }
            }
        }
        return front;
    }

    /**
     * The station with the best view of what matters: it saw it, stands well away from it, and before it rather than
     * beside it. The one nearest to the middle where none saw it.
     */
    private static int overview(Cloud c, List<Station> stations, double[] t, double[] centre, double[] front) {
        char[] st = c.station();
        if (st == null || t == centre) {
            return nearestToMiddle(stations);
        }
        int n = stations.size();
        long[] seen = new long[n];
        for (int i = 0; i < c.size; i++) {
            if (st[i] < n && near(c, i, t)) {
                seen[st[i]]++;
            }
        }
        double flat = StrictMath.hypot(front[0], front[1]);
        int best = -1;
        double most = 0;
        for (int s = 0; s < n; s++) {
            Pose p = stations.get(s).pose();
            if (p == null || seen[s] < SEEN) {
                continue;
            }
            double dx = p.tx() - t[0];
            double dy = p.ty() - t[1];
            double away = StrictMath.hypot(dx, dy);
            double before = (dx * front[0] + dy * front[1]) / (away * flat);
            double value = before * Math.min(away, FARTHEST);
            if (before > 0 && value > most) {
                most = value;
                best = s;
            }
        }
        return best >= 0 ? best : nearestToMiddle(stations);
    }

    /** The station with most room around it: nearest to the middle of all stations. */
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

    private static double[] round(double x, double y, double z) {
        return new double[] {Math.rint(x * 1e4) / 1e4, Math.rint(y * 1e4) / 1e4, Math.rint(z * 1e4) / 1e4};
    }
}
