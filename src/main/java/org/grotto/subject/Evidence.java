package org.grotto.subject;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Pose;
import org.grotto.geometry.Symmetric;
import org.grotto.scene.Station;
import org.jspecify.annotations.Nullable;

/**
 * What a surface's shape, its normals and the lines of sight say, as plain numbers; {@link Verdict} weighs them. Shares are
 * of area: every disc counts the same.
 *
 * <p>From some hundred discs a chord goes out to each side, along the normal, to the first stone it meets. Whoever stands
 * in its middle and sees stone in most directions is in an enclosed space. The side of a disc is then free (no stone, or
 * no enclosed space), enclosed under a roof, or enclosed by walls under the open sky. From outside everything's hull no
 * more than half of all directions can end on stone.
 */
final class Evidence {
    private static final int LOOKS = 480;
    /** Of all directions, this share ends on stone in an enclosed space: more than the half that is seen from outside. */
    private static final double ENCLOSED = 0.6;

    private static final double ROOFED = 0.5;
    /** A chord shorter than this many gaps is no space: the sampling does not tell its two ends apart. */
    private static final double SHORTEST = 2.5;
    /** Stone seen more edge-on than this, as cosine, is passed by a ray: discs are wider than what they stand for. */
    private static final double EDGE_ON = 0.15;
    /** At most so many stations are asked, those with the most points, and so many discs of each. */
    private static final int STATIONS = 48;

    private static final int OF_A_STATION = 120;
    /** So many directions, evenly over the sphere, are tried to get out; a few slip between discs. */
    private static final int WAYS_OUT = 40;

    private static final int SLIPS = 2;
    /** Of a scanner's own points, other stone hides at most this share from where it stood; noise and gaps hide some. */
    private static final double HIDDEN = 0.35;

    /** How many discs there are; the other numbers mean something from {@link Surfels#LEAST} on. */
    int discs;
    /** Longest side and height of the bounds, without strays, metres. */
    double longest;

    double height;
    /** Height over the mean of the two horizontal sides. */
    double slender;
    /** Area with an enclosed, roofed space on a side; on both sides; with a space under the open sky and no other. */
    double roofed;

    double both;
    double walled;
    /** Whether it is points that were seen, and no triangles that somebody wrote. */
    boolean scanned;
    /** Area between two roofed spaces from which next to no direction leads out: nobody outside can have scanned it. */
    double hidden;
    /** Median chord of roofed spaces, metres; 0 where there are none. */
    double wide;
    /** Places in roofed spaces under which there is stone. */
    double floored;
    /** Of the ground plan, the share whose lowest surface is no steeper than 30 degrees. */
    double level;
    /** Of the ground plan, the share over whose lowest surface there is nothing. */
    double sky;
    /** Area that is no surface but scattered, as leaves are. */
    double scattered;
    /** Of discs with a roofed space on one side alone, those whose normal, or line of sight, is on that side; NaN if unknown. */
    double normalsIn = Double.NaN;

    double sightsIn = Double.NaN;
    /** The least over the greatest spread of the discs: thickness by extent. */
    double thickness;
    /** Area within 30 degrees of the direction that most of it faces, either way. */
    double oneWay;
    /** Of that direction, the upright part. */
    double upright;
    /** Area that is seen, or has its normals, from above, of what lies level; NaN if unknown. */
    double fromAbove = Double.NaN;
    /** Eyes that can be believed, and of them, by points, those in enclosed, roofed and in enclosed, open spaces. */
    int eyes;

    double eyesRoofed;
    double eyesWalled;
    /** Mean share of directions that end on stone for these eyes. */
    double eyesEnclosed;
    /**
     * The share of a picture's border that is filled, where all was seen by one eye in one picture; 0 where it was not. Where
     * nobody knows the eye it is looked for at the zero of the coordinates, as cameras give them.
     */
    double bordered;

    private final Surfels s;
    private final Work work;

    private Evidence(Surfels s, Work work) {
        this.s = s;
        this.work = work;
    }

    static Evidence of(Surfels s, List<Station> stations, Work work) {
        Evidence e = new Evidence(s, work);
        e.discs = s.n;
        e.scanned = s.scanned;
        if (s.n > 0) {
            e.extent();
        }
        if (s.n >= Surfels.LEAST) {
            e.directions();
            e.ground();
            List<double @Nullable []> eyes = e.eyes(stations);
            e.spaces(eyes);
            e.facing(eyes);
        }
        return e;
    }

    private void extent() {
        double[] b = s.bounds;
        double x = b[3] - b[0];
        double y = b[4] - b[1];
        height = b[5] - b[2];
        longest = Math.max(height, Math.max(x, y));
        double flat = (x + y) / 2;
        slender = flat > 0 ? height / flat : 99;
    }

