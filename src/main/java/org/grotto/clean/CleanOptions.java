package org.grotto.clean;

import org.grotto.base.Declared;
import org.grotto.base.Help;
import org.grotto.base.Records;

/** What cleaning does; see {@link Clean}. */
public record CleanOptions(
        @Help(value = "Neighbours that spacing, outliers and normals are judged by.", unit = "points")
        int neighbours,

        @Help("A point is an outlier where its mean distance to its neighbours, divided by that of its neighbours,"
                + " lies more than this many standard deviations above the cloud's mean. 0 switches this off.")
        double sigma,

        @Help(
                value = "A point with too few others within this radius is an outlier. 0 chooses it from the spacing.",
                unit = "m")
        double radius,

        @Help(value = "How many others a point needs within the radius. 0 switches this off.", unit = "points")
        int radiusCount,

        @Help("Removes mixed pixels: points that hang between foreground and background of an edge on a scanner's ray.")
        boolean mixedPixels,

        @Help(
                "Takes out points that stand where another station saw through: visitors that walked on, dust. They are kept"
                        + " in a file of their own.")
        boolean contradicted,

        @Help(
                "Leaves reflections where they are: what a station saw a second time in a mirror, still water or a polished"
                        + " floor. They are told either way.")
        boolean keepReflections,

        @Help("Estimates normals even where the scans bring their own.")
        boolean newNormals,

        @Help(
                "Where normals point when no station is known: away from an object, into a room, up from open ground, or by what"
                        + " the points show.")
        Side side,

        @Help(value = "About how many points a chunk holds; the result does not depend on it.", unit = "points")
        int chunk) {

    /** Which side of a surface is the open one, for points of unknown station. */
    public enum Side {
        AUTO,
        OUTSIDE,
        INSIDE,
        ABOVE
    }

    public static final CleanOptions DEFAULTS =
            new CleanOptions(12, 6, 0, 6, true, true, false, false, Side.AUTO, 250_000);

    public CleanOptions {
        Declared.check(neighbours >= 6 && neighbours <= 200, "neighbours", "6 to 200", neighbours);
        Declared.check(sigma >= 0, "sigma", "0 or more", sigma);
        Declared.check(radius >= 0, "radius", "0 or more metres", radius);
        Declared.check(radiusCount >= 0, "radiusCount", "0 or more", radiusCount);
        Declared.check(chunk >= 1000, "chunk", "at least 1000 points", chunk);
    }

    public CleanOptions withSide(Side side) {
        return Records.with(this, "side", side);
    }

    public CleanOptions withChunk(int chunk) {
        return Records.with(this, "chunk", chunk);
    }
}
