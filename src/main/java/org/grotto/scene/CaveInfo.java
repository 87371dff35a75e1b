package org.grotto.scene;

import java.util.List;
import org.grotto.base.Text;
import org.grotto.geometry.Box;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code cave.json}: what a cave package is and what stands in it. Paths are relative to the package, with
 * forward slashes.
 *
 * @param room where the walls stand, or null where nobody has looked
 * @param layers what viewers can show on the stone; null as good as none
 * @param revision how many times it was written: 2 once something was added to the finished package; null as good as 1
 * @param subject what was scanned; null where nobody has looked
 * @param subjectReasons why that is thought
 * @param exposure by which viewers multiply the light that the stone's own colours throw back; null as good as 1
 */
public record CaveInfo(
        String grotto,
        String id,
        Text title,
        Frame frame,
        Box bounds,
        List<Station> stations,
        List<View> views,
        List<Deliverable> deliverables,
        Rights rights,
        @Nullable Room room,
        @Nullable List<Layer> layers,
        @Nullable Integer revision,
        Subject.@Nullable Kind subject,
        @Nullable List<Text> subjectReasons,
        @Nullable Double exposure) {

    /** The value of {@link #grotto}: the package format's version. */
    public static final String FORMAT = "cave-package/1";

    /** A package as it is built: nothing was added to it yet. */
    public CaveInfo(
            String grotto,
            String id,
            Text title,
            Frame frame,
            Box bounds,
            List<Station> stations,
            List<View> views,
            List<Deliverable> deliverables,
            Rights rights,
            @Nullable Room room,
            @Nullable List<Layer> layers) {
        this(
                grotto,
                id,
                title,
                frame,
                bounds,
                stations,
                views,
                deliverables,
                rights,
                room,
                layers,
                null,
                null,
                null,
                null);
    }

    /** By which the light of the stone's own colours is multiplied. */
    public double exposed() {
        return exposure == null ? 1 : exposure;
    }

    /** The layers on the mesh; of a package that has no list, the one that every mesh of ours can have. */
    public List<Layer> vertexLayers() {
        List<Layer> all = layers == null ? List.of(Layer.evidence()) : layers;
        return all.stream()
                .filter(l -> l != null && l.carrier() == Layer.Carrier.VERTEX && l.id() != null && l.column() != null)
                .toList();
    }

    /**
     * The frame all deliverables stand in.
     *
     * @param unit always "m"
     * @param up always "+Z"
     * @param origin a point near the cave, in metres; float data is relative to it
     * @param latticeStep the grid that points were snapped to, metres
     * @param crs what the scans said of a coordinate reference system (WKT or text), or null
     */
    public record Frame(
            String unit,
            String up,
            double[] origin,
            double latticeStep,
            @Nullable String crs) {}

    /**
     * A named place to look from.
     *
     * @param name "inside", "dollhouse", or a station's or a person's name for it
     * @param kind "inside" (eye in the room) or "dollhouse" (orbit from outside, near walls cut away)
     * @param eye and {@code target}, metres in the cave frame
     * @param fovDegrees vertical field of view
     */
    public record View(String name, Text title, String kind, double[] eye, double[] target, double fovDegrees) {}

    /**
     * A file of the package that somebody may want.
     *
     * @param kind "points", "mesh", "preview", "scans", "report"; of what was added later any word in small letters, as
     *     "drawings"
     * @param path inside the package ({@link PackagePath})
     * @param mediaType IANA media type
     * @param bytes of the file; of a mesh, with all its tiles
     * @param title what it is, or null where its kind says it
     */
    public record Deliverable(
            String kind,
            String path,
            String mediaType,
            long bytes,
            @Nullable Text title) {
        public Deliverable(String kind, String path, String mediaType, long bytes) {
            this(kind, path, mediaType, bytes, null);
        }
    }

    /** Who owns it and what others may do, as far as the project file says. */
    public record Rights(
            @Nullable String owner,
            @Nullable String licence,
            @Nullable String note) {}
}
