package org.grotto.format.ptx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.format.Points;
import org.grotto.geometry.Pose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PtxTest {
    @TempDir
    Path dir;

    private static final String HEADER = "2\n2\n1 2 3\n1 0 0\n0 1 0\n0 0 1\n0 1 0 0\n-1 0 0 0\n0 0 1 0\n1 2 3 1\n";

    @Test
    void rowsOfTheMatrixAreTheAxesOfTheScan() throws Exception {
        Path f = Files.writeString(dir.resolve("a.ptx"), HEADER + "1 0 0 0.5\n0 0 0 0.5\n0 1 0 0.25\n0 0 1 1\n");
        PtxReader r = PtxReader.open(f);
        Pose pose = r.scans().getFirst().pose();
        assertThat(pose).isNotNull();
        double[] m = pose.matrix(); // (1,0,0) times the matrix is (0,1,0) + (1,2,3)
        assertThat(new double[] {m[0] + pose.tx(), m[3] + pose.ty(), m[6] + pose.tz()})
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(1, 3, 3);
        List<double[]> p = Points.all(r, 0);
        assertThat(p.get(1)[6]).as("a ray without return").isEqualTo(2);
        assertThat(p.get(2)).containsExactly(0, 1, 0, 0.25, 0, 1, 0);
    }

    @Test
    void tooFewPointsAreTold() throws Exception {
        Path f = Files.writeString(dir.resolve("a.ptx"), HEADER + "1 0 0 0.5000000000\n0 1 0 0.25000000000000\n");
        assertThatThrownBy(() -> PtxReader.open(f))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("declares 4 points, found 2");
    }

    @Test
    void severalScansAndAMatrixThatIsNotRigid() {
        PtxReader r = PtxReader.open(Need.data("pdal-bsd/ptx/multiple-and-transform.ptx"));
        assertThat(r.scans()).hasSizeGreaterThan(1);
        assertThat(r.scans().getFirst().pose()).isNull();
        double[] p = Points.all(r, 0).getFirst();
        assertThat(p[0]).isEqualTo(637012.24);
        assertThat(p[1]).isEqualTo(849028.31);
        assertThat(p[2]).isCloseTo(431.66, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(PtxReader.open(Need.data("pdal-bsd/ptx/complex-transform.ptx"))
                        .scans()
                        .getFirst()
                        .pose())
                .isNotNull();
    }
}
