package org.grotto.kiosk.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.grotto.base.GrottoException;
import org.junit.jupiter.api.Test;

/** What is loaded when, held up on purpose tile by tile. */
class StreamerOrderTest {
    private static final Limits FREE = new Limits(1, 1 << 30, 1L << 40);
    private static final long LONG = 1L << 40;

    /** A forest whose tiles come only when let through. */
    private static final class Gate implements TileSource {
        final Forest forest;
        final Semaphore pass = new Semaphore(0);
        final List<Node> begun = Collections.synchronizedList(new ArrayList<>());
        final List<Node> ended = Collections.synchronizedList(new ArrayList<>());
        Throwable failure;

        Gate(Forest forest) {
            this.forest = forest;
        }

        @Override
        public Node root() {
            return forest.root();
        }

        @Override
        public PackedMesh load(Node node, SlabPool pool) {
            begun.add(node);
            pass.acquireUninterruptibly();
            try {
                if (failure instanceof Error e) {
                    throw e;
                }
                if (failure instanceof RuntimeException e && node != root()) {
                    throw e;
                }
                return forest.load(node, pool);
            } finally {
                ended.add(node);
            }
        }
    }

    private static final class Card implements Streamer.Sink {
        final Set<Node> held = new HashSet<>();
        boolean bottomUp;

        @Override
        public void upload(Node node, PackedMesh mesh) {
            assertThat(node.packed).isSameAs(mesh);
            held.add(node);
        }

        @Override
        public void evict(Node node) {
            assertThat(node.packed).as("still there while it goes").isNotNull();
            assertThat(bottomUp && node.children().stream().anyMatch(held::contains))
                    .as("children go first")
                    .isFalse();
            assertThat(held.remove(node)).isTrue();
        }
    }

    private static View towards(double yaw) {
        return View.perspective(
                new double[] {8, 8, 8},
                new double[] {Math.cos(yaw), Math.sin(yaw), -0.1},
                new double[] {0, 0, 1},
                0.9,
                1280,
                720,
                0.05,
                100);
    }

    private static void until(java.util.function.BooleanSupplier met) throws InterruptedException {
        boolean done = met.getAsBoolean();
        for (int i = 0; i < 20_000 && !done; i++) {
            Thread.sleep(1);
            done = met.getAsBoolean();
        }
        assertThat(done).isTrue();
    }

    /** Runs frames until nothing is missing. */
    private static void settle(Streamer s, View v) throws InterruptedException {
        until(() -> {
            s.frame(v, LONG);
            return s.settled();
        });
    }

    @Test
    void theMostUrgentTileIsReadFirst() throws InterruptedException {
        Gate g = new Gate(new Forest(1, 16, 2, 1));
        g.pass.release(1000);
        try (Streamer s = new Streamer(g, new Card(), FREE, 1)) {
            settle(s, towards(0.4));
        }
        List<Node> children = new ArrayList<>(g.begun.subList(1, g.begun.size()));
        assertThat(g.begun.getFirst()).isSameAs(g.root());
        assertThat(children).hasSize(8);
        assertThat(children.stream().map(n -> -n.priority).toList()).isSorted();
        assertThat(children.getFirst().priority).isGreaterThan(children.getLast().priority);
    }

