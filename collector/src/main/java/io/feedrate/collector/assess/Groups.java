package io.feedrate.collector.assess;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What is held side by side: the assets of a register, in groups. */
public final class Groups {

  /** What is a group. */
  public enum By {
    SUPPLIER,
    LINE,
    ASSET
  }

  /** What assets without a supplier are called together. */
  public static final String NO_SUPPLIER = "(no supplier told)";

  /**
   * Assets that are taken together.
   *
   * @param name supplier, or path
   * @param subjects their paths, none of them below another
   */
  public record Group(String name, List<String> subjects) {
    public Group {
      subjects = List.copyOf(subjects);
    }
  }

  private Groups() {}

  /**
   * The groups at and below a subject by name; those without supplier are the last. By supplier and
   * asset it is machines and nodes that count.
   */
  public static List<Group> of(Register register, By by, String subject) {
    List<Asset> assets =
        register.assets().stream()
            .filter(asset -> Assessor.isAtOrBelow(List.of(subject), asset.path()))
            .filter(asset -> (asset.kind() == Asset.Kind.LINE) == (by == By.LINE))
            .filter(asset -> asset.kind() != Asset.Kind.SITE)
            .toList();
    Map<String, List<String>> paths = new TreeMap<>();
    List<String> without = new ArrayList<>();
    Function<Asset, String> name = by == By.SUPPLIER ? Asset::supplier : Asset::path;
    for (Asset asset : assets) {
      List<String> group =
          name.apply(asset).isBlank()
              ? without
              : paths.computeIfAbsent(name.apply(asset), key -> new ArrayList<>());
      group.add(asset.path());
    }
    List<Group> groups = new ArrayList<>();
    paths.forEach((key, its) -> groups.add(new Group(key, its)));
    if (!without.isEmpty()) {
      groups.add(new Group(NO_SUPPLIER, without));
    }
    return groups;
  }
}
