package org.grotto.format.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.Numbers;
import org.grotto.format.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextTest {
    @TempDir
    Path dir;

    private TextReader open(String text) throws Exception {
        return TextReader.open(Files.writeString(dir.resolve("t.csv"), text));
    }

    @Test
    void namedColumnsInAnyOrder() throws Exception {
        TextReader r = open("\"Z\",\"significant change\",X,\"Y\"\r\n3,7,1,2\r\n6,8,4,5\r\n");
        assertThat(r.scans().getFirst().columns()).extracting(Column::name).containsExactly("significant change");
        assertThat(Points.all(r, 0).get(1)).containsExactly(4, 5, 6, 8);
    }

    @Test
    void sixWholeNumbersAreColourAndSixFractionsANormal() throws Exception {
        assertThat(open("# c\n1 2 3 10 20 30\n1 2 3 255 0 7\n")
                        .scans()
                        .getFirst()
                        .columns())
                .extracting(Column::name)
                .containsExactly("red", "green", "blue");
        assertThat(open("1 2 3 0 0 1\n1 2 3 0.6 0 0.8\n").scans().getFirst().columns())
                .extracting(Column::name)
                .containsExactly("nx", "ny", "nz");
    }

    /** What has no length of one is no normal: shares are a colour, and what is neither keeps no name. */
    @Test
    void sixFractionsOfAnyLengthAreAColour() throws Exception {
        assertThat(open("1 2 3 0 0 1\n1 2 3 0.5 0 0.5\n1 2 3 0.5 0.25 0.75\n")
                        .scans()
                        .getFirst()
                        .columns())
                .extracting(Column::name, Column::max)
                .containsExactly(tuple("red", 1.0), tuple("green", 1.0), tuple("blue", 1.0));
        assertThat(open("1 2 3 0.5 -3 1.5\n").scans().getFirst().columns())
                .extracting(Column::name)
                .containsExactly("column4", "column5", "column6");
    }

    @Test
    void theLineThatIsWrongIsNamed() throws Exception {
        TextReader r = open("1 2 3\n4 5 6\n7 8\n");
        assertThatThrownBy(() -> Points.all(r, 0))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("line 3");
        assertThatThrownBy(() -> open("hello\nworld\n")).isInstanceOf(GrottoException.class);
        assertThatThrownBy(() -> open("")).isInstanceOf(GrottoException.class).hasMessageContaining("empty");
    }

    @Test
    void numbersAreThoseOfTheJdk() {
        Random random = new Random(5);
        for (int i = 0; i < 200_000; i++) {
            double v = switch (i % 3) {
                case 0 -> Double.longBitsToDouble(random.nextLong());
                case 1 -> random.nextInt() / 1000.0;
                default -> random.nextGaussian() * 1e6;
            };
            if (Double.isNaN(v) || Double.isInfinite(v)) {
                continue;
            }
            byte[] s = Double.toString(v).getBytes(StandardCharsets.US_ASCII);
            assertThat(Numbers.parse(s, 0, s.length)).isEqualTo(v);
        }
        for (String bad : new String[] {"", "-", ".", "1e", "0x1p3", "1f", "1d", "e5", "1 ", "--1"}) {
            byte[] s = bad.getBytes(StandardCharsets.US_ASCII);
            assertThat(Numbers.parse(s, 0, s.length)).as(bad).isNaN();
        }
    }

    @Test
    void realFilesOpen() {
        assertThat(Points.all(TextReader.open(Need.data("icp-bsd/car_cloud401.csv")), 0))
                .isNotEmpty();
        TextReader r = TextReader.open(Need.data("pdal-bsd/pdal-m3c2-autzen-bmx/autzen-bmx-cc.txt"));
        assertThat(r.scans().getFirst().columns()).extracting(Column::name).contains("M3C2 distance", "nx");
        assertThat(Points.all(r, 0).getFirst()[0]).isEqualTo(194506.860);
    }
}
