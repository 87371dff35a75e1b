package org.grotto.views;

import java.util.Arrays;
import org.grotto.geometry.Box;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Symmetric;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a room told apart, the principal one first: balls of a few sizes that turn most of what is worth looking at
 * to one side, beside their radius; round ones before flat ones.
 *
 * <p>Of a figure on a plain wall the ball that just holds it has most beside its radius; of a wall full of small figures
 * the largest ball has, which is what one looks at there; of a pillar that faces four ways one side. Cost: cubes by
 * {@link #SEEDS}, for each figure.
 */
final class Principals {
    /** Told apart, at most. */
    static final int MOST = 4;

    /** Radii of balls, metres; none larger than {@link #PART} of the room's shortest side. */
    private static final double[] RADII = {0.4, 0.6, 0.9, 1.3, 1.9, 2.8};

    private static final double PART = 0.35;
    /** Rooms are as large as persons need; what is larger than that was given in another unit. Metres. */
    private static final double LARGEST_ROOM = 60;
    /** What is worth less than this share of the principal figure is none. */
    private static final double LEAST = 0.15;
    /** Nor is what is no body. */
    private static final double NONE = 0.05;
    /** Flat relief is worth this, what is as thick as {@link #ROUND} of its radius (as a standard deviation) by 1 more. */
    private static final double FLAT = 0.3;

    private static final double ROUND = 0.2;
    /** What is hollow is a corner or an empty niche: by a sixth of its radius it is worth {@link #HOLLOW_LEAST}. */
    private static final double HOLLOW = 6;

    private static final double HOLLOW_LEAST = 0.05;
    /** A figure and its niche are as hollow as this at the most, of the radius: a vault is more. */
    private static final double NICHE = 0.04;
    /** A figure of which so much is worth looking at, beside a disc of its radius, is one; with less it is half of one, or less. */
    private static final double DENSE = 0.12;
    /** Corners, jambs and pillars face so many ways, by the entropy of their area; a body with its folds so many. */
    private static final double CORNER = 6.5;

    private static final double BODY = 11;
    /** What leans further out of a plane of the axes faces another way: the sine of 22.5 degrees. */
    private static final double SQUARE = 0.3827;
    /** Cubes that balls are tried around. */
    private static final int SEEDS = 250;
    /** Side of a cube, of the smallest radius. */
    private static final double CUBE = 0.5;
    /** Sides that a figure may turn to. */
    private static final int SIDES = 16;

    private static final int LONGEST = 1000;

    /** Of each triangle, which figure it belongs to; -1 for none. */
    final int[] figure;
    /**
     * @param middle metres
     * @param front unit, level
     * @param radius metres
     * @param worth beside the principal one, 0 to 1, and beside what makes a figure
     * @param whole area by interest of all that it turns to its front, square metres
     */
    record Figure(double[] middle, double[] front, double radius, double worth, double whole) {}

    final Figure[] all;

    /** Sums over cubes, or of one: mass turned to each side; mass; its place; its place squared (xx xy xz yy yz zz); where it faces; that by its place. */
    private static final int SUMS = SIDES + 14;

    private record Ball(double[] middle, double radius, int side, double value, double mass, double bulge) {}

    private Principals(int[] figure, Figure[] all) {
        this.figure = figure;
        this.all = all;
    }

    static Principals of(Stone stone) {
        Mesh m = stone.mesh;
        Box b = m.bounds();
        double shortest = Math.min(b.maxX() - b.minX(), Math.min(b.maxY() - b.minY(), b.maxZ() - b.minZ()));
        int n = m.triangleCount();
        // a room smaller than a person's is a model of one, and so is one that is much larger
        double unit = Math.max(Math.min(1, PART * shortest / RADII[0]), shortest / LARGEST_ROOM);
        double side = Math.max(CUBE * RADII[0] * unit, b.longest() / LONGEST);
        int[] cube = new int[n];
        double[] mass = new double[n];
        double[][] cubes = cubes(m, b, side, stone, cube, mass);
        int[] seeds = seeds(cubes);
        int[] figure = new int[n];
        Arrays.fill(figure, -1);
        boolean[] taken = new boolean[cubes.length];
        Figure[] all = new Figure[MOST];
        int found = 0;
        double first = 0;
        while (found < MOST) {
            Ball ball = best(cubes, taken, seeds, unit, Math.max(PART * shortest, RADII[0] * unit));
            if (ball == null || found > 0 && ball.value < LEAST * first) {
                break;
            }
            first = found == 0 ? ball.value : first;
            int[] held = new int[cubes.length];
            for (int i = 0; i < cubes.length; i++) {
                if (!taken[i] && apart(cubes[i], ball.middle) <= ball.radius * ball.radius) {
                    taken[i] = true;
                    held[i] = 1;
                }
            }
            double dense = ball.mass / (Math.PI * ball.radius * ball.radius) / DENSE;
            double body = Math.max(0, Math.min(1, 1 + ball.bulge / NICHE));
            double worth = Math.sqrt(ball.value / first) * Math.min(1, dense) * body;
            all[found] = figure(m, mass, cube, held, ball, worth, figure, found);
            found++;
        }
        return worthy(figure, Arrays.copyOf(all, found));
    }

    /** Without those that are no figures. */
    private static Principals worthy(int[] figure, Figure[] all) {
        int[] name = new int[all.length];
        int n = 0;
        for (int i = 0; i < all.length; i++) {
            name[i] = all[i].worth >= NONE ? n : -1;
            n += all[i].worth >= NONE ? 1 : 0;
        }
        for (int t = 0; t < figure.length; t++) {
            figure[t] = figure[t] < 0 ? -1 : name[figure[t]];
        }
        return new Principals(
                figure, Arrays.stream(all).filter(f -> f.worth >= NONE).toArray(Figure[]::new));
    }

    /** Names the triangles of a ball that turn to its side. */
    private static Figure figure(
            Mesh m, double[] mass, int[] cube, int[] held, Ball ball, double worth, int[] figure, int name) {
        double[] d = side(ball.side);
        double[] sum = new double[6];
        double[] ways = new double[27];
        double whole = 0;
        for (int t = 0; t < figure.length; t++) {
            if (held[cube[t]] == 0 || !(mass[t] > 0)) {
                continue;
            }
            double[] c = m.cross(t);
            double l = Math.sqrt(c[0] * c[0] + c[1] * c[1] + c[2] * c[2]);
            ways[way(c, l)] += l;
            if (c[0] * d[0] + c[1] * d[1] > 0) {
                figure[t] = name;
                whole += mass[t];
                for (int k = 0; k < 9; k++) {
                    sum[k % 3] += mass[t] * m.xyz[3 * m.triangles[3 * t + k / 3] + k % 3] / 3.0;
                }
                for (int k = 0; k < 2; k++) {
                    sum[3 + k] += mass[t] * c[k] / l;
                }
            }
        }
        double[] middle = new double[3];
        for (int k = 0; k < 3; k++) {
            middle[k] = m.origin(k) + (whole > 0 ? sum[k] / whole : ball.middle[k]);
        }
        double flat = StrictMath.hypot(sum[3], sum[4]);
        double[] front = flat > 0 ? new double[] {sum[3] / flat, sum[4] / flat, 0} : d;
        return new Figure(middle, front, ball.radius, worth * rounded(ways), whole);
    }

    /** Which of 26 ways a triangle faces. */
    private static int way(double[] c, double l) {
        int k = 0;
        for (int a = 0; a < 3; a++) {
            k = 3 * k + (c[a] > SQUARE * l ? 2 : c[a] < -SQUARE * l ? 0 : 1);
        }
        return k;
    }

    /** How many ways the area of a figure faces, by its entropy: 0 as the corner of a room, 1 as a body. */
    private static double rounded(double[] ways) {
        double sum = 0;
        for (double w : ways) {
            sum += w;
        }
        double entropy = 0;
        for (double w : ways) {
            entropy -= w > 0 ? w / sum * StrictMath.log(w / sum) : 0;
        }
        return Math.max(0, Math.min(1, (StrictMath.exp(entropy) - CORNER) / (BODY - CORNER)));
    }

    private static double[] side(int k) {
        return Standing.direction(2 * Math.PI * k / SIDES, 0);
    }

    /** Each cube's sums, and before them its mean place by mass, relative to the mesh's origin. */
    private static double[][] cubes(Mesh m, Box b, double side, Stone stone, int[] cube, double[] mass) {
        int n = cube.length;
        double[] at = new double[3 * n];
        long[] key = new long[n];
        for (int t = 0; t < n; t++) {
            long k = 0;
            for (int a = 0; a < 3; a++) {
                double p = 0;
                for (int j = 0; j < 3; j++) {
                    p += m.xyz[3 * m.triangles[3 * t + j] + a] / 3.0;
                }
                at[3 * t + a] = p;
                double low = (a == 0 ? b.minX() : a == 1 ? b.minY() : b.minZ()) - m.origin(a);
                k = k << 10 | Math.max(0, Math.min(LONGEST, (long) ((p - low) / side)));
            }
            key[t] = k;
        }
        double[][] sides = new double[SIDES][];
        for (int d = 0; d < SIDES; d++) {
            sides[d] = side(d);
        }
        long[] unique = Arrays.stream(key).sorted().distinct().toArray();
        double[][] cubes = new double[unique.length][3 + SUMS];
        for (int t = 0; t < n; t++) {
            double[] c = m.cross(t);
            double l = Math.sqrt(c[0] * c[0] + c[1] * c[1] + c[2] * c[2]);
            mass[t] = l / 2 * stone.interest[t];
            cube[t] = Arrays.binarySearch(unique, key[t]);
            double[] s = cubes[cube[t]];
            for (int d = 0; l > 0 && d < SIDES; d++) {
                s[3 + d] += mass[t] * Math.max(0, (c[0] * sides[d][0] + c[1] * sides[d][1]) / l);
            }
            int k = 3 + SIDES;
            s[k++] += mass[t];
            for (int a = 0; a < 3; a++) {
                s[k++] += mass[t] * at[3 * t + a];
            }
            for (int a = 0; a < 3; a++) {
                for (int o = a; o < 3; o++) {
                    s[k++] += mass[t] * at[3 * t + a] * at[3 * t + o];
                }
            }
            for (int a = 0; l > 0 && a < 3; a++) {
                s[k + a] += mass[t] * c[a] / l;
                s[k + 3] += mass[t] * c[a] / l * at[3 * t + a];
            }
        }
        for (double[] s : cubes) {
            for (int a = 0; a < 3; a++) {
                s[a] = s[3 + SIDES] > 0 ? s[3 + SIDES + 1 + a] / s[3 + SIDES] : Double.MAX_VALUE;
            }
        }
        return cubes;
    }

    /** Cubes with most mass. */
    private static int[] seeds(double[][] cubes) {
        long[] order = new long[cubes.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (long) Float.floatToIntBits((float) cubes[i][3 + SIDES]) << 32 | i;
        }
        Arrays.sort(order);
        int[] out = new int[Math.min(SEEDS, order.length)];
        for (int i = 0; i < out.length; i++) {
            out[i] = (int) order[order.length - 1 - i];
        }
        return out;
    }

    /** The best ball of what is not taken; null where nothing is left. */
    private static @Nullable Ball best(double[][] cubes, boolean[] taken, int[] seeds, double unit, double largest) {
        Ball best = null;
        double[][] sums = new double[RADII.length][SUMS];
        for (int s : seeds) {
            if (taken[s] || !(cubes[s][3 + SIDES] > 0)) {
                continue;
            }
            for (double[] sum : sums) {
                Arrays.fill(sum, 0);
            }
            for (int i = 0; i < cubes.length; i++) {
                if (!taken[i]) {
                    double d = apart(cubes[i], cubes[s]);
                    for (int r = RADII.length - 1; r >= 0 && d <= RADII[r] * RADII[r] * unit * unit; r--) {
                        for (int k = 0; k < SUMS; k++) {
                            sums[r][k] += cubes[i][3 + k];
                        }
                    }
                }
            }
            for (int r = 0; r < RADII.length; r++) {
                double radius = RADII[r] * unit;
                if (r > 0 && radius > largest) {
                    break;
                }
                int side = 0;
                for (int k = 1; k < SIDES; k++) {
                    side = sums[r][k] > sums[r][side] ? k : side;
                }
                double round = Math.min(1, thickness(sums[r]) / (ROUND * radius));
                double bulge = bulge(sums[r]) / radius;
                double convex = Math.max(0, Math.min(1, 1 + HOLLOW * bulge));
                double value = sums[r][side] / radius * (FLAT + round) * (HOLLOW_LEAST + convex);
                if (best == null || value > best.value) {
                    double[] c = cubes[s];
                    best = new Ball(new double[] {c[0], c[1], c[2]}, radius, side, value, sums[r][side], bulge);
                }
            }
        }
        return best;
    }

    /** How far what faces outward lies outward of the middle, metres, on average: more than 0 for a body, less for a corner. */
    private static double bulge(double[] s) {
        double m = s[SIDES];
        double out = s[SUMS - 1];
        for (int a = 0; a < 3; a++) {
            out -= s[SUMS - 4 + a] * s[SIDES + 1 + a] / m;
        }
        return out / m;
    }

    /** Standard deviation of the mass across its flattest plane, metres. */
    private static double thickness(double[] s) {
        double[] v = new double[9];
        double m = s[SIDES];
        int k = SIDES + 4;
        for (int a = 0; a < 3; a++) {
            for (int o = a; o < 3; o++) {
                v[3 * a + o] = s[k++] / m - s[SIDES + 1 + a] / m * (s[SIDES + 1 + o] / m);
                v[3 * o + a] = v[3 * a + o];
            }
        }
        Symmetric.eigen(v, 3);
        return Math.sqrt(Math.max(0, Math.min(v[0], Math.min(v[4], v[8]))));
    }

    private static double apart(double[] a, double[] b) {
        double x = a[0] - b[0];
        double y = a[1] - b[1];
        double z = a[2] - b[2];
        return x * x + y * y + z * z;
    }
}
