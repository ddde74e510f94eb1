package io.feedrate.collector.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.feedrate.collector.access.Role;
import io.feedrate.collector.access.UserFile;
import io.feedrate.collector.config.GatewayConfig.Access;
import io.feedrate.collector.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Logging in at the page, and entering things there, in the system's Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class AccountPageIT {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private Playwright playwright;
  private Browser browser;
  private Path data;
  private TestServer server;

  @BeforeAll
  void launch() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")));
  }

  @AfterAll
  void quit() {
    playwright.close();
  }

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    data = directory;
    Store.open(data).close();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String token(Role role) {
    return new UserFile(data).add(role.word(), role, Instant.now());
  }

  private Page open(BrowserContext context) throws IOException {
    server = new TestServer(data, Access.LOGIN);
    Page page = context.newPage();
    page.navigate(server.uri("/").toString());
    return page;
  }

  private static void logIn(Page page, String token) {
    page.getByLabel("Token").fill(token);
    page.keyboard().press("Enter");
  }

  private static void shoot(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setFullPage(true).setPath(SCREENSHOTS.resolve(name)));
  }

  @Test
  void nothingIsShownBeforeOneIsLoggedInAndNothingAfterOneIsOut() throws IOException {
    String token = token(Role.ENGINEER);
    try (BrowserContext context = browser.newContext()) {
      Page page = open(context);
      assertThat(page.locator("form.login")).isVisible();
      assertThat(page.locator("#main")).isHidden();
      assertThat(page.getByLabel("Token")).isFocused();
      shoot(page, "login.png");

      logIn(page, "feedrate_wrong");
      assertThat(page.locator("form.login .fault")).containsText("no token of a user");

      logIn(page, token);
      assertThat(page.locator("#gateway")).hasText("gw-line-1");
      assertThat(page.locator("#account")).containsText("engineer (engineer)");
      assertThat(context.cookies()).singleElement().matches(c -> Boolean.TRUE.equals(c.httpOnly));
      assertThat(page.evaluate("document.cookie")).isEqualTo("");

      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log out")).click();
      assertThat(page.locator("form.login")).isVisible();
      assertThat(page.locator("#main")).isHidden();
    }
  }

  @Test
  void anEngineerAttachesADocumentAndSeesItInTheTrail() throws IOException {
    String token = token(Role.ENGINEER);
    try (BrowserContext context = browser.newContext()) {
      Page page = open(context);
      logIn(page, token);
      page.getByText("Attach a document").click();
      page.getByLabel("Indicator").fill("df-governance-policy");
      page.getByLabel("Title").fill("Policy <b>2026</b>");
      page.getByLabel("Issuer").fill("Works council");
      page.locator("input[type=file]")
          .setInputFiles(
              new FilePayload(
                  "policy.txt", "text/plain", "We care.".getBytes(StandardCharsets.UTF_8)));
      page.locator("#evidence-documents").getByText("Enter", exactly()).click();

      assertThat(page.locator("#evidence-documents .done")).hasText("Entered.");
      assertThat(page.locator("#evidence-documents tbody tr")).containsText("Policy <b>2026</b>");
      assertThat(page.locator("#evidence-audit tbody tr")).containsText("attached a document");
      shoot(page, "evidence.png");

      page.getByLabel("Indicator").fill("no-such");
      page.getByLabel("Title").fill("x");
      page.getByLabel("Issuer").fill("x");
      page.locator("input[type=file]")
          .setInputFiles(
              new FilePayload("x.txt", "text/plain", "x".getBytes(StandardCharsets.UTF_8)));
      page.locator("#evidence-documents").getByText("Enter", exactly()).click();
      assertThat(page.locator("#evidence-documents .fault"))
          .containsText("the profile has no indicator no-such");
    }
  }

  private static Locator.GetByTextOptions exactly() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  @Test
  void aRoleSeesNoMoreThanItMay() throws IOException {
    String viewer = token(Role.VIEWER);
    try (BrowserContext context = browser.newContext()) {
      Page page = open(context);
      logIn(page, viewer);
      assertThat(page.locator("#evidence-documents")).containsText("No document is attached.");
      assertThat(page.locator("#evidence form")).hasCount(0);
      assertThat(page.locator("#evidence-audit")).hasCount(0);
    }
  }
}
