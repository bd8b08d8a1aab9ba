package dev.nightjar.engine.model;

import dev.nightjar.engine.format.HostVector;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.RopeConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.format.lazy.LazyTensor;
import dev.nightjar.engine.nn.Attention;
import dev.nightjar.engine.nn.Attention.HeadNorms;
import dev.nightjar.engine.nn.Attention.HeadNorms.Place;
import dev.nightjar.engine.nn.Attention.Projections;
import dev.nightjar.engine.nn.Attention.Rotation;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.engine.nn.FeedForward;
import dev.nightjar.engine.nn.HeadNorm;
import dev.nightjar.engine.nn.LayerNorm;
import dev.nightjar.engine.nn.Linear;
import dev.nightjar.engine.nn.Mixer;
import dev.nightjar.engine.nn.Mlp;
import dev.nightjar.engine.nn.Norm;
import dev.nightjar.engine.nn.ParallelBlock;
import dev.nightjar.engine.nn.PlainFeedForward;
import dev.nightjar.engine.nn.RmsNorm;
import dev.nightjar.engine.nn.RotaryEmbedding;
import dev.nightjar.engine.nn.SequentialBlock;
import dev.nightjar.engine.nn.SequentialBlock.Half;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.RopeTable;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Reads the parts that architectures have in common from their usual GGUF names; the file of an
 * architecture decides which it has and in which order. Biases and scales of a projection are
 * optional everywhere: a checkpoint that has them wants them.
 */
final class DecoderBuilder {

    /** Read with the configuration. */
    private static final List<String> CONFIGURATION_TENSORS =
            List.of("rope_freqs.weight", "rope_factors_short.weight", "rope_factors_long.weight");

    private final Backend backend;
    private final ModelConfig config;
    private final WeightMap weights;
    private final StepLimits limits;
    private final Map<RopeConfig, Rotation> rotations = new HashMap<>();
    private Optional<Weight> positions = Optional.empty();
    private Optional<Norm> embeddingNorm = Optional.empty();
    private long extraWeightBytes;

    DecoderBuilder(Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        this.backend = backend;
        this.config = config;
        this.weights = weights;
        this.limits = limits;
        CONFIGURATION_TENSORS.forEach(weights::ignore);
        for (int i = 0; i < config.numPredictLayers(); i++) {
            layer(config.numLayers() + i).ignoreAll();
        }
    }

    Backend backend() {
        return backend;
    }

    ModelConfig config() {
        return config;
    }

    StepLimits limits() {
        return limits;
    }

    /** The weights outside of the blocks. */
    WeightMap weights() {
        return weights;
    }

    /** The weights of block {@code i}. */
    WeightMap layer(int i) {
        return weights.sub("blk." + i);
    }

    /** Adds learned position embeddings. */
    DecoderBuilder withPositions(String name) {
        Tensor table = weights.matrix(name, config.maxPositions(), config.hiddenSize());
        positions = Optional.of(backend.prepare(WeightUse.EMBEDDING, List.of(table)));
        return this;
    }

    /** Normalizes the embeddings. */
    DecoderBuilder withEmbeddingNorm(Norm norm) {
        embeddingNorm = Optional.of(norm);
        return this;
    }

    /** The model: {@code block} makes each of the layers, {@code norm} stands before the head. */
    CausalLm build(IntFunction<Block> block, Norm norm) {
        int V = config.vocabSize();
        int C = config.hiddenSize();
        Tensor table = weights.matrix("token_embd.weight", V, C);
        Weight embedding = backend.prepare(WeightUse.EMBEDDING, List.of(table));
        List<Block> blocks = IntStream.range(0, config.numLayers()).mapToObj(block).toList();
        Linear lmHead =
                weights.contains("output.weight")
                        ? linear(part(weights, "output", V, C))
                        : linear(Linear.Part.of(table));
        Decoder.Parts parts =
                new Decoder.Parts(embedding, positions, embeddingNorm, blocks, norm, lmHead);
        return new Decoder(backend, config, limits, parts, extraWeightBytes);
    }

    /** Attention, then feed-forward, with norms of their inputs. */
    Block preNorm(Norm attentionNorm, Mixer attention, Norm mlpNorm, Mlp mlp) {
        return new SequentialBlock(
                backend,
                new Half<>(Optional.of(attentionNorm), attention, Optional.empty()),
                new Half<>(Optional.of(mlpNorm), mlp, Optional.empty()),
                (float) config.residualScale());
    }

    /** {@link #preNorm} with the RMSNorms of the usual names. */
    Block rmsPreNorm(int i, Mixer attention, Mlp mlp) {
        WeightMap w = layer(i);
        return preNorm(rmsNorm(w, "attn_norm"), attention, rmsNorm(w, "ffn_norm"), mlp);
    }

