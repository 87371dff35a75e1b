package org.grotto.align;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.grotto.align.Registered.Motion;
import org.grotto.align.Registered.Pair;
import org.grotto.align.Registered.Reason;
import org.grotto.align.Registered.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The verdict on two stations. "Consistent" is earned: the fit of the two from the given poses does not move them beyond
 * its own error, that error is small enough to have shown three times the noise, what both should have they have, no far
 * place fits as well, and no direction is free. "Inconsistent" needs a move that is sure, or contradictions that are many.
 */
final class Judge {
    /** Fewer patches of a station say nothing. */
    private static final int LEAST = 150;
    /** Fewer places that fit say nothing. */
    private static final int FITTING = 100;
    /** Places of each station that are counted where it hangs on a few of them. */
    private static final int MANY = 12_000;
    /** Independent parts of the common surface that a covariance needs. */
    private static final int BLOCKS = 20;
    /** Scans of one place leave less than this share unexplained: edges, things that moved. */
    private static final double LITTLE = 0.12;
    /** More than this share in whole things that one has and the other has not: another chamber that is nearly alike. */
    private static final double WHOLE = 0.015;
    /** Where more than this share fits, hardly anything is left that only one of the two could see. */
    private static final double NEARLY_ALL = 0.9;
    /** Where more than this share contradicts, no place that was scanned well explains it. */
    private static final double MUCH = 0.3;
    /** What is alike when turned by less has more than twelve sides, radians. */
    private static final double ASIDE = 0.5;
    /**
     * Two patches of one surface lie apart by about half of what their points scatter: six numbers are fitted to some 24
     * points. So does their middle distance, in standard deviations, and the mean square of those that fit at all is a
     * quarter, or twice that where relief is seen unlike; surfaces that only run close to each other lie apart by more. So do
     * the means over clusters of places: of one surface they lie apart by a tenth or two of the noise.
     */
    private static final double TOUCH = 0.9;

    private static final double SPREAD = 1.3;
    /** Up to this mean square what fits lies close; and places of which relief is seen unlike lie as much farther off. */
    private static final double CLOSE = SPREAD / 2;

    private static final double UNLIKE = 3;
    /**
     * Under its true move up to 0.5 % of a symmetric room's places contradict, edges that each saw from elsewhere, and under
     * one turned by half as few as 0.05 %: only more than that breaks the symmetry.
     */
    private static final double BREAKS = 0.005;
    /** Steps along the direction that holds least, and how far they lead, in extents. */
    private static final double STEP = 0.004;

    private static final double WALK = 0.12;
    /** What single points scatter by beside a patch, as a multiple of what two patches may, and its square. */
    private static final double SINGLE = 1.5;
    /** Places lie off a surface that is not theirs by so much more, in the mean square, than off their own. */
    private static final double WORSE = 1.25;
    /** T2 of six numbers: one in ten million, and one in five hundred. */
    private static final double SURE = 44;

    private static final double DOUBT = 21;

    private final Couple couple;
    private final Patches a;
    private final Patches b;
    private final double sigma;
    private final double extent;
    /** Whether a place far off was found where the two fit, and neither says where it stood. */
    private boolean elsewhere;
    /** Whether the two touch where they fit. */
    private boolean touching;
    /** Whether nothing but a better fit in another place says that the two are wrong. */
    private boolean indirect;

    private @Nullable Pair said;
    /** Where the two fit in place, and whether they fit in another, too, was not asked yet. */
    private @Nullable Open open;
    /** The two stations whole, where what was judged is a close-up and what lies around it. */
    private Patches @Nullable [] whole;
    /** What explains most of all that was tried. */
    private Starts.@Nullable Found best;
    /** Whether the move that was found is one of several, or not known in every direction. */
    private boolean unsure;
    /** Whether other moves fit about as well. */
    private boolean several;

    /** What is said of two that fit in place where nothing else does. */
    private @Nullable Pair inPlace;

    /** Two that fit in place. */
    private record Open(Couple.Counts given, Starts.Found local, Estimate estimate) {}

    private Judge(Patches a, Patches b) {
        this.couple = new Couple(a, b);
        this.a = a;
        this.b = b;
        this.sigma = couple.sigma();
        this.extent = couple.extent();
    }

