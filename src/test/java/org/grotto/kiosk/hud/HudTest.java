package org.grotto.kiosk.hud;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.grotto.kiosk.TestRoom;
import org.grotto.kiosk.hud.HudLayout.Button;
import org.grotto.kiosk.hud.HudLayout.Panel;
import org.grotto.kiosk.hud.HudLayout.Placed;
import org.grotto.kiosk.hud.HudLayout.Rect;
import org.grotto.kiosk.visit.KioskModel;
import org.grotto.kiosk.visit.KioskOptions;
import org.junit.jupiter.api.Test;

class HudTest {
    private static final int[][] SCREENS = {{1280, 720}, {1920, 1080}, {1024, 768}, {3840, 2160}, {1080, 1920}};

    private static KioskModel model(boolean everything) {
        var info = TestRoom.info();
        KioskModel m = new KioskModel(
                info,
                TestRoom.MIDDLE,
                true,
                KioskOptions.of(Path.of("x")),
                info.views().getFirst());
        if (everything) {
            m.go(KioskModel.Go.WALK);
            m.tool(KioskModel.Tool.LIGHT);
            m.layer(0);
            m.list(true);
        }
        return m;
    }

    @Test
    void targetsAreLargeEnoughForFingersAndStandApartOnEveryScreen() {
        for (int[] s : SCREENS) {
            HudLayout l = new HudLayout(s[0], s[1], model(true));
            for (Placed<Button> b : l.buttons) {
                Rect r = b.at();
                assertThat(Math.min(r.w(), r.h())).as(b + " on " + s[0]).isGreaterThanOrEqualTo(44);
                assertThat(r.x() >= 0 && r.y() >= 0 && r.x() + r.w() <= s[0] && r.y() + r.h() <= s[1])
                        .as(b + " lies on the screen of " + s[0])
                        .isTrue();
                for (Placed<Button> c : l.buttons) {
                    Rect q = c.at();
                    boolean apart = b == c
                            || q.x() >= r.x() + r.w()
                            || r.x() >= q.x() + q.w()
                            || q.y() >= r.y() + r.h()
                            || r.y() >= q.y() + q.h();
                    assertThat(apart).as(b + " and " + c + " on " + s[0]).isTrue();
                }
                assertThat(l.buttonAt(r.x() + r.w() / 2.0, r.y() + r.h() / 2.0)).contains(b);
                assertThat(l.takes(r.x() + 1, r.y() + 1)).isTrue();
            }
            assertThat(l.takes(s[0] / 2.0, s[1] / 2.0))
                    .as("the middle is the cave's")
                    .isFalse();
        }
    }

    @Test
    void theTypefaceHasEveryCharacterThatThePanelsSay() {
        Typeface face = Typeface.load();
        assertThat(face.size(12).getFamily()).startsWith("Noto Sans SC");
        for (Words w : Words.values()) {
            assertThat(face.shows(w.in(true))).as(w.in(true)).isTrue();
            assertThat(face.shows(w.in(false))).as(w.in(false)).isTrue();
        }
        assertThat(face.shows("雲岡石窟第十二窟 莫高窟")).isTrue();
    }

    @Test
    void eachPanelIsPaintedAndTheChosenButtonStandsOut() {
        HudPaint paint = new HudPaint(Typeface.load());
        KioskModel m = model(true);
        HudLayout l = new HudLayout(1280, 720, m);
        assertThat(l.panels.stream().map(Placed::what)).contains(Panel.values());
        for (Placed<Panel> p : l.panels) {
            BufferedImage image = paint.paint(p, l, m, null, false);
            assertThat(image.getWidth()).isEqualTo(p.at().w());
            assertThat(count(image, p.what() == Panel.LIST ? 120 : 200)) // the one row is gold
                    .as(p.what() + " has bright writing or lines")
                    .isGreaterThan(20);
        }
        Placed<Panel> bar =
                l.panels.stream().filter(p -> p.what() == Panel.BAR).findFirst().orElseThrow();
        BufferedImage before = paint.paint(bar, l, m, null, false);
        m.go(KioskModel.Go.INSIDE);
        BufferedImage after = paint.paint(bar, l, m, null, false);
        for (Button b : List.of(Button.INSIDE, Button.WALK, Button.NEXT)) {
            Rect r = l.buttons.stream()
                    .filter(q -> q.what() == b)
                    .findFirst()
                    .orElseThrow()
                    .at();
            assertThat(differs(before, after, r, bar.at())).as(b.name()).isEqualTo(b != Button.NEXT);
        }
    }

    @Test
    void buttonsFadeWhenNobodyStirs() {
        assertThat(HudState.strength(0)).isEqualTo(1);
        assertThat(HudState.strength(19.9)).isEqualTo(1);
        assertThat(HudState.strength(20.75)).isBetween(0.4, 0.6);
        assertThat(HudState.strength(22)).isZero();
    }

    private static int count(BufferedImage m, int atLeast) {
        int n = 0;
        for (int y = 0; y < m.getHeight(); y++) {
            for (int x = 0; x < m.getWidth(); x++) {
                n += (m.getRGB(x, y) >> 8 & 255) >= atLeast && m.getRGB(x, y) >>> 24 > 200 ? 1 : 0;
            }
        }
        return n;
    }

    private static boolean differs(BufferedImage a, BufferedImage b, Rect r, Rect panel) {
        for (int y = r.y() - panel.y(); y < r.y() + r.h() - panel.y(); y++) {
            for (int x = r.x() - panel.x(); x < r.x() + r.w() - panel.x(); x++) {
                if (a.getRGB(x, y) != b.getRGB(x, y)) {
                    return true;
                }
            }
        }
        return false;
    }
}
