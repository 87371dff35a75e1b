package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
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
}
