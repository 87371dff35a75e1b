package org.grotto.subject;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.scene.Subject;
import org.grotto.scene.Subject.Kind;

/**
 * Weighs {@link Evidence}. Every vote is a log-odds, limited so that none alone outweighs all others: what was seen (lines
 * of sight, normals with their side) counts most, shape less, size least. The one length among them is a person's eye
 * height: who scans a room from inside stands in it.
 *
 * <p>A surface is first taken for the border of an enclosed space (then room or object: which side is the open one?) or
 * for one that encloses nothing (then panel, site, or an object seen in part). The shares of the kinds add up to 1.
 */
final class Verdict {
    private static final double EYE_HEIGHT = 1.6;
    /** Odds of three to one and more are sure. */
    private static final double SURE = 3;

    private static final double LOG_SURE = StrictMath.log(SURE);
    /** Of a picture's border so much is filled where it cut off what goes on beyond. */
    private static final double CUT = 0.8;
    /** More than this share of scattered area begins to hide what shape there is, and at three tenths more there is none. */
    private static final double SCATTERED = 0.2;

    private static final double ALL_SCATTERED = 0.5;
    /** So many reasons are told beside the first, whether it encloses a space. */
    private static final int TOLD = 3;

    private final Evidence e;
    private final Map<Kind, Double> share = new EnumMap<>(Kind.class);
    private final List<Reason> reasons = new ArrayList<>();
    /** The vote of the size, for a room, in {@link #roomRatherThanObject}. */
    private double size;
    /** The vote of what stands within and cannot be seen from outside, in {@link #roomRatherThanObject}. */
    private double within;
    /** The vote of normals that triangles were written with, for a room, in {@link #roomRatherThanObject}. */
    private double written;
    /** The votes of the shape, for a panel, in {@link #panelRatherThanSolid}. */
    private double sheet;
    /** How far leaves, wires and noise take the place of surface, 0 to 1: what has no surface encloses nothing. */
    private final double loose;

    private final boolean cut;
    /** Whether the votes that are heard are about what encloses a space. */
    private boolean weighingClosed;

    /** A vote that says something to readers, for the kinds that it speaks for. */
    private record Reason(double weight, boolean ofClosed, List<Kind> speaksFor, Text text) {}

    private Verdict(Evidence e) {
        this.e = e;
        this.loose = limit((e.scattered - SCATTERED) / (ALL_SCATTERED - SCATTERED), 0, 1);
        this.cut = e.bordered > CUT;
    }

    /** The verdict of the data. */
    static Subject of(Evidence e) {
        return new Verdict(e).weigh();
    }

