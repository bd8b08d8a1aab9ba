package dev.nightjar.engine.format.gguf;

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

/** Vocabularies out of GGUF files: exact ids for all published cases. */
class TokenizerConformanceTest {
    @ParameterizedTest
    @ValueSource(strings = {"llama-spm", "phi-3", "gpt-2"})
    void publishedFileGivesTheExpectedIds(String vocabulary) throws IOException {
        Path path = SharedFiles.get("data/tok/llamacpp/ggml-vocab-" + vocabulary + ".gguf");
        TokenizerCases.checkLosslessCases(vocabulary, tokenizer(path));
    }

    @Test
    void bertGivesTheExpectedIds() throws IOException {
        Path path = SharedFiles.get("data/tok/llamacpp/ggml-vocab-bert-bge.gguf");
        Tokenizer tokenizer = tokenizer(path);
        TokenizerCases.checkFileCases("bert-bge", tokenizer);
        int[] input = tokenizer.withSpecials(tokenizer.encode("Hello"));
        assertArrayEquals(new int[] {101, 7592, 102}, input);
        assertEquals("hello world", tokenizer.decode(tokenizer.encode("Hello   World")));
    }

    @Test
    void llama2GivesTheVectorsIds() throws IOException {
        Path path = SharedFiles.get("data/tok/llamacpp/ggml-vocab-llama-spm.gguf");
        TokenizerCases.checkVectors("Xenova/llama-tokenizer", 37, tokenizer(path));
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
        Tokenizer tokenizer = tokenizer(writer.write(folder.resolve("llama-bpe.gguf")));
        TokenizerCases.checkLosslessCases("llama-bpe", tokenizer);
        TokenizerCases.checkVectors("Xenova/llama3-tokenizer-new", 37, tokenizer);
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
        Tokenizer tokenizer = tokenizer(writer.write(folder.resolve("qwen2.gguf")));
        TokenizerCases.checkLosslessCases("qwen2", tokenizer);
        TokenizerCases.checkVectors("Xenova/Qwen1.5-0.5B-Chat", 25, tokenizer);
        int[] ids = tokenizer.encodeRendered("<|im_start|>Hello<|im_end|>");
        assertArrayEquals(new int[] {numOrdinary + 1, 9707, numOrdinary + 2}, ids);
    }

    private static Tokenizer tokenizer(Path path) {
        try (GgufFile file = GgufFile.open(path)) {
            return Tokenizer.of(GgufTokenizer.spec(file).orElseThrow());
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
}
