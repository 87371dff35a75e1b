package org.grotto.simulate;

import java.util.ArrayList;
import java.util.List;
import org.grotto.geometry.Pose;
import org.grotto.scene.CaveInfo.View;

/**
 * A planned scan campaign: the cave, where the scanner stands, how finely it looks. Planning costs below a second and
 * depends on the options alone.
 */
public final class Simulation {
    private static final double TRIPOD = 1.5;
    /** Room stations look from the zenith down to 60 degrees below the horizon; the tripod hides the rest. */
    private static final double SWEEP = Math.PI * 150 / 180;
    /** Share of rays that come back, about: the number of rays is the number of points wanted over this. */
    private static final double YIELD = 0.975;

    private final SimulateOptions options;
    private final Cave cave;
    private final List<Setup> setups;
    private final NoiseModel model;

    private Simulation(SimulateOptions options, Cave cave, List<Setup> setups, NoiseModel model) {
        this.options = options;
        this.cave = cave;
        this.setups = List.copyOf(setups);
        this.model = model;
    }

    public static Simulation plan(SimulateOptions options) {
        Cave cave = Cave.of(options.cave(), options.seed());
        double points = options.points();
        if (points == 0) {
            double area = new SurfaceSampler(cave).area(options.seed(), 4000);
            points = area / (options.spacingOrDefault() * options.spacingOrDefault());
        }
        double raysEach = points / YIELD / options.stations();
        double step = Math.min(0.2, Math.sqrt(SWEEP * 2 * Math.PI / raysEach));
        List<Setup> setups = new ArrayList<>();
        double[][] places = places(cave, options.stations(), options.seed());
        for (int i = 0; i < places.length; i++) {
            setups.add(room(options, i, places[i], step));
        }
        if (options.closeUps()) {
            for (Cave.Closeup c : cave.closeups()) {
                setups.add(close(options, setups.size(), c));
            }
        }
        return new Simulation(options, cave, setups, NoiseModel.of(options.noise()));
    }

    private static Setup room(SimulateOptions options, int i, double[] p, double step) {
        long key = Hash.mix(options.seed() ^ 0x57A710L, i);
        double yaw = 2 * Math.PI * Hash.unit(Hash.mix(key, 1));
        double tiltX = 0.02 * (2 * Hash.unit(Hash.mix(key, 2)) - 1);
        double tiltY = 0.02 * (2 * Hash.unit(Hash.mix(key, 3)) - 1);
        Pose pose = Pose.of(product(turnZ(yaw), small(tiltX, tiltY, 0)), p[0], p[1], p[2]);
        int cols = (int) Math.max(4, Math.floor(2 * Math.PI / step));
        int rows = (int) Math.max(4, Math.floor(SWEEP / step));
        return new Setup(
                String.format(java.util.Locale.ROOT, "S%02d", i + 1),
                pose,
                displaced(options, i, pose),
                step / 2,
                0,
                2 * Math.PI / cols,
                rows,
                cols);
    }

    /** A narrow window around the detail: +x of the scanner's frame points at it. */
    private static Setup close(SimulateOptions options, int i, Cave.Closeup c) {
        double dx = c.target()[0] - c.eye()[0];
        double dy = c.target()[1] - c.eye()[1];
        double dz = c.target()[2] - c.eye()[2];
        double l = Math.sqrt(dx * dx + dy * dy + dz * dz);
        double h = Math.sqrt(dx * dx + dy * dy);
        double[] turn = {
            dx / l, -dy / h, -dx * dz / (l * h),
            dy / l, dx / h, -dy * dz / (l * h),
            dz / l, 0, h / l
        };
        Pose pose = Pose.of(turn, c.eye()[0], c.eye()[1], c.eye()[2]);
        double step = options.closeSpacing() / l;
        double wide = 2 * StrictMath.atan(c.width() / 2 / l);
        double high = 2 * StrictMath.atan(c.height() / 2 / l);
        return new Setup(
                c.name(),
                pose,
                displaced(options, i, pose),
                Math.PI / 2 - high / 2,
                -wide / 2,
                step,
                (int) Math.ceil(high / step),
                (int) Math.ceil(wide / step));
    }

