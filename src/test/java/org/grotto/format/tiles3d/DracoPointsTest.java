package org.grotto.format.tiles3d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.DracoNpm;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Reading;
import org.grotto.pipeline.Inputs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Points of a tile that are compressed by Draco are what the format's own decoder (npm draco3d) makes of them. */
class DracoPointsTest {
    private static final int N = 3000;

    @TempDir
    Path dir;

    private List<String> lost = List.of();

    private static ObjectNode points(int[]... ways) {
        ObjectNode o = Json.mapper().createObjectNode();
        ArrayNode position = o.putArray("position");
        ArrayNode colour = o.putArray("colour");
        ArrayNode normal = o.putArray("normal");
        ArrayNode level = o.putArray("level");
        Random r = new Random(5);
        for (int i = 0; i < N; i++) {
            double u = 2 * Math.PI * r.nextDouble();
            double z = 2 * r.nextDouble() - 1;
            double s = Math.sqrt(1 - z * z);
            position.add(3 * s * Math.cos(u)).add(3 * s * Math.sin(u)).add(3 * z);
            normal.add(s * Math.cos(u)).add(s * Math.sin(u)).add(z);
            colour.add(r.nextInt(256)).add(i % 256).add(255 - i % 256);
            level.add(20 * i);
        }
        ArrayNode all = o.putArray("ways");
        for (int[] w : ways) {
            all.addObject().put("speed", w[0]).put("bits", w[1]);
        }
        return o;
    }

    /** A pnts tile of the content; where {@code plain}, normals stand beside it as they are. */
    private Path tile(byte[] draco, JsonNode ids, float[] plain, String count) throws Exception {
        ObjectNode f = Json.mapper().createObjectNode();
        f.put("POINTS_LENGTH", Long.parseLong(count));
        f.putArray("RTC_CENTER").add(100).add(200).add(300);
        ObjectNode coded = f.putObject("extensions").putObject("3DTILES_draco_point_compression");
        coded.put("byteOffset", 0).put("byteLength", draco.length);
        ObjectNode of = coded.putObject("properties");
        of.put("POSITION", ids.path("position").asInt())
                .put("RGB", ids.path("colour").asInt());
        f.putObject("POSITION").put("byteOffset", 0);
        f.putObject("RGB").put("byteOffset", 0);
        f.putObject("NORMAL").put("byteOffset", plain.length == 0 ? 0 : draco.length);
        if (plain.length == 0) {
            of.put("NORMAL", ids.path("normal").asInt());
        }
        ObjectNode b = Json.mapper().createObjectNode();
        b.putObject("level")
                .put("byteOffset", 0)
                .put("componentType", "UNSIGNED_SHORT")
                .put("type", "SCALAR");
        b.putObject("extensions")
                .putObject("3DTILES_draco_point_compression")
                .putObject("properties")
                .put("level", ids.path("level").asInt());
        byte[] features = f.toString().getBytes(StandardCharsets.UTF_8);
        byte[] batches = b.toString().getBytes(StandardCharsets.UTF_8);
        int length = 28 + features.length + draco.length + 4 * plain.length + batches.length;
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        out.put("pnts".getBytes(StandardCharsets.US_ASCII)).putInt(1).putInt(length);
        out.putInt(features.length).putInt(draco.length + 4 * plain.length).putInt(batches.length);
        out.putInt(0).put(features).put(draco);
        for (float v : plain) {
            out.putFloat(v);
        }
        out.put(batches);
        return Files.write(dir.resolve("t.pnts"), out.array());
    }

    private PointBatch read(Path file) {
        try (Work work = Work.silent();
                PointReader r = Inputs.points(file, Reading.of(work));
                PointReader.PointCursor c = r.points(0)) {
            PointBatch all = new PointBatch(r.scans().getFirst().columns(), N);
            PointBatch b = new PointBatch(r.scans().getFirst().columns(), 700);
            int n = 0;
            while (c.next(b)) {
                System.arraycopy(b.x, 0, all.x, n, b.size);
                System.arraycopy(b.y, 0, all.y, n, b.size);
                System.arraycopy(b.z, 0, all.z, n, b.size);
                for (int k = 0; k < b.columns.length; k++) {
                    System.arraycopy(b.columns[k], 0, all.columns[k], n, b.size);
                }
                n += b.size;
            }
            lost = r.notKept();
            assertThat(n).isEqualTo(N);
            return all;
        }
    }

