package org.grotto.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.grotto.image.Camera;
import org.grotto.image.Glimpse;
import org.grotto.image.Raster;
import org.grotto.scene.CaveInfo.View;
import org.grotto.scene.Room;
import org.grotto.scene.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever opens a package stands before the right thing: measured on the pictures that the views make. */
class FirstViewTest {
    private final List<float[]> vertices = new ArrayList<>();
    private final List<int[]> triangles = new ArrayList<>();

    /** A grid over u and v, both 0 to 1, facing along d/du x d/dv. */
    private interface Patch {
        double[] at(double u, double v);
    }

    private void patch(int n, Patch p) {
        int first = vertices.size();
        for (int i = 0; i <= n; i++) {
            for (int j = 0; j <= n; j++) {
                double[] q = p.at((double) i / n, (double) j / n);
                vertices.add(new float[] {(float) q[0], (float) q[1], (float) q[2]});
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int a = first + i * (n + 1) + j;
                triangles.add(new int[] {a, a + n + 1, a + n + 2});
                triangles.add(new int[] {a, a + n + 2, a + 1});
            }
        }
    }

    /** A wall, floor or ceiling: a corner and two sides, facing u x v. */
    private void sheet(double x, double y, double z, double[] u, double[] v) {
        patch(16, (a, b) -> new double[] {x + a * u[0] + b * v[0], y + a * u[1] + b * v[1], z + a * u[2] + b * v[2]});
    }

    /** A box whose faces look in. */
    private void chamber(double x, double y, double z, double w, double d, double h) {
        sheet(x, y, z, new double[] {w, 0, 0}, new double[] {0, d, 0});
        sheet(x, y, z + h, new double[] {0, d, 0}, new double[] {w, 0, 0});
        sheet(x, y, z, new double[] {0, d, 0}, new double[] {0, 0, h});
        sheet(x + w, y, z, new double[] {0, 0, h}, new double[] {0, d, 0});
        sheet(x, y, z, new double[] {0, 0, h}, new double[] {w, 0, 0});
        sheet(x, y + d, z, new double[] {w, 0, 0}, new double[] {0, 0, h});
    }

    /** A box whose faces look out. */
    private void pillar(double x, double y, double z, double w, double d, double h) {
        sheet(x, y, z, new double[] {0, 0, h}, new double[] {0, d, 0});
        sheet(x + w, y, z, new double[] {0, d, 0}, new double[] {0, 0, h});
        sheet(x, y, z, new double[] {w, 0, 0}, new double[] {0, 0, h});
        sheet(x, y + d, z, new double[] {0, 0, h}, new double[] {w, 0, 0});
    }

    /** An upright egg, carved with waves where it faces {@code front}, radians; it looks out. */
    private void figure(double x, double y, double z, double r, double front, double waves) {
        patch(64, (u, v) -> {
            double a = 2 * Math.PI * u;
            double e = Math.PI * (v - 0.5);
            double ahead = Math.cos(a - front) * Math.cos(e);
            double carved = ahead > 0.4 ? waves * r * Math.sin(14 * (a - front)) * Math.sin(16 * e) : 0;
            double s = r + carved;
            return new double[] {
                x + s * Math.cos(e) * Math.cos(a), y + s * Math.cos(e) * Math.sin(a), z + 1.6 * s * Math.sin(e)
            };
        });
    }

    private Mesh mesh(double x, double y, double z) {
        float[] xyz = new float[3 * vertices.size()];
        for (int i = 0; i < vertices.size(); i++) {
            System.arraycopy(vertices.get(i), 0, xyz, 3 * i, 3);
        }
        int[] t = triangles.stream().flatMapToInt(java.util.Arrays::stream).toArray();
        return new Mesh(x, y, z, xyz, null, null, null, t);
    }

    private static List<View> views(Mesh m, Subject.Kind kind) {
        try (Work work = Work.silent()) {
            Room room = kind.encloses() ? Rooms.of(m) : null;
            return Views.ofMesh(m, kind, room, work);
        }
    }

    private static Shown shown(Mesh m, View v, boolean backs) {
        try (Work work = Work.silent()) {
            return Shown.of(m, v, backs, work);
        }
    }

