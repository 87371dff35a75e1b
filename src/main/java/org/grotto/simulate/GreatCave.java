package org.grotto.simulate;

import java.util.ArrayList;
import java.util.List;
import org.grotto.geometry.Box;
import org.grotto.scene.CaveInfo.View;

/**
 * The great cave, about 14 x 11 x 9 m: a hall around a central pillar of two storeys, and a smaller room behind a
 * passage; niches with seated figures in two tiers, friezes, fields of small figures, coffered ceilings.
 */
final class GreatCave {
    private static final double HALL_X = -2.3;
    private static final double HALL_HX = 4.7;
    private static final double HALL_HY = 5.4;
    private static final double HALL_TOP = 8.7;
    private static final double ROOM_X = 5.3;
    private static final double ROOM_HX = 1.7;
    private static final double ROOM_HY = 3.3;
    private static final double ROOM_TOP = 4.9;
    private static final double LEAN = 0.03;
    private static final int[] ROBES = {Paint.CINNABAR, Paint.OCHRE, Paint.MALACHITE, Paint.CINNABAR, Paint.AZURITE};

    private final Noise noise;
    private final List<Walls.Air> air = new ArrayList<>();
    private final List<Shape> shapes = new ArrayList<>();
    private int count;

    private GreatCave(long seed) {
        noise = new Noise(seed);
    }

    static Cave.Parts parts(long seed) {
        return new GreatCave(seed).build();
    }

    private Cave.Parts build() {
        air.add(new Airs.Chamber(HALL_X, 0, HALL_HX, HALL_HY, 0, HALL_TOP, LEAN));
        air.add(new Airs.Chamber(ROOM_X, 0, ROOM_HX, ROOM_HY, 0, ROOM_TOP, LEAN));
        air.add(new Airs.Niche(2.3, -0.9, 1, 0, 0.4, 2.1, 0.01, 1.95, 0.80, -1)); // the passage
        double west = HALL_X - HALL_HX;
        double east = HALL_X + HALL_HX;
        // the colossus and its neighbours
        niche(west, 0, 1, 0, 0.55, 3.6, 1.75, 1.75, 2.10);
        for (int s = -1; s <= 1; s += 2) {
            niche(west, 3.6 * s, 1, 0, 0.75, 1.75, 0.80, 0.75, 0.95);
            niche(west, 3.6 * s, 1, 0, 4.55, 5.45, 0.66, 0.65, 0.75);
            niche(east, 3.2 * s - 0.5, -1, 0, 4.40, 5.35, 0.70, 0.65, 0.80);
            for (int i = -1; i <= 1; i++) {
                niche(HALL_X + 2.75 * i, HALL_HY * s, 0, -s, 0.75, 1.95, 0.95, 0.90, 1.12);
            }
            for (int i = 0; i < 4; i++) {
                niche(HALL_X + 2.1 * (i - 1.5), HALL_HY * s, 0, -s, 4.45, 5.35, 0.68, 0.65, 0.78);
            }
            niche(ROOM_X, ROOM_HY * s, 0, -s, 0.75, 1.75, 0.85, 0.80, 1.02);
        }
        niche(east, 2.9, -1, 0, 0.75, 1.85, 0.85, 0.80, 1.0);
        niche(ROOM_X + ROOM_HX, 0, -1, 0, 0.65, 2.0, 1.15, 1.10, 1.40);
        Tower tower = new Tower(HALL_X, 0, HALL_TOP);
        shapes.add(tower);
        Figure facing = null;
        for (int i = 0; i < 4; i++) {
            double fx = new double[] {1, 0, -1, 0}[i];
            double fy = new double[] {0, 1, 0, -1}[i];
            double low = Tower.LOWER - 0.42;
            double high = Tower.UPPER - 0.40;
            Figure f = new Figure(HALL_X + low * fx, low * fy, Tower.LOWER_BASE + 0.22, fx, fy, 0.96, ROBES[i]);
            shapes.add(f);
            facing = i == 0 ? f : facing;
            shapes.add(new Figure(HALL_X + high * fx, high * fy, Tower.UPPER_BASE + 0.18, fx, fy, 0.80, ROBES[i + 1]));
        }
        friezes(west, east);
        ceilings();
        Inscription text = new Inscription(noise);
        Relief panel = SmallCave.wall(
                east, -2.75, 1.60, -1, 0, Inscription.HALF_WIDTH, Inscription.HALF_HEIGHT, 0.15, LEAN, text);
        shapes.add(panel);
        Figure main = java.util.Objects.requireNonNull(facing);
        double[] face = main.place(0, Figure.FACE[1], Figure.FACE[2]);
        double[] middle = panel.place(0, 0, Inscription.FACE);
        shapes.add(0, new Walls(air.toArray(new Walls.Air[0]), fissures(), noise));
        List<Cave.Closeup> near = List.of(
                new Cave.Closeup("close-face", main.place(0.10, 1.35, 1.05), face, 0.42, 0.56),
                new Cave.Closeup(
                        "close-inscription",
                        panel.place(0.05, -0.05, 1.30),
                        middle,
                        2 * Inscription.HALF_WIDTH + 0.08,
                        2 * Inscription.HALF_HEIGHT + 0.08));
        List<View> views = List.of(
                SmallCave.view(
                        "inside", "views.inside", new double[] {1.75, -4.35, 1.70}, new double[] {-3.4, 1.3, 3.3}, 72),
                SmallCave.view("face", "views.face", main.place(0.16, 0.95, 1.06), face, 38),
                SmallCave.view("inscription", "views.inscription", panel.place(0.25, -0.10, 1.15), middle, 60),
                SmallCave.view(
                        "west", "views.west-wall", new double[] {-4.3, -2.4, 1.7}, new double[] {-7.5, 0.1, 2.5}, 80));
        return new Cave.Parts(
                "great",
                new Box(-9.1, -6.5, -0.05, 8.3, 6.5, HALL_TOP + 0.1),
                shapes,
                new Paint(noise, 5.6, 9.4),
                views,
                near,
                0.11);
    }

