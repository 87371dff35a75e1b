package org.grotto.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.grotto.base.Declared;
import org.grotto.base.Faults;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.base.Outputs;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.base.Work;
import org.grotto.format.cameras.CameraFiles;
import org.grotto.format.splat.SplatFile;
import org.grotto.lod.MeshTiles;
import org.grotto.scene.Subject;
import org.jspecify.annotations.Nullable;

/** Scans and meshes in, a cave package out: loads, cleans, reconstructs, makes levels of detail, reports, records. */
public final class Build {
    /** A package from scans. */
    static final Plan SCANS = new Plan(List.of(
            SurfaceStage.LOAD,
            SurfaceStage.SUBJECT_OF_SCANS,
            SurfaceStage.CLEAN,
            SurfaceStage.ALIGN,
            SurfaceStage.SURFACE,
            SurfaceStage.TRIM,
            SurfaceStage.COLOUR,
            SurfaceStage.CONFLICTS,
            SurfaceStage.SHADE,
            SurfaceStage.THIN,
            PackageStages.TILES,
            PackageStages.POINTS,
            PackageStages.STATIONS,
            PictureStage.PICTURES,
            SplatStage.CARRY,
            PackageStages.VIEWS,
            PackageStages.CAVE_OF_SCANS,
            PackageStages.REPORT,
            PackageStages.CONTENTS));

    /** A package from a mesh alone. */
    static final Plan MESH = new Plan(List.of(
            PackageStages.LOAD_MESH,
            PackageStages.SUBJECT_OF_MESH,
            PackageStages.TILES,
            PictureStage.PICTURES_OF_MESH,
            SplatStage.CARRY,
            PackageStages.VIEWS_OF_MESH,
            PackageStages.CAVE_OF_MESH,
            PackageStages.REPORT_OF_MESH,
            PackageStages.CONTENTS));

    private Build() {}

    /**
     * What a user wants to know at the end.
     *
     * @param registration whether the stations fit each other, one sentence; null for a mesh
     * @param told what it was taken for and why, one sentence
     */
    public record Summary(
            @Nullable String registration,
            String folder,
            long points,
            int stations,
            int triangles,
            int tiles,
            Subject.Kind subject,
            String told,
            List<String> warnings,
            List<String> dropped,
            Map<String, Faults.Entry> faults,
            List<RunRecord.StageTime> stages) {}

    /** The options of all stages, each stage once. */
    public static List<Declared> declared() {
        Map<String, Declared> all = new LinkedHashMap<>();
        for (Plan p : List.of(SCANS, MESH)) {
            p.declared().forEach(d -> all.putIfAbsent(d.stage(), d));
        }
        return List.copyOf(all.values());
    }

    /**
     * Builds a package.
     *
     * @param inputs scan files, any mix; meshes go straight to level of detail; camera sets that belong to them
     * @param beside puts into the finished folder what is no part of this room: the web viewer
     * @param out the package's folder, written whole or not at all; must not exist or be empty
     */
    public static Summary run(
            List<Path> inputs, Recipe recipe, Path out, String version, Consumer<Path> beside, Work work) {
        return run(inputs.stream().map(ScanFile::of).toList(), null, recipe, out, version, beside, work);
    }

    /**
     * Builds a package of files of which more may be known.
     *
     * @param project the project file that says so, or null
     */
    public static Summary run(
            List<ScanFile> files,
            @Nullable Path project,
            Recipe recipe,
            Path out,
            String version,
            Consumer<Path> beside,
            Work work) {
        return run(SCANS, MESH, files, project, recipe, out, version, beside, work);
    }

