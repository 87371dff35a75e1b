package org.grotto.format.cameras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Pose;
import org.grotto.scene.Lens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One truth written as each program writes it, after its own documents: all are read as the same cameras. */
class CameraSetsTest {
    private static final int W = 4000;
    private static final int H = 3000;
    private static final double F = 3100.25;
    private static final double CX = 2010.5;
    private static final double CY = 1480.25;
    private static final double K1 = -0.08;
    private static final double K2 = 0.021;

    @TempDir
    Path folder;

    /** World to camera, row by row, x right, y down, z ahead, and the centre. */
    private record Camera(double[] r, double[] c, String name) {
        double[] t() {
            double[] t = new double[3];
            for (int i = 0; i < 3; i++) {
                t[i] = -(r[3 * i] * c[0] + r[3 * i + 1] * c[1] + r[3 * i + 2] * c[2]);
            }
            return t;
        }

        /** Where a point of the world is in the picture, by the pinhole's own formula. */
        double[] pixel(double[] p, double k1, double k2, double cx, double cy) {
            double[] d = ray(p);
            double x = d[0] / d[2];
            double y = d[1] / d[2];
            double r2 = x * x + y * y;
            double s = 1 + k1 * r2 + k2 * r2 * r2;
            return new double[] {F * x * s + cx, F * y * s + cy};
        }

        double[] ray(double[] p) {
            double[] d = new double[3];
            for (int i = 0; i < 3; i++) {
                for (int k = 0; k < 3; k++) {
                    d[i] += r[3 * i + k] * (p[k] - c[k]);
                }
            }
            return d;
        }
    }

