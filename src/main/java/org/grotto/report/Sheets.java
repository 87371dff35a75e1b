package org.grotto.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Box;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Pose;
import org.grotto.image.Light;
import org.grotto.image.Raster;
import org.grotto.image.VertexColours;
import org.grotto.report.ReportInput.Opening;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.Station;
import org.grotto.scene.Subject;
import org.jspecify.annotations.Nullable;

/**
 * The report's measured drawings: a plan, an elevation of each side, and a picture of each of the largest openings, all to
 * scale. Of a room the plan is cut at the height of a person's chest and the elevations through its middle.
 *
 * @param plan null where the stone has no plan of its own: a panel without known stations
 * @param closeUps of the largest openings, {@link #PICTURED} at most
 * @param openings those listed, largest first
 */
record Sheets(Sides sides, @Nullable Sheet plan, List<Sheet> elevations, List<Sheet> closeUps, List<Opening> openings) {
    /** Openings that the report lists, largest first. */
    static final int LISTED = 20;
    /** Openings that have a picture of their own. */
    static final int PICTURED = 6;

    /** A plan is cut so high over the floor, metres, or at half the room's height. */
    private static final double CHEST = 1.4;
    /** Stations are on the plan unless it would have to grow beyond so many times the stone. */
    private static final double GROWTH = 4;

    /** A picture of an opening begins before its rim by this share of its size. */
    private static final double NEAR = 0.1;

    private static final int PAPER = 0xFFFFFF;

    /**
     * A drawing: its picture and how that lies in the frame.
     *
     * @param file of the picture, beside the report
     * @param letter of the side, or the opening's number; empty for the plan
     * @param cut where the plane of the drawing cuts the stone, as {@link Projection#cut}
     */
    record Sheet(String file, String letter, Projection at, double[] cut) {}

    /** The openings that a report lists: the largest by area. */
    static List<Opening> listed(List<Opening> all) {
        return all.stream()
                .sorted(Comparator.comparingDouble((Opening o) -> -o.area()))
                .limit(LISTED)
                .toList();
    }

    /** Draws all of them into {@code folder}; {@code mesh} has triangles. */
    static Sheets write(CaveInfo info, Subject.Kind kind, Mesh mesh, List<Opening> openings, Path folder, Work work) {
        Sides sides = Sides.of(info, kind, mesh);
        Box whole = sides.whole();
        List<Opening> listed = listed(openings);
        int[] own = VertexColours.own(mesh, info.exposed(), work);
        Pen pen = new Pen(mesh, own, !kind.encloses(), folder, work);
        Sheet plan = plan(info, sides, pen);
        List<Sheet> elevations = new ArrayList<>();
        double wide = 0;
        double high = 0;
        for (Sides.Side s : sides.all()) {
            double[][] axes = Projection.axes(s.forward());
            Projection p = Projection.around(whole, axes, 0, 100, 0, 100);
            wide = Math.max(wide, p.width());
            high = Math.max(high, p.height());
        }
        boolean several = sides.all().size() > 1;
        for (Sides.Side s : sides.all()) {
            double[][] axes = Projection.axes(s.forward());
            double front = kind.encloses() ? Projection.dot(s.forward(), middle(sides)) : before(whole, s.forward());
            // one scale for all of them
            Projection p = Projection.around(whole, axes, front, several ? 900 : Pictures.WIDTH, 0.3, 1.2)
                    .widened(wide, high, 0.3, 1.2);
            String file = "elevation-" + s.letter().toLowerCase(java.util.Locale.ROOT) + ".png";
            elevations.add(pen.draw(file, s.letter(), p, own, kind.encloses()));
        }
        List<Sheet> closeUps = new ArrayList<>();
        for (int i = 0; i < listed.size() && closeUps.size() < PICTURED; i++) {
            if (!sides.edge(listed.get(i))) {
                String number = String.valueOf(i + 1);
                closeUps.add(pen.draw("opening-" + number + ".png", number, closeUp(listed.get(i), sides), own, false));
            }
        }
        return new Sheets(sides, plan, elevations, closeUps, listed);
    }

    private record Pen(Mesh mesh, int[] own, boolean backs, Path folder, Work work) {
        Sheet draw(String file, String letter, Projection p, int[] colours, boolean section) {
            Raster.draw(mesh, p.camera(), p.wide(), p.high(), colours, Light.RELIEF, PAPER, backs, work)
                    .png(folder.resolve(file));
            return new Sheet(file, letter, p, section ? p.cut(mesh) : new double[0]);
        }
    }

    private static @Nullable Sheet plan(CaveInfo info, Sides sides, Pen pen) {
        Box whole = sides.whole();
        List<double[]> eyes = eyes(info.stations());
        if (sides.kind() == Subject.Kind.PANEL && eyes.isEmpty()) {
            return null;
        }
        Box shown = whole;
        for (double[] e : eyes) {
            Box with = shown.with(e[0], e[1], whole.minZ());
            boolean near = Math.max(with.sizeX(), with.sizeY()) <= GROWTH * Math.max(whole.sizeX(), whole.sizeY());
            shown = near ? with : shown;
        }
        double[] down = {0, 0, -1};
        boolean room = sides.kind().encloses();
        Box b = sides.box();
        double front = room ? -(b.minZ() + Math.min(CHEST, b.sizeZ() / 2)) : before(whole, down);
        Projection p = Projection.around(shown, Projection.axes(down), front, 1360, 0.3, 1.15);
        int[] pale = new int[pen.mesh().vertexCount()];
        java.util.Arrays.fill(pale, VertexColours.NONE);
        return pen.draw("plan.png", "", p, pale, room);
    }

    /** Where the stations stood of which that is known, metres. */
    static List<double[]> eyes(List<Station> stations) {
        List<double[]> out = new ArrayList<>();
        for (Station s : stations) {
            Pose p = s.pose();
            if (p != null) {
                out.add(new double[] {p.tx(), p.ty(), p.tz()});
            }
        }
        return out;
    }

    private static double[] middle(Sides s) {
        Box b = s.box();
        double x = (b.minX() + b.maxX()) / 2;
        double y = (b.minY() + b.maxY()) / 2;
        double[] t = s.turn();
        return new double[] {t[0] * x - t[1] * y, t[1] * x + t[0] * y, (b.minZ() + b.maxZ()) / 2};
    }

    /** In front of all of the stone. */
    private static double before(Box b, double[] forward) {
        return Projection.range(b, forward)[0] - 0.01 * b.diagonal();
    }

    /** An opening as one sees it who stands before it. */
    private static Projection closeUp(Opening o, Sides sides) {
        double[] facing = o.facing();
        double[] forward =
                facing == null ? sides.all().getFirst().forward() : new double[] {-facing[0], -facing[1], -facing[2]};
        double[][] axes = Projection.axes(forward);
        Box b = o.bounds();
        double size = Math.max(b.longest(), 1e-6);
        double front = Projection.range(b, forward)[0] - NEAR * size;
        Projection p = Projection.around(b, axes, front, 600, 0.75, 0.75);
        double round = 1.7 * Math.max(p.width() / 1.08, p.height() / 0.75 / 1.08);
        return p.widened(round, 0.75 * round, 0.75, 0.75);
    }
}
