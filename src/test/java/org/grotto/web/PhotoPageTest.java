package org.grotto.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grotto.geometry.Pose;
import org.grotto.kiosk.PhotoRoom;
import org.grotto.scene.Lens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Photographs lie on the stone that they show, to the pixel, and a visitor lays them and takes them off. */
class PhotoPageTest {
    @TempDir
    Path folder;

    private static double[] three(Object list) {
        return ((List<?>) list)
                .stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
    }

    @SuppressWarnings("unchecked")
    private static double[] wrong(Browser.Tab tab, String name, Lens l, Pose p, double off) throws IOException {
        tab.call("n => grotto.picture(n)", name);
        tab.settle();
        Map<String, Object> state = (Map<String, Object>) tab.call("() => grotto.state()");
        Map<String, Object> camera = (Map<String, Object>) state.get("camera");
        double fov = ((Number) camera.get("fovDegrees")).doubleValue();
        return PhotoRoom.wrong(
                tab.picture().image(),
                three(camera.get("eye")),
                three(camera.get("target")),
                fov,
                l,
                p,
                0.25,
                1.5,
                off);
    }

    @Test
    void eachLiesOnTheStoneItShowsAndIsTakenOff() throws IOException {
        Path cave = PhotoRoom.write(folder.resolve("cave"));
        try (Browser browser = new Browser();
                Server server = Server.start(ServeOptions.local(cave, 0));
                Browser.Tab tab = browser.tab(1100, 700).open(server.url() + "#lang=en&view=inside")) {
            double[] pinhole = wrong(tab, "pinhole", PhotoRoom.PINHOLE_LENS, PhotoRoom.PINHOLE, 0);
            assertThat(pinhole[1]).isGreaterThan(60_000);
            assertThat(pinhole[0]).isLessThan(0.0005);
            assertThat(wrong(tab, "pinhole", PhotoRoom.PINHOLE_LENS, PhotoRoom.PINHOLE, 0.33)[0])
                    .as("a third of a degree would be seen")
                    .isGreaterThan(0.001);
            assertThat(wrong(tab, "sphere", PhotoRoom.SPHERE_LENS, PhotoRoom.SPHERE, 0)[0])
                    .isLessThan(0.0005);
            assertThat(tab.page.locator("#picture").innerText()).isEqualTo("Take the picture off");
            tab.page.keyboard().press("Escape");
            tab.settle();
            assertThat(tab.page.locator("#picture").innerText()).isEqualTo("Picture taken here");
            assertThat(stone(tab)).as("stone again").isGreaterThan(0.9);
            tab.page.locator("#picture").click();
            tab.settle();
            assertThat(tab.page.locator("#picture-name").innerText()).isEqualTo("sphere");
            assertThat(tab.complaints.stream().filter(c -> !c.startsWith("warning")))
                    .isEmpty();
        }
    }

    @SuppressWarnings("unchecked")
    private static double stone(Browser.Tab tab) throws IOException {
        Map<String, Object> camera =
                (Map<String, Object>) ((Map<String, Object>) tab.call("() => grotto.state()")).get("camera");
        double fov = ((Number) camera.get("fovDegrees")).doubleValue();
        return PhotoRoom.wrong(
                tab.picture().image(),
                three(camera.get("eye")),
                three(camera.get("target")),
                fov,
                PhotoRoom.SPHERE_LENS,
                PhotoRoom.SPHERE,
                0.25,
                1.5,
                0)[0];
    }
}
