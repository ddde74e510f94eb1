package io.feedrate.collector.config;

import io.feedrate.collector.config.GatewayConfig.AssetConfig;
import io.feedrate.collector.config.GatewayConfig.SignalConfig;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All that a configuration can speak about by its path: lines, assets, signals. */
final class Subjects {

  private final String site;
  private final Set<String> known = new LinkedHashSet<>();

  Subjects(String site, List<AssetConfig> assets) {
    this.site = site;
    for (AssetConfig asset : assets) {
      String line = asset.line();
      for (int end = line.indexOf('/'); end >= 0; end = line.indexOf('/', end + 1)) {
        known.add(line.substring(0, end));
      }
      known.add(line);
      String path = line + "/" + asset.name();
      known.add(path);
      for (SignalConfig signal : asset.signals()) {
        known.add(path + "/" + signal.name());
      }
    }
  }

  /** The full path under the key "subject". */
  String of(Entry entry) {
    String subject = entry.text("subject", "");
    if (!isKnown(subject)) {
      String below = below(subject);
      entry.problem("subject", unknown(below), entry.suggestion(below, known));
    }
    return path(subject);
  }

  boolean isKnown(String subject) {
    return subject.isEmpty() || subject.equals(site) || known.contains(below(subject));
  }

  /** What to say of one that is not known. */
  String unknown(String subject) {
    return "there is no line, asset or signal " + Texts.quote(below(subject));
  }

  /** The known one that was probably meant. */
  String suggestion(String subject) {
    return Texts.suggestion(below(subject), known);
  }

  /** The full path: what is written may begin below the site or with it. */
  String path(String subject) {
    return subject.isEmpty() || subject.equals(site) ? site : site + "/" + below(subject);
  }

  private String below(String subject) {
    return subject.startsWith(site + "/") ? subject.substring(site.length() + 1) : subject;
  }
}
