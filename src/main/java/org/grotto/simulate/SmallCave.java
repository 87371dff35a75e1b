package org.grotto.simulate;

import java.util.ArrayList;
import java.util.List;
import org.grotto.base.Texts;
import org.grotto.geometry.Box;
import org.grotto.scene.CaveInfo.View;

/** The small cave: one chamber of 4 x 3.5 x 3.5 m with a seated figure in a niche. */
final class SmallCave {
    private SmallCave() {}

    static Cave.Parts parts(long seed) {
        Noise noise = new Noise(seed);
        double top = 3.45;
        List<Walls.Air> air = new ArrayList<>();
        air.add(new Airs.Chamber(0, 0, 2.0, 1.75, 0, top, 0.03));
        air.add(new Airs.Niche(0, 1.66, 0, 1, 0.3, 1.10, 0.48, 1.75, 0.92, Paint.OCHRE)); // main niche
        air.add(new Airs.Niche(0, -1.66, 0, -1, 0.3, 0.95, 0.02, 1.65, 0.50, -1)); // door, walled up
        air.add(new Airs.Niche(1.92, 0.25, 1, 0, 0.2, 0.48, 0.80, 1.45, 0.42, Paint.AZURITE)); // side niches
        air.add(new Airs.Niche(-1.92, 0.62, -1, 0, 0.2, 0.48, 0.80, 1.45, 0.42, Paint.AZURITE));
        Walls.Fissure[] fissures = {
            new Walls.Fissure(0.80, 0.55, 0.24, 1.4, -1.0, 2.6, 1.6, 0.016, 0.09),
            new Walls.Fissure(-0.30, 0.93, 0.20, -1.9, -0.85, 2.4, 1.3, 0.012, 0.07),
        };
        List<Shape> shapes = new ArrayList<>();
        shapes.add(new Walls(air.toArray(new Walls.Air[0]), fissures, noise));
        Figure main = new Figure(0, 2.22, 0.70, 0, -1, 1.10, Paint.CINNABAR);
        shapes.add(main);
        shapes.add(new Figure(2.17, 0.25, 0.93, -1, 0, 0.46, Paint.MALACHITE));
        shapes.add(new Figure(-2.17, 0.62, 0.93, 1, 0, 0.46, Paint.OCHRE));
        shapes.add(new Pillar(1.32, 0.92, 0, top, 0.135));
        shapes.add(new Pillar(-1.32, 0.92, 0, top, 0.135));
        // frieze under the ceiling on the four walls
        double z = 3.03;
        shapes.add(wall(0, 1.75, z, 0, -1, 1.55, 0.15, 0.10, 0.03, new LotusBand(noise, 0.15, 0.3)));
        shapes.add(wall(0, -1.75, z, 0, 1, 1.55, 0.15, 0.10, 0.03, new LotusBand(noise, 0.15, 1.7)));
        shapes.add(wall(2.0, 0, z, -1, 0, 1.35, 0.15, 0.10, 0.03, new LotusBand(noise, 0.15, 2.9)));
        shapes.add(wall(-2.0, 0, z, 1, 0, 1.35, 0.15, 0.10, 0.03, new LotusBand(noise, 0.15, 4.1)));
        shapes.add(wall(2.0, -0.98, 1.72, -1, 0, 0.57, 0.94, 0.12, 0.03, new ThousandBuddhas(noise, 0.2)));
        // ceiling
        shapes.add(new Relief(
                new double[] {0, -0.1, top - 0.015},
                new double[] {1, 0, 0},
                new double[] {0, -1, 0},
                1.62,
                1.30,
                0.12,
                false,
                new Rosette(noise, 0.80, 0.46, 0, 0.4)));
        // halo behind the head
        shapes.add(wall(0, 2.76, 0.70 + 1.10 * 1.17, 0, -1, 0.47, 0.47, 0.25, 0, new Rosette(noise, 0.46, 0, 0, 1.9)));
        Inscription text = new Inscription(noise);
        Relief panel = wall(-2.0, -0.55, 1.55, 1, 0, Inscription.HALF_WIDTH, Inscription.HALF_HEIGHT, 0.15, 0.03, text);
        shapes.add(panel);
        double[] face = main.place(0, Figure.FACE[1], Figure.FACE[2]);
        double[] faceEye = main.place(0.10, 1.35, 1.05);
        double[] middle = panel.place(0, 0, Inscription.FACE);
        double[] panelEye = panel.place(0.05, -0.05, 1.30);
        List<Cave.Closeup> near = List.of(
                new Cave.Closeup("close-face", faceEye, face, 0.46, 0.62),
                new Cave.Closeup(
                        "close-inscription",
                        panelEye,
                        middle,
                        2 * Inscription.HALF_WIDTH + 0.08,
                        2 * Inscription.HALF_HEIGHT + 0.08));
        List<View> views = List.of(
                view("inside", "views.inside", new double[] {0.25, -1.45, 1.55}, new double[] {0, 1.9, 1.45}, 62),
                view("face", "views.face", main.place(0.16, 0.95, 1.06), face, 38),
                view("inscription", "views.inscription", panel.place(0.25, -0.10, 1.15), middle, 60));
        return new Cave.Parts(
                "small",
                new Box(-2.55, -2.75, -0.05, 2.55, 2.9, 3.55),
                shapes,
                new Paint(noise, 2.2, 3.7),
                views,
                near,
                0.06);
    }

    static View view(String name, String title, double[] eye, double[] target, double fov) {
        return new View(name, Texts.of(title), "inside", eye, target, fov);
    }

    /** A relief on an upright wall through (x, y) that faces (nx, ny) and leans back by {@code lean} per metre. */
    static Relief wall(
            double x,
            double y,
            double z,
            double nx,
            double ny,
            double halfU,
            double halfV,
            double back,
            double lean,
            Height height) {
        double s = 1 / Math.sqrt(1 + lean * lean);
        double in = lean * z + 0.004;
        return new Relief(
                new double[] {x + in * nx, y + in * ny, z},
                new double[] {-ny, nx, 0},
                new double[] {nx * lean * s, ny * lean * s, s},
                halfU,
                halfV,
                back,
                height instanceof Rosette,
                height);
    }
}
