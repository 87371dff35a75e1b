package org.grotto.subject;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Spread;
import org.grotto.geometry.Symmetric;
import org.grotto.geometry.Topology;

/**
 * Which way is down for an object that stands on a base: where a plane that holds up all of it touches a flat face, or the
 * rim of the opening that a scan leaves where a thing stood, broad enough to bear its weight. What has two such sides, a
 * block or a book, lies as it likes, and so does a mask on its rim: it is no higher than broad.
 *
 * <p>What has no base may have feet, legs or a rough rim. Programs write things with Z up or with Y up; where one stands on
 * what touches the ground that way, and falls over the other way, it is up.
 *
 * <p>Cost: one pass over the triangles, then {@link #WAYS} times {@link #SAMPLES}.
 */
public final class Stance {
    /** Places that stand for the surface. */
    private static final int SAMPLES = 8000;
    /** Directions that are tried first, evenly over the sphere: about 16 degrees apart. */
    private static final int WAYS = 200;
    /** What is so near to the plane touches it, of the extent; narrower while the direction is made better. */
    private static final double[] TOUCHES = {0.08, 0.05, 0.03, 0.02, 0.012, 0.012};
    /** A rim is rougher than a face. */
    private static final double RIM = 0.03;
    /** A face lies in the plane where it leans no further than this: the cosine of 26 degrees. */
    private static final double LEANS = 0.9;
    /** Directions no further apart than this are one side: the cosine of 40 degrees. */
    private static final double SAME = 0.766;
    /** A base touches this share of what the thing covers of the ground, and this many times that of any other side. */
    private static final double LEAST = 0.2;

    private static final double CLEAR = 2;
    /** A direction is an axis to within eight degrees. */
    private static final double ALONG = 0.99;
    /** What stands is higher by this than the side of a square as large as its base. */
    private static final double HIGH = 1.2;
    /** What a thing's feet stand around covers this share of what it covers of the ground. */
    private static final double FEET = 0.15;
    /** Its middle is so far within, beside the side of a square as large: no push throws it over. */
    private static final double WITHIN = 0.1;
    /** Feet touch the ground to within this share of the extent. */
    private static final double FOOT = 0.01;
    /** Of the samples, so many make a face whose direction is known. */
    private static final double FACE = 0.002;

    /** Directions in which a foot's farthest place is kept. */
    private static final int TURNS = 64;

    private static final double[] COS = new double[TURNS];

    static {
        for (int i = 0; i < TURNS; i++) {
            COS[i] = StrictMath.cos(2 * Math.PI * i / TURNS);
        }
    }

    private final double[] p = new double[3 * SAMPLES];
    private final double[] n = new double[3 * SAMPLES];
    /** Middles of edges that only one triangle has, and how long these are. */
    private final double[] rim;

    private final double[] rimLength;
    private final double[] middle = new double[3];
    private final double area;
    private final double size;

    /**
     * A way to lie.
     *
     * @param share of what it covers of the ground that touches it
     * @param bears whether its middle is over what touches
     * @param high beside the side of a square as large as what touches
     */
    private record Side(double[] down, double share, boolean bears, double high) {
        /** Whether it stands as it is; a smaller base is enough for that. */
        boolean stands() {
            return -down[2] > ALONG && bears && share > LEAST / 2;
        }
    }

    private Stance(Mesh m) {
        area = sample(m);
        size = m.bounds().diagonal();
        List<double[]> edges = rims(m);
        rim = new double[3 * edges.size()];
        rimLength = new double[edges.size()];
        for (int i = 0; i < rimLength.length; i++) {
            System.arraycopy(edges.get(i), 0, rim, 3 * i, 3);
            rimLength[i] = edges.get(i)[3];
        }
    }

    /** Up, a unit vector in the mesh's axes; empty where nothing tells, or where it stands with Z up. */
    public static double[] up(Mesh m) {
        Stance s = new Stance(m);
        if (!(s.area > 0)) {
            return new double[0];
        }
        double[] base = s.onBase();
        return base.length > 0 ? base : s.onFeet(m);
    }

