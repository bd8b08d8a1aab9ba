package dev.nightjar.engine.quantize;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a tensor does in its model, as far as its type depends on it; known by its GGUF name. */
enum TensorRole {
    OUTPUT("output\\.weight"),
    TOKEN_EMBEDDING("(per_layer_)?token_embd\\.weight"),
    /** Values, alone or fused with queries and keys: the part of attention that errs loudest. */
    ATTENTION_VALUE(".*attn_(v|qkv|kv_b)\\.weight"),
    ATTENTION_KEY(".*attn_k\\.weight"),
    ATTENTION_OUTPUT(".*attn_output\\.weight"),
    FEED_FORWARD_DOWN(".*ffn_down.*\\.weight"),
    /** A matrix without a rule of its own. */
    OTHER(".*\\.weight"),
    /** Norms, biases, routers, convolutions, positions: small, and worth every bit. */
    PLAIN(".*");

    private static final Pattern SMALL =
            Pattern.compile(
                    ".*_norm\\.weight|.*ffn_gate_inp\\.weight|.*ffn_gate_tid2eid\\.weight|.*altup.*"
                            + "|.*laurel.*|.*per_layer_model_proj.*|position_embd\\.weight"
                            + "|token_types\\.weight|.*ssm_conv1d.*|.*shortconv\\.conv\\.weight"
                            + "|.*indexer\\.[qk]_proj\\.weight|.*time_mix_.*|.*attn_rel_b\\.weight"
                            + "|.*\\.position_embd.*|.*\\.rel_pos.*|.*\\.patch_(embd|merger).*");
    private static final Pattern LAYER = Pattern.compile("blk\\.(\\d{1,6})\\..*");

    private final Pattern names;

    TensorRole(String names) {
        this.names = Pattern.compile(names);
    }

    /** The role of the tensor of this name and rank; vectors are plain. */
    static TensorRole of(String name, int rank) {
        if (rank < 2 || SMALL.matcher(name).matches()) {
            return PLAIN;
        }
        for (TensorRole role : values()) {
            if (role.names.matcher(name).matches()) {
                return role;
            }
        }
        return PLAIN;
    }

    /** The layer that a name speaks of. */
    static OptionalInt layer(String name) {
        Matcher matcher = LAYER.matcher(name);
        return matcher.matches()
                ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
                : OptionalInt.empty();
    }
}
