package org.grotto.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.format.gltf.TileColumns;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.lod.atlas.Painted;
import org.grotto.scene.Layer;
import org.grotto.scene.Station;
import org.grotto.sight.Contradiction;
import org.grotto.surface.Curvature;
import org.grotto.surface.VertexSamples;
import org.jspecify.annotations.Nullable;

/**
 * The layers that a build declares for the columns of its mesh: one entry a layer, in the order of the viewers' buttons. A
 * column without an entry is kept in the tiles and not shown.
 */
final class Layers {
    /** Pale straw to deep indigo in steps that look equal (see {@code image.ColourMap}). */
    private static final List<String> STRAW_TO_INDIGO =
            List.of("#fdf1bd", "#c1df9b", "#7fc7a2", "#4aa3ac", "#3f7ba8", "#3c5596", "#2b2a73");

    /** Blue in grooves, near white where flat, red on ridges: told apart with any colour vision. */
    private static final List<String> BLUE_TO_RED =
            List.of("#2b4f8c", "#6d93c4", "#b9cce0", "#f3efe8", "#e6b79e", "#c4694f", "#8f2a2c");

    /** Of the reasons of conflicts in their order: vermilion, sky, yellow, violet; told apart with any colour vision. */
    private static final List<String> CONFLICT = List.of("#d55e00", "#56b4e9", "#e8c70a", "#8e4bb0", "#009e73");

    private static final List<String> GREYS = List.of("#0d0d0d", "#f4f1ea");
    private static final double MILLIMETRES = 1000 * VertexSamples.FINE;

    /** What to show of a column that the mesh has. */
    @FunctionalInterface
    private interface Maker {
        Layer of(Mesh mesh, ColumnType column, List<Station> stations);
    }

    private record Entry(String column, Maker layer) {}

    private static final List<Entry> ALL = List.of(
            new Entry(Columns.EVIDENCE.name(), (mesh, column, stations) -> Layer.evidence()),
            new Entry(Contradiction.COLUMN.name(), Layers::conflict),
            new Entry(VertexSamples.DISTANCE.name(), Layers::distance),
            new Entry(VertexSamples.SPACING.name(), Layers::spacing),
            new Entry(VertexSamples.INTENSITY.name(), Layers::intensity),
            new Entry(VertexSamples.STATION.name(), Layers::station),
            new Entry(Painted.PIXEL.name(), Layers::texel),
            new Entry(Curvature.CURVATURE.name(), Layers::curvature));

    private Layers() {}

    /** The layers of what {@code mesh} carries. */
    static List<Layer> of(Mesh mesh, List<Station> stations) {
        List<Layer> out = new ArrayList<>();
        for (Entry e : ALL) {
            ColumnType column = mesh.columns.type(e.column);
            if (column != null) {
                out.add(e.layer.of(mesh, column, stations));
            }
        }
        return out;
    }

    /** The reasons that there are; stone that nothing contradicts keeps its own colour. */
    private static Layer conflict(Mesh mesh, ColumnType column, List<Station> stations) {
        boolean[] there = new boolean[256];
        for (byte c : Objects.requireNonNull(mesh.columns.bytes(column.name()))) {
            there[c & 255] = true;
        }
        List<Layer.Band> classes = new ArrayList<>();
        classes.add(new Layer.Band(0, 1, Texts.of("layers.conflict.none"), null, false));
        for (Contradiction c : Contradiction.values()) {
            if (there[c.code()]) {
                Text title = Texts.of("conflict." + c.key());
                classes.add(new Layer.Band(c.code(), c.code() + 1, title, CONFLICT.get(c.code() - 1), false));
            }
        }
        Text title = Texts.of("layers.conflict.title");
        return layer(title, Texts.of("layers.conflict.quantity"), column, "1", 1, 0, null, classes);
    }

    private static Layer distance(Mesh mesh, ColumnType column, List<Station> stations) {
        Text title = Texts.of("layers.distance.title");
        return millimetres(title, Texts.of("layers.distance.quantity"), mesh, column, 2);
    }

    private static Layer spacing(Mesh mesh, ColumnType column, List<Station> stations) {
        Text title = Texts.of("layers.spacing.title");
        return millimetres(title, Texts.of("layers.spacing.quantity"), mesh, column, 1);
    }

    private static Layer texel(Mesh mesh, ColumnType column, List<Station> stations) {
        double[] range = range(mesh, column);
        double high = rounded(1000 * range[1], true);
        Layer.Scale scale = new Layer.Scale(Math.min(rounded(1000 * range[0], false), high / 2), high, STRAW_TO_INDIGO);
        Text title = Texts.of("layers.texel.title");
        return layer(title, Texts.of("layers.texel.quantity"), column, "mm", 1000, 2, scale, null);
    }

    private static Layer millimetres(Text title, Text quantity, Mesh mesh, ColumnType column, int decimals) {
        double[] range = range(mesh, column);
        Layer.Scale scale = new Layer.Scale(
                rounded(range[0] * MILLIMETRES, false), rounded(range[1] * MILLIMETRES, true), STRAW_TO_INDIGO);
        return layer(title, quantity, column, "mm", MILLIMETRES, decimals, scale, null);
    }

