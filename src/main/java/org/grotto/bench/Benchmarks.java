package org.grotto.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.grotto.base.GrottoException;
import org.grotto.base.Outputs;
import org.grotto.base.Records;
import org.grotto.base.Work;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.ply.PlyMesh;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.TriangleTree;
import org.grotto.lod.CopcBuilder;
import org.grotto.lod.CopcOptions;
import org.grotto.lod.MeshTiles;
import org.grotto.lod.TileOptions;
import org.grotto.pipeline.InputOptions;
import org.grotto.pipeline.Inputs;
import org.grotto.pipeline.Load;
import org.grotto.pipeline.Loaded;
import org.grotto.pipeline.Recipe;
import org.grotto.pipeline.RunRecord;
import org.grotto.pipeline.Simulate;
import org.grotto.pipeline.SurfaceStage;
import org.grotto.simulate.Components;
import org.grotto.simulate.Coverage;
import org.grotto.simulate.SimulateOptions;
import org.grotto.simulate.SimulatedScans;
import org.grotto.simulate.Simulation;
import org.grotto.simulate.SurfaceError;
import org.grotto.simulate.Truth;
import org.grotto.simulate.TruthFile;

/**
 * Benchmarks: each runs a craft on a virtual cave, in this process, and gives figures with units. What a peer needs is
 * taken from settings in the environment: GROTTO_POISSONRECON and GROTTO_SURFACETRIMMER, GROTTO_NXSBUILD,
 * GROTTO_POTREECONVERTER, GROTTO_PDAL, GROTTO_ASSIMP name executables; without them the peer's figures are left out.
 */
public final class Benchmarks {
    /** One figure. */
    public record Figure(String name, double value, String unit) {}

    /** A benchmark's figures, in order. */
    public record Result(String benchmark, long points, int threads, List<Figure> figures) {}

    /** Seed and noise, metres, of the great caves that the surface is measured on. */
    private static final double[][] CAVES = {{1, 0.0002}, {2, 0.001}, {3, 0.003}};

    /** Within this of a triangle a scanned point counts as covered, metres. */
    private static final double COVERED = 0.030;

    private static final int SAMPLES = 400_000;

    private final List<Figure> figures = new ArrayList<>();
    private final long points;
    private final Work work;
    private final Path scratch;

    /**
     * Builds a package of each real input of a folder and gives a line of a table of each, see {@link RealInputs}.
     *
     * @param lines takes the table, line by line, in Markdown
     */
    public static void real(Path folder, Consumer<String> lines) {
        List<Path> inputs = RealInputs.of(folder);
        if (inputs.isEmpty()) {
            throw GrottoException.badRequest(
                    "There is nothing in " + folder + " that can be read; name a folder that holds"
                            + " scans or meshes, or folders of what is to be built together.");
        }
        try {
            Path scratch = Files.createTempDirectory("grotto-bench");
            try {
                RealInputs real = new RealInputs(scratch);
                RealInputs.HEAD.lines().forEach(lines);
                inputs.forEach(input -> lines.accept(real.line(input)));
            } finally {
                Outputs.deleteTree(scratch);
            }
        } catch (IOException e) {
            throw GrottoException.io(Path.of(System.getProperty("java.io.tmpdir")), e);
        }
    }

    private Benchmarks(long points, Work work, Path scratch) {
        this.points = points;
        this.work = work;
        this.scratch = scratch;
    }

    /** What each benchmark is, by name. */
    public static Map<String, String> names() {
        Map<String, String> m = new TreeMap<>();
        m.put("accuracy", "small cave at 5 mm with close-ups: the whole surface stage against the exact truth");
        m.put(
                "surface",
                "three great caves, N points with normals each (default 1,000,000): time and error, PoissonRecon beside");
        m.put("tiles", "a mesh of N triangles (default 2,000,000) to a written tileset, nxsbuild beside");
        m.put("simulate", "small cave, N points (default 2,000,000) measured and thrown away: rays a second");
        m.put("copc", "N points (default 10,000,000) LAS to COPC, PotreeConverter beside");
        m.put("formats", "each reader and writer: N points, and N triangles (default 2,000,000); PDAL, assimp beside");
        return m;
    }

