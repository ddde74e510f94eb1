package io.feedrate.collector.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TTFSubsetter;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The font of reports: Noto Sans SC, which has Latin and Chinese letters in one style (SIL Open
 * Font License 1.1). A document carries only the letters that it uses, so a report is small and
 * reads the same on a machine without any font.
 */
final class Typeface {

  private static final String REGULAR = "NotoSansSC-Regular.ttf";
  private static final String BOLD = "NotoSansSC-Bold.ttf";
  private static final String FOLDER = "/fonts/ttf/NotoSansSC/";

  /** What stands for a letter that the font does not have. */
  private static final int UNKNOWN = 0x25A1;

  /** The subsetter writes no letters beyond the basic plane. */
  private static final int MOST = 0xFFFF;

  /** What a font needs to be drawn. Other tables would still speak of letters that are gone. */
  private static final List<String> TABLES =
      List.of("OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post");

  private Typeface() {}

  /**
   * A text and the letters that it needs.
   *
   * @param text letters that the font does not have are replaced by a box
   * @param regular a TrueType file with its letters alone
   * @param bold the same in bold
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on and never compared
  record Letters(String text, byte[] regular, byte[] bold) {}

  /** The letters of a text; what stands in its markup is among them and does no harm. */
  static Letters of(String text) {
    byte[] regular;
    String shown;
    Set<Integer> letters = new TreeSet<>();
    try (TrueTypeFont font = load(REGULAR)) {
      CmapLookup glyphs = font.getUnicodeCmapLookup();
      shown = known(text, letter -> letter <= MOST && glyphs.getGlyphId(letter) != 0);
      shown.codePoints().filter(letter -> letter >= ' ').forEach(letters::add);
      regular = subset(font, letters);
    } catch (IOException e) {
      throw new UncheckedIOException(REGULAR + " cannot be read", e);
    }
    try (TrueTypeFont font = load(BOLD)) {
      return new Letters(shown, regular, subset(font, letters));
    } catch (IOException e) {
      throw new UncheckedIOException(BOLD + " cannot be read", e);
    }
  }

  private static String known(String text, IntPredicate isKnown) {
    if (text.codePoints().allMatch(letter -> letter < ' ' || isKnown.test(letter))) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .map(letter -> letter < ' ' || isKnown.test(letter) ? letter : UNKNOWN)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  private static TrueTypeFont load(String file) throws IOException {
    try (@Nullable InputStream in = Typeface.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException(
            file
                + " is missing: ph-fonts-noto-sans-sc must lie in lib/ beside Feedrate's jar;"
                + " build it anew");
      }
      return new TTFParser().parse(new RandomAccessReadBuffer(in.readAllBytes()));
    }
  }

  private static byte[] subset(TrueTypeFont font, Set<Integer> letters) throws IOException {
    TTFSubsetter subsetter = new TTFSubsetter(font, TABLES);
    subsetter.addAll(letters);
    ByteArrayOutputStream out = new ByteArrayOutputStream(256 * 1024);
    subsetter.writeToStream(out);
    return out.toByteArray();
  }
}
