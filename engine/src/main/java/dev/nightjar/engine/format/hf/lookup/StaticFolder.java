package dev.nightjar.engine.format.hf.lookup;

import dev.nightjar.engine.format.EncoderPipeline;
import dev.nightjar.engine.format.Pooling;
import dev.nightjar.engine.format.hf.encoder.SentenceModules;
import dev.nightjar.engine.format.hf.encoder.SentencePrompts;
import dev.nightjar.engine.format.hf.encoder.VectorModules;
import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.json.JsonReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the files of such a folder say. The first module of {@code modules.json} is {@code
 * StaticEmbedding}, with weights and vocabulary in its folder, or {@code config.json} has the type
 * {@code model2vec}, or both. model2vec leaves unknown tokens out of texts, sentence-transformers
 * does not.
 *
 * @param folder the model's
 * @param data where its weights and its vocabulary are
 * @param maxTokens of a text
 * @param droppedToken that is left out of texts
 * @param following what is done to vectors
 */
public record StaticFolder(
        Path folder,
        Path data,
        int maxTokens,
        Optional<String> droppedToken,
        VectorModules following) {

    private static final int MAX_TOKENS = 1 << 17;
    private static final String CONFIG = "config.json";

    /**
     * The folder, if it is one.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if a file is damaged or asks for
     *     something that is not implemented
     */
    public static Optional<StaticFolder> find(Path folder) {
        List<SentenceModules.Module> modules = SentenceModules.read(folder).orElse(List.of());
        boolean isListed =
                !modules.isEmpty() && modules.getFirst().type().equals("StaticEmbedding");
        Optional<JsonFields> config = config(folder);
        if (!isListed && (config.isEmpty() || !modules.isEmpty())) {
            return Optional.empty();
        }
        VectorModules following =
                VectorModules.read(isListed ? modules.subList(1, modules.size()) : List.of(), 1);
        Path data = isListed ? modules.getFirst().folder() : folder;
        Optional<String> dropped = config.isPresent() ? UnknownToken.read(data) : Optional.empty();
        return Optional.of(new StaticFolder(folder, data, maxTokens(config), dropped, following));
    }

    /** Of model2vec. */
    private static Optional<JsonFields> config(Path folder) {
        Path file = folder.resolve(CONFIG);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        JsonFields fields = JsonFields.of(file.toString(), JsonReader.readObject(file));
        return fields.optionalText("model_type").filter("model2vec"::equals).map(type -> fields);
    }

    /** What it says may be more than is sensible, as nothing depends on it. */
    private static int maxTokens(Optional<JsonFields> config) {
        OptionalDouble stated =
                config.map(fields -> fields.optionalPositive("seq_length"))
                        .orElse(OptionalDouble.empty());
        return (int) Math.max(1, Math.min(MAX_TOKENS, stated.orElse(MAX_TOKENS)));
    }

    /** What becomes of the rows of a text's tokens. */
    public EncoderPipeline pipeline() {
        return new EncoderPipeline(
                List.of(Pooling.MEAN),
                true,
                following.modules(),
                SentencePrompts.read(folder),
                false);
    }
}
