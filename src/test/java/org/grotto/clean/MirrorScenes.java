package org.grotto.clean;

import static org.grotto.clean.MirrorWorld.ball;
import static org.grotto.clean.MirrorWorld.box;
import static org.grotto.clean.MirrorWorld.ellipsoid;
import static org.grotto.clean.MirrorWorld.pillar;
import static org.grotto.clean.MirrorWorld.statue;
import static org.grotto.clean.MirrorWorld.vault;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Scenes with mirrors, and scenes that are only symmetric; by hand, all of them with many seeds. */
final class MirrorScenes {
    private MirrorScenes() {}

    /** A scene from a seed, a noise and a distance between rays. */
    interface Made {
        MirrorWorld of(long seed, double noise, double step);
    }

    static Map<String, Made> mirrors() {
        Map<String, Made> m = new LinkedHashMap<>();
        m.put("mirror", (seed, noise, step) -> {
            Random r = new Random(seed);
            double w = 1 + r.nextDouble();
            return room(seed, noise, r)
                    .pane(
                            new double[] {4.999, 2 + 0.5 * r.nextDouble(), 1.5},
                            new double[] {-1, 0, 0},
                            new double[] {0, 1, 0},
                            w,
                            1.4,
                            0.05 * r.nextInt(3),
                            0.1)
                    .scan(1 + r.nextDouble(), 1 + r.nextDouble(), 1.5, step)
                    .scan(2 + r.nextDouble(), 3, 1.3, step);
        });
        m.put("framed mirror before its wall", (seed, noise, step) -> {
            Random r = new Random(seed);
            return room(seed, noise, r)
                    .stone(box(4.96, 1.2, 0.7, 5.1, 2.8, 0.76))
                    .stone(box(4.96, 1.2, 2.24, 5.1, 2.8, 2.3))
                    .stone(box(4.96, 1.2, 0.7, 5.1, 1.26, 2.3))
                    .stone(box(4.96, 2.74, 0.7, 5.1, 2.8, 2.3))
                    .pane(
                            new double[] {4.98, 2, 1.5},
                            new double[] {-1, 0, 0},
                            new double[] {0, 1, 0},
                            1.48,
                            1.48,
                            0.02,
                            0.05)
                    .scan(1 + r.nextDouble(), 1 + r.nextDouble(), 1.5, step)
                    .scan(2 + r.nextDouble(), 3, 1.3, step);
        });
        m.put("small mirror", (seed, noise, step) -> {
            Random r = new Random(seed);
            return room(seed, noise, r)
                    .pane(
                            new double[] {2 + r.nextDouble(), 3.999, 1.6},
                            new double[] {0, -1, 0},
                            new double[] {1, 0, 0},
                            0.5,
                            0.7,
                            0.05,
                            0)
                    .scan(1 + r.nextDouble(), 1 + r.nextDouble(), 1.5, step)
                    .scan(4, 1.2, 1.3, step);
        });
        m.put("pool", (seed, noise, step) -> {
            Random r = new Random(seed);
            double rim = 0.05 + 0.2 * r.nextDouble();
            return hall(seed, noise, r)
                    .air(box(2, 2, -0.6, 6, 5, 0.1))
                    .pane(new double[] {4, 3.5, -rim}, new double[] {0, 0, 1}, new double[] {1, 0, 0}, 4, 3, 0.02, 0.3)
                    .scan(1 + r.nextDouble(), 1.2, 1.5, step)
                    .scan(7, 5.5 + r.nextDouble(), 1.6, step);
        });
        m.put("black pool", (seed, noise, step) -> {
            Random r = new Random(seed);
            double rim = 0.05 + 0.2 * r.nextDouble();
            return hall(seed, noise, r)
                    .air(box(2, 2, -0.6, 6, 5, 0.1))
                    .pane(new double[] {4, 3.5, -rim}, new double[] {0, 0, 1}, new double[] {1, 0, 0}, 4, 3, 0, 0.3)
                    .scan(1 + r.nextDouble(), 1.2, 1.5, step)
                    .scan(7, 5.5 + r.nextDouble(), 1.6, step);
        });
        m.put("polished floor", (seed, noise, step) -> {
            Random r = new Random(seed);
            return hall(seed, noise, r)
                    .pane(new double[] {4, 3.5, 0.001}, new double[] {0, 0, 1}, new double[] {1, 0, 0}, 8, 7, 0.6, 0.2)
                    .scan(1 + r.nextDouble(), 1.2, 1.5, step)
                    .scan(7, 5.5 + r.nextDouble(), 1.6, step);
        });
        m.put("tilted mirror", (seed, noise, step) -> {
            Random r = new Random(seed);
            double a = 0.1 + 0.2 * r.nextDouble();
            return room(seed, noise, r)
                    .pane(
                            new double[] {4.6, 2, 1.3},
                            new double[] {-Math.cos(a), 0, Math.sin(a)},
                            new double[] {0, 1, 0},
                            1.2,
                            1.8,
                            0.03,
                            0.05)
                    .scan(1 + r.nextDouble(), 1 + r.nextDouble(), 1.5, step)
                    .scan(2 + r.nextDouble(), 3, 1.3, step);
        });
        m.put("two mirrors", (seed, noise, step) -> {
            Random r = new Random(seed);
            return room(seed, noise, r)
                    .pane(
                            new double[] {4.999, 2, 1.5},
                            new double[] {-1, 0, 0},
                            new double[] {0, 1, 0},
                            1.6,
                            1.4,
                            0.02,
                            0.05)
                    .pane(
                            new double[] {2, 0.001, 1.6},
                            new double[] {0, 1, 0},
                            new double[] {1, 0, 0},
                            1.2,
                            1.5,
                            0.02,
                            0.05)
                    .scan(1 + r.nextDouble(), 1 + r.nextDouble(), 1.5, step)
                    .scan(2 + r.nextDouble(), 3, 1.3, step);
        });
        m.put("mirror one station cannot see", (seed, noise, step) -> {
            Random r = new Random(seed);
            return room(seed, noise, r)
                    .air(box(5.2, 0.5, 0, 8, 3.5, 2.8))
                    .air(box(4.9, 3.0, 0, 5.3, 3.5, 2))
                    .stone(statue(7, 1.5, 0))
                    .pane(
                            new double[] {4.999, 1.7, 1.5},
                            new double[] {-1, 0, 0},
                            new double[] {0, 1, 0},
                            1.4,
                            1.4,
                            0.02,
                            0.05)
                    .scan(1 + r.nextDouble(), 1 + r.nextDouble(), 1.5, step)
                    .scan(6.3, 2.6 + 0.3 * r.nextDouble(), 1.3, step);
        });
        m.put("mirror in a cave", (seed, noise, step) -> {
            Random r = new Random(seed);
            return new MirrorWorld(seed, noise)
                    .bumps(0.06)
                    .air(ellipsoid(0, 0, 1.5, 4, 3, 2.2))
                    .air(ellipsoid(3, 1, 1.2, 2.5, 2, 1.6))
                    .stone(statue(-2, 0.8, -0.3))
                    .stone(ball(1, 1.8, 0.4, 0.6))
                    .pane(
                            new double[] {1 + r.nextDouble(), -2.2, 1.4},
                            new double[] {0.1, 1, 0.05},
                            new double[] {1, -0.1, 0},
                            1.2,
                            1.4,
                            0.04,
                            0.05)
                    .scan(-1, 0.3 + r.nextDouble(), 1.3, step)
                    .scan(2.5, 0.5, 1.4, step);
        });
        return m;
    }

