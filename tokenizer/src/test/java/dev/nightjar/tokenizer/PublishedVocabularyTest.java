package dev.nightjar.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** The vocabularies of Llama 3.2 and Qwen 2.5: exact ids, control tokens, hard inputs. */
class PublishedVocabularyTest {
    @Test
    void llama3GivesTheExpectedIds() throws IOException {
        ConformanceCases.of("llama-bpe").check(Tokenizer.of(VocabularyFiles.llama3()));
    }

    @Test
    void qwen2GivesTheExpectedIds() throws IOException {
        ConformanceCases.of("qwen2").check(Tokenizer.of(VocabularyFiles.qwen2()));
    }

    @Test
    void llama3PromptHasItsControlTokens() throws IOException {
        Tokenizer tokenizer = Tokenizer.of(VocabularyFiles.llama3());
        int[] ids = tokenizer.encodeRendered("<|begin_of_text|>Hello<|eot_id|>");
        assertArrayEquals(new int[] {128000, 9906, 128009}, ids);
        assertArrayEquals(ids, tokenizer.withSpecials(ids));
        assertEquals("Hello", tokenizer.decode(ids));
        assertEquals(Set.of(128001, 128009), tokenizer.vocabulary().endOfGeneration());
        assertTrue(tokenizer.encode("<|eot_id|>").length > 1);
    }

    @Test
    void qwen2PromptHasItsControlTokens() throws IOException {
        Tokenizer tokenizer = Tokenizer.of(VocabularyFiles.qwen2());
        int[] ids = tokenizer.encodeRendered("<|im_start|>user\nHello world<|im_end|>\n");
        assertArrayEquals(new int[] {151644, 872, 198, 9707, 1879, 151645, 198}, ids);
        assertEquals(Set.of(151643, 151645), tokenizer.vocabulary().endOfGeneration());
    }

    @Test
    void hardInputsTakeNearlyLinearTime() throws IOException {
        Tokenizer tokenizer = Tokenizer.of(VocabularyFiles.llama3());
        for (String unit : HardInputs.UNITS) {
            String text = HardInputs.of(unit);
            Assertions.assertTimeout(
                    Duration.ofSeconds(2), () -> tokenizer.encode(text), () -> "of " + unit);
            assertEquals(text, tokenizer.decode(tokenizer.encode(text)));
        }
    }
}
