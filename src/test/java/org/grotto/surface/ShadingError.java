package org.grotto.surface;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.grotto.geometry.Mesh;
import org.grotto.pipeline.InputOptions;
import org.grotto.pipeline.Inputs;
import org.grotto.simulate.Truth;
import org.grotto.simulate.TruthFile;

/**
 * How far the vertex normals of meshes of a virtual cave are off, in degrees, where edges are fine and where they are
 * coarse, on smooth stone and on rough: {@code ShadingError TRUTH.json MESH.ply...}.
 */
final class ShadingError {
    private ShadingError() {}

    public static void main(String[] a) {
        Truth truth = new Truth(TruthFile.read(Path.of(a[0])).cave());
        for (int i = 1; i < a.length; i++) {
            Mesh m = Inputs.mesh(Path.of(a[i]), InputOptions.DEFAULTS);
            float[] n = Objects.requireNonNull(m.normals());
            double[] edge = new double[m.vertexCount()];
            for (int k = 0; k < m.triangles.length; k++) {
                int v = m.triangles[k];
                int w = m.triangles[k % 3 == 2 ? k - 2 : k + 1];
                edge[v] = Math.hypot(
                        Math.hypot(m.xyz[3 * v] - m.xyz[3 * w], m.xyz[3 * v + 1] - m.xyz[3 * w + 1]),
                        m.xyz[3 * v + 2] - m.xyz[3 * w + 2]);
            }
            int step = Math.max(1, m.vertexCount() / 60_000);
            double[][] off = new double[4][m.vertexCount() / step + 1];
            int[] size = new int[4];
            Truth.Scratch s = new Truth.Scratch();
            double[] at = new double[3];
            double[] normal = new double[3];
            for (int v = 0; v < m.vertexCount(); v += step) {
                double x = m.originX + m.xyz[3 * v];
                double y = m.originY + m.xyz[3 * v + 1];
                double z = m.originZ + m.xyz[3 * v + 2];
                if (Math.abs(truth.nearest(x, y, z, at, s)) > 0.005) {
                    continue;
                }
                truth.normal(at[0], at[1], at[2], normal);
                double dot = n[3 * v] * normal[0] + n[3 * v + 1] * normal[1] + n[3 * v + 2] * normal[2];
                double rough = truth.curvatureRadius(at[0], at[1], at[2], s) < 0.02 ? 1 : 0;
                int kind = (edge[v] < 0.004 ? 0 : 2) + (int) rough;
                off[kind][size[kind]++] = Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, dot))));
            }
            System.out.println(a[i] + ": " + m.triangleCount() + " triangles");
            String[] names = {"fine smooth", "fine rough", "coarse smooth", "coarse rough"};
            for (int k = 0; k < 4; k++) {
                double[] o = Arrays.copyOf(off[k], size[k]);
                Arrays.sort(o);
                if (o.length > 0) {
                    double rms = Math.sqrt(Arrays.stream(o).map(d -> d * d).sum() / o.length);
                    System.out.printf(
                            "  %-14s %6d: median %.2f rms %.2f 95 %% %.2f degrees%n",
                            names[k], o.length, o[o.length / 2], rms, o[(int) (0.95 * o.length)]);
                }
            }
        }
    }
}
