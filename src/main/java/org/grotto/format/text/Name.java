package org.grotto.format.text;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grotto.format.Column;

/**
 * A column's name as headings and {@code --columns} write it, and what it means.
 *
 * @param own as it stands there
 * @param role "x", "y", "z"; {@link #EAST}, {@link #NORTH}, {@link #UP} and their letters, to be told from the other
 *     names; {@link #SKIP} for a point's own name or number; a {@link Column}'s name; else {@code own}
 * @param most the value of a full colour where the name says it, else NaN
 * @param unit metres in the unit that the name says, else NaN
 * @param degrees the name says degrees
 */
record Name(String own, String role, double most, double unit, boolean degrees) {
    static final String SKIP = "-";
    static final String EAST = "east";
    static final String NORTH = "north";
    static final String UP = "up";
    static final String LETTER_E = "letter e";
    static final String LETTER_N = "letter n";
    static final String PACKED = "rgb";

    private static final Pattern BRACKET =
            Pattern.compile("^(.*?)[\\s_:]*[\\[(\uFF08{\u3010]\\s*(.*?)\\s*[\\])\uFF09}\u3011]?\\s*$", Pattern.DOTALL);
    private static final Pattern MARKS = Pattern.compile("[\\s_.:\\-]+");
    private static final Pattern BRACKETS = Pattern.compile("^[\\[(\uFF08]|[\\])\uFF09]$");
    private static final Pattern SUFFIX = Pattern.compile("^(.+?)[\\s_/.:-]+([\\p{L}°-]{1,12})$");

    private static final Map<String, Double> UNITS = Map.ofEntries(
            Map.entry("m", 1.0),
            Map.entry("meter", 1.0),
            Map.entry("meters", 1.0),
            Map.entry("metre", 1.0),
            Map.entry("metres", 1.0),
            Map.entry("米", 1.0),
            Map.entry("dm", 0.1),
            Map.entry("分米", 0.1),
            Map.entry("cm", 0.01),
            Map.entry("厘米", 0.01),
            Map.entry("centimeter", 0.01),
            Map.entry("centimetre", 0.01),
            Map.entry("mm", 0.001),
            Map.entry("毫米", 0.001),
            Map.entry("millimeter", 0.001),
            Map.entry("millimeters", 0.001),
            Map.entry("millimetre", 0.001),
            Map.entry("millimetres", 0.001),
            Map.entry("km", 1000.0),
            Map.entry("千米", 1000.0),
            Map.entry("公里", 1000.0),
            Map.entry("ft", 0.3048),
            Map.entry("foot", 0.3048),
            Map.entry("feet", 0.3048),
            Map.entry("us-ft", 1200 / 3937.0),
            Map.entry("usft", 1200 / 3937.0),
            Map.entry("ftus", 1200 / 3937.0),
            Map.entry("us survey foot", 1200 / 3937.0),
            Map.entry("us survey feet", 1200 / 3937.0),
            Map.entry("in", 0.0254),
            Map.entry("inch", 0.0254),
            Map.entry("inches", 0.0254));

    /** What {@code word} says in a heading. */
    static Name of(String word) {
        String own = word.strip();
        String s = own.toLowerCase(Locale.ROOT);
        s = s.replaceFirst("^[/#%!]+", "").strip();
        String inner = "";
        Matcher b = BRACKET.matcher(s);
        if (b.matches()) {
            inner = b.group(2);
            s = b.group(1);
        } else {
            Matcher u = SUFFIX.matcher(s);
            if (u.matches() && isUnit(u.group(2)) && isAxis(role(u.group(1)))) {
                inner = u.group(2);
                s = u.group(1);
            }
        }
        String key = MARKS.matcher(s).replaceAll("");
        String role = role(s);
        String compass = compass(inner);
        if (!compass.isEmpty() && isAxis(role)) {
            role = compass;
        }
        double most = most(key);
        String unit = inner.toLowerCase(Locale.ROOT).replace(".", "").strip();
        boolean degrees = isDegrees(unit) || isAngle(key);
        return new Name(
                own, role.isEmpty() ? own : role, most, UNITS.getOrDefault(unit, Double.NaN), degrees && isAxis(role));
    }

    static boolean isAxis(String role) {
        return switch (role) {
            case "x", "y", "z", EAST, NORTH, UP, LETTER_E, LETTER_N -> true;
            default -> false;
        };
    }

    /** A word without the bracket that it begins with, and that which it ends with. */
    static String bare(String word) {
        return BRACKETS.matcher(word).replaceAll("");
    }

    /** True for a word that is nothing but a unit, with or without brackets. */
    static boolean isUnit(String word) {
        String s = bare(word.strip().toLowerCase(Locale.ROOT));
        return UNITS.containsKey(s) || isDegrees(s);
    }

    private static boolean isDegrees(String s) {
        return s.equals("deg") || s.equals("°") || s.startsWith("degree") || s.equals("dd") || s.equals("度");
    }

    private static boolean isAngle(String key) {
        return key.startsWith("lon")
                || key.equals("lng")
                || key.startsWith("lat")
                || key.contains("经度")
                || key.contains("纬度");
    }

