package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.format.PointReader;
import org.grotto.format.las.LasWriteOptions;
import org.grotto.format.las.LasWriter;
import org.grotto.lod.CopcBuilder;
import org.grotto.lod.CopcOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said to be written is what the new file holds. */
class ConvertTest {
    @TempDir
    Path dir;

    private Path fivePoints() throws IOException {
        return Files.writeString(dir.resolve("in.xyz"), "1 2 3\nnan nan nan\n2 3 4\n1e400 2 2\n3 3 3\n");
    }

    private static long points(Path file, Work work) {
        try (PointReader r = Inputs.points(file, work)) {
            return r.scans().stream().mapToLong(s -> s.count()).sum();
        }
    }

    @ParameterizedTest
    @CsvSource({"las,3", "laz,3", "ply,5", "e57,5"})
    void theCountIsThatOfTheNewFile(String ending, long kept) throws IOException {
        Path out = dir.resolve("out." + ending);
        try (Work work = Work.silent()) {
            Convert.Done done = Convert.run(fivePoints(), out, work);
            assertThat(done.read()).isEqualTo(5);
            assertThat(done.count()).isEqualTo(kept).isEqualTo(points(out, work));
            assertThat(done.lost().stream().anyMatch(l -> l.startsWith("2 points whose position is no number")))
                    .isEqualTo(kept == 3);
        }
    }

    @Test
    void copcCountsWhatItHolds() throws IOException {
        Path out = dir.resolve("out.copc.laz");
        try (Work work = Work.silent();
                PointReader r = Inputs.points(fivePoints(), work)) {
            CopcBuilder.Written w = CopcBuilder.write(java.util.List.of(r), out, CopcOptions.DEFAULTS, work);
            assertThat(w.points()).isEqualTo(3).isEqualTo(points(out, work));
            assertThat(w.lost()).anyMatch(l -> l.startsWith("2 points whose position is no number"));
        }
    }

    /** A coordinate reference system goes along where the format has a place for it, and is named where not. */
    @Test
    void theReferenceSystemSurvivesOrIsNamed() throws IOException {
        String wkt = "GEOGCS[\"WGS 84\"]";
        Path las = dir.resolve("in.las");
        try (Work work = Work.silent();
                PointReader r = Inputs.points(fivePoints(), work)) {
            try (LasWriter w = new LasWriter(las, LasWriteOptions.LAS.withCrs(wkt), r.scans(), work)) {
                Convert.copy(r, w, work);
            }
            for (String ending : java.util.List.of("e57", "laz")) {
                Path out = dir.resolve("out." + ending);
                assertThat(Convert.run(las, out, work).lost()).noneMatch(l -> l.contains("reference system"));
                try (PointReader again = Inputs.points(out, work)) {
                    assertThat(again.metadata()).containsEntry("crs", wkt);
                }
            }
            assertThat(Convert.run(dir.resolve("out.e57"), dir.resolve("again.las"), work)
                            .lost())
                    .noneMatch(l -> l.contains("reference system"));
            try (PointReader again = Inputs.points(dir.resolve("again.las"), work)) {
                assertThat(again.metadata()).containsEntry("crs", wkt);
            }
            assertThat(Convert.run(las, dir.resolve("out.ply"), work).lost())
                    .anyMatch(l -> l.contains("reference system"));
        }
    }

    /** A failure deep in a writer that knows neither name still tells which file it was. */
    @Test
    void refusalsNameTheInput() throws IOException {
        Path empty = Files.writeString(dir.resolve("empty.obj"), "v 0 0 0\nv 1 0 0\nv 0 1 0\n");
        try (Work work = Work.silent()) {
            assertThatThrownBy(() -> Convert.run(empty, dir.resolve("out.glb"), work))
                    .isInstanceOf(GrottoException.class)
                    .hasMessageContaining("empty.obj: ");
        }
        assertThat(dir.resolve("out.glb")).doesNotExist();
    }

    /** A format that has room for places that are no numbers keeps such points, and says how many they are. */
    @Test
    void pointsWithoutAPlaceAreCounted() throws Exception {
        Path in = dir.resolve("gaps.xyz");
        Files.writeString(in, "1 2 3\nnan nan nan\n4 5 6\n7 nan 9\n10 11 12\n");
        try (Work work = Work.silent()) {
            Convert.Done ply = Convert.run(in, dir.resolve("gaps.ply"), work);
            assertThat(ply.count()).isEqualTo(5);
            assertThat(ply.understood()).anyMatch(u -> u.startsWith("2 points have no place"));
            Convert.Done las = Convert.run(in, dir.resolve("gaps.las"), work);
            assertThat(las.count()).isEqualTo(3);
            assertThat(las.lost()).anyMatch(l -> l.startsWith("2 points"));
            assertThat(las.understood()).noneMatch(u -> u.contains("no place"));
        }
    }

    /** Whoever reads points counts those without a place, so a reader that did, too, would tell it twice. */
    @ParameterizedTest
    @CsvSource({"4,1", "2,2"})
    void pointsWithoutAPlaceAreToldOnce(int width, int height) throws Exception {
        Path in = dir.resolve("gaps.pcd");
        Files.writeString(
                in,
                "VERSION 0.7\nFIELDS x y z\nSIZE 4 4 4\nTYPE F F F\nCOUNT 1 1 1\nWIDTH " + width + "\nHEIGHT " + height
                        + "\nPOINTS 4\nDATA ascii\n1 2 3\nnan nan nan\n4 5 6\nnan 1 2\n");
        try (Work work = Work.silent()) {
            Convert.Done las = Convert.run(in, dir.resolve("gaps.las"), work);
            assertThat(las.count()).isEqualTo(2);
            assertThat(las.lost()).filteredOn(l -> l.startsWith("2 points")).hasSize(1);
            Convert.Done ply = Convert.run(in, dir.resolve("gaps.ply"), work);
            List<String> told = new ArrayList<>(ply.lost());
            told.addAll(ply.understood());
            assertThat(told).filteredOn(l -> l.startsWith("2 points")).hasSize(1);
        }
    }
}
