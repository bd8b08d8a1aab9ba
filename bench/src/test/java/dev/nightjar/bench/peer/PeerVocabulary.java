package dev.nightjar.bench.peer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.nightjar.tokenizer.Algorithm;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.TokenizerSpec;
import dev.nightjar.tokenizer.format.TokenizerLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One vocabulary for both sides.
 *
 * @param tokenizer ours
 * @param peerJson the same as a tokenizer.json for the peer
 */
record PeerVocabulary(Tokenizer tokenizer, String peerJson) {
    private static final String LLAMA3_WORDS =
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
                    + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    /** Both read the same tokenizer.json. */
    static PeerVocabulary ofJson(Path file) throws IOException {
        String json = Files.readString(file);
        Tokenizer tokenizer =
                TokenizerLoader.ofJson(json.getBytes(StandardCharsets.UTF_8), file.toString())
                        .tokenizer();
        return new PeerVocabulary(tokenizer, MergePairs.in(json));
    }

    /** Llama 3 from its vocabulary and merges, as a GGUF file has them. */
    static PeerVocabulary llama3(Path folder) throws IOException {
        TokenizerSpec spec =
                byteBpe(folder.resolve("encoder.json"), folder.resolve("vocab.bpe"), "llama-bpe");
        return new PeerVocabulary(Tokenizer.of(spec), PeerJson.of(spec, LLAMA3_WORDS));
    }

    /** Qwen 2.5 from its vocabulary and merges, as a GGUF file has them. */
    static PeerVocabulary qwen2(Path folder) throws IOException {
        TokenizerSpec spec =
                byteBpe(folder.resolve("vocab.json"), folder.resolve("merges.txt"), "qwen2");
        return new PeerVocabulary(
                Tokenizer.of(spec), PeerJson.of(spec, LLAMA3_WORDS.replace("{1,3}", "")));
    }

    private static TokenizerSpec byteBpe(Path vocabulary, Path merges, String preTokenizer)
            throws IOException {
        Map<String, Integer> ids = ids(vocabulary);
        String[] tokens = new String[ids.size()];
        ids.forEach((token, id) -> tokens[id] = token);
        List<String> lines = new ArrayList<>(List.of(Files.readString(merges).split("\n")));
        lines.removeIf(line -> line.isEmpty() || line.startsWith("#version"));
        return TokenizerSpec.builder(Algorithm.BYTE_BPE, Arrays.asList(tokens))
                .merges(lines)
                .preTokenizer(preTokenizer)
                .ignoreMerges(preTokenizer.equals("llama-bpe"))
                .build();
    }

    private static Map<String, Integer> ids(Path file) throws IOException {
        Map<String, Integer> ids = new HashMap<>();
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String token = json.currentName();
                ids.put(token, json.nextIntValue(-1));
            }
        }
        return ids;
    }
}