    static Map<String, Made> symmetric() {
        Map<String, Made> m = new LinkedHashMap<>();
        m.put("box", (seed, noise, step) -> {
            Random r = new Random(seed);
            return new MirrorWorld(seed, noise)
                    .air(box(0, 0, 0, 5, 4, 3))
                    .scan(1 + r.nextDouble(), 1 + r.nextDouble(), 1.5, step)
                    .scan(3.5, 2.5, 1.8, step);
        });
        m.put("two rooms and a doorway, from one", (seed, noise, step) -> {
            Random r = new Random(seed);
            double t = 0.02 + 0.2 * r.nextDouble();
            return new MirrorWorld(seed, noise)
                    .air(box(-5, 0, 0, -t / 2, 4, 3))
                    .air(box(t / 2, 0, 0, 5, 4, 3))
                    .air(box(-0.3, 1.4, 0, 0.3, 2.6, 2.1))
                    .stone(statue2(-3, 2.4))
                    .scan(-2 - r.nextDouble(), 1.6 + r.nextDouble(), 1.5, step)
                    .scan(-4.3, 1.5, 1.5, step);
        });
        m.put("two rooms and a window, from one, the wall's front in the middle", (seed, noise, step) -> {
            Random r = new Random(seed);
            return new MirrorWorld(seed, noise)
                    .air(box(-5, 0, 0, 0, 4, 3))
                    .air(box(0.1, 0, 0, 5, 4, 3))
                    .air(box(-0.3, 1.4, 0.9, 0.3, 2.6, 2.1))
                    .stone(statue2(-3, 2.4))
                    .scan(-2 - r.nextDouble(), 1.6 + r.nextDouble(), 1.5, step)
                    .scan(-4.3, 1.5, 1.5, step);
        });
        m.put("two rooms and a doorway, from both", (seed, noise, step) -> {
            Random r = new Random(seed);
            return new MirrorWorld(seed, noise)
                    .air(box(-5, 0, 0, -0.05, 4, 3))
                    .air(box(0.05, 0, 0, 5, 4, 3))
                    .air(box(-0.3, 1.4, 0, 0.3, 2.6, 2.1))
                    .stone(statue2(-3, 2.4))
                    .scan(-2 - r.nextDouble(), 1.6 + r.nextDouble(), 1.5, step)
                    .scan(2.3, 1.9, 1.5, step);
        });
        m.put("a thin wall, scanned from both sides", (seed, noise, step) -> {
            Random r = new Random(seed);
            return new MirrorWorld(seed, noise)
                    .air(box(-4, -4, 0, 4, 4, 3))
                    .stone(box(-0.02, -4, 0, 0.02, 2, 3))
                    .scan(-2 - r.nextDouble(), -1, 1.5, step)
                    .scan(2.3, -1.4, 1.5, step);
        });
        m.put("niches", (seed, noise, step) -> {
            Random r = new Random(seed);
            MirrorWorld w = new MirrorWorld(seed, noise).air(box(0, 0, 0, 8, 2, 2.6));
            for (int k = 0; k < 6; k++) {
                w.air(box(0.4 + 1.3 * k, -2, 0.4, 1.3 + 1.3 * k, 0.1, 1.8));
                w.stone(ball(0.85 + 1.3 * k, -1.2, 0.7, 0.25));
            }
            return w.scan(2 + r.nextDouble(), 1.2, 1.4, step).scan(6, 0.9, 1.4, step);
        });
        m.put("a thousand Buddhas", (seed, noise, step) -> {
            Random r = new Random(seed);
            MirrorWorld w = new MirrorWorld(seed, noise).air(box(0, 0, 0, 5, 4, 3));
            for (int k = 0; k < 40; k++) {
                double x = 0.3 + 0.5 * (k % 10);
                double z = 0.4 + 0.6 * (k / 10);
                w.stone(ellipsoid(x, 0, z, 0.12, 0.15, 0.18)).stone(ball(x, 0.05, z + 0.22, 0.08));
                w.stone(ellipsoid(x, 4, z, 0.12, 0.15, 0.18)).stone(ball(x, 3.95, z + 0.22, 0.08));
            }
            return w.scan(2 + r.nextDouble(), 2, 1.4, step).scan(4, 1.2, 1.4, step);
        });
        m.put("round cave", (seed, noise, step) -> {
            Random r = new Random(seed);
            return new MirrorWorld(seed, noise)
                    .air(ball(0, 0, 0, 3))
                    .scan(1 * r.nextDouble(), 0.4, 0.3, step)
                    .scan(-1, -0.4, 0.8, step);
        });
        m.put("two round caves", (seed, noise, step) -> {
            Random r = new Random(seed);
            return new MirrorWorld(seed, noise)
                    .air(ball(-2.5, 0, 0, 2.7))
                    .air(ball(2.5, 0, 0, 2.7))
                    .stone(statue(-2, 0.4, -2))
                    .stone(turned(statue(-2, 0.4, -2)))
                    .scan(-2 + 0.5 * r.nextDouble(), -0.9, 0.6, step)
                    .scan(-3.4, 0.3, 0.4, step);
        });
        m.put("one above the other", (seed, noise, step) -> {
            Random r = new Random(seed);
            double t = 0.05 + 0.2 * r.nextDouble();
            return new MirrorWorld(seed, noise)
                    .air(box(0, 0, t / 2, 5, 4, 3))
                    .air(box(0, 0, -3, 5, 4, -t / 2))
                    .air(box(1.5, 1.4, -0.3, 3.5, 2.6, 0.3))
                    .stone(pillar(1, 1, 0.2, -3, 3))
                    .stone(pillar(4, 3, 0.25, -3, 3))
                    .scan(0.7 + 0.3 * r.nextDouble(), 1.6 + r.nextDouble(), 1.5, step)
                    .scan(4.2, 1.5, 1.5, step);
        });
        m.put("vault", (seed, noise, step) -> {
            Random r = new Random(seed);
            return new MirrorWorld(seed, noise)
                    .air(vault(0, 1.5, 2, -5, 5))
                    .scan(0.5 * r.nextDouble(), 1, 1.5, step)
                    .scan(-0.6, -2, 1.2, step);
        });
        m.put("nave with aisles", (seed, noise, step) -> {
            Random r = new Random(seed);
            MirrorWorld w = new MirrorWorld(seed, noise).air(box(-4, 0, 0, 4, 10, 5));
            for (int k = 0; k < 4; k++) {
                w.stone(pillar(-2, 2 + 2 * k, 0.3, 0, 5)).stone(pillar(2, 2 + 2 * k, 0.3, 0, 5));
            }
            return w.stone(statue2(0, 8))
                    .scan(0.3 + r.nextDouble(), 1, 1.5, step)
                    .scan(-0.8, 5, 1.6, step);
        });
        m.put("glass case", (seed, noise, step) -> {
            Random r = new Random(seed);
            MirrorWorld w = room(seed, noise, r).stone(statue(3.2, 2.2, 0));
            double[][] sides = {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}};
            for (double[] n : sides) {
                w.glass(
                        new double[] {3.2 + 0.6 * n[0], 2.2 + 0.6 * n[1], 1},
                        n,
                        new double[] {-n[1], n[0], 0},
                        1.2,
                        2,
                        0.15,
                        0.1);
            }
            return w.scan(1 + r.nextDouble(), 1 + r.nextDouble(), 1.5, step).scan(4.2, 3.5, 1.3, step);
        });
        m.put("a screen in the middle", (seed, noise, step) -> {
            Random r = new Random(seed);
            MirrorWorld w = new MirrorWorld(seed, noise).air(box(-4, 0, 0, 4, 4, 3));
            for (int k = 0; k < 20; k++) {
                w.stone(box(-0.015, 0.2 * k, 0, 0.015, 0.2 * k + 0.03, 3));
            }
            return w.scan(-2 - r.nextDouble(), 1.6 + r.nextDouble(), 1.5, step).scan(-3.3, 1.5, 1.5, step);
        });
        m.put("gallery", (seed, noise, step) -> {
            Random r = new Random(seed);
            return new MirrorWorld(seed, noise)
                    .air(box(0, 0, 0, 8, 6, 6))
                    .stone(box(0, 0, 2.8, 2, 6, 3))
                    .stone(box(6, 0, 2.8, 8, 6, 3))
                    .stone(box(0, 0, 2.8, 8, 1.5, 3))
                    .stone(box(0, 4.5, 2.8, 8, 6, 3))
                    .scan(1.2 + 0.5 * r.nextDouble(), 1, 4.5, step)
                    .scan(6.8, 5, 4.6, step);
        });
        m.put("courtyard before a facade with doors", (seed, noise, step) -> {
            Random r = new Random(seed);
            return new MirrorWorld(seed, noise)
                    .air(box(-6, 0, 0, 6, 6, 20))
                    .air(box(-5, -5, 0, -1, -0.3, 3))
                    .air(box(1, -5, 0, 5, -0.3, 3))
                    .air(box(-3.6, -1, 0, -2.4, 1, 2))
                    .air(box(2.4, -1, 0, 3.6, 1, 2))
                    .scan(-2 + r.nextDouble(), 3, 1.5, step)
                    .scan(2, 4, 1.5, step);
        });
        return m;
    }

    /** A room that is no mirror image of itself. */
    private static MirrorWorld room(long seed, double noise, Random r) {
        return new MirrorWorld(seed, noise)
                .air(box(0, 0, 0, 5, 4, 2.8))
                .stone(statue(0.8 + 0.3 * r.nextDouble(), 2.9, 0))
                .stone(box(0, 0, 0, 0.5, 0.8 + r.nextDouble(), 1 + r.nextDouble()))
                .stone(pillar(3, 0.6, 0.15 + 0.1 * r.nextDouble(), 0, 2.8));
    }

    private static MirrorWorld hall(long seed, double noise, Random r) {
        return new MirrorWorld(seed, noise)
                .air(box(0, 0, 0, 8, 7, 3))
                .air(vault(4, 3, 3.5, 0, 7))
                .stone(statue(4 + r.nextDouble(), 6.2, 0))
                .stone(statue(0.9, 4 + r.nextDouble(), 0))
                .stone(pillar(7.3, 1, 0.25, 0, 7));
    }

    /** Twice the same, one the mirror image of the other in x = 0. */
    private static MirrorWorld.Solid statue2(double x, double y) {
        MirrorWorld.Solid s = statue(x, y, 0);
        MirrorWorld.Solid t = turned(s);
        return (px, py, pz) -> Math.min(s.at(px, py, pz), t.at(px, py, pz));
    }

    private static MirrorWorld.Solid turned(MirrorWorld.Solid s) {
        return (x, y, z) -> s.at(-x, y, z);
    }

    static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** Arguments: first seed, seeds, part of the name or "", and anything for the whole cleaning. */
    public static void main(String[] args) {
        long first = Long.parseLong(args[0]);
        int seeds = Integer.parseInt(args[1]);
        String only = args.length > 2 ? args[2] : "";
        double[] noises = {0.0003, 0.001, 0.002, 0.005};
        double[] steps = {0.013, 0.02, 0.008, 0.016};
        for (int k = 0; k < 2; k++) {
            for (Map.Entry<String, Made> e : (k == 0 ? mirrors() : symmetric()).entrySet()) {
                if (!e.getKey().contains(only)) {
                    continue;
                }
                for (long seed = first; seed < first + seeds; seed++) {
                    double noise = noises[(int) (seed % 4)];
                    double step = steps[(int) (seed / 4 % 4)];
                    MirrorWorld w = e.getValue().of(seed, noise, step);
                    long t = cpu();
                    MirrorWorld.Outcome o = args.length > 3 ? w.clean() : w.run();
                    System.out.printf(
                            Locale.ROOT,
                            "%-50s seed %d noise %.1f mm step %.3f: copies %6d marked %6.2f %%, real %7d lost %5d (%.4f %%), planes %d, %.2f s%n",
                            e.getKey(),
                            seed,
                            1000 * noise,
                            step,
                            o.copies(),
                            100 * o.share(),
                            o.real(),
                            o.lost(),
                            100.0 * o.lost() / o.real(),
                            o.planes().size(),
                            (cpu() - t) / 1e9);
                }
            }
        }
    }
}
