package org.grotto.format.cameras;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Cameras that Metashape (PhotoScan) exports as XML (Agisoft Metashape Python reference, Camera.transform, and user manual,
 * appendix D): {@code transform} takes the camera, which looks along +z with y down, to the chunk, row by row; the chunk's own
 * transform takes it to the world: scale, rotation, translation. cx and cy count from the picture's middle where one focal
 * length is given, and from its corner beside the fx and fy of old versions.
 */
final class Metashape {
    private static final long MOST = 256L << 20;
    /** Farther from zero than this, metres, a chunk stands in Earth-centred coordinates, which no mesh is exported in. */
    private static final double EARTH = 5e6;

    private final Path file;
    private final List<CameraSet.Shot> shots = new ArrayList<>();
    private int earth;

    private Metashape(Path file) {
        this.file = file;
    }

    static CameraSet read(Path file) {
        Metashape m = new Metashape(file);
        for (Element chunk : children(m.root(), "chunk")) {
            m.chunk(chunk);
        }
        for (Element chunks : children(m.root(), "chunks")) {
            children(chunks, "chunk").forEach(m::chunk);
        }
        return new CameraSet(
                "Metashape",
                List.copyOf(m.shots),
                m.earth > 0
                        ? List.of(
                                "the places of " + m.earth + " pictures, which are given in Earth-centred coordinates:"
                                        + " export the cameras in the mesh's own reference system, or in local coordinates")
                        : List.of());
    }

