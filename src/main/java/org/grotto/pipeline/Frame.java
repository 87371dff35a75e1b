package org.grotto.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.grotto.base.GrottoException;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.format.MeshReader;
import org.grotto.format.PointReader;
import org.grotto.format.Stated;
import org.grotto.format.las.Crs;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;

/**
 * How the coordinates of one file become metres with Z up: what the user says, else what the file says of itself, else
 * metres with Z up. First each axis is scaled, then turned: {@code p' = turn * (scale * p)}.
 */
final class Frame {
    private static final List<String> UNITS = List.of("m", "dm", "cm", "mm", "ft", "us-ft", "in");

    /** Metres in one unit of x, y and z as the reader hands them on; all equal, but where heights have their own unit. */
    private final double[] scale;

    private final double[] turn;
    private final boolean degrees;
    private final boolean unitKnown;
    private final boolean upKnown;
    private final @Nullable String crs;
    private final List<Text> told;
    private final List<String> dropped;

    private Frame(
            double[] scale,
            double[] turn,
            boolean degrees,
            boolean unitKnown,
            boolean upKnown,
            @Nullable String crs,
            List<Text> told,
            List<String> dropped) {
        this.scale = scale;
        this.turn = turn;
        this.degrees = degrees;
        this.unitKnown = unitKnown;
        this.upKnown = upKnown;
        this.crs = crs;
        this.told = told;
        this.dropped = dropped;
    }

    /** The frame of a file of points. */
    static Frame of(InputOptions o, PointReader r) {
        return of(o, r.path(), r.stated(), r.metadata().get("crs"));
    }

    /** The frame of a mesh. */
    static Frame of(InputOptions o, MeshReader r) {
        return of(o, r.path(), r.stated(), null);
    }

    /** The frame that is said, of a file that says nothing itself. */
    static Frame said(InputOptions o) {
        return of(o, Path.of("cameras"), Stated.NOTHING, null);
    }

    private static Frame of(InputOptions o, Path path, Stated said, @Nullable String crs) {
        String file = String.valueOf(path.getFileName());
        boolean degrees = said.degrees() && o.anyUnit();
        List<Text> told = new ArrayList<>();
        boolean states = said.metres() > 0;
        double flat = o.anyUnit() ? states ? said.metres() : 1 : o.metres();
        double up = o.anyUnit() ? states ? said.upMetres() : 1 : o.metres();
        if (o.anyUnit() && (flat != 1 || up != 1)) {
            String unit = flat == up ? unit(flat) : unit(flat) + ", heights in " + unit(up);
            told.add(Texts.of("build.unit-stated", "file", file, "unit", unit, "by", said.by()));
        }
        if (!o.anyUnit() && states && !(same(flat, said.metres()) && same(up, said.upMetres()))) {
            told.add(Texts.of(
                    "build.unit-against",
                    "file",
                    file,
                    "given",
                    o.unit(),
                    "unit",
                    unit(said.metres()),
                    "by",
                    said.by()));
        }
        String stated = said.up() == null ? "z" : said.up();
        String axis = o.anyUp() ? stated : o.up();
        if (o.anyUp() && !axis.equals("z")) {
            told.add(Texts.of("build.up-stated", "file", file, "up", axis, "by", said.by()));
        }
        double[] turn = InputOptions.rotation(axis);
        if (said.turned()) {
            turn = times(turn, transposed(InputOptions.rotation(stated)));
        }
        List<String> dropped = new ArrayList<>();
        boolean kept = flat == 1 && up == 1 && isIdentity(turn);
        boolean known = same(flat, said.metres()) && same(up, said.upMetres()) && isIdentity(turn);
        String system = kept ? crs : known ? said.metreCrs() : null;
        if (crs != null && system == null) {
            dropped.add(file + ": coordinate reference system " + Crs.name(crs)
                    + " (its unit or axes are not those of the result)");
        }
        if (degrees) {
            told.add(Texts.of("build.degrees", "file", file, "by", said.by()));
        }
        return new Frame(
                new double[] {flat, flat, up},
                turn,
                degrees,
                crs != null && states,
                said.up() != null || crs != null && states,
                system,
                told,
                dropped);
    }

