package org.grotto.format.obj;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.grotto.base.GrottoException;
import org.grotto.base.Job;
import org.grotto.format.Beside;
import org.grotto.format.Remarks;
import org.jspecify.annotations.Nullable;

/**
 * One material of an MTL file (Wavefront's "Material Library File", with what later programs added to it). Names are kept
 * byte by byte, one character each, since nobody says their encoding.
 */
final class Mtl {
    private static final Set<String> OTHER_PICTURES = Set.of(
            "map_ks",
            "map_ke",
            "map_ns",
            "map_pr",
            "map_pm",
            "map_ps",
            "map_rma",
            "map_orm",
            "map_refl",
            "refl",
            "disp",
            "map_disp",
            "decal",
            "map_bump",
            "bump",
            "map_tr",
            "map_opacity");
    private static final Set<String> OCCLUSION = Set.of("map_ao", "map_occlusion", "occlusion", "ao");
    private static final Set<String> NORMAL = Set.of("norm", "map_kn", "map_normal", "normal", "map_norm");

    final String name;
    /** The folder of its MTL file. */
    final Path folder;

    double red = 1;
    double green = 1;
    double blue = 1;
    boolean coloured;
    double opacity = 1;

    @Nullable
    Picture colour;

    @Nullable
    Picture normal;

    @Nullable
    Picture occlusion;

    @Nullable
    Picture ambient;

    @Nullable
    Picture alpha;
    /** Statements whose pictures are not handed on, with the names of these. */
    final List<String> others = new ArrayList<>();

    private Mtl(String name, Path folder) {
        this.name = name;
        this.folder = folder;
    }

    /**
     * A picture as a statement names it.
     *
     * @param raw its name, one character a byte
     * @param place scale and offset of u, then of v: {@code u' = u * place[0] + place[1]}
     * @param clamp whether its border is drawn out
     */
    record Picture(String raw, double[] place, boolean clamp) {
        boolean sameFile(@Nullable Picture other) {
            return other != null && raw.equals(other.raw);
        }

        boolean samePlace(@Nullable Picture other) {
            return other == null || java.util.Arrays.equals(place, other.place);
        }

        String shown() {
            return text(raw);
        }
    }

    /** A name for people. */
    static String text(String raw) {
        return Beside.readings(bytes(raw)).getFirst();
    }

    static byte[] bytes(String raw) {
        return raw.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The materials of a file by their names, the first of each; as many as it has. */
    static Map<String, Mtl> read(Path file, Remarks remarks) {
        Map<String, Mtl> all = new HashMap<>();
        Mtl at = null;
        try (ObjLines in = ObjLines.open(file)) {
            while (in.next()) {
                Job.current().check();
                if (in.is("newmtl")) {
                    at = new Mtl(
                            in.rest(),
                            java.util.Objects.requireNonNull(
                                    file.toAbsolutePath().getParent()));
                    all.putIfAbsent(at.name, at);
                } else if (at != null) {
                    at.tolerant(in, file, remarks);
                }
            }
        }
        return all;
    }

    /** Takes a statement; one that makes no sense costs no mesh, and is named. */
    private void tolerant(ObjLines in, Path file, Remarks remarks) {
        try {
            statement(in, in.raw().toLowerCase(Locale.ROOT), remarks);
        } catch (GrottoException e) {
            remarks.lost("lines of materials that make no sense", file.getFileName() + " line " + in.number());
        }
    }

    private void statement(ObjLines in, String key, Remarks remarks) {
        switch (key) {
            case "kd" -> kd(in, remarks);
            case "d" -> {
                if (in.word() && (!in.is("-halo") || in.word())) {
                    opacity = in.value();
                }
            }
            case "tr" -> {
                if (in.word()) {
                    opacity = 1 - in.value();
                }
            }
            case "map_kd", "map_basecolor", "map_albedo" -> colour = picture(in, remarks);
            case "map_ka" -> ambient = picture(in, remarks);
            case "map_d" -> alpha = picture(in, remarks);
            default -> {
                if (NORMAL.contains(key)) {
                    normal = picture(in, remarks);
                } else if (OCCLUSION.contains(key)) {
                    occlusion = picture(in, remarks);
                } else if (OTHER_PICTURES.contains(key)) {
                    Picture p = picture(in, remarks);
                    if (p != null) {
                        others.add(p.shown() + " (" + key + ")");
                    }
                }
            }
        }
    }

    private void kd(ObjLines in, Remarks remarks) {
        if (!in.word()) {
            return;
        }
        if (in.is("spectral") || in.is("xyz")) {
            remarks.lost("colours of materials that are no red, green and blue", text(name));
            return;
        }
        red = part(in.value());
        green = in.word() ? part(in.value()) : red; // one number is a grey
        blue = in.word() ? part(in.value()) : green;
        coloured = true;
    }

    private static double part(double v) {
        return v >= 0 ? Math.min(1, v) : 0;
    }

    /** The options and the name that follow the keyword; null where there is no name. */
    private @Nullable Picture picture(ObjLines in, Remarks remarks) {
        String s = in.rest();
        double[] place = {1, 0, 1, 0};
        boolean clamp = false;
        while (s.startsWith("-")) {
            String option = first(s).toLowerCase(Locale.ROOT);
            int least;
            int most;
            switch (option) {
                case "-o", "-s", "-t" -> {
                    least = 1;
                    most = 3;
                }
                case "-mm" -> {
                    least = 2;
                    most = 2;
                }
                case "-blendu",
                        "-blendv",
                        "-boost",
                        "-cc",
                        "-clamp",
                        "-imfchan",
                        "-texres",
                        "-bm",
                        "-type",
                        "-colorspace" -> {
                    least = 1;
                    most = 1;
                }
                default -> {
                    return new Picture(s, place, clamp); // a name that begins with a dash
                }
            }
            s = after(s);
            double[] numbers = {Double.NaN, Double.NaN, Double.NaN};
            for (int i = 0; i < most; i++) {
                String word = first(s);
                double n = number(word);
                if (i >= least && (Double.isNaN(n) || after(s).isEmpty())) {
                    break;
                }
                numbers[i] = n;
                clamp |= option.equals("-clamp") && word.equalsIgnoreCase("on");
                s = after(s);
            }
            option(option, numbers, place, remarks);
        }
        return s.isEmpty() ? null : new Picture(s, place, clamp);
    }

    private void option(String option, double[] n, double[] place, Remarks remarks) {
        switch (option) {
            case "-s" -> {
                place[0] = finite(n[0], 1);
                place[2] = finite(n[1], 1);
            }
            case "-o" -> {
                place[1] = finite(n[0], 0);
                place[3] = finite(n[1], 0);
            }
            case "-t" -> {
                if (finite(n[0], 0) != 0 || finite(n[1], 0) != 0) {
                    remarks.lost("turbulence of pictures (-t), of materials", text(name));
                }
            }
            case "-mm" -> {
                if (finite(n[0], 0) != 0 || finite(n[1], 1) != 1) {
                    remarks.lost("changed brightness of pictures (-mm), of materials", text(name));
                }
            }
            default -> {}
        }
    }

    private static double finite(double v, double otherwise) {
        return Double.isFinite(v) ? v : otherwise;
    }

    private static double number(String word) {
        byte[] b = bytes(word.replace(',', '.'));
        return org.grotto.format.Numbers.parse(b, 0, b.length);
    }

    private static String first(String s) {
        int i = 0;
        while (i < s.length() && s.charAt(i) > ' ') {
            i++;
        }
        return s.substring(0, i);
    }

    private static String after(String s) {
        return s.substring(first(s).length()).strip();
    }
}
