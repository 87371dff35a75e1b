package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.Pose;
import org.grotto.geometry.TriangleTree;
import org.grotto.pipeline.KnownPackage.Point;
import org.grotto.pipeline.KnownPackage.Vertex;
import org.grotto.pipeline.KnownScans.Shot;
import org.grotto.pipeline.KnownScans.Stand;
import org.grotto.scene.CaveInfo.View;
import org.grotto.scene.Layer;
import org.grotto.scene.Room;
import org.grotto.scene.Station;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A room known in closed form goes from scans to package in one true build; what the package says is held to what is true.
 * Bounds follow from the noise of the scans (1 mm across the stone), from the spacing that the rays have (closed form,
 * 23 mm in the middle), or from the steps that files store; where only the size of an effect is known, from a run, with
 * room for less than a factor of two on the side where a mistake would show.
 */
class KnownCaveTest {
    private static final double SIGMA = KnownScans.SIGMA;

    @TempDir
    static Path dir;

    private static final Work WORK = new Work(2, 1L << 30, Progress.NONE);
    private static KnownScans scans = new KnownScans();
    private static KnownPackage cave;
    private static Path folder = Path.of("");

    @BeforeAll
    static void build() throws IOException {
        List<ScanFile> files = scans.write(dir, WORK);
        folder = dir.resolve("cave");
        Build.run(files, null, Recipe.DEFAULTS, folder, "test", p -> {}, WORK);
        cave = new KnownPackage(folder);
    }

    @AfterAll
    static void close() {
        WORK.close();
    }

    private static double quantile(double[] v, double q) {
        double[] s = v.clone();
        Arrays.sort(s);
        return s[(int) Math.min(s.length - 1, Math.floor(q * s.length))];
    }

    private static double rms(double[] v) {
        return Math.sqrt(Arrays.stream(v).map(x -> x * x).average().orElse(Double.NaN));
    }

    private static double mean(double[] v) {
        return Arrays.stream(v).average().orElse(Double.NaN);
    }

    private static double[] of(ToDoubleFunction<Point> what, Predicate<Point> which) {
        double[] v = cave.points.stream().filter(which).mapToDouble(what).toArray();
        assertThat(v.length).isGreaterThan(300);
        return v;
    }

    private static double[] ofVertices(ToDoubleFunction<Vertex> what, Predicate<Vertex> which) {
        double[] v = cave.vertices.stream().filter(which).mapToDouble(what).toArray();
        assertThat(v.length).isGreaterThan(300);
        return v;
    }

    /** On stone, away from creases and from the window's rim. */
    private static boolean plain(double[] p) {
        return Math.abs(KnownCave.distance(p)) < 0.01 && KnownCave.crease(p) > 0.1 && !KnownCave.inWindow(0.06, p);
    }

    private static boolean plain(Point p) {
        return plain(p.at());
    }

    private static boolean plain(Vertex v) {
        return plain(v.at());
    }

    private static double angle(double[] a, double[] b) {
        double dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
        double l = Math.sqrt((a[0] * a[0] + a[1] * a[1] + a[2] * a[2]) * (b[0] * b[0] + b[1] * b[1] + b[2] * b[2]));
        return Math.toDegrees(Math.acos(Math.clamp(dot / l, -1, 1)));
    }

    private static double[] abs(double[] v) {
        return Arrays.stream(v).map(Math::abs).toArray();
    }

    @Test
    void thePackageKeepsItsContract() {
        Contract.assertKept(folder);
    }

    /** E57 says poses in its header, the project those of PLY and LAS: all as they were, to the last digits of text. */
    @Test
    void stationsStandAndTurnAsTheScannersDid() {
        List<Station> told = cave.info.stations();
        assertThat(told).extracting(Station::name).containsExactly("S1", "S2", "close", "S3", "S4");
        for (int k = 0; k < told.size(); k++) {
            Stand stand = KnownScans.STANDS.get(KnownScans.ORDER[k]);
            Pose found = told.get(k).pose();
            Pose wanted = stand.inWorld();
            assertThat(found).isNotNull();
            double[] turn = stand.name().equals("S4") ? Pose.IDENTITY.matrix() : wanted.matrix();
            assertThat(found.matrix()).as(stand.name()).containsExactly(turn, within(1e-9));
            assertThat(new double[] {found.tx(), found.ty(), found.tz()})
                    .as(stand.name())
                    .containsExactly(new double[] {wanted.tx(), wanted.ty(), wanted.tz()}, within(1e-9));
        }
    }