    /** Six are ordered ahead; when the head turns, those not begun are dropped, and what is being read is read once. */
    @Test
    void aTurnOfTheHeadReplacesWhatWasOrdered() throws InterruptedException {
        Gate g = new Gate(new Forest(1, 16, 2, 1));
        Card card = new Card();
        try (Streamer s = new Streamer(g, card, FREE, 1)) {
            assertThat(s.settled()).as("before the first frame").isFalse();
            assertThat(s.stats().tilesShown() + s.stats().trianglesShown()).isZero();
            s.frame(towards(0), LONG);
            assertThat(s.stats().waiting()).isEqualTo(1);
            assertThat(s.settled()).isFalse();
            g.pass.release();
            until(() -> !s.frame(towards(0), LONG).isEmpty());
            assertThat(s.stats().waiting()).isEqualTo(8);
            until(() -> g.begun.size() == 2);
            Node reading = g.begun.get(1);
            assertThat(towards(0).cosine(reading.box)).isPositive();
            for (int i = 0; i < 5; i++) {
                s.frame(towards(Math.PI), LONG);
                assertThat(s.stats().waiting()).isEqualTo(8);
            }
            g.pass.release();
            until(() -> g.begun.size() == 3);
            assertThat(towards(Math.PI).cosine(g.begun.get(2).box)).isPositive();
            // let through what was ordered, without a frame: six, beside the one that was being read
            g.pass.release(1000);
            until(() -> g.ended.size() == 8);
            Thread.sleep(20);
            assertThat(g.ended).hasSize(8);
            assertThat(s.stats().loads()).as("taken in by a frame alone").isEqualTo(1);
            settle(s, towards(Math.PI));
            assertThat(g.begun).doesNotHaveDuplicates().hasSize(9);
            assertThat(s.stats().loads()).isEqualTo(9);
            assertThat(s.stats().waiting()).isZero();
            assertThat(s.stats().tilesResident()).isEqualTo(9);
            assertThat(s.stats().bytesResident()).isEqualTo(9L << 17);
            assertThat(s.nativeBytes()).isEqualTo(9L << 17);
            assertThat(s.root()).isSameAs(g.root());
        }
        assertThat(card.held).isEmpty();
    }

    /** However many are ready: without time left one goes to the graphics card a frame; with time, all do. */
    @Test
    void aFrameWithoutTimeTakesOneTile() throws InterruptedException {
        for (long time : new long[] {0, LONG}) {
            Gate g = new Gate(new Forest(1, 16, 2, 1));
            g.pass.release(1000);
            try (Streamer s = new Streamer(g, new Card(), FREE, 2)) {
                until(() -> !s.frame(towards(0), 0).isEmpty());
                until(() -> g.ended.size() == 7);
                Thread.sleep(20);
                long most = 0;
                for (int i = 0; i < 20_000 && !s.settled(); i++) {
                    long before = s.stats().loads();
                    s.frame(towards(0), time);
                    most = Math.max(most, s.stats().loads() - before);
                    Thread.sleep(1);
                }
                assertThat(most).isBetween(time == 0 ? 1L : 2L, time == 0 ? 1L : 8L);
                assertThat(s.stats().loads()).isEqualTo(9);
                assertThat(s.stats().tilesShown()).isEqualTo(8);
                assertThat(s.stats().trianglesShown()).isEqualTo(16);
            }
        }
    }

