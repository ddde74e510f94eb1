package io.feedrate.kpi;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What holds for the whole register: windows, waiting times, calendar, tables.
 *
 * @param windowNs length of the persisted windows of assets, aligned to the UTC epoch; whole
 *     seconds
 * @param signalWindowNs length of the persisted windows of signals, a multiple of windowNs
 * @param latenessNs how long after its end a window waits for late data (L)
 * @param linkLatenessNs the same for single links, by name: how late their watermark is
 * @param revisableNs for how long after it was closed a window is revised by what comes later:
 *     until the first window that ends so much later is closed
 * @param modelUpdateDeadlineNs how soon after its approval a model version must serve
 * @param soakNs for how long a served version must not be rolled back to have been a success
 * @param clockLimitNs how far a source's clock may be off, uncertainty included, to be conforming
 * @param calendar days, shifts and planned downtimes
 * @param timeElements machine states to ISO 22400-2 time elements
 * @param qualifications who may do what
 */
public record Rules(
    long windowNs,
    long signalWindowNs,
    long latenessNs,
    Map<String, Long> linkLatenessNs,
    long revisableNs,
    long modelUpdateDeadlineNs,
    long soakNs,
    long clockLimitNs,
    Calendar calendar,
    TimeElements timeElements,
    List<Qualification> qualifications) {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final long HOUR_NS = 3600 * SECOND_NS;

  /** Minutes and hours, 10 s of lateness, revisions for a day, UTC days. */
  public static final Rules STANDARD =
      new Rules(
          60 * SECOND_NS,
          HOUR_NS,
          10 * SECOND_NS,
          Map.of(),
          24 * HOUR_NS,
          HOUR_NS,
          24 * HOUR_NS,
          SECOND_NS,
          Calendar.UTC,
          TimeElements.OPC_40501,
          List.of());

  /**
   * @throws IllegalArgumentException if windows, lateness or horizon cannot be
   */
  public Rules {
    linkLatenessNs = Collections.unmodifiableMap(new TreeMap<>(linkLatenessNs));
    qualifications = List.copyOf(qualifications);
    boolean negative = linkLatenessNs.values().stream().anyMatch(ns -> ns < 0);
    if (windowNs <= 0 || windowNs % SECOND_NS != 0 || latenessNs < 0 || negative) {
      throw new IllegalArgumentException("window must be whole seconds and lateness 0 or more");
    }
    if (signalWindowNs <= 0 || signalWindowNs % windowNs != 0) {
      throw new IllegalArgumentException("the window of signals must be a multiple of the assets'");
    }
    if (revisableNs < 0) {
      throw new IllegalArgumentException("the time for revisions must be 0 or more");
    }
  }

  /** How late the watermark of a link is. */
  public long latenessNs(String link) {
    return linkLatenessNs.getOrDefault(link, latenessNs);
  }

  /** The same with other windows. */
  public Rules windows(long assetNs, long signalNs) {
    return new Rules(
        assetNs,
        signalNs,
        latenessNs,
        linkLatenessNs,
        revisableNs,
        modelUpdateDeadlineNs,
        soakNs,
        clockLimitNs,
        calendar,
        timeElements,
        qualifications);
  }

  /** The same with other waiting times. */
  public Rules lateness(long ns, Map<String, Long> ofLinks) {
    return new Rules(
        windowNs,
        signalWindowNs,
        ns,
        ofLinks,
        revisableNs,
        modelUpdateDeadlineNs,
        soakNs,
        clockLimitNs,
        calendar,
        timeElements,
        qualifications);
  }

  /** The same with another time for revisions. */
  public Rules revisable(long ns) {
    return new Rules(
        windowNs,
        signalWindowNs,
        latenessNs,
        linkLatenessNs,
        ns,
        modelUpdateDeadlineNs,
        soakNs,
        clockLimitNs,
        calendar,
        timeElements,
        qualifications);
  }

  /** The same with other demands on model updates. */
  public Rules modelUpdates(long deadlineNs, long itsSoakNs) {
    return new Rules(
        windowNs,
        signalWindowNs,
        latenessNs,
        linkLatenessNs,
        revisableNs,
        deadlineNs,
        itsSoakNs,
        clockLimitNs,
        calendar,
        timeElements,
        qualifications);
  }

  /** The same with another limit for clocks. */
  public Rules clockLimit(long ns) {
    return new Rules(
        windowNs,
        signalWindowNs,
        latenessNs,
        linkLatenessNs,
        revisableNs,
        modelUpdateDeadlineNs,
        soakNs,
        ns,
        calendar,
        timeElements,
        qualifications);
  }

  /** The same with another calendar. */
  public Rules calendar(Calendar other) {
    return new Rules(
        windowNs,
        signalWindowNs,
        latenessNs,
        linkLatenessNs,
        revisableNs,
        modelUpdateDeadlineNs,
        soakNs,
        clockLimitNs,
        other,
        timeElements,
        qualifications);
  }

  /** The same with another table of machine states. */
  public Rules timeElements(TimeElements other) {
    return new Rules(
        windowNs,
        signalWindowNs,
        latenessNs,
        linkLatenessNs,
        revisableNs,
        modelUpdateDeadlineNs,
        soakNs,
        clockLimitNs,
        calendar,
        other,
        qualifications);
  }

  /** The same with another training register. */
  public Rules qualifications(List<Qualification> others) {
    return new Rules(
        windowNs,
        signalWindowNs,
        latenessNs,
        linkLatenessNs,
        revisableNs,
        modelUpdateDeadlineNs,
        soakNs,
        clockLimitNs,
        calendar,
        timeElements,
        others);
  }
}
