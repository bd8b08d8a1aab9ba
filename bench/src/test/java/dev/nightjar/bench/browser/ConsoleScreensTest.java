package dev.nightjar.bench.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import dev.nightjar.bench.DemoServer;
import dev.nightjar.bench.Project;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every page, light and dark, on a desk and on a phone: nothing fails, nothing is wider than the
 * screen, and everything that can be pressed or typed into has a name. Leaves pictures to look at.
 */
@Tag("full")
class ConsoleScreensTest {

    /** Controls without a name for those who cannot see them. */
    private static final String NAMELESS =
            """
            () => [...document.querySelectorAll('input, select, textarea, button, a[href]')]
              .filter(e => e.checkVisibility())
              .filter(e => !(e.getAttribute('aria-label') || e.labels?.length > 0 || e.textContent.trim()
                || e.getAttribute('aria-labelledby')))
              .map(e => e.outerHTML.slice(0, 120))
            """;

    private static final String TOO_WIDE =
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth";

    /** More than one thing with the same id breaks labels. */
    private static final String TWICE =
            """
            () => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
              return ids.filter((id, i) => ids.indexOf(id) !== i); }
            """;

    @Test
    void everyPageInEveryLook() throws Exception {
        Path pictures = Project.workFolder("console");
        List<String> wrong = new ArrayList<>();
        try (DemoServer server = DemoServer.start();
                Chromium chromium = new Chromium()) {
            for (Chromium.Look look : Chromium.Look.all()) {
                Page page = chromium.open(look);
                FakeAdmin.install(page);
                for (ConsolePages.Shot shot : ConsolePages.all()) {
                    show(page, server.url() + "/console/", shot);
                    String place = shot.name() + "-" + look.name();
                    page.screenshot(
                            new Page.ScreenshotOptions()
                                    .setPath(pictures.resolve(place + ".png"))
                                    .setFullPage(true));
                    check(page, place, wrong);
                }
                page.context().close();
            }
            wrong.addAll(chromium.troubles());
        }
        System.out.println("pictures: " + pictures);
        assertEquals(List.of(), wrong);
    }

    private static void show(Page page, String console, ConsolePages.Shot shot) {
        page.navigate("about:blank");
        page.navigate(console + shot.fragment());
        page.waitForFunction(
                "title => document.querySelector('h1')?.textContent === title"
                        + " && document.title.startsWith(title)",
                shot.title());
        page.waitForFunction("() => !document.querySelector('.loading')");
        shot.act().accept(page);
    }

    private static void check(Page page, String place, List<String> wrong) {
        if (!page.evaluate(TOO_WIDE).toString().equals("0")) {
            wrong.add(place + ": wider than the screen by " + page.evaluate(TOO_WIDE));
        }
        List.of(NAMELESS, TWICE)
                .forEach(
                        script ->
                                ((List<?>) page.evaluate(script))
                                        .forEach(found -> wrong.add(place + ": " + found)));
        page.locator("[role=alert]")
                .allInnerTexts()
                .forEach(text -> wrong.add(place + " shows a failure: " + text));
    }
}
