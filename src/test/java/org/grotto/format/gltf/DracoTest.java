package org.grotto.format.gltf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.format.DracoNpm;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Draco content is what the format's own decoder (npm draco3d) makes of it, by every way of coding; damaged content is told. */
class DracoTest {
    @TempDir
    Path dir;

    /** A wavy net of n x n squares with a hole in it, and a handle beside it whose seam is open. */
    private static ObjectNode net(int n) {
        ObjectNode o = Json.mapper().createObjectNode();
        ArrayNode position = o.putArray("position");
        ArrayNode normal = o.putArray("normal");
        ArrayNode uv = o.putArray("uv");
        ArrayNode colour = o.putArray("colour");
        ArrayNode indices = o.putArray("indices");
        for (int part = 0; part < 2; part++) {
            int first = position.size() / 3;
            for (int i = 0; i <= n; i++) {
                for (int j = 0; j <= n; j++) {
                    double u = (double) i / n;
                    double v = (double) j / n;
                    double a = 2 * Math.PI * u;
                    double b = 2 * Math.PI * v;
                    double r = 2 + 0.6 * Math.cos(b);
                    position.add(part == 0 ? 4 * u : r * Math.cos(a));
                    position.add(part == 0 ? 4 * v : r * Math.sin(a));
                    position.add(part == 0 ? 0.2 * Math.sin(9 * u) * Math.cos(7 * v) : 3 + 0.6 * Math.sin(b));
                    normal.add(part == 0 ? 0 : Math.cos(b) * Math.cos(a));
                    normal.add(part == 0 ? 0 : Math.cos(b) * Math.sin(a));
                    normal.add(part == 0 ? 1 : Math.sin(b));
                    uv.add(u).add(v);
                    colour.add(i * 255 / n).add(j * 255 / n).add(255 * part).add(255);
                }
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    if (part == 0 && i > n / 3 && i < n / 2 && j > n / 3 && j < n / 2) {
                        continue;
                    }
                    int p = first + i * (n + 1) + j;
                    indices.add(p).add(p + n + 1).add(p + n + 2);
                    indices.add(p).add(p + n + 2).add(p + 1);
                }
            }
        }
        return o;
    }

    /** What the format's decoder gives of each way; the files are {@code OUT0.glb} and so on. */
    private JsonNode coded(ObjectNode mesh) throws Exception {
        return DracoNpm.coded("draco.mjs", mesh, dir.resolve("coded"));
    }

    @Test
    void everyWayOfCodingGivesWhatItsOwnDecoderGives() throws Exception {
        ObjectNode mesh = net(24);
        ArrayNode ways = mesh.putArray("ways");
        for (boolean sequential : new boolean[] {false, true}) {
            for (int speed : new int[] {0, 3, 5, 8, 10}) {
                ways.addObject().put("sequential", sequential).put("speed", speed);
            }
        }
        JsonNode all = coded(mesh);
        for (int k = 0; k < ways.size(); k++) {
            JsonNode theirs = all.get(k);
            Mesh ours = GlbReader.read(dir.resolve("coded" + k + ".glb"));
            String way = ways.get(k).toString();
            // corner by corner: how vertices are numbered is each decoder's own
            JsonNode corners = theirs.path("indices");
            assertThat(ours.triangles).as(way).hasSize(corners.size());
            float[] normals = java.util.Objects.requireNonNull(ours.normals());
            byte[] rgb = java.util.Objects.requireNonNull(ours.rgb());
            for (int c = 0; c < corners.size(); c++) {
                int i = ours.triangles[c];
                int j = corners.get(c).asInt();
                // Y up becomes Z up
                double[] p = turned(theirs.path("position"), j);
                double[] d = turned(theirs.path("normal"), j);
                for (int a = 0; a < 3; a++) {
                    assertThat(ours.origin(a) + ours.xyz[3 * i + a]).as(way).isEqualTo(p[a], within(2e-6));
                    assertThat((double) normals[3 * i + a]).as(way).isEqualTo(d[a], within(1e-3));
                }
                assertThat(rgb[3 * i + 2] & 255).as(way).isIn(0, 255);
            }
        }
        // to the quantisation of 14 bits over 5.2 m
        Mesh ours = GlbReader.read(dir.resolve("coded0.glb"));
        assertThat(ours.triangleCount()).isEqualTo(mesh.path("indices").size() / 3);
        assertThat(ours.bounds().maxX()).isEqualTo(4, within(4e-4));
    }

    private static double[] turned(JsonNode list, int i) {
        double y = list.get(3 * i + 1).asDouble();
        double z = list.get(3 * i + 2).asDouble();
        return new double[] {list.get(3 * i).asDouble(), -z, y};
    }

    /** Bytes changed anywhere: a mesh or a sentence, and never more memory than the file is worth. */
    @Test
    void damagedContentIsTold() throws Exception {
        ObjectNode mesh = net(12);
        ArrayNode ways = mesh.putArray("ways");
        ways.addObject().put("sequential", false).put("speed", 3);
        ways.addObject().put("sequential", true).put("speed", 3);
        coded(mesh);
        Random random = new Random(3);
        int told = 0;
        for (boolean sequential : new boolean[] {false, true}) {
            byte[] good = Files.readAllBytes(dir.resolve(sequential ? "coded1.glb" : "coded0.glb"));
            int from = 0;
            while (good[from] != 'D' || good[from + 1] != 'R' || good[from + 2] != 'A') {
                from++;
            }
            for (int k = 0; k < 80; k++) {
                byte[] bad = good.clone();
                int at = from + random.nextInt(k < 30 ? 24 : good.length - from - 4);
                bad[at] = (byte) (k % 3 == 0 ? 255 : random.nextInt(256));
                Path file = Files.write(dir.resolve("bad.glb"), bad);
                try {
                    GlbReader.read(file);
                } catch (GrottoException e) {
                    assertThat(e.kind()).isIn(GrottoException.Kind.BAD_INPUT, GrottoException.Kind.UNSUPPORTED);
                    assertThat(e).hasMessageContaining("bad.glb");
                    told++;
                }
            }
            byte[] huge = good.clone();
            int number = from + (sequential ? 11 : 12);
            for (int i = 0; i < 4; i++) {
                huge[number + i] = (byte) 255;
            }
            huge[number + 4] = 7;
            Path file = Files.write(dir.resolve("huge.glb"), huge);
            assertThatThrownBy(() -> GlbReader.read(file))
                    .isInstanceOf(GrottoException.class)
                    .hasMessageContaining("announce");
        }
        assertThat(told).isGreaterThan(20);
    }
}
