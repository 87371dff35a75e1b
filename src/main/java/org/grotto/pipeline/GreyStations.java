package org.grotto.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.grotto.base.Faults;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.ScanColumns;
import org.grotto.image.Srgb;
import org.grotto.scene.Station;

/**
 * Stations without colour beside stations with: their points get the grey of their intensity, and are marked
 * ({@link ScanColumns#GREY}), since a viewer shows 0 0 0 as black stone. A station has no colour where its file has none,
 * or where all its colours are 0 0 0. Single points of 0 0 0 stay as they are, for stone can be black; where coloured ones
 * stand beside them they take no part in the colour of the surface, and they are counted.
 */
final class GreyStations {
    /** As for clouds without any colour: 98 % of the greys are darker than this, or are made brighter. */
    private static final double SHARE = 0.98;

    private static final double DIM = 0.3;
    private static final double BRIGHT = 0.75;
    /** Of stone of which no intensity is known, 16 bit. */
    private static final char STONE = 150 * 257;

    private final Cloud cloud;
    private final char[] rgb;
    private final char[] station;
    private final List<Station> stations;

    private GreyStations(Cloud cloud, char[] rgb, char[] station, List<Station> stations) {
        this.cloud = cloud;
        this.rgb = rgb;
        this.station = station;
        this.stations = stations;
    }

    /** The cloud with its uncoloured stations in grey; {@code told} gets what a user should know. */
    static Cloud apply(Cloud cloud, List<Station> stations, Faults faults, List<Text> told) {
        char[] rgb = cloud.rgb();
        char[] station = cloud.station();
        return rgb == null || station == null
                ? cloud
                : new GreyStations(cloud, rgb, station, stations).run(faults, told);
    }

    private Cloud run(Faults faults, List<Text> told) {
        long[] points = new long[stations.size()];
        long[] black = new long[stations.size()];
        for (int i = 0; i < cloud.size; i++) {
            points[station[i]]++;
            black[station[i]] += none(i) ? 1 : 0;
        }
        boolean[] grey = new boolean[stations.size()];
        boolean any = false;
        boolean all = true;
        for (int s = 0; s < grey.length; s++) {
            grey[s] = points[s] > 0 && black[s] == points[s];
            any |= grey[s];
            all &= grey[s] || points[s] == 0;
        }
        if (all) {
            return cloud.with(Columns.RGB16, null); // no colour anywhere: intensity stands for it
        }
        for (int s = 0; s < grey.length; s++) {
            if (!grey[s]) {
                faults.add("colours that are 0 0 0", black[s], stations.get(s).name());
            }
        }
        if (!any) {
            return cloud;
        }
        tell(grey, points, told);
        return coloured(grey);
    }

    private boolean none(int i) {
        return rgb[3 * i] == 0 && rgb[3 * i + 1] == 0 && rgb[3 * i + 2] == 0;
    }

    private void tell(boolean[] grey, long[] points, List<Text> told) {
        List<String> names = new ArrayList<>();
        long sum = 0;
        int more = 0;
        for (int s = 0; s < grey.length; s++) {
            if (grey[s]) {
                sum += points[s];
                if (names.size() < 3) {
                    names.add(stations.get(s).name());
                } else {
                    more++;
                }
            }
        }
        String list = String.join(", ", names) + (more > 0 ? ", +" + more : "");
        told.add(Texts.of("build.grey-stations", "names", list, "count", String.format(Locale.ROOT, "%,d", sum)));
    }

    private Cloud coloured(boolean[] grey) {
        float[] intensity = cloud.intensity();
        double gain = intensity == null ? 1 : gain(grey, intensity);
        char[] out = rgb.clone();
        byte[] mark = new byte[cloud.size];
        for (int i = 0; i < cloud.size; i++) {
            if (grey[station[i]]) {
                char c = STONE;
                if (intensity != null && Float.isFinite(intensity[i])) {
                    double v = Math.max(0, Math.min(1, intensity[i] * gain));
                    c = (char) Math.round(65535 * Srgb.encode(v));
                }
                Arrays.fill(out, 3 * i, 3 * i + 3, c);
                mark[i] = 1;
            }
        }
        return cloud.with(Columns.RGB16, out).with(ScanColumns.GREY, mark);
    }

    private double gain(boolean[] grey, float[] intensity) {
        int[] bins = new int[1 << 16];
        long n = 0;
        for (int i = 0; i < cloud.size; i++) {
            if (grey[station[i]]) {
                bins[(int) (65535 * Math.max(0, Math.min(1, intensity[i])))]++;
                n++;
            }
        }
        int b = 0;
        for (long below = bins[0]; below < SHARE * n; below += bins[b]) {
            b++;
        }
        double high = (b + 0.5) / 65536;
        return b > 0 && high < DIM ? BRIGHT / high : 1;
    }
}
