package org.grotto.kiosk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jme3.app.Application;
import com.jme3.app.state.BaseAppState;
import com.jme3.system.JmeContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.grotto.Damage;
import org.grotto.Need;
import org.grotto.Whole;
import org.grotto.base.GrottoException;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.kiosk.show.PackageTiles;
import org.grotto.kiosk.visit.CavePackage;
import org.grotto.kiosk.visit.KioskModel;
import org.grotto.kiosk.visit.KioskOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kiosk on packages whose tiles and points are broken, or vanish: it goes on, and says one sentence. */
class BrokenKioskTest {
    @TempDir
    static Path dir;

    private static Path good = Path.of("");
    private Path cave = Path.of("");

    @BeforeAll
    static void makeAPackage() throws IOException {
        String display = System.getenv("DISPLAY");
        Need.require(display != null && !display.isBlank(), "a display (run under xvfb-run -a)");
        good = TestRoom.write(dir.resolve("good"), 60, 4096);
        TestRoom.addPoints(good, 60);
    }

    @BeforeEach
    void copy() throws IOException {
        cave = Files.createTempDirectory(dir, "cave");
        try (Stream<Path> all = Files.walk(good)) {
            for (Path p : (Iterable<Path>) all::iterator) {
                Path to = cave.resolve(good.relativize(p).toString());
                if (!Files.isDirectory(p)) {
                    Files.createDirectories(to.getParent());
                    Files.copy(p, to);
                }
            }
        }
    }

    private KioskOptions options() {
        return KioskOptions.of(cave).withSize(320, 240);
    }

    /** What a picture says below the stone; null where nothing is missing. */
    private Text said(KioskOptions o) {
        CavePackage p = CavePackage.open(cave);
        KioskModel m = Kiosk.model(p, o);
        Kiosk.shoot(m, o, PackageTiles.open(p), p.points());
        return m.notice();
    }

    private List<String> tiles() throws IOException {
        try (Stream<Path> all = Files.list(good.resolve("mesh/tiles"))) {
            return all.map(p -> "mesh/tiles/" + p.getFileName()).sorted().toList();
        }
    }

    /** A few odd bytes among compressed ones may mean another colour, or place: only `validate` can tell. */
    private static boolean chosen(Damage d) {
        return Whole.asked() && !d.name().endsWith("in the middle")
                || d.name().matches(".*(missing|cut at 0.3|random)");
    }

    @Test
    void aTileThatCannotBeReadIsToldAndTheRestIsShown() throws IOException {
        String finest = tiles().stream()
                .max(java.util.Comparator.comparingInt(String::length))
                .orElseThrow();
        assertThat(said(options())).isNull();
        for (Damage d : Damage.bytes(good, finest)) {
            if (chosen(d)) {
                d.into(cave);
                assertThat(said(options())).as(d.name()).isEqualTo(Texts.of("failures.surface-part"));
                d.mend(cave, good);
            }
        }
    }

    @Test
    void withoutAnyTileThereIsNoPicture() throws IOException {
        for (String t : tiles()) {
            Files.write(cave.resolve(t), new byte[7]);
        }
        assertThatThrownBy(() -> said(options()))
                .isInstanceOfSatisfying(
                        GrottoException.class, e -> assertThat(e.kind()).isEqualTo(GrottoException.Kind.BAD_INPUT));
    }

    @Test
    void brokenPointsAreNotSilentlyTheSurface() {
        assertThat(said(options().withShow("points"))).isNull();
        for (Damage d : Damage.bytes(good, "points/room.copc.laz")) {
            if (!chosen(d)) {
                continue;
            }
            d.into(cave);
            assertThatThrownBy(() -> said(options().withShow("points")))
                    .as(d.name())
                    .isInstanceOfSatisfying(
                            GrottoException.class, e -> assertThat(e.kind()).isEqualTo(GrottoException.Kind.BAD_INPUT))
                    .hasMessageContaining("room.copc.laz");
            assertThat(said(options())).as(d.name() + ", the surface").isNull();
            d.mend(cave, good);
        }
    }

    /** Turns to where tiles are missing while the disk is away, plugs it in again, and notes what visitors read. */
    private static final class Unplugging extends BaseAppState {
        private static final long LONGEST = 60_000_000_000L;

        final List<Text> read = new ArrayList<>();
        private final KioskModel model;
        private final Path here;
        private final Path away;
        private final long start = System.nanoTime();
        private int step;
        boolean back;

        Unplugging(KioskModel model, Path here) {
            this.model = model;
            this.here = here;
            this.away = here.resolveSibling("away");
        }

        private void move(Path from, Path to) {
            try {
                Files.move(from, to);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void update(float tpf) {
            var tiles = ((KioskApp) getApplication()).tiles().streamer();
            Text now = model.notice();
            if (now != null && !read.contains(now)) {
                read.add(now);
            }
            if (step == 0 && tiles.stats().tilesShown() > 0) {
                move(here, away);
                step = 1;
            } else if (step == 1 && now != null) {
                move(away, here);
                step = 2;
            } else if (step == 2 && tiles.settled() && tiles.stats().failure() == null && now == null) {
                back = true;
                getApplication().stop(false);
            }
            if (System.nanoTime() - start > LONGEST) {
                getApplication().stop(false);
            }
        }

        @Override
        protected void initialize(Application app) {
            ((KioskApp) app).lamp().setEnabled(false);
        }

        @Override
        protected void cleanup(Application app) {
            // holds nothing of the engine
        }

        @Override
        protected void onEnable() {
            // starts with the application
        }

        @Override
        protected void onDisable() {
            // ends with the application
        }
    }

    @Test
    void aDiskThatIsUnpluggedIsToldInOneSentenceAndItsReturnMendsThePicture() {
        CavePackage p = CavePackage.open(cave);
        KioskOptions o = options();
        KioskModel m = Kiosk.model(p, o);
        Unplugging visit = new Unplugging(m, cave.resolve("mesh"));
        KioskApp app = new KioskApp(
                m, o, PackageTiles.open(p), p.points(), a -> a.getStateManager().attach(visit));
        Kiosk.quietEngine();
        app.begin(JmeContext.Type.Display, 1);
        Kiosk.await(app, app.ended());
        app.join();
        assertThat(visit.read).containsExactly(Texts.of("failures.away"));
        assertThat(visit.back)
                .as("the picture is whole, and nothing is said any more")
                .isTrue();
    }
}
