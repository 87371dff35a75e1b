package org.grotto.pipeline;

import static org.grotto.pipeline.Slots.CLEANED;
import static org.grotto.pipeline.Slots.CLOSED;
import static org.grotto.pipeline.Slots.COLOURED;
import static org.grotto.pipeline.Slots.CONTRADICTED;
import static org.grotto.pipeline.Slots.CUT_AREA;
import static org.grotto.pipeline.Slots.DRESSED;
import static org.grotto.pipeline.Slots.FILES;
import static org.grotto.pipeline.Slots.MESH;
import static org.grotto.pipeline.Slots.REGISTERED;
import static org.grotto.pipeline.Slots.SCANS;
import static org.grotto.pipeline.Slots.SHADED;
import static org.grotto.pipeline.Slots.SIGHTS;
import static org.grotto.pipeline.Slots.SUBJECT;
import static org.grotto.pipeline.Slots.THIN_WALLS;
import static org.grotto.pipeline.Slots.TRIMMED;
import static org.grotto.pipeline.Slots.WALLS_KEPT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.grotto.align.AlignOptions;
import org.grotto.align.Registered;
import org.grotto.align.Registration;
import org.grotto.base.GrottoException;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.base.Work;
import org.grotto.clean.Clean;
import org.grotto.clean.CleanOptions;
import org.grotto.clean.CleanReport;
import org.grotto.clean.Cleaned;
import org.grotto.clean.Reflection;
import org.grotto.clean.StationStats;
import org.grotto.geometry.Mesh;
import org.grotto.scene.Subject;
import org.grotto.sight.Sights;
import org.grotto.store.Engine;
import org.grotto.store.Store;
import org.grotto.store.Threads;
import org.grotto.subject.SubjectOptions;
import org.grotto.subject.Subjects;
import org.grotto.surface.Conflicts;
import org.grotto.surface.Curvature;
import org.grotto.surface.Dressing;
import org.grotto.surface.DressingOptions;
import org.grotto.surface.Noise;
import org.grotto.surface.Poisson;
import org.grotto.surface.PoissonOptions;
import org.grotto.surface.ShadeOptions;
import org.grotto.surface.Shading;
import org.grotto.surface.Surface;
import org.grotto.surface.ThinOptions;
import org.grotto.surface.ThinWalls;
import org.grotto.surface.Thinning;
import org.grotto.surface.Trim;
import org.grotto.surface.TrimOptions;
import org.grotto.views.Grey;
import org.jspecify.annotations.Nullable;

/** The stages from scans to the mesh of a package: loaded, cleaned, reconstructed, trimmed, coloured, thinned. */
public final class SurfaceStage {
    public static final Stage<InputOptions> LOAD =
            new Stage<>("load", 5, InputOptions.DEFAULTS, List.of(FILES), List.of(SCANS), SurfaceStage::load);

    static final Stage<SubjectOptions> SUBJECT_OF_SCANS =
            new Stage<>("subject", 2, SubjectOptions.DEFAULTS, List.of(SCANS), List.of(SUBJECT), SurfaceStage::subject);

    public static final Stage<CleanOptions> CLEAN = new Stage<>(
            "clean", 6, CleanOptions.DEFAULTS, List.of(SCANS, SUBJECT), List.of(CLEANED, SIGHTS), SurfaceStage::clean);

    public static final Stage<AlignOptions> ALIGN = new Stage<>(
            "align", 4, AlignOptions.DEFAULTS, List.of(CLEANED, SCANS), List.of(REGISTERED), SurfaceStage::align);

    public static final Stage<PoissonOptions> SURFACE = new Stage<>(
            "surface",
            4,
            PoissonOptions.DEFAULTS,
            List.of(CLEANED),
            List.of(CLOSED, THIN_WALLS),
            SurfaceStage::surface);

    public static final Stage<TrimOptions> TRIM = new Stage<>(
            "trim",
            3,
            TrimOptions.DEFAULTS,
            List.of(CLOSED, THIN_WALLS, CLEANED, SIGHTS),
            List.of(TRIMMED, CUT_AREA, WALLS_KEPT),
            SurfaceStage::trim);

    static final Stage<DressingOptions> COLOUR = new Stage<>(
            "colour",
            1,
            DressingOptions.DEFAULTS,
            List.of(TRIMMED, CLEANED, SCANS),
            List.of(COLOURED),
            SurfaceStage::colour);

