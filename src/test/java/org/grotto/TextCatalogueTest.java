package org.grotto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.scene.Layer;
import org.junit.jupiter.api.Test;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The catalogue and the code fit: every text has both languages and the same places in them, every key is used, every key
 * that code names is there, and no Chinese stands in code.
 */
class TextCatalogueTest {
    private static final Path TEXTS = Path.of("assets", "texts");
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final Pattern LITERAL = Pattern.compile("[\"'`]#?([^\"'`\\n\\\\]{1,200})[\"'`]");
    /** A key of the page: t('key'), t(so ? 'key' : 'other'), new Told('key'), data-t="key", data-t-label="key". */
    private static final Pattern PAGE_KEY = Pattern.compile(
            "(?:\\bt\\(|\\bTold\\(|data-t(?:-label|-title)?=)(?:[^'\"`()]*\\?\\s*)?['\"]([\\w.-]+)['\"](?:\\s*:\\s*'([\\w.-]+)')?");

    /** A place in index.html that is filled when the page is made. */
    private static final Pattern FILLED = Pattern.compile("\\{\\{([\\w.-]+)}}");

    private static final Pattern CHINESE = Pattern.compile("[\\p{IsHan}\\u3000-\\u303f\\uff00-\\uffef]");
    private static final Pattern FILE_NAME = Pattern.compile(".*\\.(json|html|css|js|png|svg)");

    /** Source by name: .java, or .js and .html of the page. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> out = new TreeMap<>();
        for (Path root :
                new Path[] {Path.of("src", "main", "java"), Path.of("assets", "web"), Path.of("assets", "kiosk")}) {
            try (var walk = Files.walk(root)) {
                for (Path p : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
                    if (!p.toString().contains("vendor")) {
                        out.put(p.toString(), Files.readString(p));
                    }
                }
            }
        }
        assertThat(out).hasSizeGreaterThan(200);
        return out;
    }

    private static Map<String, Text> catalogue(Set<String> faults) throws IOException {
        Map<String, Text> out = new TreeMap<>();
        try (var list = Files.list(TEXTS)) {
            for (Path p : (Iterable<Path>) list.sorted()::iterator) {
                String room = p.getFileName().toString().replace(".json", "");
                Map<String, Text> texts =
                        STRICT.readValue(Files.readAllBytes(p), new TypeReference<TreeMap<String, Text>>() {});
                texts.keySet().stream()
                        .filter(k -> !k.startsWith(room + "."))
                        .forEach(k -> faults.add(k + " stands in " + p));
                out.putAll(texts);
            }
        }
        return out;
    }

    private static Set<String> places(String text) {
        return PLACE.matcher(text).results().map(m -> m.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Texts without one language, or with places that differ. */
    private static Set<String> uneven(Map<String, Text> catalogue) {
        Set<String> faults = new TreeSet<>();
        catalogue.forEach((key, t) -> {
            if (t.zh() == null || t.en() == null || t.zh().isBlank() || t.en().isBlank()) {
                faults.add(key + " lacks a language");
            } else if (!places(t.zh()).equals(places(t.en()))) {
                faults.add(key + " has " + places(t.zh()) + " in Chinese and " + places(t.en()) + " in English");
            } else if (!t.zh().equals(t.en()) && !key.endsWith(".language") && swapped(t)) {
                faults.add(key + " has a language in the other's place");
            }
        });
        return faults;
    }

    /** Chinese without a Chinese character, or English with one; only buttons that switch the language speak so. */
    private static boolean swapped(Text t) {
        return !CHINESE.matcher(t.zh()).find() || CHINESE.matcher(t.en()).find();
    }

    private static boolean page(String name) {
        return name.endsWith(".js") || name.endsWith(".html");
    }

    private static Set<String> literals(String source) {
        Set<String> out = new HashSet<>();
        Matcher m = LITERAL.matcher(source);
        for (int at = 0; m.find(at); at = m.end() - 1) { // the closing quote may open the next
            out.add(m.group(1));
        }
        FILLED.matcher(source).results().forEach(f -> out.add(f.group(1)));
        return out;
    }