    /** {@link #preNorm} with the layer norms of the usual names. */
    Block layerPreNorm(int i, Mixer attention, Mlp mlp) {
        WeightMap w = layer(i);
        return preNorm(layerNorm(w, "attn_norm"), attention, layerNorm(w, "ffn_norm"), mlp);
    }

    /** Attention and feed-forward side by side on the layer norm of the usual name. */
    Block parallel(int i, Mixer attention, Mlp mlp) {
        Norm norm = layerNorm(layer(i), "attn_norm");
        return new ParallelBlock(backend, norm, Optional.empty(), attention, mlp);
    }

    /** Attention, then feed-forward, with norms of their inputs and of their results. */
    Block sandwich(Half<Mixer> attention, Half<Mlp> mlp) {
        return new SequentialBlock(backend, attention, mlp, (float) config.residualScale());
    }

    /** Self-attention of block {@code i} with the weights of its usual names. */
    Attention attention(int i) {
        return attention(i, spec(i), rotation(i));
    }

    /** As {@link #attention(int)} with another spec or other positions. */
    Attention attention(int i, AttentionSpec spec, Optional<Rotation> rotation) {
        return attention(i, spec, rotation, qkv(layer(i)));
    }

    /** As {@link #attention(int)} with a projection to queries, keys and values. */
    Attention attention(int i, AttentionSpec spec, Optional<Rotation> rotation, Linear qkvProj) {
        int queries = config.numHeads() * config.headDim();
        Linear output = linear(part(layer(i), "attn_output", config.hiddenSize(), queries));
        Projections projections = new Projections(qkvProj, (float) config.qkvClamp(), output);
        return new Attention(backend, i, spec, rotation, projections);
    }

    /**
     * Attention whose windowed layers have positions, while those that see everything have none.
     */
    Attention attentionWithWindowedPositions(int i) {
        boolean hasPositions = config.slidingWindow().isEmpty() || config.windowOf(i) > 0;
        return attention(i, spec(i), hasPositions ? rotation(i) : Optional.empty());
    }

    private Linear qkv(WeightMap w) {
        int C = config.hiddenSize();
        int queries = config.numHeads() * config.headDim();
        int keys = config.numKvHeads() * config.headDim();
        if (w.contains("attn_qkv.weight")) {
            return linear(part(w, "attn_qkv", queries + 2 * keys, C));
        }
        return linear(
                part(w, "attn_q", queries, C),
                part(w, "attn_k", keys, C),
                part(w, "attn_v", keys, C));
    }

    /** Attention of block {@code i} as the configuration says. */
    AttentionSpec spec(int i) {
        double scale =
                config.attentionScale() == 0
                        ? 1 / Math.sqrt(config.headDim())
                        : config.attentionScale();
        AttentionSpec spec =
                new AttentionSpec(
                                config.numHeads(),
                                config.numKvHeads(),
                                config.headDim(),
                                (float) scale)
                        .withWindow(config.windowOf(i))
                        .withSoftCap((float) config.attentionSoftCap());
        return config.maxAlibiBias() == 0 ? spec : spec.withSlopes(slopes());
    }

    private Weight slopes() {
        return vector(HostVector.tensor(AlibiSlopes.of(config.numHeads(), config.maxAlibiBias())));
    }

    /** Rotations of block {@code i}; blocks of the same parameters share their tables. */
    Optional<Rotation> rotation(int i) {
        RopeConfig rope = config.ropeOf(i);
        if (rope.rotaryDim() == 0) {
            return Optional.empty();
        }
        return Optional.of(rotations.computeIfAbsent(rope, this::tables));
    }

    private Rotation tables(RopeConfig rope) {
        RotaryEmbedding embedding = new RotaryEmbedding(rope);
        RopeTable keys = embedding.table(backend, limits.maxContext());
        RopeTable queries =
                config.queryTemperature()
                        .map(t -> embedding.table(backend, limits.maxContext(), t::factor))
                        .orElse(keys);
        return new Rotation(queries, keys);
    }

    /** A small weight used element-wise. */
    Weight vector(Tensor tensor) {
        return backend.prepare(WeightUse.VECTOR, List.of(tensor));
    }

    /** Gated feed-forward of {@code intermediateSize}, gate and up fused in the file or not. */
    Mlp gatedFeedForward(WeightMap w) {
        int C = config.hiddenSize();
        int F = config.intermediateSize();
        Linear gateUp =
                w.contains("ffn_gate.weight")
                        ? linear(unscaled(w, "ffn_gate", F, C), unscaled(w, "ffn_up", F, C))
                        : linear(unscaled(w, "ffn_up", 2 * F, C));
        Linear down = linear(unscaled(w, "ffn_down", C, F));
        return new FeedForward(backend, config.activation(), gateUp, down, F);
    }