    private Subject weigh() {
        if (e.discs < Surfels.LEAST) {
            Kind k = e.longest > 4 * EYE_HEIGHT ? Kind.SITE : Kind.OBJECT;
            Text why = Texts.of("subject.reason.too-few", "n", e.discs);
            return new Subject(k, false, false, numbers(), List.of(why));
        }
        double hollow = limit(20 * (e.roofed - 0.35), 6, 6) * (1 - loose) - 2 * loose;
        weighingClosed = true;
        double room = roomRatherThanObject();
        weighingClosed = false;
        double panel = panelRatherThanSolid();
        double site = siteRatherThanObject();
        double flat = e.thickness < 0.08 && e.oneWay > 0.8 && !(e.sightsIn > 0.5) && e.wide < EYE_HEIGHT / 2 ? 2 : -6;
        double roofless = 6 * e.eyesWalled - 4;
        // what encloses a space, and what does not; in each, the kinds' shares by their log-odds
        double closed = odds(hollow);
        // leaves over open ground look like a crooked room, but for most of the ground there is nothing above
        double sky = limit(14 * (e.sky - 0.45), 5, 5) - 5 * e.eyesRoofed;
        double[] ofClosed = {
            closed * odds(-roofless) * odds(room) * odds(-sky),
            closed * odds(-roofless) * odds(-room) * odds(-flat),
            closed * odds(-roofless) * odds(-room) * odds(flat),
            closed * (odds(roofless) + odds(-roofless) * odds(room) * odds(sky))
        };
        double open = odds(-hollow);
        double within = 9 * e.eyesRoofed - 5;
        double[] ofOpen = {
            open * odds(within),
            open * odds(-within) * odds(-panel) * odds(-site),
            open * odds(-within) * odds(panel),
            open * odds(-within) * odds(-panel) * odds(site)
        };
        for (Kind k : Kind.values()) {
            share.put(k, ofClosed[k.ordinal()] + ofOpen[k.ordinal()]);
        }
        if (cut) {
            // what a picture's border cut off is no object that stands there; where a person may stand it is part of a
            // room
            double beyond = share(Kind.OBJECT) * odds(2);
            share.merge(Kind.OBJECT, -beyond, Double::sum);
            share.merge(e.longest > EYE_HEIGHT ? Kind.ROOM : Kind.PANEL, beyond, Double::sum);
        }
        List<Kind> order = new ArrayList<>(List.of(Kind.values()));
        order.sort(Comparator.comparingDouble((Kind k) -> -share(k)));
        Kind best = order.getFirst();
        boolean insideOut = best == Kind.ROOM && written > 0 && room - size - written <= LOG_SURE;
        boolean sure = share(best) >= SURE * share(order.get(1))
                && standsWithoutSize(best, closed, room)
                && !insideOut
                && isWhole(best);
        boolean asClosed = ofClosed[best.ordinal()] >= ofOpen[best.ordinal()];
        List<Text> words = new ArrayList<>();
        words.add(enclosure(best, asClosed));
        reasons.stream()
                .filter(r -> r.ofClosed == (asClosed && best != Kind.SITE))
                .filter(r -> r.weight > 0.25 && r.speaksFor.contains(best))
                .sorted(Comparator.comparingDouble(r -> -r.weight))
                .limit(TOLD)
                .map(Reason::text)
                .forEach(words::add);
        if (!sure && loose > 0 && loose <= 0.5) {
            words.add(Texts.of("subject.reason.scattered", "share", percent(e.scattered)));
        }
        if (!sure && cut) {
            words.add(Texts.of("subject.reason.cut"));
        }
        if (insideOut) {
            words.add(Texts.of("subject.reason.inside-out"));
        }
        if (words.size() == 1) {
            words.add(Texts.of("subject.reason.little"));
        }
        return new Subject(best, false, sure, numbers(), words);
    }

    /**
     * Whether what encloses a space is a room or an object by more than its size, where neither eyes nor normals tell, and a
     * sheet one by its shape: a size is as good as the unit that nobody stated.
     */
    private boolean standsWithoutSize(Kind best, double closed, double room) {
        if (best == Kind.PANEL) {
            return closed > 0.5 || sheet > 0;
        }
        if (!Double.isNaN(e.sightsIn) || !Double.isNaN(e.normalsIn) || closed < 0.5) {
            return true;
        }
        double without = room - size;
        // a floor, a low ceiling: a house seen from outside has as much
        return best == Kind.ROOM
                ? without > LOG_SURE && within > LOG_SURE
                : best != Kind.OBJECT || without < 0 || size < -LOG_SURE;
    }

    /** Whether what was seen is surface, and not cut out of more: else nobody can be sure of an object or a room by its shape. */
    private boolean isWhole(Kind best) {
        return switch (best) {
            case PANEL -> loose < 0.5 || sheet > LOG_SURE;
            case SITE -> loose < 0.5 || e.sky > 0.5;
            case ROOM -> e.eyesRoofed > 0.5 || loose < 0.5 && !cut;
            case OBJECT -> loose < 0.5 && !cut;
        };
    }

    private double share(Kind k) {
        return share.getOrDefault(k, 0.0);
    }

    /** The probability of log-odds. */
    private static double odds(double log) {
        return 1 / (1 + StrictMath.exp(-log));
    }

    private static double limit(double v, double least, double most) {
        return Math.max(-least, Math.min(most, v));
    }

    private void say(double weight, List<Kind> kinds, Text text) {
        reasons.add(new Reason(Math.abs(weight), weighingClosed, kinds, text));
    }

    private static final List<Kind> ROOM = List.of(Kind.ROOM);
    private static final List<Kind> OBJECT = List.of(Kind.OBJECT);
    private static final List<Kind> SOLID = List.of(Kind.OBJECT, Kind.PANEL);