    /** Which way the area faces, and how thick it is across. */
    private void directions() {
        double[] spread = new double[9];
        double[] mean = new double[3];
        for (int k = 0; k < s.p.length; k++) {
            mean[k % 3] += s.p[k] / s.n;
        }
        for (int i = 0; i < s.n; i++) {
            for (int k = 0; k < 9; k++) {
                spread[k] += (s.p[3 * i + k / 3] - mean[k / 3]) * (s.p[3 * i + k % 3] - mean[k % 3]) / s.n;
            }
        }
        double[] vectors = Symmetric.eigen(spread, 3);
        int least = 0;
        int most = 0;
        for (int k = 0; k < 3; k++) {
            least = spread[4 * k] < spread[4 * least] ? k : least;
            most = spread[4 * k] > spread[4 * most] ? k : most;
        }
        int mid = Math.min(2, Math.max(0, 3 - least - most));
        thickness = range(vectors, least) / Math.sqrt(Math.max(1e-300, range(vectors, most) * range(vectors, mid)));
        double[] faces = new double[9];
        for (int i = 0; i < s.n; i++) {
            for (int k = 0; k < 9; k++) {
                faces[k] += s.axis[3 * i + k / 3] * s.axis[3 * i + k % 3] / s.n;
            }
        }
        double[] ways = Symmetric.eigen(faces, 3);
        int main = 0;
        for (int k = 0; k < 3; k++) {
            main = faces[4 * k] > faces[4 * main] ? k : main;
        }
        upright = Math.abs(ways[6 + main]);
        int n = 0;
        for (int i = 0; i < s.n; i++) {
            double dot = s.axis[3 * i] * ways[main]
                    + s.axis[3 * i + 1] * ways[3 + main]
                    + s.axis[3 * i + 2] * ways[6 + main];
            n += Math.abs(dot) > 0.866 ? 1 : 0;
        }
        oneWay = (double) n / s.n;
    }

    private void ground() {
        double[] b = s.bounds;
        double cell = Math.max(Math.max(b[3] - b[0], b[4] - b[1]) / 16, 3 * s.typicalGap);
        int nx = cell > 0 ? (int) ((b[3] - b[0]) / cell) + 1 : 1;
        int ny = cell > 0 ? (int) ((b[4] - b[1]) / cell) + 1 : 1;
        int[] lowest = new int[nx * ny];
        Arrays.fill(lowest, -1);
        for (int i = 0; i < s.n; i++) {
            int x = cell > 0 ? (int) ((s.p[3 * i] - b[0]) / cell) : 0;
            int y = cell > 0 ? (int) ((s.p[3 * i + 1] - b[1]) / cell) : 0;
            int k = Math.min(ny - 1, y) * nx + Math.min(nx - 1, x);
            if (lowest[k] < 0 || s.p[3 * i + 2] < s.p[3 * lowest[k] + 2]) {
                lowest[k] = i;
            }
        }
        int all = 0;
        int flat = 0;
        for (int i : lowest) {
            all += i < 0 ? 0 : 1;
            flat += i >= 0 && Math.abs(s.axis[3 * i + 2]) > 0.866 ? 1 : 0;
        }
        level = (double) flat / all;
        int free = 0;
        for (int i : lowest) {
            if (i >= 0) {
                double[] o = {s.p[3 * i], s.p[3 * i + 1], s.p[3 * i + 2]};
                double up = first(o, new double[] {0, 0, 1}, SHORTEST * s.gap[i], i);
                free += up == Double.POSITIVE_INFINITY ? 1 : 0;
            }
        }
        sky = (double) free / all;
        int loose = 0;
        for (int i = 0; i < s.n; i++) {
            loose += s.scattered[i] ? 1 : 0;
        }
        scattered = (double) loose / s.n;
    }

    /** From which side level surface is seen. */
    private void facing(List<double @Nullable []> eyes) {
        int known = 0;
        int above = 0;
        for (int i = 0; i < s.n; i++) {
            double z = s.axis[3 * i + 2];
            if (Math.abs(z) < 0.7) {
                continue;
            }
            double @Nullable [] e = s.station[i] < eyes.size() ? eyes.get(s.station[i]) : null;
            double side = 0;
            for (int d = 0; e != null && d < 3; d++) {
                side += (e[d] - s.p[3 * i + d]) * s.axis[3 * i + d];
            }
            if (e == null && s.oriented) {
                side = s.given[i];
            }
            known += side == 0 ? 0 : 1;
            above += side * z > 0 ? 1 : 0;
        }
        fromAbove = known >= 12 ? (double) above / known : Double.NaN;
    }

    /** How far the middle 98 % of the discs reach along an eigenvector. */
    private double range(double[] vectors, int k) {
        double[] t = new double[s.n];
        for (int i = 0; i < s.n; i++) {
            t[i] = s.p[3 * i] * vectors[k] + s.p[3 * i + 1] * vectors[3 + k] + s.p[3 * i + 2] * vectors[6 + k];
        }
        Arrays.sort(t);
        return t[(int) (0.99 * (s.n - 1))] - t[(int) (0.01 * (s.n - 1))];
    }

