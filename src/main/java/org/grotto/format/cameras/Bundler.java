package org.grotto.format.cameras;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;

/**
 * Bundler's {@code bundle.out} (Snavely, Bundler user's manual, version 0.3 and 0.4), with the list of pictures beside it.
 * camera = R world + t; the camera looks along -z with y up; x = f (1 + k1 r2 + k2 r4) X / (-Z), counted from the picture's
 * middle, whose size nothing says. A focal length of 0 is a picture that found no place.
 */
final class Bundler {
    private static final int MOST = 10_000_000;

    private Bundler() {}

    static CameraSet read(Path file) {
        List<String> names = names(file);
        List<CameraSet.Shot> shots = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(
                new java.io.InputStreamReader(Files.newInputStream(file), StandardCharsets.ISO_8859_1))) {
            int[] line = {0};
            String[] head = next(in, file, line);
            double n = Words.numbers(file, line[0], head, 0, 1)[0];
            if (!(n >= 0 && n <= MOST)) {
                throw GrottoException.badInput(
                        file, "line " + line[0] + ": " + head[0] + " cameras are none; export them again.");
            }
            for (int i = 0; i < n; i++) {
                double[] f = Words.numbers(file, line[0] + 1, next(in, file, line), 0, 3);
                double[] r = new double[9];
                for (int k = 0; k < 3; k++) {
                    System.arraycopy(Words.numbers(file, line[0] + 1, next(in, file, line), 0, 3), 0, r, 3 * k, 3);
                }
                double[] t = Words.numbers(file, line[0] + 1, next(in, file, line), 0, 3);
                String name = i < names.size() ? names.get(i) : "camera " + i;
                boolean found = f[0] > 0;
                double[] c = CameraSet.centre(r, t);
                Pose p = found
                        ? Pose.of(new double[] {r[0], r[3], r[6], r[1], r[4], r[7], r[2], r[5], r[8]}, c[0], c[1], c[2])
                        : null;
                double[] k = {f[1], f[2]};
                Optics o = found
                        ? Optics.of(
                                        "bundler",
                                        false,
                                        0,
                                        0,
                                        f[0],
                                        f[0],
                                        0,
                                        0,
                                        0,
                                        new String[] {"k1", "k2"},
                                        k,
                                        Bend.brown(new double[] {k[0], k[1], 0, 0, 0, 0}, 0, 0))
                                .centred()
                        : null;
                shots.add(new CameraSet.Shot(name, p, o));
            }
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        }
        return new CameraSet(
                "Bundler",
                List.copyOf(shots),
                names.size() < shots.size()
                        ? List.of("the names of " + (shots.size() - names.size()) + " pictures: no list is beside it")
                        : List.of());
    }

    private static String[] next(BufferedReader in, Path file, int[] line) throws IOException {
        for (String s = Words.line(in, file, line[0]); s != null; s = Words.line(in, file, line[0])) {
            line[0]++;
            if (!s.isBlank() && !s.startsWith("#")) {
                return s.strip().split("\\s+");
            }
        }
        throw GrottoException.badInput(file, "ends in the midst of its cameras; copy it again.");
    }

    /** The pictures' names in order: of list.txt, or the only list beside the file, or of its parent. */
    private static List<String> names(Path file) {
        Path list = list(file.toAbsolutePath().getParent());
        if (list == null) {
            Path up = file.toAbsolutePath().getParent();
            list = list(up == null ? null : up.getParent());
        }
        List<String> names = new ArrayList<>();
        if (list != null) {
            String all = new String(Words.bytes(list, 64 << 20), StandardCharsets.UTF_8);
            for (String line : all.split("\\R")) {
                if (!line.isBlank()) {
                    names.add(line.strip().replaceFirst("(?i)(\\.[a-z0-9]{2,4})\\s+[0-9].*$", "$1"));
                }
            }
        }
        return names;
    }

    private static @Nullable Path list(@Nullable Path folder) {
        if (folder == null) {
            return null;
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(p -> String.valueOf(p.getFileName())
                            .toLowerCase(java.util.Locale.ROOT)
                            .matches("(.*[._-])?(list|pictures|image_list)\\.txt"))
                    .filter(Files::isRegularFile)
                    .min(java.util.Comparator.comparingInt(
                                    (Path p) -> p.toString().length())
                            .thenComparing(Path::toString))
                    .orElse(null);
        } catch (IOException | java.io.UncheckedIOException e) {
            return null;
        }
    }
}