    private Text enclosure(Kind best, boolean closed) {
        String share = percent(e.roofed);
        if (best == Kind.SITE && e.sky > 0.5) {
            return Texts.of("subject.reason.sky", "share", percent(e.sky));
        }
        if (loose > 0.5) {
            return Texts.of("subject.reason.scattered", "share", percent(e.scattered));
        }
        if (!closed) {
            return best == Kind.ROOM && e.eyesRoofed > 0
                    ? Texts.of("subject.reason.eyes-within", "share", percent(e.eyesRoofed))
                    : share.equals("0")
                            ? Texts.of("subject.reason.open")
                            : Texts.of("subject.reason.mostly-open", "share", share);
        }
        return Texts.of(
                best == Kind.ROOM || best == Kind.SITE ? "subject.reason.enclosed" : "subject.reason.hollow",
                "share",
                share);
    }

    /** Positive where the open side of what encloses a space is the inner one. */
    private double roomRatherThanObject() {
        double sum = 0;
        if (!Double.isNaN(e.sightsIn)) {
            double v = 6 * (2 * e.sightsIn - 1);
            say(
                    v,
                    v > 0 ? ROOM : SOLID,
                    v > 0
                            ? Texts.of("subject.reason.seen-from-inside", "share", percent(e.sightsIn))
                            : Texts.of("subject.reason.seen-from-outside", "share", percent(1 - e.sightsIn)));
            sum += v;
        }
        if (!Double.isNaN(e.normalsIn)) {
            double v = 5 * (2 * e.normalsIn - 1);
            say(
                    v,
                    v > 0 ? ROOM : SOLID,
                    v > 0
                            ? Texts.of("subject.reason.normals-in", "share", percent(e.normalsIn))
                            : Texts.of("subject.reason.normals-out", "share", percent(1 - e.normalsIn)));
            sum += v;
            // which way a scanner's normals face, eyes decided; triangles of an object may be written inside out
            written = e.scanned || !Double.isNaN(e.sightsIn) ? 0 : v;
        }
        within = (1 - loose) * limit(30 * (e.hidden - 0.03), 0, 4.5);
        double both = within + limit(8 * (e.both - 0.06), 0.3, 1);
        if (both > 0 && e.hidden > 0.03) {
            say(both, ROOM, Texts.of("subject.reason.stands-within", "share", percent(e.hidden)));
        }
        double floor = -limit(4 * (0.7 - e.floored), 0, 2.5);
        if (floor < 0) {
            say(floor, OBJECT, Texts.of("subject.reason.no-floor"));
        }
        double stoop = Math.min(0, 1.5 * StrictMath.log(e.height / EYE_HEIGHT));
        size = e.wide > 0 ? limit(3 * StrictMath.log(e.wide / (0.9 * EYE_HEIGHT)) + stoop, 3.5, 2.2) : 0;
        if (e.wide > 0) {
            say(
                    size,
                    size > 0 ? ROOM : OBJECT,
                    Texts.of(
                            size > 0 ? "subject.reason.fits-a-person" : "subject.reason.fits-nobody",
                            "wide",
                            metres(e.wide)));
        }
        double slender = -limit(1.2 * StrictMath.log(e.slender), 0.7, 1.5);
        if (slender < 0) {
            say(slender, OBJECT, Texts.of("subject.reason.slender"));
        }
        double level = limit(5 * (e.level - 0.5), 2, 0.6);
        say(
                level,
                level > 0 ? ROOM : OBJECT,
                Texts.of(level > 0 ? "subject.reason.level" : "subject.reason.not-level", "share", percent(e.level)));
        return sum + both + floor + size + slender + level;
    }

    /** Positive where what encloses nothing is a sheet. */
    private double panelRatherThanSolid() {
        double thin = limit(-2 * StrictMath.log(e.thickness / 0.06), 3, 2.5);
        double oneWay = limit(8 * (e.oneWay - 0.8), 3, 1.6);
        sheet = thin + oneWay;
        // small things are sheets as far as they are flat
        double size = limit(-2 * StrictMath.log(e.longest / (10 * EYE_HEIGHT)), 4, sheet > 0 ? 3 : 1.5);
        // ground always faces up, panels do one time in six
        double up = e.upright < 0.85 ? 0 : e.fromAbove < 0.5 ? 2.5 : -1.8;
        double walled = -12 * e.walled;
        Text flat = Texts.of(
                "subject.reason.flat", "share", percent(e.oneWay), "thick", percent(Math.min(9.99, e.thickness)));
        say(Math.max(0, thin + oneWay), List.of(Kind.PANEL), flat);
        if (up > 0) {
            say(up, List.of(Kind.PANEL), Texts.of("subject.reason.from-below"));
        }
        say(
                Math.max(0, -thin - oneWay),
                List.of(Kind.OBJECT, Kind.SITE),
                Texts.of(
                        "subject.reason.uneven",
                        "share",
                        percent(e.oneWay),
                        "thick",
                        percent(Math.min(9.99, e.thickness))));
        return thin + oneWay + size + up + walled;
    }

