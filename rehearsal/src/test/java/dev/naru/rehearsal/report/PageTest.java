package dev.naru.rehearsal.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.rehearsal.report.RunRecord.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {
  @Test
  void aReportNeedsNothingButItself() {
    String html = RunReport.html(SampleRun.of("Small", 12_000, Verdict.HELD));
    assertThat(html.replace("http://localhost:8080", ""))
        .doesNotContain("<script", "src=", "href=", "url(", "@import", "http://", "https://")
        .contains("default-src 'none'", "prefers-color-scheme:dark");
  }

  @Test
  void aMissedGoalIsSaidInBothLanguages() {
    String html = RunReport.html(SampleRun.of("Small", 900_000, Verdict.MISSED));
    assertThat(html)
        .contains("<td class=\"missed\">missed</td>", "1 of 2 goals held", "목표 2개 중 1개를 지켰습니다");
  }

  @Test
  void numbersStandOnTheRightAndTextIsEscaped() {
    String html =
        new Page("A & B")
            .table("t", List.of("what", "number"), List.of(List.of("<b>", "1,234")))
            .html();
    assertThat(html).contains("<h1>A &amp; B</h1>", "<td>&lt;b&gt;</td><td class=\"n\">1,234</td>");
  }
}
