package dev.nightjar.server.fleet;

import dev.nightjar.engine.DemoModels;
import dev.nightjar.engine.encoder.EncoderTask;
import dev.nightjar.engine.lifecycle.ModelSource;
import dev.nightjar.engine.quantize.Mixture;
import dev.nightjar.engine.request.KvType;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.catalog.ModelTask;
import dev.nightjar.server.yaml.Key;
import dev.nightjar.server.yaml.KeySet;
import dev.nightjar.server.yaml.Section;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a configured model is put into service; what is not said is as for all models.
 *
 * @param maxContext most tokens per sequence
 * @param kvBytes memory of the KV pool
 * @param kvType in which type keys and values are kept
 * @param maxSequences sequences that may run at the same time
 * @param maxQueued sequences that may wait
 * @param targetItl how long running streams should wait for a token while prompts are computed
 * @param chatTemplate a template by name, or a Jinja file
 * @param quantize the types that weights are quantized to while they are loaded
 */
record ModelOptions(
        OptionalInt maxContext,
        OptionalLong kvBytes,
        Optional<KvType> kvType,
        OptionalInt maxSequences,
        OptionalInt maxQueued,
        Optional<Duration> targetItl,
        Optional<String> chatTemplate,
        Optional<Mixture> quantize) {

    /** What stands for the small model that ships with the engine. */
    private static final String DEMO = "demo";

    private static final int MANY = 1_000_000_000;

    private static final Key<Integer> MAX_CONTEXT =
            Key.integer(
                    "max_context",
                    1,
                    MANY,
                    "Most tokens of prompt and completion; what the model allows without it.");
    private static final Key<Long> KV_MEMORY =
            Key.bytes(
                    "kv_memory",
                    "Memory for keys and values; planned from the machine's without it.");
    private static final Key<KvType> KV_TYPE =
            Key.word("kv_type", KvType.class, "Type of keys and values; f16 without it.");
    private static final Key<Integer> MAX_SEQUENCES =
            Key.integer(
                    "max_sequences",
                    1,
                    MANY,
                    "Most sequences that run at the same time; 64 without it.");
    private static final Key<Integer> MAX_QUEUED =
            Key.integer("max_queued", 1, MANY, "Most sequences that wait for it; 256 without it.");
    private static final Key<Duration> TARGET_ITL =
            Key.duration(
                    "target_itl",
                    "How long running streams should wait for their next token when prompts are"
                            + " computed beside them, in smaller chunks then; first tokens come"
                            + " later the shorter it is; 200ms without it.");
    private static final Key<String> CHAT_TEMPLATE =
            Key.text(
                    "chat_template",
                    "A chat template by name, or a Jinja file, instead of the model's own.");
    private static final Key<Mixture> QUANTIZE =
            Key.word(
                    "quantize",
                    Mixture.class,
                    "Quantize matrices that have more bits while they are loaded.");

    /** What a model may say of it. */
    static final KeySet KEYS =
            KeySet.of(
                    MAX_CONTEXT,
                    KV_MEMORY,
                    KV_TYPE,
                    MAX_SEQUENCES,
                    MAX_QUEUED,
                    TARGET_ITL,
                    CHAT_TEMPLATE,
                    QUANTIZE);

    static ModelOptions read(Section section) {
        return new ModelOptions(
                integer(section, MAX_CONTEXT),
                section.get(KV_MEMORY).map(OptionalLong::of).orElse(OptionalLong.empty()),
                section.get(KV_TYPE),
                integer(section, MAX_SEQUENCES),
                integer(section, MAX_QUEUED),
                section.get(TARGET_ITL),
                section.get(CHAT_TEMPLATE),
                section.get(QUANTIZE));
    }

    private static OptionalInt integer(Section section, Key<Integer> key) {
        return section.get(key).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    /** Where a model comes from. */
    ModelSource source(Section section, String path, Optional<ModelTask> task) {
        ModelSource source =
                path.equals(DEMO) ? demo(task.orElse(ModelTask.GENERATE)) : file(section, path);
        if (source.isOfRows()) {
            requireNone(section);
        }
        return quantize.map(source::quantizedTo).orElse(source);
    }

    /** A model of rows has no tokens, no cache and no matrices. */
    private static void requireNone(Section section) {
        for (Key<?> key :
                List.of(
                        MAX_CONTEXT,
                        KV_MEMORY,
                        KV_TYPE,
                        MAX_SEQUENCES,
                        TARGET_ITL,
                        CHAT_TEMPLATE,
                        QUANTIZE)) {
            requireAbsent(section, key);
        }
    }

    /** Refuses a key that means nothing to a model of rows. */
    static void requireAbsent(Section section, Key<?> key) {
        if (section.has(key)) {
            throw section.fault(
                    "%s is for models of text; this is a model of rows, leave it out"
                            .formatted(key.name()));
        }
    }

    private static ModelSource demo(ModelTask task) {
        LoadOptions options = LoadOptions.defaults();
        return switch (task) {
            case GENERATE -> DemoModels.text(options);
            case EMBED -> DemoModels.encoder(EncoderTask.EMBED, options);
            case RERANK -> DemoModels.encoder(EncoderTask.RERANK, options);
            case CLASSIFY -> DemoModels.encoder(EncoderTask.CLASSIFY, options);
            case PREDICT -> DemoModels.rows(options);
        };
    }

    private static ModelSource file(Section section, String path) {
        try {
            return ModelSource.of(ModelPlaces.find(path), LoadOptions.defaults());
        } catch (IllegalArgumentException missing) {
            throw section.fault("path: " + missing.getMessage());
        }
    }

    /** The same source with the options of all models, and these on top. */
    ModelSource over(LoadOptions base, ModelSource source) {
        LoadOptions options = base;
        if (maxContext.isPresent()) {
            options = options.withMaxContext(maxContext.getAsInt());
        }
        if (kvBytes.isPresent()) {
            options = options.withKvBytes(kvBytes.getAsLong());
        }
        if (kvType.isPresent()) {
            options = options.withKvType(kvType.get());
        }
        if (maxSequences.isPresent()) {
            options = options.withMaxSequences(maxSequences.getAsInt());
        }
        if (maxQueued.isPresent()) {
            options = options.withMaxQueued(maxQueued.getAsInt());
        }
        if (targetItl.isPresent()) {
            options = options.withTargetItl(targetItl.get());
        }
        if (chatTemplate.isPresent()) {
            options = options.withChatTemplate(chatTemplate.get());
        }
        return source.withOptions(options);
    }
}
