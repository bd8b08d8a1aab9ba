package dev.nightjar.engine.quantize;

import dev.nightjar.engine.checkpoint.Checkpoint;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.gguf.GgufFile;
import dev.nightjar.engine.format.gguf.GgufMetadata;
import dev.nightjar.engine.format.gguf.GgufType;
import java.util.Arrays;
import java.util.Set;

/**
 * What the mixtures ask about a model.
 *
 * @param architecture as the file names it; empty if it does not
 * @param numLayers 0 if unknown
 * @param groupSize query heads per key/value head; 1 if unknown
 * @param numExperts 0 unless the model is a mixture of experts
 * @param hasOutput whether the output matrix is there; otherwise the token embedding serves as such
 */
public record ModelTraits(
        String architecture, long numLayers, long groupSize, long numExperts, boolean hasOutput) {

    /** The traits as far as the file states them; a file without keys has none. */
    static ModelTraits of(GgufFile file) {
        GgufMetadata metadata = file.metadata();
        String architecture = metadata.optionalString("general.architecture").orElse("");
        long heads = largest(metadata, architecture + ".attention.head_count", 1);
        long kvHeads = largest(metadata, architecture + ".attention.head_count_kv", heads);
        return new ModelTraits(
                architecture,
                largest(metadata, architecture + ".block_count", 0),
                kvHeads == 0 ? 1 : Math.max(1, heads / kvHeads),
                largest(metadata, architecture + ".expert_count", 0),
                file.tensors().containsKey("output.weight"));
    }

    /** The traits of a model of text; of an encoder none but its architecture. */
    static ModelTraits of(Checkpoint checkpoint) {
        String architecture = checkpoint.architecture();
        Set<String> names = checkpoint.weights().tensorNames();
        boolean hasOutput = names.contains("output.weight");
        boolean isText =
                names.contains("token_embd.weight") && !names.contains("token_embd_norm.weight");
        if (!isText) {
            return new ModelTraits(architecture, 0, 1, 0, hasOutput);
        }
        ModelConfig config = checkpoint.config();
        return new ModelTraits(
                architecture,
                config.numLayers(),
                Math.max(1, config.numHeads() / Math.max(1, config.numKvHeads())),
                config.experts().map(experts -> experts.routing().numExperts()).orElse(0),
                hasOutput);
    }

    /** A number, or the largest of a number per layer. */
    private static long largest(GgufMetadata metadata, String key, long absent) {
        if (metadata.type(key).filter(type -> type == GgufType.ARRAY).isPresent()) {
            return Arrays.stream(metadata.ints(key)).max().orElse((int) absent);
        }
        return metadata.optionalLong(key).orElse(absent);
    }

    boolean isFalcon() {
        return architecture.equals("falcon");
    }

    /** The one size of mixture for which common mixtures have rules of their own. */
    boolean hasEightExperts() {
        return numExperts == 8;
    }

    /** Deep models whose few value heads serve many queries each: values are small and matter. */
    boolean isDeepAndGrouped() {
        return numLayers == 80 && groupSize >= 4;
    }
}
