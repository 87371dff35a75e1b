package org.grotto.kiosk.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CutTest {
    private static final Limits FREE = new Limits(1, Long.MAX_VALUE / 4, Long.MAX_VALUE / 4);
    private final SlabPool pool = new SlabPool(1 << 20);

    @AfterEach
    void free() {
        pool.close();
    }

    private void load(Forest f, Node n) {
        n.packed = f.load(n, pool);
        n.state = Node.State.RESIDENT;
    }

    private static View from(double x, double y, double z) {
        return View.perspective(
                new double[] {x, y, z}, new double[] {1, 0.8, -0.1}, new double[] {0, 0, 1}, 1, 1280, 720, 0.05, 100);
    }

    @Test
    void withAllTilesResidentEachTileInViewIsFineEnoughAndNoFinerThanNeeded() {
        Forest f = new Forest(3, 16, 0.4, 4);
        f.all.forEach(n -> load(f, n));
        Cut cut = Cut.of(f.root(), from(1, 2, 8), FREE, 1, false);
        assertThat(f.covers(cut.shown)).isTrue();
        assertThat(cut.missing).isEmpty();
        assertThat(cut.maxPixels).isLessThanOrEqualTo(1);
        View v = from(1, 2, 8);
        for (Node n : cut.shown) {
            if (n.inView()) {
                assertThat(v.pixels(n.geometricError, n.box)).isLessThanOrEqualTo(1);
            }
            Node p = n.parent;
            if (p != null && p.inView()) {
                assertThat(v.pixels(p.geometricError, p.box))
                        .as("its parent was too coarse")
                        .isGreaterThan(1);
            }
        }
        assertThat(cut.shown.stream().map(n -> n.box.sizeX()).distinct().count())
                .as("levels mixed")
                .isGreaterThan(1);
    }

    @Test
    void whateverIsResidentTheCaveIsCoveredOnceAndWhatIsMissingIsAskedFor() {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            Forest f = new Forest(2, 16, 0.4, 1);
            load(f, f.root());
            for (Node n : f.all) {
                if (n.parent != null && n.parent.packed != null && random.nextInt(10) < 8) {
                    load(f, n);
                }
            }
            Cut cut = Cut.of(
                    f.root(),
                    from(16 * random.nextDouble(), 16 * random.nextDouble(), 16 * random.nextDouble()),
                    FREE,
                    1,
                    false);
            assertThat(f.covers(cut.shown)).isTrue();
            for (Node m : cut.missing) {
                assertThat(m.packed()).isNull();
                assertThat(cut.shown).contains(m.parent);
            }
            for (int i = 1; i < cut.missing.size(); i++) {
                assertThat(cut.missing.get(i - 1).priority).isGreaterThanOrEqualTo(cut.missing.get(i).priority);
            }
        }
    }

    @Test
    void aTriangleBudgetIsKeptAndSpentWhereTheErrorIsLargest() {
        Forest f = new Forest(3, 16, 0.4, 4);
        f.all.forEach(n -> load(f, n));
        long each = 32;
        for (long budget : new long[] {each, 8 * each, 40 * each, 150 * each}) {
            Cut cut = Cut.of(f.root(), from(1, 2, 8), new Limits(1, budget, Long.MAX_VALUE / 4), 1, false);
            assertThat(cut.triangles).isLessThanOrEqualTo(budget);
            assertThat(cut.triangles)
                    .isEqualTo(cut.shown.stream()
                            .mapToLong(n -> n.packed().triangleCount())
                            .sum());
            assertThat(f.covers(cut.shown)).isTrue();
            assertThat(cut.limited).isTrue();
            double coarsestKept = cut.maxPixels;
            for (Node n : cut.shown) {
                if (n.parent != null) {
                    assertThat(n.parent.pixels())
                            .as("refined before what was left")
                            .isGreaterThanOrEqualTo(coarsestKept);
                }
            }
        }
    }

    @Test
    void aTileWhoseChildIsBrokenStaysInItsPlace() {
        Forest f = new Forest(1, 16, 10, 1);
        f.all.forEach(n -> load(f, n));
        Node child = f.root().children().get(3);
        child.packed = null;
        child.state = Node.State.FAILED;
        Cut cut = Cut.of(f.root(), from(1, 2, 8), FREE, 1, false);
        assertThat(cut.shown).containsExactly(f.root());
        assertThat(cut.missing).isEmpty();
    }

    @Test
    void aRootWithoutContentGivesWayToWhatThereIs() {
        Forest f = new Forest(1, 16, 10, 1);
        Node root = new Node(1000, null, f.root().box, 10, null, 0);
        root.children(f.root().children());
        Cut first = Cut.of(root, from(1, 2, 8), FREE, 1, false);
        assertThat(first.shown).isEmpty();
        assertThat(first.missing).hasSize(8);
        load(f, root.children().get(0));
        Cut second = Cut.of(root, from(1, 2, 8), FREE, 2, false);
        assertThat(second.shown)
                .containsExactlyElementsOf(List.of(root.children().get(0)));
        assertThat(second.missing).hasSize(7);
    }

    @Test
    void inAnAdditiveTreeParentsStayAndChildrenComeOneByOne() {
        Forest f = new Forest(2, 16, 10, 1);
        load(f, f.root());
        Node one = f.root().children().get(2);
        load(f, one);
        Cut cut = Cut.of(f.root(), from(1, 2, 8), FREE, 1, true);
        assertThat(cut.shown).containsExactlyInAnyOrder(f.root(), one);
        assertThat(cut.missing).hasSize(15).containsAll(one.children());
        assertThat(cut.triangles).isEqualTo(4);
        f.all.stream().filter(n -> n.packed == null).forEach(n -> load(f, n));
        Cut tight = Cut.of(f.root(), from(1, 2, 8), new Limits(1, 40, Long.MAX_VALUE / 4), 2, true);
        assertThat(tight.triangles).isLessThanOrEqualTo(40);
        assertThat(tight.limited).isTrue();
        assertThat(tight.shown).contains(f.root());
        for (Node n : tight.shown) {
            assertThat(n.parent == null || tight.shown.contains(n.parent)).isTrue();
        }
    }

    /** Of tiles that are missing alike, those in view are asked for before those beside and behind it. */
    @Test
    void whatTheViewLooksAtIsMoreUrgent() {
        for (double[] dir : new double[][] {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}}) {
            Forest f = new Forest(1, 16, 0.4, 1);
            load(f, f.root());
            View v = View.perspective(new double[] {8, 8, 8}, dir, new double[] {0, 0, 1}, 0.6, 1280, 720, 0.05, 100);
            Cut cut = Cut.of(f.root(), v, FREE, 1, false);
            assertThat(cut.missing).hasSize(8);
            for (int i = 0; i < 8; i++) {
                assertThat(v.cosine(cut.missing.get(i).box) > 0).isEqualTo(i < 4);
            }
        }
        Forest f = new Forest(1, 16, 0.4, 1);
        load(f, f.root());
        View askew = View.perspective(
                new double[] {-20, 8, 8},
                new double[] {1, 0.3, 0.2},
                new double[] {0, 0, 1},
                1.5,
                1280,
                720,
                0.05,
                100);
        List<Node> missing = Cut.of(f.root(), askew, FREE, 1, false).missing;
        assertThat(missing).hasSize(8).allMatch(Node::inView);
        assertThat(missing.stream().map(n -> -askew.cosine(n.box)).toList()).isSorted();
    }
}
