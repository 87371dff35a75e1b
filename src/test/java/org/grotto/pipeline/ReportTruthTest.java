package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.grotto.base.Json;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The report's own tables against a cloud whose numbers are known: a cube of 2 m, seen whole by two stations, with a square
 * hole in one wall, noise along the beams, and the second station out of its place.
 */
class ReportTruthTest {
    private static final double SIDE = 2;
    private static final double HOLE = 0.6;
    private static final double SPACING = 0.02;
    private static final double NOISE = 0.0005;
    private static final double[] MOVE = {0.006, -0.003, 0.002};
    private static final int TWICE = 123;

    @TempDir
    static Path dir;

    private static JsonNode report;
    private static final Map<String, Double> FACTS = new HashMap<>();
    private static final int[] POINTS = new int[2];

    @BeforeAll
    static void build() throws IOException {
        Path ptx = dir.resolve("cube.ptx");
        try (PrintWriter out = new PrintWriter(ptx.toFile(), StandardCharsets.US_ASCII)) {
            station(out, 0, new double[] {0.6, 1, 1}, new double[3]);
            station(out, 1, new double[] {1.4, 0.9, 1.1}, MOVE);
        }
        Path cave = dir.resolve("cave");
        try (Work work = new Work(2, 1L << 30, Progress.NONE)) {
            Build.run(List.of(ptx), Recipe.DEFAULTS, cave, "test", p -> {}, work);
        }
        Contract.assertKept(cave);
        report = Json.tree(cave.resolve("quality/report.json"));
        report.get("facts")
                .forEach(f -> FACTS.put(f.get("key").asString(), f.get("value").asDouble()));
    }