    private static Shot shot(Point p) {
        Shot s = scans.byRay.get(KnownScans.key(p.station(), p.row(), p.col()));
        assertThat(s)
                .as("station %d, row %d, column %d", p.station(), p.row(), p.col())
                .isNotNull();
        return s;
    }

    /** Cosine of the angle between a ray and the wall's normal. */
    private static double incidence(double[] at, int station) {
        double[] eye = KnownScans.STANDS.get(station).eye();
        double[] n = KnownCave.normal(at);
        double[] d = {at[0] - eye[0], at[1] - eye[1], at[2] - eye[2]};
        double l = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
        return Math.abs(d[0] * n[0] + d[1] * n[1] + d[2] * n[2]) / l;
    }

    /** Each point is the one of its ray: to half a step of the COPC on each axis. */
    @Test
    void pointsStandWhereTheirRaysMetTheStone() {
        assertThat(quantile(of(p -> KnownScans.apart(p.at(), shot(p).at()), p -> p.station() != 3), 1))
                .isLessThan(1.1e-5);
        for (int s = 0; s < 5; s++) {
            int station = s;
            double[] off = of(
                    p -> KnownCave.distance(p.at()) / incidence(p.at(), station),
                    p -> p.station() == station && plain(p));
            assertThat(rms(off)).as("along the rays").isCloseTo(SIGMA, within(0.05 * SIGMA));
            assertThat(mean(off)).isCloseTo(0, within(4 * SIGMA / Math.sqrt(off.length)));
        }
        assertThat(cave.points.stream().filter(p -> p.station() == 3))
                .allMatch(p -> p.row() == 65535 && p.col() == 65535, "LAS has no rows");
    }

    private static long removed(int reason) {
        return cave.report.path("removed").path(reason).path("points").asLong();
    }

    private static long left(int station, int from, int to) {
        return cave.points.stream()
                .filter(p -> p.station() == station && p.row() >= from && p.row() < to && p.row() < 65535)
                .count();
    }

    @Test
    void whatWasPlantedGoesAndNothingElse() {
        assertThat(cave.fact("points.read")).isEqualTo(scans.count());
        assertThat(cave.fact("points")).isEqualTo(cave.points.size());
        assertThat(removed(0)).as("doubles").isEqualTo(KnownScans.DOUBLES);
        assertThat(left(0, KnownScans.STRAY, KnownScans.CLUMP))
                .as("single points in the air")
                .isZero();
        assertThat(left(0, KnownScans.CLUMP, KnownScans.HIGH))
                .as("clumps of six")
                .isZero();
        assertThat(left(1, KnownScans.HIGH, KnownScans.LOW))
                .as("4.6 spacings before a wall")
                .isLessThanOrEqualTo(1);
        assertThat(left(1, KnownScans.LOW, 9000))
                .as("2.5 spacings before a wall")
                .isGreaterThanOrEqualTo(11);
        long planted = scans.mixed.stream().mapToLong(Set::size).sum();
        long mixed = cave.points.stream()
                .filter(p -> scans.mixed.get(p.station()).contains(p.row() << 16 | p.col()))
                .count();
        assertThat(mixed).as("mixed pixels left of %d", planted).isLessThan(planted / 5);
        assertThat(removed(1)).isBetween(planted * 8 / 10, planted * 11 / 10);
        long gone = scans.count() - cave.points.size();
        long strange = KnownScans.DOUBLES + KnownScans.STRAYS + 6 * KnownScans.CLUMPS + 12 + planted;
        assertThat(gone - strange).as("good points lost").isLessThan(scans.count() / 1000);
    }

