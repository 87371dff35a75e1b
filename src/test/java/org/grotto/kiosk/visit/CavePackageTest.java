package org.grotto.kiosk.visit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.base.Texts;
import org.grotto.kiosk.Kiosk;
import org.grotto.kiosk.TestRoom;
import org.grotto.kiosk.show.PackageTiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class CavePackageTest {
    @TempDir
    Path folder;

    private void refused(Path p, String words) {
        assertThatThrownBy(() -> Kiosk.screenshot(KioskOptions.of(p), folder.resolve("out.png")))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining(words)
                .hasMessageContaining(p.getFileName().toString());
        assertThat(folder.resolve("out.png")).doesNotExist();
    }

    @Test
    void whatIsNoPackageIsToldInOneSentence() throws IOException {
        refused(folder.resolve("nowhere"), "no such file or folder");
        refused(Files.createFile(folder.resolve("file")), "is no folder");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        refused(empty, "has no cave.json");
        Path bad = Files.createDirectory(folder.resolve("bad"));
        Files.writeString(bad.resolve("cave.json"), "{ \"grotto\": ");
        refused(bad, "JSON");
        Json.write(bad.resolve("cave.json"), TestRoom.info());
        refused(bad, "is missing");
        Files.createDirectory(bad.resolve("mesh"));
        Files.writeString(bad.resolve("mesh/tileset.json"), "{}");
        refused(bad, "asset.version");
        Files.writeString(
                bad.resolve("cave.json"), Json.text(TestRoom.info()).replace("cave-package/1", "cave-package/9"));
        refused(bad, "cave-package/9");
    }

    @Test
    void aTileOutsideItsFolderIsRefused() throws IOException {
        Path cave = TestRoom.write(folder.resolve("cave"), 12, 4096);
        Path tileset = cave.resolve("mesh/tileset.json");
        Files.writeString(tileset, Files.readString(tileset).replace("tiles/r.glb", "../../secret.glb"));
        refused(cave, "outside its folder");
    }

    private Path changed(String name, java.util.function.Consumer<ObjectNode> change) throws IOException {
        Path cave = TestRoom.write(folder.resolve(name), 12, 4096);
        ObjectNode json = (ObjectNode) Json.tree(cave.resolve("cave.json"));
        change.accept(json);
        Json.write(cave.resolve("cave.json"), json);
        return cave;
    }

    private static KioskModel opened(Path cave) {
        KioskOptions options = KioskOptions.of(cave);
        CavePackage p = CavePackage.open(cave);
        KioskModel model = Kiosk.model(p, options);
        assertThat(PackageTiles.open(p).root()).isNotNull();
        return model;
    }

    @Test
    void aPackageOfALaterMinorVersionOrWithHolesIsShown() throws IOException {
        assertThat(opened(changed("minor", c -> {
                            c.put("grotto", "cave-package/1.3").putArray("layers");
                            c.put("moss", "green");
                        }))
                        .layers)
                .isEmpty();
        KioskModel bare = opened(changed("bare", c -> {
            c.putNull("views")
                    .putNull("title")
                    .putNull("stations")
                    .putNull("rights")
                    .putNull("layers");
            c.putNull("deliverables").putObject("room").putNull("box");
        }));
        assertThat(bare.view().name()).isEqualTo("inside");
        assertThat(bare.text(bare.cave.title())).isEqualTo("无题");
        assertThat(bare.room).isNull();
        assertThat(bare.layers).hasSize(1);
        Path own = changed("own", c -> {
            ((ObjectNode) c.path("views").path(0)).put("name", "the front");
            ((ObjectNode) c.path("views").path(1)).putNull("kind");
        });
        assertThat(opened(own).view().name()).isEqualTo("the front");
    }

    @Test
    void aPathOutOfThePackageIsRefusedInBothLanguages() throws IOException {
        int n = 0;
        for (String path : List.of("../x/tileset.json", "javascript:x", "a\0b", "/etc/passwd", "C:/x", "%2e%2e/x")) {
            Path cave =
                    changed("p" + n++, c -> ((ObjectNode) c.path("deliverables").path(0)).put("path", path));
            assertThatThrownBy(() -> CavePackage.open(cave))
                    .isInstanceOfSatisfying(
                            GrottoException.class,
                            e -> assertThat(e.text()).isEqualTo(Texts.of("failures.foreign-path")))
                    .hasMessageContaining("no relative path inside the package");
        }
    }

    @Test
    void anUnknownViewIsAnsweredWithThoseThereAre() throws IOException {
        Path cave = TestRoom.write(folder.resolve("cave"), 12, 4096);
        assertThatThrownBy(() -> Kiosk.screenshot(KioskOptions.of(cave).withView("attic"), folder.resolve("o.png")))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("inside, corner, dollhouse");
    }

    @Test
    void anUnknownLayerIsAnsweredWithThoseThereAre() throws IOException {
        Path cave = TestRoom.write(folder.resolve("cave"), 12, 4096);
        assertThatThrownBy(() -> Kiosk.screenshot(KioskOptions.of(cave).withShow("wires"), folder.resolve("o.png")))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("has no layer \"wires\"")
                .hasMessageContaining("evidence");
    }

    @Test
    void optionsOutOfRangeAreRefusedByName() {
        KioskOptions o = KioskOptions.of(folder);
        assertThatThrownBy(() -> o.withSize(10, 10)).hasMessageContaining("--size");
        assertThatThrownBy(() -> o.withLanguage("fr")).hasMessageContaining("--language");
        assertThatThrownBy(() -> o.withLight(0, 2)).hasMessageContaining("elevation of --light");
    }

    @Test
    void aLayerThatThePackageLacksIsAnsweredWithWhatThereIs() {
        var info = TestRoom.info();
        KioskOptions o = KioskOptions.of(folder).withShow("wires");
        assertThatThrownBy(() -> new KioskModel(
                        info, TestRoom.MIDDLE, true, o, info.views().getFirst()))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("no layer \"wires\"")
                .hasMessageContaining("mesh, points");
    }

    /** What the kiosk does in a process without a display. */
    static final class NoDisplay {
        public static void main(String[] args) {
            try {
                Kiosk.screenshot(KioskOptions.of(Path.of(args[0])), Path.of(args[1]));
            } catch (GrottoException e) {
                System.out.println(e.kind() + " " + e.getMessage());
            }
            System.exit(0);
        }
    }

    @Test
    void withoutADisplayItSaysWhatToInstallAndDoesNotHang() throws Exception {
        Path cave = TestRoom.write(folder.resolve("cave"), 12, 4096);
        for (String display : new String[] {null, ":4711"}) {
            Path log = folder.resolve("log.txt");
            List<String> command = new ArrayList<>(List.of(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    System.getProperty("java.class.path"),
                    NoDisplay.class.getName(),
                    cave.toString(),
                    folder.resolve("o.png").toString()));
            ProcessBuilder b =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            b.environment().remove("DISPLAY");
            b.environment().remove("WAYLAND_DISPLAY");
            if (display != null) {
                b.environment().put("DISPLAY", display);
            }
            Process p = b.start();
            boolean ended = p.waitFor(60, TimeUnit.SECONDS);
            p.destroyForcibly();
            String said = Files.readString(log, StandardCharsets.UTF_8);
            assertThat(ended).as(said).isTrue();
            assertThat(said).contains("MISSING").contains("xvfb-run");
            assertThat(folder.resolve("o.png")).doesNotExist();
        }
    }
}
