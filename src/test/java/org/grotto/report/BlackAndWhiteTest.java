package org.grotto.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.grotto.base.Text;
import org.grotto.base.Work;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.image.ColourMap;
import org.grotto.scene.Layer;
import org.grotto.scene.Subject;
import org.grotto.store.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report can be read where its colours are gone. */
class BlackAndWhiteTest {
    @TempDir
    Path folder = Path.of("");

    /** Lightness of sRGB as a grey print has it (Rec. 709 weights on coded values, 0 to 255). */
    private static double grey(int rgb) {
        return 0.2126 * (rgb >> 16 & 255) + 0.7152 * (rgb >> 8 & 255) + 0.0722 * (rgb & 255);
    }

    @Test
    void theScaleOfSpacingDarkensAllTheWay() {
        double before = 256;
        for (int i = 0; i < 16; i++) {
            double now = grey(ColourMap.STRAW_TO_INDIGO.of(i / 15.0));
            assertThat(now).isLessThan(before - 3);
            before = now;
        }
    }

    @Test
    void noTwoClassesHaveTheSameLines() {
        Set<List<Boolean>> seen = new HashSet<>();
        Set<String> legends = new HashSet<>();
        for (Pattern p : Pattern.values()) {
            List<Boolean> lines = new ArrayList<>();
            int on = 0;
            for (int y = 0; y < 36; y++) {
                for (int x = 0; x < 36; x++) {
                    lines.add(p.line(x, y));
                    on += p.line(x, y) ? 1 : 0;
                }
            }
            assertThat(on).as(p.name()).isEqualTo(36 * 36 / 3);
            seen.add(lines);
            legends.add(p.background("#123456"));
        }
        assertThat(seen).hasSize(Pattern.values().length);
        assertThat(legends).hasSize(Pattern.values().length);
    }

    @Test
    void inferredStoneIsHatchedAndMeasuredStoneIsNot() throws Exception {
        // the floor's half to +X is inferred; colours as light as the mark's, so that lines alone tell
        Mesh m = BoxRoom.mesh(true);
        byte[] evidence = new byte[m.vertexCount()];
        for (int v = 0; v < evidence.length; v++) {
            evidence[v] = m.xyz[3 * v] > 10 ? Mesh.INFERRED : Mesh.MEASURED;
        }
        ReportInput in =
                BoxRoom.input(Subject.Kind.ROOM, m.with(Columns.EVIDENCE, evidence), List.of(), null, List.of());
        try (Work work = Work.silent()) {
            Report.write(in, folder, new Threads(work));
        }
        BufferedImage p = ImageIO.read(folder.resolve("layer-evidence.png").toFile());
        assertThat(edges(p, p.getWidth() / 4)).as("measured").isLessThan(3);
        assertThat(edges(p, 3 * p.getWidth() / 4)).as("inferred").isGreaterThan(20);
        assertThat(Files.readString(folder.resolve("report.html")))
                .containsPattern("class=\"swatch\" style=\"background:repeating-linear-gradient");
    }

    /** Steps of more than 20 greys along 200 pixels of a column's neighbourhood, in the picture's middle row. */
    private static int edges(BufferedImage p, int x) {
        int n = 0;
        for (int i = x - 100; i < x + 100; i++) {
            double step = grey(p.getRGB(i, p.getHeight() / 2)) - grey(p.getRGB(i + 1, p.getHeight() / 2));
            n += Math.abs(step) > 20 ? 1 : 0;
        }
        return n;
    }

    @Test
    void aLayerThatPaintsAllStoneSaysThatItNeedsColour() {
        Layer.Band own = new Layer.Band(0, 1, new Text("无", "none"), null, false);
        Layer.Band a = new Layer.Band(1, 2, new Text("甲", "a"), "#d55e00", false);
        Layer.Band b = new Layer.Band(2, 3, new Text("乙", "b"), "#56b4e9", false);
        Layer marks = org.grotto.base.Records.with(Layer.evidence(), "classes", List.of(own, a, b));
        Layer paints = org.grotto.base.Records.with(Layer.evidence(), "classes", List.of(a, b));
        assertThat(Pattern.marks(marks)).isTrue();
        assertThat(Pattern.marks(paints)).isFalse();
        assertThat(Pattern.of(marks)).containsExactly(null, Pattern.RISING, Pattern.FALLING);
    }
}
