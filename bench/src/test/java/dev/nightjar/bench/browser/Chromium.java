package dev.nightjar.bench.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** The machine's own Chromium; downloads no browser. Skips a test where there is none. */
final class Chromium implements AutoCloseable {

    private static final Path PROGRAM =
            Path.of(System.getProperty("nightjar.chromium", "/usr/bin/chromium"));

    /** Generous, as the machine may be busy. */
    private static final double TIMEOUT_MILLIS = 90_000;

    private final Playwright playwright;
    private final Browser browser;

    /** What a page said was wrong: errors of scripts and refusals by the policy. */
    private final List<String> troubles = new ArrayList<>();

    Chromium() {
        Assumptions.assumeTrue(Files.exists(PROGRAM), "skipped: needs " + PROGRAM);
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(PROGRAM)
                                        .setArgs(List.of("--no-sandbox", "--disable-gpu")));
    }

    /** A window of its own, without anything from earlier ones. */
    Page open(Look look) {
        BrowserContext context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setViewportSize(look.width(), look.height())
                                .setColorScheme(look.theme())
                                .setReducedMotion(ReducedMotion.REDUCE)
                                .setPermissions(List.of("clipboard-read", "clipboard-write")));
        context.setDefaultTimeout(TIMEOUT_MILLIS);
        Page page = context.newPage();
        page.onConsoleMessage(
                message -> {
                    if (message.type().equals("error") && !isOfNetwork(message.text())) {
                        troubles.add(message.text());
                    }
                });
        page.onPageError(troubles::add);
        return page;
    }

    /** Browsers log every refused request as an error of the page. */
    private static boolean isOfNetwork(String message) {
        return message.startsWith("Failed to load resource");
    }

    /** What was wrong so far. */
    List<String> troubles() {
        return List.copyOf(troubles);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    /**
     * How a page is looked at.
     *
     * @param name for files
     */
    record Look(String name, ColorScheme theme, int width, int height) {

        /** A desk, in the light. */
        static final Look DESK = new Look("desk-light", ColorScheme.LIGHT, 1360, 900);

        /** All that screens are made for. */
        static List<Look> all() {
            return List.of(
                    DESK,
                    new Look("desk-dark", ColorScheme.DARK, 1360, 900),
                    new Look("phone-light", ColorScheme.LIGHT, 360, 740),
                    new Look("phone-dark", ColorScheme.DARK, 360, 740));
        }
    }
}
