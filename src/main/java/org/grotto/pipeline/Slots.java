package org.grotto.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grotto.align.Registered;
import org.grotto.clean.Cleaned;
import org.grotto.geometry.Mesh;
import org.grotto.lod.MeshTiles;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.CaveInfo.Deliverable;
import org.grotto.scene.Photos;
import org.grotto.scene.Subject;
import org.grotto.sight.Contradiction;
import org.grotto.sight.Sights;
import org.grotto.surface.ThinWalls;
import org.grotto.surface.Trim;

/** The results that the stages of a build hand on. */
final class Slots {
    /** Given: the files to read. */
    static final Slot<List<ScanFile>> FILES = new Slot<>("files");

    /** Given: camera sets that belong to them. */
    static final Slot<List<ScanFile>> CAMERA_FILES = new Slot<>("camera-files");

    /** Given: files of Gaussian splats. */
    static final Slot<List<ScanFile>> SPLATS = new Slot<>("splats");

    static final Slot<List<Deliverable>> SPLAT_FILES = new Slot<>("splat-files");

    /** How the mesh's file was brought to the cave's frame. */
    static final Slot<Frame> MESH_FRAME = new Slot<>("mesh-frame");

    /** Given: their sizes and hashes. */
    static final Slot<List<RunRecord.Input>> INPUTS = new Slot<>("inputs");

    /** Given: the package's folder while it is written. */
    static final Slot<Path> FOLDER = new Slot<>("folder");

    /** Given: titles and rights, and the options of all stages as the report prints them. */
    static final Slot<Recipe> RECIPE = new Slot<>("recipe");

    static final Slot<Map<String, Object>> OPTIONS = new Slot<>("options");

    /** Given: Grotto's version. */
    static final Slot<String> GROTTO = new Slot<>("grotto");

    /** What was loaded; cleaning takes the points out of it. */
    static final Slot<Loaded> SCANS = new Slot<>("scans");

    /** What was scanned, as the data or the user say. */
    static final Slot<Subject> SUBJECT = new Slot<>("subject");

    static final Slot<Cleaned> CLEANED = new Slot<>("cleaned");

    /** What sight lines say of the cleaned points. */
    static final Slot<Sights> SIGHTS = new Slot<>("sights");

    /** Whether the stations fit each other. */
    static final Slot<Registered> REGISTERED = new Slot<>("registered");

    /** The surface before anything is cut away. */
    static final Slot<Mesh> CLOSED = new Slot<>("closed");

    /** Walls whose other side the scan shows close behind. */
    static final Slot<ThinWalls> THIN_WALLS = new Slot<>("thin-walls");

    /** What of them the trimmed mesh has. */
    static final Slot<ThinWalls.Kept> WALLS_KEPT = new Slot<>("walls-kept");

    static final Slot<Trim.Result> TRIMMED = new Slot<>("trimmed");

    /** Area that trimming cut away, square metres. */
    static final Slot<Double> CUT_AREA = new Slot<>("cut-area");

    /** The mesh with its colours, before it is asked what stations contradict. */
    static final Slot<Mesh> COLOURED = new Slot<>("coloured");

    /** Area of surface that stations contradict, by reason, square metres. */
    static final Slot<Map<Contradiction, Double>> CONTRADICTED = new Slot<>("contradicted");

    /** The mesh with colours, samples and conflicts, before it is thinned. */
    static final Slot<Mesh> DRESSED = new Slot<>("dressed");

    static final Slot<Mesh> SHADED = new Slot<>("shaded");

    /** The mesh as its files say, before it is asked what it stands on; and how it came there. */
    static final Slot<Mesh> READ_MESH = new Slot<>("read-mesh");

    static final Slot<Frame> READ_FRAME = new Slot<>("read-frame");

    /** The mesh that the package shows. */
    static final Slot<Mesh> MESH = new Slot<>("mesh");

    /** What the mesh's file holds that the mesh does not, in words. */
    static final Slot<List<String>> NOT_KEPT = new Slot<>("not-kept");

    /** What of the mesh's frame nobody has said. */
    static final Slot<Guess> GUESS = new Slot<>("guess");

    static final Slot<MeshTiles.Result> TILED = new Slot<>("tiled");

    static final Slot<List<Deliverable>> MESH_FILES = new Slot<>("mesh-files");
    static final Slot<List<Deliverable>> POINT_FILES = new Slot<>("point-files");
    static final Slot<List<Deliverable>> STATION_FILES = new Slot<>("station-files");
    static final Slot<List<Deliverable>> REPORT_FILES = new Slot<>("report-files");

    static final Slot<List<Deliverable>> PICTURE_FILES = new Slot<>("picture-files");

    /** The pictures that the package holds. */
    static final Slot<Photos> PHOTOS = new Slot<>("photos");

    /** Frame, bounds, views and room. */
    static final Slot<Scenery> SCENERY = new Slot<>("scenery");

    /** The content of cave.json, its report still missing. */
    static final Slot<CaveInfo> CAVE = new Slot<>("cave");

    private Slots() {}
}
