package org.grotto.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.PointBatch;
import org.grotto.geometry.Pose;
import org.junit.jupiter.api.Test;

/** The scanner against closed forms, and its noise against what was asked for. */
class ScannerTest {
    /** The inside of a grey sphere about the origin. */
    private record Ball(double radius) implements Scene {
        @Override
        public double trace(double ox, double oy, double oz, double dx, double dy, double dz, double from, double far) {
            double b = ox * dx + oy * dy + oz * dz;
            return -b + Math.sqrt(b * b - (ox * ox + oy * oy + oz * oz) + radius * radius);
        }

        @Override
        public void normal(double x, double y, double z, double h, double[] out) {
            out[0] = -x / radius;
            out[1] = -y / radius;
            out[2] = -z / radius;
        }

        @Override
        public void paint(double x, double y, double z, double[] n, double[] out) {
            out[0] = out[1] = out[2] = 0.6;
            out[3] = 0;
        }
    }

    /** A wall at x = 2 for y < 0.1, at x = 3 beyond. */
    private record Step() implements Scene {
        @Override
        public double trace(double ox, double oy, double oz, double dx, double dy, double dz, double from, double far) {
            double t = (2 - ox) / dx;
            return oy + t * dy < 0.1 ? t : (3 - ox) / dx;
        }

        @Override
        public void normal(double x, double y, double z, double h, double[] out) {
            out[0] = -1;
            out[1] = 0;
            out[2] = 0;
        }

        @Override
        public void paint(double x, double y, double z, double[] n, double[] out) {
            out[0] = out[1] = out[2] = 0.6;
            out[3] = 0;
        }
    }

    private static final Pose TURNED = new Pose(0.8, 0.1, -0.2, 0.5, 0.4, -0.3, 0.2);

    private static Setup around(Pose pose, int rows) {
        return new Setup("S", pose, pose, 0.05, 0, 2.6 / rows, rows, (int) (2 * Math.PI / (2.6 / rows)));
    }

    @Test
    void withoutNoiseEveryPointLiesOnTheSphere() {
        Scanner scanner = new Scanner(new Ball(3), around(TURNED, 200), NoiseModel.none(), 1, 0, true);
        try (Work work = Work.silent()) {
            Scanner.Rows r = scanner.measure(0, 200, work);
            double[] m = TURNED.matrix();
            for (int i = 0; i < r.x.length; i++) {
                double x = m[0] * r.x[i] + m[1] * r.y[i] + m[2] * r.z[i] + TURNED.tx();
                double y = m[3] * r.x[i] + m[4] * r.y[i] + m[5] * r.z[i] + TURNED.ty();
                double z = m[6] * r.x[i] + m[7] * r.y[i] + m[8] * r.z[i] + TURNED.tz();
                assertThat(Math.sqrt(x * x + y * y + z * z)).isBetween(3 - 1e-5, 3 + 1e-5);
                double nx = m[0] * r.normals[3 * i] + m[1] * r.normals[3 * i + 1] + m[2] * r.normals[3 * i + 2];
                assertThat(nx).isBetween(-x / 3 - 1e-5, -x / 3 + 1e-5);
            }
        }
    }

    @Test
    void rangeNoiseHasTheDeviationAskedForAndGrowsWithIncidence() {
        NoiseModel model = NoiseModel.of(0.002);
        // from the centre every incidence is 0; from beside it up to 80 degrees
        double[] straight = deviation(new Pose(1, 0, 0, 0, 0, 0, 0), model);
        assertThat(straight[0]).isBetween(-0.00003, 0.00003);
        assertThat(straight[1]).isBetween(0.00195, 0.00205);
        double[] slanted = deviation(new Pose(1, 0, 0, 0, 2.5, 0, 0), model);
        assertThat(slanted[1]).isGreaterThan(0.0021).isLessThan(0.004);
    }

    /** Mean and deviation of the range's error. */
    private static double[] deviation(Pose pose, NoiseModel model) {
        Ball ball = new Ball(3);
        Setup setup = around(pose, 250);
        Scanner scanner = new Scanner(ball, setup, model, 3, 0, false);
        double sum = 0;
        double square = 0;
        int n = 0;
        try (Work work = Work.silent()) {
            Scanner.Rows r = scanner.measure(0, 250, work);
            for (int i = 0; i < r.x.length; i++) {
                if (r.valid(i)) {
                    double l = Math.sqrt(r.x[i] * r.x[i] + r.y[i] * r.y[i] + r.z[i] * r.z[i]);
                    double t = ball.trace(pose.tx(), pose.ty(), pose.tz(), r.x[i] / l, r.y[i] / l, r.z[i] / l, 0, 99);
                    sum += l - t;
                    square += (l - t) * (l - t);
                    n++;
                }
            }
        }
        return new double[] {sum / n, Math.sqrt(square / n - (sum / n) * (sum / n))};
    }