    static final Stage<Stage.Plain> CONFLICTS = new Stage<>(
            "conflicts",
            1,
            Stage.PLAIN,
            List.of(COLOURED, CLEANED, SIGHTS, REGISTERED),
            List.of(DRESSED, CONTRADICTED),
            (o, r) -> conflicts(r));

    static final Stage<ShadeOptions> SHADE = new Stage<>(
            "shade", 1, ShadeOptions.DEFAULTS, List.of(DRESSED, CLEANED), List.of(SHADED), SurfaceStage::shade);

    static final Stage<ThinOptions> THIN =
            new Stage<>("thin", 1, ThinOptions.DEFAULTS, List.of(SHADED, CLEANED), List.of(MESH), SurfaceStage::thin);

    /** Scan files to a mesh. */
    public static final Plan SCANS_TO_MESH =
            new Plan(List.of(LOAD, SUBJECT_OF_SCANS, CLEAN, ALIGN, SURFACE, TRIM, COLOUR, CONFLICTS, SHADE, THIN));

    private static final Plan LOADED_TO_MESH =
            new Plan(List.of(SUBJECT_OF_SCANS, CLEAN, ALIGN, SURFACE, TRIM, COLOUR, CONFLICTS, SHADE, THIN));

    private SurfaceStage() {}

    /**
     * @param mesh trimmed and thinned, with evidence, normals and colour
     * @param registration whether the stations fit each other, in a sentence
     */
    public record Made(Cleaned cleaned, Mesh mesh, Text registration, List<Text> warnings) {}

    /**
     * Makes the mesh of loaded scans, every stage timed in {@code record}. The loaded points are taken
     * ({@link Loaded#take}): they and every stage's own arrays are let go as soon as the next one has what it needs.
     */
    public static Made run(Loaded loaded, Recipe recipe, RunRecord record, Work work) {
        return Inputs.naming(loaded.files(), null, () -> {
            List<Text> warnings = new ArrayList<>();
            Results r = LOADED_TO_MESH.run(
                    Map.of(SCANS, new Plan.Given(loaded, "scans")),
                    Set.of(CLEANED, MESH, REGISTERED),
                    recipe,
                    record,
                    warnings,
                    work);
            return new Made(
                    r.result(CLEANED),
                    r.result(MESH),
                    Aligning.summary(r.result(REGISTERED), loaded.stations()),
                    warnings);
        });
    }

    private static void load(InputOptions o, Results r) {
        Loaded loaded = Load.files(r.get(FILES), o, r.work());
        loaded.warnings().forEach(r::warn);
        r.give(SCANS, loaded);
    }

    private static void subject(SubjectOptions o, Results r) {
        Loaded scans = r.get(SCANS);
        LineScan.refuse(scans);
        Subject s = Subjects.of(scans.cloud(), scans.stations(), o, r.work());
        if (!s.sure()) {
            r.warn(s.sentence());
        }
        scans.guess()
                .advice(s, scans.cloud().bounds(), FlatBase.of(scans.cloud()))
                .forEach(r::warn);
        r.give(SUBJECT, s);
    }

    /** Where normals without a station point; where the subject is not sure, cleaning judges for itself. */
    private static CleanOptions.Side side(Subject s) {
        if (!s.sure()) {
            return CleanOptions.Side.AUTO;
        }
        return s.kind().encloses()
                ? CleanOptions.Side.INSIDE
                : s.kind() == Subject.Kind.SITE ? CleanOptions.Side.ABOVE : CleanOptions.Side.OUTSIDE;
    }

    private static void clean(CleanOptions o, Results r) {
        CleanOptions turned = o.side() == CleanOptions.Side.AUTO ? o.withSide(side(r.get(SUBJECT))) : o;
        Cleaned cleaned = Clean.run(r.get(SCANS)::take, r.get(SCANS).stations(), turned, r.work());
        for (Reflection m : cleaned.report().reflections()) {
            r.warn(Reflected.words(m, cleaned.report().input(), o.keepReflections()));
        }
        r.give(CLEANED, cleaned.blind());
        r.give(SIGHTS, cleaned.sights());
    }

