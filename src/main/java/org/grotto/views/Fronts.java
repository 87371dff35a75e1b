package org.grotto.views;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.Mesh;

/**
 * Upright planes about which a thing seen from around is even, as heads, figures and animals are: their fronts look along
 * such a plane. It is one where the mirrored surface lies clearly nearer to the surface than for planes that are turned
 * otherwise; a vase is even about all of them, so that none tells where it faces.
 *
 * <p>Distances are shares of the surface's spread about its middle, each no more than {@link #FAR}, so that what is lost
 * on one side, a hand or an ear, does not decide. Cost: two thousand samples looked up for each of some hundred planes.
 */
final class Fronts {
    /** Places that stand for the surface, and those of them that are mirrored. */
    private static final int PLACES = 20_000;

    private static final int SAMPLES = 2000;
    /** Planes tried over half a turn, at first: every five degrees. */
    private static final int TURNS = 36;
    /** The middle of the area is that of the thing only as far as it was scanned all over: planes beside it are tried. */
    private static final double[] ASIDE = {-0.06, -0.03, 0, 0.03, 0.06};

    private static final double FAR = 0.2;
    /** A thing whose mirrored surface is nearer than this from most sides is round. */
    private static final double ROUND = 0.05;
    /** Of two planes the one about which it is more even by this factor is the one. */
    private static final double ALIKE = 1.5;
    /** Of the median over all planes, that about which a thing is even has no more than this. */
    private static final double CLEAR = 0.6;

    private final float[] p = new float[3 * PLACES];
    private final KdTree.Query query;
    private final double spread;

    private Fronts(Mesh mesh) {
        double[] at = Shape.spread(mesh, PLACES);
        double[] middle = new double[3];
        for (int i = 0; i < at.length; i++) {
            middle[i % 3] += at[i] / PLACES;
        }
        double sum = 0;
        for (int i = 0; i < at.length; i++) {
            p[i] = (float) (at[i] - middle[i % 3]);
            sum += p[i] * p[i];
        }
        spread = Math.sqrt(sum / PLACES);
        query = KdTree.of(p).query();
    }

    /** The directions, radians, in which the planes about which a mesh is even run, from its middle to the eye; may be none. */
    static List<Double> of(Mesh mesh) {
        List<Double> out = new ArrayList<>();
        Fronts m = new Fronts(mesh);
        if (!(m.spread > 0)) {
            return out;
        }
        double[] e = new double[TURNS];
        for (int k = 0; k < TURNS; k++) {
            e[k] = m.uneven(Math.PI * k / TURNS);
        }
        double[] sorted = e.clone();
        Arrays.sort(sorted);
        double usual = sorted[TURNS / 2];
        double most = Math.min(CLEAR * usual, ALIKE * sorted[0]);
        for (int k = 0; usual > ROUND && k < TURNS; k++) {
            if (e[k] <= most && e[k] < e[(k + TURNS - 1) % TURNS] && e[k] <= e[(k + 1) % TURNS]) {
                double a = m.refined(Math.PI * k / TURNS);
                out.add(a);
                out.add(a + Math.PI);
            }
        }
        return out;
    }

    /** The best plane within a step. */
    private double refined(double azimuth) {
        double best = azimuth;
        double least = uneven(azimuth);
        for (int i = -4; i <= 4; i++) {
            double a = azimuth + Math.toRadians(i);
            double e = i == 0 ? least : uneven(a);
            if (e < least) {
                least = e;
                best = a;
            }
        }
        return best;
    }

    /** How far the mirrored surface lies from the surface, a share of the spread, for the plane that runs in a direction. */
    private double uneven(double azimuth) {
        double nx = -StrictMath.sin(azimuth);
        double ny = StrictMath.cos(azimuth);
        double least = Double.MAX_VALUE;
        for (double aside : ASIDE) {
            double sum = 0;
            for (int i = 0; i < PLACES; i += PLACES / SAMPLES) {
                double d = p[3 * i] * nx + p[3 * i + 1] * ny - aside * spread;
                int found =
                        query.nearest(p[3 * i] - 2 * d * nx, p[3 * i + 1] - 2 * d * ny, p[3 * i + 2], 1, FAR * spread);
                sum += found == 0 ? FAR * spread : Math.sqrt(query.distance[0]);
            }
            least = Math.min(least, sum / SAMPLES / spread);
        }
        return least;
    }
}
