package org.grotto.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.grotto.base.GrottoException;
import org.grotto.base.Outputs;
import org.grotto.base.Texts;
import org.grotto.base.Work;
import org.grotto.kiosk.Kiosk;
import org.grotto.kiosk.visit.KioskOptions;
import org.grotto.pipeline.Build;
import org.grotto.pipeline.Recipe;
import org.grotto.pipeline.Simulate;
import org.grotto.scene.CaveInfo;
import org.grotto.simulate.SimulateOptions;
import org.grotto.web.WebExport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Everything once: scans a virtual cave temple, builds a package of it, shows it.",
            "The package stays in demo-cave/ for kiosk, serve, and any other program."
        })
final class DemoCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Option(names = "--no-open", description = "build only; do not open the kiosk")
    boolean noOpen;

    @Option(names = "-o", paramLabel = "DIR", description = "where to put it (default: demo-cave)")
    Path out = Path.of("demo-cave");

    record Result(String scans, Build.@Nullable Summary build) {}

    @Override
    public Integer call() throws java.io.IOException {
        Path scans = out.resolve("scans");
        Path cave = out.resolve("cave");
        Build.Summary summary = null;
        if (Files.exists(cave.resolve("cave.json"))) {
            common.say(cave + " stands already; it is shown as it is (remove " + out + " to make it again).");
        } else {
            try (Work work = common.work()) {
                if (!Files.exists(scans)) {
                    Simulate.run(SimulateOptions.DEFAULTS, "e57", scans, work);
                }
                Recipe recipe = Recipe.DEFAULTS
                        .withTitle(Texts.of("views.virtual-cave"))
                        .withRights(new CaveInfo.Rights("Grotto", "CC0-1.0", "Simulated; no real place"));
                Outputs.refuseExisting(cave);
                summary = Build.run(
                        List.of(scans.resolve("small.e57")), recipe, cave, Main.VERSION, WebExport::write, work);
                summary.warnings().forEach(common::warn);
                common.say(String.format(
                        Locale.ROOT,
                        "%s: %,d points of %d stations, %,d triangles in %d tiles",
                        cave,
                        summary.points(),
                        summary.stations(),
                        summary.triangles(),
                        summary.tiles()));
            }
        }
        common.result(new Result(scans.toString(), summary));
        common.say("Stand inside:       ./grotto kiosk " + cave);
        common.say("In a browser:       ./grotto serve " + cave);
        common.say("How far to trust it: " + cave.resolve("quality").resolve("report.html"));
        if (!noOpen) {
            try {
                new LogOption().open("kiosk");
                Kiosk.show(KioskOptions.of(cave).withFullScreen(false));
            } catch (GrottoException e) {
                if (e.kind() != GrottoException.Kind.MISSING) {
                    throw e;
                }
                common.warn("the kiosk did not open: " + e.getMessage());
            }
        }
        return 0;
    }
}
