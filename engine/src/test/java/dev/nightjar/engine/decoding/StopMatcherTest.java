package dev.nightjar.engine.decoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
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
    void stopStringThatIsCompleteFirstWins() {
        StopMatcher matcher = new StopMatcher(List.of("abcd", "end", "bc", "c"));
        assertEquals("a", matcher.accept("abcdend"));
        assertEquals(Optional.of("bc"), matcher.matched());
    }

    @Property
    void piecesGiveTheSameTextAsTheWhole(
            @ForAll("texts") String text, @ForAll("stops") List<String> stops, @ForAll int seed) {
        StopMatcher whole = new StopMatcher(stops);
        String expected = whole.accept(text) + whole.flush();

        StopMatcher matcher = new StopMatcher(stops);
        StringBuilder released = new StringBuilder();
        Random random = new Random(seed);
        for (int at = 0; at < text.length(); ) {
            int next = Math.min(text.length(), at + 1 + random.nextInt(4));
            released.append(matcher.accept(text.substring(at, next)));
            at = next;
        }
        released.append(matcher.flush());

        assertEquals(cut(text, stops), released.toString());
        assertEquals(cut(text, stops), expected);
    }

    /** The specification: the text before the longest stop string that ends first. */
    private static String cut(String text, List<String> stops) {
        for (int end = 1; end <= text.length(); end++) {
            String read = text.substring(0, end);
            int length = 0;
            for (String stop : stops) {
                length = read.endsWith(stop) ? Math.max(length, stop.length()) : length;
            }
            if (length > 0) {
                return text.substring(0, end - length);
            }
        }
        return text;
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars('a', 'b', 'c').ofMaxLength(40);
    }

    @Provide
    Arbitrary<List<String>> stops() {
        return Arbitraries.strings()
                .withChars('a', 'b', 'c')
                .ofMinLength(1)
                .ofMaxLength(5)
                .list()
                .ofMaxSize(3);
    }
}
