package org.grotto.base;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON in and out, one way everywhere: UTF-8, indented, keys in the order of declaration, unknown keys refused. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // a record's components are its content; questions such as isEmpty() are not
            .changeDefaultVisibility(v -> v.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
            .changeDefaultPropertyInclusion(
                    v -> v.withValueInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL))
            .build();

    private Json() {}

    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** {@code value} as indented JSON with a line feed at the end. */
    public static String text(Object value) {
        return MAPPER.writeValueAsString(value).replace("\r\n", "\n") + "\n";
    }

    public static void write(Path file, Object value) {
        try {
            Files.write(file, text(value).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        }
    }

    /** Reads {@code file} as {@code type}; what does not fit is told with its place. */
    public static <T> T read(Path file, Class<T> type) {
        try {
            return MAPPER.readValue(Files.readAllBytes(file), type);
        } catch (JacksonException e) {
            throw GrottoException.badInput(file, "is not the JSON expected: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        }
    }

    public static JsonNode tree(Path file) {
        return read(file, JsonNode.class);
    }
}
