package org.grotto.format.ply;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Salvage;
import org.grotto.format.Scan;
import org.grotto.format.Stated;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;

/** The vertices of a PLY file as points: one scan, without a pose but in a range map that tells its camera's place. */
public final class PlyReader implements PointReader {
    private final Path path;
    private final PlyHeader header;
    private final PlyHeader.Element vertex;
    private final int[] positions;
    /** Which property each column of the scan is. */
    private final List<Integer> columnProperty = new ArrayList<>();

    private final Scan scan;
    /** Where the camera of a range map stood, or null. */
    private final double @Nullable [] camera;

    private final boolean keepGoing;
    private long lost;
    /** Lines of a damaged text that are no points, and the number of the first. */
    private long passed;

    private long firstPassed;
    /** What stands in the file behind its points, where the header declares nothing more. */
    private String behind = "";

    private PlyReader(Path path, PlyHeader header, long length, boolean keepGoing, double @Nullable [] camera) {
        this.camera = camera;
        this.path = path;
        this.keepGoing = keepGoing;
        this.header = header;
        PlyHeader.Element v = header.element("vertex");
        if (v == null) {
            throw GrottoException.badInput(
                    path, "the PLY header has no element \"vertex\"; there are no points in it.");
        }
        this.vertex = v;
        this.positions = new int[] {v.indexOf("x"), v.indexOf("y"), v.indexOf("z")};
        for (int i = 0; i < 3; i++) {
            if (positions[i] < 0 || v.properties().get(positions[i]).isList()) {
                throw GrottoException.badInput(path, "its vertices have no property \"" + "xyz".charAt(i) + "\".");
            }
        }
        List<Column> columns = new ArrayList<>();
        for (int p = 0; p < v.properties().size(); p++) {
            PlyHeader.Property q = v.properties().get(p);
            if (p != positions[0] && p != positions[1] && p != positions[2] && !q.isList()) {
                columns.add(column(q.name(), q.type()));
                columnProperty.add(p);
            }
        }
        Map<String, String> metadata = PlyMeshReader.comments(header);
        Column.Type t = v.properties().get(positions[0]).type();
        long count = keepGoing ? header.room(v, length) : v.count();
        Pose pose = camera == null ? null : new Pose(1, 0, 0, 0, camera[0], camera[1], camera[2]);
        this.scan = new Scan(name(path), null, pose, null, count, List.copyOf(columns), null, t, null, null, metadata);
    }

    private static String name(Path path) {
        String n = String.valueOf(path.getFileName());
        int dot = n.lastIndexOf('.');
        return dot > 0 ? n.substring(0, dot) : n;
    }

    /** The standard name of a property that other programs spell in many ways. */
    static Column column(String property, Column.Type type) {
        String s = property.toLowerCase(Locale.ROOT);
        String name = switch (s) {
            case "nx", "normal_x", "normalx" -> Column.NX;
            case "ny", "normal_y", "normaly" -> Column.NY;
            case "nz", "normal_z", "normalz" -> Column.NZ;
            case "red", "r", "diffuse_red" -> Column.RED;
            case "green", "g", "diffuse_green" -> Column.GREEN;
            case "blue", "b", "diffuse_blue" -> Column.BLUE;
            case "intensity", "scalar_intensity", "reflectance" -> Column.INTENSITY;
            default -> property;
        };
        boolean colour = name.equals(Column.RED) || name.equals(Column.GREEN) || name.equals(Column.BLUE);
        if (colour) {
            double max = switch (type) {
                case UINT16 -> 65535;
                case FLOAT, DOUBLE -> 1;
                default -> 255;
            };
            return Column.of(name, type, 0, max);
        }
        return Column.of(name, type);
    }

    /** Opens a file and checks its header. */
    public static PlyReader open(Path path) {
        return open(path, false);
    }

