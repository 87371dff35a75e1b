package org.grotto.subject;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.grotto.cli.Main;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Pose;
import org.grotto.scene.Station;

/**
 * Virtual scenes as scan files and packages: {@code SceneFiles FOLDER FROM TO known|others|NAME} builds one package for
 * each scene and seed, named after it, to be looked at with {@code views.ContactSheet}.
 */
public final class SceneFiles {
    private SceneFiles() {}

    public static void main(String[] a) throws IOException {
        Path folder = Files.createDirectories(Path.of(a[0]));
        List<String> names = a[3].equals("others")
                ? VirtualScenes.OTHERS
                : a[3].equals("known") ? VirtualScenes.NAMES : List.of(a[3]);
        PrintStream out = System.out;
        for (String name : names) {
            for (long seed = Long.parseLong(a[1]); seed < Long.parseLong(a[2]); seed++) {
                VirtualScenes s = VirtualScenes.of(name, seed);
                String stem = name.replace(' ', '-') + "-" + seed;
                out.println(stem + " " + s.told + " exit " + build(s, folder, stem, out));
            }
        }
    }

    /** Builds a package in a folder, and gives how that ended. */
    public static int build(VirtualScenes s, Path folder, String name, PrintStream out) throws IOException {
        return Main.run(
                new String[] {
                    "build",
                    write(s, folder, name).toString(),
                    "-o",
                    folder.resolve(name).toString(),
                    "--quiet",
                    "--subject",
                    s.kind.name().toLowerCase(Locale.ROOT)
                },
                new PrintStream(PrintStream.nullOutputStream()),
                out);
    }

    /** A PTX file where stations are known, else a PLY file. */
    static Path write(VirtualScenes s, Path folder, String stem) throws IOException {
        boolean posed = !s.stations.isEmpty()
                && s.cloud.station() != null
                && s.stations.stream().allMatch(t -> t.pose() != null);
        Path file = folder.resolve(stem + (posed ? ".ptx" : ".ply"));
        try (PrintWriter w = new PrintWriter(Files.newBufferedWriter(file))) {
            if (posed) {
                ptx(s, w);
            } else {
                ply(s.cloud, w);
            }
        }
        return file;
    }

    private static void ptx(VirtualScenes s, PrintWriter w) {
        Cloud c = s.cloud;
        char[] station = Objects.requireNonNull(c.station());
        for (int k = 0; k < s.stations.size(); k++) {
            Station st = s.stations.get(k);
            Pose p = Objects.requireNonNull(st.pose());
            int n = 0;
            for (int i = 0; i < c.size; i++) {
                n += station[i] == k ? 1 : 0;
            }
            w.printf("%d%n1%n%.6f %.6f %.6f%n1 0 0%n0 1 0%n0 0 1%n", n, p.tx(), p.ty(), p.tz());
            w.printf("1 0 0 0%n0 1 0 0%n0 0 1 0%n%.6f %.6f %.6f 1%n", p.tx(), p.ty(), p.tz());
            for (int i = 0; i < c.size; i++) {
                if (station[i] == k) {
                    w.printf("%.6f %.6f %.6f 0.5%n", c.px(i) - p.tx(), c.py(i) - p.ty(), c.pz(i) - p.tz());
                }
            }
        }
    }

    private static void ply(Cloud c, PrintWriter w) {
        float[] n = c.normals();
        w.printf("ply%nformat ascii 1.0%nelement vertex %d%n", c.size);
        w.printf("property double x%nproperty double y%nproperty double z%n");
        if (n != null) {
            w.printf("property float nx%nproperty float ny%nproperty float nz%n");
        }
        w.printf("end_header%n");
        for (int i = 0; i < c.size; i++) {
            w.printf("%.6f %.6f %.6f", c.px(i), c.py(i), c.pz(i));
            if (n != null) {
                w.printf(" %.4f %.4f %.4f", n[3 * i], n[3 * i + 1], n[3 * i + 2]);
            }
            w.println();
        }
    }
}