    /** Away from the one base. */
    private double[] onBase() {
        List<Side> sides = sides();
        Side best = sides.getFirst();
        for (Side other : sides) {
            best = other.share > best.share ? other : best;
        }
        for (Side other : sides) {
            if (dot(other.down, 0, best.down) < SAME && other.share * CLEAR > best.share || other.stands()) {
                return new double[0];
            }
        }
        boolean base = best.share >= LEAST && best.bears && best.high >= HIGH;
        return base ? new double[] {-best.down[0], -best.down[1], -best.down[2]} : new double[0];
    }

    /** Y, where it stands so on what touches the ground, and would fall over with Z up. */
    private double[] onFeet(Mesh m) {
        double y = feet(m, 1, HIGH);
        return y > FEET && y > CLEAR * feet(m, 2, 0) ? new double[] {0, 1, 0} : new double[0];
    }

    /**
     * With one axis up, the share of what a thing covers of the ground that its feet stand around; 0 where its middle is not
     * over that, or where it is not so high beside the side of a square as large.
     */
    private double feet(Mesh m, int up, double atLeast) {
        int a = (up + 1) % 3;
        int b = (up + 2) % 3;
        double low = Double.MAX_VALUE;
        double high = -Double.MAX_VALUE;
        for (int v : m.triangles) {
            low = Math.min(low, m.xyz[3 * v + up]);
            high = Math.max(high, m.xyz[3 * v + up]);
        }
        double[][] farthest = new double[TURNS][];
        double[] reach = new double[TURNS];
        Arrays.fill(reach, -Double.MAX_VALUE);
        for (int v : m.triangles) {
            if (m.xyz[3 * v + up] < low + FOOT * size) {
                double[] at = {m.xyz[3 * v + a], m.xyz[3 * v + b]};
                for (int i = 0; i < TURNS; i++) {
                    double along = COS[i] * at[0] + COS[(i + TURNS / 4) % TURNS] * at[1];
                    if (along > reach[i]) {
                        reach[i] = along;
                        farthest[i] = at;
                    }
                }
            }
        }
        List<double[]> shadow = new ArrayList<>(Arrays.asList(farthest));
        Hull feet = new Hull(shadow);
        for (int i = 0; i < p.length; i += 3) {
            shadow.add(new double[] {p[i + a], p[i + b]});
        }
        double side = Math.sqrt(feet.area);
        boolean bears = feet.within(middle[a], middle[b]) > WITHIN * side && high - low > atLeast * side;
        return bears ? feet.area / new Hull(shadow).area : 0;
    }

    /** The axis along which a direction runs, as "y" or "-x"; "" where it is none. */
    public static String axis(double[] direction) {
        for (int k = 0; k < direction.length; k++) {
            if (Math.abs(direction[k]) > ALONG) {
                return (direction[k] < 0 ? "-" : "") + "xyz".charAt(k);
            }
        }
        return "";
    }

    private double sample(Mesh m) {
        Spread s = Spread.of(m, SAMPLES);
        System.arraycopy(s.places(), 0, p, 0, s.places().length);
        for (int i = 0; i < s.triangles().length; i++) {
            double[] c = m.cross(s.triangles()[i]);
            double l = length(c);
            for (int k = 0; k < 3; k++) {
                n[3 * i + k] = c[k] / l;
                middle[k] += p[3 * i + k] / SAMPLES;
            }
        }
        return s.area();
    }

