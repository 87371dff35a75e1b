package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.grotto.base.Work;
import org.grotto.format.MeshReader;
import org.grotto.format.Reading;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vertex that no face uses, or a triangle far away, costs a mesh no precision. */
class FarVerticesTest {
    private static final int SIDE = 8;

    @TempDir
    Path dir;

    private static double[] at(int i) {
        return new double[] {
            500_000.12345 + 0.1 * (i % SIDE), 4_432_100.54321 + 0.1 * (i / SIDE), 1200.11111 + 0.001 * i * i
        };
    }

    /** A patch, with {@code before} as its first vertices; of these the last triangle uses three, where there are as many. */
    private Path write(String ending, double[][] before) throws IOException {
        boolean ply = ending.equals("ply");
        StringBuilder v = new StringBuilder();
        StringBuilder f = new StringBuilder();
        int k = before.length;
        int faces = 0;
        for (int i = -k; i < SIDE * SIDE; i++) {
            double[] p = i < 0 ? before[i + k] : at(i);
            v.append(ply ? "" : "v ").append(p[0] + " " + p[1] + " " + p[2] + "\n");
            if (i >= 0 && i % SIDE < SIDE - 1 && i / SIDE < SIDE - 1) {
                int a = k + i + (ply ? 0 : 1);
                f.append(ply ? "3 " : "f ").append(a + " " + (a + 1) + " " + (a + SIDE) + "\n");
                faces++;
            }
        }
        if (k == 3) {
            f.append(ply ? "3 0 1 2\n" : "f 1 2 3\n");
            faces++;
        }
        String head = "ply\nformat ascii 1.0\nelement vertex " + (k + SIDE * SIDE)
                + "\nproperty double x\nproperty double y\nproperty double z\nelement face " + faces
                + "\nproperty list uchar int vertex_indices\nend_header\n";
        return Files.writeString(dir.resolve(k + "." + ending), (ply ? head : "") + v + f);
    }

    @Test
    void whatIsFarAwayMovesNothing() throws IOException {
        double[][][] befores = {{}, {{0, 0, 0}}, {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}};
        for (String ending : new String[] {"obj", "ply"}) {
            for (double[][] before : befores) {
                try (MeshReader r = Inputs.meshFile(write(ending, before), Reading.of(Work.silent()))) {
                    Mesh m = r.read();
                    int far = before.length == 3 ? 3 : 0;
                    // the last vertex of the patch is a corner of no face
                    assertThat(m.vertexCount()).isEqualTo(SIDE * SIDE - 1 + far);
                    assertThat(r.notKept())
                            .containsExactly((before.length == 1 ? 2 : 1) + " vertices that no face uses");
                    for (int i = 0; i < SIDE * SIDE - 1; i++) {
                        double[] p = at(i);
                        int k = 3 * (far + i);
                        assertThat(m.originX + m.xyz[k]).isCloseTo(p[0], within(1e-5));
                        assertThat(m.originY + m.xyz[k + 1]).isCloseTo(p[1], within(1e-5));
                        assertThat(m.originZ + m.xyz[k + 2]).isCloseTo(p[2], within(1e-5));
                    }
                }
            }
        }
    }

    @Test
    void unitsAreAsLongAsTheyAre() {
        Object[][] units = {{"dm", 0.1}, {"us-ft", 0.30480060960121924}, {"ft", 0.3048}, {"in", 0.0254}};
        for (Object[] u : units) {
            assertThat(new InputOptions((String) u[0], "z").metres()).isCloseTo((double) u[1], within(1e-15));
        }
    }
}
