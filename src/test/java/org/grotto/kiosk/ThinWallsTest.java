package org.grotto.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.grotto.ThinHouse;
import org.grotto.kiosk.show.PackageTiles;
import org.grotto.kiosk.stream.Limits;
import org.grotto.kiosk.stream.Node;
import org.grotto.kiosk.stream.PackedMesh;
import org.grotto.kiosk.stream.Rays;
import org.grotto.kiosk.stream.Streamer;
import org.grotto.kiosk.stream.View;
import org.grotto.kiosk.visit.CavePackage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Between thin walls one sees the walls, not the curtains that hang from the tiles of the room beyond. */
class ThinWallsTest {
    @TempDir
    Path folder;

    private static final Streamer.Sink NOWHERE = new Streamer.Sink() {
        @Override
        public void upload(Node node, PackedMesh mesh) {}

        @Override
        public void evict(Node node) {}
    };

    @Test
    void whatIsSeenAmongTheFinestTilesIsTheHouse() throws Exception {
        CavePackage cave = CavePackage.open(ThinHouse.build(folder));
        double[] o = cave.origin();
        double[] eye = {ThinHouse.EYE[0] - o[0], ThinHouse.EYE[1] - o[1], ThinHouse.EYE[2] - o[2]};
        try (Streamer s = new Streamer(PackageTiles.open(cave), NOWHERE, new Limits(1e-9, 10_000_000, 1L << 30), 1)) {
            double[] up = {0, 0, 1};
            View v = View.perspective(eye, new double[] {1, 0, 0}, up, 1.2, 1600, 900, 0.01, 100);
            List<Node> shown = new ArrayList<>();
            // what lies behind the eye counts a tenth, what is out of sight nothing: every direction is looked in
            for (int turn = 0; turn < 4; turn++) {
                double[] d = {Math.cos(turn * Math.PI / 2), Math.sin(turn * Math.PI / 2), 0};
                v = View.perspective(eye, d, up, 1.6, 900, 900, 0.01, 100);
                shown = settled(s, v);
                seen(shown, eye, d, ThinHouse.WITHIN);
            }
            assertThat(shown.size()).as("tiles").isGreaterThan(10);
        }
    }

    /** Nor do they among coarse tiles, where they close the steps: what is seen is off by what the tiles are off. */
    @Test
    void whatIsSeenAmongCoarseTilesIsTheHouseWithinTheirErrors() throws Exception {
        CavePackage cave = CavePackage.open(ThinHouse.build(folder));
        double[] o = cave.origin();
        double[] eye = {ThinHouse.EYE[0] - o[0], ThinHouse.EYE[1] - o[1], ThinHouse.EYE[2] - o[2]};
        double[] up = {0, 0, 1};
        int mixed = 0;
        for (double pixels : new double[] {3, 10, 30}) {
            try (Streamer s =
                    new Streamer(PackageTiles.open(cave), NOWHERE, new Limits(pixels, 10_000_000, 1L << 30), 1)) {
                for (int turn = 0; turn < 4; turn++) {
                    double[] d = {Math.cos(turn * Math.PI / 2), Math.sin(turn * Math.PI / 2), 0};
                    View v = View.perspective(eye, d, up, 1.6, 900, 900, 0.01, 100);
                    List<Node> shown = stands(s, v);
                    double error = 0;
                    Set<Boolean> kinds = new HashSet<>();
                    for (Node n : shown) {
                        if (n.inView()) {
                            error = Math.max(error, n.geometricError);
                            kinds.add(n.children().isEmpty());
                        }
                    }
                    mixed += kinds.size() > 1 ? 1 : 0;
                    seen(shown, eye, d, ThinHouse.WITHIN + 2 * error);
                }
            }
        }
        assertThat(mixed).as("pictures of tiles of several levels").isGreaterThan(2);
    }

    /** What is shown once nothing comes any more. */
    private static List<Node> stands(Streamer s, View v) throws InterruptedException {
        List<Node> shown = s.frame(v, 1_000_000_000L);
        for (int i = 0; i < 2000 && (shown.isEmpty() || s.stats().waiting() > 0); i++) {
            Thread.sleep(5);
            shown = s.frame(v, 1_000_000_000L);
        }
        assertThat(s.stats().waiting()).isZero();
        return shown;
    }

    private static List<Node> settled(Streamer s, View v) throws InterruptedException {
        List<Node> shown = s.frame(v, 1_000_000_000L);
        for (int i = 0; i < 2000; i++) {
            shown = s.frame(v, 1_000_000_000L);
            if (shown.stream().allMatch(n -> !n.inView() || n.children().isEmpty()) && !shown.isEmpty()) {
                return shown;
            }
            Thread.sleep(5);
        }
        throw new AssertionError("tiles do not come");
    }

    private static void seen(List<Node> shown, double[] eye, double[] towards, double within) {
        Random random = new Random(1);
        int rays = 0;
        List<String> wrong = new ArrayList<>();
        while (rays < 400) {
            double[] d = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
            double l = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
            for (int k = 0; k < 3; k++) {
                d[k] /= l;
            }
            if (d[0] * towards[0] + d[1] * towards[1] < 0.8) {
                continue;
            }
            rays++;
            double far = Rays.cast(shown, eye, d, 100, true).distance();
            double[] at = new double[3];
            for (int k = 0; k < 3; k++) {
                at[k] = ThinHouse.EYE[k] + far * d[k];
            }
            if (!(ThinHouse.off(at) < within)) {
                wrong.add("%.3f %.3f %.3f".formatted(at[0], at[1], at[2]));
            }
        }
        assertThat(wrong).isEmpty();
    }
}
