package dev.nightjar.engine.model;

import dev.nightjar.engine.format.LatentAttention;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.engine.nn.LatentAttentionLayer;
import dev.nightjar.engine.nn.Linear;
import dev.nightjar.engine.nn.Mixer;
import dev.nightjar.engine.nn.Norm;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * DeepSeek-V2, V3 and R1 (arXiv 2405.04434, 2412.19437): latent attention, the first blocks dense,
 * the others with experts and a shared one; V3 scores experts by sigmoid and chooses them with a
 * bias.
 */
public final class DeepSeek2Model {

    private DeepSeek2Model() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.rmsNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        return builder.rmsPreNorm(
                i, attention(builder, i, builder.layer(i)), ExpertLayers.mlp(builder, i));
    }

    private static Mixer attention(DecoderBuilder builder, int i, WeightMap w) {
        ModelConfig config = builder.config();
        LatentAttention latent = config.latentAttention().orElseThrow();
        int keyDim = latent.kvRank() + latent.ropeHeadDim();
        AttentionSpec spec =
                new AttentionSpec(config.numHeads(), 1, keyDim, (float) config.attentionScale())
                        .withValueDim(latent.kvRank());
        return new LatentAttentionLayer(
                builder.backend(),
                i,
                spec,
                builder.rotation(i).orElseThrow().keys(),
                latent.nopeHeadDim(),
                weights(builder, w, latent),
                headIndex(builder));
    }

    private static LatentAttentionLayer.Weights weights(
            DecoderBuilder builder, WeightMap w, LatentAttention latent) {
        ModelConfig config = builder.config();
        int H = config.numHeads();
        int C = config.hiddenSize();
        int L = latent.kvRank();
        boolean isFused = w.contains("attn_kv_b.weight") && !w.contains("attn_k_b.weight");
        List<Tensor> keyUp =
                isFused
                        ? fusedKeyUp(builder, w, latent)
                        : w.slices("attn_k_b.weight", H, L, latent.nopeHeadDim());
        List<Tensor> valueUp =
                isFused
                        ? fusedValueUp(builder, w, latent)
                        : w.slices("attn_v_b.weight", H, latent.valueHeadDim(), L);
        return new LatentAttentionLayer.Weights(
                query(builder, w, latent),
                builder.linear(builder.part(w, "attn_kv_a_mqa", L + latent.ropeHeadDim(), C)),
                builder.rmsNorm(w, "attn_kv_a_norm", L),
                builder.experts(keyUp.stream().map(List::of).toList()),
                builder.experts(valueUp.stream().map(List::of).toList()),
                builder.linear(builder.part(w, "attn_output", C, H * latent.valueHeadDim())));
    }

    /**
     * Older files have both in one tensor, the rows of a head's keys before those of its values.
     */
    private static List<Tensor> fusedKeyUp(
            DecoderBuilder builder, WeightMap w, LatentAttention latent) {
        return fused(builder, w, latent).stream()
                .map(head -> builder.transposed(head.rows(0, latent.nopeHeadDim())))
                .toList();
    }

    private static List<Tensor> fusedValueUp(
            DecoderBuilder builder, WeightMap w, LatentAttention latent) {
        return fused(builder, w, latent).stream()
                .map(head -> head.rows(latent.nopeHeadDim(), latent.valueHeadDim()))
                .toList();
    }

    /** Per head {@code [N + Dv, L]}. */
    private static List<Tensor> fused(DecoderBuilder builder, WeightMap w, LatentAttention latent) {
        int heads = builder.config().numHeads();
        int rows = latent.nopeHeadDim() + latent.valueHeadDim();
        Tensor all = w.matrix("attn_kv_b.weight", (long) heads * rows, latent.kvRank());
        return IntStream.range(0, heads)
                .mapToObj(head -> all.rows((long) head * rows, rows))
                .toList();
    }

    /** One projection in the lite models, a low-rank pair in the others. */
    private static LatentAttentionLayer.Query query(
            DecoderBuilder builder, WeightMap w, LatentAttention latent) {
        ModelConfig config = builder.config();
        int C = config.hiddenSize();
        int queries = config.numHeads() * (latent.nopeHeadDim() + latent.ropeHeadDim());
        if (w.contains("attn_q.weight")) {
            Linear whole = builder.linear(builder.part(w, "attn_q", queries, C));
            return (x, T, space) -> whole.forward(x, T, space.latent().query());
        }
        Linear down = builder.linear(builder.part(w, "attn_q_a", latent.queryRank(), C));
        Norm norm = builder.rmsNorm(w, "attn_q_a_norm", latent.queryRank());
        Linear up = builder.linear(builder.part(w, "attn_q_b", queries, latent.queryRank()));
        return (x, T, space) -> {
            Matrix low = space.latent().queryLatent();
            down.forward(x, T, low);
            norm.forward(low, T, low);
            up.forward(low, T, space.latent().query());
        };
    }

    /** Entry i is the head of row i of {@code [T * H]}. */
    private static IndexBuffer headIndex(DecoderBuilder builder) {
        int H = builder.config().numHeads();
        int rows = Math.multiplyExact(builder.limits().maxTokens(), H);
        IndexBuffer heads = builder.backend().allocateIndex(rows);
        for (int row = 0; row < rows; row++) {
            heads.host()[row] = row % H;
        }
        heads.commit(rows);
        return heads;
    }
}