    /** Given normals to the step of the COPC, 1/16384; estimated ones as a plane through 13 noisy points is. */
    @Test
    void normalsAreThoseOfTheStone() {
        double[] given = of(p -> angle(p.normal(), shot(p).normal()), p -> p.station() != 3);
        assertThat(quantile(given, 1)).isLessThan(0.01);
        double[] made = of(p -> angle(p.normal(), KnownCave.normal(p.at())), p -> p.station() == 3 && plain(p));
        // the slope of a plane through points of spacing s over 2 s: 1.7 sigma / s, with s = 18 mm and half that across
        assertThat(quantile(made, 0.5)).isBetween(0.6, 2.4);
        assertThat(quantile(made, 0.99)).isLessThan(10);
    }

    /** 8 bits are widened by 257, from whichever fields; 16 bits stay as they are. */
    @Test
    void coloursOfPointsAreThoseOfTheScans() {
        for (Point p : cave.points) {
            if (p.station() != 3) {
                double[] rgb = shot(p).rgb();
                for (int k = 0; k < 3; k++) {
                    int stored =
                            p.station() == 1 ? (int) Math.rint(65535 * rgb[k]) : 257 * (int) Math.rint(255 * rgb[k]);
                    assertThat(p.rgb()[k]).isEqualTo(stored);
                }
            }
        }
        for (int s = 0; s < 5; s++) {
            int station = s;
            double[] off =
                    of(p -> p.rgb()[0] / 65535.0 - KnownCave.paint(p.at())[0], p -> p.station() == station && plain(p));
            assertThat(rms(off))
                    .as("grain of station %d", s)
                    .isCloseTo(KnownScans.GRAIN, within(0.05 * KnownScans.GRAIN));
            assertThat(mean(off)).isCloseTo(0, within(4 * KnownScans.GRAIN / Math.sqrt(off.length)));
        }
    }

    /** One wall, five scans, four scales: the same share of light from all, however bright the foil; raw as stored. */
    @Test
    void intensitiesOfOneWallAreComparable() {
        List<Station> told = cave.info.stations();
        assertThat(told.stream().map(Station::intensity))
                .containsExactly(
                        new Station.Limits(0, 1000, true),
                        new Station.Limits(100, 4100, true),
                        new Station.Limits(0, 1000, true),
                        new Station.Limits(0, 1, false),
                        new Station.Limits(0, 65535, true));
        for (Point p : cave.points) {
            double reflects = p.station() == 3 ? KnownCave.reflects(p.at()) : shot(p).reflects();
            if (p.station() == 3 && Math.abs(foil(p.at())) < 0.01) {
                continue; // which side of the foil's edge the ray met, nobody knows
            }
            double step = p.station() == 0 || p.station() == 4 ? 0.51 / 1000 : 1e-4;
            double most = p.station() == 3 ? 0.002 : step;
            assertThat(p.intensity() / 65535.0).isCloseTo(Math.min(1, reflects), within(most));
            switch (p.station()) {
                case 0, 4 -> assertThat(p.raw()).isEqualTo(KnownScans.thousandths(reflects));
                case 1 -> assertThat(p.raw()).isEqualTo(KnownScans.shifted(reflects));
                case 2 -> assertThat(p.raw()).isEqualTo((float) Math.min(1, reflects));
                default -> assertThat(p.raw()).isCloseTo(65535 * Math.min(1, reflects), within(150.0));
            }
        }
        assertThat(cave.points.stream()
                        .filter(p -> p.raw() > 1000 && p.station() == 0)
                        .count())
                .as("points on the foil beyond S1's limit")
                .isGreaterThan(20);
    }

