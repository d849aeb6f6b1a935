package dev.naru.rehearsal.report;

import java.util.List;

/// A page that needs nothing but itself: no script, no font, no address of anybody else. It follows
/// the reader's light or dark colours, and prints.
public final class Page {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--bg:#fff;--fg:#1a1d21;--soft:#5a636d;--line:#d9dee3;--box:#f5f7f9;
      --good:#12683a;--bad:#a8123c;--c0:#0b5cad;--c1:#b4490b;--c2:#1b7f4b;--c3:#8a3ab9;--c4:#a3123f;--c5:#5c6670}
      @media(prefers-color-scheme:dark){:root{--bg:#14171a;--fg:#e6e9ec;--soft:#a3adb7;--line:#343b42;--box:#1d2226;
      --good:#66cf98;--bad:#f58aa6;--c0:#6cb2f5;--c1:#f0a06a;--c2:#66cf98;--c3:#c79af0;--c4:#f0809f;--c5:#a9b4be}}
      *{box-sizing:border-box}
      body{margin:0 auto;max-width:76rem;padding:1.5rem;background:var(--bg);color:var(--fg);
      font:16px/1.5 system-ui,"Apple SD Gothic Neo","Noto Sans KR","Malgun Gothic",sans-serif}
      h1{font-size:1.6rem;line-height:1.25;margin:0 0 .5rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}
      p{max-width:50rem}small,.soft{color:var(--soft)}
      .box{background:var(--box);border-left:4px solid var(--c0);padding:.6rem 1rem;margin:1rem 0;max-width:60rem}
      .box p{margin:.3rem 0}
      .plots{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,31rem),1fr))}
      figure{margin:0;border:1px solid var(--line);border-radius:6px;padding:.6rem;break-inside:avoid;min-width:0}
      figcaption{font-weight:600}figcaption small{font-weight:400}
      figure>svg{width:100%;height:auto;display:block}
      svg text{fill:var(--soft);font-size:12px}
      .grid{stroke:var(--line)}.mark{stroke:var(--soft);stroke-dasharray:4 3}
      .c0{--c:var(--c0)}.c1{--c:var(--c1)}.c2{--c:var(--c2)}.c3{--c:var(--c3)}.c4{--c:var(--c4)}.c5{--c:var(--c5)}
      .l{fill:none;stroke:var(--c);stroke-width:1.8;stroke-linejoin:round}
      .c1.l{stroke-dasharray:7 2}.c2.l{stroke-dasharray:2 2}.c3.l{stroke-dasharray:9 2 2 2}
      .c4.l{stroke-dasharray:4 4}.c5.l{stroke-dasharray:12 3}
      .b{fill:var(--c);fill-opacity:.22}.p,.r{fill:var(--c)}
      .legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1rem;margin:.3rem 0 0;padding:0;font-size:.85rem}
      .legend svg{width:24px;height:8px;margin-right:.4rem}
      .wide{overflow-x:auto}table{border-collapse:collapse;font-size:.92rem;font-variant-numeric:tabular-nums}
      caption{text-align:left;font-weight:600;padding:.3rem 0}
      th,td{padding:.25rem .7rem .25rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
      td.n,th.n{text-align:right}
      .held{color:var(--good);font-weight:600}.missed{color:var(--bad);font-weight:600}
      code,pre{font:.88em/1.45 ui-monospace,Menlo,Consolas,monospace}
      pre{background:var(--box);padding:.6rem;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}
      @media print{body{max-width:none;padding:0}h2{break-after:avoid}}
      """;

  /// A number with its unit; what is longer is text that begins with one.
  private static final int LONGEST_NUMBER = 20;

  private final StringBuilder body = new StringBuilder();
  private final String title;

  public Page(String title) {
    this.title = title;
    body.append("<h1>").append(Html.text(title)).append("</h1>\n");
  }

  public Page heading(String text) {
    body.append("<h2>").append(Html.text(text)).append("</h2>\n");
    return this;
  }

  public Page paragraph(String text) {
    body.append("<p>").append(Html.text(text)).append("</p>\n");
    return this;
  }

  /// What a reader in a hurry needs, in one language.
  ///
  /// @param language such as `ko`
  public Page summary(String language, List<String> sentences) {
    body.append("<section class=\"box\" lang=\"").append(Html.text(language)).append("\">\n");
    sentences.forEach(this::paragraph);
    body.append("</section>\n");
    return this;
  }

  /// Text as it is, such as a command.
  public Page verbatim(String text) {
    body.append("<pre>").append(Html.text(text)).append("</pre>\n");
    return this;
  }

  /// Plots side by side where there is room.
  public Page plots(List<Plot> plots) {
    body.append("<div class=\"plots\">\n");
    plots.forEach(plot -> body.append(plot.html()));
    body.append("</div>\n");
    return this;
  }

  /// A table; cells that begin with a digit stand on the right.
  ///
  /// @param rows each as long as the head
  public Page table(String caption, List<String> head, List<List<String>> rows) {
    body.append("<div class=\"wide\" tabindex=\"0\"><table><caption>").append(Html.text(caption));
    body.append("</caption>\n<thead><tr>");
    for (int i = 0; i < head.size(); i++) {
      int column = i;
      boolean numbers = !rows.isEmpty() && rows.stream().allMatch(row -> isNumber(row.get(column)));
      body.append(numbers ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
      body.append(Html.text(head.get(i))).append("</th>");
    }
    body.append("</tr></thead>\n<tbody>\n");
    rows.forEach(this::row);
    body.append("</tbody></table></div>\n");
    return this;
  }

  /// The whole page.
  public String html() {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>"""
        + Html.text(title)
        + "</title>\n<style>\n"
        + STYLE
        + "</style>\n</head>\n<body>\n<main>\n"
        + body
        + "</main>\n</body>\n</html>\n";
  }

  private void row(List<String> cells) {
    body.append("<tr>");
    for (String cell : cells) {
      String style =
          switch (cell) {
            case "held" -> " class=\"held\"";
            case "missed", "unknown" -> " class=\"missed\"";
            default -> isNumber(cell) ? " class=\"n\"" : "";
          };
      body.append("<td").append(style).append('>').append(Html.text(cell)).append("</td>");
    }
    body.append("</tr>\n");
  }

  private static boolean isNumber(String cell) {
    return cell.length() <= LONGEST_NUMBER
        && !cell.isEmpty()
        && (Character.isDigit(cell.charAt(0)) || cell.charAt(0) == '−');
  }
}
