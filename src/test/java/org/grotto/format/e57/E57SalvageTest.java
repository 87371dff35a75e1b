package org.grotto.format.e57;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader.PointCursor;
import org.grotto.format.Scan;
import org.grotto.geometry.Pose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Poses that are none, returns at the scanner, damaged pages: said, and what stands beside the damage is exact. */
class E57SalvageTest {
    private static final int N = 20_000;

    @TempDir
    Path folder;

    private record Read(List<double[]> points, Pose pose, List<String> understood, List<String> notKept) {}

    private static Read read(Path file, boolean keepGoing) {
        try (E57Reader r = E57Reader.open(file, keepGoing)) {
            List<double[]> points = new ArrayList<>();
            Scan s = r.scans().getFirst();
            PointBatch b = new PointBatch(s.columns(), 777);
            int row = b.indexOf(Column.ROW);
            try (PointCursor c = r.points(0)) {
                while (c.next(b)) {
                    for (int i = 0; i < b.size; i++) {
                        points.add(new double[] {b.x[i], b.y[i], b.z[i], row < 0 ? points.size() : b.columns[row][i]});
                    }
                }
            }
            Pose p = s.pose();
            return new Read(points, p == null ? Pose.IDENTITY : p, r.understood(), r.notKept());
        }
    }

    /** A scan whose row says which point each is: x = 1 + row / 8, y = row mod 97, z = 2. */
    private byte[] seed(E57WriteOptions.Coordinates as) throws Exception {
        Path f = folder.resolve("seed.e57");
        Column[] columns = {
            Column.of(Column.ROW, Column.Type.INT32, 0, N), Column.of(Column.RED, Column.Type.UINT8, 0, 255)
        };
        Scan s = new Scan(
                "s",
                null,
                Pose.IDENTITY,
                null,
                N,
                List.of(columns),
                new org.grotto.geometry.Box(0, 0, 0, 1 + N / 8.0, 97, 2),
                Column.Type.DOUBLE,
                null,
                null,
                Map.of());
        try (E57Writer w = new E57Writer(f, new E57WriteOptions(as, 0.125, false, "", "", ""))) {
            w.begin(s);
            PointBatch b = new PointBatch(s.columns(), N);
            for (int i = 0; i < N; i++) {
                b.x[i] = 1 + i / 8.0;
                b.y[i] = i % 97;
                b.z[i] = 2;
                b.columns[0][i] = i;
                b.columns[1][i] = i % 256;
            }
            b.size = N;
            w.write(b);
            w.end();
        }
        return Files.readAllBytes(f);
    }

    @Test
    void aQuaternionOfZerosIsNoRotation() {
        Read r = read(Need.data("../cases/files/e57-pose-quaternion-zero.e57"), false);
        assertThat(r.pose).isEqualTo(new Pose(1, 0, 0, 0, 1, 2, 3));
        assertThat(r.understood).singleElement().asString().contains("not turned", "0 0 0 0");
        assertThat(r.points).hasSize(453);
    }

    @ParameterizedTest
    @CsvSource({"2, 0, 0, 2, true", "0.7071, 0, 0, 0.7071, false", "0.71, 0, 0, 0.71, true"})
    void aQuaternionThatIsNoUnitIsToldFromAThousandthOn(double w, double x, double y, double z, boolean told)
            throws Exception {
        Path f = folder.resolve("q.e57");
        byte[] d = Handmade.doubles(1, 2, 3);
        try (Handmade h = new Handmade(f)) {
            h.begin().data(d, d, d).end(pose(w, x, y, z), Handmade.XYZ, 3);
        }
        Read r = read(f, false);
        assertThat(r.pose.qw()).isCloseTo(Math.sqrt(0.5), within(1e-12));
        assertThat(r.understood).hasSize(told ? 1 : 0);
    }

