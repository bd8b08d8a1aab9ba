package dev.nightjar.engine.checkpoint;

import dev.nightjar.engine.SharedFiles;
import dev.nightjar.engine.format.gguf.GgufFile;
import dev.nightjar.engine.format.lazy.TensorCopies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A golden GGUF model taken back to the tensors and the {@code config.json} that its family has:
 * the inverse of what converters do, written here on its own. In rules, {@code #} stands for a
 * number.
 */
final class GoldenFolder {

    private final String golden;
    private final String config;
    private final Map<String, Function<WrittenTensor, Map<String, WrittenTensor>>> rules =
            new LinkedHashMap<>();
    private String scaled = "\\.attn_.*";
    private UnaryOperator<Map<String, WrittenTensor>> combination = tensors -> tensors;

    private GoldenFolder(String golden, String config) {
        this.golden = golden;
        this.config = config;
    }

    /** Begins without rules. */
    static GoldenFolder of(String golden, String config) {
        return new GoldenFolder(golden, config);
    }

    /** Begins with the names that most decoders share. */
    static GoldenFolder decoder(String golden, String config) {
        return of(golden, config)
                .name("token_embd.weight", "model.embed_tokens.weight")
                .name("output_norm.weight", "model.norm.weight")
                .name("output.weight", "lm_head.weight")
                .name("blk.#.attn_norm.weight", "model.layers.#.input_layernorm.weight")
                .both("blk.#.attn_q", "model.layers.#.self_attn.q_proj")
                .both("blk.#.attn_k", "model.layers.#.self_attn.k_proj")
                .both("blk.#.attn_v", "model.layers.#.self_attn.v_proj")
                .both("blk.#.attn_output", "model.layers.#.self_attn.o_proj")
                .name("blk.#.ffn_norm.weight", "model.layers.#.post_attention_layernorm.weight")
                .both("blk.#.ffn_gate", "model.layers.#.mlp.gate_proj")
                .both("blk.#.ffn_up", "model.layers.#.mlp.up_proj")
                .both("blk.#.ffn_down", "model.layers.#.mlp.down_proj");
    }

    GoldenFolder name(String gguf, String name) {
        return change(gguf, name, tensor -> tensor);
    }

    /** Weight and bias. */
    GoldenFolder both(String gguf, String name) {
        return both(gguf, name, tensor -> tensor);
    }

    GoldenFolder both(String gguf, String name, UnaryOperator<WrittenTensor> layout) {
        return change(gguf + ".weight", name + ".weight", layout)
                .change(gguf + ".bias", name + ".bias", layout);
    }

    GoldenFolder change(String gguf, String name, UnaryOperator<WrittenTensor> layout) {
        rules.put(gguf, tensor -> Map.of(name, layout.apply(tensor)));
        return this;
    }

    /** Slices of the first dimension, one per expert, whose number is {@code @} in the name. */
    GoldenFolder experts(String gguf, String name) {
        rules.put(
                gguf,
                tensor -> {
                    Map<String, WrittenTensor> experts = new LinkedHashMap<>();
                    for (int i = 0; i < tensor.shape().dim(0); i++) {
                        experts.put(name.replace("@", Integer.toString(i)), tensor.at(i));
                    }
                    return experts;
                });
        return this;
    }

    /** Of the weights with a factor beside them, only this one has it applied by the reference. */
    GoldenFolder scaledOnly(String weight) {
        scaled = "\\." + weight;
        return this;
    }

    /** A last step, for tensors that several become. */
    GoldenFolder combine(UnaryOperator<Map<String, WrittenTensor>> value) {
        combination = value;
        return this;
    }

    GoldenFolder drop(String... names) {
        List.of(names).forEach(name -> rules.put(name, tensor -> Map.of()));
        return this;
    }

    String config() {
        return config;
    }

    String golden() {
        return golden;
    }

    /** The folder of the golden model. */
    Path source() {
        return SharedFiles.get("golden", golden);
    }

    /** The tensors as the family names them; writes {@code config.json} on the way. */
    Map<String, WrittenTensor> tensors(Path folder) throws IOException {
        try (GgufFile file = GgufFile.open(source().resolve("model.gguf"))) {
            return tensors(folder, file);
        }
    }

    /** As above, of another file than the golden model's. */
    Map<String, WrittenTensor> tensors(Path folder, GgufFile file) throws IOException {
        Files.writeString(folder.resolve("config.json"), config);
        Map<String, WrittenTensor> tensors = new LinkedHashMap<>();
        for (String name : file.tensorNames()) {
            if (!name.endsWith("scale")) {
                tensors.putAll(named(name, withScale(file, name)));
            }
        }
        return combination.apply(tensors);
    }

    /**
     * Some golden models have factors beside the weights of attention, which folders do not know;
     * those of other weights are for engines that quantize activations.
     */
    private WrittenTensor withScale(GgufFile file, String name) {
        WrittenTensor tensor = WrittenTensor.of(file.tensor(name).orElseThrow());
        String scale = name.replaceFirst("weight$", "scale");
        boolean isScaled =
                name.matches(".*" + scaled + "\\.weight") && file.tensor(scale).isPresent();
        return isScaled
                ? tensor.scaled(TensorCopies.floats(file.tensor(scale).orElseThrow(), 0, 1)[0])
                : tensor;
    }

    private Map<String, WrittenTensor> named(String name, WrittenTensor tensor) {
        String number = name.replaceFirst("^blk\\.(\\d+)\\..*", "$1");
        String pattern = name.replaceFirst("^blk\\.\\d+\\.", "blk.#.");
        if (!rules.containsKey(pattern)) {
            throw new IllegalStateException("no rule for " + name + " of " + golden);
        }
        Map<String, WrittenTensor> named = new LinkedHashMap<>();
        rules.get(pattern)
                .apply(tensor)
                .forEach((key, value) -> named.put(key.replace("#", number), value));
        return named;
    }
}
