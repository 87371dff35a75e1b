package org.grotto.simulate;

import java.util.Map;

/** Characters as strokes: polylines in a unit square, x to the right, y up; strokes separated by semicolons. */
final class Glyphs {
    private static final Map<String, String> DATA = Map.ofEntries(
            Map.entry(
                    "雲",
                    ".22 .96 .78 .96; .10 .68 .13 .84 .87 .84 .84 .70; .50 .96 .50 .58; .24 .76 .38 .73; .24 .66 .38 .63;"
                            + " .62 .75 .76 .76; .62 .65 .76 .63; .26 .48 .74 .48; .10 .34 .90 .34;"
                            + " .44 .34 .22 .07 .74 .11; .62 .22 .82 .01"),
            Map.entry(
                    "岡",
                    ".14 .03 .14 .93 .86 .93 .86 .05 .76 .10; .34 .82 .41 .70; .66 .82 .59 .70; .26 .63 .74 .63;"
                            + " .50 .55 .50 .20; .28 .42 .28 .20 .72 .20 .72 .42"),
            Map.entry(
                    "石",
                    ".10 .90 .90 .90; .50 .90 .40 .66 .10 .34; .36 .52 .36 .05; .36 .52 .82 .52 .82 .05; .36 .12 .82 .12"),
            Map.entry(
                    "窟",
                    ".50 1.0 .50 .89; .11 .70 .12 .86 .88 .86 .86 .74; .40 .82 .32 .70 .17 .62; .60 .82 .64 .69 .82 .66;"
                            + " .24 .58 .80 .58 .80 .46 .24 .46; .24 .58 .24 .30 .09 .03; .53 .42 .53 .03;"
                            + " .36 .37 .36 .25 .71 .25 .71 .37; .30 .17 .30 .03 .77 .03 .77 .17"),
            Map.entry("太", ".12 .68 .88 .68; .50 .95 .47 .62 .10 .08; .51 .62 .90 .08; .38 .25 .52 .11"),
            Map.entry(
                    "和",
                    ".44 .93 .14 .84; .06 .66 .52 .66; .30 .88 .30 .05; .28 .62 .06 .30; .32 .60 .50 .42;"
                            + " .62 .72 .62 .16; .62 .72 .92 .72 .92 .16; .62 .23 .92 .23"),
            Map.entry("十", ".08 .56 .92 .56; .50 .95 .50 .04"),
            Map.entry(
                    "年",
                    ".30 .97 .10 .66; .24 .82 .86 .82; .28 .58 .82 .58; .28 .58 .28 .34; .06 .34 .94 .34; .57 .82 .57 .01"),
            Map.entry(
                    "G",
                    ".66 .80 .54 .94 .38 1.0 .20 .93 .07 .75 .02 .50 .07 .25 .20 .07 .38 0 .56 .05 .68 .18 .68 .46 .42 .46"),
            Map.entry("R", ".06 0 .06 1.0 .38 1.0 .56 .93 .62 .76 .56 .59 .38 .52 .06 .52; .34 .52 .66 0"),
            Map.entry(
                    "O",
                    ".36 1.0 .18 .93 .06 .75 .01 .50 .06 .25 .18 .07 .36 0 .54 .07 .66 .25 .71 .50 .66 .75 .54 .93 .36 1.0"),
            Map.entry("T", "0 1.0 .70 1.0; .35 1.0 .35 0"));

    private Glyphs() {}

    /** The strokes of {@code glyph}: one array x0 y0 x1 y1 ... each. */
    static double[][] strokes(String glyph) {
        String data = DATA.get(glyph);
        if (data == null) {
            throw new IllegalArgumentException("no strokes for " + glyph);
        }
        String[] parts = data.split(";");
        double[][] out = new double[parts.length][];
        for (int i = 0; i < parts.length; i++) {
            String[] numbers = parts[i].trim().split(" ");
            out[i] = new double[numbers.length];
            for (int k = 0; k < numbers.length; k++) {
                out[i][k] = Double.parseDouble(numbers[k]);
            }
        }
        return out;
    }
}
