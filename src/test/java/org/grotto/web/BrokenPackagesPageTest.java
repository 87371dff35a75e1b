package org.grotto.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.grotto.Damage;
import org.grotto.Need;
import org.grotto.Whole;
import org.grotto.pipeline.BuiltCave;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page before packages that are broken in every way: a picture, or one sentence without anything technical. */
class BrokenPackagesPageTest {
    /** What a sentence for visitors holds nothing of. */
    private static final String TECHNICAL =
            "[/\\\\{}<>_]|\\.[a-z]+\\b|Error|undefined|null|NaN|\\[object|json|glb|copc";

    @TempDir
    static Path dir;

    private static Path cave = Path.of("");
    private static Browser browser;
    private static PlainServer parts;

    @BeforeAll
    static void start() throws Exception {
        browser = new Browser();
        cave = BuiltCave.copy(dir.resolve("cave"));
        parts = new PlainServer(parts(Files.createDirectory(dir.resolve("parts"))), false);
    }

    /** What of the page reads a package, as one module of its own. */
    private static Path parts(Path folder) throws Exception {
        Path root = Need.root();
        String js = root.resolve("assets/web/js").toString().replace('\\', '/');
        Path entry = Files.writeString(folder.resolve("entry.js"), """
                export { complete } from 'JS/package.js';
                export { views } from 'JS/views.js';
                export { vertexLayers } from 'JS/layers.js';
                export { Told } from 'JS/told.js';
                export { why } from 'JS/text.js';
                """.replace("JS", js));
        Path bundler = root.resolve("target/esbuild/package");
        Path program = bundler.resolve("bin/esbuild");
        Process p = new ProcessBuilder(
                        (Files.exists(program) ? program : bundler.resolve("esbuild.exe")).toString(),
                        entry.toString(),
                        "--outfile=" + folder.resolve("parts.js"),
                        "--bundle",
                        "--format=esm",
                        "--alias:three=" + root.resolve("target/web/three/package/build/three.module.js"))
                .redirectErrorStream(true)
                .start();
        String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(p.waitFor()).as(said).isZero();
        return folder;
    }

