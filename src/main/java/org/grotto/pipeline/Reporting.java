package org.grotto.pipeline;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.base.Work;
import org.grotto.clean.CleanReport;
import org.grotto.clean.Cleaned;
import org.grotto.clean.Removed;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Topology;
import org.grotto.geometry.VertexNormals;
import org.grotto.report.MeshReport;
import org.grotto.report.Report;
import org.grotto.report.ReportInput;
import org.grotto.scene.Photo;
import org.grotto.scene.Photos;
import org.grotto.store.Threads;
import org.grotto.surface.Hole;
import org.grotto.surface.Holes;
import org.jspecify.annotations.Nullable;

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
                cover(r.get(Slots.RECIPE), loaded.acquired(), r.get(Slots.PHOTOS)),
                cleaned.store(),
                r.get(Slots.MESH),
                clean.input(),
                r.get(Slots.CUT_AREA),
                r.get(Slots.WALLS_KEPT).area(),
                r.get(Slots.WALLS_KEPT).lost(),
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
                openings(r.get(Slots.MESH), r.work()),
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
                cover(r.get(Slots.RECIPE), List.of(), r.get(Slots.PHOTOS)),
                r.get(Slots.SUBJECT),
                r.get(Slots.MESH),
                topology,
                openings(topology.welded(), r.work()),
                new MeshReport.Told(r.work().faults().all(), r.get(Slots.NOT_KEPT), r.warnings()),
                sources(r.get(Slots.INPUTS)),
                r.get(Slots.OPTIONS),
                r.get(Slots.GROTTO),
                folder,
                r.work());
    }

    /** What project file and scans say; where the project file names instruments, the scans are not asked. */
    private static ReportInput.Cover cover(Recipe recipe, List<Acquired> scans, Photos photos) {
        List<String> instruments = recipe.instruments().isEmpty()
                ? scans.stream()
                        .map(Acquired::instrument)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList()
                : recipe.instruments();
        return new ReportInput.Cover(
                recipe.people().stream()
                        .map(p -> new ReportInput.Person(p.name(), p.role()))
                        .toList(),
                recipe.dates(),
                instruments,
                days(scans, Acquired::from, Acquired::to),
                days(scans, Acquired::written, Acquired::written),
                pictures(photos));
    }

    /** How many pictures there are, of which kinds and sizes; null without any. */
    private static @Nullable Text pictures(Photos photos) {
        if (photos.pictures().isEmpty()) {
            return null;
        }
        Map<String, Integer> kinds = new TreeMap<>();
        Photo small = null;
        Photo large = null;
        for (Photo p : photos.pictures()) {
            Integer lens = p.lens();
            kinds.merge(
                    lens == null
                            ? "visual"
                            : photos.lenses().get(lens).kind().toString().toLowerCase(Locale.ROOT),
                    1,
                    Integer::sum);
            long pixels = (long) p.width() * p.height();
            if (pixels > 0) {
                small = small == null || pixels < (long) small.width() * small.height() ? p : small;
                large = large == null || pixels > (long) large.width() * large.height() ? p : large;
            }
        }
        Text words = null;
        for (Map.Entry<String, Integer> k : kinds.entrySet()) {
            Text one = Texts.of("report.picture." + k.getKey(), "n", k.getValue() + "");
            words = words == null ? one : Texts.of("report.picture-and", "one", words, "other", one);
        }
        Text all = java.util.Objects.requireNonNull(words);
        if (small == null || large == null) {
            return Texts.of("report.pictures-not-carried", "kinds", all);
        }
        return Texts.of(
                "report.pictures",
                "kinds",
                all,
                "from",
                small.width() + " × " + small.height(),
                "to",
                large.width() + " × " + large.height());
    }

    private static ReportInput.@Nullable Days days(
            List<Acquired> scans,
            Function<Acquired, @Nullable LocalDate> from,
            Function<Acquired, @Nullable LocalDate> to) {
        List<LocalDate> first = sorted(scans, from);
        List<LocalDate> last = sorted(scans, to);
        return first.isEmpty()
                ? null
                : new ReportInput.Days(
                        first.getFirst().toString(), last.getLast().toString(), first.size(), scans.size());
    }

    private static List<LocalDate> sorted(List<Acquired> scans, Function<Acquired, @Nullable LocalDate> day) {
        return scans.stream().map(day).filter(Objects::nonNull).sorted().toList();
    }

    private static List<ReportInput.Opening> openings(Mesh mesh, Work work) {
        List<Hole> holes = Holes.list(mesh);
        float[] normals = holes.isEmpty() ? new float[0] : VertexNormals.of(mesh, work);
        return holes.stream().map(h -> opening(h, mesh, normals)).toList();
    }

    private static ReportInput.Opening opening(Hole h, Mesh mesh, float[] normals) {
        double[] rim = new double[3 * h.rim().length];
        double[] facing = new double[3];
        for (int i = 0; i < rim.length; i++) {
            int at = 3 * h.rim()[i / 3] + i % 3;
            rim[i] = mesh.origin(i % 3) + mesh.xyz[at];
            facing[i % 3] += normals[at];
        }
        double l = Math.sqrt(facing[0] * facing[0] + facing[1] * facing[1] + facing[2] * facing[2]);
        boolean told = l > 0.1 * h.rim().length;
        for (int k = 0; k < 3; k++) {
            facing[k] /= l;
        }
        return new ReportInput.Opening(h.perimeter(), h.area(), h.centre(), h.bounds(), rim, told ? facing : null);
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
