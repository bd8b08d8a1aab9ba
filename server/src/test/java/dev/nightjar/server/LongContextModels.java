package dev.nightjar.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Models of four tokens that take 40,960 of them at once and cost next to nothing. */
final class LongContextModels {

    private static final String MODULES =
            """
            [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
             {"idx": 1, "name": "1", "path": "1_Pooling",
              "type": "sentence_transformers.models.Pooling"}]""";

    private static final String POOLING =
            """
            {"word_embedding_dimension": 8, "pooling_mode_cls_token": false,
             "pooling_mode_mean_tokens": false, "pooling_mode_max_tokens": false,
             "pooling_mode_mean_sqrt_len_tokens": false, "pooling_mode_lasttoken": true}\
            """;

    private LongContextModels() {}

    /** One that generates text; each letter c is a token. */
    static Path text(Path folder) throws IOException {
        return text(folder, Map.of());
    }

    private static Path text(Path folder, Map<String, int[]> more) throws IOException {
        Files.createDirectories(folder);
        SuggestingModels.folder(folder, more);
        Path config = folder.resolve("config.json");
        Files.writeString(
                config,
                Files.readString(config)
                        .replace(
                                "\"max_position_embeddings\": 64",
                                "\"max_position_embeddings\": 40960"));
        Files.delete(folder.resolve("generation_config.json"));
        return folder;
    }

    /** One that makes vectors. */
    static Path vectors(Path folder) throws IOException {
        String attention = "model.layers.0.self_attn.";
        text(
                folder,
                Map.of(
                        attention + "q_norm.weight", new int[] {4},
                        attention + "k_norm.weight", new int[] {4}));
        Path config = folder.resolve("config.json");
        String qwen = "\"model_type\": \"qwen3\", \"head_dim\": 4";
        Files.writeString(
                config, Files.readString(config).replace("\"model_type\": \"llama\"", qwen));
        Files.writeString(folder.resolve("modules.json"), MODULES);
        Path pooling = Files.createDirectories(folder.resolve("1_Pooling"));
        Files.writeString(pooling.resolve("config.json"), POOLING);
        return folder;
    }
}
