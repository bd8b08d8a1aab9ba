package dev.nightjar.server.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page itself: well formed, named, and usable without seeing it. */
final class PageTest {

    private static final Set<String> WITHOUT_END = Set.of("meta", "link", "img", "input", "br");

    private static final Pattern TAG =
            Pattern.compile("<(/?)([a-z][a-z0-9]*)((?:\\s+[a-z-]+(?:=\"[^\"]*\")?)*)\\s*/?>");

    private static final Pattern ATTRIBUTE = Pattern.compile("([a-z-]+)(?:=\"([^\"]*)\")?");

    private record Element(String name, Map<String, String> attributes, String text) {}

    private static List<Element> elements() {
        String page = Sources.text("index.html");
        assertTrue(page.startsWith("<!doctype html>\n"));
        List<Element> elements = new ArrayList<>();
        Deque<String> open = new ArrayDeque<>();
        Matcher tag = TAG.matcher(page);
        while (tag.find()) {
            if (!tag.group(1).isEmpty()) {
                assertEquals(tag.group(2), open.pop(), "ends what was begun last");
                continue;
            }
            Map<String, String> attributes = new TreeMap<>();
            Matcher attribute = ATTRIBUTE.matcher(tag.group(3));
            while (attribute.find()) {
                attributes.put(attribute.group(1), attribute.group(2));
            }
            String text = page.substring(tag.end(), page.indexOf('<', tag.end())).strip();
            elements.add(new Element(tag.group(2), attributes, text));
            if (!WITHOUT_END.contains(tag.group(2))) {
                open.push(tag.group(2));
            }
        }
        assertTrue(open.isEmpty(), () -> "never ended: " + open);
        return elements;
    }

    private static Element only(String name) {
        List<Element> found = elements().stream().filter(e -> e.name().equals(name)).toList();
        assertEquals(1, found.size(), name);
        return found.getFirst();
    }

    @Test
    void hasLanguageTitleAndLandmarks() {
        assertEquals("en", only("html").attributes().get("lang"));
        assertEquals("Nightjar console", only("title").text());
        assertEquals("main", only("main").attributes().get("id"));
        assertTrue(!only("nav").attributes().get("aria-label").isEmpty());
    }

    @Test
    void theFirstThingSkipsTheNavigation() {
        List<Element> elements = elements();
        int body = elements.indexOf(only("body"));
        Element first = elements.get(body + 1);
        assertEquals("a", first.name());
        assertEquals("#main", first.attributes().get("href"));
    }

    @Test
    void idsAreUniqueAndReferencesHold() {
        Set<String> ids = new HashSet<>();
        for (Element element : elements()) {
            String id = element.attributes().get("id");
            assertTrue(id == null || ids.add(id), id);
        }
        for (Element element : elements()) {
            String controlled = element.attributes().get("aria-controls");
            assertTrue(controlled == null || ids.contains(controlled), controlled);
        }
    }

    @Test
    void everythingHasAName() {
        for (Element element : elements()) {
            switch (element.name()) {
                case "img" -> assertTrue(element.attributes().containsKey("alt"));
                case "button" -> assertTrue(!element.text().isEmpty());
                case "input", "select", "textarea" ->
                        assertTrue(element.attributes().containsKey("aria-label"));
                default -> {}
            }
        }
    }

    /** The policy would refuse them, and the page would stand still. */
    @Test
    void holdsNoCodeAndNoStyle() {
        for (Element element : elements()) {
            assertTrue(!element.name().equals("style"), "style");
            assertTrue(!element.attributes().containsKey("style"), "style attribute");
            element.attributes().keySet().forEach(name -> assertTrue(!name.startsWith("on"), name));
            if (element.name().equals("script")) {
                assertTrue(element.attributes().containsKey("src"));
                assertEquals("", element.text());
            }
        }
    }

    /** Messages and the progress of answers are said without taking the focus. */
    @Test
    void saysWhatHappensPolitely() {
        List<String> live =
                elements().stream()
                        .filter(e -> "polite".equals(e.attributes().get("aria-live")))
                        .map(e -> e.attributes().get("id"))
                        .toList();
        assertEquals(List.of("toasts", "announcer"), live);
    }
}
