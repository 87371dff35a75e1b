package org.grotto.format.cameras;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.grotto.base.GrottoException;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes at all as each kind of camera set. {@code JAZZER_FUZZ=1} searches for a minute; otherwise the seeds are run. */
class CamerasFuzzTest {
    private static final String[] NAMES = {
        "images.txt",
        "images.bin",
        "cameras.txt",
        "cameras.bin",
        "cameras.xml",
        "sfm_data.json",
        "cameras.sfm",
        "bundle.out",
        "a.nvm",
        "reconstruction.json"
    };

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "\0" + "1 1 0 0 0 0 0 0 1 a.jpg\n\n",
                        "\1\1\0\0\0\0\0\0\0" + "\0".repeat(90),
                        "\2" + "1 OPENCV 10 10 5 5 5 5 0 0 0 0\n",
                        "\3\1\0\0\0\0\0\0\0\1\0\0\0\4\0\0\0" + "\0".repeat(80),
                        "\4<document><chunk><sensors><sensor id=\"0\"><resolution width=\"9\" height=\"9\"/><calibration><f>"
                                + "9</f></calibration></sensor></sensors><cameras><camera sensor_id=\"0\" label=\"a\">"
                                + "<transform>1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1</transform></camera></cameras></chunk></document>",
                        "\5{\"sfm_data_version\":\"0.3\",\"views\":[{\"value\":{}}],\"extrinsics\":[{\"value\":{}}]}",
                        "\6{\"version\":[\"1\",\"2\",\"6\"],\"views\":[{}],\"intrinsics\":[{\"width\":\"4\",\"height\":\"4\"}]}",
                        "\7# Bundle file v0.3\n1 0\n1 0 0\n1 0 0\n0 1 0\n0 0 1\n0 0 0\n",
                        "\10NVM_V3\n1\na.jpg 9 1 0 0 0 1 2 3 -0.1 0\n1\n0 0 0 1 1 1 0\n0\n",
                        "\11[{\"cameras\":{\"a\":{\"projection_type\":\"brown\",\"width\":9,\"height\":9,\"focal_x\":1,\"focal_y\":1,"
                                + "\"k1\":0.1}},\"shots\":{\"a.jpg\":{\"camera\":\"a\",\"rotation\":[1,2,3],\"translation\":[1,2,3]}}}]")
                .map(s -> s.getBytes(StandardCharsets.ISO_8859_1));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void anyBytesAreReadOrRefused(byte[] data) throws IOException {
        if (data.length < 2) {
            return;
        }
        Path dir = Files.createTempDirectory("fuzz");
        String name = NAMES[(data[0] & 255) % NAMES.length];
        Files.writeString(dir.resolve("cameras.txt"), "1 PINHOLE 10 10 5 5 5 5\n");
        Files.writeString(dir.resolve("images.txt"), "");
        Files.write(dir.resolve(name), java.util.Arrays.copyOfRange(data, 1, data.length));
        if (name.endsWith(".bin")) {
            byte[] none = new byte[8];
            Files.write(dir.resolve(name.equals("images.bin") ? "cameras.bin" : "images.bin"), none);
        }
        Path file = dir.resolve(name);
        try {
            if (CameraFiles.is(file)) {
                for (CameraSet.Shot s : CameraFiles.read(file).shots()) {
                    Optics o = s.optics();
                    if (o != null) {
                        o.lens(10, 10).usable();
                    }
                }
            }
        } catch (GrottoException e) {
            // refused in words
        } finally {
            try (Stream<Path> all = Files.list(dir)) {
                for (Path p : all.toList()) {
                    Files.delete(p);
                }
            }
            Files.delete(dir);
        }
    }
}
