package org.grotto.pipeline;

import java.nio.file.Path;
import java.util.List;
import org.grotto.base.Texts;
import org.grotto.clean.CleanReport;
import org.grotto.clean.Cleaned;
import org.grotto.clean.Removed;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Topology;
import org.grotto.report.MeshReport;
import org.grotto.report.Report;
import org.grotto.report.ReportInput;
import org.grotto.store.Threads;
import org.grotto.surface.Holes;

/** Hands what the stages found to the report, as plain values. */
final class Reporting {
    private Reporting() {}

    /** Writes the report of a package into {@code folder}; gives the page's path. */
    static Path write(Results r, Path folder) {
        Cleaned cleaned = r.get(Slots.CLEANED);
        Loaded loaded = r.get(Slots.SCANS);
        CleanReport clean = cleaned.report();
        ReportInput in = new ReportInput(
                r.get(Slots.CAVE),
                cleaned.store(),
                r.get(Slots.MESH),
                clean.input(),
                r.get(Slots.CUT_AREA),
                clean.stations().stream()
                        .map(s -> new ReportInput.StationRow(
                                s.name(),
                                s.points(),
                                s.spacing().median(),
                                s.spacing().p95(),
                                s.noise(),
                                s.bound(),
                                s.alongBeam(),
                                s.samples()))
                        .toList(),
                Aligning.rows(r.get(Slots.REGISTERED), loaded.stations()),
                removed(clean.removed()),
                clean.reflections().stream()
                        .map(m -> new ReportInput.Reflection(m.centre(), m.normal(), m.width(), m.height(), m.points()))
                        .toList(),
                Contradicting.rows(r.get(Slots.CONTRADICTED)),
                openings(r.get(Slots.MESH)),
                r.work().faults().all(),
                r.warnings(),
                loaded.dropped(),
                sources(r.get(Slots.INPUTS)),
                r.get(Slots.OPTIONS),
                r.get(Slots.GROTTO),
                r.get(Slots.SUBJECT));
        return Report.write(in, folder, new Threads(r.work()));
    }

    /** Writes the report of a package that was made of a mesh alone. */
    static Path ofMesh(Results r, Path folder) {
        Topology topology = Topology.of(r.get(Slots.MESH), r.work());
        return MeshReport.write(
                r.get(Slots.CAVE),
                r.get(Slots.SUBJECT),
                r.get(Slots.MESH),
                topology,
                openings(topology.welded()),
                new MeshReport.Told(r.work().faults().all(), r.get(Slots.NOT_KEPT), r.warnings()),
                sources(r.get(Slots.INPUTS)),
                r.get(Slots.OPTIONS),
                r.get(Slots.GROTTO),
                folder,
                r.work());
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

    private static List<ReportInput.Removal> removed(Removed r) {
        return List.of(
                new ReportInput.Removal(Texts.of("build.removed-duplicates"), r.duplicates()),
                new ReportInput.Removal(Texts.of("build.removed-mixed-pixels"), r.mixedPixels()),
                new ReportInput.Removal(Texts.of("build.removed-isolated"), r.isolated()),
                new ReportInput.Removal(Texts.of("build.removed-statistical"), r.statistical()),
                new ReportInput.Removal(Texts.of("build.removed-moved"), r.moved()),
                new ReportInput.Removal(Texts.of("build.removed-dust"), r.dust()),
                new ReportInput.Removal(Texts.of("build.removed-reflected"), r.reflected()));
    }
}
