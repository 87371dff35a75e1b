package org.grotto.format.obj;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.grotto.base.GrottoException;
import org.grotto.format.Materials;
import org.grotto.format.Remarks;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Material;
import org.grotto.geometry.Texture;
import org.grotto.image.Srgb;
import org.jspecify.annotations.Nullable;

/**
 * Lays the pictures of an OBJ file's materials on its triangles. Where a material has a picture of its colour, that is the
 * colour, whatever Kd says beside it (many programs write 0 or 0.8); Kd alone is taken as sRGB, as it is shown
 * everywhere. A triangle without texture coordinates is of its material's colour.
 */
final class ObjCharts {
    private static final int MOST = 1 << 16;
    private static final int WHOLE = 0;
    private static final int BARE = 1;
    /** Beyond this many pictures a place is none. */
    private static final double FARTHEST = 1e6;

    private static final double BORDER = 1e-5;
    private static final Pattern AMBIENT_OCCLUSION =
            Pattern.compile("(^|.*[^a-z])(ao|occlusion|ambient_?occlusion)([^a-z].*|$)");

    private final Remarks remarks;
    private final ObjPictures pictures;
    private final Path folder;
    private final List<@Nullable Mtl> used = new ArrayList<>();
    private final List<Material> materials = new ArrayList<>();
    private final Map<Long, Integer> variants = new HashMap<>();
    private long unplaced;
    private long across;

    ObjCharts(Path folder, Remarks remarks) {
        this.folder = folder;
        this.remarks = remarks;
        this.pictures = new ObjPictures(folder, remarks);
    }

    /** The next material by its number; null where no triangle is of it, or nobody knows it. */
    void material(@Nullable Mtl m) {
        if (m != null) {
            told(m);
        }
        used.add(m);
    }

    /** Decides what the statements mean together, and tells what goes. */
    private void told(Mtl m) {
        String name = Mtl.text(m.name);
        Mtl.Picture ambient = m.ambient;
        if (ambient != null && !ambient.sameFile(m.colour)) {
            boolean shade = AMBIENT_OCCLUSION
                    .matcher(ambient.shown().toLowerCase(Locale.ROOT))
                    .matches();
            if (shade && m.occlusion == null) {
                m.occlusion = ambient;
                remarks.understood("map_Ka as ambient occlusion, by its name", ambient.shown());
            } else if (!shade && m.colour == null) {
                m.colour = ambient;
                remarks.understood("map_Ka as the colour, where there is no map_Kd", ambient.shown());
            } else {
                m.others.add(ambient.shown() + " (map_ka)");
            }
        }
        Mtl.Picture alpha = m.alpha;
        if (alpha != null && (m.colour == null || !alpha.samePlace(m.colour))) {
            m.others.add(alpha.shown() + " (map_d, without a colour or placed otherwise)");
            m.alpha = null;
        } else if (alpha != null) {
            remarks.understood("pixels less than half opaque are holes (map_d), of materials", name);
        }
        if (m.opacity < 1) {
            remarks.lost("transparency of materials", name);
        }
        Mtl.Picture colour = m.colour;
        if (colour != null && m.normal != null && !m.normal.samePlace(colour)) {
            m.others.add(m.normal.shown() + " (norm, placed otherwise than the colour)");
            m.normal = null;
        }
        if (colour != null && m.occlusion != null && !m.occlusion.samePlace(colour)) {
            m.others.add(m.occlusion.shown() + " (occlusion, placed otherwise than the colour)");
            m.occlusion = null;
        }
        for (String other : m.others) {
            remarks.lost("pictures of other kinds", other);
        }
    }

    /**
     * @param runs pairs of first triangle and material, up to {@code ends}
     * @param vt texture coordinates, {@code texels} pairs
     */
    @Nullable
    Charts make(ObjFaces faces, int[] runs, int ends, double[] vt, int texels, boolean vertexColours) {
        int n = faces.count();
        if (!Materials.fits(n)) {
            throw GrottoException.unsupported(
                    folder, "its mesh has " + n + " triangles, too many for materials; split it.");
        }
        float[] uv = {};
        char[] material = new char[n];
        double[] at = new double[6];
        for (int r = 0; r < ends; r += 2) {
            int to = r + 2 < ends ? runs[r + 2] : n;
            int id = runs[r + 1];
            if (to == runs[r]) {
                continue;
            }
            Mtl m = used.get(id);
            Mtl.Picture placed =
                    m == null ? null : m.colour != null ? m.colour : m.normal != null ? m.normal : m.occlusion;
            int whole = variant(id, m, placed == null ? BARE : WHOLE);
            boolean tiled = m != null && tiled(m);
            boolean pictured = tiled || placed != null && materials.get(whole).pictured();
            for (int t = runs[r]; t < to; t++) {
                material[t] = (char) whole;
                if (!pictured || placed == null || m == null) {
                    continue;
                }
                if (!places(faces, t, vt, texels, placed.place(), at)) {
                    unplaced++;
                    material[t] = (char) variant(id, m, BARE);
                    continue;
                }
                if (tiled) {
                    material[t] = (char) tile(id, m, at);
                }
                uv = uv.length == 0 ? new float[6 * n] : uv;
                for (int k = 0; k < 6; k += 2) {
                    uv[6 * t + k] = (float) at[k];
                    uv[6 * t + k + 1] = (float) (1 - at[k + 1]);
                }
            }
        }
        if (unplaced > 0) {
            remarks.lost("the pictures of " + unplaced + " triangles without a place in them");
        }
        if (across > 0) {
            remarks.understood(across + " triangles lie across tiles and go by their middle");
        }
        Charts charts = Materials.charts(uv, material, materials, vertexColours, remarks);
        if (texels > 0 && (charts == null || !charts.pictured())) {
            remarks.lost("texture coordinates");
        }
        return charts;
    }

