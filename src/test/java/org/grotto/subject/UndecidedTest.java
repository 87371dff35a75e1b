package org.grotto.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Pose;
import org.grotto.scene.Station;
import org.grotto.scene.Subject;
import org.grotto.scene.Subject.Kind;
import org.junit.jupiter.api.Test;

/** Where the data do not decide what was scanned, nobody is told that they do; where they do, they are believed. */
class UndecidedTest {
    private static final Lattice LATTICE = new Lattice(0, 0, 0, 1e-4);

    /** Distance to stone; positive in the open. */
    private interface Stone {
        double at(double x, double y, double z);
    }

    private final List<double[]> points = new ArrayList<>();
    private final Random random = new Random(8);

    private static double box(double x, double y, double z, double hx, double hy, double hz) {
        double ax = Math.abs(x) - hx;
        double ay = Math.abs(y) - hy;
        double az = Math.abs(z) - hz;
        double out = Math.sqrt(sq(Math.max(ax, 0)) + sq(Math.max(ay, 0)) + sq(Math.max(az, 0)));
        return out + Math.min(0, Math.max(ax, Math.max(ay, az)));
    }

    private static double sq(double v) {
        return v * v;
    }

    private void shoot(Stone s, double[] o, double dx, double dy, double dz, double far, double noise) {
        double l = Math.sqrt(dx * dx + dy * dy + dz * dz);
        double t = 0;
        for (int k = 0; k < 200 && t < far; k++) {
            double d = s.at(o[0] + t * dx / l, o[1] + t * dy / l, o[2] + t * dz / l);
            if (d < 1e-4) {
                t += noise * t * t * random.nextGaussian();
                points.add(new double[] {o[0] + t * dx / l, o[1] + t * dy / l, o[2] + t * dz / l});
                return;
            }
            t += d;
        }
    }

    /** A depth camera's picture of 58 by 45 degrees along +y, dipped a little. */
    private void picture(Stone s, double[] eye, double far) {
        for (int row = 0; row < 120; row++) {
            for (int column = 0; column < 160; column++) {
                double x = 0.55 * (column - 79.5) / 80;
                double z = 0.41 * (row - 59.5) / 60 - 0.3;
                shoot(s, eye, x, 1, z, far, 0.0014);
            }
        }
    }

    private Subject told(double @org.jspecify.annotations.Nullable [] eye) {
        int n = points.size();
        int[][] c = new int[3][n];
        for (int i = 0; i < n; i++) {
            double[] p = points.get(i);
            c[0][i] = LATTICE.ix(p[0]);
            c[1][i] = LATTICE.iy(p[1]);
            c[2][i] = LATTICE.iz(p[2]);
        }
        List<Station> stations = eye == null
                ? List.of()
                : List.of(new Station("a", "a", null, new Pose(1, 0, 0, 0, eye[0], eye[1], eye[2]), n));
        Cloud cloud = eye == null
                ? new Cloud(LATTICE, c[0], c[1], c[2], Columns.NONE)
                : new Cloud(LATTICE, c[0], c[1], c[2], null, null, null, new char[n]);
        try (Work work = Work.silent()) {
            return Subjects.of(cloud, stations, SubjectOptions.DEFAULTS, work);
        }
    }

    private static double corner(double x, double y, double z) {
        double d = Math.min(Math.min(2.2 - x, 3 - y), z + 1.2);
        d = Math.min(d, box(x - 0.9, y - 2.2, z + 0.9, 0.5, 0.4, 0.3));
        return Math.min(d, box(x + 0.8, y - 2.5, z + 0.5, 0.3, 0.3, 0.7));
    }

    /** A corner of a room is all that a camera sees of it. */
    @Test
    void thePictureOfACornerIsNoObject() {
        picture(UndecidedTest::corner, new double[3], 6);
        Subject s = told(new double[3]);
        assertThat(s.votes().get("bordered")).isGreaterThan(0.8);
        assertThat(s.kind()).isEqualTo(Kind.ROOM);
        assertThat(s.sure()).isFalse();
        assertThat(s.sentence().en()).contains("cut off by its border");
    }

