package org.grotto.web;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.eclipse.jetty.util.URIUtil;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import tools.jackson.databind.JsonNode;

/** The page that lists the packages of a folder, by their titles in both languages. */
final class PackageList {
    private PackageList() {}

    static byte[] page(Packages packages) {
        Text page = Texts.of("web.page");
        StringBuilder html =
                new StringBuilder("""
                <!doctype html>
                <html lang="zh-Hans">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>{zh} {en}</title>
                <link rel="icon" href="viewer/icon.svg">
                <link rel="stylesheet" href="viewer/vendor/noto-sans-sc/index.css">
                <link rel="stylesheet" href="viewer/vendor/noto-serif-sc/index.css">
                <link rel="stylesheet" href="viewer/style.css">
                <link rel="stylesheet" href="viewer/list.css">
                </head>
                <body class="list">
                <main>
                <h1>{zh} <span lang="en">{en}</span></h1>
                <ul>
                """.replace("{zh}", escape(page.zh())).replace("{en}", escape(page.en())));
        for (String name : packages.names()) {
            JsonNode title = title(packages.folder().resolve(name).resolve("cave.json"));
            String zh = title.path("zh").asString("");
            String en = title.path("en").asString("");
            html.append("<li><a href=\"./")
                    .append(escape(URIUtil.encodePath(name)))
                    .append("/\"><strong>")
                    .append(escape(zh.isEmpty() ? name : zh))
                    .append("</strong><span lang=\"en\">")
                    .append(escape(en))
                    .append("</span><small>")
                    .append(escape(name))
                    .append("</small></a></li>\n");
        }
        return html.append("</ul>\n</main>\n</body>\n</html>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A package whose cave.json cannot be read is still listed, by its folder's name; the viewer says what is wrong. */
    private static JsonNode title(Path file) {
        try {
            return Json.tree(file).path("title");
        } catch (GrottoException e) {
            return Json.mapper().createObjectNode();
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
