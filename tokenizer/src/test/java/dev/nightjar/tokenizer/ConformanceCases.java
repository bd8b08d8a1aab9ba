package dev.nightjar.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Texts with the ids that another implementation gives for them. */
public final class ConformanceCases {
    private static final int NUM_CASES = 46;

    private final List<String> texts;
    private final List<int[]> ids;

    private ConformanceCases(List<String> texts, List<int[]> ids) {
        this.texts = texts;
        this.ids = ids;
    }

    /** The cases of a vocabulary, such as {@code llama-bpe}. */
    public static ConformanceCases of(String vocabulary) throws IOException {
        String name = "data/tok/llamacpp/ggml-vocab-" + vocabulary + ".gguf";
        Path input = SharedData.path(name + ".inp");
        Path output = SharedData.path(name + ".out");
        String[] texts = Files.readString(input).split("\n__ggml_vocab_test__\n", -1);
        return new ConformanceCases(
                List.of(texts).subList(0, NUM_CASES),
                Files.readAllLines(output).stream().map(ConformanceCases::parseIds).toList());
    }

    /** Encodes every text and decodes it again. */
    public void check(Tokenizer tokenizer) {
        assertEquals(NUM_CASES, texts.size());
        assertEquals(NUM_CASES, ids.size());
        for (int i = 0; i < NUM_CASES; i++) {
            String text = texts.get(i);
            int[] actual = tokenizer.encode(text);
            assertArrayEquals(ids.get(i), actual, "case " + i + ": \"" + text + "\"");
            assertEquals(text, tokenizer.decode(actual), "case " + i);
        }
    }

    private static int[] parseIds(String line) {
        return Arrays.stream(line.trim().split(" +"))
                .filter(id -> !id.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