    /** The mesh averages noise: where the stone is smooth it lies nearer to it than the points. */
    @Test
    void theSurfaceLiesOnTheStone() {
        double[] smooth = ofVertices(v -> KnownCave.distance(v.at()), KnownCaveTest::plain);
        assertThat(rms(smooth)).isBetween(0.3 * SIGMA, 0.8 * SIGMA);
        assertThat(quantile(abs(smooth), 0.95)).isLessThan(1.96 * 0.8 * SIGMA);
        assertThat(mean(smooth)).as("it leans to neither side").isCloseTo(0, within(0.25 * SIGMA));
        double[] all = ofVertices(v -> Math.abs(KnownCave.distance(v.at())), v -> true);
        assertThat(quantile(all, 0.95)).isLessThan(3 * SIGMA);
        assertThat(quantile(all, 1)).as("at creases").isLessThan(0.03);
        double[] tilt = ofVertices(v -> angle(v.normal(), KnownCave.normal(v.at())), KnownCaveTest::plain);
        assertThat(quantile(tilt, 0.5)).isLessThan(3);
        assertThat(quantile(tilt, 0.99)).isLessThan(12);
    }

    /** Places on the stone in a grid of 2 cm, by whether the window or its rim takes them. */
    private static List<double[]> stone(Predicate<double[]> which) {
        List<double[]> all = new ArrayList<>();
        double step = 0.02;
        for (double a = -KnownCave.LONG + step / 2; a < KnownCave.LONG; a += step) {
            for (double b = -KnownCave.WIDE + step / 2; b < KnownCave.WIDE; b += step) {
                double u = (a - KnownCave.DOME[0]) / KnownCave.RADIUS;
                double v = (b - KnownCave.DOME[1]) / KnownCave.RADIUS;
                double in = 1 - u * u - v * v;
                all.add(new double[] {a, b, in > 0 ? KnownCave.TOP * Math.sqrt(in) : 0});
                all.add(new double[] {a, b, KnownCave.HIGH});
            }
        }
        for (double z = step / 2; z < KnownCave.HIGH; z += step) {
            for (double a = -KnownCave.LONG + step / 2; a < KnownCave.LONG; a += step) {
                all.add(new double[] {a, -KnownCave.WIDE, z});
                all.add(new double[] {a, KnownCave.WIDE, z});
            }
            for (double b = -KnownCave.WIDE + step / 2; b < KnownCave.WIDE; b += step) {
                all.add(new double[] {-KnownCave.LONG, b, z});
                all.add(new double[] {KnownCave.LONG, b, z});
            }
        }
        return all.stream().filter(which).toList();
    }

    private static double covered(List<double[]> places, double reach) {
        TriangleTree tree = new TriangleTree(cave.surface, WORK);
        return places.stream()
                        .filter(p -> tree.distance(p[0], p[1], p[2], 1.01 * reach) <= reach)
                        .count()
                / (double) places.size();
    }

    @Test
    void allStoneThatWasSeenIsCoveredAndTheWindowIsNot() {
        List<double[]> seen = stone(p -> !KnownCave.inWindow(0.03, p));
        assertThat(covered(seen, 0.02)).as("to a spacing").isGreaterThan(0.998);
        List<double[]> plain =
                seen.stream().filter(p -> KnownCave.crease(p) > 0.05).toList();
        assertThat(covered(plain, 0.005))
                .as("away from creases, to five times the noise")
                .isGreaterThan(0.999);
        List<double[]> window = stone(p -> KnownCave.inWindow(-0.06, p));
        assertThat(window).hasSizeGreaterThan(400);
        assertThat(covered(window, 0.02)).isZero();
    }

    /** The surface reaches into the window as far as trimming allows, in spacings of the points at its rim. */
    @Test
    void theWindowIsTheOneOpening() {
        assertThat(cave.fact("openings")).isEqualTo(1);
        JsonNode h = cave.report.path("openings").path(0);
        double side = 2 * (KnownCave.WINDOW - Recipe.DEFAULTS.trim().distance() * rimSpacing());
        assertThat(h.path("areaM2").asDouble()).isCloseTo(side * side, within(0.06 * side * side));
        double[] middle = {
            h.path("x").asDouble(), h.path("y").asDouble(), h.path("z").asDouble()
        };
        assertThat(KnownScans.apart(KnownCave.back(KnownCave.FRAME, middle), KnownCave.WINDOW_AT))
                .isLessThan(0.02);
    }

