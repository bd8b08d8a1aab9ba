package dev.nightjar.engine.encoder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes folders as sentence-transformers does, around the small BERT of {@code
 * src/test/python/encoder_pipelines.py}.
 */
final class PipelineFolder {

    private static final String RESOURCES = "/dev/nightjar/engine/pipeline/";

    /** {in, out, has a bias} of the projections. */
    private static final Map<String, List<Object>> SIZES =
            Map.of(
                    "wide", List.of(24, 30, true),
                    "two", List.of(48, 16, false),
                    "narrow", List.of(16, 7, true));

    private final Path folder;
    private final Map<String, String> modules = new LinkedHashMap<>();

    private PipelineFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * The model, with a tokenizer that keeps capital letters, which its vocabulary does not have.
     */
    static PipelineFolder in(Path folder) throws IOException {
        for (String file : List.of("model.safetensors", "config.json", "vocab.txt")) {
            copy(file, folder.resolve(file));
        }
        PipelineFolder written = new PipelineFolder(folder);
        written.file(
                "tokenizer_config.json",
                "{\"tokenizer_class\": \"BertTokenizer\", \"do_lower_case\": false}");
        return written.module("", "Transformer");
    }

    static void copy(String resource, Path target) throws IOException {
        try (InputStream in = PipelineFolder.class.getResourceAsStream(RESOURCES + resource)) {
            Files.copy(in, target);
        }
    }

    static byte[] expected() throws IOException {
        try (InputStream in =
                PipelineFolder.class.getResourceAsStream(RESOURCES + "expected.json")) {
            return in.readAllBytes();
        }
    }

    PipelineFolder file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    PipelineFolder module(String path, String type) {
        modules.put(path, "sentence_transformers.models." + type);
        return this;
    }

    /** Poolings by their flags; that of the mean is always there, as it is on otherwise. */
    PipelineFolder pooling(boolean poolsPrompt, String... flags) throws IOException {
        List<String> on = new ArrayList<>(Arrays.asList(flags));
        String mean = "pooling_mode_mean_tokens";
        String keys = on.stream().map("\"%s\": true"::formatted).collect(Collectors.joining(", "));
        String off = on.contains(mean) ? "" : ", \"%s\": false".formatted(mean);
        return module("1_Pooling", "Pooling")
                .file(
                        "1_Pooling/config.json",
                        "{\"word_embedding_dimension\": 24, \"include_prompt\": %s, %s%s}"
                                .formatted(poolsPrompt, keys, off));
    }

    /** {@code Normalize}, or the name of a projection and that of an activation. */
    PipelineFolder next(String module) throws IOException {
        String path = modules.size() + "_";
        if (module.equals("Normalize")) {
            return module(path + module, module);
        }
        String[] parts = module.split(":");
        List<Object> sizes = SIZES.get(parts[0]);
        file(
                path + "Dense/config.json",
                """
                {"in_features": %s, "out_features": %s, "bias": %s,
                 "activation_function": "torch.nn.modules.activation.%s"}
                """
                        .formatted(sizes.get(0), sizes.get(1), sizes.get(2), parts[1]));
        copy(parts[0] + ".safetensors", folder.resolve(path + "Dense/model.safetensors"));
        return module(path + "Dense", "Dense");
    }

    PipelineFolder prompts(String keys) throws IOException {
        return file("config_sentence_transformers.json", "{%s}".formatted(keys));
    }

    /** Writes the list of modules. */
    Path write() throws IOException {
        int index = 0;
        List<String> entries = new ArrayList<>();
        for (Map.Entry<String, String> module : modules.entrySet()) {
            entries.add(
                    "{\"idx\": %d, \"name\": \"%d\", \"path\": \"%s\", \"type\": \"%s\"}"
                            .formatted(index, index++, module.getKey(), module.getValue()));
        }
        file("modules.json", "[%s]".formatted(String.join(", ", entries)));
        return folder;
    }
}
