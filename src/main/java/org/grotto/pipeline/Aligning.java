package org.grotto.pipeline;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.grotto.align.AlignOptions;
import org.grotto.align.Registered;
import org.grotto.align.Units;
import org.grotto.base.GrottoException;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.geometry.Pose;
import org.grotto.geometry.UnionFind;
import org.grotto.report.ReportInput;
import org.grotto.scene.Station;
import org.grotto.sight.Sights;
import org.grotto.surface.Conflicts;
import org.jspecify.annotations.Nullable;

/** Says what registration found: the first line of the summary, warnings, the report's rows. */
final class Aligning {
    /** So many pairs are named in warnings; the report has all. */
    private static final int NAMED = 8;

    private Aligning() {}

    /**
     * Warns of pairs that do not fit and of the stations that are to blame.
     *
     * @throws GrottoException where every scan stands in a frame of its own, unless frames are trusted
     */
    static void say(Registered found, AlignOptions o, Loaded scans, Results r) {
        List<Station> stations = scans.stations();
        if (found.foreign() && !scans.framed() && stations.stream().allMatch(Aligning::ownFrame)) {
            TreeSet<String> files = files(found, scans);
            if (files.size() > 1) { // one file has one frame
                if (!o.trustFrames()) {
                    throw new GrottoException(GrottoException.Kind.BAD_INPUT, foreign(files), null);
                }
                r.warn(Texts.of("registration.trusted", "files", String.join(", ", files)));
            }
        }
        List<Text> pairs = new ArrayList<>();
        for (Registered.Pair p : found.pairs()) {
            if (p.verdict() == Registered.Verdict.INCONSISTENT) {
                pairs.add(apart(p, found, stations));
            }
        }
        pairs.stream().limit(NAMED).forEach(r::warn);
        if (pairs.size() > NAMED) {
            r.warn(Texts.of("registration.more-pairs", "n", pairs.size() - NAMED));
        }
    }

    /** Whether a station says nowhere how it stands to others: no pose, or the zero of its own coordinates. */
    private static boolean ownFrame(Station s) {
        Pose p = s.pose();
        return p == null || Math.abs(p.tx()) + Math.abs(p.ty()) + Math.abs(p.tz()) < 1e-6;
    }

    /** By what two stations do not fit. */
    private static Text apart(Registered.Pair p, Registered found, List<Station> stations) {
        String one = stations.get(p.a()).name();
        String other = stations.get(p.b()).name();
        Registered.Motion m = p.motion();
        return switch (p.reason()) {
            case UNIT -> unit(p, found, stations);
            case MIRRORED -> Texts.of("registration.pair-mirrored", "one", one, "other", other);
            case SCALED ->
                Texts.of(
                        "registration.pair-scaled",
                        "one",
                        one,
                        "other",
                        other,
                        "factor",
                        String.format(Locale.ROOT, "%.4f", 1 + p.stretch()));
            case MOVED ->
                m == null && Double.isNaN(p.wall())
                        ? Texts.of("registration.pair-several", "one", one, "other", other)
                        : m == null
                                ? Texts.of(
                                        "registration.pair-doubled",
                                        "one",
                                        one,
                                        "other",
                                        other,
                                        "wall",
                                        mm(p.wall(), p.wallError()),
                                        "error",
                                        mm(p.wallError(), p.wallError()))
                                : Texts.of(
                                        "registration.pair-apart",
                                        "one",
                                        one,
                                        "other",
                                        other,
                                        "wall",
                                        mm(p.wall(), p.wallError()),
                                        "error",
                                        mm(p.wallError(), p.wallError()),
                                        "shift",
                                        mm(length(m.shift()), p.wallError()),
                                        "turn",
                                        String.format(Locale.ROOT, "%.3f", Math.toDegrees(length(m.rotation()))));
            default -> Texts.of("registration.pair-contradicts", "one", one, "other", other);
        };
    }

    /** Two stations in two units: the one that is to blame, or else the larger, is named with its unit. */
    private static Text unit(Registered.Pair p, Registered found, List<Station> stations) {
        boolean wrongA = found.stations().get(p.a()).verdict() == Registered.Verdict.INCONSISTENT;
        boolean wrongB = found.stations().get(p.b()).verdict() == Registered.Verdict.INCONSISTENT;
        double factor = 1 + p.stretch();
        boolean b = wrongA == wrongB ? factor > 1 : wrongB;
        double large = factor > 1 ? factor : 1 / factor;
        String unit = Units.of(large);
        return Texts.of(
                b == factor > 1 ? "registration.pair-unit-large" : "registration.pair-unit-small",
                "one",
                stations.get(b ? p.b() : p.a()).name(),
                "other",
                stations.get(b ? p.a() : p.b()).name(),
                "unit",
                Texts.of("registration.unit." + (unit.isEmpty() ? "other" : unit)),
                "factor",
                String.format(Locale.ROOT, large > 9.99 ? "%.0f" : "%.4f", large));
    }

