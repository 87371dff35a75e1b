package org.grotto.mutation;

import java.util.List;

/** The rooms whose tests are tried, and which tests of other rooms stand near enough to be asked, too. */
enum Room {
    CLEAN("clean"),
    SURFACE("surface"),
    PIPELINE("pipeline", "cli.OneDeclarationTest", "cli.NamedOptionsTest", "cli.RefusalTest", "cli.StlCommandsTest"),
    STREAM("kiosk.stream"),
    LOD("lod", "format.las.CopcReaderTest", "format.gltf.TileColumnsTest");

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
        near.forEach(t -> globs.append(',').append(ROOT).append(t));
        return globs.toString();
    }
}