    /** Keys that no code names, whole, in two parts (room.part- and the rest), or by its English (faults). */
    private static Set<String> unused(Map<String, Text> catalogue, Map<String, String> sources) {
        Set<String> said = new HashSet<>();
        Set<String> parts = new HashSet<>();
        Set<String> names = new HashSet<>();
        sources.forEach((name, source) -> {
            for (String s : literals(source)) {
                said.add(s);
                if (page(name)) {
                    said.add("web." + s);
                }
                if (s.endsWith(".") || s.endsWith("-")) {
                    parts.add(s);
                }
            }
            Pattern.compile("\\b[A-Z][A-Z_]+\\b").matcher(source).results().forEach(m -> names.add(m.group()));
        });
        return catalogue.entrySet().stream()
                .filter(e -> {
                    String key = e.getKey();
                    return !said.contains(key)
                            && !(key.startsWith("faults.")
                                    && said.contains(e.getValue().en()))
                            && parts.stream().noneMatch(p -> {
                                String rest = key.startsWith(p) ? key.substring(p.length()) : "";
                                return said.contains(rest)
                                        || names.contains(
                                                rest.toUpperCase(Locale.ROOT).replace('-', '_'));
                            });
                })
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Keys that code names and the catalogue lacks, and places that the code beside a key never fills. */
    private static Set<String> missing(Map<String, Text> catalogue, Map<String, String> sources) {
        Set<String> rooms = catalogue.keySet().stream()
                .map(k -> k.substring(0, k.indexOf('.')))
                .collect(Collectors.toSet());
        Set<String> faults = new TreeSet<>();
        sources.forEach((name, source) -> {
            Set<String> keys = new TreeSet<>();
            if (page(name)) {
                PAGE_KEY.matcher(source)
                        .results()
                        .flatMap(m -> Stream.of(m.group(1), m.group(2)))
                        .filter(k -> k != null)
                        .forEach(k -> keys.add(k.contains(".") ? k : "web." + k));
                FILLED.matcher(source).results().forEach(m -> keys.add(m.group(1)));
            } else {
                literals(source).stream()
                        .filter(s -> s.matches("[a-z]+\\.[\\w.-]+") && rooms.contains(s.substring(0, s.indexOf('.'))))
                        .filter(s -> !FILE_NAME.matcher(s).matches())
                        .forEach(keys::add);
            }
            for (String key : keys) {
                Text text = catalogue.get(key);
                boolean part = key.endsWith(".") || key.endsWith("-");
                if (text == null && !(part && catalogue.keySet().stream().anyMatch(k -> k.startsWith(key)))) {
                    faults.add(name + " names " + key);
                } else if (text != null) {
                    places(text.zh()).stream()
                            .filter(p -> page(name)
                                    ? !source.matches("(?s).*\\b" + p + "\\b.*")
                                    : !source.contains('"' + p + '"'))
                            .forEach(p -> faults.add(name + " never fills {" + p + "} of " + key));
                }
            }
        });
        return faults;
    }

    /** What columns are called in files: words to recognise, which Grotto does not say. */
    private static final String NAMES_OF_COLUMNS = "format/text/Name.java";

    private static Set<String> chinese(Map<String, String> sources) {
        Set<String> faults = new TreeSet<>();
        sources.forEach((name, source) -> {
            Matcher m = CHINESE.matcher(source);
            if (!name.endsWith(NAMES_OF_COLUMNS) && m.find()) {
                faults.add(
                        name + ": line " + source.substring(0, m.end()).lines().count() + " has " + m.group());
            }
        });
        return faults;
    }

    @Test
    void everyTextHasBothLanguagesAndTheSamePlaces() throws IOException {
        Set<String> faults = new TreeSet<>();
        Map<String, Text> catalogue = catalogue(faults);
        assertThat(catalogue).hasSizeGreaterThan(300);
        faults.addAll(uneven(catalogue));
        assertThat(faults).isEmpty();
    }

    @Test
    void everyKeyIsUsedAndEveryKeyUsedIsThere() throws IOException {
        Map<String, Text> catalogue = catalogue(new TreeSet<>());
        Map<String, String> sources = sources();
        assertThat(unused(catalogue, sources)).as("keys that no code names").isEmpty();
        assertThat(missing(catalogue, sources))
                .as("keys and values that are not there")
                .isEmpty();
    }

    @Test
    void noChineseStandsInCode() throws IOException {
        assertThat(chinese(sources())).isEmpty();
    }

    /** One idea has one Chinese word; the others stood in viewers and report once. */
    @Test
    void oneThingIsCalledOneWord() throws IOException {
        Map<String, Text> catalogue = catalogue(new TreeSet<>());
        String words = "推补 推断, 推测 推断, 光照 灯光, 仰角 高度角, 外观剖视 剖视, 娃娃屋 剖视, 洞窟 石窟, 洞内 窟内, 表面模型 表面,"
                + " 换处 下一视点, 石色 原色, 素灰浮雕 素模, 范围框 包围盒, 业主 委托单位, 保管单位 管理单位, 角点 顶点,"
                + " 最合适平面 最佳拟合平面, 仅由噪声 仅噪声一项";
        Map<String, String> instead =
                Stream.of(words.split(", *")).map(w -> w.split(" ")).collect(Collectors.toMap(w -> w[0], w -> w[1]));
        Set<String> faults = new TreeSet<>();
        catalogue.forEach((key, t) -> instead.forEach((word, better) -> {
            if (t.zh().contains(word)) {
                faults.add(key + " says " + word + ", not " + better);
            }
        }));
        catalogue.forEach((key, t) -> {
            if (t.en().contains("(s)")) {
                faults.add(key + " leaves the number open");
            }
        });
        assertThat(faults).isEmpty();
    }

    /** What kiosk and page both show has one name, and a view the name of the button that leads there. */
    @Test
    void kioskAndPageSayTheSame() throws IOException {
        Map<String, Text> catalogue = catalogue(new TreeSet<>());
        String same = "kiosk.inside web.inside views.inside, kiosk.dollhouse web.dollhouse views.dollhouse,"
                + " kiosk.on-site views.on-site, kiosk.above views.above, kiosk.mesh web.surface, kiosk.points web.points,"
                + " kiosk.layers web.layers, kiosk.light web.light, kiosk.azimuth web.azimuth,"
                + " kiosk.elevation web.elevation, kiosk.full-screen web.fullscreen, kiosk.here web.here,"
                + " layers.station.title web.station";
        for (String group : same.split(", *")) {
            assertThat(Stream.of(group.split(" ")).map(catalogue::get).distinct())
                    .as(group)
                    .hasSize(1)
                    .doesNotContainNull();
        }
    }

    /** Measured, inferred, open: the page's list, for packages that have none, is the kiosk's, word by word. */
    @Test
    void theEvidenceHasOnePalette() throws IOException {
        Layer evidence = Layer.evidence();
        String page = Files.readString(Need.root().resolve("assets/web/js/layers.js"));
        String list =
                page.substring(page.indexOf("const EVIDENCE"), page.indexOf("};", page.indexOf("const EVIDENCE")));
        for (Layer.Band b : Objects.requireNonNull(evidence.classes())) {
            String named = b.title().equals(Texts.of("layers.evidence.inferred")) ? "inferred" : "measured";
            String colour = b.colour() == null ? "" : ", colour: '" + b.colour() + "'";
            String from = String.valueOf(b.from()).replace(".0", "");
            String to = String.valueOf(b.to()).replace(".0", "");
            assertThat(list)
                    .contains("{ from: " + from + ", to: " + to + ", title: TEXTS['layers.evidence." + named + "']"
                            + colour + (b.hatch() ? ", hatch: true" : "") + " }");
        }
        assertThat(list).contains("open: TEXTS['layers.evidence.open']");
        assertThat(evidence.open()).isEqualTo(Texts.of("layers.evidence.open"));
    }

    /** The checks above see what they are for. */
    @Test
    void plantedFaultsAreFound() {
        Map<String, Text> catalogue = Map.of(
                "build.good", new Text("好 {n}", "good {n}"),
                "build.place", new Text("好 {n}", "good"),
                "build.half", new Text("", "good"),
                "build.swapped", new Text("good", "好"),
                "web.split-off", new Text("好", "good"),
                "faults.one", new Text("好", "one fault"));
        assertThat(uneven(catalogue)).hasSize(3).noneMatch(f -> f.startsWith("build.good"));
        Map<String, String> sources = Map.of(
                "A.java", "of(\"build.good\", \"n\", n); add(\"one fault\"); // 好",
                "B.java", "of(\"build.good\"); of(\"build.gone\"); read(\"build.json\"); of(\"build.place\", \"n\", 1)",
                "c.js", "t('nowhere'); t(so ? 'half' : 'either'); `split-${x}`; 'web.split-' + x; 'off'");
        assertThat(unused(catalogue, sources)).containsExactly("build.half", "build.swapped");
        assertThat(missing(catalogue, sources))
                .containsExactly(
                        "B.java names build.gone",
                        "c.js names web.either",
                        "c.js names web.half",
                        "c.js names web.nowhere")
                .doesNotContain("A.java never fills {n} of build.good");
        assertThat(missing(catalogue, Map.of("D.java", "of(\"build.good\")")))
                .containsExactly("D.java never fills {n} of build.good");
        assertThat(chinese(sources)).singleElement().asString().startsWith("A.java: line 1");
    }
}
