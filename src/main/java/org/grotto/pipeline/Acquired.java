package org.grotto.pipeline;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.grotto.format.PointReader;
import org.grotto.format.Scan;
import org.jspecify.annotations.Nullable;

/**
 * When and with what a scan was taken, as far as its file says; what it does not say is null.
 *
 * @param from the first day of scanning, and {@code to} the last (UTC)
 * @param instrument maker, model and serial number
 * @param written the day the file was written, which is no day of scanning
 */
record Acquired(
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable String instrument,
        @Nullable LocalDate written) {

    private static final Pattern DAY_OF_YEAR = Pattern.compile("day (\\d+) of (\\d+)");
    /** Before there were laser scanners, or beyond any clock: such dates are what programs write that know none. */
    private static final LocalDate FIRST = LocalDate.of(1990, 1, 1);

    private static final LocalDate LAST = LocalDate.of(2100, 1, 1);

    static Acquired of(PointReader reader, Scan scan) {
        Map<String, String> m = scan.metadata();
        LocalDate start = day(m.get("acquisitionStart"));
        LocalDate end = day(m.get("acquisitionEnd"));
        String serial = m.getOrDefault("sensorSerialNumber", "").strip();
        String instrument = Stream.of(
                        m.getOrDefault("sensorVendor", "").strip(),
                        m.getOrDefault("sensorModel", "").strip(),
                        serial.isEmpty() ? "" : "(" + serial + ")")
                .filter(w -> !w.isEmpty())
                .collect(Collectors.joining(" "));
        Map<String, String> file = reader.metadata();
        LocalDate written = day(file.get("creationDateTime"));
        return new Acquired(
                start == null ? end : start,
                end == null ? start : end,
                instrument.isEmpty() ? null : instrument,
                written == null ? dayOfYear(file.get("created")) : written);
    }

    private static @Nullable LocalDate day(@Nullable String iso) {
        try {
            return iso == null
                    ? null
                    : plausible(OffsetDateTime.parse(iso)
                            .withOffsetSameInstant(ZoneOffset.UTC)
                            .toLocalDate());
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** As LAS says it. */
    private static @Nullable LocalDate dayOfYear(@Nullable String words) {
        Matcher m = DAY_OF_YEAR.matcher(words == null ? "" : words);
        try {
            return m.matches()
                    ? plausible(LocalDate.ofYearDay(Integer.parseInt(m.group(2)), Integer.parseInt(m.group(1))))
                    : null;
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable LocalDate plausible(LocalDate d) {
        return d.isBefore(FIRST) || d.isAfter(LAST) ? null : d;
    }
}
