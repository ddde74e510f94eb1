package io.feedrate.collector.engine;

import io.feedrate.collector.TestPlant;
import io.feedrate.collector.journal.EventRecord;
import io.feedrate.collector.journal.InferenceRecord;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.ManualTime;
import io.feedrate.collector.journal.RejectCause;
import io.feedrate.collector.journal.SampleBatch;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.Sample;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Writes what a plant sends, with faults, second by second of a manual time. */
public final class PlantJournal {
  private final Journal journal;
  private final ManualTime time;
  private final SplittableRandom random;
  private final TestPlant plant;
  private int version;

  public PlantJournal(Journal journal, ManualTime time, TestPlant plant, long seed) {
    this.journal = journal;
    this.time = time;
    this.plant = plant;
    this.random = new SplittableRandom(seed);
  }

  /** A session of the collector begins; all links come up. */
  public void begin() {
    begin(plant.register().hash(), plant.json());
  }

  /** The same with another text for the same register. */
  public void begin(String registerHash, String registerText) {
    journal.appendStart("test");
    journal.appendRegister(registerHash, registerText);
    for (int m = 0; m <= plant.machines(); m++) {
      journal.appendLink(m, LinkEvent.UP, 0, "");
    }
  }

  /** Some seconds pass. */
  public void run(int seconds) {
    for (int i = 0; i < seconds; i++) {
      time.pass(1, TimeUnit.SECONDS);
      for (int m = 0; m < plant.machines(); m++) {
        machine(m);
      }
      node();
      journal.appendTick();
    }
  }

  private void machine(int m) {
    if (random.nextInt(40) == 0) {
      journal.appendLink(m, LinkEvent.DOWN, 0, "cable");
      journal.appendLink(m, LinkEvent.UP, 0, "");
      return;
    }
    SampleBatch batch = new SampleBatch(m);
    for (int s = 0; s < plant.signals(); s++) {
      int dice = random.nextInt(100);
      long late = dice == 0 ? TimeUnit.SECONDS.toNanos(20) : random.nextInt(500_000_000);
      int status = dice == 1 ? 0x80000000 : dice == 2 ? 0x40000000 : 0;
      if (dice != 3) {
        batch.add(m * plant.signals() + s, time.wallNs() - late, status, dice, 0);
      }
    }
    journal.append(batch);
  }

  private void node() {
    String digest = "sha256:" + version;
    if (random.nextInt(30) == 0) {
      version++;
      model(ModelStage.APPROVED, digest);
      model(ModelStage.LOADED, digest);
    }
    journal.appendInference(
        plant.machines(),
        new InferenceRecord(
            TestPlant.NODE,
            "model",
            Integer.toString(version),
            digest,
            InferenceMode.PRODUCTION,
            random.nextInt(50) > 0,
            time.wallNs() - 2_000_000,
            time.wallNs(),
            1_000_000 + random.nextInt(1_000_000),
            0.9,
            false,
            "",
            "ok",
            ""));
    happenings();
    if (random.nextInt(20) == 0) {
      journal.appendReject(-1, RejectCause.MALFORMED, "t", "no JSON", new byte[] {1});
    }
  }

  /** Alarms and advice; of some the end never comes. */
  private void happenings() {
    String alarm = "alarm-" + random.nextInt(4);
    String advice = "advice-" + random.nextInt(6);
    switch (random.nextInt(8)) {
      case 0 -> event(EventKind.ALARM_RAISED, alarm);
      case 1 -> event(EventKind.ALARM_ACKNOWLEDGED, alarm);
      case 2 -> event(EventKind.ALARM_CLEARED, alarm);
      case 3 -> event(EventKind.ADVICE_SHOWN, advice);
      case 4 -> event(EventKind.ADVICE_ACCEPTED, advice);
      default -> {}
    }
  }

  private void event(EventKind kind, String key) {
    journal.appendEvent(
        plant.machines(), EventRecord.of(TestPlant.NODE, kind, time.wallNs() - 1_000_000, key));
  }

  private void model(ModelStage stage, String digest) {
    journal.appendModelChange(
        plant.machines(),
        stage,
        time.wallNs(),
        Sample.NO_TIME,
        TestPlant.NODE,
        "model",
        Integer.toString(version),
        digest,
        "");
  }
}
