package org.grotto.align;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.align.Registered.Motion;
import org.grotto.align.Registered.Pair;
import org.grotto.align.Registered.Reason;
import org.grotto.align.Registered.Station;
import org.grotto.align.Registered.Verdict;
import org.grotto.geometry.UnionFind;
import org.jspecify.annotations.Nullable;

/**
 * Which stations are wrong, by the graph of pairs: as long as pairs contradict each other, the station goes that most of
 * what is left contradicts; where two are contradicted alike, nobody can tell which of them it is, and both are named.
 */
final class Culprits {
    /** In extents from zero: coordinates of a survey, which no scanner gives by itself. */
    private static final double FAR = 100;

    private Culprits() {}

    /** Nothing to compare. */
    static Registered alone(int stations) {
        List<Station> list = new ArrayList<>();
        for (int s = 0; s < stations; s++) {
            list.add(new Station(s, Verdict.NOT_CHECKED, Reason.ONE_STATION, null, 0));
        }
        return new Registered(Verdict.NOT_CHECKED, Reason.ONE_STATION, false, List.of(), list);
    }

    /** @param present whether a station has points at all: of too few there are no patches, and it is not checked */
    static Registered of(List<Pair> pairs, Patches[] patches, boolean[] present) {
        int n = patches.length;
        boolean[] doubt = new boolean[n];
        boolean[] wrong = wrong(pairs, n, doubt);
        List<Station> stations = new ArrayList<>();
        for (int s = 0; s < n; s++) {
            stations.add(station(s, pairs, patches, wrong, doubt[s]));
        }
        boolean any = pairs.stream().anyMatch(p -> p.verdict() == Verdict.INCONSISTENT);
        UnionFind joined = new UnionFind(n);
        pairs.stream().filter(p -> p.verdict() == Verdict.CONSISTENT).forEach(p -> joined.join(p.a(), p.b()));
        int parts = 0;
        int alive = 0;
        for (int s = 0; s < n; s++) {
            alive += present[s] ? 1 : 0;
            parts += present[s] && joined.root(s) == s ? 1 : 0;
        }
        boolean foreign = foreign(pairs, patches);
        if (any) {
            Reason why = pairs.stream()
                    .filter(p -> p.verdict() == Verdict.INCONSISTENT)
                    .findFirst()
                    .orElseThrow()
                    .reason();
            return new Registered(Verdict.INCONSISTENT, why, foreign, pairs, stations);
        }
        if (alive < 2) {
            return new Registered(Verdict.NOT_CHECKED, Reason.ONE_STATION, false, pairs, stations);
        }
        if (parts == 1) {
            return new Registered(Verdict.CONSISTENT, Reason.FITS, false, pairs, stations);
        }
        if (foreign) {
            return new Registered(Verdict.NOT_CHECKED, Reason.APART, true, pairs, stations);
        }
        boolean some = pairs.stream().anyMatch(p -> p.verdict() == Verdict.CONSISTENT);
        boolean few = pairs.isEmpty() && Arrays.stream(patches).anyMatch(p -> p.size == 0);
        Reason why = few ? Reason.FEW : some || pairs.isEmpty() ? Reason.UNCONNECTED : mostTelling(pairs);
        return new Registered(Verdict.NOT_CHECKED, why, false, pairs, stations);
    }

    /** The reason of the pair with most in common. */
    private static Reason mostTelling(List<Pair> pairs) {
        Pair best = pairs.getFirst();
        for (Pair p : pairs) {
            best = p.samples() > best.samples() ? p : best;
        }
        return best.reason();
    }

    /** The stations that are wrong, or may be: {@code doubt} receives those that no other speaks more against. */
    private static boolean[] wrong(List<Pair> pairs, int n, boolean[] doubt) {
        boolean[] wrong = new boolean[n];
        while (true) {
            double[] score = new double[n];
            int[] bad = new int[n];
            for (Pair p : pairs) {
                if (wrong[p.a()] || wrong[p.b()]) {
                    continue;
                }
                boolean apart = p.verdict() == Verdict.INCONSISTENT;
                bad[p.a()] += apart ? 1 : 0;
                bad[p.b()] += apart ? 1 : 0;
                double v = apart ? 1 : p.verdict() == Verdict.CONSISTENT ? -0.75 : 0;
                score[p.a()] += v;
                score[p.b()] += v;
            }
            double most = Double.NEGATIVE_INFINITY;
            for (int s = 0; s < n; s++) {
                if (!wrong[s] && bad[s] > 0) {
                    most = Math.max(most, score[s]);
                }
            }
            if (most == Double.NEGATIVE_INFINITY) {
                return wrong;
            }
            boolean[] alike = new boolean[n];
            for (int s = 0; s < n; s++) {
                if (!wrong[s] && bad[s] > 0 && score[s] == most) {
                    wrong[s] = true;
                    alike[s] = true;
                }
            }
            // two that do not contradict each other are both wrong, as two close-ups are that were moved
            for (Pair p : pairs) {
                if (p.verdict() == Verdict.INCONSISTENT && alike[p.a()] && alike[p.b()]) {
                    doubt[p.a()] = true;
                    doubt[p.b()] = true;
                }
            }
        }
    }

