package org.grotto.format.e57;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.grotto.base.GrottoException;
import org.jspecify.annotations.Nullable;

/**
 * Parses the XML section into nodes. DTDs and entities are refused, depth, number of elements and text are bounded.
 * Prefixes are kept as written and need no declaration, because real files lack some. Bytes that are not UTF-8, which
 * some programs write in names, become U+FFFD.
 */
final class E57Xml {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NODES = 1_000_000;
    private static final int MAX_TEXT = 16 << 20;

    private final E57Pages pages;
    private final E57Header header;

    private E57Xml(E57Pages pages, E57Header header) {
        this.pages = pages;
        this.header = header;
    }

    static E57Node parse(E57Pages pages, E57Header header) {
        return new E57Xml(pages, header).parse();
    }

    private static XMLInputFactory factory() {
        XMLInputFactory f = XMLInputFactory.newDefaultFactory();
        f.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        f.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        f.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        f.setProperty(XMLInputFactory.IS_COALESCING, false);
        f.setXMLResolver((publicId, systemId, baseUri, namespace) -> InputStream.nullInputStream());
        return f;
    }

    private E57Node parse() {
        Stream stream = new Stream(pages.window(), E57Pages.logical(header.xmlOffset()), header.xmlLength());
        try {
            // decoded here: the JDK's own decoder prints to standard error what it cannot read
            XMLStreamReader reader =
                    factory().createXMLStreamReader(new InputStreamReader(stream.skipMark(), StandardCharsets.UTF_8));
            try {
                return tree(reader);
            } finally {
                reader.close();
            }
        } catch (GrottoException e) {
            throw e;
        } catch (XMLStreamException e) {
            throw bad(reason(e));
        } catch (RuntimeException e) {
            // the JDK's scanner answers some malformed bytes with its own unchecked exceptions
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    private E57Node tree(XMLStreamReader reader) throws XMLStreamException {
        ArrayDeque<E57Node> open = new ArrayDeque<>();
        StringBuilder text = new StringBuilder();
        int nodes = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++nodes > MAX_NODES || open.size() >= MAX_DEPTH) {
                        throw bad("it has more than " + MAX_NODES + " elements or nests them deeper than " + MAX_DEPTH);
                    }
                    E57Node node = new E57Node(reader.getLocalName(), attributes(reader));
                    E57Node parent = open.peek();
                    if (parent != null) {
                        parent.add(node);
                    } else if (!node.name.equals("e57Root")) {
                        throw bad("its root element is <" + node.name + "> instead of <e57Root>");
                    }
                    open.push(node);
                    text.setLength(0);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (text.length() + reader.getTextLength() > MAX_TEXT) {
                        throw bad("it has a text of more than " + MAX_TEXT + " characters");
                    }
                    text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    E57Node node = open.pop();
                    if (node.children().isEmpty()) {
                        node.text = text.toString();
                    }
                    text.setLength(0);
                    if (open.isEmpty()) {
                        return node; // some programs leave padding behind the root element
                    }
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw bad("it has a document type or an entity, which E57 forbids");
                default -> {}
            }
        }
        throw bad("it ends before </e57Root>");
    }

    private static String[] attributes(XMLStreamReader reader) {
        int n = reader.getAttributeCount();
        String[] a = new String[2 * n];
        for (int i = 0; i < n; i++) {
            String prefix = reader.getAttributePrefix(i);
            String local = reader.getAttributeLocalName(i);
            a[2 * i] = prefix == null || prefix.isEmpty() ? local : prefix + ":" + local;
            a[2 * i + 1] = reader.getAttributeValue(i);
        }
        return a;
    }

    private static @Nullable String reason(XMLStreamException e) {
        String m = String.valueOf(e.getMessage()).replace('\n', ' ');
        int cut = m.indexOf("Message: ");
        String where = e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNumber() + ", column "
                        + e.getLocation().getColumnNumber() + ")";
        return (cut < 0 ? m : m.substring(cut + 9)) + where;
    }

    private GrottoException bad(@Nullable String what) {
        return GrottoException.badInput(
                pages.path,
                header.xmlOffset(),
                "the XML section that starts here cannot be read: " + what + "; export the file again.");
    }

    /** The XML section as a stream of checked bytes. */
    private static final class Stream extends InputStream {
        private final E57Pages.Window window;
        private long at;
        private long left;
        private final byte[] one = new byte[1];

        Stream(E57Pages.Window window, long at, long left) {
            this.window = window;
            this.at = at;
            this.left = left;
        }

        /** Steps over a byte order mark. */
        Stream skipMark() {
            byte[] b = new byte[3];
            if (left >= 3) {
                window.read(at, b, 0, 3);
                if (b[0] == (byte) 0xef && b[1] == (byte) 0xbb && b[2] == (byte) 0xbf) {
                    at += 3;
                    left -= 3;
                }
            }
            return this;
        }

        @Override
        public int read() {
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] b, int off, int len) {
            if (left == 0) {
                return -1;
            }
            int n = (int) Math.min(len, left);
            window.read(at, b, off, n);
            at += n;
            left -= n;
            return n;
        }
    }
}
