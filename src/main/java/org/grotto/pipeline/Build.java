package org.grotto.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.grotto.base.Json;
import org.grotto.base.Outputs;
import org.grotto.base.Work;
import org.grotto.clean.Clean;
import org.grotto.clean.Cleaned;
import org.grotto.clean.PairResidual;
import org.grotto.geometry.Box;
import org.grotto.geometry.Mesh;
import org.grotto.lod.MeshTiles;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.CaveInfo.Deliverable;
import org.grotto.scene.CaveInfo.Rights;
import org.grotto.scene.CaveInfo.Text;
import org.grotto.scene.CaveInfo.View;
import org.grotto.scene.Station;
import org.grotto.surface.Poisson;
import org.grotto.surface.Surface;

/** Scans and meshes in, a cave package out: loads, cleans, reconstructs, makes levels of detail, reports, records. */
public final class Build {
    private final List<Path> inputs;
    private final Recipe recipe;
    private final String version;
    private final Work work;
    private final List<String> warnings = new ArrayList<>();

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
     * @param out the package's folder, written whole or not at all; must not exist or be empty
     */
    public static Summary run(List<Path> inputs, Recipe recipe, Path out, String version, Work work) {
        Outputs.refuseExisting(out);
        for (Path p : inputs) {
            Inputs.kind(p); // the wrong file is told before the first long read
        }
        Build build = new Build(inputs, recipe, version, work);
        Summary[] s = new Summary[1];
        Outputs.folder(out, temporary -> s[0] = build.into(temporary, out));
        return s[0];
    }

    private Summary into(Path dir, Path out) throws IOException {
        RunRecord record = new RunRecord(RunRecord.hash(inputs, work));
        Loaded loaded = record.time("load", () -> Load.run(inputs, recipe.frame(), work));
        warnings.addAll(loaded.warnings());
        Cleaned cleaned =
                record.time("clean", () -> Clean.run(loaded.cloud(), loaded.stations(), recipe.clean(), work));
        judgeStations(cleaned, loaded);
        Surface surface = record.time("surface", () -> Poisson.reconstruct(cleaned.cloud(), recipe.surface(), work));
        Mesh mesh = surface.mesh();
        List<Deliverable> deliverables = new ArrayList<>();
        MeshTiles.Result tiles =
                record.time("tiles", () -> MeshTiles.write(mesh, dir.resolve("mesh"), recipe.tiles(), work));
        deliverables.add(new Deliverable("mesh", "mesh/tileset.json", "application/json", tiles.bytes()));
        scans(dir, loaded.stations(), deliverables);
        CaveInfo info = info(record, loaded, cleaned, deliverables);
        Json.write(dir.resolve("cave.json"), info);
        Path run = Files.createDirectories(dir.resolve("run"));
        Map<String, Object> options = recipe.options();
        Json.write(run.resolve("run.json"), record.document(version, options, loaded, work, warnings));
        return new Summary(
                out.toString(),
                cleaned.cloud().size,
                loaded.stations().size(),
                tiles.triangles(),
                tiles.tiles(),
                List.copyOf(warnings),
                record.stages());
    }

    /** A bad registration doubles every wall: it is said, not averaged away. */
    private void judgeStations(Cleaned cleaned, Loaded loaded) {
        for (PairResidual p : cleaned.report().pairs()) {
            if (p.verdict() == PairResidual.Verdict.DOUBLED_WALL) {
                warnings.add(String.format(
                        Locale.ROOT,
                        "Stations %s and %s do not fit: their common walls lie %.1f mm apart (noise explains %.1f mm)."
                                + " Correct the registration of the scans and build again; the mesh is doubled or blurred"
                                + " there.",
                        loaded.stations().get(p.a()).name(),
                        loaded.stations().get(p.b()).name(),
                        p.shift(),
                        p.threshold()));
            }
        }
    }

    private static void scans(Path dir, List<Station> stations, List<Deliverable> deliverables) throws IOException {
        Path file = Files.createDirectories(dir.resolve("scans")).resolve("stations.json");
        Json.write(file, stations);
        deliverables.add(new Deliverable("scans", "scans/stations.json", "application/json", Files.size(file)));
    }

    private CaveInfo info(RunRecord record, Loaded loaded, Cleaned cleaned, List<Deliverable> deliverables) {
        StringBuilder all = new StringBuilder();
        for (RunRecord.Input i : record.inputs()) {
            all.append(i.sha256());
        }
        String first = record.inputs().getFirst().file();
        int dot = first.lastIndexOf('.');
        String name = dot > 0 ? first.substring(0, dot) : first;
        Text title = recipe.title() == null ? new Text(name, name) : recipe.title();
        Rights rights = recipe.rights() == null ? new Rights(null, null, null) : recipe.rights();
        Box box = cleaned.cloud().bounds();
        List<View> views = Views.of(cleaned.cloud(), cleaned.spacing(), loaded.stations());
        var l = cleaned.cloud().lattice;
        return new CaveInfo(
                CaveInfo.FORMAT,
                "cave-" + RunRecord.sha256(all.toString()).substring(0, 16),
                title,
                new CaveInfo.Frame(
                        "m", "+Z", new double[] {l.originX(), l.originY(), l.originZ()}, l.step(), loaded.crs()),
                box,
                loaded.stations(),
                views,
                deliverables,
                rights);
    }
}