    private static void stands(Mesh m, View v) {
        Shown s = shown(m, v, true);
        assertThat(s.stone()).as("stone: %s %s", v, s).isGreaterThan(0.7);
        assertThat(s.open() + s.behind())
                .as("open, or seen from behind: %s %s", v, s)
                .isLessThan(0.05);
        assertThat(s.nearest()).as("from stone: %s %s", v, s).isGreaterThan(1);
        assertThat(s.floor()).as("over the floor: %s %s", v, s).isBetween(1.4, 1.8);
    }

    /** The angle between where a view looks and a place, degrees. */
    private static double aside(View v, double x, double y) {
        double look = Math.atan2(v.target()[1] - v.eye()[1], v.target()[0] - v.eye()[0]);
        double there = Math.atan2(y - v.eye()[1], x - v.eye()[0]);
        return Math.abs(Math.toDegrees(Math.IEEEremainder(look - there, 2 * Math.PI)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 480_000})
    void inAHallOneStandsOnTheFloorAndSeesTheFigure(double east) {
        chamber(0, 0, 0, 9, 7, 4);
        figure(7.6, 3.2, 1.2, 0.5, Math.PI, 0.08);
        Mesh m = mesh(east, 5, 100);
        View v = views(m, Subject.Kind.ROOM).getFirst();
        stands(m, v);
        assertThat(aside(v, east + 7.6, 8.2))
                .as("the figure is in the picture: %s", v)
                .isLessThan(40);
        assertThat(v.eye()[0]).as("from before it: %s", v).isLessThan(east + 7);
    }

    /**
     * A carved figure before a wall, a pillar in the room, and a wall with finer carving that is flat: the figure stands whole
     * on screens of 16 : 9 and 4 : 3, seen from before it, and no pillar in its way.
     */
    @ParameterizedTest
    @ValueSource(doubles = {2.2, 3.5, 5})
    void thePrincipalFigureStandsWholeBesideThePillar(double y) {
        chamber(0, 0, 0, 9, 7, 4);
        int from = triangles.size();
        figure(7.8, y, 1.5, 0.6, Math.PI, 0.08);
        int to = triangles.size();
        pillar(4.2, 3.2, 0, 0.6, 0.6, 4);
        patch(80, (u, v) -> new double[] {
            2 + 2 * u, 0.05 + 0.02 * Math.sin(60 * u) * Math.sin(60 * v), 1 + 1.5 * v,
        });
        Mesh m = mesh(0, 0, 0);
        View v = views(m, Subject.Kind.ROOM).getFirst();
        stands(m, v);
        try (Work work = Work.silent()) {
            Glimpse g = Raster.look(m, Shown.camera(v), 480, 270, true, work);
            int seen = 0;
            int narrow = 0;
            int across = g.width() * 3 / 8; // half of 4 : 3
            for (int i = 0; i < g.shown().length; i++) {
                if (g.shown()[i] >= from && g.shown()[i] < to) {
                    seen++;
                    narrow += Math.abs(i % g.width() - g.width() / 2) < across ? 1 : 0;
                }
            }
            double all = alone(m, from, to, v, work);
            assertThat(seen).as("nothing before it, nothing cut off: %s", v).isGreaterThan((int) (0.97 * all));
            assertThat(narrow).as("on a screen of 4 : 3: %s", v).isGreaterThan((int) (0.97 * all));
            assertThat((double) seen / g.shown().length)
                    .as("large enough: %s", v)
                    .isGreaterThan(0.02);
            assertThat(v.eye()[0]).as("from before it: %s", v).isLessThan(7);
        }
    }

    /** Samples of some triangles where nothing else is, in a picture wide enough for all of them. */
    private static double alone(Mesh m, int from, int to, View v, Work work) {
        int[] some = java.util.stream.IntStream.range(from, to).toArray();
        Camera c = Shown.camera(v);
        Camera wide = new Camera(c.eye(), c.right(), c.up(), c.forward(), true, 2 * c.half(), c.near());
        Glimpse g = Raster.look(Stone.part(m, some), wide, 960, 540, true, work);
        int n = 0;
        for (int i = 0; i < g.shown().length; i++) {
            n += g.front(i) ? 1 : 0;
        }
        return n;
    }

    @Test
    void whoWouldStandOnARoofSeesAllOfItFirst() {
        // a tower that was taken for a room: one can stand on it alone
        for (double[] side : new double[][] {{0, 0}, {1, 0}, {1, 1}, {0, 1}}) {
            double x = 3 * side[0];
            double y = 3 * side[1];
            double[] along = {3 * (1 - side[0] - side[1]), 3 * (side[0] - side[1]), 0};
            sheet(x, y, 0, along, new double[] {0, 0, 14});
        }
        sheet(0, 0, 14, new double[] {3, 0, 0}, new double[] {0, 3, 0});
        assertThat(views(mesh(0, 0, 0), Subject.Kind.ROOM).getFirst().kind()).isEqualTo("dollhouse");
        vertices.clear();
        triangles.clear();
        chamber(0, 0, 0, 6, 5, 3);
        assertThat(views(mesh(0, 0, 0), Subject.Kind.ROOM).getFirst().kind()).isEqualTo("inside");
    }

    @Test
    void amongChambersAndPillarsOneStandsInOneOfThem() {
        chamber(0, 0, 0, 6, 5, 3.5);
        chamber(8, 0, 0.5, 4, 4, 3);
        chamber(-9, 1, 0, 7, 9, 5);
        for (int i = 0; i < 4; i++) {
            pillar(-7 + 3.0 * (i & 1), 3 + 4.0 * (i >> 1), 0, 0.6, 0.6, 5);
        }
        Mesh m = mesh(0, 0, 0);
        stands(m, views(m, Subject.Kind.ROOM).getFirst());
    }

    @Test
    void inATunnelOneLooksAlong() {
        chamber(0, 0, 0, 120, 3, 3);
        Mesh m = mesh(0, 0, 0);
        View v = views(m, Subject.Kind.ROOM).getFirst();
        stands(m, v);
        assertThat(Math.min(aside(v, 1e6, v.eye()[1]), aside(v, -1e6, v.eye()[1])))
                .as("along it: %s", v)
                .isLessThan(25);
    }

    @ParameterizedTest
    @CsvSource({"0.01, 0.7", "0.5, 2.9", "6, -1.2", "400, 4.4"})
    void anObjectIsSeenWholeFromItsCarvedSide(double r, double front) {
        figure(0, 0, 1.6 * r, r, front, 0.06);
        Mesh m = mesh(3, 4, 5);
        List<View> all = views(m, Subject.Kind.OBJECT);
        View v = all.getFirst();
        double side = Math.atan2(v.eye()[1] - v.target()[1], v.eye()[0] - v.target()[0]);
        assertThat(Math.abs(Math.toDegrees(Math.IEEEremainder(side - front, 2 * Math.PI))))
                .as("from its carved side: %s", v)
                .isLessThan(35);
        assertThat(all).hasSize(4);
        for (View one : all) {
            framed(m, one);
        }
    }

    private static void framed(Mesh m, View v) {
        Shown s = shown(m, v, true);
        assertThat(s.side()).as("its longer side in the frame: %s", v).isBetween(0.6, 0.9);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "-1, 0, 0", "0, 1, 0", "0, -1, 0", "0, 0, 1", "0, 0, -1"})
    void aPanelIsSeenFromItsFront(double nx, double ny, double nz) {
        double[] n = {nx, ny, nz};
        double[] u = {nz, nx, ny}; // square to n, turned from it
        double[] w = {ny, nz, nx};
        // u x w faces n
        patch(40, (a, b) -> {
            double[] p = new double[3];
            double carved = 0.01 * Math.sin(30 * a) * Math.sin(20 * b);
            for (int k = 0; k < 3; k++) {
                p[k] = 1.4 * a * u[k] + 0.9 * b * w[k] + carved * n[k];
            }
            return p;
        });
        Mesh m = mesh(0, 0, 0);
        double[] cross = m.facing();
        View v = views(m, Subject.Kind.PANEL).getFirst();
        Shown s = shown(m, v, true);
        assertThat(s.behind()).isZero();
        assertThat(s.stone()).isGreaterThan(0.2);
        framed(m, v);
        double dot = 0;
        double away = 0;
        double f = 0;
        for (int k = 0; k < 3; k++) {
            dot += cross[k] * (v.eye()[k] - v.target()[k]);
            away += (v.eye()[k] - v.target()[k]) * (v.eye()[k] - v.target()[k]);
            f += cross[k] * cross[k];
        }
        assertThat(dot / Math.sqrt(away * f)).as("square to it").isGreaterThan(0.99);
    }

