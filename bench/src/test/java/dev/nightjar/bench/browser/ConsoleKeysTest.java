package dev.nightjar.bench.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import dev.nightjar.bench.DemoServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The console by keyboard alone. */
@Tag("full")
class ConsoleKeysTest {

    private static final int MOST_STEPS = 60;

    /** Where the focus is, and whether one can see it. */
    private static final String FOCUSED =
            """
            () => { const e = document.activeElement; const r = e.getBoundingClientRect();
              const name = e.getAttribute('aria-label') || e.labels?.[0]?.textContent || e.textContent.trim();
              const style = getComputedStyle(e); const label = e.closest('.choices label');
              const ring = style.outlineStyle !== 'none' || (label && getComputedStyle(label).outlineStyle !== 'none');
              return [name.slice(0, 40), String(ring), String(Math.round(r.top + scrollY)), e.id]; }
            """;

    @Test
    void everythingIsReachedInTheOrderOfThePage() {
        try (DemoServer server = DemoServer.start();
                Chromium chromium = new Chromium()) {
            Page page = chromium.open(Chromium.Look.DESK);
            page.navigate(server.url() + "/console/#/playground/rerank");
            ConsolePages.button(page, "Rank the texts").waitFor();
            List<List<?>> steps = walk(page);
            List<String> names = steps.stream().map(step -> (String) step.get(0)).toList();
            assertEquals("Skip to content", names.getFirst());
            assertTrue(names.contains("Models"), names::toString);
            assertTrue(names.indexOf("Query") < names.indexOf("Text 1"), names::toString);
            assertTrue(names.indexOf("Text 4") < names.indexOf("Rank the texts"), names::toString);
            List<String> unseen =
                    steps.stream()
                            .filter(step -> !step.get(1).equals("true"))
                            .map(step -> (String) step.get(0))
                            .toList();
            assertEquals(List.of(), unseen, "the focus is always seen");
            assertEquals(List.of(), chromium.troubles());
        }
    }

    private static List<List<?>> walk(Page page) {
        page.evaluate("() => document.activeElement?.blur()");
        List<List<?>> steps = new ArrayList<>();
        for (int i = 0; i < MOST_STEPS; i++) {
            page.keyboard().press("Tab");
            List<?> step = (List<?>) page.evaluate(FOCUSED);
            if (page.evaluate("() => document.activeElement === document.body").equals(true)) {
                break;
            }
            steps.add(step);
        }
        return steps;
    }

    /** The skip link leads past the navigation; a dialog keeps the focus and gives it back. */
    @Test
    void skipsAndComesBack() {
        try (DemoServer server = DemoServer.start();
                Chromium chromium = new Chromium()) {
            Page page = chromium.open(Chromium.Look.DESK);
            FakeAdmin.install(page);
            page.navigate(server.url() + "/console/#/tokens");
            ConsolePages.button(page, "+ Add new token").waitFor();
            page.locator("#skip").focus();
            page.keyboard().press("Enter");
            assertEquals("main", page.evaluate("() => document.activeElement.id"));
            assertTrue(page.url().endsWith("#/tokens"), page.url());
            ConsolePages.button(page, "+ Add new token").focus();
            page.keyboard().press("Enter");
            page.locator("dialog[open]").waitFor();
            for (int i = 0; i < MOST_STEPS / 2; i++) {
                page.keyboard().press("Tab");
                assertEquals(
                        true,
                        page.evaluate(
                                "() => document.activeElement === document.body ||"
                                        + " document.activeElement.closest('dialog') !== null"));
            }
            page.keyboard().press("Escape");
            assertEquals(
                    "+ Add new token", page.evaluate("() => document.activeElement.textContent"));
        }
    }

    @Test
    void escapeStopsAnAnswer() {
        try (DemoServer server = DemoServer.start();
                Chromium chromium = new Chromium()) {
            Page page = chromium.open(Chromium.Look.DESK);
            page.navigate(server.url() + "/console/#/playground/chat");
            page.getByLabel("Message").fill("Tell me a story about a fox.");
            page.route(
                    "**/v1/chat/completions",
                    route -> {}); // never answered: the wait has no end but this one
            page.keyboard().press("Enter");
            ConsolePages.button(page, "Stop").waitFor();
            page.getByLabel("Message").focus();
            page.keyboard().press("Escape");
            page.getByText("stopped by you").waitFor();
            ConsolePages.button(page, "Send").waitFor();
        }
    }
}
