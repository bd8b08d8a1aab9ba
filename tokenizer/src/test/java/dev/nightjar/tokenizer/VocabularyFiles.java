package dev.nightjar.tokenizer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Reads the published vocabularies of two model families into specs. */
public final class VocabularyFiles {
    private static final int LLAMA3_RESERVED = 256;

    private VocabularyFiles() {}

    /** Llama 3.2: 128,000 tokens and its 256 control tokens. */
    public static TokenizerSpec llama3() throws IOException {
        Path folder = SharedData.path("data/tok/llama3.2");
        Map<String, Integer> ids = readIds(folder.resolve("encoder.json"));
        int numOrdinary = ids.size();
        for (int i = 0; i < LLAMA3_RESERVED; i++) {
            ids.put("<|reserved_%d|>".formatted(i), numOrdinary + i);
        }
        ids.put("<|begin_of_text|>", ids.remove("<|reserved_0|>"));
        ids.put("<|end_of_text|>", ids.remove("<|reserved_1|>"));
        ids.put("<|start_header_id|>", ids.remove("<|reserved_6|>"));
        ids.put("<|end_header_id|>", ids.remove("<|reserved_7|>"));
        ids.put("<|eot_id|>", ids.remove("<|reserved_9|>"));
        return spec(ids, numOrdinary, readMerges(folder.resolve("vocab.bpe")), "llama-bpe")
                .bos(OptionalInt.of(ids.get("<|begin_of_text|>")))
                .eos(OptionalInt.of(ids.get("<|end_of_text|>")))
                .addBos(true)
                .ignoreMerges(true)
                .build();
    }

    /** Qwen 2.5: 151,643 tokens and its 22 added ones. */
    static TokenizerSpec qwen2() throws IOException {
        Path folder = SharedData.path("data/tok/qwen2.5");
        Map<String, Integer> ids = readIds(folder.resolve("vocab.json"));
        int numOrdinary = ids.size();
        ids.putAll(readIds(folder.resolve("added_tokens.json")));
        return spec(ids, numOrdinary, readMerges(folder.resolve("merges.txt")), "qwen2")
                .eos(OptionalInt.of(ids.get("<|im_end|>")))
                .padding(OptionalInt.of(ids.get("<|endoftext|>")))
                .build();
    }

    private static TokenizerSpecBuilder spec(
            Map<String, Integer> ids, int numOrdinary, List<String> merges, String preTokenizer) {
        String[] tokens = new String[ids.size()];
        ids.forEach((token, id) -> tokens[id] = token);
        List<TokenType> types =
                IntStream.range(0, tokens.length)
                        .mapToObj(id -> id < numOrdinary ? TokenType.NORMAL : TokenType.CONTROL)
                        .toList();
        return TokenizerSpec.builder(Algorithm.BYTE_BPE, Arrays.asList(tokens))
                .types(types)
                .merges(merges)
                .preTokenizer(preTokenizer);
    }

    private static Map<String, Integer> readIds(Path file) throws IOException {
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

    private static List<String> readMerges(Path file) throws IOException {
        List<String> merges = new ArrayList<>(List.of(Files.readString(file).split("\n")));
        merges.removeIf(line -> line.isEmpty() || line.startsWith("#version"));
        return merges;
    }
}
