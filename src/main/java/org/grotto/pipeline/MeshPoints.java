package org.grotto.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.grotto.base.Text;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Scan;
import org.grotto.format.Stated;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.jspecify.annotations.Nullable;

/** The vertices of a mesh as points, with normals and colours where it has them; in metres with Z up. */
final class MeshPoints implements PointReader {
    private final Path path;
    private final Inputs.MeshInput input;
    private final Scan scan;

    MeshPoints(Path path, Inputs.MeshInput input) {
        this.path = path;
        this.input = input;
        Mesh m = input.mesh();
        List<Column> columns = new ArrayList<>();
        if (m.normals() != null) {
            for (String n : List.of(Column.NX, Column.NY, Column.NZ)) {
                columns.add(Column.of(n, Column.Type.FLOAT));
            }
        }
        if (m.rgb() != null) {
            for (String c : List.of(Column.RED, Column.GREEN, Column.BLUE)) {
                columns.add(Column.of(c, Column.Type.UINT8, 0, 255));
            }
        }
        String file = String.valueOf(path.getFileName());
        int dot = file.lastIndexOf('.');
        String name = dot > 0 ? file.substring(0, dot) : file;
        this.scan = new Scan(
                name, null, null, null, m.vertexCount(), columns, m.bounds(), Column.Type.DOUBLE, null, null, Map.of());
    }

    /** What a user should be told at once, see {@link Inputs.MeshInput#told}. */
    List<Text> told() {
        return input.told();
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public String format() {
        return "the vertices of a mesh";
    }

    @Override
    public List<Scan> scans() {
        return List.of(scan);
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    @Override
    public List<String> notKept() {
        List<String> all = new ArrayList<>(input.notKept());
        all.add(input.triangles() + " triangles, as points were asked for");
        return all;
    }

    @Override
    public List<String> understood() {
        return input.understood();
    }

    @Override
    public Stated stated() {
        return Stated.unit(1, "Grotto");
    }

    @Override
    public PointCursor points(int index) {
        Mesh m = input.mesh();
        float[] normals = m.normals();
        byte[] rgb = m.rgb();
        float[] rest = m.columns.floats(Columns.REST.name());
        return new PointCursor() {
            private int at;

            @Override
            public boolean next(PointBatch b) {
                int n = Math.min(b.capacity, m.vertexCount() - at);
                for (int i = 0; i < n; i++) {
                    int v = at + i;
                    b.x[i] = place(m, rest, v, 0);
                    b.y[i] = place(m, rest, v, 1);
                    b.z[i] = place(m, rest, v, 2);
                    int c = 0;
                    for (int k = 0; normals != null && k < 3; k++) {
                        b.columns[c++][i] = normals[3 * v + k];
                    }
                    for (int k = 0; rgb != null && k < 3; k++) {
                        b.columns[c++][i] = rgb[3 * v + k] & 255;
                    }
                }
                at += n;
                b.size = n;
                return n > 0;
            }

            @Override
            public void close() {}
        };
    }

    private static double place(Mesh m, float @Nullable [] rest, int v, int axis) {
        int k = 3 * v + axis;
        return m.origin(axis) + (rest == null ? m.xyz[k] : (double) m.xyz[k] + rest[k]);
    }

    @Override
    public void close() {}
}
