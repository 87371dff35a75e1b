package org.grotto.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.grotto.base.Json;
import org.grotto.base.Work;
import org.grotto.scene.Station;
import org.grotto.scene.Subject;
import org.grotto.store.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report's plan, elevations and pictures of openings, of a room known in closed form. */
class DrawingsTest {
    private static final List<Station> TWO = List.of(BoxRoom.station("S1", 9, 19), BoxRoom.station("S2", 11.5, 21));
    private static final String GRID = "PROJCS[\"Gauss & Krueger\",GEOGCS[\"x\"]]";

    @TempDir
    Path folder = Path.of("");

    private String page(ReportInput in) throws IOException {
        try (Work work = Work.silent()) {
            Report.write(in, folder, new Threads(work));
        }
        return Files.readString(folder.resolve("report.html"));
    }

    private String room(List<Station> stations, String crs) throws IOException {
        return page(BoxRoom.input(
                Subject.Kind.ROOM, BoxRoom.mesh(true), stations, crs, List.of(BoxRoom.WINDOW, BoxRoom.PIT)));
    }

    /** A drawing of the page: its picture, the picture's width in the drawing's units, and its marks. */
    private record Drawn(String svg, BufferedImage picture, double left, double top, double unitsAcross) {
        double number(String regex) {
            Matcher m = Pattern.compile(regex).matcher(svg);
            assertThat(m.find()).as(regex).isTrue();
            return Double.parseDouble(m.group(1));
        }

        /** Metres a unit, by the scale bar. */
        double metres() {
            return number("data-metres=\"([0-9.]+)\"") / number("data-units=\"([0-9.]+)\"");
        }

        boolean stone(double x, double y) {
            int px = (int) ((x - left) / unitsAcross * picture.getWidth());
            int py = (int) ((y - top) / unitsAcross * picture.getWidth());
            return (picture.getRGB(px, py) & 0xFFFFFF) != 0xFFFFFF;
        }

        /** How far from (x, y) to the picture's last stone in a direction, metres. */
        double reach(double x, double y, int dx, int dy) {
            double step = unitsAcross / picture.getWidth();
            double r = 0;
            double last = 0;
            while (x + dx * r > left
                    && x + dx * r < left + unitsAcross
                    && y + dy * r > top
                    && y + dy * r < top + unitsAcross * picture.getHeight() / picture.getWidth() - step) {
                last = stone(x + dx * r, y + dy * r) ? r : last;
                r += step;
            }
            return last * metres();
        }
    }

    private Drawn drawn(String html, String file, int which) throws IOException {
        List<String> all = Pattern.compile("<svg[^>]*class=\"chart\".*?</svg>", Pattern.DOTALL)
                .matcher(html)
                .results()
                .map(MatchResult::group)
                .filter(s -> s.contains("href=\"" + file + "\""))
                .toList();
        assertThat(all).as(file).hasSizeGreaterThan(which);
        Matcher m = Pattern.compile("<image [^>]* x=\"([0-9.]+)\" y=\"([0-9.]+)\" width=\"([0-9.]+)\"")
                .matcher(all.get(which));
        assertThat(m.find()).isTrue();
        return new Drawn(
                all.get(which),
                ImageIO.read(folder.resolve(file).toFile()),
                Double.parseDouble(m.group(1)),
                Double.parseDouble(m.group(2)),
                Double.parseDouble(m.group(3)));
    }

    @Test
    void stationsStandOnThePlanWhereTheyStoodInTheRoom() throws IOException {
        Drawn plan = drawn(room(TWO, null), "plan.png", 0);
        double x1 = plan.number("data-station=\"S1\" data-x=\"([0-9.]+)\"");
        double y1 = plan.number("data-station=\"S1\" data-x=\"[0-9.]+\" data-y=\"([0-9.]+)\"");
        double x2 = plan.number("data-station=\"S2\" data-x=\"([0-9.]+)\"");
        double y2 = plan.number("data-station=\"S2\" data-x=\"[0-9.]+\" data-y=\"([0-9.]+)\"");
        assertThat((x2 - x1) * plan.metres()).isCloseTo(2.5, within(0.005));
        assertThat((y1 - y2) * plan.metres()).as("+Y is up").isCloseTo(2, within(0.005));
        // from the second to the room's edges, in the picture itself
        double pixel = plan.unitsAcross() / plan.picture().getWidth() * plan.metres();
        assertThat(plan.reach(x2, y2, 1, 0)).isCloseTo(0.5, within(2 * pixel));
        assertThat(plan.reach(x2, y2, -1, 0)).isCloseTo(3.5, within(2 * pixel));
        assertThat(plan.reach(x2, y2, 0, -1)).isCloseTo(0.5, within(2 * pixel));
        assertThat(plan.reach(x2, y2, 0, 1)).isCloseTo(2.5, within(2 * pixel));
    }