    @Test
    void everyWayOfCodingGivesWhatItsOwnDecoderGives() throws Exception {
        // sequential where nothing is laid on steps, or all shall be fast; else a kd-tree, which sorts the points anew
        int[][] ways = {{10, 0}, {10, 14}, {5, 14}, {0, 11}};
        JsonNode all = DracoNpm.coded("draco-points.mjs", points(ways), dir.resolve("coded"));
        for (int k = 0; k < ways.length; k++) {
            JsonNode theirs = all.get(k);
            byte[] draco = Files.readAllBytes(dir.resolve("coded" + k + ".drc"));
            PointBatch ours = read(tile(draco, theirs.path("ids"), new float[0], "" + N));
            boolean tree = draco[8] == 1;
            assertThat(tree).as("way %d", k).isEqualTo(k > 1);
            int[] rgb = {ours.indexOf(Column.RED), ours.indexOf(Column.GREEN), ours.indexOf(Column.BLUE)};
            int[] normal = {ours.indexOf(Column.NX), ours.indexOf(Column.NY), ours.indexOf(Column.NZ)};
            int level = ours.indexOf("level");
            // of a kd-tree the places alone are read, and the rest is told
            assertThat(rgb[0] < 0).isEqualTo(tree);
            assertThat(level < 0).isEqualTo(tree);
            assertThat(lost)
                    .isEqualTo(
                            tree
                                    ? List.of("what Draco content sorted by a kd-tree holds beside places: NORMAL, RGB,"
                                            + " level")
                                    : List.of());
            double[] centre = {100, 200, 300};
            double[][] at = {ours.x, ours.y, ours.z};
            for (int i = 0; i < N; i++) {
                for (int a = 0; a < 3; a++) {
                    int j = 3 * i + a;
                    assertThat(at[a][i] - centre[a])
                            .as("way %d, point %d", k, i)
                            .isEqualTo(theirs.path("position").get(j).asDouble(), within(1e-6));
                    if (tree) {
                        continue;
                    }
                    assertThat(ours.columns[rgb[a]][i])
                            .isEqualTo(theirs.path("colour").get(j).asDouble());
                    assertThat(ours.columns[normal[a]][i])
                            .isEqualTo(theirs.path("normal").get(j).asDouble(), within(2e-3));
                }
                assertThat(tree ? 0 : ours.columns[level][i])
                        .isEqualTo(tree ? 0 : theirs.path("level").get(i).asDouble());
            }
        }
    }

    @Test
    void whatStandsBesideTheContentGoesWithIt() throws Exception {
        JsonNode theirs = DracoNpm.coded("draco-points.mjs", points(new int[] {10, 14}), dir.resolve("coded"))
                .get(0);
        float[] normals = new float[3 * N];
        for (int i = 0; i < N; i++) {
            normals[3 * i + i % 3] = i % 2 == 0 ? 1 : -1;
        }
        byte[] draco = Files.readAllBytes(dir.resolve("coded0.drc"));
        PointBatch ours = read(tile(draco, theirs.path("ids"), normals, "" + N));
        for (int i = 0; i < N; i++) {
            assertThat(ours.columns[ours.indexOf(i % 3 == 0 ? Column.NX : i % 3 == 1 ? Column.NY : Column.NZ)][i])
                    .isEqualTo(i % 2 == 0 ? 1 : -1);
        }
    }

    @Test
    void countsThatLieAndDamageAreTold() throws Exception {
        JsonNode all =
                DracoNpm.coded("draco-points.mjs", points(new int[] {10, 14}, new int[] {3, 14}), dir.resolve("coded"));
        Random random = new Random(7);
        int told = 0;
        for (int k = 0; k < 2; k++) {
            JsonNode ids = all.get(k).path("ids");
            byte[] good = Files.readAllBytes(dir.resolve("coded" + k + ".drc"));
            assertThatThrownBy(() -> read(tile(good, ids, new float[0], "4000000000")))
                    .isInstanceOf(GrottoException.class)
                    .hasMessageContaining("announce " + N + " points, where 4000000000 are due");
            byte[] huge = good.clone();
            for (int i = 0; i < 4; i++) {
                huge[11 + i] = (byte) 255;
            }
            assertThatThrownBy(() -> read(tile(huge, ids, new float[0], "4294967295")))
                    .isInstanceOf(GrottoException.class)
                    .hasMessageContaining("announce");
            for (int i = 0; i < 60; i++) {
                byte[] bad = good.clone();
                bad[random.nextInt(i < 30 ? 60 : good.length)] = (byte) (i % 3 == 0 ? 255 : random.nextInt(256));
                Path file = tile(bad, ids, new float[0], "" + N);
                try {
                    read(file);
                } catch (GrottoException e) {
                    assertThat(e.kind()).isIn(GrottoException.Kind.BAD_INPUT, GrottoException.Kind.UNSUPPORTED);
                    assertThat(e).hasMessageContaining("t.pnts");
                    told++;
                }
            }
        }
        assertThat(told).isGreaterThan(20);
    }
}
