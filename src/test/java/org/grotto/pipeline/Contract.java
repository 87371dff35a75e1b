package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.grotto.base.Json;
import org.grotto.base.Work;
import org.grotto.scene.PackagePath;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What every package that a test builds is held to: it is valid, and no document says more than its schema describes. */
public final class Contract {
    private Contract() {}

    public static void assertKept(Path cave) {
        Validation.Result r;
        try (Work work = Work.silent()) {
            r = Validation.of(cave, work);
        }
        assertThat(r.faults()).as("faults of %s", cave).isEmpty();
        assertThat(r.notes()).as("notes on %s", cave).isEmpty();
        assertThat(r.files()).isPositive();
        names(cave);
        documents(cave, r.revision()).forEach((file, schema) -> {
            if (Files.exists(cave.resolve(file))) {
                assertThat(undescribed(schema, Json.tree(cave.resolve(file))))
                        .as("what %s says and its schema does not", file)
                        .isEmpty();
            }
        });
    }

    /** Every file and folder, but a dead writer's lock, has a name that Windows takes, too, and no two are one where case does not count. */
    private static void names(Path cave) {
        Map<String, String> seen = new HashMap<>();
        try (Stream<Path> all = Files.walk(cave)) {
            all.filter(p -> !p.equals(cave) && !p.equals(cave.resolve(PackageLock.NAME)))
                    .forEach(p -> {
                        String path = cave.relativize(p)
                                .toString()
                                .replace(p.getFileSystem().getSeparator(), "/");
                        assertThat(PackagePath.legal(path))
                                .as("the name %s", path)
                                .isTrue();
                        assertThat(seen.put(path.toLowerCase(Locale.ROOT), path))
                                .as("another spelling of %s", path)
                                .isNull();
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Schemas by the documents that follow them. */
    private static Map<String, String> documents(Path cave, int revision) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("cave.json", "cave");
        all.put("scans/stations.json", "stations");
        all.put("pictures/pictures.json", "pictures");
        all.put("splats/splats.json", "splats");
        all.put("run/run.json", "run");
        for (int n = 2; n <= revision; n++) {
            all.put("run/run-" + n + ".json", "addition");
        }
        all.put(FileList.path(revision), "files");
        String format =
                Json.tree(cave.resolve("quality/report.json")).path("format").asString();
        all.put("quality/report.json", format.substring(0, format.indexOf('/')));
        return all;
    }

    /** Faults of a document against its schema without room for later versions. */
    static java.util.List<String> undescribed(String schema, JsonNode document) {
        JsonNode closed = Schemas.read(schema).deepCopy();
        close(closed);
        ((ObjectNode) closed).put("$id", closed.path("$id").asString() + ":closed");
        return Schemas.faults(Schemas.of(closed), document);
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode o && o.path("properties").isObject() && !o.has("additionalProperties")) {
            o.put("additionalProperties", false);
        }
        schema.forEach(Contract::close);
    }
}
