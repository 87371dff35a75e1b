package org.grotto.mutation;

import java.util.List;

/**
 * The rooms whose tests are tried; which tests of other rooms stand near enough to be asked, too; and, after a minus, which
 * of their own take so long that a mutant would see no other.
 */
enum Room {
    CLEAN("clean", "-clean.CleanTest", "-clean.OrientationTest", "-clean.CleanCraftsTest"),
    SURFACE("surface", "-surface.PoissonTest", "-surface.TrimTest", "-surface.ColourTest", "-surface.MeshRegionsTest"),
    PIPELINE(
            "pipeline",
            "cli.OneDeclarationTest",
            "cli.NamedOptionsTest",
            "-pipeline.MalformedTest",
            "-pipeline.PackageTest",
            "-pipeline.DemoBytesTest",
            "-pipeline.RealDataTest",
            "-pipeline.KnownCaveTest"),
    STREAM("kiosk.stream"),
    LOD("lod", "format.gltf.TileColumnsTest", "-lod.TileCutTest", "-lod.TileErrorsTest", "-lod.SimulatedCutTest");

    static final String ROOT = "org.grotto.";

    final String name;
    private final List<String> near;

    Room(String name, String... near) {
        this.name = name;
        this.near = List.of(near);
    }

    static Room of(String name) {
        for (Room room : values()) {
            if (room.name.equals(name)) {
                return room;
            }
        }
        throw new IllegalArgumentException("No such room: " + name);
    }

    String classes() {
        return ROOT + name + ".*";
    }

    String tests() {
        StringBuilder globs = new StringBuilder(ROOT).append(name).append(".*Test");
        near.stream()
                .filter(t -> !t.startsWith("-"))
                .forEach(t -> globs.append(',').append(ROOT).append(t));
        return globs.toString();
    }

    /** Test classes that are left out; a name of none where there are none. */
    String without() {
        StringBuilder globs = new StringBuilder(ROOT).append("None");
        near.stream()
                .filter(t -> t.startsWith("-"))
                .forEach(t -> globs.append(',').append(ROOT).append(t.substring(1)));
        return globs.toString();
    }
}
