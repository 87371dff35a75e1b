package org.grotto.lod.atlas;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.grotto.base.Faults;
import org.grotto.base.GrottoException;
import org.grotto.base.Outputs;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Material;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Texture;
import org.grotto.image.Srgb;
import org.grotto.image.Texels;
import org.jspecify.annotations.Nullable;

/**
 * The pictures that lie on a mesh, decoded into a scratch folder. One that cannot be read is a fault: its material shows
 * the colour that multiplies it. Disk: 5.4 bytes a pixel.
 */
public final class Pictures implements AutoCloseable {
    /** Levels of each picture, itself included: as coarse as vertices that lie far apart want their colours. */
    private static final int LEVELS = 9;

    /**
     * As often a picture is shown at its full resolution, in whole areas of it: photographs lie on stone once or, where
     * pieces overlap, a few times; what is laid like tiles a thousand times would be a thousand times as large.
     */
    private static final double OFTEN = 4;

    final Charts charts;
    private final Faults faults;
    private final Path folder;
    /** A picture that cannot be read leaves its file behind: no name is used twice. */
    private int tried;

    private final List<Texels> all = new ArrayList<>();
    private final @Nullable Texels[] colour;
    private final @Nullable Texels[] normal;
    private final @Nullable Texels[] occlusion;
    /** Of those whose holes stand in a picture of their own. */
    private final @Nullable Texels[] opacity;

    /** By material, whether that one's alpha says nothing, so that its red channel does. */
    private final boolean[] grey;
    /** By material: pixels that are kept for one of the source, along either side. */
    private final double[] share;

    private Pictures(Charts charts, Faults faults, Path folder) {
        this.faults = faults;
        this.charts = charts;
        this.folder = folder;
        int n = charts.materials().size();
        this.colour = new Texels[n];
        this.normal = new Texels[n];
        this.occlusion = new Texels[n];
        this.opacity = new Texels[n];
        this.grey = new boolean[n];
        this.share = new double[n];
    }

    /** Decodes all pictures that the mesh's charts use; what is wrong with them is counted as faults. */
    public static Pictures open(Charts charts, Work work) {
        return open(charts, work.faults(), work);
    }

    /** The same of a mesh whose pictures were opened before: what is wrong with them has been told. */
    public static Pictures again(Charts charts, Work work) {
        return open(charts, new Faults(), work);
    }

    private static Pictures open(Charts charts, Faults faults, Work work) {
        Pictures p = new Pictures(charts, faults, Outputs.scratch("grotto-pictures"));
        try {
            p.decode(work);
            return p;
        } catch (RuntimeException | Error e) {
            p.close();
            throw e;
        }
    }

    private void decode(Work work) {
        boolean[] used = new boolean[colour.length];
        for (char m : charts.material()) {
            used[m] = true;
        }
        Map<Texture, @Nullable Texels> known = new HashMap<>();
        try (Progress.Step step = work.progress().begin("reading pictures", -1, "pictures")) {
            for (int m = 0; m < colour.length; m++) {
                Material of = charts.materials().get(m);
                if (!used[m]) {
                    continue;
                }
                colour[m] = decoded(of.colour(), true, known, step);
                normal[m] = decoded(of.normal(), false, known, step);
                occlusion[m] = decoded(of.occlusion(), false, known, step);
                Texels holes = decoded(of.opacity(), false, known, step);
                opacity[m] = holes;
                grey[m] = holes != null && opaque(holes);
            }
        }
        shares();
        work.each(all.size(), i -> all.get(i).average(covered(all.get(i)), work));
    }

    private void shares() {
        double[] areas = new double[share.length];
        float[] uv = charts.uv();
        double[] p = new double[6];
        for (int t = 0; t < charts.triangleCount(); t++) {
            for (int k = 0; k < 6; k++) {
                p[k] = uv[6 * t + k];
            }
            areas[charts.material()[t]] += Math.abs(Flat.area(p, 0)) / 2;
        }
        for (int m = 0; m < share.length; m++) {
            share[m] = areas[m] > OFTEN ? Math.sqrt(OFTEN / areas[m]) : 1;
        }
    }

