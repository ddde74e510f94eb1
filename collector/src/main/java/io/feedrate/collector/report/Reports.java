package io.feedrate.collector.report;

import io.feedrate.collector.config.GatewayConfig;
import io.feedrate.collector.store.StoreReader;

/**
 * Makes reports: the entrance for the command line and for bundles.
 *
 * <p><b>Thread</b>: any; reads the store.
 */
public final class Reports {

  private final ReportData data;

  private Reports(ReportData data) {
    this.data = data;
  }

  /** Reads and sums up what is asked for, once for all languages and forms. */
  public static Reports read(StoreReader reader, ReportRequest request) {
    return new Reports(ReportReader.read(reader, request));
  }

  /** Whether there was no window in the period. */
  public boolean isEmpty() {
    return data.isEmpty();
  }

  ReportData data() {
    return data;
  }

  /** The two documents about how the gateway is configured, with what was measured. */
  public Specifications specifications(StoreReader reader, GatewayConfig gateway) {
    return new Specifications(data, reader, gateway);
  }

  /** One file with its fonts in it; it asks no server for anything. */
  public byte[] html(Language language) {
    return Layout.html(AssessmentPages.of(data, language));
  }

  /** The same as PDF, its fonts embedded. */
  public byte[] pdf(Language language) {
    return Layout.pdf(AssessmentPages.of(data, language));
  }
}
