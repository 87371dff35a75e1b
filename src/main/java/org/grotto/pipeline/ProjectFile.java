package org.grotto.pipeline;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import org.grotto.base.Declared;
import org.grotto.base.GrottoException;
import org.grotto.base.Text;
import org.grotto.geometry.Pose;
import org.grotto.scene.CaveInfo;
import org.jspecify.annotations.Nullable;

/**
 * Reads a project file: scans with what is known of them, titles, rights, people, instruments, dates and the options of every stage, in
 * YAML. It is checked wholly before anything else is read; what it does not know it refuses, by line.
 */
public final class ProjectFile {
    static final List<String> TOP =
            List.of("scans", "out", "title", "rights", "people", "instruments", "dates", "stages");
    static final List<String> SCAN = List.of("file", "unit", "up", "columns", "pose", "station", "position");

    private final Path folder;

    private ProjectFile(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        this.folder = parent == null ? Path.of("") : parent;
    }

    /** Whether a path is named as a project file. */
    public static boolean is(Path path) {
        String e = Formats.extension(path);
        return e.equals("yaml") || e.equals("yml");
    }

    /**
     * Reads {@code file}.
     *
     * @param stages the declarations whose options it may hold
     */
    public static Project read(Path file, List<Declared> stages) {
        return new ProjectFile(file).project(file, Yaml.read(file), stages);
    }

    private Project project(Path file, Yaml y, List<Declared> stages) {
        Map<String, Yaml> m = y.members("a project file", TOP);
        Recipe options = options(m.get("stages"), stages);
        InputOptions frame = options.frame();
        List<ScanFile> scans = new ArrayList<>();
        Yaml list = m.get("scans");
        if (list == null || list.members().isEmpty()) {
            throw y.bad("names no scans; write \"scans:\" and under it a line \"- scans/*.e57\".");
        }
        for (Yaml s : list.members()) {
            scans.addAll(scan(s, frame));
        }
        Yaml out = m.get("out");
        return new Project(
                file,
                scans,
                out == null ? null : path(out),
                new Recipe(
                        options.chosen(),
                        title(m.get("title")),
                        rights(m.get("rights")),
                        people(m.get("people")),
                        instruments(m.get("instruments")),
                        dates(m.get("dates"))));
    }

    private List<ScanFile> scan(Yaml y, InputOptions frame) {
        if (y.kind() == Yaml.Kind.SCALAR) {
            return files(y).stream().map(ScanFile::of).toList();
        }
        Map<String, Yaml> m = y.members("a scan", SCAN);
        Yaml name = m.get("file");
        if (name == null) {
            throw y.bad("a scan needs its \"file\".");
        }
        List<Path> files = files(name);
        Yaml unit = m.get("unit");
        Yaml up = m.get("up");
        Yaml columns = m.get("columns");
        InputOptions own = unit == null && up == null && columns == null
                ? null
                : at(
                        unit != null ? unit : up != null ? up : columns,
                        () -> new InputOptions(
                                unit == null ? frame.unit() : unit.words(),
                                up == null ? frame.up() : up.words(),
                                columns == null ? frame.columns() : columns.words(),
                                frame.keepGoing(),
                                frame.resolution(),
                                frame.as()));
        Yaml station = m.get("station");
        Yaml position = m.get("position");
        Yaml pose = m.get("pose");
        Yaml single = station == null ? position : station;
        if (single != null && files.size() > 1) {
            throw single.bad("one station cannot stand for " + files.size() + " files.");
        }
        Pose move = pose == null ? null : RigidMatrix.pose(pose);
        double[] at = position == null ? null : position(position);
        String words = station == null ? null : station.words();
        return files.stream().map(f -> new ScanFile(f, own, move, words, at)).toList();
    }

