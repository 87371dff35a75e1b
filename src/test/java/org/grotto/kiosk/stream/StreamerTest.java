package org.grotto.kiosk.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StreamerTest {
    /** What the graphics card would hold. */
    private static class Card implements Streamer.Sink {
        final Set<Node> held = new HashSet<>();

        @Override
        public void upload(Node node, PackedMesh mesh) {
            assertThat(held.add(node)).isTrue();
        }

        @Override
        public void evict(Node node) {
            assertThat(held.remove(node)).isTrue();
        }
    }

    private static View at(double x, double y, double yaw) {
        return View.perspective(
                new double[] {x, y, 2},
                new double[] {Math.cos(yaw), Math.sin(yaw), -0.1},
                new double[] {0, 0, 1},
                1,
                1280,
                720,
                0.05,
                100);
    }

    private static List<Node> settle(Streamer s, View v) throws InterruptedException {
        for (int i = 0; i < 20_000; i++) {
            List<Node> shown = s.frame(v, 4_000_000);
            if (s.settled()) {
                return shown;
            }
            Thread.sleep(1);
        }
        throw new AssertionError("not settled: " + s.stats());
    }

    @Test
    void whatTheViewNeedsArrivesAndNothingElse() throws InterruptedException {
        Forest f = new Forest(3, 16, 0.4, 2);
        Card card = new Card();
        try (Streamer s = new Streamer(f, card, new Limits(1, 1 << 30, 1L << 40), 2)) {
            List<Node> shown = settle(s, at(2, 3, 0.5));
            assertThat(f.covers(shown)).isTrue();
            assertThat(s.stats().maxPixels()).isLessThanOrEqualTo(1);
            assertThat(s.stats().evictions()).isZero();
            for (Node n : card.held) {
                assertThat(n.parent == null || n.parent.children().stream().allMatch(card.held::contains))
                        .isTrue();
            }
            assertThat(card.held).containsAll(shown);
        }
        assertThat(card.held).isEmpty();
    }

    @Test
    void aFlightKeepsTheMemoryBudgetAndNeverShowsAHole() throws InterruptedException {
        Forest f = new Forest(3, 16, 0.6, 2);
        Card card = new Card();
        long budget = 100L << 17; // a hundred tiles of 585
        Random random = new Random(3);
        Streamer s = new Streamer(f, card, new Limits(1, 1 << 30, budget), 2);
        try {
            boolean covered = false;
            double x = 8;
            double y = 8;
            double yaw = 0;
            for (int i = 0; i < 3000; i++) {
                x = Math.max(0.5, Math.min(15.5, x + 0.4 * random.nextGaussian()));
                y = Math.max(0.5, Math.min(15.5, y + 0.4 * random.nextGaussian()));
                yaw += 0.15 * random.nextGaussian();
                List<Node> shown = s.frame(at(x, y, yaw), 1_000_000);
                covered |= !shown.isEmpty();
                if (covered) {
                    assertThat(f.covers(shown)).isTrue();
                }
                assertThat(s.stats().bytesResident()).isLessThanOrEqualTo(budget);
                assertThat(card.held).containsAll(shown).hasSize(s.stats().tilesResident());
                if (i % 10 == 0) {
                    Thread.sleep(1);
                }
            }
            assertThat(s.stats().evictions()).isGreaterThan(200);
            settle(s, at(8, 8, 0));
            assertThat(s.stats().limited()).isTrue();
            assertThat(s.nativeBytes()).isLessThan(budget + (100L << 20));
        } finally {
            s.close();
        }
        assertThat(s.nativeBytes()).isZero();
        assertThat(card.held).isEmpty();
    }

    @Test
    void theSameViewGivesTheSameTilesWhateverTheWorkersDid() throws InterruptedException {
        Set<List<Integer>> cuts = new HashSet<>();
        for (int workers = 1; workers <= 3; workers++) {
            Forest f = new Forest(3, 16, 0.4, 2);
            try (Streamer s = new Streamer(f, new Card(), new Limits(1, 4000, 1L << 40), workers)) {
                cuts.add(settle(s, at(2, 3, 0.5)).stream().map(n -> n.id).toList());
            }
        }
        assertThat(cuts).hasSize(1);
    }

    @Test
    void aBrokenTileIsToldAndItsParentStays() throws InterruptedException {
        Forest f = new Forest(2, 16, 2, 2);
        f.broken.add(f.root().children().get(0).children().get(5).id);
        try (Streamer s = new Streamer(f, new Card(), new Limits(1, 1 << 30, 1L << 40), 2)) {
            List<Node> shown = settle(s, at(2, 3, 0.5));
            assertThat(f.covers(shown)).isTrue();
            assertThat(shown).contains(f.root().children().get(0));
            assertThat(s.stats().failures()).isEqualTo(1);
            assertThat(s.stats().failure()).hasMessageContaining("is broken");
        }
    }

    /** As when a disk is unplugged and plugged in again. */
    @Test
    void whatCouldNotBeReadIsTriedAgainEachTimeLaterAndComesBack() throws InterruptedException {
        Forest f = new Forest(2, 16, 2, 2);
        int broken = f.root().children().get(0).children().get(5).id;
        f.broken.add(broken);
        AtomicLong now = new AtomicLong();
        try (Streamer s = new Streamer(f, new Card(), new Limits(1, 1 << 30, 1L << 40), 2, now::get)) {
            View v = at(2, 3, 0.5);
            List<Node> without = settle(s, v);
            now.addAndGet(4_900_000_000L);
            settle(s, v);
            assertThat(s.stats().failures()).as("not yet").isEqualTo(1);
            now.addAndGet(200_000_000L);
            assertThat(settle(s, v)).as("while it is tried").isEqualTo(without);
            assertThat(s.stats().failures()).isEqualTo(2);
            assertThat(s.stats().failure()).isNotNull();
            f.broken.clear();
            now.addAndGet(9_900_000_000L);
            settle(s, v);
            assertThat(s.stats().failure()).as("the second pause is longer").isNotNull();
            now.addAndGet(200_000_000L);
            assertThat(settle(s, v)).contains(f.all.get(broken));
            assertThat(s.stats().failure()).isNull();
        }
    }

    @Test
    void inPlaceOfABrokenTileItsChildrenAreShown() throws InterruptedException {
        for (List<Integer> broken : List.of(List.of(0), List.of(1), List.of(0, 1), List.of(0, 1, 11))) {
            Forest f = new Forest(3, 16, 2, 2);
            f.broken.addAll(broken);
            AtomicLong now = new AtomicLong();
            try (Streamer s = new Streamer(f, new Card(), new Limits(1, 1 << 30, 1L << 40), 2, now::get)) {
                List<Node> shown = settle(s, at(2, 3, 0.5));
                assertThat(f.covers(shown)).as("without " + broken).isTrue();
                assertThat(shown).noneMatch(n -> broken.contains(n.id));
                assertThat(s.stats().failure()).as("nothing is missing").isNull();
                assertThat(s.stats().maxPixels()).isLessThanOrEqualTo(1);
                f.broken.clear();
                now.addAndGet(6_000_000_000L);
                assertThat(f.covers(settle(s, at(2, 3, 0.5)))).isTrue();
                assertThat(s.stats().tilesResident()).as("they come back").isGreaterThan(shown.size());
            }
        }
    }

    @Test
    void whereNothingCanBeReadNothingIsShownAndItSettles() throws InterruptedException {
        Forest f = new Forest(1, 16, 2, 2);
        f.all.forEach(n -> f.broken.add(n.id));
        try (Streamer s = new Streamer(f, new Card(), new Limits(1, 1 << 30, 1L << 40), 2)) {
            assertThat(settle(s, at(2, 3, 0.5))).isEmpty();
            assertThat(s.stats().failure()).isNotNull();
            assertThat(s.stats().failures()).isEqualTo(9);
        }
    }

    /** Fails where the newest goes first: what the present view shows, and the view before, would be read again. */
    @Test
    void whatWasLongestUnusedGoesFirst() throws InterruptedException {
        Forest f = new Forest(3, 16, 0.02, 2);
        List<Node> gone = new ArrayList<>();
        Card card = new Card() {
            @Override
            public void evict(Node node) {
                super.evict(node);
                gone.add(node);
            }
        };
        try (Streamer s = new Streamer(f, card, new Limits(1, 1 << 30, 1L << 40), 2)) {
            settle(s, at(2, 2, 0.8));
            settle(s, at(14, 2, 2.4));
            settle(s, at(14, 14, 3.9));
            assertThat(card.held.stream().map(n -> n.lastUsed).distinct().count())
                    .as("tiles of three views")
                    .isGreaterThanOrEqualTo(3);
            for (int i = 0; i < 20; i++) {
                long oldest = card.held.stream()
                        .filter(n -> n.children().stream().noneMatch(card.held::contains))
                        .mapToLong(n -> n.lastUsed)
                        .min()
                        .orElseThrow();
                gone.clear();
                s.limits(new Limits(1, 1 << 30, s.stats().bytesResident() - 1));
                s.frame(at(14, 14, 3.9), 4_000_000);
                assertThat(gone).hasSize(1);
                assertThat(gone.getFirst().lastUsed).isEqualTo(oldest);
            }
        }
    }
}
