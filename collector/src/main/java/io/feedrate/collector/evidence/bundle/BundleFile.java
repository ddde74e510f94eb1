package io.feedrate.collector.evidence.bundle;

/** Names of the files in a bundle. */
final class BundleFile {
  static final String LEAVES = "leaves.txt";
  static final String HEAD = "log/head.txt";
  static final String TIME_STAMP = "log/head.tsr";
  static final String HIDDEN = "log/hidden.txt";
  static final String EARLIER_HEADS = "log/heads.json";
  static final String CATALOGUE = "catalogue.json";
  static final String PROFILE = "profile.yaml";
  static final String PEOPLE = "people/statements.jsonl";
  static final String DOCUMENTS = "people/documents/";
  static final String ASSESSMENT = "assessment.json";
  static final String OSCAL = "view/oscal/";
  static final String KPIS = "kpi.intoto.jsonl";
  static final String PUBLIC_KEY = "key.pub.pem";
  static final String SBOM = "software/sbom.cdx.json";
  static final String SEGMENT = "journal/segment.bin";
  static final String SEGMENT_BASE = "journal/base.json";
  static final String SEGMENT_STATE = "journal/base.bin";
  static final String SEGMENT_SCHEMA = "journal/schema.xml";
  static final String README = "README.txt";
  static final String MANIFEST = "manifest.json";
  static final String ENVELOPE = "manifest.dsse.json";

  private BundleFile() {}
}
