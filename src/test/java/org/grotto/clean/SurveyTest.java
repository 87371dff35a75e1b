package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Pose;
import org.grotto.scene.Station;
import org.grotto.store.Engine;
import org.grotto.store.Store;
import org.grotto.store.Threads;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stations that see one plane, each with its own noise and, one of them, at another height or slope. */
class SurveyTest {
    private static final Lattice LATTICE = new Lattice(-5, -5, -5, 1e-7);
    private static final double S = 0.02;

    private final List<double[]> points = new ArrayList<>();
    private final List<Integer> of = new ArrayList<>();
    private final List<Station> stations = new ArrayList<>();
    private final Random random = new Random(6);

    /** A square of side x side points at that height and slope, seen from an eye. */
    private SurveyTest plane(int side, double noise, double height, double slope, double... eye) {
        int s = stations.size();
        for (int i = 0; i < side * side; i++) {
            double x = S * (i % side + 0.3 * random.nextDouble());
            double y = S * (i / side + 0.3 * random.nextDouble());
            points.add(new double[] {x, y, height + slope * x + noise * random.nextGaussian()});
            of.add(s);
        }
        Pose pose = eye.length == 0 ? null : new Pose(1, 0, 0, 0, eye[0], eye[1], eye[2]);
        stations.add(new Station("s" + s, "test", null, pose, side * side));
        return this;
    }

    private record Result(List<StationStats> stations, List<PairResidual> pairs) {}

