package org.grotto.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.grotto.pipeline.BuiltCave;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of a built package on A4 paper and on screens, in both languages. */
class ReportPrintTest {
    /** Width between the margins of A4, CSS pixels: 174 mm. */
    private static final int PAPER = 658;

    @TempDir
    static Path dir;

    private static Path report = Path.of("");
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        browser = new Browser();
        report = BuiltCave.copy(dir.resolve("cave")).resolve("quality/report.html");
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    private Browser.Tab open(int width, String language) {
        Browser.Tab tab = browser.tab(width, 900);
        tab.page.navigate(report.toUri().toString());
        tab.page.evaluate("l => document.getElementById(l).checked = true", language);
        return tab;
    }

    /** What stands out to the right, as its tag and first words. */
    private static List<?> wide(Page page) {
        return (List<?>) page.evaluate("""
                () => [...document.querySelectorAll('main *')]
                    .filter(e => !e.closest('svg') && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
                    .map(e => e.tagName + ' ' + e.textContent.slice(0, 40))""");
    }

    /** Letters of a drawing that reach out of it. */
    private static List<?> cut(Page page) {
        return (List<?>) page.evaluate("""
                () => [...document.querySelectorAll('svg')].flatMap(s => {
                  const v = s.viewBox.baseVal;
                  return [...s.querySelectorAll('text')].map(t => [t, t.getBBox(), t.transform.baseVal.length]).filter(([t, b, turned]) =>
                      !turned && b.width > 0 && (b.x < -1 || b.x + b.width > v.width + 1 || b.y < -1 || b.y + b.height > v.height + 1))
                    .map(([t]) => t.textContent);
                })""");
    }

    @Test
    void nothingIsWiderThanThePaper() {
        for (String language : List.of("zh", "en")) {
            try (Browser.Tab tab = open(PAPER, language)) {
                tab.page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
                assertThat(wide(tab.page)).as(language).isEmpty();
                assertThat(cut(tab.page)).as(language).isEmpty();
                assertThat((Boolean) tab.call("() => document.querySelectorAll('svg.chart').length > 8"))
                        .isTrue();
            }
        }
    }

    @Test
    void noTableHoldsTheNextHeadingOnItsPage() {
        try (Browser.Tab tab = open(PAPER, "en")) {
            tab.page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat((Boolean) tab.call("() => [...document.querySelectorAll('tbody tr:last-child')]"
                            + ".every(r => getComputedStyle(r).breakAfter === 'auto')"))
                    .as("else the heading stays behind alone where its pictures go to the next page")
                    .isTrue();
        }
    }

    @Test
    void whatTheMachineLacksIsDrawnByTheFontInsideThePage() {
        try (Browser.Tab tab = open(PAPER, "zh")) {
            assertThat(tab.number("() => document.fonts.load('16px \"Report Han\"', '石窟').then(f => f.length)"))
                    .as("fonts that hold 石窟, and that a browser takes")
                    .isEqualTo(1);
            assertThat(tab.call("() => [...document.querySelectorAll('main, .zh, .en, .id, .hash, pre, svg text')]"
                            + ".every(e => getComputedStyle(e).fontFamily.includes('Report Han'))"))
                    .isEqualTo(true);
        }
    }

    @Test
    void ofThreeLengthsNoneReachesTheNextNumber() {
        for (String language : List.of("zh", "en")) {
            try (Browser.Tab tab = open(PAPER, language)) {
                tab.page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
                tab.page.evaluate(
                        "() => { document.querySelector('.key b').textContent = '1234.56 × 1234.56 × 123.45' }");
                assertThat((List<?>) tab.call("() => [...document.querySelectorAll('.key .v')].filter(v =>"
                                + " v.getBoundingClientRect().right > v.parentNode.getBoundingClientRect().right)"
                                + ".map(v => v.textContent)"))
                        .isEmpty();
            }
        }
    }

    @Test
    void aPhoneScrollsTablesAndNothingElse() {
        for (String language : List.of("zh", "en")) {
            try (Browser.Tab tab = open(390, language)) {
                assertThat(tab.number("() => document.documentElement.scrollWidth"))
                        .isLessThanOrEqualTo(390);
            }
        }
    }

    @Test
    void everyPictureIsShownAndTheCoverStandsAlone() {
        try (Browser.Tab tab = open(PAPER, "zh")) {
            tab.page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat((Boolean) tab.call("() => [...document.images].every(i => i.naturalWidth > 100)"))
                    .isTrue();
            assertThat(tab.number("() => document.querySelector('header').getBoundingClientRect().height"))
                    .as("257 mm at most")
                    .isLessThan(970);
            assertThat(tab.call("() => getComputedStyle(document.querySelector('header')).breakAfter"))
                    .isEqualTo("page");
        }
    }
}
