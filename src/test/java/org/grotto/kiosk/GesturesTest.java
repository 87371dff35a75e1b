package org.grotto.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GesturesTest {
    private final List<String> seen = new ArrayList<>();
    private final Gestures gestures = new Gestures(
            new Gestures.Target() {
                @Override
                public boolean press(double x, double y) {
                    return y < 100;
                }

                @Override
                public void drag(double x, double y, double dx, double dy, boolean onPanel) {
                    seen.add((onPanel ? "panel drag " : "drag ") + dx + " " + dy);
                }

                @Override
                public void release(double x, double y, boolean onPanel) {
                    seen.add(onPanel ? "panel release" : "release");
                }

                @Override
                public void doubleTap(double x, double y) {
                    seen.add("double tap " + x + " " + y);
                }
            },
            8);

    private void tap(double x, double y, double time) {
        gestures.press(x, y, time);
        gestures.release(x, y, time + 0.1);
    }

    @Test
    void twoQuickTapsNearEachOtherAreADoubleTap() {
        tap(300, 300, 1);
        tap(310, 305, 1.3);
        assertThat(seen).containsExactly("release", "release", "double tap 310.0 305.0");
    }

    @Test
    void slowOrDistantTapsAreNot() {
        tap(300, 300, 1);
        tap(300, 300, 2);
        tap(400, 300, 2.2);
        assertThat(seen).doesNotContain("double tap 300.0 300.0").noneMatch(s -> s.startsWith("double"));
    }

    @Test
    void threeTapsAreOneDoubleTap() {
        tap(300, 300, 1);
        tap(300, 300, 1.2);
        tap(300, 300, 1.4);
        assertThat(seen.stream().filter(s -> s.startsWith("double"))).hasSize(1);
    }

    @Test
    void aTremblingFingerTapsAMovingOneDragsTheWholeWay() {
        gestures.press(300, 300, 1);
        gestures.move(304, 303);
        gestures.release(304, 303, 1.1);
        assertThat(seen).containsExactly("release");
        seen.clear();
        gestures.press(300, 300, 2);
        gestures.move(306, 300);
        gestures.move(320, 300);
        gestures.move(320, 310);
        gestures.release(320, 310, 2.2);
        assertThat(seen).containsExactly("drag 20.0 0.0", "drag 0.0 10.0", "release");
    }

    @Test
    void whatBeginsOnAPanelBelongsToIt() {
        gestures.press(50, 50, 1);
        gestures.move(50, 300);
        gestures.release(50, 300, 1.1);
        tap(50, 50, 1.2);
        tap(50, 50, 1.4);
        assertThat(seen).containsExactly("panel drag 0.0 250.0", "panel release", "panel release", "panel release");
    }
}
