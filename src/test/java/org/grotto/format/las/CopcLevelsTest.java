package org.grotto.format.las;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Reading;
import org.grotto.format.las.point.LasPoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of COPC read as LAZ a resolution takes the nodes of coarse levels, and those alone. */
class CopcLevelsTest {
    @TempDir
    Path dir;

    private static List<Double> sorted(List<Double> x) {
        x.sort(null);
        return x;
    }

    @Test
    void theNodesOfCoarseLevelsAreRead() {
        Path file = Need.data("pdal-bsd/lone-star.copc.laz");
        List<Double> wanted = new ArrayList<>();
        double spacing;
        try (CopcReader copc = CopcReader.open(file)) {
            spacing = copc.info().spacing();
            for (CopcNode n : copc.nodes()) {
                LasPoints p = copc.points(n);
                for (int i = 0; n.level() < 2 && i < p.size; i++) {
                    wanted.add(p.x[i] * copc.scale()[0] + copc.offset()[0]);
                }
            }
        }
        for (int threads : new int[] {1, 3}) {
            List<Double> found = new ArrayList<>();
            try (Work work = new Work(threads, 1 << 28, Progress.NONE);
                    LasReader r = LasReader.read(file, new Reading(work, List.of(), false, spacing / 3, Double.NaN))) {
                assertThat(r.scans().getFirst().count()).isEqualTo(wanted.size());
                assertThat(r.understood()).anyMatch(u -> u.startsWith("levels 0 to 1 of 2"));
                PointBatch b = new PointBatch(r.scans().getFirst().columns(), 5000);
                try (PointReader.PointCursor c = r.points(0)) {
                    while (c.next(b)) {
                        for (int i = 0; i < b.size; i++) {
                            found.add(b.x[i]);
                        }
                    }
                }
                assertThat(r.understood())
                        .as("a part has other bounds than the whole")
                        .hasSize(1);
            }
            assertThat(sorted(found)).isEqualTo(sorted(wanted));
        }
    }

    @Test
    void aBrokenHierarchyHindersOnlyWhoAsksForLevels() throws Exception {
        Path file = Need.data("pdal-bsd/1.2-with-color.copc.laz");
        byte[] b = Files.readAllBytes(file);
        // the info record's place of the hierarchy
        for (int i = 0; i < 8; i++) {
            b[375 + 54 + 40 + i] = 0x7F;
        }
        Path bad = Files.write(dir.resolve("bad.copc.laz"), b);
        try (Work work = Work.silent();
                LasReader r = LasReader.read(bad, new Reading(work, List.of(), false))) {
            assertThat(r.scans().getFirst().count()).isEqualTo(1065);
            assertThatThrownBy(() -> LasReader.read(bad, new Reading(work, List.of(), false, 5, Double.NaN))
                            .close())
                    .isInstanceOf(GrottoException.class)
                    .hasMessageContaining("hierarchy");
        }
    }
}
