package org.grotto.base;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON in and out, one way everywhere: UTF-8, indented, keys in the order of declaration, unknown keys refused; but
 * documents of packages are read {@linkplain #lenient leniently}.
 */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // a record's components are its content; questions such as isEmpty() are not
            .changeDefaultVisibility(v -> v.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
            .changeDefaultPropertyInclusion(
                    v -> v.withValueInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL))
            .build();

    /** Passes over what it does not know; what is missing, or of another type than it should be, is null or 0. */
    private static final JsonMapper LENIENT = MAPPER.rebuild()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
            .addHandler(new WrongIsMissing())
            .build();

    /** A value that is no such thing as is asked for counts as none. */
    private static final class WrongIsMissing extends DeserializationProblemHandler {
        @Override
        public @Nullable Object handleUnexpectedToken(
                DeserializationContext c, JavaType type, JsonToken token, JsonParser in, String message) {
            in.skipChildren();
            return null;
        }

        @Override
        public @Nullable Object handleMissingInstantiator(
                DeserializationContext c, Class<?> type, ValueInstantiator made, JsonParser in, String message) {
            in.skipChildren();
            return null;
        }

        @Override
        public @Nullable Object handleWeirdStringValue(
                DeserializationContext c, Class<?> type, String value, String message) {
            return null;
        }

        @Override
        public @Nullable Object handleInstantiationProblem(
                DeserializationContext c, Class<?> type, @Nullable Object argument, Throwable problem) {
            return null;
        }
    }

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

    /**
     * Reads a document of a package, which a later version may have written: unknown keys and names are passed over, and
     * what is of another type than it should be counts as missing. What cannot be read is told with its place.
     */
    public static <T> T lenient(Path file, Class<T> type) {
        try {
            T value = LENIENT.readValue(Files.readAllBytes(file), type);
            if (value == null) {
                throw GrottoException.badInput(
                        file, "holds no JSON object; copy the package again, or build it again.");
            }
            return value;
        } catch (JacksonException e) {
            throw GrottoException.badInput(file, unfit(e), e);
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        }
    }

    private static String unfit(JacksonException e) {
        StringBuilder at = new StringBuilder();
        for (JacksonException.Reference r : e.getPath()) {
            if (r.getPropertyName() == null) {
                at.append('[').append(r.getIndex()).append(']');
            } else {
                at.append(at.isEmpty() ? "" : ".").append(r.getPropertyName());
            }
        }
        if (e instanceof StreamConstraintsException) {
            return "is nested deeper, or holds a longer text or number, than any document of a package; copy the package"
                    + " again, or build it again.";
        }
        if (e instanceof InputCoercionException && !at.isEmpty()) {
            return "has at \"" + at
                    + "\" what does not belong there, so it is not the JSON of a package; correct it, or build"
                    + " the package again.";
        }
        TokenStreamLocation where = e.getLocation();
        return "is not sound JSON"
                + (where == null || where.getLineNr() < 1
                        ? ""
                        : " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")")
                + "; copy the package again, or build it again.";
    }

    public static JsonNode tree(Path file) {
        return read(file, JsonNode.class);
    }
}
