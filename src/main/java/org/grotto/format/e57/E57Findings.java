package org.grotto.format.e57;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What shows only while points are read: returns at the scanner itself, how returns are counted, and what damaged pages
 * took. Thread-safe.
 */
final class E57Findings {
    private final Map<E57Scan, Long> atScanner = new IdentityHashMap<>();
    private final Map<E57Scan, Boolean> fromOne = new IdentityHashMap<>();
    private final Map<E57Scan, Long> lost = new IdentityHashMap<>();

    /** A scan counts its returns from 1. */
    synchronized void countsFromOne(E57Scan scan) {
        fromOne.put(scan, true);
    }

    /** All of a scan was read, and so many records in it stood where the scanner does. */
    synchronized void atScanner(E57Scan scan, long n) {
        atScanner.put(scan, n);
    }

    synchronized void salvaged(E57Scan scan, E57Salvage salvage) {
        lost.put(scan, scan.prototype().count() - salvage.count());
    }

    synchronized List<String> said() {
        long n = sum(atScanner);
        List<String> said = new ArrayList<>();
        if (n > 0) {
            said.add(n + (n == 1 ? " return" : " returns")
                    + " at the scanner itself (range 0, not marked as invalid), which are no points: left out");
        }
        if (!fromOne.isEmpty()) {
            int scans = fromOne.size();
            said.add("returnIndex is as large as returnCount in " + scans + (scans == 1 ? " scan" : " scans")
                    + ": returns are counted from 1 there, not from 0 as the standard has it; taken so");
        }
        return said;
    }

    synchronized List<String> lost() {
        long n = sum(lost);
        return n == 0 ? List.of() : List.of(n + (n == 1 ? " point" : " points") + " on damaged pages");
    }

    private static long sum(Map<E57Scan, Long> m) {
        long n = 0;
        for (long v : m.values()) {
            n += v;
        }
        return n;
    }
}
