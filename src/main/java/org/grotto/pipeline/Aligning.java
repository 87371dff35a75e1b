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
        if (found.foreign()
                && !o.trustFrames()
                && !scans.framed()
                && stations.stream().allMatch(Aligning::ownFrame)) {
            TreeSet<String> files = files(found, scans);
            if (files.size() > 1) { // one file has one frame
                throw new GrottoException(GrottoException.Kind.BAD_INPUT, foreign(files), null);
            }
        }
        List<Text> pairs = new ArrayList<>();
        for (Registered.Pair p : found.pairs()) {
            if (p.verdict() == Registered.Verdict.INCONSISTENT) {
                String one = stations.get(p.a()).name();
                String other = stations.get(p.b()).name();
                pairs.add(
                        p.reason() == Registered.Reason.UNIT
                                ? unit(p, found, stations)
                                : p.motion() == null
                                        ? Texts.of("registration.pair-contradicts", "one", one, "other", other)
                                        : Texts.of(
                                                "registration.pair-apart",
                                                "one",
                                                one,
                                                "other",
                                                other,
                                                "wall",
                                                mm(p.wall()),
                                                "error",
                                                mm(p.wallError()),
                                                "shift",
                                                mm(length(p.motion().shift())),
                                                "turn",
                                                String.format(
                                                        Locale.ROOT,
                                                        "%.3f",
                                                        Math.toDegrees(length(
                                                                p.motion().rotation())))));
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

    private static String mm(double metres) {
        return String.format(Locale.ROOT, metres < 0.0995 ? "%.1f" : "%.0f", 1000 * metres);
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
                Texts.of(
                        "registration.consistent",
                        "stations",
                        stations.size(),
                        "pairs",
                        fit,
                        "wall",
                        mm(widest(found)));
            case INCONSISTENT -> {
                List<String> names = new ArrayList<>();
                for (Registered.Station s : found.stations()) {
                    if (s.verdict() == Registered.Verdict.INCONSISTENT) {
                        names.add(stations.get(s.station()).name());
                    }
                }
                yield Texts.of(
                        "registration.inconsistent",
                        "apart",
                        apart,
                        "pairs",
                        fit + apart,
                        "names",
                        String.join(", ", names.subList(0, Math.min(NAMED, names.size()))));
            }
            case NOT_CHECKED -> Texts.of("registration.not-checked", "reason", reason(found.reason()));
        };
    }

    /** Which stations contradict each other, as their surfaces or their sight lines say. */
    static Conflicts.Wrong wrong(Registered found, Sights sights) {
        Set<Long> pairs = new HashSet<>();
        for (Registered.Pair p : found.pairs()) {
            if (p.verdict() == Registered.Verdict.INCONSISTENT) {
                pairs.add((long) p.a() << 32 | p.b());
                pairs.add((long) p.b() << 32 | p.a());
            }
        }
        return new Conflicts.Wrong() {
            @Override
            public boolean pair(int a, int b) {
                return sights.apart(a, b) || pairs.contains((long) a << 32 | b);
            }

            @Override
            public boolean station(int s) {
                return s < found.stations().size()
                        && found.stations().get(s).verdict() == Registered.Verdict.INCONSISTENT;
            }
        };
    }

    private static long count(Registered found, Registered.Verdict v) {
        return found.pairs().stream().filter(p -> p.verdict() == v).count();
    }

    private static double widest(Registered found) {
        return found.pairs().stream()
                .filter(p -> p.verdict() == Registered.Verdict.CONSISTENT)
                .mapToDouble(p -> p.wall() + 2 * p.wallError())
                .max()
                .orElse(0);
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
