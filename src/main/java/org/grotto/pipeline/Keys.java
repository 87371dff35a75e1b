package org.grotto.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.grotto.base.Json;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Names of results: SHA-256 of canonical JSON, which has no spaces, keys in the order of their letters, and every value. */
final class Keys {
    private static final JsonMapper CANONICAL = Json.mapper()
            .rebuild()
            .disable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            // a record's own order would win over that of the letters
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .changeDefaultPropertyInclusion(v -> v.withValueInclusion(JsonInclude.Include.ALWAYS))
            .build();

    private Keys() {}

    /** The key of {@code parts}, in their order: texts, numbers, records, lists. */
    static String of(Object... parts) {
        return sha256(CANONICAL.writeValueAsString(Arrays.asList(parts)));
    }

    /** The SHA-256 of a text's UTF-8, in small hexadecimal digits. */
    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
