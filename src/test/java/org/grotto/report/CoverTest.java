package org.grotto.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.Subject;
import org.junit.jupiter.api.Test;

class CoverTest {
    private static String cover(ReportInput.Cover c, CaveInfo.Rights rights) {
        CaveInfo info = org.grotto.base.Records.with(
                BoxRoom.input(Subject.Kind.ROOM, BoxRoom.mesh(true), List.of(), null, List.of())
                        .info(),
                "rights",
                rights);
        Html h = new Html();
        Cover.write(h, new Text("报告", "Report"), info, Subject.Kind.ROOM, c, new Text("数据", "data"), "7", null);
        return h.toString();
    }

    @Test
    void whatNobodySaidIsToldAsNotGiven() {
        String html = cover(ReportInput.Cover.EMPTY, new CaveInfo.Rights(null, " ", null));
        String none = Texts.of("report.cover.not-given").en();
        assertThat(html.split("class=\"none\"", -1))
                .as("keeper, people, date, instruments, licence")
                .hasSize(6);
        assertThat(html).contains(none, "未提供").doesNotContainPattern("\\b(19|20)\\d\\d\\b");
    }

    @Test
    void whatTheProjectFileSaysGoesBeforeWhatScansSay() {
        ReportInput.Days days = new ReportInput.Days("2021-05-03", "2021-05-09", 4, 6);
        ReportInput.Person one = new ReportInput.Person("李华", "测绘");
        ReportInput.Person other = new ReportInput.Person("M. Rey", null);
        CaveInfo.Rights rights = new CaveInfo.Rights("某某研究院", "CC BY 4.0", "attribute");
        String scans =
                cover(new ReportInput.Cover(List.of(one, other), Map.of(), List.of("F 150 (1)"), days, days), rights);
        assertThat(scans)
                .contains("2021-05-03 to 2021-05-09 (as 4 of 6 scans say; UTC)")
                .contains("李华（测绘）、M. Rey", "李华 (测绘), M. Rey", "某某研究院", "CC BY 4.0", "attribute", "F 150 (1)")
                .doesNotContain("class=\"none\"");
        Map<String, String> told = Map.of("scanned", "spring 2020", "restored", "1998");
        String project = cover(new ReportInput.Cover(List.of(), told, List.of(), days, days), rights);
        assertThat(project).contains("spring 2020", "restored", "1998").doesNotContain("2021-05-03");
    }

    @Test
    void theDayAFileWasWrittenIsNoDayOfScanning() {
        ReportInput.Days written = new ReportInput.Days("2022-01-01", "2022-02-02", 2, 2);
        String html = cover(
                new ReportInput.Cover(List.of(), Map.of(), List.of(), null, written),
                new CaveInfo.Rights(null, null, null));
        assertThat(html).contains("not given (the files were written by 2022-02-02");
    }

    @Test
    void aGeographicSystemHasNoGridNorth() {
        assertThat(Cover.north("GEOGCS[\"WGS 84\"]")).isFalse();
        assertThat(Cover.north(null)).isFalse();
    }
}