    /** A niche on the wall through (x, y) whose open side faces (nx, ny), with a figure that fills it and a halo. */
    private void niche(
            double x,
            double y,
            double nx,
            double ny,
            double base,
            double spring,
            double half,
            double depth,
            double scale) {
        double in = LEAN * base;
        double ox = x + in * nx;
        double oy = y + in * ny;
        air.add(new Airs.Niche(ox, oy, -nx, -ny, 0.3, depth, base, spring, half, ROBES[(count + 3) % 5]));
        double d = Math.min(depth - 0.34 * scale, depth * 0.62);
        double z = base + 0.20 * scale;
        shapes.add(new Figure(ox - d * nx, oy - d * ny, z, nx, ny, scale, ROBES[count % 5]));
        double radius = Math.min(0.42 * scale, half * 0.62);
        if (radius > 0.3) {
            double back = depth - 0.03;
            shapes.add(SmallCave.wall(
                    ox - back * nx,
                    oy - back * ny,
                    z + 1.17 * scale,
                    nx,
                    ny,
                    radius * 1.02,
                    radius * 1.02,
                    0.3,
                    0,
                    new Rosette(noise, radius, 0, 0, 1.3 * count)));
        }
        count++;
    }

    private void friezes(double west, double east) {
        for (double z : new double[] {3.75, 7.75}) {
            double in = LEAN * z;
            for (int s = -1; s <= 1; s += 2) {
                frieze(HALL_X, HALL_HY * s, z, 0, -s, HALL_HX - in - 0.35);
            }
            frieze(east, 0, z, -1, 0, HALL_HY - in - 0.35);
        }
        frieze(west, 0, 7.75, 1, 0, HALL_HY - 0.6);
        for (int s = -1; s <= 1; s += 2) {
            frieze(ROOM_X, ROOM_HY * s, 4.1, 0, -s, ROOM_HX - 0.4);
            frieze(ROOM_X + ROOM_HX * s, 0, 4.1, -s, 0, ROOM_HY - 0.4);
            // fields of small figures above the upper tier
            shapes.add(SmallCave.wall(
                    HALL_X,
                    HALL_HY * s,
                    6.95,
                    0,
                    -s,
                    HALL_HX - 0.7,
                    0.47,
                    0.12,
                    LEAN,
                    new ThousandBuddhas(noise, 3.1 * s)));
            shapes.add(SmallCave.wall(
                    ROOM_X - ROOM_HX, 2.1 * s, 2.2, 1, 0, 0.76, 1.29, 0.12, LEAN, new ThousandBuddhas(noise, 9 + s)));
        }
        shapes.add(
                SmallCave.wall(east, 0, 6.95, -1, 0, HALL_HY - 0.7, 0.47, 0.12, LEAN, new ThousandBuddhas(noise, 7.7)));
    }

    private void frieze(double x, double y, double z, double nx, double ny, double halfU) {
        shapes.add(SmallCave.wall(x, y, z, nx, ny, halfU, 0.19, 0.12, LEAN, new LotusBand(noise, 0.19, 1.7 * count++)));
    }

    private void ceilings() {
        double[] right = {1, 0, 0};
        double[] down = {0, -1, 0};
        shapes.add(new Relief(
                new double[] {HALL_X, 0, HALL_TOP - 0.015},
                right,
                down,
                HALL_HX - 0.55,
                HALL_HY - 0.55,
                0.12,
                false,
                new Rosette(noise, 0.50, 0, 1.28, 0.4)));
        shapes.add(new Relief(
                new double[] {ROOM_X, 0, ROOM_TOP - 0.015},
                right,
                down,
                ROOM_HX - 0.35,
                ROOM_HY - 0.45,
                0.12,
                false,
                new Rosette(noise, 0.85, 0.5, 0, 2.4)));
    }

    private static Walls.Fissure[] fissures() {
        return new Walls.Fissure[] {
            new Walls.Fissure(0.80, 0.55, 0.24, -5.2, 5.2, 6.4, 2.6, 0.024, 0.12),
            new Walls.Fissure(-0.30, 0.93, 0.20, 2.2, 1.6, 5.6, 2.2, 0.020, 0.11),
            new Walls.Fissure(0.91, -0.30, 0.29, 0.5, -5.3, 5.9, 2.4, 0.022, 0.12),
            new Walls.Fissure(0.20, 0.90, 0.39, 6.9, -1.8, 3.2, 1.5, 0.016, 0.09)
        };
    }
}
