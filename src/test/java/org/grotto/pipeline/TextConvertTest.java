package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.PointReader;
import org.grotto.format.Points;
import org.grotto.format.Scan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From text to other formats: colours in their range, several scans, the user's columns, units. */
class TextConvertTest {
    @TempDir
    Path dir;

    private List<double[]> converted(String text, String name, InputOptions options, String to) throws Exception {
        Path in = Files.writeString(dir.resolve(name), text);
        Path out = dir.resolve(to);
        try (Work work = Work.silent()) {
            Convert.run(in, out, options, t -> {}, work);
            try (PointReader r = Inputs.points(out, work)) {
                return Points.all(r, 0);
            }
        }
    }

    /** Shares, 8 and 16 bits are the same colours in LAS, of 16 bits. */
    @ParameterizedTest
    @CsvSource({
        "0.2 0.4 1, 13107, 26214, 65535",
        "51 102 255, 13107, 26214, 65535",
        "13107 26214 65535, 13107, 26214, 65535"
    })
    void coloursOfEveryRange(String colour, int red, int green, int blue) throws Exception {
        String text = "1.5 2.5 3.5 " + colour + "\n2.5 3.5 4.5 " + colour + "\n";
        List<double[]> p = converted(text, "in.xyz", InputOptions.DEFAULTS, "out.las");
        try (Work work = Work.silent();
                PointReader r = Inputs.points(dir.resolve("out.las"), work)) {
            List<String> names =
                    r.scans().getFirst().columns().stream().map(Column::name).toList();
            double[] first = p.getFirst();
            assertThat(first[3 + names.indexOf(Column.RED)]).isEqualTo(red);
            assertThat(first[3 + names.indexOf(Column.GREEN)]).isEqualTo(green);
            assertThat(first[3 + names.indexOf(Column.BLUE)]).isEqualTo(blue);
        }
    }

    @Test
    void sharesArePlyColours() throws Exception {
        List<double[]> p =
                converted("1.5 2.5 3.5 0.5 0.25 0.75\n1 2 3 0.1 0.9 0.3\n", "in.xyz", InputOptions.DEFAULTS, "out.ply");
        assertThat(p.getFirst()).containsExactly(1.5, 2.5, 3.5, 128, 64, 191);
    }

    @Test
    void wholeIntensitiesKeepTheirValuesInLas() throws Exception {
        List<double[]> p = converted("1.5 2.5 3.5 12\n1 2 3 40000\n", "in.xyz", InputOptions.DEFAULTS, "out.las");
        assertThat(p.getFirst()[3]).isEqualTo(12);
        assertThat(p.get(1)[3]).isEqualTo(40000);
    }

    @Test
    void columnsUnitsAndDamagedLines() throws Exception {
        InputOptions o = new InputOptions("auto", "auto", "y, x, z, -", true);
        List<double[]> p = converted("Y [mm];X [mm];Z [mm];C\n1;2;3;4\nbroken\n5;6;7;8\n", "in.csv", o, "out.ply");
        assertThat(p).hasSize(2);
        assertThat(p.get(1)).containsExactly(0.006, 0.005, 0.007);
    }

    @Test
    void blocksOfPtsAreScansOfE57() throws Exception {
        Path in = Files.writeString(
                dir.resolve("in.pts"), "2\n1.5 2 3 -5 1 2 3\n4 5 6 7 8 9 10\n1\n7 8 9 -2048 0 0 255\n");
        try (Work work = Work.silent()) {
            Convert.run(in, dir.resolve("out.e57"), work);
            try (PointReader r = Inputs.points(dir.resolve("out.e57"), work)) {
                assertThat(r.scans()).extracting(Scan::name).containsExactly("in-1", "in-2");
                assertThat(r.scans()).extracting(Scan::count).containsExactly(2L, 1L);
                assertThat(Points.all(r, 1).getFirst()).startsWith(7, 8, 9);
            }
        }
    }
}
