package org.grotto.format.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.grotto.Need;
import org.grotto.format.Column;
import org.grotto.format.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of the public reports, with the values that their table states. */
class TextCasesTest {
    private static TextReader open(String name) {
        Path p = Need.data("../cases/files/" + name).normalize();
        assertThat(Files.exists(p)).isTrue();
        return TextReader.open(p);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text-decimal-comma-semicolon.csv|1.5 2.5 3.5;1.25 2.75 3.125;0.5 0.25 0.75",
                "text-decimal-comma-header.csv|1.5 2.5 3.5;1.25 2.75 3.125;0.5 0.25 0.75",
                "text-quoted-decimal-comma.csv|0.7777 1.2 3.5 1;1.5 0.4 2.5 2",
                "text-bom.xyz|1.5 2.5 3.5;1.25 2.75 3.125",
                "text-bom-header.csv|1.5 2.5 3.5;1.25 2.75 3.125",
                "text-header-units.csv|1.5 2.5 3.5 200 100 50;1.25 2.75 3.125 200 100 50;0.5 0.25 0.75 200 100 50",
                "text-name-first.csv|1.5 2.5 3.5;1.25 2.75 3.125",
                "text-named-point-with-header.csv|1.5 2.5 3.5;1.25 2.75 3.125",
                "text-empty-cells.csv|1.5 2.5 3.5 NaN 200 100 50;1.25 2.75 3.125 12 200 100 50",
                "text-fortran-D.xyz|1.5 2.5 3.5",
                "text-rgb-float01.xyz|1.5 2.5 3.5 0.5 0.25 0.75;1.25 2.75 3.125 0.5 0.25 0.75;0.5 0.25 0.75 0.5 0.25 0.75",
                "text-10col.txt|1.5 2.5 3.5 0.4 200 100 50 0 0.6 0.8;1.25 2.75 3.125 0.4 200 100 50 0 0.6 0.8;"
                        + "0.5 0.25 0.75 0.4 200 100 50 0 0.6 0.8",
                "text-pts-header-semicolon-rf.pts|1.5 2.5 3.5 1 0.976471 0.5 0.5 0.6 0 0.8;"
                        + "1.25 2.75 3.125 1 0.976471 0.5 0.5 0.6 0 0.8;0.5 0.25 0.75 1 0.976471 0.5 0.5 0.6 0 0.8"
            })
    void valuesAreRight(String name, String rows) {
        List<double[]> p = Points.all(open(name), 0);
        String[] expected = rows.split(";");
        assertThat(p).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(p.get(i))
                    .containsExactly(Arrays.stream(expected[i].split(" "))
                            .mapToDouble(Double::parseDouble)
                            .toArray());
        }
    }

    @Test
    void whatIsSaidOfThem() {
        assertThat(open("text-rgb-float01.xyz").understood())
                .containsExactly("columns x y z red green blue; colours 0 to 1");
        assertThat(open("text-rgb-float01.xyz").scans().getFirst().columns())
                .extracting(Column::max)
                .containsExactly(1.0, 1.0, 1.0);
        assertThat(open("text-header-units.csv").stated().metres()).isEqualTo(1);
        TextReader empty = open("text-empty-cells.csv");
        Points.all(empty, 0);
        assertThat(empty.notKept()).containsExactly("1 empty cells of intensity");
        assertThat(open("text-named-point-with-header.csv").notKept())
                .containsExactly("column 1 \"Point\" (words, as names of points)");
    }
}
