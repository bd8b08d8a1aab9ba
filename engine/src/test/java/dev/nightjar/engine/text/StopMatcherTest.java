package dev.nightjar.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class StopMatcherTest {

    @Test
    void holdsBackWhatMayBecomeAStopString() {
        StopMatcher matcher = new StopMatcher(List.of("###"));
        assertEquals("a", matcher.accept("a#"));
        assertEquals("", matcher.accept("#"));
        assertEquals("##b", matcher.accept("b"));
        assertEquals("c", matcher.accept("c###d"));
        assertEquals(Optional.of("###"), matcher.matched());
        assertEquals("", matcher.accept("e"));
        assertEquals("", matcher.flush());
    }

    @Test
    void releasesTheRestAtTheEnd() {
        StopMatcher matcher = new StopMatcher(List.of("stop"));
        assertEquals("x", matcher.accept("xsto"));
        assertEquals("sto", matcher.flush());
        assertTrue(matcher.matched().isEmpty());
    }

    @Test
    void earliestStopStringWinsAndTheLongestAtOnePlace() {
        StopMatcher matcher = new StopMatcher(List.of("end", "b", "bc"));
        assertEquals("a", matcher.accept("abcend"));
        assertEquals(Optional.of("bc"), matcher.matched());
    }

    @Property
    void piecesGiveTheSameTextAsTheWhole(
            @ForAll("texts") String text, @ForAll("stops") List<String> stops, @ForAll int seed) {
        StopMatcher whole = new StopMatcher(stops);
        String expected = whole.accept(text) + whole.flush();

        StopMatcher matcher = new StopMatcher(stops);
        StringBuilder released = new StringBuilder();
        java.util.Random random = new java.util.Random(seed);
        for (int at = 0; at < text.length(); ) {
            int next = Math.min(text.length(), at + 1 + random.nextInt(4));
            released.append(matcher.accept(text.substring(at, next)));
            at = next;
        }
        released.append(matcher.flush());

        assertEquals(cut(text, stops), released.toString());
        assertEquals(cut(text, stops), expected);
    }

    /** The specification: the text before the earliest occurrence of any stop string. */
    private static String cut(String text, List<String> stops) {
        int end = text.length();
        for (String stop : stops) {
            int at = text.indexOf(stop);
            end = at >= 0 ? Math.min(end, at) : end;
        }
        return text.substring(0, end);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars('a', 'b', 'c').ofMaxLength(40);
    }

    @Provide
    Arbitrary<List<String>> stops() {
        return Arbitraries.strings()
                .withChars('a', 'b', 'c')
                .ofMinLength(2)
                .ofMaxLength(5)
                .list()
                .ofMaxSize(3);
    }
}
