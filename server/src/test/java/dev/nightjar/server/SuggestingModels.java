package dev.nightjar.server;

import dev.nightjar.engine.format.gguf.GgufFile;
import dev.nightjar.engine.format.gguf.GgufFileWriter;
import dev.nightjar.engine.format.gguf.GgufPairs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Models whose files suggest temperature 0.6, top-k 20, top-p 0.95 and a repetition penalty of
 * 1.05; and a min-p that no sampling can use.
 */
public final class SuggestingModels {

    private static final String CONFIG =
            """
            {"model_type": "llama", "vocab_size": 4, "hidden_size": 8, "num_hidden_layers": 1,
             "num_attention_heads": 2, "intermediate_size": 16, "max_position_embeddings": 64,
             "rms_norm_eps": 1e-5, "tie_word_embeddings": true}""";

    private static final String TOKENIZER =
            """
            {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
             "normalizer": null, "pre_tokenizer": null, "post_processor": null,
             "decoder": null, "model": {"type": "BPE", "dropout": null, "unk_token": null,
              "vocab": {"a": 0, "b": 1, "c": 2, "ab": 3}, "merges": ["a b"]}}""";

    private static final String GENERATION =
            """
            {"do_sample": true, "temperature": 0.6, "top_k": 20, "top_p": 0.95, "min_p": 7,
             "repetition_penalty": 1.05, "transformers_version": "4.51.0"}""";

    private SuggestingModels() {}

    /** The demo model with such metadata. */
    public static Path gguf(Path folder) throws IOException {
        Path target = folder.resolve("suggesting.gguf");
        try (GgufFile source = GgufFile.open(TestModels.demo())) {
            GgufPairs pairs =
                    new GgufPairs()
                            .copy(source.metadata(), key -> !key.startsWith("general.sampling."))
                            .float32("general.sampling.temp", 0.6)
                            .int32("general.sampling.top_k", 20)
                            .float32("general.sampling.top_p", 0.95)
                            .float32("general.sampling.min_p", 7)
                            .float32("general.sampling.penalty_repeat", 1.05);
            List<GgufFileWriter.Entry> entries =
                    source.tensors().values().stream()
                            .map(
                                    info ->
                                            new GgufFileWriter.Entry(
                                                    info.name(), info.dtype(), info.shape()))
                            .toList();
            try (GgufFileWriter writer =
                    GgufFileWriter.create(target, pairs, source.alignment(), entries)) {
                for (GgufFileWriter.Entry entry : entries) {
                    writer.append(source.tensor(entry.name()).orElseThrow().data());
                }
                writer.commit();
            }
        }
        return target;
    }

    /** A model of four tokens, all equally likely, with such a {@code generation_config.json}. */
    public static Path folder(Path folder) throws IOException {
        return folder(folder, Map.of());
    }

    /** With more weights, all zero. */
    static Path folder(Path folder, Map<String, int[]> more) throws IOException {
        Files.writeString(folder.resolve("config.json"), CONFIG);
        Files.writeString(folder.resolve("tokenizer.json"), TOKENIZER);
        Files.writeString(folder.resolve("generation_config.json"), GENERATION);
        Map<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put("model.embed_tokens.weight", new int[] {4, 8});
        shapes.put("model.norm.weight", new int[] {8});
        for (String norm : List.of("input_layernorm", "post_attention_layernorm")) {
            shapes.put("model.layers.0." + norm + ".weight", new int[] {8});
        }
        for (String projection : List.of("q", "k", "v", "o")) {
            shapes.put("model.layers.0.self_attn." + projection + "_proj.weight", new int[] {8, 8});
        }
        shapes.put("model.layers.0.mlp.gate_proj.weight", new int[] {16, 8});
        shapes.put("model.layers.0.mlp.up_proj.weight", new int[] {16, 8});
        shapes.put("model.layers.0.mlp.down_proj.weight", new int[] {8, 16});
        shapes.putAll(more);
        Files.write(folder.resolve("model.safetensors"), zeros(shapes));
        return folder;
    }

    private static byte[] zeros(Map<String, int[]> shapes) {
        StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        shapes.forEach(
                (name, shape) -> {
                    int begin = data.size();
                    data.writeBytes(new byte[shape[0] * (shape.length > 1 ? shape[1] : 1) * 4]);
                    header.append(
                            ",\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                                    .formatted(name, Arrays.toString(shape), begin, data.size()));
                });
        byte[] json = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + data.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(data.toByteArray())
                .array();
    }
}
