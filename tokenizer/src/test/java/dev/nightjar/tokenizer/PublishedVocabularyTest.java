package dev.nightjar.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The vocabularies of Llama 3.2 and Qwen 2.5: exact ids, control tokens, hard inputs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishedVocabularyTest {
    private Tokenizer llama3;
    private Tokenizer qwen2;

    @BeforeAll
    void load() throws IOException {
        llama3 = Tokenizer.of(VocabularyFiles.llama3());
        qwen2 = Tokenizer.of(VocabularyFiles.qwen2());
    }

    @Test
    void llama3GivesTheExpectedIds() throws IOException {
        ConformanceCases.of("llama-bpe").check(llama3);
    }

    @Test
    void qwen2GivesTheExpectedIds() throws IOException {
        ConformanceCases.of("qwen2").check(qwen2);
    }

    @Test
    void llama3PromptHasItsControlTokens() {
        int[] ids = llama3.encodeRendered("<|begin_of_text|>Hello<|eot_id|>");
        assertArrayEquals(new int[] {128000, 9906, 128009}, ids);
        assertArrayEquals(ids, llama3.withSpecials(ids));
        assertEquals("Hello", llama3.decode(ids));
        assertEquals(Set.of(128001, 128009), llama3.vocabulary().endOfGeneration());
        assertTrue(llama3.encode("<|eot_id|>").length > 1);
    }

    @Test
    void qwen2PromptHasItsControlTokens() {
        int[] ids = qwen2.encodeRendered("<|im_start|>user\nHello world<|im_end|>\n");
        assertArrayEquals(new int[] {151644, 872, 198, 9707, 1879, 151645, 198}, ids);
        assertEquals(Set.of(151643, 151645), qwen2.vocabulary().endOfGeneration());
    }

    @Test
    void hardInputsTakeNearlyLinearTime() {
        for (String unit : HardInputs.UNITS) {
            String text = HardInputs.of(unit);
            int[] ids =
                    assertTimeout(
                            Duration.ofSeconds(2), () -> llama3.encode(text), () -> "of " + unit);
            assertEquals(text, llama3.decode(ids));
        }
    }
}