    /** @param keepGoing of a file that was cut take the rows that are whole; else it is refused */
    public static PlyReader open(Path path, boolean keepGoing) {
        try (PlyRows rows = PlyRows.open(path, keepGoing)) {
            double[] camera = rangeMap(rows.header) ? camera(rows) : null;
            return new PlyReader(path, rows.header, Files.size(path), keepGoing, camera);
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    /** How many points a damaged file still gives. */
    private static long left(Path path) {
        PlyReader damaged = open(path, true);
        PointBatch batch = new PointBatch(damaged.scan.columns(), 4096);
        long n = 0;
        try (PointCursor cursor = damaged.points(0)) {
            while (cursor.next(batch)) {
                n += batch.size;
            }
        }
        return n;
    }

    /** True when the file also holds faces, or strips of triangles: it is a mesh. */
    public boolean hasFaces() {
        return holds("face") || holds(PlyMesh.STRIPS);
    }

    /**
     * Whether the file says that it is one view of a scanner: it has a camera or the grid of Stanford's range data, and no
     * picture lies on it. Faces, where it has any, then join neighbours on the grid.
     */
    boolean rangeMap() {
        return rangeMap(header);
    }

    private static boolean rangeMap(PlyHeader header) {
        boolean grid = holds(header, "range_grid")
                || header.comments().stream().anyMatch(c -> c.strip().matches("num_cols\\s+\\d+"));
        boolean scan = grid || cameraOf(header) != null && holds(header, "face");
        return scan && PlyPictures.names(header).isEmpty();
    }

    /** The element of one camera that stands before the vertices and tells its place, or null. */
    private static PlyHeader.@Nullable Element cameraOf(PlyHeader header) {
        for (PlyHeader.Element e : header.elements()) {
            if (e.name().equals("camera") && e.count() == 1) {
                boolean whole = e.properties().stream().noneMatch(PlyHeader.Property::isList);
                return whole && e.indexOf("view_px") >= 0 && e.indexOf("view_py") >= 0 && e.indexOf("view_pz") >= 0
                        ? e
                        : null;
            }
            if (e.name().equals("vertex")) {
                return null;
            }
        }
        return null;
    }

    private static double @Nullable [] camera(PlyRows rows) {
        PlyHeader.Element camera = cameraOf(rows.header);
        if (camera == null) {
            return null;
        }
        for (PlyHeader.Element e : rows.header.elements()) {
            if (e == camera) {
                break;
            }
            rows.skip(e);
        }
        double[] @Nullable [] into = new double[camera.properties().size()][];
        double[] at = new double[3];
        double[][] one = new double[3][1];
        for (int a = 0; a < 3; a++) {
            into[camera.indexOf("view_p" + "xyz".charAt(a))] = one[a];
        }
        rows.scalars(camera, 0, 1, into);
        for (int a = 0; a < 3; a++) {
            at[a] = one[a][0];
        }
        return rows.filled == 1 && Double.isFinite(at[0] + at[1] + at[2]) ? at : null;
    }

    private boolean holds(String element) {
        return holds(header, element);
    }

    private static boolean holds(PlyHeader header, String element) {
        PlyHeader.Element e = header.element(element);
        return e != null && e.count() > 0;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public String format() {
        return header.format();
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
    public Stated stated() {
        return Stated.words(header.comments());
    }

    @Override
    public List<String> notKept() {
        List<String> out = new ArrayList<>();
        for (PlyHeader.Element e : header.elements()) {
            boolean taken =
                    e.name().equals("vertex") || camera != null && e.name().equals("camera");
            if (!taken && e.count() > 0) {
                out.add(e.count() + " of element \"" + e.name() + "\"");
            }
        }
        for (PlyHeader.Property p : vertex.properties()) {
            if (p.isList()) {
                out.add("list \"" + p.name() + "\" of each point");
            }
        }
        if (!behind.isEmpty()) {
            out.add(behind);
        }
        if (passed > 0) {
            out.add(passed + (passed == 1 ? " line that is" : " lines that are")
                    + " not as the header says, the first line " + firstPassed);
        }
        if (lost > 0) {
            out.add(lost + " points that the header counts and the file does not hold");
        }
        return out;
    }

    @Override
    public List<String> understood() {
        List<String> out = new ArrayList<>();
        if (hasFaces() && rangeMap()) {
            out.add("a range map: its faces join neighbours on the scanner's grid (--as mesh takes them)");
        }
        if (camera != null) {
            out.add(String.format(
                    Locale.ROOT, "seen from %.6g %.6g %.6g, where its camera stood", camera[0], camera[1], camera[2]));
        }
        return out;
    }

    @Override
    public PointCursor points(int index) {
        lost = 0;
        passed = 0;
        PlyRows rows = PlyRows.open(path, keepGoing);
        for (PlyHeader.Element e : header.elements()) {
            if (e.name().equals("vertex")) {
                break;
            }
            rows.skip(e);
        }
        return new Cursor(rows);
    }

    @Override
    public void close() {}

    private final class Cursor implements PointCursor {
        private final PlyRows rows;
        private long left = vertex.count();

        Cursor(PlyRows rows) {
            this.rows = rows;
        }

        @Override
        public boolean next(PointBatch batch) {
            boolean any = some(batch);
            while (!any && left > 0) {
                any = some(batch); // all lines were passed over
            }
            return any;
        }

        private boolean some(PointBatch batch) {
            int n = (int) Math.min(left, batch.capacity);
            batch.size = n;
            if (n == 0) {
                return false;
            }
            double[] @Nullable [] into = new double[vertex.properties().size()][];
            into[positions[0]] = batch.x;
            into[positions[1]] = batch.y;
            into[positions[2]] = batch.z;
            for (int c = 0; c < columnProperty.size(); c++) {
                into[columnProperty.get(c)] = batch.columns[c];
            }
            try {
                rows.scalars(vertex, 0, n, into);
                passed(rows.passed);
                batch.size = rows.filled;
                if (left == n) {
                    rows.end(vertex);
                    if (header.elements().getLast().equals(vertex)) {
                        behind = rows.behind();
                    }
                }
                left -= n;
            } catch (GrottoException e) {
                cut(batch, e);
            }
            for (int i = 0; camera != null && i < batch.size; i++) {
                batch.x[i] -= camera[0];
                batch.y[i] -= camera[1];
                batch.z[i] -= camera[2];
            }
            return batch.size > 0;
        }

        private void passed(int lines) {
            passed += lines;
            firstPassed = rows.firstPassed;
        }

        /** The rows before the damage, or the refusal with the number of all that are whole. */
        private void cut(PointBatch batch, GrottoException e) {
            if (e.kind() != GrottoException.Kind.BAD_INPUT) {
                throw e;
            }
            if (!keepGoing) {
                throw Salvage.offeringPoints(e, () -> left(path));
            }
            int whole = rows.filled;
            int unfit = rows.passed;
            boolean inside = e.getCause() instanceof EOFException && rows.endsInsideLine();
            if (inside && rows.passedLast) {
                unfit--; // the file was cut in it
            } else if (inside && whole > 0) {
                whole--; // the end of its last number may be missing
            }
            passed(unfit);
            lost = left - whole - unfit;
            left = 0;
            batch.size = whole;
        }

        @Override
        public void close() {
            rows.close();
        }
    }
}
