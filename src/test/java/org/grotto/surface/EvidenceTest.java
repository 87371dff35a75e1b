package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Mesh;
import org.grotto.sight.RangeMaps;
import org.grotto.store.Engine;
import org.grotto.store.MeshStore;
import org.grotto.store.Threads;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Evidence at single places over a flat grid of points, 10 mm apart, whose distances are counted by hand. */
class EvidenceTest {
    private static final Lattice LATTICE = new Lattice(-5, -5, -5, 1e-6);
    private static final double S = 0.01;
    private static final TrimOptions OPTIONS = new TrimOptions(3.25, 2.4, 2, 100, false);

    private final List<double[]> points = new ArrayList<>();
    private final List<double[]> normals = new ArrayList<>();
    private final List<Double> spacing = new ArrayList<>();
    private final List<double @Nullable []> eyes = new ArrayList<>();
    private final float[] normal = {0, 0, 1};

    private void add(double s, double nx, double nz, double... p) {
        points.add(p);
        normals.add(new double[] {nx, 0, nz});
        spacing.add(s);
    }

    /** 40 x 40 points; x and y from 0 to 0.39. */
    private EvidenceTest grid() {
        for (int i = 0; i < 40 * 40; i++) {
            add(S, 0, 1, S * (i % 40), S * (i / 40), 0);
        }
        return this;
    }

    private Cloud cloud() {
        int n = points.size();
        int[][] c = new int[3][n];
        float[] nn = new float[3 * n];
        float[] s = new float[n];
        for (int i = 0; i < n; i++) {
            c[0][i] = LATTICE.ix(points.get(i)[0]);
            c[1][i] = LATTICE.iy(points.get(i)[1]);
            c[2][i] = LATTICE.iz(points.get(i)[2]);
            for (int a = 0; a < 3; a++) {
                nn[3 * i + a] = (float) normals.get(i)[a];
            }
            s[i] = spacing.get(i).floatValue();
        }
        return new Cloud(LATTICE, c[0], c[1], c[2], nn, null, null, new char[n]).with(Columns.SPACING, s);
    }

    private record Said(float distance, float spacing, int crossed, int evidence) {}

