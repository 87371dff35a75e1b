package org.grotto.format.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.text.Trial.Kind;

/**
 * What a full red, green and blue is, from names ("Rf") and values: 1, 255 or 65,535.
 *
 * @param any false where there are no three columns of a colour
 * @param most the value of a full channel
 * @param whole all are whole numbers, and none is missing
 * @param beyond some values are far from what any colour has
 */
record Colours(boolean any, double most, boolean whole, boolean beyond) {
    private static final String[] NAMES = {Column.RED, Column.GREEN, Column.BLUE};
    private static final Colours NONE = new Colours(false, 255, false, false);
    /** A share of more than one by this is still rounded to one. */
    static final double OVER = 1.001;

    /** Throws where names and values do not tell. */
    static Colours of(Path path, Values v, Heading heading) {
        double least = 0;
        double most = 0;
        double said = Double.NaN;
        boolean whole = true;
        boolean full = true;
        for (String name : NAMES) {
            int k = heading.roles().indexOf(name);
            if (k < 0 || v.kinds()[k] != Kind.NUMBERS) {
                return NONE;
            }
            least = Math.min(least, v.least(k));
            most = Math.max(most, v.most(k));
            whole &= v.isWhole(k);
            full &= v.empty()[k] == 0;
            said = Double.isNaN(said) ? heading.names().get(k).most() : said;
        }
        boolean user = heading.given();
        if (least < 0 || most > 65535) {
            return beyond(path, v, heading, least, most);
        }
        if (user && most > said * OVER) {
            throw GrottoException.badRequest(path + ": --columns says that colours end at " + (long) said
                    + ", but there are some of " + most + "; name them red,green,blue to have them told by values.");
        }
        if (said >= most || said * OVER >= most) {
            return new Colours(true, said, whole && full && said > 1, false);
        }
        boolean either = whole ? most == 1 : most > OVER && most <= 2;
        if (either && !user) {
            throw GrottoException.badRequest(path + ": colours of 0 to " + (whole ? "1" : "" + most)
                    + " may be shares of 1 or all but black of 255; say which: --columns "
                    + list(heading, new String[] {"Rf", "Gf", "Bf"}) + " or --columns "
                    + list(heading, new String[] {"red8", "green8", "blue8"}) + ".");
        }
        double range = !whole && most <= OVER ? 1 : most <= 255 ? 255 : 65535;
        return new Colours(true, range, whole && full && range > 1, false);
    }

    /** Colours of 8 bits with some values that are none: black and full, and said. */
    private static Colours beyond(Path path, Values v, Heading heading, double least, double most) {
        int in = 0;
        for (String name : NAMES) {
            for (double x : v.values()[heading.roles().indexOf(name)]) {
                in += x >= 0 && x <= 255 ? 1 : 0;
            }
        }
        if (2 * in < 3 * v.rows()) {
            throw GrottoException.badRequest(path + ": its colours are " + least + " to " + most
                    + ", neither 0 to 255, to 65535 nor to 1; say what the columns are: --columns "
                    + list(heading, new String[] {"-", "-", "-"}) + " leaves them out.");
        }
        return new Colours(true, 255, false, true);
    }

    private static String list(Heading heading, String[] names) {
        List<String> s = new ArrayList<>(heading.roles());
        for (int c = 0; c < 3; c++) {
            s.set(s.indexOf(NAMES[c]), names[c]);
        }
        return String.join(",", s);
    }

    /** The column of one channel. */
    Column column(String name, Values v, int k) {
        if (!any) {
            boolean small = v.least(k) >= 0 && v.most(k) <= 255;
            return small ? Column.of(name, Column.Type.DOUBLE, 0, 255) : Column.of(name, Column.Type.DOUBLE);
        }
        Column.Type type = !whole ? Column.Type.DOUBLE : most > 255 ? Column.Type.UINT16 : Column.Type.UINT8;
        return Column.of(name, type, 0, most);
    }

    static boolean isChannel(String name) {
        return name.equals(Column.RED) || name.equals(Column.GREEN) || name.equals(Column.BLUE);
    }

    /** The columns of a table as the user may name them where colours reach further than was thought. */
    static String wider(Table table) {
        List<String> s = new ArrayList<>();
        for (String role : table.roles()) {
            int k = table.roles().indexOf(role);
            boolean share = false;
            for (int c = 0; c < table.at().length; c++) {
                share |= table.at()[c] == k && table.columns().get(c).max() == 1;
            }
            s.add(isChannel(role) ? role + (share ? "8" : "16") : role);
        }
        return String.join(",", s);
    }

    /** Words for colours that are not of 8 bits. */
    String said() {
        return beyond
                ? "; colours 0 to 255, though some are beyond"
                : !any || most == 255 ? "" : most == 1 ? "; colours 0 to 1" : "; colours 0 to 65535";
    }
}
