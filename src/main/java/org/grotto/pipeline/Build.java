package org.grotto.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.base.Outputs;
import org.grotto.base.Records;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.base.Work;
import org.grotto.clean.Cleaned;
import org.grotto.clean.PairResidual;
import org.grotto.format.gltf.GlbWriter;
import org.grotto.geometry.Box;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Mesh;
import org.grotto.lod.CopcBuilder;
import org.grotto.lod.MeshTiles;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.CaveInfo.Deliverable;
import org.grotto.scene.CaveInfo.Rights;
import org.grotto.scene.CaveInfo.View;
import org.grotto.scene.Layer;
import org.grotto.scene.Room;
import org.grotto.scene.Station;
import org.grotto.views.Rooms;
import org.grotto.views.Views;
import org.jspecify.annotations.Nullable;

/** Scans and meshes in, a cave package out: loads, cleans, reconstructs, makes levels of detail, reports, records. */
public final class Build {
    private final List<Path> inputs;
    private final Recipe recipe;
    private final String version;
    private final Work work;
    private final List<Text> warnings = new ArrayList<>();

    private Build(List<Path> inputs, Recipe recipe, String version, Work work) {
        this.inputs = inputs;
        this.recipe = recipe;
        this.version = version;
        this.work = work;
    }

    /** What a user wants to know at the end. */
    public record Summary(
            String folder,
            long points,
            int stations,
            int triangles,
            int tiles,
            List<String> warnings,
            List<RunRecord.StageTime> stages) {}

    /**
     * Builds a package.
     *
     * @param inputs scan files, any mix; meshes go straight to level of detail
     * @param beside puts into the finished folder what is no part of this room: the web viewer
     * @param out the package's folder, written whole or not at all; must not exist or be empty
     */
    public static Summary run(
            List<Path> inputs, Recipe recipe, Path out, String version, Consumer<Path> beside, Work work) {
        Outputs.refuseExisting(out);
        for (Path p : inputs) {
            Inputs.kind(p); // the wrong file is told before the first long read
        }
        Build build = new Build(inputs, recipe, version, work);
        Summary[] s = new Summary[1];
        return Inputs.naming(inputs, out, () -> {
            Outputs.folder(out, temporary -> {
                s[0] = build.into(temporary, out);
                beside.accept(temporary);
            });
            return s[0];
        });
    }

    private Summary into(Path dir, Path out) throws IOException {
        RunRecord record = new RunRecord(RunRecord.hash(inputs, work));
        List<Path> scanFiles = new ArrayList<>();
        List<Path> meshFiles = new ArrayList<>();
        for (Path p : inputs) {
            (Inputs.isMesh(p) ? meshFiles : scanFiles).add(p);
        }
        return scanFiles.isEmpty()
                ? meshOnly(dir, out, meshFiles, record)
                : fromScans(dir, out, scanFiles, meshFiles, record);
    }

    private Summary fromScans(Path dir, Path out, List<Path> scanFiles, List<Path> meshFiles, RunRecord record)
            throws IOException {
        if (!meshFiles.isEmpty()) {
            String file = String.valueOf(meshFiles.getFirst().getFileName());
            warnings.add(Texts.of("build.mesh-left-out", "file", file));
        }
        Loaded loaded = record.time("load", () -> Load.run(scanFiles, recipe.frame(), work));
        warnings.addAll(loaded.warnings());
        SurfaceStage.Made made = SurfaceStage.run(loaded, recipe, record, work);
        Cleaned cleaned = made.cleaned();
        judgeStations(cleaned, loaded);
        List<Deliverable> deliverables = new ArrayList<>();
        MeshTiles.Result tiles = mesh(dir, made.mesh(), record, deliverables);
        Path points = Files.createDirectories(dir.resolve("points")).resolve("cave.copc.laz");
        record.time("points", () -> {
            CopcBuilder.write(
                    cleaned.cloud(), loaded.stations(), points, recipe.points().withCrs(loaded.crs()), work);
            return points;
        });
        deliverables.add(
                new Deliverable("points", "points/cave.copc.laz", "application/vnd.laszip+copc", Files.size(points)));
        scans(dir, loaded.stations(), deliverables);
        Box box = cleaned.cloud().bounds();
        List<View> views = Views.of(cleaned.cloud(), cleaned.spacing(), loaded.stations());
        Lattice l = cleaned.cloud().lattice;
        CaveInfo.Frame frame = new CaveInfo.Frame(
                "m", "+Z", new double[] {l.originX(), l.originY(), l.originZ()}, l.step(), loaded.crs());
        Room room = Rooms.of(cleaned.cloud(), cleaned.spacing());
        CaveInfo plain = info(record, frame, box, loaded.stations(), views, deliverables, room, Layers.of(made.mesh(), loaded.stations()));
        Path quality = Files.createDirectories(dir.resolve("quality"));
        Path page = record.time(
                "report",
                () -> Reporting.write(plain, loaded, made, recipe, record.inputs(), warnings, version, quality, work));
        deliverables.add(new Deliverable("report", "quality/report.html", "text/html", Files.size(page)));
        finish(dir, Records.with(plain, "deliverables", deliverables), record, loaded.dropped(), l.step());
        return new Summary(
                out.toString(),
                cleaned.cloud().size,
                loaded.stations().size(),
                tiles.triangles(),
                tiles.tiles(),
                said(),
                record.stages());
    }

