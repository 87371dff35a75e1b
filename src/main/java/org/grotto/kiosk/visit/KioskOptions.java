package org.grotto.kiosk.visit;

import java.nio.file.Path;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.base.Help;
import org.grotto.base.Records;
import org.jspecify.annotations.Nullable;

/** What the museum screen shows and may spend. */
public record KioskOptions(
        @Help("The cave package to show.") Path packageFolder,
        @Help("Fill the whole screen.") boolean fullScreen,

        @Help(value = "Width of the window or picture.", unit = "px")
        int width,

        @Help(value = "Height of the window or picture.", unit = "px")
        int height,

        @Help("Language of the first screen: zh or en.") String language,

        @Help("Name of the first view, as cave.json lists it; empty for the first of the list.")
        String view,

        @Help(value = "How many triangles are shown at once at most.", unit = "triangles")
        long triangles,

        @Help(value = "How much tile data is kept in memory at most.", unit = "bytes")
        long memoryBytes,

        @Help("What is shown first: mesh, points, or a layer by its name in cave.json, as evidence.")
        String show,

        @Help(value = "Where the visitor's light comes from, counter-clockwise from the right.", unit = "deg")
        double lightAzimuth,

        @Help(value = "How high the visitor's light stands over the surface: 5 grazes, 85 is frontal.", unit = "deg")
        double lightElevation,

        @Help("Show the panels and buttons over the picture.")
        boolean panels) {

    /** The values for {@code packageFolder} where nothing else is said. */
    public static KioskOptions of(Path packageFolder) {
        return new KioskOptions(
                packageFolder, false, 1280, 720, "zh", "", 4_000_000, 768L << 20, "mesh", 128, 42, true);
    }

    public KioskOptions {
        require(
                width >= 320 && width <= 16384 && height >= 240 && height <= 16384,
                "--size",
                "from 320x240 to 16384x16384 pixels",
                width + "x" + height);
        require(language.equals("zh") || language.equals("en"), "--language", "zh or en", language);
        require(triangles >= 1000, "--triangles", "at least 1000", triangles);
        require(memoryBytes >= 1 << 20, "the memory for tiles", "at least 1 MiB", memoryBytes + " bytes");
        require(
                lightAzimuth >= -360 && lightAzimuth <= 360,
                "the azimuth of --light",
                "from -360 to 360",
                lightAzimuth);
        require(
                lightElevation >= 5 && lightElevation <= 85,
                "the elevation of --light",
                "from 5 to 85",
                lightElevation);
    }

    private static void require(boolean holds, String option, String rule, @Nullable Object found) {
        if (!holds) {
            throw GrottoException.badRequest(option + " must be " + rule + ", found " + found + ".");
        }
    }

    public KioskOptions withView(String name) {
        return Records.with(this, "view", name);
    }

    public KioskOptions withSize(int w, int h) {
        return Records.with(this, Map.of("width", w, "height", h));
    }

    public KioskOptions withLanguage(String code) {
        return Records.with(this, "language", code);
    }

    public KioskOptions withShow(String what) {
        return Records.with(this, "show", what);
    }

    public KioskOptions withLight(double azimuth, double elevation) {
        return Records.with(this, Map.of("lightAzimuth", azimuth, "lightElevation", elevation));
    }

    public KioskOptions withPanels(boolean on) {
        return Records.with(this, "panels", on);
    }

    public KioskOptions withFullScreen(boolean on) {
        return Records.with(this, "fullScreen", on);
    }

    public KioskOptions withTriangles(long most) {
        return Records.with(this, "triangles", most);
    }

    public KioskOptions withBudget(long mostTriangles, long mostBytes) {
        return Records.with(this, Map.of("triangles", mostTriangles, "memoryBytes", mostBytes));
    }
}
