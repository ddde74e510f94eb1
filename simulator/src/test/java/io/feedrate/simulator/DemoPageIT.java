package io.feedrate.simulator;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page of a running demo in the system's Chromium: real figures, no fixture. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(RunningPlant.Extension.class)
@SuppressWarnings("NullAway.Init") // JUnit calls launch() first
class DemoPageIT {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final int WARM_UP_MS = 90_000;
  private static final Pattern PERCENT = Pattern.compile("\\d+(\\.\\d+)? %");

  private Playwright playwright;
  private Browser browser;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();

  @BeforeAll
  void launch() {
    assertThat(CHROMIUM).as("./check installs what the tests need").isExecutable();
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

  @Test
  void showsTheRunningLineLiveAndLooksRight(RunningPlant plant) {
    try (BrowserContext context = context(ColorScheme.LIGHT, 1440, 900)) {
      Page page = open(plant, context, "/");
      assertThat(page.locator("#connection")).hasText("Live");
      fillsByItself(page);
      showsDimensions(page);
      showsMachines(page);
      showsUpdatesAndLinks(page);
      isLive(page);
      shoot(page, "demo-light");
    }
    for (boolean phone : List.of(false, true)) {
      ColorScheme scheme = phone ? ColorScheme.LIGHT : ColorScheme.DARK;
      try (BrowserContext context = context(scheme, phone ? 390 : 1440, phone ? 844 : 900)) {
        Page page = open(plant, context, "/");
        assertThat(page.locator(".machine")).hasCount(7);
        assertThat(page.locator("[data-node] .line").first()).isVisible();
        shoot(page, phone ? "demo-phone" : "demo-dark");
      }
    }
    try (BrowserContext context = context(ColorScheme.LIGHT, 1440, 900)) {
      showsCauses(open(plant, context, "/#asset=demo%2Fworks%2Fline-1%2Fcnc-04"));
    }
    assertThat(complaints).isEmpty();
    assertThat(requests).isNotEmpty().allMatch(url -> url.startsWith(plant.page() + "/"));
  }

  /** Nothing is reloaded: the first figures come into the open page. */
  private static void fillsByItself(Page page) {
    assertThat(page.locator(".card")).hasCount(4, new HasCountOptions().setTimeout(WARM_UP_MS));
    assertThat(page.locator("[data-node] .end-served").first())
        .isVisible(new IsVisibleOptions().setTimeout(WARM_UP_MS));
    assertThat(page.locator("#completeness"))
        .containsText("Disconnected", new ContainsTextOptions().setTimeout(WARM_UP_MS));
  }

  private static void showsDimensions(Page page) {
    assertThat(page.locator(".card h3"))
        .hasText(
            new String[] {
              "Data Foundation",
              "Model Capability",
              "Production Line Integration",
              "Human-Machine Collaboration"
            });
    for (Locator score : page.locator(".card .score").all()) {
      assertThat(score)
          .hasText(Pattern.compile("\\d+–\\d+ %"), new HasTextOptions().setTimeout(WARM_UP_MS));
    }
    page.locator("[data-dimension=data-foundation] summary").click();
    Locator first = page.locator("[data-dimension=data-foundation] .indicators li").first();
    assertThat(first).containsText("Sensor data completeness");
    assertThat(first.locator(".value")).containsText(PERCENT);
    page.locator("[data-dimension=data-foundation] summary").click();
  }

  private static void showsMachines(Page page) {
    for (String name :
        List.of("cnc-01", "cnc-02", "cnc-03", "cnc-04", "cnc-05", "vision-01", "vision-02")) {
      Locator machine = page.locator("[data-asset$=" + name + "]");
      // Messages lost early make too much ambiguous, which it says until there is more.
      assertThat(machine.locator(".value"))
          .containsText(PERCENT, new ContainsTextOptions().setTimeout(WARM_UP_MS));
    }
  }

  private static void showsUpdatesAndLinks(Page page) {
    assertThat(page.locator("[data-node]")).hasCount(2);
    for (Locator node : page.locator("[data-node]").all()) {
      assertThat(node.locator(".serving")).containsText("Serving ");
      assertThat(node.locator(".stages li").first()).containsText(" s");
    }
    assertThat(page.locator("[data-link]")).hasCount(9);
    for (Locator link : page.locator("[data-link]").all()) {
      assertThat(link.locator("td.received")).hasText(Pattern.compile("[1-9][\\d,]*"));
      assertThat(link.locator("td.clock")).hasText(Pattern.compile("[+−]?[\\d.]+ (µs|ms|s)"));
    }
  }

  private static void isLive(Page page) {
    for (String id : List.of("#vital-records", "[data-link=cnc-01] td.received")) {
      Locator figure = page.locator(id);
      assertThat(figure)
          .not()
          .hasText(figure.textContent(), new HasTextOptions().setTimeout(5_000));
    }
  }

  private static void showsCauses(Page page) {
    assertThat(page.locator("#detail-title")).hasText("cnc-04");
    assertThat(page.locator("#detail .u-over")).isVisible();
    assertThat(page.locator("table.signals tbody tr")).hasCount(15);
    assertThat(page.locator("#detail")).containsText("Disconnected");
    shoot(page, "demo-detail");
  }

  private static void shoot(Page page, String name) {
    Object wide =
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assertThat(wide).as("%s scrolls sideways", name).isEqualTo(0);
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(SCREENSHOTS.resolve(name + ".png"))
            .setFullPage(!name.endsWith("detail")));
  }

  private BrowserContext context(ColorScheme scheme, int width, int height) {
    return browser.newContext(
        new Browser.NewContextOptions()
            .setColorScheme(scheme)
            .setLocale("en-GB")
            .setViewportSize(width, height));
  }

  private Page open(RunningPlant plant, BrowserContext context, String path) {
    Page page = context.newPage();
    page.onConsoleMessage(m -> complaints.add(m.type() + ": " + m.text()));
    page.onPageError(complaints::add);
    page.onRequest(r -> requests.add(r.url()));
    page.navigate(plant.page() + path);
    return page;
  }
}