    private boolean tiled(Mtl m) {
        return pictures.tiled(m, m.colour) || pictures.tiled(m, m.normal) || pictures.tiled(m, m.occlusion);
    }

    /** The places of a triangle's corners in the picture, v from below; false where one has none. */
    private static boolean places(ObjFaces faces, int t, double[] vt, int texels, double[] place, double[] at) {
        for (int k = 0; k < 3; k++) {
            int q = faces.texel(3 * t + k);
            if (q < 0 || q >= texels) {
                return false;
            }
            at[2 * k] = vt[2 * q] * place[0] + place[1];
            at[2 * k + 1] = vt[2 * q + 1] * place[2] + place[3];
            if (!(Math.abs(at[2 * k]) < FARTHEST && Math.abs(at[2 * k + 1]) < FARTHEST)) {
                return false;
            }
        }
        return true;
    }

    /** The material of the tile that a triangle lies in; its places become those in the tile. */
    private int tile(int id, Mtl m, double[] at) {
        int u = (int) Math.floor((at[0] + at[2] + at[4]) / 3);
        int v = (int) Math.floor((at[1] + at[3] + at[5]) / 3);
        if (u < 0 || u > 9 || v < 0 || v > 899) {
            unplaced++;
            return variant(id, m, BARE);
        }
        boolean out = false;
        for (int k = 0; k < 6; k += 2) {
            at[k] -= u;
            at[k + 1] -= v;
            out |= at[k] < -BORDER || at[k] > 1 + BORDER || at[k + 1] < -BORDER || at[k + 1] > 1 + BORDER;
        }
        across += out ? 1 : 0;
        return variant(id, m, ObjPictures.FIRST + u + 10 * v);
    }

    /** @param which {@link #WHOLE}, {@link #BARE} or the number of a tile */
    private int variant(int id, @Nullable Mtl m, int which) {
        Integer known = variants.get((long) id << 32 | which);
        if (known != null) {
            return known;
        }
        if (materials.size() == MOST) {
            throw GrottoException.unsupported(
                    folder, "its mesh has more than " + MOST + " materials, tiles counted; join some of them.");
        }
        Material made = m == null ? Material.plain() : made(m, which);
        materials.add(made);
        variants.put((long) id << 32 | which, materials.size() - 1);
        return materials.size() - 1;
    }

    private Material made(Mtl m, int which) {
        boolean tiles = which == WHOLE && tiled(m);
        int tile = which >= ObjPictures.FIRST ? which : 0;
        boolean bare = which == BARE || tiles;
        Texture colour = bare ? null : pictures.texture(m, m.colour, tile);
        Texture normal = bare ? null : pictures.texture(m, m.normal, tile);
        Texture occlusion = bare ? null : pictures.texture(m, m.occlusion, tile);
        String name = Mtl.text(m.name);
        boolean white = m.red == 1 && m.green == 1 && m.blue == 1;
        if (colour != null && m.coloured && !white) {
            remarks.understood("the picture is the colour, whatever Kd says beside it, of materials", name);
        }
        boolean own = colour == null;
        boolean apart = m.alpha != null && !m.alpha.sameFile(m.colour);
        Texture opacity = colour == null || !apart ? null : pictures.texture(m, m.alpha, tile);
        boolean cut = colour != null && m.alpha != null && (!apart || opacity != null);
        return new Material(
                tile == 0 ? name : name + " " + tile,
                own ? linear(m.red) : 1,
                own ? linear(m.green) : 1,
                own ? linear(m.blue) : 1,
                colour,
                normal,
                occlusion,
                cut ? 0.5f : 0,
                opacity);
    }

    private static float linear(double coded) {
        return (float) Srgb.decode(coded);
    }
}
