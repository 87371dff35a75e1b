package org.grotto.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.geometry.Box;
import org.grotto.geometry.Mesh;
import org.grotto.report.ReportInput.Opening;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.CaveInfo.View;
import org.grotto.scene.Room;
import org.grotto.scene.Subject;
import org.jspecify.annotations.Nullable;

/**
 * From which sides the report draws the stone, by letters that plan, elevations and tables share, and how a place on it is
 * told by them. Walls of a room are seen from within, clockwise on the plan from its top; an object from outside; a panel
 * from its front; a site from one side of its length.
 *
 * @param kind what is drawn
 * @param box what is drawn, or of a room its walls, in axes turned by {@code turn} (cosine, sine), metres
 * @param whole all of the stone, metres
 */
record Sides(Subject.Kind kind, Box box, double[] turn, Box whole, List<Side> all) {
    /** Nearer to the middle than this share of the way to a wall, a place stands in the room. */
    private static final double WITHIN = 0.6;
    /** An opening that spans this share of the whole is its edge. */
    private static final double EDGE = 0.8;

    /** @param forward the direction one looks in, a unit vector */
    record Side(String letter, double[] forward) {}

    static Sides of(CaveInfo info, Subject.Kind kind, Mesh mesh) {
        Box whole = mesh.triangleCount() > 0 ? used(mesh) : info.bounds();
        Room room = kind.encloses() ? info.room() : null;
        double[] turn = room == null ? new double[] {1, 0} : room.turn();
        Box box = room == null ? whole : room.box();
        List<Side> all = new ArrayList<>();
        if (kind == Subject.Kind.PANEL) {
            all.add(new Side("A", front(info.views().getFirst())));
        } else if (kind == Subject.Kind.SITE) {
            boolean wide = whole.sizeX() >= whole.sizeY();
            all.add(new Side("A", wide ? new double[] {0, 1, 0} : new double[] {-1, 0, 0}));
        } else {
            double sign = kind.encloses() ? 1 : -1;
            double[][] outwards = {
                {-turn[1], turn[0], 0}, {turn[0], turn[1], 0}, {turn[1], -turn[0], 0}, {-turn[0], -turn[1], 0}
            };
            for (double[] d : outwards) {
                all.add(new Side(
                        String.valueOf((char) ('A' + all.size())), new double[] {sign * d[0], sign * d[1], 0}));
            }
        }
        return new Sides(kind, box, turn, whole, List.copyOf(all));
    }

    /** The box of what triangles use. */
    private static Box used(Mesh m) {
        double[] x = Projection.range(m, new double[] {1, 0, 0});
        double[] y = Projection.range(m, new double[] {0, 1, 0});
        double[] z = Projection.range(m, new double[] {0, 0, 1});
        return new Box(x[0], y[0], z[0], x[1], y[1], z[1]);
    }

    /** The direction of a view, level unless it looks steeply up or down. */
    private static double[] front(View v) {
        double[] d = Projection.unit(
                new double[] {v.target()[0] - v.eye()[0], v.target()[1] - v.eye()[1], v.target()[2] - v.eye()[2]});
        return Math.abs(d[2]) > 0.7
                ? new double[] {0, 0, Math.signum(d[2])}
                : Projection.unit(new double[] {d[0], d[1], 0});
    }

    /** A point in the turned axes. */
    private double[] turned(double[] p) {
        return new double[] {turn[0] * p[0] + turn[1] * p[1], turn[0] * p[1] - turn[1] * p[0], p[2]};
    }

    /** The letter of the side that an opening is drawn on, or null where the plan alone shows it. */
    @Nullable
    String letter(Opening o) {
        if (edge(o)) {
            return null;
        }
        return switch (kind) {
            case PANEL -> "A";
            case SITE -> null;
            case ROOM -> letter(wall(o));
            case OBJECT -> letter(facing(o));
        };
    }

    /** Whether the plan shows an opening: of an object, those that face up. */
    boolean onPlan(Opening o) {
        return !edge(o) && (kind != Subject.Kind.OBJECT || facing(o) == 5);
    }

    /** Of a direction in the turned axes: 0 and 1 to -x and +x, 2 and 3 to -y and +y; 4 and 5 up and down have none. */
    private static @Nullable String letter(int side) {
        return switch (side) {
            case 0 -> "D";
            case 1 -> "B";
            case 2 -> "C";
            case 3 -> "A";
            default -> null;
        };
    }

    /** Which wall an opening lies in: as {@link #letter(int)}, 4 floor, 5 ceiling, -1 none. */
    private int wall(Opening o) {
        double[] p = turned(o.centre());
        double[] mid = {(box.minX() + box.maxX()) / 2, (box.minY() + box.maxY()) / 2, (box.minZ() + box.maxZ()) / 2};
        double[] half = {box.sizeX() / 2, box.sizeY() / 2, box.sizeZ() / 2};
        double[] n = new double[3];
        int most = 0;
        for (int k = 0; k < 3; k++) {
            n[k] = (p[k] - mid[k]) / Math.max(1e-9, half[k]);
            most = Math.abs(n[k]) > Math.abs(n[most]) ? k : most;
        }
        double[] f = o.facing();
        if (f != null && Math.abs(f[2]) > 0.7 && Math.abs(n[2]) > WITHIN && f[2] * n[2] < 0) {
            most = 2;
        } else if (f != null && Math.abs(f[2]) < 0.5) {
            most = Math.abs(n[0]) > Math.abs(n[1]) ? 0 : 1;
        }
        return Math.abs(n[most]) < WITHIN ? -1 : 2 * most + (n[most] > 0 ? 1 : 0);
    }

    /** Which way an opening of an object faces, as {@link #letter(int)}: 4 down, 5 up. */
    private static int facing(Opening o) {
        double[] f = o.facing();
        if (f == null) {
            return -1;
        }
        int most = 0;
        for (int k = 1; k < 3; k++) {
            most = Math.abs(f[k]) > Math.abs(f[most]) ? k : most;
        }
        return 2 * most + (f[most] > 0 ? 1 : 0);
    }

    /** Whether an opening is the rim of a sheet: of a panel or of ground. */
    boolean edge(Opening o) {
        if (kind != Subject.Kind.PANEL && kind != Subject.Kind.SITE) {
            return false;
        }
        Box b = o.bounds();
        double[] part = {b.sizeX() / whole.sizeX(), b.sizeY() / whole.sizeY(), b.sizeZ() / whole.sizeZ()};
        int wide = 0;
        for (double p : part) {
            wide += p > EDGE ? 1 : 0;
        }
        return wide >= 2;
    }

    /** Where a person finds an opening. */
    Text place(Opening o) {
        if (edge(o)) {
            return Texts.of("report.place.edge");
        }
        String up = String.format(Locale.ROOT, "%.2f", o.centre()[2] - box.minZ());
        return switch (kind) {
            case PANEL, SITE -> Texts.of("report.place.above", "height", up);
            case ROOM -> {
                int wall = wall(o);
                String letter = letter(wall);
                yield letter != null
                        ? Texts.of("report.place.wall", "letter", letter, "height", up)
                        : Texts.of(
                                wall == 4
                                        ? "report.place.floor"
                                        : wall == 5 ? "report.place.ceiling" : "report.place.within",
                                "height",
                                up);
            }
            case OBJECT -> {
                int side = facing(o);
                String letter = letter(side);
                yield letter != null
                        ? Texts.of("report.place.side", "letter", letter, "height", up)
                        : Texts.of(
                                side == 4
                                        ? "report.place.underside"
                                        : side == 5 ? "report.place.top" : "report.place.above",
                                "height",
                                up);
            }
        };
    }
}
