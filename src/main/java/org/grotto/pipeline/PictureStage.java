package org.grotto.pipeline;

import static org.grotto.pipeline.Slots.CAMERA_FILES;
import static org.grotto.pipeline.Slots.FOLDER;
import static org.grotto.pipeline.Slots.MESH;
import static org.grotto.pipeline.Slots.MESH_FRAME;
import static org.grotto.pipeline.Slots.PHOTOS;
import static org.grotto.pipeline.Slots.PICTURE_FILES;
import static org.grotto.pipeline.Slots.SCANS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.base.Texts;
import org.grotto.format.Picture;
import org.grotto.format.PointReader;
import org.grotto.format.Reading;
import org.grotto.scene.CaveInfo.Deliverable;
import org.grotto.scene.Photos;

/** The stage that carries pictures and their places into a package. */
public final class PictureStage {
    public static final Stage<PictureOptions> PICTURES = new Stage<>(
            "pictures",
            2,
            PictureOptions.DEFAULTS,
            List.of(SCANS, MESH, CAMERA_FILES, FOLDER),
            List.of(PICTURE_FILES, PHOTOS),
            PictureStage::ofScans);

    static final Stage<PictureOptions> PICTURES_OF_MESH = new Stage<>(
            "pictures",
            2,
            PictureOptions.DEFAULTS,
            List.of(MESH_FRAME, MESH, CAMERA_FILES, FOLDER),
            List.of(PICTURE_FILES, PHOTOS),
            PictureStage::ofMesh);

    private PictureStage() {}

    private static void ofScans(PictureOptions o, Results r) throws IOException {
        PhotoFolder folder = new PhotoFolder(r.get(FOLDER));
        Map<Path, java.util.ArrayList<Pictured>> files = new LinkedHashMap<>();
        for (Pictured p : r.get(SCANS).pictured()) {
            files.computeIfAbsent(p.file(), f -> new java.util.ArrayList<>()).add(p);
        }
        for (Map.Entry<Path, java.util.ArrayList<Pictured>> f : files.entrySet()) {
            // the file was read to its end before, so its header can be read again; pages are checked anew
            try (PointReader reader = Inputs.points(f.getKey(), new Reading(r.work(), List.of(), true))) {
                ofFile(reader, f.getValue(), folder, !o.none(), r);
            }
        }
        Loaded scans = r.get(SCANS);
        List<ScanFile> cameras = r.get(CAMERA_FILES);
        if (!cameras.isEmpty() && !scans.oneFrame()) {
            r.warn(Texts.of("build.cameras-frame"));
        }
        for (ScanFile f : cameras) {
            new CameraPhotos(folder, o, r).add(f, scans.frame(), r.get(MESH));
        }
        finish(folder, r);
    }

    private static void ofMesh(PictureOptions o, Results r) throws IOException {
        PhotoFolder folder = new PhotoFolder(r.get(FOLDER));
        for (ScanFile f : r.get(CAMERA_FILES)) {
            new CameraPhotos(folder, o, r).add(f, r.get(MESH_FRAME), r.get(MESH));
        }
        finish(folder, r);
    }

    private static void ofFile(PointReader reader, List<Pictured> wanted, PhotoFolder folder, boolean carry, Results r)
            throws IOException {
        String file = String.valueOf(reader.path().getFileName());
        int damaged = 0;
        String first = "";
        for (Pictured p : wanted) {
            Picture picture = reader.pictures().get(p.index());
            try {
                folder.add(picture, file, p.station(), p.pose(), carry);
            } catch (GrottoException e) {
                if (e.kind() != GrottoException.Kind.BAD_INPUT) {
                    throw e;
                }
                String what = "\"" + picture.name() + "\": " + e.getMessage();
                first = damaged++ == 0 ? what : first;
                r.work().faults().add("damaged pictures", 1, file + ", " + what);
            }
        }
        if (damaged > 0) {
            r.warn(Texts.of("build.pictures-damaged", "file", file, "count", damaged + "", "first", first));
        }
    }

    /** Writes the list; a package without pictures has none. */
    private static void finish(PhotoFolder folder, Results r) throws IOException {
        Photos photos = folder.photos();
        r.give(PHOTOS, photos);
        if (photos.pictures().isEmpty()) {
            r.give(PICTURE_FILES, List.of());
            return;
        }
        Path file = r.get(FOLDER).resolve(Photos.PATH);
        Files.createDirectories(file.getParent());
        Json.write(file, photos);
        r.give(PICTURE_FILES, List.of(new Deliverable("pictures", Photos.PATH, "application/json", Files.size(file))));
    }
}
