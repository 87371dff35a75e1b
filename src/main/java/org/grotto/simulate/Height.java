package org.grotto.simulate;

/** A carved relief: height in metres over the plane of its panel, at u to the right and v upwards. */
interface Height {
    double at(double u, double v);

    /** Bound on the slope of {@link #at}. */
    double slope();

    /** Bound on {@link #at} from above, metres. */
    double top();

    /** Which colour it wears at a place: an index of {@link Paint}'s pigments, or -1 for bare stone. */
    default int pigment(double u, double v) {
        return -1;
    }
}
