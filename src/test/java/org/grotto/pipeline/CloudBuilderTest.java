package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.ColumnType.Kind;
import org.grotto.geometry.Columns;
import org.grotto.geometry.ScanColumns;
import org.junit.jupiter.api.Test;

/** What was added comes out again, however far it grows and however far away it lies. */
class CloudBuilderTest {
    /** Far more points than were expected, every column filled from the start or from somewhere in the middle. */
    @Test
    void growingLosesNothing() {
        int n = 20_000;
        Random r = new Random(3);
        CloudBuilder b = new CloudBuilder(0);
        double[][] p = new double[n][];
        for (int i = 0; i < n; i++) {
            p[i] = new double[] {100.2 + r.nextDouble(), -50.7 + r.nextDouble(), r.nextDouble()};
            assertThat(b.size()).isEqualTo(i);
            assertThat(b.add(p[i][0], p[i][1], p[i][2], i % 3)).isEqualTo(i);
            b.intensity(i, i / 1000.0);
            if (i >= 700) {
                b.normal(i, i, -i, 0.5);
                b.colour(i, i, 65535 - i, 7);
            }
        }
        Cloud c = b.build(Columns.NONE.with(ScanColumns.ROW, new char[n]));
        assertThat(c.size).isEqualTo(n);
        assertThat(c.lattice.step()).isEqualTo(1e-6);
        for (int a = 0; a < 3; a++) {
            int axis = a;
            double[] v = Arrays.stream(p).mapToDouble(q -> q[axis]).sorted().toArray();
            double o = a == 0 ? c.lattice.originX() : a == 1 ? c.lattice.originY() : c.lattice.originZ();
            assertThat(o).isEqualTo(Math.rint(v[(n - 1) / 2]));
        }
        for (int i = 0; i < n; i++) {
            assertThat(c.px(i)).isCloseTo(p[i][0], within(0.5001e-6));
            assertThat(c.py(i)).isCloseTo(p[i][1], within(0.5001e-6));
            assertThat(c.pz(i)).isCloseTo(p[i][2], within(0.5001e-6));
            assertThat((int) c.station()[i]).isEqualTo(i % 3);
            assertThat(c.intensity()[i]).isEqualTo((float) (i / 1000.0));
            float[] normal = Arrays.copyOfRange(c.normals(), 3 * i, 3 * i + 3);
            assertThat(normal).isEqualTo(i < 700 ? new float[3] : new float[] {i, -i, 0.5f});
            assertThat((int) c.rgb()[3 * i + 1]).isEqualTo(i < 700 ? 0 : 65535 - i);
            assertThat((int) c.rgb()[3 * i]).isEqualTo(i < 700 ? 0 : i);
        }
        assertThat(c.columns.has("row")).isTrue();
        assertThat(c.columns.type("normal")).isNotNull();
    }

    @Test
    void whatNobodySaidIsNotThere() {
        CloudBuilder b = new CloudBuilder(5);
        b.scaleColour(0, 257);
        b.normaliseIntensity(0, 0, 1, 2);
        b.add(1, 2, 3, 0);
        Cloud c = b.build(Columns.NONE);
        assertThat(c.normals()).isNull();
        assertThat(c.rgb()).isNull();
        assertThat(c.intensity()).isNull();
        assertThat(c.x).hasSize(1);
        Cloud none = new CloudBuilder(0).build(Columns.NONE);
        assertThat(none.size).isZero();
        assertThat(none.lattice.step()).isEqualTo(1e-6);
    }

    /** Out of the reach of whole micrometres all positions move to steps ten times as long, as often as need be. */
    @Test
    void aPointFarAwayMakesTheLatticeCoarser() {
        double[][] cases = {{2147, 1e-6}, {2148, 1e-5}, {21_474, 1e-5}, {21_475, 1e-4}, {3e8, 1}, {9e9, 10}};
        for (double[] k : cases) {
            for (int axis = 0; axis < 3; axis++) {
                CloudBuilder b = new CloudBuilder(0);
                double[] near = {10.123456, 20.654321, 30.5};
                double[] far = near.clone();
                far[axis] = Math.rint(near[axis]) - k[0];
                b.add(near[0], near[1], near[2], 0);
                b.add(far[0], far[1], far[2], 1);
                b.add(near[0], near[1], near[2], 2);
                Cloud c = b.build(Columns.NONE);
                assertThat(c.lattice.step()).as("%s m away", k[0]).isEqualTo(k[1]);
                for (int i = 0; i < 3; i++) {
                    double[] p = i == 1 ? far : near;
                    assertThat(c.px(i)).isCloseTo(p[0], within(0.6 * k[1]));
                    assertThat(c.py(i)).isCloseTo(p[1], within(0.6 * k[1]));
                    assertThat(c.pz(i)).isCloseTo(p[2], within(0.6 * k[1]));
                }
                assertThat(c.lattice.originZ()).isEqualTo(Math.rint(near[2]));
            }
        }
    }

