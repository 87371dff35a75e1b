package org.grotto.pipeline;

import static org.grotto.pipeline.Slots.CAVE;
import static org.grotto.pipeline.Slots.CLEANED;
import static org.grotto.pipeline.Slots.CUT_AREA;
import static org.grotto.pipeline.Slots.FILES;
import static org.grotto.pipeline.Slots.FOLDER;
import static org.grotto.pipeline.Slots.GROTTO;
import static org.grotto.pipeline.Slots.INPUTS;
import static org.grotto.pipeline.Slots.MESH;
import static org.grotto.pipeline.Slots.MESH_FILES;
import static org.grotto.pipeline.Slots.OPTIONS;
import static org.grotto.pipeline.Slots.PICTURE_FILES;
import static org.grotto.pipeline.Slots.POINT_FILES;
import static org.grotto.pipeline.Slots.RECIPE;
import static org.grotto.pipeline.Slots.REPORT_FILES;
import static org.grotto.pipeline.Slots.SCANS;
import static org.grotto.pipeline.Slots.SCENERY;
import static org.grotto.pipeline.Slots.STATION_FILES;
import static org.grotto.pipeline.Slots.SUBJECT;
import static org.grotto.pipeline.Slots.TILED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.base.Records;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.clean.Cleaned;
import org.grotto.format.gltf.GlbWriter;
import org.grotto.geometry.Box;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Mesh;
import org.grotto.lod.CopcBuilder;
import org.grotto.lod.CopcOptions;
import org.grotto.lod.MeshTiles;
import org.grotto.lod.TileOptions;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.CaveInfo.Deliverable;
import org.grotto.scene.CaveInfo.Rights;
import org.grotto.scene.Layer;
import org.grotto.scene.Room;
import org.grotto.scene.Station;
import org.grotto.scene.Subject;
import org.grotto.store.Engine;
import org.grotto.store.Store;
import org.grotto.store.Threads;
import org.grotto.subject.SubjectOptions;
import org.grotto.views.Exposure;
import org.grotto.views.Rooms;
import org.grotto.views.Views;

/** The stages that write a package: tiles, points, stations, views, report, contents. */
public final class PackageStages {
    public static final Stage<TileOptions> TILES = new Stage<>(
            "tiles", 3, TileOptions.DEFAULTS, List.of(MESH, FOLDER), List.of(TILED, MESH_FILES), PackageStages::tiles);

    public static final Stage<CopcOptions> POINTS = new Stage<>(
            "points",
            2,
            CopcOptions.DEFAULTS,
            List.of(CLEANED, SCANS, FOLDER),
            List.of(POINT_FILES),
            PackageStages::points);

    static final Stage<Stage.Plain> STATIONS = new Stage<>(
            "stations", 1, Stage.PLAIN, List.of(SCANS, FOLDER), List.of(STATION_FILES), (o, r) -> stations(r));

    static final Stage<Stage.Plain> VIEWS = new Stage<>(
            "views", 5, Stage.PLAIN, List.of(CLEANED, SCANS, TILED, SUBJECT), List.of(SCENERY), (o, r) -> views(r));

    static final Stage<Stage.Plain> CAVE_OF_SCANS = new Stage<>(
            "cave",
            4,
            Stage.PLAIN,
            List.of(
                    FILES,
                    SCENERY,
                    SUBJECT,
                    MESH,
                    SCANS,
                    INPUTS,
                    RECIPE,
                    MESH_FILES,
                    POINT_FILES,
                    STATION_FILES,
                    PICTURE_FILES,
                    Slots.SPLAT_FILES),
            List.of(CAVE),
            (o, r) -> r.give(
                    CAVE,
                    info(
                            r,
                            r.get(SCANS).stations(),
                            r.get(MESH_FILES),
                            r.get(POINT_FILES),
                            r.get(STATION_FILES),
                            r.get(PICTURE_FILES),
                            r.get(Slots.SPLAT_FILES))));

    static final Stage<Stage.Plain> REPORT = new Stage<>(
            "report",
            5,
            Stage.PLAIN,
            List.of(
                    CAVE,
                    RECIPE,
                    SUBJECT,
                    SCANS,
                    CLEANED,
                    Slots.REGISTERED,
                    Slots.CONTRADICTED,
                    MESH,
                    CUT_AREA,
                    Slots.WALLS_KEPT,
                    INPUTS,
                    OPTIONS,
                    GROTTO,
                    Slots.PHOTOS,
                    FOLDER),
            List.of(REPORT_FILES),
            (o, r) -> r.give(REPORT_FILES, report(Reporting.write(r, quality(r)))));

    /** Writes cave.json, the last file that is a result. */
    static final Stage<Stage.Plain> CONTENTS = new Stage<>(
            "contents", 1, Stage.PLAIN, List.of(CAVE, REPORT_FILES, FOLDER), List.of(), (o, r) -> contents(r));

    static final Stage<InputOptions> LOAD_MESH = new Stage<>(
            "load",
            3,
            InputOptions.DEFAULTS,
            List.of(FILES),
            List.of(Slots.READ_MESH, Slots.NOT_KEPT, Slots.GUESS, Slots.READ_FRAME),
            PackageStages::loadMesh);

