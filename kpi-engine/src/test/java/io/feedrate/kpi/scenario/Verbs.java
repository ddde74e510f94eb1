package io.feedrate.kpi.scenario;

import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.Sample;
import java.util.List;

/**
 * All that can happen, one line each: how it is said, what it does on the {@link Stage}, and what
 * may be added to it after commas. Each has a row with an example in the README of the scenarios.
 */
final class Verbs {

  /** What a verb does; it is told when it happened, the stage knows the time of receipt. */
  @FunctionalInterface
  interface Deed {
    void perform(Stage stage, Said said, Moment at);
  }

  /**
   * One occurrence.
   *
   * @param ns when it happened
   * @param nth which of a repeated line, from 0
   */
  record Moment(long ns, int nth) {}

  /** One kind of happening. */
  record Verb(Phrase phrase, Deed deed, List<Phrase> additions) {}

  static final Phrase RECEIVED = new Phrase("received {timeReceived}");
  static final Phrase LATER = new Phrase("received {later} later");
  static final Phrase AGAIN = new Phrase("delivered again {timeAgain}");
  static final Phrase TWICE = new Phrase("delivered twice");
  static final Phrase TIMELESS = new Phrase("without source time");
  static final Phrase STAMPED = new Phrase("stamped {timeStamped}");
  private static final Phrase HISTORICAL = new Phrase("historical");
  private static final Phrase WRONG_TYPE = new Phrase("of the wrong type");
  private static final Phrase RISING = new Phrase("rising by {number}");
  static final Phrase KNOWN_TO = new Phrase("known to {duration}");
  private static final Phrase DIGEST = new Phrase("digest {digest}");
  private static final Phrase TOOK = new Phrase("took {duration}");
  private static final Phrase FAILED = new Phrase("failed");
  private static final Phrase SHADOW = new Phrase("shadow");
  private static final Phrase WARM_UP = new Phrase("warm-up");
  private static final Phrase TRIAL = new Phrase("test");
  static final Phrase FOUND_GOOD = new Phrase("found good");
  static final Phrase FOUND_BAD = new Phrase("found bad");
  static final Phrase ACTIONABLE = new Phrase("actionable");
  private static final Phrase ID = new Phrase("id {key}");
  private static final Phrase ABOUT = new Phrase("about part {about}");
  private static final Phrase INPUT = new Phrase("input {before} before");
  private static final Phrase POLLED = new Phrase("polled and not before {timeSince}");

  private static final Phrase[] VALUE = {
    RECEIVED, LATER, AGAIN, TWICE, TIMELESS, STAMPED, HISTORICAL, WRONG_TYPE, RISING
  };
  private static final Phrase[] EVENT = {RECEIVED, LATER, AGAIN, TWICE, TIMELESS};
  private static final Phrase[] MODEL = {RECEIVED, LATER, AGAIN, TWICE, TIMELESS, DIGEST, POLLED};
  private static final Phrase[] INFERENCE = {
    RECEIVED,
    LATER,
    AGAIN,
    TWICE,
    TIMELESS,
    DIGEST,
    TOOK,
    FAILED,
    SHADOW,
    WARM_UP,
    TRIAL,
    ID,
    ABOUT,
    FOUND_GOOD,
    FOUND_BAD,
    ACTIONABLE,
    INPUT
  };

