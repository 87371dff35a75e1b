package org.grotto.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.format.las.Crs;
import org.grotto.geometry.Box;
import org.grotto.geometry.Pose;
import org.grotto.report.ReportInput.Opening;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.Station;
import org.grotto.scene.Subject;
import org.jspecify.annotations.Nullable;

/** Puts the measured drawings on the page: the plan with its stations, the elevations, the map and pictures of openings. */
final class Drawings {
    /** Units of a drawing over the whole width of the page, and over two thirds, half and a third of it. */
    private static final int FULL = 680;

    private static final int MAP = 440;
    private static final int HALF = 330;
    private static final int THIRD = 220;
    /** Names of stations stand on the plan where they are few and short; else their numbers do. */
    private static final int FEW = 24;

    private static final int SHORT = 18;

    private final Html h;
    private final CaveInfo info;
    private final Sheets sheets;
    private final boolean room;
    private final boolean north;

    Drawings(Html h, CaveInfo info, Sheets sheets) {
        this.h = h;
        this.info = info;
        this.sheets = sheets;
        this.room = sheets.sides().kind().encloses();
        this.north = Cover.north(info.frame().crs());
    }

    /** The plan with the stations, and each side. */
    void planAndElevations() {
        Sheets.Sheet plan = sheets.plan();
        if (plan == null) {
            h.tag("p", "report.plan-none");
        } else {
            plan(plan);
        }
        Text means = Texts.of(
                switch (sheets.sides().kind()) {
                    case ROOM -> "report.elevations-room";
                    case OBJECT -> "report.elevations-object";
                    case PANEL -> "report.elevations-panel";
                    case SITE -> "report.elevations-site";
                });
        h.tag("p", means);
        elevations(false);
    }

    private void plan(Sheets.Sheet plan) {
        Box whole = sheets.sides().whole();
        List<Station> stations = info.stations();
        boolean names = stations.size() <= FEW
                && stations.stream().allMatch(s -> s.name().length() <= SHORT);
        List<Station> known = stations.stream().filter(s -> s.pose() != null).toList();
        Chart c = new Chart(plan, FULL, !room);
        if (!room) {
            c.extents(whole);
        }
        List<Text> words = new ArrayList<>();
        words.add(Texts.of(
                room ? "report.plan-room" : "report.plan-open",
                "height",
                String.format(
                        Locale.ROOT,
                        "%.2f",
                        -plan.at().front() - sheets.sides().box().minZ())));
        if (sheets.sides().all().size() > 1) {
            sheets.sides().all().forEach(s -> c.side(s, room));
            words.add(Texts.of(room ? "report.plan-letters" : "report.plan-letters-outside"));
        }
        List<String> outside = new ArrayList<>();
        List<Runnable> labels = new ArrayList<>();
        for (int i = 0; i < stations.size(); i++) {
            Station s = stations.get(i);
            Pose p = s.pose();
            if (p == null) {
                continue;
            }
            double[] at = {p.tx(), p.ty(), p.tz()};
            String label = names ? s.name() : String.valueOf(i + 1);
            if (c.station(at, label)) {
                labels.add(() -> c.label(at, label));
            } else {
                outside.add(label);
            }
        }
        labels.forEach(Runnable::run);
        if (known.isEmpty()) {
            words.add(Texts.of(stations.isEmpty() ? "report.plan-of-mesh" : "report.plan-no-stations"));
        } else {
            words.add(Texts.of(names ? "report.plan-stations" : "report.plan-numbers"));
        }
        if (!known.isEmpty() && known.size() < stations.size()) {
            words.add(Texts.of("report.plan-unknown", "n", stations.size() - known.size()));
        }
        if (!outside.isEmpty()) {
            words.add(Texts.of("report.plan-outside", "names", String.join(", ", outside)));
        }
        words.add(
                north
                        ? Texts.of(
                                "report.plan-north",
                                "name",
                                Crs.name(String.valueOf(info.frame().crs())))
                        : Texts.of("report.plan-no-north"));
        figure("", c.done(north), joined(words));
    }

    /** One after the other. */
    private static Text joined(List<Text> words) {
        StringBuilder zh = new StringBuilder();
        StringBuilder en = new StringBuilder();
        for (Text t : words) {
            zh.append(t.zh());
            en.append(en.isEmpty() ? "" : " ").append(t.en());
        }
        return new Text(zh.toString(), en.toString());
    }

    private void figure(String kind, String svg, Text caption) {
        h.raw(kind.isEmpty() ? "<figure>" : "<figure class=\"" + kind + "\">")
                .raw(svg)
                .raw("<figcaption>")
                .text(caption)
                .raw("</figcaption></figure>\n");
    }

    private void elevations(boolean numbered) {
        boolean several = sheets.elevations().size() > 1;
        h.raw(several ? numbered ? "<div class=\"two map\">\n" : "<div class=\"two\">\n" : "");
        for (Sheets.Sheet e : sheets.elevations()) {
            Chart c = new Chart(e, several ? HALF : FULL, !room && !numbered);
            if (!room && !numbered) {
                c.extents(sheets.sides().whole());
            }
            if (numbered) {
                numbers(c, e.letter());
            }
            boolean lying = Math.abs(e.at().forward()[2]) > 0.9;
            figure("", c.done(north && lying), Texts.of("report.elevation", "letter", e.letter()));
        }
        h.raw(several ? "</div>\n" : "");
    }

    /** The numbers of the openings that are drawn on a side; of all where {@code letter} is null. */
    private void numbers(Chart c, @Nullable String letter) {
        for (int i = 0; i < sheets.openings().size(); i++) {
            Opening o = sheets.openings().get(i);
            Sides sides = sheets.sides();
            if (letter == null ? sides.onPlan(o) : letter.equals(sides.letter(o))) {
                c.number(o.centre(), i + 1);
            }
        }
    }

    /** Where the listed openings are, and pictures of the largest. */
    void openings(List<QualityReport.Hole> holes) {
        Sheets.Sheet plan = sheets.plan();
        if (sheets.closeUps().isEmpty()) {
            h.tag("p", "report.openings-edge");
            return;
        }
        h.tag("p", "report.openings-map");
        if (plan != null && sheets.openings().stream().anyMatch(sheets.sides()::onPlan)) {
            Chart c = new Chart(plan, MAP, false);
            numbers(c, null);
            figure("map", c.done(north), Texts.of(room ? "report.openings-plan-room" : "report.openings-plan"));
        }
        if (sheets.sides().kind() != Subject.Kind.SITE) {
            elevations(true);
        }
        h.tag("h3", "report.openings-closer")
                .tag("p", "report.openings-closer-means")
                .raw("<div class=\"three\">\n");
        for (Sheets.Sheet s : sheets.closeUps()) {
            int i = Integer.parseInt(s.letter()) - 1;
            QualityReport.Hole hole = holes.get(i);
            Chart c = new Chart(s, THIRD, false).rim(sheets.openings().get(i).rim());
            figure(
                    "",
                    c.done(false),
                    Texts.of(
                            "report.opening-caption",
                            "n",
                            hole.number(),
                            "place",
                            hole.place(),
                            "area",
                            Fact.show(hole.areaM2())));
        }
        h.raw("</div>\n");
    }
}