    private static Layer intensity(Mesh mesh, ColumnType column, List<Station> stations) {
        double[] range = range(mesh, column);
        double from = Math.floor(range[0] / 254 * 50) / 50;
        double to = Math.max(from + 0.02, Math.ceil(range[1] / 254 * 50) / 50);
        Text title = Texts.of("layers.intensity.title");
        Text quantity = Texts.of("layers.intensity.quantity");
        return layer(title, quantity, column, "1", 1 / 254.0, 2, new Layer.Scale(from, to, GREYS), null);
    }

    private static Layer station(Mesh mesh, ColumnType column, List<Station> stations) {
        List<Layer.Band> classes = new ArrayList<>();
        for (int s = 0; s < stations.size(); s++) {
            String name = stations.get(s).name();
            classes.add(new Layer.Band(s, s + 1, new Text(name, name), hue(s), false));
        }
        Text title = Texts.of("layers.station.title");
        return layer(title, Texts.of("layers.station.quantity"), column, "1", 1, 0, null, classes);
    }

    /** Equally far to both sides of flat. */
    private static Layer curvature(Mesh mesh, ColumnType column, List<Station> stations) {
        double[] range = range(mesh, column);
        double end = rounded(Math.max(-range[0], range[1]), true);
        Text title = Texts.of("layers.curvature.title");
        Layer.Scale scale = new Layer.Scale(-end, end, BLUE_TO_RED);
        return layer(title, Texts.of("layers.curvature.quantity"), column, "1/m", 1, 0, scale, null);
    }

    private static Layer layer(
            Text title,
            Text quantity,
            ColumnType column,
            String unit,
            double times,
            int decimals,
            Layer.@Nullable Scale scale,
            @Nullable List<Layer.Band> classes) {
        return new Layer(
                column.name(),
                title,
                Layer.Carrier.VERTEX,
                column.name(),
                quantity,
                unit,
                times,
                decimals,
                none(column),
                null,
                scale,
                scale == null,
                classes,
                null,
                column.source());
    }

    /** What says in the tiles that nothing is known: floats have a word of the tiles' own there, for glTF knows no NaN. */
    private static @Nullable Double none(ColumnType column) {
        double none = TileColumns.none(column);
        return Double.isNaN(none) ? null : none;
    }

    /** Even steps of hue by the golden angle, so that neighbours in number differ; muted, that shading still shows. */
    private static String hue(int index) {
        double h = (0.09 + index * 0.381966) % 1;
        double[] rgb = new double[3];
        for (int k = 0; k < 3; k++) {
            double t = Math.abs((h * 6 + 6 - 2 * k) % 6 - 3) - 1;
            rgb[k] = 0.36 + 0.48 * Math.max(0, Math.min(1, t));
        }
        return String.format(
                Locale.ROOT,
                "#%02x%02x%02x",
                Math.round(255 * rgb[0]),
                Math.round(255 * rgb[1]),
                Math.round(255 * rgb[2]));
    }

    /** What 2 % of the stone stays below by its area, and 98 %: of at most 100,000 triangles, spread evenly. */
    private static double[] range(Mesh mesh, ColumnType column) {
        int[] t = mesh.triangles;
        int stride = 3 * Math.max(1, t.length / 3 / 100_000);
        int at = mesh.columns.indexOf(column.name());
        double[][] values = new double[3 * (t.length / stride + 1)][];
        double all = 0;
        int m = 0;
        for (int k = 0; k < t.length; k += stride) {
            double area = area(mesh, k);
            for (int c = 0; c < 3 && area > 0; c++) {
                double value = mesh.columns.value(at, t[k + c], 0);
                if (!column.isNone(value)) {
                    values[m++] = new double[] {value, area};
                    all += area;
                }
            }
        }
        Arrays.sort(values, 0, m, Comparator.comparingDouble(v -> v[0]));
        double[] range = {0, 1};
        double sum = 0;
        for (int k = 0; k < m; k++) {
            if (sum <= 0.02 * all) {
                range[0] = values[k][0];
            }
            if (sum <= 0.98 * all) {
                range[1] = values[k][0];
            }
            sum += values[k][1];
        }
        return range;
    }

    private static double area(Mesh m, int k) {
        double[] u = new double[3];
        double[] v = new double[3];
        for (int a = 0; a < 3; a++) {
            u[a] = m.xyz[3 * m.triangles[k + 1] + a] - m.xyz[3 * m.triangles[k] + a];
            v[a] = m.xyz[3 * m.triangles[k + 2] + a] - m.xyz[3 * m.triangles[k] + a];
        }
        double x = u[1] * v[2] - u[2] * v[1];
        double y = u[2] * v[0] - u[0] * v[2];
        double z = u[0] * v[1] - u[1] * v[0];
        return Math.sqrt(x * x + y * y + z * z) / 2;
    }

    /** A number of two digits near {@code v}: below it, or above. */
    private static double rounded(double v, boolean up) {
        if (!(v > 0)) {
            return up ? 1 : 0;
        }
        double unit = StrictMath.pow(10, Math.floor(StrictMath.log10(v)) - 1);
        double whole = up ? Math.ceil(v / unit) : Math.floor(v / unit);
        return unit < 1 ? whole / Math.rint(1 / unit) : whole * unit;
    }
}
