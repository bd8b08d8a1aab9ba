package dev.nightjar.engine.format.gguf;

import dev.nightjar.kernels.tensor.DType;
import java.util.List;

/** A complete Llama of a few kilobytes with a vocabulary, to break in tests. */
public final class SyntheticLlama {
    private SyntheticLlama() {}

    /** Keys and weights: hidden 8, 2 heads of 4, 1 key/value head, 1 layer, 6 tokens. */
    public static GgufWriter complete() {
        return weights(vocabulary(config()));
    }

    /** The hyper-parameters alone. */
    public static GgufWriter config() {
        return new GgufWriter()
                .string("general.architecture", "llama")
                .string("general.name", "tiny")
                .uint32("llama.embedding_length", 8)
                .uint32("llama.feed_forward_length", 16)
                .uint32("llama.block_count", 1)
                .uint32("llama.attention.head_count", 2)
                .uint32("llama.attention.head_count_kv", 1)
                .uint32("llama.context_length", 64)
                .float32("llama.attention.layer_norm_rms_epsilon", 1e-5);
    }

    /** Adds a SentencePiece vocabulary of 6 tokens. */
    public static GgufWriter vocabulary(GgufWriter writer) {
        return writer.string("tokenizer.ggml.model", "llama")
                .strings(
                        "tokenizer.ggml.tokens",
                        List.of("<unk>", "<s>", "</s>", "\u2581", "a", "\u2581a"))
                .floats("tokenizer.ggml.scores", 0, 0, 0, -1, -2, -3)
                .ints("tokenizer.ggml.token_type", 2, 3, 3, 1, 1, 1);
    }

    /** Adds the weights of one layer for 6 tokens. */
    static GgufWriter weights(GgufWriter writer) {
        return weights(writer, 6);
    }

    /** Adds the weights of one layer, with that many rows of embedding. */
    public static GgufWriter weights(GgufWriter writer, int vocabSize) {
        return writer.zeros("token_embd.weight", DType.F16, vocabSize, 8)
                .zeros("output_norm.weight", DType.F32, 8)
                .zeros("blk.0.attn_norm.weight", DType.F32, 8)
                .zeros("blk.0.attn_q.weight", DType.F16, 8, 8)
                .zeros("blk.0.attn_k.weight", DType.F16, 4, 8)
                .zeros("blk.0.attn_v.weight", DType.F16, 4, 8)
                .zeros("blk.0.attn_output.weight", DType.F16, 8, 8)
                .zeros("blk.0.ffn_norm.weight", DType.F32, 8)
                .zeros("blk.0.ffn_gate.weight", DType.F16, 16, 8)
                .zeros("blk.0.ffn_up.weight", DType.F16, 16, 8)
                .zeros("blk.0.ffn_down.weight", DType.F16, 8, 16);
    }
}
