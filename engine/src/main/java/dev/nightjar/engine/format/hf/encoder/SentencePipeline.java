package dev.nightjar.engine.format.hf.encoder;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.Pooling;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.json.JsonReader;
import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.format.json.JsonValue.JsonArray;
import dev.nightjar.engine.format.json.JsonValue.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What the files of sentence-transformers beside {@code config.json} say: {@code modules.json}
 * lists the transformer, its pooling and perhaps a normalization, {@code sentence_bert_config.json}
 * the most tokens. A folder without them is a classifier if its architecture says so; else the mean
 * is taken.
 *
 * @param pooling what becomes of hidden states
 * @param maxTokens of one input, if they are fewer than the model takes
 */
public record SentencePipeline(Pooling pooling, OptionalInt maxTokens) {

    private static final System.Logger LOG = System.getLogger(SentencePipeline.class.getName());

    private static final String MODULES = "modules.json";
    private static final int MAX_TOKENS = 1 << 17;
    private static final long MAX_BYTES = 1 << 20;

    private static final Map<String, Pooling> FLAGS =
            Map.of(
                    "pooling_mode_cls_token", Pooling.CLS,
                    "pooling_mode_mean_tokens", Pooling.MEAN,
                    "pooling_mode_lasttoken", Pooling.LAST);

    private static final List<String> OTHER_FLAGS =
            List.of(
                    "pooling_mode_max_tokens",
                    "pooling_mode_mean_sqrt_len_tokens",
                    "pooling_mode_weightedmean_tokens");

    /**
     * Reads what is there.
     *
     * @throws ModelFormatException if it asks for something that is not implemented
     */
    public static SentencePipeline read(Path folder, HfConfig config) {
        refuseDefaultPrompt(folder.resolve("config_sentence_transformers.json"));
        return new SentencePipeline(pooling(folder, config), maxTokens(folder));
    }

    /** What is put before every text changes all vectors, so it is not passed over. */
    private static void refuseDefaultPrompt(Path file) {
        if (!Files.isRegularFile(file)) {
            return;
        }
        JsonFields fields = JsonFields.of(file.toString(), JsonReader.readObject(file));
        fields.optionalText("default_prompt_name")
                .ifPresent(
                        name -> {
                            throw fields.error(
                                    "default_prompt_name",
                                    "expected none, found %s; prompts of a model are not supported"
                                                    .formatted(name)
                                            + " yet, so remove it and write the prompt before"
                                            + " each text");
                        });
    }

    private static OptionalInt maxTokens(Path folder) {
        Path file = folder.resolve("sentence_bert_config.json");
        if (!Files.isRegularFile(file)) {
            return OptionalInt.empty();
        }
        JsonFields fields = JsonFields.of(file.toString(), JsonReader.readObject(file));
        if (fields.optionalBoolean("do_lower_case").orElse(false)) {
            throw fields.error(
                    "do_lower_case",
                    "expected false, found true, which is not supported yet; a tokenizer that"
                            + " lower-cases by itself needs no such key");
        }
        return fields.optionalSize("max_seq_length", MAX_TOKENS);
    }

    private static Pooling pooling(Path folder, HfConfig config) {
        if (Files.isRegularFile(folder.resolve(MODULES))) {
            return ofModules(folder);
        }
        boolean isClassifier =
                config.root().optionalTexts("architectures").orElse(List.of()).stream()
                        .anyMatch(name -> name.endsWith("ForSequenceClassification"));
        if (!isClassifier) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: no {1} says how texts become vectors; the mean is taken",
                    folder,
                    MODULES);
        }
        return isClassifier ? Pooling.RANK : Pooling.MEAN;
    }

    private static Pooling ofModules(Path folder) {
        List<Pooling> found = new ArrayList<>();
        for (JsonFields module : modules(folder.resolve(MODULES))) {
            String type = module.text("type");
            String name = type.substring(type.lastIndexOf('.') + 1);
            switch (name) {
                case "Transformer", "Normalize" -> {}
                case "Pooling" -> found.add(ofFlags(folder, module.text("path")));
                default ->
                        throw module.error(
                                "type",
                                "expected Transformer, Pooling or Normalize, found %s, which is not supported yet"
                                        .formatted(type));
            }
        }
        if (found.size() != 1) {
            throw new ModelFormatException(
                    "%s: expected one Pooling module in %s, found %d"
                            .formatted(folder, MODULES, found.size()));
        }
        return found.getFirst();
    }

    private static Pooling ofFlags(Path folder, String path) {
        Path file = folder.resolve(path).resolve("config.json").normalize();
        if (!file.startsWith(folder.normalize())) {
            throw new ModelFormatException(
                    "%s: %s: expected the path of a module inside of the folder, found %s"
                            .formatted(folder, MODULES, path));
        }
        JsonFields flags = JsonFields.of(file.toString(), JsonReader.readObject(file));
        List<String> set =
                FLAGS.keySet().stream()
                        .filter(key -> flags.optionalBoolean(key).orElse(false))
                        .toList();
        boolean hasOthers =
                OTHER_FLAGS.stream().anyMatch(key -> flags.optionalBoolean(key).orElse(false));
        if (set.size() != 1 || hasOthers) {
            throw new ModelFormatException(
                    "%s: expected exactly one of %s to be true and none of %s"
                            .formatted(file, FLAGS.keySet(), OTHER_FLAGS));
        }
        return FLAGS.get(set.getFirst());
    }

    /** The file is an array; the reader takes objects. */
    private static List<JsonFields> modules(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ModelFormatException(
                        "%s: expected at most %d bytes, found %d"
                                .formatted(file, MAX_BYTES, Files.size(file)));
            }
            String wrapped = "{\"modules\":" + Files.readString(file) + "}";
            JsonObject document =
                    JsonReader.readObject(
                            wrapped.getBytes(StandardCharsets.UTF_8), file.toString(), 0);
            List<JsonFields> modules = new ArrayList<>();
            if (document.members().get("modules") instanceof JsonArray array) {
                for (JsonValue value : array.elements()) {
                    if (value instanceof JsonObject module) {
                        modules.add(JsonFields.of(file.toString(), module));
                    }
                }
            }
            return modules;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