    /** Positive where what encloses nothing is ground or rock rather than an object seen in part. */
    private double siteRatherThanObject() {
        double size = limit(1.5 * StrictMath.log(e.longest / (2.5 * EYE_HEIGHT)), 3, 4);
        say(
                size,
                size > 0 ? List.of(Kind.SITE) : SOLID,
                Texts.of(size > 0 ? "subject.reason.large" : "subject.reason.small", "size", metres(e.longest)));
        double up = e.upright > 0.85 && e.oneWay > 0.6 && !(e.fromAbove < 0.5) ? 1 : 0;
        if (up > 0) {
            say(up, List.of(Kind.SITE), Texts.of("subject.reason.ground", "share", percent(e.oneWay)));
        }
        double down = e.upright > 0.85 && e.fromAbove < 0.2 ? -4.5 : 0;
        if (down < 0) {
            say(down, SOLID, Texts.of("subject.reason.from-below"));
        }
        double walled = e.longest > 1.5 * EYE_HEIGHT ? 6 * e.walled : 0;
        if (walled > 0.6) {
            say(walled, List.of(Kind.SITE), Texts.of("subject.reason.walled", "share", percent(e.walled)));
        }
        double eyes = 0;
        if (e.eyes > 0) {
            eyes = limit(8 * (e.eyesEnclosed - 0.3), 1, 1.5) + 4 * e.eyesWalled;
            say(
                    eyes,
                    eyes > 0 ? List.of(Kind.SITE) : SOLID,
                    Texts.of("subject.reason.eyes-see", "share", percent(e.eyesEnclosed)));
        }
        return size + up + down + walled + eyes;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f", 100 * share);
    }

    private static String metres(double m) {
        return m >= 10
                ? String.format(Locale.ROOT, "%.0f m", m)
                : m >= 1 ? String.format(Locale.ROOT, "%.1f m", m) : String.format(Locale.ROOT, "%.3g mm", 1000 * m);
    }

    private Map<String, Double> numbers() {
        Map<String, Double> m = new LinkedHashMap<>();
        m.put("discs", (double) e.discs);
        m.put("longest", rounded(e.longest));
        if (e.discs >= Surfels.LEAST) {
            m.put("area.roofed", rounded(e.roofed));
            m.put("area.both-sides", rounded(e.both));
            m.put("area.hidden", rounded(e.hidden));
            m.put("area.walled", rounded(e.walled));
            m.put("chord", rounded(e.wide));
            m.put("floored", rounded(e.floored));
            m.put("level", rounded(e.level));
            m.put("sky", rounded(e.sky));
            m.put("scattered", rounded(e.scattered));
            m.put("slender", rounded(e.slender));
            m.put("thickness", rounded(e.thickness));
            m.put("one-way", rounded(e.oneWay));
            m.put("upright", rounded(e.upright));
            m.put("bordered", rounded(e.bordered));
            m.put("eyes", (double) e.eyes);
            if (e.eyes > 0) {
                m.put("eyes.enclosed", rounded(e.eyesEnclosed));
                m.put("eyes.roofed", rounded(e.eyesRoofed));
                m.put("eyes.walled", rounded(e.eyesWalled));
            }
            if (!Double.isNaN(e.sightsIn)) {
                m.put("sights-in", rounded(e.sightsIn));
            }
            if (!Double.isNaN(e.normalsIn)) {
                m.put("normals-in", rounded(e.normalsIn));
            }
            if (!Double.isNaN(e.fromAbove)) {
                m.put("from-above", rounded(e.fromAbove));
            }
            share.forEach((k, v) -> m.put("for." + k.name().toLowerCase(Locale.ROOT), rounded(v)));
        }
        return Collections.unmodifiableMap(m);
    }

    private static double rounded(double v) {
        return Math.rint(v * 1e3) / 1e3;
    }
}
