package org.grotto.format.ply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.Points;
import org.grotto.format.Scan;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Pose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlyTest {
    @TempDir
    Path dir;

    private Path file(String name, byte[]... parts) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] p : parts) {
            out.write(p);
        }
        return Files.write(dir.resolve(name), out.toByteArray());
    }

    private static byte[] text(String s) {
        return s.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void stripsOfTrianglesTurnEveryOtherOneAndEndAtMinusOne() throws Exception {
        Path f = file(
                "strips.ply",
                text("ply\nformat ascii 1.0\nelement vertex 7\nproperty float x\nproperty float y\nproperty float z\n"
                        + "element tristrips 1\nproperty list int int vertex_indices\nend_header\n"
                        + "0 0 0\n0 1 0\n1 0 0\n1 1 0\n2 0 0\n5 5 5\n9 9 9\n"
                        // a zigzag of three; then one that a doubled corner leads on to; 6 is used by none
                        + "12 0 1 2 3 4 -1 2 2 3 5 -1 4\n"));
        PlyMeshReader reader = PlyMeshReader.open(f);
        Mesh m = reader.read();
        assertThat(m.triangles).containsExactly(0, 1, 2, 2, 1, 3, 2, 3, 4, 3, 2, 5);
        for (int t = 0; t < 9; t += 3) {
            // of the flat zigzag all face down
            int a = 3 * m.triangles[t];
            int b = 3 * m.triangles[t + 1];
            int c = 3 * m.triangles[t + 2];
            float z = (m.xyz[b] - m.xyz[a]) * (m.xyz[c + 1] - m.xyz[a + 1])
                    - (m.xyz[b + 1] - m.xyz[a + 1]) * (m.xyz[c] - m.xyz[a]);
            assertThat(z).isNegative();
        }
        assertThat(reader.notKept()).containsExactly("1 vertices that no face uses");
        Files.writeString(f, Files.readString(f).replace("-1 4", "-1 7"));
        assertThatThrownBy(() -> PlyMesh.read(f)).hasMessageContaining("uses vertex 7, but there are 7");
    }

    @Test
    void oneListOfStripsHoldsAWholeMesh() throws Exception {
        int n = 1_500_000;
        ByteBuffer b = ByteBuffer.allocate(36 + 4 + 4 * n).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 9; i++) {
            b.putFloat(i == 3 || i == 7 ? 1 : 0);
        }
        b.putInt(n);
        for (int i = 0; i < n; i++) {
            b.putInt(i % 4 == 3 ? -1 : i % 4);
        }
        String head = "ply\nformat binary_little_endian 1.0\nelement vertex 3\nproperty float x\nproperty float y\n"
                + "property float z\nelement tristrips 1\nproperty list int int vertex_indices\nend_header\n";
        assertThat(PlyMesh.read(file("long.ply", text(head), b.array())).triangles)
                .hasSize(3 * n / 4);
        b.putInt(36, 2_000_000_000);
        Path absurd = file("absurd.ply", text(head), b.array());
        assertThatThrownBy(() -> PlyMesh.read(absurd)).hasMessageContaining("a list of 2000000000 values");
    }

    @ParameterizedTest
    @ValueSource(strings = {"binary_little_endian", "binary_big_endian"})
    void oddScalarTypesInBothByteOrders(String order) throws Exception {
        ByteBuffer b = ByteBuffer.allocate(200)
                .order(order.contains("little") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        for (int i = 0; i < 3; i++) {
            b.put((byte) (200 + i))
                    .putShort((short) -i)
                    .putInt(-7)
                    .putInt(-1)
                    .putDouble(1.5 + i)
                    .putChar((char) 65000);
        }
        Path f = file(
                "面.ply",
                text("ply\r\nformat " + order + " 1.0\r\ncomment 测试\r\nelement junk 2\r\nproperty uchar a\r\n"
                        + "element vertex 3\r\nproperty uint8 x\r\nproperty int16 y\r\nproperty int z\r\n"
                        + "property uint32 w\r\nproperty float64 v\r\nproperty ushort red\r\nend_header\r\n"),
                new byte[] {1, 2},
                java.util.Arrays.copyOf(b.array(), b.position()));
        PlyReader r = PlyReader.open(f);
        assertThat(r.scans().getFirst().columns()).extracting(Column::name).containsExactly("w", "v", "red");
        assertThat(Points.all(r, 0).get(2)).containsExactly(202, -2, -7, 4294967295.0, 3.5, 65000);
        assertThat(r.notKept()).containsExactly("2 of element \"junk\"");
    }

    /** As Blender 2.47 wrote its; behind an element, or near a word of PLY, such a line would hide a column. */
    @Test
    void aCommentWithoutItsWordIsOneBeforeTheFirstElement() throws Exception {
        String created = "Created by Blender3D 247, source file: a.blend\n";
        String element = "element vertex 1\n";
        String rest = "property float x\nproperty float y\nproperty float z\nend_header\n1 2 3\n";
        Path good = file("good.ply", text("ply\nformat ascii 1.0\n" + created + element + rest));
        assertThat(Points.all(PlyReader.open(good), 0).get(0)).startsWith(1, 2, 3);
        for (String bad : List.of(element + created, "Element vertex 1\n" + element, "propery float w\n" + element)) {
            Path f = file("bad.ply", text("ply\nformat ascii 1.0\n" + bad + rest));
            assertThatThrownBy(() -> PlyReader.open(f)).hasMessageContaining("is not PLY");
        }
    }

    @Test
    void asciiNumbersAreExact() throws Exception {
        Path f = file(
                "a.ply",
                text(
                        "ply \nformat ascii 1.0\nelement vertex 2\nproperty double x\nproperty double y\nproperty double z\n"
                                + "end_header\n1.23457 12345.67890 1234567890.12345\n-1e-3 .5 1E2\n"));
        List<double[]> p = Points.all(PlyReader.open(f), 0);
        assertThat(p.get(0)).containsExactly(1.23457, 12345.67890, 1234567890.12345);
        assertThat(p.get(1)).containsExactly(-1e-3, .5, 100);
    }

    @Test
    void absurdCountsAreRefusedBeforeAnythingIsAllocated() throws Exception {
        Path f = file(
                "many.ply",
                text("ply\nformat binary_little_endian 1.0\nelement vertex 4000000000\nproperty float x\n"
                        + "property float y\nproperty float z\nend_header\n0123456789ab"));
        assertThatThrownBy(() -> PlyReader.open(f))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("48000000000 bytes")
                .hasMessageContaining("truncated");
    }

    @Test
    void aBrokenLineIsNamed() throws Exception {
        Path f = file(
                "b.ply",
                text(
                        "ply\nformat ascii 1.0\nelement vertex 2\nproperty double x\nproperty double y\nproperty double z\n"
                                + "end_header\n1 2 3\n4 five 6\n"));
        PlyReader r = PlyReader.open(f);
        assertThatThrownBy(() -> Points.all(r, 0))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("line 9")
                .hasMessageContaining("\"five\"");
    }

    @Test
    void meshesComeBackAsTheyWent() throws Exception {
        float[] xyz = {0, 0, 0, 1, 0, 0, 1, 1, 0.5f, 0, 1, 0.25f};
        byte[] rgb = {1, 2, 3, 4, 5, 6, 7, 8, 9, -1, -2, -3};
        Mesh m = new Mesh(
                500_000, 4_000_000, 100, xyz, null, rgb, new byte[] {0, -1, 3, 0}, new int[] {0, 1, 2, 0, 2, 3});
        Path f = dir.resolve("m.ply");
        PlyMesh.write(m, f);
        Mesh r = PlyMesh.read(f);
        assertThat(r.triangles).containsExactly(m.triangles);
        assertThat(r.rgb()).containsExactly(m.rgb());
        assertThat(r.evidence()).containsExactly(m.evidence());
        for (int i = 0; i < 4; i++) {
            assertThat(r.originX + r.xyz[3 * i]).isEqualTo(m.originX + m.xyz[3 * i]);
            assertThat(r.originZ + r.xyz[3 * i + 2]).isEqualTo(m.originZ + m.xyz[3 * i + 2]);
        }
    }

    @Test
    void facesThatPointNowhereAreRefused() throws Exception {
        Path f = file(
                "face.ply",
                text(
                        "ply\nformat ascii 1.0\nelement vertex 3\nproperty float x\nproperty float y\nproperty float z\n"
                                + "element face 1\nproperty list uchar int vertex_indices\nend_header\n0 0 0\n1 0 0\n0 1 0\n3 0 1 9\n"));
        assertThatThrownBy(() -> PlyMesh.read(f))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("vertex 9");
    }

    @Test
    void pointsOfTwoStationsAreJoinedInTheCommonFrame() throws Exception {
        Path f = dir.resolve("two.ply");
        List<Column> columns = List.of(
                Column.of(Column.NX, Column.Type.FLOAT),
                Column.of(Column.NY, Column.Type.FLOAT),
                Column.of(Column.NZ, Column.Type.FLOAT));
        double h = Math.sqrt(0.5);
        Scan a = scan("a", new Pose(h, 0, 0, h, 10, 0, 0), columns); // a quarter turn about z
        Scan b = scan("b", null, columns);
        try (PlyWriter w = new PlyWriter(f, List.of(a, b))) {
            for (Scan s : List.of(a, b)) {
                PointBatch batch = new PointBatch(columns, 4);
                batch.x[0] = 1;
                batch.columns[0][0] = 1;
                batch.size = 1;
                w.begin(s);
                w.write(batch);
                w.end();
            }
            assertThat(w.lost()).hasSize(1).first().asString().contains("pose of scan \"a\"");
        }
        List<double[]> p = Points.all(PlyReader.open(f), 0);
        assertThat(p.get(0)).usingComparatorWithPrecision(1e-6).containsExactly(10, 1, 0, 0, 1, 0, 0);
        assertThat(p.get(1)).containsExactly(1, 0, 0, 1, 0, 0, 1);
    }

    private static Scan scan(String name, org.grotto.geometry.Pose pose, List<Column> columns) {
        return new Scan(name, null, pose, null, 1, columns, null, Column.Type.DOUBLE, null, null, Map.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pdal-bsd/ply/simple_binary.ply=3",
                "pdal-bsd/ply/simple_text.ply=3",
                "espacio-escultorico-mit/espacio_escultorico_crop.ply=147719",
                "opencv-apache/parasaurolophus_6700.ply=6700"
            })
    void realFilesGiveAllTheirPoints(String fileAndCount) {
        String[] s = fileAndCount.split("=");
        assertThat(Points.all(PlyReader.open(Need.data(s[0])), 0)).hasSize(Integer.parseInt(s[1]));
    }
}