    /** The files of the stations that contradict each other, or fit elsewhere. */
    private static TreeSet<String> files(Registered found, Loaded scans) {
        TreeSet<String> names = new TreeSet<>();
        for (Registered.Pair p : found.pairs()) {
            if (p.verdict() == Registered.Verdict.INCONSISTENT || p.elsewhere()) {
                names.add(scans.stations().get(p.a()).source());
                names.add(scans.stations().get(p.b()).source());
            }
        }
        return names;
    }

    private static String foreign(TreeSet<String> files) {
        return String.join(", ", files)
                + ": these scans say nowhere how they stand to each other, and as they are given they do not fit: each seems"
                + " to be in a frame of its own. Give each a pose (\"pose\", a 4x4 matrix) in a project file, or,"
                + " if they are in one frame, say so with --trust-frames.";
    }

    /** Millimetres with as many decimals as an error deserves, and never none at all of it. */
    private static String mm(double metres, double error) {
        String form = error >= 0.00995 ? "%.0f" : error >= 0.0000995 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, form, 1000 * Math.max(metres, 0.00001));
    }

    private static double length(double[] v) {
        return Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    }

    /** Whether the stations fit each other, in a sentence. */
    static Text summary(Registered found, List<Station> stations) {
        long fit = count(found, Registered.Verdict.CONSISTENT);
        long apart = count(found, Registered.Verdict.INCONSISTENT);
        return switch (found.verdict()) {
            case CONSISTENT ->
                stations.size() == 2
                        ? Texts.of("registration.consistent-two", "wall", widest(found))
                        : Texts.of(
                                "registration.consistent",
                                "stations",
                                stations.size(),
                                "pairs",
                                fit,
                                "wall",
                                widest(found));
            case INCONSISTENT -> fit + apart == 1 ? two(found, stations) : several(found, stations, fit, apart);
            case NOT_CHECKED ->
                fit > 0
                        ? partly(found, stations)
                        : Texts.of("registration.not-checked", "reason", unchecked(found, stations));
        };
    }

    /** Why nothing was checked; of two that slide, what was. */
    private static Text unchecked(Registered found, List<Station> stations) {
        Registered.Pair p = stations.size() == 2 && found.pairs().size() == 1
                ? found.pairs().getFirst()
                : null;
        return p != null && slides(p)
                ? Texts.of("registration.slides-two", "wall", mm(p.wall() + 2 * p.wallError(), p.wallError()))
                : reason(found.reason());
    }

    /** The largest group of stations that fit each other, and each of the others by name with what keeps it apart. */
    private static Text partly(Registered found, List<Station> stations) {
        boolean[] group = largest(found, stations.size());
        int fit = 0;
        List<Text> names = new ArrayList<>();
        for (Registered.Station s : found.stations()) {
            if (group[s.station()]) {
                fit++;
            } else {
                String name = stations.get(s.station()).name();
                names.add(Texts.of("registration.unchecked", "name", name, "why", apart(s, found, group)));
            }
        }
        return Texts.of(
                "registration.partly",
                "fit",
                fit,
                "stations",
                stations.size(),
                "wall",
                widest(found),
                "names",
                listed(names));
    }

    private static Text listed(List<Text> names) {
        List<Text> all = new ArrayList<>(names.subList(0, Math.min(NAMED, names.size())));
        if (names.size() > NAMED) {
            all.add(Texts.of("registration.unchecked-more", "n", names.size() - NAMED));
        }
        Text said = all.getFirst();
        for (Text next : all.subList(1, all.size())) {
            said = Texts.of("registration.unchecked-next", "before", said, "next", next);
        }
        return said;
    }

    /** The stations of the largest group that consistent pairs join, the first one of two alike. */
    private static boolean[] largest(Registered found, int n) {
        UnionFind joined = new UnionFind(n);
        for (Registered.Pair p : found.pairs()) {
            if (p.verdict() == Registered.Verdict.CONSISTENT) {
                joined.join(p.a(), p.b());
            }
        }
        int[] size = new int[n];
        int most = 0;
        for (int s = 0; s < n; s++) {
            most = Math.max(most, ++size[joined.root(s)]);
        }
        int root = 0;
        while (joined.root(root) != root || size[root] < most) {
            root++;
        }
        boolean[] in = new boolean[n];
        for (int s = 0; s < n; s++) {
            in[s] = joined.root(s) == root;
        }
        return in;
    }

    /** Why a station is not known to fit those of the group, and what is known of it. */
    private static Text apart(Registered.Station s, Registered found, boolean[] group) {
        if (s.verdict() == Registered.Verdict.CONSISTENT) {
            return Texts.of("registration.unlinked");
        }
        Registered.Pair best = null;
        for (Registered.Pair p : found.pairs()) {
            boolean with = p.a() == s.station() && group[p.b()] || p.b() == s.station() && group[p.a()];
            if (with && slides(p) && (best == null || p.samples() > best.samples())) {
                best = p;
            }
        }
        return best != null && s.reason() == Registered.Reason.SLIDES
                ? Texts.of(
                        "registration.slides-within", "wall", mm(best.wall() + 2 * best.wallError(), best.wallError()))
                : reason(s.reason());
    }

    /** Whether two fit but for sliding along each other, and how far apart they may lie is known. */
    private static boolean slides(Registered.Pair p) {
        return p.reason() == Registered.Reason.SLIDES && !Double.isNaN(p.wall());
    }

    /** The pairs of that verdict, either way round. */
    private static Set<Long> pairs(Registered found, Registered.Verdict v) {
        Set<Long> out = new HashSet<>();
        for (Registered.Pair p : found.pairs()) {
            if (p.verdict() == v) {
                out.add((long) p.a() << 32 | p.b());
                out.add((long) p.b() << 32 | p.a());
            }
        }
        return out;
    }

    /** Which stations contradict each other: as their surfaces say, and where these say nothing, as their sight lines do. */
    static Conflicts.Wrong wrong(Registered found, Sights sights) {
        Set<Long> apart = pairs(found, Registered.Verdict.INCONSISTENT);
        Set<Long> fitting = pairs(found, Registered.Verdict.CONSISTENT);
        return new Conflicts.Wrong() {
            @Override
            public boolean pair(int a, int b) {
                return apart.contains((long) a << 32 | b);
            }

            @Override
            public boolean suspected(int a, int b) {
                long pair = (long) a << 32 | b;
                return sights.apart(a, b) && !apart.contains(pair) && !fitting.contains(pair);
            }

            @Override
            public boolean cleared(int a, int b) {
                return sights.apart(a, b) && fitting.contains((long) a << 32 | b);
            }

            @Override
            public boolean station(int s) {
                return s < found.stations().size()
                        && found.stations().get(s).verdict() == Registered.Verdict.INCONSISTENT;
            }
        };
    }

    /** The one pair that could be judged. */
    private static Text two(Registered found, List<Station> stations) {
        Registered.Pair p = found.pairs().stream()
                .filter(q -> q.verdict() == Registered.Verdict.INCONSISTENT)
                .findFirst()
                .orElseThrow();
        return Texts.of(
                "registration.inconsistent-two",
                "one",
                stations.get(p.a()).name(),
                "other",
                stations.get(p.b()).name());
    }

    private static Text several(Registered found, List<Station> stations, long fit, long apart) {
        List<String> names = new ArrayList<>();
        boolean doubt = false;
        for (Registered.Station s : found.stations()) {
            if (s.verdict() == Registered.Verdict.INCONSISTENT) {
                names.add(stations.get(s.station()).name());
                doubt |= s.reason() == Registered.Reason.DOUBT;
            }
        }
        String named = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return Texts.of(
                doubt ? "registration.inconsistent-doubt" : "registration.inconsistent",
                "apart",
                apart,
                "pairs",
                fit + apart,
                "names",
                names.size() > NAMED ? named + " ..." : named);
    }

    private static long count(Registered found, Registered.Verdict v) {
        return found.pairs().stream().filter(p -> p.verdict() == v).count();
    }

    /** The most by which walls of pairs that fit may lie apart, millimetres. */
    private static String widest(Registered found) {
        double most = 0;
        double error = 0;
        for (Registered.Pair p : found.pairs()) {
            double wall = p.wall() + 2 * p.wallError();
            if (p.verdict() == Registered.Verdict.CONSISTENT && wall > most) {
                most = wall;
                error = p.wallError();
            }
        }
        return mm(most, error);
    }

    /** Why, in words. */
    private static Text reason(Registered.Reason r) {
        return Texts.of("registration.reason." + r.name());
    }

    private static String verdict(Registered.Verdict v) {
        return switch (v) {
            case CONSISTENT -> "consistent";
            case INCONSISTENT -> "inconsistent";
            case NOT_CHECKED -> "not-checked";
        };
    }

    /** The report's rows. */
    static ReportInput.Registration rows(Registered found, List<Station> stations) {
        return new ReportInput.Registration(
                verdict(found.verdict()),
                summary(found, stations),
                found.pairs().stream()
                        .map(p -> new ReportInput.PairRow(
                                stations.get(p.a()).name(),
                                stations.get(p.b()).name(),
                                verdict(p.verdict()),
                                reason(p.reason()),
                                p.samples(),
                                p.against(),
                                1000 * p.wall(),
                                1000 * p.wallError(),
                                motion(p.motion())))
                        .toList(),
                found.stations().stream()
                        .map(s -> new ReportInput.PlaceRow(
                                stations.get(s.station()).name(),
                                verdict(s.verdict()),
                                reason(s.reason()),
                                motion(s.motion())))
                        .toList());
    }

    private static ReportInput.@Nullable Motion motion(Registered.@Nullable Motion m) {
        if (m == null) {
            return null;
        }
        double[][] c = new double[6][6];
        for (int i = 0; i < 36; i++) {
            c[i / 6][i % 6] = m.covariance()[i];
        }
        return new ReportInput.Motion(m.shift(), m.rotation(), m.about(), c);
    }
}
