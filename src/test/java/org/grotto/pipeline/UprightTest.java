package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.base.Work;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Material;
import org.grotto.geometry.Mesh;
import org.grotto.scene.Subject;
import org.grotto.subject.SubjectOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The faces of an object look outwards, however they were written; those of a sheet and of a room stay. */
class UprightTest {
    private static final int N = 60;

    /** An egg 0.5 m high, or the upper half of it, whose triangles look inwards or outwards; so may its normals. */
    private static Mesh egg(boolean half, boolean inwards, boolean normalsInwards) {
        float[] xyz = new float[3 * N * (N + 1)];
        float[] normals = new float[xyz.length];
        int[] t = new int[6 * N * N];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j <= N; j++) {
                double a = 2 * Math.PI * i / N;
                double e = half ? Math.PI / 2 * j / N : Math.PI * ((double) j / N - 0.5);
                int v = 3 * (i * (N + 1) + j);
                double[] n = {Math.cos(e) * Math.cos(a), Math.cos(e) * Math.sin(a), Math.sin(e)};
                for (int k = 0; k < 3; k++) {
                    xyz[v + k] = (float) ((k == 2 ? 0.25 : 0.15) * n[k]);
                    normals[v + k] = (float) (normalsInwards ? -n[k] : n[k]);
                }
            }
        }
        for (int i = 0; i < N * N; i++) {
            int a = i / N * (N + 1) + i % N;
            int b = (i / N + 1) % N * (N + 1) + i % N;
            int[] two = {a, b, b + 1, a, b + 1, a + 1};
            for (int k = 0; k < 6; k++) {
                t[6 * i + k] = two[inwards ? 5 - k : k];
            }
        }
        Mesh m = new Mesh(0, 0, 0, xyz, normals, null, null, t);
        // a corner's place in the picture tells which vertex it belongs to
        float[] uv = new float[2 * t.length];
        for (int i = 0; i < t.length; i++) {
            uv[2 * i] = t[i];
        }
        return m.with(new Charts(uv, new char[t.length / 3], List.of(Material.plain())));
    }

    @ParameterizedTest
    @CsvSource({
        "false, true, true, true",
        "false, true, false, true",
        "false, false, false, false",
        "true, true, true, false"
    })
    void onlyAClosedObjectWhoseFacesLookInIsTurnedOutwards(
            boolean half, boolean inwards, boolean normalsInwards, boolean turned) {
        Mesh m = egg(half, inwards, normalsInwards);
        SubjectOptions o = SubjectOptions.DEFAULTS;
        Upright u;
        try (Work work = Work.silent()) {
            u = Upright.of(m, Frame.said(new InputOptions("m", "z")), new Guess("egg.ply", false, false), o, work);
        }
        assertThat(u.told().contains(Texts.of("build.turned-out", "file", "egg.ply")))
                .isEqualTo(turned);
        if (half) {
            assertThat(u.mesh().triangles).isEqualTo(m.triangles);
            return;
        }
        assertThat(u.subject().kind()).isEqualTo(Subject.Kind.OBJECT);
        Mesh out = u.mesh();
        for (int t = 0; t < out.triangles.length; t += 3) {
            double facing = 0;
            for (int k = 0; k < 3; k++) {
                int a = 3 * out.triangles[t];
                int b = 3 * out.triangles[t + 1];
                int c = 3 * out.triangles[t + 2];
                int p = (k + 1) % 3;
                int q = (k + 2) % 3;
                facing += out.xyz[a + k]
                        * ((out.xyz[b + p] - out.xyz[a + p]) * (double) (out.xyz[c + q] - out.xyz[a + q])
                                - (out.xyz[b + q] - out.xyz[a + q]) * (double) (out.xyz[c + p] - out.xyz[a + p]));
                assertThat(out.charts.uv()[2 * (t + k)]).isEqualTo(out.triangles[t + k]);
            }
            assertThat(facing).isGreaterThanOrEqualTo(-1e-9);
        }
        for (int i = 0; i < out.xyz.length; i++) {
            assertThat((double) out.normals()[i] * out.xyz[i]).isGreaterThanOrEqualTo(0);
        }
    }

    /** What is told of an egg of these sides, metres, of which nobody says which way is up, or somebody does. */
    private static List<String> told(double x, double y, double z, boolean said) {
        Mesh m = egg(false, false, false);
        float[] xyz = m.xyz.clone();
        double[] by = {x / 0.3, y / 0.3, z / 0.5};
        for (int i = 0; i < xyz.length; i++) {
            xyz[i] *= (float) by[i % 3];
        }
        Mesh egg = new Mesh(0, 0, 0, xyz, m.columns, m.triangles);
        Frame frame = Frame.said(new InputOptions("m", "z"));
        try (Work work = Work.silent()) {
            return Upright.of(egg, frame, new Guess("egg.obj", false, !said), SubjectOptions.DEFAULTS, work)
                    .told()
                    .stream()
                    .map(Text::en)
                    .toList();
        }
    }

    @Test
    void whereNeitherFileNorShapeSaysWhichWayIsUpThatIsTold() {
        assertThat(told(0.3, 0.26, 0.3, false))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("taken with z up", "--up y");
        assertThat(told(0.3, 0.26, 0.3, true)).isEmpty();
        assertThat(told(0.2, 0.2, 0.5, false)).as("it stands").isEmpty();
        assertThat(told(0.2, 0.5, 0.2, false))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("longest side lies along y");
    }
}
