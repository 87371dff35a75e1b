package org.grotto.format.e57;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.grotto.Need;
import org.grotto.base.Work;
import org.grotto.format.Finding;
import org.grotto.format.Scan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sound file has no fault, and each edit of its bytes is found as the break of just the rule that it breaks. */
class E57CheckTest {
    @TempDir
    Path dir;

    private static List<Finding> check(Path file) {
        try (Work work = Work.silent()) {
            return new E57Format().check(file, work);
        }
    }

    private static List<Finding> faults(Path file) {
        return check(file).stream().filter(Finding::fault).toList();
    }

    private Path sound() throws IOException {
        Path file = dir.resolve("sound.e57");
        Map<String, double[]> values = new HashMap<>();
        Scan scan = Samples.everyType(values, 60);
        try (E57Writer w = new E57Writer(file, E57WriteOptions.DEFAULTS)) {
            Columns.write(w, scan, values, 60);
        }
        return file;
    }

    @Test
    void filesOfOurOwnWriterAreSound() throws IOException {
        assertThat(faults(sound())).isEmpty();
        for (byte[] seed : E57HostileTest.seeds()) {
            String xml = new String(seed, StandardCharsets.ISO_8859_1);
            if (xml.contains("Grotto")) { // the others are put together by hand, without names and identities
                assertThat(faults(Files.write(dir.resolve("seed.e57"), seed))).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "e57-mit/bunnyFloat.e57",
                "e57-mit/bunnyInt19.e57",
                "e57-mit/empty_pc.e57",
                "e57-mit/original_guids.e57",
                "e57-mit/tinyCartesianFloatRgb.e57",
                "e57-mit/tiny_pc_with_extension.e57",
                "e57-cc0/reference/bunnyDouble.e57",
                "e57-cc0/self/ZeroPoints.e57",
                "e57-cc0/self/ColouredCubeFloat.e57",
                "pdal-bsd/e57/A_B.e57",
                "pdal-bsd/e57/A4_moved.e57"
            })
    void filesOfOtherWritersAreSound(String name) {
        assertThat(faults(Need.data(name))).isEmpty();
    }

    /** @param from text of the XML section, {@code to} what stands there instead */
    private record Xml(String from, String to, String clause) {}

    static Stream<Xml> xml() {
        return Stream.of(
                new Xml("ASTM E57 3D Imaging Data File", "ASTM E57 3D Imaging Data", "E57Root: formatName"),
                new Xml(
                        "<versionMajor type=\"Integer\">1<",
                        "<versionMajor type=\"Integer\">2<",
                        "E57Root: versionMajor"),
                new Xml("xmlns=\"http://www.astm.org/", "xmlns=\"http://www.asti.org/", "XML namespaces"),
                new Xml("xmlns:nor=", "xmlns:nur=", "XML namespaces"),
                new Xml(
                        "<guid type=\"String\">{11111111-2222-3333-4444-555555555555}",
                        "<guid type=\"String\">",
                        "guid"),
                new Xml("<w type=\"Float\">0.5<", "<w type=\"Float\">0.9<", "Quaternion"),
                new Xml("<w type=\"Float\">0.5<", "<w type=\"Float\">half<", "XML element types: Float"),
                new Xml("<w type=\"Float\">", "<w type=\"Flaot\">", "XML element types"),
                new Xml(
                        "<temperature type=\"Float\">12.5</temperature>",
                        "<temperature type=\"Float\">-300</temperature>",
                        "Data3D: temperature"),
                new Xml(
                        "<temperature type=\"Float\">12.5</temperature>",
                        "<temperature type=\"Float\" minimum=\"0\" maximum=\"10\">12.5</temperature>",
                        "XML element types: Float"),
                new Xml(
                        "<temperature type=\"Float\">12.5</temperature>",
                        "<temperature type=\"String\">12.5</temperature>",
                        "Data3D: temperature"),
                new Xml("<rowMinimum type=\"Integer\">0<", "<rowMinimum type=\"Integer\">9<", "IndexBounds"),
                new Xml("<columnMaximum type=\"Integer\">59<", "<columnMaximum type=\"Integer\">50<", "indexBounds"),
                new Xml(
                        "<intensityMaximum type=\"Float\">1.0<",
                        "<intensityMaximum type=\"Float\">0.01<",
                        "intensityLimits"),
                new Xml(
                        "<colorRedMaximum type=\"Integer\">255<",
                        "<colorRedMaximum type=\"Integer\">9<",
                        "colorLimits"),
                new Xml("colorRedMaximum", "colorRadMaximum", "ColorLimits"),
                new Xml("recordCount=\"60\"", "recordCount=\"61\"", "CompressedVector: recordCount"),
                new Xml("recordCount=\"60\"", "recordCount=\"0040\"", "CompressedVector: recordCount"),
                new Xml("recordCount=\"60\"", "recordCount=\"-1\"", "XML element types: CompressedVector"),
                new Xml("<cartesianZ ", "<cartesianQ ", "PointRecord"),
                new Xml("<colorBlue ", "<colorBlew ", "PointRecord"),
                new Xml("</points>", "<!-- & --></points", "XML section"),
                new Xml(
                        "isAtomicClockReferenced type=\"Integer\">0",
                        "isAtomicClockReferenced type=\"Integer\">7",
                        "DateTime"),
                new Xml(
                        "<images2D type=\"Vector\" allowHeterogeneousChildren=\"1\">",
                        "<images2D type=\"Vector\"><vectorChild type=\"Structure\"><guid type=\"String\">x</guid>"
                                + "</vectorChild>",
                        "Image2D"),
                new Xml(
                        "<images2D type=\"Vector\" allowHeterogeneousChildren=\"1\">",
                        "<images2D type=\"Vector\"><vectorChild type=\"Structure\"><guid"
                                + " type=\"String\">x</guid><visualReferenceRepresentation type=\"Structure\"><jpegImage"
                                + " type=\"Blob\" fileOffset=\"48\" length=\"99999999\"/><imageWidth"
                                + " type=\"Integer\">1</imageWidth><imageHeight"
                                + " type=\"Integer\">1</imageHeight></visualReferenceRepresentation></vectorChild>",
                        "Blob"));
    }

    @ParameterizedTest
    @MethodSource("xml")
    void eachRuleOfTheXmlSectionIsHeld(Xml edit) throws IOException {
        byte[] b = logical(Files.readAllBytes(sound()));
        ByteBuffer h = ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN);
        int at = (int) E57Pages.logical(h.getLong(24));
        String xml = new String(b, at, (int) h.getLong(32), StandardCharsets.UTF_8);
        assertThat(xml).contains(edit.from);
        byte[] changed = xml.replace(edit.from, edit.to).getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(b, at + changed.length);
        System.arraycopy(changed, 0, all, at, changed.length);
        ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putLong(32, changed.length);
        List<Finding> found = faults(Files.write(dir.resolve("edited.e57"), paged(all)));
        assertThat(found)
                .anyMatch(f -> f.clause().endsWith(edit.clause) && !f.todo().isBlank());
        assertThat(found).hasSizeLessThan(4);
    }

