package org.grotto.format.cameras;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.format.Beside;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;

/**
 * A COLMAP model: {@code cameras} and {@code images}, .bin or .txt (COLMAP's documentation, "Output Format"). Poses take the
 * world to the camera, which looks along +z with y down; pixels count from the upper left corner, whose pixel has its middle
 * at 0.5, 0.5.
 */
final class Colmap {
    private static final String[] NAMES = {
        "SIMPLE_PINHOLE",
        "PINHOLE",
        "SIMPLE_RADIAL",
        "RADIAL",
        "OPENCV",
        "OPENCV_FISHEYE",
        "FULL_OPENCV",
        "FOV",
        "SIMPLE_RADIAL_FISHEYE",
        "RADIAL_FISHEYE",
        "THIN_PRISM_FISHEYE",
        "RAD_TAN_THIN_PRISM_FISHEYE",
        "SIMPLE_DIVISION",
        "DIVISION",
        "SIMPLE_FISHEYE",
        "FISHEYE",
        "EUCM",
        "EQUIRECTANGULAR"
    };
    private static final String[] PARAMETERS = {
        "f cx cy",
        "fx fy cx cy",
        "f cx cy k",
        "f cx cy k1 k2",
        "fx fy cx cy k1 k2 p1 p2",
        "fx fy cx cy k1 k2 k3 k4",
        "fx fy cx cy k1 k2 p1 p2 k3 k4 k5 k6",
        "fx fy cx cy omega",
        "f cx cy k",
        "f cx cy k1 k2",
        "fx fy cx cy k1 k2 p1 p2 k3 k4 sx1 sy1",
        "fx fy cx cy k0 k1 k2 k3 k4 k5 p0 p1 s0 s1 s2 s3",
        "f cx cy k",
        "fx fy cx cy k",
        "f cx cy",
        "fx fy cx cy",
        "fx fy cx cy alpha beta",
        "w h"
    };
    private static final int LONGEST_NAME = 4096;

    private Colmap() {}

    /** The folder of the model that {@code path} is or belongs to, or null. */
    static @Nullable Path folder(Path path) {
        Path name = path.getFileName();
        Path folder = Files.isDirectory(path)
                ? path
                : name != null && name.toString().matches("(cameras|images)\\.(bin|txt)")
                        ? path.toAbsolutePath().getParent()
                        : null;
        if (folder == null) {
            return null;
        }
        for (String ending : new String[] {".bin", ".txt"}) {
            if (Files.isRegularFile(folder.resolve("cameras" + ending))
                    && Files.isRegularFile(folder.resolve("images" + ending))
                    && (Files.isDirectory(path) || path.toString().endsWith(ending))) {
                return folder;
            }
        }
        return null;
    }

    static CameraSet read(Path path) {
        Path folder = java.util.Objects.requireNonNull(folder(path));
        boolean text = path.toString().endsWith(".txt") || !Files.isRegularFile(folder.resolve("cameras.bin"));
        Map<Long, Optics> lenses = new HashMap<>();
        List<CameraSet.Shot> shots = new ArrayList<>();
        if (text) {
            cameras(folder.resolve("cameras.txt"), lenses);
            images(folder.resolve("images.txt"), lenses, shots);
        } else {
            binaryCameras(folder.resolve("cameras.bin"), lenses);
            binaryImages(folder.resolve("images.bin"), lenses, shots);
        }
        return new CameraSet(text ? "COLMAP text" : "COLMAP binary", List.copyOf(shots), List.of());
    }

