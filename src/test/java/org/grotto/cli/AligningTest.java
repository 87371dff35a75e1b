package org.grotto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Range maps of one uneven head, a view each, without poses: in one frame they are built; each in the frame of its own
 * scanner they are refused, with both ways on.
 */
class AligningTest {
    private static final int POINTS = 6_000;
    private static final double NOISE = 0.0002;

    @TempDir
    Path dir;

    /** A head some 20 cm wide, in closed form: how far its skin is from the middle in a direction. */
    private static double radius(double x, double y, double z) {
        double d = 0.09 + 0.02 * z + 0.01 * x * y + 0.006 * Math.sin(5 * x + 1) * Math.sin(4 * y) * Math.cos(6 * z);
        double nose = (x - 0.9) * (x - 0.9) + (y + 0.2) * (y + 0.2) + (z - 0.3) * (z - 0.3);
        double ear = x * x + (y - 1) * (y - 1) + z * z;
        return d + 0.035 * Math.exp(-nose / 0.06) + 0.015 * Math.exp(-ear / 0.03);
    }

    /** What a scanner sees that stands in direction (cos a, sin a, 0), in the head's frame or in that of the scanner. */
    private Path view(String name, double a, double[] shift, boolean own) throws IOException {
        Random r = new Random(Math.round(1000 * a));
        StringBuilder s = new StringBuilder();
        for (int n = 0; n < POINTS; ) {
            double z = r.nextDouble(-1, 1);
            double b = r.nextDouble(2 * Math.PI);
            double q = Math.sqrt(1 - z * z);
            double x = q * Math.cos(b);
            double y = q * Math.sin(b);
            if (x * Math.cos(a) + y * Math.sin(a) < 0.25) {
                continue;
            }
            double d = radius(x, y, z) + NOISE * r.nextGaussian();
            double[] p = {d * x + shift[0], d * y + shift[1], d * z + shift[2]};
            if (own) { // towards the scanner is z, it stands at zero
                double u = -p[0] * Math.sin(a) + p[1] * Math.cos(a);
                double w = p[0] * Math.cos(a) + p[1] * Math.sin(a);
                p = new double[] {u, p[2], w - 0.6};
            }
            s.append(String.format(Locale.ROOT, "%.6f %.6f %.6f%n", p[0], p[1], p[2]));
            n++;
        }
        return Files.writeString(dir.resolve(name), s);
    }

    private record Ended(int code, String err, String out) {}

    private Ended run(String command, List<Path> files, String... more) {
        List<String> args = new ArrayList<>(List.of(command));
        files.forEach(f -> args.add(f.toString()));
        args.addAll(List.of(more));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                args.toArray(new String[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Ended(code, err.toString(StandardCharsets.UTF_8), out.toString(StandardCharsets.UTF_8));
    }

    private Ended surface(List<Path> files, String... more) {
        List<String> args = new ArrayList<>(List.of(more));
        args.addAll(List.of("-o", dir.resolve("head.ply").toString()));
        return run("surface", files, args.toArray(new String[0]));
    }

    private List<Path> views(double[] shift, boolean own) throws IOException {
        double[] none = new double[3];
        return List.of(
                view("front.xyz", 0, none, own), view("left.xyz", 0.9, none, own), view("right.xyz", -0.8, shift, own));
    }

    @Test
    void scansInFramesOfTheirOwnAreRefusedWithBothWaysOn() throws IOException {
        List<Path> files = views(new double[3], true);
        Ended e = run("build", files, "-o", dir.resolve("cave").toString());
        assertThat(e.code).isEqualTo(3);
        assertThat(e.err)
                .contains("front.xyz")
                .contains("left.xyz")
                .contains("right.xyz")
                .contains("4x4")
                .contains("project file")
                .contains("--trust-frames");
        assertThat(dir.resolve("cave")).doesNotExist();
        try (var left = Files.list(dir)) {
            assertThat(left.filter(p -> !files.contains(p))).isEmpty();
        }
        e = surface(files, "--trust-frames");
        assertThat(e.code).isZero();
        assertThat(e.err)
                .contains("As --trust-frames says, front.xyz, left.xyz, right.xyz were taken to be in one frame");
        assertThat(e.err + e.out).contains("Registration inconsistent");
    }

    /** In one frame, right or with a mistake of a registration, nobody asks for poses. */
    @Test
    void scansInOneFrameAreBuilt() throws IOException {
        Ended e = surface(views(new double[3], false));
        assertThat(e.code).as(e.err).isZero();
        assertThat(e.err).doesNotContain("do not fit").doesNotContain("trust-frames");
    }

    @Test
    void aMistakeOfRegistrationIsToldNotRefused() throws IOException {
        Ended e = surface(views(new double[] {0.006, -0.004, 0}, false));
        assertThat(e.code).as(e.err).isZero();
        assertThat(e.err + e.out)
                .contains("do not fit")
                .contains("Stations in error: right.")
                .doesNotContain("trust-frames")
                .doesNotContain("± 0.0 ")
                .doesNotContain("(s)");
    }
}
