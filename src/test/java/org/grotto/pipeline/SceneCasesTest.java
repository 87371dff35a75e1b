package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.grotto.Need;
import org.grotto.base.Json;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.TriangleTree;
import org.grotto.scene.Station;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Small scenes on which programs of this kind are known to go wrong, each with what is right. */
class SceneCasesTest {
    @TempDir
    Path dir;

    private static Path scene(String name) {
        return Need.data("../cases/scenes/" + name);
    }

    /** A package's cave.json and quality/report.json. */
    private record Built(JsonNode cave, JsonNode report) {
        String words() {
            return report.path("warnings") + " " + report.path("registration").path("said");
        }

        double[] eye() {
            return numbers(cave.path("views").path(0).path("eye"));
        }

        double[] bound(String end) {
            JsonNode b = cave.path("bounds");
            return Stream.of("X", "Y", "Z")
                    .mapToDouble(a -> b.path(end + a).asDouble())
                    .toArray();
        }

        void seenFromInside() {
            double[] low = bound("min");
            double[] high = bound("max");
            double[] eye = eye();
            for (int k = 0; k < 2; k++) {
                assertThat(eye[k]).isBetween(low[k] + 0.5, high[k] - 0.5);
            }
            assertThat(eye[2] - low[2]).isCloseTo(1.6, within(0.1));
        }
    }

    private static double[] numbers(JsonNode array) {
        return IntStream.range(0, array.size())
                .mapToDouble(i -> array.path(i).asDouble())
                .toArray();
    }

    private Built build(String... names) {
        Path out = dir.resolve("out");
        try (Work work = Work.silent()) {
            List<Path> files = Arrays.stream(names).map(SceneCasesTest::scene).toList();
            Build.run(files, Recipe.DEFAULTS, out, "test", p -> {}, work);
        }
        Contract.assertKept(out);
        return new Built(Json.tree(out.resolve("cave.json")), Json.tree(out.resolve("quality/report.json")));
    }

    /** A mesh and the points that it was made of. */
    private record Laid(Cloud points, Mesh mesh, List<Station> stations) {
        /** Distances of the points that are asked for to the mesh, metres, in order. */
        double[] distances(IntPredicate asked) {
            try (Work work = Work.silent()) {
                TriangleTree tree = new TriangleTree(mesh, work);
                return IntStream.range(0, points.size)
                        .filter(asked)
                        .mapToDouble(i -> tree.distance(points.px(i), points.py(i), points.pz(i), 1))
                        .sorted()
                        .toArray();
            }
        }
    }

    private static Laid lay(Path file) {
        try (Work work = Work.silent()) {
            Loaded loaded = Load.run(List.of(file), InputOptions.DEFAULTS, work);
            List<Station> stations = loaded.stations();
            SurfaceStage.Made made = SurfaceStage.run(loaded, Recipe.DEFAULTS, new RunRecord(List.of()), work);
            return new Laid(made.cleaned().cloud(), made.mesh(), stations);
        }
    }

    @Test
    void halfAMetreIsNotBlessed() {
        Built b = build("pair_a.ptx", "pair_b500.ptx");
        JsonNode r = b.report.path("registration");
        assertThat(r.path("verdict").asString()).isEqualTo("inconsistent");
        double[] shift = numbers(r.path("pairs").path(0).path("shift"));
        assertThat(shift[0]).isCloseTo(0.5, within(0.1));
        assertThat(shift[1]).isCloseTo(0.3, within(0.06));
        assertThat(shift[2]).isCloseTo(0, within(0.03));
    }

    @Test
    void withoutPosesItIsComparedAndSeenFromInside() {
        Built b = build("room_no_station.las", "room_b_shift25.las");
        JsonNode r = b.report.path("registration");
        assertThat(r.path("verdict").asString()).isEqualTo("inconsistent");
        double[] s = numbers(r.path("pairs").path(0).path("shift"));
        assertThat(Math.sqrt(s[0] * s[0] + s[1] * s[1] + s[2] * s[2])).isCloseTo(0.025, within(0.005));
        b.seenFromInside();
    }

    @Test
    void sparseScansThatFitRaiseNoAlarm() {
        Built b = build("registered_sparse.e57");
        JsonNode r = b.report.path("registration");
        assertThat(r.path("verdict").asString()).isIn("consistent", "not-checked");
        r.path("pairs").forEach(p -> assertThat(p.path("verdict").asString()).isNotEqualTo("inconsistent"));
        assertThat(b.words()).doesNotContain("do not fit");
    }

    @Test
    void aStatueIsAnObject() {
        Built b = build("statue_no_station.las");
        assertThat(b.cave.path("subject").asString()).isEqualTo("object");
        assertThat(b.report.toString()).doesNotContain("seen by no station");
        double[] eye = b.eye();
        double[] high = b.bound("max");
        double[] low = b.bound("min");
        assertThat(eye[0] < low[0] || eye[0] > high[0] || eye[1] < low[1] || eye[1] > high[1])
                .isTrue();
    }

    @Test
    void aRoomWithoutPosesIsSeenFromInside() {
        Built b = build("points-room-without-poses.ply");
        assertThat(b.cave.path("subject").asString()).isEqualTo("room");
        b.seenFromInside();
    }

