package org.grotto.format.las;

import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grotto.format.Stated;
import org.grotto.format.las.point.Bytes;
import org.jspecify.annotations.Nullable;

/** The coordinate reference system that a file names, as text: its WKT, or what its GeoTIFF keys say. */
public final class Crs {
    private static final int GEOGRAPHIC = 2048;
    private static final int PROJECTED = 3072;
    private static final int VERTICAL = 4096;
    private static final int MODEL = 1024;
    private static final int PROJECTED_UNIT = 3076;
    private static final int VERTICAL_UNIT = 4099;
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");
    private static final int LONGEST_NAME = 80;
    private static final String BY = "its coordinate reference system";

    private static final Pattern CODE = Pattern.compile("(?i)EPSG:\\s*(\\d+(?:\\+\\d+)?)");

    private Crs() {}

    /**
     * What two texts of one reference system have in common, however they are written: its number where it states one, else
     * its well-known text without blanks, else itself.
     */
    public static String identity(String crs) {
        Matcher code = CODE.matcher(crs.strip());
        if (code.matches()) {
            return "EPSG:" + code.group(1);
        }
        Wkt wkt = Wkt.parse(crs);
        if (wkt == null) {
            return crs.strip();
        }
        Wkt id = wkt.part("AUTHORITY", "ID");
        List<Wkt> parts = id == null ? null : id.parts();
        if (parts != null && parts.size() > 1 && parts.get(0).word().equalsIgnoreCase("\"EPSG\"")) {
            return "EPSG:" + parts.get(1).word().replace("\"", "");
        }
        return wkt.toString();
    }

    /** A short name of a reference system to print: what its text has in its first quotes, or else its first words. */
    public static String name(String crs) {
        Matcher quoted = QUOTED.matcher(crs);
        String name = quoted.find() ? quoted.group(1) : crs.strip();
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }

    /** WKT, "EPSG:26912+5703", a citation, or null where the file says nothing that can be understood. */
    static @Nullable String of(List<Vlr> vlrs) {
        Vlr wkt = Vlr.find(vlrs, Vlr.PROJECTION, Vlr.WKT);
        if (wkt != null) {
            String text = Bytes.text(wkt.data(), 0, wkt.data().length);
            if (!text.isEmpty()) {
                return text;
            }
        }
        Vlr keys = Vlr.find(vlrs, Vlr.PROJECTION, Vlr.GEO_KEYS);
        return keys == null ? null : geoTiff(keys.data(), Vlr.find(vlrs, Vlr.PROJECTION, Vlr.GEO_TEXT));
    }

    /** What a file's reference system says of its unit; a projected one without a vertical one means all three axes. */
    static Stated stated(List<Vlr> vlrs) {
        String crs = of(vlrs);
        if (crs == null) {
            return Stated.NOTHING;
        }
        Vlr keys = Wkt.parse(crs) != null ? null : Vlr.find(vlrs, Vlr.PROJECTION, Vlr.GEO_KEYS);
        return keys == null ? stated(crs) : stated(keys.data(), crs);
    }

    /** What a reference system says of its unit; nothing where {@code crs} is no well-known text. */
    public static Stated stated(String crs) {
        Wkt wkt = Wkt.parse(crs);
        if (wkt == null) {
            return Stated.NOTHING;
        }
        Wkt projected = wkt.find("PROJCS", "PROJCRS", "PROJECTEDCRS");
        Wkt vertical = wkt.find("VERT_CS", "VERTCRS", "VERTICALCRS");
        if (projected == null) {
            boolean degrees = wkt.find("GEOGCS", "GEOGCRS", "GEOGRAPHICCRS", "GEODCRS") != null
                    && wkt.find("LOCAL_CS", "GEOCCS", "ENGCRS", "ENGINEERINGCRS") == null
                    && !wkt.is("FITTED_CS");
            return new Stated(Double.NaN, Double.NaN, degrees, null, false, BY, null);
        }
        double unit = projected.metres();
        double up = vertical == null ? unit : vertical.metres();
        Wkt metres = wkt.inMetres();
        return new Stated(
                unit, Double.isNaN(up) ? unit : up, false, null, false, BY, metres == null ? null : metres.toString());
    }

    private static Stated stated(byte[] keys, String crs) {
        int model = geoKey(keys, MODEL);
        int unit = geoKey(keys, PROJECTED_UNIT);
        int up = geoKey(keys, VERTICAL_UNIT);
        if (model == 2) {
            return new Stated(Double.NaN, Double.NaN, true, null, false, BY, null);
        }
        String wkt = EpsgWkt.of(crs);
        double m = unit == 0 && wkt != null ? 1 : length(unit); // the numbers that a rule makes are all in metres
        return new Stated(m, up == 0 ? m : length(up), false, null, false, BY, wkt);
    }

    /** Metres in the unit of an EPSG number; NaN for any other. */
    private static double length(int code) {
        return switch (code) {
            case 9001 -> 1;
            case 9002 -> 0.3048;
            case 9003 -> 1200 / 3937.0;
            default -> Double.NaN;
        };
    }

    /** A short value of a GeoTIFF key, or 0. */
    private static int geoKey(byte[] b, int wanted) {
        int n = b.length < 8 ? 0 : Math.min(Bytes.uint16(b, 6), (b.length - 8) / 8);
        for (int k = 0; k < n; k++) {
            if (Bytes.uint16(b, 8 + 8 * k) == wanted && Bytes.uint16(b, 10 + 8 * k) == 0) {
                return Bytes.uint16(b, 14 + 8 * k);
            }
        }
        return 0;
    }

    private static @Nullable String geoTiff(byte[] b, @Nullable Vlr text) {
        int horizontal = 0;
        int vertical = 0;
        StringJoiner citations = new StringJoiner("; ");
        citations.setEmptyValue("");
        int n = b.length < 8 ? 0 : Math.min(Bytes.uint16(b, 6), (b.length - 8) / 8);
        for (int k = 0; k < n; k++) {
            int at = 8 + 8 * k;
            int key = Bytes.uint16(b, at);
            int location = Bytes.uint16(b, at + 2);
            int count = Bytes.uint16(b, at + 4);
            int value = Bytes.uint16(b, at + 6);
            if (location == 0) {
                switch (key) {
                    case PROJECTED -> horizontal = value;
                    case GEOGRAPHIC -> horizontal = horizontal == 0 ? value : horizontal;
                    case VERTICAL -> vertical = value;
                    default -> {}
                }
            } else if (location == Vlr.GEO_TEXT && text != null && value + count <= text.data().length) {
                String c = Bytes.text(text.data(), value, count).replaceAll("\\|$", "");
                if (!c.isEmpty()) {
                    citations.add(c);
                }
            }
        }
        boolean known = horizontal > 0 && horizontal < 32767; // 32767 is "user-defined"
        if (known) {
            return "EPSG:" + horizontal + (vertical > 0 && vertical < 32767 ? "+" + vertical : "");
        }
        String c = citations.toString();
        return c.isEmpty() ? null : c;
    }
}