    private static List<Camera> truth() {
        Random random = new Random(5);
        List<Camera> all = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            double[] q = random.doubles(4, -1, 1).toArray();
            Pose p = new Pose(q[0], q[1], q[2], q[3], 0, 0, 0);
            all.add(new Camera(p.matrix(), random.doubles(3, -4, 4).toArray(), "照片 " + i + ".jpg"));
        }
        return all;
    }

    private static String join(String by, double... v) {
        return String.join(by, Arrays.stream(v).mapToObj(Double::toString).toList());
    }

    private Path colmapText() throws IOException {
        Path dir = Files.createDirectories(folder.resolve("text"));
        Files.writeString(
                dir.resolve("cameras.txt"),
                "# Camera list\n9 RADIAL " + W + " " + H + " " + join(" ", F, CX, CY, K1, K2) + "\n");
        StringBuilder s = new StringBuilder("# Image list\n");
        int id = 1;
        for (Camera c : truth()) {
            Pose p = Pose.of(c.r, 0, 0, 0);
            s.append(id).append(' ').append(join(" ", p.qw(), p.qx(), p.qy(), p.qz()));
            s.append(' ').append(join(" ", c.t())).append(" 9 ").append(c.name).append('\n');
            s.append(id++ % 2 == 0 ? "\n" : "10.5 20.5 -1 3 4 77\n");
        }
        Files.writeString(dir.resolve("images.txt"), s);
        return dir;
    }

    private Path colmapBinary() throws IOException {
        Path dir = Files.createDirectories(folder.resolve("binary"));
        ByteBuffer b = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
        b.putLong(1).putInt(9).putInt(3).putLong(W).putLong(H);
        b.putDouble(F).putDouble(CX).putDouble(CY).putDouble(K1).putDouble(K2);
        Files.write(dir.resolve("cameras.bin"), Arrays.copyOf(b.array(), b.position()));
        ByteBuffer i = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        i.putLong(truth().size());
        int id = 1;
        for (Camera c : truth()) {
            Pose p = Pose.of(c.r, 0, 0, 0);
            i.putInt(id).putDouble(p.qw()).putDouble(p.qx()).putDouble(p.qy()).putDouble(p.qz());
            for (double t : c.t()) {
                i.putDouble(t);
            }
            i.putInt(9).put(c.name.getBytes(StandardCharsets.UTF_8)).put((byte) 0);
            i.putLong(3000L * (id % 2));
            i.position(i.position() + 24 * 3000 * (id++ % 2));
        }
        Files.write(dir.resolve("images.bin"), Arrays.copyOf(i.array(), i.position()));
        return dir.resolve("images.bin");
    }

    /** With a chunk turned, shifted and scaled, which must come out again. */
    private Path metashape() throws IOException {
        double[] g = new Pose(0.3, 0.5, -0.2, 0.7, 0, 0, 0).matrix(); // chunk to world
        double scale = 2.5;
        double[] v = {10, -20, 5};
        StringBuilder s =
                new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<document version=\"2.0.0\"><chunk"
                        + " label=\"c\" enabled=\"true\"><sensors><sensor id=\"3\" type=\"frame\"><resolution width=\""
                        + W
                        + "\" height=\"" + H
                        + "\"/><calibration type=\"frame\" class=\"initial\"><resolution width=\"1\""
                        + " height=\"1\"/><f>1</f></calibration><calibration type=\"frame\" class=\"adjusted\"><resolution width=\""
                        + W + "\" height=\"" + H + "\"/><f>" + F + "</f><cx>" + (CX - W / 2.0) + "</cx><cy>"
                        + (CY - H / 2.0)
                        + "</cy><k1>" + K1 + "</k1><k2>" + K2 + "</k2></calibration></sensor></sensors><cameras>");
        int id = 0;
        for (Camera c : truth()) {
            double[] m = new double[16];
            double[] at = {c.c[0] - v[0], c.c[1] - v[1], c.c[2] - v[2]};
            for (int i = 0; i < 3; i++) {
                for (int k = 0; k < 3; k++) {
                    for (int a = 0; a < 3; a++) {
                        m[4 * i + k] += g[3 * a + i] * c.r[3 * k + a]; // camera to chunk
                    }
                }
                m[4 * i + 3] = (g[i] * at[0] + g[3 + i] * at[1] + g[6 + i] * at[2]) / scale;
            }
            m[15] = 1;
            s.append("<camera id=\"" + id++ + "\" sensor_id=\"3\" label=\"" + c.name + "\"><transform>" + join(" ", m)
                    + "</transform></camera>");
        }
        s.append("<camera id=\"99\" sensor_id=\"3\" label=\"lost.jpg\"/></cameras><transform><rotation>" + join(" ", g)
                + "</rotation><translation>" + join(" ", v) + "</translation><scale>" + scale
                + "</scale></transform></chunk></document>");
        return Files.writeString(folder.resolve("cameras.xml"), s);
    }

    private Path openMvg() throws IOException {
        StringBuilder views = new StringBuilder();
        StringBuilder poses = new StringBuilder();
        int id = 0;
        for (Camera c : truth()) {
            views.append(id == 0 ? "" : ",")
                    .append("{\"key\":" + id + ",\"value\":{\"polymorphic_id\":1073741824,\"ptr_wrapper\":{\"id\":1,"
                            + "\"data\":{\"local_path\":\"/\",\"filename\":\"" + c.name + "\",\"width\":" + W
                            + ",\"height\":" + H
                            + ",\"id_view\":" + id + ",\"id_intrinsic\":4,\"id_pose\":" + id + "}}}}");
            double[] r = c.r;
            poses.append(id == 0 ? "" : ",")
                    .append("{\"key\":" + id++ + ",\"value\":{\"rotation\":[[" + join(",", r[0], r[1], r[2]) + "],["
                            + join(",", r[3], r[4], r[5]) + "],[" + join(",", r[6], r[7], r[8]) + "]],\"center\":["
                            + join(",", c.c) + "]}}");
        }
        return Files.writeString(
                folder.resolve("sfm_data.json"),
                "{\"sfm_data_version\":\"0.3\",\"root_path\":\"/home/somebody\",\"views\":[" + views
                        + "],\"intrinsics\":[{\"key\":4,\"value\":{\"polymorphic_id\":2147483649,\"polymorphic_name\":"
                        + "\"pinhole_radial_k3\",\"ptr_wrapper\":{\"id\":2147483649,\"data\":{\"value0\":{\"width\":"
                        + W
                        + ",\"height\":" + H + ",\"focal_length\":" + F + ",\"principal_point\":[" + CX + "," + CY
                        + "]},\"disto_k3\":[" + K1 + "," + K2 + ",0]}}}}],\"extrinsics\":[" + poses + "]}");
    }

    private Path aliceVision() throws IOException {
        StringBuilder views = new StringBuilder();
        StringBuilder poses = new StringBuilder();
        int id = 0;
        for (Camera c : truth()) {
            double[] r = c.r;
            double[] columns = {r[0], r[3], r[6], r[1], r[4], r[7], r[2], r[5], r[8]};
            views.append(id == 0 ? "" : ",")
                    .append("{\"viewId\":\"" + id + "\",\"poseId\":\"" + id
                            + "\",\"intrinsicId\":\"12\",\"path\":\"/data/" + c.name + "\"}");
            poses.append(id == 0 ? "" : ",")
                    .append("{\"poseId\":\"" + id++ + "\",\"pose\":{\"transform\":{\"rotation\":[\""
                            + join("\",\"", columns) + "\"],\"center\":[\"" + join("\",\"", c.c)
                            + "\"]},\"locked\":\"0\"}}");
        }
        return Files.writeString(
                folder.resolve("cameras.sfm"),
                "{\"version\":[\"1\",\"2\",\"6\"],\"views\":[" + views
                        + "],\"intrinsics\":[{\"intrinsicId\":\"12\",\"width\":\""
                        + W + "\",\"height\":\"" + H
                        + "\",\"sensorWidth\":\"36\",\"sensorHeight\":\"24\",\"type\":\"radial3\","
                        + "\"focalLength\":\"" + F * 36 / W + "\",\"pixelRatio\":\"1\",\"principalPoint\":[\""
                        + (CX - W / 2.0)
                        + "\",\"" + (CY - H / 2.0) + "\"],\"distortionParams\":[\"" + K1 + "\",\"" + K2
                        + "\",\"0\"]}],\"poses\":[" + poses + "]}");
    }

    /** With lengths in widths of the picture, and rotations as axes. */
    private Path openSfm() throws IOException {
        StringBuilder shots = new StringBuilder();
        for (Camera c : truth()) {
            Pose p = Pose.of(c.r, 0, 0, 0);
            double n = Math.sqrt(p.qx() * p.qx() + p.qy() * p.qy() + p.qz() * p.qz());
            double s = 2 * Math.atan2(n, p.qw()) / n;
            shots.append(shots.isEmpty() ? "" : ",")
                    .append("\"" + c.name + "\":{\"rotation\":[" + join(",", s * p.qx(), s * p.qy(), s * p.qz())
                            + "],\"translation\":[" + join(",", c.t()) + "],\"camera\":\"v2 a 1\",\"orientation\":1}");
        }
        return Files.writeString(
                folder.resolve("reconstruction.json"),
                "[{\"cameras\":{\"v2 a 1\":{\"projection_type\":\"brown\",\"width\":" + W + ",\"height\":" + H
                        + ",\"focal_x\":" + F / W + ",\"focal_y\":" + F / W + ",\"c_x\":" + (CX - W / 2.0) / W
                        + ",\"c_y\":"
                        + (CY - H / 2.0) / W + ",\"k1\":" + K1 + ",\"k2\":" + K2
                        + ",\"k3\":0,\"p1\":0,\"p2\":0}},\"shots\":{"
                        + shots + ",\"lost.jpg\":{\"camera\":\"v2 a 1\"}},\"points\":{\"7\":{\"coordinates\":[1,2,3],"
                        + "\"color\":[1,2,3]}}},{\"cameras\":{},\"shots\":{\"b.jpg\":{}}}]");
    }

    @Test
    void furtherModelsOfOpenSfmAreToldAndNotMixed() throws IOException {
        CameraSet set = CameraFiles.read(openSfm());
        assertThat(set.shots()).hasSize(truth().size() + 1);
        assertThat(set.shots().getLast().pose()).isNull();
        assertThat(set.notKept())
                .containsExactly(
                        "1 sparse points", "further models, each in a frame of its own: the next has 1 cameras");
        Path none = Files.writeString(
                folder.resolve("none.json"), "[{\"cameras\":{\"a\":{\"projection_type\":\"fisheye\"}}}]");
        assertThatThrownBy(() -> CameraFiles.read(none)).hasMessageContaining("has no shots");
        for (String nowhere :
                List.of("[1e200,-1e200,0],'translation':[0,0,0]", "[0,0,0],'translation':[1e308,1e308,0]")) {
            Path far = Files.writeString(
                    folder.resolve("far.json"),
                    ("[{'cameras':{'a':{'projection_type':'brown'}},'shots':{'p.jpg':{'camera':'a','rotation':"
                                    + nowhere + "}}}]")
                            .replace('\'', '"'));
            assertThatThrownBy(() -> CameraFiles.read(far)).hasMessageContaining("turns a camera by");
        }
    }

    /** A camera that stands at 1 2 3 and looks along the world's x with its z up: what lies ahead, left and above it. */
    @Test
    void everyLensOfOpenSfmPutsAKnownDirectionWhereItsFormulaSays() throws IOException {
        double tan = 0.75; // of the angle from the axis; 0.6 to the right, 0.45 down
        double angle = Math.atan(tan);
        double f = 0.8;
        double k1 = -0.05;
        double k2 = 0.01;
        double r2 = tan * tan;
        double a2 = angle * angle;
        double half = 0.5 * tan + 0.5 * angle;
        double p1 = 0.002;
        double p2 = -0.001;
        // the length of what the lens makes of it, of unit direction 0.8 0.6; and what it shifts
        Object[][] lenses = {
            {"perspective','focal':0.8,'k1':-0.05,'k2':0.01", tan * (1 + k1 * r2 + k2 * r2 * r2), 0.0},
            {"simple_radial','focal_x':0.8,'focal_y':0.8,'k1':-0.05", tan * (1 + k1 * r2), 0.0},
            {"fisheye','focal':0.8,'k1':-0.05,'k2':0.01", angle * (1 + k1 * a2 + k2 * a2 * a2), 0.0},
            {"fisheye_opencv','focal_x':0.8,'focal_y':0.8,'k4':0.01", angle * (1 + 0.01 * Math.pow(a2, 4)), 0.0},
            {
                "fisheye62','focal_x':0.8,'focal_y':0.8,'k6':0.01,'p1':0.002,'p2':-0.001",
                angle * (1 + 0.01 * Math.pow(a2, 6)),
                angle
            },
            {"brown','focal_x':0.8,'focal_y':0.8,'k3':0.01,'p1':0.002,'p2':-0.001", tan * (1 + 0.01 * r2 * r2 * r2), tan
            },
            {"dual','focal':0.8,'k1':-0.05,'k2':0.01", half * (1 + k1 * half * half + k2 * Math.pow(half, 4)), 0.0}
        };
        for (Object[] l : lenses) {
            double radius = (double) l[1];
            double x = 0.8 * (double) l[2];
            double y = 0.6 * (double) l[2];
            double u = f * (0.8 * radius + 2 * p1 * x * y + p2 * (3 * x * x + y * y));
            double v = f * (0.6 * radius + 2 * p2 * x * y + p1 * (x * x + 3 * y * y));
            double[] found = pixel(known((String) l[0]), new double[] {3, 2 - 2 * 0.6, 3 - 2 * 0.45});
            assertThat(found[0]).as((String) l[0]).isCloseTo(W / 2.0 + W * u, within(1e-6));
            assertThat(found[1]).as((String) l[0]).isCloseTo(H / 2.0 + W * v, within(1e-6));
        }
        CameraSet.Shot sphere = known("equirectangular'");
        assertThat(sphere.optics().spherical()).isTrue();
        double[] m = sphere.pose().matrix(); // a sphere of ours looks along x with z up, as this one stands
        assertThat(m).containsExactly(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, within(1e-12));
        assertThat(known("of tomorrow','focal':1").optics().lens(0, 0).usable()).isFalse();
    }

    /** World to camera: its x is the world's -y, its y the world's -z, its z the world's x. */
    private CameraSet.Shot known(String lens) throws IOException {
        double a = 2 * Math.PI / 3 / Math.sqrt(3);
        String json = "[{'cameras':{'c':{'width':" + W + ",'height':" + H + ",'projection_type':'" + lens
                + "}},'shots':{'a.jpg':{'camera':'c','rotation':[" + join(",", a, -a, a)
                + "],'translation':[2,3,-1]}}}]";
        return CameraFiles.read(Files.writeString(folder.resolve("one.json"), json.replace('\'', '"')))
                .shots()
                .getFirst();
    }

    /** Its principal point is the picture's middle: the truth's pictures are compared with that. */
    private Path bundler() throws IOException {
        StringBuilder s = new StringBuilder("# Bundle file v0.3\n" + (truth().size() + 1) + " 0\n");
        StringBuilder names = new StringBuilder();
        for (Camera c : truth()) {
            double[] t = c.t();
            double[] r = c.r;
            s.append(join(" ", F, K1, K2)).append('\n');
            s.append(join(" ", r[0], r[1], r[2])).append('\n');
            s.append(join(" ", -r[3], -r[4], -r[5])).append('\n');
            s.append(join(" ", -r[6], -r[7], -r[8])).append('\n');
            s.append(join(" ", t[0], -t[1], -t[2])).append('\n');
            names.append(c.name).append(" 0 ").append(F).append('\n');
        }
        s.append("0 0 0\n0 0 0\n0 0 0\n0 0 0\n0 0 0\n");
        Path dir = Files.createDirectories(folder.resolve("bundler"));
        Files.writeString(dir.resolve("list.txt"), names.append("lost.jpg\n"));
        return Files.writeString(dir.resolve("bundle.out"), s);
    }

    private Path nvm(String head, boolean matrix, double r) throws IOException {
        StringBuilder s = new StringBuilder(head + "\n\n" + truth().size() + "\n");
        for (Camera c : truth()) {
            Pose p = Pose.of(c.r, 0, 0, 0);
            double[] t = c.t();
            double[] m = c.r;
            s.append(c.name.replace(' ', '"')).append(' ');
            s.append(
                            matrix
                                    ? join(
                                            " ", F, m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8], t[0], t[1],
                                            t[2], r, 0)
                                    : join(" ", F, p.qw(), p.qx(), p.qy(), p.qz(), c.c[0], c.c[1], c.c[2], r, 0))
                    .append('\n');
        }
        s.append("\n2\n0 0 0 255 0 0 1 0 5 1.5 2.5\n1 1 1 0 255 0 1 0 6 3.5 4.5\n\n2\nb.jpg 1\nc.jpg 1\n0\n");
        return Files.writeString(folder.resolve("a.nvm"), s);
    }

    /** By the sum of VisualSFM's documentation, the other way round: from a place of the picture to its direction. */
    @Test
    void visualSfmGivesTheTruth() throws IOException {
        for (String[] way : new String[][] {
            {"NVM_V3", "0.17"}, {"NVM_V3", "-0.12"}, {"NVM_V3_R9T", "0"}, {"NVM_V3 FixedK 3600 2000 1800 1500 0", "0.1"}
        }) {
            double r = Double.parseDouble(way[1]);
            Path file = nvm(way[0], way[0].endsWith("R9T"), r);
            boolean fixed = way[0].contains("FixedK");
            assertThat(CameraFiles.is(file)).isTrue();
            CameraSet set = CameraFiles.read(file);
            assertThat(set.placed()).isEqualTo(truth().size());
            assertThat(set.notKept())
                    .containsExactly(
                            "2 sparse points", "further models, each in a frame of its own: the next has 2 cameras");
            for (int i = 0; i < truth().size(); i++) {
                Camera c = truth().get(i);
                assertThat(set.shots().get(i).picture()).isEqualTo(c.name);
                for (double[] m : new double[][] {{0.2, 0.15}, {-0.4, 0.3}, {0, 0}}) {
                    double s = 1 + r * (m[0] * m[0] + m[1] * m[1]);
                    double[] x = new double[3];
                    for (int k = 0; k < 3; k++) {
                        x[k] = c.c[k] + 2 * (c.r[6 + k] + m[0] * s * c.r[k] + m[1] * s * c.r[3 + k]);
                    }
                    double[] found = pixel(set.shots().get(i), x);
                    assertThat(found[0]).as(way[0]).isCloseTo(F * m[0] + (fixed ? 2000 : W / 2.0), within(1e-6));
                    assertThat(found[1])
                            .as(way[0])
                            .isCloseTo((fixed ? F / 2 : F) * m[1] + (fixed ? 1500 : H / 2.0), within(1e-6));
                }
            }
        }
        Path cut = nvm("NVM_V3", false, 0);
        String all = Files.readString(cut);
        Files.writeString(cut, all.substring(0, all.indexOf("照片\"3")));
        assertThatThrownBy(() -> CameraFiles.read(cut)).hasMessageContaining("before camera 4 of 7");
        Files.writeString(cut, all.replaceFirst("照片\"3.jpg [^ ]+", "照片\"3.jpg wide"));
        assertThatThrownBy(() -> CameraFiles.read(cut)).hasMessageContaining("\"wide\" is no number");
        Files.writeString(cut, "NVM_V3\n-3\n");
        assertThatThrownBy(() -> CameraFiles.read(cut)).hasMessageContaining("-3 cameras are none");
    }

    /** Where a point of the world lies in a picture, through what was read. */
    private static double[] pixel(CameraSet.Shot s, double[] p) {
        Pose pose = s.pose();
        double[] m = pose.matrix();
        double[] d = {p[0] - pose.tx(), p[1] - pose.ty(), p[2] - pose.tz()};
        double[] own = new double[3];
        for (int i = 0; i < 3; i++) {
            own[i] = m[i] * d[0] + m[3 + i] * d[1] + m[6 + i] * d[2];
        }
        Lens l = s.optics().lens(W, H);
        return s.optics().pixel(l, new double[] {own[0], -own[1], -own[2]});
    }

    @Test
    void allFormatsGiveTheTruth() throws IOException {
        for (Path file :
                List.of(colmapText(), colmapBinary(), metashape(), openMvg(), aliceVision(), openSfm(), bundler())) {
            assertThat(CameraFiles.is(file)).as(file.toString()).isTrue();
            CameraSet set = CameraFiles.read(file);
            assertThat(set.placed()).as(file.toString()).isEqualTo(truth().size());
            boolean middle = file.endsWith("bundle.out");
            for (int i = 0; i < truth().size(); i++) {
                Camera c = truth().get(i);
                CameraSet.Shot s = set.shots().get(i);
                assertThat(s.picture()).endsWith(c.name);
                Pose p = s.pose();
                double[] at = {p.tx(), p.ty(), p.tz()};
                for (int k = 0; k < 3; k++) {
                    assertThat(at[k]).as("%s, camera %d", file, i).isCloseTo(c.c[k], within(1e-9));
                }
                double[] m = p.matrix(); // its x, -y, -z are the rows of the truth
                for (int k = 0; k < 9; k++) {
                    double own = m[k % 3 * 3 + k / 3] * (k < 3 ? 1 : -1);
                    assertThat(own).as("%s, camera %d, rotation %d", file, i, k).isCloseTo(c.r[k], within(1e-9));
                }
                // a point two metres ahead, a little to the right and below
                double[] x = new double[3];
                for (int k = 0; k < 3; k++) {
                    x[k] = c.c[k] + 2 * c.r[6 + k] + 0.4 * c.r[k] + 0.3 * c.r[3 + k];
                }
                double[] wanted = c.pixel(x, K1, K2, middle ? W / 2.0 : CX, middle ? H / 2.0 : CY);
                double[] found = pixel(s, x);
                assertThat(found[0]).as(file.toString()).isCloseTo(wanted[0], within(1e-6));
                assertThat(found[1]).as(file.toString()).isCloseTo(wanted[1], within(1e-6));
            }
        }
    }

    /** Every model of COLMAP's: what the mesh of rays says is where its formula puts the ray, within a pixel. */
    @Test
    void raysUndoEveryModel() {
        String[] lines = {
            "SIMPLE_RADIAL 3000 1500 1000 -0.05",
            "RADIAL 3000 1500 1000 -0.05 0.01",
            "OPENCV 3000 2900 1500 1000 -0.1 0.02 0.001 -0.002",
            "OPENCV_FISHEYE 900 910 1500 1000 0.01 -0.002 0.0005 -0.0001",
            "FULL_OPENCV 3000 2900 1500 1000 -0.1 0.02 0.001 -0.002 0.001 0.01 -0.01 0.002",
            "FOV 2500 2500 1500 1000 0.6",
            "SIMPLE_RADIAL_FISHEYE 1200 1500 1000 0.02",
            "RADIAL_FISHEYE 1200 1500 1000 0.02 -0.003",
            "THIN_PRISM_FISHEYE 1500 1500 1500 1000 0.01 0.001 0.001 -0.001 0.0001 0.0001 0.0005 -0.0005",
            "RAD_TAN_THIN_PRISM_FISHEYE 1300 1300 1500 1000 0.01 0.001 0.0001 0 0 0 0.001 -0.001 0.0002 0 0.0002 0",
            "SIMPLE_DIVISION 3000 1500 1000 -0.05",
            "DIVISION 3000 2900 1500 1000 -0.05",
            "SIMPLE_FISHEYE 1000 1500 1000",
            "FISHEYE 1000 1010 1500 1000",
            "EUCM 1500 1500 1500 1000 0.5 1.1"
        };
        for (String line : lines) {
            String[] w = line.split(" ");
            double[] p =
                    Arrays.stream(w).skip(1).mapToDouble(Double::parseDouble).toArray();
            Optics o = Colmap.optics(folder, "line 1", w[0], 3000, 2000, p);
            Lens l = o.lens(0, 0);
            assertThat(l.usable()).as(line).isTrue();
            for (int row = 0; row < l.rows(); row++) {
                for (int c = 0; c < l.columns(); c++) {
                    double[] d = l.node(c, row);
                    double[] uv = o.pixel(l, new double[] {d[0], -d[1], -d[2]});
                    String place = String.format(Locale.ROOT, "%s, node %d %d", line, c, row);
                    assertThat(uv[0]).as(place).isCloseTo(3000.0 * c / (l.columns() - 1), within(1e-3));
                    assertThat(uv[1]).as(place).isCloseTo(2000.0 * row / (l.rows() - 1), within(1e-3));
                }
            }
        }
    }

    @Test
    void aLineWithoutEndIsNoText() throws IOException {
        Path file = folder.resolve("endless.nvm");
        Files.writeString(file, "NVM_V3\n\n1\n" + "7 ".repeat(9_000_000));
        assertThatThrownBy(() -> CameraFiles.read(file))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("line 4 has more than 16777216 characters");
    }

    @Test
    void whatIsHalfIsToldWithItsPlace() throws IOException {
        Path dir = colmapText();
        Files.writeString(dir.resolve("cameras.txt"), "1 OPENCV 100 100 1 2 3\n");
        assertThatThrownBy(() -> CameraFiles.read(dir))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("8 parameters");
        Path binary = colmapBinary();
        byte[] all = Files.readAllBytes(binary);
        Files.write(binary, Arrays.copyOf(all, all.length / 2));
        assertThatThrownBy(() -> CameraFiles.read(binary)).isInstanceOf(GrottoException.class);
        Files.write(binary, new byte[] {-1, -1, -1, -1, -1, -1, -1, 127, 0});
        assertThatThrownBy(() -> CameraFiles.read(binary))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("do not fit");
        Path xml = Files.writeString(
                folder.resolve("x.xml"), "<!DOCTYPE d [<!ENTITY a \"b\">]><document><chunk>&a;</chunk></document>");
        assertThatThrownBy(() -> CameraFiles.read(xml)).isInstanceOf(GrottoException.class);
        Path json = Files.writeString(folder.resolve("sfm.json"), "{\"sfm_data_version\":\"0.3\",\"views\":[");
        assertThatThrownBy(() -> CameraFiles.read(json)).isInstanceOf(GrottoException.class);
    }
}
