package org.grotto.format.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.Points;
import org.grotto.format.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns without names, told by their values: known layouts in every order, and two readings refused. */
class LayoutTest {
    @TempDir
    Path dir;

    private TextReader open(String text) throws Exception {
        return TextReader.open(Files.writeString(dir.resolve("t.xyz"), text));
    }

    private static GrottoException refusal(String text, Path dir) {
        try {
            TextReader.open(Files.writeString(dir.resolve("t.xyz"), text));
        } catch (GrottoException e) {
            assertThat(e.kind()).isEqualTo(GrottoException.Kind.BAD_REQUEST);
            return e;
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("was read");
    }

    /**
     * Lines of groups: p place, c colour of 8 bits, C of 16, s shares, i intensity 0..1, I to 65,535, n normal (some
     * missing), # a number that counts, w a word, k packed colour.
     */
    static String lines(String groups, int n) {
        Random r = new Random(groups.hashCode());
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < n; i++) {
            List<String> cells = new ArrayList<>();
            for (char g : groups.toCharArray()) {
                switch (g) {
                    case 'p' -> add(cells, "%.3f", 10 * r.nextDouble(), -5 * r.nextDouble(), r.nextDouble());
                    case 'c' -> add(cells, "%.0f", r.nextInt(256), r.nextInt(256), r.nextInt(256));
                    case 'C' -> add(cells, "%.0f", r.nextInt(65536), r.nextInt(65536), r.nextInt(65536));
                    case 's' -> add(cells, "%.4f", r.nextDouble(), r.nextDouble(), r.nextDouble());
                    case 'i' -> add(cells, "%.3f", r.nextDouble());
                    case 'I' -> add(cells, "%.0f", r.nextInt(65536));
                    case 'k' -> add(cells, "%.0f", r.nextInt(1 << 24));
                    case 'n' -> normal(cells, r, i % 50 == 3);
                    case '#' -> cells.add(Integer.toString(i + 1));
                    default -> cells.add("P" + i);
                }
            }
            out.append(String.join(" ", cells)).append('\n');
        }
        return out.toString();
    }

    private static void normal(List<String> cells, Random r, boolean missing) {
        double x = r.nextGaussian();
        double y = r.nextGaussian();
        double z = r.nextGaussian();
        double l = missing ? Double.POSITIVE_INFINITY : Math.sqrt(x * x + y * y + z * z);
        add(cells, "%.3f", x / l, y / l, z / l);
    }

    private static void add(List<String> cells, String format, double... v) {
        for (double d : v) {
            cells.add(String.format(Locale.ROOT, format, d));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "p, x y z",
        "pi, x y z intensity",
        "pI, x y z intensity",
        "pc, x y z red green blue",
        "pC, x y z red green blue",
        "ps, x y z red green blue",
        "pn, x y z nx ny nz",
        "pci, x y z red green blue intensity",
        "pcI, x y z red green blue intensity",
        "pic, x y z intensity red green blue",
        "pIc, x y z intensity red green blue",
        "psI, x y z red green blue intensity",
        "pcn, x y z red green blue nx ny nz",
        "pnc, x y z nx ny nz red green blue",
        "psn, x y z red green blue nx ny nz",
        "pin, x y z intensity nx ny nz",
        "pnI, x y z nx ny nz intensity",
        "picn, x y z intensity red green blue nx ny nz",
        "pcin, x y z red green blue intensity nx ny nz",
        "pcnI, x y z red green blue nx ny nz intensity",
        "pnIc, x y z nx ny nz intensity red green blue",
        "pk, x y z rgb",
        "pkn, x y z rgb nx ny nz",
        "pik, x y z intensity rgb",
        "#p, - x y z",
        "#pc, - x y z red green blue",
        "#pIc, - x y z intensity red green blue",
        "#pn, - x y z nx ny nz",
        "wp, - x y z",
        "wpc, - x y z red green blue",
        "#wp, - - x y z",
        "wwp, - - x y z",
        "pw, x y z -",
        "pii, x y z column4 column5"
    })
    void knownLayouts(String groups, String columns) throws Exception {
        for (int n : new int[] {40, 3000}) {
            TextReader r = open(lines(groups, n));
            assertThat(Points.all(r, 0)).hasSize(n);
            assertThat(r.understood().getFirst()).startsWith("columns " + columns + ";");
        }
    }