    private static double rimSpacing() {
        return cave.points.stream()
                .map(Point::at)
                .filter(p -> KnownCave.inWindow(0.05, p) && !KnownCave.inWindow(0, p))
                .mapToDouble(p -> KnownScans.spacing(p))
                .average()
                .orElseThrow();
    }

    @Test
    void theReportsSizesAreTheRooms() {
        double c = Math.cos(Math.toRadians(KnownCave.TURNED));
        double s = Math.sin(Math.toRadians(KnownCave.TURNED));
        assertThat(cave.fact("extent.x")).isCloseTo(2 * (KnownCave.LONG * c + KnownCave.WIDE * s), within(0.01));
        assertThat(cave.fact("extent.y")).isCloseTo(2 * (KnownCave.LONG * s + KnownCave.WIDE * c), within(0.01));
        assertThat(cave.fact("extent.z")).isCloseTo(KnownCave.HIGH, within(0.01));
        double box = 8 * KnownCave.LONG * KnownCave.WIDE + 4 * (KnownCave.LONG + KnownCave.WIDE) * KnownCave.HIGH;
        double e = Math.sqrt(1 - KnownCave.RADIUS * KnownCave.RADIUS / (KnownCave.TOP * KnownCave.TOP));
        double foot = Math.PI * KnownCave.RADIUS * KnownCave.RADIUS;
        double dome = foot * (1 + KnownCave.TOP / (KnownCave.RADIUS * e) * Math.asin(e));
        double hole = cave.report.path("openings").path(0).path("areaM2").asDouble();
        // 32 m of creases, each rounded or cut off by up to a spacing, are (2 - sqrt 2) times that shorter across
        double creases = 32.6 * 0.6 * 0.02;
        assertThat(cave.fact("area")).isBetween(box - foot + dome - hole - 1.2 * creases, box - foot + dome - hole);
        assertThat(cave.fact("area.measured") / cave.fact("area")).isCloseTo(cave.fact("coverage") / 100, within(1e-3));
        Room room = cave.info.room();
        assertThat(room).isNotNull();
        assertThat(room.azimuthDegrees()).isCloseTo(KnownCave.TURNED, within(0.3));
        assertThat(room.box().sizeX()).isCloseTo(2 * KnownCave.LONG, within(0.02));
        assertThat(room.box().sizeY()).isCloseTo(2 * KnownCave.WIDE, within(0.02));
        assertThat(room.box().sizeZ()).isCloseTo(KnownCave.HIGH, within(0.02));
    }

    @Test
    void theReportsNoiseIsTheScanners() {
        assertThat(cave.fact("noise")).isCloseTo(1000 * SIGMA, within(100 * SIGMA));
        for (JsonNode s : cave.report.path("stations")) {
            assertThat(s.path("noiseMm").asDouble()).as("%s", s).isCloseTo(1000 * SIGMA, within(150 * SIGMA));
        }
        JsonNode pairs = cave.report.path("registration").path("pairs");
        assertThat(pairs.size()).isEqualTo(10);
        for (JsonNode p : pairs) {
            assertThat(p.path("verdict").asString()).as("%s", p).isNotEqualTo("inconsistent");
            assertThat(p.path("wallMm").asDouble(0))
                    .as("%s", p)
                    .isLessThan(p.path("verdict").asString().equals("consistent") ? 0.5 : 5);
        }
    }

    /** Against the closed form at each point; points cluster a little, which lowers theirs. */
    @Test
    void theReportsSpacingIsThatOfTheRays() {
        double[] wanted = of(p -> 1000 * KnownScans.spacing(p.at()), p -> p.row() < 5000 || p.row() == 65535);
        assertThat(cave.fact("spacing.median")).isCloseTo(quantile(wanted, 0.5), within(0.08 * quantile(wanted, 0.5)));
        assertThat(cave.fact("spacing.p05")).isCloseTo(quantile(wanted, 0.05), within(0.15 * quantile(wanted, 0.05)));
        assertThat(cave.fact("spacing.p95")).isCloseTo(quantile(wanted, 0.95), within(0.15 * quantile(wanted, 0.95)));
    }

