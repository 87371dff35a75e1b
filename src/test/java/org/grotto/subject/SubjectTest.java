package org.grotto.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Pose;
import org.grotto.scene.Station;
import org.grotto.scene.Subject;
import org.grotto.scene.Subject.Kind;
import org.junit.jupiter.api.Test;

/** What decides the subject, one piece of evidence at a time, on shapes where everything else is silent. */
class SubjectTest {
    private static final Lattice LATTICE = new Lattice(0, 0, 0, 1e-3);

    private static Subject told(Cloud c, List<Station> stations) {
        try (Work work = new Work(2, 1 << 28, Progress.NONE)) {
            return Subjects.of(c, stations, SubjectOptions.DEFAULTS, work);
        }
    }

    private static Subject told(Mesh m) {
        try (Work work = new Work(2, 1 << 28, Progress.NONE)) {
            return Subjects.of(m, SubjectOptions.DEFAULTS, work);
        }
    }

    private static Cloud cloud(List<int[]> places, boolean station) {
        int n = places.size();
        int[][] xyz = new int[3][n];
        for (int i = 0; i < n; i++) {
            for (int a = 0; a < 3; a++) {
                xyz[a][i] = places.get(i)[a];
            }
        }
        return new Cloud(LATTICE, xyz[0], xyz[1], xyz[2], null, null, null, station ? new char[n] : null);
    }

    /** Points on the faces of a box of the given sides, millimetres; which of the six faces is left out, or none. */
    private static List<int[]> box(int x, int y, int z, int without) {
        Random r = new Random(7);
        List<int[]> out = new ArrayList<>();
        int[] side = {x, y, z};
        double all = 2.0 * ((double) x * y + (double) y * z + (double) z * x);
        for (int face = 0; face < 6; face++) {
            int a = face / 2;
            int b = (a + 1) % 3;
            int c = (a + 2) % 3;
            for (int k = 0; face != without && k < 16_000 * ((double) side[b] * side[c] / all); k++) {
                int[] p = new int[3];
                p[a] = face % 2 == 0 ? 0 : side[a];
                p[b] = (int) (r.nextDouble() * side[b]);
                p[c] = (int) (r.nextDouble() * side[c]);
                out.add(p);
            }
        }
        return out;
    }

    /** A ball of triangles that face outwards, or inwards. */
    private static Mesh ball(double radius, boolean inwards) {
        int rings = 40;
        float[] xyz = new float[3 * (rings + 1) * rings];
        for (int i = 0; i <= rings; i++) {
            for (int j = 0; j < rings; j++) {
                double a = Math.PI * i / rings;
                double b = 2 * Math.PI * j / rings;
                int v = 3 * (i * rings + j);
                xyz[v] = (float) (radius * Math.sin(a) * Math.cos(b));
                xyz[v + 1] = (float) (radius * Math.sin(a) * Math.sin(b));
                xyz[v + 2] = (float) (radius * Math.cos(a));
            }
        }
        int[] t = new int[6 * rings * rings];
        int n = 0;
        for (int i = 0; i < rings; i++) {
            for (int j = 0; j < rings; j++) {
                int a = i * rings + j;
                int b = i * rings + (j + 1) % rings;
                int[] quad = {a, a + rings, b, b, a + rings, b + rings};
                for (int k = 0; k < 6; k++) {
                    t[n++] = quad[inwards ? 5 - k : k];
                }
            }
        }
        return new Mesh(1e6, 0, 0, xyz, Columns.NONE, t);
    }

    @Test
    void theSideThatTrianglesFaceTellsABallFromACave() {
        assertThat(told(ball(6, false)).kind()).isEqualTo(Kind.OBJECT);
        assertThat(told(ball(6, true)).kind()).isEqualTo(Kind.ROOM);
    }