    @ParameterizedTest
    @CsvSource({"pc, 255, UINT8", "pC, 65535, UINT16", "ps, 1, DOUBLE"})
    void coloursHaveTheirTrueRange(String groups, double most, Column.Type type) throws Exception {
        assertThat(open(lines(groups, 100)).scans().getFirst().columns())
                .allSatisfy(c -> assertThat(c.max()).isEqualTo(most))
                .allSatisfy(c -> assertThat(c.min()).isZero())
                .allSatisfy(c -> assertThat(c.type()).isEqualTo(type));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 2 3 0 0 1;4 5 6 0 0 1;7 8 9 0 0 1|x,y,z,red,green,blue|x,y,z,nx,ny,nz",
                "1.5 2 3 10 20 30 40;1 2.5 3 40 30 20 10|x,y,z,intensity,red,green,blue|x,y,z,red,green,blue,intensity",
                "1 2 3 25;2 2 2 30;3 3 3 35|x,y,z,intensity|-,x,y,z",
                "1.5 2 3 0 1 1;1 2 3 1 1 0|x,y,z,Rf,Gf,Bf|x,y,z,red8,green8,blue8",
                "1.5 2 3 10 200 100 50 0 0.6 0.8;1 2 3 20 200 100 50 0 0.6 0.8"
                        + "|x,y,z,intensity,red,green,blue,nx,ny,nz|x,y,z,red,green,blue,intensity,nx,ny,nz"
            })
    void twoReadingsAreRefusedWithBoth(String lines, String one, String other) throws Exception {
        String text = lines.replace(';', '\n') + "\n";
        assertThat(refusal(text, dir))
                .hasMessageContaining("--columns " + one)
                .hasMessageContaining("--columns " + other + ".");
        for (String columns : new String[] {one, other}) {
            Path f = Files.writeString(dir.resolve("t.xyz"), text);
            TextReader r = TextReader.open(f, new Reading(Work.silent(), List.of(columns.split(",")), false));
            assertThat(Points.all(r, 0)).hasSize(text.split("\n").length);
            assertThat(r.scans().getFirst().columns())
                    .hasSize(columns.split(",").length - 3 - (columns.startsWith("-") ? 1 : 0));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "IIpi, 'x,y,z,column4,column5,column6', '-,-,x,y,z,intensity'",
        "IpII, 'x,y,z,column4,column5,column6', '-,x,y,z,column5,column6'"
    })
    void wholeNumbersBeforeFractionsMayBeNoCoordinates(String groups, String one, String other) {
        assertThat(refusal(lines(groups, 60), dir)).hasMessageContaining("--columns " + one + " or --columns " + other);
    }

    /** A floor has normals that lie along an axis; one that leans tells. */
    @Test
    void oneLeaningNormalTells() throws Exception {
        assertThat(open("1 2 3 0 0 1\n1 2 3 0 0 1\n1 2 3 0.6 0 0.8\n")
                        .understood()
                        .getFirst())
                .startsWith("columns x y z nx ny nz");
        assertThat(open("1 2 3 0 0 1\n1 2 3 0 0 -1\n").understood().getFirst()).startsWith("columns x y z nx ny nz");
        assertThat(open("1 2 3 0 0 1\n1 2 3 0 0 200\n").understood().getFirst())
                .startsWith("columns x y z red green blue");
    }

    @Test
    void packedColoursAreUnpacked() throws Exception {
        int rgb = 200 << 16 | 100 << 8 | 50;
        float bits = Float.intBitsToFloat(rgb);
        for (String v : new String[] {
            Integer.toString(rgb),
            Float.toString(bits),
            Long.toString(0xFF000000L | rgb),
            "#C86432",
            "0xc86432",
            "0xffC86432"
        }) {
            TextReader r = open("1.5 2 3 " + v + "\n2 3 4.5 " + v + "\n");
            assertThat(r.understood().getFirst()).startsWith("columns x y z rgb");
            assertThat(Points.all(r, 0).getFirst()).containsExactly(1.5, 2, 3, 200, 100, 50);
        }
    }

    /** A colour beyond what many lines have is no colour of 8 bits any more. */
    @Test
    void aColourBeyondItsRangeIsSeen() throws Exception {
        TextReader r = open(lines("pc", 40_000).replaceFirst("(?s)(.{500000}[^\n]*\n)", "$11 2 3 7 300 9\n"));
        assertThatThrownBy(() -> Points.all(r, 0))
                .hasMessageContaining("a colour of 300")
                .hasMessageContaining("--columns x,y,z,red16,green16,blue16");
        TextReader wide = TextReader.open(
                dir.resolve("t.xyz"),
                new Reading(Work.silent(), List.of("x", "y", "z", "red16", "green16", "blue16"), false));
        assertThat(Points.all(wide, 0)).hasSize(40_001);
        assertThat(wide.scans().getFirst().columns())
                .allSatisfy(c -> assertThat(c.max()).isEqualTo(65535));
    }

    @Test
    void aColumnOfWordsAndNumbersBetweenNumbersIsNotPassedOver() throws Exception {
        assertThatThrownBy(() -> open("1.5 2.5 a 3.5\n1.5 2.5 b 3.5\n"))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("name all 4 columns with --columns");
        TextReader r = open("1 2 x 4\n1 2 3 4\n1 2 3 4\n1 2 3 4\n");
        assertThatThrownBy(() -> Points.all(r, 0))
                .hasMessageContaining("line 1")
                .hasMessageContaining("\"x\"");
    }
}
