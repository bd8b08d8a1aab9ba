package dev.nightjar.engine.grammar;

import dev.nightjar.engine.SharedFiles;
import dev.nightjar.engine.format.json.JsonReader;
import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.tokenizer.Algorithm;
import dev.nightjar.tokenizer.TokenType;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.TokenizerSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** The 128,256 tokens of Llama 3.2. */
final class LlamaVocabulary {

    static final int NUM_TOKENS = 128_256;
    static final int END_OF_TURN = 128_009;

    private LlamaVocabulary() {}

    static GrammarCompiler compiler() {
        return GrammarCompiler.of(tokenizer(), Set.of(END_OF_TURN), NUM_TOKENS);
    }

    static Tokenizer tokenizer() {
        Path folder = SharedFiles.get("data/tok/llama3.2");
        String[] tokens = new String[NUM_TOKENS];
        TokenType[] types = new TokenType[NUM_TOKENS];
        Arrays.setAll(tokens, id -> "<|reserved_%d|>".formatted(id));
        Arrays.fill(types, TokenType.CONTROL);
        JsonReader.readObject(folder.resolve("encoder.json"))
                .members()
                .forEach(
                        (token, id) -> {
                            int at = (int) ((JsonValue.JsonInteger) id).value();
                            tokens[at] = token;
                            types[at] = TokenType.NORMAL;
                        });
        tokens[END_OF_TURN] = "<|eot_id|>";
        return Tokenizer.of(
                TokenizerSpec.builder(Algorithm.BYTE_BPE, List.of(tokens))
                        .types(List.of(types))
                        .merges(merges(folder.resolve("vocab.bpe")))
                        .preTokenizer("llama-bpe")
                        .ignoreMerges(true)
                        .eos(OptionalInt.of(END_OF_TURN))
                        .build());
    }

    private static List<String> merges(Path file) {
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            lines.removeIf(line -> line.isEmpty() || line.startsWith("#version"));
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
