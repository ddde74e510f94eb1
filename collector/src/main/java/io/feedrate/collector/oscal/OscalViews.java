package io.feedrate.collector.oscal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An assessment as OSCAL 1.1.2: three documents that refer to each other by their file names, so
 * they stay in one directory. The same source gives the same bytes.
 *
 * <p><b>Thread</b>: any.
 */
public final class OscalViews {

  /** Name of the file of {@link #assessmentResults}. */
  public static final String RESULTS = "assessment-results.json";

  /** Name of the file of {@link #assessmentPlan}. */
  public static final String PLAN = "assessment-plan.json";

  /** Name of the file of {@link #catalog}. */
  public static final String CATALOG = "catalog.json";

  // Not the system's line end: the same bytes on every machine.
  private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
  private static final ObjectWriter JSON =
      new ObjectMapper()
          .writer(
              new DefaultPrettyPrinter().withObjectIndenter(INDENTER).withArrayIndenter(INDENTER));

  private OscalViews() {}

  /** What was observed of each indicator, and what was found where the evidence decides. */
  public static ObjectNode assessmentResults(OscalSource source) {
    return root("assessment-results", ResultsView.of(new Head(source), source));
  }

  /** What was assessed and with what: the results must refer to a plan. */
  public static ObjectNode assessmentPlan(OscalSource source) {
    return root("assessment-plan", PlanView.of(new Head(source), source));
  }

  /** The profile: dimensions are groups, indicators are controls. */
  public static ObjectNode catalog(OscalSource source) {
    return root("catalog", CatalogueView.of(new Head(source), source.assessment().profile()));
  }

  /** All three by file name, in UTF-8. */
  public static SortedMap<String, byte[]> files(OscalSource source) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put(RESULTS, bytes(assessmentResults(source)));
    files.put(PLAN, bytes(assessmentPlan(source)));
    files.put(CATALOG, bytes(catalog(source)));
    return files;
  }

  private static ObjectNode root(String name, ObjectNode document) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.set(name, document);
    return root;
  }

  private static byte[] bytes(ObjectNode document) {
    try {
      return JSON.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // a tree in memory can be written
    }
  }
}