    /** What anyone measures who decodes the package: points against the finest tiles. */
    @Test
    void theReportsDistancesAreThoseOfThePackage() {
        double[] d = fromMesh(p -> true);
        assertThat(cave.fact("distance.rms")).isCloseTo(1000 * rms(d), within(20 * rms(d)));
        assertThat(cave.fact("distance.median")).isCloseTo(1000 * quantile(d, 0.5), within(20 * quantile(d, 0.5)));
        assertThat(cave.fact("distance.p95")).isCloseTo(1000 * quantile(d, 0.95), within(20 * quantile(d, 0.95)));
        assertThat(cave.fact("distance.mean")).isCloseTo(0, within(0.25));
        // on plain stone the mesh follows a little of each point's noise
        double across = rms(of(p -> KnownCave.distance(p.at()), KnownCaveTest::plain));
        assertThat(rms(fromMesh(KnownCaveTest::plain))).isBetween(0.8 * across, 1.05 * across);
    }

    private static double[] fromMesh(Predicate<Point> which) {
        TriangleTree tree = new TriangleTree(cave.surface, WORK);
        return of(p -> Math.abs(tree.distance(p.at()[0], p.at()[1], p.at()[2], 5)), which);
    }

    /**
     * The uncertainty is half a 95 % interval: 1.96 standard errors of the mean; of a quantile q, 1.96 times
     * sqrt(q (1 - q) / n) over the density of the distances there.
     */
    @Test
    void theReportsUncertaintiesHoldInNineteenOfTwenty() {
        double n = cave.points.size();
        double r = cave.fact("distance.rms");
        assertThat(cave.uncertainty("distance.mean"))
                .isCloseTo(1.96 * r / Math.sqrt(n), within(0.1 * r / Math.sqrt(n)));
        double[] d = fromMesh(p -> true);
        for (double q : new double[] {0.5, 0.95}) {
            double density = 0.01 / (1000 * (quantile(d, q + 0.005) - quantile(d, q - 0.005)));
            double sure = 1.96 * Math.sqrt(q * (1 - q) / n) / density;
            assertThat(cave.uncertainty(q == 0.5 ? "distance.median" : "distance.p95"))
                    .isCloseTo(sure, within(0.2 * sure));
        }
    }

    @Test
    void theReportSaysWhatNoiseAloneWouldDo() throws IOException {
        String page = Files.readString(folder.resolve("quality/report.html"));
        String alone = String.format(Locale.ROOT, "%.2f", 1.96 * cave.fact("noise"));
        assertThat(page).contains(alone + "\u00a0mm");
    }

    private static double[] local(double[] world) {
        return KnownCave.back(KnownCave.FRAME, world);
    }

    /** Where the middle of a view meets the stone. */
    private static double[] lookedAt(View v) {
        double[] eye = local(v.eye());
        double[] to = local(v.target());
        double l = KnownScans.apart(eye, to);
        double[] d = {(to[0] - eye[0]) / l, (to[1] - eye[1]) / l, (to[2] - eye[2]) / l};
        double t = KnownCave.range(eye, d);
        return new double[] {eye[0] + t * d[0], eye[1] + t * d[1], eye[2] + t * d[2]};
    }

    @Test
    void theFirstViewStandsAtAPersonsHeightAndSeesTheDome() {
        View v = cave.info.views().getFirst();
        assertThat(v.name()).isEqualTo("inside");
        double[] eye = local(v.eye());
        assertThat(KnownCave.distance(eye)).as("in the open").isGreaterThan(0.5);
        assertThat(eye[2]).as("at a person's height").isBetween(1.2, 1.8);
        double dx = eye[0] - KnownCave.DOME[0];
        double dy = eye[1] - KnownCave.DOME[1];
        double away = Math.hypot(dx, dy);
        assertThat(away).as("beside the dome").isGreaterThan(KnownCave.RADIUS + 0.3);
        double[] front =
                KnownCave.onStone(KnownCave.DOME[0] + 0.3 * dx / away, KnownCave.DOME[1] + 0.3 * dy / away, 0.45);
        assertThat(KnownCave.sees(eye, front)).isTrue();
        double[] to = local(v.target());
        double off = angle(
                new double[] {to[0] - eye[0], to[1] - eye[1], to[2] - eye[2]},
                new double[] {front[0] - eye[0], front[1] - eye[1], front[2] - eye[2]});
        assertThat(off)
                .as("degrees off the middle of the picture, in a room of 3 m by 2.4")
                .isLessThan(50); // a picture of 16 : 9 reaches so far
    }

