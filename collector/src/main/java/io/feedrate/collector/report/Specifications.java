package io.feedrate.collector.report;

import io.feedrate.collector.config.GatewayConfig;
import io.feedrate.collector.store.StoreReader;

/**
 * The two documents that maturity models ask plants for, made from what runs: the real-time data
 * pipeline specification and the PLC-AI interface specification. Neither names a user or a
 * password.
 */
public final class Specifications {
  private final ReportData data;
  private final StoreReader reader;
  private final GatewayConfig gateway;

  Specifications(ReportData data, StoreReader reader, GatewayConfig gateway) {
    this.data = data;
    this.reader = reader;
    this.gateway = gateway;
  }

  /** Signals, sources, transport, security and what was measured of them, as HTML. */
  public byte[] pipelineHtml(Language language) {
    return Layout.html(pipeline(language));
  }

  /** The same as PDF. */
  public byte[] pipelinePdf(Language language) {
    return Layout.pdf(pipeline(language));
  }

  /** Which controller values there are for which model, what comes back, and how fast; as HTML. */
  public byte[] interfaceHtml(Language language) {
    return Layout.html(interfaces(language));
  }

  /** The same as PDF. */
  public byte[] interfacePdf(Language language) {
    return Layout.pdf(interfaces(language));
  }

  private Layout.Page pipeline(Language language) {
    Sheet sheet = Sheet.of(language, data.zone());
    head(sheet, Phrase.TITLE_PIPELINE, Phrase.PIPELINE_INTRO);
    new PipelinePages(sheet, data, reader, gateway).write();
    return page(sheet, Phrase.TITLE_PIPELINE);
  }

  private Layout.Page interfaces(Language language) {
    Sheet sheet = Sheet.of(language, data.zone());
    head(sheet, Phrase.TITLE_INTERFACE, Phrase.INTERFACE_INTRO);
    new InterfacePages(sheet, data, reader, gateway).write();
    return page(sheet, Phrase.TITLE_INTERFACE);
  }

  private void head(Sheet sheet, Phrase title, Phrase intro) {
    ReportRequest request = data.request();
    sheet.heading("h1", title);
    sheet.html().element("p", request.subject(), "class", "big");
    sheet.facts();
    sheet.fact(sheet.say(Phrase.GATEWAY), gateway.id());
    sheet.fact(
        sheet.say(Phrase.MEASURED_IN),
        data.isEmpty()
            ? sheet.say(Phrase.NOTHING_MEASURED)
            : sheet.format().period(data.firstNs(), data.lastNs())
                + " ("
                + sheet.say(Phrase.TIME_ZONE, sheet.format().zone())
                + ")");
    sheet.fact(
        sheet.say(Phrase.MADE), sheet.format().time(request.madeNs()) + ", " + request.software());
    sheet.fact(sheet.say(Phrase.REGISTER), "SHA-256 " + ReportReader.register(reader).hash());
    sheet.endTable();
    sheet.paragraph(sheet.say(intro));
  }

  private Layout.Page page(Sheet sheet, Phrase title) {
    ReportRequest request = data.request();
    return new Layout.Page(
        sheet.say(title) + ", " + request.subject(),
        sheet.say(title) + ", " + request.subject() + ", " + gateway.id(),
        sheet.html().toString(),
        sheet.words().language(),
        request.madeNs(),
        request.software());
  }
}
