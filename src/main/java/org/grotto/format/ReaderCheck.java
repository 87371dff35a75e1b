package org.grotto.format;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;

/** Looks through a file with its reader: its refusal is a fault, what it understood and what it does not hand on are notes. */
final class ReaderCheck {
    private static final int BATCH = 1 << 14;

    private ReaderCheck() {}

    static List<Finding> of(Format format, Path file, Work work) {
        Findings findings = new Findings();
        Reading reading = Reading.of(work);
        Format.MeshInput meshes = format.meshes();
        Format.PointInput points = format.points();
        try {
            if (meshes != null && format.holdsMesh(file)) {
                try (MeshReader r = meshes.open(file, reading)) {
                    r.read();
                    told(findings, r.format(), r.understood(), r.notKept());
                }
            } else if (points != null) {
                try (PointReader r = points.open(file, reading)) {
                    drain(r);
                    told(findings, r.format(), r.understood(), r.notKept());
                }
            }
        } catch (GrottoException e) {
            findings.refusal(file, format.name(), e);
        }
        return findings.all();
    }

    private static void drain(PointReader r) {
        for (int i = 0; i < r.scans().size(); i++) {
            PointBatch batch = new PointBatch(r.scans().get(i).columns(), BATCH);
            try (PointReader.PointCursor c = r.points(i)) {
                while (c.next(batch)) {
                    org.grotto.base.Job.current().check();
                }
            }
        }
    }

    private static void told(Findings f, String format, List<String> understood, List<String> notKept) {
        understood.forEach(u -> f.note("", format, "read as: " + u, "write it so that it says so itself"));
        notKept.forEach(n -> f.note("", format, "holds what is not read: " + n, ""));
    }

    /** The format and version of a file, as a user would say it. */
    static String version(Format format, Path file, Work work) {
        Format.MeshInput meshes = format.meshes();
        Format.PointInput points = format.points();
        Supplier<String> version = () -> {
            if (meshes != null && format.holdsMesh(file)) {
                try (MeshReader r = meshes.open(file, Reading.of(work))) {
                    return r.format();
                }
            }
            if (points != null) {
                try (PointReader r = points.open(file, Reading.of(work))) {
                    return r.format();
                }
            }
            return format.name();
        };
        try {
            return version.get();
        } catch (GrottoException e) {
            return format.name();
        }
    }
}
