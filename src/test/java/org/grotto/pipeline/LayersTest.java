package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.scene.Layer;
import org.grotto.scene.Station;
import org.grotto.surface.Curvature;
import org.grotto.surface.VertexSamples;
import org.junit.jupiter.api.Test;

/** The layers that a mesh with known columns is given: which, in what order, over what range, in what unit. */
class LayersTest {
    private static Mesh mesh(int n, Columns columns) {
        float[] xyz = new float[3 * n];
        for (int i = 0; i < n; i++) {
            xyz[3 * i] = i;
            xyz[3 * i + 1] = i % 2;
        }
        int[] strip = new int[3 * (n - 2)];
        for (int k = 0; k < strip.length; k++) {
            strip[k] = k / 3 + k % 3;
        }
        return new Mesh(0, 0, 0, xyz, columns, strip);
    }

    /** 0, 1, 2, ... times {@code by}, from {@code from}; every tenth is unknown. */
    private static char[] ramp(int n, int from, double by) {
        char[] v = new char[n];
        for (int i = 0; i < n; i++) {
            v[i] = i % 10 == 5 ? (char) VertexSamples.SPACING.none() : (char) Math.round(from + by * i);
        }
        return v;
    }

    private static List<Station> stations(int n) {
        List<Station> s = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            s.add(new Station("S" + i, "f", null, null, 1));
        }
        return s;
    }

    @Test
    void everyColumnThatHasALayerIsOneInTheOrderOfTheButtons() {
        int n = 1000;
        Columns all = Columns.NONE
                .with(VertexSamples.STATION, new char[n])
                .with(VertexSamples.INTENSITY, new byte[n])
                .with(VertexSamples.SPACING, ramp(n, 100, 1))
                .with(VertexSamples.DISTANCE, ramp(n, 10, 0.1))
                .with(Columns.EVIDENCE, new byte[n]);
        List<Layer> layers = Layers.of(mesh(n, all), stations(3));
        assertThat(layers.stream().map(Layer::id))
                .containsExactly("evidence", "distance", "spacing", "intensity", "station");
        assertThat(layers).allSatisfy(l -> {
            assertThat(l.column()).isEqualTo(l.id());
            assertThat(l.carrier()).isEqualTo(Layer.Carrier.VERTEX);
            assertThat(l.title().en()).isNotBlank();
            assertThat(l.quantity().zh()).isNotBlank();
        });
        assertThat(Layers.of(mesh(n, all.without("distance").without("evidence")), List.of()).stream()
                        .map(Layer::id))
                .containsExactly("spacing", "intensity", "station");
        assertThat(Layers.of(mesh(n, Columns.NONE), List.of())).isEmpty();
    }

    /** Stored in hundredths of a millimetre, shown in millimetres; from the 2 % below to the 2 % above, in two digits. */
    @Test
    void lengthsAreShownInMillimetresOverWhatMostVerticesHave() {
        int n = 10_001;
        Layer s = Layers.of(mesh(n, Columns.NONE.with(VertexSamples.SPACING, ramp(n, 1000, 0.1))), List.of())
                .getFirst();
        assertThat(s.unit()).isEqualTo("mm");
        assertThat(s.times()).isCloseTo(0.01, within(1e-15));
        assertThat(s.decimals()).isEqualTo(1);
        assertThat(s.none()).isEqualTo(VertexSamples.SPACING.none());
        assertThat(s.named()).isFalse();
        assertThat(s.classes()).isNull();
        // 10.2 mm and 19.8 mm
        Layer.Scale scale = Objects.requireNonNull(s.scale());
        assertThat(scale.from()).isEqualTo(10);
        assertThat(scale.to()).isEqualTo(20);
        assertThat(scale.colours()).hasSize(7).doesNotHaveDuplicates();
        Layer d = Layers.of(mesh(n, Columns.NONE.with(VertexSamples.DISTANCE, ramp(n, 0, 0.01))), List.of())
                .getFirst();
        assertThat(d.decimals()).isEqualTo(2);
        // 0.02 mm, and 0.98 mm
        assertThat(Objects.requireNonNull(d.scale()).from()).isEqualTo(0.02);
        assertThat(d.scale().to()).isEqualTo(0.98);
        assertThat(d.source()).isEqualTo(VertexSamples.DISTANCE.source());
    }

    /** The end of a range has two digits, outwards. */
    @Test
    void rangesAreRoundedOutwardsToTwoDigits() {
        double[][] cases = { // stored from, stored to: shown from, shown to
            {12_345, 23_456, 120, 240},
            {1000, 1001, 10, 11},
            {101, 999, 1, 10},
            {7, 33, 0.07, 0.33},
            {0, 0, 0, 1},
            {99, 100, 0.99, 1},
        };
        for (double[] k : cases) {
            char[] v = new char[1000];
            for (int i = 0; i < v.length; i++) {
                v[i] = (char) (i < 500 ? k[0] : k[1]);
            }
            Layer.Scale s =
                    Objects.requireNonNull(Layers.of(mesh(1000, Columns.NONE.with(VertexSamples.SPACING, v)), List.of())
                            .getFirst()
                            .scale());
            assertThat(s.from()).as("%s to %s", k[0], k[1]).isEqualTo(k[2]);
            assertThat(s.to()).as("%s to %s", k[0], k[1]).isEqualTo(k[3]);
        }
    }

    /** A few odd vertices do not stretch the colours; where nothing is known the range is a unit. */
    @Test
    void twoInAHundredAtEachEndAreBeyond() {
        char[] v = new char[1001];
        for (int i = 0; i < v.length; i++) {
            v[i] = (char) (i < 20 ? 1 : i > 980 ? 60_000 : 500);
        }
        Layer.Scale s =
                Objects.requireNonNull(Layers.of(mesh(v.length, Columns.NONE.with(VertexSamples.SPACING, v)), List.of())
                        .getFirst()
                        .scale());
        assertThat(s.from()).isEqualTo(5);
        assertThat(s.to()).isEqualTo(5);
        java.util.Arrays.fill(v, (char) VertexSamples.SPACING.none());
        s = Objects.requireNonNull(Layers.of(mesh(v.length, Columns.NONE.with(VertexSamples.SPACING, v)), List.of())
                .getFirst()
                .scale());
        assertThat(s.from()).isZero();
        assertThat(s.to()).isEqualTo(0.01);
        int many = 900_000; // every fourth is looked at: a ramp stays a ramp
        s = Objects.requireNonNull(Layers.of(
                        mesh(many, Columns.NONE.with(VertexSamples.SPACING, ramp(many, 0, 0.05))), List.of())
                .getFirst()
                .scale());
        assertThat(s.from()).isCloseTo(9, within(0.2));
        assertThat(s.to()).isCloseTo(450, within(11.0));
    }

    @Test
    void intensitiesAreSharesInStepsOfOneFiftieth() {
        byte[] v = new byte[1001];
        for (int i = 0; i < v.length; i++) {
            v[i] = (byte) (i * 200 / 1000); // 0 to 200 of 254
        }
        Layer l = Layers.of(mesh(v.length, Columns.NONE.with(VertexSamples.INTENSITY, v)), List.of())
                .getFirst();
        assertThat(l.times()).isEqualTo(1 / 254.0);
        assertThat(l.unit()).isEqualTo("1");
        Layer.Scale s = Objects.requireNonNull(l.scale());
        assertThat(s.from()).isEqualTo(0); // 4 / 254 = 0.016
        assertThat(s.to()).isCloseTo(0.78, within(1e-12)); // 196 / 254 = 0.772
        assertThat(s.colours()).hasSize(2);
        java.util.Arrays.fill(v, (byte) 127);
        s = Objects.requireNonNull(Layers.of(mesh(v.length, Columns.NONE.with(VertexSamples.INTENSITY, v)), List.of())
                .getFirst()
                .scale());
        assertThat(s.from()).isCloseTo(0.5, within(1e-12));
        assertThat(s.to()).as("never without an extent").isCloseTo(0.52, within(1e-12));
    }

    /** A dense close-up has most vertices and little stone: the colours are for the stone. */
    @Test
    void rangesAreByAreaNotByVertex() {
        int dense = 9000;
        int n = dense + 1000;
        float[] v = new float[n];
        Mesh m = mesh(n, Columns.NONE.with(Curvature.CURVATURE, v));
        for (int i = 0; i < dense; i++) {
            m.xyz[3 * i] = 1e-3f * i;
            m.xyz[3 * i + 1] *= 1e-3f;
            v[i] = i % 2 == 0 ? 300 : -300;
        }
        for (int i = dense; i < n; i++) {
            m.xyz[3 * i] = 10 + i - dense;
            v[i] = (i - dense) % 11 - 5;
        }
        Layer.Scale s =
                Objects.requireNonNull(Layers.of(m, List.of()).getFirst().scale());
        assertThat(s.to()).isBetween(4.0, 6.0);
    }

    @Test
    void aFloatThatIsNotANumberIsUnknownByTheWordThatTilesHaveForIt() {
        float[] v = new float[1000];
        for (int i = 0; i < v.length; i++) {
            v[i] = i % 10 == 5 ? Float.NaN : i - 500;
        }
        Layer l = Layers.of(mesh(v.length, Columns.NONE.with(Curvature.CURVATURE, v)), List.of())
                .getFirst();
        assertThat(l.isNone(-Float.MAX_VALUE)).as("as a viewer meets it").isTrue();
        assertThat(l.isNone(Float.NaN)).isTrue();
        assertThat(l.isNone(-500)).isFalse();
        Layer.Scale s = Objects.requireNonNull(l.scale());
        assertThat(s.from()).isEqualTo(-s.to());
        assertThat(s.to()).as("what is unknown has no part in it").isBetween(400.0, 500.0);
    }

    @Test
    void stationsAreNamedClassesOfDifferentMutedHues() {
        Columns c = Columns.NONE.with(VertexSamples.STATION, new char[9]);
        Layer l = Layers.of(mesh(9, c), stations(12)).getFirst();
        assertThat(l.named()).isTrue();
        assertThat(l.scale()).isNull();
        assertThat(l.none()).isEqualTo(VertexSamples.STATION.none());
        List<Layer.Band> bands = Objects.requireNonNull(l.classes());
        assertThat(bands).hasSize(12);
        Set<String> colours = new HashSet<>();
        double[] before = null;
        for (int i = 0; i < 12; i++) {
            Layer.Band b = bands.get(i);
            assertThat(b.from()).isEqualTo(i);
            assertThat(b.to()).isEqualTo(i + 1);
            assertThat(b.title().en()).isEqualTo("S" + i);
            assertThat(b.title().zh()).isEqualTo("S" + i);
            assertThat(colours.add(b.colour())).isTrue();
            int rgb = Integer.parseInt(Objects.requireNonNull(b.colour()).substring(1), 16);
            double[] now = {rgb >> 16, rgb >> 8 & 255, rgb & 255};
            double low = Math.min(now[0], Math.min(now[1], now[2]));
            double high = Math.max(now[0], Math.max(now[1], now[2]));
            assertThat(low).as("muted").isEqualTo(Math.rint(0.36 * 255));
            assertThat(high).isEqualTo(Math.rint(0.84 * 255));
            double off = Math.abs(hue(now) - (0.09 + i * 0.381966) % 1);
            assertThat(Math.min(off, 1 - off)).isLessThan(0.004);
            if (before != null) {
                double turn = Math.abs(hue(now) - hue(before));
                assertThat(Math.min(turn, 1 - turn)).as("neighbours differ").isGreaterThan(0.3);
            }
            before = now;
        }
    }

    /** Hue of a colour, 0 to 1, red at 0 and green at a third. */
    private static double hue(double[] c) {
        double high = Math.max(c[0], Math.max(c[1], c[2]));
        double span = high - Math.min(c[0], Math.min(c[1], c[2]));
        double h = high == c[0]
                ? (c[1] - c[2]) / span
                : high == c[1] ? 2 + (c[2] - c[0]) / span : 4 + (c[0] - c[1]) / span;
        return (h / 6 + 1) % 1;
    }
}