    /**
     * Judges the two as they are given. Where they fit in place, {@link #asked} has the last word, or, where others connect
     * them, {@link #linked}.
     */
    static Judge of(Patches a, Patches b) {
        Judge judge = new Judge(a, b);
        if (a.size < LEAST || b.size < LEAST) {
            judge.said = new Pair(
                    a.station,
                    b.station,
                    Verdict.NOT_CHECKED,
                    Reason.FEW,
                    null,
                    0,
                    0,
                    0,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    0,
                    null,
                    false);
            return judge;
        }
        judge.said = judge.run();
        return judge;
    }

    /** Whether the two fit in place and nothing contradicts, but whether another place fits as well was not asked. */
    boolean pending() {
        return open != null && said().reason() == Reason.FITS;
    }

    /** This, after two that fit in place were asked whether they do in another, or in a mirror, too. */
    Judge asked() {
        Open o = open;
        if (o != null) {
            open = null;
            Pair p = said();
            said = rivalled(o.local(), false, Double.POSITIVE_INFINITY)
                    ? pair(Verdict.NOT_CHECKED, Reason.SYMMETRIC, o.given(), o.estimate())
                    : p.reason() == Reason.FITS ? mirrored(p) : p;
        }
        return this;
    }

    /** A verdict and the move of the first station that it goes by. */
    record Astray(Pair said, Move move) {}

    /**
     * The verdict on a station that fits no other where it is given, beside all those that fit each other: a small move makes
     * what it saw theirs, and in any other way less of it fits or none as closely. Where other sides fit as closely, the
     * stone is too smooth to be known again. Null where that is not so, or where it fits them in place.
     */
    static @Nullable Astray astray(Patches body, Patches lone) {
        Judge judge = new Judge(body, lone);
        Couple couple = judge.couple;
        Couple.Counts given = couple.count(Move.NONE, 2000);
        if (given.fit() >= FITTING && given.against() <= LITTLE) {
            return null;
        }
        List<Starts.Found> found = new Starts(couple).beside(ASIDE, 6);
        Starts.Found first =
                found.stream().filter(f -> f.move().angle() < ASIDE).findFirst().orElse(null);
        Estimate e = first == null || !fits(first.counts()) ? null : Estimate.of(couple, first.move(), 6000);
        if (first == null
                || e == null
                || e.blocks() < BLOCKS
                || !judge.amountKnown(e)
                || !judge.touches(e, first.counts())) {
            return null;
        }
        Couple.Counts here = couple.count(e.move(), MANY);
        for (Starts.Found f : found) {
            if (!f.equals(first) && f.counts().net() > 0.75 * first.counts().net() && !judge.worse(f.move(), here)) {
                return null;
            }
        }
        return new Astray(judge.pair(Verdict.INCONSISTENT, Reason.MOVED, given, e), first.move());
    }

    /** This verdict as one on a close-up and a part of the other: {@code a} and {@code b} are the two stations. */
    Judge beside(Patches a, Patches b) {
        whole = new Patches[] {a, b};
        return this;
    }

    /** The verdict on the two as they are given. */
    Pair said() {
        return Objects.requireNonNull(said);
    }

    /**
     * The verdict where other stations connect the two: those fit both where they stand, and there alone, and that is more than
     * that the two are alike elsewhere.
     */
    Pair linked() {
        Pair p = said();
        if (indirect && p.verdict() == Verdict.INCONSISTENT) {
            return otherwise(p, Verdict.NOT_CHECKED, Reason.APART, Double.NaN);
        }
        return inPlace != null ? inPlace : p;
    }

    /**
     * The verdict where they may be each other's mirror image, or be in two units. That costs more than the rest, and need
     * not be asked of two that others connect: what fits a third station has its hand and its unit.
     */
    Pair otherwise() {
        Pair p = asked().said();
        Patches[] both = whole;
        if (both != null && p.verdict() != Verdict.CONSISTENT) {
            // size and hand are those of whole stations
            Pair q = of(both[0], both[1]).otherwise();
            return q.reason() == Reason.MIRRORED || q.reason() == Reason.UNIT ? q : p;
        }
        if (p.verdict() == Verdict.CONSISTENT || p.reason() == Reason.FEW || p.reason() == Reason.SYMMETRIC) {
            return p;
        }
        p = mirrored(p);
        return p.reason() == Reason.MIRRORED ? p : unit(p);
    }

