package org.grotto.format.las;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Numbers of zones become their WKT, with the right meridian and false easting; others stay numbers. */
class EpsgWktTest {
    @Test
    void zonesHaveTheirMeridians() {
        // code, name, central meridian, false easting, false northing: from the EPSG register
        Object[][] known = {
            {32650, "WGS 84 / UTM zone 50N", 117, 500_000, 0},
            {32601, "WGS 84 / UTM zone 1N", -177, 500_000, 0},
            {32748, "WGS 84 / UTM zone 48S", 105, 500_000, 10_000_000},
            {25832, "ETRS89 / UTM zone 32N", 9, 500_000, 0},
            {4498, "CGCS2000 / Gauss-Kruger zone 20", 117, 20_500_000, 0},
            {4509, "CGCS2000 / Gauss-Kruger CM 117E", 117, 500_000, 0},
            {4527, "CGCS2000 / 3-degree Gauss-Kruger zone 39", 117, 39_500_000, 0},
            {4548, "CGCS2000 / 3-degree Gauss-Kruger CM 117E", 117, 500_000, 0},
        };
        for (Object[] k : known) {
            String wkt = EpsgWkt.of("EPSG:" + k[0]);
            assertThat(wkt)
                    .startsWith("PROJCS[\"" + k[1] + "\",GEOGCS[")
                    .contains("PARAMETER[\"central_meridian\"," + k[2] + "]")
                    .contains("PARAMETER[\"false_easting\"," + k[3] + "]")
                    .contains("PARAMETER[\"false_northing\"," + k[4] + "]")
                    .endsWith("AUTHORITY[\"EPSG\",\"" + k[0] + "\"]]");
            assertThat(wkt.chars().filter(c -> c == '[').count())
                    .isEqualTo(wkt.chars().filter(c -> c == ']').count());
            assertThat(LasWriter.isWkt(wkt)).isTrue();
        }
    }

    @Test
    void othersAreNotMadeUp() {
        for (String s : new String[] {"EPSG:2154", "EPSG:32661", "EPSG:32650+5703", "EPSG:4326", "local", "EPSG:"}) {
            assertThat(EpsgWkt.of(s)).as(s).isNull();
            assertThat(LasWriter.wkt(s)).isEqualTo(s);
        }
        assertThat(LasWriter.wkt(null)).isNull();
    }
}
