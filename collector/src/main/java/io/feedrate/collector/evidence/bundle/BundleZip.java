package io.feedrate.collector.evidence.bundle;

import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip that says nothing about when and where it was written, and knows the digests of its files.
 *
 * <p><b>Thread</b>: one at a time.
 */
final class BundleZip implements Closeable {
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
  private static final int BUFFER = 1 << 16;

  private final ZipOutputStream zip;
  private final Map<String, String> digests = new TreeMap<>();

  /** Creates the file; it must not exist. */
  BundleZip(Path file) throws IOException {
    zip =
        new ZipOutputStream(
            new java.io.BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), BUFFER));
    zip.setLevel(Deflater.BEST_SPEED);
  }

  /** Writes the content of a file. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  void add(String name, byte[] content) throws IOException {
    add(name, out -> out.write(content));
  }

  /** Adds a file; no other is added meanwhile. */
  void add(String name, Content content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    zip.putNextEntry(entry);
    MessageDigest sha256 = newSha256();
    OutputStream out = new java.io.BufferedOutputStream(new Digesting(zip, sha256), BUFFER);
    content.writeTo(out);
    out.flush();
    zip.closeEntry();
    digests.put(name, HexFormat.of().formatHex(sha256.digest()));
  }

  /** SHA-256 of each file so far, by name. */
  Map<String, String> digests() {
    return Collections.unmodifiableMap(digests);
  }

  /** Passes bytes on and digests them; closing it closes nothing. */
  private static final class Digesting extends FilterOutputStream {
    private final MessageDigest digest;

    Digesting(OutputStream out, MessageDigest digest) {
      super(out);
      this.digest = digest;
    }

    @Override
    public void write(int b) throws IOException {
      digest.update((byte) b);
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      digest.update(bytes, offset, length);
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  /** SHA-256 of a file that was added. */
  String digest(String name) {
    return Objects.requireNonNull(digests.get(name), name);
  }

  /** The same as bytes. */
  byte[] sha256(String name) {
    return HexFormat.of().parseHex(digest(name));
  }

  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
