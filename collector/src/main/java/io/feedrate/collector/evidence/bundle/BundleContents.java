package io.feedrate.collector.evidence.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedrate.collector.evidence.sign.SignedNote;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The files of a bundle. Nothing is unpacked to the disk, and what is held in memory is bounded.
 *
 * <p><b>Thread</b>: one at a time.
 */
final class BundleContents implements Closeable {
  /** The largest file that is read as a whole. */
  static final int MAX_WHOLE = 256 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_FILES = 200_000;
  private static final int BUFFER = 1 << 16;

  private final ZipFile zip;
  private final Map<String, ZipEntry> entries = new TreeMap<>();
  private final List<String> twice = new ArrayList<>();

  BundleContents(Path file) throws IOException {
    try {
      zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
    } catch (ZipException e) {
      throw new BundleException(file + " is no bundle: " + e.getMessage(), e);
    }
    if (zip.size() > MAX_FILES) {
      throw new BundleException("%s holds %,d files: no bundle".formatted(file, zip.size()));
    }
    zip.stream()
        .forEach(
            entry -> {
              if (entries.put(entry.getName(), entry) != null) {
                twice.add(entry.getName());
              }
            });
  }

  /** The signed head in a bundle. */
  static SignedNote head(Path file) throws IOException {
    try (BundleContents contents = new BundleContents(file)) {
      if (!contents.has(BundleFile.HEAD)) {
        throw new BundleException(file + " is no bundle: it has no " + BundleFile.HEAD);
      }
      return SignedNote.parse(contents.text(BundleFile.HEAD));
    } catch (IllegalArgumentException e) {
      throw new BundleException(file + ": its head cannot be read: " + e.getMessage(), e);
    }
  }

  List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /** Names that more than one file has: readers would not agree on what is in them. */
  List<String> twice() {
    return Collections.unmodifiableList(twice);
  }

  boolean has(String name) {
    return entries.containsKey(name);
  }

  InputStream open(String name) throws IOException {
    ZipEntry entry = entries.get(name);
    if (entry == null) {
      throw new DamagedFileException(name, new FileNotFoundException("the file is missing"));
    }
    return zip.getInputStream(entry);
  }

  /**
   * A whole file.
   *
   * @throws DamagedFileException if it cannot be read
   */
  byte[] bytes(String name) {
    try (InputStream in = open(name)) {
      byte[] bytes = in.readNBytes(MAX_WHOLE + 1);
      if (bytes.length > MAX_WHOLE) {
        throw new IOException("it is too large to be what it should be");
      }
      return bytes;
    } catch (IOException e) {
      throw new DamagedFileException(name, e);
    }
  }

  String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  JsonNode json(String name) {
    try {
      return JSON.readTree(bytes(name));
    } catch (IOException e) {
      throw new DamagedFileException(name, e);
    }
  }

  String digest(String name) throws IOException {
    MessageDigest sha256 = BundleZip.newSha256();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = new DigestInputStream(open(name), sha256)) {
      while (in.read(buffer) >= 0) {} // all goes into the digest
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