    /** Feed-forward without a gate. */
    Mlp plainFeedForward(WeightMap w) {
        int C = config.hiddenSize();
        int F = config.intermediateSize();
        return new PlainFeedForward(
                config.activation(),
                linear(unscaled(w, "ffn_up", F, C)),
                linear(unscaled(w, "ffn_down", C, F)),
                F);
    }

    /** A projection of several matrices side by side. */
    Linear linear(Linear.Part... parts) {
        Linear linear = Linear.of(backend, List.of(parts));
        extraWeightBytes += linear.extraBytes();
        return linear;
    }

    /** The matrix {@code name.weight} with its scale and bias, if it has them. */
    Linear.Part part(WeightMap w, String name, int out, int in) {
        w.ignore(name + ".input_scale"); // for engines that quantize activations
        return new Linear.Part(
                w.matrix(name + ".weight", out, in),
                w.optionalVector(name + ".scale", 1),
                w.optionalVector(name + ".bias", out));
    }

    /**
     * The matrix {@code name.weight} with its bias, if it has one. Scales of feed-forward weights
     * come with one block format that is not supported, and most architectures ignore them.
     */
    Linear.Part unscaled(WeightMap w, String name, int out, int in) {
        w.ignore(name + ".input_scale");
        w.ignore(name + ".scale");
        return new Linear.Part(
                w.matrix(name + ".weight", out, in),
                Optional.empty(),
                w.optionalVector(name + ".bias", out));
    }

    /** The matrix {@code [cols, rows]} as F32, in memory of its own. */
    Tensor transposed(Tensor matrix) {
        LazyTensor copy = LazyTensor.of(matrix).floats().transposed();
        extraWeightBytes += copy.bytes();
        return copy.load(Arena.ofAuto());
    }

    /** Weights of experts; see {@link Backend#prepareExperts}. */
    Weight experts(List<List<Tensor>> experts) {
        Weight weight = backend.prepareExperts(experts);
        extraWeightBytes += weight.extraBytes();
        return weight;
    }

    /** RMSNorm over the hidden size. */
    RmsNorm rmsNorm(WeightMap w, String name) {
        return rmsNorm(w, name, config.hiddenSize());
    }

    /** RMSNorm over {@code size} elements. */
    RmsNorm rmsNorm(WeightMap w, String name, int size) {
        return new RmsNorm(backend, w.vector(name + ".weight", size), eps());
    }

    /** Layer norm over the hidden size, with a bias if the checkpoint has one. */
    LayerNorm layerNorm(WeightMap w, String name) {
        int C = config.hiddenSize();
        Tensor weight = w.vector(name + ".weight", C);
        return new LayerNorm(backend, weight, w.optionalVector(name + ".bias", C), eps());
    }

    /** Layer norm over the hidden size without weights. */
    LayerNorm plainLayerNorm() {
        float[] ones = new float[config.hiddenSize()];
        Arrays.fill(ones, 1);
        return new LayerNorm(backend, HostVector.tensor(ones), Optional.empty(), eps());
    }

    /** The attention with an RMSNorm of each query and key head. */
    Attention withHeadRmsNorms(int i, Attention attention) {
        return withHeadRmsNorms(i, attention, Place.BEFORE_ROTATION);
    }

    /** As above, with the norms at either side of the rotation. */
    Attention withHeadRmsNorms(int i, Attention attention, Place place) {
        return withNorms(
                i,
                attention,
                place,
                (w, name, heads) ->
                        HeadNorm.rms(backend, w.vector(name, config.headDim()), heads, eps()));
    }

    /** The attention with an RMSNorm of all queries together and of all keys together. */
    Attention withWholeRmsNorms(int i, Attention attention) {
        return withNorms(
                i,
                attention,
                Place.BEFORE_ROTATION,
                (w, name, heads) -> {
                    Tensor weight = w.vector(name, (long) heads * config.headDim());
                    return HeadNorm.wholeRms(backend, weight, eps());
                });
    }

    /** The attention with a layer norm of each query and key head, if the checkpoint has them. */
    Attention withOptionalHeadLayerNorms(int i, Attention attention) {
        if (!layer(i).contains("attn_q_norm.weight")) {
            return attention;
        }
        return withNorms(
                i,
                attention,
                Place.BEFORE_ROTATION,
                (w, name, heads) -> {
                    Tensor weight = w.matrix(name, heads, config.headDim());
                    return HeadNorm.layer(backend, weight, heads, eps());
                });
    }

    private interface HeadNormReader {
        HeadNorm read(WeightMap w, String name, int numHeads);
    }

    private Attention withNorms(int i, Attention attention, Place place, HeadNormReader reader) {
        WeightMap w = layer(i);
        return attention.withNorms(
                new HeadNorms(
                        Optional.of(reader.read(w, "attn_q_norm.weight", config.numHeads())),
                        Optional.of(reader.read(w, "attn_k_norm.weight", config.numKvHeads())),
                        place));
    }

    private float eps() {
        return (float) config.normEps();
    }
}
