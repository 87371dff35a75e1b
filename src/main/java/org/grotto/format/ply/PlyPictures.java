package org.grotto.format.ply;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.grotto.base.GrottoException;
import org.grotto.format.Beside;
import org.grotto.format.Materials;
import org.grotto.format.Remarks;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Material;
import org.grotto.geometry.Texture;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a PLY file, as MeshLab and others name them: {@code comment TextureFile NAME}, with the places of corners
 * at the faces ({@code texcoord}, {@code texnumber}) or at the vertices ({@code s t}, {@code u v}). v counts from below.
 */
final class PlyPictures {
    private static final String COMMENT = "texturefile";
    /** MeshLab's word for the file's own name, without its ending. */
    private static final String THIS = "<this>";

    private PlyPictures() {}

    /** The pictures' names in their order. */
    static List<String> names(PlyHeader header) {
        List<String> out = new ArrayList<>();
        for (String c : header.comments()) {
            String[] words = c.strip().split("\\s+", 2);
            if (words.length == 2 && words[0].toLowerCase(Locale.ROOT).equals(COMMENT)) {
                out.add(words[1].strip());
            }
        }
        return out;
    }

    /**
     * How the pictures lie on the triangles; null where none does.
     *
     * @param u of each vertex where the file has them there, else null, with {@code v}
     * @param triangles vertices as {@code u} counts them
     */
    static @Nullable Charts charts(
            Path path,
            PlyHeader header,
            PlyFaces faces,
            int[] triangles,
            double @Nullable [] u,
            double @Nullable [] v,
            boolean vertexColours,
            Remarks remarks) {
        List<String> names = names(header);
        float[] places = faces.places();
        boolean byVertex = places.length == 0;
        if (names.isEmpty() || byVertex && (u == null || v == null)) {
            for (String name : names) {
                remarks.lost("pictures without places on the mesh", name);
            }
            return null;
        }
        List<@Nullable Texture> textures = new ArrayList<>();
        for (String name : names) {
            textures.add(texture(path, name, remarks));
        }
        int n = triangles.length / 3;
        if (!Materials.fits(n)) {
            throw GrottoException.unsupported(path, "has " + n + " triangles, too many with pictures; split it.");
        }
        List<Material> materials = new ArrayList<>();
        Map<Integer, Integer> numbers = new HashMap<>();
        float[] uv = new float[6 * n];
        char[] material = new char[n];
        long unplaced = 0;
        for (int t = 0; t < n; t++) {
            int picture = faces.picture(t);
            Texture texture = picture < textures.size() ? textures.get(picture) : null;
            boolean good = texture != null;
            for (int c = 3 * t; good && c < 3 * t + 3; c++) {
                int k = triangles[c];
                float x = byVertex
                        ? (float) Objects.requireNonNull(u)[k]
                        : c < places.length / 2 ? places[2 * c] : Float.NaN;
                float y = byVertex
                        ? (float) Objects.requireNonNull(v)[k]
                        : c < places.length / 2 ? places[2 * c + 1] : Float.NaN;
                good = Float.isFinite(x) && Float.isFinite(y);
                uv[2 * c] = x;
                uv[2 * c + 1] = 1 - y;
            }
            if (!good) {
                java.util.Arrays.fill(uv, 6 * t, 6 * t + 6, 0);
                unplaced += texture != null || picture >= textures.size() ? 1 : 0;
            }
            Integer known = numbers.get(good ? picture : -1);
            if (known == null) {
                known = materials.size();
                materials.add(good ? material(names.get(picture), Objects.requireNonNull(texture)) : Material.plain());
                numbers.put(good ? picture : -1, known);
            }
            material[t] = (char) (int) known;
        }
        if (unplaced > 0) {
            remarks.lost("the pictures of " + unplaced + " triangles without a place in them");
        }
        return Materials.charts(uv, material, materials, vertexColours, remarks);
    }

    private static Material material(String name, Texture texture) {
        return new Material(name, 1, 1, 1, texture, null, null, 0);
    }

    static @Nullable Texture texture(Path path, String name, Remarks remarks) {
        if (Beside.isAddress(name)) {
            remarks.lost("pictures at addresses, which are not followed", name);
            return null;
        }
        String meant = name.replace(THIS, stem(path));
        Beside.Found f =
                Beside.find(Objects.requireNonNull(path.toAbsolutePath().getParent()), meant);
        if (f == null) {
            remarks.lost("pictures that are not there", meant);
            return null;
        }
        if (f.moved()) {
            remarks.understood("files beside the mesh in place of those that it names", meant);
        }
        return Texture.of(f.file(), Texture.Wrap.REPEAT, Texture.Wrap.REPEAT);
    }

    private static String stem(Path path) {
        String name = String.valueOf(path.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
