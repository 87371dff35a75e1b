package org.grotto.format.las;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * WKT (version 1, as LAS 1.4 asks for) of the reference systems by number that surveys of caves stand in and that a rule
 * makes: UTM on WGS 84 and ETRS89, Gauss-Kruger of CGCS2000 in zones of 6 and 3 degrees. All others need a register.
 */
final class EpsgWkt {
    private static final Pattern CODE = Pattern.compile("EPSG:([0-9]{4,5})");

    private EpsgWkt() {}

    /** The WKT of "EPSG:32650"; null where the number is none of the known ones, or a vertical system stands beside it. */
    static @Nullable String of(String crs) {
        Matcher m = CODE.matcher(crs.strip());
        if (!m.matches()) {
            return null;
        }
        int c = Integer.parseInt(m.group(1));
        if (c > 32600 && c <= 32660) {
            return utm(c, "WGS 84", c - 32600, true, wgs84());
        }
        if (c > 32700 && c <= 32760) {
            return utm(c, "WGS 84", c - 32700, false, wgs84());
        }
        if (c >= 25828 && c <= 25838) {
            return utm(c, "ETRS89", c - 25800, true, etrs89());
        }
        if (c >= 4491 && c <= 4501) {
            int zone = c - 4491 + 13;
            return chinese(c, "Gauss-Kruger zone " + zone, 6 * zone - 3, zone * 1_000_000 + 500_000);
        }
        if (c >= 4502 && c <= 4512) {
            int meridian = 75 + 6 * (c - 4502);
            return chinese(c, "Gauss-Kruger CM " + meridian + "E", meridian, 500_000);
        }
        if (c >= 4513 && c <= 4533) {
            int zone = c - 4513 + 25;
            return chinese(c, "3-degree Gauss-Kruger zone " + zone, 3 * zone, zone * 1_000_000 + 500_000);
        }
        if (c >= 4534 && c <= 4554) {
            int meridian = 75 + 3 * (c - 4534);
            return chinese(c, "3-degree Gauss-Kruger CM " + meridian + "E", meridian, 500_000);
        }
        return null;
    }

    private static String wgs84() {
        return geographic("WGS 84", "WGS_1984", 6326, "WGS 84", "298.257223563", 7030, 4326);
    }

    private static String etrs89() {
        return geographic(
                "ETRS89", "European_Terrestrial_Reference_System_1989", 6258, "GRS 1980", "298.257222101", 7019, 4258);
    }

    private static String geographic(
            String name, String datum, int datumCode, String spheroid, String flattening, int spheroidCode, int code) {
        return "GEOGCS[\"" + name + "\",DATUM[\"" + datum + "\",SPHEROID[\"" + spheroid + "\",6378137," + flattening
                + authority(spheroidCode) + "]" + authority(datumCode) + "],PRIMEM[\"Greenwich\",0" + authority(8901)
                + "],UNIT[\"degree\",0.0174532925199433" + authority(9122) + "]" + authority(code) + "]";
    }

    private static String authority(int code) {
        return ",AUTHORITY[\"EPSG\",\"" + code + "\"]";
    }

    private static String utm(int code, String system, int zone, boolean north, String geographic) {
        String name = system + " / UTM zone " + zone + (north ? "N" : "S");
        return projected(code, name, geographic, 6 * zone - 183, "0.9996", 500_000, north ? 0 : 10_000_000, false);
    }

    private static String chinese(int code, String name, int meridian, int east) {
        String geographic = geographic(
                "China Geodetic Coordinate System 2000", "China_2000", 1043, "CGCS2000", "298.257222101", 1024, 4490);
        return projected(code, "CGCS2000 / " + name, geographic, meridian, "1", east, 0, true);
    }

    private static String projected(
            int code,
            String name,
            String geographic,
            int meridian,
            String scale,
            int east,
            int north,
            boolean northFirst) {
        String axes =
                northFirst ? ",AXIS[\"X\",NORTH],AXIS[\"Y\",EAST]" : ",AXIS[\"Easting\",EAST],AXIS[\"Northing\",NORTH]";
        return String.format(
                Locale.ROOT,
                "PROJCS[\"%s\",%s,PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"latitude_of_origin\",0],"
                        + "PARAMETER[\"central_meridian\",%d],PARAMETER[\"scale_factor\",%s],"
                        + "PARAMETER[\"false_easting\",%d],PARAMETER[\"false_northing\",%d],UNIT[\"metre\",1%s]%s%s]",
                name,
                geographic,
                meridian,
                scale,
                east,
                north,
                authority(9001),
                axes,
                authority(code));
    }
}