    /** Boxes whose faces look inwards or, where they stand within another, outwards; metres. */
    private static Mesh boxes(double[]... lowHighAndSide) {
        float[] xyz = new float[24 * lowHighAndSide.length];
        int[] t = new int[36 * lowHighAndSide.length];
        int[] faces = {0, 2, 3, 1, 4, 5, 7, 6, 0, 1, 5, 4, 2, 6, 7, 3, 0, 4, 6, 2, 1, 3, 7, 5}; // outwards
        int n = 0;
        for (int b = 0; b < lowHighAndSide.length; b++) {
            double[] box = lowHighAndSide[b];
            for (int v = 0; v < 8; v++) {
                for (int k = 0; k < 3; k++) {
                    xyz[24 * b + 3 * v + k] = (float) box[k + 3 * (v >> k & 1)];
                }
            }
            for (int f = 0; f < 6; f++) {
                int[] corner = {faces[4 * f], faces[4 * f + 1], faces[4 * f + 2], faces[4 * f + 3]};
                int[] quad = {corner[0], corner[1], corner[2], corner[0], corner[2], corner[3]};
                for (int k = 0; k < 6; k++) {
                    t[n++] = 8 * b + quad[box[6] > 0 ? k : 5 - k];
                }
            }
        }
        return new Mesh(0, 0, 0, xyz, Columns.NONE, t);
    }

    @Test
    void facesThatLookInwardsAloneMakeNoRoomSureForAStatueMayBeWrittenInsideOut() {
        Subject ball = told(ball(6, true));
        assertThat(ball.sure()).isFalse();
        assertThat(ball.sentence().en()).contains("inside out", "--subject");
        assertThat(told(ball(6, false)).sure()).isTrue();
        double[] walls = {0, 0, 0, 8, 6, 3, -1};
        Subject empty = told(boxes(walls));
        assertThat(empty.kind()).isEqualTo(Kind.ROOM);
        // what stands within nobody sees from outside
        Subject pillars =
                told(boxes(walls, new double[] {2, 2, 0.01, 3, 4, 2.99, 1}, new double[] {5, 2, 0.01, 6, 4, 2.99, 1}));
        assertThat(pillars.kind()).isEqualTo(Kind.ROOM);
        assertThat(pillars.sure()).isTrue();
        assertThat(pillars.sentence().en()).doesNotContain("inside out");
    }

    @Test
    void linesOfSightTellARoomFromABlockOfTheSameShape() {
        Cloud c = cloud(box(5000, 4000, 3000, -1), true);
        Station within = new Station("a", "a", null, new Pose(1, 0, 0, 0, 2, 2, 1.5), c.size);
        Subject room = told(c, List.of(within));
        assertThat(room.kind()).isEqualTo(Kind.ROOM);
        assertThat(room.sure()).isTrue();
        // three faces seen from one corner: the block's other side is open
        List<int[]> corner = new ArrayList<>(box(5000, 4000, 3000, -1));
        corner.removeIf(p -> p[0] == 0 || p[1] == 0 || p[2] == 0);
        Station out = new Station("b", "b", null, new Pose(1, 0, 0, 0, 15, 14, 13), corner.size());
        assertThat(told(cloud(corner, true), List.of(out)).kind()).isNotEqualTo(Kind.ROOM);
    }

    @Test
    void aPoseThatThePointsContradictIsPassedOver() {
        Cloud c = cloud(box(5000, 4000, 3000, -1), true);
        Station false1 = new Station("a", "a", null, new Pose(1, 0, 0, 0, 2, -20, 1.5), c.size);
        Subject s = told(c, List.of(false1));
        assertThat(s.votes()).containsEntry("eyes", 0.0);
        assertThat(s.kind()).isEqualTo(Kind.ROOM);
    }

    @Test
    void aRoomOfOneOpenWallIsARoomAndOneWithoutCeilingASite() {
        assertThat(told(cloud(box(6000, 5000, 3500, 2), false), List.of()).kind())
                .isEqualTo(Kind.ROOM);
        assertThat(told(cloud(box(20_000, 20_000, 6000, 5), false), List.of()).kind())
                .isEqualTo(Kind.SITE);
    }

