package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Planes in which exact images say that they mirror each other. */
class MirrorCandidatesTest {
    private static boolean holds(List<MirrorPlane> planes, MirrorPlane p) {
        return planes.stream().anyMatch(o -> {
            double c = 0;
            for (int k = 0; k < 3; k++) {
                c += o.n()[k] * p.n()[k];
            }
            return c > 1 - 1e-7 && Math.abs(o.d() - p.d()) < 0.001;
        });
    }

    /** However it stands: nothing of it but images is seen. With many points and with few. */
    @ParameterizedTest
    @CsvSource({"1, 0, 0", "-1, 0, 0", "0, 1, 0", "0, -1, 0", "0, 0, 1", "0, 0, -1", "0.8, 0.6, 0", "-0.6, 0.64, 0.48"})
    void aMirrorIsACandidateWithItsFrontToTheEye(double nx, double ny, double nz) {
        MirrorPlane p = MirrorPlane.of(nx, ny, nz, 0.7);
        for (double step : new double[] {0.08, 0.25}) {
            MirrorBench b = MirrorBench.room(p, step);
            List<MirrorPlane> planes = MirrorCandidates.of(b.glance());
            assertThat(holds(planes, p)).as("points %s m apart", step).isTrue();
            assertThat(holds(planes, MirrorPlane.of(-nx, -ny, -nz, -0.7)))
                    .as("from behind")
                    .isFalse();
        }
    }

    /** A single wall that is seen once has no image anywhere. */
    @Test
    void aWallAloneGivesNone() {
        MirrorBench b = new MirrorBench(MirrorPlane.of(1, 0, 0, 0), 9, 9, 1.6)
                .wall(new double[] {-2, -2, 3}, new double[] {4, 0, 0}, new double[] {0, 4, 0}, 0.1);
        assertThat(MirrorCandidates.of(b.glance())).isEmpty();
    }

    /**
     * Two sets of places, one sure to 1 mm and one to 9 mm, want the plane in two places: it goes to the mean, weighed by one
     * over the variance.
     */
    @Test
    void placesWeighByHowSureTheyAre() {
        MirrorPlane p = MirrorPlane.of(1, 0, 0, 0);
        Glance g = new MirrorBench(p, 0.2, 0.1, 1.6)
                .wall(new double[] {-2, -2, 3}, new double[] {4, 0, 0}, new double[] {0, 4, 0}, 0.1)
                .glance();
        MirrorFit fit = new MirrorFit(g, p, new double[3]);
        Glance.Match m = g.new Match();
        for (double y : new double[] {-1, 0, 1}) {
            for (double z : new double[] {-1, 0, 1}) {
                assertThat(m.image(p, -3 + 0.02, y, z, 1)).isTrue();
                fit.add(-3 + 0.02, y, z, 0, m);
                assertThat(m.image(p, -3 - 0.01, y, z, 1)).isTrue();
                fit.add(-3 - 0.01, y, z, 0.008, m);
            }
        }
        MirrorPlane q = fit.solve();
        assertThat(q).isNotNull();
        if (q != null) {
            double[] at = q.at(0, 0);
            double mean = (0.02 + -0.01 / 81) / (1 + 1 / 81.0);
            assertThat(at[0]).isCloseTo(mean / 2, within(1e-5));
            assertThat(q.n()[0]).isCloseTo(1, within(1e-6));
        }
    }

    private static MirrorCandidates.Votes votes(double[]... planes) {
        MirrorCandidates.Votes v = new MirrorCandidates.Votes();
        for (double[] p : planes) {
            v.add(p[0], p[1], p[2], p[3]);
        }
        return v;
    }

    /** Of many votes, in the order of how many: the mean of those in a cell of direction and distance, 0.2 m deep. */
    @Test
    void votesForAPlaneAreAveraged() {
        MirrorCandidates.Votes v = new MirrorCandidates.Votes();
        int n = 3000;
        for (int k = 0; k < n; k++) {
            double by = (k + 0.5) / n - 0.5;
            v.add(1, 0.04 * by, 0.02 * by, 0.5 + 0.1 * by);
            if (k % 2 == 0) {
                v.add(0, 0.6 + 0.01 * by, -0.8, -1.1 + 0.1 * by);
            }
            if (k % 3 == 0) {
                v.add(0, -0.6 + 0.01 * by, 0.8, 1.1 + 0.1 * by);
            }
            if (k % 1000 == 0) {
                v.add(-1, 0, 0, 7.1);
            }
        }
        List<MirrorPlane> planes = v.peaks(9, 4);
        double[][] want = {{1, 0, 0, 0.5}, {0, 0.6, -0.8, -1.1}, {0, -0.6, 0.8, 1.1}};
        assertThat(planes).hasSize(3);
        for (int k = 0; k < 3; k++) {
            MirrorPlane p = planes.get(k);
            assertThat(p.n()).containsExactly(new double[] {want[k][0], want[k][1], want[k][2]}, within(1e-4));
            assertThat(p.d()).isCloseTo(want[k][3], within(1e-4));
        }
        assertThat(v.peaks(9, 3)).as("three are enough").hasSize(4);
        assertThat(v.peaks(2, 3)).as("no more than two").hasSize(2);
        assertThat(v.peaks(0, 3)).isEmpty();
    }

