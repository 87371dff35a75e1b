package org.grotto.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.grotto.base.GrottoException;
import org.grotto.kiosk.Kiosk;
import org.grotto.kiosk.visit.KioskOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "kiosk",
        mixinStandardHelpOptions = true,
        description = {
            "Shows a package on the museum screen: stand inside, walk, turn the doll's house, move the light.",
            "With --screenshot it writes one picture and ends. Needs a display (on a server: xvfb-run ./grotto kiosk ...)."
        })
final class KioskCommand implements Callable<Integer> {
    /** Nobody waits for the next frame of a picture, so it may have the finest tiles. */
    private static final long PICTURE_TRIANGLES = 16_000_000;

    @Mixin
    Common common = new Common();

    @Mixin
    LogOption log = new LogOption();

    @Parameters(paramLabel = "DIR", description = "cave package")
    Path dir = Path.of("");

    @Option(names = "--screenshot", paramLabel = "FILE", description = "write a PNG instead of opening a window")
    @Nullable
    Path screenshot;

    @Option(names = "--size", paramLabel = "WxH", description = "picture or window size (default: 1280x720)")
    String size = "1280x720";

    @Option(names = "--view", paramLabel = "NAME", description = "a view of cave.json (default: the first of them)")
    String view = "";

    @Option(
            names = "--show",
            paramLabel = "WORD",
            description = "mesh, points, or a layer of the package, as evidence (default: mesh)")
    String show = "mesh";

    @Option(names = "--language", paramLabel = "WORD", description = "zh or en (default: zh)")
    String language = "zh";

    @Option(
            names = "--triangles",
            paramLabel = "N",
            description = "most triangles shown at once (default: 4000000, and 16000000 for a picture)")
    @Nullable
    Long triangles;

    @Option(names = "--light", paramLabel = "AZIMUTH,ELEVATION", description = "where the light comes from, degrees")
    @Nullable
    String light;

    @Option(names = "--full-screen", description = "fill the whole screen")
    boolean fullScreen;

    @Option(names = "--no-panels", description = "leave the panels and buttons out")
    boolean noPanels;

    @Override
    public Integer call() {
        double[] s = two(size, "x", "--size", "1280x720");
        Path png = screenshot;
        KioskOptions o = KioskOptions.of(dir)
                .withFullScreen(fullScreen)
                .withSize((int) s[0], (int) s[1])
                .withLanguage(language)
                .withView(view)
                .withShow(show)
                .withPanels(!noPanels);
        if (light != null) {
            double[] l = two(light, ",", "--light", "135,35");
            o = o.withLight(l[0], l[1]);
        }
        if (triangles != null) {
            o = o.withTriangles(triangles);
        } else if (png != null) {
            o = o.withTriangles(PICTURE_TRIANGLES);
        }
        log.open("kiosk");
        if (png == null) {
            Kiosk.show(o);
            return 0;
        }
        Kiosk.Picture p = Kiosk.screenshot(o, png);
        common.say(png + ": " + p.tiles() + " tiles, " + p.triangles() + " triangles");
        if (p.lack() != null) {
            common.warn("something is not in the picture: " + p.lack());
        }
        if (p.limited()) {
            common.warn(
                    "the picture is coarser than the package allows: raise --triangles above " + o.triangles() + ".");
        }
        common.result(p);
        return 0;
    }

    private static double[] two(String text, String separator, String option, String example) {
        String[] p = text.split(separator, -1);
        try {
            if (p.length == 2) {
                return new double[] {Double.parseDouble(p[0]), Double.parseDouble(p[1])};
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw GrottoException.badRequest(option + " looks like " + example + "; found \"" + text + "\".");
    }
}
