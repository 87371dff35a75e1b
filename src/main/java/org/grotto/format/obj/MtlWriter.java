package org.grotto.format.obj;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.grotto.base.GrottoException;
import org.grotto.base.Outputs;
import org.grotto.format.TextNumbers;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Material;
import org.grotto.geometry.Texture;
import org.grotto.image.AsPng;
import org.grotto.image.Srgb;
import org.jspecify.annotations.Nullable;

/**
 * Writes the materials of a mesh as MTL, and their pictures into a folder beside it: JPEG and PNG as they are, others as
 * PNG. Pictures are numbered with five digits, so that none is taken for a tile of another (UDIM).
 */
final class MtlWriter {
    private final Path folder;
    private final String pictures;
    private final List<String> lost;
    /** The names of the pictures' files, by what their bytes are read from. */
    private final Map<Texture, String> files = new LinkedHashMap<>();

    private final StringBuilder text = new StringBuilder("# Grotto\n");

    private MtlWriter(Path folder, String pictures, List<String> lost) {
        this.folder = folder;
        this.pictures = pictures;
        this.lost = lost;
    }

    /**
     * @param stem of all names
     * @param again whether the OBJ file is there already, and is replaced with all that belongs to it
     */
    static void write(Charts charts, Path folder, String stem, boolean again, List<String> lost) {
        Path file = folder.resolve(stem + ".mtl");
        MtlWriter w = new MtlWriter(folder, stem + "-pictures", lost);
        w.refuse(charts, file, again);
        List<String> names = names(charts.materials());
        for (int k = 0; k < names.size(); k++) {
            w.material(charts.materials().get(k), names.get(k));
        }
        Outputs.file(file, temporary -> Files.writeString(temporary, w.text, StandardCharsets.UTF_8));
    }

    /** Nothing of others is replaced, and nothing that is still to be read. */
    private void refuse(Charts charts, Path file, boolean again) {
        Path into = folder.resolve(pictures);
        if (!again && (Files.exists(file) || Files.exists(into))) {
            throw GrottoException.badRequest((Files.exists(file) ? file : into)
                    + ": exists already and would be replaced by the materials of the OBJ file; name another output.");
        }
        for (Material m : charts.materials()) {
            for (Texture t : ObjWriter.pictures(m)) {
                Path from = t.file();
                if (from != null && from.toAbsolutePath().normalize().startsWith(into)) {
                    throw GrottoException.badRequest(
                            from + ": is a picture of the input, and would be replaced by one of the output; name"
                                    + " another output.");
                }
            }
        }
    }

    /** The materials' names, each one word, and no two the same. */
    static List<String> names(List<Material> all) {
        Set<String> names = new LinkedHashSet<>();
        for (int k = 0; k < all.size(); k++) {
            String own = all.get(k).name().strip().replaceAll("[\\s#]+", "_");
            String s = own.isEmpty() ? "material_" + (k + 1) : own;
            for (int i = k + 1; !names.add(s); i++) {
                s = own + "_" + i;
            }
        }
        return List.copyOf(names);
    }

    private void material(Material m, String name) {
        text.append("\nnewmtl ").append(name).append("\nKd");
        for (float linear : new float[] {m.red(), m.green(), m.blue()}) {
            text.append(' ');
            TextNumbers.append(text, (float) Srgb.encode(linear));
        }
        text.append('\n');
        picture("map_Kd", m.colour());
        picture("norm", m.normal());
        picture("map_ao", m.occlusion());
        if (m.cutout() > 0) {
            picture("map_d", m.opacity() == null ? m.colour() : m.opacity());
        }
    }

    private void picture(String statement, @Nullable Texture t) {
        if (t == null) {
            return;
        }
        Texture bytes = new Texture(
                t.name(), t.file(), t.from(), t.length(), t.bytes(), Texture.Wrap.REPEAT, Texture.Wrap.REPEAT);
        String file = files.get(bytes);
        if (file == null) {
            file = written(t);
            files.put(bytes, file);
        }
        if (t.wrapU() == Texture.Wrap.MIRROR || t.wrapV() == Texture.Wrap.MIRROR || t.wrapU() != t.wrapV()) {
            lost.add("how the picture " + t.name() + " goes on beyond its border");
        }
        boolean clamp = t.wrapU() == Texture.Wrap.CLAMP && t.wrapV() == Texture.Wrap.CLAMP;
        text.append(statement).append(clamp ? " -clamp on " : " ");
        text.append(pictures).append('/').append(file).append('\n');
    }

    private String written(Texture t) {
        byte[] own = t.read();
        String ending = ObjWriter.ending(own);
        byte[] bytes;
        try {
            bytes = ending.isEmpty() ? AsPng.of(own) : own;
        } catch (IOException e) {
            throw new GrottoException(
                    GrottoException.Kind.BAD_INPUT,
                    "The picture " + t.name() + " cannot be written beside an OBJ file: " + e.getMessage() + ".",
                    e);
        }
        String name = String.format(Locale.ROOT, "%05d.%s", files.size() + 1, ending.isEmpty() ? "png" : ending);
        Path to = folder.resolve(pictures).resolve(name);
        Outputs.file(to, temporary -> Files.write(temporary, bytes));
        return name;
    }
}
