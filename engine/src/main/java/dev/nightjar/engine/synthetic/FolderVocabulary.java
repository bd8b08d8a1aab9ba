package dev.nightjar.engine.synthetic;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.json.JsonReader;
import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.format.json.JsonValue.JsonArray;
import dev.nightjar.engine.format.json.JsonValue.JsonInteger;
import dev.nightjar.engine.format.json.JsonValue.JsonObject;
import dev.nightjar.engine.format.json.JsonValue.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;

/** Reads the byte-level vocabulary of a model folder. */
final class FolderVocabulary {

    private static final List<String> BOS = List.of("<|begin_of_text|>", "<s>");
    private static final List<String> EOS =
            List.of("<|im_end|>", "<|end_of_text|>", "<|endoftext|>", "</s>");

    /** Llama 3's ordinary tokens, whose files do not name the 256 that follow. */
    private static final int LLAMA3_ORDINARY = 128_000;

    private static final int LLAMA3_CONTROL = 256;
    private static final Map<Integer, String> LLAMA3_NAMES =
            Map.of(
                    0, "<|begin_of_text|>",
                    1, "<|end_of_text|>",
                    6, "<|start_header_id|>",
                    7, "<|end_header_id|>",
                    8, "<|eom_id|>",
                    9, "<|eot_id|>");

    private final Path folder;
    private final Map<String, Integer> ordinary = new HashMap<>();
    private final Map<String, Integer> added = new HashMap<>();
    private final List<String> merges = new ArrayList<>();

    private FolderVocabulary(Path folder) {
        this.folder = folder;
    }

    static ByteVocabulary read(Path folder) {
        FolderVocabulary reader = new FolderVocabulary(folder);
        if (reader.has("tokenizer.json")) {
            reader.readTokenizerJson();
        } else if (reader.has("vocab.json") && reader.has("merges.txt")) {
            reader.readPair("vocab.json", "merges.txt");
        } else if (reader.has("encoder.json") && reader.has("vocab.bpe")) {
            reader.readPair("encoder.json", "vocab.bpe");
        } else {
            throw reader.error(
                    "expected tokenizer.json, vocab.json with merges.txt, or encoder.json with"
                            + " vocab.bpe, found none of them");
        }
        return reader.build();
    }

    private boolean has(String name) {
        return Files.isRegularFile(folder.resolve(name));
    }

    private void readPair(String vocabulary, String mergesFile) {
        readIds(JsonReader.readObject(folder.resolve(vocabulary)), ordinary);
        if (has("added_tokens.json")) {
            readIds(JsonReader.readObject(folder.resolve("added_tokens.json")), added);
        }
        try {
            Files.readString(folder.resolve(mergesFile))
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#version"))
                    .forEach(merges::add);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder.resolve(mergesFile), e);
        }
        if (ordinary.size() == LLAMA3_ORDINARY && added.isEmpty()) {
            for (int i = 0; i < LLAMA3_CONTROL; i++) {
                String name = LLAMA3_NAMES.getOrDefault(i, "<|reserved_%d|>".formatted(i));
                added.put(name, LLAMA3_ORDINARY + i);
            }
        }
    }

    private void readTokenizerJson() {
        Path file = folder.resolve("tokenizer.json");
        JsonFields whole = JsonFields.of(file.toString(), JsonReader.readObject(file));
        JsonFields model =
                whole.optionalFields("model")
                        .orElseThrow(() -> error("expected a model in tokenizer.json, found none"));
        if (!(model.optional("vocab").orElse(null) instanceof JsonObject ids)
                || !(model.optional("merges").orElse(null) instanceof JsonArray pairs)) {
            throw error("expected a byte-level vocabulary with merges, found another kind");
        }
        readIds(ids, ordinary);
        for (JsonValue pair : pairs.elements()) {
            merges.add(mergeText(pair));
        }
        for (JsonValue token : whole.optionalArray("added_tokens").orElse(List.of())) {
            if (token instanceof JsonObject members
                    && members.members().get("content") instanceof JsonString content
                    && members.members().get("id") instanceof JsonInteger id) {
                added.put(content.value(), (int) id.value());
                ordinary.remove(content.value());
            }
        }
    }

    /** "left right", or the two in an array. */
    private String mergeText(JsonValue pair) {
        if (pair instanceof JsonString text) {
            return text.value();
        }
        if (pair instanceof JsonArray two
                && two.elements().size() == 2
                && two.elements().getFirst() instanceof JsonString left
                && two.elements().getLast() instanceof JsonString right) {
            return left.value() + " " + right.value();
        }
        throw error("expected a merge of two tokens, found " + pair.kind());
    }

    private void readIds(JsonObject object, Map<String, Integer> target) {
        object.members()
                .forEach(
                        (token, id) -> {
                            if (!(id instanceof JsonInteger number)) {
                                throw error("expected an id of token '%s'".formatted(token));
                            }
                            target.put(token, (int) number.value());
                        });
    }

    private ByteVocabulary build() {
        Map<Integer, String> byId = new HashMap<>();
        ordinary.forEach((token, id) -> byId.put(id, token));
        added.forEach((token, id) -> byId.put(id, token));
        List<String> tokens = new ArrayList<>(byId.size());
        for (int id = 0; id < byId.size(); id++) {
            String token = byId.get(id);
            if (token == null) {
                throw error("expected ids without a gap, found none of " + id);
            }
            tokens.add(token);
        }
        int numOrdinary =
                new TreeSet<>(added.values())
                        .stream()
                                .filter(id -> id >= ordinary.size())
                                .findFirst()
                                .orElse(tokens.size());
        return new ByteVocabulary(
                folder.toString(),
                tokens,
                numOrdinary,
                merges,
                preTokenizer(),
                first(BOS),
                first(EOS));
    }

    /** Known by how large the vocabulary is and how it calls its tokens. */
    private String preTokenizer() {
        if (added.containsKey("<|begin_of_text|>")) {
            return "llama-bpe";
        }
        if (added.containsKey("<|im_end|>")) {
            return ordinary.size() > LLAMA3_ORDINARY ? "qwen2" : "smollm";
        }
        return "gpt-2";
    }

    private OptionalInt first(List<String> names) {
        return names.stream()
                .filter(name -> added.containsKey(name) || ordinary.containsKey(name))
                .mapToInt(name -> added.getOrDefault(name, ordinary.getOrDefault(name, 0)))
                .findFirst();
    }

    private ModelFormatException error(String problem) {
        return new ModelFormatException(folder + ": " + problem);
    }
}
