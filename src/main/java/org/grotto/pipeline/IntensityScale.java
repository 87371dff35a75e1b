package org.grotto.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.grotto.format.Column;
import org.grotto.format.Scan;
import org.grotto.geometry.ScanColumns;
import org.grotto.scene.Station;
import org.jspecify.annotations.Nullable;

/**
 * One scale for intensities that no limits are declared for. Scans whose files store them alike share it, so that one
 * wall seen by two of them stays comparable: from 0, or the least of all their values where that is below, to what the
 * type can hold, or the greatest of all their values where that is above.
 */
final class IntensityScale {
    /** Points [from, to) of one scan, and the stations [firstStation, endStation) they belong to. */
    record Stretch(Column column, String scan, int from, int to, int firstStation, int endStation) {}

    private static final class Found {
        private final double full;
        private final List<Stretch> stretches = new ArrayList<>();
        private double least;
        private double greatest;

        Found(double full) {
            this.full = full;
            this.greatest = full;
        }
    }

    private final List<Found> kinds = new ArrayList<>();

    /** The limits that {@code c} declares, or null. */
    static Station.@Nullable Limits declared(Column c) {
        return Double.isFinite(c.min()) && Double.isFinite(c.max()) && c.max() > c.min()
                ? new Station.Limits(c.min(), c.max(), true)
                : null;
    }

    /** The limits of a scan's raw intensities as it declares them; null where it is a file of ours that joins scans. */
    static Station.@Nullable Limits of(Scan scan) {
        Column c = KeptColumns.column(scan, Column.INTENSITY);
        return c == null || KeptColumns.column(scan, ScanColumns.RAW_INTENSITY.name()) != null ? null : declared(c);
    }

    /** Notes a scan without limits, whose intensities are in the builder as they are stored. */
    void open(Stretch stretch, double least, double greatest) {
        double full = Load.range(stretch.column)[1];
        Found kind = kinds.stream().filter(k -> k.full == full).findFirst().orElse(null);
        if (kind == null) {
            kind = new Found(full);
            kinds.add(kind);
        }
        kind.stretches.add(stretch);
        kind.least = Math.min(kind.least, least);
        kind.greatest = Math.max(kind.greatest, greatest);
    }

    /** Brings all scans noted to their scales, tells their stations, and says what was taken. */
    List<String> close(CloudBuilder builder, List<Station> stations) {
        List<String> said = new ArrayList<>();
        for (Found k : kinds) {
            Station.Limits limits = new Station.Limits(k.least, k.greatest, false);
            for (Stretch s : k.stretches) {
                builder.normaliseIntensity(s.from, s.to, k.least, k.greatest);
                for (int i = s.firstStation; i < s.endStation; i++) {
                    stations.set(i, stations.get(i).withIntensity(limits));
                }
                said.add(s.scan + ": intensity without declared limits: " + number(k.least) + " to "
                        + number(k.greatest) + " was taken"
                        + (k.stretches.size() > 1 ? ", the same for all " + k.stretches.size() + " such scans" : ""));
            }
        }
        return said;
    }

    private static String number(double v) {
        return v == Math.rint(v) && Math.abs(v) < 1e15 ? Long.toString((long) v) : Double.toString(v);
    }
}
