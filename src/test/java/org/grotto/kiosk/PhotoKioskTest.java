package org.grotto.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.grotto.Need;
import org.grotto.geometry.Pose;
import org.grotto.kiosk.visit.CavePackage;
import org.grotto.kiosk.visit.Eye;
import org.grotto.kiosk.visit.KioskModel;
import org.grotto.kiosk.visit.KioskOptions;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.Lens;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Photographs lie on the stone that they show, to the pixel, and are laid and taken off as visitors ask. */
class PhotoKioskTest {
    @TempDir
    static Path folder;

    private static Path cave;

    @BeforeAll
    static void room() throws IOException {
        cave = PhotoRoom.write(folder.resolve("cave"));
    }

    private static double[] wrong(String name, Lens l, Pose p, double off) throws IOException {
        String display = System.getenv("DISPLAY");
        Need.require(display != null && !display.isBlank(), "a display (run under xvfb-run -a)");
        KioskOptions o =
                KioskOptions.of(cave).withSize(800, 500).withPanels(false).withView(name);
        Path png = folder.resolve(name + ".png");
        assertThat(Kiosk.screenshot(o, png).lack()).isNull();
        BufferedImage screen = ImageIO.read(png.toFile());
        CaveInfo.View v = CavePackage.open(cave).view(name);
        return PhotoRoom.wrong(screen, v.eye(), v.target(), v.fovDegrees(), l, p, 0, 1.5, off);
    }

    @Test
    void eachLiesOnTheStoneItShows() throws IOException {
        double[] pinhole = wrong("pinhole", PhotoRoom.PINHOLE_LENS, PhotoRoom.PINHOLE, 0);
        assertThat(pinhole[1]).isGreaterThan(100_000);
        assertThat(pinhole[0]).isLessThan(0.0005);
        double[] sphere = wrong("sphere", PhotoRoom.SPHERE_LENS, PhotoRoom.SPHERE, 0);
        assertThat(sphere[1]).isGreaterThan(300_000);
        assertThat(sphere[0]).isLessThan(0.0005);
        Pose moved = CavePackage.open(cave).pictures().get(2).pose();
        double[] cylinder = wrong("cylinder", PhotoRoom.CYLINDER_LENS, moved, 0);
        assertThat(cylinder[0]).isLessThan(0.0005);
    }

    @Test
    void aThirdOfADegreeWouldBeSeen() throws IOException {
        assertThat(wrong("pinhole", PhotoRoom.PINHOLE_LENS, PhotoRoom.PINHOLE, 0.33)[0])
                .isGreaterThan(0.001);
    }

    @Test
    void itIsLaidWhereTheVisitorStandsAndTakenOffAgain() {
        KioskModel m = Kiosk.model(CavePackage.open(cave), KioskOptions.of(cave));
        assertThat(m.pictured()).isTrue();
        assertThat(m.laid()).isNull();
        double[] o = m.origin;
        Pose p = PhotoRoom.SPHERE;
        m.eye = new Eye(p.tx() - o[0] - 0.2, p.ty() - o[1], p.tz() - o[2], 0, 0, 60);
        assertThat(m.atPicture()).isTrue();
        m.pass(0.1);
        assertThat(m.notice()).isNotNull();
        m.picture();
        assertThat(java.util.Objects.requireNonNull(m.laid()).getFirst().photo().name())
                .isEqualTo("sphere");
        assertThat(m.view().eye()).containsExactly(p.tx(), p.ty(), p.tz());
        m.nextView(1);
        assertThat(java.util.Objects.requireNonNull(m.laid()).getFirst().photo().name())
                .isEqualTo("cylinder");
        m.picture();
        assertThat(m.laid()).isNull();
        m.go(KioskModel.Go.DOLLHOUSE);
        m.picture();
        assertThat(m.go()).isEqualTo(KioskModel.Go.INSIDE);
        m.leavePicture();
        assertThat(m.go()).isEqualTo(KioskModel.Go.DOLLHOUSE);
    }
}
