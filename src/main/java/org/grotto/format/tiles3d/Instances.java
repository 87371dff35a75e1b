package org.grotto.format.tiles3d;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.Remarks;
import org.grotto.format.Rows;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An i3dm tile: one model shown at many places (3D Tiles 1.1, clause 11). The features of a few thousand instances are in
 * memory at a time.
 */
final class Instances {
    private static final int BLOCK = 1 << 12;
    private static final int OUTSIDE = 0;
    private static final int EMBEDDED = 1;
    /** An address longer than this is none. */
    private static final int LONGEST = 1 << 12;

    private final Content content;
    private final TileHead head;
    private final long count;
    private final double[] centre;
    private final boolean quantised;
    private final double[] volume = new double[6];
    private final long position;
    private final @Nullable Axes axes;
    private final boolean level;
    private final long scale;
    private final long scales;

    /** Where up and right of each instance stand; as unit vectors, or folded into an octahedron. */
    private record Axes(long up, long right, boolean folded) {}

    private Instances(Content content) {
        this.content = content;
        this.head = TileHead.read(content);
        JsonNode f = head.features();
        this.count = head.count(content, "INSTANCES_LENGTH");
        this.centre = head.centre(content);
        this.quantised = !f.has("POSITION") && f.has("POSITION_QUANTIZED");
        if (quantised) {
            System.arraycopy(head.numbers(content, "QUANTIZED_VOLUME_OFFSET", 3), 0, volume, 0, 3);
            System.arraycopy(head.numbers(content, "QUANTIZED_VOLUME_SCALE", 3), 0, volume, 3, 3);
        }
        this.position = quantised ? at("POSITION_QUANTIZED", 6) : at("POSITION", 12);
        boolean plain = f.has("NORMAL_UP") || f.has("NORMAL_RIGHT");
        boolean folded = f.has("NORMAL_UP_OCT32P") || f.has("NORMAL_RIGHT_OCT32P");
        this.axes = plain
                ? new Axes(at("NORMAL_UP", 12), at("NORMAL_RIGHT", 12), false)
                : folded ? new Axes(at("NORMAL_UP_OCT32P", 4), at("NORMAL_RIGHT_OCT32P", 4), true) : null;
        this.level = axes == null && f.path("EAST_NORTH_UP").asBoolean(false);
        this.scale = f.has("SCALE") ? at("SCALE", 4) : -1;
        this.scales = f.has("SCALE_NON_UNIFORM") ? at("SCALE_NON_UNIFORM", 12) : -1;
    }

    static Instances read(Content content) {
        return new Instances(content);
    }

    private long at(String key, int bytes) {
        return head.stretch(content, key, count, bytes);
    }

    private static GrottoException bad(Content c, String what) {
        return GrottoException.badInput(
                c.file(), c.from(), "this i3dm tile " + what + "; copy the folder again" + TileHead.GOING);
    }

    /** The address of the model, where it is no part of the tile. */
    static @Nullable String outside(Content c) {
        TileHead head = TileHead.read(c);
        if (head.form() == EMBEDDED) {
            return null;
        }
        long length = head.end() - head.body();
        if (head.form() != OUTSIDE || length > LONGEST) {
            throw bad(
                    c,
                    head.form() == OUTSIDE
                            ? "holds an address of its model of " + length + " bytes"
                            : "says " + head.form() + " where 0 (its model is a file) or 1 (it holds it) is due");
        }
        try (FileChannel in = FileChannel.open(c.file(), StandardOpenOption.READ)) {
            byte[] text =
                    TileHead.bytes(c.file(), in, head.body(), (int) length).array();
            // filled up to whole words, with zeros or spaces
            return new String(text, StandardCharsets.UTF_8).replaceFirst("[\\x00 ]+$", "");
        } catch (IOException e) {
            throw GrottoException.io(c.file(), e);
        }
    }

    long count() {
        return count;
    }

    /** The glTF that is shown: the tile's own, or the file beside. */
    Content model() {
        if (content.model() == null) {
            return content.part("glTF", head.body(), head.end() - head.body());
        }
        Path file = content.model();
        try {
            return new Content(
                    file, "glTF", 0, Files.size(file), content.place(), content.axes(), content.depth(), null);
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        }
    }

    void tell(Remarks remarks) {
        if (!head.batches().isEmpty()) {
            remarks.lost(
                    "properties of instances", String.valueOf(content.file().getFileName()));
        }
    }

