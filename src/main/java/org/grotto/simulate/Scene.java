package org.grotto.simulate;

/** What a scanner looks at. Pure, safe from any thread. */
public interface Scene {
    /** Distance from o along the unit direction d to the first surface at or after {@code from}, NaN beyond far. */
    double trace(double ox, double oy, double oz, double dx, double dy, double dz, double from, double far);

    /** Unit normal into the open at a surface point, over about {@code h} metres. */
    void normal(double x, double y, double z, double h, double[] out);

    /** Red, green, blue in 0..1 (sRGB transfer) and wetness 0..1 at a surface point with normal n. */
    void paint(double x, double y, double z, double[] n, double[] out);
}
