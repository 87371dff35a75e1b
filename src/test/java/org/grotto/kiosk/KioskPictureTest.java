package org.grotto.kiosk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jme3.math.ColorRGBA;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.kiosk.show.BackdropState;
import org.grotto.kiosk.visit.KioskOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Judges pixels of the kiosk's pictures of a small package. */
class KioskPictureTest {
    @TempDir
    static Path folder;

    private static Path cave;

    @BeforeAll
    static void makeAPackage() throws IOException {
        String display = System.getenv("DISPLAY");
        Need.require(display != null && !display.isBlank(), "a display (run under xvfb-run -a)");
        cave = TestRoom.write(folder.resolve("试验窟"), 160, 4096);
    }

    private static KioskOptions options() {
        return KioskOptions.of(cave).withSize(480, 270);
    }

    private static BufferedImage picture(KioskOptions o) throws IOException {
        Path png = folder.resolve("picture.png");
        Kiosk.screenshot(o, png);
        return ImageIO.read(png.toFile());
    }

    /** The mean of red, green and blue over a part of the picture, 0 to 255. */
    private static double[] mean(BufferedImage m, double x0, double y0, double x1, double y1) {
        double[] sum = new double[3];
        int count = 0;
        for (int y = (int) (y0 * m.getHeight()); y < y1 * m.getHeight(); y++) {
            for (int x = (int) (x0 * m.getWidth()); x < x1 * m.getWidth(); x++) {
                for (int c = 0; c < 3; c++) {
                    sum[c] += m.getRGB(x, y) >> 16 - 8 * c & 255;
                }
                count++;
            }
        }
        return new double[] {sum[0] / count, sum[1] / count, sum[2] / count};
    }

    private static double difference(BufferedImage a, BufferedImage b) {
        double sum = 0;
        for (int y = 0; y < a.getHeight(); y++) {
            for (int x = 0; x < a.getWidth(); x++) {
                for (int c = 0; c < 24; c += 8) {
                    sum += Math.abs((a.getRGB(x, y) >> c & 255) - (b.getRGB(x, y) >> c & 255));
                }
            }
        }
        return sum / (3.0 * a.getWidth() * a.getHeight());
    }

    /** The share of pixels that have the colour of what no scanner saw: no rock was drawn there. */
    private static double unseenShare(BufferedImage m) {
        int unseen = 0;
        ColorRGBA u = BackdropState.UNSEEN;
        for (int y = 0; y < m.getHeight(); y++) {
            for (int x = 0; x < m.getWidth(); x++) {
                int p = m.getRGB(x, y);
                double off = 0;
                double least = 255;
                double most = 0;
                for (int c = 0; c < 3; c++) {
                    double d = (p >> 16 - 8 * c & 255) - 255 * (c == 0 ? u.r : c == 1 ? u.g : u.b);
                    least = Math.min(least, d);
                    most = Math.max(most, d);
                    off = Math.max(off, Math.abs(d));
                }
                // the hatching lightens and darkens all three alike
                unseen += off < 255 * u.a && most - least < 3 ? 1 : 0;
            }
        }
        return unseen / (double) (m.getWidth() * m.getHeight());
    }

    /** The share of pixels that are nearly black, as what no light and no backdrop reaches would be. */
    private static double blackShare(BufferedImage m) {
        int black = 0;
        for (int y = 0; y < m.getHeight(); y++) {
            for (int x = 0; x < m.getWidth(); x++) {
                int p = m.getRGB(x, y);
                black += (p >> 16 & 255) < 10 && (p >> 8 & 255) < 10 && (p & 255) < 10 ? 1 : 0;
            }
        }
        return black / (double) (m.getWidth() * m.getHeight());
    }

