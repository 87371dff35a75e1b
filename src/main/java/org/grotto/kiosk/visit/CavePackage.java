package org.grotto.kiosk.visit;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.scene.CaveInfo;

/**
 * A cave package as the kiosk needs it, checked.
 *
 * @param tileset the mesh's tileset.json
 * @param points the COPC files, none where the package has no points
 */
public record CavePackage(Path folder, CaveInfo info, Path tileset, List<Path> points) {

    /** Opens a package, or says in one sentence what is wrong with it. */
    public static CavePackage open(Path folder) {
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
        CaveInfo info = Json.read(json, CaveInfo.class);
        if (!CaveInfo.FORMAT.equals(info.grotto())) {
            throw GrottoException.unsupported(
                            json,
                            "says \"grotto\": \"" + info.grotto() + "\", and this version reads " + CaveInfo.FORMAT
                                    + ".")
                    .told("failures.newer-package", "found", String.valueOf(info.grotto()), "known", CaveInfo.FORMAT);
        }
        if (info.bounds() == null || info.bounds().isEmpty() || info.title() == null || info.views() == null) {
            throw GrottoException.badInput(json, "lacks title, bounds or views; build the package again.")
                    .told("failures.incomplete-package");
        }
        Path tileset = deliverables(folder, info, "mesh", "mesh/tileset.json").getFirst();
        if (!Files.isRegularFile(tileset)) {
            throw GrottoException.badInput(tileset, "is missing, so there is nothing to show; build the package again.")
                    .told("failures.incomplete-package");
        }
        List<Path> points = deliverables(folder, info, "points", "points/none").stream()
                .filter(Files::isRegularFile)
                .toList();
        return new CavePackage(folder, info, tileset, points);
    }

    private static List<Path> deliverables(Path folder, CaveInfo info, String kind, String usual) {
        List<CaveInfo.Deliverable> all = info.deliverables() == null ? List.of() : info.deliverables();
        List<Path> found = all.stream()
                .filter(d -> kind.equals(d.kind()))
                .map(d -> folder.resolve(d.path()).normalize())
                .filter(p -> p.startsWith(folder.normalize()))
                .toList();
        return found.isEmpty() ? List.of(folder.resolve(usual)) : found;
    }

    /** The view of that name, or a sentence that lists those there are. */
    public CaveInfo.View view(String name) {
        Optional<CaveInfo.View> v =
                info.views().stream().filter(w -> w.name().equals(name)).findFirst();
        return v.orElseThrow(() -> GrottoException.badRequest(folder.resolve("cave.json") + ": has no view '" + name
                + "'; its views are: "
                + String.join(
                        ", ", info.views().stream().map(CaveInfo.View::name).toList()) + "."));
    }

    /** The scene's origin: the middle of the bounds, metres in the cave frame. */
    public double[] origin() {
        var b = info.bounds();
        return new double[] {(b.minX() + b.maxX()) / 2, (b.minY() + b.maxY()) / 2, (b.minZ() + b.maxZ()) / 2};
    }
}