    /** One scan in its own frame; what its pose says is off by {@code move}. */
    private static void station(PrintWriter out, int index, double[] eye, double[] move) {
        Random random = new Random(11 + index);
        StringBuilder rows = new StringBuilder();
        int n = (int) Math.round(SIDE / SPACING);
        int points = 0;
        int twice = 0;
        for (int face = 0; face < 6; face++) {
            int a = face / 2;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double[] p = new double[3];
                    p[a] = face % 2 * SIDE;
                    p[(a + 1) % 3] = (i + 0.5 + 0.4 * (random.nextDouble() - 0.5)) * SPACING;
                    p[(a + 2) % 3] = (j + 0.5 + 0.4 * (random.nextDouble() - 0.5)) * SPACING;
                    boolean hole =
                            face == 1 && Math.abs(p[1] - SIDE / 2) < HOLE / 2 && Math.abs(p[2] - SIDE / 2) < HOLE / 2;
                    if (hole) {
                        continue;
                    }
                    double range = Math.sqrt((p[0] - eye[0]) * (p[0] - eye[0])
                            + (p[1] - eye[1]) * (p[1] - eye[1])
                            + (p[2] - eye[2]) * (p[2] - eye[2]));
                    double longer = 1 + NOISE * random.nextGaussian() / range;
                    for (int k = 0; k < 3; k++) {
                        p[k] = eye[k] + longer * (p[k] - eye[k]);
                    }
                    String row = String.format(
                            Locale.ROOT, "%.6f %.6f %.6f 0.5%n", p[0] - eye[0], p[1] - eye[1], p[2] - eye[2]);
                    rows.append(row);
                    points++;
                    if (index == 0 && twice < TWICE && points % 100 == 0) {
                        rows.append(row);
                        points++;
                        twice++;
                    }
                }
            }
        }
        POINTS[index] = points;
        String at = String.format(Locale.ROOT, "%.6f %.6f %.6f", eye[0] + move[0], eye[1] + move[1], eye[2] + move[2]);
        out.printf("%d%n1%n%s%n1 0 0%n0 1 0%n0 0 1%n1 0 0 0%n0 1 0 0%n0 0 1 0%n%s 1%n", points, at, at);
        out.print(rows);
    }

    private static double fact(String key) {
        assertThat(FACTS).containsKey(key);
        return FACTS.get(key);
    }

    @Test
    void pointsAreCounted() {
        assertThat(fact("points.read")).isEqualTo(POINTS[0] + POINTS[1]);
        JsonNode twice = report.get("removed").get(0);
        assertThat(twice.get("reason").get("en").asString()).isEqualTo("the same point twice");
        assertThat(twice.get("points").asInt()).isEqualTo(TWICE);
        assertThat(twice.get("percent").asDouble()).isCloseTo(100.0 * TWICE / (POINTS[0] + POINTS[1]), within(0.0006));
        long removed = 0;
        for (JsonNode r : report.get("removed")) {
            removed += r.get("points").asLong();
        }
        assertThat(fact("points")).isEqualTo(POINTS[0] + POINTS[1] - removed);
        assertThat(removed - TWICE).as("good points removed").isLessThan(20);
        assertThat(report.get("stations").get(0).get("points").asLong()
                        + report.get("stations").get(1).get("points").asLong())
                .isEqualTo((long) fact("points"));
    }

    /** A station's points are on a grid of 20 mm; the two stations' together are half as far apart by area. */
    @Test
    void spacingIsThatOfTheGrid() {
        for (JsonNode s : report.get("stations")) {
            // each point is off by up to a fifth of a step in two directions, and the nearest of four is nearer than a
            // step
            assertThat(s.get("spacingMedianMm").asDouble()).isBetween(780 * SPACING, 880 * SPACING);
        }
        assertThat(fact("spacing.median")).isCloseTo(1000 * SPACING / Math.sqrt(2), within(0.8));
        long counted = 0;
        for (JsonNode c : report.get("histograms").get("spacing").get("counts")) {
            counted += c.asLong();
        }
        counted += report.get("histograms").get("spacing").get("below").asLong();
        counted += report.get("histograms").get("spacing").get("above").asLong();
        assertThat(counted).isEqualTo((long) fact("points"));
    }

    @Test
    void noiseIsThatOfThePoints() {
        for (JsonNode s : report.get("stations")) {
            assertThat(s.get("noiseMm").asDouble()).isCloseTo(1000 * NOISE, within(0.05));
            assertThat(s.get("noiseSamples").asLong()).isGreaterThan(300);
        }
        assertThat(fact("noise")).isCloseTo(1000 * NOISE, within(0.05));
    }

    /** On a cube's walls, two across each axis, a move d shifts the walls by |d| / sqrt(3) in the root mean square. */
    @Test
    void theStationsMoveIsFoundWithinATenth() {
        JsonNode registration = report.get("registration");
        assertThat(registration.get("verdict").asString()).isEqualTo("inconsistent");
        assertThat(registration.get("pairs").size()).isEqualTo(1);
        JsonNode p = registration.get("pairs").get(0);
        double wall = 1000 * Math.sqrt((MOVE[0] * MOVE[0] + MOVE[1] * MOVE[1] + MOVE[2] * MOVE[2]) / 3);
        assertThat(p.get("verdict").asString()).isEqualTo("inconsistent");
        assertThat(p.get("wallMm").asDouble()).isCloseTo(wall, within(0.1 * wall));
        for (int a = 0; a < 3; a++) {
            assertThat(Math.abs(p.get("shift").get(a).asDouble())).isCloseTo(Math.abs(MOVE[a]), within(0.0003));
            assertThat(p.get("rotation").get(a).asDouble()).isCloseTo(0, within(0.0005));
        }
        assertThat(fact("pairs.judged")).isEqualTo(1);
        assertThat(fact("pairs.doubled")).isEqualTo(1);
        assertThat(report.get("warnings").toString())
                .contains("do not fit")
                .contains(p.get("a").asString());
    }

    /** The surface reaches into the hole as far as trimming allows from the last points. */
    @Test
    void theHoleIsListedWithItsArea() {
        double spacing = SPACING / Math.sqrt(2);
        double in = Recipe.DEFAULTS.trim().distance() * spacing;
        double area = (HOLE - 2 * in) * (HOLE - 2 * in);
        assertThat(fact("openings")).isEqualTo(1);
        assertThat(report.get("openingsTotal").asInt()).isEqualTo(1);
        JsonNode h = report.get("openings").get(0);
        assertThat(h.get("areaM2").asDouble()).isCloseTo(area, within(0.1 * area));
        assertThat(h.get("x").asDouble()).isCloseTo(SIDE + MOVE[0] / 2, within(0.01));
        assertThat(h.get("y").asDouble()).isCloseTo(SIDE / 2 + MOVE[1] / 2, within(0.01));
        assertThat(h.get("z").asDouble()).isCloseTo(SIDE / 2 + MOVE[2] / 2, within(0.01));
        assertThat(h.get("longestSideM").asDouble()).isCloseTo(HOLE - 2 * in, within(0.1 * HOLE));
        double whole = 6 * SIDE * SIDE - h.get("areaM2").asDouble();
        assertThat(fact("area")).isCloseTo(whole, within(0.01 * whole));
        assertThat(fact("coverage")).isBetween(97.0, 100.0);
        assertThat(fact("area.measured") / fact("area")).isCloseTo(fact("coverage") / 100, within(1e-3));
    }

    @Test
    void extentIsTheCubes() {
        for (int a = 0; a < 3; a++) {
            double move = Math.abs(MOVE[a]);
            assertThat(fact("extent." + "xyz".charAt(a))).isCloseTo(SIDE + move, within(0.005));
        }
    }
}
