package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What proves that a plane reflects, where images are exact. */
class ApertureTest {
    private static final MirrorPlane STANDING = MirrorPlane.of(0.8, -0.6, 0, 0.3);
    /** As level as a scan is. */
    private static final MirrorPlane WATER = MirrorPlane.of(0.012, -0.009, 1, 0.2);

    private static final double STEP = 0.06;

    private static @Nullable Aperture found(MirrorBench b) {
        return b.aperture(b.plane);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "-1, 0, 0", "0, 1, 0", "0, -1, 0", "0.8, 0.6, 0", "-0.6, 0.64, 0.48", "0, 0.1, -0.99"})
    void aMirrorIsFoundWhereItHangsAndAsLargeAsItIs(double nx, double ny, double nz) {
        MirrorPlane p = MirrorPlane.of(nx, ny, nz, 0.7);
        MirrorBench b = MirrorBench.room(p, STEP).rim((i, j, u, v) -> 0);
        Reflection r = Objects.requireNonNull(found(b)).reflection();
        assertThat(r.centre()).containsExactly(MirrorBench.told(p.at(0, 0)), within(0.036));
        assertThat(r.normal()).containsExactly(p.n(), within(1e-4));
        // images are seen in 1.2 m, of some cells in part; a cell of 0.07 m more on either side
        assertThat(r.width()).isBetween(1.34, 1.42);
        assertThat(r.height()).isBetween(1.34, 1.42);
        assertThat(r.points()).isZero();
    }

    /** Started with 0.8 mm beside it. */
    @Test
    void thePlaneIsMovedToWhereImagesFit() {
        MirrorBench b = MirrorBench.room(STANDING, STEP).rim((i, j, u, v) -> 0);
        double[] n = STANDING.n();
        Aperture a = Objects.requireNonNull(b.aperture(MirrorPlane.of(n[0], n[1], n[2], STANDING.d() + 0.0008)));
        assertThat(a.plane().d()).isCloseTo(STANDING.d(), within(0.0001));
    }

    @Test
    void imagesAloneProveNothing() {
        assertThat(found(MirrorBench.room(STANDING, STEP))).isNull();
    }

    @Test
    void echoesAllOverItProveAMirrorWithoutFrame() {
        assertThat(found(MirrorBench.room(STANDING, STEP).echoes(0.05))).isNotNull();
    }

    @Test
    void anUnevenRimIsNoFrame() {
        assertThat(found(MirrorBench.room(STANDING, STEP).rim((i, j, u, v) -> (i + j) % 2 == 0 ? 0.003 : 0.004)))
                .isNotNull();
        assertThat(found(MirrorBench.room(STANDING, STEP).rim((i, j, u, v) -> (i + j) % 2 == 0 ? -0.004 : 0.014)))
                .isNull();
    }

    /** A wall close behind carries a mirror; one that stands before the plane is a doorway's, and one edge is no frame. */
    @Test
    void theFrameLiesInThePlaneOrCloseBehind() {
        assertThat(found(MirrorBench.room(STANDING, STEP).rim((i, j, u, v) -> -0.03)))
                .isNotNull();
        assertThat(found(MirrorBench.room(STANDING, STEP).rim((i, j, u, v) -> 0.1)))
                .isNull();
        assertThat(found(MirrorBench.room(STANDING, STEP).rim((i, j, u, v) -> -0.15)))
                .isNull();
        MirrorBench.Rim below = (i, j, u, v) -> v < -Math.abs(u) ? 0 : 0.1;
        assertThat(found(MirrorBench.room(STANDING, STEP).rim(below))).isNull();
    }

    /** The middle with another wall may lie anywhere. */
    @ParameterizedTest
    @CsvSource({"0.06", "0.1"})
    void imagesOfOneWallProveNothing(double step) {
        double[] at = {-1.5, -1.5, 3};
        MirrorBench b = new MirrorBench(STANDING, 0.2, 0.1, 1.6)
                .wall(at, new double[] {3, 0, 0.4}, new double[] {0, 3, 0}, step)
                .rim((i, j, u, v) -> 0);
        assertThat(found(b)).isNull();
    }

    /** A roof like a saw over a pool whose rim stands above it; {@code even}: the same from below as from above. */
    private static MirrorBench pool(boolean even) {
        MirrorBench b = new MirrorBench(WATER, 0.1, -0.1, 1.2).rim((i, j, u, v) -> 0.1);
        double[] along = {0, 3, 0};
        for (double u : new double[] {-1.4, 0}) {
            b.wall(new double[] {u, -1.5, 2.1}, new double[] {1.4, 0, 0.6}, along, 0.12);
            if (even) {
                b.wall(new double[] {u, -1.5, 2.7}, new double[] {1.4, 0, -0.6}, along, 0.12);
            }
        }
        return b;
    }

    @Test
    void waterIsToldByItsRimAndWhatHangsUpsideDown() {
        assertThat(found(pool(false))).isNotNull();
    }

    @Test
    void aStoreyBelowThatIsTheOneAboveMovedDownIsNoWater() {
        assertThat(found(pool(true))).isNull();
    }
}
