package org.grotto.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.base.Work;
import org.grotto.format.Finding;
import org.grotto.format.Findings;
import org.grotto.format.Format;
import org.grotto.format.cameras.CameraFiles;
import org.grotto.format.gltf.TilesetCheck;
import org.grotto.scene.PackageFormat;
import org.grotto.scene.PackagePath;
import org.grotto.scene.PackageReader;
import org.grotto.scene.Photos;
import tools.jackson.databind.JsonNode;

/**
 * Whether a file is as its format's specification says ({@link Format#check}), a folder holds such files alone, or a package
 * is what it says: its documents follow their schemas, its paths stay inside it, what it lists is there, with the sizes and
 * hashes of its list of files, and its tileset and points are sound. It goes on after a fault, to tell all of them.
 */
public final class Validation {
    /** Of one document: a list that is wrong throughout would bury the rest. */
    private static final int MOST_OF_A_DOCUMENT = 20;

    private static final String AGAIN = "copy the package again, or build it again";

    private final Path folder;
    private final List<Fault> faults = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int files;
    private long bytes;

    private Validation(Path folder) {
        this.folder = folder;
    }

    /**
     * Something that is not as it should be.
     *
     * @param file its path inside the package or folder; of a file that is looked at alone, as it was named
     * @param found what is wrong
     * @param todo what to do about it
     * @param where the place in the file: a byte, an element, "points"; empty for the file as a whole
     * @param clause the specification and the part of it that is broken; empty for what a package promises itself
     */
    public record Fault(String file, String found, String todo, String where, String clause) {}

    /**
     * What was found.
     *
     * @param folder the package, folder or file, as it was named
     * @param format version of the package, or format and version of the file
     * @param id and {@code revision}: of a package; empty and 0 else
     * @param files and {@code bytes}: what was looked through, or compared with the list of files
     * @param notes what is no fault, and may be of interest
     */
    public record Result(
            String folder,
            boolean valid,
            String format,
            String id,
            int revision,
            int files,
            long bytes,
            List<Fault> faults,
            List<String> notes) {}

    /**
     * Looks through a package, a file, or the files of a folder.
     *
     * @throws GrottoException where there is nothing to look through: no package of a known major version, no file of a known
     *     format, or one that holds what is not read
     */
    public static Result of(Path path, Work work) {
        if (Files.isRegularFile(path) && !path.endsWith("cave.json")) {
            return Inputs.naming(List.of(path), null, () -> ofFile(path, work));
        }
        if (Files.isRegularFile(path.resolve("cave.json")) || !Files.isDirectory(path)) {
            return ofPackage(path, work);
        }
        Path cloud = Formats.inFolder(path); // an octree is one thing, not its thousands of tiles
        return cloud.equals(path)
                ? ofFolder(path, work)
                : Inputs.naming(List.of(path), null, () -> ofFile(cloud, work));
    }

    private static Result ofFile(Path path, Work work) {
        Validation v = new Validation(path);
        String format = v.file(path, path.toString(), work);
        return v.result(format, "", 0);
    }

