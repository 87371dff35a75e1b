package org.grotto.format.e57;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** E57 dates: seconds of GPS time since 6 January 1980, which runs ahead of UTC by the leap seconds since. */
final class E57Time {
    private static final Instant EPOCH = Instant.parse("1980-01-06T00:00:00Z");
    /** The days from whose start on GPS is one second more ahead of UTC (IERS Bulletin C). */
    private static final Instant[] LEAPS = {
        Instant.parse("1981-07-01T00:00:00Z"),
        Instant.parse("1982-07-01T00:00:00Z"),
        Instant.parse("1983-07-01T00:00:00Z"),
        Instant.parse("1985-07-01T00:00:00Z"),
        Instant.parse("1988-01-01T00:00:00Z"),
        Instant.parse("1990-01-01T00:00:00Z"),
        Instant.parse("1991-01-01T00:00:00Z"),
        Instant.parse("1992-07-01T00:00:00Z"),
        Instant.parse("1993-07-01T00:00:00Z"),
        Instant.parse("1994-07-01T00:00:00Z"),
        Instant.parse("1996-01-01T00:00:00Z"),
        Instant.parse("1997-07-01T00:00:00Z"),
        Instant.parse("1999-01-01T00:00:00Z"),
        Instant.parse("2006-01-01T00:00:00Z"),
        Instant.parse("2009-01-01T00:00:00Z"),
        Instant.parse("2012-07-01T00:00:00Z"),
        Instant.parse("2015-07-01T00:00:00Z"),
        Instant.parse("2017-01-01T00:00:00Z")
    };

    private E57Time() {}

    /** UTC in ISO 8601 to the millisecond, or empty where the number is no date. */
    static String utc(double gpsSeconds) {
        if (!(Math.abs(gpsSeconds) < 1e11)) {
            return "";
        }
        Instant gps = EPOCH.plusMillis(Math.round(gpsSeconds * 1000));
        Instant utc = gps;
        for (int n = LEAPS.length; n > 0; n--) {
            if (!gps.isBefore(LEAPS[n - 1].plusSeconds(n))) {
                utc = gps.minusSeconds(n);
                break;
            }
        }
        return utc.toString();
    }

    /** GPS seconds of a UTC date in ISO 8601, or NaN where it is none. */
    static double gps(String iso) {
        try {
            Instant utc = Instant.parse(iso);
            int leaps = 0;
            while (leaps < LEAPS.length && !utc.isBefore(LEAPS[leaps])) {
                leaps++;
            }
            Duration d = Duration.between(EPOCH, utc);
            return d.toMillis() / 1000.0 + leaps;
        } catch (DateTimeException | ArithmeticException e) {
            return Double.NaN;
        }
    }
}
