package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Pose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any rigid 4x4 matrix is the move it says; one number out of place and it is refused. */
class RigidMatrixTest {
    @TempDir
    Path dir;

    private Pose pose(double... m) throws IOException {
        String text = Arrays.stream(m)
                .mapToObj(v -> String.format(Locale.ROOT, "%.9f", v))
                .collect(Collectors.joining(" "));
        Path f = Files.writeString(dir.resolve("p.yaml"), "a: 1\npose: " + text + "\n");
        return RigidMatrix.pose(Objects.requireNonNull(Yaml.read(f).map().get("pose")));
    }

    /** A random turn by Rodrigues' formula, then a move. */
    private static double[] matrix(Random r) {
        double[] a = {r.nextGaussian(), r.nextGaussian(), r.nextGaussian()};
        double l = Math.sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]);
        double t = 2 * Math.PI * r.nextDouble();
        double c = Math.cos(t);
        double s = Math.sin(t);
        double x = a[0] / l;
        double y = a[1] / l;
        double z = a[2] / l;
        double d = 1 - c;
        return new double[] {
            c + x * x * d,
            x * y * d - z * s,
            x * z * d + y * s,
            10 * r.nextGaussian(),
            y * x * d + z * s,
            c + y * y * d,
            y * z * d - x * s,
            10 * r.nextGaussian(),
            z * x * d - y * s,
            z * y * d + x * s,
            c + z * z * d,
            10 * r.nextGaussian(),
            0,
            0,
            0,
            1
        };
    }

    @Test
    void anyTurnAndMoveIsTaken() throws IOException {
        Random r = new Random(9);
        for (int i = 0; i < 300; i++) {
            double[] m = matrix(r);
            Pose p = pose(m);
            double[] q = p.matrix();
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 3; column++) {
                    assertThat(q[3 * row + column]).isCloseTo(m[4 * row + column], within(1e-6));
                }
            }
            assertThat(new double[] {p.tx(), p.ty(), p.tz()})
                    .containsExactly(new double[] {m[3], m[7], m[11]}, within(1e-8));
        }
    }

    @Test
    void oneNumberOutOfPlaceIsRefused() throws IOException {
        Random r = new Random(10);
        for (int k = 0; k < 16; k++) {
            if (k % 4 == 3 && k < 12) {
                continue; // the move may be any
            }
            for (double by : new double[] {0.01, -0.01}) {
                double[] m = matrix(r);
                pose(m);
                m[k] += by;
                String word = k < 12 ? "scales or shears" : "0 0 0 1";
                assertThatThrownBy(() -> pose(m))
                        .as("number %d", k)
                        .isInstanceOf(GrottoException.class)
                        .hasMessageContaining(word)
                        .hasMessageContaining("line 2");
            }
        }
        // what CloudCompare's six digits round away is no fault
        double[] m = matrix(r);
        m[0] += 2e-6;
        m[12] += 2e-6;
        pose(m);
    }

    @Test
    void mirrorsAreRefused() {
        Random r = new Random(11);
        for (int axis = 0; axis < 3; axis++) {
            for (int round = 0; round < 5; round++) {
                double[] m = matrix(r);
                for (int row = 0; row < 3; row++) {
                    m[4 * row + axis] *= -1;
                }
                assertThatThrownBy(() -> pose(m)).hasMessageContaining("mirrors");
            }
        }
    }

    @Test
    void fewerNumbersOrNoneAreRefused() {
        assertThatThrownBy(() -> pose(1, 0, 0, 0)).hasMessageContaining("found 4 numbers");
        double[] m = matrix(new Random(1));
        m[3] = Double.NaN;
        assertThatThrownBy(() -> pose(m)).hasMessageContaining("NaN");
    }
}