    private Summary meshOnly(Path dir, Path out, List<Path> files, RunRecord record) throws IOException {
        if (files.size() > 1) {
            throw GrottoException.badRequest(GrottoException.subject(files)
                    + ": are several meshes, and a package holds one; join them first, or build a package of each.");
        }
        Mesh mesh = record.time("load", () -> Inputs.mesh(files.getFirst(), recipe.frame()));
        List<Deliverable> deliverables = new ArrayList<>();
        MeshTiles.Result tiles = mesh(dir, mesh, record, deliverables);
        Box box = mesh.bounds();
        CaveInfo.Frame frame = new CaveInfo.Frame(
                "m", "+Z", new double[] {mesh.originX, mesh.originY, mesh.originZ}, tiles.step(), null);
        CaveInfo info = info(record, frame, box, List.of(), Views.ofMesh(box), deliverables, Rooms.of(mesh), Layers.of(mesh, List.of()));
        Path quality = Files.createDirectories(dir.resolve("quality"));
        Path page = record.time(
                "report", () -> Reporting.ofMesh(info, mesh, recipe, record.inputs(), version, quality, work));
        deliverables.add(new Deliverable("report", "quality/report.html", "text/html", Files.size(page)));
        finish(dir, Records.with(info, "deliverables", deliverables), record, List.of(), tiles.step());
        return new Summary(out.toString(), 0, 0, tiles.triangles(), tiles.tiles(), said(), record.stages());
    }

    private MeshTiles.Result mesh(Path dir, Mesh mesh, RunRecord record, List<Deliverable> deliverables)
            throws IOException {
        MeshTiles.Result tiles =
                record.time("tiles", () -> MeshTiles.write(mesh, dir.resolve("mesh"), recipe.tiles(), work));
        deliverables.add(new Deliverable("mesh", "mesh/tileset.json", "application/json", tiles.bytes()));
        Path preview = dir.resolve("mesh").resolve("preview.glb");
        GlbWriter.write(tiles.preview(), preview);
        deliverables.add(new Deliverable("preview", "mesh/preview.glb", "model/gltf-binary", Files.size(preview)));
        return tiles;
    }

    private void finish(Path dir, CaveInfo info, RunRecord record, List<String> dropped, double step)
            throws IOException {
        Json.write(dir.resolve("cave.json"), info);
        Path run = Files.createDirectories(dir.resolve("run"));
        Json.write(run.resolve("run.json"), record.document(version, recipe.options(), dropped, step, work, said()));
    }

    /** The warnings for the command line and the run record. */
    private List<String> said() {
        return warnings.stream().map(Text::en).toList();
    }

    /** A bad registration doubles every wall: it is said, not averaged away. */
    private void judgeStations(Cleaned cleaned, Loaded loaded) {
        for (PairResidual p : cleaned.report().pairs()) {
            if (p.verdict() == PairResidual.Verdict.DOUBLED_WALL) {
                String one = loaded.stations().get(p.a()).name();
                String other = loaded.stations().get(p.b()).name();
                String shift = String.format(Locale.ROOT, "%.1f", p.shift());
                String noise = String.format(Locale.ROOT, "%.1f", p.threshold());
                warnings.add(
                        Texts.of("build.doubled-wall", "one", one, "other", other, "shift", shift, "noise", noise));
            }
        }
    }

    private static void scans(Path dir, List<Station> stations, List<Deliverable> deliverables) throws IOException {
        Path file = Files.createDirectories(dir.resolve("scans")).resolve("stations.json");
        Json.write(file, stations);
        deliverables.add(new Deliverable("scans", "scans/stations.json", "application/json", Files.size(file)));
    }

    private CaveInfo info(
            RunRecord record,
            CaveInfo.Frame frame,
            Box box,
            List<Station> stations,
            List<View> views,
            List<Deliverable> deliverables,
            @Nullable Room room,
            List<Layer> layers) {
        StringBuilder all = new StringBuilder();
        for (RunRecord.Input i : record.inputs()) {
            all.append(i.sha256());
        }
        String first = record.inputs().getFirst().file();
        int dot = first.lastIndexOf('.');
        String name = dot > 0 ? first.substring(0, dot) : first;
        Text title = recipe.title() == null ? new Text(name, name) : recipe.title();
        Rights rights = recipe.rights() == null ? new Rights(null, null, null) : recipe.rights();
        return new CaveInfo(
                CaveInfo.FORMAT,
                "cave-" + RunRecord.sha256(all.toString()).substring(0, 16),
                title,
                frame,
                box,
                stations,
                views,
                List.copyOf(deliverables),
                rights,
                room,
                layers);
    }
}
