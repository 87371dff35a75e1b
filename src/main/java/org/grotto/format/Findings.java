package org.grotto.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grotto.base.GrottoException;

/** Findings in the order in which they are made; of one kind a few stand for all. From any thread. */
public final class Findings {
    /** What repeats throughout a file would bury the rest. */
    private static final int MOST = 12;

    private static final Pattern PLACE = Pattern.compile("^at (byte \\d+): |^(line \\d+): ");

    private final List<Finding> list = new ArrayList<>();
    private final Map<String, Integer> kinds = new HashMap<>();

    /** Breaks the specification; {@code found} may begin with "is" or "has", of the field that ends the clause. */
    public void fault(String where, String clause, String found, String todo) {
        add(new Finding(true, where, clause, subject(clause, found), todo));
    }

    /** Is legal, and may make a reader stumble. */
    public void note(String where, String clause, String found, String todo) {
        add(new Finding(false, where, clause, subject(clause, found), todo));
    }

    private static String subject(String clause, String found) {
        int field = clause.lastIndexOf(": ");
        boolean lacks = found.startsWith("is ") || found.startsWith("has ") || found.startsWith("counts ");
        return lacks && field >= 0 ? clause.substring(field + 2) + " " + found : found;
    }

    private synchronized void add(Finding f) {
        // one kind: the same words but for numbers
        String kind = f.clause() + f.found().replaceAll("[-+0-9.Ee]+", "#");
        if (kinds.merge(kind, 1, Integer::sum) <= MOST) {
            list.add(f);
        }
    }

    /**
     * What a reader says when it refuses: a fault with the place that its sentence names. What it cannot read for reasons of
     * its own, or of the disk, is thrown on: of such a file nobody knows whether it is sound.
     */
    public void refusal(Path file, String clause, GrottoException e) {
        if (e.kind() != GrottoException.Kind.BAD_INPUT) {
            throw e;
        }
        String s = String.valueOf(e.getMessage());
        s = s.startsWith(file + ": ") ? s.substring((file + ": ").length()) : s;
        Matcher m = PLACE.matcher(s);
        String where = "";
        if (m.find()) {
            where = m.group(1) != null ? m.group(1) : m.group(2);
            s = s.substring(m.end());
        }
        s = s.endsWith(".") ? s.substring(0, s.length() - 1) : s;
        int cut = s.lastIndexOf("; ");
        fault(
                where,
                clause,
                cut < 0 ? s : s.substring(0, cut),
                cut < 0 ? "write the file again" : s.substring(cut + 2));
    }

    public synchronized boolean anyFault() {
        return list.stream().anyMatch(Finding::fault);
    }

    /** All of them, with a line for what was left out. */
    public synchronized List<Finding> all() {
        List<Finding> all = new ArrayList<>(list);
        int more = kinds.values().stream().mapToInt(n -> Math.max(0, n - MOST)).sum();
        if (more > 0) {
            boolean fault = anyFault();
            all.add(new Finding(fault, "", "", "and " + more + " more of the same kinds", ""));
        }
        return all;
    }
}
