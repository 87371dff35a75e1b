package org.grotto.report;

import java.nio.file.Path;
import org.grotto.base.Work;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.Mesh;
import org.grotto.image.Camera;
import org.grotto.image.ColourMap;
import org.grotto.image.Light;
import org.grotto.image.Raster;
import org.grotto.image.VertexColours;
import org.grotto.scene.CaveInfo.View;

/** The report's pictures, drawn from the final mesh. */
final class Pictures {
    static final int WIDTH = 1200;
    static final int HEIGHT = 760;

    private static final int PAPER = 0xFFFFFF;
    private static final int DARK = 0x17150F;
    /** Points that vertices take their spacing from, at most. */
    private static final int SEEDS = 1_000_000;

    private Pictures() {}

    /** Writes inside.png, dollhouse.png, spacing.png and coverage.png; nothing of a mesh without triangles. */
    static boolean write(ReportInput in, double spacingHighMm, Path folder, Work work) {
        Mesh mesh = in.mesh();
        if (mesh.triangleCount() == 0) {
            return false;
        }
        int[] own = VertexColours.own(mesh, work);
        Camera outside = null;
        for (View v : in.info().views()) {
            if (v.name().equals("inside")) {
                draw(mesh, camera(v), own, Light.RELIEF, DARK, folder.resolve("inside.png"), work);
            } else if (v.name().equals("dollhouse")) {
                outside = fitting(camera(v), mesh.bounds());
            }
        }
        if (outside == null) {
            throw new IllegalArgumentException("a package without the views inside and dollhouse");
        }
        draw(mesh, outside, own, Light.RELIEF, PAPER, folder.resolve("dollhouse.png"), work);
        float[] spacing = spacing(in.cloud(), in.spacing(), mesh, work);
        int[] map = VertexColours.scalar(spacing, ColourMap.STRAW_TO_INDIGO, 0, spacingHighMm / 1000, work);
        draw(mesh, outside, map, Light.MAP, PAPER, folder.resolve("spacing.png"), work);
        int[] evidence = VertexColours.evidence(mesh, work);
        draw(mesh, outside, evidence, Light.MAP, PAPER, folder.resolve("coverage.png"), work);
        return true;
    }

    /** The same eye, as near a picture as the box allows. */
    private static Camera fitting(Camera c, Box b) {
        double half = 0;
        for (int i = 0; i < 8; i++) {
            double x = ((i & 1) == 0 ? b.minX() : b.maxX()) - c.eye()[0];
            double y = ((i & 2) == 0 ? b.minY() : b.maxY()) - c.eye()[1];
            double z = ((i & 4) == 0 ? b.minZ() : b.maxZ()) - c.eye()[2];
            double depth = x * c.forward()[0] + y * c.forward()[1] + z * c.forward()[2];
            if (depth < c.near()) {
                return c; // the eye stands in the box
            }
            double across = Math.abs(x * c.right()[0] + y * c.right()[1] + z * c.right()[2]) / depth;
            double along = Math.abs(x * c.up()[0] + y * c.up()[1] + z * c.up()[2]) / depth;
            half = Math.max(half, Math.max(along, across * HEIGHT / WIDTH));
        }
        return half > 0
                ? new Camera(c.eye(), c.right(), c.up(), c.forward(), c.perspective(), 1.04 * half, c.near())
                : c;
    }

    private static Camera camera(View v) {
        double d = 0;
        for (int k = 0; k < 3; k++) {
            d += (v.eye()[k] - v.target()[k]) * (v.eye()[k] - v.target()[k]);
        }
        return Camera.perspective(v.eye(), v.target(), v.fovDegrees(), Math.max(0.02, 1e-3 * Math.sqrt(d)));
    }

    private static void draw(Mesh m, Camera c, int[] colours, Light light, int paper, Path file, Work work) {
        Raster.draw(m, c, WIDTH, HEIGHT, colours, light, paper, work).png(file);
    }

    /** The spacing at every vertex: of the nearest of every k-th point; NaN where the surface is inferred. */
    private static float[] spacing(Cloud cloud, float[] spacing, Mesh mesh, Work work) {
        int n = mesh.vertexCount();
        float[] out = new float[n];
        if (cloud.size == 0) {
            java.util.Arrays.fill(out, Float.NaN);
            return out;
        }
        int k = (cloud.size + SEEDS - 1) / SEEDS;
        int[] subset = new int[(cloud.size + k - 1) / k];
        for (int i = 0; i < subset.length; i++) {
            subset[i] = i * k;
        }
        KdTree tree = KdTree.of(cloud, subset, work);
        byte[] evidence = mesh.evidence;
        work.blocks(n, 1 << 13, (from, to) -> {
            KdTree.Query q = tree.query();
            for (int v = from; v < to; v++) {
                if (evidence != null && evidence[v] == Mesh.INFERRED) {
                    out[v] = Float.NaN;
                    continue;
                }
                q.nearest(
                        mesh.originX + mesh.xyz[3 * v],
                        mesh.originY + mesh.xyz[3 * v + 1],
                        mesh.originZ + mesh.xyz[3 * v + 2],
                        1);
                out[v] = spacing[q.index[0]];
            }
        });
        return out;
    }
}
