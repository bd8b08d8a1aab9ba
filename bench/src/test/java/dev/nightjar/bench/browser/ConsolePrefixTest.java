package dev.nightjar.bench.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import dev.nightjar.bench.DemoServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** O36, B36: the console below a proxy's prefix, asking nothing of anybody else. */
@Tag("full")
class ConsolePrefixTest {

    @Test
    void worksBelowAPrefix() throws Exception {
        List<String> asked = new ArrayList<>();
        try (DemoServer server = DemoServer.start();
                PrefixProxy proxy = new PrefixProxy(server.url());
                Chromium chromium = new Chromium()) {
            Page page = chromium.open(Chromium.Look.DESK);
            page.onRequest(request -> asked.add(request.url()));
            page.navigate(proxy.url() + "/console"); // without the slash that follows
            page.getByLabel("Message").fill("Tell me a story about a fox.");
            page.keyboard().press("Enter");
            page.locator(".turn-foot code").first().waitFor();
            assertEquals(proxy.url() + "/console/#/playground", page.url());
            page.navigate(proxy.url() + "/console/#/code/nightjar-demo");
            String address = proxy.url() + "/models/nightjar-demo/proxy/v1/chat/completions";
            page.getByText(address).first().waitFor();
            assertEquals(List.of(), chromium.troubles());
        }
        List<String> elsewhere =
                asked.stream().filter(url -> !url.contains("/llm/one/console")).toList();
        assertTrue(!elsewhere.isEmpty(), "the API was asked");
        elsewhere.forEach(url -> assertTrue(url.contains("127.0.0.1"), url));
        elsewhere.forEach(url -> assertTrue(url.contains("/llm/one/"), url));
    }
}
