package org.grotto.format;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;

/**
 * A picture that a scan file holds, as its header describes it; its bytes are read when asked for.
 *
 * @param name the picture's name, or its number where it has none
 * @param guid its identity, or null; what the file holds of one picture twice, to look at and to measure, has one
 * @param scan the identity of the scan that it was taken with, or null
 * @param mediaType "image/jpeg", "image/png"
 * @param size of its bytes
 * @param pose camera frame ({@link Camera}) to common frame, or null where the file does not give one
 * @param camera what its pixels look at
 * @param bytes opens the picture's bytes as they stand in the file; reading throws where they are damaged
 * @param maskSize bytes of its mask, 0 for none
 * @param mask opens a PNG of the picture's size whose black pixels show nothing, or null
 * @param metadata whatever else the header says (sensor, date, distortion), sorted by key
 */
public record Picture(
        String name,
        @Nullable String guid,
        @Nullable String scan,
        String mediaType,
        long size,
        @Nullable Pose pose,
        Camera camera,
        Source bytes,
        long maskSize,
        @Nullable Source mask,
        Map<String, String> metadata) {
    /** Opens a picture's bytes; the caller closes them. */
    @FunctionalInterface
    public interface Source {
        InputStream open();
    }

    /** The same in another frame. */
    public Picture withPose(@Nullable Pose other) {
        return new Picture(name, guid, scan, mediaType, size, other, camera, bytes, maskSize, mask, metadata);
    }

    /** How many there are of which kind: "3 pictures (2 pinhole, 1 spherical)"; empty for none. */
    public static String count(List<Picture> all) {
        if (all.isEmpty()) {
            return "";
        }
        Map<String, Integer> kinds = new TreeMap<>();
        for (Picture p : all) {
            kinds.merge(p.camera.kind().toString().toLowerCase(Locale.ROOT), 1, Integer::sum);
        }
        List<String> words = new ArrayList<>();
        kinds.forEach((kind, n) -> words.add(n + " " + kind));
        return all.size() + (all.size() == 1 ? " picture (" : " pictures (") + String.join(", ", words) + ")";
    }
}
