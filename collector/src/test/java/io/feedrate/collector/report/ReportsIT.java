package io.feedrate.collector.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.collector.store.StoreReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reports of a real store as PDF and HTML, looked at as a reader's program does. */
class ReportsIT {
  private static final int HOURS = 3;
  private static final int LARGEST = 1_500_000;

  /** Words that must be found, in charts as well. */
  private static final Map<Language, List<String>> SAID =
      Map.of(
          Language.EN,
              List.of("Human-Machine", "not enough evidence", "Disconnected", "22 Nov 2026"),
          Language.ZH, List.of("人机协同", "传感器数据完整率", "证据不足", "断线", "2026年11月22日", "暂定"),
          Language.DE,
              List.of("Datengrundlage", "nicht genug Nachweis", "größtenteils", "22.11.2026"));

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path data;

  @BeforeEach
  void store() {
    ReportStore.write(data, HOURS);
  }

  private Reports reports() {
    try (StoreReader reader = StoreReader.open(data)) {
      return Reports.read(reader, ReportStore.request(HOURS));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPdfReadsTheSameOnAnyMachine(Language language) throws IOException {
    byte[] pdf = reports().pdf(language);

    assertThat(pdf.length).isLessThan(LARGEST);
    try (PDDocument document = Loader.loadPDF(pdf)) {
      String text = new PDFTextStripper().getText(document);
      SAID.getOrDefault(language, List.of()).forEach(word -> assertThat(text).contains(word));
      assertThat(text).contains("铣床-04", "<b>fräse & \"co\"</b>", "emoji-□");
      assertThat(text).doesNotContain("#", "\uFFFD");
      assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo(language.tag());
      assertThat(document.getNumberOfPages()).isBetween(10, 60);
      for (PDPage page : document.getPages()) {
        fontsAreEmbedded(page);
      }
      lettersAreThereAndOnThePage(document);
      everyPageShowsSomething(document);
    }
  }

  private static void fontsAreEmbedded(PDPage page) throws IOException {
    List<String> names = new ArrayList<>();
    for (COSName name : page.getResources().getFontNames()) {
      PDFont font = page.getResources().getFont(name);
      assertThat(font.isEmbedded()).as(font.getName()).isTrue();
      assertThat(font).isInstanceOf(PDType0Font.class);
      names.add(font.getName());
    }
    assertThat(names).isNotEmpty().allMatch(name -> name.contains("NotoSansSC"));
  }

  /** No glyph is the one for "there is none", and none stands outside the paper. */
  private static void lettersAreThereAndOnThePage(PDDocument document) throws IOException {
    PDFTextStripper stripper =
        new PDFTextStripper() {
          @Override
          protected void processTextPosition(TextPosition letter) {
            int code = letter.getCharacterCodes()[0];
            assertThat(code).as(letter.getUnicode()).isNotZero();
            assertThat(letter.getXDirAdj()).as(letter.getUnicode()).isBetween(30f, 565f);
            assertThat(letter.getXDirAdj() + letter.getWidthDirAdj())
                .as(letter.getUnicode())
                .isLessThan(570f);
            super.processTextPosition(letter);
          }
        };
    stripper.getText(document);
  }

  private static void everyPageShowsSomething(PDDocument document) throws IOException {
    PDFRenderer renderer = new PDFRenderer(document);
    for (int page = 0; page < document.getNumberOfPages(); page++) {
      BufferedImage image = renderer.renderImageWithDPI(page, 36, ImageType.GRAY);
      int inked = 0;
      for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          if ((image.getRGB(x, y) & 0xff) < 225) {
            inked++;
          }
        }
      }
      assertThat(inked).as("page %d", page + 1).isGreaterThan(100);
    }
  }

  @Test
  void theSameStoreAndTimeGiveTheSameBytes() {
    assertThat(reports().pdf(Language.ZH)).isEqualTo(reports().pdf(Language.ZH));
    assertThat(reports().html(Language.DE)).isEqualTo(reports().html(Language.DE));
  }

  @ParameterizedTest
  @EnumSource
  void aHtmlFileStandsAlone(Language language) {
    String html = new String(reports().html(language), StandardCharsets.UTF_8);

    assertThat(html)
        .startsWith("<!DOCTYPE html>\n<html lang=\"" + language.tag() + "\">")
        .contains("font/ttf;base64,")
        .contains("<polygon ")
        .doesNotContain("<b>fräse")
        .doesNotContain("<script", "<link", "@import");
    SAID.getOrDefault(language, List.of()).forEach(word -> assertThat(html).contains(word));
    assertThat(html.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:", "https:");
  }
}