    static Optics optics(Path file, String place, String name, long w, long h, double[] p) {
        int model = List.of(NAMES).indexOf(name);
        if (w <= 0 || h <= 0 || w > 1 << 24 || h > 1 << 24) {
            throw GrottoException.badInput(
                    file, place + ": a picture of " + w + " x " + h + " pixels; export the cameras again.");
        }
        if (model < 0) {
            return Optics.of("colmap:" + name, false, (int) w, (int) h, 1, 1, 0, 0, 0, new String[0], p, null);
        }
        String[] names = PARAMETERS[model].split(" ");
        if (p.length < names.length) {
            throw GrottoException.badInput(
                    file,
                    place + ": " + name + " has " + names.length + " parameters (" + PARAMETERS[model] + "), but "
                            + p.length + " are there; export the cameras again.");
        }
        if (name.equals("EQUIRECTANGULAR")) {
            return Optics.sphere("colmap:" + name, (int) w, (int) h);
        }
        int first = names[0].equals("f") ? 3 : 4;
        double fx = p[0];
        double fy = first == 3 ? p[0] : p[1];
        double[] k = java.util.Arrays.copyOfRange(p, first, names.length);
        String[] rest = java.util.Arrays.copyOfRange(names, first, names.length);
        Bend bend = switch (name) {
            case "SIMPLE_PINHOLE", "PINHOLE" -> Bend.NONE;
            case "SIMPLE_RADIAL" -> Bend.brown(new double[] {k[0], 0, 0, 0, 0, 0}, 0, 0);
            case "RADIAL" -> Bend.brown(new double[] {k[0], k[1], 0, 0, 0, 0}, 0, 0);
            case "OPENCV" -> Bend.brown(new double[] {k[0], k[1], 0, 0, 0, 0}, k[2], k[3]);
            case "FULL_OPENCV" -> Bend.brown(new double[] {k[0], k[1], k[4], k[5], k[6], k[7]}, k[2], k[3]);
            case "OPENCV_FISHEYE", "SIMPLE_RADIAL_FISHEYE", "RADIAL_FISHEYE", "SIMPLE_FISHEYE", "FISHEYE" ->
                Bend.fisheye(k);
            case "FOV" -> Bend.fov(k[0]);
            case "THIN_PRISM_FISHEYE" -> Bend.thinPrism(k);
            case "RAD_TAN_THIN_PRISM_FISHEYE" -> Bend.radTanThinPrism(k);
            case "SIMPLE_DIVISION", "DIVISION" -> Bend.division(k[0]);
            default -> Bend.eucm(k[0], k[1]);
        };
        boolean fisheye = name.contains("FISHEYE") || name.equals("EUCM");
        return Optics.of(
                "colmap:" + name, fisheye, (int) w, (int) h, fx, fy, p[first - 2], p[first - 1], 0, rest, k, bend);
    }

