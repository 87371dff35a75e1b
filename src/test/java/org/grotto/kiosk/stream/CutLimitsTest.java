package org.grotto.kiosk.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.grotto.geometry.Box;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where a cut ends: at the error, at the triangles, at the bytes, to the last one of each. */
class CutLimitsTest {
    private static final long MUCH = Long.MAX_VALUE / 4;
    private static final Limits FREE = new Limits(1, MUCH, MUCH);
    /** What every tile of a forest takes. */
    private static final long TILE = 1 << 17;

    private final SlabPool pool = new SlabPool(1 << 20);

    @AfterEach
    void free() {
        pool.close();
    }

    private PackedMesh one;

    /** Every tile costs the same, so one piece of memory does for all. */
    private void load(Forest f, Node n) {
        one = one == null ? f.load(n, pool) : one;
        n.packed = one;
        n.state = Node.State.RESIDENT;
    }

    private static View along(double[] eye, double... dir) {
        return View.perspective(eye, dir, new double[] {0, 0, 1}, 1, 1280, 720, 0.05, 100);
    }

    private static final View INSIDE = along(new double[] {1, 2, 8}, 1, 0.8, -0.1);

    @Test
    void theLastTriangleAndTheLastByteMayBeSpent() {
        for (boolean loaded : new boolean[] {true, false}) {
            Forest f = new Forest(1, 16, 10, 1);
            load(f, f.root());
            if (loaded) {
                f.root().children().forEach(n -> load(f, n));
            }
            int wanted = loaded ? 8 : 1;
            Cut all = Cut.of(f.root(), INSIDE, new Limits(1, 16, 9 * TILE), 1, false);
            assertThat(all.limited).isFalse();
            assertThat(all.shown).hasSize(wanted);
            assertThat(all.missing).hasSize(loaded ? 0 : 8);
            Cut poor = Cut.of(f.root(), INSIDE, new Limits(1, 16, 9 * TILE - 1), 2, false);
            assertThat(poor.limited).isTrue();
            assertThat(poor.shown).containsExactly(f.root());
            assertThat(poor.missing).isEmpty();
            assertThat(poor.triangles).isEqualTo(2);
        }
        Forest f = new Forest(1, 16, 10, 1);
        f.all.forEach(n -> load(f, n));
        Cut few = Cut.of(f.root(), INSIDE, new Limits(1, 15, MUCH), 3, false);
        assertThat(few.limited).isTrue();
        assertThat(few.shown).containsExactly(f.root());
        Cut added = Cut.of(f.root(), INSIDE, new Limits(1, 18, MUCH), 4, true);
        assertThat(added.limited).as("a parent that stays costs, too").isFalse();
        assertThat(added.shown).hasSize(9);
        assertThat(added.triangles).isEqualTo(18);
        assertThat(Cut.of(f.root(), INSIDE, new Limits(1, 17, MUCH), 5, true).shown)
                .containsExactly(f.root());
    }

    /** Whatever is resident: what is shown, kept as an ancestor or waited for fits, and the counts are those of what is shown. */
    @Test
    void whatAFrameUsesFitsIntoTheBytes() {
        Random random = new Random(21);
        int limited = 0;
        for (int round = 0; round < 300; round++) {
            boolean additive = round % 2 == 0;
            Forest f = new Forest(2, 16, 0.8, 1);
            load(f, f.root());
            for (Node n : f.all) {
                if (n.parent != null && n.parent.packed != null && random.nextInt(10) < 7) {
                    load(f, n);
                }
            }
            View v = along(
                    new double[] {16 * random.nextDouble(), 16 * random.nextDouble(), 16 * random.nextDouble()},
                    random.nextGaussian(),
                    random.nextGaussian(),
                    0.1);
            long bytes = (1 + random.nextInt(60)) * TILE;
            Cut cut = Cut.of(f.root(), v, new Limits(1, MUCH, bytes), 7, additive);
            long used = 0;
            double most = 0;
            for (Node n : f.all) {
                used += n.lastUsed == 7 ? n.bytes() : 0;
            }
            for (Node n : cut.shown) {
                assertThat(n.lastUsed).isEqualTo(7);
                if (n.inView() && !n.children().isEmpty()) {
                    most = Math.max(most, v.pixels(n.geometricError, n.box));
                }
            }
            assertThat(cut.missing).allMatch(n -> n.lastUsed == 7);
            assertThat(used).isLessThanOrEqualTo(bytes);
            assertThat(cut.triangles)
                    .isEqualTo(cut.shown.stream().mapToLong(Node::triangles).sum());
            assertThat(cut.maxPixels).isEqualTo(most);
            Set<Node> touched = new HashSet<>();
            f.all.stream().filter(n -> n.lastUsed == 7).forEach(touched::add);
            assertThat(touched).allMatch(n -> n.parent == null || touched.contains(n.parent));
            limited += cut.limited ? 1 : 0;
        }
        assertThat(limited).isBetween(50, 290);
    }

