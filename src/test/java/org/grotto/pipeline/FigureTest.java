package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.grotto.base.Work;
import org.grotto.clean.CleanOptions;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.TriangleTree;
import org.grotto.sight.Contradiction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What stood in one scan alone is not measured where another station saw through its place; a station in the wrong place
 * loses nothing, and its surface is in conflict; where all is well nothing is.
 */
class FigureTest {
    private static DustyScans.Found run(DustyScans d) {
        return d.run(true, CleanOptions.Side.INSIDE);
    }

    /** Share of the figures' points whose place another station saw 15 cm past that are kept or near measured surface. */
    static double[] left(DustyScans d, DustyScans.Found f) {
        try (Work work = Work.silent()) {
            TriangleTree tree = new TriangleTree(DustyScans.measured(f.judged().mesh()), work);
            KdTree.Query q = KdTree.of(f.cleaned().cloud()).query();
            double[] n = new double[3];
            for (double[] p : d.points) {
                if (p[4] == DustyScans.VISITOR && d.seenThrough(p, 0.15, 1)) {
                    boolean kept = q.nearest(p[0], p[1], p[2], 1, 2e-6) > 0;
                    boolean near = tree.distance(p[0], p[1], p[2], 0.02) < 0.02;
                    n[0] += kept || near ? 1 : 0;
                    n[1] += near ? 1 : 0;
                    n[2]++;
                }
            }
            return new double[] {n[0] / n[2], n[1] / n[2], n[2]};
        }
    }

    @ParameterizedTest
    @CsvSource({"cave, 4", "courtyard, 6"})
    void figuresAreNotMeasured(String scene, long seed) {
        DustyScans d = FigureScenes.of(scene, seed);
        DustyScans.Found f =
                d.run(true, scene.equals("courtyard") ? CleanOptions.Side.OUTSIDE : CleanOptions.Side.INSIDE);
        double[] left = left(d, f);
        assertThat(left[2]).isGreaterThan(300);
        assertThat(left[0]).as("kept or near measured surface").isLessThan(0.05);
        assertThat((double) f.kept()[DustyScans.STONE] / f.all()[DustyScans.STONE])
                .isGreaterThan(0.999);
        assertThat(area(f)).isLessThan(0.001 * f.trim().areaKept());
    }

    /** By 54 cm, and by 11 cm, little more than rays are apart: nothing has moved. */
    @ParameterizedTest
    @CsvSource({"shifted, 5, 0.1", "shifted less, 5, 0.02"})
    void aMisplacedStationIsInConflictAndLosesNothing(String scene, long seed, double share) {
        DustyScans.Found f = run(FigureScenes.of(scene, seed));
        assertThat(f.cleaned().report().removed().moved()).isZero();
        assertThat(f.judged().area()).containsOnlyKeys(Contradiction.REGISTRATION);
        assertThat(area(f)).isGreaterThan(share * f.trim().areaKept());
    }

    @Test
    void whereAllIsWellNothingConflicts() {
        DustyScans.Found f = run(FigureScenes.of("plain", 8));
        assertThat(area(f)).isLessThan(0.0005 * f.trim().areaKept());
        assertThat(f.cleaned().report().removed().moved()).isZero();
    }

    private static double area(DustyScans.Found f) {
        return f.judged().area().values().stream().mapToDouble(a -> a).sum();
    }
}