    /** What is said of vertices at these places, all with the same normal. */
    private List<Said> said(double[]... places) {
        float[] xyz = new float[3 * places.length];
        float[] nn = new float[xyz.length];
        for (int v = 0; v < places.length; v++) {
            for (int a = 0; a < 3; a++) {
                xyz[3 * v + a] = (float) places[v][a];
                nn[3 * v + a] = normal[a];
            }
        }
        Mesh mesh = new Mesh(0, 0, 0, xyz, nn, null, null, new int[0]);
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            MeshStore store = engine.mesh(mesh, engine.store(cloud(), 900), 1000);
            Mesh m = Evidence.add(store, RangeMaps.of(store.points(), eyes, engine), OPTIONS, engine)
                    .whole();
            List<Said> out = new ArrayList<>();
            for (int v = 0; v < places.length; v++) {
                out.add(new Said(
                        Objects.requireNonNull(m.columns.floats(Evidence.DISTANCE.name()))[v],
                        Objects.requireNonNull(m.columns.floats(Evidence.SPACING.name()))[v],
                        Objects.requireNonNull(m.columns.bytes(Evidence.CROSSED.name()))[v],
                        Objects.requireNonNull(m.evidence())[v] & 255));
            }
            return out;
        }
    }

    private Said at(double x, double y, double z) {
        return said(new double[] {x, y, z}).get(0);
    }

    /** Among the points, and on them to a seventh of a spacing, it is the distance to the nearest one. */
    @Test
    void amongThePointsItIsTheDistanceToTheNearest() {
        grid();
        assertThat(at(0.2, 0.2, 0).distance).isCloseTo(0, within(1e-4f));
        assertThat(at(0.205, 0.205, 0).distance).isCloseTo((float) Math.sqrt(0.5), within(1e-4f));
        assertThat(at(0.2, 0.2, 0.0014).distance).isCloseTo(0.14f, within(1e-4f));
        assertThat(at(0.2, 0.2, -0.0014).distance).isCloseTo(0.14f, within(1e-4f));
        assertThat(at(0.2, 0.2, 0).spacing).isCloseTo((float) S, within(1e-7f));
    }

    /** A seventh of a spacing off the plane is forgiven within three quarters of a spacing of a point, not further off. */
    @Test
    void closeToAPointALittleHeightIsForgiven() {
        grid();
        assertThat(at(0.2, 0.205, 0.0014).distance).isCloseTo((float) Math.hypot(0.5, 0.14), within(1e-3f));
        assertThat(at(-0.01, 0.2, 0.0014).distance).isCloseTo((float) Math.hypot(1, 4 * 0.14), within(1e-3f));
    }

    /** Off their plane it counts four times. */
    @ParameterizedTest
    @CsvSource({"0.16", "0.5", "0.8", "2"})
    void offThePlaneItCountsFourTimes(double spacings) {
        grid();
        assertThat(at(0.2, 0.2, spacings * S).distance).isCloseTo((float) (4 * spacings), within(1e-3f));
        assertThat(at(0.2, 0.2, -spacings * S).distance).isCloseTo((float) (4 * spacings), within(1e-3f));
        // beyond the points' rim it is both together
        assertThat(at(-0.02, 0.2, spacings * S).distance).isCloseTo((float) Math.hypot(2, 4 * spacings), within(1e-3f));
    }

    /** Along the plane beyond the rim: measured up to 1.25 spacings, then less, nothing from the limit on. */
    @Test
    void evidenceFadesFromTheRimToTheLimit() {
        grid();
        for (double d : new double[] {0.5, 1.2, 1.3, 2.25, 3, 3.2, 3.4}) {
            Said s = at(-d * S, 0.2, 0);
            double want = d <= 1.25 ? 255 : Math.max(0, Math.rint(255 * (3.25 - d) / 2));
            assertThat((double) s.evidence).as("at %s", d).isCloseTo(want, within(1.0));
            assertThat(s.distance).isCloseTo(d < 3.25 ? (float) d : Evidence.FAR, within(1e-3f));
        }
        assertThat(at(-0.02, 0.2, 0).evidence).isLessThan(255);
    }

    /** Points that look away by more than 78 degrees are of another side. */
    @Test
    void onlyPointsOfTheSameSideCount() {
        grid();
        normal[0] = (float) Math.sin(Math.toRadians(77));
        normal[2] = (float) Math.cos(Math.toRadians(77));
        assertThat(at(0.2, 0.2, 0).evidence).isEqualTo(255);
        normal[0] = (float) Math.sin(Math.toRadians(79.5));
        normal[2] = (float) Math.cos(Math.toRadians(79.5));
        assertThat(at(0.2, 0.2, 0).distance).isEqualTo(Evidence.FAR);
        assertThat(at(0.2, 0.2, 0).evidence).isZero();
    }

    /** What lies off the planes by no more than these scatter is on them. */
    @Test
    void scatterIsForgiven() {
        for (int i = 0; i < 40 * 40; i++) {
            double z = (i + i / 40) % 2 == 0 ? 0.004 : -0.004;
            add(S, 0, 1, S * (i % 40), S * (i / 40), z);
        }
        assertThat(at(0.205, 0.205, 0.002).distance).isLessThan(0.85f);
        float far = at(0.205, 0.205, 0.010).distance;
        // the eight nearest are six 6 mm below and two 14 mm: their mean is 8 mm, and they scatter by sqrt(12) mm
        assertThat(far).isCloseTo((float) Math.hypot(Math.sqrt(0.5), 0.4 * (8 - Math.sqrt(12))), within(0.01f));
    }

    /** Distances are counted in local spacings, but in no less than three quarters of a typical one. */
    @Test
    void theUnitIsTheLocalSpacingOrMostOfTheTypicalOne() {
        grid();
        for (int i = 0; i < 100; i++) {
            add(0.002, 0, 1, 1 + 0.002 * (i % 10), 0.002 * (i / 10), 0);
            add(0.02, 0, 1, 2 + 0.02 * (i % 10), 0.02 * (i / 10), 0);
        }
        Said dense = at(1.018 + 0.01, 0.01, 0);
        assertThat(dense.distance).isCloseTo((float) (0.01 / 0.0075), within(2e-3f));
        assertThat(dense.spacing).isCloseTo(0.0075f, within(1e-6f));
        Said wide = at(2.18 + 0.03, 0.1, 0);
        assertThat(wide.distance).isCloseTo(1.5f, within(2e-3f));
        assertThat(wide.spacing).isCloseTo(0.02f, within(1e-6f));
    }

    /** Points further apart than 2.4 typical spacings prove nothing. */
    @ParameterizedTest
    @CsvSource({"0.023, true", "0.025, false"})
    void sparsePointsProveNothing(double apart, boolean proves) {
        grid();
        for (int i = 0; i < 64; i++) {
            add(apart, 0, 1, 2 + apart * (i % 8), apart * (i / 8), 0);
        }
        Said s = at(2 + 3 * apart, 3 * apart, 0);
        assertThat(s.evidence).isEqualTo(proves ? 255 : 0);
        assertThat(s.distance).isCloseTo(proves ? 0 : Evidence.FAR, within(1e-3f));
    }

    /** In free space, before a wall that a station saw all around; not near the wall, nor beside what it saw. */
    @Test
    void whatRaysCrossedIsFree() {
        grid();
        eyes.add(new double[] {0.2, 0.2, 1});
        assertThat(at(0.2, 0.2, 0.5)).isEqualTo(new Said(Evidence.FAR, (float) S, 1, 0));
        // two spacings before the wall it is the wall's own noise
        assertThat(at(0.2, 0.2, 0.015).crossed).isZero();
        assertThat(at(0.2, 0.2, 0.025).crossed).isEqualTo(1);
        assertThat(at(0.2, 0.2, -0.3).crossed).isZero();
        assertThat(at(0.9, 0.9, 0.5).crossed).isZero();
        eyes.set(0, null);
        assertThat(at(0.2, 0.2, 0.5).crossed).isZero();
    }

    @Test
    void withoutPointsThereIsNoEvidence() {
        add(S, 0, 1, 0, 0, 0);
        assertThat(at(3, 3, 3)).isEqualTo(new Said(Evidence.FAR, (float) S, 0, 0));
        points.clear();
        normals.clear();
        spacing.clear();
        assertThat(at(0, 0, 0)).isEqualTo(new Said(Evidence.FAR, 0, 0, 0));
    }
}