    @Test
    void aPanelIsSeenFromItsFront() {
        Built b = build("slab_facing_down.obj");
        assertThat(b.cave.path("subject").asString()).isEqualTo("panel");
        assertThat(b.eye()[2]).isLessThan(b.bound("min")[2] - 0.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ball_r100.obj", "ball_r150.obj"})
    void aBallOfAHundredMetresIsAdvisedOn(String name) {
        Built b = build(name);
        assertThat(b.cave.path("subject").asString()).isEqualTo("object");
        assertThat(Json.tree(dir.resolve("out/run/run.json")).path("warnings").toString())
                .contains("--unit mm");
    }

    @Test
    void aStrayAtTheOriginChangesNothing() throws Exception {
        Path with = scene("points-utm-first-point-000.ply");
        byte[] bytes = Files.readAllBytes(with);
        String head = new String(bytes, 0, 400, java.nio.charset.StandardCharsets.ISO_8859_1);
        int body = head.indexOf("end_header\n") + 11;
        int count = Integer.parseInt(head.replaceAll("(?s).*element vertex (\\d+).*", "$1"));
        int row = (bytes.length - body) / count;
        String less = head.substring(0, body).replace("element vertex " + count, "element vertex " + (count - 1));
        byte[] text = less.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        byte[] out = Arrays.copyOf(text, text.length + bytes.length - body - row);
        System.arraycopy(bytes, body + row, out, text.length, bytes.length - body - row);
        Mesh a = lay(with).mesh;
        Laid l = lay(Files.write(dir.resolve("without.ply"), out));
        assertThat(a.xyz).isEqualTo(l.mesh.xyz);
        assertThat(a.triangles).isEqualTo(l.mesh.triangles);
        assertThat(a.originX).isEqualTo(l.mesh.originX);
        double[] d = l.distances(i -> true);
        assertThat(d[d.length / 2]).isLessThan(0.00034);
    }

    /** Half of the close-up's points lie within 0.25 mm, and its relief is there. */
    @Test
    void aLongTunnelTakesNoDetailFromAClosedUp() {
        Laid l = lay(scene("points-tunnel-200m-closeup.ply"));
        float[] spacing = Objects.requireNonNull(l.points.columns.floats(Columns.SPACING.name()));
        double[] d = l.distances(i -> spacing[i] < 0.004);
        assertThat(d.length).isGreaterThan(10_000);
        assertThat(d[d.length / 2]).isLessThan(0.00025);
        assertThat(d[d.length * 95 / 100]).isLessThan(0.001);
    }

    /** An ellipsoid of 4 x 3.5 x 3 m: all triangles face in, and half of the mesh lies within 0.7 mm of it. */
    @ParameterizedTest
    @CsvSource({"ply-normals-all-zero.ply, false", "text-rgb-float01-room.xyz, true"})
    void whatIsNoNormalIsNotTakenForOne(String name, boolean coloured) {
        Laid l = lay(scene(name));
        assertThat(l.points.rgb() != null).isEqualTo(coloured);
        Mesh m = l.mesh;
        double volume = 0;
        float[] p = m.xyz;
        for (int t = 0; t < m.triangles.length; t += 3) {
            int a = 3 * m.triangles[t];
            int b = 3 * m.triangles[t + 1];
            int c = 3 * m.triangles[t + 2];
            volume += p[a] * ((double) p[b + 1] * p[c + 2] - (double) p[b + 2] * p[c + 1])
                    + p[a + 1] * ((double) p[b + 2] * p[c] - (double) p[b] * p[c + 2])
                    + p[a + 2] * ((double) p[b] * p[c + 1] - (double) p[b + 1] * p[c]);
        }
        assertThat(volume / 6).isCloseTo(-4 / 3.0 * Math.PI * 2 * 1.75 * 1.5, within(0.2));
        double[] e = new double[m.vertexCount()];
        for (int v = 0; v < e.length; v++) {
            double x = (m.originX + p[3 * v]) / 2;
            double y = (m.originY + p[3 * v + 1]) / 1.75;
            double z = (m.originZ + p[3 * v + 2]) / 1.5;
            double steep = 2 * Math.sqrt(x * x / 4 + y * y / (1.75 * 1.75) + z * z / 2.25);
            e[v] = Math.abs(x * x + y * y + z * z - 1) / steep;
        }
        Arrays.sort(e);
        assertThat(e[e.length / 2]).isLessThan(0.0007);
    }

    @Test
    void stoneOfAStationWithoutColourIsGrey() {
        Laid l = lay(scene("e57-one-station-without-colour.e57"));
        char[] rgb = Objects.requireNonNull(l.points.rgb());
        int black = 0;
        for (int i = 0; i < l.points.size; i++) {
            black += rgb[3 * i] + rgb[3 * i + 1] + rgb[3 * i + 2] == 0 ? 1 : 0;
        }
        assertThat(black).isLessThan(l.points.size / 1000);
        assertThat(l.points.columns.has("grey")).isTrue();
    }

    /** A wall of 10 mm scanned from both sides at 11 mm: both faces stand, and their points lie on them. */
    @Test
    void aThinWallKeepsBothFaces() {
        Laid l = lay(scene("e57-wall-10mm-both-sides.e57"));
        double[] d = l.distances(i -> true);
        assertThat(d[d.length / 2]).isLessThan(0.001);
        assertThat(d[d.length * 95 / 100]).isLessThan(0.004);
    }
}
