package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.junit.jupiter.api.Test;

/** Pairs of points in closed form. */
class MirrorTest {
    private static final Lattice LATTICE = new Lattice(0, 0, 0, 1e-9);

    /** Two points, each as position and normal. */
    private static Mirror pair(double... v) {
        int[][] c = new int[3][2];
        float[] n = new float[6];
        for (int i = 0; i < 2; i++) {
            c[0][i] = LATTICE.ix(v[6 * i]);
            c[1][i] = LATTICE.iy(v[6 * i + 1]);
            c[2][i] = LATTICE.iz(v[6 * i + 2]);
            for (int a = 0; a < 3; a++) {
                n[3 * i + a] = (float) v[6 * i + 3 + a];
            }
        }
        return new Mirror(new Cloud(LATTICE, c[0], c[1], c[2], null, null, null, null), n);
    }

    /** Two points of a circle in a tilted plane, normals outward. */
    private static Mirror arc(double from, double to, double sign) {
        double[] v = new double[12];
        for (int i = 0; i < 2; i++) {
            double t = i == 0 ? from : to;
            double[] r = {0.6 * Math.cos(t), Math.sin(t), 0.8 * Math.cos(t)};
            for (int a = 0; a < 3; a++) {
                v[6 * i + a] = r[a];
                v[6 * i + 3 + a] = r[a] * (i == 0 ? 1 : sign);
            }
        }
        return pair(v);
    }

    @Test
    void normalsOfAnyArcMirrorEachOther() {
        for (double angle : new double[] {0.05, 0.5, 1.5, 3}) {
            Mirror m = arc(0.2, 0.2 + angle, 1);
            assertThat(m.cosine(0, 1)).isCloseTo(1, within(1e-6));
            assertThat(arc(0.2, 0.2 + angle, -1).cosine(0, 1)).isCloseTo(-1, within(1e-6));
        }
    }

    /** On a plane two neighbours agree, wholly and beyond doubt; a normal turned is as sure, and against. */
    @Test
    void onAPlaneThereIsNoDoubt() {
        Mirror m = pair(0, 0, 0, 0, 0, 1, 0.3, 0.4, 0, 0, 0, 1);
        assertThat(m.doubt(0, 1)).isZero();
        assertThat(m.vote(0, 1)).isEqualTo(65536);
        Mirror turned = pair(0, 0, 0, 0, 0, 1, 0.3, 0.4, 0, 0, 0, -1);
        assertThat(turned.doubt(0, 1)).isZero();
        assertThat(turned.vote(0, 1)).isEqualTo(-65536);
    }

    /** Parallel normals across a step of which the way rises by s: doubt is 1.5 s^2, agreement 1 - 2 s^2. */
    @Test
    void aStepIsDoubtedByHowSteepTheWayIs() {
        double s = 0.3;
        Mirror m = pair(0, 0, 0, 0, 0, 1, Math.sqrt(1 - s * s), 0, s, 0, 0, 1);
        assertThat(m.cosine(0, 1)).isCloseTo(1 - 2 * s * s, within(1e-6));
        double doubt = Math.max(2 * s * s, 1.5 * s * s);
        assertThat(m.doubt(0, 1)).isEqualTo((int) (1023 * doubt));
        double sure = 1 - m.doubt(0, 1) / 1023.0;
        assertThat(m.vote(0, 1)).isCloseTo(65536 * (1 - 2 * s * s) * sure * sure, within(1.0));
    }

    /** Two faces of a slit, seen straight across: they mirror each other, and yet it is nothing but doubt. */
    @Test
    void acrossASlitAllIsDoubt() {
        Mirror slit = pair(0, 0, 0, 0, 0, 1, 0, 0, 0.01, 0, 0, -1);
        assertThat(slit.cosine(0, 1)).isCloseTo(1, within(1e-9));
        assertThat(slit.doubt(0, 1)).isEqualTo(Mirror.CLASSES - 2);
        assertThat(slit.vote(0, 1)).isBetween(0.0, 1.0);
        // round a right edge the way rises by half of its square, and the normals are not parallel
        double h = Math.sqrt(0.5);
        Mirror edge = pair(-0.1, 0, 0, 0, 0, 1, 0, 0, -0.1, 1, 0, 0);
        assertThat(edge.cosine(0, 1)).isCloseTo(1, within(1e-6));
        assertThat(edge.doubt(0, 1)).isEqualTo((int) (1023 * h * h * 0.5));
    }

    /** Normals at right angles on one plane: nothing is said. */
    @Test
    void rightAnglesSayNothing() {
        Mirror m = pair(0, 0, 0, 0, 0, 1, 0.1, 0, 0, 0, 1, 0);
        assertThat(m.cosine(0, 1)).isZero();
        assertThat(m.doubt(0, 1)).isEqualTo(Mirror.CLASSES - 2);
        assertThat(m.vote(0, 1)).isZero();
    }

    @Test
    void pointsInOnePlaceAgreeAsTheirNormalsDo() {
        Mirror m = pair(1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0.6, 0.8);
        assertThat(m.cosine(0, 1)).isCloseTo(0.8, within(1e-7));
        assertThat(m.doubt(0, 1)).isEqualTo((int) (1023 * 0.2));
    }

    @Test
    void noNormalIsNone() {
        Mirror m = pair(0, 0, 0, 0, 0, 0, 0.1, 0, 0, 0, 0, 1e-3);
        assertThat(m.none(0)).isTrue();
        assertThat(m.none(1)).isFalse();
        assertThat(pair(0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0).none(0)).isFalse();
        assertThat(pair(0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0).none(1)).isFalse();
    }

    /** Pairs that lie and look any way, by angles: of the normals, and of either with the way from one to the other. */
    @Test
    void anyPairIsDoubtedByItsAngles() {
        Random random = new Random(8);
        for (int round = 0; round < 300; round++) {
            double[] v = new double[12];
            for (int k = 0; k < 12; k++) {
                v[k] = 0.3 * random.nextGaussian();
            }
            for (int at : new int[] {3, 9}) {
                double l = Math.sqrt(v[at] * v[at] + v[at + 1] * v[at + 1] + v[at + 2] * v[at + 2]);
                for (int a = 0; a < 3; a++) {
                    v[at + a] /= l;
                }
            }
            double[] way = {v[6] - v[0], v[7] - v[1], v[8] - v[2]};
            double[] one = {v[3], v[4], v[5]};
            double[] other = {v[9], v[10], v[11]};
            double first = cosine(way, one);
            double second = cosine(way, other);
            double alike = cosine(one, other);
            double mirrored = alike - 2 * first * second;
            double out = Math.max(first * first, second * second) * (0.5 + Math.abs(alike));
            int doubt =
                    (int) Math.min(Mirror.CLASSES - 2, (Mirror.CLASSES - 1) * Math.max(1 - Math.abs(mirrored), out));
            Mirror m = pair(v);
            assertThat(m.cosine(0, 1)).isCloseTo(mirrored, within(1e-6));
            assertThat(m.doubt(0, 1)).isCloseTo(doubt, within(1));
            assertThat(m.doubt(1, 0)).isEqualTo(m.doubt(0, 1));
        }
    }

    private static double cosine(double[] a, double[] b) {
        return (a[0] * b[0] + a[1] * b[1] + a[2] * b[2])
                / Math.hypot(Math.hypot(a[0], a[1]), a[2])
                / Math.hypot(Math.hypot(b[0], b[1]), b[2]);
    }
}