    /** Runs the named benchmark with {@code n} points (or triangles); 0 takes its default. */
    public static Result run(String name, long n, Work work) {
        if (!names().containsKey(name)) {
            throw GrottoException.badRequest(
                    "There is no benchmark \"" + name + "\"; there are " + String.join(", ", names().keySet()) + ".");
        }
        long points = n > 0
                ? n
                : switch (name) {
                    case "tiles" -> 2_000_000;
                    case "copc" -> 10_000_000;
                    case "surface" -> 1_000_000;
                    case "simulate", "formats" -> 2_000_000;
                    default -> 0;
                };
        try {
            Path scratch = Files.createTempDirectory("grotto-bench");
            try {
                Benchmarks b = new Benchmarks(points, work, scratch);
                switch (name) {
                    case "accuracy" -> b.accuracy();
                    case "surface" -> b.surface();
                    case "tiles" -> b.tiles();
                    case "simulate" -> b.simulate();
                    case "formats" -> b.formats();
                    default -> b.copc();
                }
                return new Result(name, points, work.threads(), List.copyOf(b.figures));
            } finally {
                Outputs.deleteTree(scratch);
            }
        } catch (IOException e) {
            throw GrottoException.io(Path.of(System.getProperty("java.io.tmpdir")), e);
        }
    }

    /** A tenth of the points first, so that the compiler has seen the code. */
    private void simulate() {
        scan(Math.max(1, points / 10));
        long began = System.nanoTime();
        long rays = scan(points);
        double seconds = (System.nanoTime() - began) * 1e-9;
        figure("rays", rays, "rays");
        figure("wall time", seconds, "s");
        figure("rays a second", rays / seconds / 1e6, "M/s");
    }

    private long scan(long wanted) {
        Simulation simulation =
                Simulation.plan(Records.with(SimulateOptions.DEFAULTS, Map.of("points", wanted, "closeUps", false)));
        long rays = 0;
        try (SimulatedScans scans = new SimulatedScans(simulation, work)) {
            for (int i = 0; i < scans.scans().size(); i++) {
                rays += simulation.setups().get(i).rays();
                PointBatch batch = new PointBatch(scans.scans().get(i).columns(), 1 << 15);
                try (PointReader.PointCursor cursor = scans.points(i)) {
                    boolean more = true;
                    while (more) {
                        more = cursor.next(batch);
                    }
                }
            }
        }
        return rays;
    }

    private void figure(String name, double value, String unit) {
        figures.add(new Figure(name, value, unit));
    }

    private double seconds(String name, Runnable task) {
        long t = System.nanoTime();
        task.run();
        double s = (System.nanoTime() - t) / 1e9;
        figure(name, s, "s");
        return s;
    }

    private void memory(String name, double mebibytes) {
        if (mebibytes > 0) {
            figure(name, mebibytes, "MiB");
        }
    }

    private void accuracy() {
        SimulateOptions d = SimulateOptions.DEFAULTS;
        Path dir = scratch.resolve("small");
        Simulate.run(d, "e57", dir, work);
        Simulation sim = TruthFile.read(dir.resolve(TruthFile.NAME));
        Loaded loaded = Load.run(List.of(dir.resolve("small.e57")), InputOptions.DEFAULTS, work);
        RunRecord record = new RunRecord(List.of());
        SurfaceStage.Made made = SurfaceStage.run(loaded, Recipe.DEFAULTS, record, work);
        record.stages().forEach(s -> figure(s.stage(), s.seconds(), "s"));
        measure("mesh", made.mesh(), sim, 3 * sim.options().spacingOrDefault());
    }

    /** Scans the great cave from its stations in the rooms; gives the folder. */
    private Path great(String format, boolean normals, long seed, double noise) {
        SimulateOptions o = Records.with(
                SimulateOptions.DEFAULTS,
                Map.of(
                        "cave",
                        "great",
                        "points",
                        points,
                        "closeUps",
                        false,
                        "normals",
                        normals,
                        "seed",
                        seed,
                        "noise",
                        noise));
        Path dir = scratch.resolve("great");
        Simulate.run(o, format, dir, work);
        return dir;
    }

    private void measure(String who, Mesh mesh, Simulation sim, double reach) {
        Truth truth = new Truth(sim.cave());
        SurfaceError e = SurfaceError.of(mesh, truth, SAMPLES, 7, work);
        figure(who + " triangles", mesh.triangleCount(), "");
        figure(who + " median error", e.all().median() * 1e3, "mm");
        figure(who + " 95 % error", e.all().p95() * 1e3, "mm");
        figure(who + " 99 % error", e.all().p99() * 1e3, "mm");
        figure(who + " RMS error", e.all().rms() * 1e3, "mm");
        figure(who + " RMS error where smooth", e.smooth().rms() * 1e3, "mm");
        figure(who + " 95 % error where smooth", e.smooth().p95() * 1e3, "mm");
        figure(
                who + " smooth share",
                100.0 * e.smooth().count() / Math.max(1, e.all().count()),
                "%");
        Coverage c = Coverage.of(mesh, sim.cave(), sim.setups(), reach, 40_000, 11, work);
        figure(who + " coverage within " + Math.round(reach * 1e3) + " mm", 100 * c.share(), "%");
        Components p = Components.of(mesh, truth, reach, work);
        figure(who + " pieces", p.count(), "");
        figure(who + " spurious pieces", p.spurious().size(), "");
    }