    private Result run(double reach) {
        int n = points.size();
        int[][] c = new int[3][n];
        char[] station = new char[n];
        for (int i = 0; i < n; i++) {
            c[0][i] = LATTICE.ix(points.get(i)[0]);
            c[1][i] = LATTICE.iy(points.get(i)[1]);
            c[2][i] = LATTICE.iz(points.get(i)[2]);
            station[i] = (char) (int) of.get(i);
        }
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            Cloud cloud = new Cloud(LATTICE, c[0], c[1], c[2], null, null, null, station);
            Store store = engine.store(cloud, 2000);
            List<double @Nullable []> eyes = Stations.eyes(stations);
            List<StationStats> own = StationSurvey.run(store, stations, eyes, engine);
            return new Result(own, Survey.run(store, own, eyes, reach, engine));
        }
    }

    /** RMS of one over the cosine of the incidence on a plane of side 70 S that rises by 0.2. */
    private static double slant(double[] eye) {
        double sum = 0;
        for (int i = 0; i < 4900; i++) {
            double x = eye[0] - S * (i % 70);
            double y = eye[1] - S * (i / 70);
            double z = eye[2] - 0.2 * S * (i % 70);
            double c = (z - 0.2 * x) / Math.sqrt(1.04);
            sum += (x * x + y * y + z * z) / (c * c) / 4900;
        }
        return Math.sqrt(sum);
    }

    private static final double[] ABOVE = {0.7, 0.7, 3};
    private static final double[] BESIDE = {1, 0.5, 2};

    @Test
    void noiseAndSpacingOfEachStationAreItsOwn() {
        plane(70, 0.001, 0, 0.2, ABOVE).plane(70, 0.003, 0, 0.2, BESIDE).plane(40, 0.002, 0, 0.2);
        List<StationStats> stats = run(0.3).stations();
        double[] want = {0.001, 0.003, 0.002};
        long[] n = {4900, 4900, 1600};
        for (int s = 0; s < 3; s++) {
            StationStats t = stats.get(s);
            assertThat(t.station()).isEqualTo(s);
            assertThat(t.name()).isEqualTo("s" + s);
            assertThat(t.points()).isEqualTo(n[s]);
            assertThat(t.samples()).isCloseTo(400, within(60L));
            assertThat(t.bound()).isFalse();
            assertThat(t.alongBeam()).isEqualTo(s < 2);
            // the plane rises by 0.2: noise along z is 2 % more than across it, and by incidence less than along a beam
            double beam = s == 0 ? slant(ABOVE) : s == 1 ? slant(BESIDE) : 1;
            assertThat(t.noise()).isCloseTo(beam * want[s] / 1.02, within(0.05 * want[s]));
            // rows and columns of points stand S apart, each off by up to 0.3 S
            assertThat(t.spacing().median()).isBetween(0.8 * S, S);
        }
    }

    /** The second plane lies 4 mm higher: median, shift and translation say so, from both sides alike. */
    @ParameterizedTest
    @CsvSource({"0.004", "-0.004"})
    void aPlaneBesideIsMeasured(double height) {
        plane(60, 0.001, 0, 0, ABOVE).plane(60, 0.001, height, 0, BESIDE);
        PairResidual p = run(0.3).pairs().get(0);
        assertThat(p.a()).isZero();
        assertThat(p.b()).isEqualTo(1);
        assertThat(p.samples()).isGreaterThan(5000);
        // positive towards the open side where a lies before b
        assertThat(p.median()).isCloseTo(-height, within(0.0001));
        assertThat(p.translation()[2]).isCloseTo(1000 * height, within(0.1));
        assertThat(p.shift()).isCloseTo(4, within(0.1));
        assertThat(p.observable()).isEqualTo(3);
        assertThat(p.verdict()).isEqualTo(PairResidual.Verdict.DOUBLED_WALL);
        assertThat(p.threshold()).isCloseTo(0.5 * Math.sqrt(2), within(0.05));
    }

    /** Surfaces that meet at more than 26 degrees are not one. */
    @ParameterizedTest
    @CsvSource({"20, true", "30, false"})
    void onlySurfacesThatLieAlikeAreCompared(double degrees, boolean compared) {
        double slope = Math.tan(Math.toRadians(degrees));
        plane(60, 0.0005, 0, 0, ABOVE).plane(60, 0.0005, -0.6 * slope, slope, BESIDE);
        List<PairResidual> pairs = run(0.3).pairs();
        assertThat(!pairs.isEmpty() && pairs.get(0).samples() > 200).isEqualTo(compared);
    }

    /** A corner of three walls, seen twice and the second time moved by more than a spacing along each axis. */
    @ParameterizedTest
    @CsvSource({"1", "-1"})
    void aMoveOfManySpacingsIsMeasuredAgainAfterItIsTakenOut(double sign) {
        double[] move = {sign * 0.024, sign * -0.030, sign * 0.021};
        for (int s = 0; s < 2; s++) {
            for (int wall = 0; wall < 3; wall++) {
                for (int i = 0; i < 1600; i++) {
                    double[] p = new double[3];
                    p[wall] = 0.0005 * random.nextGaussian();
                    p[(wall + 1) % 3] = S * (0.5 + i % 40 + 0.3 * random.nextDouble());
                    p[(wall + 2) % 3] = S * (0.5 + i / 40 + 0.3 * random.nextDouble());
                    for (int a = 0; a < 3; a++) {
                        p[a] += s * move[a];
                    }
                    points.add(p);
                    of.add(s);
                }
            }
            stations.add(new Station("s" + s, "test", null, new Pose(1, 0, 0, 0, 2, 1.5 + s, 1.8), 4800));
        }
        PairResidual p = run(0.3).pairs().get(0);
        assertThat(p.observable()).isEqualTo(6);
        for (int a = 0; a < 3; a++) {
            assertThat(p.translation()[a]).isCloseTo(1000 * move[a], within(0.3));
            assertThat(p.rotation()[a]).isCloseTo(0, within(1.5));
        }
    }

    /** A place beside the other's points tells nothing of them. */
    @Test
    void onlyWhereBothSawIsAPlaceOfOverlap() {
        plane(60, 0.0005, 0, 0, ABOVE).plane(30, 0.0005, 0, 0, BESIDE);
        PairResidual p = run(0.3).pairs().get(0);
        // a quarter of the first, all of the second; and a rim as wide as half of the twenty nearest's disc
        double rim = 0.5 * S * Math.sqrt(20 / Math.PI) / S;
        assertThat(p.samples()).isBetween(1700L, (long) (900 + (30 + rim) * (30 + rim)));
    }

    /** Seen from the other side it is another surface: a thin wall, not a doubled one. */
    @Test
    void theOtherSideOfAWallIsNotCompared() {
        plane(60, 0.0005, 0, 0, ABOVE).plane(60, 0.0005, -0.02, 0, 0.7, 0.7, -3);
        assertThat(run(0.3).pairs()).isEmpty();
    }

    @Test
    void unknownEyesAndTooFewPointsGiveNoPairs() {
        plane(40, 0.001, 0, 0, ABOVE).plane(40, 0.001, 0, 0);
        Result r = run(0.3);
        assertThat(r.pairs()).isEmpty();
        assertThat(r.stations()).hasSize(2);
        SurveyTest few = new SurveyTest().plane(40, 0.001, 0, 0, ABOVE).plane(4, 0.001, 0, 0, BESIDE);
        assertThat(few.run(0.3).pairs()).isEmpty();
        assertThat(few.run(0.3).stations().get(1).samples()).isZero();
        assertThat(few.run(0.3).stations().get(1).noise()).isNaN();
    }

    /** A station's noise is sampled in 200 to 400 windows, its spacing at four times as many points. */
    @Test
    void largeStationsAreSampled() {
        plane(250, 0.001, 0, 0, ABOVE);
        StationStats s = run(0.3).stations().get(0);
        assertThat(s.samples()).isCloseTo(400, within(50L));
        assertThat(s.spacing().n()).isCloseTo(1600, within(100L));
    }

    @Test
    void membersAreListedByStation() {
        char[] of = {2, 0, 5, 0, Cloud.NO_STATION, 2};
        int[][] m = Stations.members(of, 3);
        assertThat(m[0]).containsExactly(1, 3);
        assertThat(m[1]).isEmpty();
        assertThat(m[2]).containsExactly(0, 5);
        List<double @Nullable []> eyes = Stations.eyes(List.of(
                new Station("a", "f", null, new Pose(1, 0, 0, 0, 1, 2, 3), 0), new Station("b", "f", null, null, 0)));
        assertThat(eyes.get(0)).containsExactly(1, 2, 3);
        assertThat(eyes.get(1)).isNull();
    }
}
