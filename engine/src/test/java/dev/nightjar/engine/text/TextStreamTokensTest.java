package dev.nightjar.engine.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.engine.request.TokenStream;
import dev.nightjar.engine.request.Usage;
import dev.nightjar.tokenizer.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which delta carries which tokens. */
class TextStreamTokensTest {

    private static Tokenizer tokenizer;

    @BeforeAll
    static void findTokenizer() {
        try (Engine engine = Engine.openDemo()) {
            tokenizer = engine.model().tokenizer();
        }
    }

    /** Says what it was told to. */
    private static final class ScriptedTokens implements TokenStream {

        private final Queue<TokenEvent> events = new ArrayDeque<>();

        ScriptedTokens(int[] ids) {
            for (int id : ids) {
                events.add(new TokenEvent.Token(id, -1, List.of()));
            }
            Usage usage = new Usage(1, 0, ids.length, 0, 0, 0);
            events.add(
                    new TokenEvent.Finished(
                            FinishReason.LENGTH, Optional.empty(), usage, Optional.empty()));
        }

        @Override
        public long sequenceId() {
            return 1;
        }

        @Override
        public int promptTokens() {
            return 1;
        }

        @Override
        public TokenEvent next() {
            return events.remove();
        }

        @Override
        public void abort() {}
    }

    private static List<TextEvent.Delta> deltas(int[] ids, String... stops) throws Exception {
        TextStream stream =
                new TextStream(
                        new ScriptedTokens(ids),
                        tokenizer.decoder(),
                        tokenizer.vocabulary().size(),
                        new AnswerText(
                                Optional.empty(),
                                List.of(stops),
                                Optional.of(new TokenTexts(tokenizer))));
        List<TextEvent.Delta> deltas = new ArrayList<>();
        while (stream.next() instanceof TextEvent.Delta delta) {
            deltas.add(delta);
        }
        return deltas;
    }

    private static int[] reported(List<TextEvent.Delta> deltas) {
        return deltas.stream().flatMap(d -> d.tokens().stream()).mapToInt(TokenText::id).toArray();
    }

    private static int[] ids(String text) {
        return tokenizer.encode(text);
    }

    private static byte[] bytesOf(TextEvent.Delta delta) {
        var bytes = new ByteArrayOutputStream();
        delta.tokens().forEach(token -> bytes.writeBytes(token.bytes()));
        return bytes.toByteArray();
    }

    /** Characters of several tokens come with all of them. */
    @Test
    void deltaCarriesTheTokensWhoseTextItCompletes() throws Exception {
        int[] ids = ids("fox \ud83e\udd8a and \u00e9t\u00e9");
        List<TextEvent.Delta> deltas = deltas(ids);
        assertArrayEquals(ids, reported(deltas));
        assertTrue(deltas.stream().anyMatch(delta -> delta.tokens().size() > 1));
        for (TextEvent.Delta delta : deltas) {
            assertArrayEquals(delta.text().getBytes(StandardCharsets.UTF_8), bytesOf(delta));
        }
    }

    @Test
    void heldBackTextHoldsItsTokensBack() throws Exception {
        int[] ids = ids("one two three");
        List<TextEvent.Delta> deltas = deltas(ids, "one two three four");
        assertEquals(1, deltas.size());
        assertArrayEquals(ids, reported(deltas));
    }

    @Test
    void tokensBehindTheStartOfAStopStringAreNotReported() throws Exception {
        int[] before = ids("one two");
        int[] all =
                IntStream.concat(Arrays.stream(before), Arrays.stream(ids(" three four")))
                        .toArray();
        List<TextEvent.Delta> cut = deltas(all, " three");
        assertArrayEquals(before, reported(cut));
        // a token that straddles the cut stands for text that was released
        List<TextEvent.Delta> inside = deltas(all, "wo three");
        assertArrayEquals(before, reported(inside));
        assertEquals("one t", String.join("", inside.stream().map(TextEvent.Delta::text).toList()));
    }

    @Test
    void incompleteCharacterAtTheEndIsReportedWithItsTokens() throws Exception {
        int[] fox = ids("\ud83e\udd8a");
        assertTrue(fox.length > 1);
        int[] part = Arrays.copyOf(fox, fox.length - 1);
        List<TextEvent.Delta> deltas = deltas(part);
        assertEquals("\ufffd", deltas.getFirst().text());
        assertArrayEquals(part, reported(deltas));
    }

    @Test
    void specialTokensAreSpelledAndTokensWithoutTextComeLast() throws Exception {
        int end = tokenizer.vocabulary().endOfGeneration().iterator().next();
        int padding = tokenizer.vocabulary().size() + 3;
        int[] ids =
                IntStream.concat(Arrays.stream(ids("one")), IntStream.of(end, padding)).toArray();
        List<TextEvent.Delta> deltas = deltas(ids);
        assertArrayEquals(ids, reported(deltas));
        assertEquals("", deltas.getLast().text());
        List<TokenText> last = deltas.getLast().tokens();
        assertEquals(
                tokenizer.vocabulary().token(end),
                new String(last.getFirst().bytes(), StandardCharsets.UTF_8));
        assertEquals(0, last.getLast().bytes().length);
    }
}
