package org.grotto.pipeline;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.base.Outputs;
import org.grotto.base.Work;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.Layer;
import org.grotto.scene.PackageFormat;
import org.grotto.scene.PackagePath;
import org.grotto.scene.PackageReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds to a finished package. New files are written beside their places and moved there; the record of the run
 * ({@code run/run-N.json}) and the list of files ({@code run/files-N.json}) follow; {@code cave.json}, which names the
 * revision, is exchanged last. A reader sees the old package or the new one; what a killed run has left is in neither, and
 * the next one takes its place. No file that the package lists is changed, but {@code cave.json}.
 */
public final class Growth {
    private static final int MOST_REVISIONS = 1_000_000;

    private Growth() {}

    /**
     * Adds to a package.
     *
     * @return the package's new revision
     * @throws GrottoException where there is no package, another one adds to it, or it holds such a file already; then it
     *     is as it was
     */
    public static int add(Path folder, Addition addition, String version, Work work) {
        return add(folder, addition, version, work, step -> {});
    }

    /** @param done is told each step when it is done; for tests */
    static int add(Path folder, Addition addition, String version, Work work, Consumer<String> done) {
        String started = Instant.now().toString();
        Path json = PackageReader.file(folder);
        try (PackageLock lock = PackageLock.take(folder)) {
            done.accept("lock");
            ObjectNode cave = cave(json);
            int revision = revision(json, cave) + 1;
            refuseTaken(folder, cave, addition);
            List<Path> placed = new ArrayList<>();
            try {
                FileList before = FileList.read(folder, revision - 1);
                if (before == null) {
                    before = FileList.of(folder, work);
                }
                List<String> added = new ArrayList<>();
                for (Map.Entry<String, Outputs.Writer> f : new TreeMap<>(addition.files()).entrySet()) {
                    place(folder, f.getKey(), f.getValue(), placed);
                    added.add(f.getKey());
                    done.accept(f.getKey());
                }
                String run = "run/run-" + revision + ".json";
                Addition.Record record = record(addition, version, revision, started, added, work);
                place(folder, run, p -> Json.write(p, record), placed);
                added.add(run);
                done.accept(run);

                list(folder, cave, addition, revision);
                String words = Json.text(cave);
                byte[] text = words.getBytes(StandardCharsets.UTF_8);
                FileList files = before.with(folder, added, work)
                        .with(new FileList.Entry("cave.json", text.length, Keys.sha256(words)));
                place(folder, FileList.path(revision), p -> Json.write(p, files), placed);
                done.accept("files");

                Outputs.file(json, p -> {
                    Files.write(p, text);
                    force(p);
                });
                placed.clear();
                done.accept("cave.json");
                return revision;
            } finally {
                placed.forEach(Growth::remove);
            }
        }
    }

    private static ObjectNode cave(Path json) {
        JsonNode tree = Json.lenient(json, JsonNode.class);
        if (!(tree instanceof ObjectNode cave)) {
            throw GrottoException.badInput(json, "holds no JSON object; copy the package again, or build it again.");
        }
        PackageFormat.check(json, cave.path("grotto").stringValueOpt().orElse(null));
        return cave;
    }

    /** How many times it was written; 1 where it does not say. */
    private static int revision(Path json, ObjectNode cave) {
        JsonNode said = cave.path("revision");
        int revision = said.isMissingNode() || said.isNull() ? 1 : said.asInt(0);
        if (revision < 1 || revision > MOST_REVISIONS) {
            throw GrottoException.badInput(
                    json,
                    "says \"revision\": " + shortened(said)
                            + ", which cannot be; correct it, or build the package again.");
        }
        return revision;
    }

    private static String shortened(JsonNode n) {
        String s = n.toString();
        return s.substring(0, Math.min(20, s.length()));
    }

    /** A file may stand there that a killed run has left, or somebody put there: only the same bytes take its place. */
    private static void refuseTaken(Path folder, JsonNode cave, Addition addition) {
        for (String path : addition.files().keySet()) {
            PackagePath.resolve(folder, path, "cave.json");
            for (JsonNode d : cave.path("deliverables")) {
                if (d.path("path").asString("").equalsIgnoreCase(path)) {
                    throw GrottoException.badRequest(folder + ": holds " + path
                            + " already; give the new file another name, nothing is replaced in a finished package.");
                }
            }
        }
    }

    private static void place(Path folder, String path, Outputs.Writer writer, List<Path> placed) {
        Path to = folder.resolve(path);
        boolean ours = path.startsWith("run/");
        boolean found = Files.exists(to);
        Outputs.file(to, p -> {
            writer.write(p);
            if (found && !ours && Files.mismatch(p, to) >= 0) {
                throw GrottoException.badRequest(folder + ": a file " + path
                        + " that the package does not list stands there already; move it away, or give the new file"
                        + " another name.");
            }
            force(p);
        });
        if (!found || ours) {
            placed.add(to);
        }
    }

    /** So that a power cut cannot leave the new cave.json with the files of the old one. */
    private static void force(Path file) throws IOException {
        try (FileChannel c = FileChannel.open(file, StandardOpenOption.WRITE)) {
            c.force(true);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // unlisted: in nobody's way
        }
    }

    private static void list(Path folder, ObjectNode cave, Addition addition, int revision) {
        ArrayNode deliverables = array(cave, "deliverables");
        for (CaveInfo.Deliverable d : addition.deliverables()) {
            Path file = folder.resolve(d.path());
            try {
                long bytes = Files.size(file);
                deliverables.add(Json.mapper()
                        .valueToTree(new CaveInfo.Deliverable(d.kind(), d.path(), d.mediaType(), bytes, d.title())));
            } catch (IOException e) {
                throw GrottoException.io(file, e);
            }
        }
        if (!addition.layers().isEmpty()) {
            boolean unsaid = !cave.path("layers").isArray();
            ArrayNode layers = array(cave, "layers");
            if (unsaid) {
                layers.add(
                        Json.mapper().valueToTree(Layer.evidence())); // what a package without a list is taken to have
            }
            addition.layers().forEach(l -> layers.add(Json.mapper().valueToTree(l)));
        }
        cave.put("revision", revision);
    }

    private static ArrayNode array(ObjectNode cave, String key) {
        return cave.get(key) instanceof ArrayNode a ? a : cave.putArray(key);
    }

    private static Addition.Record record(
            Addition a, String version, int revision, String started, List<String> added, Work work) {
        return new Addition.Record(
                version,
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                a.verb(),
                revision,
                started,
                Instant.now().toString(),
                RunRecord.hash(a.inputs(), work),
                a.options(),
                List.copyOf(added));
    }
}