    /**
     * Whether one is the other's mirror image, as an export with the wrong hand makes them: then the one in a mirror touches the
     * other, and explains more than itself anywhere. Where both fit in place, nobody can tell.
     */
    private Pair mirrored(Pair given) {
        boolean fits = given.reason() == Reason.FITS;
        boolean loose = given.reason() == Reason.PARTLY && !touching;
        if (best == null || !fits && !loose && given.reason() != Reason.CONTRADICTS) {
            return given;
        }
        if (fits && best.counts().share() < NEARLY_ALL) {
            return given; // a mirror image may well share more than what two stations see in common
        }
        Couple other = new Couple(a.mirrored(), b);
        Starts.Found first = reflected(other, fits);
        if (first == null || !fits(first.counts())) {
            return given;
        }
        boolean more = loose
                ? first.counts().net() > 0.8 * best.counts().net()
                : clearly(other.count(first.move(), MANY), couple.count(best.move(), MANY), 0.02);
        Estimate e = more ? Estimate.of(other, first.move(), 6000) : null;
        if (e == null || e.blocks() < BLOCKS || !touches(e, first.counts())) {
            return given;
        }
        return fits
                ? otherwise(given, Verdict.NOT_CHECKED, Reason.SYMMETRIC, Double.NaN)
                : otherwise(given, Verdict.INCONSISTENT, Reason.MIRRORED, Double.NaN);
    }

    /** What was counted under the given poses, with another verdict and no move. */
    private static Pair otherwise(Pair given, Verdict verdict, Reason reason, double stretch) {
        return new Pair(
                given.a(),
                given.b(),
                verdict,
                reason,
                null,
                given.samples(),
                given.share(),
                given.against(),
                Double.NaN,
                Double.NaN,
                stretch,
                6,
                null,
                false);
    }

    /**
     * Whether the two are one place in two units: b's numbers are a's times such a factor, and then they fit, in place,
     * however little they share, or anywhere. Asked only where sizes make it likely; the fit itself must tell the factor to a hundredth.
     */
    private Pair unit(Pair given) {
        double ratio = b.extent / Math.max(1e-12, a.extent);
        boolean moved = given.reason() == Reason.MOVED && Math.abs(given.stretch()) < 0.1;
        for (double unit : Units.FACTORS) {
            for (double s : new double[] {unit, 1 / unit}) {
                if (moved || ratio < s / 2.2 || ratio > s * 2.2) {
                    continue;
                }
                // the larger is made as small as the other: its numbers stay those of metres
                Judge j = s > 1 ? new Judge(a, b.scaled(1 / s)) : new Judge(a.scaled(s), b);
                if (j.run().verdict() == Verdict.CONSISTENT) {
                    return otherwise(given, Verdict.INCONSISTENT, Reason.UNIT, s - 1);
                }
                Estimate e = j.fitting(couple.count(Move.NONE, 1500));
                if (e != null && e.known() == 6 && Math.abs(e.stretch()) < 0.01 + 3 * e.stretchError()) {
                    return otherwise(given, Verdict.INCONSISTENT, Reason.UNIT, s - 1);
                }
            }
        }
        return given;
    }

    /**
     * The best fit of a's mirror image: of its axes turned round or exchanged where they are, and unless {@code near} anywhere.
     */
    private Starts.@Nullable Found reflected(Couple other, boolean near) {
        double q = Math.PI / 2;
        double[][] turns = {{0, 0, 0}, {0, 0, 2 * q}, {0, 2 * q, 0}, {0, 0, q}, {0, 0, -q}};
        double[] zero = {-a.origin[0], -a.origin[1], -a.origin[2]};
        List<Starts.Found> found = new ArrayList<>();
        for (double[] w : turns) {
            Move start = Move.about(zero, 0, 0, 0, w[0], w[1], w[2]);
            Move m = other.fit(start, Math.max(0.06 * extent, 6 * sigma), 6 * sigma, 800, 4);
            found.add(new Starts.Found(m, other.count(m, 1500)));
        }
        if (!near) {
            found.addAll(new Starts(other).find(true, 6, Starts.LEAST, 1));
        }
        Starts.Found first = null;
        for (Starts.Found f : found) {
            first = first == null || f.counts().net() > first.counts().net() ? f : first;
        }
        return first;
    }

