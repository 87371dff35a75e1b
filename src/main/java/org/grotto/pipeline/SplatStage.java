package org.grotto.pipeline;

import static org.grotto.pipeline.Slots.FOLDER;
import static org.grotto.pipeline.Slots.SPLATS;
import static org.grotto.pipeline.Slots.SPLAT_FILES;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.grotto.base.Json;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.format.splat.SplatFile;
import org.grotto.geometry.Box;
import org.grotto.scene.CaveInfo.Deliverable;
import org.jspecify.annotations.Nullable;

/** Carries Gaussian splats into a package, as they are; nothing shows them yet. */
final class SplatStage {
    static final String LIST = "splats/splats.json";

    static final Stage<Stage.Plain> CARRY =
            new Stage<>("splats", 1, Stage.PLAIN, List.of(SPLATS, FOLDER), List.of(SPLAT_FILES), (o, r) -> carry(r));

    private SplatStage() {}

    /**
     * A file of splats in a package.
     *
     * @param name of the file that it came from
     * @param degree of the colours' spherical harmonics
     * @param bounds of the splats' middles in the file's own frame, which is not brought to the cave's; null where unknown
     */
    record Entry(
            String name,
            String path,
            String format,
            long count,
            int degree,
            @Nullable Box bounds) {}

    record Listed(String format, List<Entry> files) {}

    private static void carry(Results r) throws IOException {
        List<Entry> entries = new ArrayList<>();
        List<Deliverable> files = new ArrayList<>();
        for (ScanFile f : r.get(SPLATS)) {
            SplatFile s = java.util.Objects.requireNonNull(SplatFile.of(f.path()));
            Box bounds = s.bounds();
            String name = String.valueOf(f.path().getFileName());
            String path = String.format(
                    Locale.ROOT,
                    "splats/%05d.%s",
                    entries.size() + 1,
                    s.format().startsWith("SPZ") ? "spz" : "ply");
            Path to = r.get(FOLDER).resolve(path);
            Files.createDirectories(to.getParent());
            Files.copy(f.path(), to);
            entries.add(new Entry(name, path, s.format(), s.count(), s.degree(), bounds));
            String count = String.format(Locale.ROOT, "%,d", s.count());
            Text title = Texts.of("build.splats", "name", name, "count", count, "degree", s.degree() + "");
            files.add(new Deliverable("splats", path, "application/octet-stream", Files.size(to), title));
            r.warn(Texts.of("build.splats-carried", "file", name, "count", count));
        }
        if (!entries.isEmpty()) {
            Path list = r.get(FOLDER).resolve(LIST);
            Json.write(list, new Listed("splats/1", entries));
            files.add(new Deliverable("splat-list", LIST, "application/json", Files.size(list)));
        }
        r.give(SPLAT_FILES, files);
    }
}
