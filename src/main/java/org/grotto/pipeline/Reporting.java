package org.grotto.pipeline;

import java.nio.file.Path;
import java.util.List;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.base.Work;
import org.grotto.clean.CleanReport;
import org.grotto.clean.Removed;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Topology;
import org.grotto.report.MeshReport;
import org.grotto.report.Report;
import org.grotto.report.ReportInput;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.Station;
import org.grotto.surface.Holes;

/** Hands what the stages found to the report, as plain values. */
final class Reporting {
    private Reporting() {}

    /** Writes the report of a package into {@code folder}; gives the page's path. */
    static Path write(
            CaveInfo info,
            Loaded loaded,
            SurfaceStage.Made made,
            Recipe recipe,
            List<RunRecord.Input> inputs,
            List<Text> warnings,
            String version,
            Path folder,
            Work work) {
        CleanReport clean = made.cleaned().report();
        ReportInput in = new ReportInput(
                info,
                made.cleaned().cloud(),
                made.cleaned().spacing(),
                made.mesh(),
                clean.input(),
                Math.max(0, made.trim().areaGiven() - made.trim().areaKept()),
                clean.stations().stream()
                        .map(s -> new ReportInput.StationRow(
                                s.name(),
                                s.points(),
                                s.spacing().median(),
                                s.spacing().p95(),
                                s.noise(),
                                s.samples()))
                        .toList(),
                pairs(clean, loaded.stations()),
                removed(clean.removed()),
                openings(made.mesh()),
                work.faults().all(),
                List.copyOf(warnings),
                loaded.dropped(),
                sources(inputs),
                recipe.options(),
                version);
        return Report.write(in, folder, work);
    }

    /** Writes the report of a package that was made of a mesh alone. */
    static Path ofMesh(
            CaveInfo info,
            Mesh mesh,
            Recipe recipe,
            List<RunRecord.Input> inputs,
            String version,
            Path folder,
            Work work) {
        Topology topology = Topology.of(mesh, work);
        return MeshReport.write(
                info,
                mesh,
                topology,
                openings(topology.welded()),
                sources(inputs),
                recipe.options(),
                version,
                folder,
                work);
    }

    private static List<ReportInput.Opening> openings(Mesh mesh) {
        return Holes.list(mesh).stream()
                .map(h -> new ReportInput.Opening(h.perimeter(), h.area(), h.centre(), h.bounds()))
                .toList();
    }

    private static List<ReportInput.Source> sources(List<RunRecord.Input> inputs) {
        return inputs.stream()
                .map(i -> new ReportInput.Source(i.file(), i.bytes(), i.sha256()))
                .toList();
    }

    private static List<ReportInput.PairRow> pairs(CleanReport clean, List<Station> stations) {
        return clean.pairs().stream()
                .map(p -> new ReportInput.PairRow(
                        stations.get(p.a()).name(),
                        stations.get(p.b()).name(),
                        p.samples(),
                        p.median(),
                        p.rms(),
                        p.p95(),
                        p.shift(),
                        p.threshold(),
                        switch (p.verdict()) {
                            case CONSISTENT -> ReportInput.Verdict.CONSISTENT;
                            case DOUBLED_WALL -> ReportInput.Verdict.DOUBLED_WALL;
                            case TOO_SMALL -> ReportInput.Verdict.TOO_SMALL;
                        }))
                .toList();
    }

    private static List<ReportInput.Removal> removed(Removed r) {
        return List.of(
                new ReportInput.Removal(Texts.of("build.removed-duplicates"), r.duplicates()),
                new ReportInput.Removal(Texts.of("build.removed-mixed-pixels"), r.mixedPixels()),
                new ReportInput.Removal(Texts.of("build.removed-isolated"), r.isolated()),
                new ReportInput.Removal(Texts.of("build.removed-statistical"), r.statistical()));
    }
}