    /** Edges of one triangle alone: their middle and length. Corners in one place are one: charts cut a mesh where stone goes on. */
    private static List<double[]> rims(Mesh m) {
        int[] place = Topology.places(m);
        long[] edges = new long[m.triangles.length];
        for (int i = 0; i < edges.length; i++) {
            long a = place[m.triangles[i]];
            long b = place[m.triangles[i % 3 == 2 ? i - 2 : i + 1]];
            edges[i] = Math.min(a, b) << 32 | Math.max(a, b);
        }
        Arrays.sort(edges);
        List<double[]> out = new ArrayList<>();
        for (int i = 0; i < edges.length; i++) {
            boolean before = i > 0 && edges[i - 1] == edges[i];
            boolean after = i + 1 < edges.length && edges[i + 1] == edges[i];
            if (!before && !after) {
                double[] e = new double[4];
                int a = 3 * (int) (edges[i] >> 32);
                int b = 3 * (int) edges[i];
                for (int k = 0; k < 3; k++) {
                    e[k] = (m.xyz[a + k] + (double) m.xyz[b + k]) / 2;
                    e[3] += ((double) m.xyz[a + k] - m.xyz[b + k]) * ((double) m.xyz[a + k] - m.xyz[b + k]);
                }
                e[3] = Math.sqrt(e[3]);
                out.add(e);
            }
        }
        return out;
    }

    private List<Side> sides() {
        List<Side> out = new ArrayList<>();
        for (int i = 0; i < WAYS; i++) {
            double z = 1 - 2 * (i + 0.5) / WAYS;
            double r = Math.sqrt(1 - z * z);
            double a = Math.PI * (3 - Math.sqrt(5)) * i;
            double[] d = {r * StrictMath.cos(a), r * StrictMath.sin(a), z};
            for (double band : TOUCHES) {
                d = refined(d, band);
            }
            boolean known = false;
            for (Side s : out) {
                known |= dot(s.down, 0, d) > 0.9995;
            }
            if (!known) {
                out.add(side(d));
            }
        }
        return out;
    }

    /** How far the surface reaches in a direction. */
    private double reach(double[] d) {
        double most = -Double.MAX_VALUE;
        for (int i = 0; i < p.length; i += 3) {
            most = Math.max(most, dot(p, i, d));
        }
        return most;
    }

    /** A direction turned to where the face that it touches looks, or to the plane of the rim. */
    private double[] refined(double[] d, double band) {
        double h = reach(d);
        double[] sum = new double[3];
        for (int i = 0; i < p.length; i += 3) {
            if (dot(p, i, d) > h - band * size && dot(n, i, d) > LEANS) {
                for (int k = 0; k < 3; k++) {
                    sum[k] += n[i + k];
                }
            }
        }
        double l = length(sum);
        if (l > SAMPLES * FACE) {
            return new double[] {sum[0] / l, sum[1] / l, sum[2] / l};
        }
        double[] plane = plane(d, h - Math.max(band, RIM) * size);
        return dot(plane, 0, d) > LEANS ? plane : d;
    }

    /** The normal of the plane through the rim beyond a height; the direction itself where there is none. */
    private double[] plane(double[] d, double beyond) {
        double[] mean = new double[3];
        double all = 0;
        for (int i = 0; i < rimLength.length; i++) {
            double w = dot(rim, 3 * i, d) > beyond ? rimLength[i] : 0;
            all += w;
            for (int k = 0; k < 3; k++) {
                mean[k] += w * rim[3 * i + k];
            }
        }
        if (!(all > size / 4)) {
            return d;
        }
        double[] a = new double[9];
        for (int i = 0; i < rimLength.length; i++) {
            double w = dot(rim, 3 * i, d) > beyond ? rimLength[i] / all : 0;
            for (int k = 0; k < 9; k++) {
                a[k] += w * (rim[3 * i + k / 3] - mean[k / 3] / all) * (rim[3 * i + k % 3] - mean[k % 3] / all);
            }
        }
        double[] v = Symmetric.eigen(a, 3);
        int thin = a[0] <= a[4] && a[0] <= a[8] ? 0 : a[4] <= a[8] ? 1 : 2;
        double[] normal = {v[thin], v[3 + thin], v[6 + thin]};
        double sign = dot(normal, 0, d) < 0 ? -1 : 1;
        return new double[] {sign * normal[0], sign * normal[1], sign * normal[2]};
    }