    /** The fit of the two where nearly all that both should have is there, clearly more than without; null for none. */
    private @Nullable Estimate fitting(Couple.Counts without) {
        Starts.Found f = local();
        if (!fits(f.counts())) {
            if (!within() && !own()) {
                return null; // beside each other in either unit
            }
            List<Starts.Found> found = new Starts(couple).find(true, 6, Starts.LEAST, 1);
            if (found.isEmpty() || !fits(found.getFirst().counts()) || !alone(found)) {
                return null;
            }
            f = found.getFirst();
        }
        Estimate e = Estimate.of(couple, f.move(), 6000);
        return e != null && e.blocks() >= BLOCKS && clearly(f.counts(), without, 0.02) ? e : null;
    }

    private Pair run() {
        Couple.Counts given = couple.count(Move.NONE, 2000);
        Starts.Found local = local();
        best = local;
        Estimate e = local.counts().fit() < FITTING ? null : Estimate.of(couple, local.move(), 6000);
        if (e != null && e.blocks() >= BLOCKS && local.counts().against() <= LITTLE) {
            if (meets(given)) {
                return near(given, local, e);
            }
            if (e.square() > SURE && aside(local)) {
                indirect = true;
                return moved(given, local, e);
            }
        }
        return far(given, local, e);
    }

    /** Whether under the given poses so much can be compared that it says something. */
    private static boolean meets(Couple.Counts given) {
        return given.judged() >= Math.max(FITTING, 0.05 * (given.judged() + given.silent()));
    }

    /** The best fit that starts from the given poses: tight, so that what fits stays, and wide, so that moved walls are met. */
    private Starts.Found local() {
        double last = 6 * sigma;
        Starts.Found best = found(couple.fit(Move.NONE, last, last, 1000, 8));
        for (double first : new double[] {0.1 * extent, 0.4 * extent}) {
            if (first < 2 * last
                    || best.counts().against() < 0.03 && best.counts().share() > 0.5) {
                continue;
            }
            Starts.Found wide = found(couple.fit(Move.NONE, first, last, 1000, 5));
            if (clearly(wide.counts(), best.counts(), 0.02)) {
                best = wide;
            }
        }
        return best;
    }

    private Starts.Found found(Move m) {
        return found(couple, m);
    }

    private static Starts.Found found(Couple c, Move m) {
        return new Starts.Found(m, c.count(m, 1500));
    }

    /** Whether one explains more than the other, by a share of the places and beyond what the choice of places does. */
    private static boolean clearly(Couple.Counts one, Couple.Counts other, double share) {
        double n = Math.max(one.judged(), other.judged());
        return one.net() - other.net()
                > Math.max(
                        share * n, 6 * Math.sqrt(one.off() + one.through() + other.off() + other.through() + 0.01 * n));
    }

    /**
     * Whether a rival is contradicted more than what is found here, by a share of its places and beyond what the choice of
     * places does; noise and rasters let nobody see through stone, so of that a handful is enough. Or whether its surfaces only
     * run close to each other. What is silent under it speaks for neither: of two scans that are turned onto each other's
     * place both see the same, and in truth each hides some from the other.
     */
    private static boolean refuted(Couple.Counts rival, Couple.Counts here, double share) {
        double n = rival.judged();
        double bad = rival.off() + rival.through();
        double expected = here.against() * n;
        double through = here.through() * n / Math.max(1, here.judged());
        return bad - expected > Math.max(share * n, 3 * Math.sqrt(bad + expected + 0.01 * n))
                || rival.through() - through > 3 * Math.sqrt(rival.through() + through + 4)
                || rival.square() > Math.max(CLOSE, UNLIKE * here.square());
    }

