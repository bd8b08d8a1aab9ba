package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Attention;
import dev.nightjar.engine.nn.FeedForward;
import dev.nightjar.engine.nn.ForwardBatch;
import dev.nightjar.engine.nn.Linear;
import dev.nightjar.engine.nn.RmsNorm;
import dev.nightjar.engine.nn.RotaryEmbedding;
import dev.nightjar.engine.nn.Workspace;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvLayerSpec;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RopeStyle;
import dev.nightjar.kernels.backend.RopeTable;
import dev.nightjar.kernels.backend.UnsupportedDTypeException;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Llama 1 to 3 and what is built like it (Touvron et al. 2023, arXiv 2302.13971; Grattafiori et al.
 * 2024, arXiv 2407.21783): pre-norm blocks of grouped-query attention with rotary positions and a
 * SwiGLU feed-forward, RMSNorm, output head of its own or tied to the embedding.
 *
 * <p>Tensor names are those of GGUF. Its query and key rows are permuted so that rotary embedding
 * turns adjacent pairs. {@code rope_freqs.weight}, if present, divides the rotary frequencies
 * (Llama 3.1 and later).
 */
public final class LlamaModel implements CausalLm {

    private final Backend backend;
    private final ModelConfig config;
    private final Workspace space;
    private final Weight embedding;
    private final List<Layer> layers = new ArrayList<>();
    private final RmsNorm norm;
    private final Linear lmHead;
    private long extraWeightBytes;

    private record Layer(
            RmsNorm inputNorm, Attention attention, RmsNorm postAttentionNorm, FeedForward ffn) {}

    private LlamaModel(Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        this.backend = backend;
        this.config = config;
        int V = config.vocabSize();
        int C = config.hiddenSize();
        Tensor table = weights.matrix("token_embd.weight", V, C);
        embedding = backend.prepare(WeightUse.EMBEDDING, List.of(table));
        RopeTable rope =
                new RotaryEmbedding(config.rope(), rotaryFactors(weights))
                        .table(backend, RopeStyle.ADJACENT, limits.maxContext());
        for (int i = 0; i < config.numLayers(); i++) {
            layers.add(layer(i, weights.sub("blk." + i), rope));
        }
        norm = norm(weights, "output_norm.weight");
        lmHead = linear(weights.optionalMatrix("output.weight", V, C).orElse(table));
        space = new Workspace(backend, widthsOf(config), limits.maxTokens(), limits.maxLogitRows());
    }

    /** Plans and builds models of this architecture. */
    public static ModelFactory factory() {
        return new Factory();
    }

    @Override
    public StepHandle forward(ForwardBatch batch, KvStore kv) {
        int T = batch.numTokens();
        Matrix hidden = space.hidden();
        Matrix normed = space.normed();
        Matrix branch = space.branch();
        backend.embed(embedding, batch.ids(), T, hidden);
        layers.getFirst().inputNorm.forward(hidden, T, normed);
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            layer.attention.forward(normed, batch, kv, space, branch);
            layer.postAttentionNorm.addAndForward(hidden, branch, T, normed);
            layer.ffn.forward(normed, T, space, branch);
            normAfter(i).addAndForward(hidden, branch, T, normed);
        }
        int rows = batch.numLogitRows();
        backend.gatherRows(normed, batch.logitRows(), rows, space.lastHidden());
        lmHead.forward(space.lastHidden(), rows, space.logits());
        return StepHandle.COMPLETED;
    }

    /** The norm that follows layer {@code i}: the next layer's first, or the final one. */
    private RmsNorm normAfter(int i) {
        return i + 1 < layers.size() ? layers.get(i + 1).inputNorm : norm;
    }

    @Override
    public int vocabSize() {
        return config.vocabSize();
    }

    @Override
    public List<KvLayerSpec> cacheSpec() {
        return cacheSpecOf(config);
    }

    @Override
    public Matrix logits() {
        return space.logits();
    }

    @Override
    public long extraWeightBytes() {
        return extraWeightBytes;
    }

    private Layer layer(int index, WeightMap w, RopeTable rope) {
        int C = config.hiddenSize();
        int D = config.headDim();
        int queries = config.numHeads() * D;
        int keys = config.numKvHeads() * D;
        int F = config.intermediateSize();
        AttentionSpec shape =
                new AttentionSpec(
                        config.numHeads(), config.numKvHeads(), D, (float) (1 / Math.sqrt(D)));
        Linear qkvProj =
                linear(
                        w.matrix("attn_q.weight", queries, C),
                        w.matrix("attn_k.weight", keys, C),
                        w.matrix("attn_v.weight", keys, C));
        Linear oProj = linear(w.matrix("attn_output.weight", C, queries));
        Linear gateUpProj =
                linear(w.matrix("ffn_gate.weight", F, C), w.matrix("ffn_up.weight", F, C));
        Linear downProj = linear(w.matrix("ffn_down.weight", C, F));
        return new Layer(
                norm(w, "attn_norm.weight"),
                new Attention(backend, index, shape, rope, qkvProj, oProj),
                norm(w, "ffn_norm.weight"),
                new FeedForward(backend, gateUpProj, downProj));
    }

    private Linear linear(Tensor... parts) {
        Linear linear = Linear.of(backend, parts);
        extraWeightBytes += linear.extraBytes();
        return linear;
    }

    private RmsNorm norm(WeightMap weights, String name) {
        Tensor vector = weights.vector(name, config.hiddenSize());
        return new RmsNorm(backend, vector, (float) config.normEps());
    }

    private Optional<float[]> rotaryFactors(WeightMap weights) {
        int pairs = config.rope().rotaryDim() / 2;
        return weights.optionalVector("rope_freqs.weight", pairs).map(LlamaModel::floats);
    }

    private static float[] floats(Tensor vector) {
        float[] values = new float[(int) vector.shape().numElements()];
        BlockFormats.of(vector.dtype())
                .orElseThrow(
                        () -> new UnsupportedDTypeException(vector.dtype(), BlockFormats.known()))
                .dequantize(vector.data(), 0, values, 0, values.length);
        return values;
    }

    private static List<KvLayerSpec> cacheSpecOf(ModelConfig config) {
        KvLayerSpec spec = new KvLayerSpec(config.numKvHeads(), config.headDim(), DType.F32);
        return Collections.nCopies(config.numLayers(), spec);
    }

    private static Workspace.Widths widthsOf(ModelConfig config) {
        return new Workspace.Widths(
                config.hiddenSize(),
                config.numHeads() * config.headDim(),
                config.numKvHeads() * config.headDim(),
                config.intermediateSize(),
                config.vocabSize());
    }

    private static final class Factory implements ModelFactory {

        @Override
        public List<KvLayerSpec> cacheSpec(ModelConfig config) {
            return cacheSpecOf(config);
        }

        @Override
        public Workspace.Widths widths(ModelConfig config) {
            return widthsOf(config);
        }

        @Override
        public CausalLm create(
                Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
            return new LlamaModel(backend, config, weights, limits);
        }
    }
}
