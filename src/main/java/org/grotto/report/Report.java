package org.grotto.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.Layer;
import org.grotto.scene.Subject;
import org.grotto.store.Engine;

/**
 * Writes {@code report.html}, {@code report.json} and the pictures of a package. The same bytes for the same input: no
 * clock, no machine, any number of threads. About the time that drawing the mesh twenty times takes.
 */
public final class Report {
    private Report() {}

    /**
     * @param folder an existing one
     * @return the page's path
     */
    public static Path write(ReportInput in, Path folder, Engine engine) {
        QualityReport report = Measures.of(in, engine);
        Histogram spacing = report.histograms().get("spacing");
        Histogram range = spacing == null ? Histogram.ofRatios(new double[0], "mm", 1, 10, 1) : spacing;
        Gallery gallery = null;
        List<Layer> layers = layers(in);
        if (in.mesh().triangleCount() > 0) {
            gallery = gallery(in.info(), in.subject().kind(), in.mesh(), in.openings(), folder, engine.work());
            gallery.pictures().maps(in.points(), range, layers, engine);
        }
        Json.write(folder.resolve("report.json"), report);
        Path page = folder.resolve("report.html");
        try {
            Files.writeString(
                    page,
                    Page.of(report, in.info(), gallery, in.mesh().rgb() != null, layers, style()),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw GrottoException.io(page, e);
        }
        return page;
    }

    /** The pictures and drawings of a mesh with triangles, written into {@code folder}. */
    static Gallery gallery(
            CaveInfo info, Subject.Kind kind, Mesh mesh, List<ReportInput.Opening> openings, Path folder, Work work) {
        return new Gallery(
                Pictures.write(info, kind, mesh, folder, work), Sheets.write(info, kind, mesh, openings, folder, work));
    }

    /** The area of a mesh, square metres. */
    public static double area(Mesh mesh, Work work) {
        return Measures.areas(mesh, work)[0];
    }

    /** The layers that the mesh has values for. */
    private static List<Layer> layers(ReportInput in) {
        return in.info().vertexLayers().stream()
                .filter(l -> in.mesh().columns.has(l.column()))
                .toList();
    }

    static String style() {
        try (InputStream in = Report.class.getResourceAsStream("/org/grotto/assets/report/report.css")) {
            if (in == null) {
                throw new IllegalStateException("report.css is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
