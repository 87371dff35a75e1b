package org.grotto.format.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.format.Points;
import org.grotto.format.Reading;
import org.grotto.format.text.TextSamples.Style;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to write numbers gives the numbers, and what may be read in two ways is not read. */
class DialectTest {
    private static final IntToDoubleFunction[] NONE = {};

    @TempDir
    Path dir;

    private TextReader open(String text) throws Exception {
        return TextReader.open(Files.writeString(dir.resolve("t.txt"), text));
    }

    private TextReader open(String text, String columns) throws Exception {
        return TextReader.open(
                Files.writeString(dir.resolve("t.txt"), text),
                new Reading(Work.silent(), List.of(columns.split(",")), false));
    }

    static List<Style> styles() {
        List<Style> all = new ArrayList<>();
        Charset utf8 = StandardCharsets.UTF_8;
        for (String end : new String[] {"", "X"}) {
            for (String between : new String[] {" ", "\t", ";", "; ", " ; ", "  ", ",", ", ", "|"}) {
                String last = end.isEmpty() ? "" : between.strip().isEmpty() ? between : between.strip();
                all.add(new Style(between, '.', "", false, last, utf8));
                if (!between.equals(",")) {
                    all.add(new Style(between, ',', "", false, last, utf8));
                }
                all.add(new Style(between, ',', "", true, last, utf8));
                all.add(new Style(between, '.', "", true, last, utf8));
            }
        }
        for (String between : new String[] {";", "\t", "; "}) {
            all.add(new Style(between, ',', ".", false, "", utf8));
            all.add(new Style(between, ',', " ", false, "", utf8));
            all.add(new Style(between, '.', ",", false, "", utf8));
            all.add(new Style(between, '.', "'", false, "", utf8));
            all.add(new Style(between, ',', "\u00A0", false, "", utf8));
        }
        all.add(new Style(" ", ',', ".", false, "", utf8));
        all.add(new Style(",", '.', ",", true, "", utf8));
        all.add(new Style(",", ',', ".", true, "", utf8));
        all.add(new Style(";", ',', ".", true, "", utf8));
        return all;
    }

    @ParameterizedTest
    @MethodSource("styles")
    void everyStyleGivesTheNumbers(Style style) throws Exception {
        int n = 60;
        for (String head :
                new String[] {"", "X" + style.between() + "Y" + style.between() + "Z" + style.end() + "\n"}) {
            List<double[]> p = Points.all(open(head + TextSamples.lines(n, style, NONE, new int[0])), 0);
            assertThat(p).hasSize(n);
            for (int i = 0; i < n; i++) {
                assertThat(p.get(i)).containsExactly(TextSamples.at(i, 0), TextSamples.at(i, 1), TextSamples.at(i, 2));
            }
        }
    }

    @Test
    void colourBesideDecimalCommas() throws Exception {
        IntToDoubleFunction[] rgb = {i -> 200, i -> 100 + i, i -> i};
        for (String between : new String[] {" ", "\t", ";"}) {
            TextReader r = open(TextSamples.lines(40, Style.of(between, ','), rgb, new int[3]));
            assertThat(Points.all(r, 0).get(9))
                    .containsExactly(TextSamples.at(9, 0), TextSamples.at(9, 1), TextSamples.at(9, 2), 200, 109, 9);
            assertThat(r.understood().getFirst()).startsWith("columns x y z red green blue; decimal comma");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1.5D+00 2.5d0 -3.5D-1, 1.5, 2.5, -0.35",
        "1.5Q+00 2.5q+1 3.5, 1.5, 25, 3.5",
        "+1e3 .5 5., 1000, 0.5, 5",
        "\u22121.5 2 3, -1.5, 2, 3",
        "12345678901234567890 1e-320 1E300, 12345678901234567890, 1e-320, 1e300"
    })
    void numbersOfAllWriters(String line, double x, double y, double z) throws Exception {
        assertThat(Points.all(open(line + "\n"), 0).getFirst()).containsExactly(x, y, z);
    }