    /** The eye of each station, relative to the surfels' zero; null where it is not known or cannot be believed. */
    private List<double @Nullable []> eyes(List<Station> stations) {
        List<double @Nullable []> eyes = new ArrayList<>();
        for (int k = 0; k < stations.size(); k++) {
            eyes.add(null);
        }
        List<Integer> asked = new ArrayList<>();
        for (int k = 0; k < stations.size(); k++) {
            if (stations.get(k).pose() != null && stations.get(k).points() > 0) {
                asked.add(k);
            }
        }
        asked.sort(
                (a, b) -> Long.compare(stations.get(b).points(), stations.get(a).points()));
        List<Integer> some = asked.subList(0, Math.min(STATIONS, asked.size()));
        double[][] told = work.map(some.size(), k -> {
                    Pose t = Objects.requireNonNull(stations.get(some.get(k)).pose());
                    double[] e = {t.tx() - s.zero[0], t.ty() - s.zero[1], t.tz() - s.zero[2]};
                    if (!believed(some.get(k), e)) {
                        return new double[0];
                    }
                    Surroundings r = new Surroundings().look(s, e[0], e[1], e[2]);
                    return new double[] {e[0], e[1], e[2], r.enclosed, r.roofed};
                })
                .toArray(new double[0][]);
        double weight = 0;
        for (int k = 0; k < told.length; k++) {
            double[] t = told[k];
            if (t.length == 0) {
                continue;
            }
            double points = stations.get(some.get(k)).points();
            eyes.set(some.get(k), Arrays.copyOf(t, 3));
            this.eyes++;
            weight += points;
            eyesEnclosed += points * t[3];
            eyesRoofed += t[3] >= ENCLOSED && t[4] >= ROOFED ? points : 0;
            eyesWalled += t[3] >= ENCLOSED && t[4] < ROOFED ? points : 0;
        }
        if (s.scanned && stations.size() <= 1) {
            Pose t = asked.isEmpty() ? null : stations.getFirst().pose();
            double[] e = {-s.zero[0], -s.zero[1], -s.zero[2]};
            bordered = Picture.bordered(
                    s, t == null ? e : new double[] {t.tx() - s.zero[0], t.ty() - s.zero[1], t.tz() - s.zero[2]});
        }
        if (weight > 0) {
            eyesEnclosed /= weight;
            eyesRoofed /= weight;
            eyesWalled /= weight;
        }
        return eyes;
    }

    /** Whether a scanner at {@code e} can have seen the points that are said to be its own. */
    private boolean believed(int station, double[] e) {
        int own = 0;
        for (int i = 0; i < s.n; i++) {
            own += s.station[i] == station ? 1 : 0;
        }
        if (own < 10) {
            return false;
        }
        int stride = Math.max(1, own / OF_A_STATION);
        int seen = 0;
        int asked = 0;
        int at = 0;
        for (int i = 0; i < s.n; i++) {
            if (s.station[i] == station && at++ % stride == 0) {
                double[] d = {s.p[3 * i] - e[0], s.p[3 * i + 1] - e[1], s.p[3 * i + 2] - e[2]};
                double far = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
                if (far > 0) {
                    double hit = first(e, new double[] {d[0] / far, d[1] / far, d[2] / far}, 0, -1);
                    asked++;
                    seen += hit >= far - SHORTEST * Math.max(s.gap[i], s.typicalGap) ? 1 : 0;
                }
            }
        }
        return asked > 0 && seen >= (1 - HIDDEN) * asked;
    }

    /** The distance to the first disc along a ray; infinite where there is none. */
    private double first(double[] o, double[] d, double from, int but) {
        double best = Double.POSITIVE_INFINITY;
        for (int j = 0; j < s.n; j++) {
            double x = s.p[3 * j] - o[0];
            double y = s.p[3 * j + 1] - o[1];
            double z = s.p[3 * j + 2] - o[2];
            double t = x * d[0] + y * d[1] + z * d[2];
            if (t <= from || t >= best || j == but) {
                continue;
            }
            double off = x * x + y * y + z * z - t * t;
            double r = s.radius(j);
            if (off < r * r) {
                double facing = d[0] * s.axis[3 * j] + d[1] * s.axis[3 * j + 1] + d[2] * s.axis[3 * j + 2];
                if (Math.abs(facing) > EDGE_ON) {
                    best = t;
                }
            }
        }
        return best;
    }

    /** What a chord from a disc to one side found: its length, 0 where free; the space around its middle; stone below. */
    private record Side(double chord, boolean enclosed, boolean roofed, boolean floored) {
        static final Side FREE = new Side(0, false, false, false);

