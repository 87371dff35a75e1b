package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;

/** Cells follow the ratio of noise to spacing, and neither the size of the site nor what else stands in it. */
class ResolutionTest {
    private static final PoissonOptions O = PoissonOptions.DEFAULTS;

    private static Surface surface(Cloud c, double... noise) {
        try (Work work = Work.silent()) {
            return Poisson.reconstruct(c, new Noise(noise, new boolean[noise.length]), O, work);
        }
    }

    private static Cloud ofStation(Cloud c) {
        return new Cloud(c.lattice, c.x, c.y, c.z, c.normals(), null, null, new char[c.size]);
    }

    @Test
    void samplesFollowTheRatioOfNoiseToSpacing() {
        Noise n = new Noise(new double[] {0.001, 0.001, Double.NaN}, new boolean[] {false, true, false});
        assertThat(n.samplesPerNode(0, 1)).isCloseTo(1.35, within(1e-9));
        assertThat(n.samplesPerNode(0, 0.010)).isCloseTo(1.5, within(1e-9));
        assertThat(n.samplesPerNode(0, 0.005)).isCloseTo(3, within(1e-9));
        assertThat(n.samplesPerNode(0, 0.001)).isCloseTo(3.5, within(1e-9));
        assertThat(n.samplesPerNode(1, 0.010)).isCloseTo(1.5, within(1e-9));
        assertThat(n.samplesPerNode(1, 0.001)).as("a bound").isCloseTo(2.5, within(1e-9));
        for (int unknown : new int[] {2, 3, Cloud.NO_STATION}) {
            assertThat(n.samplesPerNode(unknown, 0.010)).isCloseTo(2.5, within(1e-9));
        }
    }

    /** 35 mm spacing, 0.3 mm noise: what is wrong is relief that the cells do not follow. */
    @Test
    void aSharpScanIsFollowedMoreClosely() {
        AnalyticCave cave = AnalyticCave.chamber(1);
        Cloud c = ofStation(cave.scan(60_000, 0.0003, 3));
        Mesh usual = surface(c).mesh();
        Mesh told = surface(c, 0.0003).mesh();
        double[] before = MeshCheck.errors(usual, cave, 30_000, 2);
        double[] after = MeshCheck.errors(told, cave, 30_000, 2);
        assertThat(MeshCheck.quantile(after, 0.5)).isLessThan(0.85 * MeshCheck.quantile(before, 0.5));
        assertThat(MeshCheck.quantile(after, 0.95)).isLessThan(0.9 * MeshCheck.quantile(before, 0.95));
        assertThat(MeshCheck.closedManifold(told)).isEmpty();
    }

    /** 7 mm spacing on a smooth ball, 2 mm noise: what is wrong is noise. */
    @Test
    void aNoisyScanIsAveragedWithFewerTriangles() {
        AnalyticCave cave = AnalyticCave.sphere(0.5);
        Cloud c = ofStation(cave.scan(60_000, 0.002, 1));
        Mesh usual = surface(c).mesh();
        Mesh told = surface(c, 0.002).mesh();
        assertThat(told.triangleCount()).isLessThan((int) (0.9 * usual.triangleCount()));
        double before = MeshCheck.rms(MeshCheck.errors(usual, cave, 30_000, 2));
        assertThat(MeshCheck.rms(MeshCheck.errors(told, cave, 30_000, 2))).isLessThan(before);
    }

    /** Alone the chamber needs eight levels, beside another nearly two kilometres away twenty. */
    @Test
    void aFarSecondCaveTakesNoDetail() {
        AnalyticCave cave = AnalyticCave.chamber(0.25);
        Cloud one = cave.scan(40_000, 0.0001, 5);
        double alone = MeshCheck.quantile(
                MeshCheck.errors(surface(ofStation(one), 0.0001).mesh(), cave, 20_000, 2), 0.5);
        int n = one.size;
        int[] x = Arrays.copyOf(one.x, 2 * n);
        int[] y = Arrays.copyOf(one.y, 2 * n);
        int[] z = Arrays.copyOf(one.z, 2 * n);
        float[] normals = Arrays.copyOf(one.normals(), 6 * n);
        System.arraycopy(one.normals(), 0, normals, 3 * n, 3 * n);
        for (int i = n; i < 2 * n; i++) {
            x[i] = one.x[i - n] + 1_900_000_000;
            y[i] = one.y[i - n];
            z[i] = one.z[i - n];
        }
        Cloud both = new Cloud(new Lattice(0, 0, 0, 1e-6), x, y, z, normals, null, null, new char[2 * n]);
        Surface s = surface(both, 0.0001);
        double[] near = new double[20_000];
        int found = 0;
        for (int v = 0; v < s.mesh().vertexCount() && found < near.length; v++) {
            double px = s.mesh().originX + s.mesh().xyz[3 * v];
            if (px < 10) {
                near[found++] = Math.abs(cave.distance(
                        px, s.mesh().originY + s.mesh().xyz[3 * v + 1], s.mesh().originZ + s.mesh().xyz[3 * v + 2]));
            }
        }
        double[] errors = Arrays.copyOf(near, found);
        assertThat(found).isGreaterThan(10_000);
        // a float is good for 0.06 mm there
        assertThat(MeshCheck.quantile(errors, 0.5)).isLessThan(1.3 * alone + 0.00006);
        assertThat(MeshCheck.closedManifold(s.mesh())).isEmpty();
    }
}
