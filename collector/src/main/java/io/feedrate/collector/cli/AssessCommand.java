package io.feedrate.collector.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feedrate.collector.assess.AssessmentJson;
import io.feedrate.collector.assess.AssessmentTable;
import io.feedrate.collector.assess.Assessor;
import io.feedrate.collector.assess.Assessor.Assessed;
import io.feedrate.collector.assess.GapReport;
import io.feedrate.collector.assess.Groups;
import io.feedrate.collector.assess.Groups.Group;
import io.feedrate.collector.assess.ProfileException;
import io.feedrate.collector.assess.SideBySide;
import io.feedrate.collector.statements.Stated;
import io.feedrate.collector.statements.StatementFile;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.engine.Kpis;
import io.feedrate.kpi.maturity.Assessment;
import io.feedrate.kpi.maturity.Profile;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code feedrate assess}: what do stored results come to under a maturity profile? */
@Command(
    name = "assess",
    description = {
      "Hold stored results against a maturity profile, also while a collector runs.",
      "",
      "Each indicator is decided on the bound of its figure that is worse for the plant. A score is a"
          + " range: what is not known is neither dropped nor zero. Dimensions do not make up for"
          + " each other. It is an aid for a self-assessment and no certificate.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:assessed, whatever the level",
      "1:the results cannot be read; --stacktrace shows where",
      "2:the command line or the profile is wrong, or the period has no result"
    },
    footer = {
      "",
      "Examples:",
      "  feedrate assess --data data --from -PT8H",
      "  feedrate assess --data data --from -P30D --gap",
      "  feedrate assess --data data --from -P7D --by supplier",
      "  feedrate assess --data data --from -P7D --profile my-profile.yaml"
    },
    mixinStandardHelpOptions = true)
public final class AssessCommand implements FeedrateCommand {

  private static final int ORDER = 40;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private PlantOptions plant;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private PeriodOptions period;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private DataOption data;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private ProfileOption profile;

  @Option(
      names = "--gap",
      description = "Print a list of work: what there is, what is missing, what to do next.")
  private boolean gap;

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      description = {
        "Print them side by side: supplier, line or asset. Documents and declarations do not count"
            + " there: they are about the plant as a whole."
      })
  private Groups.@Nullable By by;

  @Option(names = "--json", description = "Print JSON, with what is missing and what next.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public Integer call() throws ProfileException, JsonProcessingException {
    if (gap && by != null) {
      throw new ParameterException(
          spec.commandLine(), "--gap and --by do not go together: choose one --subject for --gap");
    }
    PeriodOptions.Range range = period.range(spec, Instant.now());
    Profile against = profile.load();
    try (StoreReader reader = plant.open(spec, data.path())) {
      String subject = plant.subject(spec, reader);
      String text =
          by == null
              ? one(against, reader, subject, range)
              : many(against, reader, subject, range, by);
      PrintWriter out = spec.commandLine().getOut();
      out.print(text);
      out.flush();
    }
    return ExitCodes.OK;
  }

  private String one(Profile against, StoreReader reader, String subject, PeriodOptions.Range range)
      throws JsonProcessingException {
    Assessor assessor =
        new Assessor(against, () -> Stated.of(new StatementFile(data.path()).read()));
    Assessed assessed =
        assessor.assess(reader, subject, List.of(subject), range.fromNs(), range.toNs());
    plant.requireResults(spec, reader, subject, assessed.isEmpty());
    Assessment assessment = assessed.assessment();
    if (json) {
      return text(AssessmentJson.of(assessment));
    }
    return windows(assessed)
        + (gap ? GapReport.render(assessment) : AssessmentTable.render(assessment, Kpis.ALL));
  }

  /** Statements are about the plant as a whole: no group of its assets earned them. */
  private String many(
      Profile against,
      StoreReader reader,
      String subject,
      PeriodOptions.Range range,
      Groups.By what)
      throws JsonProcessingException {
    Assessor assessor = new Assessor(against);
    List<Group> groups = Groups.of(plant.register(reader), what, subject);
    List<Assessment> assessments = new ArrayList<>();
    boolean isEmpty = true;
    for (Group group : groups) {
      Assessed assessed =
          assessor.assess(reader, group.name(), group.subjects(), range.fromNs(), range.toNs());
      isEmpty &= assessed.isEmpty();
      assessments.add(assessed.assessment());
    }
    plant.requireResults(spec, reader, subject, isEmpty);
    String word = what.name().toLowerCase(Locale.ROOT);
    return json
        ? text(sideBySide(word, groups, assessments))
        : SideBySide.render(subject, word, assessments);
  }

  private static ObjectNode sideBySide(
      String by, List<Group> groups, List<Assessment> assessments) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("by", by);
    ArrayNode all = node.putArray("groups");
    for (int i = 0; i < groups.size(); i++) {
      ObjectNode group = all.addObject();
      group.put("name", groups.get(i).name());
      ArrayNode subjects = group.putArray("subjects");
      groups.get(i).subjects().forEach(subjects::add);
      group.set("assessment", AssessmentJson.of(assessments.get(i)));
    }
    return node;
  }

  private static String windows(Assessed assessed) {
    return "Windows with results: %s to %s%n"
        .formatted(
            AssessmentJson.instant(assessed.firstNs()), AssessmentJson.instant(assessed.lastNs()));
  }

  private static String text(ObjectNode node) throws JsonProcessingException {
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
  }
}
