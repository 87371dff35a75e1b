package org.grotto.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.grotto.ThinHouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In the page, too, one sees the walls of a room, not the curtains that hang from the tiles of the room beyond. */
class ThinWallsPageTest {
    @TempDir
    Path folder;

    @Test
    void whatIsSeenAndMeasuredIsTheHouse() throws IOException {
        try (Browser browser = new Browser();
                Server server = Server.start(ServeOptions.local(ThinHouse.build(folder), 0));
                Browser.Tab tab = browser.tab(900, 700).open(server.url() + "#lang=en")) {
            double[] e = ThinHouse.EYE;
            List<Double> eye = List.of(e[0], e[1], e[2]);
            List<String> wrong = new ArrayList<>();
            int seen = 0;
            for (int turn = 0; turn < 4; turn++) {
                List<Double> target =
                        List.of(e[0] + Math.cos(turn * Math.PI / 2), e[1] + Math.sin(turn * Math.PI / 2), e[2] - 0.2);
                tab.call(
                        "async (v) => { await grotto.camera(v); await grotto.settled(); }",
                        Map.of("kind", "inside", "eye", eye, "target", target, "fovDegrees", 80));
                assertThat(tab.call("async () => (await grotto.ready).mesh.progress.finest"))
                        .as("the finest tiles are shown")
                        .isEqualTo(true);
                for (String how : List.of("place", "pick")) {
                    List<?> all = (List<?>) tab.call("""
                            async (how) => {
                              const out = [];
                              for (let x = 10; x < 900; x += 25) {
                                for (let y = 10; y < 700; y += 25) out.push((await grotto[how](x, y))?.cave ?? null);
                              }
                              return out;
                            }""", how);
                    for (Object at : all) {
                        seen += at == null ? 0 : 1;
                        if (at instanceof List<?> p && wrong(p)) {
                            wrong.add("%s in turn %d: %s".formatted(how, turn, p));
                        }
                    }
                }
            }
            assertThat(wrong).isEmpty();
            assertThat(seen).isGreaterThan(7000);
        }
    }

    private static boolean wrong(List<?> cave) {
        double[] p = new double[3];
        for (int k = 0; k < 3; k++) {
            p[k] = ((Number) cave.get(k)).doubleValue();
        }
        return ThinHouse.off(p) > ThinHouse.WITHIN;
    }
}