    private static Node alone(Box box, double error, boolean content) {
        Node n = new Node(0, null, box, error, content ? "tile" : null, (int) TILE);
        Node child = new Node(1, n, box, 0, "tile", (int) TILE);
        n.children(List.of(child));
        return n;
    }

    private void resident(Node n) {
        Forest f = new Forest(0, 1, 1, 1);
        load(f, n);
    }

    @Test
    void aTileAsFineAsAskedIsFineEnough() {
        View v = along(new double[] {0, 0, 0}, 1, 0, 0);
        double error = 0.03;
        Node n = alone(new Box(5, -1, -1, 7, 1, 1), error, true);
        resident(n);
        double pixels = v.pixels(error, n.box);
        assertThat(pixels).isCloseTo(0.03 * 360 / Math.tan(0.5) / 5, within(1e-9));
        assertThat(Cut.of(n, v, new Limits(pixels, MUCH, MUCH), 1, false).missing)
                .isEmpty();
        assertThat(Cut.of(n, v, new Limits(Math.nextDown(pixels), MUCH, MUCH), 2, false).missing)
                .hasSize(1);
    }

    /** Nobody looks there, but feet and walls are felt for: a tenth of the detail up to 3 m away, none beyond. */
    @Test
    void behindTheEyeATenthOfTheDetailIsKeptUpToThreeMetres() {
        View v = along(new double[] {0, 0, 0}, 1, 0, 0);
        for (double away : new double[] {0.5, 2.999, 3, 5}) {
            Node n = alone(new Box(-away - 1, -1, -1, -away, 1, 1), 0.05, true);
            resident(n);
            Cut cut = Cut.of(n, v, FREE, 1, false);
            assertThat(n.inView()).isFalse();
            assertThat(n.pixels()).isCloseTo(away < 3 ? v.pixels(0.05, n.box) / 10 : 0, within(1e-12));
            assertThat(cut.missing).hasSize(away < 3 ? 1 : 0);
            assertThat(cut.maxPixels).as("of what is in view").isZero();
        }
    }

    /** Straight ahead counts whole, at a right angle three quarters, out of view one quarter of the parent's error. */
    @Test
    void urgencyFallsFromTheMiddleOfTheViewOutwards() {
        View v = along(new double[] {0, 0, 0}, 1, 0, 0);
        Node root = new Node(0, null, new Box(-9, -9, -9, 9, 9, 9), 0.5, "tile", (int) TILE);
        List<Node> children = new ArrayList<>();
        children.add(new Node(1, root, new Box(-8, -1, -1, -7, 1, 1), 0, "tile", (int) TILE));
        children.add(new Node(2, root, new Box(-1, -2, -1, 1, 4, 1), 0, "tile", (int) TILE));
        children.add(new Node(3, root, new Box(5, -1, -1, 6, 1, 1), 0, "tile", (int) TILE));
        root.children(children);
        resident(root);
        Cut cut = Cut.of(root, v, FREE, 1, false);
        assertThat(cut.missing.stream().map(n -> n.id)).containsExactly(3, 2, 1);
        double error = root.pixels();
        assertThat(error).isCloseTo(0.5 * 360 / Math.tan(0.5) / 0.2, within(1e-9));
        assertThat(children.stream().map(n -> n.priority / error).toList()).containsExactly(0.25, 0.75, 1.0);
    }

