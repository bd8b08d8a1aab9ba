package dev.nightjar.bench.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.nightjar.bench.DemoServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a model says is text: drawn as Markdown, never run, and nothing is loaded because of it. */
@Tag("full")
class ConsoleMarkdownTest {

    /** As it stands inside a JSON string. */
    private static final String ANSWER =
            """
            # A title\\n\\nSome **bold** and `code`, 2*3*4.\\n\\n- one\\n  - two\\n\\n\
            <img src=x onerror=alert(1)><script>alert(2)</script>\\n\\n\
            [bad](javascript:alert(3)) [good](https://example.org/a) ![seen](https://example.org/b.png)\
            \\n\\n| a | b |\\n|---|---|\\n| 1 | 2 |\\n\\n```html\\n<b onclick=alert(4)>x</b>\\n```\
            """;

    private static final String EVENTS =
            """
            data: {"choices":[{"index":0,"delta":{"content":"%s"}}]}

            data: {"choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop"}]}

            data: [DONE]

            """
                    .formatted(ANSWER);

    @Test
    void answersAreDrawnAndNeverRun() {
        List<String> happened = new ArrayList<>();
        try (DemoServer server = DemoServer.start();
                Chromium chromium = new Chromium()) {
            Page page = chromium.open(Chromium.Look.DESK);
            page.onDialog(
                    dialog -> {
                        happened.add("a dialog: " + dialog.message());
                        dialog.dismiss();
                    });
            page.onRequest(
                    request -> {
                        if (!request.url().startsWith(server.url())) {
                            happened.add("asked " + request.url());
                        }
                    });
            page.route(
                    "**/v1/chat/completions",
                    route ->
                            route.fulfill(
                                    new Route.FulfillOptions()
                                            .setContentType("text/event-stream")
                                            .setBody(EVENTS)));
            page.navigate(server.url() + "/console/#/playground/chat");
            page.getByLabel("Message").fill("Anything");
            page.keyboard().press("Enter");
            page.locator(".turn-foot code").first().waitFor();
            Locator prose = page.locator(".prose");
            assertDrawn(prose);
            assertEquals(0, prose.locator("img, script, iframe, [onclick], [onerror]").count());
            assertTrue(prose.innerText().contains("<img src=x onerror=alert(1)>"));
            assertEquals(
                    List.of("https://example.org/a", "https://example.org/b.png"),
                    prose.locator("a").all().stream().map(a -> a.getAttribute("href")).toList());
            assertEquals(List.of(), happened);
            assertEquals(List.of(), chromium.troubles());
        }
    }

    private static void assertDrawn(Locator prose) {
        assertEquals("A title", prose.locator("h3").innerText());
        assertEquals("bold", prose.locator("strong").innerText());
        assertEquals(2, prose.locator("li").count());
        assertEquals(2, prose.locator("td").count());
        assertTrue(prose.innerText().contains("2*3*4"), prose.innerText());
        assertTrue(prose.locator("pre").innerText().contains("<b onclick=alert(4)>"));
    }
}
