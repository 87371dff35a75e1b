package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.grotto.base.Work;
import org.junit.jupiter.api.Test;

class SolverTest {
    private static final PoissonOptions O = PoissonOptions.DEFAULTS;

    /**
     * Levels solved for the whole cave are solved to a hundred thousandth: what they leave no finer level repairs. Finer ones
     * stop at a thousandth, or when their iterations are spent.
     */
    @Test
    void everyLevelIsSolvedToItsTolerance() {
        PoissonOptions fine = new PoissonOptions(13, Double.NaN, 8, 2.5, 0, 1.1, 4, 4, 40);
        try (Work work = Work.silent()) {
            var cloud = AnalyticCave.chamber(1).scan(8_000, 0.001, 3);
            SolverReport r = Poisson.reconstruct(cloud, fine, work).report();
            assertThat(r.levels()).hasSizeGreaterThan(3);
            for (SolverReport.LevelReport l : r.levels()) {
                double left = l.residualAfter() / l.residualBefore();
                assertThat(l.iterations()).isBetween(1, 39);
                assertThat(left).as("level %d", l.depth()).isLessThan(l.depth() <= 4 ? 1e-5 : 1e-3);
                assertThat(l.cellSize()).isCloseTo(r.side() / (1 << l.depth()), within(1e-12));
            }
            assertThat(r.levels().getFirst().depth()).isEqualTo(2);
            assertThat(r.levels().getFirst().unknowns()).isEqualTo(125);
            assertThat(r.levels().getFirst().blocks()).isEqualTo(27);
            SolverReport few = Poisson.reconstruct(
                            cloud, new PoissonOptions(13, Double.NaN, 8, 2.5, 0, 1.1, 4, 4, 3), work)
                    .report();
            assertThat(few.levels().getLast().iterations()).isEqualTo(3);
            assertThat(few.levels().get(2).iterations()).isGreaterThan(3);
        }
    }

    /** The function is right, not just what is left of the equation small: a solution to a millionth differs hardly. */
    @Test
    void theSurfaceIsThatOfTheExactSolution() {
        try (Work work = Work.silent()) {
            AnalyticCave ball = AnalyticCave.sphere(0.5);
            var cloud = ball.scan(4_000, 0, 1);
            Surface once = Poisson.reconstruct(cloud, O, work);
            PoissonOptions exact = new PoissonOptions(13, Double.NaN, 8, 2.5, 0, 1.1, 5, 13, 1000);
            Surface best = Poisson.reconstruct(cloud, exact, work);
            double a = MeshCheck.rms(MeshCheck.errors(once.mesh(), ball, 20_000, 2));
            double b = MeshCheck.rms(MeshCheck.errors(best.mesh(), ball, 20_000, 2));
            assertThat(a).isCloseTo(b, within(0.03 * b));
        }
    }

    /** The value on the surface is the mean at the samples, by the area they stand for, in the leaf cells they lie in. */
    @Test
    void theValueOnTheSurfaceIsTheMeanAtTheSamples() {
        try (Work work = Work.silent()) {
            Samples s = Grid.samples(Grid.SMALL, work);
            List<Grid> levels = Grid.octree(s, Grid.SMALL, work);
            IsoValue iso = new IsoValue();
            double[] value = new double[s.n];
            for (Grid g : levels) {
                Level l = g.level;
                l.u = g.noise(l.depth);
                iso.add(l, s, work);
                for (int i = 0; i < s.n; i++) {
                    int[] c = Grid.cellOf(s, i, l.depth);
                    if (!g.cell(c[0], c[1], c[2]) || g.refined(c[0], c[1], c[2])) {
                        continue;
                    }
                    for (int k = 0; k < 8; k++) {
                        int at = g.at(c[0] + (k & 1), c[1] + (k >> 1 & 1), c[2] + (k >> 2));
                        value[i] += Grid.weight(k, Grid.placeIn(s, i, l.depth)) * l.u[at];
                    }
                }
            }
            double sum = 0;
            double area = 0;
            for (int i = 0; i < s.n; i++) {
                sum += s.area[i] * value[i];
                area += s.area[i];
            }
            assertThat(iso.value()).isCloseTo(sum / area, within(1e-5));
        }
    }

    /** Where the function is a parabola along an edge, the crossing is its root. */
    @Test
    void crossingsAreTheRootsOfParabolas() {
        try (Work work = Work.silent()) {
            Samples s = Grid.samples(Grid.SMALL, work);
            Grid g = Grid.octree(s, Grid.SMALL, work).get(2);
            Level l = g.level;
            l.u = new float[8 * l.n];
            for (int axis = 0; axis < 3; axis++) {
                for (int i = 0; i < l.u.length; i++) {
                    int[] c = {Grid.x(l, i / 8, i & 7), Grid.y(l, i / 8, i & 7), Grid.z(l, i / 8, i & 7)};
                    l.u[i] = (float) parabola(c[axis]);
                }
                int found = 0;
                for (int i = 0; i < l.u.length; i++) {
                    int[] c = {Grid.x(l, i / 8, i & 7), Grid.y(l, i / 8, i & 7), Grid.z(l, i / 8, i & 7)};
                    if (c[axis] != 3 || !g.cell(c[0], c[1], c[2])) {
                        continue;
                    }
                    int[] end = c.clone();
                    end[axis]++;
                    boolean smooth = g.active(c[0], c[1], c[2]) && g.active(end[0], end[1], end[2]);
                    int[] neighbour = java.util.Arrays.copyOfRange(l.neighbour, 27 * (i / 8), 27 * (i / 8) + 27);
                    double t = Edge.root(l, neighbour, i & 7, axis, 0.25f);
                    if (smooth) {
                        assertThat(3 + t).isCloseTo(root(), within(2e-5));
                        found++;
                    } else {
                        assertThat(t).isBetween(0.0, 1.0);
                    }
                }
                assertThat(found).isGreaterThan(8);
            }
        }
    }

    /** Rises through 0.25 between 3 and 4. */
    private static double parabola(double x) {
        return 0.05 * x * x + 0.1 * x - 0.75;
    }

    private static double root() {
        return (-0.1 + Math.sqrt(0.01 + 4 * 0.05 * 1)) / 0.1;
    }
}