    /** Pixels that are kept for one of the source, along either side: less than 1 where a picture is laid again and again. */
    double share(int material) {
        return share[material];
    }

    private @Nullable Texels decoded(
            @Nullable Texture t, boolean light, Map<Texture, @Nullable Texels> known, Progress.Step step) {
        if (t == null) {
            return null;
        }
        if (!known.containsKey(t)) {
            known.put(t, decoded(t, light));
            step.advance(1);
        }
        return known.get(t);
    }

    private @Nullable Texels decoded(Texture t, boolean light) {
        try {
            Texels x = Texels.of(t, light, LEVELS, folder.resolve("picture" + tried++));
            all.add(x);
            if (x.warning() != null) {
                faults.add("damaged picture", 1, "\"" + t.name() + "\": " + x.warning() + "; taken as far as it goes");
            }
            return x;
        } catch (GrottoException e) {
            if (e.kind() != GrottoException.Kind.BAD_INPUT) {
                throw e; // the disk, not the picture
            }
            faults.add("picture that cannot be read", 1, String.valueOf(e.getMessage()) + "; left out");
            return null;
        }
    }

    /** The pixels of a picture that charts use, with their rims, a bit each. */
    private long[] covered(Texels x) {
        int w = x.width(0);
        int h = x.height(0);
        long[] bits = new long[(int) (((long) w * h + 63) / 64)];
        double[] p = new double[6];
        Flat f = new Flat();
        for (int t = 0; t < charts.triangleCount(); t++) {
            int m = charts.material()[t];
            if (colour[m] != x && normal[m] != x && occlusion[m] != x && opacity[m] != x) {
                continue;
            }
            pixels(t, w, h, p);
            f.set(p, 0, 0, 0);
            int right = (int) Math.min(f.right(), (long) f.left() + w - 1); // no more than once around
            int bottom = (int) Math.min(f.bottom(), (long) f.top() + h - 1);
            for (int j = f.top(); j <= bottom; j++) {
                for (int i = f.left(); i <= right; i++) {
                    if (f.outside(i, j) < Flat.RIM) {
                        long at = (long) Math.floorMod(j, h) * w + Math.floorMod(i, w);
                        bits[(int) (at >>> 6)] |= 1L << (at & 63);
                    }
                }
            }
        }
        return bits;
    }

    /** A triangle's corners in a picture of that size, pixels. */
    private void pixels(int t, int w, int h, double[] p) {
        for (int k = 0; k < 3; k++) {
            p[2 * k] = (double) charts.uv()[6 * t + 2 * k] * w;
            p[2 * k + 1] = (double) charts.uv()[6 * t + 2 * k + 1] * h;
        }
    }

    /** The picture of a material's colour, or null. */
    @Nullable
    Texels colour(int material) {
        return colour[material];
    }

    @Nullable
    Texels normal(int material) {
        return normal[material];
    }

    @Nullable
    Texels occlusion(int material) {
        return occlusion[material];
    }

    Material material(int m) {
        return charts.materials().get(m);
    }

    /** Whether any picture of normals lies on the mesh. */
    public boolean anyNormal() {
        return java.util.Arrays.stream(normal).anyMatch(java.util.Objects::nonNull);
    }

