package io.feedrate.collector.peers;

import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.JournalReader;
import io.feedrate.collector.journal.sbe.ClockDecoder;
import io.feedrate.collector.journal.sbe.EventDecoder;
import io.feedrate.collector.journal.sbe.LinkChangeDecoder;
import io.feedrate.collector.journal.sbe.MessageHeaderDecoder;
import io.feedrate.collector.journal.sbe.SamplesDecoder;
import io.feedrate.collector.journal.sbe.TextSampleDecoder;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.LinkEvent;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** What an adapter journaled, read back; each method reads on to the end first. */
public final class JournalTape implements AutoCloseable {
  private final JournalReader reader;
  private final List<Reading> samples = new ArrayList<>();
  private final List<Text> texts = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();
  private final List<Clock> clocks = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();

  /** A reading with a number. */
  public record Reading(
      int link,
      int signal,
      int status,
      long sourceTimeNs,
      double value,
      int flags,
      long receivedNs) {}

  /** A reading with a text. */
  public record Text(
      int link, int signal, int status, long sourceTimeNs, String value, int flags) {}

  /** A link record; {@code samples} is how many samples came before it. */
  public record Link(int link, LinkEvent event, String detail, long receivedNs, int samples) {}

  /** A clock record. */
  public record Clock(int link, long offsetNs, long uncertaintyNs) {}

  /** An event of an asset. */
  public record Event(EventKind kind, String node, long amount, long of) {}

  public JournalTape(Journal journal) {
    this.reader = journal.reader(0);
  }

  /** All samples so far. */
  public List<Reading> samples() {
    read();
    return samples;
  }

  /** The samples of one signal so far. */
  public List<Reading> samples(int signal) {
    return samples().stream().filter(s -> s.signal() == signal).toList();
  }

  /** All texts so far. */
  public List<Text> texts() {
    read();
    return texts;
  }

  /** All link records so far. */
  public List<Link> links() {
    read();
    return links;
  }

  /** The events of the link records so far, without proofs. */
  public List<LinkEvent> changes() {
    return links().stream().map(Link::event).filter(e -> e != LinkEvent.PROOF).toList();
  }

  /** How many link records of this kind there are so far. */
  public long count(LinkEvent event) {
    return links().stream().filter(l -> l.event() == event).count();
  }

  /** All clock records so far. */
  public List<Clock> clocks() {
    read();
    return clocks;
  }

  /** All events of assets so far. */
  public List<Event> events() {
    read();
    return events;
  }

  @Override
  public void close() {
    reader.close();
  }

  private void read() {
    while (reader.poll(this::onRecord, 10_000) > 0) {
      // on to the end
    }
  }

  private void onRecord(int id, DirectBuffer record, MessageHeaderDecoder header, long position) {
    if (id == SamplesDecoder.TEMPLATE_ID) {
      SamplesDecoder d = new SamplesDecoder().wrapAndApplyHeader(record, 0, header);
      int link = d.link();
      long receivedNs = d.receivedNs();
      for (SamplesDecoder.ReadingsDecoder r : d.readings()) {
        samples.add(
            new Reading(
                link, r.signal(), r.status(), r.sourceTimeNs(), r.value(), r.flags(), receivedNs));
      }
    } else if (id == TextSampleDecoder.TEMPLATE_ID) {
      TextSampleDecoder d = new TextSampleDecoder().wrapAndApplyHeader(record, 0, header);
      texts.add(new Text(d.link(), d.signal(), d.status(), d.sourceTimeNs(), d.value(), d.flags()));
    } else if (id == LinkChangeDecoder.TEMPLATE_ID) {
      LinkChangeDecoder d = new LinkChangeDecoder().wrapAndApplyHeader(record, 0, header);
      LinkEvent event = LinkEvent.values()[d.change()];
      links.add(new Link(d.link(), event, d.detail(), d.receivedNs(), samples.size()));
    } else if (id == ClockDecoder.TEMPLATE_ID) {
      ClockDecoder d = new ClockDecoder().wrapAndApplyHeader(record, 0, header);
      clocks.add(new Clock(d.link(), d.offsetNs(), d.uncertaintyNs()));
    } else if (id == EventDecoder.TEMPLATE_ID) {
      EventDecoder d = new EventDecoder().wrapAndApplyHeader(record, 0, header);
      events.add(new Event(EventKind.values()[d.kind()], d.node(), d.amount(), d.of()));
    }
  }
}
