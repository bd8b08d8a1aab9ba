package dev.nightjar.server.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The colours of the console can be read, in both themes: WCAG 2.2, level AA. */
final class PaletteTest {

    private static final Pattern COLOUR =
            Pattern.compile("--([a-z0-9-]+): light-dark\\(#([0-9a-f]{6}), #([0-9a-f]{6})\\)");

    private static final double TEXT = 4.5;
    private static final double PARTS = 3;

    private static final List<String> GROUNDS = List.of("paper", "card", "sunken");
    private static final List<String> STATES = List.of("good", "warn", "bad", "calm");

    private record Pair(String front, String ground, double least) {}

    private static Map<String, List<String>> palette() {
        Map<String, List<String>> palette = new TreeMap<>();
        Matcher matcher = COLOUR.matcher(Sources.text("css/theme.css"));
        while (matcher.find()) {
            palette.put(matcher.group(1), List.of(matcher.group(2), matcher.group(3)));
        }
        return palette;
    }

    /** Everything that stands on something. */
    private static List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (String ground : GROUNDS) {
            List.of("ink", "soft", "accent", "accent-strong")
                    .forEach(front -> pairs.add(new Pair(front, ground, TEXT)));
        }
        for (String ground : List.of("paper", "card")) {
            pairs.add(new Pair("edge", ground, PARTS));
        }
        List.of("ink", "soft").forEach(front -> pairs.add(new Pair(front, "hover", TEXT)));
        pairs.add(new Pair("on-accent", "accent", TEXT));
        pairs.add(new Pair("on-accent", "accent-strong", TEXT));
        pairs.add(new Pair("accent-strong", "accent-ground", TEXT));
        pairs.add(new Pair("ink", "accent-ground", TEXT));
        for (String state : STATES) {
            pairs.add(new Pair(state, state + "-ground", TEXT));
            pairs.add(new Pair("ink", state + "-ground", TEXT));
            pairs.add(new Pair("soft", state + "-ground", TEXT));
            pairs.add(new Pair(state, "card", TEXT));
        }
        for (int i = 0; i < 6; i++) {
            pairs.add(new Pair("d" + i, "card", PARTS));
        }
        return pairs;
    }

    @Test
    void everyPairHasContrast() {
        Map<String, List<String>> palette = palette();
        List<String> weak = new ArrayList<>();
        for (Pair pair : pairs()) {
            for (int theme = 0; theme < 2; theme++) {
                double contrast =
                        contrast(
                                palette.get(pair.front()).get(theme),
                                palette.get(pair.ground()).get(theme));
                if (contrast < pair.least()) {
                    weak.add(
                            "%s on %s, %s: %.2f"
                                    .formatted(
                                            pair.front(),
                                            pair.ground(),
                                            theme == 0 ? "light" : "dark",
                                            contrast));
                }
            }
        }
        assertEquals(List.of(), weak);
    }

    /** The measure itself: black on white is 21, and a colour on itself 1. */
    @Test
    void contrastIsMeasuredAsDefined() {
        assertEquals(21, contrast("000000", "ffffff"), 1e-9);
        assertEquals(1, contrast("2a6bd0", "2a6bd0"), 1e-9);
        assertEquals(4.54, contrast("767676", "ffffff"), 0.01);
    }

    /** Styles name the palette's colours, so that both themes have them. */
    @Test
    void stylesUseNoOtherColours() {
        List<String> known = new ArrayList<>();
        Matcher declared =
                Pattern.compile("(?m)^ *--([a-z0-9-]+):")
                        .matcher(String.join("\n", Sources.texts("css").values()));
        while (declared.find()) {
            known.add(declared.group(1));
        }
        known.addAll(List.of("share", "tone", "heat", "rows")); // set by scripts
        Sources.texts("css")
                .forEach(
                        (name, text) -> {
                            Matcher used = Pattern.compile("var\\(--([a-z0-9-]+)").matcher(text);
                            while (used.find()) {
                                assertTrue(known.contains(used.group(1)), name + used.group());
                            }
                        });
    }

    private static double contrast(String one, String other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(String hex) {
        return 0.2126 * channel(hex, 0) + 0.7152 * channel(hex, 2) + 0.0722 * channel(hex, 4);
    }

    private static double channel(String hex, int at) {
        double value = Integer.parseInt(hex, at, at + 2, 16) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
