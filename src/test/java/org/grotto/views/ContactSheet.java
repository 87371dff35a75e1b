package org.grotto.views;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.grotto.base.Records;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.TriangleTree;
import org.grotto.image.Camera;
import org.grotto.image.Glimpse;
import org.grotto.image.Light;
import org.grotto.image.Picture;
import org.grotto.image.Raster;
import org.grotto.image.VertexColours;
import org.grotto.pipeline.InputOptions;
import org.grotto.pipeline.Inputs;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.PackageReader;

/** Pictures of the first view and the overview of packages, side by side, and what they show in numbers. */
public final class ContactSheet {
    private static final int WIDTH = 480;
    private static final int HEIGHT = 270;
    private static final int AIR = 0x402030;

    private ContactSheet() {}

    /** What a picture shows. */
    public record Shown(double stone, double behind, double open, double nearest, double floor, double side) {
        /** Of a view of a mesh, in a picture of 16 : 9. */
        public static Shown of(Mesh m, CaveInfo.View v, boolean backs, Work work) {
            Camera c = camera(v);
            Glimpse g = Raster.look(m, c, WIDTH, HEIGHT, backs, work);
            int n = g.shown().length;
            int stone = 0;
            int behind = 0;
            int x0 = g.width();
            int x1 = -1;
            int y0 = g.height();
            int y1 = -1;
            for (int i = 0; i < n; i++) {
                stone += g.front(i) ? 1 : 0;
                behind += g.behind(i) ? 1 : 0;
                if (g.front(i) || g.behind(i)) {
                    x0 = Math.min(x0, i % g.width());
                    x1 = Math.max(x1, i % g.width());
                    y0 = Math.min(y0, i / g.width());
                    y1 = Math.max(y1, i / g.width());
                }
            }
            double[] e = v.eye();
            TriangleTree tree = new TriangleTree(m, work);
            double nearest = tree.distance(e[0], e[1], e[2], Double.POSITIVE_INFINITY);
            Glimpse down = Raster.look(
                    m, Camera.perspective(e, new double[] {e[0], e[1], e[2] - 1}, 20, 0.01), 9, 9, true, work);
            int middle = down.height() / 2 * down.width() + down.width() / 2;
            double side =
                    x1 < 0 ? 0 : Math.max((double) (x1 - x0 + 1) / g.width(), (double) (y1 - y0 + 1) / g.height());
            return new Shown(
                    (double) stone / n,
                    (double) behind / n,
                    1 - (double) (stone + behind) / n,
                    nearest,
                    down.depth()[middle],
                    side);
        }
    }

    static Camera camera(CaveInfo.View v) {
        double d = 0;
        for (int k = 0; k < 3; k++) {
            d += (v.eye()[k] - v.target()[k]) * (v.eye()[k] - v.target()[k]);
        }
        return Camera.perspective(v.eye(), v.target(), v.fovDegrees(), 1e-3 * Math.sqrt(d));
    }

    /** Where a sheet goes, then packages; with -Dviews.again=true views are made again, of the preview alone. */
    public static void main(String[] a) throws IOException {
        List<BufferedImage> rows = new ArrayList<>();
        try (Work work = Work.silent()) {
            for (int i = 1; i < a.length; i++) {
                Path folder = Path.of(a[i]);
                if (!Files.exists(folder.resolve("cave.json"))) {
                    continue;
                }
                CaveInfo cave = PackageReader.read(folder);
                Mesh m = Inputs.mesh(folder.resolve("mesh/preview.glb"), InputOptions.DEFAULTS);
                if (Boolean.getBoolean("views.again") && cave.subject() != null) {
                    cave = Records.with(cave, "views", Views.ofMesh(m, cave.subject(), cave.room(), work));
                }
                boolean backs = cave.subject() != null && !cave.subject().encloses();
                CaveInfo.View first = cave.views().getFirst();
                CaveInfo.View other = cave.views().stream()
                        .filter(v -> v.kind().equals("dollhouse") && v != first)
                        .findFirst()
                        .orElse(first);
                Shown s = Shown.of(m, first, backs, work);
                System.out.printf(
                        "%-28s %-7s stone %.2f behind %.2f open %.2f nearest %.2f floor %.2f side %.2f%n",
                        folder.getFileName(), cave.subject(), s.stone, s.behind, s.open, s.nearest, s.floor, s.side);
                BufferedImage row = new BufferedImage(2 * WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
                for (int k = 0; k < 2; k++) {
                    CaveInfo.View v = k == 0 ? first : other;
                    Mesh shown = m;
                    if (k == 1 && cave.room() != null && !backs) {
                        shown = Views.without(m, cave.room(), v);
                    }
                    Picture p = Raster.draw(
                            shown,
                            camera(v),
                            WIDTH,
                            HEIGHT,
                            VertexColours.own(shown, work),
                            Light.RELIEF,
                            AIR,
                            backs,
                            work);
                    row.setRGB(k * WIDTH, 0, WIDTH, HEIGHT, p.rgb(), 0, WIDTH);
                }
                rows.add(row);
            }
        }
        int across = rows.size() > 6 ? 2 : 1;
        BufferedImage sheet = new BufferedImage(
                across * 2 * WIDTH, (rows.size() + across - 1) / across * HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < rows.size(); i++) {
            sheet.createGraphics().drawImage(rows.get(i), i % across * 2 * WIDTH, i / across * HEIGHT, null);
        }
        ImageIO.write(sheet, "png", Path.of(a[0]).toFile());
    }
}