    /** Three great caves with default options, the peer beside at what it takes to be as fine. */
    private void surface() throws IOException {
        for (double[] c : CAVES) {
            String who = String.format(Locale.ROOT, "noise %.1f mm", 1e3 * c[1]);
            Path dir = great("e57", true, (long) c[0], c[1]);
            surface(who, dir);
            Outputs.deleteTree(dir);
        }
    }

    private void surface(String who, Path dir) throws IOException {
        Path e57 = dir.resolve("great.e57");
        Simulation sim = TruthFile.read(dir.resolve(TruthFile.NAME));
        Path points = dir.resolve("points.ply");
        Cloud cloud = Load.run(List.of(e57), InputOptions.DEFAULTS, work).cloud();
        floats(cloud, points);
        Path ours = dir.resolve("ours.ply");
        RunRecord record = new RunRecord(List.of());
        Mesh[] mesh = new Mesh[1];
        double before = Resident.cpu(ProcessHandle.current());
        seconds(who + ": ours: read, clean, reconstruct, trim, colour, write", () -> {
            Loaded loaded = Load.run(List.of(e57), InputOptions.DEFAULTS, work);
            mesh[0] = SurfaceStage.run(loaded, Recipe.DEFAULTS, record, work).mesh();
            PlyMesh.write(mesh[0], ours);
        });
        figure(who + ": ours: CPU", Resident.cpu(ProcessHandle.current()) - before, "s");
        record.stages().forEach(s -> figure(who + ": ours: " + s.stage(), s.seconds(), "s"));
        memory(
                who + ": ours: peak resident, simulation included",
                Resident.peak(ProcessHandle.current().pid()));
        measure(who + ": ours", mesh[0], sim, COVERED);
        covered(who + ": ours", mesh[0], cloud);
        mesh[0] = null;
        String recon = System.getenv("GROTTO_POISSONRECON");
        String trimmer = System.getenv("GROTTO_SURFACETRIMMER");
        if (recon == null || trimmer == null) {
            return;
        }
        Path raw = dir.resolve("raw.ply");
        Path peer = dir.resolve("peer.ply");
        String depth = cloud.size > 3_000_000 ? "11" : "10";
        Peer.Took[] took = new Peer.Took[2];
        seconds(
                who + ": PoissonRecon depth " + depth,
                () -> took[0] = Peer.run(
                        recon, "--in", points.toString(), "--out", raw.toString(), "--depth", depth, "--density"));
        memory(who + ": PoissonRecon peak resident", took[0].memory());
        seconds(
                who + ": SurfaceTrimmer 7",
                () -> took[1] = Peer.run(trimmer, "--in", raw.toString(), "--out", peer.toString(), "--trim", "7"));
        figure(who + ": PoissonRecon CPU", took[0].cpu(), "s");
        figure(who + ": SurfaceTrimmer CPU", took[1].cpu(), "s");
        Mesh theirs = PlyMesh.read(peer);
        measure(who + ": PoissonRecon", theirs, sim, COVERED);
        covered(who + ": PoissonRecon", theirs, cloud);
    }

    /** The share of up to 200,000 scanned points near a triangle. */
    private void covered(String who, Mesh mesh, Cloud cloud) {
        TriangleTree tree = new TriangleTree(mesh, work);
        int stride = Math.max(1, cloud.size / 200_000);
        int n = cloud.size / stride;
        byte[] in = new byte[n];
        work.blocks(n, 1024, (from, to) -> {
            for (int k = from; k < to; k++) {
                int i = k * stride;
                in[k] = (byte) (tree.distance(cloud.px(i), cloud.py(i), cloud.pz(i), COVERED) < COVERED ? 1 : 0);
            }
        });
        int sum = 0;
        for (byte b : in) {
            sum += b;
        }
        figure(who + " points within 30 mm", 100.0 * sum / Math.max(1, n), "%");
    }

