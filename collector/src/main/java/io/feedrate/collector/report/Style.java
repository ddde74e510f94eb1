package io.feedrate.collector.report;

/**
 * The style sheet of reports, for screen and paper. No double quotes and no angle brackets in it:
 * it is read as HTML and as XML.
 */
final class Style {

  private static final int LAST_ASCII = 0x7e;

  private Style() {}

  private static final String SHEET =
      """
      @page { size: A4; margin: 16mm 18mm 20mm 18mm;
        @bottom-left { content: '%2$s'; font: 7.5pt '%1$s'; color: #5a6878; width: 85%%;
          vertical-align: top; padding-top: 3mm; text-align: left; }
        @bottom-right { content: counter(page) ' / ' counter(pages); font: 7.5pt '%1$s';
          color: #5a6878; vertical-align: top; padding-top: 3mm; text-align: right; } }
      body { font: 9.5pt '%1$s', sans-serif; line-height: 1.4; color: #16202b; margin: 0 auto;
        max-width: 657px; }
      @media screen { body { padding: 24px 16px; } }
      h1 { font-size: 19pt; line-height: 1.2; margin: 0 0 2pt 0; }
      h2 { font-size: 14pt; line-height: 1.25; margin: 14pt 0 6pt 0;
        page-break-after: avoid; border-bottom: 1.5pt solid #0f766e; }
      section h2:first-child { margin-top: 0; }
      h3 { font-size: 11pt; line-height: 1.3; margin: 12pt 0 3pt 0; page-break-after: avoid; }
      p { margin: 0 0 5pt 0; }
      a { color: #0f766e; text-decoration: none; }
      section { page-break-before: always; }
      @media screen { section { margin-top: 36pt; } }
      table { border-collapse: collapse; width: 100%%; margin: 3pt 0 8pt 0;
        -fs-table-paginate: paginate; }
      thead { display: table-header-group; }
      tr { page-break-inside: avoid; }
      th { text-align: left; font-size: 8pt; color: #5a6878; font-weight: 700;
        border-bottom: 1pt solid #aab4c0; padding: 2pt 6pt 2pt 0; vertical-align: bottom; }
      td { border-bottom: 0.5pt solid #dfe4ea; padding: 2.5pt 6pt 2.5pt 0; vertical-align: top;
        font-size: 8.5pt; line-height: 1.3; }
      td.number, th.number { text-align: right; white-space: nowrap; }
      td.wide { word-wrap: break-word; }
      .plain td { border: none; padding: 1pt 8pt 1pt 0; }
      .name { font-weight: 700; }
      .muted { color: #5a6878; }
      .small { font-size: 8pt; line-height: 1.3; }
      .caution { background: #fdeccf; border-left: 3pt solid #8f5200; padding: 5pt 8pt;
        margin: 6pt 0 8pt 0; font-size: 8.5pt; }
      .headline { background: #e7f3f1; border-left: 3pt solid #0f766e; padding: 6pt 8pt;
        margin: 6pt 0 8pt 0; font-size: 11pt; }
      .big { font-size: 17pt; font-weight: 700; line-height: 1.2; }
      .together { page-break-inside: avoid; }
      .kpi { page-break-inside: avoid; margin: 0 0 14pt 0; }
      .kpi h3 { border-top: 1pt solid #dfe4ea; padding-top: 6pt; }
      .chart { position: relative; overflow: visible; }
      .chart svg { position: absolute; left: 0; top: 0; display: block; }
      .bar { margin: 2pt 0 2pt 0; }
      .label { position: absolute; font-size: 8pt; line-height: 14px; }
      .tiny { font-size: 7pt; color: #5a6878; white-space: nowrap; }
      .strong { font-weight: 700; }
      .swatch { display: inline-block; width: 8pt; height: 8pt; margin-right: 3pt; }
      td.time { white-space: nowrap; }
      .item { display: inline-block; margin-right: 9pt; }
      .digest { font-size: 7.5pt; word-wrap: break-word; }
      .degree { font-weight: 700; }
      .fully { color: #0b7a4b; }
      .mostly { color: #20696c; }
      .partly { color: #8f5200; }
      .not { color: #b42318; }
      .open { color: #5a6878; }
      ol, ul { margin: 2pt 0 6pt 0; padding-left: 16pt; }
      li { margin-bottom: 2.5pt; }
      """;

  static String sheet(String family, String footer) {
    return SHEET.formatted(family, quoted(footer));
  }

  /** As the inside of a CSS string: what could mean something there is written as its number. */
  private static String quoted(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              boolean isPlain =
                  c == ' ' || Character.isLetterOrDigit(c) || ".,;:-/()".indexOf(c) >= 0;
              if (isPlain || c > LAST_ASCII) {
                out.appendCodePoint(c);
              } else {
                out.append('\\').append("%06x".formatted(c));
              }
            });
    return out.toString();
  }
}
