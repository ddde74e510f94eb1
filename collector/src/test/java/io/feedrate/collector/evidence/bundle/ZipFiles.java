package io.feedrate.collector.evidence.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The files of a zip, to be changed by hand. */
final class ZipFiles {
  final Map<String, byte[]> files = new LinkedHashMap<>();

  static ZipFiles read(Path zip) throws IOException {
    ZipFiles all = new ZipFiles();
    try (ZipFile in = new ZipFile(zip.toFile())) {
      for (Enumeration<? extends ZipEntry> e = in.entries(); e.hasMoreElements(); ) {
        ZipEntry entry = e.nextElement();
        all.files.put(entry.getName(), in.getInputStream(entry).readAllBytes());
      }
    }
    return all;
  }

  Path write(Path zip) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue());
        out.closeEntry();
      }
    }
    return zip;
  }

  byte[] bytes(String name) {
    return Objects.requireNonNull(files.get(name), name);
  }

  String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  void put(String name, String text) {
    files.put(name, text.getBytes(StandardCharsets.UTF_8));
  }
}
