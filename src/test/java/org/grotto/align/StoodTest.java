package org.grotto.align;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.grotto.base.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a scanner stood, from its points alone: near the truth, or not told. */
class StoodTest {
    private static VirtualSurvey.Place place(String name, int seed) {
        return switch (name) {
            case "room" -> VirtualSurvey.room(seed);
            case "cave" -> VirtualSurvey.cave(seed);
            case "dome" -> VirtualSurvey.dome(seed);
            case "gallery" -> VirtualSurvey.gallery(seed);
            case "court" -> VirtualSurvey.court(seed);
            case "statue" -> VirtualSurvey.statue(seed);
            case "block" -> VirtualSurvey.block(seed);
            default -> VirtualSurvey.panel(seed);
        };
    }

    private static Patches patches(VirtualSurvey v) {
        try (Work work = Work.silent()) {
            return v.patches(work)[0];
        }
    }

    private static double off(Patches p, double[] eye) {
        double[] e = Stood.of(p);
        assertThat(e).isNotNull();
        double sum = 0;
        for (int a = 0; a < 3; a++) {
            sum += Math.pow(e[a] + p.origin[a] - eye[a], 2);
        }
        return Math.sqrt(sum);
    }

    /** By rays spread evenly, and by an even raster of angles, which is dense above and below. */
    @ParameterizedTest
    @CsvSource({
        "room, 2, false",
        "room, 3, true",
        "cave, 4, false",
        "cave, 5, true",
        "dome, 6, true",
        "gallery, 7, false",
        "court, 8, false"
    })
    void whoLookedAroundIsFound(String name, int seed, boolean raster) {
        VirtualSurvey.Place place = place(name, seed);
        VirtualSurvey v = new VirtualSurvey(seed);
        v.raster = raster;
        v.station(place, place.eyes()[1], 20_000, 0.001, Move.NONE, 1, false);
        assertThat(off(patches(v), place.eyes()[1])).isLessThan(0.1);
    }

    /** What was aimed at by hand, from before it, is as dense from many places: none is told. */
    @ParameterizedTest
    @CsvSource({"statue, 2", "block, 3", "panel, 4", "panel, 5"})
    void whoAimedIsNotTold(String name, int seed) {
        VirtualSurvey.Place place = place(name, seed);
        VirtualSurvey v = new VirtualSurvey(seed);
        v.station(place, place.eyes()[0], 20_000, 0.001, Move.NONE, 1, false);
        assertThat(Stood.of(patches(v))).isNull();
    }

    /** Densities of a sphere's inside as they are drawn. */
    private interface Density {
        double at(double x, double y, double z);
    }

    /** Patches of a box of 6 x 5 x 3 m, evenly, that say how dense their points are. */
    private static Patches box(Density density) {
        double[] size = {6, 5, 3};
        int n = 0;
        double[] place = new double[3 * 30_000];
        float[] data = new float[Patches.ROW * 30_000];
        for (int side = 0; side < 6; side++) {
            int a = side / 2;
            int b = (a + 1) % 3;
            int c = (a + 2) % 3;
            // in blocks, so that neighbours follow each other
            for (int k = 0; k < 4096; k++) {
                int u = (k & 1) | (k >> 1 & 2) | (k >> 2 & 4) | (k >> 3 & 8) | (k >> 4 & 16) | (k >> 5 & 32);
                int v = (k >> 1 & 1) | (k >> 2 & 2) | (k >> 3 & 4) | (k >> 4 & 8) | (k >> 5 & 16) | (k >> 6 & 32);
                double[] p = new double[3];
                p[a] = side % 2 == 0 ? 0 : size[a];
                p[b] = size[b] * (u + 0.5) / 64;
                p[c] = size[c] * (v + 0.5) / 64;
                System.arraycopy(p, 0, place, 3 * n, 3);
                data[Patches.ROW * n + a] = side % 2 == 0 ? 1 : -1;
                data[Patches.ROW * n + 6] = 1e-3f;
                data[Patches.ROW * n + 7] = (float) Math.sqrt(24 / (Math.PI * density.at(p[0], p[1], p[2])));
                data[Patches.ROW * n + 8] = 24;
                n++;
            }
        }
        return new Patches(
                0,
                Arrays.copyOf(place, 3 * n),
                Arrays.copyOf(data, Patches.ROW * n),
                new double[3],
                null,
                0.05,
                1e-3,
                1e-3,
                0.05,
                false);
    }

    private static double seen(double[] e, double x, double y, double z, boolean raster) {
        double dx = e[0] - x;
        double dy = e[1] - y;
        double dz = e[2] - z;
        double d = Math.sqrt(dx * dx + dy * dy + dz * dz);
        double across = x == 0 || x == 6 ? Math.abs(dx) : y == 0 || y == 5 ? Math.abs(dy) : Math.abs(dz);
        return 1e5 * across / d / (d * d) / (raster ? Math.hypot(dx, dy) / d : 1);
    }

    @ParameterizedTest
    @CsvSource({"2.5, 3.5, 1.6, false", "2.5, 3.5, 1.6, true", "0.7, 4.2, 0.9, true"})
    void exactDensitiesTellTheEye(double x, double y, double z, boolean raster) {
        double[] eye = {x, y, z};
        Patches p = box((px, py, pz) -> seen(eye, px, py, pz, raster));
        assertThat(off(p, eye)).isLessThan(0.02);
        assertThat(p.seen().eye).isEqualTo(Stood.of(p));
    }

    /** Thinned to one density, seen from two places, and too few to tell. */
    @Test
    void whatNoEyeExplainsTellsNone() {
        Patches even = box((x, y, z) -> 4000);
        assertThat(Stood.of(even)).isNull();
        assertThat(even.seen()).isSameAs(even);
        double[][] eyes = {{1, 1, 1.5}, {5, 4, 1.5}};
        assertThat(Stood.of(box((x, y, z) -> seen(eyes[0], x, y, z, false) + seen(eyes[1], x, y, z, false))))
                .isNull();
        VirtualSurvey.Place place = VirtualSurvey.room(2);
        VirtualSurvey v = new VirtualSurvey(2);
        v.station(place, place.eyes()[1], 1500, 0.001, Move.NONE, 1, false);
        assertThat(Stood.of(patches(v))).isNull();
    }

    /** A room that is nearly itself when turned by half: where nobody says where they stood, what they saw past tells. */
    @ParameterizedTest
    @CsvSource({"119", "120", "121", "122"})
    void aRoomWithoutPosesIsNotTakenForItsOwnReverse(int seed) {
        VirtualSurvey.Place place = VirtualSurvey.room(seed);
        VirtualSurvey v = new VirtualSurvey(seed);
        v.station(place, place.eyes()[1], 20_000, 0.0006, Move.NONE, 1, false);
        v.station(place, place.eyes()[2], 20_000, 0.0006, Move.NONE, 1, false);
        try (Work work = Work.silent()) {
            Registered.Pair q = v.judge(work).pairs().getFirst();
            assertThat(q.verdict()).isEqualTo(Registered.Verdict.CONSISTENT);
        }
    }
}
