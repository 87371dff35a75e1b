package org.grotto.cli;

import static java.util.Map.entry;

import java.util.EnumMap;
import java.util.Map;
import org.grotto.cli.FormatTableTest.What;
import org.jspecify.annotations.Nullable;

/** Why something of a format is not read or not written: what {@code docs/formats.md} says under its table. */
final class WhyNot {
    private static final String NO_PLACE = "the format has no place for it";
    private static final String MESH = "a mesh is held whole: levels of detail look at all of it";
    private static final String SURFACE = "said of scans, not of a surface";
    private static final String POINTS = "pictures lie on surfaces; a point has a colour";
    private static final String CLOUD = "the format holds one cloud without stations; poses are applied to it";
    private static final String UNWRITTEN =
            "not written by Grotto; text, PLY, LAS, E57, OBJ and GLB hold as much or more";

    private static final String NOT_SAMPLED = "read where a file has it; the sample of this table has none";
    private static final String BY_NODES = "read node by node; not measured in a small process";
    private static final Map<What, String> FOLDER = Map.of(
            What.WRITTEN,
            UNWRITTEN,
            What.STREAMED,
            BY_NODES,
            What.NORMALS,
            NOT_SAMPLED,
            What.TIME,
            NOT_SAMPLED,
            What.FURTHER,
            NOT_SAMPLED,
            What.CRS,
            NOT_SAMPLED);

    private static final Map<String, Map<What, String>> OWN = Map.ofEntries(
            entry("EPT", without(FOLDER, What.CRS)),
            entry("Potree 1", FOLDER),
            entry("Potree 2", FOLDER),
            entry("3D Tiles, points", FOLDER),
            entry(
                    "3D Tiles, mesh",
                    Map.of(What.WRITTEN, "written by `grotto tiles` and `grotto build`, not by `convert`")),
            entry("PTX", Map.of(What.WRITTEN, UNWRITTEN)),
            entry("PTS", Map.of(What.WRITTEN, UNWRITTEN)),
            entry("PCD", Map.of(What.WRITTEN, UNWRITTEN)),
            entry("OBJ, points", Map.of(What.WRITTEN, UNWRITTEN)),
            entry("glTF, points", Map.of(What.WRITTEN, UNWRITTEN)),
            entry(
                    "PLY, mesh",
                    Map.of(
                            What.TEXTURE,
                            "written as colours of vertices, taken from the picture: PLY names pictures by a custom only")),
            entry(
                    "OBJ, mesh",
                    Map.of(
                            What.NORMALS,
                            "read where they say more than the triangles do, which those of the flat sample do not")),
            entry(
                    "STL",
                    Map.of(
                            What.WRITTEN,
                            UNWRITTEN,
                            What.COLOUR,
                            "its colours are a custom of few programs",
                            What.NORMALS,
                            "its normals are those of the triangles")),
            entry("OFF", Map.of(What.WRITTEN, UNWRITTEN)),
            entry("3MF", Map.of(What.WRITTEN, UNWRITTEN, What.COLOUR, NOT_SAMPLED)));

    private WhyNot() {}

    private static Map<What, String> without(Map<What, String> all, What what) {
        Map<What, String> rest = new EnumMap<>(all);
        rest.remove(what);
        return rest;
    }

    /** What is said of one format alone. */
    static @Nullable String own(String title, What what) {
        Map<What, String> of = OWN.get(title);
        return of == null ? null : of.get(what);
    }

    static @Nullable String reason(String title, boolean mesh, What what) {
        String own = own(title, what);
        if (own != null) {
            return own;
        }
        return switch (what) {
            case STREAMED -> mesh ? MESH : null;
            case POSES -> mesh ? SURFACE : CLOUD;
            case PICTURES -> mesh ? SURFACE : NO_PLACE;
            case TEXTURE -> mesh ? NO_PLACE : POINTS;
            case INTENSITY, TIME, FURTHER -> mesh ? SURFACE : NO_PLACE;
            case COLOUR, NORMALS, CRS -> NO_PLACE;
            case READ, WRITTEN -> null;
        };
    }
}