  static final List<Verb> ALL =
      List.of(
          // Connections
          verb("{source} connects", (s, it, at) -> s.link(it, LinkEvent.UP)),
          verb("{source} resumes", (s, it, at) -> s.link(it, LinkEvent.RESUMED)),
          verb("{source} keep-alive", (s, it, at) -> s.link(it, LinkEvent.PROOF)),
          verb("{source} loses messages", (s, it, at) -> s.link(it, LinkEvent.GAP)),
          verb("{source} disconnects", (s, it, at) -> s.link(it, LinkEvent.DOWN)),
          verb("{source} is found dead", (s, it, at) -> s.link(it, LinkEvent.DOWN)),
          // Clocks
          verb("{clock} clock steps {duration} ahead", (s, it, at) -> s.stepClock(it, 1)),
          verb("{clock} clock steps {duration} back", (s, it, at) -> s.stepClock(it, -1)),
          verb("{source} clock is measured", (s, it, at) -> s.measureClock(it), KNOWN_TO),
          // Values
          verb("{signal} = {value}", Verbs::value, VALUE),
          verb("{signal} = {value} {status}", Verbs::value, VALUE),
          verb("{subject} is excluded from {time} to {time2}", (s, it, at) -> s.exclude(it)),
          verb(
              "{subject} exclusion from {time} to {time2} is withdrawn",
              (s, it, at) -> s.withdraw(it)),
          // Models
          verb("registry approves {model} {version} for {node}", Verbs::approve, MODEL),
          verb("{node} reports {model} {version} {stage}", Verbs::report, MODEL),
          verb("{node} infers with {model} {version}", Verbs::infer, INFERENCE),
          // People
          verb("{asset} advice {key} {advice}", event("advice"), EVENT),
          verb("{asset} alarm {key} {alarm}", event("alarm"), EVENT),
          verb("{asset} control {key} {control}", event("control"), EVENT),
          verb("{asset} action {key} by {person}", is(EventKind.ACTION), EVENT),
          verb("{asset} correction {key} is entered", is(EventKind.CORRECTION), EVENT),
          verb("{asset} correction {key} is released", is(EventKind.CORRECTION_RELEASED), EVENT),
          // Parts and interfaces
          verb("{asset} part {key} {part}", event("part"), EVENT),
          verb("{asset} answers inference {key}", is(EventKind.RESPONSE), EVENT),
          verb("{asset} interface has {number} of {of}", is(EventKind.INTERFACE_CHECKED), EVENT),
          verb("{asset} interface changes", is(EventKind.INTERFACE_CHANGED), EVENT),
          verb(
              "{asset} interface changes unannounced",
              is(EventKind.INTERFACE_CHANGED_UNANNOUNCED),
              EVENT),
          // The collector's own life
          verb("collector stops", (s, it, at) -> s.stop()),
          verb("collector starts", (s, it, at) -> s.start()),
          verb("collector writes a checkpoint", (s, it, at) -> s.checkpoint()),
          verb("collector restarts from its last checkpoint", (s, it, at) -> s.restart()));

  private Verbs() {}

  private static Verb verb(String form, Deed deed, Phrase... additions) {
    return new Verb(new Phrase(form), deed, List.of(additions));
  }

  /** The event of this kind that a blank says. */
  private static Deed event(String blank) {
    return (stage, it, at) -> stage.event(it, it.event(blank), at.ns());
  }

  private static Deed is(EventKind kind) {
    return (stage, it, at) -> stage.event(it, kind, at.ns());
  }

  private static void value(Stage stage, Said it, Moment at) {
    double rise = it.has(RISING) ? it.number("number") * at.nth() : 0;
    int flags =
        (it.has(TIMELESS) ? Sample.NO_SOURCE_TIME : 0)
            | (it.has(HISTORICAL) ? Sample.HISTORICAL : 0)
            | (it.has(WRONG_TYPE) ? Sample.INVALID : 0)
            | (it.isText("value") ? Sample.TEXT : 0);
    stage.value(it, at.ns(), it.number("value") + rise, flags);
  }

  private static void approve(Stage stage, Said it, Moment at) {
    stage.modelEvent(it, ModelStage.APPROVED, Stage.REGISTRY, at.ns());
  }

  private static void report(Stage stage, Said it, Moment at) {
    stage.modelEvent(it, it.stage(), it.path("node"), at.ns());
  }

  private static void infer(Stage stage, Said it, Moment at) {
    InferenceMode mode =
        it.has(SHADOW)
            ? InferenceMode.SHADOW
            : it.has(WARM_UP)
                ? InferenceMode.WARMUP
                : it.has(TRIAL) ? InferenceMode.TEST : InferenceMode.PRODUCTION;
    stage.infer(it, mode, !it.has(FAILED), at.ns());
  }
}
