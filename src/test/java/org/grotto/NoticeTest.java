package org.grotto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** NOTICE names every part that is delivered, with a licence whose text is delivered, too. */
class NoticeTest {
    private static final Path ROOT = Path.of(System.getProperty("grotto.root", "."));

    /** name-1.2.3.jar, name-1.2.3-natives-linux.jar */
    private static final Pattern JAR = Pattern.compile("(.+?)-\\d[\\w.]*(-.*)?\\.jar");

    private static final Pattern NPM =
            Pattern.compile("<url>\\$\\{npm\\.registry}/(.+?)/-/[^<]*</url>\\s*<(sha512|sha1)>[0-9a-f]{40}");

    /** Words by which a licence's text is known. */
    private static final Map<String, List<String>> WORDS = Map.of(
            "Apache-2.0", List.of("Apache License", "Version 2.0, January 2004"),
            "MIT", List.of("Permission is hereby granted, free of charge", "Copyright (c)"),
            "BSD-3-Clause", List.of("Redistribution and use in source and binary forms", "Neither the name"),
            "BSD-2-Clause", List.of("Redistribution and use in source and binary forms", "Copyright (C)"),
            "Zlib", List.of("This software is provided 'as-is'"),
            "LGPL-2.0-or-later", List.of("GNU LIBRARY GENERAL PUBLIC LICENSE", "Version 2, June 1991"),
            "OFL-1.1", List.of("SIL Open Font License, Version 1.1"));

    private record Part(String licence, String text) {}

    private static Map<String, Part> parts(String heading) throws IOException {
        Map<String, Part> parts = new TreeMap<>();
        boolean here = heading.isEmpty();
        for (String line : Files.readAllLines(ROOT.resolve("NOTICE"))) {
            String[] p = line.split(" \\| ");
            if (p.length == 3 && here) {
                assertThat(parts.put(p[0], new Part(p[1], p[2]))).as(p[0]).isNull();
            } else if (p.length != 3 && !heading.isEmpty()) {
                here = here && line.isEmpty() && parts.isEmpty() || line.startsWith(heading);
            }
        }
        return parts;
    }

    @Test
    void everyLibraryThatIsDeliveredHasALineAndEveryLineALibrary() throws IOException {
        Path lib = ROOT.resolve("target/lib");
        Set<String> delivered;
        try (Stream<Path> jars = Files.list(lib)) {
            delivered = jars.map(j -> {
                        Matcher m = JAR.matcher(j.getFileName().toString());
                        return m.matches() ? m.group(1) : j.getFileName().toString();
                    })
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        assertThat(delivered)
                .hasSizeGreaterThan(10)
                .isEqualTo(parts("Java libraries").keySet());
    }

    @Test
    void everyNpmPackageHasALineAndEveryLineAPackage() throws IOException {
        Matcher m = NPM.matcher(Files.readString(ROOT.resolve("pom.xml")));
        Set<String> taken = new TreeSet<>();
        while (m.find()) {
            taken.add(m.group(1));
        }
        assertThat(taken).hasSize(6).isEqualTo(parts("For the kiosk").keySet());
    }

    @Test
    void everyLicenceIsDeliveredInFull() throws IOException {
        for (Map.Entry<String, Part> e : parts("").entrySet()) {
            Part p = e.getValue();
            Path there = ROOT.resolve("target/classes/META-INF").resolve(p.text());
            assertThat(there).as(e.getKey()).hasSameTextualContentAs(ROOT.resolve(p.text()));
            String id = p.licence().split("[ ,]")[0];
            assertThat(WORDS).as(e.getKey()).containsKey(id);
            assertThat(Files.readString(there)).contains(WORDS.get(id));
        }
        assertThat(ROOT.resolve("target/classes/META-INF/NOTICE")).exists();
    }
}