    private static boolean opaque(Texels x) {
        for (int y = 0; y < x.height(0); y++) {
            for (int i = 0; i < x.width(0); i++) {
                if (x.at(0, i, y) >>> 24 != 255) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether any picture has holes. */
    boolean anyHoles() {
        for (int m = 0; m < colour.length; m++) {
            if (colour[m] != null && material(m).cutout() > 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * How opaque a material's picture is at a place, 0 to 255, brought to where below 128 is a hole.
     *
     * @param u widths of the picture from its left, {@code v} heights from its top
     * @param rgba scratch, four long
     */
    int opaque(int material, double u, double v, float[] rgba) {
        Texels own = opacity[material];
        Texels x = own == null ? colour[material] : own;
        float least = material(material).cutout();
        if (x == null || least == 0) {
            return 255;
        }
        x.sample(0, u, v, rgba);
        return (int) Math.max(
                0, Math.min(255, Math.ceil(127.5 + 255 * ((grey[material] ? rgba[0] : rgba[3]) - least))));
    }

    /** The same on source triangle {@code t} at the barycentric weights of its second and third corner. */
    int opaqueOn(int t, double b1, double b2, float[] rgba) {
        float[] uv = charts.uv();
        double b0 = 1 - b1 - b2;
        return opaque(
                (int) charts.material()[t],
                b0 * uv[6 * t] + b1 * uv[6 * t + 2] + b2 * uv[6 * t + 4],
                b0 * uv[6 * t + 1] + b1 * uv[6 * t + 3] + b2 * uv[6 * t + 5],
                rgba);
    }

    boolean anyOcclusion() {
        return java.util.Arrays.stream(occlusion).anyMatch(java.util.Objects::nonNull);
    }

    /** Whether any material has a picture of its colour that could be read. */
    public boolean any() {
        for (Texels x : colour) {
            if (x != null) {
                return true;
            }
        }
        return false;
    }

    /** Whether no picture lies on source triangle {@code t}. */
    public boolean plain(int t) {
        return colour[charts.material()[t]] == null;
    }

    /** Whether two source triangles are of one material. */
    public boolean alike(int t, int other) {
        return charts.material()[t] == charts.material()[other];
    }

    /** Whether triangles without a picture are of several colours, or stand among such with one. */
    public boolean coloured() {
        Set<Integer> seen = new HashSet<>();
        for (int m = 0; m < colour.length; m++) {
            Material of = charts.materials().get(m);
            seen.add(colour[m] == null ? coded(of.red(), of.green(), of.blue()) : -1);
        }
        return seen.size() > 1;
    }

    /**
     * The colour of source triangle {@code t} at the barycentric weights of its second and third corner, 0xRRGGBB.
     *
     * @param pixel how wide a look is, in pixels that are kept
     * @param rgb scratch, four long
     */
    int sample(int t, double b1, double b2, double pixel, float[] rgb) {
        int m = charts.material()[t];
        Texels x = colour[m];
        Material of = charts.materials().get(m);
        if (x == null) {
            return coded(of.red(), of.green(), of.blue());
        }
        sample(x, t, b1, b2, pixel, rgb);
        return coded(rgb[0] * of.red(), rgb[1] * of.green(), rgb[2] * of.blue());
    }

    /** What picture {@code x} holds there. */
    void sample(Texels x, int t, double b1, double b2, double pixel, float[] rgb) {
        float[] uv = charts.uv();
        double b0 = 1 - b1 - b2;
        double u = b0 * uv[6 * t] + b1 * uv[6 * t + 2] + b2 * uv[6 * t + 4];
        double v = b0 * uv[6 * t + 1] + b1 * uv[6 * t + 3] + b2 * uv[6 * t + 5];
        x.sample(x.level(share[charts.material()[t]] / pixel), u, v, rgb);
    }

    static int coded(float r, float g, float b) {
        return Srgb.coded(r) << 16 | Srgb.coded(g) << 8 | Srgb.coded(b);
    }

    /**
     * By triangle, the width of a pixel that is kept on the stone, metres; NaN where no picture lies or it has no extent.
     *
     * @param positions of the mesh these charts belong to
     */
    public float[] pixel(Mesh mesh, Work work) {
        float[] out = new float[charts.triangleCount()];
        work.blocks(out.length, 1 << 14, (from, to) -> {
            double[] p = new double[6];
            for (int t = from; t < to; t++) {
                out[t] = pixel(t, mesh.area(t), p);
            }
        });
        return out;
    }

    /** The same for one triangle, of whose area, square metres, is known. */
    float pixel(int t, double area, double[] p) {
        Texels x = colour[charts.material()[t]];
        if (x == null) {
            return Float.NaN;
        }
        pixels(t, x.width(0), x.height(0), p);
        double flat = Math.abs(Flat.area(p, 0)) / 2;
        double kept = share[charts.material()[t]];
        return flat > 0 && area > 0 ? (float) (Math.sqrt(area / flat) / kept) : Float.NaN;
    }

    @Override
    public void close() {
        all.forEach(Texels::close);
        Outputs.discard(folder);
    }
}
