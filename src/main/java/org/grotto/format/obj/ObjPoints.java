package org.grotto.format.obj;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.base.Job;
import org.grotto.format.Column;
import org.grotto.format.FileHead;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Remarks;
import org.grotto.format.Scan;
import org.grotto.format.Stated;
import org.jspecify.annotations.Nullable;

/**
 * The vertices of an OBJ file without faces, as photogrammetry exports clouds: places, colours behind them, and normals
 * where there are as many as vertices (the first belongs to the first). Opening passes over the file once to count, since it
 * has no header; points stream.
 */
final class ObjPoints implements PointReader {
    private static final int CHECKED = 1 << 16;
    private static final List<String> RGB = List.of(Column.RED, Column.GREEN, Column.BLUE);
    private static final List<String> NORMAL = List.of(Column.NX, Column.NY, Column.NZ);

    private final Path path;
    private final Stated stated;
    private final Remarks remarks = new Remarks();
    private final Scan scan;
    private final boolean coloured;
    private final boolean shaded;

    private ObjPoints(Path path, Stated stated) {
        this.path = path;
        this.stated = stated;
        long vertices = 0;
        long normals = 0;
        long without = 0;
        double most = 0;
        double[] c = new double[3];
        try (ObjLines in = ObjLines.open(path)) {
            for (long n = 1; in.next(); n++) {
                if (in.is("v")) {
                    vertices++;
                    place(in, c);
                    if (colour(in, c)) {
                        most = Math.max(most, Math.max(c[0], Math.max(c[1], c[2])));
                    } else {
                        without++;
                    }
                } else if (in.is("vn")) {
                    normals++;
                } else if (in.is("l") || in.is("p")) {
                    remarks.lost("lines and single points");
                }
                if (n % CHECKED == 0) {
                    Job.current().check();
                }
            }
            if (in.commas()) {
                remarks.understood("numbers with a decimal comma");
            }
        }
        if (vertices == 0) {
            throw GrottoException.badInput(
                    path, "holds neither faces nor a line \"v x y z\"; this is no OBJ file of a mesh or of points.");
        }
        remarks.understood("an OBJ without faces: its vertices as points");
        this.coloured = without < vertices;
        this.shaded = normals == vertices;
        List<Column> columns = new ArrayList<>();
        if (shaded) {
            NORMAL.forEach(n -> columns.add(Column.of(n, Column.Type.FLOAT)));
        } else if (normals > 0) {
            remarks.lost(normals + " normals beside " + vertices + " vertices: which belongs to which is not said");
        }
        if (coloured) {
            double range = most <= 1 ? 1 : most < 256 ? 255 : 65535;
            Column.Type type = range == 1 ? Column.Type.FLOAT : range == 255 ? Column.Type.UINT8 : Column.Type.UINT16;
            RGB.forEach(n -> columns.add(Column.of(n, type, 0, range)));
            if (range > 1) {
                remarks.understood("vertex colours from 0 to " + (int) range);
            }
            if (without > 0) {
                remarks.understood(without + " of " + vertices + " vertices have no colour and are black");
            }
        }
        String file = String.valueOf(path.getFileName());
        int dot = file.lastIndexOf('.');
        this.scan = new Scan(
                dot > 0 ? file.substring(0, dot) : file,
                null,
                null,
                null,
                vertices,
                List.copyOf(columns),
                null,
                Column.Type.DOUBLE,
                null,
                null,
                Map.of());
    }

    static ObjPoints open(Path path) {
        FileHead.of(path); // a missing or empty file is told at once
        return new ObjPoints(path, ObjMeshReader.open(path).stated());
    }

    /** Whether a file has a face: a line that begins with "f". Nothing else of it is looked at, so it costs a plain pass. */
    static boolean hasFaces(Path path) {
        byte[] b = new byte[1 << 20];
        int before = '\n';
        int last = '\n';
        try (InputStream in = ObjLines.bytes(path)) {
            for (int n = in.read(b); n > 0; n = in.read(b)) {
                for (int i = 0; i < n; i++) {
                    int c = b[i];
                    if ((c == ' ' || c == '\t' || c == 'o') && last == 'f' && (before == '\n' || before == '\r')) {
                        return true;
                    }
                    boolean indent = (c == ' ' || c == '\t') && (last == '\n' || last == '\r');
                    if (!indent) {
                        before = last;
                        last = c;
                    }
                }
            }
            return false;
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    private static void place(ObjLines in, double[] to) {
        for (int a = 0; a < 3; a++) {
            if (!in.word()) {
                throw in.bad("\"v x y z\" was expected; export the points again.");
            }
            to[a] = in.value();
        }
    }

    /** Whether three numbers or more stand behind the place; they are a colour. */
    private static boolean colour(ObjLines in, double[] to) {
        for (int a = 0; a < 3; a++) {
            if (!in.word()) {
                return false;
            }
            to[a] = in.value();
        }
        return true;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public String format() {
        return "OBJ";
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
        return remarks.notKept();
    }

    @Override
    public List<String> understood() {
        return remarks.understood();
    }

    @Override
    public Stated stated() {
        return stated;
    }

    @Override
    public PointCursor points(int index) {
        return new Cursor();
    }

    private final class Cursor implements PointCursor {
        private final ObjLines vertices = ObjLines.open(path);
        private final @Nullable ObjLines normals = shaded ? ObjLines.open(path) : null;
        private final double[] c = new double[3];

        @Override
        public boolean next(PointBatch batch) {
            int n = 0;
            while (n < batch.capacity && to(vertices, "v")) {
                place(vertices, c);
                batch.x[n] = c[0];
                batch.y[n] = c[1];
                batch.z[n] = c[2];
                int at = 0;
                if (normals != null) {
                    if (!to(normals, "vn")) {
                        throw normals.bad("the file has changed while it was read.");
                    }
                    for (int a = 0; a < 3; a++) {
                        batch.columns[at++][n] = normals.word() ? normals.value() : 0;
                    }
                }
                if (coloured) {
                    boolean any = colour(vertices, c);
                    for (int a = 0; a < 3; a++) {
                        batch.columns[at++][n] = any ? Math.max(0, c[a]) : 0;
                    }
                }
                n++;
            }
            batch.size = n;
            return n > 0;
        }

        /** Goes to the next line of this kind. */
        private static boolean to(ObjLines in, String kind) {
            while (in.next()) {
                if (in.is(kind)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void close() {
            vertices.close();
            if (normals != null) {
                normals.close();
            }
        }
    }

    @Override
    public void close() {}
}