    /** Rough as ground is, 55 m wide; it faces up, or down. */
    private static Mesh rough(boolean up) {
        int n = 100;
        float[] xyz = new float[3 * (n + 1) * (n + 1)];
        int[] t = new int[6 * n * n];
        for (int i = 0; i <= n; i++) {
            for (int j = 0; j <= n; j++) {
                int v = 3 * (i * (n + 1) + j);
                xyz[v] = 0.55f * i;
                xyz[v + 1] = 0.55f * j;
                xyz[v + 2] = (float) (5 * Math.sin(0.13 * i + 0.4) * Math.cos(0.11 * j));
            }
        }
        for (int i = 0; i < n * n; i++) {
            int a = i / n * (n + 1) + i % n;
            int[] two = {a, a + n + 1, a + n + 2, a, a + n + 2, a + 1};
            for (int k = 0; k < 6; k++) {
                t[6 * i + k] = two[up ? k : 5 - k];
            }
        }
        return new Mesh(0, 0, 0, xyz, Columns.NONE, t);
    }

    @Test
    void whatFacesDownIsNoGround() {
        assertThat(told(rough(true)).kind()).isEqualTo(Kind.SITE);
        assertThat(told(rough(false)).kind()).isIn(Kind.OBJECT, Kind.PANEL);
    }

    @Test
    void nobodyFitsInAClosedShellOfHalfAMetre() {
        Subject s = told(cloud(box(500, 400, 500, -1), false), List.of());
        assertThat(s.kind()).isEqualTo(Kind.OBJECT);
        assertThat(s.sure()).isTrue();
    }

    @Test
    void neitherOrderNorThreadsNorAStrayChangeTheAnswer() {
        List<int[]> places = box(5000, 4000, 3000, 4);
        Subject want = told(cloud(places, false), List.of());
        List<int[]> other = new ArrayList<>(places);
        Collections.shuffle(other, new Random(3));
        try (Work work = new Work(1, 1 << 28, Progress.NONE)) {
            Subject got = Subjects.of(cloud(other, false), List.of(), SubjectOptions.DEFAULTS, work);
            assertThat(got.votes()).isEqualTo(want.votes());
            assertThat(got.reasons()).isEqualTo(want.reasons());
        }
        other.add(new int[] {900_000_000, 3, -800_000_000});
        Subject got = told(cloud(other, false), List.of());
        assertThat(got.kind()).isEqualTo(want.kind());
        assertThat(got.votes()).containsEntry("longest", want.votes().get("longest"));
    }

    @Test
    void theUserGoesFirstAndTheDataAreStillSaid() {
        Cloud c = cloud(box(500, 400, 500, -1), false);
        try (Work work = new Work(2, 1 << 28, Progress.NONE)) {
            Subject s = Subjects.of(c, List.of(), new SubjectOptions(SubjectOptions.Choice.ROOM), work);
            assertThat(s.kind()).isEqualTo(Kind.ROOM);
            assertThat(s.chosen()).isTrue();
            assertThat(s.sentence().en()).contains("the user said so", "the data alone would say an object");
            assertThat(s.sentence().zh()).contains("由使用者指定");
        }
    }

    @Test
    void tooFewPlacesAreNeverSure() {
        for (int n : new int[] {0, 1, 3, 40}) {
            List<int[]> some = box(5000, 4000, 3000, -1).subList(0, n);
            Subject s = told(cloud(some, false), List.of());
            assertThat(s.sure()).isFalse();
            assertThat(s.sentence().en()).contains("too few to tell");
        }
        List<int[]> one = Collections.nCopies(500, new int[] {5, 5, 5});
        assertThat(told(cloud(one, false), List.of()).sure()).isFalse();
        assertThat(told(new Mesh(0, 0, 0, new float[9], Columns.NONE, new int[] {0, 1, 2}))
                        .sure())
                .isFalse();
    }
}
