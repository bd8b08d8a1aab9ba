package dev.nightjar.engine.format.hf.encoder;

import dev.nightjar.engine.format.EncoderPipeline;
import dev.nightjar.engine.format.EncoderPrompts;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.Pooling;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.json.JsonReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the files of sentence-transformers beside {@code config.json} say: {@code modules.json}
 * lists the transformer, its pooling and what follows, {@code sentence_bert_config.json} the most
 * tokens and whether texts are written in lower case, {@code config_sentence_transformers.json} the
 * prompts. A folder without them is a classifier if its architecture says so; else the mean is
 * taken.
 *
 * @param steps what becomes of hidden states
 * @param maxTokens of one input, if they are fewer than the model takes
 * @param denseFolders where the weights of projections are, by their name in {@code steps}
 */
public record SentencePipeline(
        EncoderPipeline steps, OptionalInt maxTokens, Map<String, Path> denseFolders) {

    private static final System.Logger LOG = System.getLogger(SentencePipeline.class.getName());

    private static final int MAX_TOKENS = 1 << 17;
    private static final String BEGINNING = "Transformer and Pooling at the beginning";

    /** Copies the map. */
    public SentencePipeline {
        denseFolders = Map.copyOf(denseFolders);
    }

    /** The first pooling. */
    public Pooling pooling() {
        return steps.pooling();
    }

    /**
     * Reads what is there.
     *
     * @throws ModelFormatException if it asks for something that is not implemented
     */
    public static SentencePipeline read(Path folder, HfConfig config) {
        EncoderPrompts prompts = SentencePrompts.read(folder);
        Optional<JsonFields> transformer = transformer(folder);
        boolean lowersCase =
                transformer.flatMap(own -> own.optionalBoolean("do_lower_case")).orElse(false);
        OptionalInt maxTokens =
                transformer
                        .map(own -> own.optionalSize("max_seq_length", MAX_TOKENS))
                        .orElse(OptionalInt.empty());
        Optional<List<SentenceModules.Module>> modules = SentenceModules.read(folder);
        if (modules.isEmpty()) {
            EncoderPipeline steps =
                    new EncoderPipeline(
                            List.of(withoutModules(folder, config)),
                            true,
                            List.of(),
                            prompts,
                            lowersCase);
            return new SentencePipeline(steps, maxTokens, Map.of());
        }
        PoolingModule pooling = pooling(folder, modules.get());
        VectorModules rest = VectorModules.read(modules.get().subList(2, modules.get().size()), 2);
        EncoderPipeline steps =
                new EncoderPipeline(
                        pooling.poolings(),
                        pooling.poolsPrompt(),
                        rest.modules(),
                        prompts,
                        lowersCase);
        return new SentencePipeline(steps, maxTokens, rest.denseFolders());
    }

    private static Optional<JsonFields> transformer(Path folder) {
        Path file = folder.resolve("sentence_bert_config.json");
        return Files.isRegularFile(file)
                ? Optional.of(JsonFields.of(file.toString(), JsonReader.readObject(file)))
                : Optional.empty();
    }

    private static Pooling withoutModules(Path folder, HfConfig config) {
        boolean isClassifier =
                config.root().optionalTexts("architectures").orElse(List.of()).stream()
                        .anyMatch(name -> name.endsWith("ForSequenceClassification"));
        if (!isClassifier) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: no modules.json says how texts become vectors; the mean is taken",
                    folder);
        }
        return isClassifier ? Pooling.RANK : Pooling.MEAN;
    }

    private static PoolingModule pooling(Path folder, List<SentenceModules.Module> modules) {
        if (modules.size() < 2) {
            throw new ModelFormatException(
                    "%s: expected %s in modules.json, found %d modules"
                            .formatted(folder, BEGINNING, modules.size()));
        }
        SentenceModules.Module transformer = modules.get(0);
        if (!transformer.type().equals("Transformer")) {
            throw transformer.unsupported(BEGINNING);
        }
        if (!transformer.folder().equals(folder.normalize())) {
            throw transformer
                    .fields()
                    .error(
                            "path",
                            "expected the folder itself for the transformer, found %s"
                                    .formatted(transformer.fields().text("path")));
        }
        SentenceModules.Module pooling = modules.get(1);
        if (!pooling.type().equals("Pooling")) {
            throw pooling.unsupported(BEGINNING);
        }
        return PoolingModule.read(pooling);
    }
}
