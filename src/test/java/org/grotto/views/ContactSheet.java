package org.grotto.views;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.grotto.base.Records;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.grotto.image.Light;
import org.grotto.image.Picture;
import org.grotto.image.Raster;
import org.grotto.image.VertexColours;
import org.grotto.pipeline.InputOptions;
import org.grotto.pipeline.Inputs;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.PackageReader;
import org.grotto.scene.Station;
import org.grotto.scene.Subject;

/** Pictures of the first view (marked where narrower screens end) and the overview of packages, side by side, and what they show in numbers. */
public final class ContactSheet {
    private static final int WIDTH = Shown.WIDTH;
    private static final int HEIGHT = Shown.HEIGHT;
    private static final int AIR = 0x402030;
    private static final boolean AGAIN = Boolean.getBoolean("views.again");
    /** Pictures side by side. */
    private static final int ROW = AGAIN ? 3 : 2;

    private ContactSheet() {}

    /** Where a sheet goes, then packages; with -Dviews.again=true views are made again, of the preview alone, and stand beside the first one as it was;
     * with -Dviews.any=true it says of rooms what a view could show at the best. */
    public static void main(String[] a) throws IOException {
        List<BufferedImage> rows = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (Work work = Work.silent()) {
            for (int i = 1; i < a.length; i++) {
                Path folder = Path.of(a[i]);
                if (!Files.exists(folder.resolve("cave.json"))) {
                    continue;
                }
                CaveInfo cave = PackageReader.read(folder);
                Mesh m = Inputs.mesh(folder.resolve("mesh/preview.glb"), InputOptions.DEFAULTS);
                CaveInfo.View before = cave.views().getFirst();
                if (AGAIN && cave.subject() != null) {
                    cave = Records.with(cave, "views", again(cave, m, work));
                }
                names.add(folder.getFileName().toString());
                boolean backs = cave.subject() != null && !cave.subject().encloses();
                CaveInfo.View first = cave.views().getFirst();
                CaveInfo.View other = cave.views().stream()
                        .filter(v -> v.kind().equals("dollhouse") && v != first)
                        .findFirst()
                        .orElse(first);
                Shown s = Shown.of(m, first, backs, work);
                System.out.printf(
                        "%-28s %-7s stone %.2f behind %.2f open %.2f nearest %.2f floor %.2f side %.2f eye %s target %s fov %.0f%n",
                        folder.getFileName(),
                        cave.subject(),
                        s.stone(),
                        s.behind(),
                        s.open(),
                        s.nearest(),
                        s.floor(),
                        s.side(),
                        Arrays.toString(first.eye()),
                        Arrays.toString(first.target()),
                        first.fovDegrees());
                if (cave.subject() == Subject.Kind.ROOM && Boolean.getBoolean("views.any")) {
                    System.out.println("    " + AnyoneSees.of(m, first.fovDegrees(), work));
                }
                List<CaveInfo.View> views = AGAIN ? List.of(before, first, other) : List.of(first, other);
                BufferedImage row = new BufferedImage(ROW * WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
                for (int k = 0; k < ROW; k++) {
                    CaveInfo.View v = views.get(k);
                    Mesh shown = m;
                    if (k + 1 == ROW && cave.room() != null && !backs) {
                        shown = Views.without(m, cave.room(), v);
                    }
                    Picture p = Raster.draw(
                            shown,
                            Shown.camera(v),
                            WIDTH,
                            HEIGHT,
                            VertexColours.own(shown, work),
                            Light.RELIEF,
                            AIR,
                            backs,
                            work);
                    row.setRGB(k * WIDTH, 0, WIDTH, HEIGHT, p.rgb(), 0, WIDTH);
                    if (k + 1 < ROW) {
                        narrower(row, k);
                    }
                }
                rows.add(row);
            }
        }
        int across = rows.size() > 6 ? 2 : 1;
        BufferedImage sheet = new BufferedImage(
                across * ROW * WIDTH, (rows.size() + across - 1) / across * HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = sheet.createGraphics();
        g.setColor(Color.WHITE);
        for (int i = 0; i < rows.size(); i++) {
            int x = i % across * ROW * WIDTH;
            int y = i / across * HEIGHT;
            g.drawImage(rows.get(i), x, y, null);
            g.drawString(names.get(i), x + 6, y + 16);
        }
        ImageIO.write(sheet, "png", Path.of(a[0]).toFile());
    }

    /** Marks at the rims of a picture that is 4 : 3, and of an upright one whose field is widened as the page does. */
    private static void narrower(BufferedImage row, int k) {
        Graphics2D g = row.createGraphics();
        g.setColor(Color.GREEN);
        for (double half : new double[] {0.75, 0.4}) {
            for (int side = -1; side <= 1; side += 2) {
                int x = (int) ((k + 0.5 + side * half / 2) * WIDTH);
                g.drawLine(x, 0, x, 5);
                g.drawLine(x, HEIGHT - 6, x, HEIGHT);
            }
        }
        g.dispose();
    }

    private static List<CaveInfo.View> again(CaveInfo cave, Mesh m, Work work) {
        List<double[]> eyes = new ArrayList<>();
        for (Station s : cave.stations()) {
            if (s.pose() != null && s.points() > 0) {
                eyes.add(new double[] {s.pose().tx(), s.pose().ty(), s.pose().tz()});
            }
        }
        return Views.ofMesh(m, cave.subject(), cave.room(), eyes, work);
    }
}
