package dev.nightjar.engine.format.gguf;

import java.util.List;
import java.util.Random;

/** Files of small random encoders, with a vocabulary of letters. */
public final class SyntheticBert {

    /** Most tokens of an input. */
    public static final int CONTEXT = 16;

    /** C. */
    public static final int HIDDEN = 12;

    private static final int F = 20;
    private static final List<String> TOKENS =
            List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "▁a", "▁b", "▁c", "a", "b", "c", "▁!");

    private final GgufWriter writer = new GgufWriter();
    private final Random random = new Random(1);

    private SyntheticBert() {}

    /** An encoder with this pooling type and no head. */
    public static GgufWriter pooling(int type) {
        return new SyntheticBert().keys(type).tensors().writer;
    }

    /** An encoder with a head of so many scores. */
    public static GgufWriter scores(int count) {
        SyntheticBert bert = new SyntheticBert().keys(4).tensors();
        bert.matrix("cls", HIDDEN, HIDDEN);
        bert.matrix("cls.output", count, HIDDEN);
        return bert.writer;
    }

    /** An encoder whose head lost its first layer. */
    public static GgufWriter withoutPooler() {
        SyntheticBert bert = new SyntheticBert().keys(4).tensors();
        bert.matrix("cls.output", 1, HIDDEN);
        return bert.writer;
    }

    private SyntheticBert keys(int pooling) {
        writer.string("general.architecture", "bert")
                .uint32("bert.context_length", CONTEXT)
                .uint32("bert.embedding_length", HIDDEN)
                .uint32("bert.block_count", 2)
                .uint32("bert.feed_forward_length", F)
                .uint32("bert.attention.head_count", 3)
                .float32("bert.attention.layer_norm_epsilon", 1e-12)
                .bool("bert.attention.causal", false)
                .uint32("bert.pooling_type", pooling)
                .string("tokenizer.ggml.model", "bert")
                .strings("tokenizer.ggml.tokens", TOKENS)
                .ints("tokenizer.ggml.token_type", 3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1)
                .uint32("tokenizer.ggml.unknown_token_id", 1)
                .uint32("tokenizer.ggml.bos_token_id", 2)
                .uint32("tokenizer.ggml.seperator_token_id", 3)
                .uint32("tokenizer.ggml.padding_token_id", 0);
        return this;
    }

    private SyntheticBert tensors() {
        floats("token_embd.weight", TOKENS.size(), HIDDEN);
        floats("token_types.weight", 2, HIDDEN);
        floats("position_embd.weight", CONTEXT, HIDDEN);
        norm("token_embd_norm");
        for (int i = 0; i < 2; i++) {
            String block = "blk." + i + ".";
            for (String name : List.of("attn_q", "attn_k", "attn_v", "attn_output")) {
                matrix(block + name, HIDDEN, HIDDEN);
            }
            matrix(block + "ffn_up", F, HIDDEN);
            matrix(block + "ffn_down", HIDDEN, F);
            norm(block + "attn_output_norm");
            norm(block + "layer_output_norm");
        }
        return this;
    }

    private void norm(String name) {
        floats(name + ".weight", HIDDEN);
        floats(name + ".bias", HIDDEN);
    }

    private void matrix(String name, int rows, int cols) {
        floats(name + ".weight", rows, cols);
        floats(name + ".bias", rows);
    }

    private void floats(String name, long... dims) {
        int count = 1;
        for (long dim : dims) {
            count *= (int) dim;
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian() / 2;
        }
        writer.floatTensor(name, values, dims);
    }
}
