package org.grotto.report;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
import org.grotto.image.Picture;
import org.grotto.image.Raster;
import org.grotto.image.VertexColours;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.CaveInfo.View;
import org.grotto.scene.Layer;
import org.grotto.scene.Palette;
import org.grotto.scene.Room;
import org.grotto.scene.Subject;
import org.grotto.store.Engine;
import org.grotto.store.Sample;
import org.grotto.store.Store;

/** The report's pictures, drawn from the final mesh. */
final class Pictures {
    static final int WIDTH = 1200;
    static final int HEIGHT = 760;
    /** Width of the doll's house. */
    static final int HOUSE = 900;

    private static final int PAPER = 0xFFFFFF;
    /** Where nothing was seen. */
    private static final int UNSEEN = 0x37302A;
    /** Points that vertices take their spacing from, at most. */
    private static final int SEEDS = 1_000_000;

    private final Mesh house;
    private final Projection from;
    private final boolean backs;
    private final Path folder;
    private final Work work;

    private Pictures(CaveInfo info, Subject.Kind kind, Mesh mesh, Path folder, Work work) {
        this.backs = !kind.encloses(); // only a room is seen through its walls from behind
        this.folder = folder;
        this.work = work;
        List<View> views = info.views();
        View outside = views.stream()
                .filter(v -> v != views.getFirst() && v.kind().equals("dollhouse"))
                .findFirst()
                .orElse(views.getFirst());
        double[] towards = towards(outside);
        Room room = info.room();
        Mesh cut = room == null ? mesh : cut(mesh, room, room.keep(towards, 1));
        house = cut.triangleCount() > 0 ? cut : mesh;
        double[] into = {-towards[0], -towards[1], -towards[2]};
        double[][] axes = Projection.axes(into);
        double[] depth = Projection.range(house, into);
        double front = depth[0] - 0.01 * (depth[1] - depth[0]) - 1e-6;
        from = Projection.around(
                Projection.range(house, axes[0]), Projection.range(house, axes[1]), axes, front, HOUSE, 0.3, 0.85);
    }

    /** Draws inside.png and dollhouse.png; {@code mesh} has triangles. */
    static Pictures write(CaveInfo info, Subject.Kind kind, Mesh mesh, Path folder, Work work) {
        Pictures p = new Pictures(info, kind, mesh, folder, work);
        int[] own = VertexColours.own(mesh, info.exposed(), work);
        int ground = p.backs ? PAPER : UNSEEN;
        Raster.draw(mesh, camera(info.views().getFirst()), WIDTH, HEIGHT, own, Light.RELIEF, ground, p.backs, work)
                .png(folder.resolve("inside.png"));
        p.draw(VertexColours.own(p.house, info.exposed(), work), Light.RELIEF, "dollhouse.png");
        return p;
    }

    /**
     * Draws spacing.png and a picture of each layer.
     *
     * @param range what the colours of spacing.png run over, metres or their decimal logarithm
     */
    void maps(Store points, Histogram range, List<Layer> layers, Engine engine) {
        float[] spacing = spacing(points, house, engine);
        for (int i = 0; range.ratios() && i < spacing.length; i++) {
            spacing[i] = (float) StrictMath.log10(1000 * spacing[i]);
        }
        int[] map = VertexColours.scalar(spacing, ColourMap.STRAW_TO_INDIGO, range.low(), range.high(), work);
        draw(map, Light.MAP, "spacing.png");
        for (Layer layer : layers) {
            int[] colours = colours(house, new Palette(layer), work);
            Picture p = picture(colours, Light.MAP);
            if (Pattern.marks(layer)) {
                Pattern.draw(p, house, from.camera(), layer, backs, work);
            }
            p.png(folder.resolve(name(layer) + ".png"));
        }
    }

    /** The doll's house, of which all maps are drawn, as a sheet of the picture {@code file}. */
    Sheets.Sheet house(String file) {
        return new Sheets.Sheet(file, "", from, new double[0]);
    }

    private Picture picture(int[] colours, Light light) {
        return Raster.draw(house, from.camera(), from.wide(), from.high(), colours, light, PAPER, backs, work);
    }

    private void draw(int[] colours, Light light, String file) {
        picture(colours, light).png(folder.resolve(file));
    }

    /** The picture of a layer, without its ending. */
    static String name(Layer layer) {
        return "layer-" + layer.id().replaceAll("[^a-z0-9-]", "_");
    }

    /** What a layer paints each vertex; the mesh has its column. */
    private static int[] colours(Mesh mesh, Palette palette, Work work) {
        int column = mesh.columns.indexOf(palette.layer().column());
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

    private static Camera camera(View v) {
        double d = 0;
        for (int k = 0; k < 3; k++) {
            d += (v.eye()[k] - v.target()[k]) * (v.eye()[k] - v.target()[k]);
        }
        return Camera.perspective(v.eye(), v.target(), v.fovDegrees(), 1e-3 * Math.sqrt(d));
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
