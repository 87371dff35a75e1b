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
 * says. Every case follows from its number alone.
 */
final class RegistrationSweep {
    /** What was counted; {@code lines} has one line a case. */
    static final class Tally {
        int right;
        int alarms;
        int unsaid;
        int wrong;
        int blessed;
        int named;
        int amounts;
        int amountsRight;
        int ellipsoids;
        int held;
        final List<String> faults = new ArrayList<>();
        final Map<String, Integer> why = new TreeMap<>();

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "right %d: alarms %d, not checked %d; wrong %d: blessed %d, named %d; amounts within 20 %%: %d of %d;"
                            + " 95 %% ellipsoids hold: %d of %d %s",
                    right,
                    alarms,
                    unsaid,
                    wrong,
                    blessed,
                    named,
                    amountsRight,
                    amounts,
                    held,
                    ellipsoids,
                    why);
        }
    }

    private static final String[] MISTAKES = {"shift", "turn", "scale", "unrelated", "unit"};

    private RegistrationSweep() {}

    private static VirtualSurvey.Place place(int kind, int seed) {
        return switch (kind % 4) {
            case 0 -> VirtualSurvey.room(seed);
            case 1 -> VirtualSurvey.cave(seed);
            case 2 -> VirtualSurvey.statue(seed);
            default -> VirtualSurvey.chambers(seed);
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

    /** One pair; wrong in case of a mistake, which is null for none. */
    static void pair(int number, boolean bad, int least, int most, Tally t, Work work, Consumer<String> lines) {
        Random r = new Random(7919L * number + (bad ? 1 : 0));
        int kind = number;
        int seed = 100 + r.nextInt(1000);
        VirtualSurvey.Place p = place(kind, seed);
        int points = (int) between(r, least, most);
        double noise = between(r, 0.0002, 0.003);
        boolean posed = r.nextBoolean();
        int first = r.nextInt(6);
        int second = (first + 1) % 6;
        VirtualSurvey v = new VirtualSurvey(number);
        Move mistake = Move.NONE;
        double scale = 1;
        String what = bad ? MISTAKES[number % 8 < 3 ? 0 : number % 8 < 5 ? 1 : number % 8 - 3] : "right";
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
                mistake = Move.about(new double[3], 0, 0, 0, a * w[0], a * w[1], a * w[2]);
            }
            case "scale" -> scale = between(r, 1.01, 1.3);
            case "unrelated" -> other = place(kind % 4 == 2 ? 0 : kind, seed + 5000);
            case "unit" -> scale = r.nextBoolean() ? 3.2808 : 1000;
            default -> {}
        }
        v.station(p, p.eyes()[first], points / 2, noise, Move.NONE, 1, posed);
        v.station(other, other.eyes()[second], points / 2, noise, mistake, scale, posed);
        Registered.Pair q = v.judge(work).pairs().getFirst();
        String said = q.verdict() + " " + q.reason();
        t.why.merge(what + " " + said, 1, Integer::sum);
        String line = String.format(
                Locale.ROOT,
                "%d %s %s points %d noise %.2f mm %s: %s share %.2f against %.3f wall %.3f +- %.3f mm",
                number,
                p.name(),
                what,
                points,
                1000 * noise,
                posed ? "posed" : "bare",
                said,
                q.share(),
                q.against(),
                1000 * q.wall(),
                1000 * q.wallError());
        boolean fault = false;
        boolean consistent = q.verdict() == Registered.Verdict.CONSISTENT;
        boolean inconsistent = q.verdict() == Registered.Verdict.INCONSISTENT;
        if (!bad) {
            t.right++;
            t.alarms += inconsistent ? 1 : 0;
            t.unsaid += q.verdict() == Registered.Verdict.NOT_CHECKED ? 1 : 0;
            fault = inconsistent;
        } else {
            t.wrong++;
            double size = Math.max(length(mistake.shift(p.eyes()[first])), mistake.angle());
            boolean beyond = !what.equals("shift") && !what.equals("turn") || size > 3 * noise;
            fault = consistent && beyond;
            t.blessed += fault ? 1 : 0;
            t.named += inconsistent ? 1 : 0;
        }
        Registered.Motion m = q.motion();
        if (m != null && (what.equals("shift") || what.equals("turn") || !bad)) {
            Move truth = v.truth(0, 1);
            double[] shift = truth.shift(m.about());
            double[] turn = truth.turn();
            double[] d = new double[6];
            for (int i = 0; i < 3; i++) {
                d[i] = m.shift()[i] - shift[i];
                d[3 + i] = m.rotation()[i] - turn[i];
            }
            double far = Estimate.square(m.covariance(), d);
            t.ellipsoids++;
            t.held += far < 12.592 ? 1 : 0;
            if (bad && inconsistent) {
                double e = 3 * Math.sqrt(m.covariance()[0] + m.covariance()[7] + m.covariance()[14]);
                double w = 3 * Math.sqrt(m.covariance()[21] + m.covariance()[28] + m.covariance()[35]);
                boolean within = length(d, 0) < 0.2 * length(shift) + e && length(d, 3) < 0.2 * length(turn) + w;
                t.amounts++;
                t.amountsRight += within ? 1 : 0;
                fault |= !within;
            }
            line += String.format(
                    Locale.ROOT,
                    " shift %.2f of %.2f mm, turn %.3f of %.3f mrad, chi2 %.1f",
                    1000 * length(m.shift()),
                    1000 * length(shift),
                    1000 * length(m.rotation()),
                    1000 * length(turn),
                    far);
        }
        if (fault) {
            t.faults.add(line);
        }
        lines.accept((fault ? "FAULT " : "") + line);
    }

    /** A set of six, one of which is moved: whether that one alone is named. */
    static boolean culprit(int number, int points, Work work, Consumer<String> lines) {
        Random r = new Random(104_729L * number);
        VirtualSurvey.Place p = place(number % 3 == 2 ? 3 : number % 3, 100 + r.nextInt(1000));
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

    private static double length(double[] v) {
        return length(v, 0);
    }

    private static double length(double[] v, int from) {
        return Math.sqrt(v[from] * v[from] + v[from + 1] * v[from + 1] + v[from + 2] * v[from + 2]);
    }
}