    @AfterAll
    static void stop() {
        if (parts != null) {
            parts.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    /** Gives what the page's own reading of the document makes of each text: null where it is whole, else the fault. */
    private static final String READ = """
            async (texts) => {
              const { complete, views, vertexLayers, Told, why } = await import('./parts.js');
              const odd = (v, at) => {
                if (typeof v === 'number' && !Number.isFinite(v)) return `${at} is ${v}`;
                if (v && typeof v === 'object') for (const [k, w] of Object.entries(v)) { const o = odd(w, `${at}/${k}`); if (o) return o; }
                return null;
              };
              const out = { shown: 0, told: 0, faults: [] };
              for (const [name, text] of texts) {
                try {
                  let json;
                  try { json = JSON.parse(text); } catch { out.told++; continue; }
                  const info = complete(json);
                  const all = views(info);
                  const layers = vertexLayers(info);
                  for (const l of layers) { l.palette(); l.words(l.value(0.3) ?? 0); if (l.scale) l.gradient(); }
                  const fault = odd([all.map((v) => [v.eye, v.target, v.fovDegrees]), info.stations.map((s) => [s.points, s.pose && [s.pose.tx, s.pose.ty]]),
                    info.frame, info.bounds, info.room, layers.map((l) => [l.from, l.to])], '');
                  const words = [info.title, ...all.map((v) => v.title), ...layers.flatMap((l) => [l.title, l.quantity, l.open, ...l.classes.map((c) => c.title)])];
                  for (const w of words) if (w && (typeof w.zh !== 'string' || typeof w.en !== 'string' || w.zh.length + w.en.length > 260)) out.faults.push(`${name}: says ${JSON.stringify(w).slice(0, 80)}`);
                  for (const v of Object.values(info.rights)) if (v !== null && typeof v !== 'string') out.faults.push(`${name}: rights`);
                  if (fault) out.faults.push(`${name}: ${fault}`);
                  else if (!all.length) out.faults.push(`${name}: no view`);
                  else out.shown++;
                } catch (e) {
                  if (e instanceof Told && why(e) !== e.key) out.told++;
                  else out.faults.push(`${name}: ${e}`);
                }
              }
              return out;
            }""";

    @Test
    void everyFieldOfTheCaveInEveryWay() {
        List<List<String>> texts = new ArrayList<>();
        for (Damage d : Damage.document(BuiltCave.folder(), "cave.json")) {
            if (d.bytes() != null) {
                texts.add(List.of(d.name(), new String(d.bytes(), StandardCharsets.UTF_8)));
            }
        }
        try (Browser.Tab tab = browser.tab(300, 300)) {
            tab.page.navigate(parts.url() + "parts.js");
            List<String> faults = new ArrayList<>();
            int judged = 0;
            for (int i = 0; i < texts.size(); i += 200) {
                Map<?, ?> out = (Map<?, ?>) tab.call(READ, texts.subList(i, Math.min(texts.size(), i + 200)));
                ((List<?>) out.get("faults")).forEach(f -> faults.add(String.valueOf(f)));
                judged += ((Number) out.get("shown")).intValue() + ((Number) out.get("told")).intValue();
            }
            assertThat(faults.stream().limit(30))
                    .as(faults.size() + " of " + texts.size())
                    .isEmpty();
            assertThat(judged).isEqualTo(texts.size()).isGreaterThan(1000);
            assertThat(tab.call("() => window.pwned ?? null")).isNull();
        }
    }

    /** The list of several packages says something of each. */
    @Test
    void everyFieldOfTheCaveInTheListOfPackages() {
        for (Damage d : Damage.document(BuiltCave.folder(), "cave.json")) {
            if (d.bytes() == null) {
                continue; // without it a folder is no package
            }
            d.into(cave);
            assertThat(new String(PackageList.page(new Packages(dir)), StandardCharsets.UTF_8))
                    .as(d.name())
                    .contains("href=\"./cave/\"")
                    .doesNotContain("<img", "null", "{}");
        }
        new Damage("", "cave.json", null).mend(cave, BuiltCave.folder());
    }

    @Test
    void theKnownCases() throws Exception {
        List<List<String>> texts = new ArrayList<>();
        for (String name : List.of(
                "javascript_path",
                "path_nul",
                "deliverable_null",
                "eye_short",
                "room_box_null",
                "title_zh_null",
                "view_kind_null",
                "views_null")) {
            byte[] json = Files.readAllBytes(Need.data("../cases/packages/" + name + ".json"));
            texts.add(List.of(name, new String(json, StandardCharsets.UTF_8)));
            if (Whole.asked() || texts.size() <= 2) {
                assertThat(shownOrTold(new Damage(name, "cave.json", json), ""))
                        .as(name)
                        .matches("shown|refused: .*。");
            }
        }
        try (Browser.Tab tab = browser.tab(300, 300)) {
            tab.page.navigate(parts.url() + "parts.js");
            assertThat((List<?>) ((Map<?, ?>) tab.call(READ, texts)).get("faults"))
                    .isEmpty();
        }
    }

    private static String shownOrTold(Damage d, String hash) {
        // a server keeps what it has sent for a second; visitors of a new one see what stands there
        try (Server server = Server.start(ServeOptions.local(cave, 0));
                Browser.Tab tab = browser.tab(500, 400)) {
            d.into(cave);
            tab.page.addInitScript("window.said = []; addEventListener('DOMContentLoaded', () =>"
                    + " new MutationObserver((all) => all.forEach((m) => m.addedNodes.forEach((n) => said.push(n.textContent))))"
                    + ".observe(document.getElementById('toasts'), { childList: true }));");
            tab.page.navigate(server.url() + "?" + System.nanoTime() + "#lang=zh" + hash);
            tab.page.waitForFunction("() => document.querySelector('#curtain.failed, #curtain.gone')");
            boolean gone = tab.page.locator("#curtain.gone").count() > 0;
            if (gone) {
                tab.page.waitForFunction("() => said.length > 0 || !document.querySelector('#busy.on')");
                tab.page.waitForTimeout(700);
            }
            List<String> said = new ArrayList<>();
            ((List<?>) tab.call("() => said")).forEach(s -> said.add(String.valueOf(s)));
            if (!gone) {
                assertThat(tab.page.locator(".toast").count()).as(d.name()).isZero();
            }
            List<String> different = gone
                    ? said.stream().distinct().toList()
                    : List.of(tab.page.locator("#curtain-text").innerText());
            for (String s : different) {
                assertThat(s).as(d.name()).doesNotContainPattern(TECHNICAL).endsWith("。");
                assertThat(s.replace("Grotto", "")).as(d.name()).doesNotContainPattern("[A-Za-z]");
            }
            assertThat(different).as(d.name() + " is told in one sentence").hasSizeLessThanOrEqualTo(1);
            assertThat(tab.complaints.stream().filter(c -> c.startsWith("uncaught")))
                    .as(d.name())
                    .isEmpty();
            assertThat(tab.call("() => window.pwned ?? null")).isNull();
            return (gone ? "shown" : "refused") + (different.isEmpty() ? "" : ": " + different.getFirst());
        } finally {
            d.mend(cave, BuiltCave.folder());
        }
    }

    @Test
    void whatIsBrokenIsToldInTheWholePage() throws Exception {
        String tile = Files.readString(cave.resolve("mesh/tileset.json"))
                .replaceAll("(?s).*?\"uri\"\\s*:\\s*\"([^\"]+)\".*", "mesh/$1");
        Map<String, String> outcomes = new LinkedHashMap<>();
        for (String file : List.of(tile, "mesh/tileset.json", "points/cave.copc.laz", "cave.json")) {
            String hash = file.startsWith("points") ? "&show=points" : "";
            for (Damage d : Damage.bytes(BuiltCave.folder(), file)) {
                if (file.equals("cave.json") && d.bytes() == null) {
                    continue; // without it the folder is no package, and the server shows no page for it
                }
                if (Whole.asked() || d.name().matches(".*(missing|cut at 0.3|after its head)")) {
                    outcomes.put(d.name(), shownOrTold(d, hash));
                }
            }
        }
        assertThat(outcomes.entrySet().stream()
                        .filter(e -> e.getValue().equals("shown"))
                        .filter(e -> !e.getKey().contains("in the middle")))
                .as("something is missing, and nobody says so")
                .isEmpty();
    }
}