    @Test
    void whatNoScannerSawIsHatchedStoneAndPlainlySoInTheEvidenceView() throws IOException {
        Path open = TestRoom.write(folder.resolve("open"), 100, 4096);
        TestRoom.open(open);
        KioskOptions o = KioskOptions.of(open).withSize(480, 270).withPanels(false);
        BufferedImage m = picture(o);
        assertThat(unseenShare(m)).as("the hole").isBetween(0.01, 0.2);
        assertThat(blackShare(m)).isZero();
        BufferedImage evidence = picture(o.withShow("evidence"));
        assertThat(unseenShare(evidence)).as("darker there").isLessThan(0.002);
        int told = 0;
        for (int y = 0; y < m.getHeight(); y++) {
            for (int x = 0; x < m.getWidth(); x++) {
                int p = evidence.getRGB(x, y);
                int brightest = Math.max(p >> 16 & 255, Math.max(p >> 8 & 255, p & 255));
                told += brightest < 50 ? 1 : 0;
            }
        }
        double share = told / (480.0 * 270);
        assertThat(share).as("dark hatching where the hole is").isGreaterThan(0.6 * unseenShare(m));
        BufferedImage outside = picture(o.withView("dollhouse"));
        assertThat(unseenShare(outside)).as("seen from outside as well").isGreaterThan(0.002);
    }

    @Test
    void insideTheRoomRockFillsThePictureInWarmColours() throws IOException {
        BufferedImage m = picture(options().withPanels(false));
        assertThat(m.getWidth()).isEqualTo(480);
        assertThat(m.getHeight()).isEqualTo(270);
        assertThat(unseenShare(m)).as("holes").isLessThan(0.001);
        double[] c = mean(m, 0, 0, 1, 1);
        assertThat(c[0]).isBetween(70.0, 210.0);
        assertThat(c[0]).as("sandstone is redder than it is blue").isGreaterThan(c[2] + 25);
    }

    @Test
    void theSamePictureTwiceIsTheSame() throws IOException {
        assertThat(difference(picture(options()), picture(options()))).isZero();
    }

    @Test
    void theDollsHouseStandsFreeOnADarkGroundAndShowsTheInside() throws IOException {
        BufferedImage m = picture(options().withPanels(false).withView("dollhouse"));
        for (double[] corner : new double[][] {{0, 0}, {0.95, 0}, {0, 0.9}, {0.95, 0.9}}) {
            double[] c = mean(m, corner[0], corner[1], corner[0] + 0.05, corner[1] + 0.1);
            assertThat(c[0]).as("dark").isLessThan(60);
            assertThat(Math.abs(c[0] - c[2])).as("neutral").isLessThan(10);
        }
        double[] floor = mean(m, 0.42, 0.6, 0.55, 0.75);
        assertThat(floor[0]).as("the lit floor inside").isGreaterThan(110);
        assertThat(floor[0]).isGreaterThan(floor[2] + 20);
    }

    @Test
    void movingTheLightMovesTheBrightSide() throws IOException {
        KioskOptions o = options().withPanels(false);
        BufferedImage left = picture(o.withLight(180, 30));
        BufferedImage right = picture(o.withLight(0, 30));
        assertThat(difference(left, right)).isGreaterThan(8);
        double leftness = mean(left, 0, 0, 0.3, 1)[1] - mean(left, 0.7, 0, 1, 1)[1];
        double rightness = mean(right, 0, 0, 0.3, 1)[1] - mean(right, 0.7, 0, 1, 1)[1];
        assertThat(leftness).isGreaterThan(rightness + 20);
    }

    @Test
    void evidencePaintsOnlyWhatIsInferredBlueGrey() throws IOException {
        KioskOptions o = options().withPanels(false).withView("corner");
        BufferedImage mesh = picture(o);
        BufferedImage evidence = picture(o.withShow("evidence"));
        int turnedBlue = 0;
        int same = 0;
        for (int y = 0; y < mesh.getHeight(); y++) {
            for (int x = 0; x < mesh.getWidth(); x++) {
                int a = mesh.getRGB(x, y);
                int b = evidence.getRGB(x, y);
                same += a == b ? 1 : 0;
                turnedBlue += (a & 255) < (a >> 16 & 255) && (b & 255) > (b >> 16 & 255) ? 1 : 0;
            }
        }
        double all = mesh.getWidth() * mesh.getHeight();
        assertThat(turnedBlue / all).isBetween(0.08, 0.6);
        assertThat(same / all).as("what was measured looks as before").isGreaterThan(0.35);
    }

