package org.grotto.format.obj;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grotto.format.Beside;
import org.grotto.format.Remarks;
import org.grotto.geometry.Texture;
import org.jspecify.annotations.Nullable;

/** Finds the pictures that materials name, and the tiles of those that are cut into tiles (UDIM: 1001 + u + 10 v). */
final class ObjPictures {
    static final int FIRST = 1001;

    private static final Pattern TILE = Pattern.compile("<UDIM>|%\\(UDIM\\)d|<UVTILE>", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER = Pattern.compile("(?<![0-9])1001(?![0-9])(?=[^/\\\\]*$)");

    private final Path folder;
    private final Remarks remarks;
    private final Map<String, @Nullable Path> known = new HashMap<>();

    ObjPictures(Path folder, Remarks remarks) {
        this.folder = folder;
        this.remarks = remarks;
    }

    /** Whether a name stands for many tiles: it says so, or is that of the first of several that are there. */
    boolean tiled(Mtl m, Mtl.@Nullable Picture p) {
        if (p == null || TILE.matcher(p.raw()).find()) {
            return p != null;
        }
        if (!NUMBER.matcher(p.raw()).find()) {
            return false;
        }
        boolean many = find(m, tile(p.raw(), FIRST + 1)) != null || find(m, tile(p.raw(), FIRST + 10)) != null;
        if (many) {
            remarks.understood("pictures numbered from 1001 are tiles (UDIM)", p.shown());
        }
        return many;
    }

    static String tile(String raw, int tile) {
        Matcher named = TILE.matcher(raw);
        if (!named.find()) {
            return NUMBER.matcher(raw).replaceFirst(String.valueOf(tile));
        }
        int at = tile - FIRST;
        return named.group().toLowerCase(Locale.ROOT).equals("<uvtile>")
                ? named.replaceFirst("u" + (at % 10 + 1) + "_v" + (at / 10 + 1))
                : named.replaceFirst(String.valueOf(tile));
    }

    /** The picture, told where it is not there; null then, and where none is named. */
    @Nullable
    Texture texture(Mtl m, Mtl.@Nullable Picture p, int tile) {
        if (p == null) {
            return null;
        }
        String raw = tile == 0 ? p.raw() : tile(p.raw(), tile);
        String name = Mtl.text(raw);
        if (Beside.isAddress(name)) {
            remarks.lost("pictures at addresses, which are not followed", name);
            return null;
        }
        Path file = find(m, raw);
        if (file == null) {
            remarks.lost("pictures that are not there", name);
            return null;
        }
        Texture.Wrap wrap = tile == 0 && !p.clamp() ? Texture.Wrap.REPEAT : Texture.Wrap.CLAMP;
        return Texture.of(file, wrap, wrap);
    }

    private @Nullable Path find(Mtl m, String raw) {
        String key = m.folder + "\n" + raw;
        if (known.containsKey(key)) {
            return known.get(key);
        }
        Beside.Found f = ObjMaterials.find(m.folder, folder, raw);
        int more = f == null ? behind(raw) : -1;
        if (more > 0) {
            f = ObjMaterials.find(m.folder, folder, raw.substring(0, more).strip());
        }
        if (f != null && f.moved()) {
            remarks.understood("files beside the mesh in place of those that it names", Mtl.text(raw));
        }
        Path file = f == null ? null : f.file();
        known.put(key, file);
        return file;
    }

    /** Where a comment or options follow the name, which the format does not foresee. */
    private static int behind(String raw) {
        Matcher m = Pattern.compile("[ \t](#|-[a-z]+[ \t])").matcher(raw);
        return m.find() ? m.start() : -1;
    }
}
