package org.grotto.format.las;

import java.util.List;
import java.util.StringJoiner;
import org.grotto.format.las.point.Bytes;
import org.jspecify.annotations.Nullable;

/** The coordinate reference system that a file names, as text: its WKT, or what its GeoTIFF keys say. */
final class Crs {
    private static final int GEOGRAPHIC = 2048;
    private static final int PROJECTED = 3072;
    private static final int VERTICAL = 4096;

    private Crs() {}

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
