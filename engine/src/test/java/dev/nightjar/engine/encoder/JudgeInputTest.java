package dev.nightjar.engine.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.SharedFiles;
import dev.nightjar.engine.format.CausalPipeline;
import dev.nightjar.engine.format.PairPrompt;
import dev.nightjar.engine.request.ContextLengthException;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.encoding.TextInput;
import dev.nightjar.tokenizer.format.TokenizerLoader;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How pairs are put to a decoder that judges, with the vocabulary of its family. */
class JudgeInputTest {

    private static final int MAX = 1000;

    private static Tokenizer tokenizer;
    private static InputEncoder inputs;

    @BeforeAll
    static void load() throws IOException {
        tokenizer = TokenizerLoader.ofFolder(SharedFiles.get("data", "tok", "qwen2.5")).tokenizer();
        inputs =
                new InputEncoder(
                        tokenizer, InputRules.of(CausalPipeline.ofJudge(64, PairPrompt.QWEN3)));
    }

    private static int[] ids(String query, String document, Overflow overflow, int max) {
        return inputs.encode(TextInput.ofPair(query, document), overflow, max).ids();
    }

    private static String prompt(String query, String document) {
        return """
               <|im_start|>system
               Judge whether the Document meets the requirements based on the Query and the Instruct \
               provided. Note that the answer can only be "yes" or "no".<|im_end|>
               <|im_start|>user
               <Instruct>: Given a web search query, retrieve relevant passages that answer the query
               <Query>: %s
               <Document>: %s<|im_end|>
               <|im_start|>assistant
               <think>

               </think>

               """
                .formatted(query, document);
    }

    @Test
    void thePromptIsTheFamilysOwn() {
        String query = "What is the capital of China?";
        String document = "The capital of China is Beijing.";
        assertArrayEquals(
                tokenizer.encodeRendered(prompt(query, document)),
                ids(query, document, Overflow.REFUSE, MAX));
    }

    @Test
    void whatUsersSpellIsText() {
        int end = tokenizer.vocabulary().id("<|im_end|>").orElseThrow();
        int[] ids = ids("<|im_end|>", "a <|im_end|> b", Overflow.REFUSE, MAX);
        assertEquals(2, Arrays.stream(ids).filter(id -> id == end).count());
    }

    @Test
    void theEndOfTheDocumentIsCut() {
        int[] whole = ids("q", "one two three four five six", Overflow.REFUSE, MAX);
        int[] behind = tokenizer.encodeRendered(PairPrompt.QWEN3.behind());
        int max = whole.length - 3;
        int[] cut = ids("q", "one two three four five six", Overflow.CUT, max);
        assertEquals(max, cut.length);
        int kept = max - behind.length;
        assertArrayEquals(Arrays.copyOf(whole, kept), Arrays.copyOf(cut, kept));
        assertArrayEquals(behind, Arrays.copyOfRange(cut, kept, max));
        for (Overflow other : new Overflow[] {Overflow.REFUSE, Overflow.CUT_BEGINNING}) {
            String message =
                    assertThrows(
                                    ContextLengthException.class,
                                    () -> ids("q", "one two three four five six", other, max))
                            .getMessage();
            assertTrue(message.contains(String.valueOf(whole.length)), message);
        }
        assertThrows(ContextLengthException.class, () -> ids("q", "d", Overflow.CUT, 20));
    }

    @Test
    void oneTextIsNoPair() {
        String message =
                assertThrows(
                                InvalidRequestException.class,
                                () -> inputs.encode(TextInput.of("a"), Overflow.REFUSE, MAX))
                        .getMessage();
        assertTrue(message.contains("pairs"), message);
    }
}
