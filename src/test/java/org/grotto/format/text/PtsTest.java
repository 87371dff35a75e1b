package org.grotto.format.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.Points;
import org.grotto.format.Reading;
import org.grotto.format.Scan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PTS: a count, its points, another count: every block is a scan. */
class PtsTest {
    @TempDir
    Path dir;

    private TextReader open(String text, boolean keepGoing) throws Exception {
        return TextReader.open(
                Files.writeString(dir.resolve("t.pts"), text), new Reading(Work.silent(), List.of(), keepGoing));
    }

    private TextReader open(String text) throws Exception {
        return open(text, false);
    }

    @Test
    void blocksAreScans() throws Exception {
        TextReader r =
                open("2\n1.5 2 3 -5 1 2 3\n4 5 6 7 8 9 10\n\n1\n7 8 9 -2048 0 0 255\n3\n1 1 1 0 0 0 0\n2 2 2 1 1 1 1\n"
                        + "3 3 3 2047 2 2 2\n");
        assertThat(r.scans()).extracting(Scan::name).containsExactly("t-1", "t-2", "t-3");
        assertThat(r.scans()).extracting(Scan::count).containsExactly(2L, 1L, 3L);
        assertThat(Points.all(r, 2).get(2)).containsExactly(3, 3, 3, 2047, 2, 2, 2);
        assertThat(Points.all(r, 0).getFirst()).containsExactly(1.5, 2, 3, -5, 1, 2, 3);
        assertThat(Points.all(r, 1)).hasSize(1);
        assertThat(Points.all(r, 1).getFirst()).containsExactly(7, 8, 9, -2048, 0, 0, 255);
        assertThat(r.understood())
                .containsExactly("columns x y z intensity red green blue; intensity -2048 to 2047; 3 scans; 6 points");
        assertThat(r.notKept()).isEmpty();
    }

    @Test
    void blocksMayHaveOtherColumns() throws Exception {
        TextReader r = open("2\n1 2 3 0.5\n1 2 4 0.25\n2\n1.5 2 3 0.5 1 2 3\n1 2 4 0.25 200 4 5\n");
        assertThat(Points.all(r, 0).get(1)).containsExactly(1, 2, 4, 0.25);
        assertThat(r.scans().get(1).columns())
                .extracting(Column::name)
                .containsExactly("intensity", "red", "green", "blue");
        assertThat(Points.all(r, 1).get(1)).containsExactly(1, 2, 4, 0.25, 200, 4, 5);
    }

    @Test
    void emptyBlocksAreScansWithoutPoints() throws Exception {
        TextReader r = open("0\n2\n1 2 3\n4 5 7\n0\n");
        assertThat(r.scans()).extracting(Scan::count).containsExactly(0L, 2L, 0L);
        assertThat(Points.all(r, 0)).isEmpty();
        assertThat(Points.all(r, 1)).hasSize(2);
        assertThat(Points.all(r, 2)).isEmpty();
    }

    @Test
    void fewerPointsThanAnnounced() throws Exception {
        String text = "2\n1 2 3\n4 5 6\n10\n1 2 3\n4 5 6\n7 8 9\n";
        assertThatThrownBy(() -> open(text))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("line 4 announces 10 points, and 3 follow")
                .hasMessageContaining("--keep-going");
        TextReader r = open(text, true);
        assertThat(Points.all(r, 0)).hasSize(2);
        assertThat(Points.all(r, 1)).hasSize(3);
        assertThat(r.notKept()).containsExactly("7 points: line 4 announces 10 points, and 3 follow");
    }

    @Test
    void morePointsThanAnnouncedAreReadAndSaid() throws Exception {
        TextReader r = open("1\n1.5 2 3\n4 5 6\n");
        assertThat(Points.all(r, 0)).hasSize(2);
        assertThat(r.understood())
                .containsExactly("columns x y z; 2 points", "line 1 announces 1 points, and 2 follow; all are read");
    }

    @Test
    void namesStandBeforeOrBehindTheCount() throws Exception {
        for (String head : new String[] {"//X Y Z Intensity\n2\n", "2\n//X Y Z Intensity\n", "2\nX Y Z I\n"}) {
            TextReader r =
                    open(head + "1 2 3 0.5\n4 5 6 1\n" + (head.startsWith("2") ? head + "7 8 9 0\n1 1 1 1\n" : ""));
            assertThat(r.scans()).extracting(Scan::count).allMatch(n -> n == 2);
            assertThat(r.scans()).hasSize(head.startsWith("2") ? 2 : 1);
            assertThat(Points.all(r, r.scans().size() - 1)).hasSize(2);
            assertThat(r.scans().getFirst().columns()).extracting(Column::name).containsExactly("intensity");
            assertThat(Points.all(r, 0).get(1)).containsExactly(4, 5, 6, 1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-1613, 602, -2048, 2047",
        "0, 255, 0, 255",
        "3, 200, 0, 255",
        "0.25, 0.5, 0, 1",
        "100, 60000, 0, 65535",
        "100, 4095, NaN, NaN",
        "-3000, 5, NaN, NaN"
    })
    void intensityHasTheRangeOfItsValues(String least, String most, Double low, Double high) throws Exception {
        TextReader r = open("2\n1.5 2 3 " + least + "\n4 5 6 " + most + "\n");
        Column c = r.scans().getFirst().columns().getFirst();
        assertThat(c.name()).isEqualTo("intensity");
        assertThat(c.min()).isEqualTo(low);
        assertThat(c.max()).isEqualTo(high);
    }

    @Test
    void realFiles() {
        assertThat(Points.all(TextReader.open(Need.data("pdal-bsd/pts/autzen.pts")), 0))
                .hasSize(10);
        assertThat(Points.all(TextReader.open(Need.data("pdal-bsd/pts/test.pts")), 0))
                .hasSize(19);
    }
}
