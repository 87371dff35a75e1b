package org.grotto.format.cameras;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;

/**
 * VisualSFM's {@code .nvm} (Wu, VisualSFM's documentation, "NVM format"; the same author's Multicore Bundle Adjustment
 * reads it): of each camera the picture's name, the focal length, the turn of the world into the camera (x right, y down,
 * looking along +z) as w, x, y, z, the camera's centre, the distortion. {@code NVM_V3_R9T} has a matrix and a shift instead.
 * A place of the picture, m, counted from its middle in focal lengths, shows the direction m (1 + r m2).
 */
final class VisualSfm {
    static final String BEGINS = "NVM_V3";

    private static final int MOST = 10_000_000;
    /** Numbers of a camera behind its picture's name: with a turn of four, or with a matrix. */
    private static final int SHORT = 10;

    private static final int LONG = 15;
    /** A principal point nearer to 0 than this, in focal lengths, counts from the middle, not from a corner. */
    private static final double MIDDLE = 0.05;

    private final Path file;
    private final BufferedReader in;
    private int line;

    private VisualSfm(Path file, BufferedReader in) {
        this.file = file;
        this.in = in;
    }

    static CameraSet read(Path file) {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            return new VisualSfm(file, in).set();
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        }
    }

    private CameraSet set() throws IOException {
        String[] head = due("its first line").split("\\s+");
        boolean matrix = head[0].equals("NVM_V3_R9T");
        double[] fixed = head.length > 5 && head[1].equals("FixedK") ? Words.numbers(file, line, head, 2, 4) : null;
        List<CameraSet.Shot> shots = new ArrayList<>();
        long n = count(due("how many cameras there are"), "cameras");
        for (long i = 0; i < n; i++) {
            shots.add(shot(due("camera " + (i + 1) + " of " + n), matrix, fixed));
        }
        List<String> lost = new ArrayList<>();
        String next = next();
        long points = next == null ? 0 : count(next, "points");
        long there = 0;
        while (there < points && next() != null) {
            there++;
        }
        if (points > 0) {
            lost.add(points + " sparse points" + (there < points ? ", of which " + there + " are there" : ""));
        }
        next = there < points ? null : next();
        if (next != null && !next.equals("0")) {
            long further = count(next, "cameras");
            lost.add("further models, each in a frame of its own: the next has " + further + " cameras");
        }
        return new CameraSet("VisualSFM", List.copyOf(shots), lost);
    }

    /** The next line with anything in it but a remark; null at the file's end. */
    private @Nullable String next() throws IOException {
        for (String s = Words.line(in, file, line); s != null; s = Words.line(in, file, line)) {
            line++;
            String t = s.replace("\ufeff", "").strip();
            if (!t.isEmpty() && !t.startsWith("#")) {
                return t;
            }
        }
        return null;
    }

    private String due(String what) throws IOException {
        String s = next();
        if (s == null) {
            throw GrottoException.badInput(file, "ends at line " + line + ", before " + what + "; copy it again.");
        }
        return s;
    }

    private long count(String s, String what) {
        double v = Words.number(file, line, s.split("\\s+")[0]);
        if (!(v >= 0 && v <= MOST && v == Math.rint(v))) {
            throw GrottoException.badInput(
                    file, "line " + line + ": " + s.split("\\s+")[0] + " " + what + " are none; export them again.");
        }
        return (long) v;
    }

    private CameraSet.Shot shot(String s, boolean matrix, double @Nullable [] fixed) {
        String[] words = s.split("\\s+");
        int numbers = matrix ? LONG : SHORT;
        if (words.length <= numbers) {
            throw GrottoException.badInput(
                    file,
                    "line " + line + " has " + words.length + " words, where a picture's name and " + numbers
                            + " numbers are needed; export the cameras again.");
        }
        int from = words.length - numbers;
        // blanks in names are written as quotes
        String name = String.join(" ", List.of(words).subList(0, from)).replace('"', ' ');
        double[] v = Words.numbers(file, line, words, from, numbers);
        double f = v[0];
        if (!(f > 0)) {
            return new CameraSet.Shot(name, null, null);
        }
        double[] r = new double[9];
        double[] c = new double[3];
        if (matrix) {
            System.arraycopy(v, 1, r, 0, 9);
            c = CameraSet.centre(r, new double[] {v[10], v[11], v[12]});
        } else {
            double l = Math.sqrt(v[1] * v[1] + v[2] * v[2] + v[3] * v[3] + v[4] * v[4]);
            if (!(l > 1e-9 && l < 1e9)) {
                throw GrottoException.badInput(
                        file, "line " + line + ": the turn of " + name + " is none; export the cameras again.");
            }
            r = new Pose(v[1] / l, v[2] / l, v[3] / l, v[4] / l, 0, 0, 0).matrix();
            System.arraycopy(v, 5, c, 0, 3);
        }
        return new CameraSet.Shot(name, CameraSet.looking(r, c), optics(f, v[numbers - 2], fixed));
    }

    private static Optics optics(double f, double k, double @Nullable [] fixed) {
        double fy = fixed == null || !(fixed[2] > 0) || !(fixed[0] > 0) ? f : f * fixed[2] / fixed[0];
        double cx = fixed == null ? 0 : fixed[1];
        double cy = fixed == null ? 0 : fixed[3];
        Optics o = Optics.of(
                "visualsfm", false, 0, 0, f, fy, cx, cy, 0, new String[] {"r"}, new double[] {k}, Bend.straightened(k));
        return Math.abs(cx) < MIDDLE * f && Math.abs(cy) < MIDDLE * f ? o.centred() : o;
    }
}
