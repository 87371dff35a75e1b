package org.grotto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.grotto.cli.Main;

/**
 * A house as architects draw it, known in closed form: two rooms of 4 x 4 x 3 m with 0.05 m of wall between and around them,
 * and in each room a ball. The package has many small tiles, whose borders cross the walls.
 */
public final class ThinHouse {
    /** Where somebody stands in the first room, metres. */
    public static final double[] EYE = {2.7, 2.6, 1.6};

    private static final double RADIUS = 0.6;
    private static final double[] BALL = {1.1, 1.2, 1};
    private static final double[] ROOM = {4, 4, 3};
    private static final double WALL = 0.05;
    /** A wall is made of panes so long, metres. */
    private static final double PANE = 0.4;

    private static final int RINGS = 30;
    /** Its balls are made of triangles, and tiles place their corners on lattices: so far all is from where it should be, metres. */
    public static final double WITHIN = 0.003;

    private ThinHouse() {}

    /** Builds its package. */
    public static Path build(Path folder) throws IOException {
        Path file = folder.resolve("house.obj");
        try (PrintWriter w = new PrintWriter(Files.newBufferedWriter(file))) {
            double next = ROOM[0] + WALL;
            int n = box(w, 0, -WALL, next + ROOM[0] + WALL, WALL, true);
            for (double x : new double[] {0, next}) {
                n = box(w, n, x, x + ROOM[0], 0, false);
                n = ball(w, n, x);
            }
        }
        Path cave = folder.resolve("house");
        String[] command = {
            "build",
            file.toString(),
            "-o",
            cave.toString(),
            "--unit",
            "m",
            "--up",
            "z",
            "--subject",
            "room",
            "--tile-triangles",
            "300",
            "--quiet"
        };
        PrintStream silent = new PrintStream(PrintStream.nullOutputStream());
        assertThat(Main.run(command, silent, silent)).isZero();
        return cave;
    }

    /** How far a place in the first room is from its walls and its ball, metres. */
    public static double off(double[] place) {
        double off = Double.POSITIVE_INFINITY;
        double ball = 0;
        for (int k = 0; k < 3; k++) {
            off = Math.min(off, Math.min(Math.abs(place[k]), Math.abs(place[k] - ROOM[k])));
            ball += (place[k] - BALL[k]) * (place[k] - BALL[k]);
        }
        return Math.min(off, Math.abs(Math.sqrt(ball) - RADIUS));
    }

    /** A box of panes about as long as {@link #PANE}. */
    private static int box(PrintWriter w, int n, double x0, double x1, double grown, boolean outward) {
        double[] low = {x0, -grown, -grown};
        double[] high = {x1, ROOM[1] + grown, ROOM[2] + grown};
        int v = n;
        for (int side = 0; side < 6; side++) {
            int a = side / 2;
            int b = (a + 1) % 3;
            int c = (a + 2) % 3;
            int nb = (int) Math.round((high[b] - low[b]) / PANE);
            int nc = (int) Math.round((high[c] - low[c]) / PANE);
            double[] p = new double[3];
            p[a] = side % 2 == 0 ? low[a] : high[a];
            for (int i = 0; i <= nb; i++) {
                for (int k = 0; k <= nc; k++) {
                    p[b] = low[b] + (high[b] - low[b]) * i / nb;
                    p[c] = low[c] + (high[c] - low[c]) * k / nc;
                    w.printf(Locale.ROOT, "v %.5f %.5f %.5f%n", p[0], p[1], p[2]);
                }
            }
            boolean turned = side % 2 == 0 == outward;
            for (int i = 0; i < nb; i++) {
                for (int k = 0; k < nc; k++) {
                    int q = v + i * (nc + 1) + k + 1;
                    int r = turned ? q + 1 : q + nc + 1;
                    int t = turned ? q + nc + 1 : q + 1;
                    w.printf("f %d %d %d%nf %d %d %d%n", q, r, q + nc + 2, q, q + nc + 2, t);
                }
            }
            v += (nb + 1) * (nc + 1);
        }
        return v;
    }

    private static int ball(PrintWriter w, int n, double x) {
        for (int j = 0; j <= RINGS; j++) {
            double lat = Math.PI * ((double) j / RINGS - 0.5);
            for (int i = 0; i < 2 * RINGS; i++) {
                double lon = Math.PI * i / RINGS;
                double flat = RADIUS * Math.cos(lat);
                w.printf(
                        Locale.ROOT,
                        "v %.6f %.6f %.6f%n",
                        x + BALL[0] + flat * Math.cos(lon),
                        BALL[1] + flat * Math.sin(lon),
                        BALL[2] + RADIUS * Math.sin(lat));
            }
        }
        for (int j = 0; j < RINGS; j++) {
            for (int i = 0; i < 2 * RINGS; i++) {
                int a = n + j * 2 * RINGS + i + 1;
                int b = n + j * 2 * RINGS + (i + 1) % (2 * RINGS) + 1;
                w.printf("f %d %d %d%nf %d %d %d%n", a, b, b + 2 * RINGS, a, b + 2 * RINGS, a + 2 * RINGS);
            }
        }
        return n + (RINGS + 1) * 2 * RINGS;
    }
}
