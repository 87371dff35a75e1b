package org.grotto.simulate;

/**
 * Points spread evenly over the cave's surface: where isotropic random lines cross it (Cauchy and Crofton), each unit of
 * area is met equally often, whichever way it faces.
 */
public final class SurfaceSampler {
    private final Cave cave;
    private final double cx;
    private final double cy;
    private final double cz;
    private final double radius;

    /** Takes a crossing: its position. */
    @FunctionalInterface
    public interface Sink {
        void at(double x, double y, double z);
    }

    public SurfaceSampler(Cave cave) {
        this.cave = cave;
        this.cx = (cave.bounds().minX() + cave.bounds().maxX()) / 2;
        this.cy = (cave.bounds().minY() + cave.bounds().maxY()) / 2;
        this.cz = (cave.bounds().minZ() + cave.bounds().maxZ()) / 2;
        this.radius = cave.bounds().diagonal() / 2 + 0.05;
    }

    /** Surface area that one crossing of {@code lines} lines stands for, square metres. */
    public double areaPerCrossing(int lines) {
        return 2 * Math.PI * radius * radius / lines;
    }

    /** Follows line number {@code line}; crossings thinner than 0.2 mm may be passed. */
    public void line(long seed, int line, Sink sink) {
        long key = Hash.mix(seed ^ 0xC40F70L, line);
        double dz = 2 * Hash.unit(Hash.mix(key, 1)) - 1;
        double phi = 2 * Math.PI * Hash.unit(Hash.mix(key, 2));
        double h = Math.sqrt(1 - dz * dz);
        double cos = StrictMath.cos(phi);
        double sin = StrictMath.sin(phi);
        double rho = radius * Math.sqrt(Hash.unit(Hash.mix(key, 3)));
        double psi = 2 * Math.PI * Hash.unit(Hash.mix(key, 4));
        double a = rho * StrictMath.cos(psi);
        double b = rho * StrictMath.sin(psi);
        double dx = h * cos;
        double dy = h * sin;
        double ox = cx - sin * a + dz * cos * b;
        double oy = cy + cos * a + dz * sin * b;
        double oz = cz - h * b;
        double t = -Math.sqrt(Math.max(0, radius * radius - rho * rho));
        double end = -t;
        double f = cave.f(ox + t * dx, oy + t * dy, oz + t * dz);
        while (t < end) {
            double next = t + Math.max(Math.abs(f), 2e-4);
            double g = cave.f(ox + next * dx, oy + next * dy, oz + next * dz);
            if (f < 0 != g < 0) {
                double c = cross(ox, oy, oz, dx, dy, dz, t, f, next, g);
                sink.at(ox + c * dx, oy + c * dy, oz + c * dz);
            }
            t = next;
            f = g;
        }
    }

    private double cross(
            double ox,
            double oy,
            double oz,
            double dx,
            double dy,
            double dz,
            double a,
            double fa,
            double b,
            double fb) {
        for (int i = 0; i < 80 && b - a > 1e-9; i++) {
            double t = (i & 3) == 3 ? (a + b) / 2 : a + (b - a) * Sdf.clamp(fa / (fa - fb), 0.01, 0.99);
            double ft = cave.f(ox + t * dx, oy + t * dy, oz + t * dz);
            if (ft < 0 == fa < 0) {
                a = t;
                fa = ft;
            } else {
                b = t;
                fb = ft;
            }
        }
        return (a + b) / 2;
    }

    /** The area of the surface, square metres, from {@code lines} lines. */
    public double area(long seed, int lines) {
        long[] n = {0};
        for (int i = 0; i < lines; i++) {
            line(seed, i, (x, y, z) -> n[0]++);
        }
        return n[0] * areaPerCrossing(lines);
    }
}
