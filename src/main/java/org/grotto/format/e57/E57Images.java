package org.grotto.format.e57;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.grotto.base.GrottoException;
import org.grotto.format.Camera;
import org.grotto.format.Picture;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;

/**
 * The vector {@code images2D}: pictures with what their cameras looked at (ASTM E2807-11, 8.4). An element with two
 * representations, one to look at and one to measure, gives two pictures of one identity.
 */
final class E57Images {
    private static final String REPRESENTATION = "Representation";
    /** No picture has more pixels a side. */
    private static final int LONGEST = 1 << 20;

    private E57Images() {}

    /** Reads all elements; those that name no picture in the file are told in {@code notKept}. */
    static List<Picture> read(
            E57Node root, E57Pages pages, E57Header header, List<String> notKept, List<String> understood) {
        E57Node images = root.child("images2D");
        List<Picture> all = new ArrayList<>();
        int number = 0;
        for (E57Node image : images == null ? List.<E57Node>of() : images.children()) {
            number++;
            String name = text(image, "name");
            String where = "picture " + number + (name == null ? "" : " (\"" + name + "\")");
            Pose pose = null;
            try {
                pose = E57Scan.pose(image, where, pages, header, understood);
            } catch (GrottoException e) {
                notKept.add(where + ": its pose, which is none");
            }
            int before = all.size();
            for (E57Node part : image.children()) {
                Camera.Kind kind = kind(part.name);
                if (kind != null) {
                    Picture p =
                            picture(image, part, kind, pose, name == null ? "" + number : name, pages, where, notKept);
                    if (p != null) {
                        all.add(p);
                    }
                }
            }
            if (all.size() == before && image.children().stream().noneMatch(c -> kind(c.name) != null)) {
                notKept.add(where + ": it has no representation that E57 knows");
            }
        }
        return List.copyOf(all);
    }

    private static Camera.@Nullable Kind kind(String element) {
        return switch (element) {
            case "visualReferenceRepresentation" -> Camera.Kind.VISUAL;
            case "pinholeRepresentation" -> Camera.Kind.PINHOLE;
            case "sphericalRepresentation" -> Camera.Kind.SPHERICAL;
            case "cylindricalRepresentation" -> Camera.Kind.CYLINDRICAL;
            default -> null;
        };
    }

    /** The element of a kind. */
    static String element(Camera.Kind kind) {
        return switch (kind) {
                    case VISUAL -> "visualReference";
                    case PINHOLE -> "pinhole";
                    case SPHERICAL -> "spherical";
                    case CYLINDRICAL -> "cylindrical";
                }
                + REPRESENTATION;
    }

    private static @Nullable Picture picture(
            E57Node image,
            E57Node part,
            Camera.Kind kind,
            @Nullable Pose pose,
            String name,
            E57Pages pages,
            String where,
            List<String> notKept) {
        boolean jpeg = part.child("jpegImage") != null;
        E57Blob blob = E57Blob.of(part.child(jpeg ? "jpegImage" : "pngImage"), pages);
        if (blob == null) {
            notKept.add(where + ": its " + part.name + ", whose bytes are not in the file");
            return null;
        }
        E57Blob mask = E57Blob.of(part.child("imageMask"), pages);
        if (mask == null && part.child("imageMask") != null) {
            notKept.add(where + ": its mask, whose bytes are not in the file");
        }
        int width = pixels(part, "imageWidth");
        int height = pixels(part, "imageHeight");
        boolean cylinder = kind == Camera.Kind.CYLINDRICAL;
        boolean pinhole = kind == Camera.Kind.PINHOLE;
        Camera camera = new Camera(
                kind,
                width,
                height,
                kind == Camera.Kind.VISUAL ? 0 : number(part, "pixelWidth"),
                kind == Camera.Kind.VISUAL ? 0 : number(part, "pixelHeight"),
                pinhole ? number(part, "focalLength") : cylinder ? number(part, "radius") : 0,
                pinhole ? number(part, "principalPointX") : width / 2.0,
                pinhole || cylinder ? number(part, "principalPointY") : height / 2.0);
        Map<String, String> metadata = new TreeMap<>();
        List<String> binary = new ArrayList<>();
        Set<String> told = Set.of(
                "guid",
                "name",
                "pose",
                "associatedData3DGuid",
                "visualReferenceRepresentation",
                "pinholeRepresentation",
                "sphericalRepresentation",
                "cylindricalRepresentation");
        E57Metadata.flatten(image, where, told, metadata, binary);
        notKept.addAll(binary);
        return new Picture(
                name,
                text(image, "guid"),
                text(image, "associatedData3DGuid"),
                jpeg ? "image/jpeg" : "image/png",
                blob.length(),
                pose,
                camera,
                () -> blob.open(pages),
                mask == null ? 0 : mask.length(),
                mask == null ? null : () -> mask.open(pages),
                java.util.Collections.unmodifiableMap(metadata));
    }

    private static @Nullable String text(E57Node image, String child) {
        E57Node n = image.child(child);
        return n == null || n.text.isBlank() ? null : n.text;
    }

    private static int pixels(E57Node part, String child) {
        double v = part.childNumber(child);
        return v >= 0 && v <= LONGEST ? (int) v : 0;
    }

    private static double number(E57Node part, String child) {
        double v = part.childNumber(child);
        return Double.isFinite(v) ? v : 0;
    }
}