    private static String compass(String inner) {
        String s = inner.toLowerCase(Locale.ROOT);
        return s.contains("东") || s.startsWith("east")
                ? EAST
                : s.contains("北") || s.startsWith("north") ? NORTH : s.equals("高") || s.contains("高程") ? UP : "";
    }

    private static double most(String key) {
        return switch (key) {
            case "rf", "gf", "bf", "redf", "greenf", "bluef", "rfloat", "gfloat", "bfloat" -> 1;
            case "r8", "g8", "b8", "red8", "green8", "blue8" -> 255;
            case "r16", "g16", "b16", "red16", "green16", "blue16" -> 65535;
            default -> Double.NaN;
        };
    }

    /** The role of a name in small letters; empty for one that is not known. */
    private static String role(String name) {
        String s = MARKS.matcher(name).replaceAll("");
        s = s.startsWith("scalar") && s.length() > 6 ? s.substring(6) : s;
        return switch (s) {
            case "-", "" -> SKIP;
            case "x", "pointx", "posx", "positionx", "coordx", "xcoord", "xcoordinate", "xpos", "x坐标", "坐标x", "x轴" ->
                "x";
            case "y", "pointy", "posy", "positiony", "coordy", "ycoord", "ycoordinate", "ypos", "y坐标", "坐标y", "y轴" ->
                "y";
            case "z", "pointz", "posz", "positionz", "coordz", "zcoord", "zcoordinate", "zpos", "z坐标", "坐标z", "z轴" ->
                "z";
            case "e", "ecoord" -> LETTER_E;
            case "n", "ncoord" -> LETTER_N;
            case "east", "easting", "eastings", "rechtswert", "ostwert", "este", "横坐标" -> EAST;
            case "north", "northing", "northings", "hochwert", "nordwert", "norte", "纵坐标" -> NORTH;
            case "lon", "long", "lng", "longitude", "经度" -> EAST;
            case "lat", "latitude", "纬度" -> NORTH;
            case "h", "u", "up", "height", "elev", "elevation", "alt", "altitude", "höhe", "hoehe", "cota", "quota" ->
                UP;
            case "高", "高程", "标高", "海拔", "高度", "大地高" -> UP;
            case "pointid", "pointname", "pointno", "pointnumber", "point", "pt", "ptid", "ptno", "pid", "id", "fid" ->
                SKIP;
            case "no", "nr", "num", "number", "index", "idx", "name", "label", "code", "desc", "description" -> SKIP;
            case "point3did" -> SKIP; // as COLMAP says
            case "点号", "点名", "编号", "序号", "编码", "代码", "名称", "点", "备注", "说明" -> SKIP;
            default -> role2(s);
        };
    }

    private static String role2(String s) {
        return switch (s) {
            case "r", "red", "rf", "redf", "rfloat", "r8", "red8", "r16", "red16", "colorr", "colorred", "colourred" ->
                Column.RED;
            case "g", "green", "gf", "greenf", "gfloat", "g8", "green8", "g16", "green16", "colorg", "colorgreen" ->
                Column.GREEN;
            case "b", "blue", "bf", "bluef", "bfloat", "b8", "blue8", "b16", "blue16", "colorb", "colorblue" ->
                Column.BLUE;
            case "diffusered", "红", "红色" -> Column.RED;
            case "diffusegreen", "colourgreen", "绿", "绿色" -> Column.GREEN;
            case "diffuseblue", "colourblue", "蓝", "蓝色" -> Column.BLUE;
            case "rgb", "rgba", "packedrgb", "rgbpacked", "packedcolor", "packedcolour", "color", "colour", "颜色" ->
                PACKED;
            case "i", "int", "intensity", "intens", "reflectance", "reflectivity", "强度", "反射强度", "反射率", "强度值" ->
                Column.INTENSITY;
            case "nx", "normalx", "xnormal", "normalsx", "法向x", "法线x", "法向量x", "nx法向" -> Column.NX;
            case "ny", "normaly", "ynormal", "normalsy", "法向y", "法线y", "法向量y" -> Column.NY;
            case "nz", "normalz", "znormal", "normalsz", "法向z", "法线z", "法向量z" -> Column.NZ;
            case "gpstime", "time", "timestamp", "t", "时间" -> Column.TIME;
            case "classification", "class", "类别", "分类" -> Column.CLASSIFICATION;
            case "pointsourceid" -> Column.SOURCE;
            case "returnnumber", "return" -> Column.RETURN;
            case "numberofreturns", "returns" -> Column.RETURNS;
            case "nir", "infrared", "nearinfrared", "近红外" -> Column.NIR;
            case "row" -> Column.ROW;
            case "col", "column" -> Column.COL;
            default -> chinese(s);
        };
    }

    private static String chinese(String s) {
        boolean east = s.contains("东");
        boolean north = s.contains("北");
        return east && !north && s.length() <= 6
                ? EAST
                : north && !east && s.length() <= 6 ? NORTH : s.endsWith("高程") ? UP : "";
    }
}
