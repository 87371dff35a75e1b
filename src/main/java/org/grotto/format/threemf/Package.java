package org.grotto.format.threemf;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.grotto.base.GrottoException;
import org.jspecify.annotations.Nullable;

/**
 * The ZIP archive of a 3MF file (Open Packaging Conventions). What comes out of it is bounded by what is in it: a part may
 * grow {@link #MOST_GROWTH}-fold, which XML of meshes never does and a bomb must.
 */
final class Package implements AutoCloseable {
    private static final long MOST_GROWTH = 200;
    private static final long FREE = 4 << 20;
    private static final int MOST_ENTRIES = 100_000;
    /** Where the keys of encrypted parts stand. */
    private static final String KEYS = "Secure/keystore.xml";

    private final Path path;
    private final ZipFile zip;

    Package(Path path) {
        this.path = path;
        try {
            this.zip = new ZipFile(path.toFile());
        } catch (ZipException e) {
            throw GrottoException.badInput(
                    path, "is no whole ZIP archive, as 3MF files are; copy or export it again.", e);
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
        if (zip.size() > MOST_ENTRIES) {
            close();
            throw GrottoException.badInput(path, "holds more than " + MOST_ENTRIES + " parts, which no mesh needs.");
        }
    }

    /** The part of that name, with or without a slash before it, in whatever case; null where there is none. */
    private @Nullable ZipEntry entry(String name) {
        String plain = name.startsWith("/") ? name.substring(1) : name;
        ZipEntry e = zip.getEntry(plain);
        if (e != null) {
            return e;
        }
        return zip.stream()
                .filter(z -> z.getName().equalsIgnoreCase(plain))
                .map(z -> (ZipEntry) z)
                .findFirst()
                .orElse(null);
    }

    boolean has(String name) {
        return entry(name) != null;
    }

    /** The part that the package's relationships call its model. */
    String model() {
        String usual = "3D/3dmodel.model";
        if (has("_rels/.rels")) {
            try (Xml xml = xml("_rels/.rels")) {
                while (xml.next()) {
                    String type = xml.get("Type").toLowerCase(Locale.ROOT);
                    if (xml.is("Relationship") && type.endsWith("/3dmodel")) {
                        return xml.get("Target");
                    }
                }
            }
        }
        if (has(usual)) {
            return usual;
        }
        throw GrottoException.badInput(path, "is a ZIP archive without a 3D model; this is no 3MF file.");
    }

    private InputStream open(String name) {
        ZipEntry e = entry(name);
        if (e == null) {
            throw GrottoException.badInput(
                    path, "names its part " + shown(name) + ", which is not there; export it again.");
        }
        try {
            return new Bounded(zip.getInputStream(e), FREE + MOST_GROWTH * Math.max(0, e.getCompressedSize()));
        } catch (IOException x) {
            throw GrottoException.io(path, x);
        }
    }

    private static String shown(String name) {
        return "\"" + org.grotto.format.Remarks.shown(name) + "\"";
    }

    private final class Bounded extends FilterInputStream {
        private long left;

        Bounded(InputStream in, long most) {
            super(in);
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            int n = super.read(b, off, len);
            left -= Math.max(0, n);
            if (left < 0) {
                throw GrottoException.badInput(
                        path,
                        "holds a part that unpacks to more than " + MOST_GROWTH
                                + " times its size, as no mesh does; it is not read.");
            }
            return n;
        }
    }

    /** All bytes of a part. */
    byte[] bytes(String name) {
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw GrottoException.badInput(path, "its part " + shown(name) + " is damaged; export it again.", e);
        }
    }

    Xml xml(String name) {
        return new Xml(name, open(name));
    }

    /** The elements of an XML part, begins only, one after the other. */
    final class Xml implements AutoCloseable {
        private final String name;
        private final InputStream in;
        private final XMLStreamReader reader;
        /** The names of the elements around the current one, and its own. */
        private final List<String> open = new ArrayList<>();

        private Xml(String name, InputStream part) {
            this.name = name;
            this.in = new BufferedInputStream(part, 1 << 16);
            try {
                XMLInputFactory f = XMLInputFactory.newDefaultFactory();
                f.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false); // some writers declare not all their prefixes
                f.setProperty(XMLInputFactory.SUPPORT_DTD, false);
                f.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
                f.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
                f.setXMLResolver((publicId, systemId, baseUri, namespace) -> InputStream.nullInputStream());
                this.reader = f.createXMLStreamReader(new InputStreamReader(in, charset(in)));
            } catch (IOException | XMLStreamException e) {
                throw broken(e);
            }
        }

        /** UTF-8 or UTF-16, as 3MF asks; decoded here, since the JDK's own decoder prints what it cannot read. */
        private static Charset charset(InputStream in) throws IOException {
            in.mark(4);
            int a = in.read();
            int b = in.read();
            in.reset();
            if (a == 0xEF && b == 0xBB) {
                in.skipNBytes(3);
            }
            return a == 0xFE && b == 0xFF || a == 0xFF && b == 0xFE ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
        }

        private GrottoException broken(Exception e) {
            Throwable cause = e;
            while (cause != null && !(cause instanceof GrottoException)) {
                cause = cause.getCause();
            }
            return cause instanceof GrottoException g
                    ? g
                    : has(KEYS)
                            ? GrottoException.unsupported(
                                    path, "its part " + shown(name) + " is encrypted; export it without encryption.")
                            : GrottoException.badInput(
                                    path, "the XML of its part " + shown(name) + " is broken; export it again.", e);
        }

        /** Goes to the next element that begins. */
        boolean next() {
            try {
                while (reader.hasNext()) {
                    int event = reader.next();
                    if (event == XMLStreamReader.START_ELEMENT) {
                        open.add(local(reader.getLocalName()));
                        return true;
                    }
                    if (event == XMLStreamReader.END_ELEMENT) {
                        open.removeLast();
                    }
                }
                return false;
            } catch (XMLStreamException e) {
                throw broken(e);
            } catch (RuntimeException e) {
                if (e instanceof GrottoException) {
                    throw e;
                }
                throw broken(e); // the JDK's parser throws such, too
            }
        }

        boolean is(String element) {
            return element().equals(element);
        }

        String element() {
            return open.getLast();
        }

        /** Whether the current element stands right in one of that name, and that in one whose name ends so. */
        boolean in(String parent, String above) {
            int n = open.size();
            return n > 2 && open.get(n - 2).equals(parent) && open.get(n - 3).endsWith(above);
        }

        private static String local(String name) {
            return name.substring(name.indexOf(':') + 1);
        }

        /** An attribute by its local name; empty where there is none. */
        String get(String attribute) {
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                if (local(reader.getAttributeLocalName(i)).equals(attribute)) {
                    return reader.getAttributeValue(i);
                }
            }
            return "";
        }

        long line() {
            return reader.getLocation().getLineNumber();
        }

        @Override
        public void close() {
            try {
                reader.close();
                in.close();
            } catch (XMLStreamException | IOException e) {
                throw broken(e);
            }
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }
}