    /** A bad registration doubles every wall: it is said, not averaged away. */
    private static void align(AlignOptions o, Results r) {
        Cleaned cleaned = r.get(CLEANED);
        Loaded scans = r.get(SCANS);
        double[] spacing = new double[scans.stations().size()];
        cleaned.report()
                .stations()
                .forEach(s -> spacing[s.station()] = s.spacing().p95());
        Registered found = Registration.of(cleaned.store(), scans.eyes(), spacing, new Threads(r.work()));
        Aligning.say(found, o, scans, r);
        r.give(REGISTERED, found);
    }

    private static void surface(PoissonOptions o, Results r) {
        Cleaned cleaned = r.get(CLEANED);
        Surface made = Poisson.reconstruct(cleaned.cloud(), noise(cleaned.report()), o, r.work());
        r.give(CLOSED, made.mesh());
        r.give(THIN_WALLS, made.thinWalls());
    }

    private static Noise noise(CleanReport report) {
        int stations = 0;
        for (StationStats s : report.stations()) {
            stations = Math.max(stations, s.station() + 1);
        }
        double[] metres = new double[stations];
        Arrays.fill(metres, Double.NaN);
        boolean[] bound = new boolean[stations];
        for (StationStats s : report.stations()) {
            metres[s.station()] = s.noise();
            bound[s.station()] = s.bound();
        }
        return new Noise(metres, bound);
    }

    private static void trim(TrimOptions o, Results r) {
        Cleaned cleaned = r.get(CLEANED);
        int given = r.get(CLOSED).triangleCount();
        Trim.Result trim =
                Trim.apply(r.take(CLOSED), cleaned.store(), r.get(SIGHTS).maps(), o, new Threads(r.work()));
        if (trim.mesh().triangleCount() == 0) {
            throw new GrottoException(
                    GrottoException.Kind.BAD_INPUT,
                    String.format(
                            Locale.ROOT,
                            "a surface was laid through %,d points, but none of its %,d triangles lies near enough to"
                                    + " them to be kept: they are too few, or too far apart. Name a denser scan, or keep"
                                    + " the closed surface with --watertight.",
                            cleaned.store().size(),
                            given),
                    null);
        }
        if (trim.tripods() > 0) {
            r.warn(Texts.of(
                    "build.tripods", "n", trim.tripods(), "area", String.format(Locale.ROOT, "%.2f", trim.floor())));
        }
        ThinWalls met = r.take(THIN_WALLS);
        // a scanner sees one side of a wall: what looks like two from one place is noise and edges
        boolean oneEye =
                cleaned.report().stations().size() == 1 && r.get(SIGHTS).maps().size() == 1;
        ThinWalls.Kept walls = oneEye ? ThinWalls.Kept.NONE : met.in(trim.mesh(), r.work());
        ThinlyScanned.say(walls, trim.areaKept(), r);
        r.give(WALLS_KEPT, walls);
        r.give(CUT_AREA, Math.max(0, trim.areaGiven() - trim.areaKept()));
        r.give(TRIMMED, trim);
    }

    private static void colour(DressingOptions o, Results r) {
        Store points = r.get(CLEANED).store();
        Engine engine = new Threads(r.work());
        List<double @Nullable []> eyes = r.get(SCANS).eyes();
        Mesh mesh = Dressing.apply(r.take(TRIMMED).mesh(), points, eyes, Grey.gain(points, engine), engine);
        r.give(COLOURED, o.curvature() ? Curvature.add(mesh, points, engine) : mesh);
    }

    private static void conflicts(Results r) {
        Cleaned cleaned = r.get(CLEANED);
        Sights sights = r.take(SIGHTS);
        Conflicts.Result found = Conflicts.mark(
                r.take(COLOURED),
                cleaned.store(),
                cleaned.aside(),
                sights,
                Aligning.wrong(r.get(REGISTERED), sights),
                new Threads(r.work()));
        r.give(DRESSED, found.mesh());
        r.give(CONTRADICTED, found.area());
        Contradicting.say(found, r);
    }

    private static void shade(ShadeOptions o, Results r) {
        Cleaned cleaned = r.get(CLEANED);
        r.give(
                SHADED,
                Shading.apply(r.take(DRESSED), noise(cleaned.report()), cleaned.store(), o, new Threads(r.work())));
    }

    private static void thin(ThinOptions o, Results r) {
        Cleaned cleaned = r.get(CLEANED);
        r.give(
                MESH,
                Thinning.apply(r.take(SHADED), noise(cleaned.report()), cleaned.store(), o, new Threads(r.work())));
    }
}