    @Test
    void aClosedSlabIsSeenFromItsCarvedSide() {
        patch(48, (a, b) -> new double[] {2 * a, 0.01 * Math.sin(40 * a) * Math.sin(30 * b), 1.2 * b}); // faces -y
        sheet(0, 0.1, 0, new double[] {0, 0, 1.2}, new double[] {2, 0, 0}); // faces +y
        Mesh m = mesh(0, 0, 0);
        View v = views(m, Subject.Kind.PANEL).getFirst();
        assertThat(v.eye()[1]).as("before its carved side: %s", v).isLessThan(-0.5);
    }

    @Test
    void onASiteOnePersonStands() {
        // hilly ground of 200 m, and a tower in its middle
        patch(120, (a, b) -> new double[] {200 * a, 200 * b, 3 * Math.sin(5 * a) * Math.cos(4 * b)});
        figure(100, 100, 10, 6, 0, 0.05);
        Mesh m = mesh(0, 0, 50);
        View v = views(m, Subject.Kind.SITE).getFirst();
        Shown s = shown(m, v, true);
        assertThat(s.floor()).as("over the ground: %s", v).isBetween(1.4, 1.8);
        assertThat(s.behind()).isLessThan(0.02);
        assertThat(s.stone()).isBetween(0.3, 0.9);
        assertThat(aside(v, 100, 100)).as("the tower is in the picture: %s", v).isLessThan(50);
    }