    /** Two cells whose means lie within 0.1 m, and 3.6 degrees, are one plane: that of the fuller cell. */
    @Test
    void cellsOfOnePlaneAreOne() {
        double[] less = {0, 0, 1, 0.56};
        double[] more = {0, 0, 1, 0.64};
        MirrorPlane p = votes(more, less, more).peaks(9, 1).getFirst();
        assertThat(votes(more, less, more).peaks(9, 1)).hasSize(1);
        assertThat(p.d()).isCloseTo(0.64, within(1e-6));
        double[] far = {0, 0, 1, 0.53};
        assertThat(votes(more, far, more).peaks(9, 1)).hasSize(2);
        assertThat(votes(more, new double[] {0, 0, -1, 0.64}).peaks(9, 1)).hasSize(2);
        for (double[] a : new double[][] {{1, 0}, {0, 1}, {0.6, -0.8}, {-0.6, -0.8}}) {
            for (double tilt : new double[] {0.05, 0.08}) {
                // either side of the border between two cells
                double[] b = {0, 0, 1, 0.61};
                double[] t = {tilt * a[0], tilt * a[1], 1, 0.59};
                double l = Math.sqrt(1 + tilt * tilt);
                for (int k = 0; k < 3; k++) {
                    t[k] /= l;
                }
                assertThat(votes(b, t).peaks(9, 1)).hasSize(tilt < 0.0634 ? 1 : 2);
            }
        }
    }

    /** Places on both sides of an origin fall into cells of their own. */
    @Test
    void distancesOnEitherSideOfTheOriginAreTwo() {
        double[] d = {-0.29, -0.11, 0.11, 0.29, 0.5, 0.7, -0.7};
        MirrorCandidates.Votes v = new MirrorCandidates.Votes();
        for (double x : d) {
            v.add(0, 1, 0, x);
        }
        assertThat(v.peaks(99, 1)).hasSize(d.length);
    }

    /** Six places are enough to fit a plane to, and five are not. */
    @Test
    void sixPlacesSayWhereAPlaneIs() {
        MirrorPlane p = MirrorPlane.of(1, 0, 0, 0);
        Glance g = new MirrorBench(p, 0.2, 0.1, 1.6)
                .wall(new double[] {-2, -2, 3}, new double[] {4, 0, 0}, new double[] {0, 4, 0}, 0.1)
                .glance();
        Glance.Match m = g.new Match();
        for (int n : new int[] {5, 6}) {
            MirrorFit fit = new MirrorFit(g, p, new double[3]);
            for (int k = 0; k < n; k++) {
                assertThat(m.image(p, -3.02, Math.cos(k), Math.sin(k), 1)).isTrue();
                fit.add(-3.02, Math.cos(k), Math.sin(k), 0, m);
            }
            MirrorPlane q = fit.solve();
            assertThat(q != null).isEqualTo(n == 6);
            if (q != null) {
                assertThat(q.d()).isCloseTo(-0.01, within(1e-5));
            }
        }
    }

    /** From a plane off by 2 degrees and 3 cm a few steps lead to the one that mirrors three walls, wherever the pivot. */
    @ParameterizedTest
    @CsvSource({"0, 0, 0", "0.5, -1, 2", "-3, 4, 1"})
    void stepsOfTheFitLeadToTheMirror(double x, double y, double z) {
        MirrorPlane p = MirrorPlane.of(0.48, -0.6, 0.64, 0.4);
        MirrorBench b = MirrorBench.room(p, 0.12);
        Glance g = b.glance();
        MirrorPlane q = MirrorPlane.of(0.48 + 0.03, -0.6 - 0.02, 0.64 + 0.01, 0.43);
        Glance.Match m = g.new Match();
        for (int round = 0; round < 8; round++) {
            MirrorFit fit = new MirrorFit(g, q, new double[] {x, y, z});
            for (int i = 0; i < g.size(); i++) {
                double px = g.cloud.px(i);
                double py = g.cloud.py(i);
                double pz = g.cloud.pz(i);
                if (p.over(px, py, pz) < 0 && m.image(q, px, py, pz, round < 4 ? 0.3 : 0.03)) {
                    fit.add(px, py, pz, 0, m);
                }
            }
            q = Objects.requireNonNull(fit.solve());
        }
        assertThat(q.n()).containsExactly(p.n(), within(1e-5));
        assertThat(q.d()).isCloseTo(p.d(), within(1e-5));
    }