        boolean room() {
            return enclosed && roofed;
        }
    }

    private Side side(int i, int sign, Surroundings around) {
        double[] d = {sign * s.axis[3 * i], sign * s.axis[3 * i + 1], sign * s.axis[3 * i + 2]};
        double[] o = {s.p[3 * i], s.p[3 * i + 1], s.p[3 * i + 2]};
        double chord = first(o, d, SHORTEST * s.gap[i], i);
        if (chord == Double.POSITIVE_INFINITY) {
            return Side.FREE;
        }
        for (int k = 0; k < 3; k++) {
            o[k] += chord / 2 * d[k];
        }
        around.look(s, o[0], o[1], o[2]);
        boolean room = around.enclosed >= ENCLOSED && around.roofed >= ROOFED;
        boolean floored = room && first(o, new double[] {0, 0, -1}, 0, -1) < Double.POSITIVE_INFINITY;
        return new Side(chord, around.enclosed >= ENCLOSED, around.roofed >= ROOFED, floored);
    }

    /** The share of the looks that have roofed spaces on both sides and no way out. */
    private double hidden(Side[][] found) {
        int looks = found.length;
        int[] shut = new int[looks];
        work.blocks(looks, 8, (from, to) -> {
            for (int k = from; k < to; k++) {
                if (found[k][0].room() && found[k][1].room()) {
                    shut[k] = waysOut((int) ((long) k * s.n / looks)) <= SLIPS ? 1 : 0;
                }
            }
        });
        return (double) Arrays.stream(shut).sum() / looks;
    }

    private int waysOut(int i) {
        int out = 0;
        double[] o = {s.p[3 * i], s.p[3 * i + 1], s.p[3 * i + 2]};
        for (int w = 0; w < WAYS_OUT && out <= SLIPS; w++) {
            // a spiral of even steps in height and of the golden angle round
            double z = 1 - (2 * w + 1.0) / WAYS_OUT;
            double r = Math.sqrt(1 - z * z);
            double a = 2.399963229728653 * w;
            double[] d = {r * StrictMath.cos(a), r * StrictMath.sin(a), z};
            double along = d[0] * s.axis[3 * i] + d[1] * s.axis[3 * i + 1] + d[2] * s.axis[3 * i + 2];
            if (Math.abs(along) > 2 * EDGE_ON && first(o, d, SHORTEST * s.gap[i], i) == Double.POSITIVE_INFINITY) {
                out++;
            }
        }
        return out;
    }

    private void spaces(List<double @Nullable []> eyes) {
        int looks = Math.min(LOOKS, s.n);
        Side[][] found = new Side[looks][2];
        work.blocks(looks, 16, (from, to) -> {
            Surroundings around = new Surroundings();
            for (int k = from; k < to; k++) {
                int i = (int) ((long) k * s.n / looks);
                found[k][0] = side(i, 1, around);
                found[k][1] = side(i, -1, around);
            }
        });
        double[] chords = new double[2 * looks];
        int rooms = 0;
        int floors = 0;
        int normals = 0;
        int in = 0;
        int sights = 0;
        int seenIn = 0;
        for (int k = 0; k < looks; k++) {
            int i = (int) ((long) k * s.n / looks);
            Side a = found[k][0];
            Side b = found[k][1];
            for (Side x : found[k]) {
                if (x.room()) {
                    chords[rooms++] = x.chord;
                    floors += x.floored ? 1 : 0;
                }
            }
            roofed += a.room() || b.room() ? 1.0 / looks : 0;
            both += a.room() && b.room() ? 1.0 / looks : 0;
            walled += !a.room() && !b.room() && (a.enclosed || b.enclosed) ? 1.0 / looks : 0;
            if (a.room() == b.room()) {
                continue;
            }
            int to = a.room() ? 1 : -1;
            if (s.oriented && s.given[i] != 0) {
                normals++;
                in += s.given[i] == to ? 1 : 0;
            }
            double @Nullable [] e = s.station[i] < eyes.size() ? eyes.get(s.station[i]) : null;
            if (e != null && s.station[i] != Cloud.NO_STATION) {
                double dot = 0;
                for (int d = 0; d < 3; d++) {
                    dot += (e[d] - s.p[3 * i + d]) * s.axis[3 * i + d];
                }
                sights++;
                seenIn += dot * to > 0 ? 1 : 0;
            }
        }
        hidden = hidden(found);
        Arrays.sort(chords, 0, rooms);
        wide = rooms == 0 ? 0 : chords[rooms / 2];
        floored = rooms == 0 ? 0 : (double) floors / rooms;
        normalsIn = normals >= 12 ? (double) in / normals : Double.NaN;
        sightsIn = sights >= 12 ? (double) seenIn / sights : Double.NaN;
    }
}