    /** Positions and normals as float PLY, what every peer reads. */
    private static void floats(Cloud c, Path file) throws IOException {
        float[] n = c.normals();
        if (n == null) {
            throw new IllegalStateException("the simulated scans have no normals");
        }
        String header = "ply\nformat binary_little_endian 1.0\nelement vertex " + c.size
                + "\nproperty float x\nproperty float y\nproperty float z\nproperty float nx\nproperty float ny\n"
                + "property float nz\nend_header\n";
        ByteBuffer b = ByteBuffer.allocate(24 << 12).order(ByteOrder.LITTLE_ENDIAN);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(header.getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < c.size; i++) {
                b.putFloat((float) c.px(i)).putFloat((float) c.py(i)).putFloat((float) c.pz(i));
                b.putFloat(n[3 * i]).putFloat(n[3 * i + 1]).putFloat(n[3 * i + 2]);
                if (!b.hasRemaining() || i == c.size - 1) {
                    out.write(b.array(), 0, b.position());
                    b.clear();
                }
            }
        }
    }

    /** Points of six stations as LAS holds them; triangles with colours. */
    private void formats() throws IOException {
        FormatSpeeds speeds = new FormatSpeeds(scratch, work, this::figure);
        Path dir = great("las", false, 1, 0.001);
        speeds.points(dir.resolve("great.las"));
        Outputs.deleteTree(dir);
        speeds.meshes(bumpySphere((int) points));
    }

    private void tiles() throws IOException {
        Mesh mesh = bumpySphere((int) points);
        Path ply = scratch.resolve("mesh.ply");
        PlyMesh.write(mesh, ply);
        Path out = Files.createDirectories(scratch.resolve("tiles"));
        MeshTiles.Result[] r = new MeshTiles.Result[1];
        double t = seconds("ours: read, build, write", () -> {
            r[0] = MeshTiles.write(PlyMesh.read(ply), out, TileOptions.DEFAULTS, work);
        });
        figure("triangles a second", mesh.triangleCount() / t, "1/s");
        figure("bytes a triangle", r[0].bytes() / (double) mesh.triangleCount(), "");
        String nxs = System.getenv("GROTTO_NXSBUILD");
        if (nxs != null) {
            double p = seconds(
                    "nxsbuild",
                    () -> Peer.run(
                            nxs,
                            "-w",
                            "2",
                            ply.toString(),
                            "-o",
                            scratch.resolve("m.nxs").toString()));
            figure("times faster than nxsbuild", p / t, "");
        }
    }

    /** A closed, bumpy, coloured sphere of about n triangles: 6 grids on the faces of a cube, welded by place. */
    private static Mesh bumpySphere(int n) {
        int rings = (int) Math.max(4, Math.round(Math.sqrt(n / 4.0)));
        int around = 2 * rings;
        int nv = 2 + (rings - 1) * around;
        float[] xyz = new float[3 * nv];
        byte[] rgb = new byte[3 * nv];
        for (int v = 0; v < nv; v++) {
            int ring = v == 0 ? 0 : v == nv - 1 ? rings : 1 + (v - 1) / around;
            int step = v == 0 || v == nv - 1 ? 0 : (v - 1) % around;
            double a = Math.PI * ring / rings;
            double b = 2 * Math.PI * step / around;
            double r = 5
                    + 0.3 * Math.sin(5 * a) * Math.cos(7 * b)
                    + 0.02 * Math.sin(60 * a + 3) * Math.sin(70 * b)
                    + 0.002 * Math.sin(700 * a) * Math.cos(900 * b);
            xyz[3 * v] = (float) (r * Math.sin(a) * Math.cos(b));
            xyz[3 * v + 1] = (float) (r * Math.sin(a) * Math.sin(b));
            xyz[3 * v + 2] = (float) (r * Math.cos(a));
            for (int k = 0; k < 3; k++) {
                rgb[3 * v + k] = (byte) (150 + 60 * Math.sin(9 * a + k) * Math.cos(11 * b + k));
            }
        }
        int[] t = new int[6 * around * (rings - 1)];
        int k = 0;
        for (int s = 0; s < around; s++) {
            int e = (s + 1) % around;
            t[k++] = 0;
            t[k++] = 1 + s;
            t[k++] = 1 + e;
            for (int ring = 1; ring < rings - 1; ring++) {
                int p = 1 + (ring - 1) * around;
                int q = p + around;
                t[k++] = p + s;
                t[k++] = q + s;
                t[k++] = q + e;
                t[k++] = p + s;
                t[k++] = q + e;
                t[k++] = p + e;
            }
            int last = 1 + (rings - 2) * around;
            t[k++] = last + s;
            t[k++] = nv - 1;
            t[k++] = last + e;
        }
        return new Mesh(0, 0, 0, xyz, null, rgb, null, Arrays.copyOf(t, k));
    }

    private void copc() {
        Path dir = great("las", false, 1, 0.001);
        Path las = dir.resolve("great.las");
        Path out = scratch.resolve("great.copc.laz");
        double t = seconds("ours: LAS to COPC", () -> {
            try (PointReader r = Inputs.points(las, work)) {
                CopcBuilder.write(List.of(r), out, CopcOptions.DEFAULTS, work);
            }
        });
        figure("points a second", points / t, "1/s");
        String potree = System.getenv("GROTTO_POTREECONVERTER");
        if (potree != null) {
            double p = seconds(
                    "PotreeConverter",
                    () -> Peer.run(
                            potree,
                            las.toString(),
                            "-o",
                            scratch.resolve("potree").toString()));
            figure("time over PotreeConverter's", t / p, "");
        }
    }
}
