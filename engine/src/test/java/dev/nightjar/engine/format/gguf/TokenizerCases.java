package dev.nightjar.engine.format.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.nightjar.engine.SharedFiles;
import dev.nightjar.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Texts and the ids that other implementations give for them. */
final class TokenizerCases {
    private static final int NUM_FILE_CASES = 46;
    private static final String BORDER = "\n__ggml_vocab_test__\n";

    private TokenizerCases() {}

    /** As {@link #checkFileCases}, and decoding gives the text back. */
    static void checkLosslessCases(String vocabulary, Tokenizer tokenizer) throws IOException {
        checkFileCases(vocabulary, tokenizer);
        String name = "data/tok/llamacpp/ggml-vocab-" + vocabulary + ".gguf";
        for (String text : Files.readString(SharedFiles.get(name + ".inp")).split(BORDER, -1)) {
            assertEquals(text, tokenizer.decode(tokenizer.encode(text)));
        }
    }

    /** The 46 texts beside a vocabulary file; nothing is added to them. */
    static void checkFileCases(String vocabulary, Tokenizer tokenizer) throws IOException {
        String name = "data/tok/llamacpp/ggml-vocab-" + vocabulary + ".gguf";
        String[] texts = Files.readString(SharedFiles.get(name + ".inp")).split(BORDER, -1);
        List<String> ids = Files.readAllLines(SharedFiles.get(name + ".out"));
        assertEquals(NUM_FILE_CASES, ids.size());
        for (int i = 0; i < NUM_FILE_CASES; i++) {
            int[] actual = tokenizer.encode(texts[i]);
            assertArrayEquals(parse(ids.get(i)), actual, "case " + i + ": " + texts[i]);
        }
    }

    /** The cases of a published tokenizer: control tokens count, BOS is added where asked for. */
    static void checkVectors(String model, int numCases, Tokenizer tokenizer) throws IOException {
        int numChecked = 0;
        try (JsonParser json =
                new JsonFactory()
                        .createParser(
                                SharedFiles.get("data/tok/vectors/hf_tokenization.json")
                                        .toFile())) {
            skipTo(model, json);
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                checkVector(name, json, tokenizer);
                numChecked++;
            }
        }
        assertEquals(numCases, numChecked);
    }

    private static void checkVector(String name, JsonParser json, Tokenizer tokenizer)
            throws IOException {
        String text = "";
        int[] ids = {};
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "text" -> text = json.getText();
                case "ids" -> ids = readInts(json);
                default -> json.skipChildren();
            }
        }
        int[] actual = tokenizer.withSpecials(tokenizer.encodeRendered(text));
        assertArrayEquals(ids, actual, name + ": " + text);
    }

    private static void skipTo(String field, JsonParser json) throws IOException {
        while (json.nextToken() != JsonToken.FIELD_NAME || !json.currentName().equals(field)) {
            if (!json.hasCurrentToken()) {
                throw new IllegalArgumentException("no vectors of " + field);
            }
        }
    }

    private static int[] readInts(JsonParser json) throws IOException {
        List<Integer> ints = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            ints.add(json.getIntValue());
        }
        return ints.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int[] parse(String ids) {
        return Arrays.stream(ids.trim().split(" +"))
                .filter(id -> !id.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