    private static Result ofFolder(Path folder, Work work) {
        Validation v = new Validation(folder);
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw GrottoException.io(folder, e);
        } catch (UncheckedIOException e) {
            throw GrottoException.io(folder, new IOException(e.getMessage(), e));
        }
        int others = 0;
        for (Path p : all) {
            String name = folder.relativize(p).toString().replace('\\', '/');
            try {
                v.file(p, name, work);
            } catch (GrottoException e) {
                if (e.kind() == GrottoException.Kind.CANCELLED || e.kind() == GrottoException.Kind.IO) {
                    throw e;
                }
                others++;
            }
        }
        if (v.files == 0) {
            throw GrottoException.badInput(
                    folder, "holds no file of a format that is looked through, and no package; name a file.");
        }
        if (others > 0) {
            v.notes.add(others + (others == 1 ? " file" : " files") + " of other formats were not looked through.");
        }
        return v.result("folder", "", 0);
    }

    /** Looks through one file; gives its format and version. */
    private String file(Path path, String name, Work work) {
        Path inside = Packed.file(path);
        boolean tileset = String.valueOf(inside.getFileName()).equals("tileset.json");
        String format;
        if (tileset) {
            tileset(inside, name, work);
            format = "3D Tiles";
        } else if (CameraFiles.is(inside)) {
            format = CameraFiles.read(inside).format();
        } else {
            Format f = Inputs.kind(path);
            findings(name, f.check(inside, work));
            format = f.version(inside, work);
        }
        for (Path p : all(path)) {
            files++;
            try {
                bytes += Files.size(p);
            } catch (IOException e) {
                throw GrottoException.io(p, e);
            }
        }
        return format;
    }

    /** All files of what was looked through, as far as it can name them. */
    private static List<Path> all(Path path) {
        try {
            return Inputs.files(path);
        } catch (GrottoException e) {
            return List.of(path); // a fault, and told
        }
    }

    private void findings(String name, List<Finding> found) {
        for (Finding f : found) {
            if (f.fault()) {
                faults.add(new Fault(name, f.found(), f.todo(), f.where(), f.clause()));
            } else {
                notes.add(name + ": " + f);
            }
        }
    }

    private void tileset(Path json, String name, Work work) {
        try {
            for (String p : TilesetCheck.of(json, work).problems()) {
                faults.add(new Fault(name, p, "write the tileset again", "", "OGC 22-025r4 (3D Tiles 1.1)"));
            }
        } catch (GrottoException e) {
            Findings f = new Findings();
            f.refusal(json, "OGC 22-025r4 (3D Tiles 1.1)", e);
            findings(name, f.all());
        }
    }

    private Result result(String format, String id, int revision) {
        return new Result(
                folder.toString(),
                faults.isEmpty(),
                format,
                id,
                revision,
                files,
                bytes,
                List.copyOf(faults),
                List.copyOf(notes));
    }

    private static Result ofPackage(Path folder, Work work) {
        Path json = PackageReader.file(folder);
        JsonNode cave = Json.lenient(json, JsonNode.class);
        PackageFormat.check(json, cave.path("grotto").asString(""));
        Validation v = new Validation(folder);
        int revision = Math.max(1, cave.path("revision").asInt(1));
        v.schema("cave.json", "cave", cave);
        v.documents(cave, revision);
        v.deliverables(cave);
        v.hashes(revision, work);
        if (v.faults.isEmpty()) {
            v.content(cave, work);
        }
        return v.result(cave.path("grotto").asString(""), cave.path("id").asString(""), revision);
    }

    /** Of a package whose files are those that were written: whether they were written well. */
    private void content(JsonNode cave, Work work) {
        for (JsonNode d : cave.path("deliverables")) {
            String name = d.path("path").asString("");
            Path path = folder.resolve(name);
            switch (d.path("kind").asString("")) {
                case "mesh" -> tileset(path, name, work);
                case "points" -> // that it names no reference system is no news of a cave of its own frame
                    findings(
                            name,
                            Formats.of(path).check(path, work).stream()
                                    .filter(Finding::fault)
                                    .toList());
                default -> {}
            }
        }
    }

    private void fault(String file, String found, String todo) {
        faults.add(new Fault(file, found, todo, "", ""));
    }

    private void schema(String file, String name, JsonNode document) {
        List<String> wrong = Schemas.faults(name, document);
        String todo = "correct it after assets/schema/" + name + ".schema.json, or build the package again";
        for (String w : wrong.subList(0, Math.min(MOST_OF_A_DOCUMENT, wrong.size()))) {
            fault(file, w, todo);
        }
        if (wrong.size() > MOST_OF_A_DOCUMENT) {
            fault(file, "and " + (wrong.size() - MOST_OF_A_DOCUMENT) + " more", todo);
        }
    }

    private void documents(JsonNode cave, int revision) {
        document("scans/stations.json", "stations", kinds(cave).contains("scans"));
        pictures(kinds(cave).contains("pictures"));
        document(SplatStage.LIST, "splats", kinds(cave).contains("splats"));
        document("run/run.json", "run", true);
        for (int r = 2; r <= revision && faults.size() < MOST_OF_A_DOCUMENT; r++) {
            document("run/run-" + r + ".json", "addition", true);
        }
        document(FileList.path(revision), "files", false);
        boolean reported = kinds(cave).contains("report");
        JsonNode report = tree("quality/report.json", reported);
        if (report != null) {
            boolean ofMesh = report.path("format").asString("").startsWith("mesh-report/");
            schema("quality/report.json", ofMesh ? "mesh-report" : "quality-report", report);
        }
    }

    /** The list of pictures, each file of it, and whether each names a lens that is there. */
    private void pictures(boolean needed) {
        JsonNode json = tree(Photos.PATH, needed);
        if (json == null) {
            return;
        }
        schema(Photos.PATH, "pictures", json);
        int lenses = json.path("lenses").size();
        for (JsonNode p : json.path("pictures")) {
            if (p.path("lens").asInt(0) >= Math.max(1, lenses)) {
                fault(Photos.PATH, "names lens " + p.path("lens").asInt(0) + " of " + lenses, AGAIN);
            }
            String path = p.path("path").asString("");
            if (!path.isEmpty() && legal(Photos.PATH, path)) {
                long size = size(path, Photos.PATH);
                if (size >= 0 && size != p.path("bytes").asLong(0)) {
                    fault(path, "has " + size + " bytes, where " + Photos.PATH + " says " + p.path("bytes"), AGAIN);
                }
            }
            String mask = p.path("mask").asString("");
            if (!mask.isEmpty() && legal(Photos.PATH, mask)) {
                size(mask, Photos.PATH);
            }
        }
    }

    private static Set<String> kinds(JsonNode cave) {
        Set<String> all = new HashSet<>();
        cave.path("deliverables").forEach(d -> all.add(d.path("kind").asString("")));
        return all;
    }

    private void document(String file, String schema, boolean needed) {
        JsonNode json = tree(file, needed);
        if (json != null) {
            schema(file, schema, json);
        }
    }

    private @org.jspecify.annotations.Nullable JsonNode tree(String file, boolean needed) {
        Path path = folder.resolve(file);
        if (!Files.isRegularFile(path)) {
            if (needed) {
                fault(file, "is missing", AGAIN);
            }
            return null;
        }
        try {
            return Json.lenient(path, JsonNode.class);
        } catch (GrottoException e) {
            fault(file, "cannot be read: " + e.getMessage(), AGAIN);
            return null;
        }
    }

    private void deliverables(JsonNode cave) {
        Set<String> seen = new HashSet<>();
        for (JsonNode d : cave.path("deliverables")) {
            String path = d.path("path").asString("");
            if (!legal("cave.json", path)) {
                continue;
            }
            if (!seen.add(path)) {
                fault("cave.json", "lists " + path + " twice", "take one of them out");
            }
            long size = size(path, "cave.json");
            if (size < 0) {
                continue;
            }
            if (d.path("kind").asString("").equals("mesh")) {
                size += tiles(path);
            }
            long said = d.path("bytes").asLong(0);
            if (said != size) {
                fault(path, "has " + size + " bytes, where cave.json says " + said, AGAIN);
            }
        }
    }

    private boolean legal(String names, String path) {
        boolean legal = PackagePath.legal(path);
        if (!legal) {
            fault(
                    names,
                    "names the file \"" + path + "\", which is no relative path inside the package",
                    "take it out, or name a file in the package");
        }
        return legal;
    }

    /** Bytes of a file that {@code names} lists; -1 where it is not there, which is a fault. */
    private long size(String path, String names) {
        Path file = folder.resolve(path);
        try {
            if (Files.isRegularFile(file)) {
                return Files.size(file);
            }
            fault(path, "is listed in " + names + ", and missing", AGAIN);
        } catch (IOException e) {
            fault(path, String.valueOf(GrottoException.io(file, e).getMessage()), AGAIN);
        }
        return -1;
    }

    /** Bytes of all tiles of a tileset. */
    private long tiles(String tileset) {
        JsonNode json = tree(tileset, true);
        if (json == null) {
            return 0;
        }
        schema(tileset, "tileset", json);
        String beside = tileset.contains("/") ? tileset.substring(0, tileset.lastIndexOf('/') + 1) : "";
        long sum = 0;
        TreeSet<String> contents = new TreeSet<>();
        contents(json.path("root"), contents);
        for (String uri : contents) {
            sum += legal(tileset, uri) ? Math.max(0, size(beside + uri, tileset)) : 0;
        }
        return sum;
    }

    private static void contents(JsonNode tile, Set<String> into) {
        if (tile.path("content").path("uri").isString()) {
            into.add(tile.path("content").path("uri").asString());
        }
        tile.path("children").forEach(c -> contents(c, into));
    }

    private void hashes(int revision, Work work) {
        String at = FileList.path(revision);
        FileList list;
        try {
            list = FileList.read(folder, revision);
        } catch (GrottoException e) {
            fault(at, "cannot be read: " + e.getMessage(), AGAIN);
            return;
        }
        if (list == null) {
            if (revision > 1) {
                fault(at, "is missing", AGAIN);
            } else {
                notes.add("The package has no " + at + ", as packages of an earlier version; sizes and hashes of its"
                        + " files were not compared.");
            }
            return;
        }
        List<FileList.Entry> there = new ArrayList<>();
        TreeSet<String> unlisted = FileList.present(folder);
        for (FileList.Entry e : list.files()) {
            unlisted.remove(e.path());
            if (!legal(at, e.path())) {
                continue;
            }
            long size = size(e.path(), at);
            if (size >= 0 && size != e.bytes()) {
                fault(e.path(), "has " + size + " bytes, where " + at + " says " + e.bytes(), AGAIN);
            } else if (size >= 0) {
                there.add(e);
            }
        }
        List<RunRecord.Input> found =
                RunRecord.hash(there.stream().map(e -> folder.resolve(e.path())).toList(), work);
        for (int i = 0; i < there.size(); i++) {
            FileList.Entry e = there.get(i);
            files++;
            bytes += e.bytes();
            if (!found.get(i).sha256().equals(e.sha256())) {
                fault(e.path(), "is not the file that was written: its SHA-256 differs from " + at, AGAIN);
            }
        }
        for (String u : unlisted) {
            notes.add(u + " is in the folder, and no part of the package.");
        }
    }
}