    private static double over(Glance g, MirrorPlane p, int i) {
        return p.over(g.cloud.px(i), g.cloud.py(i), g.cloud.pz(i));
    }

    /** A hall stands behind it, too, first in the order of space: the mirror is found all the same. */
    @Test
    void imagesAreFoundWhateverElseStandsBehind() {
        MirrorPlane p = MirrorPlane.of(1, 0, 0, 0);
        MirrorBench b = MirrorBench.room(p, 0.08);
        for (double u = -12; u < 12; u += 0.2) {
            for (double v = -12; v < 12; v += 0.2) {
                b.point(u, v, -20);
            }
        }
        assertThat(holds(MirrorCandidates.of(b.glance()), p)).isTrue();
    }

    /** Whole walls behind a plane, from one end to the other, as many as are asked for; nothing before or just behind. */
    @ParameterizedTest
    @CsvSource({"100", "500", "99999"})
    void placesBehindAPlaneAreTakenEvenly(int most) {
        MirrorPlane p = MirrorPlane.of(0.48, -0.6, 0.64, 0.3);
        MirrorBench b = new MirrorBench(p, 0, 0, 1);
        for (double u = -3; u < 3; u += 0.05) {
            for (double v = -3; v < 3; v += 0.05) {
                b.point(u, v, -2 + 0.1 * u);
            }
        }
        for (double u = -3; u < 3; u += 0.1) {
            for (double v = -1; v < 1; v += 0.1) {
                b.point(u, v, -0.019).point(u, v, 2).point(u, 3, v - 3);
            }
        }
        Glance g = b.glance();
        int[] behind = new MirrorCandidates(g).behind(p, most);
        assertThat(behind.length).isBetween(Math.min(most, 14_000), Math.min(most, 14_800));
        int[] quarter = new int[4];
        for (int i : behind) {
            assertThat(over(g, p, i)).isLessThan(-0.02);
            double[] at = p.along(new double[] {g.cloud.px(i), g.cloud.py(i), g.cloud.pz(i)});
            quarter[(at[0] < 0 ? 0 : 1) + (at[1] < 0 ? 0 : 2)]++;
        }
        for (int q : quarter) {
            assertThat(q / (double) behind.length).isBetween(0.2, 0.3);
        }
        MirrorPlane near = MirrorPlane.of(0.48, -0.6, 0.64, 0.3 + 0.95);
        assertThat(new MirrorCandidates(g).behind(near, most))
                .as("the eye is too near")
                .isEmpty();
    }

    /** A wall with panels 13 cm behind it, three to one: the plane lies on the wall, not between. */
    @ParameterizedTest
    @CsvSource({"1, 0, 0", "0, -1, 0", "0, 0, 1", "0.48, -0.6, 0.64"})
    void aScannedPlaneLiesOnWhatWasScanned(double x, double y, double z) {
        MirrorPlane p = MirrorPlane.of(x, y, z, 0.9);
        MirrorBench b = new MirrorBench(p, 0, 0, 2);
        for (int i = -40; i < 40; i++) {
            for (int j = -40; j < 40; j++) {
                boolean panel = i >= 20;
                b.point(0.05 * i, 0.05 * j, panel ? -0.13 : 0.001 * Math.floorMod(i + j, 2));
            }
        }
        Glance g = b.glance();
        int[] ids = IntStream.range(0, g.size())
                .filter(i -> g.patch(i) && g.flat(i))
                .toArray();
        List<MirrorPlane> planes = new MirrorCandidates(g).scanned(ids);
        MirrorPlane first = planes.getFirst();
        assertThat(first.n()).containsExactly(p.n(), within(1e-3));
        assertThat(first.over(p.d() * x, p.d() * y, p.d() * z)).isCloseTo(-0.0005, within(3e-4));
    }

