package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.ColumnType.Kind;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;

/** Where a triangle is cut, its columns go on by their own rules. */
class CutColumnsTest {
    private static final ColumnType DEPTH = ColumnType.number("depth", Kind.FLOAT32, "m", "test");
    private static final ColumnType LEVEL =
            ColumnType.number("level", Kind.UINT16, "1", "test").withNone(65535);
    private static final ColumnType KIND = ColumnType.choice("kind", Kind.UINT8, "test");
    private static final ColumnType AXIS = new ColumnType(
            "axis",
            Kind.FLOAT32,
            3,
            "1",
            -1,
            1,
            0,
            Double.NaN,
            ColumnType.Between.DIRECTION,
            ColumnType.Weld.SUM,
            "test");

    /** One triangle; its third vertex lies beyond the limit 1, at 4 and, cut from there, 3/4 of both edges go. */
    private static Mesh cut() {
        float[] xyz = {0, 0, 0, 4, 0, 0, 0, 4, 0};
        Columns columns = Columns.NONE
                .with(Columns.EVIDENCE, new byte[] {1, 2, 3})
                .with(DEPTH, new float[] {10, 20, 30})
                .with(LEVEL, new char[] {100, 65535, 200})
                .with(KIND, new byte[] {5, 6, (byte) 200})
                .with(AXIS, new float[] {1, 0, 0, 1, 0, 0, 0, 1, 0});
        Mesh mesh = new Mesh(0, 0, 0, xyz, columns, new int[] {0, 1, 2});
        return TrimCut.below(mesh, new float[] {0, 0, 4}, 1, new byte[] {11, 12, 13});
    }

    @Test
    void everyColumnIsCutByItsOwnRule() {
        Mesh m = cut();
        assertThat(m.vertexCount()).isEqualTo(4);
        assertThat(m.xyz).containsExactly(0, 0, 0, 4, 0, 0, 0, 1, 0, 3, 1, 0);
        assertThat(m.columns.floats("depth")).containsExactly(10, 20, 15, 22.5f);
        assertThat(m.columns.chars("level"))
                .as("between 100 and 200; beside one that knows nothing, as the nearer")
                .containsExactly((char) 100, (char) 65535, (char) 125, (char) 65535);
        assertThat(m.columns.bytes("kind")).containsExactly(5, 6, 5, 6);
        float[] axis = Objects.requireNonNull(m.columns.floats("axis"));
        float s = (float) (1 / Math.sqrt(10));
        assertThat(axis[6]).isEqualTo(3 * s, org.assertj.core.data.Offset.offset(1e-6f));
        assertThat(axis[7]).isEqualTo(s, org.assertj.core.data.Offset.offset(1e-6f));
    }

    @Test
    void evidenceIsTheOneGivenAndInferredOnTheCut() {
        assertThat(cut().evidence()).containsExactly(11, 12, Mesh.INFERRED, Mesh.INFERRED);
        assertThat(cut().normals()).isNull();
    }
}
