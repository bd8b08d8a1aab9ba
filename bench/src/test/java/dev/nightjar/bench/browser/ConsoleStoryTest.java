package dev.nightjar.bench.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.nightjar.bench.Project;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * O2 to O6 as the gateway's guide walks through them: model, settings, access tokens, a new token
 * that is shown once, the code with it, a call, its end; and what it used.
 */
@Tag("full")
class ConsoleStoryTest {

    private static final String PYTHON = "/usr/bin/python3";
    private static final String MODEL = "nightjar-demo";
    private static final Pattern TOKEN = Pattern.compile("nj_[A-Za-z0-9_-]{40,}");
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void fromATokenToItsEnd() throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of(PYTHON)), "skipped: needs " + PYTHON);
        Path folder = Project.workFolder("story");
        Path config = Files.writeString(folder.resolve("nightjar.yaml"), configuration(folder));
        String admin = token(NightjarProcess.run(create(config)));
        try (NightjarProcess server = NightjarProcess.serve(config);
                Chromium chromium = new Chromium()) {
            Page page = chromium.open(Chromium.Look.DESK);
            signIn(page, server, admin);
            String secret = addToken(page);
            assertNotShownAgain(page, secret);
            Path program = Files.writeString(folder.resolve("call.py"), copiedCode(page, secret));
            Call answered = call(program);
            assertEquals(0, answered.status(), answered.output());
            assertTrue(answered.output().contains("\"choices\""), answered.output());
            revoke(page, server, secret);
            Call refused = call(program);
            assertTrue(refused.output().contains("401"), refused.output());
            assertEquals(List.of(), chromium.troubles());
        }
    }

    /** What its calls used stands under its name, beside what the others used. */
    @Test
    void whatATokenUsedIsShown() throws Exception {
        Path folder = Project.workFolder("story");
        Path config = Files.writeString(folder.resolve("nightjar.yaml"), configuration(folder));
        String admin = token(NightjarProcess.run(create(config)));
        try (NightjarProcess server = NightjarProcess.serve(config);
                Chromium chromium = new Chromium()) {
            Page page = chromium.open(Chromium.Look.DESK);
            signIn(page, server, admin);
            String secret = addToken(page);
            assertEquals(200, complete(server, secret));
            assertUsageIsShown(page);
            assertEquals(List.of(), chromium.troubles());
        }
    }

    private int complete(NightjarProcess server, String secret) throws Exception {
        String body = "{\"model\":\"%s\",\"prompt\":\"Once\",\"max_tokens\":5}".formatted(MODEL);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server.url() + "/v1/completions"))
                        .header("Authorization", "Bearer " + secret)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static String configuration(Path folder) {
        return "store:\n  path: %s\n".formatted(folder.resolve("data"));
    }

    private static List<String> create(Path config) {
        return List.of(
                "token", "create", "--admin", "--name", "operator", "--config", config.toString());
    }

    private static String token(String text) {
        Matcher found = TOKEN.matcher(text);
        assertTrue(found.find(), "no token in: " + text);
        return found.group();
    }

    /** A wrong token is refused with a reason; then the right one opens all pages. */
    private static void signIn(Page page, NightjarProcess server, String admin) {
        page.navigate(server.url() + "/console/");
        Locator field = page.getByLabel("Access token");
        field.fill("nj_nothing");
        ConsolePages.button(page, "Sign in").click();
        page.locator("[role=alert]").first().waitFor();
        field.fill(admin);
        ConsolePages.button(page, "Sign in").click();
        page.getByText("Say something to the model").waitFor();
        assertTrue(!page.url().contains(admin), "the token is in no address");
    }

    private static String addToken(Page page) {
        page.locator("#nav").getByText("Models").click();
        page.locator("a").getByText(MODEL, new Locator.GetByTextOptions().setExact(true)).click();
        page.locator(".tabs a").getByText("Settings").click();
        ConsolePages.button(page, "+ Add new token").click();
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("new-token");
        page.getByLabel("Expires after").selectOption("604800");
        ConsolePages.button(page, "Generate token").click();
        String secret = token(page.locator("[data-token]").innerText());
        page.keyboard().press("Escape");
        assertTrue(page.locator("dialog[open]").isVisible(), "not left before it is copied");
        ConsolePages.button(page, "I have saved it").click();
        page.locator("table").getByText("new-token").waitFor();
        return secret;
    }

    private static void assertNotShownAgain(Page page, String secret) {
        assertTrue(!page.content().contains(secret), "the list has its beginning alone");
        page.locator("table").getByText(secret.substring(0, 6)).first().waitFor();
    }

    private static String copiedCode(Page page, String secret) {
        page.getByLabel("Deployment type").selectOption("Text generation and chat");
        page.locator(".code").waitFor();
        assertTrue(!page.locator(".code").innerText().contains(secret), "the screen masks it");
        page.locator(".code").getByText("Copy").click();
        page.getByText("Code copied").waitFor();
        String code = (String) page.evaluate("() => navigator.clipboard.readText()");
        assertTrue(code.contains(secret), code);
        return code;
    }

    private record Call(int status, String output) {}

    private static Call call(Path program) throws Exception {
        Process process =
                new ProcessBuilder(PYTHON, program.toString()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        return new Call(process.waitFor(), output);
    }

    private static void assertUsageIsShown(Page page) {
        page.locator("#nav").getByText("Usage").click();
        for (int i = 0; i < 20; i++) {
            page.getByText("By token").click();
            if (page.locator("table").getByText("new-token").count() > 0) {
                return;
            }
            page.waitForTimeout(500);
            page.reload();
            page.getByText("By token").waitFor();
        }
        throw new AssertionError("no usage of the token is shown");
    }

    private void revoke(Page page, NightjarProcess server, String secret) throws Exception {
        page.locator("#nav").getByText("Access tokens").click();
        assertEquals(200, status(server, secret));
        ConsolePages.button(page, "Revoke new-token").click();
        ConsolePages.button(page, "Revoke token").click();
        long start = System.nanoTime();
        while (status(server, secret) != 401) {
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            assertTrue(taken.compareTo(AT_ONCE) < 0, "still known after " + taken);
            Thread.sleep(10);
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        System.out.println("401 after " + taken.toMillis() + " ms");
        page.locator("table").getByText("revoked").first().waitFor();
    }

    private int status(NightjarProcess server, String secret) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server.url() + "/v1/models"))
                        .header("Authorization", "Bearer " + secret)
                        .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
