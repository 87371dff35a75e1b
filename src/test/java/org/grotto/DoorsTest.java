package org.grotto;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The one-way doors of the floor plan (ARCHITECTURE.md), read from the compiled classes. */
class DoorsTest {
    private static final String ROOT = "org.grotto";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static final List<String> BELOW_CRAFTS = List.of("base", "geometry", "image", "scene", "format", "store");
    private static final List<String> CRAFTS =
            List.of("simulate", "clean", "align", "surface", "views", "lod", "report");

    /** Which rooms each room may open, besides itself and the JDK. */
    private static final Map<String, List<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("base", List.of()),
            Map.entry("geometry", List.of("base")),
            Map.entry("image", List.of("base", "geometry")),
            Map.entry("scene", List.of("base", "geometry", "image")),
            Map.entry("format", List.of("base", "geometry", "image", "scene")),
            Map.entry("store", List.of("base", "geometry", "image", "scene", "format")),
            Map.entry("kiosk", List.of("base", "geometry", "image", "scene", "format")),
            Map.entry("web", List.of("base", "geometry", "image", "scene", "format")),
            Map.entry("pipeline", plus(BELOW_CRAFTS, CRAFTS)),
            Map.entry("bench", plus(plus(BELOW_CRAFTS, CRAFTS), List.of("pipeline"))));

    /** LAS has rooms: the coder of LAZ, which knows points alone; files know both. */
    private static final String LAS = "org.grotto.format.las";

    /** Which of its siblings each of the kiosk's rooms may open; the kiosk itself, above them, knows all. */
    private static final Map<String, List<String>> IN_THE_KIOSK = Map.of(
            "stream", List.of(),
            "visit", List.of(),
            "show", List.of("stream", "visit"),
            "move", List.of("stream", "visit", "show"),
            "hud", List.of("visit"));

    private static List<String> plus(List<String> a, List<String> b) {
        return java.util.stream.Stream.concat(a.stream(), b.stream()).toList();
    }

    static String room(JavaClass c) {
        String p = c.getPackageName();
        if (!p.startsWith(ROOT + ".")) {
            return "";
        }
        String rest = p.substring(ROOT.length() + 1);
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    @Test
    void roomsOpenOnlyTheDoorsOfTheFloorPlan() {
        TreeSet<String> forbidden = new TreeSet<>();
        for (JavaClass c : CLASSES) {
            String from = room(c);
            if (from.equals("cli") || from.isEmpty()) {
                continue;
            }
            List<String> may = CRAFTS.contains(from) ? BELOW_CRAFTS : MAY_KNOW.get(from);
            assertThat(may).as("room '%s' stands in the floor plan", from).isNotNull();
            c.getDirectDependenciesFromSelf().forEach(d -> {
                String to = room(d.getTargetClass());
                if (!to.isEmpty() && !to.equals(from) && !may.contains(to)) {
                    forbidden.add(from + " -> " + to + ": " + c.getName() + " uses "
                            + d.getTargetClass().getName());
                }
            });
        }
        assertThat(forbidden).isEmpty();
    }

    @Test
    void theKiosksRoomsOpenOneWay() {
        String kiosk = ROOT + ".kiosk";
        TreeSet<String> forbidden = new TreeSet<>();
        for (JavaClass c : CLASSES) {
            if (!c.getPackageName().startsWith(kiosk + ".")) {
                continue;
            }
            String from = c.getPackageName().substring(kiosk.length() + 1);
            assertThat(IN_THE_KIOSK).as("the kiosk's rooms").containsKey(from);
            c.getDirectDependenciesFromSelf().forEach(d -> {
                String to = d.getTargetClass().getPackageName();
                boolean own = to.equals(c.getPackageName());
                if (room(d.getTargetClass()).equals("kiosk")
                        && !own
                        && IN_THE_KIOSK.get(from).stream().noneMatch(r -> to.equals(kiosk + "." + r))) {
                    forbidden.add(c.getName() + " uses " + d.getTargetClass().getName());
                }
            });
        }
        assertThat(forbidden).isEmpty();
    }

    @Test
    void formatsDoNotKnowTheirSiblings() {
        TreeSet<String> forbidden = new TreeSet<>();
        for (JavaClass c : CLASSES) {
            if (!c.getPackageName().startsWith(ROOT + ".format.")) {
                continue;
            }
            c.getDirectDependenciesFromSelf().forEach(d -> {
                String to = d.getTargetClass().getPackageName();
                boolean own = (to + ".").startsWith(c.getPackageName() + ".");
                boolean below = c.getPackageName().equals(LAS + ".laz") && to.equals(LAS + ".point");
                if (to.startsWith(ROOT + ".format.") && !own && !below) {
                    forbidden.add(c.getName() + " uses " + d.getTargetClass().getName());
                }
            });
        }
        assertThat(forbidden).isEmpty();
    }

    @Test
    void onlyTheCommandLinePrintsOrExits() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }

    @Test
    void onlyTheKioskKnowsTheEngine() {
        classes()
                .that()
                .resideOutsideOfPackage(ROOT + ".kiosk..")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages("com.jme3..")
                .check(CLASSES);
    }
}
