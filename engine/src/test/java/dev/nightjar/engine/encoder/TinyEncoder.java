package dev.nightjar.engine.encoder;

import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.json.JsonReader;
import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.format.json.JsonValue.JsonArray;
import dev.nightjar.engine.format.json.JsonValue.JsonInteger;
import dev.nightjar.engine.format.json.JsonValue.JsonObject;
import dev.nightjar.engine.request.EncoderInput;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tiny model folder of a family and what an independent program computed for it, once without and
 * many times with a mistake; written by {@code encoder_family_goldens.py}.
 */
final class TinyEncoder {

    static final List<String> FAMILIES =
            List.of("bert", "roberta", "xlm-roberta", "distilbert", "mpnet", "modernbert");

    private static final String MODULES =
            """
            [{"idx": 0, "path": "", "type": "sentence_transformers.models.Transformer"},
             {"idx": 1, "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}]
            """;

    private final Path folder;
    private final JsonFields expected;

    /**
     * What was computed for one question, for all of its inputs one behind the other.
     *
     * @param mistakes by what was done wrong
     */
    record Section(float[] right, Map<String, float[]> mistakes) {}

    private TinyEncoder(Path folder, JsonFields expected) {
        this.folder = folder;
        this.expected = expected;
    }

    static TinyEncoder of(String family) {
        try {
            Path folder =
                    Path.of(
                            TinyEncoder.class
                                    .getResource("/dev/nightjar/engine/encoders/" + family)
                                    .toURI());
            Path file = folder.resolve("expected.json");
            return new TinyEncoder(
                    folder, JsonFields.of(file.toString(), JsonReader.readObject(file)));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The folder of the classifier. */
    Path scores() {
        return folder;
    }

    /** A copy in {@code target} that gives the mean of hidden states. */
    Path means(Path target) throws IOException {
        for (String name : List.of("config.json", "model.safetensors", "tokenizer.json")) {
            Files.copy(folder.resolve(name), target.resolve(name));
        }
        Files.writeString(target.resolve("modules.json"), MODULES);
        Files.createDirectories(target.resolve("1_Pooling"));
        Files.writeString(
                target.resolve("1_Pooling/config.json"), "{\"pooling_mode_mean_tokens\": true}");
        return target;
    }

    List<EncoderInput> inputs() {
        return expected.optionalArray("inputs").orElseThrow().stream()
                .map(value -> input(((JsonObject) value).members()))
                .toList();
    }

    private static EncoderInput input(Map<String, JsonValue> members) {
        return new EncoderInput(ints(members.get("ids")), ints(members.get("types")));
    }

    private static int[] ints(JsonValue value) {
        return ((JsonArray) value)
                .elements().stream().mapToInt(i -> (int) ((JsonInteger) i).value()).toArray();
    }

    /** Ids and types of the section of a text. */
    EncoderInput input(String section) {
        return input(fields(section).object().members());
    }

    Section section(String name) {
        JsonFields mistakes = fields(name).optionalFields("mistakes").orElseThrow();
        Map<String, float[]> wrong = new LinkedHashMap<>();
        for (String mistake : mistakes.object().members().keySet()) {
            wrong.put(mistake, floats(mistakes, mistake));
        }
        return new Section(floats(fields(name), "right"), wrong);
    }

    /** Of the answers, as they are counted. */
    List<String> labels() {
        return fields("answers").optionalTexts("labels").orElseThrow();
    }

    int limit() {
        return expected.size("limit", 1 << 10);
    }

    int dimensions() {
        return fields("short").size("dimensions", 1 << 10);
    }

    private JsonFields fields(String section) {
        return expected.optionalFields(section).orElseThrow();
    }

    private static float[] floats(JsonFields fields, String key) {
        List<Double> numbers = fields.optionalNumbers(key).orElseThrow();
        float[] floats = new float[numbers.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = numbers.get(i).floatValue();
        }
        return floats;
    }
}