    @Test
    void whatCannotBeDecodedIsToldOnceAndNotReadAgain() throws InterruptedException {
        for (Throwable t : new Throwable[] {new IllegalStateException("odd bytes"), new OutOfMemoryError("full")}) {
            Gate g = new Gate(new Forest(1, 16, 2, 1));
            Card card = new Card();
            try (Streamer s = new Streamer(g, card, FREE, 2)) {
                s.frame(towards(0), LONG);
                g.pass.release();
                until(() -> !s.frame(towards(0), LONG).isEmpty());
                assertThat(s.stats().failure()).isNull();
                g.failure = t;
                g.pass.release(1000);
                settle(s, towards(0));
                GrottoException first = s.stats().failure();
                assertThat(first)
                        .hasMessageContaining("a tile cannot be decoded")
                        .hasCause(t);
                assertThat(first.kind()).isEqualTo(GrottoException.Kind.BAD_INPUT);
                assertThat(s.stats().failures()).isPositive();
                assertThat(s.stats().loads()).isEqualTo(1);
                assertThat(card.held).containsExactly(g.root());
                int begun = g.begun.size();
                for (int i = 0; i < 5; i++) {
                    assertThat(s.frame(towards(0), LONG)).containsExactly(g.root());
                }
                Thread.sleep(5);
                assertThat(g.begun).hasSize(begun).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void ofSeveralFailuresOneIsTold() throws InterruptedException {
        Forest f = new Forest(2, 16, 2, 1);
        f.broken.add(f.root().children().get(0).children().get(5).id);
        f.broken.add(f.root().children().get(7).children().get(1).id);
        try (Streamer s = new Streamer(f, new Card(), FREE, 1)) {
            settle(s, towards(0.4));
            GrottoException first = s.stats().failure();
            assertThat(first).hasMessageContaining("is broken");
            for (int i = 0; i < 20; i++) {
                s.frame(towards(0.4 + 0.01 * i), LONG);
                assertThat(s.stats().failure()).isSameAs(first);
            }
            assertThat(s.stats().failures()).isEqualTo(2);
        }
    }

    /** Limits hold from the next frame on; what went is read anew when it is wanted again. */
    @Test
    void whatWasThrownOutComesBack() throws InterruptedException {
        Gate g = new Gate(new Forest(1, 16, 2, 1));
        g.pass.release(1000);
        Card card = new Card();
        try (Streamer s = new Streamer(g, card, FREE, 2)) {
            settle(s, towards(0));
            assertThat(s.stats().limited()).isFalse();
            assertThat(g.root().estimatedBytes).isEqualTo(1 << 17);
            card.bottomUp = true;
            s.limits(new Limits(1, 1 << 30, 3L << 17));
            settle(s, towards(0));
            assertThat(s.stats().limited()).isTrue();
            assertThat(s.stats().bytesResident()).isEqualTo(3L << 17);
            assertThat(s.stats().tilesResident()).isEqualTo(3);
            assertThat(s.stats().evictions()).isEqualTo(6);
            List<Node> children = g.root().children();
            assertThat(card.held)
                    .as("of tiles unused for as long the last goes first")
                    .containsExactlyInAnyOrder(g.root(), children.get(0), children.get(1));
            assertThat(g.forest.all.stream().filter(n -> n.packed == null))
                    .hasSize(6)
                    .allMatch(n -> n.state == Node.State.ABSENT);
            assertThat(s.stats().trianglesShown()).isEqualTo(2);
            assertThat(s.stats().maxPixels()).isGreaterThan(1);
            s.limits(FREE);
            settle(s, towards(0));
            card.bottomUp = false; // at the end all goes, in any order
            assertThat(g.begun).hasSize(9 + 6);
            assertThat(card.held).hasSize(9);
            assertThat(s.stats().maxPixels()).isZero();
        }
    }

    /** However little memory is allowed: what is shown now is never thrown out for it. */
    @Test
    void whatIsShownStaysHoweverLittleIsAllowed() throws InterruptedException {
        Gate g = new Gate(new Forest(1, 16, 2, 1));
        g.pass.release(1000);
        Card card = new Card();
        try (Streamer s = new Streamer(g, card, new Limits(1, 1 << 30, 1), 2)) {
            for (int i = 0; i < 3; i++) {
                settle(s, towards(i));
                assertThat(card.held).containsExactly(g.root());
                assertThat(s.stats().tilesShown()).isEqualTo(1);
                assertThat(s.stats().evictions()).isZero();
                assertThat(s.stats().limited()).isTrue();
            }
            assertThat(g.begun).hasSize(1);
        }
    }

    /** A tile that is being read when all ends is waited for, and its memory freed. */
    @Test
    void nothingIsLeftWhenItEndsAmongReading() throws InterruptedException {
        Gate g = new Gate(new Forest(1, 16, 2, 1));
        Card card = new Card();
        Streamer s = new Streamer(g, card, FREE, 2);
        g.pass.release(2);
        until(() -> !s.frame(towards(0), LONG).isEmpty());
        until(() -> g.ended.size() == 2 && g.begun.size() == 4);
        Thread end = new Thread(s::close);
        end.start();
        until(() -> end.getState() == Thread.State.TIMED_WAITING);
        assertThat(card.held).as("not before the workers have ended").containsExactly(g.root());
        g.pass.release(1000);
        end.join(20_000);
        assertThat(g.ended).as("nothing new is begun").hasSize(4);
        assertThat(card.held).isEmpty();
        assertThat(s.nativeBytes()).isZero();
    }
}