    static final Stage<Stage.Plain> VIEWS_OF_MESH = new Stage<>(
            "views", 5, Stage.PLAIN, List.of(MESH, TILED, SUBJECT), List.of(SCENERY), (o, r) -> viewsOfMesh(r));

    static final Stage<SubjectOptions> SUBJECT_OF_MESH = new Stage<>(
            "subject",
            3,
            SubjectOptions.DEFAULTS,
            List.of(Slots.READ_MESH, Slots.READ_FRAME, Slots.GUESS),
            List.of(SUBJECT, MESH, Slots.MESH_FRAME),
            PackageStages::subjectOfMesh);

    static final Stage<Stage.Plain> CAVE_OF_MESH = new Stage<>(
            "cave",
            3,
            Stage.PLAIN,
            List.of(FILES, SCENERY, SUBJECT, MESH, INPUTS, RECIPE, MESH_FILES, PICTURE_FILES, Slots.SPLAT_FILES),
            List.of(CAVE),
            (o, r) -> r.give(
                    CAVE, info(r, List.of(), r.get(MESH_FILES), r.get(PICTURE_FILES), r.get(Slots.SPLAT_FILES))));

    static final Stage<Stage.Plain> REPORT_OF_MESH = new Stage<>(
            "report",
            5,
            Stage.PLAIN,
            List.of(CAVE, RECIPE, SUBJECT, MESH, Slots.NOT_KEPT, INPUTS, OPTIONS, GROTTO, Slots.PHOTOS, FOLDER),
            List.of(REPORT_FILES),
            (o, r) -> r.give(REPORT_FILES, report(Reporting.ofMesh(r, quality(r)))));

    private static final String COPC = "application/vnd.laszip+copc";

    /** Parts that a sentence names. */
    private static final int NAMED = 12;

    private PackageStages() {}

    private static void loadMesh(InputOptions o, Results r) {
        List<Text> same = new ArrayList<>();
        List<ScanFile> files = SameFiles.distinct(SameFiles.ordered(r.get(FILES)), same);
        same.forEach(r::warn);
        boolean several = files.size() > 1;
        List<Mesh> parts = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> notKept = new ArrayList<>();
        boolean unit = true;
        boolean up = true;
        Frame first = null;
        for (ScanFile f : files) {
            if (f.pose() != null || f.station() != null || f.position() != null) {
                throw GrottoException.badRequest(
                        f.path() + ": is a mesh; pose, station and position are for scans, leave them out.");
            }
            String file = String.valueOf(f.path().getFileName());
            Inputs.MeshInput in = Inputs.readMesh(f.path(), f.frame() == null ? o : f.frame(), r.work());
            in.told().forEach(r::warn);
            in.understood().forEach(s -> r.warn(Texts.of("build.understood", "file", file, "what", s)));
            in.notKept().forEach(s -> notKept.add(several ? file + ": " + s : s));
            unit &= in.guess().unit();
            up &= in.guess().up();
            parts.add(in.mesh());
            first = parts.size() == 1 ? in.frame() : first;
            names.add(file);
        }
        if (several) {
            String shown = names.size() <= NAMED
                    ? String.join(", ", names)
                    : String.join(", ", names.subList(0, NAMED - 1)) + " ... " + names.getLast();
            r.warn(Texts.of("build.parts", "count", Integer.toString(names.size()), "names", shown));
        }
        r.give(Slots.READ_MESH, Parts.joined(parts));
        r.give(Slots.NOT_KEPT, List.copyOf(notKept));
        r.give(Slots.GUESS, new Guess(several ? names.getFirst() + " ..." : names.getFirst(), unit, up));
        r.give(Slots.READ_FRAME, Objects.requireNonNull(first, "no mesh"));
    }

    private static void subjectOfMesh(SubjectOptions o, Results r) {
        Mesh m = r.take(Slots.READ_MESH);
        Upright upright = Upright.of(m, r.get(Slots.READ_FRAME), r.get(Slots.GUESS), o, r.work());
        upright.told().forEach(r::warn);
        if (!upright.subject().sure()) {
            r.warn(upright.subject().sentence());
        }
        r.give(SUBJECT, upright.subject());
        r.give(MESH, upright.mesh());
        r.give(Slots.MESH_FRAME, upright.frame());
    }

    private static void tiles(TileOptions o, Results r) throws IOException {
        Path folder = r.get(FOLDER).resolve("mesh");
        MeshTiles.Result tiles = MeshTiles.write(r.get(MESH), folder, o, r.work());
        Path preview = folder.resolve("preview.glb");
        GlbWriter.write(tiles.preview(), preview);
        r.give(TILED, tiles);
        r.give(
                MESH_FILES,
                List.of(
                        new Deliverable("mesh", "mesh/tileset.json", "application/json", tiles.bytes()),
                        new Deliverable("preview", "mesh/preview.glb", "model/gltf-binary", Files.size(preview))));
    }

