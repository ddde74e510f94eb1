package io.feedrate.collector.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The page in a real browser: the system's Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class PageIT {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final int SECONDS_15 = 15_000;

  private Playwright playwright;
  private Browser browser;
  private TestServer server;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();

  @BeforeAll
  void launch() {
    assertThat(CHROMIUM)
        .as("the system's Chromium is needed: apt-get install chromium, as ./check does")
        .isExecutable();
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setHeadless(true)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  @AfterAll
  void quit() {
    playwright.close();
  }

  @BeforeEach
  void start() throws IOException {
    complaints.clear();
    requests.clear();
    server = new TestServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everything_is_shown_without_a_complaint_or_a_request_elsewhere() {
    try (BrowserContext context = desktop(ColorScheme.LIGHT)) {
      Page page = open(context, "/");
      assertThat(page.locator("#gateway")).hasText("gw-line-1");
      assertThat(page.locator("#connection")).hasText("Live");
      assertThat(page.locator(".card")).hasCount(4);
      assertThat(page.locator("[data-dimension=data_foundation] .score")).hasText("74–86 %");
      assertThat(page.locator("[data-dimension=human_machine] .score"))
          .hasText("Insufficient evidence");
      assertThat(page.locator("#provisional")).isVisible();
      assertThat(page.locator(".machine")).hasCount(7);
      assertThat(page.locator("[data-node]")).hasCount(2);
      assertThat(page.locator("#updates")).containsText("pending for 25 min");
      assertThat(page.locator("[data-link]")).hasCount(7);
      assertThat(page.locator("[data-link=cnc-05]")).containsText("Needs you");
      assertThat(page.locator("table.rejects tbody tr")).hasCount(4);
      quiet(page);
    }
  }

  @Test
  void machines_come_worst_first() {
    try (BrowserContext context = desktop(ColorScheme.LIGHT)) {
      Page page = open(context, "/");
      assertThat(page.locator(".machine")).hasCount(7);
      List<Double> values = new ArrayList<>();
      for (String text : page.locator(".machine > .value").allTextContents()) {
        values.add(Double.parseDouble(text.split("[–\\s]", 2)[0]));
      }
      assertThat(values).isSorted();
      assertThat(page.locator(".machine").last()).containsText("No losses");
    }
  }

  @Test
  void what_changes_at_the_gateway_changes_on_the_page() {
    try (BrowserContext context = desktop(ColorScheme.LIGHT)) {
      Page page = open(context, "/");
      Locator records = page.locator("#vital-records");
      assertThat(records).hasText(Pattern.compile("[\\d,]{7,}"));
      assertThat(records).not().hasText(records.textContent());
      server.plant.ready = false;
      assertThat(page.locator("#banner")).containsText("the journal's disk is full");
      server.plant.ready = true;
      assertThat(page.locator("#banner")).isHidden();
      quiet(page);
    }
  }

  @Test
  void old_data_is_said_to_be_old_and_comes_back_by_itself() throws IOException {
    try (BrowserContext context = desktop(ColorScheme.LIGHT)) {
      Page page = open(context, "/");
      assertThat(page.locator("#connection")).hasText("Live");
      server.plant.answering = false;
      assertThat(page.locator("#connection"))
          .hasText("Stale", new HasTextOptions().setTimeout(SECONDS_15));
      assertThat(page.locator("#banner")).containsText("No update from the gateway for");
      server.plant.answering = true;
      assertThat(page.locator("#connection")).hasText("Live");

      int port = server.port();
      server.close();
      assertThat(page.locator("#connection")).hasText("Reconnecting…");
      server = new TestServer(new DemoPlant(Clock.systemUTC()), port);
      assertThat(page.locator("#connection"))
          .hasText("Live", new HasTextOptions().setTimeout(SECONDS_15));
      assertThat(page.locator("#banner")).isHidden();
    }
  }

  @Test
  void a_machine_is_opened_and_closed_by_keyboard() {
    try (BrowserContext context = desktop(ColorScheme.LIGHT)) {
      Page page = open(context, "/");
      Locator machine = page.locator("[data-asset$=cnc-02]");
      machine.focus();
      page.keyboard().press("Enter");
      assertThat(page.locator("#detail-title")).hasText("cnc-02");
      assertThat(page.locator("table.signals tbody tr")).hasCount(6);
      assertThat(page.locator("#detail .u-over")).isVisible();
      page.keyboard().press("Escape");
      assertThat(page.locator("#detail")).not().isVisible();
      assertThat(machine).isFocused();
      quiet(page);
    }
  }

  @Test
  void a_machine_can_be_linked_to_and_one_that_is_not_there_says_so() {
    try (BrowserContext context = desktop(ColorScheme.LIGHT)) {
      Page page = open(context, "/#asset=demo%2Fworks%2Fline-1%2Fcnc-04");
      assertThat(page.locator("#detail-title")).hasText("cnc-04");
      page.navigate(server.uri("/#asset=demo%2Fnothing").toString());
      assertThat(page.locator("#detail")).containsText("Could not be loaded");
    }
  }

  @Test
  void labels_of_time_axes_are_where_their_time_is() {
    try (BrowserContext context = context(ColorScheme.LIGHT, 390, 844)) {
      Page page = open(context, "/");
      assertThat(page.locator(".time-axis .axis span").first()).isVisible();
      assertThat(page.locator("#ranges [aria-pressed=true]")).hasAttribute("data-key", "3600");
      Locator labels = page.locator(".time-axis .axis span");
      List<String> texts = labels.allTextContents();
      List<?> lefts = (List<?>) labels.evaluateAll("all => all.map(l => parseFloat(l.style.left))");
      assertThat(texts).hasSizeBetween(4, 5).allMatch(text -> text.matches("\\d\\d:(00|15|30|45)"));
      for (int i = 1; i < texts.size(); i++) {
        LocalTime before = LocalTime.parse(texts.get(i - 1));
        assertThat(before.plusMinutes(15)).isEqualTo(LocalTime.parse(texts.get(i)));
        double left = ((Number) lefts.get(i)).doubleValue();
        assertThat(left - ((Number) lefts.get(i - 1)).doubleValue()).isCloseTo(25, within(0.01));
      }
      quiet(page);
    }
  }

  @Test
  void names_and_payloads_from_outside_stay_text() {
    try (BrowserContext context = desktop(ColorScheme.LIGHT)) {
      Page page = open(context, "/#asset=demo%2Fworks%2Fline-1%2Fcnc-02");
      assertThat(page.locator("table.signals")).containsText(DemoPlant.HOSTILE);
      assertThat(page.locator("table.rejects")).containsText(DemoPlant.HOSTILE);
      assertThat(page.locator("img[src=x]")).hasCount(0);
      assertThat(page).hasTitle("gw-line-1 · Feedrate");
    }
  }

  @Test
  void nothing_known_yet_is_said_and_not_shown_as_zero() {
    server.plant.assessed = false;
    try (BrowserContext context = desktop(ColorScheme.LIGHT)) {
      Page page = open(context, "/");
      assertThat(page.locator("#assessment")).containsText("No assessment yet");
      quiet(page);
    }
  }

  @Test
  void it_looks_right_in_light_and_dark_on_desk_panel_and_phone() {
    shoot("light", desktop(ColorScheme.LIGHT), "/");
    shoot("dark", desktop(ColorScheme.DARK), "/");
    shoot("panel", context(ColorScheme.DARK, 1280, 800), "/");
    shoot("phone", context(ColorScheme.LIGHT, 390, 844), "/");
    String machine = "/#asset=demo%2Fworks%2Fline-1%2Fcnc-04";
    shoot("detail-light", desktop(ColorScheme.LIGHT), machine);
    shoot("detail-dark", desktop(ColorScheme.DARK), machine);
    shoot("detail-phone", context(ColorScheme.LIGHT, 390, 844), machine);
  }

  private void shoot(String name, BrowserContext context, String path) {
    try (context) {
      Page page = open(context, path);
      assertThat(page.locator(".machine")).hasCount(7);
      if (path.contains("#")) {
        assertThat(page.locator("#detail .u-over")).isVisible();
      }
      Object wide =
          page.evaluate(
              "document.documentElement.scrollWidth - document.documentElement.clientWidth");
      assertThat(wide).as("%s scrolls sideways", name).isEqualTo(0);
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(SCREENSHOTS.resolve(name + ".png"))
              .setFullPage(!path.contains("#")));
      quiet(page);
    }
  }

  private BrowserContext desktop(ColorScheme scheme) {
    return context(scheme, 1440, 900);
  }

  private BrowserContext context(ColorScheme scheme, int width, int height) {
    return browser.newContext(
        new Browser.NewContextOptions()
            .setColorScheme(scheme)
            .setLocale("en-GB")
            .setViewportSize(width, height));
  }

  private Page open(BrowserContext context, String path) {
    Page page = context.newPage();
    page.onConsoleMessage(m -> complaints.add(m.type() + ": " + m.text()));
    page.onPageError(complaints::add);
    page.onRequest(r -> requests.add(r.url()));
    page.navigate(server.uri(path).toString());
    return page;
  }

  private void quiet(Page page) {
    page.waitForTimeout(1); // lets pending console events arrive
    assertThat(complaints).isEmpty();
    assertThat(requests).allMatch(url -> url.startsWith(server.uri("/").toString()));
  }
}