    @Test
    void theDollsHouseIsWholeInThePicture() {
        chamber(0, 0, 0, 9, 7, 4);
        Mesh m = mesh(0, 0, 0);
        Room room = java.util.Objects.requireNonNull(Rooms.of(m));
        View v = views(m, Subject.Kind.ROOM).get(1);
        assertThat(v.name()).isEqualTo("dollhouse");
        Shown s = shown(Views.without(m, room, v), v, false);
        assertThat(s.side()).as("%s", v).isBetween(0.6, 0.9);
        assertThat(s.stone()).isGreaterThan(0.2);
    }

    @Test
    void aMeshWithoutAreaHasNoViews() {
        assertThat(views(new Mesh(0, 0, 0, new float[9], null, null, null, new int[] {0, 1, 2}), Subject.Kind.ROOM))
                .isEmpty();
    }

    /** A wall of rock without ground before it, with a ledge or two: nobody stands on these with the rock beside him. */
    @Test
    void aCliffWithoutGroundIsSeenFromBeforeIt() {
        patch(96, (u, v) ->
                new double[] {40 * u, 0.8 * Math.sin(9 * u) * Math.sin(7 * v) + 0.7 * Math.sin(31 * v), 12 * v});
        Mesh m = mesh(0, 0, 0);
        View v = views(m, Subject.Kind.SITE).getFirst();
        assertThat(v.name()).isEqualTo("front");
        Shown s = shown(m, v, true);
        assertThat(s.stone()).as("%s %s", v, s).isGreaterThan(0.2);
        assertThat(s.side()).as("whole: %s %s", v, s).isBetween(0.6, 0.95);
        assertThat(v.eye()[1]).as("on its open side: %s", v).isLessThan(0);
    }

    /** The same wall with a strip of ground at its foot: whoever stands there sees little of it, and from too near. */
    @Test
    void aCliffOverALedgeIsSeenFromBeforeIt() {
        patch(96, (u, v) ->
                new double[] {60 * u, 0.8 * Math.sin(9 * u) * Math.sin(7 * v) + 0.7 * Math.sin(31 * v), 20 * v});
        patch(64, (u, v) -> new double[] {60 * u, -4 + 3.2 * v, 0.05 * Math.sin(20 * u)});
        Mesh m = mesh(0, 0, 0);
        View v = views(m, Subject.Kind.SITE).getFirst();
        Shown s = shown(m, v, true);
        assertThat(v.name()).as("%s %s", v, s).isEqualTo("front");
        assertThat(s.side()).isBetween(0.6, 0.9);
        assertThat(s.cropped()).isFalse();
        assertThat(v.eye()[1]).isLessThan(-20);
    }

