package org.grotto.clean;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.pipeline.InputOptions;
import org.grotto.pipeline.Load;
import org.grotto.pipeline.Loaded;
import org.grotto.store.Engine;
import org.grotto.store.Threads;
import org.jspecify.annotations.Nullable;

/** What looking for reflections costs beside all of cleaning, CPU seconds; argument: files of scans. By hand. */
final class ReflectionCost {
    private ReflectionCost() {}

    public static void main(String[] args) {
        try (Work work = Work.silent()) {
            Loaded loaded = Load.run(Arrays.stream(args).map(Path::of).toList(), InputOptions.DEFAULTS, work);
            Cloud cloud = loaded.take();
            for (int round = 0; round < 2; round++) {
                long t = MirrorScenes.cpu();
                Cleaned c = Clean.run(cloud, loaded.stations(), CleanOptions.DEFAULTS, work);
                long all = MirrorScenes.cpu() - t;
                Engine engine = new Threads(work);
                List<double @Nullable []> eyes = new ArrayList<>(Stations.eyes(loaded.stations()));
                double[] noise = c.report().stations().stream()
                        .mapToDouble(StationStats::smoothing)
                        .toArray();
                t = MirrorScenes.cpu();
                int planes = Reflections.mark(c.store(), eyes, noise, engine)
                        .planes()
                        .size();
                System.out.printf(
                        "cleaning %.2f s, of it reflections %.2f s, planes %d, points %d%n",
                        all / 1e9,
                        (MirrorScenes.cpu() - t) / 1e9,
                        planes,
                        c.store().size());
            }
        }
    }
}