    @Test
    void everyStationHasItsView() {
        assertThat(cave.info.views())
                .extracting(View::name)
                .containsExactly("inside", "dollhouse", "S1", "S2", "close", "S3", "S4");
        for (Stand stand : KnownScans.STANDS) {
            View v = cave.view(stand.name());
            assertThat(KnownScans.apart(local(v.eye()), stand.eye())).isLessThan(2e-4);
            assertThat(KnownCave.distance(lookedAt(v))).isLessThan(1e-6);
        }
        assertThat(KnownCave.onDome(lookedAt(cave.view("close")))).isTrue();
        View doll = cave.view("dollhouse");
        assertThat(doll.kind()).isEqualTo("dollhouse");
        assertThat(KnownCave.distance(local(doll.eye()))).as("outside").isLessThan(-1);
        assertThat(local(doll.eye())[1]).as("on the dome's front side").isLessThan(-KnownCave.WIDE);
    }

    @Test
    void fiveLayersAreListed() {
        assertThat(cave.info.layers())
                .extracting(Layer::id)
                .containsExactly("evidence", "distance", "spacing", "intensity", "station");
    }

    /**
     * Evidence is whole up to 1.25 spacings from the points and falls to nothing at 1.65, where the surface ends; the
     * border itself is inferred.
     */
    @Test
    void evidenceFallsBeyondTheWindowsRim() {
        KdTree.Query q = cave.tree(WORK).query();
        double least = 0.75 * typical(q); // no spacing counts as less
        List<double[]> rim = new ArrayList<>();
        for (Vertex v : cave.vertices) {
            if (KnownCave.inWindow(0.02, v.at()) && v.evidence() > 0) {
                q.nearest(v.at()[0], v.at()[1], v.at()[2], 1);
                double d = Math.sqrt(q.distance[0]);
                double[] p = cave.points.get(q.index[0]).at();
                rim.add(new double[] {d / Math.max(spacing(q, p), least), v.evidence()});
            }
        }
        double[] among =
                rim.stream().filter(r -> r[0] < 1.2).mapToDouble(r -> r[1]).toArray();
        assertThat(among).hasSizeGreaterThan(100);
        assertThat(Arrays.stream(among).filter(e -> e == 255).count()).isGreaterThan(among.length * 97L / 100);
        double[] off = rim.stream()
                .filter(r -> r[0] > 1.28 && r[0] < 1.62)
                .mapToDouble(r -> Math.abs(r[1] - 255 * (1.65 - r[0]) / 0.4))
                .toArray();
        assertThat(off).hasSizeGreaterThan(8);
        assertThat(quantile(off, 0.5)).isLessThan(6);
        assertThat(rim.stream().mapToDouble(r -> r[0]).max().orElse(9)).isBetween(1.4, 2.1);
    }

    /** Of a point, from its twelve neighbours. */
    private static double spacing(KdTree.Query q, double[] p) {
        q.nearest(p[0], p[1], p[2], 13);
        return Math.sqrt(q.distance[12] * Math.PI / 12);
    }

    /** The spacing that half of the stone's area has at most. */
    private static double typical(KdTree.Query q) {
        double[] s = IntStream.range(0, cave.points.size() / 4)
                .mapToDouble(i -> spacing(q, cave.points.get(4 * i).at()))
                .sorted()
                .toArray();
        double half = Arrays.stream(s).map(x -> x * x).sum() / 2;
        int i = 0;
        for (double sum = s[0] * s[0]; sum < half; sum += s[i] * s[i]) {
            i++;
        }
        return s[i];
    }

