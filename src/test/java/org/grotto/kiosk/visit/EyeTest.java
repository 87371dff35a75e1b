package org.grotto.kiosk.visit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.grotto.base.Records;
import org.grotto.geometry.Box;
import org.grotto.kiosk.TestRoom;
import org.grotto.kiosk.move.Orbit;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.Room;
import org.junit.jupiter.api.Test;

class EyeTest {
    @Test
    void anEyeLooksAtItsTarget() {
        Eye e = Eye.lookingAt(1, 2, 3, 4, -2, 3.5, 60);
        double n = Math.sqrt(9 + 16 + 0.25);
        assertThat(e.direction()[0]).isCloseTo(3 / n, within(1e-12));
        assertThat(e.direction()[1]).isCloseTo(-4 / n, within(1e-12));
        assertThat(e.direction()[2]).isCloseTo(0.5 / n, within(1e-12));
    }

    @Test
    void aGlideTurnsTheShortWayAndArrivesExactly() {
        Eye a = new Eye(0, 0, 0, Math.toRadians(170), 0, 60);
        Eye b = new Eye(2, 0, 0, Math.toRadians(-170), 0, 40);
        Eye half = a.towards(b, 0.5);
        assertThat(half.x()).isCloseTo(1, within(1e-12));
        assertThat(Math.abs(Math.IEEEremainder(half.yaw() - Math.PI, 2 * Math.PI)))
                .isLessThan(1e-12);
        Eye end = a.towards(b, 1);
        assertThat(end.direction()[0]).isCloseTo(b.direction()[0], within(1e-12));
        assertThat(end.x()).isEqualTo(2);
        assertThat(a.towards(b, 7).fov()).isCloseTo(40, within(1e-12));
    }

    @Test
    void nobodyLooksOverTheirHead() {
        assertThat(new Eye(0, 0, 0, 0, 3, 60).pitch()).isLessThan(Math.PI / 2);
        assertThat(new Eye(0, 0, 0, 0, 0, 60).zoomed(100).fov()).isEqualTo(100);
        assertThat(new Eye(0, 0, 0, 0, 0, 60).zoomed(0.001).fov()).isEqualTo(20);
    }

    @Test
    void anOrbitKeepsItsDistanceAndLooksAtItsTarget() {
        Orbit o = Orbit.from(new double[] {3, -4, 2}, new double[] {0, 0, 1}, 40, 5)
                .turned(1, 0.2);
        Eye e = o.eye();
        double d = Math.sqrt(26);
        assertThat(Math.sqrt(e.x() * e.x() + e.y() * e.y() + (e.z() - 1) * (e.z() - 1)))
                .isCloseTo(d, within(1e-9));
        double[] f = e.direction();
        assertThat(f[0] * -e.x() + f[1] * -e.y() + f[2] * (1 - e.z())).isCloseTo(d, within(1e-9));
    }

    @Test
    void theCutTakesOnlySidesThatFaceTheEye() {
        Room room = new Room(0, new Box(-2, -3, 0, 2, 3, 4));
        double inset = 0.012 * Math.sqrt(16 + 36 + 16);
        Box keep = Cutaway.of(room, new double[] {0.6, -0.6, 0.5}, 1).keep();
        assertThat(keep.maxX()).isCloseTo(2 - inset, within(1e-9));
        assertThat(keep.minY()).isCloseTo(-3 + inset, within(1e-9));
        assertThat(keep.maxZ()).isCloseTo(4 - inset, within(1e-9));
        assertThat(keep.minX()).isLessThan(-1000);
        assertThat(keep.maxY()).isGreaterThan(1000);
        assertThat(keep.minZ()).isLessThan(-1000);
        Box half = Cutaway.of(room, new double[] {0.125, -1, 0}, 1).keep();
        assertThat(half.maxX()).as("a wall seen from its edge is cut in part").isBetween(2.3, 2.7);
        assertThat(half.maxZ()).isGreaterThan(1000);
    }

    @Test
    void theCutTurnsWithTheWallsAndTheOrigin() {
        double[] origin = {100, 50, 7};
        double a = Math.toRadians(30);
        // a room of 4 x 6 x 4 m about the origin whose walls are turned by 30 degrees
        double u = Math.cos(a) * 100 + Math.sin(a) * 50;
        double v = Math.cos(a) * 50 - Math.sin(a) * 100;
        CaveInfo i = TestRoom.info();
        Room room = new Room(30, new Box(u - 2, v - 3, 5, u + 2, v + 3, 9));
        CaveInfo with = Records.with(i, "room", room);
        Room here = Cutaway.room(with, origin);
        assertThat(here.box().minX()).isCloseTo(-2, within(1e-9));
        assertThat(here.box().maxY()).isCloseTo(3, within(1e-9));
        assertThat(here.box().maxZ()).isCloseTo(2, within(1e-9));
        // the eye stands before the wall whose outward direction is 30 degrees
        Cutaway c = Cutaway.of(here, new double[] {Math.cos(a), Math.sin(a), 0}, 1);
        assertThat(c.keep().maxX()).isLessThan(2);
        assertThat(c.keep().maxY()).isGreaterThan(1000);
        assertThat(c.keep().minY()).isLessThan(-1000);
    }

    @Test
    void theLightFollowsTheFingerOverTheDial() {
        var info = TestRoom.info();
        KioskModel m = new KioskModel(
                info,
                TestRoom.MIDDLE,
                false,
                KioskOptions.of(Path.of("x")).withLight(90, 45),
                info.views().getFirst());
        m.dragLight(0, -0.2);
        assertThat(m.lightAzimuth()).isCloseTo(90, within(1e-9));
        assertThat(m.lightElevation()).isCloseTo(45 + 32, within(1e-9));
        m.dragLight(0, 5);
        assertThat(m.lightElevation()).as("never below 5 degrees").isEqualTo(5);
        m.light(720 + 10, 200);
        assertThat(m.lightAzimuth()).isCloseTo(10, within(1e-9));
        assertThat(m.lightElevation()).isEqualTo(85);
    }
}