    private static Station station(int s, List<Pair> pairs, Patches[] patches, boolean[] wrong, boolean doubt) {
        int judged = 0;
        boolean fits = false;
        Pair telling = null;
        List<Motion> motions = new ArrayList<>();
        for (Pair p : pairs) {
            if (p.a() != s && p.b() != s) {
                continue;
            }
            int other = p.a() == s ? p.b() : p.a();
            judged += p.verdict() == Verdict.NOT_CHECKED ? 0 : 1;
            fits |= p.verdict() == Verdict.CONSISTENT && !wrong[other];
            Motion m = p.motion();
            if (m != null && (wrong[s] ? !wrong[other] : p.verdict() == Verdict.CONSISTENT && !wrong[other])) {
                motions.add(p.b() == s ? m : back(m));
            }
            boolean counts = !wrong[s] || p.verdict() == Verdict.INCONSISTENT;
            if (counts && (telling == null || p.samples() > telling.samples())) {
                telling = p;
            }
        }
        if (wrong[s] && motions.isEmpty()) {
            // nobody is known to be right: what the pairs say, each from the other
            for (Pair p : pairs) {
                Motion m = p.motion();
                if ((p.a() == s || p.b() == s) && p.verdict() == Verdict.INCONSISTENT && m != null) {
                    motions.add(p.b() == s ? m : back(m));
                }
            }
        }
        Motion motion = best(motions);
        if (wrong[s]) {
            Reason why = doubt ? Reason.DOUBT : telling == null ? Reason.CONTRADICTS : telling.reason();
            return new Station(s, Verdict.INCONSISTENT, why, motion, judged);
        }
        if (fits) {
            return new Station(s, Verdict.CONSISTENT, Reason.FITS, motion, judged);
        }
        Reason why = patches[s].size == 0 ? Reason.FEW : telling == null ? Reason.APART : notChecked(telling);
        return new Station(s, Verdict.NOT_CHECKED, why, null, judged);
    }

    private static Reason notChecked(Pair p) {
        return p.verdict() == Verdict.NOT_CHECKED ? p.reason() : Reason.UNCONNECTED;
    }

    /** The motion whose covariance is smallest, by its trace over the shift: pairs share a station, so no mean is taken. */
    private static @Nullable Motion best(List<Motion> motions) {
        Motion best = null;
        for (Motion m : motions) {
            best = best == null || trace(m) < trace(best) ? m : best;
        }
        return best;
    }

    private static double trace(Motion m) {
        return m.covariance()[0] + m.covariance()[7] + m.covariance()[14];
    }

    /** The motion of the first station from the second. */
    static Motion back(Motion m) {
        double[] w = m.rotation();
        double[] shift = m.shift();
        // about the moved point the inverse shifts back and turns back
        double[] about = new double[3];
        for (int i = 0; i < 3; i++) {
            about[i] = m.about()[i] + shift[i];
        }
        double[] s = {-shift[0], -shift[1], -shift[2]};
        double[] r = {-w[0], -w[1], -w[2]};
        return new Motion(s, r, about, m.covariance());
    }

    /**
     * Whether each scan stands in a frame of its own: none says where it stood, none fits any other, half of them contradict
     * another by more than mistakes of registration do, or fits it elsewhere alone, and none lies far from the zero of its
     * coordinates, as surveys of a country do.
     */
    private static boolean foreign(List<Pair> pairs, Patches[] patches) {
        boolean[] gross = new boolean[patches.length];
        int far = 0;
        int near = 0;
        for (Pair p : pairs) {
            if (p.verdict() == Verdict.CONSISTENT || p.reason() == Reason.UNIT) {
                return false;
            }
            if (p.elsewhere()
                    || p.verdict() == Verdict.INCONSISTENT
                            && gross(p, Math.min(patches[p.a()].extent, patches[p.b()].extent))) {
                gross[p.a()] = true;
                gross[p.b()] = true;
                far++;
            } else if (p.verdict() == Verdict.INCONSISTENT) {
                near++;
            }
        }
        if (far < 2 * near) {
            return false;
        }
        int alive = 0;
        int told = 0;
        for (Patches p : patches) {
            if (p.size == 0) {
                continue;
            }
            alive++;
            double off = 0;
            for (int k = 0; k < 3; k++) {
                off = Math.max(off, Math.abs(p.middle[k] + p.origin[k]));
            }
            if (!p.ownFrame() || off > FAR * p.extent) {
                return false;
            }
            told += gross[p.station] ? 1 : 0;
        }
        return told >= 2 && 2 * told >= alive;
    }

    /** Turned by over ten degrees, or shifted by over half of what is there, or little fits in place. */
    private static boolean gross(Pair p, double extent) {
        Motion m = p.motion();
        if (m == null) {
            return p.reason() == Reason.CONTRADICTS && p.share() * (1 - p.against()) < 0.25;
        }
        return length(m.rotation()) > Math.toRadians(10) || length(m.shift()) > extent / 2;
    }

    private static double length(double[] v) {
        return Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    }
}
