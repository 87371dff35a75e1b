package org.grotto.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
                seen(shown, eye, d);
            }
            assertThat(shown.size()).as("tiles").isGreaterThan(10);
        }
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

    private static void seen(List<Node> shown, double[] eye, double[] towards) {
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
            if (!(ThinHouse.off(at) < ThinHouse.WITHIN)) {
                wrong.add("%.3f %.3f %.3f".formatted(at[0], at[1], at[2]));
            }
        }
        assertThat(wrong).isEmpty();
    }
}
