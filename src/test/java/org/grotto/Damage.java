package org.grotto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.grotto.base.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What can be wrong with a file of a good package, by rule: every field of a document in turn missing, null, of another
 * type, short, absurd, hostile; every kind of other file missing, empty, cut, random.
 *
 * @param name what was done, "cave.json /title/zh null"
 * @param file the damaged file, its path inside the package
 * @param bytes what stands there instead; null where it is missing
 */
public record Damage(String name, String file, byte @Nullable [] bytes) {
    /** Stands in a tree for text that no tree can hold. */
    private static final String RAW = "\u0001raw\u0001";

    private static final Map<String, String> WRONG = wrong();
    private static final List<String> HOSTILE = List.of(
            "../x.json",
            "/etc/passwd",
            "javascript:window.pwned=1",
            "http://127.0.0.1:9/x",
            "file:///etc/passwd",
            "a\0b",
            "mesh\\tileset.json",
            "C:/x.json",
            "con.json",
            "<img src=x onerror=window.pwned=1>");

    private static Map<String, String> wrong() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("null", "null");
        all.put("object", "{}");
        all.put("list", "[]");
        all.put("text", "\"x\"");
        all.put("empty", "\"\"");
        all.put("true", "true");
        all.put("zero", "0");
        all.put("negative", "-1");
        all.put("large", "2147483647");
        all.put("huge", "1e300");
        all.put("infinite", "1e999");
        all.put("NaN", "NaN");
        all.put("long", "\"" + "长".repeat(20_000) + "\"");
        all.put("deep", "[".repeat(20_000) + "]".repeat(20_000));
        return all;
    }

    /** Puts it into a copy of the package; the good bytes go back with {@link #mend}. */
    public void into(Path folder) {
        try {
            Path at = folder.resolve(file);
            if (bytes == null) {
                Files.deleteIfExists(at);
            } else {
                Files.write(at, bytes);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Puts the file of the good package back. */
    public void mend(Path folder, Path good) {
        try {
            Files.write(folder.resolve(file), Files.readAllBytes(good.resolve(file)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Every field of a JSON document wrong in every way; of long lists the first and the last element. */
    public static List<Damage> document(Path folder, String file) {
        JsonNode good = Json.tree(folder.resolve(file));
        List<String> places = new ArrayList<>();
        places(good, "", places);
        List<Damage> all = new ArrayList<>();
        for (String at : places) {
            JsonNode was = good.at(at);
            all.add(changed(good, file, at, "missing", null));
            WRONG.forEach((how, json) -> all.add(changed(good, file, at, how, json)));
            if (was.isString()) {
                for (String h : HOSTILE) {
                    all.add(changed(good, file, at, h, Json.mapper().writeValueAsString(h)));
                }
            }
            if (was instanceof ArrayNode list && !list.isEmpty()) {
                ArrayNode shorter = list.deepCopy();
                shorter.remove(list.size() - 1);
                all.add(changed(good, file, at, "short", shorter.toString()));
                ArrayNode twice = list.deepCopy();
                twice.add(list.get(0)).addNull();
                all.add(changed(good, file, at, "twice and null", twice.toString()));
                ArrayNode many = list.deepCopy();
                for (int i = 0; i < 300; i++) {
                    many.add(list.get(0));
                }
                all.add(changed(good, file, at, "many", many.toString()));
            }
        }
        all.addAll(bytes(folder, file));
        return all;
    }

    /** Where fields stand, as JSON pointers, the parents first. */
    private static void places(JsonNode node, String at, List<String> into) {
        if (!at.isEmpty()) {
            into.add(at);
        }
        node.propertyNames().forEach(name -> places(node.path(name), at + "/" + name, into));
        if (node.isArray()) {
            for (int i : new TreeSet<>(List.of(0, node.size() - 1))) {
                if (i >= 0 && !node.isEmpty()) {
                    places(node.get(i), at + "/" + i, into);
                }
            }
        }
    }

    private static Damage changed(JsonNode good, String file, String at, String how, @Nullable String json) {
        JsonNode tree = good.deepCopy();
        int cut = at.lastIndexOf('/');
        JsonNode parent = tree.at(at.substring(0, cut));
        String key = at.substring(cut + 1);
        switch (parent) {
            case ObjectNode o when json == null -> o.remove(key);
            case ObjectNode o -> o.put(key, RAW);
            case ArrayNode a when json == null -> a.remove(Integer.parseInt(key));
            case ArrayNode a -> a.set(Integer.parseInt(key), RAW);
            default -> throw new AssertionError(at);
        }
        String raw = Json.mapper().writeValueAsString(RAW);
        String text = tree.toString();
        text = json == null ? text : text.replace(raw, json);
        return new Damage(file + " " + at + " " + how.replace('\0', '0'), file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A file of any kind missing, empty, cut at several places, random as a whole, after its head, and in one place. */
    public static List<Damage> bytes(Path folder, String file) {
        byte[] good;
        try {
            good = Files.readAllBytes(folder.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        List<Damage> all = new ArrayList<>();
        all.add(new Damage(file + " missing", file, null));
        all.add(new Damage(file + " empty", file, new byte[0]));
        for (double share : new double[] {0.02, 0.3, 0.7, 0.99}) {
            all.add(new Damage(file + " cut at " + share, file, Arrays.copyOf(good, (int) (share * good.length))));
        }
        Random random = new Random(5);
        byte[] noise = new byte[good.length];
        random.nextBytes(noise);
        all.add(new Damage(file + " random", file, noise));
        byte[] body = noise.clone();
        System.arraycopy(good, 0, body, 0, good.length / 10);
        all.add(new Damage(file + " random after its head", file, body));
        byte[] spot = good.clone();
        int at = good.length / 2;
        System.arraycopy(noise, 0, spot, at, Math.min(16, good.length - at));
        all.add(new Damage(file + " random in the middle", file, spot));
        return all;
    }
}
