package org.grotto.kiosk.hud;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.grotto.Damage;
import org.grotto.Whole;
import org.grotto.base.GrottoException;
import org.grotto.base.Text;
import org.grotto.base.Work;
import org.grotto.kiosk.Kiosk;
import org.grotto.kiosk.hud.HudLayout.Placed;
import org.grotto.kiosk.show.PackageTiles;
import org.grotto.kiosk.visit.CavePackage;
import org.grotto.kiosk.visit.KioskModel;
import org.grotto.kiosk.visit.KioskOptions;
import org.grotto.pipeline.Attach;
import org.grotto.pipeline.BuiltCave;
import org.grotto.pipeline.Validation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every way in which a document of a package can be broken: whoever opens it shows the cave or says one sentence. A visitor
 * reads nothing technical.
 */
class BrokenPackagesTest {
    /** Paths, names of files and classes, what a language says of its types. */
    private static final Pattern TECHNICAL = Pattern.compile(
            "[/\\\\{}<>]|\\.[a-z]+[0-9]?\\b|Exception|Error|null|undefined|NaN|[a-z]+[A-Z]|\\b[A-Z]{3,}\\b");

    /** Panels that say what a package says. */
    private static final Set<HudLayout.Panel> SPEAKING =
            Set.of(HudLayout.Panel.TITLE, HudLayout.Panel.LIST, HudLayout.Panel.LEGEND);

    @TempDir
    static Path dir;

    private static Path cave = Path.of("");
    private static HudPaint paint;

    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private final Set<Object> painted = new HashSet<>();

    @BeforeAll
    static void copy() {
        cave = BuiltCave.copy(dir.resolve("cave"));
        paint = new HudPaint(Typeface.load());
    }

    /** What a verb makes of a broken package: null where it goes on, else the failure. */
    private void judge(String verb, Damage d, Supplier<String> opens) {
        String outcome;
        try {
            outcome = opens.get();
        } catch (GrottoException e) {
            outcome = "told: " + e.kind();
            String wrong = wrongWith(e);
            if (wrong != null) {
                outcome = "technical";
                faults.add(verb + ", " + d.name() + ": " + wrong);
            }
        } catch (AssertionError e) {
            outcome = "technical";
            faults.add(verb + ", " + d.name() + ": " + e.getMessage());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            outcome = "exit 70";
            faults.add(verb + ", " + d.name() + ": " + e + " " + e.getStackTrace()[0]);
        }
        outcomes.merge(verb + " " + outcome, 1, Integer::sum);
    }

    private static String wrongWith(GrottoException e) {
        String m = String.valueOf(e.getMessage());
        boolean exit = switch (e.kind()) {
            case BAD_INPUT, UNSUPPORTED, IO -> true;
            default -> false;
        };
        if (!exit) {
            return "is taken for " + e.kind() + ": " + m;
        }
        if (!m.endsWith(".") || m.contains("Exception") || m.contains("org.grotto") || m.contains("java.")) {
            return "the sentence for the log: " + shortened(m);
        }
        Text t = e.text();
        if (TECHNICAL.matcher(t.en()).find() || !plainChinese(t.zh())) {
            return "the sentence for a visitor: " + t.en() + " " + t.zh();
        }
        return null;
    }

    private static boolean plainChinese(String zh) {
        return zh.replace("Grotto", "").chars().noneMatch(c -> c < 128 && Character.isLetter(c))
                && zh.indexOf('。') == zh.length() - 1;
    }

    private static String shortened(String m) {
        return m.substring(0, Math.min(300, m.length()));
    }

    /** All that comes before a window opens, and all that the panels paint in it. */
    private String kiosk() {
        CavePackage p = CavePackage.open(cave);
        KioskModel m = Kiosk.model(p, KioskOptions.of(cave));
        PackageTiles.open(p);
        Set<String> said = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            m.chinese(i == 0);
            for (int v = 0; v < Math.min(20, m.cave.views().size()); v++) {
                m.nextView(1);
                said.add(m.text(m.view().title()));
            }
            m.go(KioskModel.Go.DOLLHOUSE);
            said.add(m.text(m.view().title()));
            m.go(KioskModel.Go.INSIDE);
            m.list(true);
            for (int k = 0; k < m.layers.size(); k++) {
                m.layer(k);
                said.add(m.text(m.layers.get(k).layer().title()));
                if (k == m.layers.size() - 1
                        && painted.add(List.of(Set.copyOf(said), m.layers.get(k).layer()))) {
                    HudLayout l = new HudLayout(960, 540, m);
                    for (Placed<HudLayout.Panel> panel : l.panels) {
                        assertThat(panel.at().y())
                                .as(panel.what() + " on the screen")
                                .isNotNegative();
                        if (SPEAKING.contains(panel.what())) {
                            paint.paint(panel, l, m, null, false);
                        }
                    }
                }
            }
        }
        said.add(m.text(m.cave.title()));
        for (String s : said) {
            if (s.length() > 300 || s.isBlank() || s.matches("cave-[0-9a-f]+|view [0-9]+|dollhouse|inside")) {
                throw new AssertionError("the screen says " + shortened(s));
            }
        }
        return "shown";
    }

    private static String validated(Work work) {
        return Validation.of(cave, work).valid() ? "sound" : "faults named";
    }

    private void done(int least) {
        assertThat(outcomes.values().stream().mapToInt(i -> i).sum()).isGreaterThan(least);
        assertThat(faults.stream().limit(40))
                .as(faults.size() + " faults of " + outcomes)
                .isEmpty();
    }

    @Test
    void everyFieldOfTheCaveInEveryWay() {
        try (Work work = Work.silent()) {
            int n = 0;
            for (Damage d : Damage.document(BuiltCave.folder(), "cave.json")) {
                if (n++ % 3 != 0 && !Whole.asked()) {
                    continue;
                }
                d.into(cave);
                judge("kiosk", d, this::kiosk);
                if (n % 20 == 0) {
                    judge("validate", d, () -> validated(work));
                }
                d.mend(cave, BuiltCave.folder());
            }
        }
        done(1000);
    }

    @Test
    void everyFieldOfTheTileset() {
        for (Damage d : Damage.document(BuiltCave.folder(), "mesh/tileset.json")) {
            d.into(cave);
            judge("kiosk", d, this::kiosk);
            d.mend(cave, BuiltCave.folder());
        }
        done(100);
    }

    @Test
    void theDocumentsThatOthersRead() {
        try (Work work = Work.silent()) {
            for (String file :
                    List.of("quality/report.json", "run/run.json", "run/files.json", "scans/stations.json")) {
                int n = 0;
                for (Damage d : Damage.document(BuiltCave.folder(), file)) {
                    if (n++ % 100 == 0) {
                        d.into(cave);
                        judge("kiosk", d, this::kiosk);
                        judge("validate", d, () -> validated(work));
                        d.mend(cave, BuiltCave.folder());
                    }
                }
            }
        }
        done(60);
    }

    @Test
    void aDrawingIsAddedOrRefused() throws Exception {
        Path plan = Files.writeString(dir.resolve("plan.pdf"), "%PDF");
        try (Work work = Work.silent()) {
            int n = 0;
            for (Damage d : Damage.document(BuiltCave.folder(), "cave.json")) {
                if (n++ % 25 == 0) {
                    d.into(cave);
                    judge("attach", d, () -> {
                        Attach.run(cave, plan, "drawings", null, "test", work);
                        return "added";
                    });
                    Files.deleteIfExists(cave.resolve("drawings/plan.pdf"));
                    d.mend(cave, BuiltCave.folder());
                }
            }
        }
        done(40);
    }
}