    /** Where they stand, roughly, in the tile's frame. */
    double[] middle() {
        double[] c = centre.clone();
        if (quantised) {
            for (int k = 0; k < 3; k++) {
                c[k] += volume[k] + volume[3 + k] / 2;
            }
        } else if (count > 0 && !head.features().has("RTC_CENTER")) {
            try (FileChannel in = FileChannel.open(content.file(), StandardOpenOption.READ)) {
                double[][] p = numbers(in, position, Column.Type.FLOAT, 3, 0, 1);
                return new double[] {p[0][0], p[1][0], p[2][0]};
            } catch (IOException e) {
                throw GrottoException.io(content.file(), e);
            }
        }
        return c;
    }

    /** Gives for each instance what places the model, Z up, in the tile's frame. */
    void each(Consumer<double[]> to) {
        try (FileChannel in = FileChannel.open(content.file(), StandardOpenOption.READ)) {
            for (long done = 0; done < count; done += BLOCK) {
                int n = (int) Math.min(BLOCK, count - done);
                double[][] p = quantised
                        ? numbers(in, position, Column.Type.UINT16, 3, done, n)
                        : numbers(in, position, Column.Type.FLOAT, 3, done, n);
                double[][] up = axes == null ? p : vectors(in, axes.up, axes.folded, done, n);
                double[][] right = axes == null ? p : vectors(in, axes.right, axes.folded, done, n);
                double[][] one = scale < 0 ? null : numbers(in, scale, Column.Type.FLOAT, 1, done, n);
                double[][] three = scales < 0 ? null : numbers(in, scales, Column.Type.FLOAT, 3, done, n);
                for (int i = 0; i < n; i++) {
                    double[] o = new double[3];
                    for (int k = 0; k < 3; k++) {
                        double v = quantised ? p[k][i] / 65535 * volume[3 + k] + volume[k] : p[k][i];
                        o[k] = centre[k] + v;
                    }
                    double[] m = axes != null
                            ? turned(of(right, i), of(up, i), o, done + i)
                            : level ? Globe.standing(o) : Matrix.shift(o[0], o[1], o[2]);
                    for (int k = 0; k < 3; k++) {
                        double s = (one == null ? 1 : one[0][i]) * (three == null ? 1 : three[k][i]);
                        for (int row = 0; row < 3; row++) {
                            m[4 * k + row] *= s;
                        }
                    }
                    to.accept(m);
                }
            }
        } catch (IOException e) {
            throw GrottoException.io(content.file(), e);
        }
    }

    private static double[] of(double[][] list, int i) {
        return new double[] {list[0][i], list[1][i], list[2][i]};
    }

    /** Its columns are right, up, their cross product, and the place. */
    private double[] turned(double[] r, double[] u, double[] o, long i) {
        double[] f = {r[1] * u[2] - r[2] * u[1], r[2] * u[0] - r[0] * u[2], r[0] * u[1] - r[1] * u[0]};
        double l = Math.sqrt(f[0] * f[0] + f[1] * f[1] + f[2] * f[2]);
        if (!(l > 1e-6)) {
            throw bad(content, "has an instance, number " + i + ", whose up and right are no two directions");
        }
        return new double[] {
            r[0], r[1], r[2], 0, u[0], u[1], u[2], 0, f[0] / l, f[1] / l, f[2] / l, 0, o[0], o[1], o[2], 1
        };
    }

    private double[][] numbers(FileChannel in, long at, Column.Type type, int elements, long done, int n)
            throws IOException {
        int size = Rows.size(type);
        int row = elements * size;
        byte[] rows =
                TileHead.bytes(content.file(), in, at + done * row, n * row).array();
        double[][] v = new double[elements][n];
        for (int k = 0; k < elements; k++) {
            Rows.field(type, k * size, 1, 0).take(rows, row, n, v[k], 0);
        }
        return v;
    }

    private double[][] vectors(FileChannel in, long at, boolean folded, long done, int n) throws IOException {
        if (!folded) {
            return numbers(in, at, Column.Type.FLOAT, 3, done, n);
        }
        double[][] two = numbers(in, at, Column.Type.UINT16, 2, done, n);
        double[][] v = new double[3][n];
        double[] p = new double[3];
        for (int i = 0; i < n; i++) {
            Octahedron.unfold(two[0][i] / 65535, two[1][i] / 65535, p);
            for (int k = 0; k < 3; k++) {
                v[k][i] = p[k];
            }
        }
        return v;
    }
}
