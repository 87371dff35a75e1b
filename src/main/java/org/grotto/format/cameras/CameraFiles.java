package org.grotto.format.cameras;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.grotto.base.GrottoException;
import org.jspecify.annotations.Nullable;

/** Tells camera sets by what they hold, and reads them. */
public final class CameraFiles {
    private static final int HEAD = 4096;

    private CameraFiles() {}

    /** True where {@code path} is a camera set: a COLMAP model's folder or one of its files, or a file of another program. */
    public static boolean is(Path path) {
        return kind(path) != null;
    }

    /** The file of a COLMAP model that names its pictures; null where {@code path} is none. */
    public static @Nullable Path main(Path path) {
        Path folder = Colmap.folder(path);
        if (folder == null) {
            return null;
        }
        boolean text = path.toString().endsWith(".txt") || !Files.isRegularFile(folder.resolve("cameras.bin"));
        return folder.resolve(text ? "images.txt" : "images.bin");
    }

    /** A sentence for a file of a COLMAP model that says nothing by itself; null for any other file. */
    public static @Nullable String part(Path path) {
        String name = String.valueOf(path.getFileName());
        String head = Files.isRegularFile(path) ? head(path) : "";
        boolean comment = head.startsWith("#");
        if (name.equals("points3D.bin")) {
            return "is the points of a COLMAP model in binary, which are not read; export the model as text, or its"
                    + " points as PLY (colmap model_converter), and name points3D.txt or that file.";
        }
        if (name.equals("images.bin") || comment && head.contains("IMAGE_ID, QW, QX, QY, QZ")) {
            return "is part of a COLMAP model: the places of its images, without points; put it as images"
                    + ending(name) + " into a folder beside cameras" + ending(name)
                    + ", its lenses, and name that folder in build together with scans or a mesh.";
        }
        if (name.equals("cameras.bin") || comment && head.contains("CAMERA_ID, MODEL, WIDTH, HEIGHT")) {
            return "is part of a COLMAP model: its lenses, without points; put it as cameras" + ending(name)
                    + " into a folder beside images" + ending(name)
                    + ", its places, and name that folder in build together with scans or a mesh.";
        }
        return null;
    }

    private static String ending(String name) {
        return name.endsWith(".bin") ? ".bin" : ".txt";
    }

    private static @Nullable String kind(Path path) {
        if (Colmap.folder(path) != null) {
            return "colmap";
        }
        if (!Files.isRegularFile(path)) {
            return null;
        }
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        String head = head(path).stripLeading();
        if (head.startsWith("\ufeff")) {
            head = head.substring(1).stripLeading();
        }
        if (head.startsWith("# Bundle file")) {
            return "bundler";
        }
        if (head.startsWith(VisualSfm.BEGINS)) {
            return "visualsfm";
        }
        if (head.startsWith("<") && name.endsWith(".xml") && head.contains("<document") && head.contains("<chunk")) {
            return "metashape";
        }
        if (head.startsWith("{") && head.contains("\"sfm_data_version\"")) {
            return "openmvg";
        }
        if (head.startsWith("[") && head.contains("\"cameras\"") && head.contains("\"projection_type\"")) {
            return "opensfm";
        }
        boolean json = name.endsWith(".sfm") || name.endsWith(".json");
        if (json
                && head.startsWith("{")
                && head.contains("\"version\"")
                && (name.endsWith(".sfm") || head.contains("\"views\""))) {
            return "alicevision";
        }
        return null;
    }

    private static String head(Path path) {
        try (java.io.InputStream in = Files.newInputStream(path)) {
            return new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * Reads a camera set.
     *
     * @throws GrottoException where it is none, or damaged
     */
    public static CameraSet read(Path path) {
        String kind = kind(path);
        return switch (kind == null ? "" : kind) {
            case "colmap" -> Colmap.read(path);
            case "bundler" -> Bundler.read(path);
            case "visualsfm" -> VisualSfm.read(path);
            case "metashape" -> Metashape.read(path);
            case "openmvg" -> OpenMvg.read(path);
            case "opensfm" -> OpenSfm.read(path);
            case "alicevision" -> AliceVision.read(path);
            default ->
                throw GrottoException.badInput(
                        path,
                        "is no camera set that Grotto reads (COLMAP, Metashape XML, OpenMVG sfm_data.json, Meshroom .sfm,"
                                + " OpenSfM reconstruction.json, Bundler .out, VisualSFM .nvm); export the cameras as one of these.");
        };
    }
}