    private static boolean same(double a, double b) {
        return Math.abs(a / b - 1) < 1e-9;
    }

    /** The name of a unit as {@code --unit} takes it, else its length. */
    static String unit(double metres) {
        for (String u : UNITS) {
            if (same(InputOptions.metres(u), metres)) {
                return u;
            }
        }
        return String.format(Locale.ROOT, "units of %.9g m", metres);
    }

    private static double[] transposed(double[] r) {
        return new double[] {r[0], r[3], r[6], r[1], r[4], r[7], r[2], r[5], r[8]};
    }

    private static double[] times(double[] a, double[] b) {
        double[] c = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    c[3 * i + j] += a[3 * i + k] * b[3 * k + j];
                }
            }
        }
        return c;
    }

    private static boolean isIdentity(double[] r) {
        return r[0] == 1 && r[4] == 1 && r[8] == 1;
    }

    /** Refuses degrees where a surface is to be made. */
    void requireLengths() {
        if (degrees) {
            throw GrottoException.badRequest(told.getLast().en());
        }
    }

    /** True where nothing changes. */
    boolean identity() {
        return scale[0] == 1 && scale[2] == 1 && isIdentity(turn);
    }

    /** True where the file's reference system says its unit: nobody has to guess it from its size. */
    boolean unitKnown() {
        return unitKnown;
    }

    /** True where the file says which axis points up. */
    boolean upKnown() {
        return upKnown;
    }

    /** The reference system of the coordinates in this frame; null where there is none. */
    @Nullable
    String crs() {
        return crs;
    }

    /** What a user is told of the unit and the axes, with the options that undo it. */
    List<Text> told() {
        return told;
    }

    /** What of the file is not true any longer, and left out. */
    List<String> dropped() {
        return dropped;
    }

    /** Metres in one unit along the reader's axis 0, 1 or 2. */
    double scale(int axis) {
        return scale[axis];
    }

    /** The rotation, row by row, from the reader's axes. */
    double[] turn() {
        return turn.clone();
    }

    /** From a scan's own coordinates to this frame: 3 x 3 row by row, then the translation. */
    double[] placed(@Nullable Pose pose) {
        Pose p = pose == null ? Pose.IDENTITY : pose;
        double[] r = p.matrix();
        double[] t = {p.tx(), p.ty(), p.tz()};
        double[] m = new double[12];
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                double l = turn[3 * i + k] * scale[k];
                for (int j = 0; j < 3; j++) {
                    m[3 * i + j] += l * r[3 * k + j];
                }
                m[9 + i] += l * t[k];
            }
        }
        return m;
    }

    /** What normals of such a scan are multiplied with, 3 x 3 row by row, before they are brought to unit length. */
    double[] normals(@Nullable Pose pose) {
        double[] r = (pose == null ? Pose.IDENTITY : pose).matrix();
        double[] m = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                for (int j = 0; j < 3; j++) {
                    m[3 * i + j] += turn[3 * i + k] / scale[k] * r[3 * k + j];
                }
            }
        }
        return m;
    }

    /** A scanner's pose in this frame, in metres. */
    Pose pose(Pose pose) {
        double[] m = placed(pose);
        return Pose.of(times(turn, pose.matrix()), m[9], m[10], m[11]);
    }

    /** Turns a unit vector that stands upright on a surface; with one unit for all axes a mere turn. */
    void normal(double[] n) {
        double x = n[0] / scale[0];
        double y = n[1] / scale[1];
        double z = n[2] / scale[2];
        double was = n[0] * n[0] + n[1] * n[1] + n[2] * n[2];
        double l = Math.sqrt((x * x + y * y + z * z) / was);
        for (int i = 0; i < 3; i++) {
            n[i] = l > 0 ? (turn[3 * i] * x + turn[3 * i + 1] * y + turn[3 * i + 2] * z) / l : 0;
        }
    }

    /** This frame, turned once more so that one of its own axes points up. */
    Frame turned(String axis) {
        return new Frame(
                scale, times(InputOptions.rotation(axis), turn), degrees, unitKnown, upKnown, null, told, dropped);
    }

    /** A mesh in this frame; {@code m} itself where nothing changes. */
    Mesh apply(Mesh m) {
        return identity() ? m : FramedMesh.of(m, this);
    }
}
