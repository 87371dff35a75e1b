package org.grotto.align;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the stations stand where they are said to stand. Nothing was moved for it.
 *
 * @param verdict of the whole: inconsistent where any pair is, consistent where pairs that are join all stations
 * @param reason why
 * @param foreign whether every station contradicts others grossly and none fits any: each in a frame of its own, unless poses
 *     say otherwise
 * @param pairs of stations that can meet, by their order in the list
 * @param stations all, in their order
 */
public record Registered(Verdict verdict, Reason reason, boolean foreign, List<Pair> pairs, List<Station> stations) {

    /** What can be said. */
    public enum Verdict {
        CONSISTENT,
        INCONSISTENT,
        NOT_CHECKED
    }

    /** Why a verdict is as it is. */
    public enum Reason {
        /** Common surface lies in one place, as closely as noise lets one tell. */
        FITS,
        /** A move makes the two fit, which is more than noise explains. */
        MOVED,
        /** They fit but for their size. */
        SCALED,
        /** They are one place in two units: {@code stretch} is the factor less one. */
        UNIT,
        /** One is the other's mirror image. */
        MIRRORED,
        /** They contradict each other, and no move was found that makes them fit. */
        CONTRADICTS,
        /** A station that contradicts another, where nobody can tell which of them is wrong. */
        DOUBT,
        /** Too little in common. */
        APART,
        /** Too few points. */
        FEW,
        /** The common surface lets one slide along the other. */
        SLIDES,
        /** Another place, far off, fits as well. */
        SYMMETRIC,
        /** Sampling or relief hide so much that three times the noise could not be seen. */
        COARSE,
        /** Most fits, but more does not than scans of one place leave. */
        PARTLY,
        /** There is one station alone, or none is known. */
        ONE_STATION,
        /** Some stations hang together with no other. */
        UNCONNECTED
    }

    /**
     * How a station's surface must move to lie on another's.
     *
     * @param shift of {@code about}, cave frame, metres
     * @param rotation vector about {@code about}, rad
     * @param about the point, metres
     * @param covariance of shift and rotation, 6 x 6 row by row, m2, m rad, rad2; directions that nothing tells have a
     *     variance of the overlap's size
     */
    public record Motion(double[] shift, double[] rotation, double[] about, double[] covariance) {}

    /**
     * Two stations.
     *
     * @param a and {@code b}: indices in the list of stations
     * @param motion from a's surface to b's: by how much b stands off from where a says; null where it cannot be told, or is
     *     one of several that fit as well
     * @param samples places that say something about the given poses, from both sides
     * @param share of all places that say something
     * @param against the share of these that contradict the given poses
     * @param wall RMS of the motion along the normals, metres: by how much a wall is doubled; NaN where not told
     * @param wallError its standard error
     * @param stretch how much larger b is than a, less one; NaN where not told
     * @param known how many of six directions the common surface tells
     * @param elsewhere whether the two share surface that fits far from the given poses and there alone; asked only of
     *     stations that do not say where they stood
     * @param loose the least known direction (three of translation), where known is less than six
     */
    public record Pair(
            int a,
            int b,
            Verdict verdict,
            Reason reason,
            @Nullable Motion motion,
            long samples,
            double share,
            double against,
            double wall,
            double wallError,
            double stretch,
            int known,
            double @Nullable [] loose,
            boolean elsewhere) {}

    /**
     * One station against the others.
     *
     * @param motion by how much it stands off from where the consistent others say; null where nothing says so
     * @param pairs how many pairs of it were judged
     */
    public record Station(
            int station,
            Verdict verdict,
            Reason reason,
            @Nullable Motion motion,
            int pairs) {}
}
