package org.grotto.kiosk.hud;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grotto.base.Records;
import org.grotto.kiosk.TestRoom;
import org.grotto.kiosk.hud.HudLayout.Button;
import org.grotto.kiosk.visit.KioskModel;
import org.grotto.kiosk.visit.KioskOptions;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Under the open sky nothing is inside, and around a statue no wall is cut away: neither is said. */
class SiteWordsTest {
    private static List<String> said(Subject.Kind subject, boolean chinese) {
        CaveInfo info = Records.with(TestRoom.info(), "subject", subject);
        KioskModel m = new KioskModel(
                info,
                TestRoom.MIDDLE,
                true,
                KioskOptions.of(Path.of("x")),
                info.views().getFirst());
        List<String> all = new ArrayList<>();
        for (KioskModel.Go go : KioskModel.Go.values()) {
            m.go(go);
            all.add(Words.hint(m).in(chinese));
        }
        for (var b : new HudLayout(1280, 720, m).buttons) {
            if (b.what().ordinal() <= Button.FULL_SCREEN.ordinal()) {
                all.add(Words.of(b.what(), m).in(chinese));
            }
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(
            value = Subject.Kind.class,
            names = {"SITE", "OBJECT", "PANEL"})
    void whatIsNoRoomIsNotSpokenOfAsOne(Subject.Kind subject) {
        assertThat(said(subject, true)).noneMatch(s -> s.contains("窟内") || s.contains("剖") || s.contains("墙"));
        assertThat(said(subject, false)).noneMatch(s -> s.matches("(?i).*(inside|doll|cut away).*"));
    }

    @Test
    void aRoomIs() {
        assertThat(said(Subject.Kind.ROOM, true)).contains("窟内", "剖视");
    }
}