    @Test
    void amongEqualsTheFirstComesFirst() {
        Forest f = new Forest(2, 16, 10, 1);
        load(f, f.root());
        f.root().children().forEach(n -> load(f, n));
        // far away, and all of it behind: every child has the same urgency
        View away = along(new double[] {8, 8, 200}, 0, 1, 0.001);
        Node unfound = new Node(5000, null, f.root().box, 10, null, 0);
        List<Node> children = new ArrayList<>(f.root().children());
        children.forEach(n -> {
            n.packed = null;
            n.state = Node.State.ABSENT;
        });
        java.util.Collections.reverse(children);
        unfound.children(children);
        List<Node> missing = Cut.of(unfound, away, FREE, 1, false).missing;
        assertThat(missing.stream().map(n -> n.id).toList()).hasSize(8).isSorted();
        // eight tiles that touch the eye, four of them in view: these have one error, and those one
        Forest g = new Forest(2, 16, 10, 1);
        g.all.forEach(n -> load(g, n));
        View middle = along(new double[] {8, 8, 8}, 1, 0, 0);
        for (int refined = 0; refined <= 8; refined++) {
            List<Node> shown = Cut.of(g.root(), middle, new Limits(1, 16 + 14 * refined, MUCH), 1, false).shown;
            List<Node> order = new ArrayList<>(g.root().children());
            order.sort(
                    java.util.Comparator.<Node>comparingDouble(n -> -n.pixels()).thenComparingInt(n -> n.id));
            assertThat(order.get(3).pixels())
                    .isEqualTo(order.get(0).pixels())
                    .isGreaterThan(order.get(4).pixels());
            Set<Node> gone = new HashSet<>();
            shown.stream().filter(n -> n.children().isEmpty()).forEach(n -> gone.add(n.parent));
            assertThat(gone).isEqualTo(new HashSet<>(order.subList(0, refined)));
        }
    }

    @Test
    void theRootIsAskedForOnceAndBeforeAllElse() {
        Forest f = new Forest(1, 16, 10, 1);
        Cut cut = Cut.of(f.root(), INSIDE, FREE, 3, false);
        assertThat(cut.shown).isEmpty();
        assertThat(cut.missing).containsExactly(f.root());
        assertThat(f.root().priority).isEqualTo(Double.MAX_VALUE);
        assertThat(f.root().lastUsed).isEqualTo(3);
        f.root().state = Node.State.FAILED;
        assertThat(Cut.of(f.root(), INSIDE, FREE, 4, false).missing).isEmpty();
    }

    /** A tile that only holds others has no say in what may be spent, and none in an additive tree. */
    @Test
    void whatHasNothingToShowGivesWayWithoutBudget() {
        View away = along(new double[] {0, 0, 0}, 1, 0, 0);
        Node behind = alone(new Box(-9, -1, -1, -8, 1, 1), 0, false);
        Cut cut = Cut.of(behind, away, new Limits(1, 0, 0), 1, false);
        assertThat(cut.missing).hasSize(1);
        assertThat(cut.limited).isFalse();
        assertThat(behind.bytes()).isZero();
        assertThat(Cut.of(alone(behind.box, 0, false), away, FREE, 1, true).missing)
                .isEmpty();
        Node ahead = alone(new Box(5, -1, -1, 7, 1, 1), 10, false);
        Cut nothing = Cut.of(ahead, away, new Limits(1, 0, 0), 1, true);
        assertThat(nothing.limited).isTrue();
        assertThat(nothing.missing).isEmpty();
        Cut points = Cut.of(ahead, away, FREE, 1, true);
        assertThat(points.missing).hasSize(1);
        assertThat(points.shown).as("nothing to show").isEmpty();
    }

    @Test
    void oneBrokenTileOfPointsKeepsNoOtherBack() {
        Forest f = new Forest(1, 16, 10, 1);
        f.all.forEach(n -> load(f, n));
        Node broken = f.root().children().get(3);
        broken.packed = null;
        broken.state = Node.State.FAILED;
        Cut cut = Cut.of(f.root(), INSIDE, FREE, 1, true);
        assertThat(cut.shown).hasSize(8).doesNotContain(broken).contains(f.root());
        assertThat(cut.missing).isEmpty();
    }
}
