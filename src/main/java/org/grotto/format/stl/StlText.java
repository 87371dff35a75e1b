package org.grotto.format.stl;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.grotto.base.GrottoException;
import org.grotto.format.TextLines;

/** The triangles of a text STL file, of one solid or several. */
final class StlText {
    private StlText() {}

    /** Reads all solids; returns what is not kept. */
    static List<String> read(Path path, StlCorners into) {
        long solids = 0;
        boolean open = false;
        boolean facet = false;
        int corners = 0;
        try (TextLines in = TextLines.open(path)) {
            while (in.next()) {
                int n = in.split();
                String word = n == 0 ? "" : in.token(0).toLowerCase(Locale.ROOT);
                switch (word) {
                    case "", "outer", "endloop" -> {}
                    case "solid" -> {
                        expect(!open, path, in, "\"solid\" before the last one ended");
                        open = true;
                        solids++;
                    }
                    case "facet" -> {
                        expect(open && !facet, path, in, "\"facet\" inside a facet or outside a solid");
                        facet = true;
                        corners = 0;
                    }
                    case "vertex" -> {
                        expect(facet && corners < 3, path, in, "a corner too many, or one outside a facet");
                        expect(n == 4, path, in, "a corner that is not \"vertex x y z\"");
                        for (int a = 0; a < 3; a++) {
                            double v = in.number(1 + a);
                            expect(StlCorners.sound(v), path, in, "the coordinate " + v + ", which is no place");
                            into.coordinate(3 * corners + a, v);
                        }
                        corners++;
                    }
                    case "endfacet" -> {
                        expect(facet && corners == 3, path, in, "a facet that ends with " + corners + " corners");
                        facet = false;
                        into.triangle();
                    }
                    case "endsolid" -> {
                        expect(open && !facet, path, in, "\"endsolid\" without its solid or inside a facet");
                        open = false;
                    }
                    default -> expect(false, path, in, "\"" + TextLines.shorten(word) + "\", which is no word of STL");
                }
            }
            if (open) {
                throw in.endsEarly("its solid is not closed with \"endsolid\"");
            }
        }
        return solids > 1 ? List.of("that its triangles are of " + solids + " solids") : List.of();
    }

    private static void expect(boolean right, Path path, TextLines in, String found) {
        if (!right) {
            throw GrottoException.badLine(path, in.number(), "found " + found + "; repair or export the mesh again.");
        }
    }
}