    private static String pose(double w, double x, double y, double z) {
        return "<pose type=\"Structure\"><rotation type=\"Structure\"><w type=\"Float\">" + w + "</w><x type=\"Float\">"
                + x + "</x><y type=\"Float\">" + y + "</y><z type=\"Float\">" + z + "</z></rotation></pose>";
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void returnsAtTheScannerAreNoPointsOfAScanWithAPose(boolean posed) throws Exception {
        Path f = folder.resolve("zero.e57");
        byte[] x = Handmade.doubles(0, 1, 0, 0);
        byte[] y = Handmade.doubles(0, 0, 0, 5);
        byte[] z = Handmade.doubles(0, 0, 0, 0);
        try (Handmade h = new Handmade(f)) {
            h.begin().data(x, y, z).end(posed ? pose(1, 0, 0, 0) : "", Handmade.XYZ, 4);
        }
        Read r = read(f, false);
        assertThat(r.points).hasSize(posed ? 2 : 4);
        assertThat(r.understood).hasSize(posed ? 1 : 0);
        if (posed) {
            assertThat(r.points.get(1)).containsExactly(0, 5, 0, 1);
            assertThat(r.understood.getFirst()).startsWith("2 returns at the scanner itself");
        }
    }

    @Test
    void aRangeOfZeroIsNoPointButAMarkedOneStays() throws Exception {
        Path f = folder.resolve("range.e57");
        byte[] range = Handmade.doubles(0, 1, 0);
        byte[] angle = Handmade.doubles(0.5, 0.5, 0.5);
        try (Handmade h = new Handmade(f)) {
            h.begin()
                    .data(range, angle, angle, new byte[] {0, 0, 2})
                    .end(
                            "",
                            "<sphericalRange type=\"Float\"/><sphericalAzimuth type=\"Float\"/>"
                                    + "<sphericalElevation type=\"Float\"/><sphericalInvalidState type=\"Integer\""
                                    + " minimum=\"0\" maximum=\"255\"/>",
                            3);
        }
        Read r = read(f, false);
        assertThat(r.points).hasSize(2);
        assertThat(r.understood)
                .containsExactly(
                        "1 return at the scanner itself (range 0, not marked as invalid), which are no points: left out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DOUBLE", "FLOAT", "SCALED"})
    void whatStandsBesideDamagedPagesIsExact(String as) throws Exception {
        byte[] good = seed(E57WriteOptions.Coordinates.valueOf(as));
        Path f = folder.resolve("damaged.e57");
        SplittableRandom random = new SplittableRandom(3);
        long xml = java.nio.ByteBuffer.wrap(good)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .getLong(24);
        for (int round = 0; round < 12; round++) {
            byte[] b = good.clone();
            int pages = 1 + random.nextInt(3);
            for (int k = 0; k < pages; k++) {
                int page = random.nextInt((int) (xml / 1024)); // the first one among them
                int at = page * 1024 + (page == 0 ? 200 : random.nextInt(1000));
                for (int i = 0; i < (round % 2 == 0 ? 1 : 24); i++) {
                    b[at + i] ^= 0x5A;
                }
            }
            Files.write(f, b);
            Read r = read(f, true);
            assertThat(r.points).hasSizeBetween(N / 2, N - 1);
            for (double[] p : r.points) {
                int i = (int) p[3];
                assertThat(p[0]).isEqualTo(1 + i / 8.0);
                assertThat(p[1]).isEqualTo(i % 97);
                assertThat(p[2]).isEqualTo(2);
            }
            assertThat(r.notKept).contains((N - r.points.size()) + " points on damaged pages");
            assertThatThrownBy(() -> read(f, false))
                    .isInstanceOf(GrottoException.class)
                    .hasMessageContaining("is damaged")
                    .hasMessageContaining("pages")
                    .hasMessageEndingWith("or --keep-going would give " + r.points.size() + " points.");
        }
    }

    @Test
    void packetsThatCannotBeFollowedEndTheScanAndGiveNoWrongPoint() throws Exception {
        byte[] b = seed(E57WriteOptions.Coordinates.DOUBLE);
        Path f = folder.resolve("packet.e57");
        int first = 48 + 32;
        int length = 1 + (b[first + 2] & 255 | (b[first + 3] & 255) << 8);
        int second = (int) E57Pages.physical(E57Pages.logical(first) + length);
        for (int i = 0; i < 8; i++) {
            b[second + i] = (byte) 0xEE;
        }
        Files.write(f, b);
        Read r = read(f, true);
        assertThat(r.points).isNotEmpty().hasSizeLessThan(N / 2);
        for (int i = 0; i < r.points.size(); i++) {
            assertThat(r.points.get(i)[3]).isEqualTo(i);
        }
    }
}
