package org.grotto.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Scan;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;

/**
 * The scans of a simulation as a point file that is measured while it is read: any number of points, about 50 MB of
 * memory. Rays that nothing came back from are left out.
 */
public final class SimulatedScans implements PointReader {
    private static final int RAYS_AT_ONCE = 1 << 19;

    private final Simulation simulation;
    private final Work work;
    private final List<Scan> scans = new ArrayList<>();

    public SimulatedScans(Simulation simulation, Work work) {
        this.simulation = simulation;
        this.work = work;
        for (Setup s : simulation.setups()) {
            scans.add(scan(s));
        }
    }

    private Scan scan(Setup s) {
        List<Column> columns = new ArrayList<>(List.of(
                Column.of(Column.RED, Column.Type.UINT8, 0, 255),
                Column.of(Column.GREEN, Column.Type.UINT8, 0, 255),
                Column.of(Column.BLUE, Column.Type.UINT8, 0, 255),
                Column.of(Column.INTENSITY, Column.Type.FLOAT, 0, 1),
                Column.of(Column.ROW, Column.Type.UINT32, 0, s.rows() - 1),
                Column.of(Column.COL, Column.Type.UINT32, 0, s.cols() - 1)));
        if (simulation.options().normals()) {
            columns.add(Column.of(Column.NX, Column.Type.FLOAT, -1, 1));
            columns.add(Column.of(Column.NY, Column.Type.FLOAT, -1, 1));
            columns.add(Column.of(Column.NZ, Column.Type.FLOAT, -1, 1));
        }
        Pose p = s.reported();
        double q = Scanner.QUANTUM;
        return new Scan(
                s.name(),
                guid(s),
                p,
                new double[] {0, 0, 0},
                -1,
                columns,
                null,
                Column.Type.SCALED,
                new double[] {q, q, q},
                new double[] {0, 0, 0},
                Map.of("sensorModel", "virtual scanner", "sensorVendor", "Grotto"));
    }

    /** An identity that follows from the options, so that the same simulation gives the same bytes. */
    private String guid(Setup s) {
        long a = Hash.of(simulation.options() + " " + s.name());
        long b = Hash.mix(a, s.rays());
        return "{" + new java.util.UUID(a & ~0xF000L | 0x4000L, b & ~(3L << 62) | 1L << 63) + "}";
    }

    @Override
    public Path path() {
        return Path.of("simulated-" + simulation.cave().name());
    }

    @Override
    public String format() {
        return "virtual scanner";
    }

    @Override
    public List<Scan> scans() {
        return List.copyOf(scans);
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of(
                "cave",
                simulation.cave().name(),
                "seed",
                Long.toString(simulation.options().seed()));
    }

    @Override
    public List<String> notKept() {
        return List.of();
    }

    @Override
    public PointCursor points(int index) {
        return new Cursor(index);
    }

    @Override
    public void close() {}

    private final class Cursor implements PointCursor {
        private final Setup setup;
        private final Scanner scanner;
        private final int rowsAtOnce;
        private Scanner.@Nullable Rows rows;
        private int nextRow;
        private int at;

        Cursor(int index) {
            setup = simulation.setups().get(index);
            scanner = new Scanner(
                    simulation.cave(),
                    setup,
                    simulation.model(),
                    simulation.options().seed(),
                    index,
                    simulation.options().normals());
            rowsAtOnce = Math.max(4, RAYS_AT_ONCE / setup.cols());
        }

        @Override
        public boolean next(PointBatch batch) {
            int n = 0;
            while (n < batch.capacity) {
                Scanner.Rows r = rows;
                if (r == null || at == r.rows * r.cols) {
                    if (nextRow >= setup.rows()) {
                        break;
                    }
                    int count = Math.min(rowsAtOnce, setup.rows() - nextRow);
                    rows = scanner.measure(nextRow, count, work);
                    nextRow += count;
                    at = 0;
                    continue;
                }
                if (r.valid(at)) {
                    put(batch, n++, r, at);
                }
                at++;
            }
            batch.size = n;
            return n > 0;
        }

        private static void put(PointBatch b, int n, Scanner.Rows r, int i) {
            b.x[n] = r.x[i];
            b.y[n] = r.y[i];
            b.z[n] = r.z[i];
            double[][] c = b.columns;
            c[0][n] = r.rgb[i] >>> 16;
            c[1][n] = r.rgb[i] >>> 8 & 255;
            c[2][n] = r.rgb[i] & 255;
            c[3][n] = r.intensity[i];
            c[4][n] = r.first + i / r.cols;
            c[5][n] = i % r.cols;
            if (c.length > 6) {
                c[6][n] = r.normals[3 * i];
                c[7][n] = r.normals[3 * i + 1];
                c[8][n] = r.normals[3 * i + 2];
            }
        }

        @Override
        public void close() {
            rows = null;
        }
    }
}
