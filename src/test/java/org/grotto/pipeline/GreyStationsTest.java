package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.base.Faults;
import org.grotto.base.Text;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.ScanColumns;
import org.grotto.image.Srgb;
import org.grotto.scene.Station;
import org.junit.jupiter.api.Test;

/** Stations without colour become grey, marked and told; black points of coloured stations are counted and stay. */
class GreyStationsTest {
    private static final List<Station> STATIONS = List.of(
            new Station("north", "a", null, null, 10),
            new Station("south", "b", null, null, 10),
            new Station("empty", "c", null, null, 0));

    private static Cloud cloud(boolean intensities, int coloured) {
        int n = 20;
        int[] x = new int[n];
        char[] rgb = new char[3 * n];
        char[] station = new char[n];
        float[] intensity = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = i;
            station[i] = (char) (i / 10);
            intensity[i] = 0.01f * (i % 10);
            if (i > 0 && i / 10 < coloured) {
                Arrays.fill(rgb, 3 * i, 3 * i + 3, (char) (1000 * i));
            }
        }
        return new Cloud(
                new Lattice(0, 0, 0, 1), x, x.clone(), x.clone(), null, rgb, intensities ? intensity : null, station);
    }

    @Test
    void aStationWithoutColourIsGreyByItsIntensity() {
        for (boolean intensities : new boolean[] {true, false}) {
            Cloud c = cloud(intensities, 1);
            List<Text> told = new ArrayList<>();
            Faults faults = new Faults();
            Cloud g = GreyStations.apply(c, STATIONS, faults, told);
            byte[] mark = g.columns.bytes(ScanColumns.GREY.name());
            for (int i = 0; i < 20; i++) {
                assertThat((int) mark[i]).isEqualTo(i / 10);
                int k = 3 * i;
                if (i < 10) {
                    assertThat(g.rgb()[k]).isEqualTo(c.rgb()[k]);
                } else if (intensities) {
                    // the brightest, 0.09, is brought to three quarters of white
                    double linear = Srgb.decode(g.rgb()[k] / 65535.0);
                    assertThat(linear).isBetween(0.99 * 0.75 / 9 * (i - 10), 1.01 * 0.75 / 9 * (i - 10) + 1e-4);
                } else {
                    assertThat((int) g.rgb()[k]).isEqualTo(150 * 257);
                }
                assertThat(g.rgb()[k + 1]).isEqualTo(g.rgb()[k]);
            }
            assertThat(told).hasSize(1);
            assertThat(told.getFirst().en()).contains("south; 10 points");
            assertThat(faults.all()).containsOnlyKeys("colours that are 0 0 0");
            assertThat(faults.all().get("colours that are 0 0 0")).isEqualTo(new Faults.Entry(1, "north"));
        }
    }

    @Test
    void whereAllOrNoneHaveColourNothingIsMarked() {
        List<Text> told = new ArrayList<>();
        Cloud both = GreyStations.apply(cloud(true, 2), STATIONS, new Faults(), told);
        assertThat(both.columns.has("grey")).isFalse();
        assertThat(both.rgb()).isNotNull();
        assertThat(GreyStations.apply(cloud(true, 0), STATIONS, new Faults(), told)
                        .rgb())
                .isNull();
        assertThat(told).isEmpty();
    }
}
