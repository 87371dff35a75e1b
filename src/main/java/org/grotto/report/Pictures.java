package org.grotto.report;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import org.grotto.base.Work;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.Mesh;
import org.grotto.image.Camera;
import org.grotto.image.ColourMap;
import org.grotto.image.Light;
import org.grotto.image.Raster;
import org.grotto.image.VertexColours;
import org.grotto.scene.CaveInfo.View;
import org.grotto.scene.Layer;
import org.grotto.scene.Palette;
import org.grotto.scene.Room;
import org.grotto.store.Engine;
import org.grotto.store.Sample;
import org.grotto.store.Store;

/** The report's pictures, drawn from the final mesh. */
final class Pictures {
    static final int WIDTH = 1200;
    static final int HEIGHT = 760;
    /** Width of the doll's house, which is as high as it is wide. */
    static final int HOUSE = 900;

    private static final int PAPER = 0xFFFFFF;
    /** Where nothing was seen. */
    private static final int UNSEEN = 0x37302A;
    /** Points that vertices take their spacing from, at most. */
    private static final int SEEDS = 1_000_000;

    private Pictures() {}

    /**
     * Writes inside.png, dollhouse.png, spacing.png, and a picture of each layer; nothing of a mesh without triangles.
     *
     * @param range what the colours of spacing.png run over, metres or their decimal logarithm
     */
    static boolean write(ReportInput in, Histogram range, Path folder, Engine engine) {
        Work work = engine.work();
        Mesh mesh = in.mesh();
        if (mesh.triangleCount() == 0) {
            return false;
        }
        boolean backs = !in.subject().kind().encloses(); // only a room is seen through its walls from behind
        View first = in.info().views().getFirst();
        int[] own = VertexColours.own(mesh, work);
        int ground = backs ? PAPER : UNSEEN;
        draw(mesh, camera(first), WIDTH, own, Light.RELIEF, ground, backs, folder, "inside", work);
        View outside = in.info().views().stream()
                .filter(v -> v != first && v.kind().equals("dollhouse"))
                .findFirst()
                .orElse(first);
        Box b = mesh.bounds();
        Mesh house = mesh;
        Room room = in.info().room();
        if (room != null) {
            Box keep = room.keep(towards(outside), 1);
            house = cut(mesh, room, keep);
        }
        Camera c = fitting(camera(outside), house.triangleCount() > 0 ? used(house) : b);
        house = house.triangleCount() > 0 ? house : mesh;
        draw(house, c, HOUSE, VertexColours.own(house, work), Light.RELIEF, PAPER, backs, folder, "dollhouse", work);
        float[] spacing = spacing(in.points(), house, engine);
        for (int i = 0; range.ratios() && i < spacing.length; i++) {
            spacing[i] = (float) StrictMath.log10(1000 * spacing[i]);
        }
        int[] map = VertexColours.scalar(spacing, ColourMap.STRAW_TO_INDIGO, range.low(), range.high(), work);
        draw(house, c, HOUSE, map, Light.MAP, PAPER, backs, folder, "spacing", work);
        for (Layer layer : in.info().vertexLayers()) {
            int[] colours = colours(house, new Palette(layer), work);
            if (colours.length > 0) {
                draw(house, c, HOUSE, colours, Light.MAP, PAPER, backs, folder, name(layer), work);
            }
        }
        return true;
    }

    /** The picture of a layer, without its ending. */
    static String name(Layer layer) {
        return "layer-" + layer.id().replaceAll("[^a-z0-9-]", "_");
    }

    /** What a layer paints each vertex; nothing where the mesh lacks its column. */
    private static int[] colours(Mesh mesh, Palette palette, Work work) {
        int column = mesh.columns.indexOf(palette.layer().column());
        if (column < 0) {
            return new int[0];
        }
        int[] own = VertexColours.own(mesh, work);
        int[] out = new int[mesh.vertexCount()];
        work.blocks(out.length, 1 << 16, (from, to) -> {
            for (int v = from; v < to; v++) {
                int step = palette.step(mesh.columns.value(column, v, 0));
                out[v] = palette.own(step) ? own[v] : palette.colour(step);
            }
        });
        return out;
    }

    private static double[] towards(View v) {
        double[] d = new double[3];
        double l = 0;
        for (int k = 0; k < 3; k++) {
            d[k] = v.eye()[k] - v.target()[k];
            l += d[k] * d[k];
        }
        for (int k = 0; k < 3; k++) {
            d[k] /= Math.sqrt(l);
        }
        return d;
    }

