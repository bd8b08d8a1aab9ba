package dev.nightjar.server.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the console's files may not do, and that they hold together. */
final class ConsoleSourcesTest {

    /** The name of SVG's elements, which nobody fetches. */
    private static final String SVG = "http://www.w3.org/2000/svg";

    /** B36: an address of another host, in any kind of file. */
    private static final Pattern ELSEWHERE =
            Pattern.compile("(?:[a-z]{2,6}:)?//[A-Za-z0-9]|@import");

    /** Behind a prefix an address that begins with a slash leads out of the server. */
    private static final Pattern ABSOLUTE =
            Pattern.compile("(?:href|src|from|import)\\s*[=(]?\\s*[\"']/|new URL\\([\"'`]/");

    private static final Pattern REFERENCE =
            Pattern.compile("(?:href|src)=\"([^\"#:]+)\"|(?:from|import) \"([^\"]+)\"");

    private static final int MOST_LINES = 200;
    private static final int MOST_LINES_OF_STYLE = 330;

    @Test
    void nothingComesFromElsewhere() {
        List<String> wrong = new ArrayList<>();
        for (String name : Sources.names()) {
            String text = Sources.text(name).replace(SVG, "");
            String code = name.endsWith(".js") ? withoutComments(text) : text;
            add(wrong, name, ELSEWHERE.matcher(code));
            add(wrong, name, ABSOLUTE.matcher(code));
        }
        assertEquals(List.of(), wrong);
    }

    private static String withoutComments(String code) {
        return code.replaceAll("(?m)(^|\\s)// .*$", "");
    }

    private static void add(List<String> wrong, String name, Matcher matcher) {
        while (matcher.find()) {
            wrong.add(name + ": " + matcher.group());
        }
    }

    /** Model text must not become markup, and the policy allows no inline code or style. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "createContextualFragment",
                "DOMParser",
                "srcdoc",
                "eval(",
                "new Function",
                "\"javascript:",
                "setAttribute(\"style\"",
                "cssText"
            })
    void scriptsLeaveAlone(String word) {
        Sources.texts("js").forEach((name, text) -> assertTrue(!text.contains(word), name));
    }

    @Test
    void tokensStayOutOfAddressesAndDisks() {
        Map<String, String> scripts = Sources.texts("js");
        List<String> keepers =
                scripts.entrySet().stream()
                        .filter(script -> script.getValue().contains("localStorage"))
                        .map(Map.Entry::getKey)
                        .toList();
        assertEquals(List.of("js/core/theme.js", "js/early.js"), keepers, "only the theme is kept");
        scripts.forEach(
                (name, text) ->
                        assertTrue(
                                !Pattern.compile("[?&](token|key|api_key)=").matcher(text).find(),
                                name));
    }

    /** Every file that one names exists, and every file is named by one. */
    @Test
    void allFilesAreReachedFromTheStart() {
        Set<String> reached = new TreeSet<>(List.of("index.html"));
        Deque<String> open = new ArrayDeque<>(reached);
        List<String> missing = new ArrayList<>();
        while (!open.isEmpty()) {
            String name = open.remove();
            for (String target : references(name)) {
                if (!Sources.names().contains(target)) {
                    missing.add(name + " names " + target);
                } else if (reached.add(target)) {
                    open.add(target);
                }
            }
        }
        assertEquals(List.of(), missing);
        assertEquals(Sources.names(), List.copyOf(reached));
    }

    private static List<String> references(String name) {
        List<String> targets = new ArrayList<>();
        Matcher matcher = REFERENCE.matcher(Sources.text(name));
        while (matcher.find()) {
            String target = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            Path path = Path.of(name).resolveSibling(target).normalize();
            if (!path.startsWith("..")) { // the API's description
                targets.add(path.toString().replace('\\', '/'));
            }
        }
        return targets;
    }

    @Test
    void filesAreShort() {
        Sources.texts("js").forEach((name, text) -> assertTrue(lines(text) <= MOST_LINES, name));
        Sources.texts("css")
                .forEach((name, text) -> assertTrue(lines(text) <= MOST_LINES_OF_STYLE, name));
    }

    private static long lines(String text) {
        return text.lines().count();
    }

    /** A module that imports a name which the other does not export would not even start. */
    @Test
    void importsAreExported() {
        Pattern imports = Pattern.compile("import \\{ ([^}]+) } from \"([^\"]+)\"");
        List<String> wrong = new ArrayList<>();
        Sources.texts("js")
                .forEach(
                        (name, text) -> {
                            Matcher matcher = imports.matcher(text);
                            while (matcher.find()) {
                                Path other = Path.of(name).resolveSibling(matcher.group(2));
                                String exporter = Sources.text(other.normalize().toString());
                                for (String symbol : matcher.group(1).split(",\\s*")) {
                                    if (!isExported(exporter, symbol)) {
                                        wrong.add(name + " imports " + symbol);
                                    }
                                    if (!isUsed(text, symbol)) {
                                        wrong.add(name + " does not use " + symbol);
                                    }
                                }
                            }
                        });
        assertEquals(List.of(), wrong);
    }

    private static boolean isExported(String text, String symbol) {
        String declared = "export (async )?(function\\*?|const|class) " + symbol + "\\b";
        return Pattern.compile(declared.replace("function\\*?", "function\\*?"))
                        .matcher(text)
                        .find()
                || Pattern.compile("export async function\\* " + symbol + "\\b")
                        .matcher(text)
                        .find();
    }

    private static boolean isUsed(String text, String symbol) {
        String rest = text.replaceAll("(?m)^import .*$", "");
        return Pattern.compile("\\b" + symbol + "\\b").matcher(rest).find();
    }
}