    @Test
    void eachScaleBarIsAsLongAsItsLabelSays() throws IOException {
        String html = room(TWO, null);
        Drawn a = drawn(html, "elevation-a.png", 0);
        double middle = a.left() + a.unitsAcross() / 2;
        double level = a.top()
                + a.unitsAcross() * a.picture().getHeight() / a.picture().getWidth() / 2;
        double pixel = a.unitsAcross() / a.picture().getWidth() * a.metres();
        assertThat(a.reach(middle, level, 1, 0) + a.reach(middle, level, -1, 0)).isCloseTo(4, within(3 * pixel));
        assertThat(a.reach(middle, level, 0, 1) + a.reach(middle, level, 0, -1)).isCloseTo(2.5, within(3 * pixel));
        assertThat(a.svg()).contains(">0</text>", ">1 m</text>");
        assertThat(a.number("data-metres=\"([0-9.]+)\"")).isEqualTo(1);
        // 20 cm of the window's picture are 20 cm
        Drawn window = drawn(html, "opening-2.png", 0);
        assertThat(window.svg()).contains(">20 cm</text>");
        assertThat(window.number("data-metres=\"([0-9.]+)\"")).isEqualTo(0.2);
        double wide = 0;
        double mid = window.top()
                + window.unitsAcross()
                        * window.picture().getHeight()
                        / window.picture().getWidth()
                        / 2;
        double step = window.unitsAcross() / window.picture().getWidth();
        for (double x = window.left() + step / 2; x < window.left() + window.unitsAcross(); x += step) {
            wide += window.stone(x, mid) ? 0 : step * window.metres();
        }
        assertThat(wide).as("the gap between stone and stone").isCloseTo(0.5, within(0.01));
    }

    @Test
    void anOpeningsNumberStandsInTheGapOfItsWall() throws IOException {
        String html = room(TWO, null);
        Drawn b = drawn(html, "elevation-b.png", 1);
        double x = b.number("data-opening=\"2\" cx=\"([0-9.]+)\"");
        double y = b.number("data-opening=\"2\" cx=\"[0-9.]+\" cy=\"([0-9.]+)\"");
        assertThat(b.stone(x, y)).isFalse();
        assertThat(b.stone(x, y + 0.3 / b.metres())).isTrue();
        assertThat(b.stone(x + 0.4 / b.metres(), y)).isTrue();
        for (String other : List.of("a", "c", "d")) {
            assertThat(drawn(html, "elevation-" + other + ".png", 1).svg()).doesNotContain("data-opening");
        }
        assertThat(drawn(html, "plan.png", 1).svg()).contains("data-opening=\"1\"", "data-opening=\"2\"");
        assertThat(html)
                .contains("wall B, 1.10 m above the floor; area 0.1000 m²", "the floor; area 0.1600 m²")
                .contains("B 壁，高出地面 1.10 m");
        QualityReport r = Json.read(folder.resolve("report.json"), QualityReport.class);
        Fact all = r.fact("openings.area");
        assertThat(all).isNotNull();
        assertThat(all.value()).isEqualByComparingTo("0.26");
        assertThat(r.openings().stream()
                        .mapToDouble(o -> o.areaM2().doubleValue())
                        .sum())
                .isCloseTo(0.26, within(1e-9));
    }

    @Test
    void northIsDrawnWhereTheFrameKnowsItAndNowhereElse() throws IOException {
        String known = room(TWO, GRID);
        assertThat(drawn(known, "plan.png", 0).svg()).contains(">N</text>").doesNotContain(">+Y</text>");
        assertThat(known)
                .contains("Up is grid north, +Y of Gauss &amp; Krueger.")
                .doesNotContain("PROJCS");
        String unknown = room(TWO, null);
        assertThat(drawn(unknown, "plan.png", 0).svg()).contains(">+Y</text>").doesNotContain(">N</text>");
        assertThat(unknown).contains("do not say where north is");
    }

    @Test
    void stationsOfUnknownPlaceAreCountedAndFarOnesNamed() throws IOException {
        Station nowhere = new Station("S3", "s.e57", null, null, 10);
        String html = room(List.of(TWO.get(0), nowhere, BoxRoom.station("far", 90, 20)), null);
        assertThat(html).contains("not drawn: 1.", "Stations beyond the drawing: far.");
        assertThat(drawn(html, "plan.png", 0).svg())
                .contains("data-station=\"S1\"")
                .doesNotContain("data-station=\"far\"");
    }

    @Test
    void aBlockWithoutStationsSaysSoAndShowsItsExtents() throws IOException {
        String html = page(BoxRoom.input(Subject.Kind.OBJECT, BoxRoom.mesh(false), List.of(), null, List.of()));
        Drawn plan = drawn(html, "plan.png", 0);
        assertThat(plan.svg()).contains(">4.00 m</text>", ">3.00 m</text>").doesNotContain("data-station");
        assertThat(html).contains("there are no stations").doesNotContain("wall A", "the floor");
        assertThat(drawn(html, "elevation-b.png", 0).svg()).contains(">3.00 m</text>", ">2.50 m</text>");
    }

    @Test
    void aPanelIsSeenFromItsFrontAlone() throws IOException {
        page(BoxRoom.input(Subject.Kind.PANEL, BoxRoom.mesh(false), List.of(), null, List.of()));
        assertThat(folder.resolve("elevation-a.png")).isNotEmptyFile();
        assertThat(folder.resolve("elevation-b.png")).doesNotExist();
        assertThat(folder.resolve("plan.png")).doesNotExist();
    }

    @Test
    void theOuterEdgeOfAnOpenModelIsNoHoleInIt() {
        ReportInput in = BoxRoom.input(Subject.Kind.SITE, BoxRoom.mesh(false), List.of(), null, List.of());
        Sides sides = Sides.of(in.info(), Subject.Kind.SITE, in.mesh());
        double[] rim = {8, 18.5, 0, 12, 18.5, 0, 12, 21.5, 0, 8, 21.5, 0};
        ReportInput.Opening edge = new ReportInput.Opening(
                14, 12, new double[] {10, 20, 0}, new org.grotto.geometry.Box(8, 18.5, 0, 12, 21.5, 0), rim, null);
        assertThat(sides.edge(edge)).isTrue();
        assertThat(sides.edge(BoxRoom.PIT)).isFalse();
        assertThat(sides.place(edge).en()).isEqualTo("the outer edge of the model");
    }
}