    /** Most pairs vote for the plane itself, before any fit, its front to the eye; few for another that is like it. */
    @ParameterizedTest
    @CsvSource({"1, 0, 0", "0, -1, 0", "0, 0, 1", "0.48, -0.6, 0.64", "-0.64, 0.48, -0.6"})
    void pairsVoteForThePlaneBetweenThem(double x, double y, double z) {
        MirrorPlane p = MirrorPlane.of(x, y, z, 0.9);
        Glance g = MirrorBench.room(p, 0.1).glance();
        int[] ids = IntStream.range(0, g.size())
                .filter(i -> g.patch(i) && g.flat(i))
                .toArray();
        int best = -1;
        List<MirrorPlane> planes = new MirrorCandidates(g).voted(ids);
        for (int k = planes.size() - 1; k >= 0; k--) {
            MirrorPlane o = planes.get(k);
            double c = o.n()[0] * p.n()[0] + o.n()[1] * p.n()[1] + o.n()[2] * p.n()[2];
            best = c > 0.999 && Math.abs(o.d() - p.d()) < 0.04 ? k : best;
            assertThat(c < -0.999 && Math.abs(o.d() + p.d()) < 0.04)
                    .as("from behind")
                    .isFalse();
        }
        assertThat(best).isBetween(0, 3);
    }

    /** Of all behind it what is seen where images are, hanging together; other things, and images elsewhere, are not. */
    @Test
    void imagesAreSoughtThroughOnePart() {
        MirrorPlane p = MirrorPlane.of(0.8, -0.6, 0, 0.3);
        MirrorBench.Shape large = (u, v) -> u > -0.55 && u < 0.1 && Math.abs(v) < 0.5;
        MirrorBench.Shape small = (u, v) -> u > 0.75 && u < 0.9 && Math.abs(v) < 0.2;
        MirrorBench b = new MirrorBench(p, 0, 0, 1.5).shape((u, v) -> large.shows(u, v) || small.shows(u, v));
        b.wall(new double[] {-3, -3, 2}, new double[] {3, 0, 1}, new double[] {0, 6, 0}, 0.07)
                .wall(new double[] {0, -3, 3}, new double[] {3.5, 0, -0.8}, new double[] {0, 6, 0}, 0.07);
        for (double u = -1; u < 1; u += 0.03) {
            for (double v = -0.7; v < 0.7; v += 0.03) {
                if (!large.shows(u, v) && !small.shows(u, v)) {
                    b.point(2 * u, 2 * v, -1.5);
                }
            }
        }
        Glance g = b.glance();
        MirrorCandidates c = new MirrorCandidates(g);
        int[] all = c.behind(p, 99_999);
        boolean[] in = new boolean[g.size()];
        for (int i : c.around(p, all)) {
            in[i] = true;
        }
        double[] uv = new double[2];
        int[] seen = new int[2];
        for (int i : all) {
            p.cross(g.eye(i), g.cloud.px(i), g.cloud.py(i), g.cloud.pz(i), 0.1, uv);
            // cells are 0.17 and 0.12 m wide
            boolean well = large.shows(uv[0] - 0.17, uv[1])
                    && large.shows(uv[0] + 0.17, uv[1])
                    && large.shows(uv[0], uv[1] - 0.12)
                    && large.shows(uv[0], uv[1] + 0.12);
            boolean off = uv[0] < -0.75 || uv[0] > 0.3 || Math.abs(uv[1]) > 0.65;
            if (well) {
                assertThat(in[i]).as("%s, %s", uv[0], uv[1]).isTrue();
            }
            if (off) {
                assertThat(in[i]).as("%s, %s", uv[0], uv[1]).isFalse();
            }
            seen[0] += well ? 1 : 0;
            seen[1] += off ? 1 : 0;
        }
        assertThat(seen[0]).isGreaterThan(200);
        assertThat(seen[1]).isGreaterThan(200);
    }

    /** Where the mirror image of a surface stands, another must face as that image does: the back of a wall is none. */
    @ParameterizedTest
    @CsvSource({"1.5, true", "3, false"})
    void imagesFaceAsTheirThingsDo(double eye, boolean are) {
        MirrorPlane p = MirrorPlane.of(0.48, -0.6, 0.64, 0.3);
        MirrorBench b = new MirrorBench(p, 0, 0, eye);
        for (double u = -2; u < 2; u += 0.08) {
            for (double v = -2; v < 2; v += 0.08) {
                b.point(u, v, 2 + 0.1 * u).point(u, v, -2 - 0.1 * u);
            }
        }
        Glance g = b.glance();
        MirrorCandidates c = new MirrorCandidates(g);
        int[] behind = c.behind(p, 500);
        assertThat(behind).hasSize(500);
        assertThat(c.around(p, behind).length).isBetween(are ? 400 : 0, are ? 500 : 0);
    }
}
