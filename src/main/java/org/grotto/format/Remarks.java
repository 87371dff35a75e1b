package org.grotto.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a reader has to say of a file: what it does not hand on, and what it took the file for. Names are gathered by what
 * is said of them, and a few of many are told.
 */
public final class Remarks {
    private static final int NAMED = 5;
    private static final int LONGEST = 100;

    private final TreeMap<String, TreeSet<String>> lost = new TreeMap<>();
    private final Map<String, TreeSet<String>> understood = new LinkedHashMap<>();

    public void clear() {
        lost.clear();
        understood.clear();
    }

    /** Something is not handed on. */
    public void lost(String what) {
        lost.computeIfAbsent(what, k -> new TreeSet<>());
    }

    /** A thing of that name is not handed on. */
    public void lost(String what, String name) {
        lost.computeIfAbsent(what, k -> new TreeSet<>()).add(shown(name));
    }

    /** Something was decided. */
    public void understood(String what) {
        understood.computeIfAbsent(what, k -> new TreeSet<>());
    }

    /** The same was decided of a thing of that name. */
    public void understood(String what, String name) {
        understood.computeIfAbsent(what, k -> new TreeSet<>()).add(shown(name));
    }

    public List<String> notKept() {
        return sentences(lost);
    }

    public List<String> understood() {
        return sentences(understood);
    }

    private static List<String> sentences(Map<String, TreeSet<String>> all) {
        List<String> out = new ArrayList<>();
        for (Map.Entry<String, TreeSet<String>> e : all.entrySet()) {
            TreeSet<String> names = e.getValue();
            String some = String.join(", ", names.stream().limit(NAMED).toList());
            String more = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
            out.add(e.getKey() + (names.isEmpty() ? "" : ": " + some + more));
        }
        return out;
    }

    /** A name of a file as a sentence quotes it: short, without control characters. */
    public static String shown(String name) {
        StringBuilder s = new StringBuilder();
        (name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "...")
                .codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .forEach(s::appendCodePoint);
        return s.toString();
    }
}
