package org.grotto.simulate;

/** The hollow parts that caves are made of. */
final class Airs {
    private Airs() {}

    /**
     * A chamber with a flat floor and ceiling whose walls lean inwards upwards, as in rock-cut caves.
     *
     * @param lean how far a wall leans in for each metre of height
     */
    record Chamber(double cx, double cy, double hx, double hy, double floor, double ceiling, double lean)
            implements Walls.Air {
        @Override
        public double at(double x, double y, double z) {
            double in = (z - floor) * lean;
            double s = 1 / Math.sqrt(1 + lean * lean);
            double ax = (hx - Math.abs(x - cx) - in) * s;
            double ay = (hy - Math.abs(y - cy) - in) * s;
            double wall = Sdf.smin(ax, ay, 0.30);
            return Sdf.smin(Sdf.smin(wall, ceiling - z, 0.16), z - floor, 0.10);
        }
    }

    /**
     * A round-arched recess or passage.
     *
     * @param ox, oy middle of its opening on the wall's face; it runs from {@code front} before it (into the chamber) to
     *     {@code depth} behind it along the unit direction (dx, dy)
     * @param base height of its floor
     * @param spring height where the arch begins
     * @param half half its width, the arch's radius
     * @param pigment what it was painted with, or -1
     */
    record Niche(
            double ox,
            double oy,
            double dx,
            double dy,
            double front,
            double depth,
            double base,
            double spring,
            double half,
            int pigment)
            implements Walls.Air {
        @Override
        public double at(double x, double y, double z) {
            double w = (x - ox) * dx + (y - oy) * dy;
            double u = Math.abs((x - ox) * dy - (y - oy) * dx);
            double side = half - (z > spring ? Math.sqrt(u * u + (z - spring) * (z - spring)) : u);
            double v = Sdf.smin(side, depth - w, Math.min(0.35, half * 0.5));
            v = Sdf.smin(v, z - base, 0.04);
            return Math.min(v, w + front);
        }
    }
}
