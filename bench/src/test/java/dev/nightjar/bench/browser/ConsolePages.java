package dev.nightjar.bench.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.function.Consumer;

/** Every page of the console, and what brings it to a state worth looking at. */
final class ConsolePages {

    /** How long the metrics are watched. */
    private static final double SAMPLES_MILLIS = 9_000;

    /**
     * A page.
     *
     * @param name for files
     * @param fragment of its address
     * @param title of its head
     * @param act what is done there
     */
    record Shot(String name, String fragment, String title, Consumer<Page> act) {}

    private ConsolePages() {}

    static List<Shot> all() {
        String model = "nightjar-demo";
        return List.of(
                new Shot("chat-empty", "#/playground/chat", "Playground", page -> {}),
                new Shot("chat", "#/playground/chat", "Playground", ConsolePages::talk),
                new Shot(
                        "completion",
                        "#/playground/completion",
                        "Playground",
                        page -> pressAndWait(page, "Continue the text", "cut at the token limit")),
                new Shot(
                        "embeddings",
                        "#/playground/embeddings",
                        "Playground",
                        page -> pressAndWait(page, "Make vectors", "Closest:")),
                new Shot(
                        "rerank",
                        "#/playground/rerank",
                        "Playground",
                        page -> pressAndWait(page, "Rank the texts", "The best first")),
                new Shot(
                        "classify",
                        "#/playground/classify",
                        "Playground",
                        page -> pressAndWait(page, "Classify", "labels,")),
                new Shot("models", "#/models", "Models", page -> {}),
                new Shot("model", "#/models/" + model, model, page -> {}),
                new Shot("model-settings", "#/models/" + model + "/settings", model, page -> {}),
                new Shot(
                        "add-token",
                        "#/models/" + model + "/settings",
                        model,
                        page -> button(page, "+ Add new token").click()),
                new Shot("model-code", "#/models/" + model + "/code", model, page -> {}),
                new Shot("tokens", "#/tokens", "Access tokens", page -> {}),
                new Shot("code", "#/code/" + model, "Code", page -> {}),
                new Shot(
                        "metrics",
                        "#/metrics",
                        "Metrics",
                        page -> page.waitForTimeout(SAMPLES_MILLIS)),
                new Shot("usage", "#/usage", "Usage", page -> {}),
                new Shot("settings", "#/settings", "Settings", page -> {}));
    }

    static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void talk(Page page) {
        Locator message =
                page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Message"));
        message.fill("Tell me a story about a fox.");
        message.press("Enter");
        page.locator(".turn-foot code").first().waitFor();
    }

    private static void pressAndWait(Page page, String name, String text) {
        button(page, name).click();
        page.getByText(text).first().waitFor();
    }
}