    /** The same points in any order, and with a few that are left out, stand on the same lattice. */
    @Test
    void orderAndWhatIsLeftOutDecideNothing() {
        Random r = new Random(8);
        int n = 3000;
        double[][] p = new double[n][];
        for (int i = 0; i < n; i++) {
            p[i] = new double[] {5e5 + 700 * r.nextGaussian(), 4.4e6 + 3 * r.nextDouble(), -r.nextDouble()};
        }
        CloudBuilder plain = new CloudBuilder(n);
        CloudBuilder backwards = new CloudBuilder(0);
        BitSet out = new BitSet();
        for (int i = 0; i < n; i++) {
            plain.add(p[i][0], p[i][1], p[i][2], 0);
            plain.intensity(i, i);
            int k = n - 1 - i;
            if (i % 1000 == 7) {
                out.set(backwards.add(0, i, 1e8, 1));
            }
            int at = backwards.add(p[k][0], p[k][1], p[k][2], 0);
            backwards.intensity(at, k);
        }
        Cloud a = plain.build(Columns.NONE);
        Cloud b = backwards.build(Columns.NONE, out);
        assertThat(b.lattice).isEqualTo(a.lattice);
        assertThat(b.size).isEqualTo(n);
        for (int i = 0; i < n; i++) {
            assertThat(b.intensity()[n - 1 - i]).isEqualTo(i);
            assertThat(b.x[n - 1 - i]).isEqualTo(a.x[i]);
            assertThat(b.y[n - 1 - i]).isEqualTo(a.y[i]);
            assertThat(b.z[n - 1 - i]).isEqualTo(a.z[i]);
        }
    }

    @Test
    void aStretchAloneIsScaled() {
        CloudBuilder b = new CloudBuilder(0);
        for (int i = 0; i < 6; i++) {
            b.add(i, 0, 0, 0);
            b.colour(i, i, 10 + i, 20 + i);
            b.intensity(i, 100 * i);
        }
        b.scaleColour(4, 257);
        b.normaliseIntensity(1, 4, 100, 300);
        b.normaliseIntensity(4, 6, 0, 1);
        Cloud c = b.build(Columns.NONE);
        assertThat(c.intensity()).containsExactly(0, 0, 0.5f, 1, 400, 500);
        for (int i = 0; i < 6; i++) {
            int f = i < 4 ? 1 : 257;
            assertThat((int) c.rgb()[3 * i]).isEqualTo(f * i);
            assertThat((int) c.rgb()[3 * i + 1]).isEqualTo(f * (10 + i));
            assertThat((int) c.rgb()[3 * i + 2]).isEqualTo(f * (20 + i));
        }
    }

    /** A column says what its kind can; what it cannot is its none, or its kind's end. */
    @Test
    void aColumnOfEveryKindKeepsItsValues() {
        double[] values = {0, 1.4, 1.5, 254.6, 255, 256, 65534, 65535, 70_000, 3e9, -1, Double.NaN};
        Object[][] cases = {
            {Kind.UINT8, 9.0, new double[] {0, 1, 2, 255, 255, 255, 255, 255, 255, 255, 9, 9}},
            {Kind.UINT16, 9.0, new double[] {0, 1, 2, 255, 255, 256, 65534, 65535, 65535, 65535, 9, 9}},
            {Kind.INT32, -1.0, new double[] {0, 1, 2, 255, 255, 256, 65534, 65535, 70_000, Integer.MAX_VALUE, -1, -1}},
            {Kind.INT64, -1.0, new double[] {0, 1, 2, 255, 255, 256, 65534, 65535, 70_000, 3e9, -1, -1}},
            {Kind.FLOAT64, Double.NaN, values},
        };
        for (Object[] k : cases) {
            ColumnType t = ColumnType.choice("a", (Kind) k[0], "x").withNone((double) k[1]);
            GrowingColumn g = new GrowingColumn(t, 0);
            int rounds = 300;
            for (int i = 0; i < rounds; i++) {
                g.add(values, values.length);
                g.addNone(1);
            }
            Columns c = Columns.NONE.with(g.type(), g.array());
            c.check(rounds * (values.length + 1));
            double[] wanted = (double[]) k[2];
            for (int i = 0; i < rounds * (values.length + 1); i++) {
                int at = i % (values.length + 1);
                double v = c.value(0, i, 0);
                double w = at < values.length ? wanted[at] : (double) k[1];
                assertThat(Double.compare(v, w))
                        .as("%s, %d: %s for %s", k[0], i, v, w)
                        .isZero();
            }
        }
        GrowingColumn f = new GrowingColumn(ColumnType.number("f", Kind.FLOAT32, "1", "x"), 0);
        f.add(new double[] {0.1, -3, Double.NaN, 99}, 3);
        assertThat((float[]) f.array()).containsExactly(0.1f, -3, Float.NaN);
    }
}