    /** Fractions with leading zeros are no whole numbers; many without, and minus signs, are. */
    @Test
    void commasBetweenAllDigits() throws Exception {
        TextReader decimals = open("1,05,2,25,3,50\n4,75,5,50,6,00\n");
        assertThat(Points.all(decimals, 0).getFirst()).containsExactly(1.05, 2.25, 3.5);
        assertThat(decimals.understood().getFirst()).contains("decimal comma").contains("every second comma");
        TextReader signed = open("1,-2,3,10,20,30\n4,5,6,70,80,90\n");
        assertThat(Points.all(signed, 0).getFirst()).containsExactly(1, -2, 3, 10, 20, 30);
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            many.append(1000 + 37 * i % 991)
                    .append(',')
                    .append(2000 + i)
                    .append(',')
                    .append(300 + 13 * i % 89)
                    .append(',')
                    .append(10 + i)
                    .append(',')
                    .append(20 + i / 2)
                    .append(',')
                    .append(55)
                    .append('\n');
        }
        assertThat(Points.all(open(many.toString()), 0).getFirst()).containsExactly(1000, 2000, 300, 10, 20, 55);
        assertThat(Points.all(open("1,2,3,4\n5,6,7,8\n"), 0).getFirst()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void wholeNumbersOrDecimalCommasAreForTheUserToSay() throws Exception {
        String text = "1,25,2,75,3,13\n4,75,5,25,6,11\n";
        assertThatThrownBy(() -> open(text))
                .isInstanceOfSatisfying(
                        GrottoException.class, e -> assertThat(e.kind()).isEqualTo(GrottoException.Kind.BAD_REQUEST))
                .hasMessageContaining("--columns x,y,z,red,green,blue or --columns x,y,z.");
        assertThat(Points.all(open(text, "x,y,z"), 0).getFirst()).containsExactly(1.25, 2.75, 3.13);
        assertThat(Points.all(open(text, "x,y,z,red,green,blue"), 0).getFirst()).containsExactly(1, 25, 2, 75, 3, 13);
        assertThat(Points.all(open("x,y,z\n" + text), 0).getFirst()).containsExactly(1.25, 2.75, 3.13);
        assertThat(Points.all(open("x,y,z,r,g,b\n" + text), 0).getFirst()).containsExactly(1, 25, 2, 75, 3, 13);
    }

    @Test
    void aCommaBesideABlankSeparatesWhereOthersAreDecimal() throws Exception {
        TextReader r = open("1,5, 2,5, 3,5\n1,25, 2,75, 3,125\n");
        assertThat(Points.all(r, 0).get(1)).containsExactly(1.25, 2.75, 3.125);
        assertThatThrownBy(() -> open("1, 2, 3, 4,5\n2, 3, 4, 5,5\n"))
                .hasMessageContaining("--columns x,y,z,-,-".substring(0, 16))
                .hasMessageContaining("decimal commas");
        assertThat(Points.all(open("-3.5 , 0.6 , -1.3 , -0.06,0.17,0.98\n1 , 2 , 3 , 0.6,0.8,0\n"), 0)
                        .getFirst())
                .containsExactly(-3.5, 0.6, -1.3, -0.06, 0.17, 0.98);
    }

    /** One group of three after a comma is a fraction unless another number shows that it cannot be. */
    @Test
    void threeDigitsAfterACommaAreAFraction() throws Exception {
        assertThat(Points.all(open("1,234;5,678;9,012\n"), 0).getFirst()).containsExactly(1.234, 5.678, 9.012);
        assertThat(Points.all(open("1,234;5,678;9,012.5\n"), 0).getFirst()).containsExactly(1234, 5678, 9012.5);
        assertThat(Points.all(open("1.234;5.678;9.012\n"), 0).getFirst()).containsExactly(1.234, 5.678, 9.012);
        assertThat(Points.all(open("1.234;5.678;9.012,5\n"), 0).getFirst()).containsExactly(1234, 5678, 9012.5);
    }

    @Test
    void aMixtureOfSeparatorsIsOneTable() throws Exception {
        assertThat(Points.all(open("1.5,2.5,3.5 10 20 30\n2.5,3.5,4.5 11 21 31\n"), 0)
                        .get(1))
                .containsExactly(2.5, 3.5, 4.5, 11, 21, 31);
    }

    @Test
    void digitsWithSeparatorsAreNoName() {
        assertThatThrownBy(() -> open("1.5,2.5\t10\t20\t30\n2.5,3.5\t11\t21,5\t31\n"))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("\"1.5,2.5\", which is no number and no name");
    }

    @Test
    void emptyCellsAreMissingAndCounted() throws Exception {
        TextReader r =
                open("x;y;z;intensity;red;green;blue\n1;2;3;;10;20;30\n1;2;;7;1;2;3\n4;5;6;9;;;\n;5;6;9;1;1;1\n");
        List<double[]> p = Points.all(r, 0);
        assertThat(p).hasSize(2);
        assertThat(p.getFirst()).containsExactly(1, 2, 3, Double.NaN, 10, 20, 30);
        assertThat(p.get(1)).containsExactly(4, 5, 6, 9, Double.NaN, Double.NaN, Double.NaN);
        assertThat(r.notKept())
                .containsExactly(
                        "2 points without a coordinate",
                        "1 empty cells of intensity",
                        "1 empty cells of red",
                        "1 empty cells of green",
                        "1 empty cells of blue");
    }

    /** A column that is empty all through is none of nothing. */
    @Test
    void aColumnThatIsAlwaysEmptyIsTold() throws Exception {
        TextReader r = open("x\ty\tz\tintensity\n1\t2\t3\t\n4\t5\t6\t\n");
        assertThat(Points.all(r, 0).get(1)).containsExactly(4, 5, 6);
        assertThat(r.notKept()).containsExactly("column 4 \"intensity\" (empty)");
    }

    @Test
    void linesOfAnotherWidthAreRefusedOrCounted() throws Exception {
        String text = "1 2 3\n4 5 6\n7 8 9 10\n1 2\n7 8 9\n";
        TextReader strict = open(text);
        assertThatThrownBy(() -> Points.all(strict, 0))
                .hasMessageContaining("line 3: 3 values were expected, found 4")
                .hasMessageContaining("and 1 more such lines")
                .hasMessageContaining("the other 3 points with --keep-going");
        TextReader kept = TextReader.open(dir.resolve("t.txt"), new Reading(Work.silent(), List.of(), true));
        assertThat(Points.all(kept, 0)).hasSize(3);
        assertThat(kept.notKept())
                .containsExactly(
                        "2 lines that are not as the others, the first line 3: 3 values were expected, found 4");
        assertThat(kept.understood()).containsExactly("columns x y z; 3 points");
    }

    /** What many lines say holds for all: a line that does not fit comes after the sample as well. */
    @Test
    void aLineFarBehindTheFirstOnesIsSeen() throws Exception {
        String good = TextSamples.lines(30_000, Style.of(" ", '.'), NONE, new int[0]);
        TextReader r = open(good + "1,5 2,5 3,5\n" + good);
        assertThatThrownBy(() -> Points.all(r, 0)).hasMessageContaining("line 30001");
    }

    @Test
    void columnsOfTheUserAreCheckedAgainstTheFile() throws Exception {
        assertThatThrownBy(() -> open("1 2 3 4\n", "x,y,z"))
                .isInstanceOfSatisfying(
                        GrottoException.class, e -> assertThat(e.kind()).isEqualTo(GrottoException.Kind.BAD_REQUEST))
                .hasMessageContaining("--columns names 3 columns, but there are 4 in line 1");
        assertThatThrownBy(() -> open("1 2 3 4\n", "x,y,i,r")).hasMessageContaining("names no x, y or z");
        assertThat(Points.all(open("1 2 3 4\n", "-,z,y,x"), 0).getFirst()).containsExactly(4, 3, 2);
        assertThat(Points.all(open("a b c d\n1 2 3 4\n", "-,z,y,x"), 0).getFirst())
                .containsExactly(4, 3, 2);
    }

    @Test
    void noTextOfPointsIsToldSo() {
        for (String bad :
                new String[] {"hello\nworld\n", "1 2\n3 4\n", "# only\n", "\n\n", "5\n", "\u0000\u0000\u0000\u0000"}) {
            assertThatThrownBy(() -> open(bad)).as(bad).isInstanceOf(GrottoException.class);
        }
    }

    @Test
    void commasOfAHeadingAloneAreNoDecimals() throws Exception {
        TextReader r = TextReader.open(Files.writeString(dir.resolve("h.txt"), "\"X\",\"Y\",\"Z\"\n0 1 2\n15 1 2\n"));
        assertThat(Points.all(r, 0)).hasSize(2);
        assertThat(r.understood().getFirst()).startsWith("columns x y z;").doesNotContain("decimal");
    }
}
