package org.grotto.format.threemf;

import java.io.BufferedInputStream;
import java.io.EOFException;
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
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.grotto.base.GrottoException;
import org.grotto.format.Remarks;
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
    private final boolean keepGoing;
    private final Remarks remarks;
    private final @Nullable ZipFile zip;
    /** The parts of an archive whose list of them is damaged. */
    private final @Nullable Walked walked;

    /**
     * @param keepGoing of damaged parts, and of an archive without its list of them, give what is there
     * @param remarks gets what is not
     */
    Package(Path path, boolean keepGoing, Remarks remarks) {
        this.path = path;
        this.keepGoing = keepGoing;
        this.remarks = remarks;
        ZipFile opened = null;
        Walked found = null;
        try {
            opened = new ZipFile(path.toFile());
        } catch (ZipException e) {
            if (!keepGoing) {
                throw GrottoException.badInput(
                        path, "is no whole ZIP archive, as 3MF files are; copy or export it again.", e);
            }
            found = Walked.of(path, MOST_ENTRIES);
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
        this.zip = opened;
        this.walked = found;
        if (opened != null && opened.size() > MOST_ENTRIES) {
            close();
            throw GrottoException.badInput(path, "holds more than " + MOST_ENTRIES + " parts, which no mesh needs.");
        }
    }

    private Stream<String> names() {
        return walked != null
                ? walked.names().stream()
                : Objects.requireNonNull(zip).stream().map(ZipEntry::getName);
    }

    /** The part of that name, with or without a slash before it, in whatever case; null where there is none. */
    private @Nullable String entry(String name) {
        String plain = name.startsWith("/") ? name.substring(1) : name;
        boolean there =
                walked != null ? walked.has(plain) : Objects.requireNonNull(zip).getEntry(plain) != null;
        return there
                ? plain
                : names().filter(n -> n.equalsIgnoreCase(plain)).findFirst().orElse(null);
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
        String any = has(usual) || !keepGoing
                ? usual
                : names().filter(n -> n.endsWith(".model")).sorted().findFirst().orElse(usual);
        if (has(any)) {
            return any;
        }
        throw GrottoException.badInput(path, "is a ZIP archive without a 3D model; this is no 3MF file.");
    }

    private Bounded open(String name) {
        String e = entry(name);
        if (e == null) {
            throw GrottoException.badInput(
                    path, "names its part " + shown(name) + ", which is not there; export it again.");
        }
        try {
            if (walked != null) {
                long most = FREE + MOST_GROWTH * walked.room(e);
                return new Bounded(e, walked.open(e), most, walked.size(e), walked.checksum(e));
            }
            ZipEntry z = Objects.requireNonNull(zip).getEntry(e);
            long most = FREE + MOST_GROWTH * Math.max(0, z.getCompressedSize());
            return new Bounded(e, zip.getInputStream(z), most, z.getSize(), z.getCrc());
        } catch (ZipException x) {
            throw damaged(name, x);
        } catch (IOException x) {
            throw GrottoException.io(path, x);
        }
    }

    private GrottoException damaged(String name, @Nullable Exception e) {
        String sentence = "its part " + shown(name) + " is damaged; export it again.";
        return e == null ? GrottoException.badInput(path, sentence) : GrottoException.badInput(path, sentence, e);
    }

    private static String shown(String name) {
        return "\"" + Remarks.shown(name) + "\"";
    }

    /** A part as it is unpacked; with {@link #keepGoing} a damaged one ends where the damage begins. */
    private final class Bounded extends FilterInputStream {
        /** How much is unpacked at once where it may break off, so that little is lost with it. */
        private static final int STEP = 512;

        private final String name;
        private final CRC32 sum = new CRC32();
        private final long checksum;
        /** What comes out of the part by its archive; -1 where that does not say. */
        private final long size;

        private long left;
        private long given;
        /** Whether it broke off, or held less than the archive says. */
        private boolean cut;

        Bounded(String name, InputStream in, long most, long size, long checksum) {
            super(in);
            this.name = name;
            this.left = most;
            this.size = size;
            this.checksum = checksum;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            int n = some(b, off, len);
            left -= Math.max(0, n);
            given += Math.max(0, n);
            cut |= n < 0 && given < size;
            if (left < 0) {
                throw GrottoException.badInput(
                        path,
                        "holds a part that unpacks to more than " + MOST_GROWTH
                                + " times its size, as no mesh does; it is not read.");
            }
            if (n > 0) {
                sum.update(b, off, n);
            } else if (n < 0 && !(cut && keepGoing) && checksum > 0 && checksum != sum.getValue()) {
                if (!keepGoing) {
                    throw GrottoException.badInput(
                            path,
                            "its part " + shown(name)
                                    + " does not have its checksum, so it is damaged; copy or export it again.");
                }
                remarks.lost("certainty of numbers: of these parts the checksum is another", name);
            }
            return n;
        }

        private int some(byte[] b, int off, int len) throws IOException {
            if (!keepGoing) {
                return super.read(b, off, len);
            }
            try {
                return super.read(b, off, Math.min(len, STEP));
            } catch (ZipException | EOFException e) {
                cut = true;
                return -1;
            }
        }
    }

    /** All bytes of a part. */
    byte[] bytes(String name) {
        try (Bounded in = open(name)) {
            byte[] all = in.readAllBytes();
            if (in.cut) {
                throw damaged(name, null);
            }
            return all;
        } catch (IOException e) {
            throw damaged(name, e);
        }
    }

    Xml xml(String name) {
        return new Xml(name, open(name));
    }

    /** The elements of an XML part, begins only, one after the other. */
    final class Xml implements AutoCloseable {
        private final String name;
        private final Bounded part;
        private final InputStream in;
        private final XMLStreamReader reader;
        /** The names of the elements around the current one, and its own. */
        private final List<String> open = new ArrayList<>();

        private Xml(String name, Bounded part) {
            this.name = name;
            this.part = part;
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

        /** The end of a part whose rest cannot be read; throws where that is no damage, or not to be passed over. */
        private boolean cut(Exception e) {
            GrottoException g = broken(e);
            if (!keepGoing || !(g.getCause() == e)) {
                throw g;
            }
            long at = Math.max(0, reader.getLocation().getCharacterOffset());
            remarks.lost(
                    "the rest of damaged parts",
                    name + " from line " + line() + " on"
                            + (part.size <= at ? "" : " (" + (part.size - at) + " of " + part.size + " bytes)"));
            return false;
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
                return cut(e);
            } catch (RuntimeException e) {
                if (e instanceof GrottoException) {
                    throw e;
                }
                return cut(e); // the JDK's parser throws such, too
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
            if (zip != null) {
                zip.close();
            }
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }
}