    /** An egg of 3 m that lies along {@code azimuth}, round as it is from its ends. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.6, 2})
    void whatLiesIsSeenFromItsSide(double azimuth) {
        double c = Math.cos(azimuth);
        double s = Math.sin(azimuth);
        patch(64, (u, w) -> {
            double a = 2 * Math.PI * u;
            double e = Math.PI * (w - 0.5);
            double along = 1.5 * Math.sin(e);
            double across = 0.4 * Math.cos(e) * Math.cos(a);
            return new double[] {c * along - s * across, s * along + c * across, 0.4 + 0.4 * Math.cos(e) * Math.sin(a)};
        });
        Mesh m = mesh(0, 0, 0);
        View v = views(m, Subject.Kind.OBJECT).getFirst();
        framed(m, v);
        double away = Math.atan2(v.eye()[1] - v.target()[1], v.eye()[0] - v.target()[0]);
        assertThat(Math.abs(Math.sin(away - azimuth))).as("across it: %s", v).isGreaterThan(0.8);
    }

    /** However much there is to see on its crown, nobody hovers over a statue. */
    @Test
    void whatStandsIsSeenFromItsHeight() {
        figure(0, 0, 1.6, 0.3, 0, 0);
        patch(64, (u, w) -> {
            double r = 0.25 * w;
            double a = -2 * Math.PI * u;
            return new double[] {r * Math.cos(a), r * Math.sin(a), 2.1 + 0.05 * Math.sin(60 * w) * Math.sin(9 * a)};
        });
        Mesh m = mesh(0, 0, 0);
        View v = views(m, Subject.Kind.OBJECT).getFirst();
        double flat = Math.hypot(v.eye()[0] - v.target()[0], v.eye()[1] - v.target()[1]);
        assertThat(Math.toDegrees(Math.atan2(v.eye()[2] - v.target()[2], flat))).isLessThan(15);
    }

    /** A sheet that lies on the ground, or hangs from a ceiling, a little askew: no side of it is its top. */
    @ParameterizedTest
    @CsvSource({"0, 0.1, 1", "0.7, 0, 1", "2.2, -0.2, 1", "1, 0.1, -1"})
    void aPanelThatLiesIsLevel(double azimuth, double tilt, int facing) {
        double c = Math.cos(azimuth);
        double s = Math.sin(azimuth);
        patch(40, (a, b) -> {
            double x = 2 * (a - 0.5);
            double y = (b - 0.5) * facing;
            double z = tilt * (0.8 * x + 0.6 * y) + 0.01 * Math.sin(30 * a) * Math.sin(20 * b);
            return new double[] {c * x - s * y, s * x + c * y, z};
        });
        Mesh m = mesh(0, 0, 0);
        View v = views(m, Subject.Kind.PANEL).getFirst();
        framed(m, v);
        Shown shown = shown(m, v, true);
        assertThat(shown.behind()).isZero();
        // level, it fills its rectangle in the picture: 2 by 1
        double side = shown.side() * Shown.WIDTH;
        assertThat(shown.stone() * Shown.WIDTH * Shown.HEIGHT)
                .as("%s %s", v, shown)
                .isGreaterThan(0.43 * side * side);
    }

    /** Ground strewn with stones of half a metre: the eye is a person's height over where the feet are. */
    @Test
    void amongRubbleFeetFindTheFloor() {
        patch(300, (a, b) -> {
            double x = 30 * a;
            double y = 30 * b;
            double stone = Math.sin(5 * x) * Math.sin(5 * y);
            return new double[] {x, y, stone > 0.6 ? 1.2 * (stone - 0.6) : 0};
        });
        pillar(14, 14, 0, 2, 2, 6);
        Mesh m = mesh(0, 0, 0);
        View v = views(m, Subject.Kind.SITE).getFirst();
        assertThat(v.eye()[2]).as("over the ground: %s", v).isBetween(1.4, 1.8);
        assertThat(shown(m, v, true).floor()).isBetween(1.4, 1.8);
    }

    /** A wall in shreds is no first view, however much the figure before it draws the eye. */
    @Test
    void gapsAreNotLookedInto() {
        chamber(0, 0, 0, 9, 7, 4);
        figure(7.6, 3.2, 1.2, 0.5, Math.PI, 0.08);
        triangles.removeIf(t -> {
            float[] p = vertices.get(t[0]);
            return p[0] > 8.9 && p[1] > 1 && p[1] < 6 && p[2] > 0.5;
        });
        Mesh m = mesh(0, 0, 0);
        Shown s = shown(m, views(m, Subject.Kind.ROOM).getFirst(), true);
        assertThat(s.open() + s.behind()).as("%s", s).isLessThan(0.05);
    }
}