    /** The same without a pose, in the camera's own frame; and things on a table, which are no painted sheet. */
    @Test
    void aCameraIsKnownByItsPictureWhereNobodySaysWhereItStood() {
        picture(UndecidedTest::corner, new double[3], 6);
        assertThat(told(null).sure()).isFalse();
        points.clear();
        Stone table = (x, y, z) -> Math.min(
                z + 0.5 + 0.3 * (y - 0.9),
                Math.min(
                        box(x - 0.1, y - 0.9, z + 0.4, 0.08, 0.05, 0.12),
                        box(x + 0.2, y - 1, z + 0.4, 0.1, 0.06, 0.1)));
        picture(table, new double[3], 3);
        assertThat(told(null).sure()).isFalse();
    }

    /** What stands free in a picture has an outline of its own. */
    @Test
    void whatStandsFreeInAPictureIsAnObject() {
        picture((x, y, z) -> Math.sqrt(sq(x) + sq(y - 1.6) + sq(z + 0.45)) - 0.35, new double[3], 6);
        Subject s = told(new double[3]);
        assertThat(s.votes().get("bordered")).isLessThan(0.7);
        assertThat(s.kind()).isEqualTo(Kind.OBJECT);
        assertThat(s.sentence().en()).doesNotContain("cut off");
    }

    /** A mural fills the picture and is a panel by its shape. */
    @Test
    void aMuralThatFillsThePictureIsAPanel() {
        picture((x, y, z) -> 2 - y, new double[3], 6);
        Subject s = told(new double[3]);
        assertThat(s.kind()).isEqualTo(Kind.PANEL);
        assertThat(s.sure()).as(s.votes().toString()).isTrue();
    }

    /** Leaves close around everything and enclose nothing. */
    @Test
    void aTreeIsNoRoom() {
        for (int i = 0; i < 60_000; i++) {
            double z = 8 * Math.cbrt(random.nextDouble());
            double r = 0.35 * (9 - z) * Math.sqrt(random.nextDouble());
            double a = 2 * Math.PI * random.nextDouble();
            points.add(new double[] {r * Math.cos(a), r * Math.sin(a), z});
        }
        Subject s = told(null);
        assertThat(s.votes().get("scattered")).isGreaterThan(0.5);
        assertThat(s.kind()).isNotEqualTo(Kind.ROOM);
        assertThat(s.sure()).isFalse();
        assertThat(s.sentence().en()).contains("scattered points");
    }

    /** A tower of roofs one over another, of all sides from outside: without eyes nobody knows that it was not from inside. */
    @Test
    void aHouseFromOutsideIsNotSurelyARoom() {
        Stone tower = (x, y, z) -> {
            double d = z + 0.1;
            for (int k = 0; k < 5; k++) {
                double w = 4 - 0.5 * k;
                d = Math.min(d, box(x, y, z - 1.5 - 3 * k, w, w, 1.5));
                d = Math.min(d, box(x, y, z - 3 - 3 * k, w + 1.2, w + 1.2, 0.15));
            }
            return d;
        };
        for (int k = 0; k < 8; k++) {
            double a = Math.PI * k / 4;
            double[] eye = {18 * Math.cos(a), 18 * Math.sin(a), k % 2 == 0 ? 2 : 20};
            for (int i = 0; i < 12_000; i++) {
                shoot(
                        tower,
                        eye,
                        6 * random.nextGaussian() - eye[0],
                        6 * random.nextGaussian() - eye[1],
                        16 * random.nextDouble() - eye[2],
                        30,
                        1e-5);
            }
        }
        Subject s = told(null);
        assertThat(s.kind() == Kind.ROOM && s.sure()).as(s.votes().toString()).isFalse();
    }

    /** A passage that is open at both ends is a room to whoever stands in it. */
    @Test
    void aPassageOpenAtBothEndsIsARoom() {
        double[] eye = {0.2, 0.3, 1.5};
        for (int i = 0; i < 40_000; i++) {
            shoot(
                    (x, y, z) -> Math.min(
                            Math.abs(y) > 7 ? 1 : 1.2 - Math.abs(x), Math.abs(y) > 7 ? 1 : 1.4 - Math.abs(z - 1.4)),
                    eye,
                    random.nextGaussian(),
                    random.nextGaussian(),
                    random.nextGaussian(),
                    12,
                    1e-4);
        }
        Subject s = told(eye);
        assertThat(s.kind()).isEqualTo(Kind.ROOM);
        assertThat(s.sure()).isTrue();
    }
}