    /** The pose with the registration's error. */
    private static Pose displaced(SimulateOptions o, int i, Pose p) {
        if (o.registration() == 0 && o.registrationTurn() == 0) {
            return p;
        }
        long key = Hash.mix(o.seed() ^ 0x4E615EL, i);
        double s = o.registration();
        double a = o.registrationTurn();
        double[] turn = product(
                small(
                        a * Hash.normal(Hash.mix(key, 4)),
                        a * Hash.normal(Hash.mix(key, 5)),
                        a * Hash.normal(Hash.mix(key, 6))),
                p.matrix());
        return Pose.of(
                turn,
                p.tx() + s * Hash.normal(Hash.mix(key, 1)),
                p.ty() + s * Hash.normal(Hash.mix(key, 2)),
                p.tz() + s * Hash.normal(Hash.mix(key, 3)));
    }

    /** Free places at tripod height over the floor, each as far from the earlier ones as can be. */
    private static double[][] places(Cave cave, int wanted, long seed) {
        List<double[]> free = new ArrayList<>();
        var b = cave.bounds();
        int tries = Math.max(3000, wanted * 200);
        for (double clearance = 0.45; free.size() < wanted; clearance *= 0.7) {
            free.clear();
            for (int i = 0; i < tries; i++) {
                long key = Hash.mix(seed ^ 0x9F1ACEL, i);
                double x = b.minX() + b.sizeX() * Hash.unit(Hash.mix(key, 1));
                double y = b.minY() + b.sizeY() * Hash.unit(Hash.mix(key, 2));
                double z = TRIPOD + 0.1 * (Hash.unit(Hash.mix(key, 3)) - 0.5);
                if (cave.f(x, y, z) > clearance * 0.6
                        && cave.trace(x, y, z, 0, 0, -1, 0, 10) > z - 0.15
                        && clear(cave, x, y, z) > clearance) {
                    free.add(new double[] {x, y, z});
                }
            }
        }
        double[][] out = new double[wanted][];
        double[] away = new double[free.size()];
        int best = 0;
        for (int i = 0; i < away.length; i++) {
            away[i] = Double.POSITIVE_INFINITY;
            double[] p = free.get(i);
            double[] q = free.get(best);
            if (clear(cave, p[0], p[1], p[2]) > clear(cave, q[0], q[1], q[2])) {
                best = i;
            }
        }
        for (int k = 0; k < wanted; k++) {
            double[] q = free.get(best);
            out[k] = q;
            int next = 0;
            for (int i = 0; i < away.length; i++) {
                double[] p = free.get(i);
                double d2 = (p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1]);
                away[i] = Math.min(away[i], d2);
                if (away[i] > away[next]) {
                    next = i;
                }
            }
            best = next;
        }
        return out;
    }

    /** How far it is to the next wall, level, at the least of eight directions. */
    private static double clear(Cave cave, double x, double y, double z) {
        double d = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 8; i++) {
            double c = new double[] {1, 0.7071067811865476, 0, -0.7071067811865476}[i & 3] * (i < 4 ? 1 : -1);
            double s = new double[] {0, 0.7071067811865476, 1, 0.7071067811865476}[i & 3] * (i < 4 ? 1 : -1);
            d = Math.min(d, cave.trace(x, y, z, c, s, 0, 0, 50));
        }
        return d;
    }

    private static double[] turnZ(double a) {
        double c = StrictMath.cos(a);
        double s = StrictMath.sin(a);
        return new double[] {c, -s, 0, s, c, 0, 0, 0, 1};
    }

    /** The rotation with vector (x, y, z), rad. */
    private static double[] small(double x, double y, double z) {
        return new Pose(1, x / 2, y / 2, z / 2, 0, 0, 0).matrix();
    }

    private static double[] product(double[] a, double[] b) {
        double[] c = new double[9];
        for (int i = 0; i < 9; i++) {
            int r = i / 3 * 3;
            c[i] = a[r] * b[i % 3] + a[r + 1] * b[3 + i % 3] + a[r + 2] * b[6 + i % 3];
        }
        return c;
    }

    public SimulateOptions options() {
        return options;
    }

    public Cave cave() {
        return cave;
    }

    public List<Setup> setups() {
        return setups;
    }

    public NoiseModel model() {
        return model;
    }

    /** Places to look from, for {@code cave.json}. */
    public List<View> views() {
        return cave.views();
    }
}
