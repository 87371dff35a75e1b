package org.grotto.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.grotto.base.Declared;

/** A project file to fill in: the scans named, everything else as comments, every option with its help and default. */
public final class ProjectSkeleton {
    private ProjectSkeleton() {}

    /**
     * Writes it.
     *
     * @param file where to write
     * @param place where it will stand; scans are named from there
     */
    public static void write(Path file, Path place, List<Path> scans, List<Declared> stages) throws IOException {
        Files.write(file, text(place, scans, stages).getBytes(StandardCharsets.UTF_8));
    }

    static String text(Path place, List<Path> scans, List<Declared> stages) {
        StringBuilder s = new StringBuilder("# Build it with: grotto build " + place.getFileName() + "\n");
        String name = String.valueOf(place.getFileName()).replaceFirst("[.][^.]*$", "");
        s.append("out: \"").append(name.replace("\"", "\\\"")).append("-package\"   # from this file's folder\n");
        s.append("scans:   # from this file's folder; * stands for anything\n");
        Path folder = place.toAbsolutePath().normalize().getParent();
        for (Path p : scans) {
            Path a = p.toAbsolutePath().normalize();
            boolean near = folder != null && java.util.Objects.equals(a.getRoot(), folder.getRoot());
            String scan = (near && folder != null ? folder.relativize(a) : a)
                    .toString()
                    .replace('\\', '/');
            s.append("  - \"").append(scan.replace("\"", "\\\"")).append("\"\n");
        }
        s.append("""
                # - file: wall.laz
                #   unit: mm              # where the file does not say
                #   up: y
                #   pose: |               # a 4x4 matrix as CloudCompare shows it; acts after the scan's own pose
                #     1 0 0 0
                #     0 1 0 0
                #     0 0 1 0
                #     0 0 0 1
                #   station: North wall
                #   position: [0, 0, 0]   # where the scanner stood, in the file's own coordinates, if it has no pose
                #title: {zh: "", en: ""}
                #rights: {owner: "", licence: "", note: ""}
                #people:
                #  - {name: "", role: ""}
                #instruments: [""]
                #dates: {scanned: ""}
                #stages:
                """);
        for (Declared d : stages) {
            s.append("#  ").append(d.stage()).append(":\n");
            for (Declared.Option o : d.options()) {
                String unit = o.help().unit().isEmpty() ? "" : " [" + o.help().unit() + "]";
                s.append("#    # ").append(o.help().value()).append(unit).append('\n');
                s.append("#    ").append(o.name()).append(": ").append(shown(o)).append('\n');
            }
        }
        return s.toString();
    }

    private static String shown(Declared.Option o) {
        Object v = o.value();
        return v == null
                ? "\"\""
                : v instanceof Double d && d.isNaN() ? ".nan" : v.toString().toLowerCase(Locale.ROOT);
    }
}
