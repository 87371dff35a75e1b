package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.grotto.base.Json;
import org.grotto.base.Work;
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
        documents(cave, r.revision()).forEach((file, schema) -> {
            if (Files.exists(cave.resolve(file))) {
                assertThat(undescribed(schema, Json.tree(cave.resolve(file))))
                        .as("what %s says and its schema does not", file)
                        .isEmpty();
            }
        });
    }

    /** Schemas by the documents that follow them. */
    private static Map<String, String> documents(Path cave, int revision) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("cave.json", "cave");
        all.put("scans/stations.json", "stations");
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
