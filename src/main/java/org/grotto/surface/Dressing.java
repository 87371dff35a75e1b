package org.grotto.surface;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.ScanColumns;
import org.grotto.image.Srgb;
import org.grotto.store.Engine;
import org.grotto.store.MeshCraft;
import org.grotto.store.MeshRegion;
import org.grotto.store.MeshStore;
import org.grotto.store.Nearby;
import org.grotto.store.Store;
import org.jspecify.annotations.Nullable;

/** Gives the vertices of a trimmed mesh what the points next to them say: colours and {@link VertexSamples}. */
public final class Dressing {
    private static final String INTENSITY = Columns.INTENSITY.name();
    private static final int NEAREST = VertexSamples.NEAREST;
    private static final int BLOCK = 1 << 13;
    private static final String RGB = Columns.RGB16.name();
    private static final String GREY = ScanColumns.GREY.name();

    private Dressing() {}

    /**
     * The mesh with normals, colours (8-bit sRGB), its evidence, and those of the samples that the points have something
     * for. Normals are computed where it has none.
     *
     * @param points with normals and the column spacing
     * @param eyes where each station stood, null where unknown
     * @param gain what intensities are multiplied by where they stand for colour
     */
    public static Mesh apply(Mesh mesh, Store points, List<double @Nullable []> eyes, float gain, Engine engine) {
        try (Progress.Step step = engine.work().progress().begin("colouring", mesh.vertexCount(), "vertices")) {
            MeshStore given = engine.mesh(mesh, points, MeshStore.TARGET);
            MeshStore store = mesh.normals() != null
                    ? given
                    : MeshNormals.of(given, engine).store();
            boolean coloured = points.size() > 0
                    && points.columns().stream()
                            .anyMatch(c -> c.name().equals(RGB) || c.name().equals(INTENSITY));
            List<ColumnType> samples = VertexSamples.gives(points);
            List<ColumnType> gives = new ArrayList<>(samples);
            if (coloured) {
                gives.addAll(List.of(ColourFill.LINEAR, ColourFill.KNOWN));
            }
            MeshStore looked =
                    Nearby.add(store, gives, craft(store, coloured ? new Colour(eyes, gain) : null, engine), engine);
            MeshStore done = coloured ? ColourFill.add(looked, engine) : looked;
            Columns columns = Columns.NONE
                    .with(Columns.NORMAL, store.whole().normals())
                    .with(Columns.RGB8, coloured ? done.whole().rgb() : stone(mesh.vertexCount()))
                    .with(Columns.EVIDENCE, mesh.evidence());
            for (ColumnType t : samples) {
                columns = columns.with(t, done.whole().columns.array(t.name()));
            }
            step.advance(mesh.vertexCount());
            return new Mesh(mesh.originX, mesh.originY, mesh.originZ, mesh.xyz, columns, mesh.triangles);
        }
    }

    private static byte[] stone(int vertices) {
        byte[] rgb = new byte[3 * vertices];
        Arrays.fill(rgb, Srgb.nearest(Colour.STONE));
        return rgb;
    }

    /** One look at the points around for both. */
    private static MeshCraft<Columns> craft(MeshStore store, @Nullable Colour colour, Engine engine) {
        return MeshCraft.onPoints(
                Set.of(Columns.NORMAL.name(), Columns.EVIDENCE.name()),
                Set.of(Columns.NORMAL.name(), Columns.STATION.name(), Columns.SPACING.name(), RGB, INTENSITY, GREY),
                TypicalSpacing.halo(store.points(), engine),
                (region, work) -> look(region, colour, work));
    }

    private static Columns look(MeshRegion region, @Nullable Colour colour, Work work) {
        KdTree tree = KdTree.of(region.cloud());
        VertexSamples.Rows samples = new VertexSamples.Rows(region);
        Columns own =
                colour == null ? sampled(region, tree, samples, work) : colour.gather(region, tree, samples, work);
        Columns all = samples.columns();
        for (ColumnType t : own.types()) {
            all = all.with(t, own.array(t.name()));
        }
        return all;
    }

    /** Fills {@code samples}; gives {@link MeshCraft#OPEN}. */
    private static Columns sampled(MeshRegion region, KdTree tree, VertexSamples.Rows samples, Work work) {
        byte[] open = new byte[region.core()];
        work.blocks(open.length, BLOCK, (from, to) -> {
            KdTree.Query q = tree.query();
            for (int v = from; v < to; v++) {
                double reach = region.reach(v);
                int found = samples.inferred(v) ? 0 : q.nearest(region.x(v), region.y(v), region.z(v), NEAREST);
                boolean sure = found == NEAREST && q.distance[found - 1] <= reach * reach;
                open[v] = (byte) (samples.inferred(v) || region.all() || sure ? 0 : 1);
                samples.put(v, q, found);
            }
        });
        return Columns.NONE.with(MeshCraft.OPEN, open);
    }
}
