package org.grotto.align;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.grotto.base.Work;

/**
 * Many virtual surveys, right and wrong ones, with and without poses: how often registration's verdict is what the truth
 * says. Every case follows from its number and the group of shapes alone. {@link #main} runs as many as are wanted and
 * prints a line a case and a table.
 */
final class RegistrationSweep {
    /** What was counted of one kind of case. */
    static final class Tally {
        int right;
        int alarms;
        int unsaid;
        int full;
        int fullUnsaid;
        int wrong;
        int blessed;
        int named;
        int amounts;
        int amountsRight;
        int ellipsoids;
        int held;
        double square;
        double seconds;
        final List<String> faults = new ArrayList<>();
        final Map<String, Integer> why = new TreeMap<>();

        void add(Said s) {
            right += s.bad ? 0 : 1;
            wrong += s.bad ? 1 : 0;
            boolean consistent = s.pair.verdict() == Registered.Verdict.CONSISTENT;
            boolean inconsistent = s.pair.verdict() == Registered.Verdict.INCONSISTENT;
            alarms += !s.bad && inconsistent ? 1 : 0;
            unsaid += !s.bad && !consistent && !inconsistent ? 1 : 0;
            full += s.full ? 1 : 0;
            fullUnsaid += s.full && !consistent && !inconsistent ? 1 : 0;
            blessed += s.bad && consistent && s.beyond ? 1 : 0;
            named += s.bad && inconsistent ? 1 : 0;
            amounts += s.amount ? 1 : 0;
            amountsRight += s.amount && s.within ? 1 : 0;
            if (!Double.isNaN(s.square)) {
                ellipsoids++;
                held += s.square < 12.592 ? 1 : 0;
                square += Math.min(100, s.square);
            }
            seconds += s.seconds;
            why.merge(s.what + " " + s.pair.verdict() + " " + s.pair.reason(), 1, Integer::sum);
            if (s.fault()) {
                faults.add(s.line);
            }
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "right %d: alarms %d, not checked %d; wrong %d: blessed %d, named %d; of %d with 300,000 points and"
                            + " three directions not checked %d; amounts within 20 %%: %d of %d; 95 %% ellipsoids hold:"
                            + " %d of %d (mean square %.1f); judging %.2f s a pair; %s",
                    right,
                    alarms,
                    unsaid,
                    wrong,
                    blessed,
                    named,
                    full,
                    fullUnsaid,
                    amountsRight,
                    amounts,
                    held,
                    ellipsoids,
                    square / Math.max(1, ellipsoids),
                    seconds / Math.max(1, right + wrong),
                    why);
        }
    }

    /**
     * One case and what was said of it.
     *
     * @param beyond whether the mistake is more than three times the noise; of unrelated places, whether a twentieth is
     * @param full whether points (300,000), overlap (a fifth) and walls are such that a verdict must be given
     * @param amount whether an amount was stated; {@code within} whether it is right
     * @param square of the stated motion's error in its covariance; NaN where none was stated
     */
    record Said(
            boolean bad,
            boolean beyond,
            boolean full,
            String what,
            Registered.Pair pair,
            boolean amount,
            boolean within,
            double square,
            double seconds,
            String line) {
        boolean fault() {
            boolean consistent = pair.verdict() == Registered.Verdict.CONSISTENT;
            return !bad && pair.verdict() == Registered.Verdict.INCONSISTENT
                    || bad && consistent && beyond
                    || pair.reason() == Registered.Reason.UNIT && !what.equals("unit")
                    || amount && !within;
        }
    }

    /** The one mistake that wrong pairs have; empty for any. */
    private static String only = "";

    /** The one shape that all places have; empty for all of the group. */
    private static String shape = "";

    /** How far round the place the second of a pair stands, of six; those that stand side by side share most. */
    private static int round = 1;

    private static final String[] JUDGING = {"dome", "gallery", "block", "court"};
    private static final String[] CHOSEN = {"room", "cave", "statue", "chambers", "cliff", "panel"};

    private static final String[] MISTAKES = {"shift", "turn", "scale", "unrelated", "unit"};

    private RegistrationSweep() {}

    /** Shapes that thresholds were chosen by, or, where {@code judge}, others. */
    private static VirtualSurvey.Place place(int kind, int seed, boolean judge) {
        String[] group = judge ? JUDGING : CHOSEN;
        return switch (shape.isEmpty() ? group[Math.floorMod(kind, group.length)] : shape) {
            case "dome" -> VirtualSurvey.dome(seed);
            case "gallery" -> VirtualSurvey.gallery(seed);
            case "block" -> VirtualSurvey.block(seed);
            case "court" -> VirtualSurvey.court(seed);
            case "room" -> VirtualSurvey.room(seed);
            case "cave" -> VirtualSurvey.cave(seed);
            case "statue" -> VirtualSurvey.statue(seed);
            case "chambers" -> VirtualSurvey.chambers(seed);
            case "cliff" -> VirtualSurvey.cliff(seed);
            default -> VirtualSurvey.panel(seed);
        };
    }

    private static double between(Random r, double low, double high) {
        return low * Math.pow(high / low, r.nextDouble());
    }

    private static double[] way(Random r) {
        double z = 2 * r.nextDouble() - 1;
        double a = 2 * Math.PI * r.nextDouble();
        double c = Math.sqrt(1 - z * z);
        return new double[] {c * Math.cos(a), c * Math.sin(a), z};
    }

    /** One pair of at least {@code least} and at most {@code most} points; wrong in case of a mistake. */
    static Said pair(int number, boolean bad, boolean judge, int least, int most, Work work) {
        Random r = new Random(7919L * number + (bad ? 1 : 0));
        r.nextInt();
        int seed = 100 + r.nextInt(1000);
        VirtualSurvey.Place p = place(number, seed, judge);
        int points = (int) (number % 5 == 4 ? most : between(r, least, most));
        double noise = between(r, 0.0002, 0.003);
        boolean posed = r.nextBoolean();
        int first = r.nextInt(6);
        int second = (first + round) % 6;
        double share = 0.25 + 0.5 * r.nextDouble();
        VirtualSurvey v = new VirtualSurvey(number);
        v.raster = r.nextBoolean();
        Move mistake = Move.NONE;
        double scale = 1;
        int which = r.nextInt(8);
        String mistaken = only.isEmpty() ? MISTAKES[which < 3 ? 0 : which < 5 ? 1 : which - 3] : only;
        String what = bad ? mistaken : "right";
        VirtualSurvey.Place other = p;
        switch (what) {
            case "shift" -> {
                double[] w = way(r);
                double d = between(r, 0.002, 2);
                mistake = Move.about(new double[3], d * w[0], d * w[1], d * w[2], 0, 0, 0);
            }
            case "turn" -> {
                double a = Math.toRadians(between(r, 0.05, 180));
                double[] w = r.nextBoolean() ? new double[] {0, 0, 1} : way(r);
                mistake = Move.about(p.eyes()[second], 0, 0, 0, a * w[0], a * w[1], a * w[2]);
            }
            case "scale" -> scale = r.nextBoolean() ? between(r, 1.01, 1.3) : 1 / between(r, 1.01, 1.3);
            case "unrelated" -> other = place(number, seed + 5000, judge);
            case "unit" -> scale = new double[] {3.2808, 1000, 0.3048, 0.001}[r.nextInt(4)];
            default -> {}
        }
        v.station(p, p.eyes()[first], (int) (share * points), noise, Move.NONE, 1, posed);
        v.station(other, other.eyes()[second], points - (int) (share * points), noise, mistake, scale, posed);
        long start = System.nanoTime();
        Registered.Pair q = v.judge(work).pairs().getFirst();
        double seconds = (System.nanoTime() - start) * 1e-9;
        boolean inconsistent = q.verdict() == Registered.Verdict.INCONSISTENT;
        double overlap = other == p ? v.overlap(p, 0, 1) : 0;
        String line = String.format(
                Locale.ROOT,
                "%d %s %s points %d noise %.2f mm %s %s overlap %.2f: %s %s share %.2f against %.3f wall %.3f +- %.3f"
                        + " mm %.1f s",
                number,
                p.name(),
                what + (scale == 1 ? "" : String.format(Locale.ROOT, " %.4f", scale)),
                points,
                1000 * noise,
                posed ? "posed" : "bare",
                v.raster ? "raster" : "chance",
                overlap,
                q.verdict(),
                q.reason(),
                q.share(),
                q.against(),
                1000 * q.wall(),
                1000 * q.wallError(),
                seconds);
        double size = 0;
        boolean beyond = bad;
        boolean rigid = what.equals("shift") || what.equals("turn") || !bad;
        if (bad && rigid) {
            size = v.doubled(mistake);
            beyond = size > 3 * noise;
        }
        if (what.equals("unrelated")) {
            // places of one kind may share a chamber: then a part of what the second saw is the first one's stone, and
            // where
            // more than nineteen parts of twenty are, they are one place
            beyond = v.off(p, 3 * noise) > 0.05;
        }
        Registered.Motion m = q.motion();
        boolean amount = false;
        boolean within = false;
        double far = Double.NaN;
        if (m != null && rigid) {
            Move truth = v.truth(0, 1);
            double[] shift = truth.shift(m.about());
            double[] turn = truth.turn();
            double[] d = new double[6];
            for (int i = 0; i < 3; i++) {
                d[i] = m.shift()[i] - shift[i];
                d[3 + i] = m.rotation()[i] - turn[i];
            }
            far = Estimate.square(m.covariance(), d);
            if (bad && inconsistent) {
                double e = 3 * Math.sqrt(m.covariance()[0] + m.covariance()[7] + m.covariance()[14]);
                double w = 3 * Math.sqrt(m.covariance()[21] + m.covariance()[28] + m.covariance()[35]);
                amount = true;
                within = length(d, 0) < 0.2 * length(shift) + e && length(d, 3) < 0.2 * length(turn) + w;
            }
            line += String.format(
                    Locale.ROOT,
                    " shift %.2f of %.2f mm, turn %.3f of %.3f mrad, chi2 %.1f",
                    1000 * length(m.shift()),
                    1000 * length(shift),
                    1000 * length(m.rotation()),
                    1000 * length(turn),
                    far);
        } else if (bad && rigid) {
            line += String.format(Locale.ROOT, " (%.1f mm, %.2f deg)", 1000 * size, Math.toDegrees(mistake.angle()));
        }
        boolean full = points >= 300_000
                && !p.name().equals("panel")
                && !p.name().equals("cliff")
                && !what.equals("unrelated")
                && overlap >= 0.2;
        return new Said(bad, beyond, full, what, q, amount, within, far, seconds, line);
    }

    /** A set of six, one of which is moved: whether that one alone is named. */
    static boolean culprit(int number, boolean judge, int points, Work work, Consumer<String> lines) {
        Random r = new Random(104_729L * number);
        VirtualSurvey.Place p = place(number, 100 + r.nextInt(1000), judge);
        double noise = between(r, 0.0005, 0.002);
        int bad = r.nextInt(6);
        double[] w = way(r);
        double d = between(r, 0.01, 0.5);
        boolean turned = r.nextBoolean();
        Move mistake = turned
                ? Move.about(p.eyes()[bad], 0, 0, 0, 0.1 * d * w[0], 0.1 * d * w[1], d)
                : Move.about(new double[3], d * w[0], d * w[1], d * w[2], 0, 0, 0);
        boolean posed = r.nextBoolean();
        VirtualSurvey v = new VirtualSurvey(number);
        v.raster = r.nextBoolean();
        for (int s = 0; s < 6; s++) {
            v.station(p, p.eyes()[s], points / 6, noise, s == bad ? mistake : Move.NONE, 1, posed);
        }
        Registered g = v.judge(work);
        StringBuilder said = new StringBuilder();
        boolean good = true;
        for (Registered.Station s : g.stations()) {
            boolean named = s.verdict() == Registered.Verdict.INCONSISTENT;
            good &= named == (s.station() == bad);
            said.append(named ? 'x' : s.verdict() == Registered.Verdict.CONSISTENT ? 'o' : '-');
        }
        if (!good) {
            for (Registered.Pair q : g.pairs()) {
                said.append(String.format(
                        Locale.ROOT,
                        " %d-%d %s %s %.1f %.1f",
                        q.a(),
                        q.b(),
                        q.verdict(),
                        q.reason(),
                        1000 * q.wall(),
                        1000 * q.wallError()));
            }
        }
        lines.accept(String.format(
                Locale.ROOT,
                "%sset %d %s %s %.0f mm%s, wrong one %d: %s",
                good ? "" : "FAULT ",
                number,
                p.name(),
                posed ? "posed" : "bare",
                1000 * d,
                turned ? " as mrad" : "",
                bad,
                said));
        return good;
    }

    /**
     * Runs a sweep: {@code right=300 wrong=200 sets=40 frames=0 symmetric=0 from=0 shapes=tune|judge points=20000-300000 six=300000
     * only=unrelated shape=block round=1 all=false}: {@code points} of a pair, {@code six} of a set of six. Prints a line a fault, or a line a case
     * where {@code all=true}, and a table.
     */
    public static void main(String[] args) {
        Map<String, String> o = new TreeMap<>();
        for (String a : args) {
            o.put(a.substring(0, a.indexOf('=')), a.substring(a.indexOf('=') + 1));
        }
        int from = Integer.parseInt(o.getOrDefault("from", "0"));
        boolean judge = o.getOrDefault("shapes", "tune").equals("judge");
        only = o.getOrDefault("only", "");
        shape = o.getOrDefault("shape", "");
        round = Integer.parseInt(o.getOrDefault("round", "1"));
        boolean all = o.getOrDefault("all", "false").equals("true");
        String[] points = o.getOrDefault("points", "20000-300000").split("-", 2);
        int least = Integer.parseInt(points[0]);
        int most = Integer.parseInt(points[1]);
        int sets = Integer.parseInt(o.getOrDefault("sets", "40"));
        int six = Integer.parseInt(o.getOrDefault("six", "" + most));
        Map<String, Tally> kinds = new TreeMap<>();
        Tally whole = new Tally();
        try (Work work = Work.silent()) {
            for (boolean bad : new boolean[] {false, true}) {
                int n = Integer.parseInt(o.getOrDefault(bad ? "wrong" : "right", bad ? "200" : "300"));
                for (int k = 0; k < n; k += 8) {
                    int first = from + k;
                    for (Said s : work.map(Math.min(8, n - k), i -> pair(first + i, bad, judge, least, most, work))) {
                        whole.add(s);
                        kinds.computeIfAbsent(s.line.split(" ")[1], none -> new Tally())
                                .add(s);
                        if (all || s.fault()) {
                            System.out.println((s.fault() ? "FAULT " : "") + s.line);
                        }
                    }
                }
            }
            int named = 0;
            for (int k = 0; k < sets; k += 4) {
                int first = from + k;
                List<String> lines = new ArrayList<>();
                for (String l : work.map(Math.min(4, sets - k), i -> {
                    List<String> said = new ArrayList<>();
                    culprit(first + i, judge, six, work, said::add);
                    return said.getFirst();
                })) {
                    lines.add(l);
                    named += l.startsWith("FAULT") ? 0 : 1;
                }
                lines.stream().filter(l -> all || l.startsWith("FAULT")).forEach(System.out::println);
            }
            int symmetric = Integer.parseInt(o.getOrDefault("symmetric", "0"));
            int open = 0;
            int rightOpen = 0;
            for (int k = 0; k < symmetric; k++) {
                open += symmetric(from + k, true, least, most, work, System.out::println) ? 1 : 0;
                rightOpen += symmetric(from + k, false, least, most, work, System.out::println) ? 1 : 0;
            }
            if (symmetric > 0) {
                System.out.println(
                        "symmetric rooms not checked: turned " + open + ", right " + rightOpen + " of " + symmetric);
            }
            int frames = Integer.parseInt(o.getOrDefault("frames", "0"));
            int seen = 0;
            for (int k = 0; k < frames; k++) {
                seen += frames(from + k, judge, most, work, System.out::println) ? 1 : 0;
            }
            System.out.println("own frames seen " + seen + " of " + frames);
            kinds.forEach((k, t) -> System.out.println(k + ": " + t));
            System.out.println("all: " + whole + "; culprits named " + named + " of " + sets);
        }
    }

    /**
     * Two scans of a room that is itself when turned by half, one of them turned so or not: whether that is left open, as
     * nobody can tell the two apart.
     */
    static boolean symmetric(int number, boolean turned, int least, int most, Work work, Consumer<String> lines) {
        Random r = new Random(32_452_843L * number);
        VirtualSurvey.Place p = VirtualSurvey.halfTurn(100 + r.nextInt(100_000));
        int points = (int) between(r, least, most);
        double noise = between(r, 0.0002, 0.003);
        int first = r.nextInt(6);
        int second = (first + 1 + r.nextInt(5)) % 6;
        boolean posed = r.nextBoolean();
        VirtualSurvey v = new VirtualSurvey(number);
        v.raster = r.nextBoolean();
        Move half = turned ? Move.about(new double[3], 0, 0, 0, 0, 0, Math.PI) : Move.NONE;
        v.station(p, p.eyes()[first], points / 2, noise, Move.NONE, 1, posed);
        v.station(p, p.eyes()[second], points - points / 2, noise, half, 1, posed);
        Registered.Pair q = v.judge(work).pairs().getFirst();
        boolean open = q.verdict() == Registered.Verdict.NOT_CHECKED;
        lines.accept(String.format(
                Locale.ROOT,
                "%ssymmetric %d %s points %d noise %.2f mm %s %s: %s %s share %.2f against %.3f",
                open ? "" : "FAULT ",
                number,
                turned ? "turned" : "right",
                points,
                1000 * noise,
                posed ? "posed" : "bare",
                v.raster ? "raster" : "chance",
                q.verdict(),
                q.reason(),
                q.share(),
                q.against()));
        return open;
    }

    /** Two to four scans, each in the frame of its own scanner: whether that is seen. */
    static boolean frames(int number, boolean judge, int points, Work work, Consumer<String> lines) {
        Random r = new Random(15_485_863L * number);
        VirtualSurvey.Place p = place(number, 100 + r.nextInt(1000), judge);
        int count = 2 + r.nextInt(3);
        boolean posed = r.nextBoolean();
        boolean level = r.nextBoolean();
        VirtualSurvey v = new VirtualSurvey(number);
        v.raster = r.nextBoolean();
        for (int s = 0; s < count; s++) {
            double[] e = p.eyes()[s];
            double[] w = level ? new double[] {0, 0, 1} : way(r);
            double a = Math.PI * (2 * r.nextDouble() - 1);
            Move own = Move.about(e, -e[0], -e[1], -e[2], a * w[0], a * w[1], a * w[2]);
            v.station(p, e, points / count, 0.001, own, 1, posed);
        }
        Registered g = v.judge(work);
        StringBuilder said = new StringBuilder();
        for (Registered.Pair q : g.pairs()) {
            Registered.Motion m = q.motion();
            said.append(String.format(
                    Locale.ROOT, " %d-%d %s %s%s", q.a(), q.b(), q.verdict(), q.reason(), q.elsewhere() ? "+" : ""));
            if (m != null) {
                said.append(String.format(
                        Locale.ROOT, " %.2f m %.0f deg", length(m.shift()), Math.toDegrees(length(m.rotation()))));
            }
        }
        lines.accept(String.format(
                Locale.ROOT,
                "%sframes %d %s of %d %s %s:%s",
                g.foreign() ? "" : "UNSEEN ",
                number,
                p.name(),
                count,
                posed ? "posed" : "bare",
                level ? "level" : "any way",
                said));
        return g.foreign();
    }

    private static double length(double[] v) {
        return length(v, 0);
    }

    private static double length(double[] v, int from) {
        return Math.sqrt(v[from] * v[from] + v[from + 1] * v[from + 1] + v[from + 2] * v[from + 2]);
    }
}