    private Element root() {
        try {
            DocumentBuilderFactory f = DocumentBuilderFactory.newDefaultInstance();
            f.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            f.setXIncludeAware(false);
            f.setExpandEntityReferences(false);
            DocumentBuilder b = f.newDocumentBuilder();
            b.setErrorHandler(null);
            return b.parse(new ByteArrayInputStream(Words.bytes(file, MOST))).getDocumentElement();
        } catch (SAXException e) {
            throw GrottoException.badInput(
                    file, "is not whole XML: " + e.getMessage() + "; export the cameras again.", e);
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Element> children(@Nullable Node of, String name) {
        List<Element> all = new ArrayList<>();
        if (of != null) {
            for (Node n = of.getFirstChild(); n != null; n = n.getNextSibling()) {
                if (n instanceof Element e && e.getTagName().equals(name)) {
                    all.add(e);
                }
            }
        }
        return all;
    }

    private static @Nullable Element child(@Nullable Node of, String name) {
        List<Element> all = children(of, name);
        return all.isEmpty() ? null : all.getFirst();
    }

    /** Chunk to world, 3 x 4 row by row with the scale in it; the identity where nothing is said. */
    private double[] transform(@Nullable Element t) {
        double[] r = numbers(child(t, "rotation"), 9, new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
        double[] v = numbers(child(t, "translation"), 3, new double[3]);
        double s = numbers(child(t, "scale"), 1, new double[] {1})[0];
        return new double[] {
            s * r[0], s * r[1], s * r[2], v[0], s * r[3], s * r[4], s * r[5], v[1], s * r[6], s * r[7], s * r[8], v[2],
            s
        };
    }

    private double[] numbers(@Nullable Element e, int n, double[] otherwise) {
        if (e == null) {
            return otherwise;
        }
        String[] w = e.getTextContent().strip().split("\\s+");
        if (w.length < n) {
            throw GrottoException.badInput(
                    file,
                    "<" + e.getTagName() + "> needs " + n + " numbers and has " + w.length
                            + "; export the cameras again.");
        }
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            try {
                v[i] = Double.parseDouble(w[i]);
            } catch (NumberFormatException x) {
                v[i] = Double.NaN;
            }
            if (!Double.isFinite(v[i])) {
                throw GrottoException.badInput(
                        file, "<" + e.getTagName() + ">: \"" + w[i] + "\" is no number; export the cameras again.");
            }
        }
        return v;
    }

    private void chunk(Element chunk) {
        double[] own = transform(child(chunk, "transform"));
        Map<String, double[]> parts = new HashMap<>();
        for (Element c : children(child(chunk, "components"), "component")) {
            Element t = child(c, "transform");
            if (t != null) {
                parts.put(c.getAttribute("id"), transform(t));
            }
        }
        Map<String, Optics> lenses = new HashMap<>();
        for (Element s : children(child(chunk, "sensors"), "sensor")) {
            Optics o = lens(s);
            if (o != null) {
                lenses.put(s.getAttribute("id"), o);
            }
        }
        Map<String, String> paths = new HashMap<>();
        for (Element frame : children(child(chunk, "frames"), "frame")) {
            for (Element c : children(child(frame, "cameras"), "camera")) {
                Element photo = child(c, "photo");
                if (photo != null && !photo.getAttribute("path").isEmpty()) {
                    paths.putIfAbsent(c.getAttribute("camera_id"), photo.getAttribute("path"));
                }
            }
        }
        Element cameras = child(chunk, "cameras");
        List<Element> all = new ArrayList<>(children(cameras, "camera"));
        children(cameras, "group").forEach(g -> all.addAll(children(g, "camera")));
        for (Element c : all) {
            Optics o = lenses.get(c.getAttribute("sensor_id"));
            double[] world = parts.getOrDefault(c.getAttribute("component_id"), own);
            Pose p = pose(child(c, "transform"), world, o != null && o.spherical());
            String name = paths.getOrDefault(c.getAttribute("id"), c.getAttribute("label"));
            shots.add(new CameraSet.Shot(name, p, o));
        }
    }

    private @Nullable Pose pose(@Nullable Element transform, double[] w, boolean sphere) {
        if (transform == null) {
            return null;
        }
        double[] m = numbers(transform, 16, new double[16]);
        double[] c = new double[3];
        double[] r = new double[9]; // world to camera: the transpose of what the two turns make
        for (int i = 0; i < 3; i++) {
            c[i] = w[4 * i] * m[3] + w[4 * i + 1] * m[7] + w[4 * i + 2] * m[11] + w[4 * i + 3];
            for (int k = 0; k < 3; k++) {
                r[3 * k + i] = (w[4 * i] * m[k] + w[4 * i + 1] * m[4 + k] + w[4 * i + 2] * m[8 + k]) / w[12];
            }
        }
        if (Math.hypot(c[0], Math.hypot(c[1], c[2])) > EARTH) {
            earth++;
            return null;
        }
        try {
            return sphere ? Colmap.sphere(r, c) : CameraSet.looking(r, c);
        } catch (IllegalArgumentException e) {
            throw GrottoException.badInput(file, "<transform>: " + e.getMessage() + "; export the cameras again.");
        }
    }

    private @Nullable Optics lens(Element sensor) {
        Element best = null;
        for (Element c : children(sensor, "calibration")) {
            if (best == null || c.getAttribute("class").equals("adjusted")) {
                best = c;
            }
        }
        Element size = child(best, "resolution");
        size = size == null ? child(sensor, "resolution") : size;
        if (size == null) {
            return null;
        }
        int w = whole(size.getAttribute("width"));
        int h = whole(size.getAttribute("height"));
        String type = best != null && !best.getAttribute("type").isEmpty()
                ? best.getAttribute("type")
                : sensor.getAttribute("type");
        if (w <= 0 || h <= 0) {
            return null;
        }
        if (type.equals("spherical")) {
            return Optics.sphere("metashape:spherical", w, h);
        }
        if (best == null) {
            return null;
        }
        boolean old = child(best, "f") == null && child(best, "fx") != null;
        double f = value(best, old ? "fy" : "f");
        double b1 = old ? value(best, "fx") - f : value(best, "b1");
        double b2 = old ? value(best, "skew") : value(best, "b2");
        double cx = value(best, "cx") + (old ? 0 : w / 2.0);
        double cy = value(best, "cy") + (old ? 0 : h / 2.0);
        String[] names = {"k1", "k2", "k3", "k4", "p1", "p2", "p3", "p4"};
        double[] k = new double[names.length];
        for (int i = 0; i < k.length; i++) {
            k[i] = value(best, names[i]);
        }
        if (!(f > 0)) {
            return null;
        }
        boolean fisheye = type.equals("fisheye") || type.equals("equidistant_fisheye");
        boolean known = (type.isEmpty() || type.equals("frame") || fisheye) && k[6] == 0 && k[7] == 0;
        Bend bend = known ? Bend.metashape(k[0], k[1], k[2], k[3], k[4], k[5], fisheye) : null;
        return Optics.of(
                "metashape:" + (type.isEmpty() ? "frame" : type), fisheye, w, h, f + b1, f, cx, cy, b2, names, k, bend);
    }

    private double value(Element of, String name) {
        return numbers(child(of, name), 1, new double[1])[0];
    }

    private static int whole(String s) {
        try {
            int v = Integer.parseInt(s.strip());
            return v < 1 << 24 ? v : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