    private static void points(CopcOptions o, Results r) throws IOException {
        Path file = Files.createDirectories(r.get(FOLDER).resolve("points")).resolve("cave.copc.laz");
        Loaded scans = r.get(SCANS);
        CopcOptions options = o.crs() == null ? o.withCrs(scans.crs()) : o;
        CopcBuilder.write(r.get(CLEANED).store(), scans.stations(), file, options, new Threads(r.work()));
        List<Deliverable> files = new ArrayList<>();
        files.add(new Deliverable("points", "points/cave.copc.laz", COPC, Files.size(file)));
        Store aside = r.get(CLEANED).aside();
        if (aside != null) {
            Path other = file.resolveSibling("contradicted.copc.laz");
            CopcBuilder.write(aside, scans.stations(), other, options, new Threads(r.work()));
            files.add(new Deliverable(
                    "contradicted",
                    "points/contradicted.copc.laz",
                    COPC,
                    Files.size(other),
                    Texts.of("build.contradicted")));
        }
        r.give(POINT_FILES, files);
    }

    private static void stations(Results r) throws IOException {
        Path file = Files.createDirectories(r.get(FOLDER).resolve("scans")).resolve("stations.json");
        Json.write(file, r.get(SCANS).stations());
        r.give(
                STATION_FILES,
                List.of(new Deliverable("scans", "scans/stations.json", "application/json", Files.size(file))));
    }

    private static void views(Results r) {
        Cleaned c = r.get(CLEANED);
        Loaded scans = r.get(SCANS);
        Engine engine = new Threads(r.work());
        Lattice l = c.store().lattice();
        CaveInfo.Frame frame = new CaveInfo.Frame(
                "m", "+Z", new double[] {l.originX(), l.originY(), l.originZ()}, l.step(), scans.crs());
        Subject.Kind subject = r.get(SUBJECT).kind();
        Room room = subject.encloses() ? Rooms.of(c.store(), engine) : null;
        Mesh preview = r.get(TILED).preview();
        List<CaveInfo.View> views = Views.of(preview, c.store(), scans.stations(), subject, room, engine);
        r.give(SCENERY, new Scenery(frame, c.store().bounds(), views, room, Exposure.of(preview)));
    }

    private static void viewsOfMesh(Results r) {
        Mesh m = r.get(MESH);
        Box box = m.bounds();
        CaveInfo.Frame frame = new CaveInfo.Frame(
                "m",
                "+Z",
                new double[] {m.originX, m.originY, m.originZ},
                r.get(TILED).step(),
                null);
        Subject.Kind subject = r.get(SUBJECT).kind();
        Room room = subject.encloses() ? Rooms.of(m) : null;
        Mesh preview = r.get(TILED).preview();
        List<CaveInfo.View> views = Views.ofMesh(preview, subject, room, r.work());
        r.give(SCENERY, new Scenery(frame, box, views, room, Exposure.of(preview)));
    }

    @SafeVarargs
    private static CaveInfo info(Results r, List<Station> stations, List<Deliverable>... files) {
        List<RunRecord.Input> inputs = r.get(INPUTS);
        Recipe recipe = r.get(RECIPE);
        Scenery s = r.get(SCENERY);
        Subject subject = r.get(SUBJECT);
        StringBuilder all = new StringBuilder();
        for (RunRecord.Input i : inputs) {
            all.append(i.sha256());
        }
        String name = FileTitle.of(
                inputs.stream().map(RunRecord.Input::file).toList(),
                stations,
                r.get(FILES).getFirst().path());
        Text title = recipe.title() == null ? new Text(name, name) : recipe.title();
        Rights rights = recipe.rights() == null ? new Rights(null, null, null) : recipe.rights();
        List<Deliverable> deliverables = new ArrayList<>();
        for (List<Deliverable> f : files) {
            deliverables.addAll(f);
        }
        return new CaveInfo(
                CaveInfo.FORMAT,
                "cave-" + Keys.sha256(all.toString()).substring(0, 16),
                title,
                s.frame(),
                s.bounds(),
                stations,
                s.views(),
                List.copyOf(deliverables),
                rights,
                s.room(),
                layers(Layers.of(r.get(MESH), stations), subject),
                null,
                subject.kind(),
                subject.reasons(),
                s.exposure());
    }

    /** Where nothing encloses, a place without surface is the air, and no gap. */
    private static List<Layer> layers(List<Layer> all, Subject subject) {
        return subject.kind().encloses()
                ? all
                : all.stream().map(l -> Records.with(l, "open", null)).toList();
    }

    private static Path quality(Results r) throws IOException {
        return Files.createDirectories(r.get(FOLDER).resolve("quality"));
    }

    private static List<Deliverable> report(Path page) throws IOException {
        return List.of(new Deliverable("report", "quality/report.html", "text/html", Files.size(page)));
    }

    private static void contents(Results r) {
        CaveInfo cave = r.get(CAVE);
        List<Deliverable> all = new ArrayList<>(cave.deliverables());
        all.addAll(r.get(REPORT_FILES));
        Json.write(r.get(FOLDER).resolve("cave.json"), Records.with(cave, "deliverables", all));
    }
}