    /** The triangles whose first corner is kept; vertices stay as they are. */
    private static Mesh cut(Mesh m, Room room, Box keep) {
        double[] turn = room.turn();
        int[] kept = new int[m.triangles.length];
        int n = 0;
        for (int t = 0; t < m.triangles.length; t += 3) {
            int v = 3 * m.triangles[t];
            double x = m.originX + m.xyz[v];
            double y = m.originY + m.xyz[v + 1];
            if (keep.contains(turn[0] * x + turn[1] * y, turn[0] * y - turn[1] * x, m.originZ + m.xyz[v + 2])) {
                kept[n++] = m.triangles[t];
                kept[n++] = m.triangles[t + 1];
                kept[n++] = m.triangles[t + 2];
            }
        }
        return new Mesh(m.originX, m.originY, m.originZ, m.xyz, m.columns, java.util.Arrays.copyOf(kept, n));
    }

    /** The box of the vertices that triangles use. */
    private static Box used(Mesh m) {
        Box b = Box.EMPTY;
        for (int v : m.triangles) {
            b = b.with(m.originX + m.xyz[3 * v], m.originY + m.xyz[3 * v + 1], m.originZ + m.xyz[3 * v + 2]);
        }
        return b;
    }

    /** The same eye and picture of {@link #HOUSE}, as near as the box allows, its middle in the picture's. */
    private static Camera fitting(Camera c, Box b) {
        double[] min = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] max = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int i = 0; i < 8; i++) {
            double[] p = {
                (i & 1) == 0 ? b.minX() : b.maxX(),
                (i & 2) == 0 ? b.minY() : b.maxY(),
                (i & 4) == 0 ? b.minZ() : b.maxZ()
            };
            double[] at = place(c, p);
            if (at[2] < c.near()) {
                return c; // the eye stands in the box
            }
            for (int k = 0; k < 2; k++) {
                min[k] = Math.min(min[k], at[k]);
                max[k] = Math.max(max[k], at[k]);
            }
        }
        // aim at the middle of what is seen; the half height grows a little with the turn
        double[] forward = new double[3];
        double[] aim = {(min[0] + max[0]) / 2, (min[1] + max[1]) / 2};
        double[] target = new double[3];
        for (int k = 0; k < 3; k++) {
            forward[k] = c.forward()[k] + aim[0] * c.right()[k] + aim[1] * c.up()[k];
            target[k] = c.eye()[k] + forward[k];
        }
        Camera turned = Camera.perspective(c.eye(), target, 40, c.near());
        double half = 0;
        for (int i = 0; i < 8; i++) {
            double[] at = place(turned, new double[] {
                (i & 1) == 0 ? b.minX() : b.maxX(),
                (i & 2) == 0 ? b.minY() : b.maxY(),
                (i & 4) == 0 ? b.minZ() : b.maxZ()
            });
            half = Math.max(half, Math.max(Math.abs(at[1]), Math.abs(at[0]) * HEIGHT / HOUSE));
        }
        return half > 0
                ? new Camera(turned.eye(), turned.right(), turned.up(), turned.forward(), true, 1.04 * half, c.near())
                : c;
    }

    /** Where a point is seen, right and up at depth 1, and its depth. */
    private static double[] place(Camera c, double[] p) {
        double[] d = {p[0] - c.eye()[0], p[1] - c.eye()[1], p[2] - c.eye()[2]};
        double depth = d[0] * c.forward()[0] + d[1] * c.forward()[1] + d[2] * c.forward()[2];
        return new double[] {
            (d[0] * c.right()[0] + d[1] * c.right()[1] + d[2] * c.right()[2]) / depth,
            (d[0] * c.up()[0] + d[1] * c.up()[1] + d[2] * c.up()[2]) / depth,
            depth
        };
    }

    private static Camera camera(View v) {
        double d = 0;
        for (int k = 0; k < 3; k++) {
            d += (v.eye()[k] - v.target()[k]) * (v.eye()[k] - v.target()[k]);
        }
        return Camera.perspective(v.eye(), v.target(), v.fovDegrees(), 1e-3 * Math.sqrt(d));
    }

    private static void draw(
            Mesh m,
            Camera c,
            int width,
            int[] colours,
            Light light,
            int paper,
            boolean backs,
            Path folder,
            String name,
            Work work) {
        Raster.draw(m, c, width, HEIGHT, colours, light, paper, backs, work).png(folder.resolve(name + ".png"));
    }

    /** The spacing at every vertex: of the nearest of every k-th point; NaN where the surface is inferred. */
    private static float[] spacing(Store points, Mesh mesh, Engine engine) {
        int n = mesh.vertexCount();
        float[] out = new float[n];
        if (points.size() == 0) {
            Arrays.fill(out, Float.NaN);
            return out;
        }
        Work work = engine.work();
        long stride = (points.size() + SEEDS - 1) / SEEDS;
        Cloud seeds = Sample.every(points, stride, Set.of(Columns.SPACING.name()), engine);
        float[] spacing = Objects.requireNonNull(seeds.columns.floats(Columns.SPACING.name()));
        KdTree tree = KdTree.of(seeds);
        byte[] evidence = mesh.evidence();
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
