package io.feedrate.kpi;

/**
 * A node of the plant's equipment hierarchy (ISA-95 style: site, line, machine or inference node).
 *
 * @param id dense index in the {@link Register}; a parent has a smaller one than its children
 * @param path slash-separated, unique
 * @param kind what it is
 * @param parent index of the parent, or {@link #NO_PARENT}
 * @param link index of the link that it is reached by, or {@link #NO_LINK}
 * @param supplier who made it, or "" where unknown
 * @param idealCycleNs planned run time per part (ISO 22400-2 PRI), or 0 where not told
 */
public record Asset(
    int id, String path, Kind kind, int parent, int link, String supplier, long idealCycleNs) {

  /** An asset without planned run time. */
  public Asset(int id, String path, Kind kind, int parent, int link, String supplier) {
    this(id, path, kind, parent, link, supplier, 0);
  }

  /** Parent of the top of the hierarchy. */
  public static final int NO_PARENT = -1;

  /** Link of an asset that has none of its own. */
  public static final int NO_LINK = -1;

  /** Level of the hierarchy. */
  public enum Kind {
    SITE,
    LINE,
    MACHINE,
    NODE
  }
}
