package dev.nightjar.engine.format.hf;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.json.JsonReader;
import dev.nightjar.engine.format.json.JsonValue.JsonDecimal;
import dev.nightjar.engine.format.json.JsonValue.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The hyper-parameters of a folder's {@code config.json}. Of a model that sees or hears too, the
 * part about text, {@code text_config}, stands for the whole. For one thread.
 */
public final class HfConfig {

    /** Bounds of what a key may say, so that a damaged one does not decide sizes. */
    public static final int MAX_LAYERS = 4096;

    public static final int MAX_SIZE = 1 << 24;
    public static final int MAX_HEADS = 1 << 14;
    public static final int MAX_HEAD_DIM = 1 << 14;

    /** Text models inside of models for several media, where the part does not say its type. */
    private static final Map<String, String> TEXT_TYPES =
            Map.of("gemma3", "gemma3_text", "mistral3", "mistral");

    private final JsonFields root;
    private final JsonFields fields;

    private HfConfig(JsonFields root) {
        this.root = root;
        this.fields = root.optionalFields("text_config").orElse(root);
    }

    /**
     * Reads a {@code config.json}.
     *
     * @throws ModelFormatException if it is not a JSON object
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static HfConfig read(Path file) {
        return of(file.toString(), JsonReader.readObject(file));
    }

    /** A configuration that is in memory; {@code file} is named in errors. */
    public static HfConfig of(String file, JsonObject document) {
        return new HfConfig(JsonFields.of(file, document));
    }

    /** The members that describe the text model. */
    public JsonFields fields() {
        return fields;
    }

    /** The members of the whole document. */
    public JsonFields root() {
        return root;
    }

    /** Whether the text model is a part of a larger one. */
    public boolean isPart() {
        return fields != root;
    }

    /** The type of the text model, for instance {@code llama}. */
    public String modelType() {
        String whole = root.text("model_type");
        return isPart()
                ? fields.optionalText("model_type").orElse(TEXT_TYPES.getOrDefault(whole, whole))
                : whole;
    }

    /** An integer from 1 to {@code max} under the first of the keys that is present. */
    public int size(int max, String... keys) {
        return optionalSize(max, keys)
                .orElseThrow(
                        () ->
                                fields.error(
                                        String.join(" or ", keys),
                                        "expected this key, found none"));
    }

    /** As {@link #size}, or empty if no key is present. */
    public OptionalInt optionalSize(int max, String... keys) {
        return present(keys).map(key -> fields.optionalSize(key, max)).orElse(OptionalInt.empty());
    }

    /** A finite number above 0 under the first of the keys that is present, else {@code absent}. */
    public double positive(double absent, String... keys) {
        return present(keys).map(fields::positive).orElse(absent);
    }

    /** Takes a number for granted where the key is absent. */
    public void assume(String key, double value) {
        fields.assume(key, new JsonDecimal(value));
    }

    /** A boolean, {@code false} if absent. */
    public boolean isSet(String key) {
        return fields.optionalBoolean(key).orElse(false);
    }

    /** A boolean, {@code true} if absent. */
    public boolean isNotUnset(String key) {
        return fields.optionalBoolean(key).orElse(true);
    }

    /** Whether the output head is the embedding; an explicit statement of either level. */
    public boolean isTied() {
        return fields.optionalBoolean("tie_word_embeddings")
                .or(() -> root.optionalBoolean("tie_word_embeddings"))
                .orElse(false);
    }

    /** What the keys that nobody asked for would change must not be ignored: see the class. */
    public void refuseUnknownKeys() {
        UnknownKeys.refuse(this);
    }

    private Optional<String> present(String... keys) {
        // All are asked for, so that none of them counts as unknown.
        return Stream.of(keys).filter(fields::contains).toList().stream().findFirst();
    }
}
