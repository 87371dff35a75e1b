package org.grotto.clean;

import java.nio.file.Path;
import java.util.Locale;
import org.grotto.base.Work;
import org.grotto.pipeline.FrameOptions;
import org.grotto.pipeline.Load;
import org.grotto.pipeline.Loaded;
import org.grotto.store.Engine;
import org.grotto.store.Store;
import org.grotto.store.Threads;

/** Prints noise and spacing of each station of the files named, and how long that took. */
final class NoiseOfFiles {
    private NoiseOfFiles() {}

    public static void main(String[] args) {
        boolean whole = args[0].equals("--whole");
        for (int k = whole ? 1 : 0; k < args.length; k++) {
            try (Work work = Work.silent()) {
                Loaded loaded = Load.run(java.util.List.of(Path.of(args[k])), FrameOptions.DEFAULTS, work);
                var stations = loaded.stations();
                var eyes = loaded.eyes();
                Engine engine = new Threads(work);
                Store store = engine.store(loaded.take(), 250_000);
                for (int round = 0; round < 2; round++) {
                    long t = System.nanoTime();
                    var stats = StationSurvey.run(store, stations, eyes, engine);
                    double s = (System.nanoTime() - t) / 1e9;
                    System.out.printf(
                            Locale.ROOT,
                            "%s: %,d points, %d stations, %.2f s%n",
                            args[k],
                            store.size(),
                            stats.size(),
                            s);
                    if (round == 0) {
                        for (StationStats x : stats) {
                            System.out.printf(
                                    Locale.ROOT,
                                    "  %-30s %9d noise %s %.4f mm %s n %d spacing %.3f p95 %.3f%n",
                                    x.name(),
                                    x.points(),
                                    x.bound() ? "<=" : "= ",
                                    1e3 * x.noise(),
                                    x.alongBeam() ? "along" : "across",
                                    x.samples(),
                                    1e3 * x.spacing().median(),
                                    1e3 * x.spacing().p95());
                        }
                        if (stats.isEmpty() || whole) {
                            StationStats x = StationSurvey.whole(store, engine);
                            System.out.printf(
                                    Locale.ROOT,
                                    "  %-30s %9d noise %s %.4f mm n %d spacing %.3f p95 %.3f%n",
                                    "(all)",
                                    x.points(),
                                    x.bound() ? "<=" : "= ",
                                    1e3 * x.noise(),
                                    x.samples(),
                                    1e3 * x.spacing().median(),
                                    1e3 * x.spacing().p95());
                        }
                    }
                }
            } catch (RuntimeException e) {
                System.out.println(args[k] + ": " + e);
            }
        }
    }
}
