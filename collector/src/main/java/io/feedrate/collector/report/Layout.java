package io.feedrate.collector.report;

import com.openhtmltopdf.extend.FSSupplier;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;

/**
 * Makes a file that stands alone of a page: HTML with its fonts in it, or PDF. Nothing is fetched
 * from anywhere, and no display is needed.
 */
final class Layout {

  private static final String FAMILY = "Feedrate Sans";
  private static final String STYLE = "<style>";
  private static final int REGULAR = 400;
  private static final int BOLD = 700;

  private Layout() {}

  /**
   * A page before it has a form.
   *
   * @param title of the document
   * @param footer at the foot of each printed page
   * @param body HTML, well-formed as XML
   * @param language of its texts
   * @param madeNs time of making, which the PDF tells
   * @param software what made it
   */
  record Page(
      String title, String footer, String body, Language language, long madeNs, String software) {}

  static byte[] html(Page page) {
    Typeface.Letters letters = Typeface.of(whole(page));
    String fonts = face(REGULAR, letters.regular()) + face(BOLD, letters.bold());
    StringBuilder whole = new StringBuilder("<!DOCTYPE html>\n").append(letters.text());
    return whole
        .insert(whole.indexOf(STYLE) + STYLE.length(), fonts)
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  static byte[] pdf(Page page) {
    System.setProperty("java.awt.headless", "true");
    XRLog.setLoggingEnabled(false);
    Typeface.Letters letters = Typeface.of(whole(page));
    PdfRendererBuilder builder = new PdfRendererBuilder();
    builder
        .withHtmlContent(letters.text(), null)
        .useFont(supplier(letters.regular()), FAMILY, REGULAR, FontStyle.NORMAL, true)
        .useFont(supplier(letters.bold()), FAMILY, BOLD, FontStyle.NORMAL, true)
        .useSVGDrawer(new ShapeDrawer())
        // Tagged for screen readers; with it no font is used that is not embedded.
        .usePdfUaAccessibility(true)
        .withProducer(page.software());
    for (ExternalResourceControlPriority when : ExternalResourceControlPriority.values()) {
      builder.useExternalResourceAccessControl((uri, type) -> false, when);
    }
    try (PdfBoxRenderer renderer = builder.buildPdfRenderer();
        PDDocument document = renderer.getPdfDocument()) {
      renderer.layout();
      renderer.createPDFKeepOpen();
      describe(document, page, letters.text());
      ByteArrayOutputStream out = new ByteArrayOutputStream(512 * 1024);
      document.save(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("the PDF cannot be laid out", e);
    }
  }

  /** Times and the id come from the page, so that the same page gives the same file. */
  private static void describe(PDDocument document, Page page, String text) {
    PDDocumentInformation information = document.getDocumentInformation();
    long second = Math.floorDiv(page.madeNs(), TimeUnit.SECONDS.toNanos(1));
    Calendar made = GregorianCalendar.from(Instant.ofEpochSecond(second).atZone(ZoneOffset.UTC));
    information.setTitle(page.title());
    information.setProducer(page.software());
    information.setCreationDate(made);
    information.setModificationDate(made);
    document.getDocumentCatalog().setLanguage(page.language().tag());
    CRC32 checksum = new CRC32();
    checksum.update(text.getBytes(StandardCharsets.UTF_8));
    document.setDocumentId(checksum.getValue() ^ page.madeNs());
  }

  private static FSSupplier<InputStream> supplier(byte[] font) {
    return () -> new ByteArrayInputStream(font);
  }

  private static String face(int weight, byte[] font) {
    return "@font-face{font-family:'%s';font-weight:%d;src:url(data:font/ttf;base64,%s)}\n"
        .formatted(FAMILY, weight, Base64.getEncoder().encodeToString(font));
  }

  private static String whole(Page page) {
    Html head = new Html();
    head.open("head")
        .empty("meta", "charset", "utf-8")
        .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
        .empty("meta", "name", "generator", "content", page.software())
        .element("title", page.title())
        .element("style", Style.sheet(FAMILY, page.footer()))
        .close("head");
    return "<html lang=\"%s\">%s\n<body>\n%s\n</body></html>"
        .formatted(page.language().tag(), head, page.body());
  }
}
