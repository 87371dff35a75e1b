package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.Scan;
import org.grotto.format.e57.E57WriteOptions;
import org.grotto.format.e57.E57Writer;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Pose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two scans of one ball, each in its own frame, turned and moved: points and normals of both meet on the ball. */
class PosedScansTest {
    @TempDir
    Path dir;

    private static final double[] MIDDLE = {7, -3, 2};
    private static final double RADIUS = 1.5;

    /** A pose that turns by an angle about an axis of length one. */
    private static Pose turn(double angle, double x, double y, double z, double... t) {
        double s = Math.sin(angle / 2);
        return new Pose(Math.cos(angle / 2), s * x, s * y, s * z, t[0], t[1], t[2]);
    }

    /** What a pose undoes, by solving for the transposed rotation. */
    private static double[] back(Pose p, double[] v, boolean place) {
        double[] m = p.matrix();
        double[] d = place ? new double[] {v[0] - p.tx(), v[1] - p.ty(), v[2] - p.tz()} : v;
        return new double[] {
            m[0] * d[0] + m[3] * d[1] + m[6] * d[2],
            m[1] * d[0] + m[4] * d[1] + m[7] * d[2],
            m[2] * d[0] + m[5] * d[1] + m[8] * d[2]
        };
    }

    /** The frame's units and axes, by hand: what the file has where the cave has (x, y, z) metres. */
    private interface Frame {
        double[] file(double x, double y, double z);
    }

    private Path write(Pose[] poses, Frame frame, double units) {
        Path path = dir.resolve("ball.e57");
        List<Column> columns = List.of(
                Column.of(Column.NX, Column.Type.FLOAT),
                Column.of(Column.NY, Column.Type.FLOAT),
                Column.of(Column.NZ, Column.Type.FLOAT));
        int n = 500;
        try (E57Writer w = new E57Writer(path, E57WriteOptions.DEFAULTS)) {
            for (int s = 0; s < poses.length; s++) {
                Scan scan = new Scan(
                        "scan " + s,
                        null,
                        poses[s],
                        new double[3],
                        n,
                        columns,
                        null,
                        Column.Type.DOUBLE,
                        null,
                        null,
                        Map.of());
                w.begin(scan);
                PointBatch b = new PointBatch(columns, n);
                b.size = n;
                for (int i = 0; i < n; i++) {
                    double z = 1 - 2 * (i + 0.5) / n;
                    double r = Math.sqrt(1 - z * z);
                    double a = i * 2.399963229728653 + s;
                    double[] u = {r * Math.cos(a), r * Math.sin(a), z};
                    double[] at = frame.file(
                            (MIDDLE[0] + RADIUS * u[0]) * units,
                            (MIDDLE[1] + RADIUS * u[1]) * units,
                            (MIDDLE[2] + RADIUS * u[2]) * units);
                    double[] p = back(poses[s], at, true);
                    double[] v = back(poses[s], frame.file(u[0], u[1], u[2]), false);
                    b.x[i] = p[0];
                    b.y[i] = p[1];
                    b.z[i] = p[2];
                    for (int k = 0; k < 3; k++) {
                        b.columns[k][i] = 2.5 * v[k]; // too long: they are brought to one
                    }
                }
                w.write(b);
                w.end();
            }
        }
        return path;
    }

    private Loaded assertBall(Pose[] poses, Frame frame, InputOptions options) {
        try (Work work = Work.silent()) {
            Loaded loaded = Load.run(List.of(write(poses, frame, 1 / options.metres())), options, work);
            Cloud c = loaded.cloud();
            assertThat(c.size).isEqualTo(500 * poses.length);
            float[] n = Objects.requireNonNull(c.normals());
            for (int i = 0; i < c.size; i++) {
                double[] d = {c.px(i) - MIDDLE[0], c.py(i) - MIDDLE[1], c.pz(i) - MIDDLE[2]};
                for (int a = 0; a < 3; a++) {
                    assertThat((double) n[3 * i + a]).isCloseTo(d[a] / RADIUS, within(1e-4));
                }
                assertThat(Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2])).isCloseTo(RADIUS, within(1e-5));
                // the ball's first point is its uppermost
                assertThat(i % 500 != 0 || d[2] > 0.9 * RADIUS).isTrue();
            }
            return loaded;
        }
    }

    private static final Pose[] POSES = {
        turn(2.1, 0.6, 0, 0.8, 5, -4, 1), turn(-1.2, 2 / 3.0, -1 / 3.0, 2 / 3.0, 8, -2, 3)
    };

    @Test
    void pointsAndNormalsAreTurnedByTheirScansPose() {
        Loaded loaded = assertBall(POSES, (x, y, z) -> new double[] {x, y, z}, InputOptions.DEFAULTS);
        for (int s = 0; s < 2; s++) {
            Pose p = Objects.requireNonNull(loaded.stations().get(s).pose());
            assertThat(p.tx()).isCloseTo(POSES[s].tx(), within(1e-9));
            assertThat(p.tz()).isCloseTo(POSES[s].tz(), within(1e-9));
            assertThat(p.matrix()).containsExactly(POSES[s].matrix(), within(1e-9));
            assertThat(loaded.stations().get(s).points()).isEqualTo(500);
        }
    }

    /** Millimetres and another axis up: points, normals and stations go along. */
    @Test
    void unitsAndAxesTurnAllOfIt() {
        Pose[] small = new Pose[2];
        for (int s = 0; s < 2; s++) {
            Pose p = POSES[s];
            small[s] = new Pose(p.qw(), p.qx(), p.qy(), p.qz(), 1000 * p.tx(), 1000 * p.ty(), 1000 * p.tz());
        }
        // y is up: the cave's z is the file's y, the cave's y the file's -z
        Loaded loaded = assertBall(small, (x, y, z) -> new double[] {x, z, -y}, new InputOptions("mm", "y"));
        Pose p = Objects.requireNonNull(loaded.stations().get(0).pose());
        assertThat(p.tx()).isCloseTo(5, within(1e-9));
        assertThat(p.ty()).isCloseTo(-1, within(1e-9));
        assertThat(p.tz()).isCloseTo(-4, within(1e-9));
        assertBall(small, (x, y, z) -> new double[] {z, x, y}, new InputOptions("mm", "x"));
        assertBall(small, (x, y, z) -> new double[] {x, -z, y}, new InputOptions("mm", "-y"));
        assertBall(small, (x, y, z) -> new double[] {-z, x, -y}, new InputOptions("mm", "-x"));
        assertBall(small, (x, y, z) -> new double[] {x, -y, -z}, new InputOptions("mm", "-z"));
    }
}
