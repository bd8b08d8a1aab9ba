package dev.nightjar.engine.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.nightjar.engine.SharedFiles;
import dev.nightjar.tokenizer.TokenType;
import dev.nightjar.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vocabularies out of GGUF files: 46 texts each, with the exact ids of the reference. */
class TokenizerConformanceTest {
    private static final int NUM_CASES = 46;
    private static final String CASE_BORDER = "\n__ggml_vocab_test__\n";

    @ParameterizedTest
    @ValueSource(strings = {"llama-spm", "phi-3", "gpt-2"})
    void publishedFileGivesTheExpectedIds(String vocabulary) throws IOException {
        Path path = SharedFiles.get("data/tok/llamacpp/ggml-vocab-" + vocabulary + ".gguf");
        checkCases(vocabulary, path);
    }

    @Test
    void llama3GivesTheExpectedIds(@TempDir Path folder) throws IOException {
        Path source = SharedFiles.get("data/tok/llama3.2");
        Map<Integer, String> tokens = readTokens(source.resolve("encoder.json"));
        int numOrdinary = tokens.size();
        tokens.put(numOrdinary, "<|begin_of_text|>");
        tokens.put(numOrdinary + 1, "<|end_of_text|>");
        GgufWriter writer =
                writer("llama-bpe", tokens, numOrdinary, source.resolve("vocab.bpe"))
                        .uint32("tokenizer.ggml.bos_token_id", numOrdinary)
                        .uint32("tokenizer.ggml.eos_token_id", numOrdinary + 1);
        Tokenizer tokenizer =
                checkCases("llama-bpe", writer.write(folder.resolve("llama-bpe.gguf")));
        int[] prompt = tokenizer.withSpecials(tokenizer.encode("Hello"));
        assertArrayEquals(new int[] {numOrdinary, 9906}, prompt);
    }

    @Test
    void qwen2GivesTheExpectedIds(@TempDir Path folder) throws IOException {
        Path source = SharedFiles.get("data/tok/qwen2.5");
        Map<Integer, String> tokens = readTokens(source.resolve("vocab.json"));
        int numOrdinary = tokens.size();
        tokens.putAll(readTokens(source.resolve("added_tokens.json")));
        GgufWriter writer =
                writer("qwen2", tokens, numOrdinary, source.resolve("merges.txt"))
                        .uint32("tokenizer.ggml.eos_token_id", numOrdinary + 2)
                        .bool("tokenizer.ggml.add_bos_token", false);
        Tokenizer tokenizer = checkCases("qwen2", writer.write(folder.resolve("qwen2.gguf")));
        int[] ids = tokenizer.encodeRendered("<|im_start|>Hello<|im_end|>");
        assertArrayEquals(new int[] {numOrdinary + 1, 9707, numOrdinary + 2}, ids);
    }

    private static Tokenizer checkCases(String vocabulary, Path path) throws IOException {
        try (GgufFile file = GgufFile.open(path)) {
            Tokenizer tokenizer = Tokenizer.of(GgufTokenizer.spec(file).orElseThrow());
            String cases = "data/tok/llamacpp/ggml-vocab-" + vocabulary + ".gguf";
            String[] texts =
                    Files.readString(SharedFiles.get(cases + ".inp")).split(CASE_BORDER, -1);
            List<String> ids = Files.readAllLines(SharedFiles.get(cases + ".out"));
            assertEquals(NUM_CASES, ids.size());
            for (int i = 0; i < NUM_CASES; i++) {
                int[] actual = tokenizer.encode(texts[i]);
                assertArrayEquals(parse(ids.get(i)), actual, "case " + i + ": " + texts[i]);
                assertEquals(texts[i], tokenizer.decode(actual), "case " + i);
            }
            return tokenizer;
        }
    }

    private static GgufWriter writer(
            String preTokenizer, Map<Integer, String> tokens, int numOrdinary, Path merges)
            throws IOException {
        int[] types = new int[tokens.size()];
        Arrays.setAll(
                types, id -> (id < numOrdinary ? TokenType.NORMAL : TokenType.CONTROL).code());
        return new GgufWriter()
                .string("general.architecture", "llama")
                .string("tokenizer.ggml.model", "gpt2")
                .string("tokenizer.ggml.pre", preTokenizer)
                .strings("tokenizer.ggml.tokens", List.copyOf(tokens.values()))
                .ints("tokenizer.ggml.token_type", types)
                .strings("tokenizer.ggml.merges", readMerges(merges));
    }

    /** Tokens by id, in the order of the ids. */
    private static Map<Integer, String> readTokens(Path path) throws IOException {
        Map<Integer, String> tokens = new TreeMap<>();
        try (JsonParser json = new JsonFactory().createParser(path.toFile())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String token = json.currentName();
                tokens.put(json.nextIntValue(-1), token);
            }
        }
        return tokens;
    }

    private static List<String> readMerges(Path path) throws IOException {
        return Arrays.stream(Files.readString(path).split("\n"))
                .filter(line -> !line.isEmpty() && !line.startsWith("#version"))
                .toList();
    }

    private static int[] parse(String ids) {
        return Arrays.stream(ids.trim().split(" +"))
                .filter(id -> !id.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
