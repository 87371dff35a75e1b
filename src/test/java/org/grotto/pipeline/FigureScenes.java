package org.grotto.pipeline;

import java.util.Random;
import org.grotto.simulate.Cave;

/** Surveys in which figures stand in some scans and not in others; where stations and figures stand hangs on a seed. */
final class FigureScenes {
    /** Angle between rays in a hall, radians. */
    static double step = 0.014;

    private FigureScenes() {}

    static final String[] NAMES = {
        "hall", "two stations", "two visitors", "walker", "chair", "close to the wall", "cave", "courtyard"
    };

    static DustyScans of(String name, long seed) {
        Random r = new Random(31 * seed + 7);
        return switch (name) {
            case "hall" -> hall(r, seed, new DustyScans.Stone[] {person(r), null, null});
            case "two stations" -> hall(r, seed, new DustyScans.Stone[] {person(r), null});
            case "two visitors" ->
                hall(r, seed, new DustyScans.Stone[] {DustyScans.nearest(person(r), person(r)), null, null});
            case "walker" -> hall(r, seed, new DustyScans.Stone[] {person(r), null, person(r)});
            case "chair" -> {
                DustyScans.Stone a = chair(1 + 0.5 * r.nextDouble(), 3.3 + 0.6 * r.nextDouble());
                DustyScans.Stone b = chair(4.2 + 0.8 * r.nextDouble(), 3.4 + 0.6 * r.nextDouble());
                yield hall(r, seed, new DustyScans.Stone[] {a, a, b, b});
            }
            case "close to the wall" -> {
                double x = 1 + 4 * r.nextDouble();
                yield hall(r, seed, new DustyScans.Stone[] {DustyScans.person(x, 5 - 0.32), null, null});
            }
            case "cave" -> {
                Cave c = Cave.of("small", 11 + seed);
                double[][] e = {{0.9, -0.4, 1.5}, {-0.9, -0.5, 1.4}, {0, 0.7, 1.5}};
                DustyScans.Stone person = DustyScans.nearest(
                        DustyScans.drum(-0.1 + 0.3 * r.nextDouble(), -0.5 - 0.3 * r.nextDouble(), 0.2, 0.05, 1.45));
                yield scans(DustyScans.cave(c), 0.001, seed, e, 0.012, new DustyScans.Stone[] {person, null, null});
            }
            case "plain" -> hall(r, seed, new DustyScans.Stone[4]);
            case "shifted" -> shifted(r, seed, 3, 0.4, -0.3, 0.25);
            case "shifted little" -> shifted(r, seed, 4, 0.18, 0, 0);
            case "shifted less" -> shifted(r, seed, 4, 0.1, 0.05, 0);
            case "two shifted" -> shifted(r, seed, 2, 0.4, -0.3, 0.25);
            default -> courtyard(r, seed);
        };
    }

    static DustyScans.Stone person(Random r) {
        return DustyScans.person(1.3 + 3.4 * r.nextDouble(), 3.3 + 1.1 * r.nextDouble());
    }

    /** A seat with a back. */
    static DustyScans.Stone chair(double x, double y) {
        return DustyScans.nearest(
                DustyScans.drum(x, y, 0.24, 0.42, 0.47),
                DustyScans.drum(x, y, 0.04, 0, 0.45),
                DustyScans.drum(x, y + 0.2, 0.12, 0.45, 0.95));
    }

    static DustyScans.Stone hallStone() {
        return DustyScans.nearest(
                DustyScans.room(6, 5, 3), DustyScans.ball(3, 2.5, 1.6, 0.5), DustyScans.drum(3, 2.5, 0.2, 0, 1.2));
    }

    private static DustyScans hall(Random r, long seed, DustyScans.Stone[] figures) {
        double[][] e = {
            {0.8 + 0.5 * r.nextDouble(), 0.8 + 0.5 * r.nextDouble(), 1.4 + 0.3 * r.nextDouble()},
            {4.8 + 0.5 * r.nextDouble(), 0.8 + 0.5 * r.nextDouble(), 1.3 + 0.3 * r.nextDouble()},
            {3 + 0.5 * r.nextDouble(), 1 + 0.3 * r.nextDouble(), 1.5 + 0.2 * r.nextDouble()},
            {0.6 + 0.4 * r.nextDouble(), 2.2 + 0.4 * r.nextDouble(), 1.5}
        };
        return scans(hallStone(), 0.001, seed, e, step, figures);
    }

    /** The last of some stations stands elsewhere than it says. */
    private static DustyScans shifted(Random r, long seed, int stations, double... by) {
        double[][] e = {
            {1 + 0.2 * r.nextDouble(), 1, 1.5}, {5, 1.2 + 0.2 * r.nextDouble(), 1.4}, {1, 4, 1.5}, {3.2, 4.5, 1.6}
        };
        DustyScans d = new DustyScans(hallStone(), 0.001, seed);
        for (int k = 0; k < stations; k++) {
            d.misplaced = k == stations - 1 ? by : d.misplaced;
            d.scan(e[k], 0.012 * (1 + 0.2 * (k % 3)), null, 0);
        }
        return d;
    }

    private static DustyScans courtyard(Random r, long seed) {
        // a statue on a court between two walls, open above
        DustyScans.Stone statue = DustyScans.nearest(
                DustyScans.drum(0, 0, 0.5, 0, 0.4),
                DustyScans.drum(0, 0, 0.3, 0.4, 1.2),
                DustyScans.ball(0, 0, 1.4, 0.28));
        DustyScans.Stone court = (e, d) -> {
            double best = Double.POSITIVE_INFINITY;
            double t = -e[2] / d[2];
            if (t > 0 && Math.abs(e[0] + t * d[0]) < 6 && Math.abs(e[1] + t * d[1]) < 6) {
                best = t;
            }
            for (int a = 0; a < 2; a++) {
                for (int s = -1; s <= 1; s += 2) {
                    double u = (6 * s - e[a]) / d[a];
                    double z = e[2] + u * d[2];
                    if (u > 0 && z > 0 && z < 2.6 && Math.abs(e[1 - a] + u * d[1 - a]) < 6) {
                        best = Math.min(best, u);
                    }
                }
            }
            return best;
        };
        double[][] e = new double[4][];
        double turn = r.nextDouble();
        for (int k = 0; k < 4; k++) {
            double a = 0.5 * Math.PI * (k + turn);
            e[k] = new double[] {2.8 * Math.cos(a), 2.8 * Math.sin(a), 1.2 + 0.4 * r.nextDouble()};
        }
        double a = 0.5 * Math.PI * (0.5 + turn);
        DustyScans.Stone person = DustyScans.person(1.5 * Math.cos(a), 1.5 * Math.sin(a));
        return scans(DustyScans.nearest(statue, court), 0.001, seed, e, 0.012, new DustyScans.Stone[] {
            person, null, null, null
        });
    }

    static DustyScans scans(
            DustyScans.Stone stone, double noise, long seed, double[][] eyes, double step, DustyScans.Stone[] figures) {
        DustyScans d = new DustyScans(stone, noise, seed);
        for (int k = 0; k < figures.length; k++) {
            d.scan(eyes[k], step * (1 + 0.2 * (k % 3)), figures[k], 0);
        }
        return d;
    }
}
