package org.grotto.format.e57;

import java.util.Map;
import java.util.TreeMap;
import org.grotto.format.Camera;
import org.grotto.format.Picture;
import org.jspecify.annotations.Nullable;

/** Writes the elements of {@code images2D} for pictures whose bytes are in the file. */
final class E57ImageXml {
    /** Coefficients of a lens, an extension that scanners' programs write. */
    private static final String DISTORTION_URI = "http://www.libe57.org/E57_LEICA_Camera_Distortion.txt";

    private final E57Text xml;
    private final Map<String, String> namespaces;

    E57ImageXml(E57Text xml, Map<String, String> namespaces) {
        this.xml = xml;
        this.namespaces = namespaces;
    }

    /**
     * A picture and where its bytes begin.
     *
     * @param mask where its mask begins, or -1
     */
    record Stored(Picture picture, long image, long mask, long bytes, long maskBytes) {
        /** Whether both stand in one element: to look at and to measure. */
        boolean with(@Nullable Stored next) {
            return next != null
                    && picture.guid() != null
                    && picture.guid().equals(next.picture.guid())
                    && picture.camera().kind() != next.picture.camera().kind()
                    && (picture.camera().kind() == Camera.Kind.VISUAL
                            || next.picture.camera().kind() == Camera.Kind.VISUAL);
        }
    }

    /** @param second the same picture in another representation, or null */
    void write(Stored first, @Nullable Stored second, String guid) {
        Picture p = first.picture;
        xml.structure("vectorChild");
        xml.string("guid", guid);
        xml.string("name", p.name());
        if (p.scan() != null) {
            xml.string("associatedData3DGuid", p.scan());
        }
        E57ScanXml head = new E57ScanXml(xml, namespaces);
        if (p.pose() != null) {
            head.pose(p.pose());
        }
        Map<String, String> rest = new TreeMap<>(p.metadata());
        head.known(rest);
        head.date("acquisitionDateTime", rest);
        representation(first);
        if (second != null) {
            representation(second);
        }
        distortion(rest);
        head.own(rest);
        xml.close("vectorChild");
    }

    private void representation(Stored s) {
        Camera c = s.picture.camera();
        String element = E57Images.element(c.kind());
        xml.structure(element);
        blob(s.picture.mediaType().equals("image/png") ? "pngImage" : "jpegImage", s.image, s.bytes);
        if (s.mask >= 0) {
            blob("imageMask", s.mask, s.maskBytes);
        }
        xml.integer("imageHeight", c.height());
        xml.integer("imageWidth", c.width());
        if (c.kind() != Camera.Kind.VISUAL) {
            xml.floating("pixelHeight", c.pixelHeight());
            xml.floating("pixelWidth", c.pixelWidth());
        }
        if (c.kind() == Camera.Kind.PINHOLE) {
            xml.floating("focalLength", c.focalLength());
            xml.floating("principalPointX", c.principalX());
        } else if (c.kind() == Camera.Kind.CYLINDRICAL) {
            xml.floating("radius", c.focalLength());
        }
        if (c.kind() == Camera.Kind.PINHOLE || c.kind() == Camera.Kind.CYLINDRICAL) {
            xml.floating("principalPointY", c.principalY());
        }
        xml.close(element);
    }

    private void blob(String name, long at, long length) {
        xml.empty(name, "type=\"Blob\" fileOffset=\"" + at + "\" length=\"" + length + "\"");
    }

    /** The lens' coefficients, as elements of the extension that they came from. */
    private void distortion(Map<String, String> rest) {
        String prefix = null;
        for (String key : rest.keySet()) {
            int colon = key.indexOf(":distortion/");
            if (colon > 0 && key.contains(":CV_")) {
                prefix = key.substring(0, colon);
            }
        }
        if (prefix == null || !prefix.matches("[A-Za-z][A-Za-z0-9]*")) {
            return;
        }
        String own = prefix + ":distortion/";
        namespaces.put(prefix, DISTORTION_URI);
        xml.structure(prefix + ":distortion");
        for (Map.Entry<String, String> e : Map.copyOf(rest).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .toList()) {
            String name = e.getKey().startsWith(own) ? e.getKey().substring(own.length()) : "";
            if (!name.matches(prefix + ":[A-Za-z0-9_]+")) {
                continue;
            }
            String v = e.getValue().strip();
            if (v.matches("[-+]?[0-9]{1,18}") && !name.contains(":CV_") || name.matches(".*:CV_(HEIGHT|WIDTH)")) {
                xml.integer(name, Math.round(Double.parseDouble(v)));
            } else if (v.matches("[-+]?[0-9]*\\.?[0-9]*([eE][-+]?[0-9]+)?") && !v.isEmpty()) {
                xml.floating(name, Double.parseDouble(v));
            } else {
                xml.string(name, e.getValue());
            }
            rest.remove(e.getKey());
        }
        xml.close(prefix + ":distortion");
    }
}
