package org.grotto.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.grotto.base.GrottoException;
import org.grotto.format.FileHead;
import org.grotto.format.Format;
import org.grotto.format.e57.E57Format;
import org.grotto.format.ept.EptFormat;
import org.grotto.format.gltf.GltfFormat;
import org.grotto.format.las.Crs;
import org.grotto.format.las.LasFormat;
import org.grotto.format.obj.ObjFormat;
import org.grotto.format.off.OffFormat;
import org.grotto.format.pcd.PcdFormat;
import org.grotto.format.pdal.PdalFormat;
import org.grotto.format.ply.PlyFormat;
import org.grotto.format.potree.PotreeFormat;
import org.grotto.format.ptx.PtxFormat;
import org.grotto.format.stl.StlFormat;
import org.grotto.format.text.TextFormat;
import org.grotto.format.threemf.ThreeMfFormat;
import org.grotto.format.tiles3d.TilesFormat;
import org.jspecify.annotations.Nullable;

/** The one list of formats: a further one is its room and a line here. Sentences and help texts list them from it. */
public final class Formats {
    private static final LasFormat LAS = new LasFormat();

    /** In the order in which beginnings are tried and sentences name them. */
    public static final List<Format> ALL = List.of(
            new E57Format(),
            LAS,
            new PlyFormat(),
            new PtxFormat(),
            new TextFormat(),
            new ObjFormat(),
            new GltfFormat(),
            new StlFormat(),
            new OffFormat(),
            new ThreeMfFormat(),
            new PcdFormat(),
            new EptFormat(LAS.points(), Crs::stated),
            new PotreeFormat(LAS.points(), Crs::stated),
            new TilesFormat(new TileModels()));

    /** What a file is read with that is of no format in the list, where PDAL has a reader for it. */
    static final Format REST = new PdalFormat(LAS.points());

    private Formats() {}

    /** What {@code path} is, told from its first bytes, then from its name; a file of no known format is refused. */
    public static Format of(Path path) {
        FileHead head = FileHead.of(path);
        String extension = extension(path);
        Format begun = first(f -> f.begins(head));
        if (begun == null) {
            OtherFormats.refuseBegun(path, head);
        }
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        Format whole = begun != null ? begun : first(f -> f.names().contains(name));
        Format named = whole != null ? whole : first(f -> f.extensions().contains(extension));
        return named != null ? named : OtherFormats.of(path, extension, REST);
    }

    /**
     * The file to read where {@code path} is a folder that holds exactly one by whose name a cloud in a folder is told;
     * {@code path} itself where it holds none, or is no folder.
     */
    static Path inFolder(Path path) {
        if (!Files.isDirectory(path)) {
            return path;
        }
        List<Path> found = new ArrayList<>();
        for (Format f : ALL) {
            for (String name : f.names()) {
                Path file = path.resolve(name);
                if (Files.isRegularFile(file)) {
                    found.add(file);
                }
            }
        }
        if (found.size() > 1) {
            throw GrottoException.badRequest(path + ": holds " + found.size() + " clouds ("
                    + String.join(
                            ", ",
                            found.stream()
                                    .map(f -> String.valueOf(f.getFileName()))
                                    .toList())
                    + "); name the file that you want.");
        }
        return found.isEmpty() ? path : found.getFirst();
    }

    private static @Nullable Format first(Predicate<Format> wanted) {
        return ALL.stream().filter(wanted).findFirst().orElse(null);
    }

    /** The name's ending in small letters, without the dot. */
    public static String extension(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1);
    }

    /** The formats that points are read from: "E57, LAS, LAZ, PLY". */
    public static String pointsRead() {
        return names(f -> f.points() != null);
    }

    /** The formats that meshes are read from: "PLY, OBJ". */
    public static String meshesRead() {
        return names(f -> f.meshes() != null);
    }

    private static String names(Predicate<Format> wanted) {
        return ALL.stream().filter(wanted).map(Format::name).collect(Collectors.joining(", "));
    }

    /** The endings that points are written to, without dots. */
    public static List<String> pointEndings() {
        return endings(f -> f.pointOutputs().keySet().stream());
    }

    /** The endings that meshes are written to, without dots. */
    public static List<String> meshEndings() {
        return endings(f -> f.meshOutputs().keySet().stream());
    }

    private static List<String> endings(Function<Format, Stream<String>> of) {
        return ALL.stream().flatMap(f -> of.apply(f).sorted()).toList();
    }

    /** Endings as a sentence offers them: ".e57, .las or .ply". */
    public static String offered(List<String> endings) {
        List<String> dotted = endings.stream().map(e -> "." + e).toList();
        int last = dotted.size() - 1;
        return last < 1
                ? String.join("", dotted)
                : String.join(", ", dotted.subList(0, last)) + " or " + dotted.get(last);
    }
}
