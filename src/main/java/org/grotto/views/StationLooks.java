package org.grotto.views;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.Store;

/** What each station looked at, from sums over regions in their order. */
final class StationLooks {
    private static final double LEAST_SPACING = 1e-6;

    private StationLooks() {}

    /**
     * For each station, of its points: middle x, y, z, count, RMS distance from the middle, and the mean of the logarithm
     * of their spacing (a few sparse points do not count much); all 0 where points have no station.
     */
    static double[][] of(Store points, int stations, Engine engine) {
        double[][] sum = new double[stations][6];
        Set<String> told = points.columns().stream().map(ColumnType::name).collect(Collectors.toSet());
        if (!told.contains(Columns.STATION.name())) {
            return sum;
        }
        add(points, sum, engine, new int[] {0, 1, 2, 3, 5}, StationLooks::moments);
        for (double[] s : sum) {
            double n = Math.max(1, s[3]);
            s[0] /= n;
            s[1] /= n;
            s[2] /= n;
            s[5] /= n;
        }
        double[][] middle = Arrays.stream(sum).map(double[]::clone).toArray(double[][]::new);
        add(points, sum, engine, new int[] {4}, place -> squares(place, middle[place.station]));
        for (double[] s : sum) {
            s[4] = Math.sqrt(s[4] / Math.max(1, s[3]));
        }
        return sum;
    }

    /** A point and the sums of the station that saw it. */
    private record Place(Cloud cloud, float[] spacing, int i, int station, double[] sum) {}

    private static void moments(Place p) {
        p.sum[0] += p.cloud.px(p.i);
        p.sum[1] += p.cloud.py(p.i);
        p.sum[2] += p.cloud.pz(p.i);
        p.sum[3]++;
        p.sum[5] += p.spacing.length == 0 ? 0 : StrictMath.log(Math.max(p.spacing[p.i], LEAST_SPACING));
    }

    private static void squares(Place p, double[] middle) {
        double dx = p.cloud.px(p.i) - middle[0];
        double dy = p.cloud.py(p.i) - middle[1];
        double dz = p.cloud.pz(p.i) - middle[2];
        p.sum[4] += dx * dx + dy * dy + dz * dz;
    }

    /** Adds what {@code look} makes of every point to the entries {@code which} of its station's sums. */
    private static void add(Store points, double[][] sum, Engine engine, int[] which, Consumer<Place> look) {
        Set<String> needs = Set.of(Columns.STATION.name(), Columns.SPACING.name());
        for (double[][] part : engine.map(points, Craft.of(needs, 0, (region, work) -> {
            double[][] own = new double[sum.length][6];
            Cloud c = region.cloud();
            char[] station = c.station();
            float[] spacing = c.columns.floats(Columns.SPACING.name());
            for (int i = region.from(); station != null && i < region.to(); i++) {
                if (station[i] < own.length) {
                    look.accept(new Place(c, spacing == null ? new float[0] : spacing, i, station[i], own[station[i]]));
                }
            }
            return own;
        }))) {
            for (int s = 0; s < sum.length; s++) {
                for (int k : which) {
                    sum[s][k] += part[s][k];
                }
            }
        }
    }

    /**
     * The middle of the points of the station that looked most closely, the first one of several: what the surveyors cared
     * about. {@code centre} where all stations looked alike.
     */
    static double[] finest(double[][] looks, double[] centre) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double[] s : looks) {
            if (s[3] > 0) {
                least = Math.min(least, StrictMath.exp(s[5]));
                most = Math.max(most, StrictMath.exp(s[5]));
            }
        }
        if (!(least * 2 < most)) {
            return centre;
        }
        for (double[] s : looks) {
            if (s[3] > 0 && StrictMath.exp(s[5]) <= 1.5 * least) {
                return s;
            }
        }
        return centre;
    }
}