    static Summary run(
            Plan ofScans,
            Plan ofMesh,
            List<ScanFile> given,
            @Nullable Path project,
            Recipe recipe,
            Path out,
            String version,
            Consumer<Path> beside,
            Work work) {
        Outputs.refuseExisting(out);
        List<ScanFile> files = SameFiles.ordered(models(given));
        ofScans.check(GIVEN);
        ofMesh.check(GIVEN);
        List<Path> paths = files.stream().map(ScanFile::path).toList();
        for (Path p : paths) {
            if (CameraFiles.is(p) || SplatFile.of(p) != null) {
                continue;
            }
            Inputs.kind(p); // the wrong file is told before the first long read
        }
        Summary[] s = new Summary[1];
        return Inputs.naming(paths, out, () -> {
            RunRecord record = new RunRecord(
                    RunRecord.hashInputs(paths, work),
                    project == null
                            ? null
                            : RunRecord.hash(List.of(project), work).getFirst());
            Outputs.folder(out, temporary -> {
                try {
                    s[0] = into(temporary, out, ofScans, ofMesh, files, recipe, record, version, work);
                } catch (UncheckedIOException e) {
                    throw e.getCause(); // a full disk is told as such
                }
                beside.accept(temporary);
                FileList.write(temporary, work);
            });
            return s[0];
        });
    }

    private static final Set<Slot<?>> GIVEN = Set.of(
            Slots.FILES,
            Slots.CAMERA_FILES,
            Slots.SPLATS,
            Slots.INPUTS,
            Slots.FOLDER,
            Slots.RECIPE,
            Slots.OPTIONS,
            Slots.GROTTO);

    private static Summary into(
            Path dir,
            Path out,
            Plan ofScans,
            Plan ofMesh,
            List<ScanFile> files,
            Recipe recipe,
            RunRecord record,
            String version,
            Work work)
            throws IOException {
        List<Text> warnings = new ArrayList<>();
        List<ScanFile> scans = new ArrayList<>();
        List<ScanFile> meshes = new ArrayList<>();
        InputOptions all = recipe.of(PackageStages.LOAD_MESH);
        List<ScanFile> cameras = CameraPhotos.of(files);
        List<ScanFile> splats =
                files.stream().filter(f -> SplatFile.of(f.path()) != null).toList();
        for (ScanFile f : files) {
            if (cameras.contains(f) || splats.contains(f)) {
                continue;
            }
            (Inputs.isMesh(f.path(), f.frame() == null ? all : f.frame()) ? meshes : scans).add(f);
        }
        if (scans.isEmpty() && meshes.isEmpty()) {
            boolean set = splats.isEmpty();
            throw GrottoException.badRequest((set ? cameras : splats).getFirst().path()
                    + (set ? ": is a camera set" : ": holds Gaussian splats, which nothing can show or measure yet")
                    + ", and a package needs scans or a mesh; name them together with it.");
        }
        boolean fromScans = !scans.isEmpty();
        if (fromScans && !meshes.isEmpty()) {
            String file = String.valueOf(meshes.getFirst().path().getFileName());
            warnings.add(Texts.of("build.mesh-left-out", "file", file));
        }
        Plan plan = fromScans ? ofScans : ofMesh;
        List<String> idle = fromScans ? List.of() : idle(ofScans, ofMesh, recipe);
        if (!idle.isEmpty()) {
            warnings.add(Texts.of("build.options-of-scans", "options", String.join(", ", idle)));
        }
        Map<String, Object> options = plan.options(recipe);
        Results r = plan.run(
                given(
                        dir,
                        fromScans ? scans : meshes,
                        cameras,
                        splats,
                        files,
                        recipe,
                        options,
                        record.inputs(),
                        version),
                fromScans
                        ? Set.of(
                                Slots.TILED, Slots.SCENERY, Slots.SUBJECT, Slots.SCANS, Slots.CLEANED, Slots.REGISTERED)
                        : Set.of(Slots.TILED, Slots.SCENERY, Slots.SUBJECT, Slots.NOT_KEPT),
                recipe,
                record,
                warnings,
                work);
        List<String> said = warnings.stream().map(Text::en).toList();
        Loaded loaded = fromScans ? r.result(Slots.SCANS) : null;
        List<String> dropped = loaded == null ? r.result(Slots.NOT_KEPT) : loaded.dropped();
        double step = r.result(Slots.SCENERY).frame().latticeStep();
        Path run = Files.createDirectories(dir.resolve("run"));
        Json.write(run.resolve("run.json"), record.document(version, options, recipe, dropped, step, work, said));
        MeshTiles.Result tiles = r.result(Slots.TILED);
        Subject subject = r.result(Slots.SUBJECT);
        return new Summary(
                loaded == null
                        ? null
                        : Aligning.summary(r.result(Slots.REGISTERED), loaded.stations())
                                .en(),
                out.toString(),
                loaded == null ? 0 : r.result(Slots.CLEANED).store().size(),
                loaded == null ? 0 : loaded.stations().size(),
                tiles.triangles(),
                tiles.tiles(),
                subject.kind(),
                subject.sentence().en(),
                said,
                dropped,
                work.faults().all(),
                record.stages());
    }

