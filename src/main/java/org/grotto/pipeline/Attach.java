package org.grotto.pipeline;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.grotto.base.GrottoException;
import org.grotto.base.Text;
import org.grotto.base.Work;
import org.grotto.scene.CaveInfo.Deliverable;
import org.grotto.scene.PackagePath;
import org.jspecify.annotations.Nullable;

/** Adds a finished file from elsewhere, a drawing or a document, to a package: {@code KIND/NAME}. */
public final class Attach {
    /** Folders and kinds that a package has of its own. */
    private static final Set<String> OWN =
            Set.of("points", "contradicted", "mesh", "preview", "scans", "report", "quality", "run", "viewer");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("pdf", "application/pdf"),
            Map.entry("dxf", "image/vnd.dxf"),
            Map.entry("dwg", "image/vnd.dwg"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("tif", "image/tiff"),
            Map.entry("tiff", "image/tiff"),
            Map.entry("txt", "text/plain"),
            Map.entry("md", "text/markdown"),
            Map.entry("csv", "text/csv"),
            Map.entry("json", "application/json"),
            Map.entry("zip", "application/zip"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"));

    private Attach() {}

    /** What was added, for the command line. */
    public record Result(String folder, String path, String kind, String mediaType, long bytes, int revision) {}

    /**
     * Adds a file.
     *
     * @param kind what it is, a word in small letters: "drawings", "documents"
     * @param title for the list of files, or null where its name says enough
     */
    public static Result run(Path folder, Path file, String kind, @Nullable Text title, String version, Work work) {
        if (!kind.matches("[a-z0-9][a-z0-9-]*") || OWN.contains(kind)) {
            throw GrottoException.badRequest(
                    "--kind must be a word in small letters, as drawings or documents, and none of "
                            + String.join(", ", OWN.stream().sorted().toList()) + ", found " + kind + ".");
        }
        if (!Files.exists(file)) {
            throw GrottoException.io(file, new NoSuchFileException(file.toString()));
        }
        if (!Files.isRegularFile(file)) {
            throw GrottoException.badInput(file, "is no file; attach single files, or a zip of them.");
        }
        String name = String.valueOf(file.getFileName());
        String path = kind + "/" + name;
        if (!PackagePath.legal(path)) {
            throw GrottoException.badInput(
                    file, "has a name that not every system can hold, as " + path + "; rename it first.");
        }
        String end = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String type = TYPES.getOrDefault(end, "application/octet-stream");
        Map<String, Object> options = new TreeMap<>();
        options.put("kind", kind);
        if (title != null) {
            options.put("title", title);
        }
        Addition addition = new Addition(
                "attach",
                options,
                List.of(file),
                Map.of(path, p -> Files.copy(file, p, StandardCopyOption.REPLACE_EXISTING)),
                List.of(new Deliverable(kind, path, type, 0, title)),
                List.of());
        int revision = Growth.add(folder, addition, version, work);
        try {
            return new Result(folder.toString(), path, kind, type, Files.size(folder.resolve(path)), revision);
        } catch (java.io.IOException e) {
            throw GrottoException.io(folder.resolve(path), e);
        }
    }
}