    private Pair near(Couple.Counts given, Starts.Found local, Estimate e) {
        // single points scatter by all their noise, and what a slanting beam adds to it lies within that: it is no move
        double noise = a.single ? Math.max(a.noise, b.noise) : Math.min(a.noise, b.noise);
        double most = e.shift() + 3 * e.error();
        // few blocks make the covariance itself unsure
        double grow = e.blocks() > 12 ? (e.blocks() - 6.0) / e.blocks() : 0.3;
        double square = e.square() * grow;
        boolean opposed = opposed(given);
        if (square > SURE && e.shift() > 4 * e.error() && !(a.single && most < noise)) {
            if (!opposed && !touches(e, local.counts())) {
                // what little both saw edge-on scatters by more than noise: so does the move
                return pair(Verdict.NOT_CHECKED, Reason.COARSE, given, null);
            }
            indirect = !opposed && e.shift() > 6 * sigma;
            return moved(given, local, e);
        }
        if (e.known() == 6 && Math.abs(e.stretch()) > 7 * e.stretchError()) {
            return pair(Verdict.INCONSISTENT, Reason.SCALED, given, e);
        }
        // a move that is hardly one, and well within the noise, is what the raster of two scans leaves
        boolean hardly = most < noise && e.known() == 6 && e.loosest() < noise;
        if (square > DOUBT && !hardly || most > 3 * noise) {
            return pair(Verdict.NOT_CHECKED, Reason.COARSE, given, e);
        }
        // a wall that slides along itself is not doubled, but a mistake of three times the noise would not show
        if (e.known() < 6 || e.loosest() > 3 * noise) {
            // by how much its walls lie apart is said of one surface seen twice alone
            several = !touches(e, local.counts()) || given.against() > LITTLE;
            return pair(Verdict.NOT_CHECKED, Reason.SLIDES, given, e);
        }
        return inPlace(given, local, e);
    }

    /**
     * The verdict on two that fit after a move: it is named where all of it is known, no other place fits better, and none
     * about as well that is not far more of a mistake, as half a turn of a symmetric room is beside a shift.
     */
    private Pair moved(Couple.Counts given, Starts.Found local, Estimate e) {
        several = rivalled(local, true, 3 * new Starts(couple).apart(local.move(), Move.NONE));
        unsure = several || !amountKnown(e);
        return pair(Verdict.INCONSISTENT, Reason.MOVED, given, e);
    }

    /** Whether a move is known in every direction, to a fifth of its own length. */
    private boolean amountKnown(Estimate e) {
        double[] s = e.move().shift(e.about());
        double turn = extent * e.move().angle();
        double length = Math.sqrt(s[0] * s[0] + s[1] * s[1] + s[2] * s[2] + turn * turn);
        return e.known() == 6 && e.loosest() < 1.2 * length;
    }

    /** The verdict on two that fit in place, and nowhere else: whether nothing contradicts. */
    private Pair inPlace(Couple.Counts given, Starts.Found local, Estimate e) {
        open = new Open(given, local, e);
        touching = touches(e, local.counts());
        boolean partly = !touching || given.against() > LITTLE || couple.solid(Move.NONE, 6000) > WHOLE;
        inPlace = partly
                ? pair(Verdict.NOT_CHECKED, Reason.PARTLY, given, e)
                : pair(Verdict.CONSISTENT, Reason.FITS, given, e);
        return inPlace;
    }

    /**
     * Whether what fits lies as close as one surface seen twice: it may lie off by all its tolerance, and then it is another
     * surface that only runs close.
     */
    private boolean touches(Estimate e, Couple.Counts counts) {
        double single = a.single ? SINGLE : 1;
        return e.scale() <= single * TOUCH
                && counts.square() <= single * SPREAD
                && e.apart() <= Math.min(a.noise, b.noise);
    }

    /** Whether the given poses have anything against them: else what both share lies together where it is. */
    private boolean opposed(Couple.Counts given) {
        return given.fit() < FITTING || given.against() > LITTLE || given.square() > (a.single ? SINGLE : 1) * SPREAD;
    }