    /** Options that were chosen and act on scans alone. */
    private static List<String> idle(Plan ofScans, Plan ofMesh, Recipe recipe) {
        Set<String> known = new HashSet<>();
        ofMesh.declared().forEach(d -> known.add(d.stage()));
        List<String> idle = new ArrayList<>();
        for (Declared d : ofScans.declared()) {
            if (known.contains(d.stage())) {
                continue;
            }
            List<Declared.Option> chosen = new Declared(d.stage(), recipe.of(d.stage(), d.defaults())).options();
            for (int i = 0; i < chosen.size(); i++) {
                Declared.Option was = d.options().get(i);
                if (!Objects.equals(chosen.get(i).value(), was.value())) {
                    idle.add("--" + (Boolean.TRUE.equals(was.value()) ? "no-" : "") + was.name());
                }
            }
        }
        return idle;
    }

    /** What no stage gives, and the keys of it: files by what they hold and what is told of them, not by their names. */
    private static Map<Slot<?>, Plan.Given> given(
            Path dir,
            List<ScanFile> read,
            List<ScanFile> cameras,
            List<ScanFile> splats,
            List<ScanFile> all,
            Recipe recipe,
            Map<String, Object> options,
            List<RunRecord.Input> inputs,
            String version) {
        Map<Slot<?>, Plan.Given> m = new HashMap<>();
        m.put(Slots.FILES, new Plan.Given(read, known(read, all, inputs)));
        m.put(Slots.CAMERA_FILES, new Plan.Given(cameras, known(cameras, all, inputs)));
        m.put(Slots.SPLATS, new Plan.Given(splats, known(splats, all, inputs)));
        m.put(Slots.INPUTS, new Plan.Given(inputs, Keys.of(inputs)));
        m.put(Slots.FOLDER, new Plan.Given(dir, "folder"));
        m.put(Slots.RECIPE, new Plan.Given(recipe, Keys.of(recipe)));
        m.put(Slots.OPTIONS, new Plan.Given(options, Keys.of(options)));
        m.put(Slots.GROTTO, new Plan.Given(version, version));
        return m;
    }

    private static String known(List<ScanFile> files, List<ScanFile> all, List<RunRecord.Input> inputs) {
        List<Object> known = new ArrayList<>();
        for (ScanFile f : files) {
            List<@Nullable Object> one = new ArrayList<>();
            one.add(inputs.get(all.indexOf(f)).sha256());
            one.add(f.frame());
            one.add(f.pose());
            one.add(f.station());
            one.add(f.position());
            known.add(one);
        }
        return Keys.of(known);
    }

    /** Of a camera set that is a folder of files, the one that names the pictures stands for all; each set once. */
    private static List<ScanFile> models(List<ScanFile> given) {
        List<ScanFile> all = new ArrayList<>();
        for (ScanFile f : given) {
            Path main = CameraFiles.main(f.path());
            ScanFile one = main == null ? f : new ScanFile(main, f.frame(), f.pose(), f.station(), f.position());
            if (main == null || all.stream().noneMatch(o -> o.path().equals(main))) {
                all.add(one);
            }
        }
        return all;
    }
}
