package dev.nightjar.engine.warmup;

import dev.nightjar.engine.format.ExpertsConfig;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.TensorSource;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.model.CausalLm;
import dev.nightjar.engine.model.ModelFactory;
import dev.nightjar.engine.model.StepLimits;
import dev.nightjar.kernels.backend.Backend;

/**
 * A model of the same architecture and the same types of weights as another one, but of a few
 * hundred columns and two layers: it goes through the same kernels at next to no cost. Its weights
 * are copies of the first bytes of those of the other model.
 *
 * @param name of the model
 * @param factory its architecture
 * @param config its configuration, in small
 * @param weights its weights, in small
 */
public record Miniature(
        String name, ModelFactory factory, ModelConfig config, TensorSource weights) {

    /** One block of all formats, also of those with super-blocks. */
    private static final int SIZE = 256;

    private static final int VOCABULARY = 512;
    private static final int POSITIONS = 512;
    private static final int LAYERS = 2;

    /** Describes the miniature of a model; reads and allocates nothing. */
    public static Miniature of(
            String name, ModelFactory factory, ModelConfig config, TensorSource weights) {
        return new Miniature(name, factory, shrunk(config), new MiniatureWeights(weights));
    }

    /** Prepares its weights. */
    CausalLm create(Backend backend, int maxTokens, int maxSequences, int maxContext) {
        StepLimits limits = new StepLimits(maxTokens, maxSequences, maxContext);
        return factory.create(backend, config, WeightMap.of(weights), limits);
    }

    /** Heads keep their size and their share of key/value heads: kernels depend on both. */
    private static ModelConfig shrunk(ModelConfig full) {
        int kvHeads = kvHeads(full);
        int dense = full.experts().map(ExpertsConfig::leadingDenseLayers).orElse(0);
        return new ModelConfig(
                full.architecture(),
                full.name(),
                Math.min(VOCABULARY, full.vocabSize()),
                small(full.hiddenSize()),
                small(full.intermediateSize()),
                Math.min(dense + LAYERS, full.numLayers()),
                0,
                kvHeads * (full.numHeads() / full.numKvHeads()),
                kvHeads,
                full.headDim(),
                full.normEps(),
                Math.min(POSITIONS, full.maxPositions()),
                full.rope(),
                full.activation(),
                full.slidingWindow(),
                full.experts().map(Miniature::shrunk),
                full.latentAttention(),
                full.parallelResidual(),
                full.maxAlibiBias(),
                full.queryTemperature(),
                full.qkvClamp(),
                full.attentionScale(),
                full.attentionSoftCap(),
                full.logitSoftCap(),
                full.embeddingScale(),
                full.residualScale(),
                full.logitScale());
    }

    private static ExpertsConfig shrunk(ExpertsConfig full) {
        return new ExpertsConfig(
                full.routing(),
                small(full.expertSize()),
                small(full.sharedSize()),
                full.leadingDenseLayers());
    }

    /** Sizes that are no multiple of a block stay as they are. */
    private static int small(int size) {
        return size % SIZE == 0 ? Math.min(SIZE, size) : size;
    }

    /** The fewest whose query heads together are whole blocks; all of them if none are. */
    private static int kvHeads(ModelConfig full) {
        int group = full.numHeads() / full.numKvHeads() * full.headDim();
        for (int heads = 1; heads < full.numKvHeads(); heads++) {
            if (full.numKvHeads() % heads == 0 && heads * group % SIZE == 0) {
                return heads;
            }
        }
        return full.numKvHeads();
    }
}