    @Test
    void dropOutsHappenAsOftenAsAsked() {
        Scanner scanner = new Scanner(
                new Ball(3), around(Pose.IDENTITY, 400), new NoiseModel(0, 0, 0, 0, 9, 0, 0.05, 84, 0), 3, 0, false);
        try (Work work = Work.silent()) {
            Scanner.Rows r = scanner.measure(0, 400, work);
            int lost = 0;
            for (int i = 0; i < r.x.length; i++) {
                lost += r.valid(i) ? 0 : 1;
            }
            assertThat((double) lost / r.x.length).isBetween(0.048, 0.052);
        }
    }

    @Test
    void aBeamThatStraddlesAnEdgeGivesARangeBetween() {
        // nearer than the pulse: blended; the window looks along +x at the edge
        NoiseModel near = new NoiseModel(0, 0, 0.004, 0, 0.03, 2.0, 0, 90, 0);
        NoiseModel apart = new NoiseModel(0, 0, 0.004, 0, 0.03, 0.4, 0, 90, 0);
        assertThat(between(near)).isGreaterThan(10);
        assertThat(between(apart)).isZero();
    }

    private static int between(NoiseModel model) {
        Setup setup = new Setup("S", Pose.IDENTITY, Pose.IDENTITY, Math.PI / 2 - 0.02, 0, 0.001, 40, 100);
        int n = 0;
        try (Work work = Work.silent()) {
            Scanner.Rows r = new Scanner(new Step(), setup, model, 1, 0, false).measure(0, 40, work);
            for (int i = 0; i < r.x.length; i++) {
                n += r.x[i] > 2.05 && r.x[i] < 2.95 ? 1 : 0;
            }
        }
        return n;
    }

    @Test
    void theSameScanComesOutOnOneThreadAndOnTwo() {
        Simulation s = Simulation.plan(
                new SimulateOptions("small", 2, 30_000, Double.NaN, 4, 0.001, 0.002, 0.0005, true, 0.01, true));
        List<double[]> one = all(s, 1, 1000);
        List<double[]> two = all(s, 2, 777);
        assertThat(one.size()).isBetween(35_000, 45_000).isEqualTo(two.size());
        for (int i = 0; i < one.size(); i++) {
            assertThat(one.get(i)).isEqualTo(two.get(i));
        }
    }

    private static List<double[]> all(Simulation s, int threads, int capacity) {
        List<double[]> out = new ArrayList<>();
        try (Work work = new Work(threads, 1 << 28, Progress.NONE);
                SimulatedScans scans = new SimulatedScans(s, work)) {
            for (int k = 0; k < scans.scans().size(); k++) {
                PointBatch b = new PointBatch(scans.scans().get(k).columns(), capacity);
                try (var c = scans.points(k)) {
                    while (c.next(b)) {
                        for (int i = 0; i < b.size; i++) {
                            double[] row = new double[3 + b.columns.length];
                            row[0] = b.x[i];
                            row[1] = b.y[i];
                            row[2] = b.z[i];
                            for (int j = 0; j < b.columns.length; j++) {
                                row[3 + j] = b.columns[j][i];
                            }
                            out.add(row);
                        }
                    }
                }
            }
        }
        return out;
    }

    @Test
    void scannedPointsLieOnTheCaveWithinTheNoise() {
        Simulation s = Simulation.plan(
                new SimulateOptions("small", 3, 60_000, Double.NaN, 2, 0.001, 0, 0, false, 0.01, false));
        Truth truth = new Truth(s.cave());
        Truth.Scratch scratch = new Truth.Scratch();
        double[] q = new double[3];
        double square = 0;
        int n = 0;
        int far = 0;
        try (Work work = Work.silent();
                SimulatedScans scans = new SimulatedScans(s, work)) {
            for (int k = 0; k < 3; k++) {
                PointBatch b = new PointBatch(scans.scans().get(k).columns(), 4096);
                double[] m = s.setups().get(k).pose().matrix();
                Pose p = s.setups().get(k).pose();
                try (var c = scans.points(k)) {
                    while (c.next(b)) {
                        for (int i = 0; i < b.size; i += 9) {
                            double d = truth.nearest(
                                    m[0] * b.x[i] + m[1] * b.y[i] + m[2] * b.z[i] + p.tx(),
                                    m[3] * b.x[i] + m[4] * b.y[i] + m[5] * b.z[i] + p.ty(),
                                    m[6] * b.x[i] + m[7] * b.y[i] + m[8] * b.z[i] + p.tz(),
                                    q,
                                    scratch);
                            if (Math.abs(d) > 0.006) {
                                far++;
                            } else {
                                square += d * d;
                                n++;
                            }
                        }
                    }
                }
            }
        }
        assertThat(Math.sqrt(square / n)).isBetween(0.0007, 0.0012);
        // mixed pixels, few
        assertThat((double) far / n).isLessThan(0.01);
    }
}