    private static CameraSet.Shot shot(
            Path file, String place, double[] q, String name, @Nullable Optics lens, long camera) {
        if (lens == null) {
            throw GrottoException.badInput(
                    file, place + ": camera " + camera + " is not among the cameras; export them again.");
        }
        if (!(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3] > 1e-12)) {
            throw GrottoException.badInput(file, place + ": the quaternion is 0; export the cameras again.");
        }
        double[] r = new Pose(q[0], q[1], q[2], q[3], 0, 0, 0).matrix();
        double[] c = CameraSet.centre(r, new double[] {q[4], q[5], q[6]});
        Pose p = CameraSet.looking(r, c);
        if (lens.spherical()) {
            p = sphere(r, c);
        }
        return new CameraSet.Shot(name, p, lens);
    }

    /** Of a sphere that looks along z with y down, one that looks along x with z up. */
    static Pose sphere(double[] r, double[] c) {
        // its x is the camera's z, its y the camera's -x, its z the camera's -y
        return Pose.of(new double[] {r[6], -r[0], -r[3], r[7], -r[1], -r[4], r[8], -r[2], -r[5]}, c[0], c[1], c[2]);
    }

    private static void cameras(Path file, Map<Long, Optics> lenses) {
        lines(file, (n, line) -> {
            String[] w = line.strip().split("\\s+");
            double[] v = Words.numbers(file, n, w, 2, Math.max(2, w.length - 2));
            double id = Words.number(file, n, w[0]);
            double[] p = java.util.Arrays.copyOfRange(v, 2, v.length);
            lenses.put((long) id, optics(file, "line " + n, w[1], (long) v[0], (long) v[1], p));
            return false;
        });
    }

    private static void images(Path file, Map<Long, Optics> lenses, List<CameraSet.Shot> shots) {
        lines(file, (n, line) -> {
            String[] w = line.strip().split("\\s+", 10);
            double[] v = Words.numbers(file, n, w, 1, 8);
            if (w.length < 10) {
                throw GrottoException.badInput(file, "line " + n + " names no picture; export the cameras again.");
            }
            long camera = (long) v[7];
            shots.add(shot(file, "line " + n, v, w[9], lenses.get(camera), camera));
            return true;
        });
    }

    private interface Line {
        /** Returns whether the next line, empty or not, belongs to this one. */
        boolean read(int number, String line);
    }

    private static void lines(Path file, Line each) {
        try (BufferedReader in =
                new BufferedReader(new java.io.InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            int n = 0;
            boolean skip = false;
            for (String line = Words.line(in, file, n); line != null; line = Words.line(in, file, n)) {
                n++;
                if (skip) {
                    skip = false;
                } else if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
                    skip = each.read(n, line);
                }
            }
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        }
    }

    private static void binaryCameras(Path file, Map<Long, Optics> lenses) {
        try (Bytes in = new Bytes(file)) {
            long n = in.count(4 + 4 + 16);
            for (long i = 0; i < n; i++) {
                long id = in.get(4).getInt() & 0xFFFFFFFFL;
                int model = in.get(4).getInt();
                long w = in.get(8).getLong();
                long h = in.get(8).getLong();
                if (model < 0 || model >= NAMES.length) {
                    throw GrottoException.unsupported(
                            file,
                            "camera " + id + " has model " + model + ", which is none of the " + NAMES.length
                                    + " that Grotto knows; export the model as text.");
                }
                double[] p = new double[PARAMETERS[model].split(" ").length];
                for (int k = 0; k < p.length; k++) {
                    p[k] = in.get(8).getDouble();
                }
                lenses.put(id, optics(file, "camera " + id, NAMES[model], w, h, p));
            }
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        }
    }

    private static void binaryImages(Path file, Map<Long, Optics> lenses, List<CameraSet.Shot> shots) {
        try (Bytes in = new Bytes(file)) {
            long n = in.count(4 + 56 + 4 + 1 + 8);
            for (long i = 0; i < n; i++) {
                long id = in.get(4).getInt() & 0xFFFFFFFFL;
                double[] q = new double[7];
                for (int k = 0; k < 7; k++) {
                    q[k] = in.get(8).getDouble();
                }
                long camera = in.get(4).getInt() & 0xFFFFFFFFL;
                java.io.ByteArrayOutputStream name = new java.io.ByteArrayOutputStream();
                for (byte b = in.get(1).get(); b != 0; b = in.get(1).get()) {
                    name.write(b);
                    if (name.size() > LONGEST_NAME) {
                        throw GrottoException.badInput(
                                file, "image " + id + " has a name without an end; export the model again.");
                    }
                }
                long points = in.get(8).getLong();
                in.skip(points, 24);
                String said = Beside.readings(name.toByteArray()).getFirst();
                shots.add(shot(file, "image " + id, q, said, lenses.get(camera), camera));
            }
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        }
    }

    /** Little-endian values of a file, in order. */
    private static final class Bytes implements AutoCloseable {
        private final Path file;
        private final FileChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

        Bytes(Path file) throws IOException {
            this.file = file;
            this.channel = FileChannel.open(file);
            buffer.flip();
        }

        private long left() throws IOException {
            return channel.size() - channel.position() + buffer.remaining();
        }

        ByteBuffer get(int n) throws IOException {
            if (buffer.remaining() < n) {
                buffer.compact();
                while (buffer.position() < n && channel.read(buffer) >= 0) {
                    // goes on
                }
                buffer.flip();
            }
            if (buffer.remaining() < n) {
                throw GrottoException.badInput(
                        file, channel.size(), "the file ends in the midst of a camera; copy it again.");
            }
            return buffer;
        }

        /** A count of things of at least {@code size} bytes each, which must fit into the file. */
        long count(int size) throws IOException {
            long n = get(8).getLong();
            if (n < 0 || n > left() / size) {
                throw GrottoException.badInput(
                        file,
                        0,
                        "the file says that it holds " + Long.toUnsignedString(n)
                                + " cameras, which do not fit into it; it is no COLMAP model, or damaged.");
            }
            return n;
        }

        void skip(long n, int size) throws IOException {
            if (n < 0 || n > left() / size) {
                throw GrottoException.badInput(
                        file,
                        channel.position(),
                        "an image says that it has " + Long.toUnsignedString(n)
                                + " points, which do not fit into the file; copy it again.");
            }
            long bytes = n * size;
            int here = (int) Math.min(bytes, buffer.remaining());
            buffer.position(buffer.position() + here);
            if (bytes > here) {
                channel.position(channel.position() + bytes - here);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