    /** @param at logical byte, behind the start of the section of points where {@code inSection} */
    private record Bytes(boolean inSection, int at, byte[] to, String clause) {}

    private static byte[] longs(long v) {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(v).array();
    }

    static Stream<Bytes> bytes() {
        return Stream.of(
                new Bytes(false, 0, new byte[] {'a'}, "file header: fileSignature"),
                new Bytes(false, 12, new byte[] {1}, "file header: majorVersion, minorVersion"),
                new Bytes(false, 16, longs(1 << 20), "file header: filePhysicalLength"),
                new Bytes(false, 16, longs(3000), "pages and checksums"),
                new Bytes(false, 24, longs(1022), "file header: xmlPhysicalOffset"),
                new Bytes(false, 32, longs(1L << 40), "file header: xmlLogicalLength"),
                new Bytes(false, 40, longs(2048), "file header: pageSize"),
                new Bytes(true, 0, new byte[] {7}, "section header: sectionId"),
                new Bytes(true, 3, new byte[] {7}, "section header: reserved"),
                new Bytes(true, 8, longs(1L << 50), "section header: sectionLogicalLength"),
                new Bytes(true, 16, longs(5), "section header: dataPhysicalOffset"),
                new Bytes(true, 24, longs(1 << 30), "section header: indexPhysicalOffset"),
                new Bytes(true, 32, new byte[] {9}, "packets of binary sections: packetType"),
                new Bytes(true, 34, new byte[] {(byte) 0xff, (byte) 0xff}, "packetLogicalLengthMinus1"),
                new Bytes(true, 36, new byte[] {1, 0}, "data packets: bytestreamCount"),
                new Bytes(true, 38, new byte[] {(byte) 0xff, (byte) 0xff}, "data packets: bytestreamBufferLength"),
                new Bytes(true, 38, new byte[] {1, 0}, "CompressedVector: recordCount"));
    }

    @ParameterizedTest
    @MethodSource("bytes")
    void eachRuleOfHeadersAndPacketsIsHeld(Bytes edit) throws IOException {
        byte[] b = logical(Files.readAllBytes(sound()));
        int at = edit.at + (edit.inSection ? 48 : 0);
        System.arraycopy(edit.to, 0, b, at, edit.to.length);
        List<Finding> found = faults(Files.write(dir.resolve("edited.e57"), paged(b)));
        assertThat(found)
                .anyMatch(f -> f.clause().contains(edit.clause) && !f.todo().isBlank());
        assertThat(found).hasSizeLessThan(4);
    }

    @Test
    void everyDamagedPageIsFoundWithItsPlace() throws IOException {
        Path file = sound();
        byte[] b = Files.readAllBytes(file);
        b[2 * 1024 + 100] ^= 1;
        b[3 * 1024 + 1000] ^= 1;
        b[5 * 1024 + 1022] ^= 1;
        Files.write(file, b);
        List<Finding> found = faults(file);
        assertThat(found).extracting(Finding::where).contains("byte 2048", "byte 5120");
        assertThat(found).filteredOn(f -> f.clause().contains("checksums")).hasSize(2);
    }

    private static byte[] logical(byte[] file) {
        byte[] out = new byte[file.length / 1024 * 1020];
        for (int p = 0; p < file.length / 1024; p++) {
            System.arraycopy(file, 1024 * p, out, 1020 * p, 1020);
        }
        return out;
    }

    private static byte[] paged(byte[] logical) {
        int pages = (logical.length + 1019) / 1020;
        byte[] out = new byte[1024 * pages];
        for (int p = 0; p < pages; p++) {
            System.arraycopy(logical, 1020 * p, out, 1024 * p, Math.min(1020, logical.length - 1020 * p));
        }
        ByteBuffer h = ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
        if (h.getLong(16) % 1024 == 0 && h.getLong(16) < 1 << 20) {
            h.putLong(16, out.length);
        }
        return Handmade.seal(out);
    }
}
