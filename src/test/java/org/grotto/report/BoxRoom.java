package org.grotto.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.grotto.base.Text;
import org.grotto.base.Work;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Pose;
import org.grotto.report.ReportInput.Opening;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.CaveInfo.View;
import org.grotto.scene.Room;
import org.grotto.scene.Station;
import org.grotto.scene.Subject;
import org.grotto.store.HeapStore;

/**
 * An empty room of 4 x 3 x 2.5 m whose floor's middle is (10, 20, 0), its walls along the axes, in cells of 0.1 m. Two
 * cells by five are left out in the wall to +X, at y 20.5 to 21, z 1 to 1.2; four by four in the floor, at x 9 to 9.4,
 * y 19 to 19.4.
 */
final class BoxRoom {
    static final double X = 8;
    static final double Y = 18.5;
    static final double LONG = 4;
    static final double WIDE = 3;
    static final double HIGH = 2.5;

    static final Opening WINDOW =
            opening(new double[] {12, 20.5, 1, 12, 21, 1, 12, 21, 1.2, 12, 20.5, 1.2}, 1.4, 0.1, -1, 0, 0);
    static final Opening PIT =
            opening(new double[] {9, 19, 0, 9.4, 19, 0, 9.4, 19.4, 0, 9, 19.4, 0}, 1.6, 0.16, 0, 0, 1);

    private final Map<List<Long>, Integer> corners = new HashMap<>();
    private final List<Float> xyz = new ArrayList<>();
    private final List<Integer> triangles = new ArrayList<>();

    private BoxRoom() {}

    private static Opening opening(double[] rim, double perimeter, double area, double fx, double fy, double fz) {
        Box b = Box.EMPTY;
        double[] centre = new double[3];
        for (int i = 0; i < rim.length; i += 3) {
            b = b.with(rim[i], rim[i + 1], rim[i + 2]);
            for (int k = 0; k < 3; k++) {
                centre[k] += rim[i + k] / (rim.length / 3.0);
            }
        }
        return new Opening(perimeter, area, centre, b, rim, new double[] {fx, fy, fz});
    }

    /** @param inwards whether the stone is seen from within, as a room's, or from outside, as a block's */
    static Mesh mesh(boolean inwards) {
        BoxRoom r = new BoxRoom();
        r.side(2, 0, 1, inwards);
        r.side(2, HIGH, -1, inwards);
        r.side(0, X, 1, inwards);
        r.side(0, X + LONG, -1, inwards);
        r.side(1, Y, 1, inwards);
        r.side(1, Y + WIDE, -1, inwards);
        float[] p = new float[r.xyz.size()];
        for (int i = 0; i < p.length; i++) {
            p[i] = r.xyz.get(i);
        }
        return new Mesh(
                0, 0, 0, p, Columns.NONE, r.triangles.stream().mapToInt(i -> i).toArray());
    }

    private void side(int axis, double at, int facing, boolean inwards) {
        double[] low = {X, Y, 0};
        double[] size = {LONG, WIDE, HIGH};
        int u = (axis + 1) % 3;
        int v = (axis + 2) % 3;
        for (int i = 0; i < Math.round(10 * size[u]); i++) {
            for (int j = 0; j < Math.round(10 * size[v]); j++) {
                double[][] c = new double[4][3];
                double[] middle = new double[3];
                for (int k = 0; k < 4; k++) {
                    c[k][axis] = at;
                    c[k][u] = low[u] + 0.1 * (i + (k == 1 || k == 2 ? 1 : 0));
                    c[k][v] = low[v] + 0.1 * (j + (k > 1 ? 1 : 0));
                    for (int l = 0; l < 3; l++) {
                        middle[l] += c[k][l] / 4;
                    }
                }
                if (within(WINDOW, middle) || within(PIT, middle)) {
                    continue;
                }
                boolean turn = facing > 0 != inwards;
                add(c[0], c[turn ? 2 : 1], c[turn ? 1 : 2]);
                add(c[0], c[turn ? 3 : 2], c[turn ? 2 : 3]);
            }
        }
    }

    private static boolean within(Opening o, double[] p) {
        return o.bounds().grow(1e-6).contains(p[0], p[1], p[2]);
    }

    private void add(double[]... three) {
        for (double[] p : three) {
            List<Long> key = List.of(Math.round(p[0] * 1000), Math.round(p[1] * 1000), Math.round(p[2] * 1000));
            triangles.add(corners.computeIfAbsent(key, k -> {
                for (double c : p) {
                    xyz.add((float) c);
                }
                return corners.size();
            }));
        }
    }

    static Station station(String name, double x, double y) {
        return new Station(name, "s.e57", null, new Pose(1, 0, 0, 0, x, y, 1.5), 10);
    }

    /** @param crs what the scans said of a reference system, or null */
    static ReportInput input(Subject.Kind kind, Mesh mesh, List<Station> stations, String crs, List<Opening> openings) {
        CaveInfo info = new CaveInfo(
                CaveInfo.FORMAT,
                "cave-1",
                new Text("方室", "Square room"),
                new CaveInfo.Frame("m", "+Z", new double[3], 1e-3, crs),
                new Box(X, Y, 0, X + LONG, Y + WIDE, HIGH),
                stations,
                List.of(
                        new View(
                                "inside",
                                new Text("", ""),
                                "inside",
                                new double[] {10, 19, 1.5},
                                new double[] {10, 21, 1},
                                60),
                        new View(
                                "dollhouse",
                                new Text("", ""),
                                "dollhouse",
                                new double[] {10, 12, 6},
                                new double[] {10, 20, 1},
                                40)),
                List.of(),
                new CaveInfo.Rights(null, null, null),
                kind.encloses() ? new Room(0, new Box(X, Y, 0, X + LONG, Y + WIDE, HIGH)) : null,
                null);
        Cloud none = new Cloud(
                new Lattice(0, 0, 0, 1e-3),
                new int[0],
                new int[0],
                new int[0],
                Columns.NONE.with(Columns.SPACING, new float[0]));
        try (Work work = Work.silent()) {
            return new ReportInput(
                    info,
                    ReportInput.Cover.EMPTY,
                    HeapStore.of(none, 500, work),
                    mesh,
                    0,
                    0,
                    0,
                    0,
                    List.of(),
                    new ReportInput.Registration("not-checked", new Text("无", "none"), List.of(), List.of()),
                    List.of(),
                    List.of(),
                    List.of(),
                    openings,
                    Map.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Map.of(),
                    "0",
                    new Subject(kind, true, true, Map.of(), List.of(new Text("因", "because"))));
        }
    }
}
