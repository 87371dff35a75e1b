package org.grotto.format.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.grotto.format.Points;
import org.grotto.format.TextLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same table in every encoding gives the same points and names. */
class EncodingTest {
    private static final String TABLE = "点号,东坐标(m),北坐标(m),高程(m),强度\n洞1,1.5,2.5,3.5,7\n窟2,1.25,2.75,3.125,8\n";

    @TempDir
    Path dir;

    private Path written(String text, String charset, boolean mark) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Charset c = Charset.forName(charset);
        if (mark) {
            out.write("\uFEFF".getBytes(c));
        }
        out.write(text.getBytes(c));
        return Files.write(dir.resolve("t.csv"), out.toByteArray());
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, false",
        "UTF-8, true",
        "UTF-16LE, true",
        "UTF-16BE, true",
        "UTF-16LE, false",
        "UTF-16BE, false",
        "GB18030, false",
        "GBK, false"
    })
    void theSameTable(String charset, boolean mark) throws Exception {
        String table = charset.startsWith("UTF-16") && !mark ? TABLE.repeat(1) + "窟3,1,2,3,4\n".repeat(20) : TABLE;
        TextReader r = TextReader.open(written(table, charset, mark));
        List<double[]> p = Points.all(r, 0);
        assertThat(p.get(0)).containsExactly(1.5, 2.5, 3.5, 7);
        assertThat(p.get(1)).containsExactly(1.25, 2.75, 3.125, 8);
        assertThat(r.understood().getFirst())
                .startsWith("columns - x y z intensity (x is 东坐标(m), y is 北坐标(m), z is 高程(m))");
        assertThat(r.notKept()).containsExactly("column 1 \"点号\" (words, as names of points)");
        assertThat(r.stated().metres()).isEqualTo(1);
    }

    @Test
    void westernHeadingsAreToldFromChineseOnes() throws Exception {
        TextReader r = TextReader.open(written("Rechtswert;Hochwert;Höhe\n1,5;2,5;3,5\n", "windows-1252", false));
        assertThat(Points.all(r, 0).getFirst()).containsExactly(1.5, 2.5, 3.5);
    }

    /** Pairs of surrogates at all places of the buffer, and what is no character. */
    @Test
    void wideTextIsThatOfTheJdk() throws Exception {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            s.append(i % 3 == 0 ? "\uD83D\uDE00" : i % 3 == 1 ? "é" : "窟").append(i % 11 == 0 ? "x" : "");
        }
        for (String charset : new String[] {"UTF-16LE", "UTF-16BE"}) {
            for (boolean mark : new boolean[] {true, false}) {
                String text = (mark ? "" : "plain ascii first, so that zeros are seen ".repeat(8)) + s;
                try (TextLines in = TextLines.open(written(text + "\nend", charset, mark))) {
                    in.next();
                    assertThat(in.text()).isEqualTo(text);
                    in.next();
                    assertThat(in.text()).isEqualTo("end");
                }
            }
        }
        byte[] lone = {(byte) 0xFF, (byte) 0xFE, 0x00, (byte) 0xD8, 'a', 0, 0x00, (byte) 0xDC, 'b', 0, 'c'};
        try (TextLines in = TextLines.open(Files.write(dir.resolve("lone.txt"), lone))) {
            in.next();
            assertThat(in.text()).isEqualTo("?a?b");
        }
    }

    @Test
    void linesOfStructuredFormatsMayHaveDecimalCommas() {
        String text = "1,5 2,5 3,5\n1.5,2.5,3.5\n1,2,3\n-1,5e3;2,5\t3\nf 1,x\n1, 2, 3\n1,5,\n7,-5\n";
        String[][] tokens = {
            {"1,5", "2,5", "3,5"},
            {"1.5", "2.5", "3.5"},
            {"1", "2", "3"},
            {"-1,5e3", "2,5", "3"},
            {"f", "1", "x"},
            {"1", "2", "3"},
            {"1", "5"},
            {"7", "-5"}
        };
        try (TextLines in =
                new TextLines(dir, new java.io.ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            for (String[] line : tokens) {
                in.next();
                int n = in.split();
                String[] found = new String[n];
                for (int i = 0; i < n; i++) {
                    found[i] = in.token(i);
                }
                assertThat(found).containsExactly(line);
                if (in.number() == 4) {
                    assertThat(in.number(0)).isEqualTo(-1500);
                    assertThat(in.number(1)).isEqualTo(2.5);
                }
            }
        }
    }
}