    private List<Path> files(Yaml y) {
        List<Path> found;
        try {
            found = Globs.files(folder, y.words());
        } catch (PatternSyntaxException | InvalidPathException e) {
            throw y.bad("\"" + y.words() + "\" names no file: " + e.getMessage() + ".");
        }
        if (found.isEmpty()) {
            throw y.bad("no file fits \"" + y.words() + "\" in " + folder + "; check the pattern.");
        }
        return found;
    }

    private Path path(Yaml y) {
        try {
            return folder.resolve(y.words());
        } catch (InvalidPathException e) {
            throw y.bad("\"" + y.words() + "\" is no name of a folder: " + e.getReason() + ".");
        }
    }

    private static double[] position(Yaml y) {
        List<Double> n = y.numbers();
        if (n.size() != 3) {
            throw y.bad("a position is three numbers, as [1.2, -0.4, 1.65]; found " + n.size() + ".");
        }
        return new double[] {n.get(0), n.get(1), n.get(2)};
    }

    private static @Nullable Text title(@Nullable Yaml y) {
        if (y == null) {
            return null;
        }
        if (y.kind() == Yaml.Kind.SCALAR) {
            return new Text(y.words(), y.words());
        }
        Map<String, Yaml> m = y.members("a title", List.of("zh", "en"));
        Yaml zh = m.get("zh") == null ? m.get("en") : m.get("zh");
        Yaml en = m.get("en") == null ? m.get("zh") : m.get("en");
        if (zh == null || en == null) {
            throw y.bad("a title needs words in zh or en.");
        }
        return new Text(zh.words(), en.words());
    }

    private static CaveInfo.@Nullable Rights rights(@Nullable Yaml y) {
        if (y == null) {
            return null;
        }
        Map<String, Yaml> m = y.members("rights", List.of("owner", "licence", "note"));
        return new CaveInfo.Rights(words(m.get("owner")), words(m.get("licence")), words(m.get("note")));
    }

    private static List<Recipe.Person> people(@Nullable Yaml y) {
        List<Recipe.Person> all = new ArrayList<>();
        for (Yaml p : y == null ? List.<Yaml>of() : y.members()) {
            if (p.kind() == Yaml.Kind.SCALAR) {
                all.add(new Recipe.Person(p.words(), null));
                continue;
            }
            Map<String, Yaml> m = p.members("a person", List.of("name", "role"));
            Yaml name = m.get("name");
            if (name == null) {
                throw p.bad("a person needs a \"name\".");
            }
            all.add(new Recipe.Person(name.words(), words(m.get("role"))));
        }
        return all;
    }

    private static List<String> instruments(@Nullable Yaml y) {
        return y == null ? List.of() : y.members().stream().map(Yaml::words).toList();
    }

    private static Map<String, String> dates(@Nullable Yaml y) {
        Map<String, String> all = new LinkedHashMap<>();
        if (y != null) {
            y.members("dates").forEach((k, v) -> all.put(k, v.words()));
        }
        return all;
    }

    private static @Nullable String words(@Nullable Yaml y) {
        return y == null ? null : y.words();
    }

    private static Recipe options(@Nullable Yaml y, List<Declared> stages) {
        Recipe r = Recipe.DEFAULTS;
        if (y == null) {
            return r;
        }
        Map<String, Declared> byName = new LinkedHashMap<>();
        stages.forEach(d -> byName.put(d.stage(), d));
        for (Map.Entry<String, Yaml> e :
                y.members("\"stages\"", byName.keySet()).entrySet()) {
            Declared d = java.util.Objects.requireNonNull(byName.get(e.getKey()));
            r = r.with(d.stage(), OptionValues.read(e.getValue(), d));
        }
        return r;
    }

    /** Runs {@code check}; what it refuses is told with the place of {@code y}. */
    static <T> T at(@Nullable Yaml y, java.util.function.Supplier<T> check) {
        try {
            return check.get();
        } catch (GrottoException e) {
            if (y == null) {
                throw e;
            }
            throw y.bad(String.valueOf(e.getMessage()).replaceFirst("^--", ""));
        }
    }
}
