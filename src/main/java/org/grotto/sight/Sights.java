package org.grotto.sight;

import java.util.List;
import org.grotto.store.Engine;
import org.grotto.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * What sight lines say of a survey.
 *
 * @param maps of the stations whose eye is known, of points that are kept
 * @param noise of each station, metres, by its index; shorter where nobody knows
 * @param against {@code [a][b]}: whether the two look past each other's surface as they would not if something moved: one of
 *     them stands elsewhere, or the whole scene changed
 */
public record Sights(List<RangeMap> maps, double[] noise, boolean[][] against) {
    /** In standard deviations of both stations' noise: less behind is no contradiction. */
    private static final double SIGMAS = 5;
    /** In pixels: of the nine around a place on an inclined surface, one always lies nearer; this is for its rims. */
    private static final double PIXELS = 1;

    /** Nothing is known. */
    public static final Sights NONE = new Sights(List.of(), new double[0], new boolean[0][0]);

    /** Of the points as they are; nothing is known of noise, and no station is doubted. */
    public static Sights of(Store points, List<double @Nullable []> eyes, Engine engine) {
        return new Sights(RangeMaps.of(points, eyes, engine), new double[0], new boolean[0][0]);
    }

    /** How far behind a place of one station's surface another one must see for that to contradict, metres. */
    public double tolerance(int station, RangeMap other, double x, double y, double z) {
        double a = noiseOf(station);
        double b = noiseOf(other.station());
        double pixel = other.pixelWidth() * other.distance(x, y, z);
        return Math.max(SIGMAS * Math.sqrt(a * a + b * b), PIXELS * pixel);
    }

    /** Noise of a station, metres; 0 where nobody knows. */
    public double noiseOf(int station) {
        return station < noise.length && noise[station] > 0 ? noise[station] : 0;
    }

    /** Whether the two stations contradict each other more than what moved explains. */
    public boolean apart(int a, int b) {
        return a < against.length && b < against.length && against[a][b];
    }
}