    private Side side(double[] d) {
        double h = reach(d);
        double[] u = unit(Math.abs(d[2]) < 0.9 ? new double[] {d[1], -d[0], 0} : new double[] {0, d[2], -d[1]});
        double[] v = {d[1] * u[2] - d[2] * u[1], d[2] * u[0] - d[0] * u[2], d[0] * u[1] - d[1] * u[0]};
        double low = Double.MAX_VALUE;
        List<double[]> shadow = new ArrayList<>();
        List<double[]> face = new ArrayList<>();
        for (int i = 0; i < p.length; i += 3) {
            double along = dot(p, i, d);
            low = Math.min(low, along);
            double[] at = {dot(p, i, u), dot(p, i, v)};
            shadow.add(at);
            if (along > h - TOUCHES[TOUCHES.length - 1] * size && dot(n, i, d) > LEANS) {
                face.add(at);
            }
        }
        List<double[]> edge = new ArrayList<>();
        double length = 0;
        for (int i = 0; i < rimLength.length; i++) {
            if (dot(rim, 3 * i, d) > h - RIM * size) {
                edge.add(new double[] {dot(rim, 3 * i, u), dot(rim, 3 * i, v)});
                length += rimLength[i];
            }
        }
        double covers = new Hull(shadow).area;
        Hull flat = new Hull(face);
        Hull open = new Hull(edge);
        double ofFace = area * face.size() / SAMPLES / covers;
        double ofRim = open.round > 0 ? open.area / covers * Math.min(1, length / open.round) : 0;
        Hull base = ofRim > ofFace ? open : flat;
        return new Side(
                d,
                Math.max(ofRim, ofFace),
                base.holds(dot(middle, 0, u), dot(middle, 0, v)),
                base.area > 0 ? (h - low) / Math.sqrt(base.area) : 0);
    }

    /** The convex hull of places in a plane, counter-clockwise (Andrew's monotone chain). */
    private static final class Hull {
        private final double[][] corners;
        private final double area;
        private final double round;

        Hull(List<double[]> places) {
            List<double[]> s = new ArrayList<>(places);
            s.sort((a, b) -> a[0] != b[0] ? Double.compare(a[0], b[0]) : Double.compare(a[1], b[1]));
            double[][] h = new double[2 * s.size() + 1][];
            int k = 0;
            for (double[] q : s) {
                while (k >= 2 && turn(h[k - 2], h[k - 1], q) <= 0) {
                    k--;
                }
                h[k++] = q;
            }
            int lower = k + 1;
            for (int i = s.size() - 2; i >= 0; i--) {
                while (k >= lower && turn(h[k - 2], h[k - 1], s.get(i)) <= 0) {
                    k--;
                }
                h[k++] = s.get(i);
            }
            corners = Arrays.copyOf(h, Math.max(0, k - 1));
            double twice = 0;
            double along = 0;
            for (int i = 0; i < corners.length; i++) {
                double[] a = corners[i];
                double[] b = corners[(i + 1) % corners.length];
                twice += a[0] * b[1] - a[1] * b[0];
                along += Math.hypot(a[0] - b[0], a[1] - b[1]);
            }
            area = twice / 2;
            round = along;
        }

        boolean holds(double x, double y) {
            return within(x, y) >= 0;
        }

        /** How far a place is from the rim, inwards; negative outside, or where there is no area. */
        double within(double x, double y) {
            double least = area > 0 ? Double.MAX_VALUE : -1;
            for (int i = 0; area > 0 && i < corners.length; i++) {
                double[] a = corners[i];
                double[] b = corners[(i + 1) % corners.length];
                least = Math.min(least, turn(a, b, new double[] {x, y}) / Math.hypot(b[0] - a[0], b[1] - a[1]));
            }
            return least;
        }

        private static double turn(double[] a, double[] b, double[] c) {
            return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
        }
    }

    private static double length(double[] v) {
        return Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    }

    private static double[] unit(double[] v) {
        double l = length(v);
        return new double[] {v[0] / l, v[1] / l, v[2] / l};
    }

    private static double dot(double[] p, int i, double[] d) {
        return p[i] * d[0] + p[i + 1] * d[1] + p[i + 2] * d[2];
    }
}
