package org.grotto.format.ptx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.Points;
import org.grotto.format.Scan;
import org.grotto.geometry.Pose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PtxTest {
    @TempDir
    Path dir;

    private static final String HEADER = "2\n2\n1 2 3\n1 0 0\n0 1 0\n0 0 1\n0 1 0 0\n-1 0 0 0\n0 0 1 0\n1 2 3 1\n";

    @Test
    void rowsOfTheMatrixAreTheAxesOfTheScan() throws Exception {
        Path f = Files.writeString(dir.resolve("a.ptx"), HEADER + "1 0 0 0.5\n0 0 0 0.5\n0 1 0 0.25\n0 0 1 1\n");
        PtxReader r = PtxReader.open(f);
        Pose pose = r.scans().getFirst().pose();
        assertThat(pose).isNotNull();
        double[] m = pose.matrix(); // (1,0,0) times the matrix is (0,1,0) + (1,2,3)
        assertThat(new double[] {m[0] + pose.tx(), m[3] + pose.ty(), m[6] + pose.tz()})
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(1, 3, 3);
        List<double[]> p = Points.all(r, 0);
        assertThat(p.get(1)[6]).as("a ray without return").isEqualTo(2);
        assertThat(p.get(2)).containsExactly(0, 1, 0, 0.25, 0, 1, 0);
    }

    @Test
    void linesOfThreeNumbersArePlaces() throws Exception {
        Path f = Files.writeString(dir.resolve("a.ptx"), HEADER + "1 0 0\n0 0 0\n0 1 0\n0 0 1\n");
        PtxReader r = PtxReader.open(f);
        assertThat(r.scans().getFirst().columns()).noneMatch(c -> c.name().equals(Column.INTENSITY));
        assertThat(r.understood()).containsExactly("4 lines of 3 numbers: x y z");
        List<double[]> p = Points.all(r, 0);
        assertThat(p.get(1)).containsExactly(0, 0, 0, 1, 0, 2);
        assertThat(p.get(3)).containsExactly(0, 0, 1, 1, 1, 0);
    }

    /** In one scan a place alone, with an intensity, with a colour, and with both, one ray without return, and one number too many. */
    @Test
    void linesOfEveryKindMayStandTogether() throws Exception {
        Path f = Files.writeString(
                dir.resolve("a.ptx"),
                HEADER.replaceFirst("2\n2", "3\n2")
                        + "1 0 0\n0 1 0 -100\n0 0 1 10 20 30\n1 1 0 2000 40 50 60\n0 0 0\n1 1 1 0 70 80 90 5\n");
        PtxReader r = PtxReader.open(f);
        assertThat(r.understood())
                .containsExactly(
                        "2 lines of 3 numbers: x y z",
                        "1 line of 6 numbers: x y z red green blue",
                        "2 of 5 points without intensity, dark",
                        "2 of 5 points without colour, black",
                        "intensities from -2048 to 2047");
        assertThat(r.notKept()).containsExactly("what stands behind the seventh number of 1 line");
        List<double[]> p = Points.all(r, 0);
        assertThat(p.get(0)).containsExactly(1, 0, 0, -2048, 0, 0, 0, 0, 0, 0);
        assertThat(p.get(1)).containsExactly(0, 1, 0, -100, 1, 0, 0, 0, 0, 0);
        assertThat(p.get(2)).containsExactly(0, 0, 1, -2048, 0, 1, 0, 10, 20, 30);
        assertThat(p.get(3)).containsExactly(1, 1, 0, 2000, 1, 1, 0, 40, 50, 60);
        assertThat(p.get(4)[6]).isEqualTo(2);
        assertThat(p.get(5)).containsExactly(1, 1, 1, 0, 1, 2, 0, 70, 80, 90);
    }

    @Test
    void linesThatMeanNothingAreRefused() throws Exception {
        Path f = Files.writeString(dir.resolve("a.ptx"), HEADER + "1 0 0 1\n0 1 0 1\n0 0 1 1 2\n1 1 1 1\n");
        assertThatThrownBy(() -> PtxReader.open(f))
                .hasMessageContaining("line 13")
                .hasMessageContaining("found 5");
        assertThat(PtxReader.open(f, true).notKept()).contains("1 line that is no point");
        Files.writeString(f, HEADER + "1 0 0 1\n0 1 0 0.5 0.1 0.2\n0 0 1 1\n1 1 1 1\n");
        assertThatThrownBy(() -> PtxReader.open(f))
                .hasMessageContaining("line 12")
                .hasMessageContaining("0.5 is no colour");
    }

    @Test
    void tooFewPointsAreTold() throws Exception {
        Path f = Files.writeString(dir.resolve("a.ptx"), HEADER + "1 0 0 0.5000000000\n0 1 0 0.25000000000000\n");
        assertThatThrownBy(() -> PtxReader.open(f))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("declares 4 points, found 2");
    }

    /** What is left of a line when a file is cut inside it looks like the beginning of a further scan. */
    @Test
    void aFileCutInsideALineIsTruncated() throws Exception {
        Path f = Files.writeString(dir.resolve("a.ptx"), HEADER + "1 0 0 0.5\n0 1 0 0.25\n-0.");
        assertThatThrownBy(() -> PtxReader.open(f))
                .hasMessageContaining("declares 4 points, found 2")
                .hasMessageEndingWith("or --keep-going would give 2 points.");
    }

    @Test
    void severalScansAndAMatrixThatIsNotRigid() {
        PtxReader r = PtxReader.open(Need.data("pdal-bsd/ptx/multiple-and-transform.ptx"));
        assertThat(r.scans()).hasSizeGreaterThan(1);
        assertThat(r.scans().getFirst().pose()).isNull();
        double[] p = Points.all(r, 0).getFirst();
        assertThat(p[0]).isEqualTo(637012.24);
        assertThat(p[1]).isEqualTo(849028.31);
        assertThat(p[2]).isCloseTo(431.66, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(PtxReader.open(Need.data("pdal-bsd/ptx/complex-transform.ptx"))
                        .scans()
                        .getFirst()
                        .pose())
                .isNotNull();
    }

    @Test
    void raysWithoutReturnMayLackColours() {
        PtxReader r = PtxReader.open(Need.data("../cases/files/ptx-first-empty-4-then-7.ptx"));
        List<double[]> p = Points.all(r, 0);
        assertThat(p.getFirst()[6]).isEqualTo(2);
        assertThat(p.get(1)).containsExactly(1.5, 2.5, 3.5, 0.5, 1, 0, 0, 200, 100, 50);
        assertThat(p.get(3)).containsExactly(0.5, 0.25, 0.75, 0.5, 1, 1, 0, 200, 100, 50);
        assertThat(r.understood()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0.25, 0.5, 0, 1",
        "3, 200, 0, 255",
        "-2000, 1999, -2048, 2047",
        "0, 3000, 0, 3000",
        "-5000, 7, -5000, 7"
    })
    void intensitiesHaveTheRangeThatTheirValuesTell(double a, double b, double min, double max) throws Exception {
        Path f = Files.writeString(
                dir.resolve("i.ptx"),
                HEADER + "1 0 0 " + a + "\n0 0 0 0.5\n0 1 0 " + b + "\n0 0 1 " + a + "\n" + HEADER
                        + ("1 1 1 " + a + "\n").repeat(4));
        PtxReader r = PtxReader.open(f);
        for (Scan s : r.scans()) {
            assertThat(s.columns().getFirst().min()).isEqualTo(min);
            assertThat(s.columns().getFirst().max()).isEqualTo(max);
        }
        assertThat(r.understood()).hasSize(max == 1 ? 0 : 1);
    }

    @Test
    void headersThatLieAreCorrectedAndTold() throws Exception {
        String points = "1 0 0 0.5\n0 1 0 0.25\n0 0 1 1\n1 1 1 1\n";
        Path f = Files.writeString(
                dir.resolve("a.ptx"), HEADER + points + "5 5 5 1\n" + HEADER + "7 7 7 1\n\n" + HEADER + points);
        PtxReader r = PtxReader.open(f);
        assertThat(r.scans().stream().map(Scan::count)).containsExactly(5L, 1L, 4L);
        assertThat(Points.all(r, 0).getLast()).startsWith(5, 5, 5);
        assertThat(Points.all(r, 1).getFirst()).startsWith(7, 7, 7);
        assertThat(Points.all(r, 2)).hasSize(4);
        assertThat(r.understood())
                .containsExactly(
                        "scan 1: 5 lines of points, where its header announces 4",
                        "scan 2: 1 lines of points, where its header announces 4");
    }

    @Test
    void aFileThatEndsEarlyOrHasOtherLinesGivesTheRestOnRequest() throws Exception {
        String text = HEADER + "1 0 0 0.5\n0 0 0 0.5\n0 1 0 0.25\n0 0 1.12";
        Path f = Files.writeString(dir.resolve("a.ptx"), text);
        assertThatThrownBy(() -> PtxReader.open(f))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("line 14");
        Files.writeString(f, text.substring(0, text.lastIndexOf('\n') + 1));
        assertThatThrownBy(() -> PtxReader.open(f)).hasMessageEndingWith("or --keep-going would give 2 points.");
        PtxReader r = PtxReader.open(f, true);
        assertThat(Points.all(r, 0)).hasSize(3);
        assertThat(r.notKept()).containsExactly("1 line that the last scan announces, behind the file's end");
        Files.writeString(f, HEADER + "1 0 0 0.5\n? ? ? ?\n1 2\n0 1 0 0.25\n0 0 1 0.5\n2 2 2 1\n");
        assertThatThrownBy(() -> PtxReader.open(f)).hasMessageContaining("line 12");
        r = PtxReader.open(f, true);
        assertThat(Points.all(r, 0)).hasSize(4);
        assertThat(r.notKept()).containsExactly("2 lines that are no points");
    }

    @Test
    void aMatrixThatMirrorsIsTold() throws Exception {
        Path f = Files.writeString(
                dir.resolve("m.ptx"),
                HEADER.replace("-1 0 0 0\n", "1 0 0 0\n") + "1 0 0 0.5\n0 0 0 0.5\n0 1 0 0.25\n0 0 1 1\n");
        PtxReader r = PtxReader.open(f);
        assertThat(r.scans().getFirst().pose()).isNull();
        assertThat(r.understood()).singleElement().asString().contains("scan 1", "no pose");
    }
}