    /** Where points lie all around, evidence is whole. */
    @Test
    void whatWasScannedIsMeasured() {
        double[] e = ofVertices(Vertex::evidence, KnownCaveTest::plain);
        assertThat(Arrays.stream(e).filter(v -> v == 255).count() / (double) e.length)
                .isGreaterThan(0.995);
        assertThat(cave.fact("coverage")).isGreaterThan(99);
    }

    private static boolean measured(Vertex v) {
        return plain(v) && v.evidence() == 255;
    }

    /** The mean of four planes, each off by the noise, against a surface that is off by less. */
    @Test
    void theDistanceLayerIsTheNoiseOfFourPoints() {
        double[] d = ofVertices(v -> 1e-5 * v.distance(), KnownCaveTest::measured);
        assertThat(rms(d)).isBetween(0.3 * SIGMA, 0.7 * SIGMA);
    }

    @Test
    void theSpacingLayerIsThatOfTheRays() {
        double[] ratio = ofVertices(v -> 1e-5 * v.spacing() / KnownScans.spacing(v.at()), KnownCaveTest::measured);
        assertThat(quantile(ratio, 0.5)).isCloseTo(1, within(0.06));
        assertThat(quantile(ratio, 0.05)).isGreaterThan(0.7);
        assertThat(quantile(ratio, 0.95)).isLessThan(1.3);
    }

    /** 254 steps; the foil is full. */
    @Test
    void theIntensityLayerIsTheStonesReflectance() {
        double[] off = ofVertices(
                v -> v.intensity() / 254 - KnownCave.reflects(v.at()), v -> measured(v) && foil(v.at()) > 0.03);
        assertThat(quantile(abs(off), 0.99)).isLessThan(0.01);
        assertThat(mean(off)).isCloseTo(0, within(0.001));
        assertThat(cave.vertices.stream().filter(v -> v.at()[1] > KnownCave.WIDE - 0.01 && foil(v.at()) < -0.04))
                .isNotEmpty()
                .allMatch(v -> v.intensity() == 254);
    }

    /** How far from the foil's edge, on its wall. */
    private static double foil(double[] p) {
        return p[1] < KnownCave.WIDE - 0.05
                ? 9
                : Math.hypot(p[0] - KnownCave.FOIL_AT[0], p[2] - KnownCave.FOIL_AT[2]) - KnownCave.FOIL;
    }

    /** A vertex names a station that had it in sight, and only one where only one had. */
    @Test
    void theStationLayerNamesTheNearestPointsStation() {
        KdTree.Query q = cave.tree(WORK).query();
        double same = 0;
        double seen = 0;
        double all = 0;
        Set<Integer> named = new HashSet<>();
        for (Vertex v : cave.vertices) {
            if (measured(v)) {
                q.nearest(v.at()[0], v.at()[1], v.at()[2], 1);
                int station = KnownScans.ORDER[v.station()];
                named.add(station);
                all++;
                same += cave.points.get(q.index[0]).station() == station ? 1 : 0;
                seen += KnownCave.sees(KnownScans.STANDS.get(station).eye(), KnownCave.onStone(v.at())) ? 1 : 0;
            }
        }
        assertThat(named).hasSize(5);
        // tiles round positions, so two points that are as near can change places
        assertThat(same / all).isGreaterThan(0.97);
        // within a spacing of a shadow's edge the nearest point can stand on the other side of it
        assertThat(seen / all).isGreaterThan(0.98);
    }

    /**
     * A vertex's colour is the mean of the points about it, weighted by (1 - d^2 / 4 s^2)^4, as good as that of 4.5 equal
     * ones: their grain over 2.1. A kernel half as wide gives 0.9 of the grain, one twice as wide 0.27.
     */
    @Test
    void coloursOfTheMeshAverageTheGrain() {
        for (int k = 0; k < 3; k++) {
            int channel = k;
            double[] off = ofVertices(
                    v -> v.rgb()[channel] / 255.0 - KnownCave.paint(v.at())[channel], KnownCaveTest::measured);
            assertThat(mean(off)).isCloseTo(0, within(0.002));
            assertThat(rms(off) / KnownScans.GRAIN).isBetween(0.5, 0.75);
        }
    }
}
