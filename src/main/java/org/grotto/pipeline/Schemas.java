package org.grotto.pipeline;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.grotto.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.JsonNodeException;

/** The JSON Schemas of a package's documents, {@code assets/schema}: draft 2020-12, open for what later versions add. */
final class Schemas {
    private static final String FOLDER = "/org/grotto/assets/schema/";
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            b -> b.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().locale(Locale.ENGLISH).build()));

    private static final Map<String, Schema> READ = new ConcurrentHashMap<>();

    private Schemas() {}

    /**
     * What of {@code document} is not as it should be, each with its place; none where all is.
     *
     * @param name of the schema, as "cave"
     */
    static List<String> faults(String name, JsonNode document) {
        return faults(READ.computeIfAbsent(name, n -> REGISTRY.getSchema(read(n))), document);
    }

    static List<String> faults(Schema schema, JsonNode document) {
        List<String> all = new ArrayList<>();
        try {
            for (Error e : schema.validate(document)) {
                String at = String.valueOf(e.getInstanceLocation());
                all.add((at.isEmpty() ? "" : at + ": ") + e.getMessage());
            }
        } catch (JsonNodeException e) {
            all.add("a number is larger than any that belongs there"); // the validator does not get over it
        }
        return all;
    }

    /** A schema that stands in no file. */
    static Schema of(JsonNode schema) {
        return REGISTRY.getSchema(schema);
    }

    /** A schema as it stands in its file. */
    static JsonNode read(String name) {
        try (InputStream in = Schemas.class.getResourceAsStream(FOLDER + name + ".schema.json")) {
            if (in == null) {
                throw new IllegalStateException("no schema " + name);
            }
            return Json.mapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException("the schema " + name + " cannot be read", e);
        }
    }
}
