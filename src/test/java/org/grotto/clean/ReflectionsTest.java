package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * What is seen in mirrors is found, and what is only symmetric is left alone; {@link MirrorScenes} runs all its scenes by
 * hand.
 */
class ReflectionsTest {
    private static final double STEP = 0.02;

    private static MirrorWorld mirror(String name, long seed) {
        return Objects.requireNonNull(MirrorScenes.mirrors().get(name)).of(seed, 0.001, STEP);
    }

    private static void alone(String name, long seed) {
        MirrorWorld.Outcome o = Objects.requireNonNull(MirrorScenes.symmetric().get(name))
                .of(seed, 0.001, STEP)
                .run();
        assertThat(o.planes()).as(name).isEmpty();
        assertThat(o.lost()).as(name).isZero();
    }

    private static void found(MirrorWorld.Outcome o) {
        assertThat(o.planes()).hasSize(1);
        assertThat(o.share()).isGreaterThan(0.95);
        assertThat(o.lost()).isLessThanOrEqualTo((long) (0.0005 * o.real()));
    }

    @Test
    void aMirrorIsFoundWithItsPlaceAndSize() {
        MirrorWorld w = mirror("framed mirror before its wall", 31);
        MirrorWorld.Outcome o = w.run();
        found(o);
        Reflection r = o.planes().getFirst();
        assertThat(r.centre()[0]).isBetween(4.975, 4.985);
        assertThat(r.centre()[1]).isBetween(1.9, 2.1);
        assertThat(r.normal()[0]).isLessThan(-0.9999);
        assertThat(r.width()).isBetween(1.3, 1.6);
        assertThat(r.height()).isBetween(1.3, 1.6);
        assertThat(r.points()).isEqualTo(o.marked() + o.lost());
        assertThat(w.run(3_000))
                .as("however it is cut")
                .usingRecursiveComparison()
                .isEqualTo(o);
    }

    @Test
    void aPoolAndAPolishedFloorAreFoundInTheWholeCleaning() {
        found(mirror("pool", 32).clean());
        found(mirror("polished floor", 33).clean());
    }

    @Test
    void waterThatGivesNoEchoIsToldByWhatHangsUpsideDown() {
        found(mirror("black pool", 34).run());
    }

    @Test
    void withoutKnownEyesNothingIsFound() {
        MirrorWorld w = mirror("framed mirror before its wall", 31);
        w.eyes.replaceAll(e -> null);
        MirrorWorld.Outcome o = w.run();
        assertThat(o.planes()).isEmpty();
        assertThat(o.marked()).isZero();
    }

    @Test
    void twoEqualRoomsAreNoReflection() {
        alone("two rooms and a doorway, from one", 35);
        alone("two rooms and a window, from one, the wall's front in the middle", 36);
        alone("one above the other", 37);
    }

    @Test
    void symmetryIsNoReflection() {
        alone("box", 38);
        alone("niches", 39);
        alone("gallery", 40);
        alone("a screen in the middle", 41);
    }

    @Test
    void whatStandsBehindGlassStays() {
        alone("glass case", 42);
    }
}