    /**
     * Whether in another place, far off, the two fit about as well, or, where they must be moved anyway, better.
     *
     * @param all whether to look at every rotation
     * @param reach a place farther off the given poses than this must fit better, metres
     */
    private boolean rivalled(Starts.Found given, boolean all, double reach) {
        Couple c = sighted();
        Starts starts = new Starts(c);
        Starts.Found local = c == couple ? given : found(c, given.move());
        // seen from elsewhere stone is rougher, and less of it is as close
        double held = c.within(local.move(), 6 * sigma, 800) / (double) Math.max(1, c.asked(800));
        double apart = Math.max(0.1 * extent, 10 * sigma);
        Couple.Counts here = null;
        for (Starts.Found f : starts.find(all, 8, 0.25 * held, all ? 1 : 4)) {
            if (starts.apart(f.move(), local.move()) <= apart) {
                continue;
            }
            f = polished(c, f, local);
            if (reach < Double.POSITIVE_INFINITY && clearly(f.counts(), local.counts(), 0.02) && fits(f.counts())) {
                return true; // two that fit in place may share more in a wrong one
            }
            if (starts.apart(f.move(), Move.NONE) < reach
                    && f.counts().fit() > rival(c) * local.counts().fit()
                    && f.counts().against() < 0.03 + 1.5 * local.counts().against()
                    && !refuted(f.counts(), local.counts(), 0.01)) {
                // what breaks a room's symmetry may be less than a hundredth of it: more places tell
                here = here == null ? c.count(local.move(), MANY, true) : here;
                if (a.single && worse(f.move(), here)) {
                    continue;
                }
                if (!refuted(c.count(f.move(), MANY, true), here, BREAKS)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * The two with eyes: where nobody says from where a scan was seen, from where its points tell. Only rivals are looked for
     * with such an eye: one told wrongly contradicts what is here as well.
     */
    private Couple sighted() {
        Patches one = a.seen();
        Patches other = b.seen();
        return one == a && other == b ? couple : new Couple(one, other);
    }

    /**
     * The share of what fits here that a rival must fit: two scans that a mistake lays onto each other may in truth share a
     * third of that, and where both eyes are known what is no rival is seen past.
     */
    private static double rival(Couple c) {
        return c.sighted() ? 0.3 : 0.5;
    }

    /** A move after it was fitted in directions, too, that hold little: in a room that is nearly round the turn. */
    private Starts.Found polished(Couple c, Starts.Found f, Starts.Found local) {
        Estimate e = Estimate.of(c, f.move(), 6000);
        Starts.Found g = e == null ? f : found(c, e.move());
        Starts.Found best = explained(g.counts()) > explained(f.counts()) ? g : f;
        boolean beside = best.counts().square() > CLOSE
                && best.counts().fit() > rival(c) * local.counts().fit();
        return beside && e != null ? walked(c, best, e) : best;
    }

    /**
     * What is found from a move along the direction that holds least: there a fit may come to rest beside where it should,
     * folds upon other folds, and what explains more lies a few steps further.
     */
    private Starts.Found walked(Couple c, Starts.Found f, Estimate e) {
        double[] d = e.weakest(extent);
        double[] about = new double[3];
        f.move().apply(e.about()[0], e.about()[1], e.about()[2], about);
        double step = Math.max(STEP * extent, 3 * sigma);
        Move to = f.move();
        double most = explained(c.count(to, 600));
        for (int side = -1; side <= 1; side += 2) {
            int worse = 0;
            for (int k = 1; k * step <= WALK * extent && worse < 2; k++) {
                double s = side * k * step;
                double t = s / extent;
                Move m = Move.about(about, s * d[0], s * d[1], s * d[2], t * d[3], t * d[4], t * d[5])
                        .after(f.move());
                double n = explained(c.count(m, 600));
                worse = n > most ? 0 : worse + 1;
                to = n > most ? m : to;
                most = Math.max(n, most);
            }
        }
        Starts.Found g = found(c, c.fit(to, Math.max(12 * sigma, 2 * step), 6 * sigma, 1500, 6));
        return explained(g.counts()) > explained(f.counts()) ? g : f;
    }

    /** What speaks for a move, how closely places lie counting, too: where walls are smooth all of them fit beside it. */
    private static double explained(Couple.Counts c) {
        return c.net() - 0.25 * c.fit() * c.square();
    }

    /**
     * Whether places lie farther off the surface under a rival move, fitted as well as it can be: of an inscription all fits
     * within noise when it is shifted along the stone, but strokes do not lie on strokes.
     */
    private boolean worse(Move rival, Couple.Counts here) {
        Estimate e = Estimate.of(couple, rival, 6000);
        return e != null && couple.count(e.move(), MANY).square() > WORSE * here.square();
    }

    private Pair far(Couple.Counts given, Starts.Found local, @Nullable Estimate e) {
        boolean meets = meets(given);
        boolean crowded = within();
        boolean own = own();
        if (!meets && !crowded && !own) {
            return pair(Verdict.NOT_CHECKED, Reason.APART, given, null);
        }
        Starts starts = new Starts(couple);
        List<Starts.Found> found = starts.find(true, 6, Starts.LEAST, 1);
        if (!found.isEmpty() && found.getFirst().counts().net() > local.counts().net()) {
            best = found.getFirst();
        }
        Starts.Found first =
                !found.isEmpty() && fits(found.getFirst().counts()) && alone(found) ? found.getFirst() : null;
        Estimate there = first == null ? null : Estimate.of(couple, first.move(), 6000);
        boolean moved = first != null
                && there != null
                && there.blocks() >= BLOCKS
                && starts.apart(first.move(), Move.NONE) > 3 * sigma
                && clearly(first.counts(), local.counts(), 0.02);
        elsewhere = own && moved && there != null && there.known() == 6;
        unsure = there != null && !amountKnown(there);
        if (elsewhere && first != null && !meets && aside(first)) {
            indirect = true;
            return pair(Verdict.INCONSISTENT, Reason.MOVED, given, there);
        }
        if (!meets && !crowded) {
            return pair(Verdict.NOT_CHECKED, Reason.APART, given, null);
        }
        boolean contradicts = meets && given.against() > MUCH;
        // without lines of sight: both fill one room, walls do not meet, and elsewhere they do
        boolean opposed = opposed(given);
        boolean inOne = moved
                && first != null
                && crowded
                && opposed
                && first.counts().share() > 2 * given.share()
                && first.counts().share() > 0.5
                && there != null
                && touches(there, first.counts());
        if (contradicts || inOne) {
            indirect = !contradicts;
            return pair(Verdict.INCONSISTENT, moved ? Reason.MOVED : Reason.CONTRADICTS, given, moved ? there : null);
        }
        Reason why = local.counts().fit() < FITTING
                ? Reason.APART
                : e == null || e.blocks() < BLOCKS ? Reason.FEW : Reason.PARTLY;
        return pair(Verdict.NOT_CHECKED, why, given, null);
    }

    /**
     * Whether two that share nothing where they are given stand beside each other by a mistake: a small move makes them share
     * more than half. Were they right, they would be two things that are alike, and such stand at least as far apart as either
     * is wide that way, or they would stand in each other; sides of one thing that are alike are turned by more.
     */
    private boolean aside(Starts.Found f) {
        double[] s = f.move().shift(a.middle);
        double far = Math.sqrt(s[0] * s[0] + s[1] * s[1] + s[2] * s[2]);
        return far < Math.min(a.width(s), b.width(s))
                && f.move().angle() < ASIDE
                && f.counts().share() > 0.5;
    }

    /** Whether nearly all that both should have under a move is there, and it is not a corner of either alone. */
    private static boolean fits(Couple.Counts c) {
        return c.fit() >= FITTING && c.against() < LITTLE / 2 && c.share() > 0.3;
    }

    /** Whether the best move explains clearly more than the next: else nobody can tell which it is. */
    private static boolean alone(List<Starts.Found> found) {
        return found.size() < 2
                || found.get(1).counts().net()
                        < 0.75 * found.getFirst().counts().net();
    }

    /** Whether neither says how it stands to the other. */
    private boolean own() {
        return a.ownFrame() && b.ownFrame();
    }

    /** Whether both fill one place: near most places of the smaller one the other has some surface. */
    private boolean within() {
        Patches from = a.size <= b.size ? a : b;
        Patches to = from == a ? b : a;
        var q = to.tree.query();
        int step = Math.max(1, from.size / 1000);
        int n = 0;
        int near = 0;
        for (int i = 0; i < from.size; i += step) {
            n++;
            near += q.nearest(from.place[3 * i], from.place[3 * i + 1], from.place[3 * i + 2], 1, 0.3 * extent) > 0
                    ? 1
                    : 0;
        }
        return near > 0.6 * n;
    }

    private Pair pair(Verdict verdict, Reason reason, Couple.Counts given, @Nullable Estimate e) {
        double all = Math.max(1, given.judged() + given.silent());
        return new Pair(
                a.station,
                b.station,
                verdict,
                reason,
                e == null || unsure || verdict == Verdict.NOT_CHECKED ? null : motion(e),
                given.judged(),
                given.judged() / all,
                given.judged() == 0 ? 0 : given.against(),
                e == null || several ? Double.NaN : e.shift(),
                e == null || several ? Double.NaN : e.error(),
                e == null ? Double.NaN : e.stretch(),
                e == null ? 0 : e.known(),
                e == null ? null : e.loose(),
                elsewhere);
    }

    private Motion motion(Estimate e) {
        double[] about = new double[3];
        for (int i = 0; i < 3; i++) {
            about[i] = e.about()[i] + a.origin[i];
        }
        return new Motion(e.move().shift(e.about()), e.move().turn(), about, e.covariance());
    }
}
