package org.grotto.kiosk.visit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.grotto.base.GrottoException;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.PackagePath;
import org.grotto.scene.PackageReader;
import org.grotto.scene.Photos;

/**
 * A cave package as the kiosk needs it, checked.
 *
 * @param tileset the mesh's tileset.json
 * @param points the COPC files that it names, whether they are there or not
 * @param pictures that can be laid over the stone
 */
public record CavePackage(Path folder, CaveInfo info, Path tileset, List<Path> points, List<Photos.Placed> pictures) {

    /** Opens a package, or says in one sentence what is wrong with it. */
    public static CavePackage open(Path folder) {
        CaveInfo info = PackageReader.read(folder);
        List<Path> meshes = deliverables(folder, info, "mesh");
        Path tileset = meshes.isEmpty() ? folder.resolve("mesh/tileset.json") : meshes.getFirst();
        if (!Files.isRegularFile(tileset)) {
            throw GrottoException.badInput(tileset, "is missing, so there is nothing to show; build the package again.")
                    .told("failures.incomplete-package");
        }
        return new CavePackage(
                folder, info, tileset, deliverables(folder, info, "points"), Photos.placed(folder, info));
    }

    private static List<Path> deliverables(Path folder, CaveInfo info, String kind) {
        return info.deliverables().stream()
                .filter(d -> kind.equals(d.kind()))
                .map(d -> PackagePath.resolve(folder, d.path(), "cave.json"))
                .toList();
    }

    /** The view of that name, else the first of that kind, or a sentence that lists those there are; without a name the first. */
    public CaveInfo.View view(String name) {
        if (name.isEmpty()) {
            return info.views().getFirst();
        }
        Optional<CaveInfo.View> v = info.views().stream()
                .filter(w -> w.name().equals(name))
                .findFirst()
                .or(() ->
                        info.views().stream().filter(w -> w.kind().equals(name)).findFirst())
                .or(() -> pictures.stream()
                        .filter(p -> p.photo().name().equals(name))
                        .map(KioskModel::viewOf)
                        .findFirst());
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
