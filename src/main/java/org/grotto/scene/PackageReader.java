package org.grotto.scene;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.geometry.Box;

/**
 * Reads a package's {@code cave.json}, leniently: what this version does not know is passed over, what is optional and
 * missing, null or half there is left out or gets its usual value ({@link Lenient}), so that a package of a later minor
 * version shows in an installed museum. What nobody can do without is asked for in one sentence.
 */
public final class PackageReader {
    /** What is wider than this, or farther from zero, is no cave, metres; floats beside an origin would fail there. */
    private static final double WIDEST = 1e6;

    private static final double FARTHEST = 1e9;

    private PackageReader() {}

    /**
     * The content of a package, without nulls in lists, with a view of each kind and titles in both languages.
     *
     * @throws GrottoException where there is no package, or one that this version cannot read
     */
    public static CaveInfo read(Path folder) {
        Path json = file(folder);
        CaveInfo raw = Json.lenient(json, CaveInfo.class);
        PackageFormat.check(json, raw.grotto());
        Box bounds = raw.bounds();
        if (bounds == null || !sane(bounds)) {
            throw GrottoException.badInput(
                            json,
                            "lacks \"bounds\", the box around the cave in metres, or they are none that a cave could"
                                    + " have; build the package again.")
                    .told("failures.incomplete-package");
        }
        return Lenient.complete(raw);
    }

    /** The {@code cave.json} of a package, which is there. */
    public static Path file(Path folder) {
        Path json = folder.resolve("cave.json");
        if (!Files.exists(folder)) {
            throw GrottoException.io(folder, new NoSuchFileException(folder.toString()))
                    .told("failures.no-package");
        }
        if (!Files.isDirectory(folder)) {
            throw GrottoException.badInput(folder, "is no folder; name a cave package, as `grotto build` writes it.")
                    .told("failures.no-package");
        }
        if (!Files.isRegularFile(json)) {
            throw GrottoException.badInput(
                            folder,
                            "has no cave.json, so it is no cave package; `grotto build SCANS -o DIR` makes one.")
                    .told("failures.no-package");
        }
        return json;
    }

    /** Whether a box could be one of a cave's. */
    static boolean sane(Box b) {
        double far = Math.max(
                Math.max(Math.abs(b.minX()), Math.abs(b.maxX())),
                Math.max(
                        Math.max(Math.abs(b.minY()), Math.abs(b.maxY())),
                        Math.max(Math.abs(b.minZ()), Math.abs(b.maxZ()))));
        return far <= FARTHEST && b.longest() <= WIDEST && !b.isEmpty(); // false for what is no number, too
    }
}
