package io.feedrate.kpi.collaboration;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Fingerprint;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.PlantEvent;
import io.feedrate.kpi.Qualification;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Tally;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Qualified operation: actions of persons whose training is valid for the asset at the time of the
 * action, of all actions that need a qualification. Training for an asset holds for everything
 * below it, from its first moment to before its last. An action without a person is not qualified,
 * and counted apart as well; so is one of a person whom the training register does not know for the
 * asset and time.
 *
 * <p>The same action (key and time) again changes nothing. What an action was judged by is the
 * training register in force when it came: a later one does not judge it anew.
 *
 * <p><b>Unit</b>: 1. <b>Source</b>: house definition; persons as in ISA-95's PersonnelID of
 * JobOrderControl, training register imported. <b>Thread</b>: the engine's. <b>Allocation</b>: per
 * action. <b>Bounds</b>: the last {@link #KEPT} actions are known again.
 */
public final class QualifiedOperation implements Meter {
  /** How many actions are known again. */
  static final int KEPT = 1024;

  private static final int QUALIFIED = 0;
  private static final int UNQUALIFIED = 1;
  private static final int WITHOUT_PERSON = 2;

  /** Actions of qualified persons, of all actions. */
  public static final Kpi KPI =
      new Kpi(
          "qualified_operation",
          "qualified_operation",
          "Qualified operation",
          "1",
          true,
          "actions by a person with valid training / (qualified + unqualified + without person)",
          "house definition; ISA-95 PersonnelID, imported training register",
          List.of("qualified", "unqualified", "without_person"),
          (n, histogram) ->
              Figure.ratio(n[QUALIFIED], n[QUALIFIED] + n[UNQUALIFIED] + n[WITHOUT_PERSON]));

  private record Training(long person, Qualification what) {
    boolean covers(String path, long atNs) {
      String subject = what.subject();
      return what.fromNs() <= atNs
          && atNs < what.toNs()
          && (path.equals(subject) || path.startsWith(subject + "/"));
    }
  }

  private final List<String> paths;
  private final List<Training> trainings;
  private final Tally tally;
  private final Set<Long> known = new LinkedHashSet<>();

  public QualifiedOperation(Setting setting) {
    paths = setting.register().assets().stream().map(Asset::path).toList();
    trainings =
        setting.register().rules().qualifications().stream()
            .map(q -> new Training(Fingerprint.of(q.person()), q))
            .toList();
    tally = setting.tally(KPI);
  }

  @Override
  public void onEvent(PlantEvent e) {
    if (e.kind() == EventKind.ACTION && isNew(e)) {
      tally.add(e.asset(), judge(e), e.atNs(), 1);
    }
  }

  private boolean isNew(PlantEvent e) {
    if (e.key() == PlantEvent.NONE) {
      return true;
    }
    long path = Fingerprint.of(paths.get(e.asset()));
    long id = Fingerprint.mix(Fingerprint.mix(path, e.key()), e.atNs());
    if (!known.add(id)) {
      return false;
    }
    if (known.size() > KEPT) {
      known.remove(known.iterator().next());
    }
    return true;
  }

  private int judge(PlantEvent e) {
    if (e.person() == PlantEvent.NONE) {
      return WITHOUT_PERSON;
    }
    String path = paths.get(e.asset());
    for (Training each : trainings) {
      if (each.person == e.person() && each.covers(path, e.atNs())) {
        return QUALIFIED;
      }
    }
    return UNQUALIFIED;
  }

  @Override
  public void write(Snapshot.Writer out) {
    out.putInt(known.size());
    known.forEach(out::putLong);
  }

  @Override
  public void read(Snapshot.Reader in) {
    known.clear();
    int n = in.getInt();
    for (int i = 0; i < n; i++) {
      known.add(in.getLong());
    }
  }

  @Override
  public void takeOver(Meter old, Heirs heirs) {
    known.addAll(((QualifiedOperation) old).known);
  }
}