    @Test
    void panelsSpeakChineseOrEnglish() throws IOException {
        BufferedImage zh = picture(options());
        BufferedImage en = picture(options().withLanguage("en"));
        BufferedImage none = picture(options().withPanels(false));
        assertThat(difference(zh, en)).isGreaterThan(0.3);
        double[] bar = mean(zh, 0.35, 0.87, 0.65, 0.96);
        double[] rock = mean(none, 0.35, 0.87, 0.65, 0.96);
        assertThat(bar[0]).as("the bar is dark glass").isLessThan(rock[0] * 0.75);
    }

    @Test
    void aTriangleBudgetShowsACoarserCaveWithoutHoles() throws IOException {
        Path png = folder.resolve("budget.png");
        Kiosk.Picture full = Kiosk.screenshot(options().withPanels(false), png);
        assertThat(full.maxPixelError()).isLessThanOrEqualTo(1);
        Kiosk.Picture some = Kiosk.screenshot(options().withPanels(false).withBudget(20_000, 1L << 30), png);
        assertThat(some.triangles()).isLessThanOrEqualTo(20_000).isLessThan(full.triangles());
        assertThat(some.limited()).isTrue();
        assertThat(some.maxPixelError()).isGreaterThan(1);
        assertThat(unseenShare(ImageIO.read(png.toFile()))).as("holes").isLessThan(0.001);
    }

    @Test
    void aTileThatIsMissingLeavesACoarserPlaceAndABrokenRootIsTold() throws IOException {
        Path copy = TestRoom.write(folder.resolve("broken"), 100, 2048);
        KioskOptions o = options().withPanels(false);
        KioskOptions broken =
                new KioskOptions(copy, false, 480, 270, "zh", "inside", 4_000_000, 1L << 28, "mesh", 135, 35, false);
        try (var files = Files.walk(copy.resolve("mesh"))) {
            Path leaf = files.filter(p -> p.toString().endsWith(".glb"))
                    .sorted()
                    .toList()
                    .getLast();
            Files.delete(leaf);
        }
        assertThat(unseenShare(picture(broken))).isLessThan(0.001);
        try (var files = Files.walk(copy.resolve("mesh"))) {
            for (Path p : files.filter(q -> q.toString().endsWith(".glb")).toList()) {
                Files.writeString(p, "no tile");
            }
        }
        assertThatThrownBy(() -> picture(broken))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("GLB");
    }

    @Test
    void pointsCloseIntoTheSameRoomAsTheMesh() throws IOException {
        Path copy = TestRoom.write(folder.resolve("points"), 160, 4096);
        TestRoom.addPoints(copy, 700);
        KioskOptions o =
                KioskOptions.of(copy).withSize(480, 270).withPanels(false).withLight(90, 85);
        BufferedImage mesh = picture(o);
        BufferedImage points = picture(o.withShow("points"));
        assertThat(unseenShare(points)).as("holes between points").isLessThan(0.01);
        double[] a = mean(mesh, 0, 0, 1, 1);
        double[] b = mean(points, 0, 0, 1, 1);
        for (int c = 0; c < 3; c++) {
            assertThat(b[c]).isBetween(0.85 * a[c], 1.15 * a[c]);
        }
        assertThat(difference(mesh, points)).as("the same place").isLessThan(25);
        BufferedImage outside = picture(o.withShow("points").withView("dollhouse"));
        assertThat(mean(outside, 0.42, 0.6, 0.55, 0.75)[0])
                .as("through the near wall")
                .isGreaterThan(90);
    }

    @Test
    void pointsThatAreNotThereAreRefused() {
        assertThatThrownBy(() -> picture(options().withShow("points")))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("no points");
    }
}
