package org.grotto.format.e57;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.Scan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the standard allows and our writer does not do, in files made by hand. */
class E57ReaderTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("made 手.e57");
    }

    private Map<String, double[]> read() {
        try (E57Reader r = E57Reader.open(file)) {
            return Columns.read(r.points(0), r.scans().get(0), 3);
        }
    }

    private Scan scan() {
        try (E57Reader r = E57Reader.open(file)) {
            return r.scans().get(0);
        }
    }

    @Test
    void valuesStraddlePacketsAndStreamsRunApart() {
        // 13 bits a value, cut into pieces of 1, 5, 2, 0 and the remaining bytes; x, y, z come late or all at once
        long[] raw = {8191, 0, 4095, 1, 2, 8000, 7777, 42};
        byte[] bits = Handmade.pack(13, raw);
        double[] x = {1, 2, 3, 4, 5, 6, 7, 8};
        byte[] xs = Handmade.doubles(x);
        byte[] none = {};
        try (Handmade h = new Handmade(file)) {
            h.begin()
                    .index()
                    .data(cut(xs, 0, 3), none, none, cut(bits, 0, 1))
                    .ignored(2000)
                    .data(cut(xs, 3, 21), none, xs, cut(bits, 1, 6))
                    .data(none, none, none, cut(bits, 6, 8))
                    .ignored(4)
                    .data(none, xs, none, none)
                    .data(cut(xs, 21, 64), none, none, cut(bits, 8, bits.length))
                    .index()
                    .end("", Handmade.XYZ + "<rowIndex type=\"Integer\" minimum=\"-5\" maximum=\"8186\"/>", 8);
        }
        Map<String, double[]> m = read();
        assertThat(m.get("x")).containsExactly(x);
        assertThat(m.get("y")).containsExactly(x);
        assertThat(m.get("z")).containsExactly(x);
        assertThat(m.get(Column.ROW))
                .containsExactly(Arrays.stream(raw).mapToDouble(v -> v - 5).toArray());
        assertThat(scan().columns().get(0).type()).isEqualTo(Column.Type.INT16);
        assertThat(scan().columns().get(0).max()).isEqualTo(8186);
    }

    private static byte[] cut(byte[] b, int from, int to) {
        return Arrays.copyOfRange(b, from, to);
    }

    private static final String SPHERICAL = "<sphericalRange type=\"Float\"/><sphericalAzimuth type=\"Float\"/>"
            + "<sphericalElevation type=\"Float\"/>";

    @Test
    void sphericalPositionsBecomeCartesian() {
        double q = Math.PI / 4;
        try (Handmade h = new Handmade(file)) {
            h.begin()
                    .data(
                            Handmade.doubles(2, 3, 4, 0, 9),
                            Handmade.doubles(0, Math.PI / 2, q, Math.PI, 0),
                            Handmade.doubles(0, 0, Math.PI / 2, 0, 0),
                            Handmade.pack(2, 0, 0, 0, 1, 2))
                    .end("", SPHERICAL + "<sphericalInvalidState type=\"Integer\" minimum=\"0\" maximum=\"2\"/>", 5);
        }
        Map<String, double[]> m = read();
        double tiny = 1e-15;
        double[][] expected = {{2, 0, 0}, {0, 3, 0}, {0, 0, 4}, {-1, 0, 0}, {9, 0, 0}};
        for (int i = 0; i < expected.length; i++) {
            assertThat(m.get("x")[i]).isCloseTo(expected[i][0], within(tiny));
            assertThat(m.get("y")[i]).isCloseTo(expected[i][1], within(tiny));
            assertThat(m.get("z")[i]).isCloseTo(expected[i][2], within(tiny));
        }
        assertThat(m.get(Column.INVALID)).containsExactly(0, 0, 0, 1, 2);
        assertThat(m).containsOnlyKeys("x", "y", "z", Column.INVALID);
        assertThat(scan().eye()).containsExactly(0, 0, 0);
        assertThat(scan().pose()).isNull();
        assertThat(scan().xyzType()).isEqualTo(Column.Type.DOUBLE);
    }

    @Test
    void whereBothAreGivenSphericalFieldsAreColumns() {
        byte[] one = Handmade.doubles(1.5);
        try (Handmade h = new Handmade(file)) {
            h.begin()
                    .data(one, Handmade.doubles(7), one, one, one, one)
                    .end(
                            "",
                            SPHERICAL
                                            .replace("sphericalRange", "cartesianX")
                                            .replace("sphericalAzimuth", "cartesianZ")
                                            .replace("sphericalElevation", "cartesianY")
                                    + SPHERICAL,
                            1);
        }
        Map<String, double[]> m = read();
        assertThat(m.keySet())
                .containsExactly("x", "y", "z", "sphericalRange", "sphericalAzimuth", "sphericalElevation");
        assertThat(m.get("z")).containsExactly(7); // the fields stand in the order x, z, y
        assertThat(scan().eye()).isNull();
    }

    @Test
    void onlyTheStandardsReturnIndexIsRaised() {
        byte[] xs = Handmade.doubles(1, 2);
        try (Handmade h = new Handmade(file)) {
            h.begin()
                    .data(xs, xs, xs, Handmade.pack(3, 0, 4))
                    .end("", Handmade.XYZ + "<returnIndex type=\"Integer\" minimum=\"0\" maximum=\"7\"/>", 2);
            h.begin()
                    .data(xs, xs, xs, Handmade.pack(3, 0, 4))
                    .end("", Handmade.XYZ + "<return type=\"Integer\" minimum=\"0\" maximum=\"7\"/>", 2);
        }
        try (E57Reader r = E57Reader.open(file)) {
            for (int k = 0; k < 2; k++) {
                Column c = r.scans().get(k).columns().getFirst();
                double[] v = Columns.read(r, k).get(Column.RETURN);
                assertThat(c.name()).isEqualTo(Column.RETURN);
                assertThat(v).as(k == 0 ? "the standard's" : "a stranger's").containsExactly(1 - k, 5 - k);
                assertThat(c.max()).isEqualTo(8 - k);
            }
        }
    }

    @Test
    void scaledMixedAndConstantFields() {
        try (Handmade h = new Handmade(file)) {
            h.begin()
                    .data(Handmade.pack(3, 0, 7), Handmade.pack(64, 0, -1), new byte[0], Handmade.doubles(4, 5))
                    .end(
                            "",
                            "<cartesianX type=\"ScaledInteger\" minimum=\"-4\" maximum=\"3\" scale=\"0.5\""
                                    + " offset=\"100\"/><cartesianY type=\"Integer\"/><cartesianZ type=\"Integer\""
                                    + " minimum=\"12\" maximum=\"12\"/><timeStamp type=\"Float\">0</timeStamp>",
                            2);
        }
        Map<String, double[]> m = read();
        assertThat(m.get("x")).containsExactly(98, 101.5);
        assertThat(m.get("y")).containsExactly(-0x1p63, 0x1p63);
        assertThat(m.get("z")).containsExactly(12, 12);
        assertThat(m.get(Column.TIME)).containsExactly(4, 5);
        assertThat(scan().xyzType()).isEqualTo(Column.Type.DOUBLE);
    }

    @Test
    void namesNestingTextAndUndeclaredPrefixes() throws Exception {
        byte[] d = Handmade.doubles(3);
        byte[] text = {6, 'a', 'b', 'c'};
        try (Handmade h = new Handmade(file)) {
            h.root += " xmlns:n2=\"http://www.libe57.org/E57_EXT_surface_normals.txt\" xmlns:e=\"urn:e\"";
            h.begin()
                    .data(d, d, d, text, d, d, d, d, d)
                    .end(
                            "<e:mark type=\"Blob\" fileOffset=\"4\" length=\"99\"/>",
                            Handmade.XYZ + "<note type=\"String\"/><odd type=\"Structure\"><a type=\"Float\"/>"
                                    + "</odd><zz:b type=\"Float\"/><n2:normalX type=\"Float\"/><e:c type=\"Float\"/>"
                                    + "<zz:b type=\"Float\"/>",
                            1);
            h.extra = "<images2D type=\"Vector\"><vectorChild type=\"Structure\"><pinholeRepresentation"
                    + " type=\"Structure\"/></vectorChild><vectorChild type=\"Structure\"/></images2D>"
                    + "<x:more type=\"Structure\"><x:deep type=\"Integer\">7</x:deep></x:more>";
        }
        assertThat(read().keySet()).containsExactly("x", "y", "z", "odd/a", "zz:b", "nx", "e:c", "zz:b#2");
        assertThat(scan().columns().get(3).note()).isEqualTo("E57 extension urn:e");
        assertThat(scan().name()).isEqualTo("made 手");
        try (E57Reader r = E57Reader.open(file)) {
            assertThat(String.join("\n", r.notKept()))
                    .contains("the text field note")
                    .contains("e:mark, 99 bytes")
                    .contains("picture 1: its pinholeRepresentation, whose bytes are not in the file");
            assertThat(r.metadata()).containsEntry("x:more/x:deep", "7").containsEntry("xmlns:e", "urn:e");
        }
        Path again = folder.resolve("again.e57");
        Columns.copy(file, again, E57WriteOptions.DEFAULTS);
        try (E57Reader r = E57Reader.open(again)) {
            assertThat(Columns.read(r, 0).keySet()).isEqualTo(read().keySet());
        }
    }

    @Test
    void headersWithEverythingOrNothing() {
        String full = "<guid type=\"String\"><![CDATA[{G}]]></guid><name type=\"String\">Höhle <![CDATA[<石>]]></name>"
                + "<pose type=\"Structure\"><translation type=\"Structure\"><x type=\"Float\">1</x><y type=\"Float\"/>"
                + "<z type=\"Integer\">-3</z></translation></pose><sensorVendor type=\"String\">V</sensorVendor>"
                + "<temperature type=\"Float\">1.25e+001</temperature><acquisitionStart type=\"Structure\">"
                + "<dateTimeValue type=\"Float\">1.3e9</dateTimeValue></acquisitionStart>"
                + "<cartesianBounds type=\"Structure\"><xMinimum type=\"Float\">-1</xMinimum><xMaximum type=\"Float\">1"
                + "</xMaximum><yMinimum type=\"Float\">-2</yMinimum><yMaximum type=\"Float\">2</yMaximum><zMinimum"
                + " type=\"Float\">-3</zMinimum><zMaximum type=\"Float\">3</zMaximum></cartesianBounds>"
                + "<intensityLimits type=\"Structure\"><intensityMinimum type=\"ScaledInteger\" scale=\"0.1\">-20"
                + "</intensityMinimum><intensityMaximum type=\"Float\">8</intensityMaximum></intensityLimits>";
        byte[] d = Handmade.doubles(3);
        try (Handmade h = new Handmade(file)) {
            h.begin().data(d, d, d, d).end(full, Handmade.XYZ + "<intensity type=\"Float\"/>", 1);
            h.begin().end("", Handmade.XYZ, 0);
            h.extra = "";
        }
        try (E57Reader r = E57Reader.open(file)) {
            Scan s = r.scans().get(0);
            assertThat(s.name()).isEqualTo("Höhle <石>");
            assertThat(s.guid()).isEqualTo("{G}");
            assertThat(s.pose()).isEqualTo(new org.grotto.geometry.Pose(1, 0, 0, 0, 1, 0, -3));
            assertThat(s.eye()).containsExactly(0, 0, 0);
            assertThat(s.bounds()).isEqualTo(new org.grotto.geometry.Box(-1, -2, -3, 1, 2, 3));
            assertThat(s.columns().get(0).min()).isEqualTo(-2);
            assertThat(s.columns().get(0).max()).isEqualTo(8);
            assertThat(s.metadata())
                    .containsEntry("sensorVendor", "V")
                    .containsEntry("temperature", "1.25e+001")
                    .containsEntry("acquisitionStart", "2021-03-17T07:06:22Z");
            Scan none = r.scans().get(1);
            assertThat(none.name()).isEqualTo("made 手 2");
            assertThat(none.pose()).isNull();
            assertThat(none.bounds()).isNull();
            assertThat(none.count()).isZero();
            assertThat(Columns.read(r, 1).get("x")).isEmpty();
            assertThat(r.format()).isEqualTo("E57 1.0");
        }
    }

    @Test
    void gpsTimeRunsAheadOfUtcByTheLeapSeconds() {
        // 2017-01-01T00:00:00Z, where the offset became 18, and its two neighbours
        assertThat(E57Time.utc(1167264018)).isEqualTo("2017-01-01T00:00:00Z");
        assertThat(E57Time.utc(1167264016)).isEqualTo("2016-12-31T23:59:59Z");
        assertThat(E57Time.utc(0)).isEqualTo("1980-01-06T00:00:00Z");
        for (double t : new double[] {0, 1e8, 987369380.8125, 1167264018, 1.4e9}) {
            assertThat(E57Time.gps(E57Time.utc(t))).isCloseTo(t, within(5e-4));
        }
        assertThat(E57Time.utc(Double.NaN)).isEmpty();
        assertThat(E57Time.gps("yesterday")).isNaN();
    }

    /** A file with a hole of five gigabytes before its points. */
    @Test
    void offsetsBeyondFourGigabytes() throws Exception {
        long hole = 5L << 30;
        double[] x = IntStream.range(0, 300).asDoubleStream().toArray();
        byte[] d = Handmade.doubles(x);
        try (Handmade h = new Handmade(file)) {
            h.raw(new byte[E57Pages.PAYLOAD - E57Header.BYTES]).begin().data(d, d, d);
            h.scan("", h.points(Handmade.XYZ, 300).replace("\"1024\"", "\"" + (1024 + hole) + "\""));
        }
        byte[] b = Files.readAllBytes(file);
        ByteBuffer bytes = ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(16, bytes.getLong(16) + hole).putLong(24, bytes.getLong(24) + hole);
        bytes.put(1024, (byte) 1).putLong(1024 + 8, 32 + 12 + 3 * 2400).putLong(1024 + 16, 1024 + 32 + hole);
        Handmade.seal(b);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(1024);
            channel.write(ByteBuffer.wrap(b, 0, 1024), 0);
            channel.write(ByteBuffer.wrap(b, 1024, b.length - 1024), 1024 + hole);
        }
        assertThat(read().get("z")).containsExactly(x);
        try (RandomAccessFile f = new RandomAccessFile(file.toFile(), "rw")) {
            f.seek(1024 + 3000 + hole);
            f.write(99);
        }
        refused("at byte " + (3 * 1024 + hole) + ": the page");
    }

    @Test
    void manyScansCostLittleMemoryEach() {
        try (Handmade h = new Handmade(file)) {
            for (int i = 0; i < 3000; i++) {
                h.begin()
                        .data(Handmade.doubles(i), Handmade.doubles(0), Handmade.doubles(0))
                        .end("", Handmade.XYZ, 1);
            }
        }
        try (E57Reader r = E57Reader.open(file)) {
            assertThat(r.scans()).hasSize(3000);
            assertThat(Columns.read(r, 2999).get("x")).containsExactly(2999);
        }
    }

    @Test
    void bytesBehindTheStatedEndAreNoFault() throws Exception {
        try (Handmade h = new Handmade(file)) {
            h.begin()
                    .data(Handmade.doubles(1), Handmade.doubles(2), Handmade.doubles(3))
                    .end("", Handmade.XYZ, 1);
        }
        byte[] b = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(b, b.length + 700));
        assertThat(read().get("x")).containsExactly(1);
    }

    // ---- what must be refused, each in one sentence ----

    private void refused(String sentence) {
        assertThatThrownBy(() -> {
                    try (E57Reader r = E57Reader.open(file)) {
                        Columns.read(r, 0);
                    }
                })
                .isInstanceOf(GrottoException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(sentence);
    }

    private void good() {
        try (Handmade h = new Handmade(file)) {
            byte[] d = Handmade.doubles(new double[200]);
            h.begin().data(d, d, d).data(d, d, d).end("", Handmade.XYZ, 400);
        }
    }

    @Test
    void aDamagedPageIsToldWithItsPlace() throws Exception {
        good();
        byte[] b = Files.readAllBytes(file);
        b[5 * 1024 + 99] ^= 1;
        Files.write(file, b);
        refused("at byte 5120: the page of 1,024 bytes that starts here is damaged");
        b[5 * 1024 + 99] ^= 1;
        b[10] ^= 1;
        Files.write(file, b);
        refused("at byte 0: the page");
    }

    @Test
    void aDamagedPageHidesNothingButItself() throws Exception {
        byte[] d = Handmade.doubles(new double[200]);
        try (Handmade h = new Handmade(file)) {
            h.begin().data(d, d, d).end("", Handmade.XYZ, 200);
            h.begin().data(d, d, d).end("", Handmade.XYZ, 200);
        }
        byte[] b = Files.readAllBytes(file);
        b[2 * 1024] ^= 1;
        Files.write(file, b);
        refused("at byte 2048: the page");
        try (E57Reader r = E57Reader.open(file)) {
            assertThat(Columns.read(r, 1).get("x")).hasSize(200);
        }
    }

    @Test
    void headersThatLie() throws Exception {
        good();
        byte[] b = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(b, b.length - 1));
        refused("is truncated: the header states " + b.length + " bytes");
        Files.write(file, Arrays.copyOf(b, 47));
        refused("a header of 48 bytes, but this one has 47");
        Files.write(file, new byte[0]);
        refused("is empty (0 bytes)");
        Files.write(file, "<?xml version".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        refused("it is the XML part");
        Files.write(file, b);
        Handmade.patch(file, 8, (byte) 2);
        refused("is E57 version 2.0");
        Handmade.patch(file, 8, (byte) 1);
        Handmade.patch(file, 40, (byte) 1);
        refused("pages of 1025 bytes");
        Handmade.patch(file, 40, (byte) 0);
        Handmade.patch(file, 31, (byte) 0x80);
        refused("the XML section starts at byte 922337");
        Handmade.patch(file, 31, (byte) 0);
        Handmade.patch(file, 36, (byte) 1);
        refused("an XML section of 4294");
        Files.delete(file);
        refused("no such file");
    }

    @Test
    void sectionsAndPacketsThatLie() throws Exception {
        good();
        byte[] whole = Files.readAllBytes(file);
        // the section's header stands at byte 48, its first packet at 80, with its length at 82 and stream lengths at
        // 86
        patched(whole, 48, 7, "starts with 7 instead of 1");
        patched(whole, 61, 1, "states a length of");
        patched(whole, 57, 0, "few for the 400 points");
        patched(whole, 64, 10, "outside of itself");
        patched(whole, 80, 3, "has the unknown type 3");
        patched(whole, 83, 0xff, "bytes long, but its section ends after");
        patched(whole, 84, 4, "has 4 bytestreams, but the points have 3 fields");
        patched(whole, 87, 0x7f, "holds bytestreams of");
        patched(whole, 80, 2, "the points end here, but at least");
    }

    private void patched(byte[] whole, int at, int with, String sentence) throws Exception {
        Files.write(file, whole);
        Handmade.patch(file, at, (byte) with);
        refused(sentence);
    }

    @Test
    void prototypesThatLie() {
        refusedScan(
                Handmade.XYZ, 9_000_000_000_000_000_000L, "it claims 9000000000000000000 points of at least 192 bits");
        refusedScan(Handmade.XYZ, -1, "it claims -1 points");
        refusedScan("", 3, "its prototype is empty");
        refusedScan("<cartesianX type=\"Float\"/>", 1, "have no position");
        refusedScan(
                Handmade.XYZ.replace("Float", "Integer\" minimum=\"4\" maximum=\"4"), 1L << 60, "of at least 0 bits");
        refusedScan(Handmade.XYZ.replace("Float", "Integer\" minimum=\"5\" maximum=\"4"), 1, "above its maximum");
        refusedScan(Handmade.XYZ.replace("Float", "Integer\" minimum=\"x"), 1, "no whole number");
        refusedScan(Handmade.XYZ.replace("Float", "ScaledInteger\" scale=\"0"), 1, "has the scale '0'");
        refusedScan(Handmade.XYZ.replace("Float", "Float\" precision=\"half"), 1, "has the precision 'half'");
        refusedScan(Handmade.XYZ.replace("Float", "Blob"), 1, "has the type 'Blob'");
        refusedScan("<a type=\"Float\"/>".repeat(1001), 1, "more than 1000 fields");
        try (Handmade h = new Handmade(file)) {
            h.scan("", "<points type=\"CompressedVector\" recordCount=\"1\" fileOffset=\"3\"/>");
        }
        refused("it has no prototype");
        try (Handmade h = new Handmade(file)) {
            h.scan("", "");
        }
        refused("it has no points element");
        try (Handmade h = new Handmade(file)) {
            h.scan("", h.points(Handmade.XYZ, 1).replace("fileOffset=\"0\"", "fileOffset=\"1022\""));
        }
        refused("its points should stand at byte 1022");
        try (Handmade h = new Handmade(file)) {
            h.begin()
                    .end(
                            "<pose type=\"Structure\"><rotation type=\"Structure\"><w type=\"Float\">nan</w>"
                                    + "</rotation></pose>",
                            Handmade.XYZ,
                            0);
        }
        refused("not a pose");
        try (Handmade h = new Handmade(file)) {
            h.scan(
                    "",
                    h.points(Handmade.XYZ, 0)
                            .replace(
                                    "</points>",
                                    "<codecs type=\"Vector\"><vectorChild"
                                            + " type=\"Structure\"><x:zip type=\"Structure\"/></vectorChild></codecs></points>"));
        }
        refused("coded with 'x:zip'");
    }

    private void refusedScan(String prototype, long count, String sentence) {
        try (Handmade h = new Handmade(file)) {
            h.begin()
                    .data(Handmade.doubles(1), Handmade.doubles(2), Handmade.doubles(3))
                    .end("", prototype, count);
        }
        refused(sentence);
    }

    @Test
    void xmlThatAttacks() {
        refusedXml("<e57Root type=\"Structure\"><a>", "cannot be read");
        refusedXml("<a/>", "root element is <a>");
        refusedXml("<e57Root>" + "<a>".repeat(70) + "</a>".repeat(70) + "</e57Root>", "nests them deeper than 64");
        refusedXml("<!DOCTYPE e57Root [<!ENTITY a \"b\">]><e57Root>&a;</e57Root>", "document type or an entity");
        refusedXml("<!DOCTYPE e57Root SYSTEM \"file:///etc/passwd\"><e57Root/>", "document type or an entity");
        refusedXml("<e57Root>&a;</e57Root>", "cannot be read");
        refusedXml("<e57Root>\u0001</e57Root>", "cannot be read");
        refusedXml("", "an XML section of 0 bytes");
    }

    private void refusedXml(String xml, String sentence) {
        new Handmade(file).finish(xml);
        refused(sentence);
    }

    @Test
    void bytesThatAreNotUtf8DoNotHideTheScan() throws Exception {
        try (Handmade h = new Handmade(file)) {
            h.begin()
                    .data(Handmade.doubles(1), Handmade.doubles(2), Handmade.doubles(3))
                    .end("<name type=\"String\">AB</name>", Handmade.XYZ, 1);
        }
        String text = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        Handmade.patch(file, text.indexOf(">AB<") + 1, (byte) 0xb1, (byte) 0xb1); // a Chinese name in GBK
        assertThat(scan().name()).contains("\ufffd");
        assertThat(read().get("z")).containsExactly(3);
        try (E57Reader r = E57Reader.open(file)) {
            assertThat(r.notKept()).hasSize(1).allMatch(s -> s.contains("not UTF-8"));
        }
    }

    @Test
    void anEmptyFileHasNoScans() {
        for (String xml : List.of("<e57Root/>", "\ufeff<e57Root><data3D type=\"Vector\"/></e57Root>\n\n")) {
            new Handmade(file).finish(xml);
            try (E57Reader r = E57Reader.open(file)) {
                assertThat(r.scans()).isEmpty();
                assertThat(r.notKept()).isEmpty();
            }
        }
    }
}
